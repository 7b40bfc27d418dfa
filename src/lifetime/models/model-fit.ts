import type { CovariateModel } from "./lifetime-model.js";

/** When and where the search for parameters starts and stops. */
export interface FitSearchOptions<Parameters> {
  /**
   * Where to start, the most likely end wins; default a few built-in points, which are all tried unless the maximum found from
   * one is fixed well by the data (more than 200 histories, errors of all logarithms below 0.5, with Pareto/NBD 0.75).
   */
  readonly starts?: readonly Parameters[] | undefined;
  /**
   * What is known of parameters before the data, for small data: a log-normal prior each. The fit is then the maximum of
   * likelihood times prior (MAP).
   */
  readonly prior?: { readonly [Name in keyof Parameters]?: ParameterPrior } | undefined;
  /** Converged when a step changes no log-parameter by more than this; default 1e-10. */
  readonly tolerance?: number | undefined;
  /** Steps at most from each start; default 200. */
  readonly maxIterations?: number | undefined;
  /** Called after each step. */
  readonly onProgress?: ((progress: FitProgress) => void) | undefined;
  /**
   * Stops the work with a `ClienteleError` of code `ABORTED` after the step at hand. An `AbortSignal` can only be fired from
   * `onProgress` while the fit runs; in a worker, pass `{ get aborted() { ... } }` that reads a `SharedArrayBuffer`.
   */
  readonly signal?: { readonly aborted: boolean } | undefined;
}

/** What is known of a parameter before the data. */
export interface ParameterPrior {
  /** As likely to be below as above, above 0. */
  readonly median: number;
  /** Standard deviation of the logarithm: 1 says "within a factor of 7 either way", 0.1 "within 20 %" (95 %). */
  readonly logSd: number;
}

/** How far a fit is. */
export interface FitProgress {
  /** Which start, from 1; 0 in the first look at a part of many customers, or at the model without covariates. */
  readonly start: number;
  /** Steps done from it. */
  readonly iterations: number;
}

/** How a fit went and how sure its parameters are; stands beside `model`, `parameters` and `unit`. */
export interface ModelFit<Parameters> {
  /** The maximum was reached. */
  readonly converged: true;
  /** Nothing to explain. */
  readonly reason: null;
  /** Standard errors of the parameters on their own scale (delta method), from the Hessian at the maximum. */
  readonly standardErrors: Parameters;
  /**
   * Covariance of the logarithms of the parameters, in the order of `estimated`, then of coefficients as they are.
   */
  readonly covariance: readonly (readonly number[])[];
  /** Names to the rows of `covariance`: parameters, then `transaction.NAME` and `dropout.NAME` of covariates. */
  readonly estimated: readonly string[];
  /** Standard errors of the coefficients of covariates, where there are some: the roots of their entries in `covariance`. */
  readonly covariateErrors?: CovariateModel | undefined;
  /** Log-likelihood at the maximum, in full: comparable between models on the same customers. Without prior and ridge. */
  readonly logLikelihood: number;
  /** Akaike's criterion, 2 parameters - 2 logLikelihood: the smaller, the better. */
  readonly aic: number;
  /** Bayes' criterion of Schwarz, with the number of customers. */
  readonly bic: number;
  /** Customers (weights summed). */
  readonly customers: number;
  /** Different histories among them, which is what a fit computes on. */
  readonly histories: number;
  /** Newton steps of the start that won. */
  readonly iterations: number;
  /** Largest absolute slope of the log-likelihood (with prior and ridge) by log-parameter or coefficient at the end. */
  readonly gradientNorm: number;
  /** Which start won, from 1. */
  readonly start: number;
  /** Sentences about what weakens the fit though it converged; mostly empty. */
  readonly warnings: readonly string[];
}

/** What kind of data has no fit. */
export type FitFailureCode =
  /** Nobody bought again: nothing tells how customers differ. */
  | "NO_REPEAT_PURCHASES"
  /** Fewer different histories than parameters. */
  | "TOO_FEW_HISTORIES"
  /**
   * The likelihood grows towards an end of the parameters' range, or is level there: a simpler model fits as well. A maximum
   * inside that lies lower by more than 0.1 is none; one that lies lower by less is taken, with a warning.
   */
  | "BOUNDARY"
  /** Covariates that the data cannot tell apart, that do not vary, or of whose effect the data tell nothing or everything. */
  | "NOT_IDENTIFIED"
  /** The search that got highest ended before a maximum. */
  | "NOT_CONVERGED";

/** A model that the data do not fix: no parameters are handed out as if they did. */
export interface FitFailure {
  /** The maximum was not reached, or there is none. */
  readonly converged: false;
  /** What kind of failure. */
  readonly code: FitFailureCode;
  /** Why, and what to do. */
  readonly reason: string;
  /** The parameters at fault; empty where no single one is. */
  readonly names: readonly string[];
  /** Where the search ended, by name; `null` where it did not begin. */
  readonly last: Readonly<Record<string, number>> | null;
  /** Log-likelihood there; `null` where it did not begin. */
  readonly logLikelihood: number | null;
  /** Largest absolute slope there; `null` where it did not begin. */
  readonly gradientNorm: number | null;
  /** Customers (weights summed). */
  readonly customers: number;
  /** Newton steps of the start that got highest. */
  readonly iterations: number;
}
