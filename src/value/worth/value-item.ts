import { assertOptions } from "../../core/assert.js";
import { type ValueSource, valueSources } from "../../model/value-source.js";
import {
  checkRows,
  checkWeight,
  isFiniteNumber,
  isScale,
  sacrificeProblem,
  uniqueId,
  type ValueScale,
} from "../checked-rows.js";

/**
 * Which kinds of benefit does the literature name?
 *
 * Product, service, personnel and image (Kotler's total customer benefit), pride and brand; yours may have other names.
 *
 * @example
 * ```ts
 * import { benefitKinds } from "clientele";
 *
 * benefitKinds; // => ["product", "service", "personnel", "image", "pride", "brand"]
 * ```
 */
export const benefitKinds = ["product", "service", "personnel", "image", "pride", "brand"] as const;

/** A kind of benefit; {@link benefitKinds} lists them. */
export type BenefitKind = (typeof benefitKinds)[number];

/**
 * Which kinds of sacrifice does the literature name?
 *
 * Money, time, energy and psychic cost (Kotler's total customer cost), loss of comfort, loss of safety, and worry;
 * yours may have other names.
 *
 * @example
 * ```ts
 * import { sacrificeKinds } from "clientele";
 *
 * sacrificeKinds; // => ["monetary", "time", "energy", "psychic", "discomfort", "insecurity", "anxiety"]
 * ```
 */
export const sacrificeKinds = [
  "monetary",
  "time",
  "energy",
  "psychic",
  "discomfort",
  "insecurity",
  "anxiety",
] as const;

/** A kind of sacrifice; {@link sacrificeKinds} lists them. */
export type SacrificeKind = (typeof sacrificeKinds)[number];

/** Whether something is got or given. */
export type ValueSide = "benefit" | "sacrifice";

/** One benefit or sacrifice, with how much of it there is. */
export interface ValueItem {
  /** Which: a {@link BenefitKind}, a {@link SacrificeKind} or a name of your own; once on its side. */
  readonly id: BenefitKind | SacrificeKind | (string & {});
  /** How much of it, the more the higher, on `scale`. A sacrifice is scored by its size too: 10 is a great burden; below 0 only on a scale that goes there. */
  readonly score: number;
  /** How much it matters, from 0; default 1. */
  readonly weight?: number | undefined;
  /** Lowest and highest score that is possible; absent: not bounded. */
  readonly scale?: ValueScale | undefined;
  /** From whom the score comes; absent: not recorded. */
  readonly source?: ValueSource | undefined;
  /** In your words; kept as it is. */
  readonly note?: string | undefined;
}

/** What a customer gets and what a customer gives. */
export interface ValueItems {
  /** What is got. */
  readonly benefits: readonly ValueItem[];
  /** What is given up for it. */
  readonly sacrifices: readonly ValueItem[];
}

/** Throws unless both sides are lists of items; paths begin with `prefix`, which ends in a point. @internal */
export function assertValueItems(input: unknown, prefix = ""): asserts input is ValueItems {
  assertOptions(input, "{ benefits, sacrifices }", prefix === "" ? "value" : prefix.slice(0, -1));
  const { benefits, sacrifices } = input as ValueItems;
  for (const [side, items] of [
    ["benefit", benefits],
    ["sacrifice", sacrifices],
  ] as const) {
    const checkId = uniqueId();
    checkRows(items, `${prefix}${side}s`, (row, report) => {
      checkId(row, report);
      checkWeight(row.weight, report);
      const { score, scale, source } = row;
      if (scale !== undefined && !isScale(scale))
        report("scale", "is not { min, max } with min below max", scale);
      if (!isFiniteNumber(score)) report("score", "is not a finite number", score);
      else {
        if (isScale(scale) && (score < scale.min || score > scale.max))
          report("score", `is outside its scale from ${scale.min} to ${scale.max}`, score);
        const problem = side === "sacrifice" ? sacrificeProblem(score, scale) : null;
        if (problem !== null) report("score", problem, score);
      }
      if (source !== undefined && !valueSources.includes(source as ValueSource))
        report("source", `is not one of ${valueSources.join(", ")}`, source);
    });
  }
}
