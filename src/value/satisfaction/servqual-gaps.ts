import { assertArgument, assertOneOf, assertOptions, shown } from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import { shareOfCount } from "../../core/share-of-count.js";
import { type ConfidenceOptions, confidenceLevelOf } from "../../statistics/confidence.js";
import { type MeanEstimate, meanEstimate } from "../../statistics/scales/mean-estimate.js";
import { readAnswers } from "../../statistics/scales/read-answers.js";
import { assertWaveId, type ReadAnswers, type ScaleAnswers } from "../../statistics/scales/scale-answers.js";
import { type ReadScale, readScale, type ScaleDefinition } from "../../statistics/scales/scale-definition.js";

/** What the same respondents expect and perceive, item by item. */
export interface ServiceQualityAnswers {
  /** What an excellent company would do, in any form that {@link scaleScore} takes. */
  readonly expectations: ScaleAnswers;
  /** What we do, by the same items and respondents. */
  readonly perceptions: ScaleAnswers;
}

/** How dimensions are weighted, and which answers are read. */
export interface ServqualOptions extends ConfidenceOptions {
  /** Weight of each dimension, 0 or above, in any unit (the 100 points that customers spread); absent: no weighted gap. */
  readonly weights?: Readonly<Record<string, number>> | undefined;
  /** The wave to read, where answers are of several. */
  readonly waveId?: string | undefined;
  /** What to do with answers to items that the scale does not have: `"refuse"` (default), or `"skip"` and count them. */
  readonly unknownItems?: "refuse" | "skip" | undefined;
}

/** A gap over respondents: perception less expectation, in scale units; below 0, less than expected. */
export interface ServiceGap {
  /** How many respondents it is made of. */
  readonly n: number;
  /** Their mean gap; `null` when there are none. */
  readonly gap: number | null;
  /** Of the mean gap, by Student's t; `null` with fewer than 2 respondents. */
  readonly interval: Interval | null;
}

/** The gap of one item. */
export interface ServiceItemGap extends ServiceGap {
  /** Which item. */
  readonly id: string;
  /** Its dimension. */
  readonly dimension: string;
  /** Mean expectation of the same respondents, as scored; `null` when there are none. */
  readonly expectation: number | null;
  /** Mean perception of the same respondents, as scored; `null` when there are none. */
  readonly perception: number | null;
  /** How many respondents lack one of the two answers. */
  readonly missing: number;
}

/** The gap of one dimension: over respondents with enough items, the mean of their items. */
export interface ServiceDimensionGap extends ServiceGap {
  /** Its name. */
  readonly dimension: string;
  /** Its weight among all, 0 to 1; `null` without weights. */
  readonly weight: number | null;
  /** How many respondents have too few items. */
  readonly missing: number;
}

/** Service quality as gaps. */
export interface ServqualGaps {
  /** Which scale. */
  readonly scaleId: string;
  /** Which wave each list is of; `null` where its answers name none. Expectations may have been asked for earlier. */
  readonly waves: { readonly expectations: string | null; readonly perceptions: string | null };
  /** How many answers to items that the scale does not have were skipped, in both lists. */
  readonly skipped: number;
  /** How many respondents there are in either list. */
  readonly respondents: number;
  /** How many of them are in one list only. */
  readonly unpaired: number;
  /** The items, in the order of the scale. */
  readonly items: readonly ServiceItemGap[];
  /** The dimensions, in the order of their first items. */
  readonly dimensions: readonly ServiceDimensionGap[];
  /** Mean of the dimensions, by respondents with a gap in all of them. */
  readonly unweighted: ServiceGap;
  /** Weighted mean of the dimensions, by the same respondents; `null` without weights. */
  readonly weighted: ServiceGap | null;
}

