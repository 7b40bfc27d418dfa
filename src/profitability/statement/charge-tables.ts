import { safeInteger, safeSum } from "../../core/safe-integer.js";
import { type Table, table } from "../../core/table.js";
import type { UsageCells } from "./activity-usage.js";
import type { CapacityCharge, CapacityCharges } from "./capacity-charges.js";

/** One row for each customer and activity that the customer used: customers in order of first appearance, activities in theirs. */
export interface ActivityChargeColumns {
  /** For whom. */
  readonly customerId: readonly string[];
  /** Which activity. */
  readonly activity: readonly string[];
  /** Units of its cost driver. */
  readonly quantity: readonly number[];
  /** Charged for the use, minor units. */
  readonly charged: readonly number[];
  /** Share of the cost of unused capacity, minor units; 0 unless it is spread. */
  readonly spread: readonly number[];
}

/** One row a customer: money. */
export interface CustomerAmountColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** Minor units. */
  readonly amount: readonly number[];
}

/** One row a customer: what activities cost, as an answer and as a cost source of {@link customerProfitAndLoss}. */
export interface CustomerChargeColumns extends CustomerAmountColumns {
  /**
   * The exact shares of all charges, minor units, of which `amount` is the whole one, rounded down or up. Groups of customers
   * are charged by these: of a newsletter that costs less than a minor unit each, half the customers bear half.
   */
  readonly unroundedAmount: readonly number[];
}

/** Where the money of all activities goes: `cost` = `charged` + `spread` + `unusedCost`, minor units. */
export interface ActivityCostTotals {
  /** All cost pools. */
  readonly cost: number;
  /** Charged to customers for their use. */
  readonly charged: number;
  /** Cost of unused capacity that was spread over customers. */
  readonly spread: number;
  /** Cost of unused capacity that nobody bears. */
  readonly unusedCost: number;
}

/** @internal */
export function activityCharges(
  customerIds: readonly string[],
  { customer, activity }: UsageCells,
  activities: readonly { readonly activity: string }[],
  quantity: Float64Array,
  { charged, spread, unrounded }: CapacityCharges,
): { charges: Table<ActivityChargeColumns>; customers: Table<CustomerChargeColumns> } {
  const amount: number[] = new Array(customerIds.length).fill(0);
  const size = customer.length;
  // Loops: Array.from over typed arrays with a function takes several times as long.
  const columns = {
    customerId: new Array<string>(size),
    activity: new Array<string>(size),
    quantity: new Array<number>(size),
    charged: new Array<number>(size),
    spread: new Array<number>(size),
  };
  for (let cell = 0; cell < size; cell++) {
    columns.customerId[cell] = customerIds[customer[cell]];
    columns.activity[cell] = activities[activity[cell]].activity;
    columns.quantity[cell] = quantity[cell];
    columns.charged[cell] = charged[cell];
    columns.spread[cell] = spread[cell];
  }
  for (let cell = 0; cell < customer.length; cell++) amount[customer[cell]] += charged[cell] + spread[cell];
  for (const sum of amount) safeInteger(sum, "activities", "the cost of a customer");
  return {
    charges: table<ActivityChargeColumns>(columns),
    customers: table<CustomerChargeColumns>({
      customerId: customerIds.slice(),
      amount,
      unroundedAmount: Array.from(unrounded),
    }),
  };
}

/** @internal */
export function costTotals(
  pools: readonly { readonly cost: number }[],
  charges: readonly CapacityCharge[],
): ActivityCostTotals {
  const sum = (values: readonly number[]) => safeSum(values, "activities", "the cost of all activities");
  return {
    cost: sum(pools.map(({ cost }) => cost)),
    charged: sum(charges.map(({ charged }) => charged)),
    spread: sum(charges.map(({ spread }) => spread)),
    unusedCost: sum(charges.map(({ unusedCost }) => unusedCost)),
  };
}
