import { assertOptions } from "../../core/assert.js";
import type { TransactionLog } from "../../history/log-columns.js";
import { type ConfidenceOptions, confidenceLevelOf } from "../../statistics/confidence.js";
import type { Correlation } from "../../statistics/pearson-correlation.js";
import { failure, fitParameters } from "../models/fit-parameters.js";
import type { GammaGammaModel, GammaGammaParameters } from "../models/lifetime-model.js";
import type { FitFailure, FitSearchOptions, ModelFit } from "../models/model-fit.js";
import { correlationWarning, weightedCorrelation } from "./frequency-spend-correlation.js";
import { gammaGammaObjective, spendData } from "./gamma-gamma-likelihood.js";
import { populationMean } from "./gamma-gamma-model.js";
import {
  type CheckedSpends,
  readSpends,
  type SpendHistories,
  type SpendHistoryOptions,
} from "./spend-histories.js";

/** How a log is read, how to search, and how sure the interval of the correlation shall be. */
export interface FitGammaGammaOptions
  extends SpendHistoryOptions,
    FitSearchOptions<GammaGammaParameters>,
    ConfidenceOptions {}

/** A fitted {@link GammaGammaModel}, how sure it is, and whether its main assumption holds. */
export type GammaGammaFit = GammaGammaModel &
  ModelFit<GammaGammaParameters> & {
    /** Mean spend of a purchase over all customers, p v / (q - 1); `null` where q is 1 or less and there is none. */
    readonly populationMean: number | null;
    /**
     * Do those who buy often spend more, or less? Pearson's, over customers with a repeat purchase. The model takes it to be 0;
     * where it is not, `warnings` says so.
     */
    readonly frequencyCorrelation: Correlation;
    /** Customers left out because they did not buy again (weights summed); `customers` are those who did. */
    readonly withoutRepeat: number;
    /** Customers left out who bought again and paid nothing on balance (weights summed): 0 unless `zeroSpend` is `"leaveOut"`. */
    readonly withoutSpend: number;
  };

/**
 * How much do customers spend on a purchase, and how much do they differ in that?
 *
 * Gamma-Gamma (Fader, Hardie & Lee 2005; Fader & Hardie 2013): the spends of one customer are gamma distributed about his
 * own mean, and the means differ over customers. What a customer's few purchases cost is so weighed against what all
 * others' do. It assumes that how much has nothing to do with how often: see `frequencyCorrelation`. `v` is in the unit of
 * money; in another unit it scales with it, and p and q stay.
 *
 * @param customers - `x` and `meanSpend` of each customer as rows, columns or table, or a `lifetimeSummary`; or a log. Those
 * with `x` of 0 are counted and left out.
 * @param options - With a log `through`; `zeroSpend` for customers who paid nothing; a prior, starts, when to stop;
 * `confidenceLevel` of the correlation's interval.
 * @returns The model, plain JSON, with standard errors; or a failure that says why there is none, told by `converged`.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`; `INVALID_ROWS` when a customer with repeat purchases has no mean spend
 * above 0; `ABORTED`.
 * @example
 * ```ts
 * import { fitGammaGamma } from "clientele";
 *
 * const fit = fitGammaGamma([
 *   { x: 2, meanSpend: 22.35 }, { x: 1, meanSpend: 11.77 }, { x: 7, meanSpend: 73.74 }, { x: 1, meanSpend: 25.55 },
 *   { x: 6, meanSpend: 50.87 }, { x: 3, meanSpend: 36.19 }, { x: 2, meanSpend: 18.4 }, { x: 4, meanSpend: 31.06 },
 * ]);
 * if (fit.converged) {
 *   fit.customers; // => 8
 *   fit.frequencyCorrelation.correlation; // ~> 0.934517030769
 *   fit.warnings.length; // => 1
 * }
 * ```
 */
