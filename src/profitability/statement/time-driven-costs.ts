import { assertArgument, assertOneOf, assertOptions } from "../../core/assert.js";
import type { RowProblem } from "../../core/row-problems.js";
import { type Table, table } from "../../core/table.js";
import type { UnusedCapacityOptions } from "./activity-based-costs.js";
import {
  type ActivityUsage,
  type ActivityUsageColumns,
  cellSums,
  readUsage,
  usageCells,
} from "./activity-usage.js";
import { capacityCharges, cellsOfPools, exactTotal } from "./capacity-charges.js";
import {
  type ActivityChargeColumns,
  type ActivityCostTotals,
  activityCharges,
  type CustomerChargeColumns,
  costTotals,
} from "./charge-tables.js";
import { decimalScale } from "./decimal-scale.js";
import { assertNamedRows, isAbove0, isAmount, NO_AMOUNT } from "./named-rows.js";

/** People or machines, what they cost, and the time that they can work. */
export interface TimedResource {
  /** Its name: `service desk`, `warehouse`; each once. */
  readonly resource: string;
  /** What it costs in the period, whole minor units, zero or more. */
  readonly cost: number;
  /** Practical capacity in the period, minutes, above 0: often 80 to 85% of the paid time of people. */
  readonly minutes: number;
}

/** An activity and its time equation: `minutes` a unit, and more for what makes a unit harder. */
export interface TimedActivity {
  /** Its name: `order`, `packing`; each once. */
  readonly activity: string;
  /** Whose time it takes: the name of a resource. */
  readonly resource: string;
  /** Minutes for each unit, zero or more. */
  readonly minutes: number;
  /** Minutes that come on top each time that the named condition holds, zero or more: `{ newCustomer: 4, byAir: 0.2 }`. */
  readonly additions?: Readonly<Record<string, number>> | undefined;
}

/** How often a customer made us do an activity, and how often each addition to its time came with it. */
export interface TimedUsage extends ActivityUsage {
  /** How many times each addition applied, zero or more: of 10 orders, 1 of a new customer: `{ newCustomer: 1 }`. */
  readonly additions?: Readonly<Record<string, number>> | null | undefined;
}

/** One row a resource of {@link TimeDrivenCosts}; `cost` = `charged` + `spread` + `unusedCost`. */
export interface ResourceCostColumns {
  /** Its name. */
  readonly resource: readonly string[];
  /** What it costs, minor units. */
  readonly cost: readonly number[];
  /** Practical capacity, minutes. */
  readonly minutes: readonly number[];
  /** `cost / minutes`, minor units a minute, not rounded: the capacity cost rate. */
  readonly costPerMinute: readonly number[];
  /** Minutes that the activities of all customers took. */
  readonly usedMinutes: readonly number[];
  /** `usedMinutes / minutes`; above 1 where more was done than the capacity says. */
  readonly utilization: readonly number[];
  /** Minutes that nobody used. */
  readonly unusedMinutes: readonly number[];
  /** Minutes used beyond the capacity: a sign that the capacity or the time equations are wrong. */
  readonly overCapacityMinutes: readonly number[];
  /** Charged to customers, minor units: rate times minutes used, rounded once, half to even; never above `cost`. */
  readonly charged: readonly number[];
  /** Cost of unused minutes that was spread over the users, minor units; 0 unless asked for. */
  readonly spread: readonly number[];
  /** Cost of unused minutes that nobody bears, minor units. */
  readonly unusedCost: readonly number[];
}

/** One row an activity of {@link TimeDrivenCosts}. */
export interface TimedActivityColumns {
  /** Its name. */
  readonly activity: readonly string[];
  /** Whose time it takes. */
  readonly resource: readonly string[];
  /** Units done for all customers. */
  readonly quantity: readonly number[];
  /** Minutes that they took, additions included. */
  readonly minutes: readonly number[];
  /** `costPerMinute` times the minutes of a unit without additions, minor units, not rounded. */
  readonly rate: readonly number[];
  /** Charged to customers, minor units. */
  readonly charged: readonly number[];
}

