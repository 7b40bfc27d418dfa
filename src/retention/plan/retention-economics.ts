import { assertArgument, assertInteger, assertOneOf, assertOptions } from "../../core/assert.js";
import { SHARE_ROUNDING } from "../../core/share-of-count.js";
import { type Table, table } from "../../core/table.js";
import { discountFactor } from "../../statistics/discounting.js";
import {
  assertAboveMinusOne,
  assertNotBelowZero,
  type ProfitSources,
  YEARLY_COMPONENTS,
  yearlyComponents,
} from "./profit-components.js";
import { assertHorizon, type RetentionCurve, type SurvivorsAt, survivalOf } from "./retention-curve.js";

/** What {@link retentionEconomics} reckons with; amounts in one unit of money, minor units say. */
export interface RetentionEconomicsOptions extends ProfitSources {
  /** What it costs to win one customer, zero or more, paid in year 0. */
  readonly acquisitionCost: number;
  /** How customers stay from year to year. */
  readonly retention: RetentionCurve;
  /** Discount rate per year: 0.1 is 10 %; above -1. */
  readonly discountRate: number;
  /** When in its year profit comes: `"begin"` is not discounted in year 1, `"middle"` by half a year, `"end"` by a whole one. */
  readonly timing: "begin" | "middle" | "end";
  /** How many years to look ahead, 1 to 1000. */
  readonly horizon: number;
  /** Whose profit counts in a year: of all who begin it (`"begin"`, default), or only of those who stay to its end (`"end"`). */
  readonly survivorsAt?: SurvivorsAt | undefined;
  /** How many customers are won, 1 or more: the size of the cohort. Default 1. */
  readonly customers?: number | undefined;
}

/** One row a year of {@link RetentionEconomics}, from year 0; of one customer, in the unit of the amounts and not rounded. */
export interface CustomerYearColumns {
  /** 0 is when the customer is won, 1 the first year of the relationship. */
  readonly year: readonly number[];
  /** What a customer who stays brings without the effects below. */
  readonly baseProfit: readonly number[];
  /** What more because they buy more. */
  readonly purchaseGrowth: readonly number[];
  /** What more because they cost less to serve. */
  readonly costDecline: readonly number[];
  /** What more because they bring others. */
  readonly referrals: readonly number[];
  /** What more because they pay more for the same. */
  readonly pricePremium: readonly number[];
  /** What it cost to win them, zero or negative: in year 0 alone. */
  readonly acquisitionCost: readonly number[];
  /** Sum of the six: what a customer brings who is still there. */
  readonly profit: readonly number[];
  /** Share of the customers whose profit counts in the year. */
  readonly survival: readonly number[];
  /** `profit * survival`: what a customer won in year 0 brings on average. */
  readonly expectedProfit: readonly number[];
  /** What one unit of money in this year is worth in year 0. */
  readonly discountFactor: readonly number[];
  /** `expectedProfit * discountFactor`. */
  readonly discountedProfit: readonly number[];
  /** `profit` up to this year: of a customer who stays. */
  readonly cumulativeProfit: readonly number[];
  /** `expectedProfit` up to this year. */
  readonly cumulativeExpectedProfit: readonly number[];
  /** `discountedProfit` up to this year. */
  readonly cumulativeDiscountedProfit: readonly number[];
}

/** One row a year of {@link RetentionEconomics}, from year 0; of all customers won together. */
export interface CohortYearColumns {
  /** 0 is when the customers are won. */
  readonly year: readonly number[];
  /** Expected number of customers whose profit counts in the year. */
  readonly customers: readonly number[];
  /** Expected profit of them all. */
  readonly profit: readonly number[];
  /** Its value in year 0. */
  readonly discountedProfit: readonly number[];
  /** `profit` up to this year. */
  readonly cumulativeProfit: readonly number[];
  /** `discountedProfit` up to this year. */
  readonly cumulativeDiscountedProfit: readonly number[];
}

/** A sum over all years of the horizon, for one customer. */
export interface HorizonTotal {
  /** Of a customer who stays to the end. */
  readonly staying: number;
  /** Of a customer won in year 0, on average. */
  readonly expected: number;
  /** The same, its value in year 0. */
  readonly discounted: number;
}

