import { type Rate, ratio } from "../../core/rate.js";
import type { BondKind } from "../../model/bond-kind.js";
import { bondWeights, type WeightedBondOptions } from "./bond-index.js";
import { type Bond, bondsOfOne, type CurrentBonds } from "./current-bonds.js";

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
  const found = bondsOfOne(bonds, options);
  return bondFragilityOf(found, bondWeights(options.weights));
}

/** The fragility of bonds that are checked. @internal */
export function bondFragilityOf(
  { asOf, current }: Pick<CurrentBonds, "asOf" | "current">,
  weightOf: (kind: BondKind) => number,
): BondFragility {
  const sumOf = (rows: readonly Bond[]): number =>
    rows.reduce((sum, { strength, kind }) => sum + strength * weightOf(kind), 0);
  const total = sumOf(current);
  const lossesOf = (type: "person" | "contract"): BondLoss[] => {
    const field = `${type}Id` as const;
    const held = new Map<string, Bond[]>();
    for (const bond of current) {
      const id = bond[field];
      if (id === undefined) continue;
      const own = held.get(id);
      if (own === undefined) held.set(id, [bond]);
      else own.push(bond);
    }
    return [...held].map(([id, rows]) => {
      const lost = sumOf(rows);
      const share = ratio(lost, total, "total strength of bonds");
      return { type, id, lost, share, bonds: rows.map((bond) => bond.id) };
    });
  };
  const losses = [...lossesOf("person"), ...lossesOf("contract")].sort(byLoss);
  const worst = losses[0] ?? null;
  return {
    asOf,
    total,
    fragility: ratio(worst?.lost ?? 0, total, "total strength of bonds"),
    worst,
    losses,
    unattached: sumOf(
      current.filter(({ personId, contractId }) => personId === undefined && contractId === undefined),
    ),
  };
}

/** The largest first; of equal losses persons first, then by id, so that the order of the input does not decide. */
function byLoss(a: BondLoss, b: BondLoss): number {
  if (a.lost !== b.lost) return b.lost - a.lost;
  if (a.type !== b.type) return a.type === "person" ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
