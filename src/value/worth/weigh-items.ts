import { assertArgument } from "../../core/assert.js";
import { pompOf } from "../../statistics/scales/scale-definition.js";
import { assertWeightSum, type ValueScale } from "../checked-rows.js";
import type { ValueItem, ValueItems, ValueSide } from "./value-item.js";
import type { CustomerValueOptions } from "./value-options.js";

/** What totals are counted in: points of the scores' own scale, percent of the maximum possible, or minor units of money. */
export type ValueUnit = "points" | "pomp" | "money";

/** An item with what its weight comes to. */
interface WeighedItem extends Omit<ValueItem, "weight"> {
  readonly side: ValueSide;
  readonly weight: number;
  /** The score in the unit of the result. */
  readonly points: number;
  /** What a point of it counts: the weight, or its share of its side's weights. */
  readonly share: number;
}

/** Items of checked lists, each with its points and what a point of it counts. @internal */
export function weighItems(
  { benefits, sacrifices }: ValueItems,
  { combine = "sum", unit: asked }: CustomerValueOptions,
  prefix = "",
): { readonly unit: ValueUnit; readonly items: readonly WeighedItem[] } {
  const sides = [
    ["benefit", benefits],
    ["sacrifice", sacrifices],
  ] as const;
  const unit = unitOf(sides, asked, prefix);
  const items = sides.flatMap(([side, list]) => {
    const weights = list.map(({ weight = 1 }) => weight);
    const sum = combine === "sum" ? 1 : assertWeightSum(weights, `${prefix}${side}s`);
    return list.map((item, i) => {
      const points =
        unit === "pomp" && item.scale !== undefined ? pompOf(item.score, item.scale) : item.score;
      return { ...item, side, weight: weights[i], points, share: weights[i] / sum };
    });
  });
  return { unit, items };
}

/** The unit of items of several occasions or people: asked for, or POMP where scales differ. @internal */
export function unitOfAll(
  items: readonly { readonly scale?: ValueScale | undefined }[],
  asked: "points" | "pomp" | undefined,
): "points" | "pomp" {
  const areMixed = haveMixedScales(items);
  assertArgument(
    !(areMixed && asked === "points"),
    "options.unit",
    () => 'options.unit is "points" but the items have different scales: pass "pomp", or nothing',
  );
  return asked ?? (areMixed ? "pomp" : "points");
}

/** Whether at least two scales are given that differ. */
function haveMixedScales(items: readonly { readonly scale?: ValueScale | undefined }[]): boolean {
  const scales = items.flatMap(({ scale }) => (scale === undefined ? [] : [`${scale.min} ${scale.max}`]));
  return new Set(scales).size > 1;
}

function unitOf(
  sides: readonly (readonly [ValueSide, readonly ValueItem[]])[],
  asked: "points" | "pomp" | undefined,
  prefix: string,
): ValueUnit {
  if (
    unitOfAll(
      sides.flatMap(([, list]) => list),
      asked,
    ) === "points"
  )
    return "points";
  for (const [side, list] of sides) {
    const missing = list.findIndex(({ scale }) => scale === undefined);
    assertArgument(
      missing < 0,
      `${prefix}${side}s[${missing}].scale`,
      () =>
        `${prefix}${side}s[${missing}].scale is missing: ${asked === "pomp" ? "POMP needs it" : "scales differ"}, pass { min, max } for each item`,
    );
  }
  return "pomp";
}
