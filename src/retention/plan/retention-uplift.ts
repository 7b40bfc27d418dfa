import {
  assertArgument,
  assertFinite,
  assertInteger,
  assertOneOf,
  assertOptions,
  shown,
} from "../../core/assert.js";
import { type Rate, ratio } from "../../core/rate.js";
import { geometricSum, stepOf } from "./geometric-sum.js";
import { amounts, assertAboveMinusOne, type YearlyAmount } from "./profit-components.js";
import {
  assertHorizon,
  liftedRate,
  type RetentionCurve,
  ratesOf,
  type SurvivorsAt,
} from "./retention-curve.js";

/** What {@link retentionUplift} reckons with; amounts in one unit of money, minor units say. */
export interface RetentionUpliftOptions {
  /** What a customer who is there brings in a year; the column `profit` of `retentionEconomics` without its year 0 fits. */
  readonly profit: YearlyAmount;
  /** By which share a constant profit grows each year, compounded, above -1; default 0. Not with a list of profits. */
  readonly growth?: number | undefined;
  /** How customers stay now. */
  readonly retention: RetentionCurve;
  /** How much is added to the retention rate of each year, as a share of all customers: 0.05 is 5 points (80 % to 85 %). */
  readonly uplift: number;
  /** What becomes of a rate that the uplift would lift above 1: `"refuse"` (default) throws, `"cap"` leaves it at 1 and the uplift of its year smaller. */
  readonly ratesAboveOne?: "refuse" | "cap" | undefined;
  /** Discount rate per year: 0.1 is 10 %; above -1. */
  readonly discountRate: number;
  /** When in its year profit comes: `"begin"` is not discounted in year 1, `"middle"` by half a year, `"end"` by a whole one. */
  readonly timing: "begin" | "middle" | "end";
  /** Whose profit counts in a year: of all who begin it (`"begin"`, default), or only of those who stay to its end (`"end"`). */
  readonly survivorsAt?: SurvivorsAt | undefined;
  /** How many years count, 1 to 1000. Default: no end, which needs one profit and one retention rate for all years. */
  readonly horizon?: number | undefined;
  /** How many customers begin year 1: the base. Default 1. */
  readonly customers?: number | undefined;
}

/** What customers are worth under one level of retention, in the unit of the profits and not rounded. */
export interface RetainedValue {
  /** Retention rate per year; of rates that differ, their mean. */
  readonly retention: number;
  /** Discounted profit of one customer who begins year 1. */
  readonly value: number;
  /** Of the whole base. */
  readonly baseValue: number;
}

/** What may be spent on an uplift before it costs more than it brings. */
export interface BreakevenBudget {
  /** For each customer of the base, once, now. */
  readonly once: number;
  /** The same for the whole base. */
  readonly onceForBase: number;
  /** Every year, at the time of that year's profit, for each customer who brings it; `null` when there is no such amount. */
  readonly yearly: number | null;
  /** Why `yearly` is `null`; `null` where it is a number. */
  readonly reason: string | null;
}

/** What more retention is worth. */
export interface RetentionUplift {
  /** Under the retention of now. */
  readonly before: RetainedValue;
  /** With the uplift. */
  readonly after: RetainedValue;
  /** Value of one customer after, less before. */
  readonly difference: number;
  /** The same for the base. */
  readonly baseDifference: number;
  /** Value after as a multiple of the value before; `null` when that is zero or negative. */
  readonly ratio: Rate;
  /**
   * By how many percent the value changes for one percent (not point) of retention, over this uplift; `null` for rates by
   * year, which no one percentage changes alike, and when there is no retention, value or uplift to take percents of.
   */
  readonly elasticity: Rate;
  /** What the uplift may cost. */
  readonly breakeven: BreakevenBudget;
  /** Whether a rate was left at 1 by `ratesAboveOne: "cap"`, so that the uplift of its year is smaller. */
  readonly isCapped: boolean;
  /** `"closedForm"` with one profit and one retention rate for all years, otherwise the sum over the years of the `"path"`. */
  readonly method: "closedForm" | "path";
  /** Years that count; `null` for no end. */
  readonly horizon: number | null;
}

