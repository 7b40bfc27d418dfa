import { assertBetween, assertOneOf, assertOptions } from "../../core/assert.js";
import { type CustomerValue, customerValue } from "./customer-value.js";
import type { ValueItem, ValueItems, ValueSide } from "./value-item.js";
import type { CustomerValueOptions } from "./value-options.js";

/** How weights are moved. */
export interface WeightSensitivityOptions extends CustomerValueOptions {
  /** By which share each weight goes down and up, above 0 and below 1; default 0.25. */
  readonly change?: number | undefined;
  /** What is watched; default `"net"`. */
  readonly of?: "net" | "ratio" | undefined;
}

/** A weight moved, and what comes out. */
export interface MovedWeight {
  /** The weight as it is put in. */
  readonly weight: number;
  /** What is watched, with this weight; `null` where it is undefined. */
  readonly value: number | null;
}

/** A bar of a tornado diagram: one weight down and up, all others as they are. */
export interface WeightSwing {
  /** Which item. */
  readonly id: string;
  /** Got or given. */
  readonly side: ValueSide;
  /** The weight as it came; 1 where none did. */
  readonly weight: number;
  /** With the weight lowered. */
  readonly down: MovedWeight;
  /** With the weight raised. */
  readonly up: MovedWeight;
  /** Distance between both outcomes; `null` where one is undefined. */
  readonly swing: number | null;
}

/** What single weights do to a customer's value. */
export interface WeightSensitivity {
  /** What is watched. */
  readonly of: "net" | "ratio";
  /** What it is with the weights as they came; `null` where it is undefined. */
  readonly base: number | null;
  /** Share by which each weight went down and up. */
  readonly change: number;
  /** One for each item, the longest first, as a tornado diagram has them; undefined ones last. */
  readonly bars: readonly WeightSwing[];
}

/**
 * Which weight does the answer hang on?
 *
 * One at a time: each weight goes down and up by the same share while the others stay. With `combine: "mean"` the others
 * give way in proportion, because a mean divides by the sum of the weights; that is the usual rule for weights that sum
 * to 1 (Triantaphyllou & Sánchez 1997).
 *
 * @param value - Benefits and sacrifices, as for {@link customerValue}.
 * @param options - `change`, `of`, and the options of {@link customerValue}.
 * @returns The bars of a tornado diagram.
 * @throws {@link ClienteleError} as {@link customerValue}; `INVALID_ARGUMENT` for a change not between 0 and 1.
 * @example
 * ```ts
 * import { weightSensitivity } from "clientele";
 *
 * const { base, bars } = weightSensitivity(
 *   { benefits: [{ id: "product", score: 8, weight: 5 }], sacrifices: [{ id: "monetary", score: 6, weight: 4 }] },
 *   { change: 0.5 },
 * );
 * base; // => 16
 * bars.map(({ id, swing }) => [id, swing]); // => [["product", 40], ["monetary", 24]]
 * ```
 */
export function weightSensitivity(
  value: ValueItems,
  options: WeightSensitivityOptions = {},
): WeightSensitivity {
  assertOptions(options);
  const { change = 0.25, of = "net" } = options;
  assertBetween(change, "options.change", 0, 1);
  assertOneOf(of, "options.of", ["net", "ratio"]);
  const watched = (result: CustomerValue): number | null => (of === "net" ? result.net : result.ratio.value);
  const base = customerValue(value, options);
  const moved = (side: ValueSide, place: number, factor: number): MovedWeight => {
    const replaced = (own: ValueSide, items: readonly ValueItem[]): readonly ValueItem[] =>
      own === side
        ? items.map((item, i) => (i === place ? { ...item, weight: (item.weight ?? 1) * factor } : item))
        : items;
    const benefits = replaced("benefit", value.benefits);
    const sacrifices = replaced("sacrifice", value.sacrifices);
    const weight = ((side === "benefit" ? benefits : sacrifices)[place].weight ?? 1) + 0;
    return { weight, value: watched(customerValue({ benefits, sacrifices }, options)) };
  };
  const first = value.benefits.length;
  const bars = base.contributions.map(({ id, side, weight }, i): WeightSwing => {
    const place = side === "benefit" ? i : i - first;
    const down = moved(side, place, 1 - change);
    const up = moved(side, place, 1 + change);
    const swing = down.value === null || up.value === null ? null : Math.abs(up.value - down.value);
    return { id, side, weight, down, up, swing };
  });
  return {
    of,
    base: watched(base),
    change,
    bars: bars.sort((a, b) => (b.swing ?? -1) - (a.swing ?? -1)),
  };
}
