import type { TransactionLog } from "clientele";
import { type CohortCounts, MONTHS } from "./counts.js";
import { monthStarts } from "./local-sales.js";

/**
 * What someone writes who knows that the rows of a customer are in order of time: the first instants of the local months
 * once, by Intl, and then one pass over the columns in which each customer walks along them.
 */
export function cohortLoop({ offsets, at, amount }: TransactionLog, timeZone: string): CohortCounts {
  const starts = monthStarts(timeZone);
  const customers = new Uint32Array(MONTHS * MONTHS);
  const revenue = new Float64Array(MONTHS * MONTHS);
  for (let customer = 0; customer + 1 < offsets.length; customer++) {
    const end = offsets[customer + 1];
    let month = 0;
    let cohort = -1;
    let last = -1;
    for (let row = offsets[customer]; row < end; row++) {
      const instant = at[row];
      while (instant >= starts[month + 1]) month++;
      if (cohort < 0) cohort = month;
      const cell = cohort * MONTHS + month - cohort;
      revenue[cell] += amount[row];
      if (month !== last) {
        customers[cell]++;
        last = month;
      }
    }
  }
  return { customers, revenue };
}
