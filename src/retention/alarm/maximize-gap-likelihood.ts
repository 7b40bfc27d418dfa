import { assertArgument, assertInRange, assertOptions, shown } from "../../core/assert.js";
import { minimizeNewton, type NewtonMinimum, type NewtonOptions } from "../../statistics/minimize-newton.js";
import { type GapData, type GapParameters, gapLikelihood } from "./gap-likelihood.js";

/** What to hold, and when to stop. */
export interface GapModelOptions extends NewtonOptions {
  /** Holds the shape of gaps, above 0 and at most 1,000,000: 1 for exponential gaps. Default: fitted. */
  readonly shape?: number;
  /**
   * Holds the chance of leaving after a purchase, from 0 to below 1: 0 where customers cannot leave unseen, so that each
   * open gap is one still running. Default: fitted.
   */
  readonly leaving?: number;
  /** Steps to take at most. Default 1,000: of few customers a fit may have to cross a flat stretch in small steps. */
  readonly maxIterations?: number;
}

/** The four numbers of a gap model. */
export interface GapModelParameters {
  /** Shape of the gaps of a customer: 1 exponential, above 1 more regular, below 1 in bursts. */
  readonly shape: number;
  /** Shape of the customers' rates: large where customers are alike. */
  readonly rateShape: number;
  /** Rate parameter of the customers' rates, in days: the mean rate is `rateShape / rateDays`. */
  readonly rateDays: number;
  /** Chance that a customer leaves for good after a purchase. */
  readonly leaving: number;
}

/** A fitted model of gaps between purchases: plain JSON, to be stored and used later. */
export interface GapModel {
  /** Tells a gap model from other objects. */
  readonly kind: "GapModel";
  /** The estimates; `null` unless `converged`. */
  readonly parameters: GapModelParameters | null;
  /** Of the estimates, from the curvature of the likelihood; `null` for those that were held or lie at a limit. */
  readonly standardErrors: { readonly [Name in keyof GapModelParameters]: number | null };
  /**
   * Parameters whose likelihood rises up to the end of their range, where they were held: `leaving` at 0 (nobody seems
   * to have left), `rateShape` at 1,000,000 (customers do not differ).
   */
  readonly atLimit: readonly ("leaving" | "rateShape")[];
  /** Natural logarithm of the likelihood of all gaps, at its maximum; `null` unless `converged`. */
  readonly logLikelihood: number | null;
  /**
   * Largest absolute slope of the log-likelihood by the logarithm (of `leaving`, the logit) of a fitted parameter, where
   * the search ended; `null` without a search, or where a parameter left its range.
   */
  readonly gradientNorm: number | null;
  /** Newton steps taken. */
  readonly iterations: number;
  /** Whether the maximum was reached. */
  readonly converged: boolean;
  /** Why it was not reached; `null` where `converged`. */
  readonly reason: string | null;
  /** Customers with a purchase. */
  readonly customers: number;
  /** Number of gaps. */
  readonly gaps: number;
}

const NAMES = ["shape", "rateShape", "rateDays", "leaving"] as const;
const ALIKE = 1e6;
const NOBODY = 1e-7;

type Held = Readonly<Partial<Record<number, number>>>;

/** @internal */
export function maximizeGapLikelihood(data: GapData, options: GapModelOptions): GapModel {
  assertOptions(options, "an object, or leave it out");
  const { shape, leaving } = options;
  if (shape !== undefined)
    assertArgument(
      Number.isFinite(shape) && shape > 0 && shape <= ALIKE,
      "options.shape",
      () => `options.shape is ${shown(shape)}: pass a number above 0, at most ${ALIKE}`,
    );
  if (leaving !== undefined) assertInRange(leaving, "options.leaving", 0, 1 - NOBODY);
  const counts = { kind: "GapModel", customers: data.customers, gaps: data.gaps } as const;
  if (data.gaps === 0) {
    const reason = "no customer has bought on two days: there is no gap to learn from";
    return { ...counts, ...unfitted(reason), gradientNorm: null, iterations: 0 };
  }
  const fixed: Held = {
    ...(shape === undefined ? {} : { 0: shape }),
    ...(leaving === undefined ? {} : { 3: leaving }),
  };
  const free = fittedWith(data, fixed, options);
  if (free === null) {
    const reason = "a silence is impossibly long for such gaps with leaving held at 0: let it be fitted";
    return { ...counts, ...unfitted(reason), gradientNorm: null, iterations: 0 };
  }
  const { fit, held } =
    free.reason === null ? { fit: free, held: fixed } : bestAtLimit(data, fixed, free, options);
  const { newton, parameters, value, reason } = fit;
  const run = { gradientNorm: newton?.gradientNorm ?? null, iterations: newton?.iterations ?? 0 };
  if (newton === null || reason !== null) return { ...counts, ...unfitted(reason ?? ""), ...run };
  const [k, r, alpha, p] = parameters;
  return {
    ...counts,
    parameters: { shape: k, rateShape: r, rateDays: alpha, leaving: p },
    standardErrors: standardErrors(newton, parameters, held),
    atLimit: (["leaving", "rateShape"] as const).filter((name) => {
      const place = NAMES.indexOf(name);
      return place in held && !(place in fixed);
    }),
    logLikelihood: -value,
    ...run,
    converged: true,
    reason: null,
  };
}

interface Fit {
  /** `null` where a parameter left its range on the way. */
  readonly newton: NewtonMinimum | null;
  /** The best found: the maximum only if there is no reason. */
  readonly parameters: GapParameters;
  /** Negative log-likelihood there. */
  readonly value: number;
  /** Why it is no maximum. */
  readonly reason: string | null;
}

