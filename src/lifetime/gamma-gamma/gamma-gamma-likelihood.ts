import { digamma } from "../../statistics/digamma.js";
import { logGammaDrop } from "../../statistics/log-beta.js";
import { logGamma } from "../../statistics/log-gamma.js";
import type { ObjectiveAtPoint } from "../../statistics/minimize-newton.js";
import { trigamma } from "../../statistics/trigamma.js";

/** Customers with a repeat purchase; what depends on their number of purchases alone by that number. @internal */
export interface SpendData {
  /** Total spend of each row. */
  readonly spend: Float64Array;
  /** Purchases of each row. */
  readonly x: Float64Array;
  readonly weight: Float64Array;
  /** Different numbers of purchases, and how many customers have each. */
  readonly counts: readonly { readonly x: number; readonly customers: number }[];
  readonly customers: number;
  /** Sums over customers: of purchases times the logarithm of total spend over `scale`, and of the logarithm of the mean spend. */
  readonly logSpends: number;
  readonly logMeans: number;
  /** A typical mean spend: money is counted in it. */
  readonly scale: number;
}

/** Beyond, the sums are all rounding; a parameter that comes this far runs away. */
const FARTHEST = 1e8;

/** @internal */
export function spendData(x: Float64Array, meanSpend: Float64Array, weight: Float64Array): SpendData {
  const byCount = new Map<number, number>();
  let [customers, logSpends, logMeans, total] = [0, 0, 0, 0];
  for (let i = 0; i < x.length; i++) total += weight[i] * Math.log(meanSpend[i]);
  for (const one of weight) customers += one;
  const scale = Math.exp(total / customers);
  const spend = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++) {
    byCount.set(x[i], (byCount.get(x[i]) ?? 0) + weight[i]);
    spend[i] = x[i] * (meanSpend[i] / scale);
    logSpends += weight[i] * x[i] * Math.log(spend[i]);
    logMeans += weight[i] * Math.log(meanSpend[i]);
  }
  const counts = [...byCount].map(([count, many]) => ({ x: count, customers: many }));
  return { spend, x, weight, counts, customers, logSpends, logMeans, scale };
}

/**
 * The negative log-likelihood (Fader & Hardie 2013, equation 1a) by log(p), log(q) and log(v). Special functions are taken
 * once for each number of purchases; a row costs one logarithm.
 *
 * @internal
 */
export function gammaGammaObjective(data: SpendData, point: readonly number[]): ObjectiveAtPoint {
  const [p, q, money] = point.map(Math.exp);
  const v = money / data.scale;
  const isInReach = [p, q, v].every((value) => value > 1 / FARTHEST && value < FARTHEST);
  const hessian = [
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
  ];
  if (!isInReach) return { value: Number.POSITIVE_INFINITY, gradient: [0, 0, 0], hessian };
  const { counts, spend, x, weight, customers } = data;
  let value = p * data.logSpends - data.logMeans + customers * (q * Math.log(v) - logGamma(q));
  let [byP, byQ, byV] = [data.logSpends, customers * (Math.log(v) - digamma(q)), 0];
  let [pp, pq, qq, pv, qv, vv] = [0, 0, -customers * trigamma(q), 0, 0, 0];
  for (const { x: count, customers: many } of counts) {
    const all = p * count + q;
    const slope = digamma(all);
    const curve = trigamma(all);
    value -= many * logGammaDrop(q, p * count);
    byP += many * count * (slope - digamma(p * count));
    byQ += many * slope;
    pp += many * count * count * (curve - trigamma(p * count));
    pq += many * count * curve;
    qq += many * curve;
  }
  for (let i = 0; i < spend.length; i++) {
    const [times, count] = [weight[i], x[i]];
    const all = v + spend[i];
    const log = times * Math.log(all);
    const share = times / all;
    value -= (p * count + q) * log;
    byP -= count * log;
    byQ -= log;
    // q / v - (p x + q) / (v + spend), without cancellation.
    byV += (share * (q * spend[i] - p * count * v)) / v;
    pv -= share * count;
    qv += (share * spend[i]) / v;
    vv += (share * (p * count + q)) / all - (times * q) / v / v;
  }
  return {
    value: -value,
    gradient: [-p * byP, -q * byQ, -v * byV],
    hessian: [
      [-p * byP - p * p * pp, -p * q * pq, -p * v * pv],
      [-p * q * pq, -q * byQ - q * q * qq, -q * v * qv],
      [-p * v * pv, -q * v * qv, -v * byV - v * v * vv],
    ],
  };
}
