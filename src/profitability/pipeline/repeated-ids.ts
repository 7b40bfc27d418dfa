import type { RowProblem } from "../../core/row-problems.js";
import { areDistinct } from "../../history/encode-keys.js";
import { NO_ID, textId } from "../text-ids.js";

/**
 * Ids that are neither text nor whole numbers, or empty, and ids that come a second time: 12 is "12". For rows whose ids do
 * not follow each other as those of a counter do, of which a reader can tell on its way that none comes twice.
 *
 * @internal
 */
export function idProblems(rows: readonly { readonly id?: unknown }[]): RowProblem[] {
  const problems: RowProblem[] = [];
  const ids: (string | number)[] = new Array(rows.length);
  for (let row = 0; row < rows.length; row++) {
    const given = rows[row];
    const value = given?.id;
    const id = textId(value);
    const isId = typeof id === "string" && id !== "";
    ids[row] = isId ? id : row;
    // That a row is no object at all is told by whoever reads its other fields.
    if (!isId && typeof given === "object" && given !== null)
      problems.push({ row, field: "id", reason: NO_ID, value });
  }
  // Far faster than a Set where nothing is wrong, which is almost always.
  if (areDistinct(ids)) return problems;
  const seen = new Set<unknown>();
  for (const [row, id] of ids.entries())
    if (typeof id === "string" && seen.size === seen.add(id).size)
      problems.push({ row, field: "id", reason: "comes a second time", value: rows[row].id });
  return problems;
}
