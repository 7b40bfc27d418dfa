import { assertOneOf, assertOptions } from "../../core/assert.js";

/** How scores are brought together. */
export interface CustomerValueOptions {
  /**
   * `"sum"` (default): each side is the sum of weight times score, so that more items are more value. `"mean"`: the
   * weighted mean of each side, which stays on the scale of the scores whatever the number of items and the size of the
   * weights.
   */
  readonly combine?: "sum" | "mean" | undefined;
  /**
   * `"points"`: scores as they are. `"pomp"`: each as a percentage of the most that its scale allows,
   * 100 (x - min) / (max - min) (POMP: Cohen, Cohen, Aiken & West 1999), so that scales can be mixed. Default: points, and POMP as soon as scales differ.
   */
  readonly unit?: "points" | "pomp" | undefined;
}

/** The options with their defaults, checked. @internal */
export function valueOptions(options: CustomerValueOptions): { readonly combine: "sum" | "mean" } {
  assertOptions(options);
  const { combine = "sum", unit } = options;
  assertOneOf(combine, "options.combine", ["sum", "mean"]);
  if (unit !== undefined) assertOneOf(unit, "options.unit", ["points", "pomp"]);
  return { combine };
}
