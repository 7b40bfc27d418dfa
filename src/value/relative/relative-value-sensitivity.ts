import { assertBetween, assertOptions } from "../../core/assert.js";
import { weightAtTarget } from "../worth/weight-at-target.js";
import type { MovedWeight } from "../worth/weight-sensitivity.js";
import {
  type ComparableAttribute,
  type CustomerValueAnalysis,
  type CustomerValueAnalysisInput,
  customerValueAnalysis,
  type MarketPerceivedRatio,
} from "./customer-value-analysis.js";

/** How far weights are moved. */
export interface RelativeValueSensitivityOptions {
  /** By which share each weight goes down and up, above 0 and below 1; default 0.25. */
  readonly change?: number | undefined;
}

/** One weight of a customer value analysis, moved alone. */
export interface RelativeWeightSwing {
  /** An attribute of quality, one of price, or the weight of quality against price. */
  readonly part: "quality" | "price" | "qualityWeight";
  /** Which attribute; `"qualityWeight"` for the weight of quality. */
  readonly id: string;
  /** The weight as it came. */
  readonly weight: number;
  /** CVA with the weight lowered. */
  readonly down: MovedWeight;
  /** CVA with the weight raised. */
  readonly up: MovedWeight;
  /** Distance between both. */
  readonly swing: number;
  /** The weight at which CVA is 1, all others as they came: beyond it, where it is not 0, the other side is ahead. `null`: no weight from 0 on does it. */
  readonly breakEven: number | null;
  /** The same as a share of the weights of its kind, 0 to 1, as {@link customerValueAnalysis} reports weights; `null` where that is. */
  readonly breakEvenShare: number | null;
  /** Relative change of the weight up to there; `null` without a break-even or with a weight of 0. */
  readonly change: number | null;
}

/** How firm the answer of a customer value analysis is. */
export interface RelativeValueSensitivity {
  /** CVA with the weights as they came. */
  readonly value: number;
  /** Share by which each weight went down and up. */
  readonly change: number;
  /** One for each weight, the longest first. */
  readonly bars: readonly RelativeWeightSwing[];
}

/**
 * On which weight does it hang that customers get more from us than from competitors?
 *
 * One weight at a time; the others of its kind give way in proportion, because weights count by their share of the sum. The
 * break-even weight is exact. The weight of price stays as it came while that of quality moves: a break-even of 20 beside 40 is a
 * share of one third.
 *
 * @param input - As for {@link customerValueAnalysis}, in any form.
 * @param options - `change`.
 * @returns The bars of a tornado diagram, each with the weight that turns the answer.
 * @throws {@link ClienteleError} as {@link customerValueAnalysis}; `INVALID_ARGUMENT` for a change not between 0 and 1.
 * @example
 * ```ts
 * import { relativeValueSensitivity } from "clientele";
 *
 * const { bars } = relativeValueSensitivity({
 *   quality: [{ id: "reliability", weight: 3, ours: 8, theirs: 5 }, { id: "design", weight: 1, ours: 6, theirs: 5 }],
 *   price: [{ id: "purchase price", weight: 1, ours: 6, theirs: 8 }],
 *   qualityWeight: 60,
 *   priceWeight: 40,
 * });
 * const bar = bars.find(({ part }) => part === "qualityWeight");
 * bar?.breakEven; // ~> 20
 * bar?.breakEvenShare; // ~> 0.3333333333333333
 * ```
 */
export function relativeValueSensitivity(
  input: CustomerValueAnalysisInput,
  options: RelativeValueSensitivityOptions = {},
): RelativeValueSensitivity {
  assertOptions(options);
  const { change = 0.25 } = options;
  assertBetween(change, "options.change", 0, 1);
  const base = customerValueAnalysis(input);
  const swing = (
    part: RelativeWeightSwing["part"],
    id: string,
    weight: number,
    withWeight: (weight: number) => CustomerValueAnalysisInput,
  ): RelativeWeightSwing => {
    const [down, up] = [weight * (1 - change), weight * (1 + change)].map((moved) => ({
      weight: moved + 0,
      value: customerValueAnalysis(withWeight(moved)).value,
    }));
    const breakEven = breakEvenOf(part, id, input, base);
    const others =
      part === "qualityWeight"
        ? input.priceWeight
        : input[part].reduce((sum, one) => (one.id === id ? sum : sum + one.weight), 0);
    const all = others + (breakEven ?? 0);
    return {
      part,
      id,
      weight,
      down,
      up,
      swing: Math.abs(up.value - down.value),
      breakEven,
      breakEvenShare: breakEven === null || !(all > 0) ? null : breakEven / all,
      change: breakEven === null || weight === 0 ? null : (breakEven - weight) / weight,
    };
  };
  const ofKind = (kind: "quality" | "price"): RelativeWeightSwing[] =>
    input[kind].map(({ id, weight }, place) =>
      swing(kind, id, weight, (moved) => ({
        ...input,
        [kind]: input[kind].map((attribute, i) =>
          i === place ? { ...attribute, weight: moved } : attribute,
        ),
      })),
    );
  const bars = [
    swing("qualityWeight", "qualityWeight", input.qualityWeight, (moved) => ({
      ...input,
      qualityWeight: moved,
    })),
    ...ofKind("quality"),
    ...ofKind("price"),
  ];
  return { value: base.value, change, bars: bars.sort((a, b) => b.swing - a.swing) };
}

/** Ratios lie around 1, and are rounded there: a logarithm of 1e-16 is none. */
const UNIT = 1;

function breakEvenOf(
  part: RelativeWeightSwing["part"],
  id: string,
  input: CustomerValueAnalysisInput,
  base: CustomerValueAnalysis,
): number | null {
  // In a product, logarithms are what weights multiply, and log 1 = 0 is where the answer turns.
  const isSum = base.form === "additive";
  const measure = (ratio: number): number => (isSum ? ratio : Math.log(ratio));
  const level = isSum ? 1 : 0;
  if (part === "qualityWeight") {
    const rest = input.priceWeight * measure(base.price.ratio);
    const own = measure(base.quality.ratio);
    const reach = Math.max(UNIT, Math.abs(own), Math.abs(measure(base.price.ratio)));
    return weightAtTarget({
      rest,
      restWeight: input.priceWeight,
      own,
      target: level,
      combine: "mean",
      reach,
    });
  }
  const [own, other] =
    part === "quality"
      ? [base.qualityWeight, base.priceWeight * measure(base.price.ratio)]
      : [base.priceWeight, base.qualityWeight * measure(base.quality.ratio)];
  if (own === 0) return null;
  const needed = (level - other) / own;
  const isLog = base.form === "geometricThroughout";
  // The ratio of this kind that is needed, in the measure in which its attributes are averaged.
  const target = isSum || isLog ? needed : Math.exp(needed);
  return attributeBreakEven(input[part], base[part], id, target, isLog);
}

function attributeBreakEven(
  attributes: readonly ComparableAttribute[],
  { attributes: compared }: MarketPerceivedRatio,
  id: string,
  target: number,
  isLog: boolean,
): number | null {
  let own = 0;
  let rest = 0;
  let restWeight = 0;
  let reach = Math.max(UNIT, Math.abs(target));
  for (const [i, { ratio }] of compared.entries()) {
    const value = isLog ? Math.log(ratio) : ratio;
    reach = Math.max(reach, Math.abs(value));
    const { weight } = attributes[i];
    if (attributes[i].id === id) own = value;
    else {
      rest += weight * value;
      restWeight += weight;
    }
  }
  return weightAtTarget({ rest, restWeight, own, target, combine: "mean", reach });
}
