import { assertArgument, shown } from "../../core/assert.js";
import { givenColumns } from "../../core/given-columns.js";
import { assertNoFaults, noFaults, noteFault, type RowFaults } from "../../core/row-faults.js";
import {
  type AnswerSelection,
  customerProblem,
  type ReadAnswers,
  type ScaleAnswer,
  valueProblem,
} from "./scale-answers.js";
import type { ReadScale } from "./scale-definition.js";

/** Reads answers that stand one to a row. @internal */
export function readLongAnswers(answers: unknown, scale: ReadScale, selection: AnswerSelection): ReadAnswers {
  const { path } = selection;
  const source = sourceOf(answers, path);
  const faults = noFaults();
  const waveId = waveOf(source, selection);
  const items = new Map(scale.items.map(({ id }, place) => [id, place]));
  const respondents = new Map<string, number>();
  const width = scale.items.length;
  const respondentOf = new Int32Array(source.length);
  const itemOf = new Int32Array(source.length);
  const isMet = new Uint8Array(width);
  const isOfAll = selection.waveId === undefined;
  const customerIds: (string | null)[] | null = source.customerId === null ? null : [];
  let [lastId, respondent, place, skipped]: [unknown, number, number, number] = [undefined, -1, -1, 0];
  let [lastCustomer, lastOf]: [unknown, number] = [undefined, -1];
  for (let row = 0; row < source.length; row++) {
    respondentOf[row] = -1;
    if (!isOfAll && source.waveId?.[row] !== waveId) continue;
    const respondentId = source.respondentId[row];
    const itemId = source.itemId[row];
    // Answers mostly come respondent by respondent and in the order of the items: then no table is asked.
    if (respondentId !== lastId || respondent < 0) {
      if (typeof respondentId !== "string" || respondentId === "") {
        const field = "respondentId";
        const reason = "is not an id: text that is not empty";
        noteFault(faults, { row, field, reason, value: respondentId });
        continue;
      }
      lastId = respondentId;
      respondent = respondents.get(respondentId) ?? respondents.set(respondentId, respondents.size).size - 1;
    }
    const customerId = source.customerId === null ? null : source.customerId[row];
    if (customerIds !== null && !(customerId === lastCustomer && respondent === lastOf)) {
      const known = customerIds[respondent] ?? null;
      const isNamed = customerId !== null && customerId !== undefined;
      const reason = isNamed ? customerProblem(customerId, known) : null;
      if (reason !== null) noteFault(faults, { row, field: "customerId", reason, value: customerId });
      else customerIds[respondent] = known ?? (isNamed ? (customerId as string) : null);
      [lastCustomer, lastOf] = [customerId, respondent];
    }
    const next = place + 1 === width ? 0 : place + 1;
    const found = scale.items[next].id === itemId ? next : items.get(itemId as string);
    if (found === undefined) {
      if (selection.skipsUnknown && typeof itemId === "string") skipped++;
      else {
        const reason = `is no item of the scale ${shown(scale.id)}`;
        noteFault(faults, { row, field: "itemId", reason, value: itemId });
      }
      continue;
    }
    place = found;
    isMet[place] = 1;
    respondentOf[row] = respondent;
    itemOf[row] = place;
  }
  const cells = fillCells(source, { respondentOf, itemOf, respondents: respondents.size }, scale, faults);
  assertNoFaults(faults, path);
  const columnOf = scale.items.map((_, place) => (isMet[place] === 1 ? place : -1));
  return { respondentIds: [...respondents.keys()], customerIds, cells, width, columnOf, waveId, skipped };
}

interface Source {
  readonly length: number;
  readonly respondentId: ArrayLike<unknown>;
  readonly itemId: ArrayLike<unknown>;
  readonly value: ArrayLike<unknown>;
  readonly waveId: ArrayLike<unknown> | null;
  readonly customerId: ArrayLike<unknown> | null;
}

interface Places {
  readonly respondentOf: Int32Array;
  readonly itemOf: Int32Array;
  readonly respondents: number;
}

