import type { ObjectiveAtPoint } from "../../statistics/minimize-newton.js";
import type { DistinctHistories } from "../models/distinct-histories.js";
import { type CountsAbove, countsAbove, risingSum } from "../models/rising-factorials.js";

/**
 * How often a customer could have left: BG/NBD after each repeat purchase (0 more than x), MBG/NBD after the first
 * purchase too (1 more).
 *
 * @internal
 */
export type ExtraChances = 0 | 1;

/**
 * Negative log-likelihood of BG/NBD or MBG/NBD with gradient and Hessian by ln r, ln alpha, ln a, ln b.
 *
 * With m = x + extra chances to leave, n = r + x and c = b + m - 1 a customer's likelihood is
 * (r)_x alpha^-x (b)_(m-1) / (a+b)_m times a q1^-n + c q2^-n, where q1 = 1 + tx / alpha and q2 = 1 + T / alpha: left right
 * after the last purchase, or is still there (Fader, Hardie & Lee 2005, equation 6; Batislam, Denizel & Filiztekin 2007).
 * The first part depends on x alone and comes from counts; m = 0 leaves q2^-n.
 *
 * @internal
 */
export function bgNbdObjective(
  histories: DistinctHistories,
  extra: ExtraChances,
): (point: readonly number[]) => ObjectiveAtPoint {
  const parts = splitByChances(histories, extra);
  return ([logR, logAlpha, logA, logB]) => {
    const [r, alpha, a, b] = [Math.exp(logR), Math.exp(logAlpha), Math.exp(logA), Math.exp(logB)];
    const sums = new Float64Array(SUMS);
    addChanced(parts.chanced, extra, r, 1 / alpha, a, b, sums);
    addUnchanced(parts.unchanced, r, 1 / alpha, sums);
    return assembled(sums, parts, r, a, b, logAlpha);
  };
}

interface Times {
  readonly x: Float64Array;
  readonly tx: Float64Array;
  readonly T: Float64Array;
  readonly weight: Float64Array;
}

interface Parts {
  /** Customers who had a chance to leave. */
  readonly chanced: Times;
  /** The others (BG/NBD: x = 0), of whom only T counts. */
  readonly unchanced: { readonly T: Float64Array; readonly weight: Float64Array };
  readonly purchases: number;
  readonly counts: CountsAbove;
  readonly stays: CountsAbove;
  readonly chances: CountsAbove;
}

function splitByChances({ x, tx, T, weight, length }: DistinctHistories, extra: ExtraChances): Parts {
  let chanced = 0;
  let purchases = 0;
  for (let i = 0; i < length; i++) {
    if (x[i] + extra > 0) chanced++;
    purchases += x[i] * weight[i];
  }
  const some: Times = {
    x: new Float64Array(chanced),
    tx: new Float64Array(chanced),
    T: new Float64Array(chanced),
    weight: new Float64Array(chanced),
  };
  const unchanced = { T: new Float64Array(length - chanced), weight: new Float64Array(length - chanced) };
  for (let i = 0, at = 0; i < length; i++) {
    if (x[i] + extra === 0) {
      unchanced.T[i - at] = T[i];
      unchanced.weight[i - at] = weight[i];
      continue;
    }
    some.x[at] = x[i];
    some.tx[at] = tx[i];
    some.T[at] = T[i];
    some.weight[at++] = weight[i];
  }
  return {
    chanced: some,
    unchanced,
    purchases,
    counts: countsAbove(x, weight),
    stays: countsAbove(x, weight, extra - 1),
    chances: countsAbove(x, weight, extra),
  };
}

// What is summed over customers: places in the array of sums.
const VALUE = 0;
const MEAN_LOG = 1;
const MEAN_SHARE = 2;
const N_SHARE = 3;
const DEAD = 4;
const STAY = 5;
const N_BEND = 6;
const LOG_LOG = 7;
const LOG_SHARE = 8;
const SHARE_SHARE = 9;
const BOTH = 10;
const BOTH_LOG = 11;
const BOTH_SHARE = 12;
const LOG_STAY = 13;
const SHARE_STAY = 14;
const BOTH_STAY = 15;
const STAY_STAY = 16;
const STAY_BEND = 17;
const SUMS = 18;

/**
 * Adds ln(a q1^-n + c q2^-n) and what its derivatives are made of. The two summands have shares `dead` and `alive`; the
 * Hessian of a log-sum-exp is their mean Hessian plus dead * alive times the square of the difference of their gradients.
 */
