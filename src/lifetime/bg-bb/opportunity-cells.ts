import { assertArgument } from "../../core/assert.js";
import { invalidRows, type RowProblem } from "../../core/row-problems.js";
import { type DistinctHistories, distinctHistories } from "../models/distinct-histories.js";
import type { CheckedHistories } from "../models/purchase-histories.js";

/** Tables of so many numbers are made. */
const MOST_OPPORTUNITIES = 100_000;

/** Different histories, after a look at whether all are of whole opportunities. @internal */
export function opportunityCells(histories: CheckedHistories, path = "customers"): DistinctHistories {
  assertArgument(
    histories.length > 0,
    path,
    () => `${path} is empty: pass the history of one customer or more`,
  );
  assertOpportunities(histories, path);
  return distinctHistories(histories);
}

const LISTED = 20;

/** BG/BB counts opportunities: whole numbers, and no more purchases than opportunities. @internal */
export function assertOpportunities({ length, x, tx, T }: CheckedHistories, path = "customers"): void {
  const problems: RowProblem[] = [];
  let total = 0;
  for (let row = 0; row < length; row++) {
    const [field, reason, value] = !(Number.isInteger(T[row]) && T[row] <= MOST_OPPORTUNITIES)
      ? ["T", `is no whole number of opportunities, at most ${MOST_OPPORTUNITIES}`, T[row]]
      : !Number.isInteger(tx[row])
        ? ["tx", "is not the whole number of the last opportunity with a purchase", tx[row]]
        : x[row] > tx[row]
          ? ["x", `is more than the ${tx[row]} opportunities up to the last purchase`, x[row]]
          : ["", "", 0];
    if (field === "") continue;
    total++;
    if (problems.length < LISTED) problems.push({ row, field, reason, value });
  }
  if (total > 0) throw invalidRows(problems, total, path);
}
