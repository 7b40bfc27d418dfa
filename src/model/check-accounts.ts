import { assertArray } from "../core/assert.js";
import type { RowProblem } from "../core/errors.js";
import { isLater } from "../core/id-order.js";
import { throwRowProblems } from "../core/row-problems.js";

/** What {@link checkAccounts} needs of an account. */
export interface AccountNode {
  /** The account's identifier: text, or a whole number; 7 is "7". */
  readonly id: string | number;
  /** The account above; `null` or absent: the top of a tree. */
  readonly parentId?: string | number | null | undefined;
}

/**
 * Do these accounts form trees: every identifier once, every parent present, no loop?
 *
 * @param accounts - All accounts: a parent that is not among them is a problem.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an identifier is neither text nor a whole number or stands twice, a
 * parent is missing, or accounts are their own ancestors; each loop is told once, at its first row.
 * @example
 * ```ts
 * import { checkAccounts } from "clientele";
 *
 * checkAccounts([{ id: "group" }, { id: "bank", parentId: "group" }]);
 * checkAccounts([{ id: "A", parentId: "B" }, { id: "B", parentId: "A" }]); // throws INVALID_ROWS
 * ```
 */
export function checkAccounts(accounts: readonly AccountNode[]): void {
  readAccounts(accounts);
}

/** Accounts that form trees, by row. @internal */
export interface AccountTrees {
  /** Identifiers as text. */
  readonly ids: readonly string[];
  /** The row of the account above; -1 at the top of a tree. */
  readonly parents: Int32Array;
  /** The row of an identifier. */
  readonly rowOf: (id: string) => number | undefined;
}

/** The accounts, held against the rules of {@link checkAccounts}. @internal */
export function readAccounts(accounts: readonly AccountNode[]): AccountTrees {
  assertArray(accounts, "accounts");
  const problems: RowProblem[] = [];
  const ids: string[] = new Array(accounts.length).fill("");
  // Where ids follow each other as those of a counter do, none comes twice, and a map is made once somebody looks for one.
  let idsFollow = true;
  for (let row = 0; row < ids.length; row++) {
    const given: unknown = accounts[row];
    if (typeof given !== "object" || given === null) {
      problems.push({ row, field: "", reason: "is no account: { id, parentId }", value: given });
      continue;
    }
    const { id: value } = given as Partial<AccountNode>;
    const id = textOf(value);
    if (id === null) problems.push({ row, field: "id", reason: NO_ID, value });
    ids[row] = id ?? "";
    idsFollow = idsFollow && (row === 0 || isLater(ids[row], ids[row - 1]));
  }
  const rowOf = idsFollow ? lazyRows(ids) : rowsById(ids, accounts, problems);
  const parents = parentsOf(accounts, ids, rowOf, problems);
  noteLoops(accounts, parents, problems);
  throwRowProblems(problems, "accounts");
  return { ids, parents, rowOf };
}

type RowOf = AccountTrees["rowOf"];

function lazyRows(ids: readonly string[]): RowOf {
  let rows: RowOf | null = null;
  return (id) => {
    rows ??= rowsById(ids, [], []);
    return rows(id);
  };
}

/** The first row of each id; those that come again are noted. */
function rowsById(ids: readonly string[], accounts: readonly AccountNode[], problems: RowProblem[]): RowOf {
  const rows = new Map<string, number>();
  for (let row = 0; row < ids.length; row++) {
    if (ids[row] === "") continue;
    const earlier = rows.get(ids[row]);
    if (earlier === undefined) rows.set(ids[row], row);
    else {
      const { id: value } = accounts[row];
      problems.push({ row, field: "id", reason: `is also the id of row ${earlier + 1}`, value });
    }
  }
  return (id) => rows.get(id);
}

const NO_ID = "is not an id: text that is not empty, or a whole number";

function textOf(id: unknown): string | null {
  if (typeof id === "string") return id === "" ? null : id;
  return Number.isSafeInteger(id) ? String(id) : null;
}

/** The row of the account above, -1 for none; the faults are noted. */
function parentsOf(
  accounts: readonly AccountNode[],
  ids: readonly string[],
  rowOf: RowOf,
  problems: RowProblem[],
): Int32Array {
  const parents = new Int32Array(accounts.length).fill(-1);
  for (let row = 0; row < parents.length; row++) {
    const value: unknown = accounts[row]?.parentId ?? null;
    if (value === null) continue;
    const id = textOf(value);
    // Accounts mostly come with those that share a parent, behind it.
    const isBefore = row > 0 && id !== null && id !== "" && id === ids[row - 1];
    const isBeside = row > 0 && parents[row - 1] >= 0 && id === ids[parents[row - 1]];
    const parent = isBefore ? row - 1 : isBeside ? parents[row - 1] : id === null ? undefined : rowOf(id);
    if (parent !== undefined) parents[row] = parent;
    else {
      const reason = id === null ? `${NO_ID}; null at the top of a tree` : NO_PARENT;
      problems.push({ row, field: "parentId", reason, value });
    }
  }
  return parents;
}

const NO_PARENT = "is not the id of any of these accounts";

/**
 * Every account is walked upwards once: `walk` holds the number of the walk that first met it, so meeting an account of the
 * same walk closes a loop, and meeting one of an earlier walk leads to a top that is known.
 */
function noteLoops(accounts: readonly AccountNode[], parents: Int32Array, problems: RowProblem[]): void {
  const walk = new Int32Array(parents.length).fill(-1);
  for (let start = 0; start < parents.length; start++) {
    let row = start;
    while (row >= 0 && walk[row] < 0) {
      walk[row] = start;
      row = parents[row];
    }
    if (row >= 0 && walk[row] === start) problems.push(loopProblem(accounts, row, parents));
  }
}

/** Told at its first row, so that the message does not depend on where the walk came in. */
function loopProblem(accounts: readonly AccountNode[], member: number, parents: Int32Array): RowProblem {
  const loop: number[] = [];
  let row = member;
  do {
    loop.push(row);
    row = parents[row];
  } while (row !== member);
  const first = loop.reduce((lowest, next) => Math.min(lowest, next));
  const from = loop.indexOf(first);
  const ids = [...loop.slice(from), ...loop.slice(0, from), first].map((row) => accounts[row].id);
  const shownIds = ids.length > 8 ? [...ids.slice(0, 4), "...", ...ids.slice(-2)] : ids;
  const { parentId } = accounts[first];
  return { row: first, field: "parentId", reason: `closes a loop: ${shownIds.join(" > ")}`, value: parentId };
}
