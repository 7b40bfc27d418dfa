import { assertArgument, shown } from "../core/assert.js";
import type { Duration } from "../core/duration.js";
import { ClienteleError } from "../core/errors.js";
import { safeInteger } from "../core/safe-integer.js";
import { type Table, table } from "../core/table.js";
import type { CustomerPyramid } from "./customer-pyramid.js";
import type { LifecycleStatus } from "./lifecycle-status.js";

/**
 * By which moves can somebody get from one layer of the pyramid to another?
 *
 * | flow | from | to |
 * |---|---|---|
 * | `stay` | a layer | the same layer |
 * | `upgrade`, `downgrade` | a tier | a better one, a lower one |
 * | `lapse` | active | inactive |
 * | `reactivate` | inactive | active |
 * | `convert` | prospect, suspect, rest of world | active |
 * | `convertAndLapse` | prospect, suspect, rest of world | inactive: bought, and fell silent before the second instant |
 * | `qualify` | suspect, rest of world | prospect |
 * | `disqualify` | prospect, suspect | a status further out |
 * | `enable` | rest of world | suspect |
 * | `reverse` | active, inactive | prospect, suspect, rest of world: all that they bought went back |
 * | `enter` | not known before | any layer |
 * | `leave` | any layer | not known after |
 *
 * @example
 * ```ts
 * import { pyramidFlowNames } from "clientele";
 *
 * pyramidFlowNames.includes("convert"); // => true
 * ```
 */
export const pyramidFlowNames = [
  "stay",
  "upgrade",
  "downgrade",
  "lapse",
  "reactivate",
  "convert",
  "convertAndLapse",
  "qualify",
  "disqualify",
  "enable",
  "reverse",
  "enter",
  "leave",
] as const;

/** A move between two layers; {@link pyramidFlowNames} lists and explains them. */
export type PyramidFlowName = (typeof pyramidFlowNames)[number];

/** Everybody who made one kind of move. */
export interface PyramidFlow {
  /** Which move. */
  readonly name: PyramidFlowName;
  /** Number of customers. */
  readonly customers: number;
  /** Their revenue in the window of the first pyramid, minor units. */
  readonly revenueBefore: number;
  /** Their revenue in the window of the second pyramid, minor units. */
  readonly revenueAfter: number;
}

/** One row a customer of {@link PyramidTransitions}: those of the first pyramid in its order, then the new ones. */
export interface PyramidTransitionColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** Layer in the first pyramid; `null` when not known then. */
  readonly before: readonly (string | null)[];
  /** Layer in the second pyramid; `null` when not known any more. */
  readonly after: readonly (string | null)[];
  /** Which move. */
  readonly flow: readonly PyramidFlowName[];
}

/** Who moved between two pyramids. */
export interface PyramidTransitions {
  /** Layers of both pyramids, in their order, and `"unknown"` for those whom one of the pyramids does not have. */
  readonly layers: readonly string[];
  /** Numbers of customers: `matrix[i][j]` were in `layers[i]` and are in `layers[j]`. */
  readonly matrix: readonly (readonly number[])[];
  /** Every kind of move, also those that nobody made. */
  readonly flows: readonly PyramidFlow[];
  /** Everybody in either pyramid. */
  readonly members: Table<PyramidTransitionColumns>;
  /** Instant of the first pyramid, epoch milliseconds. */
  readonly before: number;
  /** Instant of the second pyramid, epoch milliseconds. */
  readonly after: number;
  /** ISO 4217 code of the revenue. */
  readonly currency: string;
}

const UNKNOWN = "unknown";

/**
 * Who moved up, who moved down, who was won and who was lost between two instants?
 *
 * Everybody in either pyramid makes exactly one move, so that the customers of a layer before, less those who went, plus
 * those who came, are the customers of the layer after. Who is in no record and buys for the first time enters; give
 * `customerPyramid` the records of prospects to see them convert.
 *
 * @param before - The pyramid of the first instant.
 * @param after - The pyramid of a later instant, made with the same tiers, ties, measure, active window, zone and currency.
 * Of numbers of your own as the measure nothing more is known: that they are the same kind of number is yours to see to.
 * @returns The matrix of layers, the flows by name with their revenue, and everybody with their move.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the pyramids differ in one of these or `after` is earlier; `CURRENCY_MISMATCH`.
 * @example
 * ```ts
 * import { customerPyramid, pyramidTransitions, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2023-05-20", amount: 700 },
 *     { customerId: "budi", at: "2024-06-02", amount: 300 },
 *   ],
 *   { currency: "IDR" },
 * );
 * const customers = [{ id: "budi", relation: "responded" as const }];
 * const [before, after] = ["2024-01-01", "2025-01-01"].map((asOf) => customerPyramid(log, { asOf, customers }));
 * const { flows } = pyramidTransitions(before, after);
 * flows.filter((flow) => flow.customers > 0).map(({ name, revenueAfter }) => [name, revenueAfter]); // => [["lapse", 0], ["convert", 300]]
 * ```
 */
