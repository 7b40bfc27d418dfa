import { assertArgument, shown } from "../../core/assert.js";
import { ClienteleError } from "../../core/errors.js";

/**
 * What a sale of each product is expected to earn: revenue less all costs that it brings, minor units, rounded or not.
 * `null`, and an id that a map does not have: unknown.
 */
export type ProductMargins = ReadonlyMap<string, number> | ((productId: string) => number | null | undefined);

/**
 * How likely a customer takes one product in place of another, 0 to 1: one number for all, or a function of both products.
 * `null`: unknown.
 */
export type ReplacementProbability =
  | number
  | ((replaces: string, productId: string) => number | null | undefined);

/** The margin of each product, each asked for once; `null` where unknown. @internal */
export function marginReader(
  margin: ProductMargins | undefined,
  path = "options.margin",
): (productId: string) => number | null {
  assertArgument(
    typeof margin === "function" || typeof margin?.get === "function",
    path,
    () => `${path} is ${shown(margin)}: pass a Map of product ids, or a function of the product id`,
  );
  const read = typeof margin === "function" ? margin : (productId: string) => margin.get(productId);
  const known = new Map<string, number | null>();
  return (productId) => {
    const earlier = known.get(productId);
    if (earlier !== undefined) return earlier;
    const value = read(productId) ?? null;
    if (value !== null && !Number.isFinite(value)) {
      throw unusable(path, value, shown(productId), "a finite number of minor units");
    }
    known.set(productId, value);
    return value;
  };
}

/** The probability of each replacement; `null` where unknown. @internal */
export function probabilityReader(
  probability: ReplacementProbability | undefined,
  path = "options.probability",
): (replaces: string, productId: string) => number | null {
  assertArgument(
    probability === undefined || typeof probability === "number" || typeof probability === "function",
    path,
    () => `${path} is ${shown(probability)}: pass a number from 0 to 1, or a function of both products`,
  );
  return (replaces, productId) => {
    const value = typeof probability === "function" ? probability(replaces, productId) : probability;
    if (value === undefined || value === null) return null;
    if (!(typeof value === "number" && value >= 0 && value <= 1)) {
      throw unusable(path, value, `${shown(replaces)} to ${shown(productId)}`, "a number from 0 to 1");
    }
    return value;
  };
}

/** What a probability and a gain are worth together; `null` where either is unknown. @internal */
export function expectedGain(probability: number | null, gain: number | null): number | null {
  return probability === null || gain === null ? null : probability * gain;
}

function unusable(path: string, value: unknown, of: string, wanted: string): ClienteleError {
  const message = `${path} gives ${shown(value)} for ${of}: give ${wanted}, or null where it is unknown`;
  return new ClienteleError("INVALID_ARGUMENT", path, message);
}
