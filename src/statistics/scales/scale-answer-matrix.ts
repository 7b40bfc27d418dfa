import { assertArgument, assertArray, shown } from "../../core/assert.js";
import { assertNoFaults, noFaults, noteFault, type RowFaults } from "../../core/row-faults.js";
import {
  type AnswerSelection,
  customerProblem,
  type ReadAnswers,
  type ScaleAnswerMatrix,
  valueProblem,
} from "./scale-answers.js";
import type { ReadScale, ScoredItem } from "./scale-definition.js";

/** Reads answers that stand in a matrix; its typed array is kept, not copied. @internal */
export function readMatrix(
  matrix: ScaleAnswerMatrix,
  scale: ReadScale,
  selection: AnswerSelection,
): ReadAnswers {
  const { respondentIds, itemIds, values, customerIds = null } = matrix;
  const { path } = selection;
  assertArgument(
    selection.waveId === undefined,
    "options.waveId",
    () => `options.waveId is ${shown(selection.waveId)}: a matrix holds one wave, leave it out`,
  );
  assertArray(respondentIds, `${path}.respondentIds`);
  assertArray(itemIds, `${path}.itemIds`);
  const width = itemIds.length;
  assertArgument(
    Array.isArray(values) || (ArrayBuffer.isView(values) && "length" in values),
    `${path}.values`,
    () => `${path}.values is ${shown(values)}: pass an array or a typed array of numbers`,
  );
  assertArgument(
    values.length === respondentIds.length * width,
    `${path}.values`,
    () =>
      `${path}.values has ${values.length} values: pass ${respondentIds.length} respondents x ${width} items`,
  );
  const { items, skippedColumns } = itemsOfColumns(itemIds, scale, selection);
  const faults = noFaults();
  noteRespondentProblems(respondentIds, faults);
  if (customerIds !== null) noteCustomerProblems(customerIds, respondentIds.length, path, faults);
  const cells = values instanceof Float64Array ? values : new Float64Array(values.length).fill(Number.NaN);
  const isTyped = !Array.isArray(values);
  for (let row = 0, cell = 0; row < respondentIds.length; row++) {
    for (let column = 0; column < width; column++, cell++) {
      const value = values[cell];
      const item = items[column];
      if (item === null || value === null || (isTyped && Number.isNaN(value))) continue;
      const reason = valueProblem(value, item, scale.step);
      if (reason !== null) noteFault(faults, { row, field: item.id, reason, value });
      else if (cells !== values) cells[cell] = value;
    }
  }
  assertNoFaults(faults, path);
  const columnOf = scale.items.map(({ id }) => itemIds.indexOf(id));
  let skipped = 0;
  for (const column of skippedColumns)
    for (let row = 0; row < respondentIds.length; row++) {
      const value = values[row * width + column];
      if (value !== null && !Number.isNaN(value)) skipped++;
    }
  return { respondentIds, customerIds, cells, width, columnOf, waveId: null, skipped };
}

function itemsOfColumns(
  itemIds: readonly string[],
  scale: ReadScale,
  { skipsUnknown, path: whole }: AnswerSelection,
) {
  const known = new Map(scale.items.map((item) => [item.id, item]));
  const skippedColumns: number[] = [];
  const seen = new Set<string>();
  const items = itemIds.map((id, column): ScoredItem | null => {
    const path = `${whole}.itemIds[${column}]`;
    const item = known.get(id);
    if (item === undefined && skipsUnknown) {
      skippedColumns.push(column);
      return null;
    }
    assertArgument(
      item !== undefined,
      path,
      () =>
        `${path} is ${shown(id)}, no item of the scale ${shown(scale.id)}: pass its items, or unknownItems: "skip"`,
    );
    assertArgument(!seen.has(id), path, () => `${path} is ${shown(id)} a second time: pass each item once`);
    seen.add(id);
    return item;
  });
  return { items, skippedColumns };
}

function noteRespondentProblems(respondentIds: readonly unknown[], faults: RowFaults): void {
  const seen = new Set<unknown>();
  for (const [row, value] of respondentIds.entries()) {
    const field = "respondentId";
    if (typeof value !== "string" || value === "")
      noteFault(faults, { row, field, reason: "is not an id: text that is not empty", value });
    else if (seen.size === seen.add(value).size)
      noteFault(faults, { row, field, reason: "comes a second time", value });
  }
}

function noteCustomerProblems(
  customerIds: readonly unknown[],
  people: number,
  path: string,
  faults: RowFaults,
): void {
  assertArray(customerIds, `${path}.customerIds`);
  assertArgument(
    customerIds.length === people,
    `${path}.customerIds`,
    () => `${path}.customerIds has ${customerIds.length} ids for ${people} respondents: pass one for each`,
  );
  for (const [row, value] of customerIds.entries()) {
    const reason = value === null ? null : customerProblem(value, null);
    if (reason !== null) noteFault(faults, { row, field: "customerId", reason, value });
  }
}
