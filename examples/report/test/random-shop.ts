import { drawExponential, drawGamma, drawInteger, seededRandom, type TransactionRow } from "clientele";

/** What a shop is like whose customers buy at random and leave at random. */
export interface RandomShop {
  readonly customers: number;
  /** First civil day, of which day numbers count. */
  readonly from: number;
  readonly days: number;
  /** Of a purchase; default drawn, about 50 USD. */
  readonly amount?: number;
  /** Share of the amount; without it there are no costs. */
  readonly cost?: number;
}

const DAY_MS = 86_400_000;

/** Purchases of customers who came in the first half, by rates of their own (Pareto/NBD). */
export function randomShop({ customers, from, days, amount, cost }: RandomShop): TransactionRow[] {
  const random = seededRandom(5);
  const leaving = 3 / days;
  return Array.from({ length: customers }, (_, i) => {
    const rate = drawGamma(random, 0.8, 20 / days);
    const scale = 1000 * drawGamma(random, 5, 1);
    const entry = i === 0 ? 0 : drawInteger(random, 0, Math.floor(days / 2));
    const until = Math.min(days, entry + drawExponential(random, drawGamma(random, 0.6, leaving)));
    const rows: TransactionRow[] = [];
    for (let day = entry; day < until; day += Math.ceil(drawExponential(random, rate))) {
      const paid = amount ?? Math.round(scale * (0.5 + random()));
      const costs = cost === undefined ? {} : { cost: Math.round(cost * paid) };
      rows.push({ customerId: `c${i}`, at: (from + day) * DAY_MS, amount: paid, ...costs });
    }
    return rows;
  }).flat();
}