/** Where profit comes from, or goes: a column of {@link CustomerYearColumns}. */
export type ProfitComponent =
  | "baseProfit"
  | "purchaseGrowth"
  | "costDecline"
  | "referrals"
  | "pricePremium"
  | "acquisitionCost";

/** What one source brings over all years of the horizon. */
export interface ComponentTotal extends HorizonTotal {
  /** Which source. */
  readonly component: ProfitComponent;
}

/** In which year the profits so far first pay for winning the customer. */
export interface BreakevenYear {
  /** From 0, when nothing was spent; `null` when no year of the horizon. */
  readonly year: number | null;
  /** Why `year` is `null`; `null` where it is a number. */
  readonly reason: string | null;
}

/** What a customer brings from year to year, and why. */
export interface RetentionEconomics {
  /** The path of one customer, one row a year from 0 to the horizon. */
  readonly years: Table<CustomerYearColumns>;
  /** The path of all customers won together. */
  readonly cohort: Table<CohortYearColumns>;
  /** What each source brings over the horizon, the cost of acquisition negative. */
  readonly components: readonly ComponentTotal[];
  /** The components together. */
  readonly total: HorizonTotal;
  /** When a customer has paid for their acquisition. */
  readonly breakeven: {
    /** A customer who stays. */
    readonly staying: BreakevenYear;
    /** A customer won in year 0, on average. */
    readonly expected: BreakevenYear;
    /** The same with profits discounted. */
    readonly discounted: BreakevenYear;
  };
  /** Share of the customers who are still there at the end of the horizon: what comes after it is not counted. */
  readonly survivalAtHorizon: number;
}

/**
 * What does a customer bring from year to year, and why does an old customer bring more than a new one?
 *
 * Profit of a year = base profit + growth of purchases + decline of the cost to serve + referrals + price premium
 * (Reichheld & Sasser 1990; Reichheld 1996), weighed by who is still there and discounted. Which effects there are, and
 * how large, is an argument: they are hypotheses to measure, not laws. Reinartz & Kumar (2000) found a catalog
 * retailer's old customers neither cheaper to serve nor readier to pay more.
 *
 * Three textbooks, three values of a constant profit m under retention r and discount rate i, without horizon:
 * `timing: "begin"` gives m(1+i)/(1+i-r), `"end"` m/(1+i-r), `"end"` with `survivorsAt: "end"` m r/(1+i-r).
 *
 * @param options - The sources of profit, the cost of acquisition, retention, discount rate, timing and horizon.
 * @returns The yearly path of one customer and of the cohort, totals by source, and the year of breakeven.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when an option is out of range, a list has not one value for each year,
 * survival does not start at 1 or rises, or an amount leaves the range of numbers.
 * @example
 * ```ts
 * import { retentionEconomics, row } from "clientele";
 *
 * const { years, components, breakeven, total } = retentionEconomics({
 *   baseProfit: 30,
 *   purchaseGrowth: [0, 12, 14],
 *   acquisitionCost: 51,
 *   retention: 0.5,
 *   discountRate: 0,
 *   timing: "end",
 *   horizon: 3,
 * });
 * years.columns.profit; // => [-51, 30, 42, 44]
 * years.columns.survival; // => [1, 1, 0.5, 0.25]
 * breakeven.staying.year; // => 2
 * breakeven.expected.year; // => 2
 * total; // => { staying: 65, expected: 11, discounted: 11 }
 * components[1]; // => { component: "purchaseGrowth", staying: 26, expected: 9.5, discounted: 9.5 }
 * ```
 */
