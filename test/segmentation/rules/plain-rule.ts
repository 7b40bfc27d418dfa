import type { Duration } from "../../../src/core/duration.js";
import type { RuleComparison, RuleWindow, SegmentRule } from "../../../src/segmentation/rules/rule.js";

// The meaning of a rule, written down as plainly as can be: no compiling, no order of evaluation, no shared code.

/** Of what the rules of these tests speak. */
export type PlainType = "text" | "number" | "boolean" | "instant" | "text[]" | "number[]";

/** How many hours a zone is ahead of UTC; where its clocks change, at an instant. */
export type PlainOffset = number | ((utc: number) => number);

/** The world in which a rule is read. */
export interface PlainWorld {
  readonly fields: Readonly<Record<string, PlainType>>;
  readonly asOf: number;
  readonly offsetHours: PlainOffset;
  readonly segments: Readonly<Record<string, SegmentRule>>;
}

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** What the clocks of a zone show, as if it were UTC. */
function toLocal(utc: number, offset: PlainOffset): number {
  return utc + HOUR * (typeof offset === "number" ? offset : offset(utc));
}

/** The first instant at which the clocks of a zone show this; what they leave out comes later, by as much as they skip. */
function toUtc(local: number, offset: PlainOffset): number {
  for (let ahead = 14; ahead >= -12; ahead--)
    if (toLocal(local - ahead * HOUR, offset) === local) return local - ahead * HOUR;
  return toUtc(local - HOUR, offset) + HOUR;
}

/** Berlin since 1996: summer time from the last Sunday of March, 1:00 UTC, to that of October. */
export function berlinHours(utc: number): number {
  const year = new Date(utc).getUTCFullYear();
  const change = (month: number) => Date.UTC(year, month, lastSunday(year, month), 1);
  return utc >= change(2) && utc < change(9) ? 2 : 1;
}

function lastSunday(year: number, month: number): number {
  const last = new Date(Date.UTC(year, month + 1, 0));
  return last.getUTCDate() - last.getUTCDay();
}

/** Sydney since 2008: summer time from the first Sunday of October, 2:00 standard time, to that of April. */
export function sydneyHours(utc: number): number {
  const standard = new Date(utc + 10 * HOUR);
  const year = standard.getUTCFullYear();
  const change = (month: number) => Date.UTC(year, month, firstSunday(year, month), 2);
  return standard.getTime() >= change(3) && standard.getTime() < change(9) ? 10 : 11;
}

function firstSunday(year: number, month: number): number {
  return 1 + ((7 - new Date(Date.UTC(year, month, 1)).getUTCDay()) % 7);
}

export function plainHolds(rule: SegmentRule, record: object, world: PlainWorld): boolean {
  switch (rule.op) {
    case "all":
      return rule.of.filter((part) => !plainHolds(part, record, world)).length === 0;
    case "any":
      return rule.of.filter((part) => plainHolds(part, record, world)).length > 0;
    case "atLeast":
      return rule.of.filter((part) => plainHolds(part, record, world)).length >= rule.count;
    case "not":
      return !plainHolds(rule.of, record, world);
    case "segment":
      return plainHolds(world.segments[rule.segment], record, world);
    default:
      return "field" in rule && rule.field !== undefined ? leafHolds(rule as Leaf, record, world) : false;
  }
}

type Leaf = SegmentRule & { readonly field: string };

