import { assertArgument, assertOneOf, assertOptions } from "../../core/assert.js";
import { type Table, table } from "../../core/table.js";
import { type ConfidenceOptions, confidenceLevelOf } from "../../statistics/confidence.js";
import { readAnswers } from "../../statistics/scales/read-answers.js";
import type { ScaleAnswers } from "../../statistics/scales/scale-answers.js";
import { readScale } from "../../statistics/scales/scale-definition.js";
import { assertReached, type ValueScale } from "../checked-rows.js";
import { assertItems, placesOf, sideOf, type WeightedItem } from "./compare-offers.js";
import { type SurveyMean, surveyMean } from "./survey-mean.js";
import { type SurveyTotals, shownValues, surveyTotals } from "./survey-totals.js";
import type { ValueSide } from "./value-item.js";
import { type CustomerValueOptions, valueOptions } from "./value-options.js";
import { type ValueUnit, weighItems } from "./weigh-items.js";

/** How respondents are brought together. */
export interface SurveyedValueOptions extends CustomerValueOptions, ConfidenceOptions {
  /** Which wave to read; needed where answers are of more than one. */
  readonly waveId?: string | undefined;
  /** What of answers to items that are not in `items`: `"refuse"` (default), or `"skip"` and count them. */
  readonly unknownItems?: "refuse" | "skip" | undefined;
}

/** A benefit or sacrifice that is asked for. */
export interface SurveyedValueItem extends WeightedItem {
  /** Lowest and highest answer: anything else is refused. */
  readonly scale: ValueScale;
}

/** What respondents said on one item. */
export interface SurveyedItem extends SurveyMean {
  /** Which item; its mean, spread and interval are on the scale of its answers, over all who answered it. */
  readonly id: string;
  /** Got or given. */
  readonly side: ValueSide;
  /** Its weight, as it came. */
  readonly weight: number;
  /** Respondents without an answer to it. */
  readonly missing: number;
  /** Mean part of its side's total over the complete respondents, in `unit`; `null` when there are none. */
  readonly contribution: number | null;
}

/** Columns of the table of respondents. */
export interface RespondentValueColumns {
  /** Who. */
  readonly respondentId: readonly string[];
  /** Benefit; `null` where an answer to an item with a weight is missing, on either side. */
  readonly benefit: readonly (number | null)[];
  /** Sacrifice; the same. */
  readonly sacrifice: readonly (number | null)[];
  /** Benefit less sacrifice; the same. */
  readonly net: readonly (number | null)[];
}

/** Value as a sample of customers sees it. */
export interface SurveyedValue extends SurveyTotals {
  /** The wave that was read; `null` where answers name none. */
  readonly waveId: string | null;
  /** Everyone with a row. */
  readonly respondents: number;
  /** Those who answered every item with a weight: only these are in the totals. */
  readonly complete: number;
  /** Answers to other items that were passed over. */
  readonly skipped: number;
  /** What totals are counted in. */
  readonly unit: ValueUnit;
  /** Whether each side is a sum or a weighted mean. */
  readonly combine: "sum" | "mean";
  /** By item, in the order of the input. */
  readonly items: readonly SurveyedItem[];
  /** By respondent, in the order of their first answer. */
  readonly values: Table<RespondentValueColumns>;
}

/**
 * What do customers get for what they give, as a survey of them says, and how sure is it?
 *
 * Each respondent's benefit and sacrifice is found with the weights of the items, then averaged. Nothing is imputed: who left
 * out an item with a weight above 0 counts for the other items' means alone, and `complete` says how many are in the
 * totals. Whether those who answered are like those who did not, no interval tells.
 *
 * @param answers - As for {@link scaleScore}: rows `{ respondentId, itemId, value }`, columns, or a matrix `{ respondentIds, itemIds, values }`.
 * @param items - Benefits and sacrifices with side, weight and scale.
 * @param options - The options of {@link customerValue}, and `confidenceLevel`, `waveId`, `unknownItems`.
 * @returns Means with intervals and n, by item and in total, and each respondent's own value.
 * @throws {@link ClienteleError} `INVALID_ROWS` for an answer outside its item's scale, to an unknown item, or given twice by a
 *   respondent; `INVALID_ARGUMENT` for an item without a scale or for answers of several waves.
 * @example
 * ```ts
 * import { surveyedValue } from "clientele";
 *
 * const scale = { min: 1, max: 10 };
 * const items = [{ id: "service", weight: 1, scale }, { id: "time", weight: 1, side: "sacrifice" as const, scale }];
 * const answers = { respondentIds: ["a", "b", "c"], itemIds: ["service", "time"], values: [8, 4, 6, 4, 9, null] };
 * const { net, respondents, complete, ratio, items: found } = surveyedValue(answers, items);
 * net.mean; // => 3
 * [respondents, complete]; // => [3, 2]
 * ratio.value; // => 1.75
 * found.map(({ n, missing }) => [n, missing]); // => [[3, 0], [2, 1]]
 * ```
 */
