import { betaNodes, type MixingNodes } from "../models/mixing-nodes.js";
import { rateMeans } from "../models/rate-means.js";

/**
 * What is known of a customer who is still there: a purchase rate, gamma (shape, rate), and a chance to leave after each
 * purchase, beta (a, b).
 *
 * @internal
 */
export interface LivingCustomer {
  /** Shape of the purchase rate: r + x. */
  readonly shape: number;
  /** Rate of the purchase rate: alpha + T. */
  readonly rate: number;
  /** First shape of the chance to leave. */
  readonly a: number;
  /** Second shape of the chance to leave, purchases survived included. */
  readonly b: number;
}

/** Up to here the series in z is short: 700 terms at most. */
const SERIES_UNTIL = 0.95;
/** Beyond, the sum of the series grows like (1 - z)^-a, and its factor falls like the inverse: they leave the range of numbers. */
const SERIES_UNTIL_A = 20;
/** With a + b so far below the shape the terms of the series change their signs while they grow, and cancel. */
const SERIES_UNTIL_EXCESS = -10;
/** From here on the chances to leave hardly differ. */
const PEAKED_FROM = 1e4;
const PEAKED_FROM_B = 100;
/** Beyond, the square root of a times the rounding of a double counts. */
const PEAKED_UNTIL = 1e20;
const NARROW_FROM = 1e6;
/** So many standard deviations to each side of a peak, each in so many steps: what functions fall steeply from lies far left. */
const REACH = 20;
const STEPS = 2;

/**
 * Expected purchases of a customer who is there, in the next `horizon`: the mean of (1 - (1 + p t / rate)^-shape) / p over p.
 *
 * (a+b-1)/(a-1) times 1 - (1-z)^(a-1) 2F1(a+b-1-shape, a-1; a+b-1; z), z = t / (rate + t), after Euler's transformation of
 * Fader, Hardie & Lee (2005), equation 10. The factor a - 1 of the series is taken out, so that nothing happens at a = 1 or
 * a + b = 1.
 *
 * @internal
 */
export function expectedWhileLiving(customer: LivingCustomer, horizon: number): number {
  const { shape, rate, a, b } = customer;
  if (horizon === 0) return 0;
  const z = horizon / (rate + horizon);
  const less = a - 1;
  const c = a + b - 1;
  const excess = c - shape;
  // Not below it for an endless horizon either, where z is no number.
  const isShort = z <= SERIES_UNTIL && a <= SERIES_UNTIL_A && excess >= SERIES_UNTIL_EXCESS;
  if (!isShort) return expectedByQuadrature(customer, horizon);
  const log = -Math.log1p(horizon / rate);
  let term = excess * z;
  let sum = 0;
  for (let k = 1; ; k++) {
    sum += term;
    const factor = (less + k) * (excess + k) * z;
    term *= factor / ((c + k) * (k + 1));
    // The rest is less than this term's geometric series once all factors have their last sign.
    if (excess + k > 0 && Math.abs(term) <= 1e-17 * (1 - z) * Math.abs(sum) && k > a) break;
    if (term === 0) break;
  }
  const first = less === 0 ? -log : -Math.expm1(less * log) / less;
  return c * first - Math.exp(less * log) * sum;
}

function expectedByQuadrature({ shape, rate, a, b }: LivingCustomer, horizon: number): number {
  const ratio = horizon / rate;
  const { length, point, weight } = chances(a, b, 1e-15 / ((shape + 1) * ratio));
  let sum = 0;
  for (let i = 0; i < length; i++) {
    const p = point[i];
    // Of points too small for a double only the limit is left.
    sum += weight[i] * (p > 0 ? -Math.expm1(-shape * Math.log1p(p * ratio)) / p : shape * ratio);
  }
  return sum;
}

type Chances = Pick<MixingNodes, "length" | "point" | "weight">;

/** Chances to leave with their shares. */
function chances(a: number, b: number, flatBelow: number): Chances {
  if (a > PEAKED_FROM && a < PEAKED_UNTIL && b > PEAKED_FROM_B) return peaked(a, b);
  return a < NARROW_FROM ? betaNodes(a, b, flatBelow) : twoPoints(a, b);
}