function leafHolds(rule: Leaf, record: object, world: PlainWorld): boolean {
  const type = world.fields[rule.field];
  const value = plainValue(plainRead(record, rule.field), type, world.offsetHours);
  if (rule.op === "missing") return value === null;
  if (value === null) return false;
  switch (rule.op) {
    case "exists":
      return true;
    case "in":
      return rule.values.some((wanted) => wanted === value);
    case "notIn":
      return rule.values.every((wanted) => wanted !== value);
    case "contains":
      return matched(String(value), rule, (text, part) => text.split(part).length > 1 || part === "");
    case "startsWith":
      return matched(String(value), rule, (text, part) => text.slice(0, part.length) === part);
    case "endsWith":
      return matched(String(value), rule, (text, part) => part === "" || text.slice(-part.length) === part);
    case "hasAny":
      return rule.values.some((wanted) => (value as unknown[]).indexOf(wanted) >= 0);
    case "hasAll":
      return rule.values.every((wanted) => (value as unknown[]).indexOf(wanted) >= 0);
    case "hasNone":
      return rule.values.every((wanted) => (value as unknown[]).indexOf(wanted) < 0);
    case "size":
      return compared(rule.is, (value as unknown[]).length, false, world);
    case "anniversary":
      return comesRound(value as number, rule.within, rule.direction ?? "next", world);
    case "within":
      return compared({ op: "within", window: rule.window }, value as number, true, world);
    case "between":
      return compared(rule, value as number, type === "instant", world);
    case "eq":
    case "ne":
      if (type !== "instant") return (rule.value === value) === (rule.op === "eq");
      return compared({ op: rule.op, value: String(rule.value) }, value as number, true, world);
    case "lt":
    case "lte":
    case "gt":
    case "gte":
      return compared(rule as RuleComparison, value as number, type === "instant", world);
    default:
      throw new Error(`not in these tests: ${rule.op}`);
  }
}

/** What stands at a path, by own properties. */
export function plainRead(record: object, path: string): unknown {
  return path.split(".").reduce<unknown>((at, step) => {
    if (typeof at !== "object" || at === null) return undefined;
    return Object.getOwnPropertyDescriptor(at, step) ? (at as Record<string, unknown>)[step] : undefined;
  }, record);
}

/** The value that a field has, instants as epoch milliseconds; `null` where it has none. */
export function plainValue(given: unknown, type: PlainType, offsetHours: PlainOffset): unknown {
  switch (type) {
    case "text":
      return typeof given === "string" ? given : null;
    case "number":
      return typeof given === "number" && !Number.isNaN(given) ? given : null;
    case "boolean":
      return given === true || given === false ? given : null;
    case "instant":
      return plainInstant(given, offsetHours);
    default:
      return Array.isArray(given) ? given : null;
  }
}

function plainInstant(given: unknown, offsetHours: PlainOffset): number | null {
  const ms =
    given instanceof Date
      ? given.getTime()
      : typeof given === "number"
        ? given
        : typeof given === "string"
          ? textInstant(given, offsetHours)
          : Number.NaN;
  return Math.round(ms) === ms && Math.abs(ms) < 1e14 ? ms : null;
}

/** Civil days and instants with an offset; `Date.parse` alone would also read times without one. */
function textInstant(text: string, offsetHours: PlainOffset): number {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) {
    const midnight = Date.parse(`${text}T00:00:00Z`);
    // 30 February is read as 1 March.
    const isDay = !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(text);
    return isDay ? toUtc(midnight, offsetHours) : Number.NaN;
  }
  return /(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
}

function matched(
  value: string,
  { value: wanted, ignoreCase = false }: { readonly value: string; readonly ignoreCase?: boolean },
  matches: (text: string, part: string) => boolean,
): boolean {
  return ignoreCase ? matches(caseless(value), caseless(wanted)) : matches(value, wanted);
}

/** Letter by letter, so that no letter is another for what stands beside it; the two small forms of sigma are one. */
function caseless(text: string): string {
  return [...text].map((letter) => (letter === "ς" ? "σ" : letter.toLowerCase())).join("");
}

