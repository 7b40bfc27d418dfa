import { assertArgument, assertOptions, shown } from "../core/assert.js";
import { type RowProblem, throwRowProblems } from "../core/row-problems.js";
import { type Table, table, type WithColumns } from "../core/table.js";
import {
  changeOf,
  type GroupOfCustomer,
  type MigrationChange,
  type MigrationFlowColumns,
  migrationFlows,
} from "./migration-flows.js";
import { customerIdProblems, idColumn, inputColumn } from "./valued-customers.js";

/**
 * A customer and the group that they are in: `{ customerId, group }`, the group under the name that `by` says: of a tier,
 * segment, class or cell; `null`: in none. Each customer once.
 *
 * @typeParam By - Where the group stands: `"group"` unless `by` says otherwise.
 */
export type GroupedCustomer<By extends string = "group"> = { readonly customerId: string } & {
  readonly [Name in By]: string | null;
};

/**
 * The same as many {@link GroupedCustomer}s, column by column.
 *
 * @typeParam By - Where the group stands: `"group"` unless `by` says otherwise.
 */
export type GroupedCustomerColumns<By extends string = "group"> = {
  readonly customerId: readonly string[];
} & { readonly [Name in By]: readonly (string | null)[] };

/** How groups are compared. */
export interface GroupMigrationOptions<By extends string = "group"> {
  /** Where the group stands, in both: `"tier"`, `"class"`, `"cell"`, `"segment"`, or a column of your own; default `"group"`. */
  readonly by?: By;
  /** All groups, in their order; default those that there are, in order of first appearance. */
  readonly groups?: readonly string[];
}

/** What became of one group: `before = stayed + left + gone`, `after = stayed + entered + joined`. */
export interface GroupMoves {
  /** Name of the group. */
  readonly group: string;
  /** Customers in it before. */
  readonly before: number;
  /** Customers in it after. */
  readonly after: number;
  /** In it before and after. */
  readonly stayed: number;
  /** In it after; known before, and in another group or none. */
  readonly entered: number;
  /** In it before; known after, and in another group or none. */
  readonly left: number;
  /** In it after, and not known before. */
  readonly joined: number;
  /** In it before, and not known any more. */
  readonly gone: number;
}

/** One row a customer of {@link GroupMigration}: those before in their order, then those who joined. */
export interface GroupMigrationColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** The group before; `null`: in none, or not known. */
  readonly before: readonly (string | null)[];
  /** The group after; `null`: in none, or not known. */
  readonly after: readonly (string | null)[];
  /** What it was. */
  readonly change: readonly MigrationChange[];
}

/** Who moved from which group to which. */
export interface GroupMigration {
  /** Each group, in order. */
  readonly groups: readonly GroupMoves[];
  /** How many went from which group to which. */
  readonly flows: Table<MigrationFlowColumns>;
  /**
   * Numbers of the customers known at both dates: `matrix[i][j]` were in `groups[i]` and are in `groups[j]`; the last row and
   * the last column are of those in none.
   */
  readonly matrix: readonly (readonly number[])[];
  /** In the same group before and after. */
  readonly stayed: number;
  /** From one group to another. */
  readonly moved: number;
  /** Known before and in no group; in one after. */
  readonly entered: number;
  /** In a group before; known after and in none. */
  readonly left: number;
  /** Known at both dates, in no group at either. */
  readonly outside: number;
  /** Not known before. */
  readonly joined: number;
  /** Not known any more. */
  readonly gone: number;
  /** Everybody in either input. */
  readonly members: Table<GroupMigrationColumns>;
}

/**
 * Who moved from which segment, tier or class to which?
 *
 * Everybody goes exactly one way: the customers of a group before, less those who went, plus those who came, are the
 * customers of the group after. Groups are compared by name; that both were drawn by the same rules is yours to see to.
 *
 * @param before - Customers and their groups at the first date: rows, or a table with these columns, such as the `members`
 *   of {@link tierBy} with `by: "tier"`.
 * @param after - The same at a later date.
 * @param options - Where the group stands, and the groups in the order wanted.
 * @returns What became of each group, the ways with their sizes, and everybody with their groups.
 * @throws {@link ClienteleError} `UNKNOWN_COLUMN` when a table has no column of that name; `INVALID_ROWS` when a customer comes
 * twice or a group is no text or is not among those given.
 * @example
 * ```ts
 * import { groupMigration, tierBy } from "clientele";
 *
 * const before = [{ customerId: "ani", group: "A" }, { customerId: "budi", group: "B" }];
 * const after = [{ customerId: "ani", group: "B" }, { customerId: "citra", group: "A" }];
 * const { groups, moved, joined, gone } = groupMigration(before, after);
 * groups[1]; // => { group: "B", before: 1, after: 1, stayed: 0, entered: 1, left: 0, joined: 0, gone: 1 }
 * [moved, joined, gone]; // => [1, 1, 1]
 * const tiers = tierBy([{ customerId: "ani", value: 5 }]).members;
 * groupMigration(tiers, tiers, { by: "tier" }).stayed; // => 1
 * ```
 */
