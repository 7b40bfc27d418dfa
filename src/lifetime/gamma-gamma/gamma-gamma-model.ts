import { assertArgument, assertBetween, shown } from "../../core/assert.js";
import { assertConverged } from "../models/assert-converged.js";
import type { GammaGammaModel, GammaGammaParameters } from "../models/lifetime-model.js";

/** Mean spend over all customers; `null` where there is none. @internal */
export function populationMean({ p, q, v }: GammaGammaParameters): number | null {
  return q > 1 ? (p * v) / (q - 1) : null;
}

/** Refuses what is no Gamma-Gamma model, a fit that failed too. @internal */
export function assertGammaGamma(model: unknown, path = "model"): asserts model is GammaGammaModel {
  const given = model as { model?: unknown; parameters?: Record<string, unknown> } | null | undefined;
  assertConverged(model, path);
  assertArgument(
    typeof given === "object" && given !== null && given.model === "gammaGamma",
    path,
    () => `${path} is ${shown(model)}: pass { model: "gammaGamma", parameters } of fitGammaGamma`,
  );
  for (const name of ["p", "q", "v"]) {
    assertBetween(given.parameters?.[name], `${path}.parameters.${name}`, 0, Number.POSITIVE_INFINITY);
  }
}