/**
 * What are some points more of retention worth, and what may they cost?
 *
 * The uplift is in points of the rate: `0.05` on a retention of 0.8 gives 0.85. It is not 5 % fewer defections, which
 * would give 0.81. The 30 to 85 % more profit of Reichheld & Sasser (1990) too is for points, and compares values over a
 * customer's whole life, not profits of a year. What it cost to win the customer is the same before and after and left
 * out.
 *
 * Without horizon the value is m d (1+i) / (1+i-r(1+g)), d being what the first year's profit m is discounted by, and r
 * times that with `survivorsAt: "end"`: with `timing: "end"` the m r / (1+i-r(1+g)) of Gupta & Lehmann (2003).
 *
 * @param options - Profit, retention, uplift, discount rate and timing; a horizon unless profit and retention are constant.
 * @returns The value before and after, their difference, ratio and elasticity, and the budget at which nothing is won.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when retention with the uplift leaves 0 to 1 (above it unless
 * `ratesAboveOne` says otherwise), an option is out of range, a list has not one value for each year, or the value without
 * horizon is infinite.
 * @example
 * ```ts
 * import { retentionUplift } from "clientele";
 *
 * const { before, after, difference, ratio, breakeven } = retentionUplift({
 *   profit: 100,
 *   retention: 0.8,
 *   uplift: 0.05,
 *   discountRate: 0.1,
 *   timing: "end",
 *   customers: 1000,
 * });
 * before.value; // ~> 333.333333
 * after.value; // => 400
 * ratio.value; // ~> 1.2
 * breakeven.once; // ~> 66.666667
 * breakeven.yearly; // ~> 16.666667
 * retentionUplift({ profit: 1, retention: 0.97, uplift: 0.05, discountRate: 0.1, timing: "end" }); // throws INVALID_ARGUMENT
 * ```
 */
export function retentionUplift(options: RetentionUpliftOptions): RetentionUplift {
  assertOptions(options, "{ profit, retention, uplift, discountRate, timing }");
  const { horizon = null, customers = 1 } = options;
  assertRange(options);
  assertInteger(customers, "options.customers", 1);
  const { before, after, isCapped, ...flow } = horizon === null ? endless(options) : within(options, horizon);
  const valueUnder = (rates: Retention, profits: Flow = flow) =>
    discountedProfit(options, { ...profits, rates, horizon });
  const [was, is] = [valueUnder(before), valueUnder(after)];
  const difference = is - was;
  assertInReach(was * customers, is * customers, horizon);
  const [meanBefore, meanAfter] = [meanOf(before), meanOf(after)];
  return {
    before: { retention: meanBefore, value: was, baseValue: was * customers },
    after: { retention: meanAfter, value: is, baseValue: is * customers },
    difference,
    baseDifference: difference * customers,
    ratio: ratio(is, was, "value before the uplift"),
    elasticity: elasticityOf(options, isCapped ? meanAfter - meanBefore : options.uplift, difference, was),
    breakeven: {
      once: difference,
      onceForBase: difference * customers,
      ...yearlyBudget(difference, valueUnder(after, { profit: 1, growth: 0 }), meanAfter, options),
    },
    isCapped,
    method: typeof flow.profit === "number" ? "closedForm" : "path",
    horizon,
  };
}

/** One rate for all years, or one for each. */
type Retention = number | readonly number[];

/** What a customer who is there brings: year by year, or in year 1 and then growing. */
interface Flow {
  readonly profit: number | readonly number[];
  readonly growth: number;
}

interface Comparison extends Flow {
  readonly before: Retention;
  readonly after: Retention;
  readonly isCapped: boolean;
}

function endless(options: RetentionUpliftOptions): Comparison {
  const { profit, growth = 0, retention } = options;
  assertArgument(
    typeof profit === "number" && typeof retention === "number",
    "options.horizon",
    () => "options.horizon is missing: pass a number of years, since profit or retention differs by year",
  );
  ratesOf(retention, 1, "options.retention");
  amounts(profit, 1, "options.profit");
  const { after, isCapped } = liftedRate(retention, options, "options.retention");
  return { profit, growth, before: retention, after, isCapped };
}