/** `null` where the histories are impossible with what is held. */
function fittedWith(data: GapData, held: Held, options: GapModelOptions): Fit | null {
  const places = [0, 1, 2, 3].filter((place) => !(place in held));
  const parametersAt = (logs: readonly number[]): GapParameters => {
    const [k, r, alpha, p] = [0, 1, 2, 3].map((place) => {
      const log = logs[places.indexOf(place)];
      return held[place] ?? (place === 3 ? 1 / (1 + Math.exp(-log)) : Math.exp(log));
    });
    return [k, r, alpha, p];
  };
  const meanGap = data.kinds.reduce((sum, kind) => sum + kind.customers * kind.sum, 0) / data.gaps;
  const rateShape = held[1] ?? 2;
  const start = [0, Math.log(rateShape), Math.log(meanGap * Math.max(rateShape - 1, 0.5)), -2];
  const from = places.map((place) => start[place]);
  let tried = { parameters: parametersAt(from), value: Number.NaN };
  const objective = (logs: readonly number[]) => {
    const parameters = parametersAt(logs);
    const isUsable = parameters.every((parameter, place) => place in held || isInRange(parameter, place));
    const { value, gradient, hessian } = isUsable ? gapLikelihood(data, parameters) : NOWHERE;
    tried = { parameters, value };
    return {
      value,
      gradient: places.map((i) => gradient[i]),
      hessian: places.map((i) => places.map((j) => hessian[Math.max(i, j)][Math.min(i, j)])),
    };
  };
  // Only a silence beyond all measure with leaving held at 0.
  if (!Number.isFinite(objective(from).value)) return null;
  // A likelihood that rises without end is not worth following: the search is called off. What it tried on the way to a
  // step says nothing, the step does: it is the last point tried.
  let runaway: string | null = null;
  const onProgress = (iterations: number) => {
    runaway = runawayOf(tried.parameters, held);
    options.onProgress?.(iterations);
  };
  const signal = {
    get aborted() {
      return runaway !== null || options.signal?.aborted === true;
    },
  };
  try {
    const newton = minimizeNewton(objective, from, { maxIterations: 1000, ...options, signal, onProgress });
    const { minimizer, value, reason } = newton;
    return { newton, parameters: parametersAt(minimizer), value, reason: reason ?? runaway };
  } catch (error) {
    if (runaway === null || options.signal?.aborted) throw error;
    return { newton: null, ...tried, reason: runaway };
  }
}

/** Which parameter runs to the end of its range, in the words of the reason. */
function runawayOf([k, r, , p]: GapParameters, held: Held): string | null {
  if (!(0 in held) && k > ALIKE)
    return "the likelihood rises without end with the shape: gaps are like clockwork";
  if (!(1 in held) && r > ALIKE)
    return "the likelihood rises without end with rateShape: customers do not differ";
  if (!(3 in held) && p < NOBODY) return "the likelihood rises until leaving is 0";
  return null;
}

/** Where the search steps back: the numbers would overflow. */
const NOWHERE = {
  value: Number.NaN,
  gradient: [0, 0, 0, 0],
  hessian: [[0], [0, 0], [0, 0, 0], [0, 0, 0, 0]],
};

/** Beyond, the likelihood is a small difference of huge logarithms, and what is left of it is rounding. */
const LARGEST_SHAPE = 1e7;

function isInRange(parameter: number, place: number): boolean {
  if (place === 3) return parameter < 1;
  return parameter > 1e-200 && parameter < (place === 2 ? 1e200 : LARGEST_SHAPE);
}

/** The best of the fits with a parameter at its limit that converged, if it is as good as the one that did not. */
function bestAtLimit(
  data: GapData,
  fixed: Held,
  free: Fit,
  options: GapModelOptions,
): { readonly fit: Fit; readonly held: Held } {
  let best = { fit: free, held: fixed };
  const candidates: readonly Held[] = [{ 3: 0 }, { 1: ALIKE }, { 1: ALIKE, 3: 0 }];
  for (const limits of candidates) {
    const held: Held = { ...limits, ...fixed };
    if (Object.keys(held).length === Object.keys(fixed).length) continue;
    const fit = fittedWith(data, held, options);
    if (fit?.reason !== null) continue;
    // Of a fit that ran towards a limit the held one misses next to nothing.
    const isAsGood = best.fit.reason === null ? fit.value < best.fit.value : fit.value < free.value + 0.01;
    if (isAsGood) best = { fit, held };
  }
  return best;
}

function standardErrors(
  { inverseHessian }: NewtonMinimum,
  parameters: GapParameters,
  held: Held,
): GapModel["standardErrors"] {
  const places = [0, 1, 2, 3].filter((place) => !(place in held));
  const [shape, rateShape, rateDays, leaving] = NAMES.map((_, place) => {
    const i = places.indexOf(place);
    if (i < 0 || inverseHessian === null) return null;
    const value = parameters[place];
    // By the delta method from the logarithm, or the logit.
    return Math.sqrt(inverseHessian[i][i]) * (place === 3 ? value * (1 - value) : value);
  });
  return { shape, rateShape, rateDays, leaving };
}

function unfitted(reason: string) {
  return {
    parameters: null,
    standardErrors: { shape: null, rateShape: null, rateDays: null, leaving: null },
    atLimit: [],
    logLikelihood: null,
    converged: false,
    reason,
  } as const;
}