export function pyramidTransitions(before: CustomerPyramid, after: CustomerPyramid): PyramidTransitions {
  assertComparable(before, after);
  const layers = [...before.layers.map(({ name }) => name), UNKNOWN];
  const outside = layers.length - 1;
  const placeOf = new Map(layers.map((name, place) => [name, place]));
  const flowOf = layers.map((_, from) => layers.map((_, to) => flowPlace(before, from, to)));
  const matrix = layers.map(() => layers.map(() => 0));
  const flows = pyramidFlowNames.map((name) => ({ name, customers: 0, revenueBefore: 0, revenueAfter: 0 }));
  const columns = {
    customerId: [] as string[],
    before: [] as (string | null)[],
    after: [] as (string | null)[],
    flow: [] as PyramidFlowName[],
  };
  const move = (
    customerId: string,
    from: number,
    to: number,
    revenueBefore: number,
    revenueAfter: number,
  ) => {
    const flow = flows[flowOf[from][to]];
    matrix[from][to]++;
    flow.customers++;
    flow.revenueBefore = safeInteger(flow.revenueBefore + revenueBefore, "before", "the revenue of a flow");
    flow.revenueAfter = safeInteger(flow.revenueAfter + revenueAfter, "after", "the revenue of a flow");
    columns.customerId.push(customerId);
    columns.before.push(from === outside ? null : layers[from]);
    columns.after.push(to === outside ? null : layers[to]);
    columns.flow.push(flow.name);
  };

  const then = before.members.columns;
  const now = after.members.columns;
  const rowAfter = new Map<string, number>();
  for (let row = 0; row < now.customerId.length; row++) rowAfter.set(now.customerId[row], row);
  const wasKnown = new Uint8Array(now.customerId.length);
  for (let row = 0; row < then.customerId.length; row++) {
    const id = then.customerId[row];
    const from = placeOf.get(then.layer[row]) ?? outside;
    const next = rowAfter.get(id);
    if (next === undefined) {
      move(id, from, outside, then.revenue[row], 0);
      continue;
    }
    wasKnown[next] = 1;
    move(id, from, placeOf.get(now.layer[next]) ?? outside, then.revenue[row], now.revenue[next]);
  }
  for (let row = 0; row < now.customerId.length; row++) {
    if (wasKnown[row] === 1) continue;
    move(now.customerId[row], outside, placeOf.get(now.layer[row]) ?? outside, 0, now.revenue[row]);
  }
  return {
    layers,
    matrix,
    flows,
    members: table(columns),
    before: before.asOf,
    after: after.asOf,
    currency: before.currency,
  };
}

// From the customers outwards.
const DISTANCE: { readonly [Status in LifecycleStatus]: number } = {
  active: 0,
  inactive: 0,
  prospect: 1,
  suspect: 2,
  restOfWorld: 3,
};

function flowPlace({ layers }: CustomerPyramid, from: number, to: number): number {
  return pyramidFlowNames.indexOf(flowName(layers[from]?.status, layers[to]?.status, to - from));
}

/** The move between two statuses, `undefined` for a layer outside the pyramid; `steps` down the list of layers. */
function flowName(
  from: LifecycleStatus | undefined,
  to: LifecycleStatus | undefined,
  steps: number,
): PyramidFlowName {
  if (steps === 0) return "stay";
  if (from === undefined) return "enter";
  if (to === undefined) return "leave";
  if (from === "active" && to === "active") return steps < 0 ? "upgrade" : "downgrade";
  if (from === "active" && to === "inactive") return "lapse";
  if (from === "inactive" && to === "active") return "reactivate";
  if (to === "active") return "convert";
  if (to === "inactive") return "convertAndLapse";
  if (DISTANCE[from] === 0) return "reverse";
  if (DISTANCE[to] > DISTANCE[from]) return "disqualify";
  return to === "prospect" ? "qualify" : "enable";
}

// What would otherwise show as moves of customers who did not move.
const SAME: readonly (readonly [verb: string, noun: string, read: (pyramid: CustomerPyramid) => string])[] = [
  ["is ranked", "measure", ({ measure }) => `by ${measure}`],
  ["counts", "time zone", ({ timeZone }) => `in ${timeZone}`],
  // Shares that were added up may differ in the last digits.
  [
    "has tiers",
    "set of tiers",
    ({ tiers }) =>
      `up to ${tiers.map(({ cumulativeShare }) => Number(cumulativeShare.toFixed(12))).join(", ")}`,
  ],
  ["treats ties", "rule for ties", ({ ties }) => `as "${ties}"`],
  ["looks back", "active window", ({ activeWindow }) => span(activeWindow)],
];

/** The same text for 12 months and for one year. */
function span({ years = 0, months = 0, weeks = 0, days = 0 }: Duration): string {
  return `${12 * years + months} months and ${7 * weeks + days} days`;
}

function assertComparable(before: CustomerPyramid, after: CustomerPyramid): void {
  const [first, second] = [before, after].map(({ layers }) => layers.map(({ name }) => name).join(", "));
  assertArgument(
    first === second,
    "after",
    () => `after has the layers ${second}, before has ${first}: make both with the same tiers`,
  );
  for (const [verb, noun, read] of SAME) {
    const [was, is] = [read(before), read(after)];
    assertArgument(
      was === is,
      "after",
      () => `after ${verb} ${is}, before ${was}: pass two pyramids of one ${noun}`,
    );
  }
  assertArgument(
    before.asOf <= after.asOf,
    "after",
    () =>
      `after is as of ${shown(new Date(after.asOf))}, earlier than before (${shown(new Date(before.asOf))}): swap them`,
  );
  if (before.currency !== after.currency) {
    throw new ClienteleError(
      "CURRENCY_MISMATCH",
      "after",
      `after is in ${after.currency}, before in ${before.currency}: make both of logs in one currency`,
    );
  }
}