export function surveyedValue(
  answers: ScaleAnswers,
  items: readonly SurveyedValueItem[],
  options: SurveyedValueOptions = {},
): SurveyedValue {
  assertOptions(options);
  const { combine } = valueOptions(options);
  const { unknownItems = "refuse" } = options;
  assertOneOf(unknownItems, "options.unknownItems", ["refuse", "skip"]);
  const confidenceLevel = confidenceLevelOf(options);
  assertItems(items, "items");
  const counts = pointsOf(items, options);
  const { respondentIds, scores, waveId, skipped } = answersTo(items, answers, options);
  const width = items.length;
  const people = respondentIds.length;
  const totals = { benefit: new Float64Array(people), sacrifice: new Float64Array(people) };
  const parts = new Float64Array(width);
  let complete = 0;
  for (let person = 0; person < people; person++) {
    let benefit = 0;
    let sacrifice = 0;
    for (let i = 0; i < width; i++) {
      if (counts.share[i] === 0) continue;
      const part = counts.share[i] * (counts.factor[i] * (scores[person * width + i] - counts.zero[i]));
      if (counts.isBenefit[i]) benefit += part;
      else sacrifice += part;
    }
    const isComplete = !Number.isNaN(benefit + sacrifice);
    totals.benefit[person] = isComplete ? benefit : Number.NaN;
    totals.sacrifice[person] = isComplete ? sacrifice : Number.NaN;
    if (!isComplete) continue;
    complete++;
    for (let i = 0; i < width; i++)
      if (counts.share[i] > 0)
        parts[i] += counts.share[i] * (counts.factor[i] * (scores[person * width + i] - counts.zero[i]));
  }
  const nets = totals.benefit.map((benefit, person) => benefit - totals.sacrifice[person]);
  const column = new Float64Array(people);
  return {
    waveId,
    respondents: people,
    complete,
    skipped,
    unit: counts.unit,
    combine,
    ...surveyTotals(totals, nets, confidenceLevel, "nobody answered every item with a weight"),
    items: items.map((item, i) => {
      for (let person = 0; person < people; person++) column[person] = scores[person * width + i];
      const estimate = surveyMean(column, confidenceLevel);
      return {
        id: item.id,
        side: sideOf(item),
        weight: item.weight,
        missing: people - estimate.n,
        contribution: complete === 0 ? null : parts[i] / complete,
        ...estimate,
      };
    }),
    values: table({
      respondentId: respondentIds,
      benefit: shownValues(totals.benefit),
      sacrifice: shownValues(totals.sacrifice),
      net: shownValues(nets),
    }),
  };
}

/** Answers as a row for each respondent, in the order of the items; NaN: not answered. */
function answersTo(
  items: readonly SurveyedValueItem[],
  answers: ScaleAnswers,
  { waveId, unknownItems }: SurveyedValueOptions,
): {
  readonly respondentIds: readonly string[];
  readonly scores: Float64Array;
  readonly waveId: string | null;
  readonly skipped: number;
} {
  const missing = items.findIndex(({ scale }) => scale === undefined);
  assertArgument(
    missing < 0,
    `items[${missing}].scale`,
    () => `items[${missing}].scale is missing: pass { min, max }, so that answers can be checked`,
  );
  const [{ scale }] = items;
  const asked = items.map((item) => ({ id: item.id, ...item.scale }));
  const read = readAnswers(answers, readScale({ id: "items", ...scale, items: asked }), {
    waveId,
    skipsUnknown: unknownItems === "skip",
    path: "answers",
  });
  const width = items.length;
  const scores = new Float64Array(read.respondentIds.length * width).fill(Number.NaN);
  for (let person = 0; person < read.respondentIds.length; person++)
    for (const [i, column] of read.columnOf.entries())
      if (column >= 0) scores[person * width + i] = read.cells[person * read.width + column];
  return { respondentIds: read.respondentIds, scores, waveId: read.waveId, skipped: read.skipped };
}

/** What an answer to each item comes to: share * factor * (answer - zero), points or POMP. */
function pointsOf(items: readonly WeightedItem[], options: CustomerValueOptions) {
  // Any score will do here: unit and shares do not depend on it.
  const asked = (side: ValueSide) =>
    items
      .filter((item) => sideOf(item) === side)
      .map(({ id, weight, scale }) => ({ id, weight, scale, score: scale?.min ?? 0 }));
  const { unit, items: weighed } = weighItems(
    { benefits: asked("benefit"), sacrifices: asked("sacrifice") },
    options,
    placesOf(items, "items"),
  );
  const shares = new Map(weighed.map(({ id, share }) => [id, share]));
  const isPomp = unit === "pomp";
  // What is not a number would be taken for an answer that is missing.
  const most = items.map(({ id, scale }) => {
    const points = isPomp ? 100 : Math.max(Math.abs(scale?.min ?? 0), Math.abs(scale?.max ?? 0));
    return (shares.get(id) ?? 0) * points;
  });
  assertReached(
    most.reduce((sum, one) => sum + one, 0),
    "items",
    "a total",
  );
  return {
    unit,
    share: items.map(({ id }) => shares.get(id) ?? 0),
    isBenefit: items.map((item) => sideOf(item) === "benefit"),
    zero: items.map(({ scale }) => (isPomp ? (scale?.min ?? 0) : 0)),
    factor: items.map(({ scale }) => (isPomp && scale !== undefined ? 100 / (scale.max - scale.min) : 1)),
  };
}
