import type { RowProblem } from "../../core/row-problems.js";
import { areDistinct } from "../../history/encode-keys.js";

/** Ids that are no text or empty, and ids that come a second time. @internal */
export function idProblems(rows: readonly { readonly id?: unknown }[]): RowProblem[] {
  const problems: RowProblem[] = [];
  const ids: (string | number)[] = new Array(rows.length);
  for (let row = 0; row < rows.length; row++) {
    const given = rows[row];
    const value = given?.id;
    const isId = typeof value === "string" && value !== "";
    ids[row] = isId ? value : row;
    // That a row is no object at all is told by whoever reads its other fields.
    if (!isId && typeof given === "object" && given !== null)
      problems.push({ row, field: "id", reason: "is not an id: text that is not empty", value });
  }
  // Far faster than a Set where nothing is wrong, which is almost always.
  if (areDistinct(ids)) return problems;
  const seen = new Set<unknown>();
  for (const [row, value] of ids.entries())
    if (typeof value === "string" && seen.size === seen.add(value).size)
      problems.push({ row, field: "id", reason: "comes a second time", value });
  return problems;
}