export function fitGammaGamma(
  customers: SpendHistories | TransactionLog,
  options: FitGammaGammaOptions = {},
): GammaGammaFit | FitFailure {
  assertOptions(options);
  const confidenceLevel = confidenceLevelOf(options);
  const { kept, withoutRepeat, withoutSpend } = repeated(readSpends(customers, options));
  const { x, meanSpend, weight } = kept;
  if (kept.length === 0) {
    const reason =
      withoutSpend > 0
        ? "nobody paid for what they bought again: nothing tells what repeat purchases cost; look at the amounts"
        : "nobody bought again: nothing tells what repeat purchases cost; take a longer calibration period";
    return failure({ customers: withoutRepeat + withoutSpend }, "NO_REPEAT_PURCHASES", [], reason);
  }
  const data = spendData(x, meanSpend, weight);
  const start = (p: number, q: number) => ({ p, q, v: (data.scale * q) / p });
  const fit = fitParameters<GammaGammaParameters>(
    {
      names: ["p", "q", "v"],
      objective: (point) => gammaGammaObjective(data, point),
      starts: [start(4, 4), start(1, 2), start(20, 10), start(0.5, 1)],
      boundary: boundaryOf,
      scale: { p: 1, q: 1, v: data.scale },
      customers: data.customers,
      histories: differentPairs(kept),
    },
    options,
  );
  if (!fit.converged) return fit;
  const frequencyCorrelation = weightedCorrelation(x, meanSpend, weight, confidenceLevel);
  const { parameters, coefficients: _, warnings, ...sure } = fit;
  const mean = populationMean(parameters);
  return {
    model: "gammaGamma",
    parameters,
    ...sure,
    populationMean: mean,
    frequencyCorrelation,
    withoutRepeat,
    withoutSpend,
    warnings: [
      ...warnings,
      ...(mean === null
        ? [
            `q is ${Number(parameters.q.toPrecision(4))}: at 1 or less so much is spent by so few that customers who did not buy again have no mean`,
          ]
        : []),
      ...[correlationWarning(frequencyCorrelation)].filter((warning) => warning !== null),
    ],
  };
}

interface RepeatSpends {
  readonly length: number;
  readonly x: Float64Array;
  readonly meanSpend: Float64Array;
  readonly weight: Float64Array;
}

function repeated({ length, x, meanSpend, weight }: CheckedSpends): {
  readonly kept: RepeatSpends;
  readonly withoutRepeat: number;
  readonly withoutSpend: number;
} {
  let size = 0;
  let withoutRepeat = 0;
  let withoutSpend = 0;
  const counts = new Float64Array(length);
  const spends = new Float64Array(length);
  const weights = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    const customers = weight === null ? 1 : weight[i];
    if (x[i] === 0) {
      withoutRepeat += customers;
      continue;
    }
    if (meanSpend[i] === 0) {
      withoutSpend += customers;
      continue;
    }
    counts[size] = x[i];
    spends[size] = meanSpend[i];
    weights[size++] = customers;
  }
  const kept = {
    length: size,
    x: counts.subarray(0, size),
    meanSpend: spends.subarray(0, size),
    weight: weights.subarray(0, size),
  };
  return { kept, withoutRepeat, withoutSpend };
}

/** How many pairs of count and mean spend there are: sorting the spends of each count is faster than hashing fractions. */
function differentPairs({ x, meanSpend }: RepeatSpends): number {
  const sizes = new Map<number, number>();
  for (const count of x) sizes.set(count, (sizes.get(count) ?? 0) + 1);
  const ends = new Map<number, number>();
  let end = 0;
  for (const [count, size] of sizes) {
    ends.set(count, end);
    end += size;
  }
  const sorted = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++) {
    const at = ends.get(x[i]) ?? 0;
    sorted[at] = meanSpend[i];
    ends.set(x[i], at + 1);
  }
  let different = 0;
  for (const [count, size] of sizes) {
    const last = ends.get(count) ?? 0;
    const own = sorted.subarray(last - size, last).sort();
    for (let i = 0; i < size; i++) if (i === 0 || own[i] !== own[i - 1]) different++;
  }
  return different;
}

function boundaryOf(name: string, end: "zero" | "infinity"): string {
  if (name === "p" && end === "infinity")
    return "p grows without end: each customer spends the same each time, and the mean spends need no model";
  if (name === "p")
    return "p falls to 0: the spends of one customer differ so much that his mean tells nothing of him";
  if (end === "infinity")
    return "q and v grow without end: customers do not differ in mean spend, and the mean over all is everyone's";
  return "q falls to 0: a few customers spend so much more than all others that no mean exists; look for errors in the amounts";
}
