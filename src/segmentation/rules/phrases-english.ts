import type { EventPhrase, Moment, RulePhrases } from "./rule-phrases.js";

/** Rules in English. @internal */
export const englishPhrases: RulePhrases = {
  months: [
    ...["January", "February", "March", "April", "May", "June"],
    ...["July", "August", "September", "October", "November", "December"],
  ],
  digits: { group: ",", decimal: "." },
  yes: "true",
  no: "false",
  and: " and ",
  or: " or ",
  everybody: (events) => (events === null ? "everybody is meant" : `all ${events} are meant`),
  nobody: (events) => (events === null ? "nobody is meant" : `no ${events} are meant`),
  noValues: "an empty list",
  not: (part) => `it is not true that (${part})`,
  atLeast: (count, parts) => `at least ${count} of these ${count === 1 ? "is" : "are"} true: ${parts}`,
  inSegment: (name) => `the customer is in segment ${name}`,
  custom: (name, field, value) =>
    `condition ${name} holds${field === null ? "" : ` for ${field}`}${value === null ? "" : ` with ${value}`}`,
  compare: {
    eq: (subject, value) => `${subject} is ${value}`,
    ne: (subject, value) => `${subject} is given, but not ${value}`,
    lt: (subject, value) => `${subject} is less than ${value}`,
    lte: (subject, value) => `${subject} is at most ${value}`,
    gt: (subject, value) => `${subject} is more than ${value}`,
    gte: (subject, value) => `${subject} is at least ${value}`,
    between: (subject, from, to) => `${subject} is from ${from} to ${to}`,
    in: (subject, values) => `${subject} is one of ${values}`,
    notIn: (subject, values) => `${subject} is given, but none of ${values}`,
    contains: (subject, value) => `${subject} contains ${value}`,
    startsWith: (subject, value) => `${subject} begins with ${value}`,
    endsWith: (subject, value) => `${subject} ends with ${value}`,
    exists: (subject) => `${subject} is given`,
    missing: (subject) => `${subject} is missing`,
    hasAny: (subject, values) => `${subject} has at least one of ${values}`,
    hasAll: (subject, values) => `${subject} has all of ${values}`,
    hasNone: (subject, values) => `${subject} is given, but has none of ${values}`,
  },
  isNot: (subject, value) => `${subject} is not ${value}`,
  compareInstant: {
    eq: (subject, moment) => `${subject} is ${at(moment)}`,
    ne: (subject, moment) => `${subject} is given, but not ${at(moment)}`,
    lt: (subject, moment) => `${subject} is before ${moment.text}`,
    lte: (subject, moment) => `${subject} is ${preposition(moment)} or before ${moment.text}`,
    gt: (subject, moment) => `${subject} is after ${moment.text}`,
    gte: (subject, moment) => `${subject} is ${preposition(moment)} or after ${moment.text}`,
    between: (subject, from, to) => `${subject} is from ${from.text} to ${to.text}`,
  },
  inZone: (timeZone) => `time of ${timeZone}`,
  ignoringCase: " (in upper or lower case)",
  sizeOf: (field) => `the number of items in ${field}`,
  inWindow: (subject, window) => `${subject} is ${window}`,
  anniversary: (field, length, direction) =>
    direction === "next"
      ? `an anniversary of ${field} is within the next ${length}, today included`
      : `an anniversary of ${field} was within the last ${length}, today included`,
  duration: (parts) =>
    parts.map(([part, length]) => `${length} ${length === 1 ? part.slice(0, -1) : part}`).join(" "),
  window: {
    last: (length) => `in the last ${length}`,
    next: (length) => `in the next ${length}`,
    ago: (from, to) => `between ${from} and ${to} ago`,
    calendar: (unit, offset, count) => {
      const name = `calendar ${UNITS[unit]}`;
      const apart = Math.abs(offset);
      const last =
        offset === 0
          ? `this ${name}`
          : apart === 1
            ? `the ${offset < 0 ? "previous" : "next"} ${name}`
            : `the ${name} ${apart} ${UNITS[unit]}s ${offset < 0 ? "ago" : "ahead"}`;
      return count === 1 ? `in ${last}` : `in the ${count} ${name}s that end with ${last}`;
    },
    from: (moment) => `from ${moment} on`,
    until: (moment) => `before ${moment}`,
    between: (from, until) => `from ${from} until before ${until}`,
    always: "at any time",
    resolved: (from, to) => ` (${from} to ${to})`,
    onDay: (day) => ` (${day})`,
    empty: " (which is no time at all)",
  },
  where: (rule) => `(only where ${rule})`,
  did: ({ many, rest }) => `there are ${many}${rest}`,
  didNot: ({ many, rest }) => `there are no ${many}${rest}`,
  measure: {
    count: ({ many, rest }) => `the number of ${many}${rest}`,
    sum: ({ many, rest }, field) => `the sum of ${field} over ${many}${rest}`,
    average: ({ many, rest }, field) => `the average of ${field} over ${many}${rest}`,
    min: ({ many, rest }, field) => `the lowest ${field} over ${many}${rest}`,
    max: ({ many, rest }, field) => `the highest ${field} over ${many}${rest}`,
    distinct: ({ many, rest }, field) => `the number of different values of ${field} over ${many}${rest}`,
    first: (events) => `the first ${oneOf(events)}`,
    last: (events) => `the last ${oneOf(events)}`,
  },
  sequence: (steps, window, notFollowedBy) =>
    `${window === null ? "" : `${window} `}there were, one after the other: ${steps.join(", then ")}${
      notFollowedBy === null ? "" : `, not followed by ${notFollowedBy}`
    }`,
  step: (events, within) => (within === null ? events : `${events} within ${within}`),
  frequencyPeriods: (atLeast, outOf, unit) =>
    outOf === 1
      ? `in the last complete calendar ${UNITS[unit]}`
      : `in at least ${atLeast} of the last ${outOf} complete calendar ${UNITS[unit]}s`,
  frequency: ({ many, rest }, minimum, periods) =>
    `${periods} there are ${minimum === 1 ? "" : `at least ${minimum} `}${many}${rest}`,
};

function oneOf({ one, many, rest }: EventPhrase): string {
  return one === null ? `of the ${many}${rest}` : one + rest;
}

const UNITS = {
  day: "day",
  week: "week",
  month: "month",
  quarter: "quarter",
  halfYear: "half-year",
  year: "year",
} as const;

function preposition({ isDay }: Moment): string {
  return isDay ? "on" : "at";
}

function at(moment: Moment): string {
  return `${preposition(moment)} ${moment.text}`;
}
