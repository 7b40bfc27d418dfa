import type { Moment, RulePhrases } from "./rule-phrases.js";

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
  everybody: "everybody",
  nobody: "nobody",
  noValues: "no value",
  not: (part) => `not (${part})`,
  atLeast: (count, parts) => `at least ${count} of these: ${parts}`,
  inSegment: (name) => `is in segment ${name}`,
  custom: (name, field, value) => [field, name, value].filter((part) => part !== null).join(" "),
  compare: {
    eq: (subject, value) => `${subject} is ${value}`,
    ne: (subject, value) => `${subject} is other than ${value}`,
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
  compareInstant: {
    eq: (subject, moment) => `${subject} is ${at(moment)}`,
    ne: (subject, moment) => `${subject} is given, but not ${at(moment)}`,
    lt: (subject, moment) => `${subject} is before ${moment.text}`,
    lte: (subject, moment) => `${subject} is ${preposition(moment)} or before ${moment.text}`,
    gt: (subject, moment) => `${subject} is after ${moment.text}`,
    gte: (subject, moment) => `${subject} is ${preposition(moment)} or after ${moment.text}`,
    between: (subject, from, to) => `${subject} is from ${from.text} to ${to.text}`,
  },
  ignoringCase: " (in upper or lower case)",
  sizeOf: (field) => `the number of items in ${field}`,
  inWindow: (subject, window) => `${subject} is ${window}`,
  anniversary: (field, length, direction) =>
    direction === "next"
      ? `the anniversary of ${field} is within the next ${length}, today included`
      : `the anniversary of ${field} was within the last ${length}, today included`,
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
  },
  events: (kind, window, where) =>
    `${kind}${window === null ? "" : ` ${window}`}${where === null ? "" : ` (only those where ${where})`}`,
  did: (events) => `has ${events}`,
  didNot: (events) => `has no ${events}`,
  measure: {
    count: (events) => `the number of ${events}`,
    sum: (events, field) => `the sum of ${field} over ${events}`,
    average: (events, field) => `the average of ${field} over ${events}`,
    min: (events, field) => `the lowest ${field} over ${events}`,
    max: (events, field) => `the highest ${field} over ${events}`,
    distinct: (events, field) => `the number of different ${field} over ${events}`,
    first: (events) => `the first of ${events}`,
    last: (events) => `the last of ${events}`,
  },
  sequence: (steps, window, notFollowedBy) =>
    `has ${window === null ? "" : `${window} `}one after the other: ${steps.join(", then ")}${
      notFollowedBy === null ? "" : `, not followed by ${notFollowedBy}`
    }`,
  step: (events, within) => (within === null ? events : `${events} within ${within}`),
  frequency: (events, minimum, atLeast, outOf, unit) =>
    `has at least ${minimum} of ${events} in each of at least ${atLeast} of the last ${outOf} complete calendar ${UNITS[unit]}s`,
};

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
