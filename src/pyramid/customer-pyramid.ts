import { assertArgument } from "../core/assert.js";
import type { Duration, TimeWindow } from "../core/duration.js";
import { type Rate, ratio } from "../core/rate.js";
import { type Table, table } from "../core/table.js";
import { sumsByCustomer } from "../history/customer-summary.js";
import { exactSum } from "../history/known-facts.js";
import type { TransactionLog } from "../history/log-columns.js";
import { type GroupSums, groupSums } from "../segmentation/group-sums.js";
import { valuesAt } from "../segmentation/rank-descending.js";
import {
  assignTiers,
  type TierOptions,
  type TierShare,
  type TierTies,
  tierShares,
} from "../segmentation/tier-by.js";
import {
  type LifecycleStatus,
  type LifecycleStatusOptions,
  lifecycleStatusNames,
  type PlacedCustomers,
  type PyramidCoverage,
  placedCustomers,
} from "./lifecycle-status.js";
import { measureName, measureReader, type PyramidMeasure } from "./pyramid-measure.js";

/** As of when, who is known beside the log, and how active customers are put in tiers. */
export interface CustomerPyramidOptions extends LifecycleStatusOptions, TierOptions {
  /** By what active customers are ranked; default `"revenue"` in the window. */
  readonly measure?: PyramidMeasure;
}

/** One layer of the pyramid: a tier of the active customers, or a status. */
export interface PyramidLayer {
  /** Name of the tier, or the status itself: `"top"`, `"inactive"`. */
  readonly name: string;
  /** Where everybody in it stands. */
  readonly status: LifecycleStatus;
  /** Number of customers. */
  readonly customers: number;
  /** Of everybody in the pyramid. */
  readonly shareOfCustomers: Rate;
  /** Sales less refunds in the window, minor units. */
  readonly revenue: number;
  /** Of the revenue of all layers; `null` when that is zero or negative. */
  readonly shareOfRevenue: Rate;
  /** Revenue less cost in the window, minor units; `null` when the log has no costs. */
  readonly profit: number | null;
  /** Of the profit of all layers (its value `null` when that is zero or negative); `null` when the log has no costs. */
  readonly shareOfProfit: Rate | null;
  /** Sum of the measure, in its unit; `null` for those who are not active, and are not ranked. */
  readonly value: number | null;
  /** Of the measure of all active customers (its value `null` when that is zero or negative); `null` for those who are not active. */
  readonly shareOfValue: Rate | null;
  /** The smallest measure in the layer; `null` when nobody in it is ranked. */
  readonly lowestValue: number | null;
}

/** One row a customer of {@link CustomerPyramid}: the log's customers in its order, then the other records in theirs. */
export interface PyramidMemberColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** Where they stand. */
  readonly status: readonly LifecycleStatus[];
  /** Name of the layer. */
  readonly layer: readonly string[];
  /** Sales less refunds in the window, minor units. */
  readonly revenue: readonly number[];
  /** Revenue less cost in the window, minor units; `null` when the log has no costs. */
  readonly profit: readonly (number | null)[];
  /** The measure; `null` when not active. */
  readonly value: readonly (number | null)[];
  /** Place among the active customers from the greatest measure, from 1, equal ones by id; `null` when not active. */
  readonly rank: readonly (number | null)[];
  /** Last qualifying purchase before `asOf`, epoch milliseconds; `null` without one. */
  readonly lastPurchaseAt: readonly (number | null)[];
}

