import { assertArgument, assertFinite, assertInRange, assertOptions } from "../../core/assert.js";
import { assertNumbers, type Numbers } from "../../statistics/numbers.js";
import { expectedSpend } from "../gamma-gamma/expected-spend.js";
import type {
  SpendHistories,
  SpendHistoryColumns,
  ZeroSpendOptions,
} from "../gamma-gamma/spend-histories.js";
import type { GammaGammaModel, ModelTimeUnit, TransactionModel } from "../models/lifetime-model.js";
import type {
  PurchaseHistories,
  PurchaseHistory,
  PurchaseHistoryColumns,
} from "../models/purchase-histories.js";
import type { KernelQuestion } from "./customer-scores.js";
import { assertTime, assertTransactionModel, ratePerUnit } from "./model-kernel.js";
import { isOneCustomer, readCustomers } from "./read-customers.js";
import { assertLimits, type PredictionRunOptions, scoreRead } from "./score-customers.js";

/** What a purchase leaves, at what rate the future is discounted, and how far it reaches. */
export interface PredictLifetimeValueOptions extends PredictionRunOptions, ZeroSpendOptions {
  /** Share of the spend that is left after the costs of goods and of serving, -1 to 1: 0.3 is 30 %, 1 values revenue. */
  readonly marginShare: number;
  /** Discount rate per YEAR, effective: 0.1 is 10 %; 0 or more, at most 1e6. */
  readonly discountRate: number;
  /** How long from T on, in the model's unit (for BG/BB a number of opportunities); `null`: all the time to come. */
  readonly horizon: number | null;
}

/** What one customer will be worth, and why. */
export interface CustomerLifetimeValue {
  /** Probability of still being a customer at T. */
  readonly probabilityAlive: number;
  /** Expected purchases within the horizon, undiscounted; `null` without one. */
  readonly expectedTransactions: number | null;
  /** The same, each discounted to T. */
  readonly discountedTransactions: number;
  /** Expected spend of one purchase, in the unit of money of the spends. */
  readonly spend: number;
  /** `marginShare * spend * discountedTransactions`, in that unit and not rounded. */
  readonly value: number;
}

/**
 * One row a customer, in their order: typed arrays, which can go to a worker and back. `JSON.stringify` makes objects of them:
 * write `Array.from(column)`.
 */
export interface LifetimeValueColumns {
  /** Who; `null` where the input does not tell. */
  readonly customerId: readonly string[] | null;
  /** Probability of still being a customer at T. */
  readonly probabilityAlive: Float64Array;
  /** Expected purchases within the horizon, undiscounted; `null` without a horizon, where they may have no limit. */
  readonly expectedTransactions: Float64Array | null;
  /** The same, each discounted to T. */
  readonly discountedTransactions: Float64Array;
  /** Expected spend of one purchase, in the unit of money of the spends. */
  readonly spend: Float64Array;
  /** `marginShare * spend * discountedTransactions`, in that unit and not rounded: of one customer, whatever the weight. */
  readonly value: Float64Array;
  /** How many customers each row stands for; `null` where each is one. */
  readonly weight: Float64Array | null;
}

/** What customers will be worth. */
export interface LifetimeValues {
  /** Number of customers. */
  readonly length: number;
  /** By customer. */
  readonly columns: LifetimeValueColumns;
  /** Sum of `value`, by weight where rows have one: what the base is worth. */
  readonly total: number;
  /** Share of the spend that counts. */
  readonly marginShare: number;
  /** Discount rate per year. */
  readonly discountRate: number;
  /** How far the future reaches, in `unit`; `null` for all time. */
  readonly horizon: number | null;
  /** Unit of times. */
  readonly unit: ModelTimeUnit;
}

/** What a purchase of each customer brings: a fitted spend model, one amount for all, or one for each customer. */
export type SpendPerPurchase = GammaGammaModel | number | Numbers;

/** A customer's history with what they spent, for a spend model. */
export interface SpendingCustomer extends PurchaseHistory {
  /** Mean spend of the repeat purchases; `null` or left out where there is none, or the spend is no model. */
  readonly meanSpend?: number | null | undefined;
  /** The same, as a row of `lifetimeSummary` names it. */
  readonly meanRepeatSpend?: number | null | undefined;
}

