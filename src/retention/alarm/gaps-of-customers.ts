import type { TimeWindow } from "../../core/duration.js";
import type { KnownFacts } from "../../history/known-facts.js";
import { ALL_TIME, occasionReader } from "../purchases/purchase-occasions.js";

/** One customer's waits between purchases, on the line of days that `place` gives. @internal */
export interface CustomerGaps {
  readonly customerId: string;
  /** How many purchases of all known time the customer made before the first of `instants`. */
  readonly before: number;
  /** Instants of the purchases with which waits begin, epoch milliseconds: as many as gaps, or one more for the open wait. */
  readonly instants: readonly number[];
  readonly gaps: readonly number[];
  /** From the last purchase of all to the end of what is known; `null` where that wait began outside the window. */
  readonly open: number | null;
}

/**
 * The waits of every customer that began with a purchase in the window, in the log's order; purchases are numbered, and
 * waits end, in all known time. `firstIn`: only of customers whose first purchase of all lies in it.
 *
 * @internal
 */
export function gapsOfCustomers(
  facts: KnownFacts,
  window: TimeWindow,
  firstIn: TimeWindow | null,
  occasion: "day" | "transaction",
  place: (at: number) => number,
): CustomerGaps[] {
  const instantsOf = occasionReader(facts, ALL_TIME, occasion);
  const now = place(facts.asOf);
  const found: CustomerGaps[] = [];
  for (let customer = 0; customer < facts.end.length; customer++) {
    const all = instantsOf(customer);
    if (firstIn && !(all[0] >= firstIn.start && all[0] < firstIn.end)) continue;
    const before = all.filter((at) => at < window.start).length;
    const instants = all.slice(before).filter((at) => at < window.end);
    if (instants.length === 0) continue;
    const after = before + instants.length;
    const isOpen = after === all.length;
    const places = all.slice(before, after + 1).map(place);
    found.push({
      customerId: facts.log.customerIds[customer],
      before,
      instants,
      gaps: places.slice(1).map((at, i) => at - places[i]),
      open: isOpen ? now - places[places.length - 1] : null,
    });
  }
  return found;
}
