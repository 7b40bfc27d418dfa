import { assertArgument, shown } from "../core/assert.js";
import { type Rate, ratio } from "../core/rate.js";
import { invalidRows, type RowProblem } from "../core/row-problems.js";
import { safeInteger } from "../core/safe-integer.js";
import type { CustomerKey } from "../history/transaction-row.js";
import type { CustomerPyramid } from "./customer-pyramid.js";
import type { LifecycleStatus } from "./lifecycle-status.js";

/** Marketing money and time that went to one customer or to one layer as a whole. */
export interface MarketingEffort {
  /** On whom: counted in the layer where the pyramid has them. Either this or `layer`. */
  readonly customerId?: CustomerKey | null | undefined;
  /** On which layer of the pyramid, where the effort was for no one in particular: a fair, a mailing. */
  readonly layer?: string | null | undefined;
  /** Minor units of the pyramid's currency, zero or more; default 0. */
  readonly money?: number | undefined;
  /** Working hours, zero or more; default 0. */
  readonly hours?: number | undefined;
}

/** What went to one layer. */
export interface LayerEffort {
  /** Name of the layer. */
  readonly layer: string;
  /** Where those in it stand. */
  readonly status: LifecycleStatus;
  /** Number of efforts. */
  readonly efforts: number;
  /** Minor units. */
  readonly money: number;
  /** Working hours. */
  readonly hours: number;
  /** Of the money of all layers; `null` when there is none. */
  readonly shareOfMoney: Rate;
  /** Of the hours of all layers; `null` when there are none. */
  readonly shareOfHours: Rate;
  /** Minor units for each customer in the layer; `null` when nobody is in it. */
  readonly moneyPerCustomer: Rate;
  /** Hours for each customer in the layer; `null` when nobody is in it. */
  readonly hoursPerCustomer: Rate;
}

/** Marketing money and hours by layer of the pyramid. */
export interface LayerSpend {
  /** Every layer of the pyramid, in its order. */
  readonly layers: readonly LayerEffort[];
  /** Of all layers together. */
  readonly total: { readonly efforts: number; readonly money: number; readonly hours: number };
  /** What went to prospects, suspects and the rest of the world: to those who have never bought. `unknown` is in neither part. */
  readonly nonCustomers: {
    /** Of the money of all layers; `null` when there is none. */
    readonly shareOfMoney: Rate;
    /** Of the hours of all layers; `null` when there are none. */
    readonly shareOfHours: Rate;
  };
  /** Efforts on customers whom the pyramid does not have; not in `total`. */
  readonly unknown: {
    /** Number of efforts. */
    readonly efforts: number;
    /** Minor units. */
    readonly money: number;
    /** Working hours. */
    readonly hours: number;
    /** Each customer once, in the order of the efforts. */
    readonly customerIds: readonly string[];
  };
  /** ISO 4217 code of the money. */
  readonly currency: string;
}

/**
 * On whom do marketing money and hours go, and how much of them on people who have never bought?
 *
 * @param pyramid - The pyramid of the instant at which the customers' layers count: most often the start of the period of
 * the efforts, so that a prospect who was won is still a prospect.
 * @param efforts - Money and hours, each on one customer or on one layer; any number for each.
 * @returns Money and hours by layer, the share on non-customers, and what went to customers whom nobody knows.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an effort names both a customer and a layer or neither, a layer that
 * the pyramid does not have, or an unusable amount; `UNSAFE_INTEGER` when a sum leaves 2^53 - 1.
 * @example
 * ```ts
 * import { customerPyramid, spendByLayer, transactionLog } from "clientele";
 *
 * const log = transactionLog([{ customerId: "ani", at: "2024-05-20", amount: 700 }], { currency: "IDR" });
 * const pyramid = customerPyramid(log, { asOf: "2024-07-01", customers: [{ id: "dewi", relation: "responded" }] });
 * const spend = spendByLayer(pyramid, [
 *   { customerId: "ani", money: 100, hours: 1 },
 *   { customerId: "dewi", money: 200, hours: 2 },
 *   { layer: "suspect", money: 100, hours: 3 },
 * ]);
 * spend.nonCustomers.shareOfMoney.value; // => 0.75
 * spend.layers.filter(({ efforts }) => efforts > 0).map(({ layer, hours }) => [layer, hours]); // => [["top", 1], ["prospect", 2], ["suspect", 3]]
 * ```
 */
