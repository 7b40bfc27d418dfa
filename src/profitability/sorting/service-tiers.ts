import { assertArgument, assertFinite, assertOptions, shown } from "../../core/assert.js";
import { type Rate, ratio } from "../../core/rate.js";
import { safeSum } from "../../core/safe-integer.js";
import { type Table, table } from "../../core/table.js";
import { rankDescending, valuesAt } from "../../segmentation/rank-descending.js";
import { assignTiers, type TierTies, tierShares } from "../../segmentation/tier-by.js";
import { type CustomerProfit, type CustomerProfitColumns, readProfits } from "../customer-profits.js";

/** What a tier is called, and the service that its customers get: a name, or whatever describes it. */
export interface NamedService<Service = unknown> {
  /** What the tier is called; each name once. */
  readonly name: string;
  /** The service level, your own data: `"account manager"`, `{ hours: "24/7", answerWithinHours: 2 }`. */
  readonly service: Service;
}

/** A tier from a profit on. */
export interface ServiceTierCut<Service = unknown> extends NamedService<Service> {
  /** The smallest profit that earns it, minor units; falling from tier to tier, the last one's is 0. */
  readonly fromProfit: number;
}

/** A tier by how far down the ranking it reaches. */
export interface ServiceTierShare<Service = unknown> extends NamedService<Service> {
  /** Share of the customers without a loss in this tier and the better ones, rising to 1. */
  readonly cumulativeShare: number;
}

/** Tiers that are cut at profits, which place a customer without a look at the others. */
export interface ServiceTierCuts<Service = unknown> {
  /** From the best tier to the last. */
  readonly tiers: readonly ServiceTierCut<Service>[];
  /** The tier of those who cost more than they bring, and what they get until that changes. */
  readonly unprofitable: NamedService<Service>;
}

/** Tiers by profits or by shares of customers. */
export interface ServiceTierOptions<Service = unknown> {
  /** From the best tier to the last: each with `fromProfit`, or each with `cumulativeShare`. */
  readonly tiers: readonly ServiceTierCut<Service>[] | readonly ServiceTierShare<Service>[];
  /** The tier of those who cost more than they bring, and what they get until that changes. */
  readonly unprofitable: NamedService<Service>;
  /** Where customers of equal profit stand at a share; default `"stable"`, split by id. At profits there is nothing to split. */
  readonly ties?: TierTies;
}

/** One tier and what it brings. */
export interface ServiceTier<Service = unknown> extends NamedService<Service> {
  /** Number of customers. */
  readonly customers: number;
  /** Their profit, minor units. */
  readonly profit: number;
  /** Of all customers; `null` when there are none. */
  readonly shareOfCustomers: Rate;
  /** Of the profit of all; above 1 where others lose money; `null` when that is zero or less. */
  readonly shareOfProfit: Rate;
  /** The smallest profit in the tier, minor units; `null` when nobody is in it. */
  readonly lowestProfit: number | null;
}

/** One row a customer of {@link ServiceTiers}, the most profitable first. */
export interface ServiceTierMemberColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** The customer's profit, minor units. */
  readonly profit: readonly number[];
  /** Place by profit, from 1; ties by id. */
  readonly rank: readonly number[];
  /** Name of the tier. */
  readonly tier: readonly string[];
}

/** The tiers, and who is in which. */
export interface ServiceTiers<Service = unknown> {
  /** From the best to the last, then the unprofitable; also those that nobody is in. */
  readonly tiers: readonly ServiceTier<Service>[];
  /** Every customer, by rank. */
  readonly members: Table<ServiceTierMemberColumns>;
  /** Number of customers. */
  readonly customers: number;
  /** Profit of all, minor units. */
  readonly total: number;
  /** By what tiers were cut. */
  readonly cutBy: "profit" | "shareOfCustomers";
}

