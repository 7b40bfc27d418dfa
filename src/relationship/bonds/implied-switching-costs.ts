import { type Rate, ratio } from "../../core/rate.js";
import { type BondSwitchingCost, factsOf } from "./bond-kind-facts.js";
import { type Bond, type BondOptions, bondsOfOne } from "./current-bonds.js";

/** What leaving would cost, as far as bonds say. */
export interface ImpliedSwitchingCosts {
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** Procedural, financial, relational, contractual. */
  readonly kinds: readonly {
    /** Of which kind. */
    readonly kind: BondSwitchingCost;
    /** Sum of the strength of the bonds that imply it: an order of size, not an amount. */
    readonly strength: number;
    /** The same as a part of all; `null` where all have strength 0. */
    readonly share: Rate;
    /** The bonds that imply it, in the order of the input. */
    readonly bonds: readonly string[];
  }[];
}

const KINDS: readonly BondSwitchingCost[] = ["procedural", "financial", "relational", "contractual"];

/**
 * Which switching costs do a customer's bonds imply?
 *
 * Each bond brings the kind of cost that {@link bondKindFacts} names. The first three kinds are those of Burnham, Frels & Mahajan
 * (2003). Strengths are no money: what each cost amounts to is for {@link switchingCosts}, from records of your own.
 *
 * @param bonds - Bonds of one customer.
 * @param options - `asOf`, the zone of civil days.
 * @returns The four kinds with the strength behind them.
 * @throws {@link ClienteleError} as {@link bondIndex}.
 * @example
 * ```ts
 * import { type Bond, impliedSwitchingCosts } from "clientele";
 *
 * const bonds: Bond[] = [
 *   { id: "frame", class: "structural", kind: "legal", strength: 0.75, since: "2023-01-01" },
 *   { id: "dewi", class: "social", kind: "social", strength: 0.25, since: "2023-01-01" },
 * ];
 * const { kinds } = impliedSwitchingCosts(bonds, { asOf: "2024-01-01" });
 * kinds.map(({ kind, strength }) => [kind, strength]);
 * // => [["procedural", 0], ["financial", 0], ["relational", 0.25], ["contractual", 0.75]]
 * ```
 */
export function impliedSwitchingCosts(bonds: readonly Bond[], options: BondOptions): ImpliedSwitchingCosts {
  const { asOf, current } = bondsOfOne(bonds, options);
  const sumOf = (rows: readonly Bond[]): number => rows.reduce((sum, { strength }) => sum + strength, 0);
  const total = sumOf(current);
  return {
    asOf,
    kinds: KINDS.map((kind) => {
      const own = current.filter((bond) => factsOf(bond.kind).switchingCost === kind);
      const strength = sumOf(own);
      return {
        kind,
        strength,
        share: ratio(strength, total, "total strength of bonds"),
        bonds: own.map(({ id }) => id),
      };
    }),
  };
}
