import { assertArgument, assertArray, assertBetween, assertInRange, shown } from "../../core/assert.js";
import { ClienteleError } from "../../core/errors.js";
import { invalidRows, type RowProblem } from "../../core/row-problems.js";
import { knownFacts } from "../../history/known-facts.js";
import type { TransactionLog } from "../../history/log-columns.js";
import type { LogMetricOptions } from "../../history/metric-options.js";
import { incompleteBeta } from "../../statistics/incomplete-beta.js";
import type { GapData, GapKind } from "./gap-likelihood.js";
import {
  type GapModel,
  type GapModelOptions,
  type GapModelParameters,
  maximizeGapLikelihood,
} from "./maximize-gap-likelihood.js";
import { type PurchaseGaps, purchaseGaps } from "./purchase-gaps.js";

/** The rhythm of one customer: how long between purchases, and how long since the last. In any one unit, mostly days. */
export interface GapHistory {
  /** Time between one purchase and the next, above 0; empty after one purchase. */
  readonly gaps: readonly number[];
  /** Time since the last purchase, 0 or more. */
  readonly silence: number;
}

/** What a customer's silence says. */
export interface GapOutlook {
  /** How likely a customer of this rhythm, who is still one, is silent for longer than this: from 1 (no silence) to 0. */
  readonly gapProbability: number;
  /** How likely the customer has left: right after a purchase `leaving` of the model, towards 1 in a long silence. */
  readonly leftProbability: number;
}

/**
 * In what rhythm do customers buy, and how often do they leave after a purchase? Fitted to a log.
 *
 * Gaps between a customer's purchases are gamma distributed with a common shape (1: exponential; larger: more regular)
 * and a rate of his own; rates are gamma distributed over customers; after each purchase a customer leaves for good with
 * one probability. A customer with few gaps so borrows from the base, and one with many speaks for himself.
 *
 * The open gap counts: as a gap still running, or as the silence of one who left. Without it slow customers, whose gaps
 * are not over yet, would be missed, and the model alarm too early; counted as running alone, those who left would
 * stretch every gap. The gamma-gamma form is that of Fader & Hardie (2013) for spending, the chance of leaving that of
 * Fader, Hardie & Lee (2005); the likelihood is maximized over all four parameters by Newton's method.
 *
 * One chance of leaving for all is a simplification: customers who buy often leave less often than others, so their
 * `leftProbability` comes out somewhat high.
 *
 * A gap is in whole days from occasion to occasion; purchases of one civil day are one occasion.
 *
 * @param log - A transaction log.
 * @param options - `asOf`; parameters to hold; when to stop.
 * @returns The model, plain JSON; `parameters` is `null` and `reason` says why where it could not be fitted.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`, `UNKNOWN_TIME_ZONE`, `ABORTED`.
 * @example
 * ```ts
 * import { fitGapModel, transactionLog } from "clientele";
 *
 * const log = transactionLog([{ customerId: "ani", at: "2024-01-01", amount: 500 }], { currency: "IDR" });
 * const { parameters, reason } = fitGapModel(log, { asOf: "2024-02-01" });
 * parameters; // => null
 * reason; // => "no customer has bought on two days: there is no gap to learn from"
 * ```
 */
export function fitGapModel(log: TransactionLog, options: LogMetricOptions & GapModelOptions): GapModel {
  return maximizeGapLikelihood(gapData(purchaseGaps(knownFacts(log, options))), options);
}

/**
 * In what rhythm do customers buy, and how often do they leave? {@link fitGapModel} from plain numbers.
 *
 * @param histories - Gaps and silence of every customer, also of those without a gap: they show how many leave.
 * @param options - Parameters to hold; when to stop.
 * @returns The model, plain JSON; its times are in the unit of the gaps.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a gap is not above 0 or a silence is below; `INVALID_ARGUMENT`,
 * `ABORTED`.
 * @example
 * ```ts
 * import { fitGapModelOf } from "clientele";
 *
 * const { converged, customers, gaps } = fitGapModelOf([
 *   { gaps: [30, 28, 32, 31], silence: 40 },
 *   { gaps: [7, 9, 30], silence: 3 },
 *   { gaps: [60, 45], silence: 200 },
 *   { gaps: [], silence: 150 },
 * ]);
 * [converged, customers, gaps]; // => [true, 4, 9]
 * ```
 */
export function fitGapModelOf(histories: readonly GapHistory[], options: GapModelOptions = {}): GapModel {
  assertArray(histories, "histories");
  const problems = histories.flatMap(problemsOf);
  if (problems.length > 0) throw invalidRows(problems, problems.length, "histories");
  const offsets = [0];
  for (const { gaps } of histories) offsets.push(offsets[offsets.length - 1] + gaps.length);
  return maximizeGapLikelihood(
    gapData({
      offsets,
      gaps: histories.flatMap(({ gaps }) => gaps),
      recency: histories.map(({ silence }) => silence),
    }),
    options,
  );
}

