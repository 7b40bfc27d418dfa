import { assertArgument, shown } from "../../core/assert.js";
import { byName } from "../../history/customer-groups.js";

/** Rows dealt into groups. @internal */
export interface RowsInGroups {
  /** Place in `names`, by row. */
  readonly codes: Uint32Array;
  /** In ascending order; `null`, where it occurs, last. */
  readonly names: readonly (string | null)[];
}

/** Asks a grouping about every row once; without one all are in the group `null`. @internal */
export function opportunityGroups<Row extends object>(
  rows: readonly Row[],
  groupBy: keyof Row | ((row: Row) => string | null | undefined) | undefined,
): RowsInGroups {
  const codes = new Uint32Array(rows.length);
  if (groupBy === undefined) return { codes, names: [null] };
  assertArgument(
    typeof groupBy === "function" || typeof groupBy === "string",
    "options.groupBy",
    () => `options.groupBy is ${shown(groupBy)}: pass the name of a field or a function, or leave it out`,
  );
  const found = new Map<string | null, number>();
  for (let row = 0; row < codes.length; row++) {
    const given: unknown = (typeof groupBy === "function" ? groupBy(rows[row]) : rows[row][groupBy]) ?? null;
    assertArgument(
      given === null || typeof given === "string",
      "options.groupBy",
      () => `options.groupBy gave ${shown(given)} for row ${row + 1}: groups are text, or null for none`,
    );
    let code = found.get(given);
    if (code === undefined) {
      code = found.size;
      found.set(given, code);
    }
    codes[row] = code;
  }
  const names = [...found.keys()].sort(byName);
  const place = new Uint32Array(names.length);
  names.forEach((name, i) => {
    place[found.get(name) ?? 0] = i;
  });
  return { codes: codes.map((code) => place[code]), names };
}