/** Histories with what customers spent and who they are, by column; a `lifetimeSummary` has them. */
export interface SpendingCustomerColumns extends PurchaseHistoryColumns {
  /** Who. */
  readonly customerId?: readonly string[] | undefined;
  /** Mean spend of the repeat purchases. */
  readonly meanSpend?: ArrayLike<number | null> | undefined;
  /** The same, as `lifetimeSummary` names it. */
  readonly meanRepeatSpend?: ArrayLike<number | null> | undefined;
}

/** Rows, columns, or a table with such columns. */
export type SpendingCustomers =
  | readonly (SpendingCustomer & { readonly customerId?: string | undefined })[]
  | SpendingCustomerColumns
  | { readonly length: number; readonly columns: SpendingCustomerColumns };

/**
 * What will this customer be worth?
 *
 * Margin share x expected spend of a purchase x discounted expected purchases after T (Fader, Hardie & Lee 2005). What was bought so
 * far, and what it cost to win the customer, is not in it. Money is in the unit of the spends, minor units say, and is not
 * rounded.
 *
 * @param model - A fitted or stored transaction model.
 * @param spend - A Gamma-Gamma model, or the expected spend of a purchase.
 * @param customer - `x`, `tx`, `T` in the model's unit, and `meanSpend` for a spend model.
 * @param options - `marginShare`, `discountRate` per year, `horizon` (`null`: all time to come), none of which has a default;
 * `zeroSpend` for those who paid nothing.
 * @returns The value with the factors that make it.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`, also when purchases without discount and horizon have no limit, or the
 * spend model has no mean; `INVALID_ROWS`.
 * @example
 * ```ts
 * import { predictLifetimeValue } from "clientele";
 *
 * const purchases = {
 *   model: "paretoNbd",
 *   parameters: { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 },
 *   unit: "week",
 * } as const;
 * const spend = { model: "gammaGamma", parameters: { p: 6.25, q: 3.74, v: 15.44 } } as const;
 * const customer = { x: 2, tx: 30.43, T: 38.86, meanSpend: 22.35 };
 * const options = { marginShare: 0.3, discountRate: 0.15, horizon: null };
 * const { probabilityAlive, value } = predictLifetimeValue(purchases, spend, customer, options);
 * probabilityAlive; // ~> 0.8691675592
 * value; // ~> 48.2072
 * ```
 */
export function predictLifetimeValue(
  model: TransactionModel,
  spend: GammaGammaModel | number,
  customer: SpendingCustomer,
  options: PredictLifetimeValueOptions,
): CustomerLifetimeValue;
/**
 * What will each customer be worth, and all of them together?
 *
 * @param model - A fitted or stored transaction model.
 * @param spend - A Gamma-Gamma model, or the expected spend of a purchase: one for all, or one for each customer.
 * @param customers - Rows, columns or a table with `x`, `tx`, `T` in the model's unit, `meanSpend` (or `meanRepeatSpend`) for a
 * spend model, `customerId` where it is known: a `lifetimeSummary` in the model's unit is one.
 * @param options - `marginShare`, `discountRate` per year, `horizon` (`null`: all time to come); `onProgress`, `signal`.
 * @returns Columns of typed arrays in the order of the customers, and the total.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`; `INVALID_ROWS`; `ABORTED`.
 */