function addChanced(
  { x, tx, T, weight }: Times,
  extra: ExtraChances,
  r: number,
  inverseAlpha: number,
  a: number,
  b: number,
  sums: Float64Array,
): void {
  // In registers: writing to the array in the loop would cost as much as the logarithms.
  let value = 0;
  let product = 1;
  let meanLog = 0;
  let meanShare = 0;
  let nShare = 0;
  let deadSum = 0;
  let staySum = 0;
  let nBend = 0;
  let logLog = 0;
  let logShare = 0;
  let shareShare = 0;
  let bothSum = 0;
  let bothLog = 0;
  let bothShare = 0;
  let logStay = 0;
  let shareStay = 0;
  let bothStay = 0;
  let stayStay = 0;
  let stayBend = 0;
  for (let i = 0; i < x.length; i++) {
    const w = weight[i];
    const n = r + x[i];
    const c = b + x[i] + (extra - 1);
    const early = tx[i] * inverseAlpha;
    const late = T[i] * inverseAlpha;
    const e1 = 1 / (1 + early);
    const e2 = 1 / (1 + late);
    const log1 = Math.log(1 + early);
    const logGap = Math.log((1 + late) * e1);
    const stillThere = c * Math.exp(-n * logGap);
    const total = a + stillThere;
    const inverse = 1 / total;
    const alive = stillThere * inverse;
    const dead = a * inverse;
    value -= w * n * log1;
    if (w === 1) {
      // One logarithm for many customers.
      product *= total;
      if (!(product > 1e-200 && product < 1e200)) {
        value += Math.log(product);
        product = 1;
      }
    } else value += w * Math.log(total);
    // d ln q / d ln alpha is -(1 - 1 / q), its derivative (1 - 1 / q) / q.
    const y1 = early * e1;
    const y2 = late * e2;
    const shareGap = n * (late - early) * e1 * e2;
    const stay = b / c;
    const wDead = w * dead;
    const wAlive = w * alive;
    const both = w * dead * alive;
    meanLog += w * log1 + wAlive * logGap;
    const share = wDead * y1 + wAlive * y2;
    meanShare += share;
    nShare += n * share;
    deadSum += wDead;
    staySum += wAlive * stay;
    nBend += n * (wDead * e1 * y1 + wAlive * e2 * y2);
    logLog += both * logGap * logGap;
    logShare += both * logGap * shareGap;
    shareShare += both * shareGap * shareGap;
    bothSum += both;
    bothLog += both * logGap;
    bothShare += both * shareGap;
    logStay += both * logGap * stay;
    shareStay += both * shareGap * stay;
    bothStay += both * stay;
    stayStay += both * stay * stay;
    stayBend += wAlive * stay * (1 - stay);
  }
  const all = [
    value + Math.log(product),
    meanLog,
    meanShare,
    nShare,
    deadSum,
    staySum,
    nBend,
    logLog,
    logShare,
    shareShare,
    bothSum,
    bothLog,
    bothShare,
    logStay,
    shareStay,
    bothStay,
    stayStay,
    stayBend,
  ];
  for (let k = 0; k < SUMS; k++) sums[k] += all[k];
}

/** Adds -r ln q2: who had no chance to leave and did not buy. */
function addUnchanced(
  { T, weight }: Parts["unchanced"],
  r: number,
  inverseAlpha: number,
  sums: Float64Array,
): void {
  for (let i = 0; i < T.length; i++) {
    const late = T[i] * inverseAlpha;
    const e = 1 / (1 + late);
    const log = weight[i] * Math.log(1 + late);
    const share = weight[i] * late * e;
    sums[VALUE] -= r * log;
    sums[MEAN_LOG] += log;
    sums[MEAN_SHARE] += share;
    sums[N_SHARE] += r * share;
    sums[N_BEND] += r * share * e;
  }
}

function assembled(
  s: Float64Array,
  { purchases, counts, stays, chances }: Parts,
  r: number,
  a: number,
  b: number,
  logAlpha: number,
): ObjectiveAtPoint {
  const buys = risingSum(counts, r);
  const stay = risingSum(stays, b);
  const all = risingSum(chances, a + b);
  const value = s[VALUE] + buys.value + stay.value - all.value - purchases * logAlpha;
  const gradient = [
    r * (buys.slope - s[MEAN_LOG]),
    s[N_SHARE] - purchases,
    s[DEAD] - a * all.slope,
    s[STAY] + b * (stay.slope - all.slope),
  ];
  const rr = r * (buys.slope + r * buys.curvature) - r * s[MEAN_LOG] + r * r * s[LOG_LOG];
  const rAlpha = r * (s[MEAN_SHARE] - s[LOG_SHARE]);
  const rA = r * s[BOTH_LOG];
  const rB = -r * s[LOG_STAY];
  const alphaAlpha = s[SHARE_SHARE] - s[N_BEND];
  const aa = s[BOTH] - a * (all.slope + a * all.curvature);
  const ab = -s[BOTH_STAY] - a * b * all.curvature;
  const bb =
    s[STAY_BEND] + s[STAY_STAY] + b * (stay.slope - all.slope + b * (stay.curvature - all.curvature));
  return {
    value: -value,
    gradient: gradient.map((slope) => -slope),
    hessian: [
      [-rr, -rAlpha, -rA, -rB],
      [-rAlpha, -alphaAlpha, s[BOTH_SHARE], -s[SHARE_STAY]],
      [-rA, s[BOTH_SHARE], -aa, -ab],
      [-rB, -s[SHARE_STAY], -ab, -bb],
    ],
  };
}