function fillCells(
  { length, value: values }: Source,
  { respondentOf, itemOf, respondents }: Places,
  { items, step }: ReadScale,
  faults: RowFaults,
): Float64Array {
  const width = items.length;
  const cells = new Float64Array(respondents * width).fill(Number.NaN);
  const isTaken = new Uint8Array(cells.length);
  const isTyped = !Array.isArray(values);
  for (let row = 0; row < length; row++) {
    if (respondentOf[row] < 0) continue;
    const place = itemOf[row];
    const cell = respondentOf[row] * width + place;
    const value = values[row];
    if (isTaken[cell] === 1) {
      const reason = "is answered a second time by this respondent in this wave";
      noteFault(faults, { row, field: "itemId", reason, value: items[place].id }, "second answer");
      continue;
    }
    isTaken[cell] = 1;
    if (value === null || (isTyped && Number.isNaN(value))) continue;
    const reason = value === undefined ? "is missing: pass null" : valueProblem(value, items[place], step);
    if (reason !== null) noteFault(faults, { row, field: "value", reason, value });
    else cells[cell] = value as number;
  }
  return cells;
}

/** The one wave that is read: the one asked for, or the only one there is. */
function waveOf({ waveId, length }: Source, { waveId: wanted, path }: AnswerSelection): string | null {
  const found = new Set<unknown>();
  // Without a column of waves, one row says what all do.
  const rows = waveId === null ? Math.min(1, length) : length;
  for (let row = 0, last: unknown; row < rows; row++) {
    const id = waveId?.[row] ?? null;
    if (row > 0 && id === last) continue;
    found.add(id);
    last = id;
  }
  const known = () => [...found].filter((id) => id !== null);
  const waves = () =>
    known().length === 0
      ? "they name no wave, leave it out"
      : `pass one of ${known().slice(0, LISTED).map(shown).join(", ")}`;
  if (wanted !== undefined) {
    assertArgument(
      found.has(wanted),
      "options.waveId",
      () => `options.waveId is ${shown(wanted)}, of which there is no answer in ${path}: ${waves()}`,
    );
    return wanted;
  }
  assertArgument(
    found.size <= 1,
    "options.waveId",
    () =>
      `options.waveId is left out and ${path} are of ${found.size} waves${found.has(null) ? ", null among them" : ""}: ${waves()}, and score each alone`,
  );
  const [only = null] = found;
  assertArgument(
    only === null || (typeof only === "string" && only !== ""),
    path,
    () => `${path} have the waveId ${shown(only)}: pass text that is not empty, or leave it out`,
  );
  return only;
}

/** How many waves an error message spells out. */
const LISTED = 20;

function sourceOf(answers: unknown, path: string): Source {
  if (Array.isArray(answers)) return sourceOfRows(answers);
  assertArgument(
    typeof answers === "object" && answers !== null,
    path,
    () =>
      `${path} is ${shown(answers)}: pass rows, columns { respondentId, itemId, value } or a matrix { respondentIds, itemIds, values }`,
  );
  const { length, needed, optional } = givenColumns(answers, path, "respondentId");
  return {
    length,
    respondentId: needed("respondentId"),
    itemId: needed("itemId"),
    value: needed("value"),
    waveId: optional("waveId"),
    customerId: optional("customerId"),
  };
}

/** One pass over the rows: there may be millions. */
function sourceOfRows(rows: readonly unknown[]): Source {
  const length = rows.length;
  const respondentId = new Array<unknown>(length);
  const itemId = new Array<unknown>(length);
  const value = new Array<unknown>(length);
  let waveId: unknown[] | null = null;
  let customerId: unknown[] | null = null;
  for (let row = 0; row < length; row++) {
    // What is no row has no fields.
    const answer = (rows[row] ?? {}) as Partial<ScaleAnswer>;
    respondentId[row] = answer.respondentId;
    itemId[row] = answer.itemId;
    value[row] = answer.value;
    const wave = answer.waveId ?? null;
    if (wave !== null) waveId ??= new Array<unknown>(length).fill(null);
    if (waveId !== null) waveId[row] = wave;
    const customer = answer.customerId ?? null;
    if (customer !== null) customerId ??= new Array<unknown>(length).fill(null);
    if (customerId !== null) customerId[row] = customer;
  }
  return { length, respondentId, itemId, value, waveId, customerId };
}