/**
 * Which level of service has each customer earned?
 *
 * Tiers by profit (Zeithaml, Rust & Lemon 2001, "The customer pyramid: creating and serving profitable customers"). Who makes
 * a loss is in a tier of their own, however few tiers there are, and shares count the others alone: a cut at the best 20 % is
 * of those who are worth serving. Profit of exactly zero is no loss. No share of tiers is customary: all are yours.
 *
 * @param profits - One row a customer, `{ customerId, profit }` in whole minor units, or a table of these columns, such as
 * the points of {@link whaleCurve} or the customers of {@link customerProfitAndLoss}.
 * @param options - The tiers with their service, and the tier of the unprofitable.
 * @returns The tiers with customers and profit, and the customers by rank.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when tiers are neither all by profit nor all by share, do not descend to 0
 * or rise to 1, or a name comes twice; `INVALID_ROWS` when a profit is no safe integer or a customer comes twice;
 * `UNSAFE_INTEGER`.
 * @example
 * ```ts
 * import { serviceTiers } from "clientele";
 *
 * const profits = [
 *   { customerId: "ani", profit: 900 },
 *   { customerId: "budi", profit: 300 },
 *   { customerId: "citra", profit: -200 },
 * ];
 * const { tiers, members } = serviceTiers(profits, {
 *   tiers: [
 *     { name: "gold", fromProfit: 500, service: "account manager" },
 *     { name: "standard", fromProfit: 0, service: "call center" },
 *   ],
 *   unprofitable: { name: "to repair", service: "self-service" },
 * });
 * tiers.map(({ name, customers, profit }) => [name, customers, profit]); // => [["gold", 1, 900], ["standard", 1, 300], ["to repair", 1, -200]]
 * members.columns.tier; // => ["gold", "standard", "to repair"]
 * ```
 */
export function serviceTiers<Service>(
  profits: readonly CustomerProfit[] | Table<CustomerProfitColumns>,
  options: ServiceTierOptions<Service>,
): ServiceTiers<Service> {
  const checked = checkedTiers(options);
  const { customerId: ids, profit: given } = readProfits(profits);
  const values = Float64Array.from(given, (value) => value + 0);
  const order = rankDescending(values, ids);
  const byRank = valuesAt(values, order);
  const firstLoss = byRank.findIndex((value) => value < 0);
  const withoutLoss = firstLoss === -1 ? byRank.length : firstLoss;
  const all: readonly NamedService<Service>[] = [...options.tiers, options.unprofitable];
  const customerId: string[] = new Array(order.length);
  const rank: number[] = new Array(order.length);
  const tier: string[] = new Array(order.length);
  for (let i = 0; i < order.length; i++) {
    customerId[i] = ids[order[i]];
    rank[i] = i + 1;
  }
  const places = placesOf(checked, {
    values: byRank.subarray(0, withoutLoss),
    ids: customerId.slice(0, withoutLoss),
  });
  for (let i = 0; i < order.length; i++) tier[i] = all[i < withoutLoss ? places[i] : all.length - 1].name;
  const total = safeSum(byRank, "profits", "the profit of all customers");
  let from = 0;
  const tiers = all.map(({ name, service }, index) => {
    let to = from;
    if (index === all.length - 1) to = byRank.length;
    else while (to < withoutLoss && places[to] === index) to++;
    const own = byRank.subarray(from, to);
    from = to;
    const profit = safeSum(own, "profits", "the profit of a tier");
    return {
      name,
      service,
      customers: own.length,
      profit,
      shareOfCustomers: ratio(own.length, byRank.length, "customers"),
      shareOfProfit: ratio(profit, total, "profit of all customers"),
      lowestProfit: own.length === 0 ? null : own[own.length - 1],
    };
  });
  return {
    tiers,
    members: table<ServiceTierMemberColumns>({ customerId, profit: Array.from(byRank), rank, tier }),
    customers: byRank.length,
    total,
    cutBy: checked.cutBy,
  };
}

/**
 * Which service has this one customer earned?
 *
 * The single decision of {@link serviceTiers} by profits: at the counter, on the telephone.
 *
 * @param profit - What the customer earns us, minor units.
 * @param cuts - Tiers by `fromProfit`, and the tier of the unprofitable.
 * @returns The tier, as it was passed in.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the profit is not finite, or tiers do not descend to 0.
 * @example
 * ```ts
 * import { serviceTier } from "clientele";
 *
 * const cuts = {
 *   tiers: [
 *     { name: "gold", fromProfit: 500, service: { answerWithinHours: 2 } },
 *     { name: "standard", fromProfit: 0, service: { answerWithinHours: 24 } },
 *   ],
 *   unprofitable: { name: "to repair", service: { answerWithinHours: 72 } },
 * };
 * serviceTier(640, cuts).service.answerWithinHours; // => 2
 * serviceTier(-10, cuts).name; // => "to repair"
 * ```
 */
