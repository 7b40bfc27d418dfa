/**
 * Ids as text, for whole numbers of a database are ids too, and a log has them as text. What is neither is left as it is, to
 * be told by whoever checks.
 *
 * @internal
 */
export function textIds<Id>(ids: readonly Id[]): readonly Id[] {
  for (let row = 0; row < ids.length; row++)
    if (typeof ids[row] === "number") return ids.map((id) => textId(id) as Id);
  return ids;
}

/** The same of one. @internal */
export function textId(id: unknown): unknown {
  return Number.isSafeInteger(id) ? String(id) : id;
}

/**
 * Rows whose `customerId` is text: those given, where it is so in all. For readers that know no other ids.
 *
 * @internal
 */
export function rowsWithTextIds<Row extends { readonly customerId: string | number }>(
  rows: readonly Row[],
): readonly (Omit<Row, "customerId"> & { readonly customerId: string })[] {
  const isText = (row: Row | null | undefined) => typeof row?.customerId !== "number";
  const texts = rows.every(isText) ? rows : rows.map((row) => (isText(row) ? row : textRow(row)));
  return texts as readonly (Omit<Row, "customerId"> & { readonly customerId: string })[];
}

function textRow<Row extends { readonly customerId: string | number }>(row: Row) {
  return { ...row, customerId: textId(row.customerId) };
}

/** @internal */
export function isId(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** @internal */
export const NO_ID = "is not an id: text that is not empty, or a whole number";
