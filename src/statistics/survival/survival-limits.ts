/**
 * On which scale an interval of a survival probability is symmetric. R's `conf.type` has the same five.
 *
 * | method | scale | |
 * |---|---|---|
 * | `logLog` | log(-log S) | stays inside 0..1; holds its level best with few subjects (Kalbfleisch & Prentice 1980) |
 * | `log` | log S | R's default; cut at 1 |
 * | `plain` | S | the textbook interval; cut at 0 and 1 |
 * | `logit` | log(S / (1 - S)) | stays inside 0..1 |
 * | `arcsine` | asin(sqrt S) | stays inside 0..1 |
 */
export type SurvivalIntervalMethod = "logLog" | "log" | "plain" | "logit" | "arcsine";

/** All methods, for the guards. @internal */
export const SURVIVAL_INTERVAL_METHODS = [
  "logLog",
  "log",
  "plain",
  "logit",
  "arcsine",
] as const satisfies readonly SurvivalIntervalMethod[];

/**
 * Writes the lower and the upper limit of a share into `limits`; `logError` is the standard error of its logarithm. For
 * shares that have limits only, see {@link hasLimits}.
 *
 * @internal
 */
export type SurvivalLimits = (survival: number, logError: number, z: number, limits: Float64Array) => void;

/**
 * Whether an interval exists: never at 0, where the standard error is undefined; at 1 only on the scales `plain` and
 * `log`, where it is 1 to 1.
 *
 * @internal
 */
export function hasLimits(survival: number, method: SurvivalIntervalMethod): boolean {
  return survival > 0 && (survival < 1 || method === "plain" || method === "log");
}

/** @internal */
export const SURVIVAL_LIMITS: Readonly<Record<SurvivalIntervalMethod, SurvivalLimits>> = {
  plain: (survival, logError, z, limits) => {
    const margin = z * survival * logError;
    limits[0] = Math.max(0, survival - margin);
    limits[1] = Math.min(1, survival + margin);
  },
  log: (survival, logError, z, limits) => {
    const factor = Math.exp(z * logError);
    limits[0] = survival / factor;
    limits[1] = Math.min(1, survival * factor);
  },
  logLog: (survival, logError, z, limits) => {
    const log = Math.log(survival);
    const power = Math.exp((z * logError) / -log);
    limits[0] = Math.exp(log * power);
    limits[1] = Math.exp(log / power);
  },
  logit: (survival, logError, z, limits) => {
    const lost = 1 - survival;
    const factor = Math.exp((z * logError) / lost);
    limits[0] = survival / (survival + lost * factor);
    // Not with the factor in the numerator: it may be too large for a number, then the limit excludes nothing.
    limits[1] = survival / (survival + lost / factor);
  },
  arcsine: (survival, logError, z, limits) => {
    const angle = Math.asin(Math.sqrt(survival));
    const margin = 0.5 * z * logError * Math.sqrt(survival / (1 - survival));
    const upper = Math.min(Math.PI / 2, angle + margin);
    limits[0] = Math.sin(Math.max(0, angle - margin)) ** 2;
    limits[1] = Math.sin(upper) ** 2;
  },
};

/**
 * The scale on which the intervals of a method are symmetric: ascending in the share. A limit is below a share where
 * `limitOf` is below `of` that share: found without the limit itself.
 *
 * @internal
 */
export interface SurvivalScale {
  readonly of: (survival: number) => number;
  /** A limit of exp(-hazard), z standard errors away, on the scale; before any cut at 0 and 1. */
  readonly limitOf: (hazard: number, error: number, z: number) => number;
}

/** @internal */
export const SURVIVAL_SCALES: Readonly<Record<SurvivalIntervalMethod, SurvivalScale>> = {
  plain: {
    of: (survival) => survival,
    limitOf: (hazard, error, z) => Math.exp(-hazard) * (1 + z * error),
  },
  log: {
    of: Math.log,
    limitOf: (hazard, error, z) => z * error - hazard,
  },
  logLog: {
    of: (survival) => -Math.log(-Math.log(survival)),
    limitOf: (hazard, error, z) => (z * error) / hazard - Math.log(hazard),
  },
  logit: {
    of: (survival) => Math.log(survival / (1 - survival)),
    limitOf: (hazard, error, z) => {
      const lost = -Math.expm1(-hazard);
      return (z * error) / lost - hazard - Math.log(lost);
    },
  },
  arcsine: {
    of: (survival) => Math.asin(Math.sqrt(survival)),
    limitOf: (hazard, error, z) => {
      const survival = Math.exp(-hazard);
      return Math.asin(Math.sqrt(survival)) + 0.5 * z * error * Math.sqrt(survival / (1 - survival));
    },
  },
};
