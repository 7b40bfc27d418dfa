import type { Interval } from "../../core/interval.js";
import { betaOddsQuantile } from "../beta-distribution.js";

/** How well the items of a dimension go together, by respondents who answered all of them. */
interface Reliability {
  readonly completeN: number;
  readonly alpha: number | null;
  readonly alphaInterval: Interval | null;
  readonly standardizedAlpha: number | null;
  readonly alphaReason: string | null;
  readonly items: readonly { readonly itemTotal: number | null; readonly alphaIfDropped: number | null }[];
}

/** Answers as scored, weighted: `values` holds `n` respondents without a gap, row after row of `k`. */
interface CompleteCases {
  readonly values: Float64Array;
  readonly n: number;
  readonly k: number;
  readonly weights: readonly number[];
  /** Width of the scale: what varies by less than a billionth of it does not vary. */
  readonly range: number;
}

/** Cronbach (1951), from two passes over the answers: the covariance of items is never needed one by one. @internal */
export function reliabilityOf(cases: CompleteCases, confidenceLevel: number): Reliability {
  const { n, k, weights } = cases;
  const none = {
    completeN: n,
    alpha: null,
    alphaInterval: null,
    standardizedAlpha: null,
    items: weights.map(() => ({ itemTotal: null, alphaIfDropped: null })),
  };
  if (k < 2) return { ...none, alphaReason: "alpha needs 2 items, the dimension has 1" };
  if (n < 2)
    return { ...none, alphaReason: `alpha needs 2 respondents who answered every item, there are ${n}` };
  const moments = momentsOf(cases);
  const { variance, withTotal, total, still } = moments;
  if (!(total > still)) {
    return { ...none, items: itemsOf(cases, moments), alphaReason: "the sum of the items does not vary" };
  }
  const summed = variance.reduce((sum, s2) => sum + s2, 0);
  const alpha = alphaOf(k, summed, total);
  const isFlat = variance.some((s2) => !(s2 > still));
  const spread = isFlat ? 0 : standardizedTotal(cases, moments);
  return {
    completeN: n,
    alpha,
    alphaInterval: feldtInterval(alpha, n, k, confidenceLevel),
    // Of items with a variance of 1 each: less is left by rounding where they cancel out.
    standardizedAlpha: spread > 1e-12 * k ? alphaOf(k, k, spread) : null,
    alphaReason: null,
    items: itemsOf(cases, { variance, withTotal, total, still, means: moments.means }),
  };
}

interface Moments {
  /** Of each item, times its weight. */
  readonly means: Float64Array;
  readonly variance: Float64Array;
  /** Covariance of each item with the sum of all. */
  readonly withTotal: Float64Array;
  readonly total: number;
  /** A variance up to this is none. */
  readonly still: number;
}

function momentsOf({ values, n, k, weights, range }: CompleteCases): Moments {
  const means = new Float64Array(k);
  for (let cell = 0; cell < n * k; cell += k) for (let j = 0; j < k; j++) means[j] += values[cell + j];
  for (let j = 0; j < k; j++) means[j] /= n;
  const variance = new Float64Array(k);
  const withTotal = new Float64Array(k);
  let total = 0;
  for (let cell = 0; cell < n * k; cell += k) {
    let sum = 0;
    for (let j = 0; j < k; j++) sum += values[cell + j] - means[j];
    for (let j = 0; j < k; j++) {
      const deviation = values[cell + j] - means[j];
      variance[j] += deviation * deviation;
      withTotal[j] += deviation * sum;
    }
    total += sum * sum;
  }
  for (let j = 0; j < k; j++) {
    variance[j] /= n - 1;
    withTotal[j] /= n - 1;
  }
  const widest = range * Math.max(...weights);
  return { means, variance, withTotal, total: total / (n - 1), still: (1e-9 * widest) ** 2 };
}

/** Variance of the sum of the items, each divided by its standard deviation. */
function standardizedTotal({ values, n, k }: CompleteCases, { means, variance }: Moments): number {
  const scale = variance.map((s2) => 1 / Math.sqrt(s2));
  let total = 0;
  for (let cell = 0; cell < n * k; cell += k) {
    let sum = 0;
    for (let j = 0; j < k; j++) sum += (values[cell + j] - means[j]) * scale[j];
    total += sum * sum;
  }
  return total / (n - 1);
}

function alphaOf(k: number, summed: number, total: number): number {
  return (k / (k - 1)) * (1 - summed / total);
}

/** Each item against the sum of the others. */
function itemsOf(cases: CompleteCases, moments: Moments): Reliability["items"] {
  const { k } = cases;
  const { variance, withTotal, total, still } = moments;
  const summed = variance.reduce((sum, s2) => sum + s2, 0);
  return Array.from(variance, (s2, j) => {
    const difference = { rest: total - 2 * withTotal[j] + s2, together: withTotal[j] - s2 };
    // Where the others hardly vary, rounding is all that the difference leaves.
    const isTold = difference.rest > 1e-6 * (total + s2);
    const { rest, together } = isTold ? difference : restOf(cases, moments, j);
    if (!(rest > still)) return { itemTotal: null, alphaIfDropped: null };
    return {
      itemTotal: s2 > still ? Math.min(1, Math.max(-1, together / Math.sqrt(s2 * rest))) : null,
      alphaIfDropped: k > 2 ? alphaOf(k - 1, summed - s2, rest) : null,
    };
  });
}

/** Variance of the sum of the other items, and its covariance with this one, from the answers themselves. */
function restOf({ values, n, k }: CompleteCases, { means }: Moments, item: number) {
  let [rest, together] = [0, 0];
  for (let cell = 0; cell < n * k; cell += k) {
    let sum = 0;
    for (let j = 0; j < k; j++) if (j !== item) sum += values[cell + j] - means[j];
    rest += sum * sum;
    together += sum * (values[cell + item] - means[item]);
  }
  return { rest: rest / (n - 1), together: together / (n - 1) };
}

/**
 * (1 - alpha) / (1 - estimate) is distributed as F with n - 1 and (n - 1)(k - 1) degrees of freedom where items are
 * normal and parallel (Feldt 1965).
 */
function feldtInterval(alpha: number, n: number, k: number, confidenceLevel: number): Interval {
  const beyond = (1 - confidenceLevel) / 2;
  const degrees = (n - 1) * (k - 1);
  // F over its degrees of freedom is the odds of a beta value.
  const limit = (p: number) =>
    1 - (1 - alpha) * (k - 1) * betaOddsQuantile(p, 1 - p, (n - 1) / 2, degrees / 2);
  return { lower: limit(1 - beyond), upper: limit(beyond), confidenceLevel };
}
