import { assertArgument, shown } from "../../core/assert.js";
import { assertNoFaults, noFaults, noteFault } from "../../core/row-faults.js";
import type { CoxFit } from "./cox-regression.js";

/** Somebody to predict for; a row of the data of the fit will do. */
export interface CoxSubject {
  /** A number for each covariate of the fit; others are ignored. */
  readonly covariates: Readonly<Record<string, number>>;
  /** The stratum, one of the fit's; needed for a baseline when the fit has strata, unless some of its rows had none. */
  readonly stratum?: string | null | undefined;
  /** How long the subject has already gone without the event: its shares are among those who got that far. Default 0. */
  readonly survivedTo?: number | null | undefined;
}

/** What predictions need of a subject. @internal */
export interface KnownSubject {
  /** Less the mean of each covariate, in the order of the fit. */
  readonly distances: readonly number[];
  /** Sum of coefficient times distance. */
  readonly linearPredictor: number;
  /** Place of the stratum, 0 without strata. */
  readonly stratum: number;
  readonly survivedTo: number;
}

/** Reads subjects, with covariates as distances from their means, and throws with every row that breaks a rule. @internal */
export function readSubjects(
  subjects: readonly CoxSubject[],
  fit: CoxFit,
  needs: { readonly stratum: boolean },
): KnownSubject[] {
  const path = "subjects";
  assertArgument(Array.isArray(subjects), path, () => `${path} is ${shown(subjects)}: pass an array`);
  const faults = noFaults();
  const placeOf = new Map((fit.strata ?? []).map((name, at) => [name, at]));
  const known = subjects.map((subject, row) => {
    const given: Partial<CoxSubject> = Object(subject);
    const values = Object(given.covariates);
    const distances = fit.coefficients.map(({ name, mean }) => {
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      if (typeof value === "number" && Number.isFinite(value)) return value - mean;
      const reason = value === undefined ? "is missing" : "is not a finite number";
      noteFault(faults, { row, field: `covariates.${name}`, reason, value });
      return 0;
    });
    const survivedTo = given.survivedTo ?? 0;
    if (typeof survivedTo !== "number" || !(survivedTo >= 0 && survivedTo < Number.POSITIVE_INFINITY)) {
      const reason = "is not a finite number of 0 or more";
      noteFault(faults, { row, field: "survivedTo", reason, value: survivedTo });
    }
    const { stratum = null } = given;
    const place = needs.stratum && fit.strata !== null ? placeOf.get(stratum) : 0;
    if (place === undefined) {
      const fault =
        stratum === null
          ? { reason: "is missing: name a stratum of the fit", value: undefined }
          : { reason: "is no stratum of the fit", value: stratum };
      noteFault(faults, { row, field: "stratum", ...fault });
    }
    const linearPredictor = fit.coefficients.reduce(
      (sum, { coefficient }, at) => sum + coefficient * distances[at],
      0,
    );
    return { distances, linearPredictor, stratum: place ?? 0, survivedTo };
  });
  assertNoFaults(faults, path);
  return known;
}
