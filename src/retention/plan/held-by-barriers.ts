import { assertArgument, assertOptions } from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import { type Rate, ratio } from "../../core/rate.js";
import type { CustomerKey } from "../../history/transaction-row.js";
import { type ConfidenceOptions, confidenceLevelOf } from "../../statistics/confidence.js";
import { assertRows, mustBeNewCustomer, mustBeNumber, mustBeWords, presenceIn } from "../assert-rows.js";
import { countedShare } from "../rates/counted-share.js";
import { type RetentionSign, retentionSigns } from "./retention-strategy.js";

/** One customer, what holds them, and whether they are satisfied. */
export interface HeldCustomer {
  /** Who, each customer once. */
  readonly customerId: CustomerKey;
  /** What holds them: `"positive"` for rewards and ties they want, `"negative"` for barriers and ties they are forced into; empty for nothing. */
  readonly heldBy: readonly RetentionSign[];
  /** Whether they are satisfied; `null` where nobody asked. */
  readonly satisfied: boolean | null;
  /** What they bring, in any one unit, zero or more; on every row or on none. */
  readonly value?: number | null | undefined;
}

/** How many customers stay only because they cannot leave. */
export interface HeldByBarriers {
  /** Number of customers. */
  readonly customers: number;
  /** Number of customers of whom nobody knows whether they are satisfied: in no rate but `barriersOnly`. */
  readonly unknown: number;
  /** Held by barriers and by nothing else, satisfied or not, of all customers; `null` when there are none. */
  readonly barriersOnly: Rate;
  /** Of `barriersOnly` (Wilson); `null` when the rate is. */
  readonly barriersOnlyInterval: Interval | null;
  /** Held by barriers only and dissatisfied, of those whose satisfaction is known: who leaves when the barrier falls. */
  readonly dissatisfied: Rate;
  /** Of `dissatisfied` (Wilson); `null` when the rate is. */
  readonly dissatisfiedInterval: Interval | null;
  /** What the `dissatisfied` bring, of what all bring whose satisfaction is known; `null` without values or when they sum to zero. */
  readonly dissatisfiedValue: Rate;
  /** Who is held by barriers only and dissatisfied, by id. */
  readonly customerIds: readonly string[];
}

/**
 * How many customers stay only because leaving is dear, and are not satisfied?
 *
 * Retention by barriers looks like loyalty until a competitor pays the fine: such customers leave first, and speak ill
 * before they do (Jones & Sasser 1995 call them hostages). A customer held by a positive tie too is not counted.
 *
 * @param customers - One row a customer.
 * @param options - `confidenceLevel` of the interval, default 0.95.
 * @returns Rates with what they were computed from, and who it is.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a customer has no id or comes twice, `heldBy` is no list of signs,
 * `satisfied` is not true, false or null, or a value is negative or missing where others have one; `INVALID_ARGUMENT` when
 * values have no finite sum.
 * @example
 * ```ts
 * import { heldByBarriers } from "clientele";
 *
 * const { dissatisfied, customerIds, unknown } = heldByBarriers([
 *   { customerId: "ani", heldBy: ["negative"], satisfied: false },
 *   { customerId: "budi", heldBy: ["negative"], satisfied: true },
 *   { customerId: "citra", heldBy: ["positive", "negative"], satisfied: false },
 *   { customerId: "dewi", heldBy: ["positive"], satisfied: true },
 *   { customerId: "eka", heldBy: ["negative"], satisfied: null },
 * ]);
 * dissatisfied; // => { value: 0.25, numerator: 1, denominator: 4, reason: null }
 * customerIds; // => ["ani"]
 * unknown; // => 1
 * ```
 */
export function heldByBarriers(
  customers: readonly HeldCustomer[],
  options: ConfidenceOptions = {},
): HeldByBarriers {
  assertOptions(options, "{ confidenceLevel }");
  const confidenceLevel = confidenceLevelOf(options);
  const presence = presenceIn(customers, "value");
  const mustBeNew = mustBeNewCustomer();
  assertRows(customers, "customers", "{ customerId, heldBy, satisfied }", (customer, must, place) => {
    const { customerId, heldBy, satisfied, value } = customer;
    mustBeNew(must, customerId, place);
    must(heldBy !== undefined, "heldBy", "is missing", heldBy);
    mustBeWords(must, "heldBy", heldBy, retentionSigns);
    must(
      satisfied === null || typeof satisfied === "boolean",
      "satisfied",
      "is not true, false or null",
      satisfied,
    );
    mustBeNumber(must, "value", value, { min: 0, presence });
  });
  const hasValues = customers.some(({ value }) => typeof value === "number");
  const barriersOnly = customers.filter(
    ({ heldBy }) => heldBy.includes("negative") && !heldBy.includes("positive"),
  );
  const asked = customers.filter(({ satisfied }) => satisfied !== null);
  const hostages = barriersOnly.filter(({ satisfied }) => satisfied === false);
  const known = "customers whose satisfaction is known";
  const held = countedShare(barriersOnly.length, customers.length, "customers", confidenceLevel);
  const dissatisfied = countedShare(hostages.length, asked.length, known, confidenceLevel);
  return {
    customers: customers.length,
    unknown: customers.length - asked.length,
    barriersOnly: held.rate,
    barriersOnlyInterval: held.interval,
    dissatisfied: dissatisfied.rate,
    dissatisfiedInterval: dissatisfied.interval,
    dissatisfiedValue: hasValues
      ? ratio(valueOfAll(hostages), valueOfAll(asked), `value of ${known}`)
      : { value: null, numerator: 0, denominator: 0, reason: "no values are given" },
    customerIds: hostages.map(({ customerId }) => String(customerId)).sort(),
  };
}

/** Summed from the smallest, so that the order of the rows does not matter. */
function valueOfAll(customers: readonly HeldCustomer[]): number {
  const sum = customers
    .map(({ value }) => value ?? 0)
    .sort((a, b) => a - b)
    .reduce((total, value) => total + value, 0);
  assertArgument(
    Number.isFinite(sum),
    "customers",
    () => `customers bring ${sum} together: pass values in a larger unit`,
  );
  return sum;
}
