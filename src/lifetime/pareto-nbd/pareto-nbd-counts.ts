import { gaussLegendreRule } from "../../statistics/gauss-legendre.js";
import { logBeta } from "../../statistics/log-beta.js";

/**
 * P(X = 0), ..., P(X = upTo) for the purchases of a customer in (from, to], whose rates are gamma (r, alpha) for buying and
 * gamma (s, beta) for leaving, and who was there at 0.
 *
 * Still there at `to`: a negative binomial count over the whole span. Left at from + y: one over y, averaged over y by
 * quadrature (Fader, Hardie & Jerath 2006 have it in closed form, as a difference that cancels). All terms are positive, so
 * that small probabilities keep their digits.
 *
 * @internal
 */
export function paretoNbdCounts(
  r: number,
  alpha: number,
  s: number,
  beta: number,
  from: number,
  to: number,
  upTo: number,
): Float64Array {
  const out = new Float64Array(upTo + 1);
  const span = to - from;
  const leftBefore = -Math.expm1(-s * Math.log1p(from / beta));
  if (span === 0) {
    out[0] = 1;
    return out;
  }
  const logChoices = logChoicesOf(r, upTo);
  // u = y / (alpha + y), the chance that a purchase comes before another event of rate alpha.
  addCounts(out, logChoices, r, span / alpha, Math.exp(-s * Math.log1p(to / beta)));
  const first = Math.min(1 / (upTo + 1), Math.log1p(alpha / span));
  // In v the chance of n purchases is a bell of variance 1 / n + 1 / r.
  const widest = Math.min(WIDEST, BELLS * Math.sqrt(1 / (upTo + 1) + 1 / r));
  for (let left = 0, width = first; left < FARTHEST; left += width) {
    if (left > 0) width = Math.min(left, widest);
    for (let node = 0; node < RULE.nodes.length; node++) {
      // y = alpha u / (1 - u) with u = (span / (alpha + span)) exp(-v).
      const v = left + (width / 2) * (1 + RULE.nodes[node]);
      const odds = Math.exp(-v) / (alpha / span - Math.expm1(-v));
      const y = alpha * odds;
      const leaving = (s / (beta + from + y)) * Math.exp(-s * Math.log1p((from + y) / beta)) * y * (1 + odds);
      addCounts(out, logChoices, r, odds, (width / 2) * RULE.weights[node] * leaving);
    }
  }
  out[0] += leftBefore;
  return out;
}

const RULE = /* @__PURE__ */ gaussLegendreRule(20);
/** Panels of v double in width from the first on, up to this: leaving has a pole at a distance of pi, the counts bells. */
const WIDEST = 2;
const BELLS = 6;
/** Beyond this v the span is so short that nothing of weight is left. */
const FARTHEST = 40;
const SMALLEST_LOG = -640;

/** ln of Gamma(r + n) / (Gamma(r) n!) for n = 0..upTo. */
function logChoicesOf(r: number, upTo: number): Float64Array {
  const logs = new Float64Array(upTo + 1);
  for (let n = 1; n <= upTo; n++) logs[n] = -logBeta(r, n) - Math.log(n);
  return logs;
}

/** Adds weight times the negative binomial probabilities at odds y / alpha, with u = odds / (1 + odds). */
function addCounts(
  out: Float64Array,
  logChoices: Float64Array,
  r: number,
  odds: number,
  weight: number,
): void {
  if (weight === 0) return;
  const logStay = -r * Math.log1p(odds);
  const u = odds / (1 + odds);
  const logU = -Math.log1p(1 / odds);
  // Before the first count that is above the smallest double, nothing would come out of the recurrence.
  let n = 0;
  while (n < out.length && logChoices[n] + n * logU + logStay < SMALLEST_LOG) n++;
  if (n === out.length) return;
  let chance = weight * Math.exp(logChoices[n] + n * logU + logStay);
  for (; n < out.length; n++) {
    out[n] += chance;
    chance *= ((r + n) / (n + 1)) * u;
  }
}
