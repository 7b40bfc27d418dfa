import { type Rate, ratio } from "../../core/rate.js";
import type { ValueSource } from "../../model/value-source.js";
import { assertReached } from "../checked-rows.js";
import { assertValueItems, type ValueItems, type ValueSide } from "./value-item.js";
import { type CustomerValueOptions, valueOptions } from "./value-options.js";
import { placesIn, type ValueUnit, weighItems } from "./weigh-items.js";

/** What one benefit or sacrifice adds. */
export interface ValueContribution {
  /** Which item. */
  readonly id: string;
  /** Got or given. */
  readonly side: ValueSide;
  /** Score as it came; `null` for an item in money. */
  readonly score: number | null;
  /** The score in the result's unit. */
  readonly points: number;
  /** Weight as it came; 1 where none did. */
  readonly weight: number;
  /** Part of its side's total, in the result's unit: the contributions of a side add up to it. */
  readonly contribution: number;
  /** Contribution as a share of its side's total; `null` where that is not above 0. */
  readonly share: Rate;
  /** From whom the score comes; `null`: not recorded. */
  readonly source: ValueSource | null;
  /** The caller's words; `null`: none. */
  readonly note: string | null;
}

/** Benefits against sacrifices. */
export interface CustomerValue {
  /** All that is got, in `unit`. */
  readonly benefit: number;
  /** All that is given, in `unit`. */
  readonly sacrifice: number;
  /** Benefit less sacrifice, in `unit`. */
  readonly net: number;
  /** Benefit for each unit of sacrifice; `null` where the sacrifice is not above 0. */
  readonly ratio: Rate;
  /** `points` of the scores' own scale, `pomp` from 0 to 100, or `money` in minor units. */
  readonly unit: ValueUnit;
  /** ISO 4217 code where `unit` is money; otherwise `null`. */
  readonly currency: string | null;
  /** Whether each side is a sum or a weighted mean. */
  readonly combine: "sum" | "mean";
  /** What each item adds, in the order of the input, benefits first. */
  readonly contributions: readonly ValueContribution[];
}

/**
 * What does a customer get for what they give: which benefits, against which sacrifices, and what is left?
 *
 * The trade-off of get and give (Zeithaml 1988). The net is right where a point of benefit is worth a point of sacrifice, as
 * after a constant-sum question. The ratio asks more: that 0 means nothing. On a scale from 1 to 7 it changes when the scale
 * is moved to 0 to 6, so compare nets there, or use `unit: "pomp"`.
 *
 * @param value - `benefits` and `sacrifices`: id, score, weight, scale, source.
 * @param options - `combine`: sums (default) or weighted means; `unit`: points or POMP.
 * @returns Benefit, sacrifice, net, ratio, and what each item adds.
 * @throws {@link ClienteleError} `INVALID_ROWS` for an id that comes twice on a side, a score outside its scale, a sacrifice
 *   below 0 without a scale, a negative weight; `INVALID_ARGUMENT` when scales differ and an item has none, a mean has no
 *   weights, or a total is too great for a number.
 * @example
 * ```ts
 * import { customerValue } from "clientele";
 *
 * const value = customerValue({
 *   benefits: [{ id: "product", score: 40 }, { id: "service", score: 20 }],
 *   sacrifices: [{ id: "monetary", score: 40 }, { id: "time", score: 5, weight: 2 }],
 * });
 * value.net; // => 10
 * value.ratio.value; // => 1.2
 * value.contributions[3]?.share.value; // => 0.2
 * ```
 */
export function customerValue(value: ValueItems, options: CustomerValueOptions = {}): CustomerValue {
  assertValueItems(value);
  return valueOfItems(value, options);
}

/** The same of items that are checked already, which stand where `places` says. @internal */
export function valueOfItems(
  value: ValueItems,
  options: CustomerValueOptions,
  places = placesIn("value", ""),
): CustomerValue {
  const { combine } = valueOptions(options);
  const { unit, items } = weighItems(value, options, places);
  const parts = items.map(({ id, side, score, points, weight, share, source, note }) => ({
    id,
    side,
    score,
    points,
    weight,
    contribution: share * points,
    source,
    note,
  }));
  const result = assembled({ parts, unit, currency: null, combine });
  for (const field of ["benefit", "sacrifice", "net"] as const)
    assertReached(result[field], places.whole, `a ${field}`);
  return result;
}

/** An item with its part of the total. @internal */
export interface ValuePart {
  readonly id: string;
  readonly side: ValueSide;
  readonly score: number | null;
  readonly points: number;
  readonly weight: number;
  readonly contribution: number;
  readonly source?: ValueSource | undefined;
  readonly note?: string | undefined;
}

/** The totals of parts that are known. @internal */
export function assembled({
  parts,
  unit,
  currency,
  combine,
}: {
  readonly parts: readonly ValuePart[];
  readonly unit: ValueUnit;
  readonly currency: string | null;
  readonly combine: "sum" | "mean";
}): CustomerValue {
  const totalOf = (side: ValueSide): number =>
    parts.reduce((sum, part) => (part.side === side ? sum + part.contribution : sum), 0) + 0;
  const totals = { benefit: totalOf("benefit"), sacrifice: totalOf("sacrifice") };
  return {
    ...totals,
    net: totals.benefit - totals.sacrifice,
    ratio: ratio(totals.benefit, totals.sacrifice, "sacrifice"),
    unit,
    currency,
    combine,
    contributions: parts.map(({ id, side, score, points, weight, contribution, source, note }) => ({
      id,
      side,
      score,
      points,
      weight,
      contribution,
      share: ratio(contribution, totals[side], `total ${side}`),
      source: source ?? null,
      note: note ?? null,
    })),
  };
}