/** What serving customers costs, by the time that it takes. */
export interface TimeDrivenCosts {
  /** The resources, in the order given. */
  readonly resources: Table<ResourceCostColumns>;
  /** The activities, in the order given. */
  readonly activities: Table<TimedActivityColumns>;
  /** One row for each customer and activity used. */
  readonly charges: Table<ActivityChargeColumns>;
  /** One row a customer: what all activities cost, unused capacity included where it was spread. */
  readonly customers: Table<CustomerChargeColumns>;
  /** Of all resources. */
  readonly total: ActivityCostTotals;
}

/**
 * What does it cost to serve each customer, by the minutes that it takes?
 *
 * Time-driven activity-based costing: a resource's cost divided by its practical capacity in minutes, times the minutes that
 * a time equation gives for each activity (Kaplan & Anderson 2004). Minutes that nobody used are shown with their cost,
 * and charged to customers only when asked for. Amounts are rounded as in {@link activityBasedCosts}.
 *
 * @param resources - Rows `{ resource, cost, minutes }`: cost in whole minor units, practical capacity in minutes.
 * @param activities - Rows `{ activity, resource, minutes, additions? }`: the time equations.
 * @param usage - Rows `{ customerId, activity, quantity, additions? }`, or, without additions, a table; rows of one
 * customer and activity add up. Minutes are `quantity * minutes`, and for each addition its count times its minutes.
 * @param options - What becomes of unused capacity: apart by default.
 * @returns The costs by resource, by activity, by customer and activity, and by customer.
 * @throws {@link ClienteleError} `INVALID_ROWS` for names that are unknown or stand twice, costs that are no whole numbers,
 * minutes, counts or quantities that are negative; `INVALID_ARGUMENT`, `UNKNOWN_COLUMN`, `UNSAFE_INTEGER`.
 * @example
 * ```ts
 * import { timeDrivenCosts } from "clientele";
 *
 * const { resources, customers, total } = timeDrivenCosts(
 *   [{ resource: "service desk", cost: 80_000, minutes: 1000 }],
 *   [{ activity: "order", resource: "service desk", minutes: 8, additions: { newCustomer: 4 } }],
 *   [
 *     { customerId: "ani", activity: "order", quantity: 50 },
 *     { customerId: "budi", activity: "order", quantity: 10, additions: { newCustomer: 1 } },
 *   ],
 * );
 * resources.columns.costPerMinute; // => [80]
 * customers.columns.amount; // => [32000, 6720]
 * total.unusedCost; // => 41280
 * ```
 */
export function timeDrivenCosts(
  resources: readonly TimedResource[],
  activities: readonly TimedActivity[],
  usage: readonly TimedUsage[] | Table<ActivityUsageColumns>,
  options: UnusedCapacityOptions = {},
): TimeDrivenCosts {
  assertOptions(options);
  const { unusedCapacity = "apart" } = options;
  assertOneOf(unusedCapacity, "options.unusedCapacity", ["apart", "spread"]);
  const resourceOf = readResources(resources, activities);
  assertArgument(
    Array.isArray(usage) || !Object.hasOwn(Object(Object(usage).columns), "additions"),
    "usage.columns.additions",
    () => "usage has a column additions, and cells of tables hold no records: pass rows",
  );
  const extra = new Float64Array(Array.isArray(usage) ? usage.length : 0);
  const read = readUsage(usage, activities, (row, activity, problems) => {
    const given = Array.isArray(usage) ? (usage[row] as TimedUsage).additions : undefined;
    if (given !== undefined && given !== null)
      extra[row] = addedMinutes(given, activities[activity], row, problems);
  });
  const cells = usageCells(read, activities.length);
  const minutesOfRow = read.quantity.map((quantity, row) =>
    decimal(quantity * activities[read.activity[row]].minutes + (row < extra.length ? extra[row] : 0)),
  );
  const minutes = cellSums(cells, minutesOfRow, decimalScale(minutesOfRow));
  const quantity = cellSums(cells, read.quantity, decimalScale(read.quantity));
  const pools = resources.map(({ cost, minutes: capacity }) => ({ cost: cost + 0, capacity }));
  const poolOfCell = cells.activity.map((activity) => resourceOf[activity]);
  const charges = capacityCharges(
    pools,
    { customers: read.customerIds.length, customer: cells.customer, pool: poolOfCell, use: minutes },
    unusedCapacity === "spread",
  );
  return {
    resources: table<ResourceCostColumns>({
      resource: resources.map(({ resource }) => resource),
      cost: pools.map(({ cost }) => cost),
      minutes: pools.map(({ capacity }) => capacity),
      costPerMinute: pools.map(({ cost, capacity }) => cost / capacity),
      usedMinutes: charges.pools.map(({ used }) => used),
      utilization: charges.pools.map(({ used }, place) => used / pools[place].capacity),
      unusedMinutes: charges.pools.map(({ unused }) => unused),
      overCapacityMinutes: charges.pools.map(({ overCapacity }) => overCapacity),
      charged: charges.pools.map(({ charged }) => charged),
      spread: charges.pools.map(({ spread }) => spread),
      unusedCost: charges.pools.map(({ unusedCost }) => unusedCost),
    }),
    activities: activityTable(
      activities,
      resourceOf,
      pools,
      cells.activity,
      quantity,
      minutes,
      charges.charged,
    ),
    ...activityCharges(read.customerIds, cells, activities, quantity, charges),
    total: costTotals(pools, charges.pools),
  };
}

