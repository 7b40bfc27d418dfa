import { digamma } from "../../statistics/digamma.js";
import { logGamma } from "../../statistics/log-gamma.js";
import type { ObjectiveAtPoint } from "../../statistics/minimize-newton.js";
import { trigamma } from "../../statistics/trigamma.js";
import type { DistinctHistories } from "../models/distinct-histories.js";
import { countsAbove, risingSum } from "../models/rising-factorials.js";

/**
 * Negative log-likelihood of BG/NBD with covariates, by ln r, ln alpha, ln a, ln b, then the coefficients on the purchase
 * rate (alpha exp(-effect)), then those on leaving (a exp(effect), b exp(effect)).
 *
 * Each customer has parameters of their own. Derivatives by the logarithms of those lead to all others: a coefficient moves
 * ln alpha by minus its measure, or ln a and ln b by its measure.
 *
 * @internal
 */
export function bgNbdCovariateObjective(
  { x, tx, T, weight, length }: DistinctHistories,
  transaction: readonly Float64Array[],
  dropout: readonly Float64Array[],
): (point: readonly number[]) => ObjectiveAtPoint {
  const counts = countsAbove(x, weight);
  const size = 4 + transaction.length + dropout.length;
  // Along which of the customer's own directions a parameter moves: ln r, ln alpha, ln a, ln b, or ln a and ln b together.
  const directions = Array.from({ length: size }, (_, k) => (k < 4 ? k : k < 4 + transaction.length ? 1 : 4));
  return (point) => {
    const r = Math.exp(point[0]);
    const gradient = new Float64Array(size);
    const hessian = new Float64Array(size * size);
    const own = new Float64Array(5);
    const bends = new Float64Array(25);
    const steps = new Float64Array(size).fill(1);
    const buys = risingSum(counts, r);
    let value = buys.value;
    for (let i = 0; i < length; i++) {
      let logAlpha = point[1];
      let effect = 0;
      for (let k = 0; k < transaction.length; k++) {
        steps[4 + k] = -transaction[k][i];
        logAlpha -= point[4 + k] * transaction[k][i];
      }
      for (let k = 0; k < dropout.length; k++) {
        const at = 4 + transaction.length + k;
        steps[at] = dropout[k][i];
        effect += point[at] * dropout[k][i];
      }
      value +=
        weight[i] *
        customer(
          x[i],
          tx[i],
          T[i],
          r,
          logAlpha,
          Math.exp(point[2] + effect),
          Math.exp(point[3] + effect),
          own,
          bends,
        );
      for (let k = 0; k < size; k++) {
        const step = weight[i] * steps[k];
        gradient[k] += step * own[directions[k]];
        for (let l = 0; l <= k; l++) {
          hessian[k * size + l] += step * steps[l] * bends[directions[k] * 5 + directions[l]];
        }
      }
    }
    gradient[0] += r * buys.slope;
    hessian[0] += r * (buys.slope + r * buys.curvature);
    return {
      value: -value,
      gradient: Array.from(gradient, (slope) => -slope),
      hessian: Array.from({ length: size }, (_, k) =>
        Array.from({ length: size }, (_, l) => -hessian[Math.max(k, l) * size + Math.min(k, l)]),
      ),
    };
  };
}

/** ln of the likelihood without (r)_x, gradient and Hessian of one customer along the five directions. */
function customer(
  x: number,
  tx: number,
  T: number,
  r: number,
  logAlpha: number,
  a: number,
  b: number,
  gradient: Float64Array,
  hessian: Float64Array,
): number {
  const inverseAlpha = Math.exp(-logAlpha);
  const n = r + x;
  const late = T * inverseAlpha;
  const e2 = 1 / (1 + late);
  const log2 = Math.log1p(late);
  const y2 = late * e2;
  gradient.fill(0);
  hessian.fill(0);
  if (x === 0) {
    gradient[0] = -r * log2;
    gradient[1] = r * y2;
    hessian[0] = -r * log2;
    hessian[1] = hessian[5] = r * y2;
    hessian[6] = -r * y2 * e2;
    return -r * log2;
  }
  const early = tx * inverseAlpha;
  const e1 = 1 / (1 + early);
  const log1 = Math.log1p(early);
  const y1 = early * e1;
  const c = b + x - 1;
  const gap = Math.log1p((T - tx) * inverseAlpha * e1);
  const stillThere = c * Math.exp(-n * gap);
  const dead = a / (a + stillThere);
  const alive = stillThere / (a + stillThere);
  const stay = b / c;
  // The difference of the gradients of the two summands, alive less dead; its last entry is that along ln a and ln b.
  const difference = [-r * gap, n * (late - early) * e1 * e2, -1, stay, stay - 1];
  const stays = rising(b, x - 1);
  const chances = rising(a + b, x);
  const logRow = dead * log1 + alive * log2;
  const share = dead * y1 + alive * y2;
  gradient[0] = -r * logRow;
  gradient[1] = n * share - x;
  gradient[2] = dead - a * chances.slope;
  gradient[3] = alive * stay + b * (stays.slope - chances.slope);
  hessian[0] = -r * logRow;
  hessian[5] = r * share;
  hessian[6] = -n * (dead * e1 * y1 + alive * e2 * y2);
  hessian[12] = -a * (chances.slope + a * chances.curvature);
  hessian[17] = -a * b * chances.curvature;
  hessian[18] =
    alive * stay * (1 - stay) + b * (stays.slope - chances.slope + b * (stays.curvature - chances.curvature));
  gradient[4] = gradient[2] + gradient[3];
  hessian[24] = hessian[12] + 2 * hessian[17] + hessian[18];
  hessian[22] = hessian[12] + hessian[17];
  hessian[23] = hessian[17] + hessian[18];
  for (let k = 0; k < 5; k++) {
    for (let l = 0; l <= k; l++) {
      hessian[k * 5 + l] += dead * alive * difference[k] * difference[l];
      hessian[l * 5 + k] = hessian[k * 5 + l];
    }
  }
  return Math.log(a + stillThere) - n * log1 - x * logAlpha + stays.value - chances.value;
}

/** ln (p)_count with its first two derivatives. */
function rising(p: number, count: number): { value: number; slope: number; curvature: number } {
  if (count > MANY_FACTORS) {
    return {
      value: logGamma(p + count) - logGamma(p),
      slope: digamma(p + count) - digamma(p),
      curvature: trigamma(p + count) - trigamma(p),
    };
  }
  let product = 1;
  let slope = 0;
  let curvature = 0;
  for (let j = 0; j < count; j++) {
    const inverse = 1 / (p + j);
    product *= p + j;
    slope += inverse;
    curvature -= inverse * inverse;
  }
  return { value: Math.log(product), slope, curvature };
}

/** So few that their product does not overflow. */
const MANY_FACTORS = 24;
