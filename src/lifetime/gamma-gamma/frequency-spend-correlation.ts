import { criticalZ } from "../../statistics/confidence.js";
import type { Correlation } from "../../statistics/pearson-correlation.js";
import { studentTCdf } from "../../statistics/student-t.js";

/**
 * Pearson's correlation of two columns of which each row stands for `weight` customers, as if each were written out: two
 * passes about the means.
 *
 * @internal
 */
export function weightedCorrelation(
  x: Float64Array,
  y: Float64Array,
  weight: Float64Array,
  confidenceLevel: number,
): Correlation {
  const n = sum(weight, () => 1);
  const undefinedBecause =
    n < 3
      ? `needs 3 customers who bought again, has ${n}`
      : isConstant(x)
        ? `everyone who bought again did so ${x[0]} times`
        : isConstant(y)
          ? `everyone spends ${y[0]} on average`
          : null;
  if (undefinedBecause !== null)
    return { correlation: null, interval: null, pValue: null, n, reason: undefinedBecause };
  const meanX = sum(weight, (i) => x[i]) / n;
  const meanY = sum(weight, (i) => y[i]) / n;
  const xy = sum(weight, (i) => (x[i] - meanX) * (y[i] - meanY));
  const xx = sum(weight, (i) => (x[i] - meanX) ** 2);
  const yy = sum(weight, (i) => (y[i] - meanY) ** 2);
  const correlation = Math.min(1, Math.max(-1, xy / Math.sqrt(xx) / Math.sqrt(yy)));
  const t = correlation * Math.sqrt((n - 2) / ((1 - correlation) * (1 + correlation)));
  const pValue = Math.abs(correlation) === 1 ? 0 : Math.min(1, 2 * studentTCdf(-Math.abs(t), n - 2));
  if (n <= 3) {
    const reason = `interval: needs more than 3 customers who bought again, has ${n}`;
    return { correlation, interval: null, pValue, n, reason };
  }
  // Fisher's (1921) z.
  const margin = criticalZ(confidenceLevel) / Math.sqrt(n - 3);
  const center = Math.atanh(correlation);
  const interval = { lower: Math.tanh(center - margin), upper: Math.tanh(center + margin), confidenceLevel };
  return { correlation, interval, pValue, n, reason: null };
}

/** From this size a correlation that is no chance is worth a warning: the square of it is a hundredth. */
const WORTH_A_WARNING = 0.1;

/** The sentence for a fit that assumes none; `null` where it may. @internal */
export function correlationWarning({ correlation, interval }: Correlation): string | null {
  if (correlation === null || interval === null || Math.abs(correlation) < WORTH_A_WARNING) return null;
  if (interval.lower <= 0 && interval.upper >= 0) return null;
  const shown = (value: number) => value.toFixed(2);
  return `frequency and mean spend correlate ${shown(correlation)} (${shown(interval.lower)} to ${shown(interval.upper)}), which the model takes to be 0: compare expected with actual spend by number of purchases, and look for single large customers`;
}

function sum(weight: Float64Array, of: (i: number) => number): number {
  let total = 0;
  for (let i = 0; i < weight.length; i++) total += weight[i] * of(i);
  return total;
}

function isConstant(values: Float64Array): boolean {
  return values.every((value) => value === values[0]);
}