export function retentionEconomics(options: RetentionEconomicsOptions): RetentionEconomics {
  assertOptions(options, "{ baseProfit, acquisitionCost, retention, discountRate, timing, horizon }");
  const { acquisitionCost, retention, discountRate, timing, horizon, survivorsAt = "begin" } = options;
  const { customers = 1 } = options;
  assertHorizon(horizon);
  assertNotBelowZero(acquisitionCost, "options.acquisitionCost");
  assertAboveMinusOne(discountRate, "options.discountRate");
  assertOneOf(timing, "options.timing", ["begin", "middle", "end"]);
  assertOneOf(survivorsAt, "options.survivorsAt", ["begin", "end"]);
  assertInteger(customers, "options.customers", 1);
  // Below zero what is far ahead is worth more than now, at last more than a number can be.
  assertArgument(
    Number.isFinite((1 + discountRate) ** -horizon),
    "options.discountRate",
    () =>
      `options.discountRate is ${discountRate}: over ${horizon} years that leaves the range of numbers, pass a greater rate or a shorter horizon`,
  );
  const left = survivalOf(retention, horizon, "options.retention");
  const yearly = yearlyComponents(options, horizon);

  const delay = { begin: -1, middle: -0.5, end: 0 }[timing];
  const year = Array.from({ length: horizon + 1 }, (_, t) => t);
  const survival = [1, ...(survivorsAt === "begin" ? left.slice(0, -1) : left.slice(1))];
  const factor = year.map((t) => (t === 0 ? 1 : discountFactor(discountRate, t + delay)));
  const parts = {
    baseProfit: [0, ...yearly.baseProfit],
    purchaseGrowth: [0, ...yearly.purchaseGrowth],
    costDecline: [0, ...yearly.costDecline],
    referrals: [0, ...yearly.referrals],
    pricePremium: [0, ...yearly.pricePremium],
    acquisitionCost: year.map((t) => (t === 0 ? 0 - acquisitionCost : 0)),
  };
  const profit = year.map((t) => COMPONENTS.reduce((sum, name) => sum + parts[name][t], 0));
  const expectedProfit = profit.map((amount, t) => amount * survival[t] + 0);
  const discountedProfit = expectedProfit.map((amount, t) => amount * factor[t] + 0);

  const components = COMPONENTS.map((component) => ({
    component,
    staying: sum(parts[component]),
    expected: sum(parts[component].map((amount, t) => amount * survival[t])),
    discounted: sum(parts[component].map((amount, t) => amount * survival[t] * factor[t])),
  }));
  const total = { staying: sum(profit), expected: sum(expectedProfit), discounted: sum(discountedProfit) };
  assertInReach([...components, total], customers);
  return {
    years: table({
      year,
      ...parts,
      profit,
      survival,
      expectedProfit,
      discountFactor: factor,
      discountedProfit,
      cumulativeProfit: cumulated(profit),
      cumulativeExpectedProfit: cumulated(expectedProfit),
      cumulativeDiscountedProfit: cumulated(discountedProfit),
    }),
    cohort: table(cohortYears(year, customers, survival, expectedProfit, discountedProfit)),
    components,
    total,
    breakeven: {
      staying: breakevenOf(profit),
      expected: breakevenOf(expectedProfit),
      discounted: breakevenOf(discountedProfit),
    },
    survivalAtHorizon: left[horizon],
  };
}

const COMPONENTS: readonly ProfitComponent[] = [...YEARLY_COMPONENTS, "acquisitionCost"];

function cohortYears(
  year: readonly number[],
  customers: number,
  survival: readonly number[],
  expectedProfit: readonly number[],
  discountedProfit: readonly number[],
): CohortYearColumns {
  const profit = expectedProfit.map((amount) => customers * amount);
  const discounted = discountedProfit.map((amount) => customers * amount);
  return {
    year,
    customers: survival.map((share) => customers * share),
    profit,
    discountedProfit: discounted,
    cumulativeProfit: cumulated(profit),
    cumulativeDiscountedProfit: cumulated(discounted),
  };
}

function breakevenOf(flows: readonly number[]): BreakevenYear {
  let balance = 0;
  let moved = 0;
  for (const [year, flow] of flows.entries()) {
    balance += flow;
    moved += Math.abs(flow);
    // A balance of nothing but rounding is zero.
    if (balance >= -moved * SHARE_ROUNDING) return { year, reason: null };
  }
  return { year: null, reason: `after ${flows.length - 1} years ${-balance} is still to be earned back` };
}

function cumulated(flows: readonly number[]): number[] {
  let balance = 0;
  return flows.map((flow) => {
    balance += flow;
    return balance;
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function assertInReach(totals: readonly HorizonTotal[], customers: number): void {
  assertArgument(
    totals.every((one) =>
      [one.staying, one.expected, one.discounted].every((value) => Number.isFinite(value * customers)),
    ),
    "options",
    () =>
      "options lead beyond the range of numbers: pass a shorter horizon, smaller amounts or smaller rates",
  );
}
