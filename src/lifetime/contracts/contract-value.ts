import { assertArgument, assertArray, assertFinite, assertOptions } from "../../core/assert.js";
import { invalidRows, type RowProblem } from "../../core/row-problems.js";
import { type Table, table } from "../../core/table.js";
import { assertDiscountRate } from "../discount-rate.js";
import { checkedSurvivorsAt } from "../survivors-at.js";
import {
  assertedDelay,
  assertLifetimeOptions,
  type ContractTiming,
  type ExpectedContractLifetimeOptions,
  lifetimeFrom,
  ratePerPeriod,
} from "./contract-lifetime.js";
import { assertContractModel, type ContractModel } from "./contract-model.js";
import { survivalKernel } from "./survival-kernel.js";

/** What a period brings, and when. */
export interface ContractBaseValueOptions {
  /** What a customer brings in a period, in any unit of money. */
  readonly margin: number;
  /** Discount rate per year, effective: 0.1 is 10 %; 0 or more, at most 1e6. */
  readonly discountRate: number;
  /** When in its period the margin comes, which decides much: a first margin now, or after half or one period. */
  readonly timing: ContractTiming;
  /**
   * Whose margin counts in a period: of all who begin it (`"begin"`), or only of those who renew at its end (`"end"`), so
   * that a new customer pays nothing before a first renewal. Required with `timing: "end"`; default `"begin"` otherwise.
   */
  readonly survivorsAt?: "begin" | "end" | undefined;
  /** How many periods ahead to count, whole; default all there will be. */
  readonly horizon?: number | undefined;
}

/** What a period brings, when, and of whom. */
export interface ContractLifetimeValueOptions
  extends ContractBaseValueOptions,
    ExpectedContractLifetimeOptions {}

/** What one customer is worth. */
export interface ContractLifetimeValue {
  /** Expected margins to come, discounted, in the unit of the margin and not rounded; `null` where they have no limit. */
  readonly value: number | null;
  /** Value for a margin of 1: discounted periods to come; `null` where they have no limit. */
  readonly multiple: number | null;
  /** Why both are `null`; `null` where they are numbers. */
  readonly reason: string | null;
}

/**
 * What is a customer under contract worth?
 *
 * Three textbooks, three values of a constant retention r and rate d per period, and so here for each model: `timing:
 * "begin"` is m(1+d)/(1+d-r), the first margin now; `"end"` with `survivorsAt: "begin"` m/(1+d-r), at the end of a first period
 * that is certain; `"end"` with `survivorsAt: "end"` m r/(1+d-r), after one renewal. With `tenure` it is the value to come of a customer who stands
 * before a renewal, what he has paid not counted.
 *
 * @param model - A fitted or stored contract model.
 * @param options - `margin` per period, `discountRate` per year, `timing`; `tenure` of the customer, `horizon`.
 * @returns The value and the multiple of the margin; `null` with a reason where they have no limit.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`.
 * @example
 * ```ts
 * import { contractLifetimeValue } from "clientele";
 *
 * const model = { model: "shiftedBetaGeometric", parameters: { alpha: 0.668, beta: 3.806 }, period: "year" } as const;
 * const terms = { margin: 100, discountRate: 0.1, timing: "begin" } as const;
 * contractLifetimeValue(model, terms).value; // ~> 592.25964
 * contractLifetimeValue(model, { ...terms, timing: "end", survivorsAt: "begin" }).value; // ~> 538.41786
 * contractLifetimeValue(model, { ...terms, tenure: 5 }).value; // ~> 689.70574
 * ```
 */
export function contractLifetimeValue(
  model: ContractModel,
  options: ContractLifetimeValueOptions,
): ContractLifetimeValue {
  const { margin, rate, delay } = checkedTerms(model, options);
  return valueFrom(model, options, options.tenure ?? 0, margin, rate, delay);
}

/** Customers at the same place in their contracts. */
export interface ContractBaseRow {
  /** Periods that they have completed, as in {@link ExpectedContractLifetimeOptions}: renewals so far and one. */
  readonly tenure: number;
  /** How many customers. */
  readonly customers: number;
}

/** A row for each row of the base. */
export interface ContractBaseValueColumns {
  /** Periods that they have completed. */
  readonly tenure: readonly number[];
  /** How many customers. */
  readonly customers: readonly number[];
  /** Discounted periods to come of one of them; `null` where they have no limit. */
  readonly multiple: readonly (number | null)[];
  /** Value to come of them all, in the unit of the margin; `null` where it has no limit. */
  readonly value: readonly (number | null)[];
}

/** What a base of customers is worth, by how long they have been there. */
export interface ContractBaseValue {
  /** A row for each row of the base. */
  readonly byTenure: Table<ContractBaseValueColumns>;
  /** How many customers. */
  readonly customers: number;
  /** Value to come of them all; `null` where it has no limit. */
  readonly total: number | null;
  /** Why values are `null`; `null` where they are numbers. */
  readonly reason: string | null;
}

