import { assertArgument, shown } from "../core/assert.js";
import { givenColumns } from "../core/given-columns.js";

/** Where an answer belongs: who gave it, in which wave, to which item, and when. */
export interface AnswerPlace {
  /** Who answered. */
  readonly respondentId: string;
  /** In which wave; absent or `null`: the survey was taken once. */
  readonly waveId?: string | null | undefined;
  /** Which item. */
  readonly itemId: string;
  /** When, epoch milliseconds. */
  readonly at: number;
}

/** The same of many answers, column by column: the fastest way in for millions. */
export interface AnswerPlaceColumns {
  /** Who answered, by row. */
  readonly respondentId: readonly string[];
  /** In which wave, by row; absent: the survey was taken once. */
  readonly waveId?: readonly (string | null)[] | undefined;
  /** Which item, by row. */
  readonly itemId: readonly string[];
  /** When, by row, epoch milliseconds. */
  readonly at: ArrayLike<number>;
}

/** Rows, columns, or a table with such columns. */
export type AnswerPlaces =
  | readonly AnswerPlace[]
  | AnswerPlaceColumns
  | { readonly length: number; readonly columns: AnswerPlaceColumns };

/** Whatever a caller passed, row by row. @internal */
export interface PlaceSource {
  readonly length: number;
  /** What stands in a row, as it came; of columns one object for all rows, to be read at once. */
  readonly placeAt: (row: number) => unknown;
}

/** @internal */
export function placeSource(answers: unknown, path: string): PlaceSource {
  if (Array.isArray(answers)) return { length: answers.length, placeAt: (row) => answers[row] };
  assertArgument(
    typeof answers === "object" && answers !== null,
    path,
    () => `${path} is ${shown(answers)}: pass rows, or columns { respondentId, itemId, at }`,
  );
  const { length, needed, optional } = givenColumns(answers, path, "respondentId");
  const [respondentId, waveId] = [needed("respondentId"), optional("waveId")];
  const [itemId, at] = [needed("itemId"), needed("at")];
  const place: Record<keyof AnswerPlace, unknown> = {
    respondentId: null,
    waveId: null,
    itemId: null,
    at: Number.NaN,
  };
  const placeAt = (row: number) => {
    place.respondentId = respondentId[row];
    if (waveId !== null) place.waveId = waveId[row];
    place.itemId = itemId[row];
    place.at = at[row];
    return place;
  };
  return { length, placeAt };
}
