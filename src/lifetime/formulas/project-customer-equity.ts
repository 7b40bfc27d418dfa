import {
  assertArgument,
  assertFinite,
  assertInRange,
  assertInteger,
  assertOptions,
} from "../../core/assert.js";
import { type Table, table } from "../../core/table.js";
import { periodRate } from "../../statistics/discounting.js";
import {
  type Cohorts,
  type CustomersOfTenure,
  cohortsOf,
  kept,
  merged,
  sumOver,
} from "./customer-cohorts.js";
import { assertAboveMinusOne, assertPeriodsPerYear, readTiming } from "./margin-stream.js";
import { periodsPerYearOf, type RetentionByTenure, readRetentionByTenure } from "./retention-by-tenure.js";

/** What {@link projectCustomerEquity} reckons with; amounts in one unit of money, minor units say. */
export interface ProjectCustomerEquityOptions {
  /**
   * How many customers there are now, 0 or more. Where retention differs by tenure, how many of each: a base valued as if all
   * were new is valued too low.
   */
  readonly customers: number | readonly CustomersOfTenure[];
  /** What a customer brings in the first period, after all costs of serving them. */
  readonly margin: number;
  /**
   * Share of the customers of a period that stays to its end: one rate for old and new ones alike; rates by tenure, the first of
   * those in their first period, or a survival curve, of both of which the last rate goes on; or a fitted contract model.
   */
  readonly retention: RetentionByTenure;
  /** Discount rate per YEAR, effective: 0.1 is 10 %; above -1. */
  readonly discountRate: number;
  /** When in its period the margin comes: at its `"begin"`, spread over it (`"middle"`) or at its `"end"`. */
  readonly timing: "begin" | "middle" | "end";
  /**
   * Whose margin counts in a period: of all who begin it (`"begin"`), or only of those who stay to its end (`"end"`). Required
   * with `timing: "end"`; default `"begin"` otherwise.
   */
  readonly survivorsAt?: "begin" | "end" | undefined;
  /** How many periods to look ahead, 1 to 1000. */
  readonly horizon: number;
  /** How many customers are won at the begin of each period: one number, or one for each period of the horizon. Default 0. */
  readonly acquired?: number | readonly number[] | undefined;
  /** What it costs to win one of them, paid at the begin of their first period; required with `acquired`. */
  readonly acquisitionCost?: number | undefined;
  /** By which share the margin of every customer grows each period, above -1; default 0. */
  readonly growth?: number | undefined;
  /** How many periods make a year: 12 for months. Default 1: a period is a year; a contract model knows its own. */
  readonly periodsPerYear?: number | undefined;
}

/** One row a period of {@link EquityProjection}. */
export interface EquityProjectionColumns {
  /** Which period, from 1. */
  readonly period: readonly number[];
  /** Customers of now who begin it. */
  readonly existing: readonly number[];
  /** Customers won since who begin it, those of this period included. */
  readonly added: readonly number[];
  /** Margin of all of them. */
  readonly margin: readonly number[];
  /** What winning customers costs in it. */
  readonly acquisitionCost: readonly number[];
  /** `margin - acquisitionCost`. */
  readonly profit: readonly number[];
  /** The value now of both, each discounted from when it flows. */
  readonly discountedProfit: readonly number[];
  /** Customers at its end. */
  readonly remaining: readonly number[];
  /** What these are worth then; `null` where a customer's value has no limit. */
  readonly equity: readonly (number | null)[];
}

/** What winning customers is worth, and what the money spent on it buys. */
export interface AcquisitionWorth {
  /** What one more customer won now is worth, less what it costs to win him: below 0, stop. `null` without limit. */
  readonly oneMore: number | null;
  /** How many are won within the horizon. */
  readonly customers: number;
  /** Value now of what winning them costs. */
  readonly budget: number;
  /** Value now of the margins that they bring over all their time; `null` where it has no limit. */
  readonly value: number | null;
  /** What one unit of the budget buys, `value / budget`; `null` where nothing is spent, or there is no limit. */
  readonly valuePerCost: number | null;
}

/** How the value of a base of customers develops. */
export interface EquityProjection {
  /** Period by period. */
  readonly periods: Table<EquityProjectionColumns>;
  /** Value now of the customers of now, over all time; `null` where it has no limit. */
  readonly existing: number | null;
  /** Value now of the customers won within the horizon, over all their time, less what it costs to win them. */
  readonly added: number | null;
  /** `existing + added`: the value of the firm as far as its customers make it. */
  readonly total: number | null;
  /** What winning customers is worth. */
  readonly acquisition: AcquisitionWorth;
  /** Value now of the profits within the horizon; the rest of `total` comes after it. */
  readonly withinHorizon: number;
  /** Why values are `null`; `null` where they are numbers. */
  readonly reason: string | null;
}

/**
 * How will the value of the base develop, as customers leave and others are won?
 *
 * The customers of now decay by retention; those won in each period bring what they are worth less what they cost (Gupta,
 * Lehmann & Stuart 2004). Nobody is won after the horizon, and the value of those who are there then is the last `equity`.
 *
 * @param options - The base, margin and retention of a period, the discount rate per year, `timing`, `horizon`, and who is won.
 * @returns The path by period, and the value of customers of now and of those to come.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when an option is out of range, or amounts leave the range of numbers.
 * @example
 * ```ts
 * import { projectCustomerEquity } from "clientele";
 *
 * const projection = projectCustomerEquity({
 *   customers: 1000,
 *   margin: 100,
 *   retention: 0.8,
 *   discountRate: 0.1,
 *   timing: "end",
 *   survivorsAt: "begin",
 *   horizon: 3,
 *   acquired: 200,
 *   acquisitionCost: 60,
 * });
 * projection.periods.columns.remaining; // ~> [960, 928, 902.4]
 * projection.existing; // ~> 333333.333
 * projection.added; // ~> 149542.7
 * projection.acquisition.oneMore; // ~> 273.333333
 * const base = [{ tenure: 0, customers: 400 }, { tenure: 5, customers: 600 }];
 * const model = { model: "shiftedBetaGeometric", parameters: { alpha: 0.668, beta: 3.806 }, period: "year" } as const;
 * const terms = { margin: 100, discountRate: 0.1, timing: "begin", horizon: 3 } as const;
 * projectCustomerEquity({ ...terms, customers: base, retention: model }).existing; // ~> 686140.3235
 * ```
 */
