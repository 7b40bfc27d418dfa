import { assertArgument } from "../../core/assert.js";
import { type Rate, ratio } from "../../core/rate.js";

/** How far predictions were from what came. */
export interface HoldoutErrors {
  /** What came, all customers together. */
  readonly actual: number;
  /** What was expected. */
  readonly expected: number;
  /** `expected / actual`: above 1 the model promised too much. */
  readonly ratio: Rate;
  /** Mean absolute error of a customer; `null` without customers. */
  readonly meanAbsoluteError: number | null;
  /** Root of the mean squared error of a customer, which large misses rule; `null` without customers. */
  readonly rootMeanSquaredError: number | null;
  /** Pearson's correlation of actual and expected over customers; `null` where one of them never varies. */
  readonly correlation: number | null;
  /** Why fields are `null`; `null` where every field is a number. */
  readonly reason: string | null;
}

/** The measures of error, each row counted by its weight. @internal */
export function holdoutErrors(
  actual: Float64Array,
  expected: Float64Array,
  weight: Float64Array,
  what: string,
): HoldoutErrors {
  const mean = (of: (row: number) => number): number => {
    let sum = 0;
    for (let row = 0; row < weight.length; row++) sum += weight[row] * of(row);
    return sum / customers;
  };
  let customers = 0;
  for (const count of weight) customers += count;
  if (customers === 0) {
    const reason = "there are no customers";
    const none = { meanAbsoluteError: null, rootMeanSquaredError: null, correlation: null, reason };
    return { actual: 0, expected: 0, ratio: ratio(0, 0, what), ...none };
  }
  const center = mean((row) => actual[row]);
  const expectedCenter = mean((row) => expected[row]);
  const came = actual.map((value) => value - center);
  const foretold = expected.map((value) => value - expectedCenter);
  const misses = actual.map((value, row) => value - expected[row]);
  const reason = isConstant(actual)
    ? `${what} never vary`
    : isConstant(expected)
      ? "expected values never vary"
      : null;
  // As parts of the largest: squares of very large and very small numbers are none.
  const [large, foretoldLarge, far] = [came, foretold, misses].map(largest);
  const product = mean((row) => (came[row] / large) * (foretold[row] / foretoldLarge));
  const spread = Math.sqrt(mean((row) => (came[row] / large) ** 2));
  const foretoldSpread = Math.sqrt(mean((row) => (foretold[row] / foretoldLarge) ** 2));
  const total = center * customers + 0;
  const expectedTotal = expectedCenter * customers + 0;
  const meanAbsoluteError = mean((row) => Math.abs(misses[row]));
  const rootMeanSquaredError = far === 0 ? 0 : far * Math.sqrt(mean((row) => (misses[row] / far) ** 2));
  assertArgument(
    [total, expectedTotal, meanAbsoluteError, rootMeanSquaredError].every(Number.isFinite),
    "customers",
    () => `${what}, or what was expected, lead beyond the range of numbers: pass them in a larger unit`,
  );
  const rate = ratio(expectedTotal, total, what);
  return {
    actual: total,
    expected: expectedTotal,
    ratio: rate,
    meanAbsoluteError,
    rootMeanSquaredError,
    correlation: reason === null ? Math.max(-1, Math.min(1, product / spread / foretoldSpread)) : null,
    reason: reason ?? rate.reason,
  };
}

function largest(values: Float64Array): number {
  return values.reduce((size, value) => Math.max(size, Math.abs(value)), 0);
}

function isConstant(values: Float64Array): boolean {
  return values.every((value) => value === values[0]);
}
