import { assertArgument, assertOptions, shown } from "../../core/assert.js";
import { type Rate, ratio } from "../../core/rate.js";
import { type BondKind, bondKinds } from "../../model/bond-kind.js";
import { isFiniteNumber } from "../../value/checked-rows.js";
import { isVoluntaryKind } from "./bond-kind-facts.js";
import { type Bond, type BondOptions, bondsOfOne, type CurrentBonds, isAbsent } from "./current-bonds.js";

/** Weights by kind of bond. */
export interface WeightedBondOptions extends BondOptions {
  /** Weight of a kind, from 0; default 1 for each kind that is not named. */
  readonly weights?: Readonly<Partial<Record<BondKind, number>>> | undefined;
}

/** How firmly one customer is bound. */
export interface BondIndex {
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** Number of bonds that hold. */
  readonly bonds: number;
  /** Weighted mean of the strength of the bonds that hold, 0 to 1: how strong they are, not how many; `null` without any. */
  readonly index: Rate;
  /** Weighted mean over the kinds of the strongest bond of each, 0 for a kind without one: how far the net is spread. */
  readonly breadth: Rate;
  /** Sum of strength x weight. */
  readonly total: number;
  /** Part of the total that is in structural bonds; `null` where the total is 0. */
  readonly structuralShare: Rate;
  /** Part of the total that is in bonds the customer is held by against their will; `null` where the total is 0. */
  readonly forcedShare: Rate;
  /** Each bond that holds, with its part, in the order of the input. */
  readonly contributions: readonly {
    /** Which bond. */
    readonly id: string;
    /** What it is made of. */
    readonly kind: BondKind;
    /** 0 to 1. */
    readonly strength: number;
    /** Weight of its kind. */
    readonly weight: number;
    /** As stated, or by kind. */
    readonly voluntary: boolean;
    /** Whether `voluntary` was stated, or is what the kind implies. */
    readonly voluntaryFrom: "stated" | "kind";
    /** Strength x weight as a part of the total. */
    readonly share: Rate;
  }[];
}

/**
 * How firmly is a customer bound, how widely, and how much of it is structural?
 *
 * The `index` is the weighted mean of the bonds that hold; it rises when the weakest is cut. `breadth` does not: it counts
 * kinds without a bond as 0, over all kinds whose weight is above 0; give 0 to the kinds that do not come into question.
 * The numbers order customers within your own way of rating strength; no published norms stand behind them.
 *
 * @param bonds - Bonds of one customer.
 * @param options - `asOf`, `weights` by kind, the zone of civil days.
 * @returns Index, breadth, structural and forced share, each bond's part.
 * @throws {@link ClienteleError} as {@link currentBonds}; `INVALID_ROWS` for bonds of several customers; `INVALID_ARGUMENT` for a
 *   weight that is no number from 0 on or of no kind.
 * @example
 * ```ts
 * import { type Bond, bondIndex } from "clientele";
 *
 * const bonds: Bond[] = [
 *   { id: "frame", class: "structural", kind: "legal", strength: 0.75, since: "2023-01-01" },
 *   { id: "dewi", class: "social", kind: "social", strength: 0.25, since: "2023-06-01" },
 * ];
 * const found = bondIndex(bonds, { asOf: "2024-01-01" });
 * found.index.value; // => 0.5
 * found.structuralShare.value; // => 0.75
 * bondIndex(bonds, { asOf: "2024-01-01", weights: { social: 3 } }).index.value; // => 0.375
 * ```
 */
export function bondIndex(bonds: readonly Bond[], options: WeightedBondOptions): BondIndex {
  const found = bondsOfOne(bonds, options);
  return bondIndexOf(found, bondWeights(options.weights));
}

/** The index of bonds that are checked. */
function bondIndexOf({ asOf, current }: CurrentBonds, weightOf: (kind: BondKind) => number): BondIndex {
  const rates = bondRates(current, weightOf);
  return {
    asOf,
    ...rates,
    contributions: current.map(({ id, kind, strength, voluntary }) => {
      const weight = weightOf(kind);
      return {
        id,
        kind,
        strength,
        weight,
        voluntary: voluntary ?? isVoluntaryKind(kind),
        voluntaryFrom: isAbsent(voluntary) ? "kind" : "stated",
        share: ratio(strength * weight, rates.total, TOTAL),
      };
    }),
  };
}

const TOTAL = "total strength of bonds";

/** What an index says of all bonds together; they are checked and hold. @internal */
export function bondRates(
  current: readonly Bond[],
  weightOf: (kind: BondKind) => number,
): Omit<BondIndex, "asOf" | "contributions"> {
  let [total, weights, structural, forced] = [0, 0, 0, 0];
  const strongest = bondKinds.map(() => 0);
  for (const { class: own, kind, strength, voluntary } of current) {
    const weight = weightOf(kind);
    const part = strength * weight;
    total += part;
    weights += weight;
    if (own === "structural") structural += part;
    if (!(voluntary ?? isVoluntaryKind(kind))) forced += part;
    const place = bondKinds.indexOf(kind);
    strongest[place] = Math.max(strongest[place], strength);
  }
  let [spread, allWeights] = [0, 0];
  for (let place = 0; place < bondKinds.length; place++) {
    const weight = weightOf(bondKinds[place]);
    spread += strongest[place] * weight;
    allWeights += weight;
  }
  return {
    bonds: current.length,
    index: ratio(total, weights, "weight of the bonds that hold"),
    breadth: ratio(spread, allWeights, "weight of all kinds"),
    total,
    structuralShare: ratio(structural, total, TOTAL),
    forcedShare: ratio(forced, total, TOTAL),
  };
}

/** The weight of each kind, checked. @internal */
export function bondWeights(
  weights: Readonly<Partial<Record<BondKind, number>>> | undefined,
): (kind: BondKind) => number {
  if (weights === undefined) return unweighted;
  assertOptions(weights, "a weight by kind of bond", "options.weights");
  for (const [kind, weight] of Object.entries<unknown>(weights)) {
    const path = `options.weights.${kind}`;
    assertArgument(
      bondKinds.includes(kind as BondKind),
      path,
      () => `${path} is a weight of no kind of bond: pass kinds of bondKinds`,
    );
    assertArgument(
      weight === undefined || (isFiniteNumber(weight) && weight >= 0),
      path,
      () => `${path} is ${shown(weight)}: pass a finite number from 0 on`,
    );
  }
  return (kind) => (Object.hasOwn(weights, kind) ? (weights[kind] ?? 1) : 1);
}

function unweighted(): number {
  return 1;
}
