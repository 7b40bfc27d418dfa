/** Fits again what a fit would have drawn: the standard errors of predictions held against their spread. */
import { type FitFailure, predictionInterval, type UncertainFit } from "clientele";

/** The scale on which a prediction is nearly normal, and its error is told. */
export type Scale = "log" | "logit";

/** A prediction of models by name. */
export interface Asked<Fits> {
  readonly what: string;
  readonly scale: Scale;
  readonly predict: (models: Fits) => number;
}

type FitsByName = Readonly<Record<string, UncertainFit>>;
type Refits<Fits> = { readonly [Name in keyof Fits]: Fits[Name] | FitFailure };

/**
 * One line a prediction. A refit that ended at a boundary is counted and predicts from where it ended; one that never began
 * (`last` is null) is counted as lost.
 */
export function heldAgainstRefits<Fits extends FitsByName>(
  name: string,
  first: Fits,
  refit: (seed: number) => Refits<Fits>,
  asked: readonly Asked<Fits>[],
  refits: number,
): Record<string, string>[] {
  const found = asked.map(() => [] as number[]);
  let boundary = 0;
  let lost = 0;
  for (let seed = 1; seed <= refits; seed++) {
    const again = Object.entries(refit(seed));
    if (again.some(([, fit]) => !fit.converged && fit.last === null)) {
      lost++;
      continue;
    }
    if (again.some(([, fit]) => !fit.converged)) boundary++;
    const models = Object.fromEntries(
      again.map(([key, fit]) => [key, fit.converged ? fit : endedAt(first[key], fit)]),
    ) as unknown as Fits;
    for (const [i, { predict, scale }] of asked.entries()) found[i].push(on(scale, predict(models)));
  }
  return asked.map(({ what, scale, predict }, i) => {
    const { estimate, standardError } = predictionInterval(first, predict, { scale });
    const error = standardError / (scale === "log" ? estimate : estimate * (1 - estimate));
    const deviation = standardDeviation(found[i]);
    const ratio = error / deviation;
    return {
      model: name,
      what,
      estimate: estimate.toPrecision(4),
      scale,
      "delta SE": error.toPrecision(4),
      "SD of refits": deviation.toPrecision(4),
      ratio: ratio.toFixed(3),
      promise: `10 %: ${Math.abs(ratio - 1) <= 0.1 ? "kept" : "NO"}`,
      "boundary, lost": `${boundary}, ${lost}`,
    };
  });
}

/** A prediction above 0. */
export function log<Fits>(what: string, predict: (models: Fits) => number): Asked<Fits> {
  return { what, scale: "log", predict };
}

/** A probability. */
export function logit<Fits>(what: string, predict: (models: Fits) => number): Asked<Fits> {
  return { what, scale: "logit", predict };
}

/** The fit to begin with. */
export function converged<Fit extends UncertainFit>(fit: Fit | FitFailure): Fit {
  if (!fit.converged) throw new Error(fit.reason);
  return fit;
}

/** The fit with what another search left: parameters, and coefficients under "transaction.name" and "dropout.name". */
function endedAt<Fit extends UncertainFit>(fit: Fit, { last }: FitFailure): Fit {
  const parameters: Record<string, number> = {};
  const covariates: Record<string, Record<string, number>> = { transaction: {}, dropout: {} };
  for (const [name, value] of Object.entries(last ?? {})) {
    const dot = name.indexOf(".");
    if (dot === -1) parameters[name] = value;
    else covariates[name.slice(0, dot)][name.slice(dot + 1)] = value;
  }
  return "covariates" in fit && fit.covariates ? { ...fit, parameters, covariates } : { ...fit, parameters };
}

function standardDeviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

function on(scale: Scale, value: number): number {
  return scale === "log" ? Math.log(value) : Math.log(value / (1 - value));
}
