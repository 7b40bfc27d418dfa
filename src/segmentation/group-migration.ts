import { assertArgument, shown } from "../core/assert.js";
import { type Rate, ratio } from "../core/rate.js";
import type { RowProblem } from "../core/row-problems.js";
import { type Table, table } from "../core/table.js";
import { customerIdProblems, inputColumn, throwProblems } from "./valued-customers.js";

/** A customer and the group that they are in. */
export interface GroupedCustomer {
  /** Who; each customer once. */
  readonly customerId: string;
  /** Name of a tier, segment, class or cell; `null`: in none. */
  readonly group: string | null;
}

/** The same as many {@link GroupedCustomer}s, column by column. */
export interface GroupedCustomerColumns {
  /** Who, by row. */
  readonly customerId: readonly string[];
  /** The group, by row. */
  readonly group: readonly (string | null)[];
}

/** How groups are compared. */
export interface GroupMigrationOptions {
  /** All groups, in the order of the matrix; default those that there are, in order of first appearance. */
  readonly groups?: readonly string[];
}

/** Everybody who went one way. */
export interface GroupFlow {
  /** The group before; `null`: in none, or not known then. */
  readonly from: string | null;
  /** The group after; `null`: in none, or not known any more. */
  readonly to: string | null;
  /** Number of customers. */
  readonly customers: number;
  /** Of all who were in `from`. */
  readonly shareOfFrom: Rate;
}

/** One row a customer of {@link GroupMigration}: those before in their order, then the new ones. */
export interface GroupMigrationColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** The group before; `null`: none. */
  readonly before: readonly (string | null)[];
  /** The group after; `null`: none. */
  readonly after: readonly (string | null)[];
}

/** Who moved from which group to which. */
export interface GroupMigration {
  /** The groups, and at the end `null` for those who are in none. */
  readonly groups: readonly (string | null)[];
  /** Numbers of customers: `matrix[i][j]` were in `groups[i]` and are in `groups[j]`. */
  readonly matrix: readonly (readonly number[])[];
  /** Every way that somebody went, also the ways that stay, the most customers first. */
  readonly flows: readonly GroupFlow[];
  /** In the same group before and after. */
  readonly stayed: number;
  /** From one group to another. */
  readonly moved: number;
  /** In a group now, in none before. */
  readonly entered: number;
  /** In a group before, in none now. */
  readonly left: number;
  /** Everybody who was or is in a group, or is in either input. */
  readonly members: Table<GroupMigrationColumns>;
}

/**
 * Who moved from which segment, tier or class to which?
 *
 * Everybody goes exactly one way: the customers of a group before, less those who went, plus those who came, are the
 * customers of the group after. Groups are compared by name; that both were drawn by the same rules is yours to see to.
 *
 * @param before - Customers and their groups at the first date: rows, or a table with these columns.
 * @param after - The same at a later date.
 * @param options - The groups in the order wanted.
 * @returns The matrix, the ways with their sizes, and everybody with their groups.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a customer comes twice or a group is no text or is not among those given.
 * @example
 * ```ts
 * import { groupMigration } from "clientele";
 *
 * const before = [{ customerId: "ani", group: "A" }, { customerId: "budi", group: "B" }];
 * const after = [{ customerId: "ani", group: "B" }, { customerId: "citra", group: "A" }];
 * const { groups, matrix, entered, left, moved } = groupMigration(before, after);
 * groups; // => ["A", "B", null]
 * matrix; // => [[0, 1, 0], [0, 0, 1], [1, 0, 0]]
 * [entered, left, moved]; // => [1, 1, 1]
 * ```
 */
export function groupMigration(
  before: Table<GroupedCustomerColumns> | readonly GroupedCustomer[],
  after: Table<GroupedCustomerColumns> | readonly GroupedCustomer[],
  options: GroupMigrationOptions = {},
): GroupMigration {
  const first = groupedColumns(before, "before", options.groups);
  const second = groupedColumns(after, "after", options.groups);
  return migrationOf(first, second, groupNames(options.groups, first, second));
}