/**
 * How unusual is a customer's silence, and has the customer left?
 *
 * With n gaps that sum to s the next gap is longer than t with probability I_(b / (b + t))(a, shape), where
 * a = rateShape + n shape and b = rateDays + s; from it and the chance of leaving Bayes' rule gives `leftProbability`.
 *
 * @param model - A fitted model, of {@link fitGapModel}.
 * @param history - The customer's gaps and silence, in the model's unit.
 * @returns Two probabilities.
 * @throws {@link ClienteleError} `NOT_CONVERGED` when the model has no parameters; `INVALID_ARGUMENT` when it is no model,
 * a gap is not above 0 or the silence is below.
 * @example
 * ```ts
 * import { fitGapModelOf, gapOutlook } from "clientele";
 *
 * const regular = { gaps: [30, 28, 32, 31], silence: 40 };
 * const model = fitGapModelOf([regular, { gaps: [7, 9, 30], silence: 3 }, { gaps: [60, 45], silence: 200 }]);
 * const now = gapOutlook(model, regular);
 * const later = gapOutlook(model, { ...regular, silence: 80 });
 * later.gapProbability < now.gapProbability; // => true
 * later.leftProbability > now.leftProbability; // => true
 * ```
 */
export function gapOutlook(model: GapModel, history: GapHistory): GapOutlook {
  assertGapModel(model, "model");
  const [problem] = problemsOf(history, 0);
  if (problem) {
    const path = problem.field === "" ? "history" : `history.${problem.field}`;
    throw new ClienteleError("INVALID_ARGUMENT", path, `${path}: ${shown(problem.value)} ${problem.reason}`);
  }
  if (model.parameters === null) {
    throw new ClienteleError("NOT_CONVERGED", "model", `model has no parameters: ${model.reason}`);
  }
  const sum = history.gaps.reduce((total, gap) => total + gap, 0);
  return outlookOf(model.parameters, history.gaps.length, sum, history.silence);
}

/** @internal */
export function outlookOf(
  { shape, rateShape, rateDays, leaving }: GapModelParameters,
  count: number,
  sum: number,
  silence: number,
): GapOutlook {
  // By their quotient, so that no sum overflows.
  const q = silence / (rateDays + sum);
  const gapProbability = incompleteBeta(1 / (1 + q), 1 / (1 + 1 / q), rateShape + count * shape, shape);
  const left = leaving + (1 - leaving) * gapProbability;
  return { gapProbability, leftProbability: left > 0 ? leaving / left : 0 };
}

/** Refuses what is no model, or one whose numbers were lost on the way through storage. @internal */
export function assertGapModel(model: unknown, path: string): asserts model is GapModel {
  const candidate = model as Partial<GapModel> | null | undefined;
  assertArgument(
    typeof candidate === "object" && candidate?.kind === "GapModel" && candidate.parameters !== undefined,
    path,
    () => `${path} is ${shown(model)}: pass the result of fitGapModel()`,
  );
  if (candidate.parameters === null) return;
  const { leaving, ...positive } = candidate.parameters;
  for (const name of ["shape", "rateShape", "rateDays"] as const)
    assertBetween(positive[name], `${path}.parameters.${name}`, 0, 1e200);
  assertInRange(leaving, `${path}.parameters.leaving`, 0, 1);
}

/** @internal */
export function gapData({
  offsets,
  gaps,
  recency,
}: Pick<PurchaseGaps, "offsets" | "gaps" | "recency">): GapData {
  const kinds = new Map<string, GapKind>();
  let logGaps = 0;
  for (const gap of gaps) logGaps += Math.log(gap);
  for (const [i, silence] of recency.entries()) {
    const count = offsets[i + 1] - offsets[i];
    let sum = 0;
    for (let gap = offsets[i]; gap < offsets[i + 1]; gap++) sum += gaps[gap];
    const name = `${count} ${sum} ${silence}`;
    const kind = kinds.get(name);
    if (kind) kind.customers++;
    else kinds.set(name, { customers: 1, count, sum, silence });
  }
  return { customers: recency.length, gaps: gaps.length, logGaps, kinds: [...kinds.values()] };
}

function problemsOf(history: GapHistory, row: number): RowProblem[] {
  if (typeof history !== "object" || history === null || !Array.isArray(history.gaps))
    return [{ row, field: "", reason: "is not { gaps, silence } with an array of gaps", value: history }];
  const problems: RowProblem[] = [];
  const note = (field: string, value: unknown, isAllowed: boolean, rule: string) => {
    if (!isAllowed) problems.push({ row, field, reason: `is no finite number ${rule}`, value });
  };
  for (const [i, gap] of history.gaps.entries())
    note(`gaps[${i}]`, gap, Number.isFinite(gap) && gap > 0, "above 0");
  const { silence } = history;
  note("silence", silence, Number.isFinite(silence) && silence >= 0, "of 0 or more");
  return problems;
}
