import { incompleteBeta } from "../../statistics/incomplete-beta.js";
import { betaNodes } from "../models/mixing-nodes.js";
import type { LivingCustomer } from "./bg-nbd-expectation.js";

/**
 * P(0, 1, ..., upTo purchases in (from, to]) of somebody who is a customer now with a given chance; times from now.
 *
 * Given p, n purchases are n from a stream that never ends, all survived; or the n-th was the last though the stream had n
 * or more: (1-p)^n P(N = n) + p (1-p)^(n-1) P(N >= n), with N negative binomial (Fader, Hardie & Lee 2005, equation 8, from
 * `from` = 0). For a later `from` the customer must have survived until then, which makes small p likelier.
 *
 * @internal
 */
export function purchaseProbabilities(
  customer: LivingCustomer,
  alive: number,
  from: number,
  to: number,
  upTo: number,
): Float64Array {
  const result = new Float64Array(upTo + 1);
  if (from === to) {
    result[0] = 1;
    return result;
  }
  if (from === 0) addFromNow(customer, alive, to, result);
  else addFromLater(customer, alive, from, to, result);
  result[0] += 1 - alive;
  return result;
}

/** With the means of (1-p)^n and p (1-p)^(n-1) over p. */
function addFromNow(
  { shape, rate, a, b }: LivingCustomer,
  alive: number,
  to: number,
  result: Float64Array,
): void {
  const counts = streamCounts(shape, rate, to, result.length);
  let survives = 1;
  let leaves = 0;
  for (let n = 0; n < result.length; n++) {
    if (n > 0) {
      const chances = a + b + n - 1;
      leaves = (survives * a) / chances;
      survives *= (b + n - 1) / chances;
    }
    result[n] += alive * (survives * counts.exactly[n] + leaves * counts.atLeast[n]);
  }
}

function addFromLater(
  { shape, rate, a, b }: LivingCustomer,
  alive: number,
  from: number,
  to: number,
  result: Float64Array,
): void {
  const flatBelow = 1e-16 / (((shape + 1) * from) / rate + result.length);
  const { length, point, complement, weight } = betaNodes(a, b, flatBelow);
  for (let i = 0; i < length; i++) {
    const p = point[i];
    const logSurvives = -shape * Math.log1p((p * from) / rate);
    const share = alive * weight[i] * Math.exp(logSurvives);
    result[0] -= alive * weight[i] * Math.expm1(logSurvives);
    const counts = streamCounts(shape, rate + p * from, to - from, result.length);
    let survives = 1;
    let leaves = 0;
    for (let n = 0; n < result.length; n++) {
      result[n] += share * (survives * counts.exactly[n] + leaves * counts.atLeast[n]);
      leaves = survives * p;
      survives *= complement[i];
    }
  }
}

/** P(N = n) and P(N >= n) for n below `size`: purchases of a customer who never leaves. */
function streamCounts(
  shape: number,
  rate: number,
  time: number,
  size: number,
): { exactly: Float64Array; atLeast: Float64Array } {
  const exactly = new Float64Array(size);
  const atLeast = new Float64Array(size);
  const z = time / (rate + time);
  // On a moving scale: the first may be too small for a double though the later ones are not.
  let scale = -shape * Math.log1p(time / rate);
  let value = 1;
  for (let n = 0; n < size; n++) {
    if (n > 0) value *= ((shape + n - 1) / n) * z;
    if (value > 1e200) {
      scale += Math.log(value);
      value = 1;
    }
    exactly[n] = scale > -700 ? value * Math.exp(scale) : Math.exp(scale + Math.log(value));
  }
  // From the last one down all are sums of positive numbers.
  let tail = incompleteBeta(z, rate / (rate + time), size, shape);
  for (let n = size - 1; n >= 0; n--) {
    tail += exactly[n];
    atLeast[n] = tail;
  }
  return { exactly, atLeast };
}
