import { safeInteger } from "../../core/safe-integer.js";
import type { KnownFacts } from "../../history/known-facts.js";
import type { TextColumn } from "../../history/log-columns.js";
import type { RetentionTally } from "./retention-shares.js";
import { enter, keep, newTally } from "./tally-retention.js";

/** One pair of periods: the customers, and the customers of each product or channel in two views. @internal */
export interface ViewTally {
  readonly customers: RetentionTally;
  /** By code of the column; only codes with a base. Both tallies have the same base. */
  readonly groups: Map<number, { readonly sameAgain: RetentionTally; readonly anyBusiness: RetentionTally }>;
}

/** What a customer bought under one code in one period. */
interface Holding {
  sales: number;
  cost: number;
  qualified: boolean;
}

/**
 * Counts who stays from each period to the next, customer by customer and code by code, in one pass over the log.
 *
 * @returns A tally for each pair of consecutive periods: `periods - 1` of them.
 * @internal
 */
export function tallyViews(
  facts: KnownFacts,
  { codes }: TextColumn,
  periods: number,
  periodAt: (at: number) => number,
): ViewTally[] {
  const { log, end, net, cost, qualifies } = facts;
  const { offsets, at, customerIds } = log;
  const tallies = Array.from(
    { length: periods - 1 },
    (): ViewTally => ({ customers: newTally(), groups: new Map() }),
  );
  for (let customer = 0; customer < customerIds.length; customer++) {
    let row = offsets[customer];
    const last = end[customer];
    // The customer's latest period with a qualifying purchase, and what it brought under each code.
    let before: { readonly period: number; readonly holdings: Map<number, Holding> } | null = null;
    while (row < last) {
      const period = periodAt(at[row]);
      const holdings = new Map<number, Holding>();
      // Rows are in order of time, so those of a period stand together.
      for (; row < last && periodAt(at[row]) === period; row++) {
        let holding = holdings.get(codes[row]);
        if (holding === undefined) {
          holding = { sales: 0, cost: 0, qualified: false };
          holdings.set(codes[row], holding);
        }
        holding.sales += net[row];
        if (cost) holding.cost += cost[row];
        if (!qualifies || qualifies[row] === 1) holding.qualified = true;
      }
      const isActive = period >= 0 && [...holdings.values()].some(({ qualified }) => qualified);
      if (!isActive) continue;
      if (before?.period === period - 1) stay(tallies[period - 1], before.holdings, holdings);
      before = { period, holdings };
      if (period < tallies.length) begin(tallies[period], holdings);
    }
  }
  return tallies;
}

/** Takes a customer into the base of the company, and of every code with a qualifying purchase. */
function begin({ customers, groups }: ViewTally, holdings: ReadonlyMap<number, Holding>): void {
  enter(customers, ...worth(holdings.values()));
  for (const [code, holding] of holdings) {
    if (!holding.qualified) continue;
    let group = groups.get(code);
    if (group === undefined) {
      group = { sameAgain: newTally(), anyBusiness: newTally() };
      groups.set(code, group);
    }
    enter(group.sameAgain, ...worth([holding]));
    enter(group.anyBusiness, ...worth([holding]));
  }
}

/** Counts a customer of the base as retained: by the company, and under those codes that were bought again. */
function stay(
  { customers, groups }: ViewTally,
  before: ReadonlyMap<number, Holding>,
  now: ReadonlyMap<number, Holding>,
): void {
  keep(customers, ...worth(before.values()));
  for (const [code, holding] of before) {
    const group = groups.get(code);
    if (!holding.qualified || group === undefined) continue;
    keep(group.anyBusiness, ...worth([holding]));
    if (now.get(code)?.qualified) keep(group.sameAgain, ...worth([holding]));
  }
}

/** Sales and profit; the profit of a log without costs is withheld elsewhere. */
function worth(holdings: Iterable<Holding>): [sales: number, profit: number] {
  let sales = 0;
  let cost = 0;
  for (const holding of holdings) {
    sales += holding.sales;
    cost += holding.cost;
  }
  return [
    safeInteger(sales, "log", "the sales of a customer"),
    safeInteger(sales - cost, "log", "the profit of a customer"),
  ];
}
