import { type Rate, ratio } from "../../core/rate.js";
import type { BondKind } from "../../model/bond-kind.js";
import { bondWeights, type WeightedBondOptions } from "./bond-index.js";
import { type Bond, bondsOfOne } from "./current-bonds.js";

/** What is lost with one person or one contract. */
export interface BondLoss {
  /** Whether a person leaves or a contract ends. */
  readonly type: "person" | "contract";
  /** Which person or contract. */
  readonly id: string;
  /** Strength x weight that goes with it. */
  readonly lost: number;
  /** The same as a part of the total; `null` where that is 0. */
  readonly share: Rate;
  /** The bonds that go, in the order of the input. */
  readonly bonds: readonly string[];
}

/** How much hangs on a single thread. */
export interface BondFragility {
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** Sum of strength x weight of the bonds that hold. */
  readonly total: number;
  /** The largest share that one person or one contract takes along, 0 when none takes any; `null` where the total is 0. */
  readonly fragility: Rate;
  /** What takes it along; `null` when no bond hangs on one person or contract. */
  readonly worst: BondLoss | null;
  /** Every person and contract that a bond hangs on, the largest loss first; of equal ones persons first, then by id. */
  readonly losses: readonly BondLoss[];
  /** Sum of strength x weight that hangs on no one person or contract: on many, or on nobody that is recorded. */
  readonly unattached: number;
}

/**
 * What share of all that binds a customer is lost when one person leaves or one contract ends?
 *
 * Each person and each contract is taken away in turn. A bond that names both is lost with either.
 *
 * @param bonds - Bonds of one customer.
 * @param options - `asOf`, `weights` by kind, the zone of civil days.
 * @returns The largest share that can be lost at once, and every loss.
 * @throws {@link ClienteleError} as {@link bondIndex}.
 * @example
 * ```ts
 * import { type Bond, bondFragility } from "clientele";
 *
 * const bonds: Bond[] = [
 *   { id: "frame", class: "structural", kind: "legal", strength: 0.5, since: "2023-01-01", contractId: "K-17" },
 *   { id: "lunch", class: "social", kind: "social", strength: 0.5, since: "2023-01-01", personId: "dewi" },
 *   { id: "advice", class: "structural", kind: "knowledge", strength: 1, since: "2023-01-01", personId: "dewi" },
 * ];
 * const { fragility, worst } = bondFragility(bonds, { asOf: "2024-01-01" });
 * fragility.value; // => 0.75
 * worst?.bonds; // => ["lunch", "advice"]
 * ```
 */
export function bondFragility(bonds: readonly Bond[], options: WeightedBondOptions): BondFragility {
  const { asOf, current } = bondsOfOne(bonds, options);
  const weightOf = bondWeights(options.weights);
  const total = sumOf(current, weightOf);
  const losses: BondLoss[] = [];
  for (const type of TYPES) {
    for (const [id, rows] of holders(current, type)) {
      const lost = sumOf(rows, weightOf);
      losses.push({ type, id, lost, share: ratio(lost, total, TOTAL), bonds: rows.map((bond) => bond.id) });
    }
  }
  losses.sort(byLoss);
  const worst = losses[0] ?? null;
  return {
    asOf,
    total,
    fragility: ratio(worst?.lost ?? 0, total, TOTAL),
    worst,
    losses,
    unattached: sumOf(
      current.filter(({ personId, contractId }) => personId === undefined && contractId === undefined),
      weightOf,
    ),
  };
}

const TYPES = ["person", "contract"] as const;
const TOTAL = "total strength of bonds";

/** The fragility alone of bonds that are checked and hold, whose strength x weight sums to `total`. @internal */
export function fragilityOf(
  current: readonly Bond[],
  total: number,
  weightOf: (kind: BondKind) => number,
): Rate {
  let most = 0;
  for (const type of TYPES)
    for (const rows of holders(current, type).values()) most = Math.max(most, sumOf(rows, weightOf));
  return ratio(most, total, TOTAL);
}

/** The bonds that hang on each person or contract. */
function holders(bonds: readonly Bond[], type: "person" | "contract"): ReadonlyMap<string, readonly Bond[]> {
  let held: Map<string, Bond[]> | undefined;
  for (const bond of bonds) {
    const id = type === "person" ? bond.personId : bond.contractId;
    if (id === undefined) continue;
    held ??= new Map();
    const own = held.get(id);
    if (own === undefined) held.set(id, [bond]);
    else own.push(bond);
  }
  return held ?? NOBODY;
}

const NOBODY: ReadonlyMap<string, readonly Bond[]> = new Map();

function sumOf(bonds: readonly Bond[], weightOf: (kind: BondKind) => number): number {
  let sum = 0;
  for (const { strength, kind } of bonds) sum += strength * weightOf(kind);
  return sum;
}

/** The largest first; of equal losses persons first, then by id, so that the order of the input does not decide. */
function byLoss(a: BondLoss, b: BondLoss): number {
  if (a.lost !== b.lost) return b.lost - a.lost;
  if (a.type !== b.type) return a.type === "person" ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
