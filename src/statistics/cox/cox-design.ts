import type { CoxData } from "./cox-data.js";

/**
 * Data of a Cox regression made ready for passes over time: rows sorted by stratum, then duration, events before
 * censorings; covariates centered and divided by their mean absolute deviation, so that no unit matters.
 *
 * @internal
 */
export interface CoxDesign {
  readonly length: number;
  /** Number of covariates. */
  readonly size: number;
  readonly names: readonly string[];
  /** Name of each stratum, `null` for those of none; without strata `[null]`. */
  readonly strata: readonly (string | null)[];
  /** Where each stratum begins among the sorted rows, and at last the number of rows. */
  readonly starts: Int32Array;
  /** Place in the input of each sorted row. */
  readonly order: Int32Array;
  readonly duration: Float64Array;
  readonly event: Uint8Array;
  readonly weight: Float64Array;
  /** -Infinity for a subject seen from the origin; `null` when all were. */
  readonly entry: Float64Array | null;
  /** Sorted rows by stratum, then entry; `null` with `entry`. */
  readonly byEntry: Int32Array | null;
  /** Standardized covariates, row by row. */
  readonly x: Float64Array;
  /** Weighted mean of each covariate. */
  readonly means: Float64Array;
  /** Mean absolute deviation of each covariate, 1 where it is constant. */
  readonly scales: Float64Array;
}

/** @internal */
export function coxDesign(data: CoxData): CoxDesign {
  const { length, names, strata } = data;
  const code = strata === null ? new Uint32Array(length) : strata.codes;
  const order = Int32Array.from({ length }, (_, row) => row).sort(
    (a, b) =>
      code[a] - code[b] ||
      data.duration[a] - data.duration[b] ||
      data.event[b] - data.event[a] ||
      // Equal rows in the order of the input: the same data give the same digits.
      a - b,
  );
  const size = names.length;
  const weight = picked(data.weight ?? new Float64Array(length).fill(1), order);
  const x = new Float64Array(length * size);
  const means = new Float64Array(size);
  const scales = new Float64Array(size);
  for (let at = 0; at < size; at++) {
    const column = picked(data.covariates[at], order);
    const { mean, scale } = centerAndScale(column, weight);
    means[at] = mean;
    scales[at] = scale;
    for (let row = 0; row < length; row++) x[row * size + at] = (column[row] - mean) / scale;
  }
  // A subject with entry 0 was never truncated.
  const entry = data.entry && picked(data.entry, order).map((time) => (time > 0 ? time : -Infinity));
  return {
    length,
    size,
    names,
    strata: strata === null ? [null] : strata.names,
    starts: stratumStarts(code, order, strata === null ? 1 : strata.names.length),
    order,
    // + 0 makes -0 a 0.
    duration: picked(data.duration, order).map((time) => time + 0),
    event: Uint8Array.from(order, (row) => data.event[row]),
    weight,
    entry,
    byEntry:
      entry &&
      Int32Array.from({ length }, (_, row) => row).sort(
        (a, b) => code[order[a]] - code[order[b]] || compared(entry[a], entry[b]),
      ),
    x,
    means,
    scales,
  };
}

/** The linear predictor of every sorted row, from coefficients of standardized covariates. @internal */
export function linearPredictor(
  { length, size, x }: CoxDesign,
  coefficients: ArrayLike<number>,
): Float64Array {
  const predictor = new Float64Array(length);
  for (let row = 0; row < length; row++) {
    let sum = 0;
    for (let at = 0; at < size; at++) sum += x[row * size + at] * coefficients[at];
    predictor[row] = sum;
  }
  return predictor;
}

function picked(values: Float64Array, order: Int32Array): Float64Array {
  const column = new Float64Array(order.length);
  for (let at = 0; at < column.length; at++) column[at] = values[order[at]];
  return column;
}

/** Two -Infinity are equal, while their difference is NaN. */
function compared(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function centerAndScale(column: Float64Array, weight: Float64Array): { mean: number; scale: number } {
  let total = 0;
  let mean = 0;
  let isConstant = true;
  for (let row = 0; row < column.length; row++) {
    total += weight[row];
    mean += ((column[row] - mean) * weight[row]) / total;
    if (column[row] !== column[0]) isConstant = false;
  }
  if (isConstant) return { mean: column[0] ?? 0, scale: 1 };
  let deviation = 0;
  for (let row = 0; row < column.length; row++) deviation += Math.abs(column[row] - mean) * weight[row];
  return { mean, scale: deviation / total };
}

function stratumStarts(code: Uint32Array, order: Int32Array, strata: number): Int32Array {
  const starts = new Int32Array(strata + 1);
  for (const row of order) starts[code[row] + 1]++;
  for (let at = 0; at < strata; at++) starts[at + 1] += starts[at];
  return starts;
}