/** The place of each activity's resource. */
function readResources(
  resources: readonly TimedResource[],
  activities: readonly TimedActivity[],
): Uint32Array {
  assertNamedRows(resources, "resource", "resources", ({ cost, minutes }, note) => {
    note(isAmount(cost), "cost", NO_AMOUNT, cost);
    note(isAbove0(minutes), "minutes", "is not a number of minutes above 0", minutes);
  });
  const placeOf = new Map(resources.map(({ resource }, place) => [resource, place]));
  assertNamedRows(activities, "activity", "activities", ({ resource, minutes, additions }, note) => {
    note(placeOf.has(resource ?? ""), "resource", "is not the name of any of these resources", resource);
    note(isTime(minutes), "minutes", NO_TIME, minutes);
    for (const [name, more] of Object.entries(additions ?? {}))
      note(isTime(more), `additions.${name}`, NO_TIME, more);
  });
  return Uint32Array.from(activities, ({ resource }) => placeOf.get(resource) ?? 0);
}

const isTime = (value: unknown): boolean => Number.isFinite(value) && (value as number) >= 0;
const NO_TIME = "is not a number of minutes, zero or more";

function addedMinutes(
  counts: Readonly<Record<string, number>>,
  { activity, additions = {} }: TimedActivity,
  row: number,
  problems: RowProblem[],
): number {
  let sum = 0;
  for (const [name, count] of Object.entries(counts)) {
    const field = `additions.${name}`;
    if (!Object.hasOwn(additions, name))
      problems.push({ row, field, reason: `is no addition of activity "${activity}"`, value: count });
    else if (!isTime(count))
      problems.push({ row, field, reason: "is not a number of times, zero or more", value: count });
    else sum += count * additions[name];
  }
  return sum;
}

/** Binary products leave dust (3 x 0.1): minutes of a row are kept to nine places, as far as a double has them. */
function decimal(minutes: number): number {
  return minutes < 1e6 ? Math.round(minutes * 1e9) / 1e9 : minutes;
}

function activityTable(
  activities: readonly TimedActivity[],
  resourceOf: Uint32Array,
  pools: readonly { readonly cost: number; readonly capacity: number }[],
  activityOfCell: Uint32Array,
  quantity: Float64Array,
  minutes: Float64Array,
  charged: Float64Array,
): Table<TimedActivityColumns> {
  const cellsOf = cellsOfPools(activities.length, activityOfCell);
  const total = (column: Float64Array) =>
    cellsOf.map((cells) => {
      const own = new Float64Array(cells.length);
      for (let i = 0; i < cells.length; i++) own[i] = column[cells[i]];
      return exactTotal(own);
    });
  return table<TimedActivityColumns>({
    activity: activities.map(({ activity }) => activity),
    resource: activities.map(({ resource }) => resource),
    quantity: total(quantity),
    minutes: total(minutes),
    rate: activities.map(({ minutes: unit }, place) => {
      const { cost, capacity } = pools[resourceOf[place]];
      return (cost * unit) / capacity;
    }),
    charged: total(charged),
  });
}
