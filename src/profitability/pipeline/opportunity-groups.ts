import { assertArgument, shown } from "../../core/assert.js";
import { type RowProblem, throwRowProblems } from "../../core/row-problems.js";
import { byName } from "../../history/customer-groups.js";

/** Rows dealt into groups. @internal */
export interface RowsInGroups {
  /** Place in `names`, by row. */
  readonly codes: Uint32Array;
  /** In ascending order; `null`, where it occurs, last. */
  readonly names: readonly (string | null)[];
}

/** Rows of which some were left out when they were read. @internal */
export interface KnownRows<Row> {
  readonly rows: readonly Row[];
  /** The 0-based place of each in the input; `null` where none was left out. */
  readonly place: ArrayLike<number> | null;
}

/** By what rows may be dealt into groups. @internal */
export interface GroupFields<Row> {
  /** What a row is, in the plural: the path of its problems. */
  readonly what: string;
  /** The fields by which a caller may ask for groups. */
  readonly fields: readonly (keyof Row & string)[];
}

/** @internal */
export const OPPORTUNITY_FIELDS: GroupFields<{ ownerId?: unknown; accountId?: unknown; source?: unknown }> = {
  what: "opportunities",
  fields: ["ownerId", "accountId", "source"],
};

/** @internal */
export const ACTIVITY_FIELDS: GroupFields<{ ownerId?: unknown; accountId?: unknown }> = {
  what: "activities",
  fields: ["ownerId", "accountId"],
};

/** Asks a grouping about every row once; without one all are in the group `null`. @internal */
export function rowGroups<Row extends object>(
  known: KnownRows<Row>,
  groupBy: (keyof Row & string) | ((row: Row) => string | null | undefined) | undefined,
  { what, fields }: GroupFields<Row>,
): RowsInGroups {
  if (groupBy === undefined) return { codes: new Uint32Array(known.rows.length), names: [null] };
  if (typeof groupBy === "function") return groupsOf(known, groupBy, functionFault);
  assertArgument(
    fields.includes(groupBy),
    "options.groupBy",
    () =>
      `options.groupBy is ${shown(groupBy)}: pass one of ${fields.map(shown).join(", ")}, or a function, or leave it out`,
  );
  return groupsByField(known, groupBy, what);
}

/** Groups by a field: text, a whole number, or nothing. @internal */
export function groupsByField<Row extends object>(
  known: KnownRows<Row>,
  field: keyof Row & string,
  what: string,
): RowsInGroups {
  const problems: RowProblem[] = [];
  const groups = groupsOf(
    known,
    (row) => {
      const value: unknown = row[field];
      return Number.isSafeInteger(value) ? String(value) : (value as string);
    },
    (value, row) =>
      problems.push({ row, field, reason: "is neither text nor a whole number; leave it out", value }),
  );
  throwRowProblems(problems, what);
  return groups;
}

function functionFault(given: unknown, row: number): void {
  assertArgument(
    false,
    "options.groupBy",
    () => `options.groupBy gave ${shown(given)} for row ${row + 1}: groups are text, or null for none`,
  );
}

function groupsOf<Row>(
  { rows, place }: KnownRows<Row>,
  groupOf: (row: Row) => string | null | undefined,
  fault: (given: unknown, row: number) => void,
): RowsInGroups {
  const codes = new Uint32Array(rows.length);
  const found = new Map<string | null, number>();
  for (let row = 0; row < codes.length; row++) {
    const given = groupOf(rows[row]) ?? null;
    if (given !== null && typeof given !== "string") {
      fault(given, place === null ? row : place[row]);
      continue;
    }
    let code = found.get(given);
    if (code === undefined) {
      code = found.size;
      found.set(given, code);
    }
    codes[row] = code;
  }
  const names = [...found.keys()].sort(byName);
  const order = new Uint32Array(names.length);
  names.forEach((name, i) => {
    order[found.get(name) ?? 0] = i;
  });
  for (let row = 0; row < codes.length; row++) codes[row] = order[codes[row]];
  return { codes, names };
}
