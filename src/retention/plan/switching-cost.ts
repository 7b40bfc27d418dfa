import { isCurrency } from "../../core/currency.js";
import { ClienteleError } from "../../core/errors.js";
import { safeSum } from "../../core/safe-integer.js";
import { assertRows } from "../assert-rows.js";
import { type SwitchingCostKind, switchingCostKinds } from "./retention-strategy.js";

/** Something that a customer loses, pays or has to do when they change the supplier. */
export interface SwitchingCost {
  /** Of which kind. */
  readonly kind: SwitchingCostKind;
  /** What it is, in your words. */
  readonly description?: string | undefined;
  /** What it costs the customer, whole minor units, zero or more; `null` or left out where it has no price. */
  readonly amount?: number | null | undefined;
  /** ISO 4217 code of the amount: of one currency, on every priced record or on none; `null` is none. */
  readonly currency?: string | null | undefined;
}

/** Switching costs of one kind. */
export interface SwitchingCostsOfKind {
  /** Which kind. */
  readonly kind: SwitchingCostKind;
  /** Number of records. */
  readonly costs: number;
  /** Number of those without a price: they are in no amount. */
  readonly unpriced: number;
  /** Sum of the prices, minor units; `null` when none has one. */
  readonly amount: number | null;
}

/** What it costs a customer to leave. */
export interface SwitchingCosts {
  /** All four kinds, in the order of `switchingCostKinds`. */
  readonly kinds: readonly SwitchingCostsOfKind[];
  /** Number of records. */
  readonly costs: number;
  /** Number of those without a price: the true barrier is higher than `amount`. */
  readonly unpriced: number;
  /** Sum of all prices, minor units; `null` when none has one. */
  readonly amount: number | null;
  /** ISO 4217 code; `null` when no record has one. */
  readonly currency: string | null;
}

/**
 * What does it cost a customer to change the supplier, and of which kind is it?
 *
 * The other side of retention by barriers: high costs hold customers, satisfied or not; see {@link heldByBarriers}.
 *
 * @param records - The costs of one customer, or of a typical one; any number of each kind.
 * @returns Number and sum by kind and in all; what has no price is counted, not guessed.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a kind is unknown, an amount is no whole number of 0 or more, a
 * currency is no code of three capitals, or some prices have one and some do not; `CURRENCY_MISMATCH` when they differ; `UNSAFE_INTEGER` when a sum leaves 2^53 - 1.
 * @example
 * ```ts
 * import { switchingCosts } from "clientele";
 *
 * const { kinds, amount, unpriced } = switchingCosts([
 *   { kind: "contractual", description: "notice period", amount: 300000, currency: "IDR" },
 *   { kind: "financial", description: "points that lapse", amount: 50000, currency: "IDR" },
 *   { kind: "relational", description: "a banker who knows the family" },
 * ]);
 * amount; // => 350000
 * unpriced; // => 1
 * kinds[2]; // => { kind: "relational", costs: 1, unpriced: 1, amount: null }
 * ```
 */
export function switchingCosts(records: readonly SwitchingCost[]): SwitchingCosts {
  const hasCurrency = Array.isArray(records) && records.some((record) => (record?.currency ?? null) !== null);
  assertRows(records, "records", "{ kind, amount }", ({ kind, amount, currency }, must) => {
    const isKind = switchingCostKinds.some((known) => known === kind);
    must(isKind, "kind", `is not one of ${switchingCostKinds.map((known) => `"${known}"`).join(", ")}`, kind);
    const isPriced = amount !== undefined && amount !== null;
    const isAmount = !isPriced || (Number.isSafeInteger(amount) && amount >= 0);
    must(isAmount, "amount", "is not a whole number of minor units of 0 or more", amount);
    const hasOne = currency !== undefined && currency !== null;
    const code = "is not an ISO 4217 code, three capital letters";
    if (hasOne) must(isCurrency(currency), "currency", code, currency);
    else must(!hasCurrency || !isPriced, "currency", "is missing, other records have it", currency);
  });
  const kinds = switchingCostKinds.map((kind) => ({
    kind,
    ...summed(records.filter((one) => one.kind === kind)),
  }));
  return { kinds, ...summed(records), currency: oneCurrency(records) };
}

function summed(records: readonly SwitchingCost[]): Omit<SwitchingCostsOfKind, "kind"> {
  const prices = records.flatMap(({ amount }) => (typeof amount === "number" ? [amount] : []));
  return {
    costs: records.length,
    unpriced: records.length - prices.length,
    amount: prices.length === 0 ? null : safeSum(prices, "records", "the sum of the switching costs"),
  };
}

function oneCurrency(records: readonly SwitchingCost[]): string | null {
  let first: string | null = null;
  for (const [row, { currency }] of records.entries()) {
    if (currency === undefined || currency === null) continue;
    if (first !== null && currency !== first)
      throw new ClienteleError(
        "CURRENCY_MISMATCH",
        `records[${row}].currency`,
        `row ${row + 1} of records is in "${currency}", others are in "${first}": convert the amounts to one currency first`,
      );
    first = currency;
  }
  return first;
}
