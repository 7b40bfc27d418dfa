import { commitmentDimensions } from "../commitment/commitment-dimension.js";

/**
 * Which figures is a profile made of, whether they are known or not?
 *
 * @example
 * ```ts
 * import { profileFigureIds } from "clientele";
 *
 * profileFigureIds.includes("bonds.fragility"); // => true
 * ```
 */
export const profileFigureIds = [
  "value.benefit",
  "value.sacrifice",
  "value.net",
  "value.ratio",
  "satisfaction",
  ...commitmentDimensions.map((dimension) => `commitment.${dimension}` as const),
  "bonds.number",
  "bonds.strongest",
  "bonds.index",
  "bonds.breadth",
  "bonds.structuralShare",
  "bonds.forcedShare",
  "bonds.fragility",
  "dependency.forcedShare",
  "dependency.lockInRisk",
  "profit",
  "retentionProbability",
] as const;

/** The name of a figure of a profile. */
export type ProfileFigureId = (typeof profileFigureIds)[number];

/** A number that was passed, and where it stood. */
export interface FigureSource {
  /** Path in the input or the options: `bonds[0].strength`. */
  readonly path: string;
  /** What stood there; `null`: not known. */
  readonly value: number | null;
}

/** One number of a profile, with all that it is made of. */
export interface ProfileFigure {
  /** The number, in `unit`; `null` where it is not known. */
  readonly value: number | null;
  /**
   * `"share"` from 0 to 1, `"pomp"` from 0 to 100, `"count"`, `"ratio"`, minor units of a currency by its ISO 4217 code
   * (`"IDR"`; `"minor units"` where no profit was passed), or the unit of the value as it came (`"points"`).
   */
  readonly unit: string;
  /** How it is made of `from`, in words. */
  readonly rule: string;
  /** Each number that went in, in the order of the input. */
  readonly from: readonly FigureSource[];
  /** Why `value` is `null`; else `null`. */
  readonly reason: string | null;
}