/**
 * The trapezoidal rule on the log-odds about the peak, where the density is near a normal one. By the distance from the peak,
 * or a times the rounding of a double would be lost in its logarithm.
 */
function peaked(a: number, b: number): Chances {
  const length = 2 * REACH * STEPS + 1;
  const deviation = Math.sqrt(1 / a + 1 / b);
  const share = 1 / (1 + b / a);
  const point = new Float64Array(length);
  const weight = new Float64Array(length);
  let total = 0;
  for (let i = 0; i < length; i++) {
    const distance = (deviation * (i - REACH * STEPS)) / STEPS;
    point[i] = 1 / (1 + (b / a) * Math.exp(-distance));
    weight[i] = Math.exp(a * (distance - Math.log1p(share * Math.expm1(distance)) / share));
    total += weight[i];
  }
  return { length, point, weight: weight.map((one) => one / total) };
}

/** The two that have the mean, the variance and the skewness of all: for where a is so much larger than b, or than all else. */
function twoPoints(a: number, b: number): Chances {
  const share = 1 / (1 + b / a);
  const other = 1 / (1 + a / b);
  const spread = Math.sqrt(share * other);
  if (spread === 0 || a + b > 1e300)
    return { length: 1, point: Float64Array.of(share), weight: Float64Array.of(1) };
  const deviation = spread / Math.sqrt(a + b + 1);
  // Half the skewness.
  const skew = ((other - share) / spread) * (Math.sqrt(a + b + 1) / (a + b + 2));
  const reach = Math.sqrt(1 + skew * skew);
  const below = (1 + skew / reach) / 2;
  return {
    length: 2,
    point: Float64Array.of(share + deviation * (skew - reach), share + deviation * (skew + reach)),
    weight: Float64Array.of(below, 1 - below),
  };
}

/**
 * Chance to be there still after `time`: the mean of (1 + p time / rate)^-shape over p.
 *
 * 2F1(shape, a; a+b; -time/rate), after Pfaff's transformation.
 *
 * @internal
 */
export function staysWhile(customer: LivingCustomer, time: number): number {
  if (time === 0) return 1;
  const { shape, rate, a, b } = customer;
  const ratio = time / rate;
  const { length, point, weight } = chances(a, b, 1e-16 / ((shape + 1) * ratio));
  let sum = 0;
  for (let i = 0; i < length; i++) sum += weight[i] * Math.exp(-shape * Math.log1p(point[i] * ratio));
  return Math.min(1, sum);
}

/**
 * Expected purchases of customers who are there and have one x in common, each worth exp(-discount * time until it), by the
 * rate alpha + T.
 *
 * With a purchase rate L and a chance p to leave purchases come at the rate L exp(-L p t): the mean over both of
 * L / (discount + L p) times 1 - exp(-(discount + L p) horizon). All terms are positive, so no digit is lost.
 *
 * @param customer - Who is there; the rate is left open.
 * @param discount - Continuous rate, 0 or more.
 * @param horizon - `null` for ever.
 * @internal
 */
export function discountedWhileLiving(
  { shape, a, b }: Omit<LivingCustomer, "rate">,
  discount: number,
  horizon: number | null,
): (rate: number) => number {
  if (horizon === 0) return () => 0;
  if (discount === 0) {
    if (horizon !== null) return (rate) => expectedWhileLiving({ shape, rate, a, b }, horizon);
    // The mean of 1 / p.
    return () => (a > 1 ? (a + b - 1) / (a - 1) : Number.POSITIVE_INFINITY);
  }
  const slowdown = Math.max(discount, horizon === null ? 0 : 1 / horizon);
  const prepare = (fastest: number) => {
    const { length, point, weight } = chances(a, b, (1e-15 * slowdown) / fastest);
    return (purchaseRate: number) => {
      let mean = 0;
      for (let i = 0; i < length; i++) {
        const end = discount + purchaseRate * point[i];
        mean += (weight[i] * (horizon === null ? 1 : -Math.expm1(-end * horizon))) / end;
      }
      return purchaseRate * mean;
    };
  };
  // The function is proportional to so small purchase rates.
  return rateMeans(shape, prepare, 1e-18 * slowdown);
}
