import { assertArgument } from "../core/assert.js";
import { safeSum } from "../core/safe-integer.js";
import { addTo, exactSumOf, newExactSum } from "./rules/exact-sum.js";

/** How many rows each group has, what their values sum to, and the sum of all groups. @internal */
export interface GroupSums {
  readonly counts: readonly number[];
  readonly sums: readonly number[];
  readonly total: number;
}

/** Sums values by group, rounded once: the same for any order of the rows. Sums of whole numbers are exact. @internal */
export function groupSums(
  values: ArrayLike<number>,
  groupOf: ArrayLike<number>,
  groups: number,
  path: string,
): GroupSums {
  const counts = new Array<number>(groups).fill(0);
  const sums = new Array<number>(groups).fill(0);
  let whole = true;
  let inRange = true;
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    counts[groupOf[row]]++;
    sums[groupOf[row]] += value;
    whole &&= Number.isSafeInteger(value);
    inRange &&= Math.abs(sums[groupOf[row]]) <= Number.MAX_SAFE_INTEGER;
  }
  if (whole) {
    // A sum that passed 2^53 - 1 on its way may have come back a little wrong: those few are summed anew.
    const what = `a sum of ${path}`;
    const exact = inRange
      ? sums
      : sums.map((_, group) => safeSum(valuesOf(group, values, groupOf), path, what));
    return { counts, sums: exact, total: safeSum(exact, path, what) };
  }
  const { exact, total } = fractionSums(values, groupOf, groups);
  assertArgument(
    Number.isFinite(total) && exact.every(Number.isFinite),
    path,
    () => `${path} sum to ${total}: pass smaller numbers, in a larger unit`,
  );
  return { counts, sums: exact, total };
}

function fractionSums(values: ArrayLike<number>, groupOf: ArrayLike<number>, groups: number) {
  const sums = Array.from({ length: groups }, newExactSum);
  const total = newExactSum();
  for (let row = 0; row < values.length; row++) {
    addTo(sums[groupOf[row]], values[row]);
    addTo(total, values[row]);
  }
  return { exact: sums.map(exactSumOf), total: exactSumOf(total) };
}

function* valuesOf(group: number, values: ArrayLike<number>, groupOf: ArrayLike<number>): Generator<number> {
  for (let row = 0; row < values.length; row++) if (groupOf[row] === group) yield values[row];
}
