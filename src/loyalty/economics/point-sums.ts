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
  const sums: Mutable<PointSums> = groups.get(key) ?? { ...NO_POINTS };
  if (kind in GIVES) sums[GIVES[kind as keyof typeof GIVES]] += points;
  else sums[TAKES[kind as keyof typeof TAKES]] -= points;
  groups.set(key, sums);
}

type Mutable<T> = { -readonly [Name in keyof T]: T[Name] };

/** Sums of shares of lots, with what is outstanding: of shares it is no difference of the others, to the last bit. @internal */
export interface SharedPoints extends PointSums {
  readonly outstanding: number;
}

/** What of these sums is outstanding. @internal */
export function outstandingOf({
  issued,
  adjusted,
  transferred,
  redeemed,
  expired,
  clawedBack,
}: PointSums): number {
  return issued + adjusted + transferred - clawedBack - redeemed - expired;
}

/** Adds a share of a lot's sums to a group. @internal */
export function addShare<K>(
  groups: Map<K, SharedPoints>,
  key: K,
  lot: PointSums,
  { points, of }: { readonly points: number; readonly of: number },
): void {
  // The product first: whole points come out whole.
  const share = (value: number) => (value * points) / of;
  const before = groups.get(key);
  groups.set(key, {
    issued: (before?.issued ?? 0) + share(lot.issued),
    adjusted: (before?.adjusted ?? 0) + share(lot.adjusted),
    transferred: (before?.transferred ?? 0) + share(lot.transferred),
    redeemed: (before?.redeemed ?? 0) + share(lot.redeemed),
    expired: (before?.expired ?? 0) + share(lot.expired),
    clawedBack: (before?.clawedBack ?? 0) + share(lot.clawedBack),
    outstanding: (before?.outstanding ?? 0) + share(outstandingOf(lot)),
  });
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