export function spendByLayer(pyramid: CustomerPyramid, efforts: readonly MarketingEffort[]): LayerSpend {
  const placeOf = new Map(pyramid.layers.map(({ name }, place) => [name, place]));
  const layerOf = new Map<string, number | undefined>();
  const { customerId, layer } = pyramid.members.columns;
  for (let row = 0; row < customerId.length; row++) layerOf.set(customerId[row], placeOf.get(layer[row]));
  assertEfforts(efforts, placeOf);

  const spent = pyramid.layers.map(() => ({ efforts: 0, money: 0, hours: 0 }));
  const total = { efforts: 0, money: 0, hours: 0 };
  const unknown = { efforts: 0, money: 0, hours: 0 };
  const unknownIds = new Set<string>();
  for (const effort of efforts) {
    const id = String(effort.customerId ?? "");
    const place = id === "" ? placeOf.get(effort.layer ?? "") : layerOf.get(id);
    if (place === undefined) unknownIds.add(id);
    for (const sum of place === undefined ? [unknown] : [spent[place], total]) {
      sum.efforts++;
      sum.money = safeInteger(sum.money + (effort.money ?? 0), "efforts", "the money of the efforts");
      sum.hours += effort.hours ?? 0;
    }
  }

  const beyond = pyramid.layers.map(({ status }) => status !== "active" && status !== "inactive");
  const onNonCustomers = (unit: "money" | "hours") =>
    ratio(
      spent.reduce((sum, part, place) => (beyond[place] ? sum + part[unit] : sum), 0),
      total[unit],
      `${unit} of all layers`,
    );
  return {
    layers: pyramid.layers.map(({ name, status, customers }, place) => ({
      layer: name,
      status,
      ...spent[place],
      shareOfMoney: ratio(spent[place].money, total.money, "money of all layers"),
      shareOfHours: ratio(spent[place].hours, total.hours, "hours of all layers"),
      moneyPerCustomer: ratio(spent[place].money, customers, "customers in the layer"),
      hoursPerCustomer: ratio(spent[place].hours, customers, "customers in the layer"),
    })),
    total,
    nonCustomers: { shareOfMoney: onNonCustomers("money"), shareOfHours: onNonCustomers("hours") },
    unknown: { ...unknown, customerIds: [...unknownIds] },
    currency: pyramid.currency,
  };
}

function assertEfforts(efforts: readonly MarketingEffort[], layers: ReadonlyMap<string, number>): void {
  assertArgument(
    Array.isArray(efforts),
    "efforts",
    () => `efforts is ${shown(efforts)}: pass an array of { customerId or layer, money, hours }`,
  );
  const problems = efforts.flatMap((effort, row) =>
    effortProblems(Object(effort), layers).map((problem): RowProblem => ({ row, ...problem })),
  );
  if (problems.length > 0) throw invalidRows(problems, problems.length, "efforts");
}

function effortProblems(
  { customerId: forWhom, layer: onLayer, money = 0, hours = 0 }: MarketingEffort,
  layers: ReadonlyMap<string, number>,
): Omit<RowProblem, "row">[] {
  const [customerId, layer] = [forWhom ?? undefined, onLayer ?? undefined];
  const problems: Omit<RowProblem, "row">[] = [];
  const report = (field: string, value: unknown, reason: string) => problems.push({ field, value, reason });
  if ((customerId === undefined) === (layer === undefined)) {
    report(
      "",
      undefined,
      `names ${layer === undefined ? "neither" : "both"} customerId ${layer === undefined ? "nor" : "and"} layer: give one`,
    );
  } else if (layer !== undefined && !layers.has(layer)) {
    report("layer", layer, `is none of the pyramid's: ${[...layers.keys()].join(", ")}`);
  } else if (
    layer === undefined &&
    (customerId === "" || (typeof customerId !== "string" && !Number.isSafeInteger(customerId)))
  ) {
    report("customerId", customerId, "is not an id: text that is not empty, or a whole number");
  }
  if (!Number.isSafeInteger(money) || money < 0) {
    report("money", money, "is not a whole number of minor units, zero or more");
  }
  if (!Number.isFinite(hours) || hours < 0) report("hours", hours, "is not a number of hours, zero or more");
  return problems;
}
