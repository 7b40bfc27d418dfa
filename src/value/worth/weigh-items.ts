import { assertArgument } from "../../core/assert.js";
import { pompOf } from "../../statistics/scales/scale-definition.js";
import { assertWeightSum, type ValueScale } from "../checked-rows.js";
import type { ValueItem, ValueItems, ValueSide } from "./value-item.js";
import type { CustomerValueOptions } from "./value-options.js";

/** What totals are counted in: points of the scores' own scale, percent of the maximum possible, or minor units of money. */
export type ValueUnit = "points" | "pomp" | "money";

/** An item with what its weight comes to. */
interface WeighedItem extends Omit<ValueItem, "weight" | "scale"> {
  readonly side: ValueSide;
  readonly weight: number;
  /** The score in the unit of the result. */
  readonly points: number;
  /** What a point of it counts: the weight, or its share of its side's weights. */
  readonly share: number;
}

/** What the lists of items are called in messages: callers of some functions never see two lists. @internal */
export interface ItemPlaces {
  /** Everything that is weighed. */
  readonly whole: string;
  /** The argument that holds the items of a side. */
  readonly side: (side: ValueSide) => string;
  /** The items of a side, in a sentence. */
  readonly sideName: (side: ValueSide) => string;
  /** One item, by its place on its side. */
  readonly item: (side: ValueSide, place: number) => string;
}

/** The places of `{ benefits, sacrifices }`; paths begin with `prefix`, which is empty or ends in a point. @internal */
export function placesIn(whole: string, prefix: string): ItemPlaces {
  const side = (of: ValueSide): string => `${prefix}${of}s`;
  return { whole, side, sideName: side, item: (of, place) => `${side(of)}[${place}]` };
}

/** Items of checked lists, each with its points and what a point of it counts. @internal */
export function weighItems(
  value: ValueItems,
  { combine = "sum", unit: asked }: CustomerValueOptions,
  places: ItemPlaces,
): { readonly unit: ValueUnit; readonly items: readonly WeighedItem[] } {
  const unit = unitOfAll([...value.benefits, ...value.sacrifices], asked);
  if (unit === "pomp") assertScales(value, asked, places);
  const items: WeighedItem[] = [];
  for (const [side, list] of sidesOf(value)) {
    const sum =
      combine === "sum"
        ? 1
        : assertWeightSum(
            list.map(({ weight = 1 }) => weight),
            places.side(side),
            places.sideName(side),
          );
    for (const { id, score, weight = 1, scale, source, note } of list) {
      const points = unit === "pomp" && scale !== undefined ? pompOf(score, scale) : score;
      // Field by field: one is made for each item of each customer, and copies of whole objects cost three times as much.
      items.push({ id, side, score, points, weight, share: weight / sum, source, note });
    }
  }
  return { unit, items };
}

/** The unit of items of several occasions or people: asked for, or POMP where scales differ. @internal */
export function unitOfAll(
  items: readonly { readonly scale?: ValueScale | undefined }[],
  asked: "points" | "pomp" | undefined,
): "points" | "pomp" {
  let first: ValueScale | undefined;
  let areMixed = false;
  for (const { scale } of items) {
    if (scale === undefined) continue;
    first ??= scale;
    if (scale.min !== first.min || scale.max !== first.max) areMixed = true;
  }
  return unitOfScales(areMixed, asked);
}

/** The same where it is known whether at least two scales differ. @internal */
export function unitOfScales(areMixed: boolean, asked: "points" | "pomp" | undefined): "points" | "pomp" {
  assertArgument(
    !(areMixed && asked === "points"),
    "options.unit",
    () => 'options.unit is "points" but the items have different scales: pass "pomp", or nothing',
  );
  return asked ?? (areMixed ? "pomp" : "points");
}

/** Throws unless each item has the scale that POMP needs. @internal */
export function assertScales(
  value: ValueItems,
  asked: "points" | "pomp" | undefined,
  places: ItemPlaces,
): void {
  for (const [side, list] of sidesOf(value)) {
    const missing = list.findIndex(({ scale }) => scale === undefined);
    const path = `${places.item(side, missing)}.scale`;
    assertArgument(
      missing < 0,
      path,
      () =>
        `${path} is missing: ${asked === "pomp" ? "POMP needs it" : "scales differ"}, pass { min, max } for each item`,
    );
  }
}

function sidesOf({ benefits, sacrifices }: ValueItems) {
  return [
    ["benefit", benefits],
    ["sacrifice", sacrifices],
  ] as const;
}
