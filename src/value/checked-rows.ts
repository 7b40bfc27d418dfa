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
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index];
    const report: ReportProblem = (field, reason, value) =>
      problems.push({ row: index, field, reason, value });
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
  return isFiniteNumber(min) && isFiniteNumber(max) && min < max;
}

/** Throws unless the weights of a list sum to more than 0. @internal */
export function assertWeightSum(weights: readonly number[], path: string): number {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  assertArgument(
    sum > 0 && Number.isFinite(sum),
    path,
    () =>
      `${path} has ${weights.length === 0 ? "no items" : `weights that sum to ${shown(sum)}`}: pass at least one item with a weight above 0`,
  );
  return sum;
}
