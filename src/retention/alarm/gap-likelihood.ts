import { digamma } from "../../statistics/digamma.js";
import { logGamma } from "../../statistics/log-gamma.js";
import type { ObjectiveAtPoint } from "../../statistics/minimize-newton.js";
import { trigamma } from "../../statistics/trigamma.js";
import { betaTail } from "./beta-tail.js";

/** What the likelihood needs of all histories: customers who are alike in count, sum and silence are counted together. @internal */
export interface GapData {
  readonly customers: number;
  /** Number of all gaps. */
  readonly gaps: number;
  /** Sum of the logarithms of all gaps. */
  readonly logGaps: number;
  /** Kinds of customers. */
  readonly kinds: readonly GapKind[];
}

/** @internal */
export interface GapKind {
  /** Customers of this kind. */
  customers: number;
  /** Gaps of each. */
  readonly count: number;
  /** Their sum. */
  readonly sum: number;
  /** The open gap. */
  readonly silence: number;
}

/** Shape of the gaps, shape and rate of the customers' rates, chance of leaving after a purchase. @internal */
export type GapParameters = readonly [shape: number, rateShape: number, rateDays: number, leaving: number];

/** A scalar with its first and second derivatives by the four parameters, of which only the lower triangle is kept. */
interface Sums {
  value: number;
  readonly gradient: number[];
  readonly hessian: number[][];
}

/**
 * The negative logarithm of the likelihood of all gaps, with derivatives by log shape, log rateShape, log rateDays and
 * logit leaving. With n gaps of sum s, a = rateShape + n shape and b = rateDays + s, a customer with silence t has
 *
 *   prod(x^(shape - 1)) / Gamma(shape)^n  Gamma(a) / Gamma(rateShape)  rateDays^rateShape / b^a
 *   x (1 - leaving)^n (leaving + (1 - leaving) I_(b / (b + t))(a, shape)):
 *
 * gamma gaps with the customer's rate integrated out, after each of which he stayed, and an open gap that is a gamma gap
 * still running or the silence of one who left.
 *
 * @internal
 */
export function gapLikelihood(data: GapData, parameters: GapParameters): ObjectiveAtPoint {
  const [k, r, alpha, p] = parameters;
  const sums: Sums = {
    value: (k - 1) * data.logGaps - data.gaps * logGamma(k),
    gradient: [data.logGaps - data.gaps * digamma(k), 0, 0, 0],
    hessian: [[-data.gaps * trigamma(k)], [0, 0], [0, 0, 0], [0, 0, 0, 0]],
  };
  const rate = {
    value: r * Math.log(alpha) - logGamma(r),
    first: digamma(r),
    second: trigamma(r),
    logAlpha: Math.log(alpha),
  };
  for (const { customers: w, count: n, sum, silence } of data.kinds) {
    const a = r + n * k;
    const b = alpha + sum;
    if (n > 0) {
      // Without gaps these terms are exactly 0.
      const logB = Math.log(b);
      const [psi, prime] = [digamma(a) - logB, trigamma(a)];
      sums.value += w * (rate.value + logGamma(a) - a * logB + n * Math.log1p(-p));
      add(
        sums,
        w,
        [n * psi, psi + rate.logAlpha - rate.first, r / alpha - a / b, -n / (1 - p)],
        [
          [n * n * prime],
          [n * prime, prime - rate.second],
          [-n / b, 1 / alpha - 1 / b, a / (b * b) - r / (alpha * alpha)],
          [0, 0, 0, -n / ((1 - p) * (1 - p))],
        ],
      );
    }
    if (silence > 0) addSilence(sums, w, n, b, silence, [k, a, p]);
  }
  return negativeInLogs(sums, parameters);
}

function addSilence(
  sums: Sums,
  customers: number,
  n: number,
  b: number,
  silence: number,
  [k, a, p]: readonly [k: number, a: number, p: number],
): void {
  const still = betaTail(b / (b + silence), silence / (b + silence), a, k);
  const likelihood = p + (1 - p) * still.value;
  const q = (1 - p) / likelihood;
  // a = r + n k and logit y = log b - log silence, b = alpha + sum.
  const byK = q * (n * still.byA + still.byB);
  const byR = q * still.byA;
  const byAlpha = (q * still.byLogit) / b;
  const byP = (1 - still.value) / likelihood;
  sums.value += customers * Math.log(likelihood);
  add(
    sums,
    customers,
    [byK, byR, byAlpha, byP],
    [
      [q * (n * (n * still.byAA + 2 * still.byAB) + still.byBB) - byK * byK],
      [q * (n * still.byAA + still.byAB) - byK * byR, q * still.byAA - byR * byR],
      [
        (q * (n * still.byALogit + still.byBLogit)) / b - byK * byAlpha,
        (q * still.byALogit) / b - byR * byAlpha,
        (q * (still.byLogitLogit - still.byLogit)) / (b * b) - byAlpha * byAlpha,
      ],
      [
        -byK / (1 - p) - byK * byP,
        -byR / (1 - p) - byR * byP,
        -byAlpha / (1 - p) - byAlpha * byP,
        -byP * byP,
      ],
    ],
  );
}

function add(sums: Sums, weight: number, gradient: readonly number[], hessian: readonly number[][]): void {
  for (let i = 0; i < 4; i++) {
    sums.gradient[i] += weight * gradient[i];
    for (let j = 0; j <= i; j++) sums.hessian[i][j] += weight * hessian[i][j];
  }
}

/** By the chain rule to the scale on which every number is a parameter. */
function negativeInLogs(
  { value, gradient, hessian }: Sums,
  [k, r, alpha, p]: GapParameters,
): ObjectiveAtPoint {
  const first = [k, r, alpha, p * (1 - p)];
  const second = [k, r, alpha, p * (1 - p) * (1 - 2 * p)];
  return {
    value: -value,
    gradient: gradient.map((slope, i) => -slope * first[i]),
    hessian: hessian.map((row, i) =>
      row.map((bend, j) => -bend * first[i] * first[j] - (i === j ? gradient[i] * second[i] : 0)),
    ),
  };
}
