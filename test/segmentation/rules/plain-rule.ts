import type { Duration } from "../../../src/core/duration.js";
import type { RuleComparison, RuleWindow, SegmentRule } from "../../../src/segmentation/rules/rule.js";

// The meaning of a rule, written down as plainly as can be: no compiling, no order of evaluation, no shared code.

/** Of what the rules of these tests speak. */
export type PlainType = "text" | "number" | "boolean" | "instant" | "text[]" | "number[]";

/** The world in which a rule is read. The zone is one without changes of clocks, given by its offset. */
export interface PlainWorld {
  readonly fields: Readonly<Record<string, PlainType>>;
  readonly asOf: number;
  readonly offsetHours: number;
  readonly segments: Readonly<Record<string, SegmentRule>>;
}

const DAY = 86_400_000;

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
export function plainValue(given: unknown, type: PlainType, offsetHours: number): unknown {
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

function plainInstant(given: unknown, offsetHours: number): number | null {
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
function textInstant(text: string, offsetHours: number): number {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) {
    const midnight = Date.parse(`${text}T00:00:00Z`);
    // 30 February is read as 1 March.
    const isDay = !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(text);
    return isDay ? midnight - offsetHours * 3_600_000 : Number.NaN;
  }
  return /(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
}

function matched(
  value: string,
  { value: wanted, ignoreCase = false }: { readonly value: string; readonly ignoreCase?: boolean },
  matches: (text: string, part: string) => boolean,
): boolean {
  return ignoreCase ? matches(value.toLowerCase(), wanted.toLowerCase()) : matches(value, wanted);
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
    isInstant && String(wanted).length === 10 ? first(wanted) + DAY - 1 : first(wanted);
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
  const offset = offsetHours * 3_600_000;
  if ("last" in window) return [moved(asOf, window.last, -1, offset), asOf];
  if ("next" in window) return [asOf, moved(asOf, window.next, 1, offset)];
  if ("ago" in window) {
    const [from, to] = window.ago.map((length) => moved(asOf, length, -1, offset));
    return [from, to];
  }
  if ("calendar" in window) {
    const { calendar, offset: shift = 0, count = 1 } = window;
    const local = new Date(asOf + offset);
    const [year, month, day] = [local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()];
    // Monday is the first day of the week, January the first month of the year.
    const sinceMonday = (local.getUTCDay() + 6) % 7;
    const start = (n: number): number => {
      if (calendar === "day") return Date.UTC(year, month, day + n);
      if (calendar === "week") return Date.UTC(year, month, day - sinceMonday + 7 * n);
      const months = { month: 1, quarter: 3, halfYear: 6, year: 12 }[calendar];
      return Date.UTC(year, month - (month % months) + months * n, 1);
    };
    return [start(shift - count + 1) - offset, start(shift + 1) - offset];
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
  offset: number,
) {
  const local = new Date(at + offset);
  const month = local.getUTCMonth() + sign * (12 * years + months);
  const lastDay = new Date(Date.UTC(local.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const day = Math.min(local.getUTCDate(), lastDay) + sign * (7 * weeks + days);
  const timeOfDay = (((at + offset) % DAY) + DAY) % DAY;
  return Date.UTC(local.getUTCFullYear(), month, day) + timeOfDay - offset;
}

/** Walks from day to day. */
function comesRound(at: number, within: Duration, direction: "next" | "last", world: PlainWorld): boolean {
  const offset = world.offsetHours * 3_600_000;
  const origin = new Date(at + offset);
  const [month, day] = [origin.getUTCMonth(), origin.getUTCDate()];
  const today = Math.floor((world.asOf + offset) / DAY) * DAY;
  const other = moved(today, within, direction === "next" ? 1 : -1, 0);
  const [first, afterLast] = direction === "next" ? [today, other] : [other + DAY, today + DAY];
  for (let time = first; time < afterLast; time += DAY) {
    const date = new Date(time);
    if (date.getUTCMonth() !== month) continue;
    if (date.getUTCDate() === day) return true;
    // 28 February, the last of its month.
    const isLast = new Date(time + DAY).getUTCMonth() !== month;
    if (month === 1 && day === 29 && date.getUTCDate() === 28 && isLast) return true;
  }
  return false;
}