export function groupMigration<By extends string = "group">(
  before: WithColumns<GroupedCustomerColumns<NoInfer<By>>> | readonly GroupedCustomer<NoInfer<By>>[],
  after: WithColumns<GroupedCustomerColumns<NoInfer<By>>> | readonly GroupedCustomer<NoInfer<By>>[],
  options: GroupMigrationOptions<By> = {},
): GroupMigration {
  assertOptions(options);
  const { groups, by = "group" } = options as GroupMigrationOptions<string>;
  assertArgument(
    typeof by === "string" && by !== "",
    "options.by",
    () => `options.by is ${shown(by)}: pass the name of the column with the groups`,
  );
  const names = groups === undefined ? undefined : checkedNames(groups);
  const first = groupsOf(before, "before", by, names);
  const second = groupsOf(after, "after", by, names);
  return migrationOf(first, second, names ?? namesIn(first, second));
}

/** Of groups that have been checked, all of them among the names. @internal */
export function migrationOf(
  before: GroupOfCustomer,
  after: GroupOfCustomer,
  names: readonly string[],
): GroupMigration {
  const flows = migrationFlows(names, before, after);
  const { from, to, change, customers } = flows.columns;
  const ends = [...names, null];
  const place = new Map(ends.map((name, i) => [name, i]));
  const matrix = ends.map(() => new Array<number>(ends.length).fill(0));
  const moves = names.map((group) => ({ group, stayed: 0, entered: 0, left: 0, joined: 0, gone: 0 }));
  const totals = { stayed: 0, moved: 0, entered: 0, left: 0, outside: 0, joined: 0, gone: 0 };
  customers.forEach((count, i) => {
    const what = change[i];
    totals[what] += count;
    const [row, cell] = [place.get(from[i]) ?? 0, place.get(to[i]) ?? 0];
    // None has a place beyond the groups.
    const add = (at: number, own: "stayed" | "entered" | "left" | "joined" | "gone") => {
      if (at < moves.length) moves[at][own] += count;
    };
    if (what !== "joined" && what !== "gone") matrix[row][cell] += count;
    if (what === "joined") add(cell, "joined");
    else if (what === "gone") add(row, "gone");
    else if (row === cell) add(row, "stayed");
    else {
      add(row, "left");
      add(cell, "entered");
    }
  });
  return {
    groups: moves.map(({ group, ...counts }) => ({
      group,
      before: counts.stayed + counts.left + counts.gone,
      after: counts.stayed + counts.entered + counts.joined,
      ...counts,
    })),
    flows,
    matrix,
    ...totals,
    members: table(membersOf(before, after)),
  };
}

function membersOf(before: GroupOfCustomer, after: GroupOfCustomer) {
  const customerId = [...before.keys(), ...[...after.keys()].filter((id) => !before.has(id))];
  return {
    customerId,
    before: customerId.map((id) => before.get(id) ?? null),
    after: customerId.map((id) => after.get(id) ?? null),
    change: customerId.map((id) => changeOf(before.get(id), after.get(id))),
  };
}

function checkedNames(groups: readonly unknown[]): readonly string[] {
  assertArgument(
    Array.isArray(groups),
    "options.groups",
    () => `options.groups is ${shown(groups)}: pass an array of names`,
  );
  return groups.map((name, i) => {
    assertArgument(
      typeof name === "string" && name !== "" && groups.indexOf(name) === i,
      `options.groups[${i}]`,
      () => `options.groups[${i}] is ${shown(name)}: pass a name, each group once`,
    );
    return name;
  });
}

function namesIn(before: GroupOfCustomer, after: GroupOfCustomer): string[] {
  return [...new Set([...before.values(), ...after.values()])].filter((name) => name !== null);
}

function groupsOf(
  input: unknown,
  path: string,
  by: string,
  names: readonly string[] | undefined,
): GroupOfCustomer {
  const known = names && new Set(names);
  const [customerId, group] = Array.isArray(input)
    ? [
        input.map((row) => row?.customerId),
        input.map((row) => (Object.hasOwn(Object(row), by) ? row[by] : undefined)),
      ]
    : [idColumn(input, path), inputColumn<string | null>(input, by, path, "pass its name as options.by")];
  const problems: RowProblem[] = customerIdProblems(customerId);
  for (let row = 0; row < group.length; row++) {
    const value = group[row];
    if (value === null) continue;
    if (typeof value !== "string" || value === "")
      problems.push({ row, field: by, reason: "is neither a name nor null", value });
    else if (known && !known.has(value))
      problems.push({ row, field: by, reason: "is not among options.groups", value });
  }
  throwRowProblems(problems, path);
  return new Map(customerId.map((id, row) => [id, group[row]]));
}
