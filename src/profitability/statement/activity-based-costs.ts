import { assertOneOf, assertOptions } from "../../core/assert.js";
import { type Table, table } from "../../core/table.js";
import {
  type ActivityUsage,
  type ActivityUsageColumns,
  cellSums,
  readUsage,
  usageCells,
} from "./activity-usage.js";
import { capacityCharges } from "./capacity-charges.js";
import {
  type ActivityChargeColumns,
  type ActivityCostTotals,
  activityCharges,
  type CustomerChargeColumns,
  costTotals,
} from "./charge-tables.js";
import { decimalScale } from "./decimal-scale.js";
import { assertNamedRows, isAbove0, isAmount, NO_AMOUNT } from "./named-rows.js";

/** An activity, what is spent on it, and how much of it can be done. */
export interface CostedActivity {
  /** Its name: `order`, `visit`, `return`; each once. */
  readonly activity: string;
  /** The cost pool, whole minor units, zero or more: all that the activity costs in the period. */
  readonly cost: number;
  /**
   * Practical capacity, units of the cost driver, above 0: what the resources can do in the period, breaks and idle time
   * apart; not what they were asked to do.
   */
  readonly capacity: number;
}

/** What becomes of the cost of unused capacity. */
export interface UnusedCapacityOptions {
  /**
   * `"apart"` (default): nobody is charged for it, it is reported. `"spread"`: those who used the activity bear it in
   * proportion to their use, in a column of its own; what nobody used stays apart.
   */
  readonly unusedCapacity?: "apart" | "spread";
}

/** One row an activity of {@link ActivityBasedCosts}; `cost` = `charged` + `spread` + `unusedCost`. */
export interface ActivityCostColumns {
  /** Its name. */
  readonly activity: readonly string[];
  /** The cost pool, minor units. */
  readonly cost: readonly number[];
  /** Practical capacity, units of the driver. */
  readonly capacity: readonly number[];
  /** `cost / capacity`, minor units for one unit of the driver, not rounded. */
  readonly rate: readonly number[];
  /** Units used by all customers. */
  readonly used: readonly number[];
  /** `used / capacity`; above 1 where more was done than the capacity says. */
  readonly utilization: readonly number[];
  /** Units of capacity that nobody used. */
  readonly unused: readonly number[];
  /** Units used beyond the capacity: a sign that the capacity is set too low. */
  readonly overCapacity: readonly number[];
  /**
   * Charged to customers for their use, minor units: `rate * used`, rounded once, half to even. Beyond the capacity it is
   * the whole pool, so that customers never bear more than was spent.
   */
  readonly charged: readonly number[];
  /** Cost of unused capacity that was spread over the users, minor units; 0 unless asked for. */
  readonly spread: readonly number[];
  /** Cost of unused capacity that nobody bears, minor units. */
  readonly unusedCost: readonly number[];
}

/** What serving customers costs, by activity. */
export interface ActivityBasedCosts {
  /** The activities, in the order given. */
  readonly activities: Table<ActivityCostColumns>;
  /** One row for each customer and activity used. */
  readonly charges: Table<ActivityChargeColumns>;
  /** One row a customer: what all activities cost, unused capacity included where it was spread. */
  readonly customers: Table<CustomerChargeColumns>;
  /** Of all activities. */
  readonly total: ActivityCostTotals;
}

/**
 * What does it cost to serve each customer, activity by activity?
 *
 * Activity-based costing: each activity's cost pool is divided by its practical capacity, and customers pay that rate for
 * what they use (Kaplan & Cooper 1998). The cost of capacity that is not used is shown, and charged to customers only when
 * asked for. Each charge is the exact share of the activity's, rounded down or up, and they sum to it. Units go to those who
 * are owed most, by this activity and those before, and of these to the customer who comes first in `usage`: so that a
 * customer's charges of all activities together are within one minor unit of their exact sum too, `unroundedAmount`, which
 * statements of groups go by.
 *
 * @param activities - Rows `{ activity, cost, capacity }`: cost in whole minor units, capacity in units of the driver.
 * @param usage - Rows `{ customerId, activity, quantity }` or a table of these columns; rows of one customer and activity
 * add up.
 * @param options - What becomes of unused capacity: apart by default.
 * @returns The costs by activity, by customer and activity, and by customer; `customers` is a cost source of
 * {@link customerProfitAndLoss}.
 * @throws {@link ClienteleError} `INVALID_ROWS` for an activity that is unknown or stands twice, a cost that is no whole
 * number, a capacity that is not above 0, a negative quantity; `INVALID_ARGUMENT`, `UNKNOWN_COLUMN`, `UNSAFE_INTEGER`.
 * @example
 * ```ts
 * import { activityBasedCosts } from "clientele";
 *
 * const { activities, customers, total } = activityBasedCosts(
 *   [
 *     { activity: "order", cost: 80_000, capacity: 100 },
 *     { activity: "visit", cost: 50_000, capacity: 10 },
 *   ],
 *   [
 *     { customerId: "ani", activity: "order", quantity: 60 },
 *     { customerId: "budi", activity: "order", quantity: 15 },
 *     { customerId: "budi", activity: "visit", quantity: 8 },
 *   ],
 * );
 * activities.columns.rate; // => [800, 5000]
 * customers.columns.amount; // => [48000, 52000]
 * total; // => { cost: 130000, charged: 100000, spread: 0, unusedCost: 30000 }
 * ```
 */
export function activityBasedCosts(
  activities: readonly CostedActivity[],
  usage: readonly ActivityUsage[] | Table<ActivityUsageColumns>,
  options: UnusedCapacityOptions = {},
): ActivityBasedCosts {
  assertOptions(options);
  const { unusedCapacity = "apart" } = options;
  assertOneOf(unusedCapacity, "options.unusedCapacity", ["apart", "spread"]);
  assertNamedRows(activities, "activity", "activities", ({ cost, capacity }, note) => {
    note(isAmount(cost), "cost", NO_AMOUNT, cost);
    note(isAbove0(capacity), "capacity", "is not a number of units above 0", capacity);
  });
  const read = readUsage(usage, activities);
  const cells = usageCells(read, activities.length);
  const quantity = cellSums(cells, read.quantity, decimalScale(read.quantity));
  const charges = capacityCharges(
    activities,
    { customers: read.customerIds.length, customer: cells.customer, pool: cells.activity, use: quantity },
    unusedCapacity === "spread",
  );
  const { pools } = charges;
  return {
    activities: table<ActivityCostColumns>({
      activity: activities.map(({ activity }) => activity),
      cost: activities.map(({ cost }) => cost + 0),
      capacity: activities.map(({ capacity }) => capacity),
      rate: activities.map(({ cost, capacity }) => (cost + 0) / capacity),
      used: pools.map(({ used }) => used),
      utilization: pools.map(({ used }, place) => used / activities[place].capacity),
      unused: pools.map(({ unused }) => unused),
      overCapacity: pools.map(({ overCapacity }) => overCapacity),
      charged: pools.map(({ charged }) => charged),
      spread: pools.map(({ spread }) => spread),
      unusedCost: pools.map(({ unusedCost }) => unusedCost),
    }),
    ...activityCharges(read.customerIds, cells, activities, quantity, charges),
    total: costTotals(activities, pools),
  };
}
