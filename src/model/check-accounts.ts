import { assertArray } from "../core/assert.js";
import type { RowProblem } from "../core/errors.js";
import { throwRowProblems } from "../core/row-problems.js";

/** What {@link checkAccounts} needs of an account. */
export interface AccountNode {
  /** The account's identifier. */
  readonly id: string;
  /** The account above; absent: the top of a tree. */
  readonly parentId?: string | undefined;
}

/**
 * Do these accounts form trees: every identifier once, every parent present, no loop?
 *
 * @param accounts - All accounts: a parent that is not among them is a problem.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an identifier stands twice, a parent is missing, or accounts are
 * their own ancestors; each loop is told once, at its first row.
 * @example
 * ```ts
 * import { checkAccounts } from "clientele";
 *
 * checkAccounts([{ id: "group" }, { id: "bank", parentId: "group" }]);
 * checkAccounts([{ id: "A", parentId: "B" }, { id: "B", parentId: "A" }]); // throws INVALID_ROWS
 * ```
 */
export function checkAccounts(accounts: readonly AccountNode[]): void {
  assertArray(accounts, "accounts");
  const rowOf = new Map<string, number>();
  const problems: RowProblem[] = [];
  for (const [row, { id }] of accounts.entries()) {
    const earlier = rowOf.get(id);
    if (earlier === undefined) rowOf.set(id, row);
    else problems.push({ row, field: "id", reason: `is also the id of row ${earlier + 1}`, value: id });
  }
  // Every account is walked upwards once: `walk` holds the number of the walk that first met it, so meeting an account
  // of the same walk closes a loop, and meeting one of an earlier walk leads to a top that is known.
  const walk = new Map<number, number>();
  for (const start of accounts.keys()) {
    for (let row: number | undefined = start; row !== undefined; ) {
      const met = walk.get(row);
      if (met === start) problems.push(loopProblem(accounts, row, rowOf));
      if (met !== undefined) break;
      walk.set(row, start);
      const { parentId }: AccountNode = accounts[row];
      const parent: number | undefined = parentId === undefined ? undefined : rowOf.get(parentId);
      if (parentId !== undefined && parent === undefined)
        problems.push({
          row,
          field: "parentId",
          reason: "is not the id of any of these accounts",
          value: parentId,
        });
      row = parent;
    }
  }
  throwRowProblems(problems, "accounts");
}

/** Told at its first row, so that the message does not depend on where the walk came in. */
function loopProblem(
  accounts: readonly AccountNode[],
  member: number,
  rowOf: ReadonlyMap<string, number>,
): RowProblem {
  const loop: number[] = [];
  let row = member;
  do {
    loop.push(row);
    row = rowOf.get(accounts[row].parentId ?? "") ?? member;
  } while (row !== member);
  const first = loop.reduce((lowest, next) => Math.min(lowest, next));
  const from = loop.indexOf(first);
  const ids = [...loop.slice(from), ...loop.slice(0, from), first].map((row) => accounts[row].id);
  const shownIds = ids.length > 8 ? [...ids.slice(0, 4), "...", ...ids.slice(-2)] : ids;
  const { parentId } = accounts[first];
  return { row: first, field: "parentId", reason: `closes a loop: ${shownIds.join(" > ")}`, value: parentId };
}
