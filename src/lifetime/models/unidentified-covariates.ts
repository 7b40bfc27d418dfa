import { assertArgument, assertArray, assertInRange, assertOptions, shown } from "../../core/assert.js";

/** Covariates that the data cannot tell apart, and why. @internal */
export interface Unidentified {
  readonly names: readonly string[];
  readonly reason: string;
}

/** One measure over the histories. @internal */
export interface CovariateColumn {
  readonly name: string;
  readonly values: Float64Array;
}

/** A share of the whole that rounding could leave of nothing. */
const NEGLIGIBLE = 1e-11;

/**
 * Measures that do not vary, or that follow from others: their effects cannot be told from a parameter, or from each other.
 *
 * @param columns - The measures with an effect on one thing.
 * @param weight - Customers of each history that tell of that effect; 0 leaves a history out.
 * @param parameters - What a measure that does not vary would only rescale, for the message.
 * @param told - On whom it must vary, for the message.
 * @param ridge - With one above 0, measures that follow from each other share their effect.
 * @internal
 */
export function unidentifiedCovariates(
  columns: readonly CovariateColumn[],
  weight: Float64Array,
  parameters: string,
  told: string,
  ridge: number,
): Unidentified | null {
  const rest: { name: string; values: Float64Array; size: number }[] = [];
  for (const { name, values } of columns) {
    const centered = centeredValues(values, weight);
    const size = product(centered.values, centered.values, weight);
    if (!(size > NEGLIGIBLE * NEGLIGIBLE * centered.uncentered)) {
      return {
        names: [name],
        reason: `"${name}" is the same for ${told}, so that its effect cannot be told from ${parameters}: leave it out`,
      };
    }
    if (ridge > 0) continue;
    const others: string[] = [];
    const left = Float64Array.from(centered.values);
    // Twice, since what rounding left of the first time may be as large as what there is (Parlett 1980).
    for (let pass = 0; pass < 2; pass++) {
      for (const known of rest) {
        const share = product(left, known.values, weight) / known.size;
        if (pass === 0 && Math.abs(share) * Math.sqrt(known.size / size) > 1e-6) others.push(known.name);
        for (let i = 0; i < left.length; i++) left[i] -= share * known.values[i];
      }
    }
    const remains = product(left, left, weight);
    if (!(remains > NEGLIGIBLE * size)) {
      return {
        names: [name, ...others],
        reason: `"${name}" follows from ${others.map((other) => `"${other}"`).join(", ")} (collinear): leave one of them out, or set a ridge`,
      };
    }
    rest.push({ name, values: left, size: remains });
  }
  return null;
}

function centeredValues(
  values: Float64Array,
  weight: Float64Array,
): { values: Float64Array; uncentered: number } {
  let total = 0;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    total += weight[i];
    sum += weight[i] * values[i];
  }
  const mean = total > 0 ? sum / total : 0;
  const centered = values.map((value) => value - mean);
  return { values: centered, uncentered: product(values, values, weight) };
}

function product(one: Float64Array, other: Float64Array, weight: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += weight[i] * one[i] * other[i];
  return sum;
}

/** Names of covariates, checked against the columns that there are. @internal */
export function checkedCovariateNames(
  names: unknown,
  path: string,
  columns: Readonly<Record<string, Float64Array>>,
): readonly string[] {
  if (names === undefined) return [];
  assertArray(names, path);
  const known = Object.keys(columns);
  for (const [i, name] of names.entries()) {
    assertArgument(
      typeof name === "string" && Object.hasOwn(columns, name),
      `${path}[${i}]`,
      () =>
        `${path}[${i}] is ${shown(name)}: pass ${known.length > 0 ? `one of ${known.map((one) => `"${one}"`).join(", ")}` : "covariates with the customers"}`,
    );
    assertArgument(
      names.indexOf(name) === i,
      `${path}[${i}]`,
      () => `${path}[${i}] is ${shown(name)} again: name each covariate once`,
    );
  }
  return names as readonly string[];
}

/** The ridge on the coefficients, 0 where none is set. @internal */
export function checkedRidge(covariates: unknown, path: string): number {
  assertOptions(covariates, "{ transaction, dropout, ridge }", path);
  const ridge: unknown = "ridge" in covariates ? (covariates.ridge ?? 0) : 0;
  assertInRange(ridge, `${path}.ridge`, 0, 1e12);
  return ridge;
}
