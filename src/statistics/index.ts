/**
 * What could be chance, and how sure is a figure?
 *
 * - **Intervals and tests of shares**: {@link wilsonInterval} for one share, {@link newcombeInterval} and
 *   {@link twoProportionTest} for the difference of two, {@link fisherExact} when counts are small.
 * - **Two measures together**: {@link pearsonCorrelation}, {@link spearmanCorrelation}, and {@link theilSen} for a
 *   trend that a few wild values cannot bend.
 * - **Time until an event**, with some not watched to the end: {@link kaplanMeier}, read with {@link survivalAt},
 *   {@link survivalQuantile} and {@link restrictedMeanSurvival}; {@link nelsonAalen}, {@link hazardByTenure};
 *   {@link logRankTest} to compare groups; {@link coxRegression} for what makes it come sooner, checked with
 *   {@link proportionalityTest}, read with {@link coxBaseline}, {@link coxSurvival} and {@link coxLifetime};
 *   {@link concordance} for any score.
 * - **A yes or no**: {@link logisticRegression} for what makes it more likely, {@link rocAuc} and
 *   {@link probabilityCalibration} for how good the probabilities are.
 * - **Any statistic**: {@link bootstrap} when no formula tells, {@link quantiles} by nine named types.
 * - **Questionnaires**: {@link scaleScore} for any multi-item scale, with its reliability.
 * - **Fitting**: {@link minimizeNewton} with {@link choleskyFactor} for small smooth problems.
 * - **Money over time**: {@link discountFactor}, {@link presentValue}, {@link periodRate}, {@link continuousRate}.
 * - **Distributions and special functions** to machine precision, both tails.
 *
 * Vocabulary: an *interval* holds the true value with its *confidence level* (default 0.95); a *p-value* is the chance
 * of a result at least this extreme if nothing were going on; *treatment* is compared with *control*. Where a figure
 * is undefined it is `null`, and `reason` says why.
 *
 * ```ts
 * import { bootstrap, quantile, twoProportionTest, wilsonInterval } from "clientele";
 *
 * wilsonInterval(84, 120).lower; // ~> 0.6128485756752643
 * const mailing = twoProportionTest({ successes: 530, trials: 10_000 }, { successes: 460, trials: 10_000 });
 * mailing.pValue; // ~> 0.022492832909959626
 * const baskets = [12, 15, 9, 40, 22, 18, 13, 95, 17, 21];
 * const median = bootstrap(baskets, (sample) => quantile(sample, 0.5), { seed: 1 });
 * median.estimate; // => 17.5
 * ```
 *
 * @module
 */

export { betaCdf, betaPdf, betaQuantile } from "./beta-distribution.js";
export { type BootstrapEstimate, type BootstrapOptions, bootstrap } from "./bootstrap.js";
export { chiSquareCdf, chiSquareQuantile } from "./chi-square.js";
export { choleskyFactor, choleskyInverse, choleskySolve, type SquareMatrix } from "./cholesky.js";
export type { Alternative, ConfidenceOptions } from "./confidence.js";
export * from "./cox/index.js";
export { digamma } from "./digamma.js";
export {
  type CashFlowOptions,
  continuousRate,
  discountFactor,
  periodRate,
  presentValue,
} from "./discounting.js";
export {
  type FisherExactOptions,
  type FisherExactTest,
  fisherExact,
  type OddsRatioInterval,
} from "./fisher-exact.js";
export { gammaCdf, gammaPdf, gammaQuantile } from "./gamma-distribution.js";
export {
  type HypergeometricDraw,
  hypergeometricCdf,
  hypergeometricPmf,
  hypergeometricQuantile,
} from "./hypergeometric.js";
export { regularizedBeta } from "./incomplete-beta.js";
export { regularizedGammaP, regularizedGammaQ } from "./incomplete-gamma.js";
export { logBeta } from "./log-beta.js";
export { logGamma } from "./log-gamma.js";
export { midRanks } from "./mid-ranks.js";
export {
  minimizeNewton,
  type NewtonMinimum,
  type NewtonOptions,
  type ObjectiveAtPoint,
} from "./minimize-newton.js";
export { newcombeInterval, type SuccessCount } from "./newcombe-interval.js";
export { normalCdf, normalPdf, normalQuantile } from "./normal.js";
export type { Numbers } from "./numbers.js";
export { type Correlation, pearsonCorrelation } from "./pearson-correlation.js";
export * from "./regression/index.js";
export { type QuantileMethod, type QuantileOptions, quantile, quantiles } from "./sample-quantile.js";
export * from "./scales/index.js";
export { spearmanCorrelation } from "./spearman-correlation.js";
export { studentTCdf, studentTQuantile } from "./student-t.js";
export * from "./survival/index.js";
export type { Tail, TailOptions } from "./tail.js";
export { type TheilSenLine, theilSen } from "./theil-sen.js";
export { trigamma } from "./trigamma.js";
export {
  type TwoProportionOptions,
  type TwoProportionTest,
  twoProportionTest,
} from "./two-proportion-test.js";
export { type ScoreIntervalOptions, wilsonInterval } from "./wilson-interval.js";
