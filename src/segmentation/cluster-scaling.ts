import { assertArgument, assertOneOf, shown } from "../core/assert.js";
import { type NumberColumns, refuseBadCells } from "./cluster-data.js";

/**
 * How columns are made comparable: `"zScore"` takes the mean off and divides by the standard deviation (of the
 * population, over n), `"range"` maps the least value to 0 and the greatest to 1, `false` leaves the unit.
 */
export type ClusterScaling = "zScore" | "range" | false;

/** How one column is scaled: `((log ? log(1 + x) : x) - center) / scale`. */
export interface ScaledColumn {
  /** Name of the column. */
  readonly name: string;
  /** Is the logarithm of 1 + x taken first? */
  readonly log: boolean;
  /** What is taken off, in the unit of the column (after the logarithm). */
  readonly center: number;
  /** What it is divided by, in the same unit; 1 where all values are equal. */
  readonly scale: number;
}

/** How the columns of this data are scaled: as if every row stood there as often as it weighs. @internal */
export function scalingOf(
  data: NumberColumns,
  standardize: ClusterScaling = "zScore",
  log: readonly string[] = [],
  weights: Float64Array | null = null,
): ScaledColumn[] {
  if (standardize !== false) assertOneOf(standardize, "options.standardize", ["zScore", "range"]);
  assertArgument(
    Array.isArray(log),
    "options.log",
    () => `options.log is ${shown(log)}: pass an array of names`,
  );
  for (const [i, name] of log.entries()) {
    assertArgument(
      data.names.includes(name),
      `options.log[${i}]`,
      () => `options.log[${i}] is ${shown(name)}: pass one of ${data.names.map(shown).join(", ")}`,
    );
  }
  refuseBelowLog(
    data,
    data.names.map((name) => log.includes(name)),
    "data",
  );
  return data.names.map((name, i) => {
    const isLog = log.includes(name);
    const moments = momentsOf(data.columns[i], data.length, isLog, weights);
    assertSpread(moments, name);
    return { name, log: isLog, ...centerAndScale(moments, standardize) };
  });
}

/** The rows as points, one after the other. @internal */
export function scaledPoints(data: NumberColumns, scaling: readonly ScaledColumn[]): Float64Array {
  const { length, columns } = data;
  const dimensions = columns.length;
  const points = new Float64Array(length * dimensions);
  for (const [j, { log, center, scale }] of scaling.entries()) {
    const column = columns[j];
    for (let row = 0, at = j; row < length; row++, at += dimensions) {
      points[at] = ((log ? Math.log1p(column[row]) : column[row]) - center) / scale;
    }
  }
  return points;
}

/** A place in the original unit, scaled. @internal */
export function scaledPlace(place: readonly number[], scaling: readonly ScaledColumn[]): number[] {
  return scaling.map(
    ({ log, center, scale }, j) => ((log ? Math.log1p(place[j]) : place[j]) - center) / scale,
  );
}

/** A scaled place in the original unit. @internal */
export function originalPlace(
  place: readonly number[],
  scaling: readonly ScaledColumn[],
): Record<string, number> {
  return Object.fromEntries(
    scaling.map(({ name, log, center, scale }, j) => {
      const value = center + scale * place[j];
      return [name, (log ? Math.expm1(value) : value) + 0];
    }),
  );
}

/** Throws for cells of which there is no logarithm. @internal */
export function refuseBelowLog(data: NumberColumns, isLog: readonly boolean[], path: string): void {
  const names = data.names.filter((_, i) => isLog[i]);
  const columns = data.columns.filter((_, i) => isLog[i]);
  refuseBadCells({ names, columns, length: data.length }, path, (value) =>
    value > -1 ? null : "is not above -1, so that log(1 + x) is not defined",
  );
}

interface Moments {
  readonly least: number;
  readonly greatest: number;
  readonly mean: number;
  readonly deviation: number;
}

function momentsOf(
  column: ArrayLike<number>,
  length: number,
  log: boolean,
  weights: Float64Array | null,
): Moments {
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  let total = 0;
  let sum = 0;
  for (let row = 0; row < length; row++) {
    const weight = weights === null ? 1 : weights[row];
    if (weight === 0) continue;
    const value = log ? Math.log1p(column[row]) : column[row];
    if (value < least) least = value;
    if (value > greatest) greatest = value;
    total += weight;
    sum += weight * value;
  }
  const mean = sum / total;
  // Two passes and what the mean is off by: no cancellation between large sums.
  let squares = 0;
  let rest = 0;
  for (let row = 0; row < length; row++) {
    const weight = weights === null ? 1 : weights[row];
    if (weight === 0) continue;
    const off = (log ? Math.log1p(column[row]) : column[row]) - mean;
    squares += weight * off * off;
    rest += weight * off;
  }
  return { least, greatest, mean, deviation: Math.sqrt((squares - (rest * rest) / total) / total) };
}

/** Squares of smaller differences would be zero, and different rows one. */
const LEAST_SPREAD = 1e-140;

function assertSpread({ least, greatest }: Moments, name: string): void {
  const spread = greatest - least;
  assertArgument(
    spread === 0 || spread >= LEAST_SPREAD,
    `data.${name}`,
    () => `data.${name} spreads over ${spread}, less than ${LEAST_SPREAD}: pass it in a smaller unit`,
  );
}

function centerAndScale(moments: Moments, standardize: ClusterScaling): { center: number; scale: number } {
  const { least, greatest, mean, deviation } = moments;
  if (standardize === false) return { center: 0, scale: 1 };
  // + 0: the least of zeros may be -0.
  if (!(greatest > least)) return { center: least + 0, scale: 1 };
  if (standardize === "range") return { center: least + 0, scale: greatest - least };
  return { center: mean + 0, scale: deviation > 0 ? deviation : 1 };
}
