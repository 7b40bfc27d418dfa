import { assertArgument, assertArray, shown } from "../core/assert.js";
import { invalidRows, type RowProblem } from "../core/row-problems.js";

/** Says that a field of the row at hand breaks a rule. @internal */
export type ReportProblem = (field: string, reason: string, value: unknown) => void;

/**
 * Looks at each row of a list that a caller made by hand, and throws what is wrong with all of them at once.
 *
 * @internal
 */
export function checkRows(
  rows: unknown,
  path: string,
  check: (row: Readonly<Record<string, unknown>>, report: ReportProblem, index: number) => void,
): void {
  assertArray(rows, path);
  const problems: RowProblem[] = [];
  let index = 0;
  // One for all rows: a function for each would cost as much as a check.
  const report: ReportProblem = (field, reason, value) => problems.push({ row: index, field, reason, value });
  for (; index < rows.length; index++) {
    const row: unknown = rows[index];
    if (typeof row !== "object" || row === null) report("", "is not an object", row);
    else check(row as Readonly<Record<string, unknown>>, report, index);
  }
  if (problems.length > 0) throw invalidRows(problems, problems.length, path);
}

/** A check that a field holds an id that no earlier row has. @internal */
export function uniqueId(
  field = "id",
): (row: Readonly<Record<string, unknown>>, report: ReportProblem) => void {
  const seen = new Set<unknown>();
  return (row, report) => {
    const value = row[field];
    if (typeof value !== "string" || value === "")
      report(field, "is not an id: text that is not empty", value);
    else if (seen.has(value)) report(field, "comes a second time", value);
    else seen.add(value);
  };
}

/** @internal */
export function isFiniteNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

/** Reports a weight that is given and is no number from 0 on. @internal */
export function checkWeight(weight: unknown, report: ReportProblem, isNeeded = false): void {
  if (weight === undefined && !isNeeded) return;
  if (!isFiniteNumber(weight) || weight < 0) report("weight", "is not a finite number from 0 on", weight);
}

/** Lowest and highest answer that is possible. */
export interface ValueScale {
  /** Lowest score. */
  readonly min: number;
  /** Highest score, above `min`. */
  readonly max: number;
}

/** Whether a scale that a caller made by hand has a lowest and a highest score. @internal */
export function isScale(scale: unknown): scale is ValueScale {
  const { min, max } = Object(scale) as ValueScale;
  return isFiniteNumber(min) && isFiniteNumber(max) && min < max && Number.isFinite(max - min);
}

/** The result, if it is a number that JSON can hold; `what` names it in the message. @internal */
export function assertReached(value: number, path: string, what: string): number {
  assertArgument(
    Number.isFinite(value),
    path,
    () =>
      `${path} gives ${what} of ${value}: pass scores, weights and prices that are closer to 1, in a larger unit`,
  );
  return value;
}

/** How far apart two numbers may be through rounding alone, as a part of what they were summed from. */
const ROUNDING = 1e-12;

/**
 * Whether two numbers are the same but for rounding; `size` is the sum of the absolute values that they were added up from.
 * Equal offers are a tie in whatever order their items stand.
 *
 * @internal
 */
export function isLevel(a: number, b: number, size: number): boolean {
  return Math.abs(a - b) <= ROUNDING * size;
}

/** Whether a distance is no greater than a bound, but for rounding; `size` as for {@link isLevel}. @internal */
export function isWithin(distance: number, bound: number, size: number): boolean {
  return Math.abs(distance) <= bound || isLevel(Math.abs(distance), bound, size);
}

/** Why a sacrifice cannot have this score; `null`: it can. @internal */
export function sacrificeProblem(score: number, scale: unknown): string | null {
  // A price entered as -5 would be a gain.
  return score < 0 && scale === undefined
    ? "is below 0: a sacrifice is scored by its size, 10 is a great burden; pass a scale where one can be below 0"
    : null;
}

/** Throws unless the weights of a list, called `what` in the message, sum to more than 0. @internal */
export function assertWeightSum(weights: readonly number[], path: string, what = path): number {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  assertArgument(
    sum > 0 && Number.isFinite(sum),
    path,
    () =>
      `${what} has ${weights.length === 0 ? "no items" : `weights that sum to ${shown(sum)}`}: pass at least one item with a weight above 0`,
  );
  return sum;
}
