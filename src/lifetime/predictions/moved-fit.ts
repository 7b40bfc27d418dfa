import { assertArgument, shown } from "../../core/assert.js";
import { populationMean } from "../gamma-gamma/gamma-gamma-model.js";
import type { GammaGammaModel } from "../models/lifetime-model.js";

/** A fit whose parameters may be moved: any of this package, told to have converged. */
export interface UncertainFit {
  /** The maximum was reached; a fit that failed is refused. */
  readonly converged: true;
  /** The estimates. */
  readonly parameters: object;
  /** Covariance of their logarithms and of coefficients. */
  readonly covariance: readonly (readonly number[])[];
  /** Names to its rows. */
  readonly estimated: readonly string[];
}

/** Refuses a fit that failed, or a bare model, which does not say how sure it is. @internal */
export function assertFit(fit: unknown, path: string): asserts fit is UncertainFit {
  const given = fit as Partial<Record<keyof UncertainFit | "reason" | "model", unknown>> | null | undefined;
  assertArgument(
    given?.converged !== false,
    path,
    () => `${path} is a fit that failed, ${String(given?.reason)}: it has no intervals`,
  );
  const size = Array.isArray(given?.estimated) ? given.estimated.length : -1;
  const isSquare =
    Array.isArray(given?.covariance) &&
    given.covariance.length === size &&
    given.covariance.every((row: unknown) => Array.isArray(row) && row.length === size);
  assertArgument(
    isSquare && typeof given?.parameters === "object",
    path,
    () =>
      `${path} is ${shown(fit)} without covariance: pass a fit as it came from its function, not its parameters alone`,
  );
}

/** What the search found beside the estimates: it does not move with them, so that no prediction may rest on it. */
const FIXED = new Set([
  "standardErrors",
  "covariance",
  "covariateErrors",
  "logLikelihood",
  "aic",
  "bic",
  "iterations",
  "gradientNorm",
]);

/** The model of a fit: without what does not move with the estimates, and with what does worked out from them. @internal */
export function movable<Fit extends UncertainFit>(fit: Fit): Fit {
  const model = Object.fromEntries(Object.entries(fit).filter(([name]) => !FIXED.has(name)));
  if ("populationMean" in model) {
    model.populationMean = populationMean((fit as unknown as GammaGammaModel).parameters);
  }
  return model as unknown as Fit;
}

/** The same fit with one estimate moved: a parameter by so much on the log scale, a coefficient by so much. @internal */
export function movedFit<Fit extends UncertainFit>(fit: Fit, name: string, by: number): Fit {
  const dot = name.indexOf(".");
  if (dot === -1) {
    const parameters = fit.parameters as Readonly<Record<string, number>>;
    return { ...fit, parameters: { ...parameters, [name]: parameters[name] * Math.exp(by) } };
  }
  const [kind, covariate] = [name.slice(0, dot), name.slice(dot + 1)];
  const { covariates } = fit as unknown as { covariates: Record<string, Record<string, number>> };
  const moved = { ...covariates[kind], [covariate]: covariates[kind][covariate] + by };
  return { ...fit, covariates: { ...covariates, [kind]: moved } };
}

/** An estimate by its name in `estimated`. @internal */
export function estimateOf(
  fit: UncertainFit,
  name: string,
): { readonly value: number; readonly isPositive: boolean } {
  const dot = name.indexOf(".");
  if (dot === -1) return { value: (fit.parameters as Record<string, number>)[name], isPositive: true };
  const { covariates } = fit as unknown as { covariates: Record<string, Record<string, number>> };
  return { value: covariates[name.slice(0, dot)][name.slice(dot + 1)], isPositive: false };
}
