import { choleskyFactor, choleskySolve } from "../cholesky.js";
import type { CoxInput } from "./cox-data.js";
import { readFitted } from "./cox-fitted.js";
import { riskMoments, visitTieSteps } from "./cox-partial-likelihood.js";
import type { CoxFit } from "./cox-regression.js";
import { visitRiskSets } from "./cox-risk-sets.js";

/** Residuals of a Cox regression, one for each event, ordered by stratum and time. */
export interface SchoenfeldResiduals {
  /** 0-based row of the data that had the event. */
  readonly row: readonly number[];
  /** Time of the event. */
  readonly time: readonly number[];
  /** Stratum of the event, `null` for those of none; `null` without strata. */
  readonly stratum: readonly (string | null)[] | null;
  /** By covariate: its value for the subject less its mean over those at risk. */
  readonly raw: Readonly<Record<string, readonly number[]>>;
  /** By covariate: the coefficient as it seems at the time of the event; a trend over time speaks against one coefficient. `null` when the information of the events is singular. */
  readonly scaled: Readonly<Record<string, readonly number[]>> | null;
  /** Why `scaled` is `null`; else `null`. */
  readonly reason: string | null;
}

/**
 * How does the effect of each covariate look at each event?
 *
 * Observed less expected covariates (Schoenfeld 1982), and the same scaled by the mean information and set on the
 * coefficient (Grambsch and Therneau 1994): drawn over time they show how a hazard ratio changes. Equal to
 * `residuals(fit, "schoenfeld")` and the `y` of `cox.zph` in R's package survival, save in a stratum where a covariate does not
 * vary (R leaves it out there).
 *
 * @param fit - A fit of {@link coxRegression} that converged.
 * @param data - The data of the fit, the same rows; covariates by name, others are ignored.
 * @returns For each event its row, time and residuals by covariate.
 * @throws {@link ClienteleError} `NOT_CONVERGED` when the fit has not, `INVALID_ARGUMENT` when the data are not those
 * of the fit, `INVALID_ROWS` when rows break rules.
 * @example
 * ```ts
 * import { coxRegression, schoenfeldResiduals } from "clientele";
 *
 * const duration = [2, 3, 5, 5, 7, 8, 9, 12];
 * const event = [1, 1, 1, 0, 1, 0, 1, 0] as const;
 * const data = { duration, event, covariates: { complaints: [3, 0, 2, 0, 1, 1, 1, 0] } };
 * const fit = coxRegression(data);
 * if (!fit.converged) throw new Error(fit.reason);
 * const { time, raw } = schoenfeldResiduals(fit, data);
 * time; // => [2, 3, 5, 7, 9]
 * raw.complaints[0]; // ~> 0.5532467494195066
 * ```
 */
export function schoenfeldResiduals(fit: CoxFit, data: CoxInput): SchoenfeldResiduals {
  const { design, predictor } = readFitted(fit, data);
  const { size, x, order, strata, names } = design;
  const found: { place: number; stratum: string | null; time: number; values: number[] }[] = [];
  const information = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  const moments = riskMoments(size, true);
  visitRiskSets(design, predictor, true, (set) => {
    const mean = new Float64Array(size);
    visitTieSteps(set, fit.ties, moments, (at) => {
      for (let i = 0; i < size; i++) {
        mean[i] += (at.weight / set.eventWeight) * at.mean[i];
        for (let j = 0; j < size; j++) information[i][j] += at.weight * at.covariance[i * size + j];
      }
    });
    for (let place = set.from; place < set.to; place++) {
      const values = names.map((_, at) => x[place * size + at] - mean[at]);
      found.push({ place, stratum: strata[set.stratum], time: set.time, values });
    }
  });
  found.sort((a, b) => a.place - b.place);
  const factor = choleskyFactor(information);
  const scaled =
    factor && found.map(({ values }) => choleskySolve(factor, values).map((value) => value * found.length));
  const byName = (residualOf: (event: number, at: number) => number): Record<string, number[]> =>
    Object.fromEntries(names.map((name, at) => [name, found.map((_, event) => residualOf(event, at))]));
  return {
    row: found.map(({ place }) => order[place]),
    time: found.map(({ time }) => time),
    stratum: fit.strata && found.map(({ stratum }) => stratum),
    raw: byName((event, at) => found[event].values[at] * design.scales[at]),
    scaled:
      scaled &&
      byName((event, at) => scaled[event][at] / design.scales[at] + fit.coefficients[at].coefficient),
    reason: scaled === null ? "scaled: the information of the events is singular" : null,
  };
}
