import type { RevenueBridge, RevenueMovementKind } from "../retention/revenue/revenue-bridge.js";
import { INK } from "./chart-frame.js";

/** How a movement of revenue looks: gains are filled, losses pale with a dark edge, so that colour is never needed. @internal */
export interface MovementLook {
  readonly kind: RevenueMovementKind;
  readonly fill: string;
  readonly edge: string;
  /** The change with its sign. */
  readonly changeOf: (revenue: RevenueBridge) => number;
}

const LOSS_EDGE = "#8c3e06";

/** In the order in which a bridge is told. @internal */
const MOVEMENT_LOOKS: readonly MovementLook[] = [
  { kind: "new", fill: INK.strong, edge: INK.strong, changeOf: (revenue) => revenue.new },
  { kind: "reactivation", fill: "#a9cbe0", edge: INK.middle, changeOf: (revenue) => revenue.reactivation },
  { kind: "expansion", fill: INK.middle, edge: INK.middle, changeOf: (revenue) => revenue.expansion },
  { kind: "contraction", fill: "#fbeadb", edge: LOSS_EDGE, changeOf: (revenue) => 0 - revenue.contraction },
  { kind: "churn", fill: "#dd9a63", edge: LOSS_EDGE, changeOf: (revenue) => 0 - revenue.churn },
  { kind: "adjustment", fill: INK.band, edge: INK.muted, changeOf: (revenue) => revenue.adjustment },
];

/** The movements to draw: all of them, and the adjustment where there is one. @internal */
export function looksFor(bridges: readonly RevenueBridge[]): readonly MovementLook[] {
  return MOVEMENT_LOOKS.filter(
    ({ kind, changeOf }) => kind !== "adjustment" || bridges.some((bridge) => changeOf(bridge) !== 0),
  );
}