export function projectCustomerEquity(options: ProjectCustomerEquityOptions): EquityProjection {
  const checked = checkedOptions(options);
  const { retention, flow, margin, horizon, acquired, acquisitionCost } = checked;
  const { rate, growth, delay, isAfterRenewal } = flow;
  const reason = retention.reason(flow);
  const multiples = new Map<number, number>();
  const multiple = (tenure: number): number => {
    const known = multiples.get(tenure) ?? retention.multiple(tenure, flow) ?? 0;
    multiples.set(tenure, known);
    return known;
  };
  const columns = {
    ...{ period: [] as number[], existing: [] as number[], added: [] as number[] },
    ...{ margin: [] as number[], acquisitionCost: [] as number[], profit: [] as number[] },
    ...{ discountedProfit: [] as number[], remaining: [] as number[], equity: [] as (number | null)[] },
  };
  let existing: Cohorts = checked.customers;
  let added: Cohorts = new Map();
  let [value, budget, withinHorizon] = [0, 0, 0];
  const existingValue = margin * sumOver(existing, multiple) + 0;
  for (let period = 1; period <= horizon; period++) {
    const won = acquired[period - 1] as number;
    added = new Map(added).set(0, (added.get(0) ?? 0) + won);
    const start = (1 + rate) ** -(period - 1);
    const each = margin * (1 + growth) ** (period - 1);
    const all = merged(existing, added);
    const earned = sumOver(all, (tenure) => (isAfterRenewal ? retention.rate(tenure) : 1)) * each + 0;
    const spent = won * acquisitionCost;
    const discounted = start * (earned * (1 + rate) ** -delay - spent);
    const left = kept(all, retention);
    columns.period.push(period);
    columns.existing.push(sumOver(existing, () => 1));
    columns.added.push(sumOver(added, () => 1));
    columns.margin.push(earned);
    columns.acquisitionCost.push(spent);
    columns.profit.push(earned - spent);
    columns.discountedProfit.push(discounted);
    columns.remaining.push(sumOver(left, () => 1));
    columns.equity.push(reason === null ? each * (1 + growth) * sumOver(left, multiple) + 0 : null);
    value += start * won * each * multiple(0);
    budget += start * spent;
    withinHorizon += discounted;
    existing = kept(existing, retention);
    added = kept(added, retention);
  }
  assertArgument(
    [existingValue, value, budget, withinHorizon, ...columns.margin].every(Number.isFinite),
    "options",
    () => "options lead beyond the range of numbers: pass a shorter horizon, or smaller amounts or rates",
  );
  const isLimited = reason === null;
  return {
    periods: table(columns),
    existing: isLimited ? existingValue : null,
    added: isLimited ? value - budget : null,
    total: isLimited ? existingValue + (value - budget) : null,
    acquisition: {
      oneMore: isLimited ? margin * multiple(0) - acquisitionCost + 0 : null,
      customers: acquired.reduce((sum, won) => sum + won, 0),
      budget,
      value: isLimited ? value : null,
      valuePerCost: isLimited && budget > 0 ? value / budget : null,
    },
    withinHorizon,
    reason,
  };
}

/** Ten centuries of years, as everywhere. */
const MOST = 1000;

function checkedOptions(options: ProjectCustomerEquityOptions) {
  assertOptions(options, "{ customers, margin, retention, discountRate, timing, horizon }");
  const { margin, discountRate, horizon, growth = 0, acquired = 0, acquisitionCost } = options;
  assertFinite(margin, "options.margin");
  const retention = readRetentionByTenure(options.retention);
  const customers = cohortsOf(options.customers, retention);
  assertAboveMinusOne(discountRate, "options.discountRate");
  const timing = readTiming(options);
  assertInteger(horizon, "options.horizon", 1, MOST);
  assertAboveMinusOne(growth, "options.growth");
  const periodsPerYear = periodsPerYearOf(retention, options.periodsPerYear);
  assertPeriodsPerYear(periodsPerYear);
  assertArgument(
    options.acquired === undefined || acquisitionCost !== undefined,
    "options.acquisitionCost",
    () => "options.acquisitionCost is missing: pass what it costs to win one of options.acquired",
  );
  assertInRange(acquisitionCost ?? 0, "options.acquisitionCost", 0, Number.MAX_VALUE);
  const each = Array.isArray(acquired) ? acquired : new Array<number>(horizon).fill(acquired as number);
  assertArgument(
    each.length === horizon,
    "options.acquired",
    () =>
      `options.acquired has ${each.length} values: pass one for each period of options.horizon, ${horizon}`,
  );
  for (const [i, won] of each.entries()) {
    const path = Array.isArray(acquired) ? `options.acquired[${i}]` : "options.acquired";
    assertInRange(won, path, 0, Number.MAX_SAFE_INTEGER);
  }
  return {
    customers,
    margin,
    retention,
    flow: { ...timing, growth, rate: periodRate(discountRate, periodsPerYear) },
    horizon,
    acquired: each as readonly number[],
    acquisitionCost: acquisitionCost ?? 0,
  };
}