/**
 * What is a base of customers under contract worth, who have been there for different times?
 *
 * A base valued at the retention of its new customers is valued too low: those who stayed are the loyal ones (Fader & Hardie
 * 2010).
 *
 * @param model - A fitted or stored contract model.
 * @param base - How many customers there are by tenure; those of 0 are new.
 * @param options - `margin` per period, `discountRate` per year, `timing`; `horizon`.
 * @returns Value to come by row and in all.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`; `INVALID_ROWS`.
 * @example
 * ```ts
 * import { contractBaseValue } from "clientele";
 *
 * const model = { model: "shiftedBetaGeometric", parameters: { alpha: 0.668, beta: 3.806 }, period: "year" } as const;
 * const base = [
 *   { tenure: 1, customers: 50 },
 *   { tenure: 5, customers: 100 },
 * ];
 * contractBaseValue(model, base, { margin: 10, discountRate: 0.1, timing: "begin" }).total; // ~> 9604.4854
 * ```
 */
export function contractBaseValue(
  model: ContractModel,
  base: readonly ContractBaseRow[],
  options: ContractBaseValueOptions,
): ContractBaseValue {
  const { margin, rate, delay } = checkedTerms(model, options);
  assertBase(base);
  const values = base.map(({ tenure }) => valueFrom(model, options, tenure, margin, rate, delay));
  const byTenure = table({
    tenure: base.map((row) => row.tenure),
    customers: base.map((row) => row.customers),
    multiple: values.map((one) => one.multiple),
    value: values.map((one, i) => (one.value === null ? null : one.value * base[i].customers)),
  });
  const reason = values.find((one) => one.reason !== null)?.reason ?? null;
  const customers = base.reduce((sum, row) => sum + row.customers, 0);
  const total = byTenure.columns.value.reduce<number>((sum, value) => sum + (value ?? 0), 0);
  assertArgument(
    Number.isFinite(total) && Number.isFinite(customers) && byTenure.columns.value.every(isNumberOrNull),
    "options.margin",
    () =>
      `options.margin is ${margin}: times ${customers} customers that leaves the range of numbers, pass it in a larger unit`,
  );
  return {
    byTenure,
    customers,
    total: reason === null ? total : null,
    reason,
  };
}

function isNumberOrNull(value: number | null): boolean {
  return value === null || Number.isFinite(value);
}

function checkedTerms(
  model: ContractModel,
  options: ContractLifetimeValueOptions,
): { readonly margin: number; readonly rate: number; readonly delay: number } {
  assertContractModel(model);
  assertOptions(options, "{ margin, discountRate, timing }");
  assertLifetimeOptions(options);
  const { margin, discountRate, timing, survivorsAt } = options;
  assertFinite(margin, "options.margin");
  assertDiscountRate(discountRate);
  const delay = assertedDelay(timing);
  checkedSurvivorsAt(timing, survivorsAt);
  return { margin, rate: ratePerPeriod(model, discountRate), delay };
}

function valueFrom(
  model: ContractModel,
  { horizon, survivorsAt = "begin" }: ContractBaseValueOptions,
  tenure: number,
  margin: number,
  rate: number,
  delay: number,
): ContractLifetimeValue {
  const isLater = survivorsAt === "end";
  // Those who renew at the end of a period are those who begin the next.
  const { periods: multiple, reason } = lifetimeFrom(
    model,
    { tenure: isLater ? tenure + 1 : tenure, horizon },
    rate,
    delay,
  );
  if (multiple === null) return { value: null, multiple: null, reason };
  const kept = isLater && tenure > 0 ? multiple * survivalKernel(model).retention(tenure) : multiple;
  const value = margin * kept;
  assertArgument(
    Number.isFinite(value),
    "options.margin",
    () => `options.margin is ${margin}: times ${kept} periods that leaves the range of numbers`,
  );
  return { value, multiple: kept, reason: null };
}

function assertBase(base: unknown): void {
  assertArray(base, "base");
  const problems = base.flatMap((row, i): RowProblem[] => {
    const { tenure, customers } = (row ?? {}) as Partial<ContractBaseRow>;
    const found: RowProblem[] = [];
    if (!(Number.isSafeInteger(tenure) && (tenure as number) >= 0))
      found.push({ row: i, field: "tenure", reason: "is no whole number of 0 or more", value: tenure });
    if (!(Number.isFinite(customers) && (customers as number) >= 0))
      found.push({ row: i, field: "customers", reason: "is no number of 0 or more", value: customers });
    return found;
  });
  if (problems.length > 0) throw invalidRows(problems, problems.length, "base");
}