/** Of columns that have been checked, with all their groups among the names. @internal */
export function migrationOf(
  before: GroupedCustomerColumns,
  after: GroupedCustomerColumns,
  names: readonly string[],
): GroupMigration {
  const groups = [...names, null];
  const place = new Map(groups.map((name, i) => [name, i]));
  const placeOf = (name: string | null) => place.get(name) ?? names.length;
  const members = joined(before, after);
  const matrix = groups.map(() => new Array<number>(groups.length).fill(0));
  for (let row = 0; row < members.customerId.length; row++)
    matrix[placeOf(members.before[row])][placeOf(members.after[row])]++;
  const sum = (includes: (i: number, j: number) => boolean) =>
    matrix.reduce(
      (total, cells, i) => total + cells.reduce((row, cell, j) => row + (includes(i, j) ? cell : 0), 0),
      0,
    );
  const none = names.length;
  return {
    groups,
    matrix,
    flows: flowsOf(groups, matrix),
    stayed: sum((i, j) => i === j && i !== none),
    moved: sum((i, j) => i !== j && i !== none && j !== none),
    entered: sum((i, j) => i === none && j !== none),
    left: sum((i, j) => i !== none && j === none),
    members: table(members),
  };
}

function flowsOf(
  groups: readonly (string | null)[],
  matrix: readonly (readonly number[])[],
): readonly GroupFlow[] {
  return matrix
    .flatMap((cells, i) => {
      const all = cells.reduce((total, cell) => total + cell, 0);
      return cells.map((customers, j) => ({
        from: groups[i],
        to: groups[j],
        customers,
        shareOfFrom: ratio(customers, all, "customers before"),
      }));
    })
    .filter(({ customers }) => customers > 0)
    .sort((a, b) => b.customers - a.customers);
}

function joined(before: GroupedCustomerColumns, after: GroupedCustomerColumns) {
  const customerId = [...before.customerId];
  const from = [...before.group];
  const to: (string | null)[] = new Array(customerId.length).fill(null);
  const rowOf = new Map(customerId.map((id, row) => [id, row]));
  after.customerId.forEach((id, i) => {
    const row = rowOf.get(id);
    if (row !== undefined) {
      to[row] = after.group[i];
      return;
    }
    customerId.push(id);
    from.push(null);
    to.push(after.group[i]);
  });
  return { customerId, before: from, after: to };
}

function groupNames(
  given: readonly string[] | undefined,
  before: GroupedCustomerColumns,
  after: GroupedCustomerColumns,
): string[] {
  if (given !== undefined) {
    assertArgument(
      new Set(given).size === given.length,
      "options.groups",
      () => "options.groups has a name twice: pass each group once",
    );
    return [...given];
  }
  return [...new Set([...before.group, ...after.group])].filter((name) => name !== null);
}

function groupedColumns(
  input: Table<GroupedCustomerColumns> | readonly GroupedCustomer[],
  path: string,
  known: readonly string[] | undefined,
): GroupedCustomerColumns {
  assertArgument(
    known === undefined || Array.isArray(known),
    "options.groups",
    () => `options.groups is ${shown(known)}: pass an array of names`,
  );
  const names = known && new Set(known);
  const columns: GroupedCustomerColumns = Array.isArray(input)
    ? { customerId: input.map((row) => row?.customerId), group: input.map((row) => row?.group) }
    : {
        customerId: inputColumn<string>(input, "customerId", path),
        group: inputColumn<string | null>(input, "group", path),
      };
  const problems: RowProblem[] = customerIdProblems(columns.customerId);
  columns.group.forEach((value, row) => {
    if (value === null) return;
    if (typeof value !== "string" || value === "")
      problems.push({ row, field: "group", reason: "is neither a name nor null", value });
    else if (names && !names.has(value))
      problems.push({ row, field: "group", reason: "is not among options.groups", value });
  });
  throwProblems(problems, path);
  return columns;
}
