import type { PointMovementKind } from "./point-movement.js";

/** Points of one date of issue in a lot; a lot of a reversed redemption can have several. @internal */
export interface LotLayer {
  readonly issuedAt: number;
  /** Points that it can have. */
  original: number;
  /** Points that members have. */
  readonly out: DatedPoints;
  /** Points that were spent and not given back. */
  readonly spent: DatedPoints;
  /** Points that lapsed. */
  readonly lapsed: DatedPoints;
}

/** Points and how they came to be so many, in the order of time. */
interface DatedPoints {
  points: number;
  readonly changes: { readonly at: number; points: number }[];
}

/** A layer whose points are about to come: anew, or back from being spent at an instant. @internal */
export function lotLayer(issuedAt: number, original: number, spentAt: number | null = null): LotLayer {
  const none = (): DatedPoints => ({ points: 0, changes: [] });
  const layer = { issuedAt, original, out: none(), spent: none(), lapsed: none() };
  if (spentAt !== null) change(layer.spent, original, spentAt);
  return layer;
}

/**
 * Takes points from the earliest layers that have some (below 0), or gives them back (above 0) to the latest that lost some
 * in that way: what was spent of one date of issue does not come back to another. What happened before there were such points
 * arrived late and counts from when there were. Returns what no layer could take or give.
 *
 * @internal
 */
export function moveLayers(
  layers: readonly LotLayer[],
  kind: PointMovementKind,
  points: number,
  at: number,
  moved: (issuedAt: number, points: number, at: number) => void,
): number {
  const counted = kind === "redeemed" || kind === "reversed" ? "spent" : kind === "expired" ? "lapsed" : null;
  let missing = points;
  for (let i = 0; i < layers.length && missing !== 0; i++) {
    const layer = layers[points > 0 ? layers.length - 1 - i : i];
    const other = counted === null ? null : layer[counted];
    const free = other === null ? layer.original - layer.out.points : other.points;
    const part = points > 0 ? Math.min(missing, free) : Math.max(missing, 0 - layer.out.points);
    if (part === 0) continue;
    const from = part < 0 ? layer.out : other;
    const when = from === null ? at : availableFrom(from, Math.abs(part), at);
    change(layer.out, part, when);
    if (other !== null) change(other, -part, when);
    missing -= part;
    moved(layer.issuedAt, part, when);
  }
  return missing;
}

/** The first instant, `at` or later, from which on there are always so many points. */
function availableFrom({ points: now, changes }: DatedPoints, points: number, at: number): number {
  let then = now;
  for (let i = changes.length - 1; i >= 0 && changes[i].at > at; i--) {
    then -= changes[i].points;
    if (then < points) return changes[i].at;
  }
  return at;
}

/** What happens at one instant is one change: a lapse and what was taken out of it leave no gap. */
function change(dated: DatedPoints, points: number, at: number): void {
  const { changes } = dated;
  let place = changes.length;
  while (place > 0 && changes[place - 1].at > at) place--;
  if (place > 0 && changes[place - 1].at === at) changes[place - 1].points += points;
  else changes.splice(place, 0, { at, points });
  dated.points += points;
}

/** Dates of issue of points that left a lot and never return to it: the latest that were spent first. @internal */
export function layersGone(
  layers: readonly LotLayer[],
  points: number,
): { readonly issuedAt: number; points: number; readonly since: number }[] {
  let missing = points;
  return [...layers].reverse().flatMap((layer) => {
    const part = Math.min(missing, layer.spent.points);
    if (part === 0) return [];
    const since = availableFrom(layer.spent, part, Number.NEGATIVE_INFINITY);
    layer.original -= part;
    change(layer.spent, -part, since);
    missing -= part;
    return [{ issuedAt: layer.issuedAt, points: part, since }];
  });
}
