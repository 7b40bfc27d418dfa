import { safeInteger } from "../../core/safe-integer.js";
import type { KnownFacts } from "../../history/known-facts.js";
import type { AcquisitionPeriods } from "./acquisition-periods.js";
import type { FirstPurchases } from "./first-purchases.js";

/** By cohort (place of the period times the number of sources, plus that of the source). @internal */
export interface CohortReceipts {
  readonly customers: Float64Array;
  /** Net sales less cost of a cohort at each age: place `cohort * ages + age`; 0 is the period of acquisition. */
  readonly receipts: Float64Array;
}

/** Which cohorts are counted, and how. @internal */
export interface CohortFrame {
  readonly periods: AcquisitionPeriods;
  /** Periods of acquisition, consecutive. */
  readonly indices: readonly number[];
  readonly names: readonly (string | null)[];
  /** How many periods are over since the first one began. */
  readonly ages: number;
}

/** What the customers of each cohort brought in each period that is over. @internal */
export function cohortReceipts(
  { log, end, net, cost }: KnownFacts,
  firsts: FirstPurchases,
  { periods: { indexOf, lastOver }, indices, names, ages }: CohortFrame,
): CohortReceipts {
  const customers = new Float64Array(indices.length * names.length);
  const receipts = new Float64Array(customers.length * ages);
  const places = new Map(names.map((name, place) => [name, place]));
  const placeOf = firsts.sources.map((name) => places.get(name) ?? 0);
  const first = indices.length === 0 ? 0 : indices[0];
  for (let customer = 0; customer < end.length; customer++) {
    if (firsts.at[customer] === Number.POSITIVE_INFINITY) continue;
    const acquiredIn = indexOf(firsts.at[customer]);
    if (!(acquiredIn >= first && acquiredIn < first + indices.length)) continue;
    const cell = (acquiredIn - first) * names.length + placeOf[firsts.code[customer]];
    customers[cell]++;
    for (let row = firsts.row[customer]; row < end[customer]; row++) {
      const index = indexOf(log.at[row]);
      if (index > lastOver) break;
      const place = cell * ages + index - acquiredIn;
      const receipt = cost ? net[row] - cost[row] : net[row];
      receipts[place] = safeInteger(receipts[place] + receipt, "log", "the margin of a cohort");
    }
  }
  return { customers, receipts };
}
