import {
  assertArgument,
  assertArray,
  assertFinite,
  assertInRange,
  assertOptions,
  shown,
} from "../../core/assert.js";

/** One item of a scale: a question with a number for an answer. */
export interface ScaleItem {
  /** Your identifier, once in the scale. */
  readonly id: string;
  /** Which part of the construct it measures; default: the scale's own id. */
  readonly dimension?: string | undefined;
  /** Whether a high answer means little of the construct: then min + max - answer counts. Default `false`. */
  readonly reverse?: boolean | undefined;
  /** Lowest possible answer, where it differs from the scale's: answers are then stretched onto the scale's range. */
  readonly min?: number | undefined;
  /** Highest possible answer, where it differs from the scale's. */
  readonly max?: number | undefined;
  /** How much it counts within its dimension, from 1e-30 to 1e30; default 1. */
  readonly weight?: number | undefined;
}

/** A multi-item instrument: what is asked, which answers there are, and how many make a score. */
export interface ScaleDefinition {
  /** Your identifier; the name of the dimension of items that name none. */
  readonly id: string;
  /** The items, one or more. */
  readonly items: readonly ScaleItem[];
  /** Lowest possible answer, and the lowest score; within 1e30 of 0. */
  readonly min: number;
  /** Highest possible answer, and the highest score; within 1e30 of 0. */
  readonly max: number;
  /** Distance between neighboring answers, from the lowest on: 1 refuses 3.5. Default: any value of the range. */
  readonly step?: number | undefined;
  /** Share of a dimension's items that must be answered for a score, 0 to 1; default 0.5, and always one item. */
  readonly minAnswered?: number | undefined;
}

/** An item as it is computed with: `intercept + slope * answer` is the answer as scored. @internal */
export interface ScoredItem {
  readonly id: string;
  readonly min: number;
  readonly max: number;
  readonly intercept: number;
  readonly slope: number;
  readonly weight: number;
}

/** A checked definition. @internal */
export interface ReadScale {
  readonly id: string;
  readonly min: number;
  readonly max: number;
  readonly step: number | null;
  readonly minAnswered: number;
  readonly items: readonly ScoredItem[];
  /** Dimensions in the order of their first items, with the places of their items. */
  readonly dimensions: readonly { readonly name: string; readonly places: readonly number[] }[];
}

/** @internal */
export function readScale(scale: ScaleDefinition, path = "scale"): ReadScale {
  assertOptions(scale, "{ id, items, min, max }", path);
  const { id, items, min, max, step = null, minAnswered = 0.5 } = scale;
  assertId(id, `${path}.id`);
  assertRange(min, max, path);
  assertInRange(minAnswered, `${path}.minAnswered`, 0, 1);
  assertArgument(
    step === null || (Number.isFinite(step) && step > 0),
    `${path}.step`,
    () => `${path}.step is ${shown(step)}: pass a number above 0, or leave it out`,
  );
  assertArray(items, `${path}.items`);
  assertArgument(items.length > 0, `${path}.items`, () => `${path}.items is empty: pass one item or more`);
  const seen = new Set<string>();
  const places = new Map<string, number[]>();
  const scored = items.map((item, place) => {
    const at = `${path}.items[${place}]`;
    assertOptions(item, "{ id }", at);
    assertId(item.id, `${at}.id`);
    assertArgument(!seen.has(item.id), `${at}.id`, () => `${at}.id is ${shown(item.id)} a second time`);
    seen.add(item.id);
    const { dimension = id } = item;
    assertId(dimension, `${at}.dimension`);
    const members = places.get(dimension);
    if (members === undefined) places.set(dimension, [place]);
    else members.push(place);
    return scoredItem(item, { min, max }, at);
  });
  const dimensions = [...places].map(([name, members]) => ({ name, places: members }));
  return { id, min, max, step, minAnswered, items: scored, dimensions };
}

/** Answers and weights up to here, and down to its inverse, can be multiplied, squared and summed without leaving the doubles. */
const REACH = 1e30;
const LEAST = 1e-30;

/** Throws unless there is a lowest and a higher highest answer. @internal */
export function assertRange(min: unknown, max: unknown, path: string): void {
  assertFinite(min, `${path}.min`);
  assertFinite(max, `${path}.max`);
  for (const [value, at] of [[min, `${path}.min`] as const, [max, `${path}.max`] as const])
    assertArgument(
      Math.abs(value) <= REACH,
      at,
      () => `${at} is ${value}: pass a number within ${REACH} of 0, in a larger unit`,
    );
  assertArgument(
    max - min >= LEAST,
    `${path}.max`,
    () => `${path}.max is ${max}: pass a number above ${path}.min, ${min}, by ${LEAST} or more`,
  );
}

/** What of a reached score is possible: percent of maximum possible, 0 to 100. @internal */
export function pompOf(score: number, { min, max }: { readonly min: number; readonly max: number }): number {
  return (100 * (score - min)) / (max - min);
}

/** Throws unless it is text with something in it. */
function assertId(value: unknown, path: string): asserts value is string {
  assertArgument(
    typeof value === "string" && value !== "",
    path,
    () => `${path} is ${shown(value)}: pass text that is not empty`,
  );
}

function scoredItem(
  item: ScaleItem,
  scale: { readonly min: number; readonly max: number },
  path: string,
): ScoredItem {
  const { id, reverse = false, min = scale.min, max = scale.max, weight = 1 } = item;
  assertRange(min, max, path);
  assertArgument(
    typeof reverse === "boolean",
    `${path}.reverse`,
    () => `${path}.reverse is ${shown(reverse)}: pass true or false`,
  );
  assertArgument(
    Number.isFinite(weight) && weight >= LEAST && weight <= REACH,
    `${path}.weight`,
    () => `${path}.weight is ${shown(weight)}: pass a number above 0, from ${LEAST} to ${REACH}`,
  );
  const isOnScale = min === scale.min && max === scale.max;
  const stretch = isOnScale ? 1 : (scale.max - scale.min) / (max - min);
  // Where nothing is stretched, these are whole numbers and the score stays exact.
  const lowest = isOnScale ? 0 : scale.min - min * stretch;
  const line = reverse
    ? { intercept: lowest + (min + max) * stretch, slope: -stretch }
    : { intercept: lowest, slope: stretch };
  return { id, min, max, weight, ...line };
}