/** The customer pyramid at one instant. */
export interface CustomerPyramid {
  /** The tiers of the active customers from the best, then inactive, prospect, suspect and restOfWorld; also empty ones. */
  readonly layers: readonly PyramidLayer[];
  /** Everybody who is known at `asOf`. */
  readonly members: Table<PyramidMemberColumns>;
  /** Number of customers of each status. */
  readonly counts: { readonly [Status in LifecycleStatus]: number };
  /** Sales less refunds of all layers in the window, minor units. */
  readonly revenue: number;
  /** Revenue less cost of all layers in the window, minor units; `null` when the log has no costs. */
  readonly profit: number | null;
  /** By what active customers are ranked. */
  readonly measure: "revenue" | "profit" | "custom";
  /** The tiers as they were asked for. */
  readonly tiers: readonly TierShare[];
  /** What happened to equal measures at a cut. */
  readonly ties: TierTies;
  /** Where the members come from. */
  readonly coverage: PyramidCoverage;
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** In which a purchase makes a customer active, and of which revenue and profit are. */
  readonly window: TimeWindow;
  /** The window as it was asked for: how far it reaches back from `asOf`. */
  readonly activeWindow: Duration;
  /** IANA zone of the calendar. */
  readonly timeZone: string;
  /** ISO 4217 code of revenue and profit. */
  readonly currency: string;
}

/**
 * How many customers stand in each layer of the pyramid, and what do they bring?
 *
 * Active customers fall into tiers by a measure (by default the top 1 %, the next 4 %, the next 15 % and the rest, by
 * revenue in the window); below them stand the inactive and those who never bought (Curry & Curry 2000). Shares of
 * revenue and profit are computed, never assumed. Layers add up: to everybody who is known, and to all revenue in the
 * window. Money of a customer who is not active is a refund without a purchase, or a purchase that does not qualify.
 *
 * @param log - A transaction log.
 * @param options - `asOf`, the window, the records of those who may not have bought, tiers and measure.
 * @returns The layers with their shares, and everybody with their layer.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a measure has no number for an active customer or a tier takes the
 * name of a status; `INVALID_ROWS` for unusable records; `UNKNOWN_TIME_ZONE`; `UNSAFE_INTEGER` when a sum leaves 2^53 - 1.
 * @example
 * ```ts
 * import { customerPyramid, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2024-05-20", amount: 700 },
 *     { customerId: "budi", at: "2024-06-02", amount: 300 },
 *     { customerId: "citra", at: "2022-11-03", amount: 400 },
 *   ],
 *   { currency: "IDR" },
 * );
 * const { layers } = customerPyramid(log, { asOf: "2024-07-01", customers: [{ id: "dewi", relation: "none" }] });
 * layers.filter(({ customers }) => customers > 0).map(({ name, revenue }) => [name, revenue]);
 * // => [["top", 700], ["small", 300], ["inactive", 0], ["suspect", 0]]
 * layers[0]?.shareOfRevenue.value; // => 0.7
 * ```
 */
export function customerPyramid(log: TransactionLog, options: CustomerPyramidOptions): CustomerPyramid {
  const placed = placedCustomers(log, options);
  const shares = tierShares(options);
  assertNoStatusNames(shares.tiers.map(({ name }) => name));
  const { customerIds, status, lastPurchaseAt, counts, coverage, facts, window } = placed;
  const { measure = "revenue" } = options;
  const money = moneyInWindow(placed);
  const names = [...shares.tiers.map(({ name }) => name), ...lifecycleStatusNames.slice(1)];
  const ranked = rankedActive(placed, shares, measureReader(measure, money.revenue, money.profit));
  const revenue = groupSums(money.revenue, ranked.layerOf, names.length, "log");
  const profit = money.profit && groupSums(money.profit, ranked.layerOf, names.length, "log");
  return {
    layers: pyramidLayers(names, ranked, revenue, profit),
    members: table({
      customerId: customerIds,
      status,
      layer: Array.from(ranked.layerOf, (layer) => names[layer]),
      revenue: money.revenue,
      profit: money.profit ?? new Array<null>(status.length).fill(null),
      value: ranked.value,
      rank: ranked.rank,
      lastPurchaseAt,
    }),
    counts,
    revenue: revenue.total,
    profit: profit?.total ?? null,
    measure: measureName(measure),
    tiers: shares.tiers.map(({ name, cumulativeShare }) => ({ name, cumulativeShare })),
    ties: shares.ties,
    coverage,
    asOf: facts.asOf,
    window,
    activeWindow: placed.activeWindow,
    timeZone: facts.timeZone,
    currency: log.currency,
  };
}