/**
 * Where do we fall short of what customers expect of good service (SERVQUAL)?
 *
 * The gap of an item is perception less expectation of the same respondent; a dimension is the mean of its items, the whole
 * the mean of the dimensions, weighted by their importance if weights are given (Parasuraman, Zeithaml & Berry 1988). Any
 * items and dimensions do. Difference scores are less reliable than their parts; perceptions alone often predict as well
 * (Cronin & Taylor 1992): score them with {@link scaleScore}.
 *
 * @param answers - Expectations and perceptions, each once for a respondent and item.
 * @param scale - The items with their dimensions; `minAnswered` counts items with both answers.
 * @param options - `weights`, `waveId`, `unknownItems`, `confidenceLevel`.
 * @returns Gaps by item, by dimension, and of the whole, with intervals and n at each step.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an answer is not on its scale, unknown or given twice;
 * `INVALID_ARGUMENT` when the scale is none or weights do not fit its dimensions.
 * @example
 * ```ts
 * import { servqualGaps } from "clientele";
 *
 * const items = [{ id: "modern", dimension: "tangibles" }, { id: "promise", dimension: "reliability" }];
 * const scale = { id: "service", min: 1, max: 7, items };
 * const [respondentIds, itemIds] = [["ani", "budi"], ["modern", "promise"]];
 * const { dimensions, unweighted, weighted } = servqualGaps(
 *   {
 *     expectations: { respondentIds, itemIds, values: [5, 7, 6, 7] },
 *     perceptions: { respondentIds, itemIds, values: [6, 5, 6, 6] },
 *   },
 *   scale,
 *   { weights: { tangibles: 20, reliability: 80 } },
 * );
 * dimensions.map(({ gap }) => gap); // => [0.5, -1.5]
 * unweighted.gap; // => -0.5
 * weighted?.gap; // ~> -1.1
 * ```
 */
export function servqualGaps(
  answers: ServiceQualityAnswers,
  scale: ScaleDefinition,
  options: ServqualOptions = {},
): ServqualGaps {
  assertOptions(answers, "{ expectations, perceptions }", "answers");
  assertOptions(options);
  const definition = readScale(scale);
  const confidenceLevel = confidenceLevelOf(options);
  const weights = weightsOf(options.weights, definition);
  const { waveId, unknownItems = "refuse" } = options;
  assertOneOf(unknownItems, "options.unknownItems", ["refuse", "skip"]);
  assertWaveId(waveId);
  const read = (list: keyof ServiceQualityAnswers) =>
    readAnswers(answers[list], definition, {
      ...{ waveId, skipsUnknown: unknownItems === "skip", path: `answers.${list}` },
    });
  const [expected, perceived] = [read("expectations"), read("perceptions")];
  const paired = pairedAnswers(expected, perceived, definition);
  const { n, gaps } = paired;
  const dimensionGaps = definition.dimensions.map(({ places }) => dimensionGap(gaps, n, places, definition));
  const gapOf = ({ n: number, mean, interval }: MeanEstimate): ServiceGap => ({
    n: number,
    gap: mean,
    interval,
  });
  const whole = (shares: readonly number[]): ServiceGap => {
    const sums = new Float64Array(n);
    for (const [i, share] of shares.entries())
      for (let r = 0; r < n; r++) sums[r] += share * dimensionGaps[i][r];
    return gapOf(meanEstimate(sums, confidenceLevel));
  };
  const respondents = n + paired.unpaired;
  return {
    scaleId: definition.id,
    waves: { expectations: expected.waveId, perceptions: perceived.waveId },
    skipped: expected.skipped + perceived.skipped,
    respondents,
    unpaired: paired.unpaired,
    items: definition.items.map(({ id }, place) => {
      const gap = gapOf(meanEstimate(gaps[place], confidenceLevel));
      const { expectation, perception } = paired.sums[place];
      const mean = (sum: number) => (gap.n === 0 ? null : sum / gap.n);
      const { name } = definition.dimensions.find(({ places }) => places.includes(place)) ?? { name: "" };
      const means = { expectation: mean(expectation), perception: mean(perception) };
      return { id, dimension: name, ...means, ...gap, missing: respondents - gap.n };
    }),
    dimensions: definition.dimensions.map(({ name }, i) => {
      const gap = gapOf(meanEstimate(dimensionGaps[i], confidenceLevel));
      return { dimension: name, weight: weights?.[i] ?? null, ...gap, missing: respondents - gap.n };
    }),
    unweighted: whole(definition.dimensions.map(() => 1 / definition.dimensions.length)),
    weighted: weights === null ? null : whole(weights),
  };
}

