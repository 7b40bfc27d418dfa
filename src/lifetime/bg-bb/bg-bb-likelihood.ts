import type { ObjectiveAtPoint } from "../../statistics/minimize-newton.js";
import type { DistinctHistories } from "../models/distinct-histories.js";
import type { BgBbParameters } from "../models/lifetime-model.js";
import { type RisingLogs, risingLogs } from "./rising-logs.js";

/** Tables for all histories of up to so many opportunities. @internal */
export interface BgBbTables {
  readonly alpha: RisingLogs;
  readonly beta: RisingLogs;
  /** Of alpha + beta. */
  readonly buying: RisingLogs;
  readonly delta: RisingLogs;
  /** Of gamma + delta. */
  readonly leaving: RisingLogs;
  readonly logGammaParameter: number;
}

/** @internal */
export function bgBbTables({ alpha, beta, gamma, delta }: BgBbParameters, opportunities: number): BgBbTables {
  return {
    alpha: risingLogs(alpha, opportunities),
    beta: risingLogs(beta, opportunities),
    buying: risingLogs(alpha + beta, opportunities),
    delta: risingLogs(delta, opportunities),
    leaving: risingLogs(gamma + delta, opportunities + 1),
    logGammaParameter: Math.log(gamma),
  };
}

/**
 * log of the chance to buy at certain x of m opportunities and to be there for them: and after them too (`isThere`), or to
 * have left before the next (Fader, Hardie & Shang 2010).
 */
function logTerm(tables: BgBbTables, x: number, m: number, isThere: boolean): number {
  const { alpha, beta, buying, delta, leaving } = tables;
  const bought = alpha.log[x] + beta.log[m - x] - buying.log[m];
  return isThere
    ? bought + delta.log[m] - leaving.log[m]
    : bought + tables.logGammaParameter + delta.log[m] - leaving.log[m + 1];
}

/** Log-likelihood of one history, by the logarithm of a sum: no term underflows. @internal */
export function bgBbLogLikelihood(tables: BgBbTables, x: number, tx: number, n: number): number {
  const there = logTerm(tables, x, n, true);
  let largest = there;
  for (let m = tx; m < n; m++) largest = Math.max(largest, logTerm(tables, x, m, false));
  let sum = Math.exp(there - largest);
  for (let m = tx; m < n; m++) sum += Math.exp(logTerm(tables, x, m, false) - largest);
  return largest + Math.log(sum);
}

/**
 * The negative log-likelihood by log(alpha), log(beta), log(gamma) and log(delta). The derivatives of the logarithm of a sum
 * are means over its terms, and the spread of the terms' slopes about them.
 *
 * @internal
 */
export function bgBbObjective(cells: DistinctHistories, point: readonly number[]): ObjectiveAtPoint {
  const parameters = point.map(Math.exp);
  const [alpha, beta, gamma, delta] = parameters;
  const gradient = [0, 0, 0, 0];
  const hessian = parameters.map(() => [0, 0, 0, 0]);
  if (!parameters.every((one) => one > 1 / FARTHEST && one < FARTHEST))
    return { value: Number.POSITIVE_INFINITY, gradient, hessian };
  const most = cells.T.reduce((longest, n) => Math.max(longest, n), 0);
  const tables = bgBbTables({ alpha, beta, gamma, delta }, most);
  let value = 0;
  const sums = new Float64Array(SUMS);
  for (let cell = 0; cell < cells.length; cell++) {
    const [x, tx, n, weight] = [cells.x[cell], cells.tx[cell], cells.T[cell], cells.weight[cell]];
    const logLikelihood = bgBbLogLikelihood(tables, x, tx, n);
    value -= weight * logLikelihood;
    sums.fill(0);
    for (let m = tx; m <= n; m++) {
      const share = Math.exp(logTerm(tables, x, m, m === n) - logLikelihood);
      if (share > 0) addTerm(sums, tables, share, x, m, m === n, gamma);
    }
    const slopes = sums.subarray(0, 4);
    for (let i = 0; i < 4; i++) {
      gradient[i] -= weight * parameters[i] * slopes[i];
      for (let k = 0; k <= i; k++) {
        // Mean curvature and mean product of slopes, less the product of means.
        const curve = sums[4 + (i * (i + 1)) / 2 + k] - slopes[i] * slopes[k];
        hessian[i][k] -= weight * parameters[i] * parameters[k] * curve;
      }
      hessian[i][i] -= weight * parameters[i] * slopes[i];
    }
  }
  for (let i = 0; i < 4; i++) for (let k = i + 1; k < 4; k++) hessian[i][k] = hessian[k][i];
  return { value, gradient, hessian };
}

/** Beyond, the sums are all rounding; a parameter that comes this far runs away. */
const FARTHEST = 1e8;
/** Four slopes, ten curvatures. */
const SUMS = 14;

function addTerm(
  sums: Float64Array,
  { alpha, beta, buying, delta, leaving }: BgBbTables,
  share: number,
  x: number,
  m: number,
  isThere: boolean,
  gamma: number,
): void {
  const end = isThere ? m : m + 1;
  const a = alpha.slope[x] - buying.slope[m];
  const b = beta.slope[m - x] - buying.slope[m];
  const g = (isThere ? 0 : 1 / gamma) - leaving.slope[end];
  const d = delta.slope[m] - leaving.slope[end];
  const both = buying.curve[m];
  const ends = leaving.curve[end];
  sums[0] += share * a;
  sums[1] += share * b;
  sums[2] += share * g;
  sums[3] += share * d;
  sums[4] += share * (a * a - alpha.curve[x] + both);
  sums[5] += share * (a * b + both);
  sums[6] += share * (b * b - beta.curve[m - x] + both);
  sums[7] += share * a * g;
  sums[8] += share * b * g;
  sums[9] += share * (g * g - (isThere ? 0 : 1 / (gamma * gamma)) + ends);
  sums[10] += share * a * d;
  sums[11] += share * b * d;
  sums[12] += share * (g * d + ends);
  sums[13] += share * (d * d - delta.curve[m] + ends);
}
