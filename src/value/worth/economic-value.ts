import { assertArgument, assertInteger, assertOptions } from "../../core/assert.js";
import { assertCurrency } from "../../core/currency.js";
import { type Rate, ratio } from "../../core/rate.js";
import { safeInteger, safeSum } from "../../core/safe-integer.js";
import { checkRows, uniqueId } from "../checked-rows.js";

/** One way in which an offer differs from the next best alternative. */
export interface Differentiation {
  /** What it is: `lessDowntime`, `training`. */
  readonly id: string;
  /** What it is worth to the customer in whole minor units: above 0 where we are better, below 0 where we are worse. */
  readonly amount: number;
  /** In your words: how the amount was found; kept as it is. */
  readonly note?: string | undefined;
}

/** A cost that the customer bears beside the price, over the life of the product. */
export interface LifeCycleCost {
  /** What it is: `startUp`, `energy`, `maintenance`. */
  readonly id: string;
  /** With the next best alternative, whole minor units from 0; a present value where years lie between. */
  readonly reference: number;
  /** With our offer, the same. */
  readonly ours: number;
  /** In your words; kept as it is. */
  readonly note?: string | undefined;
}

/** An offer against the next best alternative. */
export interface EconomicValueInput {
  /** ISO 4217 code of all amounts. */
  readonly currency: string;
  /** Price of the next best alternative, whole minor units from 0. */
  readonly referencePrice: number;
  /** What we do better and worse, in money; default nothing. */
  readonly differentiation?: readonly Differentiation[] | undefined;
  /** Costs of owning either; the difference counts as differentiation; default none. */
  readonly lifeCycleCosts?: readonly LifeCycleCost[] | undefined;
  /** Our price, whole minor units from 0; absent: not set yet. */
  readonly price?: number | undefined;
}

/** What an offer is worth to a customer who has an alternative. */
export interface EconomicValue {
  /** ISO 4217 code. */
  readonly currency: string;
  /** Price of the next best alternative, minor units. */
  readonly referencePrice: number;
  /** What we do better, minor units, from 0. */
  readonly positiveDifferentiation: number;
  /** What we do worse, minor units, 0 or below. */
  readonly negativeDifferentiation: number;
  /** Both together. */
  readonly differentiationValue: number;
  /** Reference price plus differentiation value: the most that a fully informed, calculating customer would pay. */
  readonly economicValue: number;
  /** Our price; `null`: not set. */
  readonly price: number | null;
  /** What is left for the customer as an incentive to change, economic value less price; `null` without a price. */
  readonly incentive: number | null;
  /** Part of the positive difference to the reference price that our price keeps, (price - reference) / differentiation value; `null` without a price or where there is no differentiation value above 0. */
  readonly captured: Rate | null;
  /** Every difference, those of the life-cycle costs as reference less ours, in the order of the input. */
  readonly differences: readonly {
    /** What it is. */
    readonly id: string;
    /** Minor units; above 0 where we are better. */
    readonly amount: number;
    /** Stated as a difference, or found from two costs. */
    readonly from: "differentiation" | "lifeCycleCosts";
    /** The caller's words; `null`: none. */
    readonly note: string | null;
  }[];
}

/**
 * What is the most that our offer is worth to a customer, given the next best alternative?
 *
 * Economic value to the customer = reference price + differentiation value (Forbis & Mehta 1981; Nagle & Holden 2002).
 * Costs of owning count by what is saved: their form, the alternative's life-cycle cost less our own costs beside the price,
 * plus incremental value, is the same sum. It holds for one customer or segment: others have other alternatives.
 *
 * @param input - Reference price, differences in money, costs of owning, our price.
 * @returns The economic value, its parts, and how it is shared between customer and seller.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` for a price that is no whole number from 0; `INVALID_ROWS` for a
 *   difference that is no whole number or an id that comes twice; `UNSAFE_INTEGER` beyond 2^53 - 1.
 * @example
 * ```ts
 * import { economicValue } from "clientele";
 *
 * const value = economicValue({
 *   currency: "USD",
 *   referencePrice: 30000,
 *   lifeCycleCosts: [{ id: "startUp", reference: 20000, ours: 10000 }],
 *   differentiation: [{ id: "lessScrap", amount: 15000 }, { id: "newSupplier", amount: -5000 }],
 *   price: 40000,
 * });
 * value.economicValue; // => 50000
 * value.incentive; // => 10000
 * value.captured?.value; // => 0.5
 * ```
 */
export function economicValue(input: EconomicValueInput): EconomicValue {
  assertOptions(input, "{ currency, referencePrice, differentiation }", "input");
  const { currency, referencePrice, differentiation = [], lifeCycleCosts = [], price } = input;
  assertCurrency(currency, "currency");
  assertInteger(referencePrice, "referencePrice", 0);
  if (price !== undefined) assertInteger(price, "price", 0);
  checkAmounts(differentiation, "differentiation", ["amount"]);
  checkAmounts(lifeCycleCosts, "lifeCycleCosts", ["reference", "ours"]);
  const differences = [
    ...lifeCycleCosts.map(({ id, reference, ours, note }) => ({
      id,
      amount: reference - ours,
      from: "lifeCycleCosts" as const,
      note: note ?? null,
    })),
    ...differentiation.map(({ id, amount, note }) => ({
      id,
      amount: amount + 0,
      from: "differentiation" as const,
      note: note ?? null,
    })),
  ];
  const twice = differences.find(({ id }, i) => differences.findIndex((other) => other.id === id) < i);
  assertArgument(
    twice === undefined,
    "differentiation",
    () => `differentiation counts "${twice?.id}" that lifeCycleCosts holds already: name it once`,
  );
  const amounts = differences.map(({ amount }) => amount);
  const sum = (of: readonly number[], what: string): number => safeSum(of, "input", what);
  const positive = sum(
    amounts.filter((amount) => amount > 0),
    "the positive differentiation",
  );
  const negative = sum(
    amounts.filter((amount) => amount < 0),
    "the negative differentiation",
  );
  const differentiationValue = sum([positive, negative], "the differentiation value");
  const worth = sum([referencePrice, differentiationValue], "the economic value");
  return {
    currency,
    referencePrice,
    positiveDifferentiation: positive,
    negativeDifferentiation: negative,
    differentiationValue,
    economicValue: worth,
    price: price ?? null,
    incentive: price === undefined ? null : safeInteger(worth - price, "price", "the incentive"),
    captured:
      price === undefined
        ? null
        : ratio(price - referencePrice, differentiationValue, "differentiation value"),
    differences,
  };
}

function checkAmounts(rows: unknown, path: string, fields: readonly string[]): void {
  const checkId = uniqueId();
  const isCost = fields.length > 1;
  checkRows(rows, path, (row, report) => {
    checkId(row, report);
    for (const field of fields) {
      const amount = row[field];
      if (!Number.isSafeInteger(amount)) report(field, "is not a whole number of minor units", amount);
      else if (isCost && (amount as number) < 0) report(field, "is below 0", amount);
    }
  });
}
