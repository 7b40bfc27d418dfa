import type { ObjectiveAtPoint } from "../../statistics/minimize-newton.js";
import type { DistinctHistories } from "../models/distinct-histories.js";
import { type CountsAbove, countsAbove, risingSum } from "../models/rising-factorials.js";
import { logSum, newJet, SECOND } from "./jet.js";
import { remainingIntegral } from "./remaining-integral.js";

/** Which columns of `histories.covariates` act on alpha (buying) and which on beta (leaving). @internal */
export interface CovariateColumns {
  readonly transaction: readonly number[];
  readonly dropout: readonly number[];
}

/**
 * Negative log-likelihood of Pareto/NBD with gradient and Hessian by ln r, ln alpha, ln s, ln beta, then by coefficients.
 *
 * With p = r + x a customer's likelihood is (r)_x alpha^-x times s times the integral of
 * (1 + u / alpha)^-p (1 + u / beta)^-(s + 1) / beta from tx, plus p times that of (1 + u / alpha)^-(p + 1) (1 + u / beta)^-s
 * / alpha from T on (Fader & Hardie 2005, equation 15, integrated by parts): nothing is subtracted. A customer's own alpha is
 * alpha exp(-effect), the own beta beta exp(-effect).
 *
 * @internal
 */
export function paretoNbdObjective(
  histories: DistinctHistories,
  { transaction, dropout }: CovariateColumns = { transaction: [], dropout: [] },
): (point: readonly number[]) => ObjectiveAtPoint {
  const data = groupedByPurchases(histories);
  const early = remainingIntegral(0);
  const late = remainingIntegral(1);
  const one = newJet();
  const two = newJet();
  const row = newJet();
  const coefficients = [
    ...transaction.map((column) => ({ values: data.covariates[column], base: 1 })),
    ...dropout.map((column) => ({ values: data.covariates[column], base: 3 })),
  ];
  const size = 4 + coefficients.length;
  return (point) => {
    const [logR, logAlpha, logS, logBeta] = point;
    const [r, s] = [Math.exp(logR), Math.exp(logS)];
    let [alpha, beta] = [Math.exp(logAlpha), Math.exp(logBeta)];
    const total = new Float64Array(15);
    const gradient = new Array<number>(size).fill(0);
    const hessian = Array.from({ length: size }, () => new Array<number>(size).fill(0));
    const nowhere = { value: Number.POSITIVE_INFINITY, gradient, hessian };
    if (point.slice(0, 4).some((value) => !(Math.abs(value) < FARTHEST))) return nowhere;
    for (let group = 0; group < data.purchases.length; group++) {
      const x = data.purchases[group];
      const p = r + x;
      const w = p + s;
      let lastTx = Number.NaN;
      let lastT = Number.NaN;
      let customers = 0;
      for (let i = data.starts[group]; i < data.starts[group + 1]; i++) {
        const weight = data.weight[i];
        let effect = 0;
        if (size > 4) {
          let leaving = 0;
          for (let k = 4; k < size; k++) {
            const { values, base } = coefficients[k - 4];
            if (base === 1) effect += point[k] * values[i];
            else leaving += point[k] * values[i];
          }
          if (!(Math.abs(logAlpha - effect) < FARTHEST && Math.abs(logBeta - leaving) < FARTHEST))
            return nowhere;
          alpha = Math.exp(logAlpha - effect);
          beta = Math.exp(logBeta - leaving);
          lastTx = Number.NaN;
          lastT = Number.NaN;
        }
        if (data.tx[i] !== lastTx) {
          lastTx = data.tx[i];
          early(lastTx, alpha, beta, p, s, one);
          // ln s, and its derivatives.
          one[0] += logS;
          one[3] += 1 / s;
          one[12] -= 1 / (s * s);
        }
        if (data.T[i] !== lastT) {
          lastT = data.T[i];
          late(lastT, alpha, beta, p, s, two);
          two[0] += Math.log(p);
          two[1] += 1 / p;
          two[5] -= 1 / (p * p);
        }
        logSum(one, two, row);
        row[0] += x * effect;
        row[2] -= x;
        customers += weight;
        for (let k = 0; k < 15; k++) total[k] += weight * row[k];
        for (let k = 4; k < size; k++) {
          const { values, base } = coefficients[k - 4];
          const pull = -weight * values[i];
          gradient[k] += pull * row[1 + base];
          for (let j = 0; j < 4; j++) hessian[k][j] += pull * row[SECOND[base][j]];
          for (let j = 4; j <= k; j++) {
            hessian[k][j] -=
              pull * coefficients[j - 4].values[i] * row[SECOND[base][coefficients[j - 4].base]];
          }
        }
      }
      total[0] -= customers * (Math.log(w) + x * logAlpha);
      total[1] -= customers / w;
      total[3] -= customers / w;
      for (const place of [5, 7, 12]) total[place] += customers / (w * w);
    }
    return assembled(total, data.counts, r, s, gradient, hessian);
  };
}

