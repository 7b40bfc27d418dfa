import type { PointMovementKind } from "../liability/point-movement.js";

/** Points by what moved them; what takes points away counts above 0. @internal */
export interface PointSums {
  readonly issued: number;
  readonly adjusted: number;
  readonly transferred: number;
  readonly redeemed: number;
  readonly expired: number;
  readonly clawedBack: number;
}

/** @internal */
export const NO_POINTS: PointSums = {
  issued: 0,
  adjusted: 0,
  transferred: 0,
  redeemed: 0,
  expired: 0,
  clawedBack: 0,
};

const GIVES = { issued: "issued", adjusted: "adjusted", transferred: "transferred" } as const;
const TAKES = {
  redeemed: "redeemed",
  reversed: "redeemed",
  expired: "expired",
  clawedBack: "clawedBack",
} as const;

/** Adds a movement to its group. @internal */
export function addMovement<K>(
  groups: Map<K, PointSums>,
  key: K,
  kind: PointMovementKind,
  points: number,
): void {
  const sums = { ...(groups.get(key) ?? NO_POINTS) };
  if (kind in GIVES) sums[GIVES[kind as keyof typeof GIVES]] += points;
  else sums[TAKES[kind as keyof typeof TAKES]] -= points;
  groups.set(key, sums);
}

/** The sum of two. @internal */
export function plusPointSums(a: PointSums, b: PointSums): PointSums {
  return {
    issued: a.issued + b.issued,
    adjusted: a.adjusted + b.adjusted,
    transferred: a.transferred + b.transferred,
    redeemed: a.redeemed + b.redeemed,
    expired: a.expired + b.expired,
    clawedBack: a.clawedBack + b.clawedBack,
  };
}