/** Measure and rank of the active, and the layer of everybody: the tiers first, then the other statuses. */
interface RankedActive {
  readonly layerOf: Uint32Array;
  readonly value: readonly (number | null)[];
  readonly rank: readonly (number | null)[];
  readonly lowest: readonly number[];
  readonly sums: GroupSums;
}

function rankedActive(
  { customerIds, status }: PlacedCustomers,
  shares: Required<TierOptions>,
  measureOf: (customerId: string, place: number) => number,
): RankedActive {
  const tiers = shares.tiers.length;
  const active: number[] = [];
  for (let place = 0; place < status.length; place++) if (status[place] === "active") active.push(place);
  const activeIds = active.map((place) => customerIds[place]);
  const values = new Float64Array(active.length);
  for (let row = 0; row < values.length; row++) values[row] = measureOf(activeIds[row], active[row]);
  const { order, tierOfRank } = assignTiers(activeIds, values, shares);

  // Those who are not active stand below the last tier, in the order of the statuses.
  const layerOf = new Uint32Array(status.length);
  for (let place = 0; place < status.length; place++) {
    layerOf[place] = tiers - 1 + lifecycleStatusNames.indexOf(status[place]);
  }
  const value: (number | null)[] = new Array(status.length).fill(null);
  const rank: (number | null)[] = new Array(status.length).fill(null);
  const lowest: number[] = [];
  for (let index = 0; index < order.length; index++) {
    const place = active[order[index]];
    layerOf[place] = tierOfRank[index];
    value[place] = values[order[index]];
    rank[place] = index + 1;
    lowest[tierOfRank[index]] = values[order[index]];
  }
  const sums = groupSums(valuesAt(values, order), tierOfRank, tiers, "options.measure");
  return { layerOf, value, rank, lowest, sums };
}

function pyramidLayers(
  names: readonly string[],
  { layerOf, lowest, sums }: RankedActive,
  revenue: GroupSums,
  profit: GroupSums | null,
): PyramidLayer[] {
  const tiers = sums.counts.length;
  return names.map((name, layer) => {
    const isTier = layer < tiers;
    return {
      name,
      status: isTier ? "active" : lifecycleStatusNames[layer - tiers + 1],
      customers: revenue.counts[layer],
      shareOfCustomers: ratio(revenue.counts[layer], layerOf.length, "customers"),
      revenue: revenue.sums[layer],
      shareOfRevenue: ratio(revenue.sums[layer], revenue.total, "revenue of all layers"),
      profit: profit ? profit.sums[layer] : null,
      shareOfProfit: profit && ratio(profit.sums[layer], profit.total, "profit of all layers"),
      value: isTier ? sums.sums[layer] : null,
      shareOfValue: isTier ? ratio(sums.sums[layer], sums.total, "measure of all active customers") : null,
      lowestValue: lowest[layer] ?? null,
    };
  });
}

/** Revenue and profit in the window of everybody, by place; those who are in the records alone have none. */
function moneyInWindow({ facts, window, customerIds, logCustomer }: PlacedCustomers) {
  const net = sumsByCustomer(facts, facts.net, window);
  const cost = facts.cost && sumsByCustomer(facts, facts.cost, window);
  const zeros = new Array<number>(customerIds.length - logCustomer.length).fill(0);
  const { customerIds: ids } = facts.log;
  return {
    revenue: [...logCustomer.map((customer) => net[customer]), ...zeros],
    profit: cost && [
      ...logCustomer.map((customer) => exactSum(net[customer] - cost[customer], ids[customer])),
      ...zeros,
    ],
  };
}

function assertNoStatusNames(names: readonly string[]): void {
  for (const [i, name] of names.entries()) {
    assertArgument(
      !RESERVED.includes(name),
      `options.tiers[${i}].name`,
      () => `options.tiers[${i}].name is "${name}", the name of another layer: pass another`,
    );
  }
}

// "unknown" is a row of the matrix of transitions.
const RESERVED: readonly string[] = [...lifecycleStatusNames, "unknown"];
