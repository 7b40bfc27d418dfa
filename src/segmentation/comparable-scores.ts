import { assertArgument, shown } from "../core/assert.js";
import { addDuration, subtractDuration, type TimeWindow } from "../core/duration.js";
import { ClienteleError } from "../core/errors.js";
import { zoneOffset } from "../core/time-zone.js";
import type { RfmScores } from "./rfm.js";
import type { ScoreRange, SegmentTableRow } from "./rfm-segment-table.js";

const DIMENSIONS = ["recency", "frequency", "monetary"] as const;

/** @internal */
export function assertScores(scores: RfmScores, path: string): void {
  assertArgument(
    typeof scores?.members?.columns === "object" && typeof scores.bins === "object",
    path,
    () => `${path} is ${shown(scores)}: pass the result of rfm()`,
  );
}

/** Throws unless a difference between the two scorings is one of the customers. @internal */
export function assertComparable(before: RfmScores, after: RfmScores): void {
  assertScores(before, "before");
  assertScores(after, "after");
  const same = (isSame: boolean, what: string, fix: string) =>
    assertArgument(isSame, `after.${what}`, () => `after.${what} is not that of before: ${fix}`);
  same(
    DIMENSIONS.every((name) => before.bins[name] === after.bins[name]),
    "bins",
    "score both dates with as many scores",
  );
  same(
    isSameTable(before.segmentTable, after.segmentTable),
    "segmentTable",
    "name both dates by one segment table",
  );
  same(before.timeZone === after.timeZone, "timeZone", "score both dates in one zone");
  same(before.monetary === after.monetary, "monetary", "score both dates on revenue, or both on margin");
  same(
    isSameLength(before, after),
    "window",
    "score both dates with windows of one length, or of as many whole months, or both without",
  );
  if (before.currency !== after.currency) {
    throw new ClienteleError(
      "CURRENCY_MISMATCH",
      "after.currency",
      `after.currency is ${shown(after.currency)}, before's is ${shown(before.currency)}: score both dates in one currency`,
    );
  }
  assertArgument(
    before.asOf === null || after.asOf === null || before.asOf <= after.asOf,
    "after.asOf",
    () => `after.asOf is earlier than before.asOf (${after.asOf} and ${before.asOf}): swap the two`,
  );
}

/** Whether both were held against one set of cuts. What was stored as JSON may have its keys in another order. @internal */
export function hasSameCuts(before: RfmScores, after: RfmScores): boolean {
  const [first, second] = [before.cuts, after.cuts];
  if (first === null || second === null) return false;
  return DIMENSIONS.every(
    (name) => isSameList(first[name], second[name]) && before.atCut[name] === after.atCut[name],
  );
}

function isSameList(first: readonly unknown[], second: readonly unknown[]): boolean {
  return first.length === second.length && first.every((value, i) => value === second[i]);
}

function isSameTable(
  first: readonly SegmentTableRow[] | null,
  second: readonly SegmentTableRow[] | null,
): boolean {
  if (first === null || second === null) return first === second;
  const isSameRange = (a: ScoreRange | undefined, b: ScoreRange | undefined) =>
    a === undefined || b === undefined ? a === b : isSameList(a, b);
  return (
    first.length === second.length &&
    first.every(
      (row, i) =>
        row.name === second[i].name && DIMENSIONS.every((name) => isSameRange(row[name], second[i][name])),
    )
  );
}

/** Whether the parts of the time that count are equally long: what lies at `asOf` or later does not count. */
function isSameLength(before: RfmScores, after: RfmScores): boolean {
  if (before.window === null || after.window === null) return before.window === after.window;
  const timeZone = before.timeZone ?? "UTC";
  const [first, second] = [counted(before.window, before.asOf), counted(after.window, after.asOf)];
  const lengthOf = ({ start, end }: TimeWindow) => localMs(end, timeZone) - localMs(start, timeZone);
  // By the clock on the wall: a day of 23 hours is a day.
  if (lengthOf(first) === lengthOf(second)) return true;
  const months = Math.round(lengthOf(first) / MONTH_MS);
  return months > 0 && isMonths(first, months, timeZone) && isMonths(second, months, timeZone);
}

const MONTH_MS = (365.25 / 12) * 86_400_000;

function counted({ start, end }: TimeWindow, asOf: number | null): TimeWindow {
  return { start, end: Math.max(start, Math.min(end, asOf ?? end)) };
}

/** From its start on or back from its end: the last day of a short month makes one of the two miss. */
function isMonths({ start, end }: TimeWindow, months: number, timeZone: string): boolean {
  return (
    addDuration(start, { months }, { timeZone }) === end ||
    subtractDuration(end, { months }, { timeZone }) === start
  );
}

function localMs(at: number, timeZone: string): number {
  return at + zoneOffset(at, timeZone);
}