function within(options: RetentionUpliftOptions, horizon: number): Comparison {
  const { profit, growth = 0, retention } = options;
  assertHorizon(horizon);
  const path = "options.retention";
  const before = ratesOf(retention, horizon, path);
  const yearly = amounts(profit, horizon, "options.profit");
  if (typeof profit === "number" && typeof retention === "number") {
    const { after, isCapped } = liftedRate(retention, options, path);
    return { profit, growth, before: retention, after, isCapped };
  }
  const years = before.map((rate, year) => liftedRate(rate, options, `${path} of year ${year + 1},`));
  return {
    profit: yearly.map((amount, year) => amount * (1 + growth) ** year),
    growth: 0,
    before,
    after: years.map(({ after }) => after),
    isCapped: years.some(({ isCapped }) => isCapped),
  };
}

/** Relative change of the value over relative change of the one rate. */
function elasticityOf(
  { retention }: RetentionUpliftOptions,
  uplift: number,
  difference: number,
  was: number,
): Rate {
  const none = (reason: string): Rate => ({
    value: null,
    numerator: difference,
    denominator: was * uplift + 0,
    reason,
  });
  if (typeof retention !== "number")
    return none("retention is given by year: there is no one rate to change");
  if (retention === 0) return none("retention before the uplift: 0");
  const direction = uplift < 0 ? -1 : 1;
  return ratio(difference * retention * direction + 0, was * uplift * direction + 0, "value before x uplift");
}

/** The value now of what a customer brings who begins year 1. */
function discountedProfit(
  { discountRate, timing, survivorsAt }: RetentionUpliftOptions,
  { profit, growth, rates, horizon }: Flow & { readonly rates: Retention; readonly horizon: number | null },
): number {
  const firstFactor = (1 + discountRate) ** -{ begin: 0, middle: 0.5, end: 1 }[timing];
  if (typeof rates === "number" && typeof profit === "number") {
    const first = profit * firstFactor * (survivorsAt === "end" ? rates : 1);
    return first * geometricSum(stepOf(rates, growth, discountRate), horizon) + 0;
  }
  const inYear = (given: number | readonly number[], year: number) =>
    typeof given === "number" ? given : given[year];
  let value = 0;
  let left = 1;
  for (let year = 0; year < (horizon ?? 0); year++) {
    const stayed = left * inYear(rates, year);
    const counted = survivorsAt === "end" ? stayed : left;
    value += inYear(profit, year) * counted * firstFactor * (1 + discountRate) ** -year;
    left = stayed;
  }
  return value + 0;
}

/** What may be spent in each discounted year of a customer, of which there are so many. */
function yearlyBudget(
  difference: number,
  customerYears: number,
  retention: number,
  { discountRate }: RetentionUpliftOptions,
): Pick<BreakevenBudget, "yearly" | "reason"> {
  if (customerYears === Number.POSITIVE_INFINITY)
    return {
      yearly: null,
      reason: `retention / (1 + discountRate) is ${retention / (1 + discountRate)}: at 1 or more the years of a customer have no finite value`,
    };
  if (customerYears === 0) return { yearly: null, reason: "nobody stays to the end of a year" };
  return { yearly: difference / customerYears, reason: null };
}

function meanOf(rates: Retention): number {
  if (typeof rates === "number") return rates;
  return rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
}

function assertRange(options: RetentionUpliftOptions): void {
  const { profit, growth, uplift, discountRate, timing, survivorsAt = "begin" } = options;
  const { ratesAboveOne = "refuse" } = options;
  assertFinite(uplift, "options.uplift");
  assertAboveMinusOne(discountRate, "options.discountRate");
  assertAboveMinusOne(growth ?? 0, "options.growth");
  assertArgument(
    growth === undefined || typeof profit === "number",
    "options.growth",
    () => `options.growth is ${shown(growth)}: pass it with one profit, or let the list of profits grow`,
  );
  assertOneOf(timing, "options.timing", ["begin", "middle", "end"]);
  assertOneOf(survivorsAt, "options.survivorsAt", ["begin", "end"]);
  assertOneOf(ratesAboveOne, "options.ratesAboveOne", ["refuse", "cap"]);
}

function assertInReach(before: number, after: number, horizon: number | null): void {
  assertArgument(Number.isFinite(before) && Number.isFinite(after), "options.horizon", () =>
    horizon === null
      ? "options.horizon is without end and the value no finite number, as where retention x (1 + growth) / (1 + discountRate) is 1 or more: pass a number of years"
      : `options.horizon is ${horizon} and the value no finite number: pass fewer years, smaller amounts or less growth`,
  );
}