export function serviceTier<Service>(profit: number, cuts: ServiceTierCuts<Service>): NamedService<Service> {
  assertFinite(profit, "profit");
  checkedTiers(cuts, "cuts");
  return cuts.tiers.find(({ fromProfit }) => profit >= fromProfit) ?? cuts.unprofitable;
}

type CheckedTiers =
  | { readonly cutBy: "profit"; readonly from: readonly number[] }
  | { readonly cutBy: "shareOfCustomers"; readonly shares: ReturnType<typeof tierShares> };

/** The place of the tier of each customer, from the most profitable. */
function placesOf(
  checked: CheckedTiers,
  { values, ids }: { readonly values: Float64Array; readonly ids: readonly string[] },
): Uint32Array {
  if (checked.cutBy === "shareOfCustomers") return assignTiers(ids, values, checked.shares).tierOfRank;
  const places = new Uint32Array(values.length);
  let tier = 0;
  for (let i = 0; i < places.length; i++) {
    while (values[i] < checked.from[tier]) tier++;
    places[i] = tier;
  }
  return places;
}

function checkedTiers(options: ServiceTierOptions, path: "options" | "cuts" = "options"): CheckedTiers {
  assertOptions(options, "{ tiers, unprofitable }", path);
  const { tiers, unprofitable, ties } = options;
  assertArgument(
    Array.isArray(tiers) && tiers.length > 0,
    `${path}.tiers`,
    () => `${path}.tiers is ${shown(tiers)}: pass one tier or more, { name, service, fromProfit }`,
  );
  const names = new Set<unknown>();
  [...tiers, unprofitable].forEach((tier: Partial<NamedService> | null | undefined, i) => {
    const at = i < tiers.length ? `${path}.tiers[${i}]` : `${path}.unprofitable`;
    const name = tier?.name;
    assertArgument(
      typeof name === "string" && name !== "" && !names.has(name),
      `${at}.name`,
      () => `${at}.name is ${shown(name)}: pass a name that no other tier has`,
    );
    names.add(name);
  });
  const kinds = tiers.map((tier) => `${"fromProfit" in tier}/${"cumulativeShare" in tier}`);
  if (kinds.every((kind) => kind === "false/true")) {
    assertArgument(
      path !== "cuts",
      "cuts.tiers",
      () => "cuts.tiers are cut at shares, which needs all customers: pass fromProfit, or ask serviceTiers()",
    );
    const shares = tierShares({
      tiers: tiers as readonly ServiceTierShare[],
      ...(ties !== undefined && { ties }),
    });
    return { cutBy: "shareOfCustomers", shares };
  }
  assertArgument(
    kinds.every((kind) => kind === "true/false"),
    `${path}.tiers`,
    () =>
      `${path}.tiers are neither all with fromProfit nor all with cumulativeShare: pass one of them in each`,
  );
  assertArgument(
    ties === undefined,
    `${path}.ties`,
    () => `${path}.ties is ${shown(ties)}, and at a profit equal customers are never split: leave it out`,
  );
  const from = tiers.map((tier) => (tier as ServiceTierCut).fromProfit);
  from.forEach((cut, i) => {
    const at = `${path}.tiers[${i}].fromProfit`;
    assertFinite(cut, at);
    assertArgument(
      i === 0 || cut < from[i - 1],
      at,
      () => `${at} is ${cut} after ${from[i - 1]}: pass falling profits, the best tier first`,
    );
  });
  const last = from[from.length - 1];
  assertArgument(
    last === 0,
    `${path}.tiers[${from.length - 1}].fromProfit`,
    () =>
      `${path}.tiers[${from.length - 1}].fromProfit is ${last}: pass 0, so that every customer without a loss has a tier`,
  );
  return { cutBy: "profit", from };
}