export function predictLifetimeValue(
  model: TransactionModel,
  spend: SpendPerPurchase,
  customers: SpendingCustomers,
  options: PredictLifetimeValueOptions,
): LifetimeValues;
export function predictLifetimeValue(
  model: TransactionModel,
  spend: SpendPerPurchase,
  customers: SpendingCustomers | SpendingCustomer,
  options: PredictLifetimeValueOptions,
): LifetimeValues | CustomerLifetimeValue {
  assertTransactionModel(model);
  assertOptions(options, "{ marginShare, discountRate, horizon }");
  const { marginShare, discountRate, horizon } = options;
  assertInRange(marginShare, "options.marginShare", -1, 1);
  const rate = ratePerUnit(discountRate, model.unit);
  const questions: KernelQuestion[] = [
    (kernel, x, tx, T) => (horizon === 0 ? 0 : kernel.discounted(x, tx, T, rate, horizon)),
  ];
  if (horizon !== null) {
    assertArgument(
      horizon !== undefined,
      "options.horizon",
      () => `options.horizon is missing: pass a number of ${model.unit}s, or null for all the time to come`,
    );
    assertTime(horizon, "options.horizon", model);
    questions.push((kernel, x, tx, T) => kernel.conditionalExpected(x, tx, T, horizon));
  }
  const many: SpendingCustomers = isOneCustomer(customers) ? [customers] : customers;
  const read = readCustomers(model, many as PurchaseHistories);
  const { alive, answers } = scoreRead(model, read, questions, options);
  const [discounted, expected] = answers as readonly [Float64Array, Float64Array | undefined];
  assertLimits(discounted);
  const spends = spendsOf(spend, many, alive.length, options);
  const value = new Float64Array(alive.length);
  const { weight } = read.histories;
  let total = 0;
  for (let row = 0; row < value.length; row++) {
    value[row] = marginShare * spends[row] * discounted[row];
    total += weight === null ? value[row] : weight[row] * value[row];
  }
  assertArgument(
    Number.isFinite(total),
    "spend",
    () => "spend leads beyond the range of numbers: pass amounts in a larger unit",
  );
  if (isOneCustomer(customers)) {
    return {
      probabilityAlive: alive[0],
      expectedTransactions: expected?.[0] ?? null,
      discountedTransactions: discounted[0],
      spend: spends[0],
      value: value[0],
    };
  }
  return {
    length: alive.length,
    columns: {
      customerId: customerIdsOf(many),
      probabilityAlive: alive,
      expectedTransactions: expected ?? null,
      discountedTransactions: discounted,
      spend: spends,
      value,
      weight: weight === null ? null : weight.slice(),
    },
    total,
    marginShare,
    discountRate,
    horizon,
    unit: model.unit,
  };
}

function spendsOf(
  spend: SpendPerPurchase,
  customers: SpendingCustomers,
  length: number,
  { zeroSpend }: ZeroSpendOptions,
): Float64Array {
  if (typeof spend === "number") {
    assertFinite(spend, "spend");
    return new Float64Array(length).fill(spend);
  }
  if (typeof spend === "object" && spend !== null && "model" in spend) {
    const spends = expectedSpend(spend, spendHistories(customers), { zeroSpend });
    const row = spends.indexOf(Number.POSITIVE_INFINITY);
    assertArgument(
      row === -1,
      "spend.parameters.q",
      () =>
        `spend.parameters.q is ${spend.parameters.q}: customer ${row + 1}, whose own spend is not known, has no expected spend with q of 1 or less; pass spends of your own`,
    );
    return spends;
  }
  assertNumbers(spend, "spend");
  assertArgument(
    spend.length === length,
    "spend",
    () => `spend has ${spend.length} values for ${length} customers: pass one for each`,
  );
  return Float64Array.from(spend);
}

function spendHistories(customers: SpendingCustomers): SpendHistories {
  if (!Array.isArray(customers)) return customers as SpendHistoryColumns;
  const rows: readonly SpendingCustomer[] = customers;
  return rows.map(({ x, meanSpend, meanRepeatSpend }) => ({
    x,
    meanSpend: meanSpend === undefined ? (meanRepeatSpend ?? null) : meanSpend,
  }));
}

function customerIdsOf(customers: SpendingCustomers): readonly string[] | null {
  if (Array.isArray(customers)) {
    const rows: readonly { readonly customerId?: string | undefined }[] = customers;
    return rows.length > 0 && rows.every((row) => typeof row.customerId === "string")
      ? rows.map((row) => row.customerId as string)
      : null;
  }
  const columns = ("columns" in customers ? customers.columns : customers) as SpendingCustomerColumns;
  return columns.customerId ?? null;
}