/** Logarithms beyond this are those of a step gone astray; the search then takes a shorter one. */
const FARTHEST = 300;

/** From r and s to their logarithms, and the sign turned. */
function assembled(
  total: Float64Array,
  counts: CountsAbove,
  r: number,
  s: number,
  gradient: number[],
  hessian: number[][],
): ObjectiveAtPoint {
  const rising = risingSum(counts, r);
  total[1] += rising.slope;
  total[5] += rising.curvature;
  const scale = [r, 1, s, 1];
  for (let i = 0; i < 4; i++) {
    gradient[i] = scale[i] * total[1 + i];
    for (let k = 0; k <= i; k++) hessian[i][k] = scale[i] * scale[k] * total[SECOND[k][i]];
  }
  hessian[0][0] += r * total[1];
  hessian[2][2] += s * total[3];
  const size = gradient.length;
  for (let i = 4; i < size; i++) for (let k = 0; k < 4; k++) hessian[i][k] *= scale[k];
  for (let i = 0; i < size; i++) {
    gradient[i] = -gradient[i];
    for (let k = 0; k <= i; k++) {
      hessian[i][k] = -hessian[i][k];
      hessian[k][i] = hessian[i][k];
    }
  }
  return { value: -(total[0] + rising.value), gradient, hessian };
}

interface Grouped {
  /** Each number of purchases, ascending, and where its histories start, with the end of the last. */
  readonly purchases: Float64Array;
  readonly starts: Int32Array;
  readonly tx: Float64Array;
  readonly T: Float64Array;
  readonly weight: Float64Array;
  readonly covariates: readonly Float64Array[];
  readonly counts: CountsAbove;
}

/** Histories with the same number of purchases one after another: they share the coefficients of the series. */
function groupedByPurchases({ x, tx, T, weight, covariates, length }: DistinctHistories): Grouped {
  const size = new Map<number, number>();
  for (let i = 0; i < length; i++) size.set(x[i], (size.get(x[i]) ?? 0) + 1);
  const purchases = Float64Array.from(size.keys()).sort();
  const starts = new Int32Array(purchases.length + 1);
  const next = new Map<number, number>();
  for (const [group, count] of purchases.entries()) {
    next.set(count, starts[group]);
    starts[group + 1] = starts[group] + (size.get(count) ?? 0);
  }
  const place = new Int32Array(length);
  for (let i = 0; i < length; i++) {
    const at = next.get(x[i]) ?? 0;
    place[i] = at;
    next.set(x[i], at + 1);
  }
  const moved = (column: Float64Array) => {
    const out = new Float64Array(length);
    for (let i = 0; i < length; i++) out[place[i]] = column[i];
    return out;
  };
  return {
    purchases,
    starts,
    tx: moved(tx),
    T: moved(T),
    weight: moved(weight),
    covariates: covariates.map(moved),
    counts: countsAbove(x, weight),
  };
}