function compared(is: RuleComparison, value: number, isInstant: boolean, world: PlainWorld): boolean {
  if (is.op === "within") {
    const [start, end] = windowOf(is.window, world);
    return value >= start && value < end;
  }
  const first = (wanted: number | string): number =>
    isInstant ? textInstant(String(wanted), world.offsetHours) : Number(wanted);
  // The last instant that a text stands for: a civil day is the whole day.
  const last = (wanted: number | string): number =>
    isInstant && String(wanted).length === 10
      ? toUtc(Date.parse(`${wanted}T00:00:00Z`) + DAY, world.offsetHours) - 1
      : first(wanted);
  switch (is.op) {
    case "between":
      return value >= first(is.from) && value <= last(is.to);
    case "eq":
      return value >= first(is.value) && value <= last(is.value);
    case "ne":
      return value < first(is.value) || value > last(is.value);
    case "lt":
      return value < first(is.value);
    case "lte":
      return value <= last(is.value);
    case "gt":
      return value > last(is.value);
    case "gte":
      return value >= first(is.value);
  }
}

function windowOf(window: RuleWindow, { asOf, offsetHours }: PlainWorld): [number, number] {
  if ("last" in window) return [moved(asOf, window.last, -1, offsetHours), asOf];
  if ("next" in window) return [asOf, moved(asOf, window.next, 1, offsetHours)];
  if ("ago" in window) {
    const [from, to] = window.ago.map((length) => moved(asOf, length, -1, offsetHours));
    return [from, to];
  }
  if ("calendar" in window) {
    const { calendar, offset: shift = 0, count = 1 } = window;
    const local = new Date(toLocal(asOf, offsetHours));
    const [year, month, day] = [local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()];
    // Monday is the first day of the week, January the first month of the year.
    const sinceMonday = (local.getUTCDay() + 6) % 7;
    const start = (n: number): number => {
      if (calendar === "day") return Date.UTC(year, month, day + n);
      if (calendar === "week") return Date.UTC(year, month, day - sinceMonday + 7 * n);
      const months = { month: 1, quarter: 3, halfYear: 6, year: 12 }[calendar];
      return Date.UTC(year, month - (month % months) + months * n, 1);
    };
    return [toUtc(start(shift - count + 1), offsetHours), toUtc(start(shift + 1), offsetHours)];
  }
  const { from, until } = window;
  return [
    from === undefined ? Number.NEGATIVE_INFINITY : textInstant(from, offsetHours),
    until === undefined ? Number.POSITIVE_INFINITY : textInstant(until, offsetHours),
  ];
}

/** Months first, to the last day of the month at most; then days. */
function moved(
  at: number,
  { years = 0, months = 0, weeks = 0, days = 0 }: Duration,
  sign: 1 | -1,
  offset: PlainOffset,
) {
  const local = new Date(toLocal(at, offset));
  const month = local.getUTCMonth() + sign * (12 * years + months);
  const lastDay = new Date(Date.UTC(local.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const day = Math.min(local.getUTCDate(), lastDay) + sign * (7 * weeks + days);
  const timeOfDay = ((local.getTime() % DAY) + DAY) % DAY;
  return toUtc(Date.UTC(local.getUTCFullYear(), month, day) + timeOfDay, offset);
}

/** Walks from day to day. */
function comesRound(at: number, within: Duration, direction: "next" | "last", world: PlainWorld): boolean {
  const origin = new Date(toLocal(at, world.offsetHours));
  const [month, day] = [origin.getUTCMonth(), origin.getUTCDate()];
  const today = Math.floor(toLocal(world.asOf, world.offsetHours) / DAY) * DAY;
  const other = moved(today, within, direction === "next" ? 1 : -1, 0);
  const [first, afterLast] = direction === "next" ? [today, other] : [other + DAY, today + DAY];
  for (let time = first; time < afterLast; time += DAY) {
    const date = new Date(time);
    if (date.getUTCMonth() !== month || date.getUTCFullYear() <= origin.getUTCFullYear()) continue;
    if (date.getUTCDate() === day) return true;
    // 28 February, the last of its month.
    const isLast = new Date(time + DAY).getUTCMonth() !== month;
    if (month === 1 && day === 29 && date.getUTCDate() === 28 && isLast) return true;
  }
  return false;
}
