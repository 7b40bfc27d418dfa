import { assertArgument } from "../core/assert.js";
import { safeInteger } from "../core/safe-integer.js";

/** How many rows each group has, what their values sum to, and the sum of all groups. @internal */
export interface GroupSums {
  readonly counts: readonly number[];
  readonly sums: readonly number[];
  readonly total: number;
}

/** Sums values by group, in the order of the rows; sums of whole numbers are checked to be exact. @internal */
export function groupSums(
  values: ArrayLike<number>,
  groupOf: ArrayLike<number>,
  groups: number,
  path: string,
): GroupSums {
  const counts = new Array<number>(groups).fill(0);
  const sums = new Array<number>(groups).fill(0);
  let whole = true;
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    counts[groupOf[row]]++;
    sums[groupOf[row]] += value;
    whole &&= Number.isSafeInteger(value);
  }
  const total = sums.reduce((sum, part) => sum + part, 0);
  if (whole) {
    for (const sum of [...sums, total]) safeInteger(sum, path, `a sum of ${path}`);
  }
  assertArgument(
    Number.isFinite(total),
    path,
    () => `${path} sum to ${total}: pass smaller numbers, in a larger unit`,
  );
  return { counts, sums, total };
}
