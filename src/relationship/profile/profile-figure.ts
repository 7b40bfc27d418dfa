import type { Rate } from "../../core/rate.js";
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
  "dependency.score",
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

/** The least and the most that a figure can be. */
export interface FigureBounds {
  /** The least. */
  readonly lower: number;
  /** The most. */
  readonly upper: number;
}

/** One number of a profile, with all that it is made of. */
export interface ProfileFigure {
  /** The number, in `unit`; `null` where it is not known. */
  readonly value: number | null;
  /** The least and the most that it can be, where `value` is `null` and that much is known; else `null`. */
  readonly bounds: FigureBounds | null;
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

/**
 * A number or a rate with what it is made of; `undefined`: its part was not passed, as `absent` says. Bounds are for a rate that
 * may be `null`.
 *
 * @internal
 */
export function figureOf(
  value: number | Rate | undefined,
  unit: string,
  rule: string,
  from: readonly FigureSource[],
  absent: string,
  bounds: FigureBounds | null = null,
): ProfileFigure {
  if (value === undefined) return { value: null, bounds: null, unit, rule, from, reason: absent };
  if (typeof value === "number") return { value, bounds: null, unit, rule, from, reason: null };
  const open = value.value === null ? bounds : null;
  return { value: value.value, bounds: open, unit, rule, from, reason: value.reason };
}

/** The rule of what is no more than repeated. @internal */
export const AS_PASSED = "as passed";

/** A number that is taken as it was passed; `null`: it is not known, as `ifNull` says. @internal */
export function answerFigure(
  value: number | null | undefined,
  path: string,
  unit: string,
  ifNull = "was not answered",
): ProfileFigure {
  const rule = AS_PASSED;
  if (value === undefined)
    return { value: null, bounds: null, unit, rule, from: [], reason: `${path} was not passed` };
  const reason = value === null ? `${path} ${ifNull}` : null;
  return { value, bounds: null, unit, rule, from: [{ path, value }], reason };
}

/** Places whose paths are kept. */
const FEW = 16;

/** The path of a field at a place in a list, `bonds[0].strength`: those of the first places are put together once. @internal */
export function pathsIn(list: string, field: string): (place: number) => string {
  const known: string[] = [];
  const pathAt = (place: number): string => `${list}[${place}].${field}`;
  return (place) => {
    if (place >= FEW) return pathAt(place);
    known[place] ??= pathAt(place);
    return known[place];
  };
}
