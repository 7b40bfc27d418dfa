import { type ReportProblem, uniqueId } from "../value/checked-rows.js";

/** Up to this number of rows are held against each other; a set of ids would cost more than all else that is done with them. */
const FEW = 8;

/**
 * A check that the id of a row is that of no earlier one, as {@link uniqueId}; `undefined` where a glance shows that each of a
 * few rows has its own.
 *
 * @internal
 */
export function uniqueIdOf(
  rows: unknown,
): ((row: Readonly<Record<string, unknown>>, report: ReportProblem) => void) | undefined {
  return areFewAndDistinct(rows) ? undefined : uniqueId();
}

function areFewAndDistinct(rows: unknown): boolean {
  if (!Array.isArray(rows) || rows.length > FEW) return false;
  for (let at = 0; at < rows.length; at++) {
    const id: unknown = rows[at]?.id;
    if (typeof id !== "string" || id === "") return false;
    for (let earlier = 0; earlier < at; earlier++) if (rows[earlier].id === id) return false;
  }
  return true;
}
