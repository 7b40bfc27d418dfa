import { assertArgument, assertArray, assertOptions, shown } from "../../core/assert.js";
import { readAnswers } from "../../statistics/scales/read-answers.js";
import { ANY_ANSWER, assertWaveId, type ScaleAnswers } from "../../statistics/scales/scale-answers.js";
import type { ReadScale } from "../../statistics/scales/scale-definition.js";

/** Which answers are taken. */
export interface ItemRatingsOptions {
  /** The wave to take, where answers are of several. */
  readonly waveId?: string | undefined;
}

/** The answers of one wave, item by item, as the functions for satisfaction take them. */
export interface ItemRatings<ItemId extends string = string> {
  /** Which wave; `null` when answers name none. */
  readonly waveId: string | null;
  /** Who was asked, in the order of the first answers: everyone with a row in the wave, to whatever item. */
  readonly respondentIds: readonly string[];
  /** Which customer each is, in the same order; `null` where no answer says so. */
  readonly customerIds: readonly (string | null)[];
  /** The answers to each item, one for each respondent, in the same order; `null` where there is none. */
  readonly ratings: { readonly [Id in ItemId]: readonly (number | null)[] };
}

/**
 * What did respondents answer to these items, one list for each item?
 *
 * From stored answers to {@link csat}, {@link nps}, {@link ces}, {@link acsi}, {@link satisfactionTrend},
 * {@link derivedImportance} and {@link penaltyReward}, which take such lists. Who answered something else and not the item is
 * there with `null`, so that `missing` counts the silent among those who took part. Whether an answer is on its scale is for
 * those functions to say.
 *
 * @param answers - Answers as for {@link scaleScore}: rows, columns, a table or a matrix; those to other items are passed over.
 * @param itemIds - The items, each once.
 * @param options - `waveId`: needed where answers are of several waves.
 * @returns Respondents, their customers, and for each item its answers in the same order.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an item is answered twice by a respondent, an answer is no number or a
 * respondent is two customers; `INVALID_ARGUMENT` when there is no answer to an item or the wave, or waves come without `waveId`.
 * @example
 * ```ts
 * import { csat, derivedImportance, itemRatings } from "clientele";
 *
 * const given = (respondentId: string, itemId: string, value: number) => ({ respondentId, itemId, value });
 * const answers = [
 *   given("ani", "overall", 5), given("ani", "speed", 4),
 *   given("budi", "overall", 3), given("budi", "speed", 2),
 *   given("citra", "speed", 5),
 * ];
 * const { respondentIds, ratings } = itemRatings(answers, ["overall", "speed"]);
 * ratings.overall; // => [5, 3, null]
 * respondentIds; // => ["ani", "budi", "citra"]
 * csat(ratings.overall).missing; // => 1
 * derivedImportance({ items: { speed: ratings.speed }, overall: ratings.overall }).n; // => 2
 * itemRatings([...answers, given("ani", "speed", 1)], ["speed"]); // throws INVALID_ROWS
 * ```
 */
export function itemRatings<const ItemId extends string>(
  answers: ScaleAnswers,
  itemIds: readonly ItemId[],
  options: ItemRatingsOptions = {},
): ItemRatings<ItemId> {
  assertOptions(options);
  const { waveId } = options;
  assertWaveId(waveId);
  assertItemIds(itemIds);
  const read = readAnswers(answers, scaleOf(itemIds), { waveId, skipsUnknown: true, path: "answers" });
  const { respondentIds, customerIds, cells, width, columnOf } = read;
  const ratings = itemIds.map((id, place) => {
    const column = columnOf[place];
    const path = `itemIds[${place}]`;
    assertArgument(
      column >= 0 || respondentIds.length === 0,
      path,
      () => `${path} is ${shown(id)}, to which there is no answer in the wave: pass an item that was asked`,
    );
    const list = new Array<number | null>(respondentIds.length);
    for (let r = 0; r < list.length; r++) {
      const value = column < 0 ? Number.NaN : cells[r * width + column];
      list[r] = Number.isNaN(value) ? null : value;
    }
    return [id, list] as const;
  });
  return {
    waveId: read.waveId,
    respondentIds,
    customerIds: customerIds ?? respondentIds.map(() => null),
    ratings: Object.fromEntries(ratings) as unknown as ItemRatings<ItemId>["ratings"],
  };
}

function assertItemIds(itemIds: readonly unknown[]): void {
  assertArray(itemIds, "itemIds");
  assertArgument(itemIds.length > 0, "itemIds", () => "itemIds is empty: pass one item or more");
  const seen = new Set<unknown>();
  for (const [i, id] of itemIds.entries()) {
    const path = `itemIds[${i}]`;
    assertArgument(
      typeof id === "string" && id !== "",
      path,
      () => `${path} is ${shown(id)}: pass text that is not empty`,
    );
    assertArgument(seen.size < seen.add(id).size, path, () => `${path} is ${shown(id)} a second time`);
  }
}

/** Any number will do here. */
function scaleOf(itemIds: readonly string[]): ReadScale {
  const items = itemIds.map((id) => ({ id, ...ANY_ANSWER, intercept: 0, slope: 1, weight: 1 }));
  return { id: "itemIds", ...ANY_ANSWER, step: null, minAnswered: 0, items, dimensions: [] };
}