/** Shares of the dimensions, in their order, that sum to 1. */
function weightsOf(weights: ServqualOptions["weights"], { dimensions }: ReadScale): readonly number[] | null {
  if (weights === undefined) return null;
  assertOptions(weights, "{ dimension: weight }", "options.weights");
  const names = dimensions.map(({ name }) => name);
  for (const name of Object.keys(weights))
    assertArgument(
      names.includes(name),
      `options.weights.${name}`,
      () => `options.weights.${name} is of no dimension: pass weights of ${names.map(shown).join(", ")}`,
    );
  const given = names.map((name) => {
    const weight = Object.hasOwn(weights, name) ? weights[name] : undefined;
    assertArgument(
      weight !== undefined && Number.isFinite(weight) && weight >= 0,
      `options.weights.${name}`,
      () => `options.weights.${name} is ${shown(weight)}: pass a finite number of 0 or more`,
    );
    return weight;
  });
  const total = given.reduce((sum, weight) => sum + weight, 0);
  assertArgument(
    total > 0 && Number.isFinite(total),
    "options.weights",
    () => `options.weights sum to ${total}: pass at least one above 0, and none beyond reach`,
  );
  return given.map((weight) => weight / total);
}

interface PairedAnswers {
  /** Respondents in both lists. */
  readonly n: number;
  readonly unpaired: number;
  /** By item, then respondent; NaN where an answer lacks. */
  readonly gaps: readonly Float64Array[];
  /** By item, over respondents with both answers. */
  readonly sums: readonly { readonly expectation: number; readonly perception: number }[];
}

function pairedAnswers(expected: ReadAnswers, perceived: ReadAnswers, { items }: ReadScale): PairedAnswers {
  const rowOf = new Map(perceived.respondentIds.map((id, row) => [id, row]));
  const pairs = expected.respondentIds.flatMap((id, row) => {
    const other = rowOf.get(id);
    return other === undefined ? [] : [[row, other] as const];
  });
  const n = pairs.length;
  const sums: { expectation: number; perception: number }[] = [];
  const gaps = items.map(({ intercept, slope }, place) => {
    const [left, right] = [expected.columnOf[place], perceived.columnOf[place]];
    const gap = new Float64Array(n).fill(Number.NaN);
    const sum = { expectation: 0, perception: 0 };
    for (let i = 0; i < n && left >= 0 && right >= 0; i++) {
      const [row, other] = pairs[i];
      const expectation = intercept + slope * expected.cells[row * expected.width + left];
      const perception = intercept + slope * perceived.cells[other * perceived.width + right];
      gap[i] = perception - expectation;
      if (Number.isNaN(gap[i])) continue;
      sum.expectation += expectation;
      sum.perception += perception;
    }
    sums.push(sum);
    return gap;
  });
  const unpaired = expected.respondentIds.length + perceived.respondentIds.length - 2 * n;
  return { n, unpaired, gaps, sums };
}

/** By respondent, the weighted mean gap of the items; NaN with too few. */
function dimensionGap(
  gaps: readonly Float64Array[],
  n: number,
  places: readonly number[],
  { items, minAnswered }: ReadScale,
): Float64Array {
  const needed = Math.max(1, shareOfCount(minAnswered, places.length));
  const result = new Float64Array(n).fill(Number.NaN);
  for (let r = 0; r < n; r++) {
    let [sum, weights, count] = [0, 0, 0];
    for (const place of places) {
      const gap = gaps[place][r];
      if (Number.isNaN(gap)) continue;
      sum += items[place].weight * gap;
      weights += items[place].weight;
      count++;
    }
    if (count >= needed) result[r] = sum / weights;
  }
  return result;
}
