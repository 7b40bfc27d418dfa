import { assertArray, shown } from "../../core/assert.js";
import { type RowProblem, throwRowProblems } from "../../core/row-problems.js";

/** Notes a broken rule of the row at hand. @internal */
export type NoteField = (holds: boolean, field: string, reason: string, value: unknown) => void;

/**
 * Checks a short list whose rows each have a name of their own, or one among those with an equal `within`, and whatever else
 * `check` asks.
 *
 * @internal
 */
export function assertNamedRows<Row>(
  rows: readonly Row[],
  nameField: keyof Row & string,
  path: string,
  check: (row: Partial<Row>, note: NoteField) => void,
  within?: keyof Row & string,
): void {
  assertArray(rows, path);
  const problems: RowProblem[] = [];
  const seen = new Set<unknown>();
  rows.forEach((given, row) => {
    const note: NoteField = (holds, field, reason, value) => {
      if (!holds) problems.push({ row, field, reason, value });
    };
    const record = Object(given) as Partial<Row>;
    const name: unknown = record[nameField];
    const isName = typeof name === "string" && name !== "";
    note(isName, nameField, "is not a name: text that is not empty", name);
    const group: unknown = within && record[within];
    const key = isName && typeof group === "string" ? JSON.stringify([name, group]) : name;
    const again = `comes a second time${within ? ` for ${shown(group)}` : ""}`;
    note(!isName || !seen.has(key), nameField, again, name);
    seen.add(key);
    check(record, note);
  });
  throwRowProblems(problems, path);
}

/** @internal */
export const isAmount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

/** @internal */
export const NO_AMOUNT = "is not a whole number of minor units, zero or more";

/** @internal */
export const isAbove0 = (value: unknown): boolean => Number.isFinite(value) && (value as number) > 0;
