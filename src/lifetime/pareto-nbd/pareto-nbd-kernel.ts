import { hypergeometric2F1NearOne } from "../../statistics/gauss-hypergeometric.js";
import { logBeta } from "../../statistics/log-beta.js";
import { logGamma } from "../../statistics/log-gamma.js";
import type { ParetoNbdParameters } from "../models/lifetime-model.js";
import type { TransactionKernel } from "../models/transaction-kernel.js";
import { discountedTime, expectedTime } from "./discounted-time.js";
import { paretoNbdCounts } from "./pareto-nbd-counts.js";

/**
 * Everything that Pareto/NBD at given parameters predicts (Schmittlein, Morrison & Colombo 1987; Fader & Hardie 2005).
 *
 * Given that a customer is still there at T, the rate of buying is gamma (r + x, alpha + T) and that of leaving gamma
 * (s, beta + T), independent of each other: what comes after T is what comes to a new customer of these parameters.
 *
 * @internal
 */
export function paretoNbdKernel({ r, alpha, s, beta }: ParetoNbdParameters): TransactionKernel {
  const { left, stays, logAlive: logOf } = logAliveOf(r, alpha, s, beta);
  const logAlive = (x: number, tx: number, T: number) => logOf(x, tx, T, left(x, tx), stays(x, T));
  const alive = (x: number, tx: number, T: number, after: number) =>
    Math.exp(logAlive(x, tx, T) - s * Math.log1p(after / (beta + T)));
  return {
    logLikelihood: (x, tx, T) => {
      // ln of Gamma(r + x) / Gamma(r)
      const rising = x === 0 ? 0 : logGamma(x) - logBeta(r, x);
      return (
        rising -
        x * Math.log(alpha + T) -
        r * Math.log1p(T / alpha) -
        s * Math.log1p(T / beta) -
        logAlive(x, tx, T)
      );
    },
    alive,
    expected: (time) => (r / alpha) * expectedTime(s, beta, time),
    conditionalExpected: (x, tx, T, horizon) =>
      alive(x, tx, T, 0) * ((r + x) / (alpha + T)) * expectedTime(s, beta + T, horizon),
    probabilities: (from, to, upTo) => paretoNbdCounts(r, alpha, s, beta, from, to, upTo),
    conditionalProbabilities: (x, tx, T, from, to, upTo) => {
      const stays = alive(x, tx, T, 0);
      const counts = paretoNbdCounts(r + x, alpha + T, s, beta + T, from, to, upTo);
      for (let n = 0; n <= upTo; n++) counts[n] *= stays;
      counts[0] += 1 - stays;
      return counts;
    },
    discounted: (x, tx, T, rate, horizon) => {
      const stays = alive(x, tx, T, 0);
      // Certainly gone, even where an endless time would have no limit.
      return stays === 0 ? 0 : stays * ((r + x) / (alpha + T)) * discountedTime(s, beta + T, rate, horizon);
    },
    longList: {
      scale: Math.min(alpha, beta),
      aliveParts: {
        left,
        stays,
        alive: (x, tx, T, fromLast, fromEnd) => Math.exp(logOf(x, tx, T, fromLast, fromEnd)),
      },
    },
  };
}

/**
 * ln P(alive at T) = -ln(e^d1 + e^d2), the two parts of the likelihood over that of a customer who is still there, each a
 * 2F1 with terms of one sign (derived from Fader & Hardie 2005, equations 15 and 18).
 */
function logAliveOf(r: number, alpha: number, s: number, beta: number) {
  const isSlow = alpha >= beta;
  return {
    /** ln of the part of those who left since tx, but for the time since. */
    left: (x: number, tx: number): number => {
      const p = r + x;
      return (
        Math.log(s) +
        (isSlow
          ? Math.log(hypergeometric2F1NearOne(p, s, (beta + tx) / (alpha + tx)))
          : Math.log((alpha + tx) / (beta + tx)) +
            Math.log(hypergeometric2F1NearOne(s + 1, p - 1, (alpha + tx) / (beta + tx))))
      );
    },
    /** ln of the part of those who stay beyond T. */
    stays: (x: number, T: number): number => {
      const p = r + x;
      return (
        Math.log(p) +
        (isSlow
          ? Math.log((beta + T) / (alpha + T)) +
            Math.log(hypergeometric2F1NearOne(p + 1, s - 1, (beta + T) / (alpha + T)))
          : Math.log(hypergeometric2F1NearOne(s, p, (alpha + T) / (beta + T))))
      );
    },
    logAlive: (x: number, tx: number, T: number, fromLast: number, stays: number): number => {
      const p = r + x;
      const rest = T - tx;
      const left = fromLast + (p * Math.log1p(rest / (alpha + tx)) + s * Math.log1p(rest / (beta + tx)));
      const larger = Math.max(left, stays);
      const sum = larger + Math.log1p(Math.exp(-Math.abs(left - stays))) - Math.log(p + s);
      // Rounding alone can make it a probability above 1.
      return Math.min(0, -sum);
    },
  };
}
