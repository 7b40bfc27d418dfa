import { gaussLegendreRule } from "../../statistics/gauss-legendre.js";
import {
  AT,
  logHypergeometric,
  resetCoefficients,
  SERIES_UP_TO,
  type SeriesCoefficients,
  seriesCoefficients,
} from "./hypergeometric-jet.js";
import { type Jet, logSum, newJet, SECOND } from "./jet.js";

/**
 * The integral from t to infinity of (1 + u / alpha)^-(p + extra) (1 + u / beta)^-(s + 1 - extra) du, as the logarithm of
 * (p + s) / (alpha^extra beta^(1 - extra)) times it, with derivatives: by p for r. The likelihood of Pareto/NBD is a sum of
 * two of them, extra = 0 from the last purchase and extra = 1 from the end.
 *
 * It is a 2F1(1, .; .; z) with z = 1 - (smaller + t) / (larger + t) of alpha and beta, whose terms are all positive; next to
 * z = 1 quadrature up to where z is 1/2, and the series from there.
 *
 * @internal
 */
export type RemainingIntegral = (
  t: number,
  alpha: number,
  beta: number,
  p: number,
  s: number,
  out: Jet,
) => void;

/** @internal */
export function remainingIntegral(extra: 0 | 1): RemainingIntegral {
  const straight = seriesCoefficients(extra);
  const swapped = seriesCoefficients(extra === 0 ? 1 : 0);
  const found = newJet();
  return (t, alpha, beta, p, s, out) => {
    if (alpha >= beta) {
      resetCoefficients(straight, p, s);
      ordered(straight, t, alpha, beta, out);
      return;
    }
    resetCoefficients(swapped, s, p);
    ordered(swapped, t, beta, alpha, found);
    // r and ln alpha change places with s and ln beta.
    out[0] = found[0];
    out[1] = found[3];
    out[2] = found[4];
    out[3] = found[1];
    out[4] = found[2];
    out[5] = found[12];
    out[6] = found[13];
    out[7] = found[7];
    out[8] = found[10];
    out[9] = found[14];
    out[10] = found[8];
    out[11] = found[11];
    out[12] = found[5];
    out[13] = found[6];
    out[14] = found[9];
  };
}

/** With `large` >= `small`; derivatives by P, ln large, S and ln small. */
function ordered(series: SeriesCoefficients, t: number, large: number, small: number, out: Jet): void {
  const difference = large - small;
  if (difference <= SERIES_UP_TO * (large + t)) {
    bySeries(series, t, large, small, out);
    return;
  }
  // z = 1/2: small + t = difference.
  bySeries(series, difference - small, large, small, out);
  byQuadrature(series, t, large, small, difference, PART);
  logSum(PART, out, out);
}

// Written over in each call and never read by another.
const G = /* @__PURE__ */ new Float64Array(10);
const PART: Jet = /* @__PURE__ */ newJet();
const REFERENCE = /* @__PURE__ */ new Float64Array(4);
const SLOPES = /* @__PURE__ */ new Float64Array(4);

function bySeries(series: SeriesCoefficients, t: number, large: number, small: number, out: Jet): void {
  const { P, S, kind } = series;
  const u = large + t;
  const v = small + t;
  logHypergeometric(series, (large - small) / u, G);
  const a = large / u;
  const b = small / v;
  const ratio = v / u;
  const zA = a * ratio;
  const zB = -b * ratio;
  const logLarge = Math.log1p(t / large);
  const logSmall = Math.log1p(t / small);
  const gz = G[AT.z];
  const gzz = G[AT.zz];
  out[0] =
    (kind - S) * logSmall - (P + kind) * logLarge + G[AT.value] + (kind === 0 ? 0 : Math.log(small / large));
  out[1] = G[AT.P] - logLarge;
  out[2] = ((P + kind) * t) / u - kind + gz * zA;
  out[3] = G[AT.S] - logSmall;
  out[4] = ((S - kind) * t) / v + kind + gz * zB;
  out[5] = G[AT.PP];
  out[6] = t / u + G[AT.Pz] * zA;
  out[7] = G[AT.PS];
  out[8] = G[AT.Pz] * zB;
  out[9] = gzz * zA * zA + gz * zA * (1 - 2 * a) - ((P + kind) * a * t) / u;
  out[10] = G[AT.Sz] * zA;
  out[11] = gzz * zA * zB + gz * a * b * ratio;
  out[12] = G[AT.SS];
  out[13] = t / v + G[AT.Sz] * zB;
  out[14] = gzz * zB * zB + gz * zB - ((S - kind) * b * t) / v;
}

