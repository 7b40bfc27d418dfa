import { assertOptions } from "../../core/assert.js";
import { type Instant, instantOrNaN } from "../../core/instant.js";
import { assertTimeZone } from "../../core/time-zone.js";
import { checkRows } from "../checked-rows.js";
import { type CustomerValue, valueOfItems } from "./customer-value.js";
import { assertValueItems, type ValueItems, type ValueSide } from "./value-item.js";
import { type CustomerValueOptions, valueOptions } from "./value-options.js";
import { placesIn, unitOfAll } from "./weigh-items.js";

/** What a customer got and gave, as asked at an instant. */
export interface DatedValueItems extends ValueItems {
  /** When; a civil day is its start in the zone of the call. */
  readonly at: Instant;
}

/** How a series is read. */
export interface ValueOverTimeOptions extends CustomerValueOptions {
  /** IANA name of the zone in which civil days begin; default `"UTC"`. */
  readonly timeZone?: string | undefined;
}

/** What one item did to the net value since the time before. */
export interface ItemChange {
  /** Which item. */
  readonly id: string;
  /** Got or given. */
  readonly side: ValueSide;
  /** Was it asked both times, only this time, or only the time before? */
  readonly status: "kept" | "entered" | "left";
  /** Its part of the change of the net value: above 0 where it is for the better, also for a sacrifice. */
  readonly change: number;
  /** The part of that because the score moved, at the mean of both weights; 0 for what entered or left. */
  readonly byScore: number;
  /** The part because the weight moved, at the mean of both scores; 0 for what entered or left. */
  readonly byWeight: number;
}

/** What changed since the time before. */
export interface ValueChange {
  /** Change of the benefit. */
  readonly benefit: number;
  /** Change of the sacrifice; above 0: more is given. */
  readonly sacrifice: number;
  /** Change of the net value; the items' changes add up to it. */
  readonly net: number;
  /** What each item did, the greatest first, whichever way. */
  readonly items: readonly ItemChange[];
}

/** A customer's value at one instant of a series. */
export interface ValueMoment {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Benefits against sacrifices. */
  readonly value: CustomerValue;
  /** Against the moment before; `null` for the first. */
  readonly change: ValueChange | null;
}

/**
 * How did the value to a customer change, and because of what: other scores or other weights?
 *
 * The change of weight times score is split at the means of both times, which leaves no rest (Bennet 1920). All moments are
 * in one unit: where any two scales differ, also between moments, all are in POMP.
 *
 * @param moments - Benefits and sacrifices with the instant at which they were asked, in any order, one for each instant.
 * @param options - The options of {@link customerValue}, and `timeZone`.
 * @returns The moments in the order of time.
 * @throws {@link ClienteleError} as {@link customerValue}, with the moment in the path; `INVALID_ROWS` for what is no instant
 *   or comes twice.
 * @example
 * ```ts
 * import { valueOverTime } from "clientele";
 *
 * const [, second] = valueOverTime([
 *   { at: "2024-01-01", benefits: [{ id: "service", score: 6, weight: 2 }], sacrifices: [{ id: "time", score: 5 }] },
 *   { at: "2024-07-01", benefits: [{ id: "service", score: 8, weight: 3 }], sacrifices: [{ id: "time", score: 6 }] },
 * ]);
 * second?.change?.net; // => 11
 * second?.change?.items[0]; // => { id: "service", side: "benefit", status: "kept", change: 12, byScore: 5, byWeight: 7 }
 * ```
 */
export function valueOverTime(
  moments: readonly DatedValueItems[],
  options: ValueOverTimeOptions = {},
): readonly ValueMoment[] {
  assertOptions(options);
  const { timeZone = "UTC", combine, unit: asked } = options;
  valueOptions(options);
  assertTimeZone(timeZone, "options.timeZone");
  const seen = new Set<number>();
  checkRows(moments, "moments", (row, report) => {
    const at = instantOrNaN(row.at, timeZone);
    if (Number.isNaN(at)) report("at", "is not an instant", row.at);
    else if (seen.has(at)) report("at", "comes a second time", row.at);
    else seen.add(at);
  });
  moments.forEach((moment, i) => {
    assertValueItems(moment, `moments[${i}].`);
  });
  const items = moments.flatMap(({ benefits, sacrifices }) => [...benefits, ...sacrifices]);
  const unit = unitOfAll(items, asked);
  const values = moments
    .map((moment, i) => ({
      at: instantOrNaN(moment.at, timeZone),
      value: valueOfItems(moment, { combine, unit }, placesIn(`moments[${i}]`, `moments[${i}].`)),
    }))
    .sort((a, b) => a.at - b.at);
  return values.map(({ at, value }, i) => ({
    at,
    value,
    change: i === 0 ? null : changeOf(values[i - 1].value, value),
  }));
}

interface Share {
  readonly points: number;
  /** What a point counts: the contribution is the product. */
  readonly share: number;
  readonly contribution: number;
}

function changeOf(before: CustomerValue, after: CustomerValue): ValueChange {
  const earlier = sharesOf(before);
  const later = sharesOf(after);
  const keys = new Set([...earlier.keys(), ...later.keys()]);
  const items = [...keys].map((key): ItemChange => {
    const [side, id] = JSON.parse(key) as [ValueSide, string];
    const sign = side === "benefit" ? 1 : -1;
    const old = earlier.get(key);
    const now = later.get(key);
    const change = sign * ((now?.contribution ?? 0) - (old?.contribution ?? 0)) + 0;
    if (old === undefined || now === undefined)
      return { id, side, status: old === undefined ? "entered" : "left", change, byScore: 0, byWeight: 0 };
    const byScore = ((sign * (old.share + now.share)) / 2) * (now.points - old.points) + 0;
    const byWeight = ((sign * (old.points + now.points)) / 2) * (now.share - old.share) + 0;
    return { id, side, status: "kept", change, byScore, byWeight };
  });
  return {
    benefit: after.benefit - before.benefit,
    sacrifice: after.sacrifice - before.sacrifice,
    net: after.net - before.net,
    items: items.sort((a, b) => Math.abs(b.change) - Math.abs(a.change)),
  };
}

/** An id may be on both sides; JSON keeps the two apart whatever letters it has. */
function sharesOf({ contributions, combine }: CustomerValue): Map<string, Share> {
  const sums = { benefit: 0, sacrifice: 0 };
  for (const { side, weight } of contributions) sums[side] += weight;
  return new Map(
    contributions.map(({ side, id, points, weight, contribution }) => [
      JSON.stringify([side, id]),
      { points, share: combine === "sum" ? weight : weight / sums[side], contribution },
    ]),
  );
}
