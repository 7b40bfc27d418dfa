import { gaussLegendreRule } from "../../statistics/gauss-legendre.js";
import { scaledExponentialIntegral } from "../../statistics/tricomi-u.js";

/** Expected time that a customer stays within `time`, for rates of leaving that are gamma (s, beta). Has its limit at s = 1. @internal */
export function expectedTime(s: number, beta: number, time: number): number {
  const log = Math.log1p(time / beta);
  return beta * (s === 1 ? log : -Math.expm1((1 - s) * log) / (s - 1));
}

/**
 * The same with each moment worth exp(-rate * moment): the integral of exp(-rate t) (1 + t / beta)^-s from 0 to the horizon,
 * or for ever with `null` (Fader & Hardie 2005's Tricomi function).
 *
 * @internal
 */
export function discountedTime(s: number, beta: number, rate: number, horizon: number | null): number {
  if (horizon === null) return beta * scaledExponentialIntegral(s, rate * beta);
  if (horizon === 0) return 0;
  if (rate === 0) return expectedTime(s, beta, horizon);
  const end = beta + horizon;
  const log = Math.log1p(horizon / beta);
  const whole = beta * scaledExponentialIntegral(s, rate * beta);
  const tail = Math.exp(-rate * horizon - s * log) * end * scaledExponentialIntegral(s, rate * end);
  // Less than a bit is lost.
  if (tail < 0.5 * whole) return whole - tail;
  // t = beta (e^q - 1): smooth on the scale of 1 in q, since a tail of such weight leaves rate * horizon small.
  const panels = Math.ceil(log / Math.min(1.5, 20 / Math.abs(1 - s)));
  const half = log / panels / 2;
  let sum = 0;
  for (let panel = 0; panel < panels; panel++) {
    for (let node = 0; node < RULE.nodes.length; node++) {
      const q = half * (2 * panel + 1 + RULE.nodes[node]);
      sum += RULE.weights[node] * Math.exp((1 - s) * q - rate * beta * Math.expm1(q));
    }
  }
  return beta * half * sum;
}

const RULE = /* @__PURE__ */ gaussLegendreRule(20);