const RULE = /* @__PURE__ */ gaussLegendreRule(20);
/** Panels of y = ln(small + u) as long as this, or shorter where the integrand falls by more than exp(-STEEPEST) on one. */
const LONGEST = 1.5;
const STEEPEST = 25;
const NEGLIGIBLE = -60;

/** The part from t to difference - small; derivatives are moments of those of the integrand's logarithm. */
function byQuadrature(
  { P, S, kind }: SeriesCoefficients,
  t: number,
  large: number,
  small: number,
  difference: number,
  out: Jet,
): void {
  const top = P + kind;
  const low = S - kind;
  const from = Math.log((small + t) / difference);
  const atSmall = Math.log(difference / small);
  const exponent = (y: number) =>
    -top * Math.log1p((difference * Math.exp(y) - small) / large) - low * (y + atSmall);
  // Where it is largest: at an end, or between, as it is concave.
  const share = -low / top;
  const inner = share > 0 && share < 1 ? Math.log(share / (1 - share)) : from;
  const peak = Math.min(0, Math.max(from, inner));
  const highest = exponent(peak);
  const end = endOfWeight((y) => exponent(y) - highest, peak);
  const steepness = (top * Math.exp(end)) / (1 + Math.exp(end)) + Math.abs(low);
  const panels = Math.ceil((end - from) / Math.min(LONGEST, STEEPEST / steepness));
  const half = (end - from) / panels / 2;
  // Moments about the slopes at the peak, which may be large and much alike.
  slopesAt(peak, large, small, difference, top, low, kind, REFERENCE);
  const [p0, a0, s0, b0] = REFERENCE;
  out.fill(0);
  for (let panel = 0; panel < panels; panel++) {
    for (let node = 0; node < RULE.nodes.length; node++) {
      const y = from + half * (2 * panel + 1 + RULE.nodes[node]);
      slopesAt(y, large, small, difference, top, low, kind, SLOPES);
      const weight = half * RULE.weights[node] * Math.exp(top * SLOPES[0] + low * SLOPES[2] - highest);
      const p = SLOPES[0] - p0;
      const a = SLOPES[1] - a0;
      const s = SLOPES[2] - s0;
      const b = SLOPES[3] - b0;
      const grown = difference * Math.exp(y);
      const restA = (grown - small) / (grown + difference);
      const restB = (grown - small) / grown;
      out[0] += weight;
      out[1] += weight * p;
      out[2] += weight * a;
      out[3] += weight * s;
      out[4] += weight * b;
      out[5] += weight * p * p;
      out[6] += weight * (p * a + restA);
      out[7] += weight * p * s;
      out[8] += weight * p * b;
      out[9] += weight * (a * a - top * restA * (1 - restA));
      out[10] += weight * a * s;
      out[11] += weight * a * b;
      out[12] += weight * s * s;
      out[13] += weight * (s * b + restB);
      out[14] += weight * (b * b - (low + 1) * restB * (1 - restB));
    }
  }
  const total = out[0];
  for (let i = 1; i < 15; i++) out[i] /= total;
  for (let i = 0; i < 4; i++) for (let k = i; k < 4; k++) out[SECOND[i][k]] -= out[1 + i] * out[1 + k];
  for (let i = 0; i < 4; i++) out[1 + i] += REFERENCE[i];
  const w = P + S;
  out[0] = Math.log(w * total) + highest + (kind === 0 ? 0 : Math.log(small / large));
  out[1] += 1 / w;
  out[3] += 1 / w;
  for (const place of [5, 7, 12]) out[place] -= 1 / (w * w);
}

/** The integrand's slopes by P, ln large, S and ln small with the limits of integration fixed. */
function slopesAt(
  y: number,
  large: number,
  small: number,
  difference: number,
  top: number,
  low: number,
  kind: 0 | 1,
  slopes: Float64Array,
): void {
  const grown = difference * Math.exp(y);
  const time = grown - small;
  slopes[0] = -Math.log1p(time / large);
  slopes[1] = (top * time) / (grown + difference) - kind;
  slopes[2] = -(y + Math.log(difference / small));
  slopes[3] = ((low + 1) * time) / grown + kind - 1;
}

/** Where a concave logarithm has fallen from 0 at its peak to a negligible weight, and 0 at the most; a little beyond. */
function endOfWeight(logWeight: (y: number) => number, peak: number): number {
  if (peak === 0 || logWeight(0) > NEGLIGIBLE) return 0;
  let within = peak;
  let beyond = 0;
  while (beyond - within > 0.1 * (beyond - peak)) {
    const middle = (within + beyond) / 2;
    if (logWeight(middle) > NEGLIGIBLE) within = middle;
    else beyond = middle;
  }
  return beyond;
}
