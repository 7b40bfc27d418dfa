import type { CustomerKey } from "../../history/transaction-row.js";
import {
  assertRows,
  mustBeFlag,
  mustBeNewCustomer,
  mustBeNumber,
  mustBeWords,
  presenceIn,
} from "../assert-rows.js";
import { type StrategicReason, strategicReasons } from "./retention-strategy.js";

/** One customer and the reasons to keep them. */
export interface RetentionCandidate {
  /** Who, each customer once. */
  readonly customerId: CustomerKey;
  /** What the customer is worth from now on: lifetime value, in minor units or any one unit; your forecast. */
  readonly value: number;
  /** How much they buy, in any one unit, zero or more: a large customer can be worth keeping at a small margin. On every row or on none. */
  readonly volume?: number | null | undefined;
  /** Strategic reasons; default none. */
  readonly strategicReasons?: readonly StrategicReason[] | undefined;
  /** Buys from several suppliers on principle, which makes them hard to keep; default false. Flagged, never dropped. */
  readonly portfolioBuyer?: boolean | undefined;
  /** How likely they are to leave, 0 to 1. On every row or on none. */
  readonly churnProbability?: number | null | undefined;
  /** What it would cost to keep them, in the unit of `value`, zero or more; `null` or left out where unknown. */
  readonly retentionCost?: number | null | undefined;
}

/** Throws unless every row is usable, and what one row states of volume and probability, all do. @internal */
export function assertCandidates(customers: readonly RetentionCandidate[]): void {
  const mustBeNew = mustBeNewCustomer();
  const volume = presenceIn(customers, "volume");
  const churnProbability = presenceIn(customers, "churnProbability");
  assertRows(customers, "customers", "{ customerId, value }", (customer, must, place) => {
    mustBeNew(must, customer.customerId, place);
    mustBeNumber(must, "value", customer.value);
    mustBeNumber(must, "volume", customer.volume, { min: 0, presence: volume });
    mustBeNumber(must, "churnProbability", customer.churnProbability, {
      min: 0,
      max: 1,
      presence: churnProbability,
    });
    mustBeNumber(must, "retentionCost", customer.retentionCost, { min: 0, presence: "optional" });
    mustBeWords(must, "strategicReasons", customer.strategicReasons, strategicReasons);
    mustBeFlag(must, "portfolioBuyer", customer.portfolioBuyer);
  });
}
