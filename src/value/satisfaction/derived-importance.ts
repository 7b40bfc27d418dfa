import { assertOneOf, assertOptions } from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import { type ConfidenceOptions, confidenceLevelOf } from "../../statistics/confidence.js";
import { pearsonCorrelation } from "../../statistics/pearson-correlation.js";
import { studentTCdf, studentTQuantile } from "../../statistics/student-t.js";
import {
  type CompleteRatings,
  completeRatings,
  type DriverRatingLists,
  type DriverRatings,
  isConstant,
} from "./driver-ratings.js";
import { leastSquares } from "./least-squares.js";

/** How importance is derived, and how sure intervals should be. */
export interface DerivedImportanceOptions extends ConfidenceOptions {
  /**
   * `"correlation"` (default): of each attribute alone with the overall judgment. `"regression"`: standardized coefficients of all
   * together, each with the others held; unsteady where attributes go together (see `varianceInflation`).
   */
  readonly method?: "correlation" | "regression" | undefined;
}

/** One attribute with the importance that the answers imply. */
export interface AttributeImportance {
  /** Which attribute. */
  readonly id: string;
  /** Correlation or standardized coefficient; `null` when undefined. */
  readonly importance: number | null;
  /** Of importance; `null` when undefined. */
  readonly interval: Interval | null;
  /** Two-sided chance of an importance at least this far from 0 if there were none; `null` when undefined, and by regression where nothing is left to chance. */
  readonly pValue: number | null;
  /** Mean rating, in its own units; `null` without respondents. */
  readonly performance: number | null;
  /** How many times the variance of the coefficient is what it would be if attributes were unrelated; `null` for correlations. */
  readonly varianceInflation: number | null;
  /** Why `importance` or `pValue` is `null`; else `null`. */
  readonly reason: string | null;
}

/** The importance that answers imply. */
export interface DerivedImportance {
  /** By which method. */
  readonly method: "correlation" | "regression";
  /** In the order of the input. */
  readonly attributes: readonly AttributeImportance[];
  /** How many respondents answered everything: all figures are theirs. */
  readonly n: number;
  /** How many lack an answer and were left out. */
  readonly dropped: number;
  /** Share of the variance of the overall judgment that all attributes explain; `null` for correlations and when undefined. */
  readonly rSquared: number | null;
}

/**
 * Which attributes drive overall satisfaction, when customers were not asked what matters?
 *
 * Derived importance: what goes along with the overall judgment matters. It is association, not proof of cause. Intervals of
 * standardized coefficients take the standard deviations as known, which is a little too sure (Yuan & Chan 2011).
 *
 * @param data - Ratings of the attributes, row after row or a list for each, and the overall judgment.
 * @param options - `method`, `confidenceLevel`.
 * @returns Importance and mean rating of each attribute, ready for {@link importancePerformance}, with n and the dropped.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an answer is no number within 1e100 of 0; `INVALID_ARGUMENT` when the
 * shapes do not fit.
 * @example
 * ```ts
 * import { derivedImportance } from "clientele";
 *
 * const data = { itemIds: ["speed"], values: [1, 2, 3, 4, 5], overall: [2, 1, 4, 3, 5] };
 * const { attributes, n } = derivedImportance(data);
 * attributes[0]?.importance; // ~> 0.8
 * attributes[0]?.performance; // => 3
 * n; // => 5
 * ```
 */
export function derivedImportance(
  data: DriverRatings | DriverRatingLists,
  options: DerivedImportanceOptions = {},
): DerivedImportance {
  const ratings = completeRatings(data);
  assertOptions(options);
  const { method = "correlation" } = options;
  assertOneOf(method, "options.method", ["correlation", "regression"]);
  const confidenceLevel = confidenceLevelOf(options);
  const { attributes, rSquared } =
    method === "correlation"
      ? { attributes: correlations(ratings, confidenceLevel), rSquared: null }
      : regression(ratings, confidenceLevel);
  return { method, attributes, n: ratings.n, dropped: ratings.dropped, rSquared };
}

function correlations({ itemIds, columns, overall }: CompleteRatings, confidenceLevel: number) {
  return columns.map((column, i): AttributeImportance => {
    const { correlation, interval, pValue, reason } = pearsonCorrelation(column, overall, {
      confidenceLevel,
    });
    return {
      id: itemIds[i],
      importance: correlation,
      interval,
      pValue,
      performance: meanOf(column),
      varianceInflation: null,
      reason:
        correlation === null ? (reason?.replace(/^x /, "it ").replace(/^y /, "overall ") ?? null) : null,
    };
  });
}

function regression(ratings: CompleteRatings, confidenceLevel: number) {
  const { itemIds, columns, overall } = ratings;
  const reason = reasonAgainst(ratings);
  const fit = reason === null ? leastSquares(columns.map(standardized), standardized(overall)) : null;
  if (fit === null) {
    const because = reason ?? "the attributes depend on each other: one is a sum of others";
    const none = { importance: null, interval: null, pValue: null, varianceInflation: null, reason: because };
    return {
      attributes: columns.map((column, i) => ({ id: itemIds[i], ...none, performance: meanOf(column) })),
      rSquared: null,
    };
  }
  const { coefficients, covariance, degreesOfFreedom, rSquared, varianceInflation } = fit;
  const t = -studentTQuantile((1 - confidenceLevel) / 2, degreesOfFreedom);
  const attributes = columns.map((column, i): AttributeImportance => {
    const importance = coefficients[i];
    const error = Math.sqrt(covariance[i][i]);
    return {
      id: itemIds[i],
      importance,
      interval: { lower: importance - t * error, upper: importance + t * error, confidenceLevel },
      pValue:
        error > 0 ? Math.min(1, 2 * studentTCdf(-Math.abs(importance / error), degreesOfFreedom)) : null,
      performance: meanOf(column),
      varianceInflation: varianceInflation[i],
      reason:
        error > 0
          ? null
          : "pValue: the attributes explain the overall judgment wholly, nothing is left to chance",
    };
  });
  return { attributes, rSquared };
}

/** Why no regression can be fitted; `null` where one can be tried. */
function reasonAgainst({ columns, overall, itemIds, n }: CompleteRatings): string | null {
  if (n < columns.length + 2)
    return `needs ${columns.length + 2} respondents who answered everything, has ${n}`;
  if (isConstant(overall)) return "overall never varies";
  const still = columns.findIndex(isConstant);
  return still < 0 ? null : `${itemIds[still]} never varies`;
}

function standardized(values: Float64Array): Float64Array {
  const mean = meanOf(values) ?? 0;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const sd = Math.sqrt(squares / (values.length - 1));
  return values.map((value) => (value - mean) / sd);
}

function meanOf(values: Float64Array): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
