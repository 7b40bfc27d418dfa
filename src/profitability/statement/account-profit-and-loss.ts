import { assertArgument, shown } from "../../core/assert.js";
import { type Table, table } from "../../core/table.js";
import { type CustomerGrouping, groupCustomers } from "../../history/customer-groups.js";
import type { TransactionLog } from "../../history/log-columns.js";
import { type AccountNode, readAccounts } from "../../model/check-accounts.js";
import { type AccountTree, accountTree, rolledUp, wholeTree } from "./account-tree.js";
import { eachLine } from "./base-lines.js";
import { originOf, type StatementOrigin } from "./customer-profit-and-loss.js";
import type { ProfitAndLossOptions } from "./profit-and-loss-options.js";
import {
  type ProfitAndLossColumns,
  type ProfitAndLossTotal,
  statementColumns,
  statementTotal,
} from "./statement-lines.js";
import { statementOfCustomers } from "./statement-of-customers.js";
import { groupedLines } from "./unrounded-lines.js";

/** How customers belong to accounts. */
export interface AccountProfitAndLossOptions extends ProfitAndLossOptions {
  /** The account of each customer: a Map from customer id, or a function of it. Default: the account with the customer's id. */
  readonly accountOf?: CustomerGrouping | undefined;
}

/** One row an account of {@link AccountProfitAndLoss}: the lines of {@link ProfitAndLossAmounts} and the margins. */
export type AccountProfitAndLossColumns = {
  /** Which account; `null`: the customers who belong to none. */
  readonly accountId: readonly (string | null)[];
  /** The account above; `null` at the top of a tree. */
  readonly parentId: readonly (string | null)[];
  /** Steps below the top of the tree, 0 at the top. */
  readonly level: readonly number[];
  /** Customers of the statement who belong to it. */
  readonly customers: readonly number[];
} & ProfitAndLossColumns;

/** What each account earns and costs, alone and with all below it. */
export interface AccountProfitAndLoss extends StatementOrigin {
  /** Each account without those below: the rows sum to the total. */
  readonly own: Table<AccountProfitAndLossColumns>;
  /** Each account with all below it: the rows at level 0 sum to the total. */
  readonly rolledUp: Table<AccountProfitAndLossColumns>;
  /** All customers together. */
  readonly total: ProfitAndLossTotal;
}

/**
 * What does each account earn us, alone and with all the accounts below it?
 *
 * Each line of an account, alone and with those below, is within one minor unit of its exact amount, whatever the order of the
 * rows, and with all below it is the sum of its own and theirs: lines are rounded from the top down, by largest remainder
 * among the account itself and those right below it (ties to the account itself, then in the order given).
 *
 * @param log - A transaction log.
 * @param accounts - All accounts, `{ id, parentId? }`: trees, as {@link checkAccounts} asks.
 * @param options - As for {@link customerProfitAndLoss}, and `accountOf` where customers are not accounts themselves.
 * @returns Two tables of one row an account in the order given, and last a row of the customers who belong to none, where
 * there are such.
 * @throws {@link ClienteleError} as {@link customerProfitAndLoss}; `INVALID_ROWS` when the accounts are no trees;
 * `INVALID_ARGUMENT` when `accountOf` gives an account that is not among them.
 * @example
 * ```ts
 * import { accountProfitAndLoss, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "group", at: "2024-01-31", amount: 900, cost: 500 },
 *     { customerId: "bank", at: "2024-02-29", amount: 400, cost: 300 },
 *   ],
 *   { currency: "IDR" },
 * );
 * const accounts = [{ id: "group" }, { id: "bank", parentId: "group" }];
 * const { own, rolledUp } = accountProfitAndLoss(log, accounts, { asOf: "2025-01-01" });
 * own.columns.profit; // => [400, 100]
 * rolledUp.columns.profit; // => [500, 100]
 * ```
 */
export function accountProfitAndLoss(
  log: TransactionLog,
  accounts: readonly AccountNode[],
  options: AccountProfitAndLossOptions,
): AccountProfitAndLoss {
  const { ids, parents, rowOf: placeOf } = readAccounts(accounts);
  const statements = statementOfCustomers(log, options);
  const none = ids.length;
  const codes =
    options.accountOf === undefined
      ? ownAccounts(statements.customerIds, ids, placeOf)
      : accountCodes(statements.customerIds, none, placeOf, options.accountOf);
  const counts = new Float64Array(none + 1);
  for (const code of codes) counts[code]++;
  // Those who belong to none are a tree of their own.
  const length = counts[none] > 0 ? none + 1 : none;
  const ofAccounts = new Int32Array(length).fill(-1);
  ofAccounts.set(parents);
  const tree = accountTree(ofAccounts);
  const lines = eachLine(groupedLines(statements.lines, codes, length), (line) => wholeTree(tree, line));
  const given = { accountId: none < length ? [...ids, null] : ids.slice(), ...accountColumns(tree, ids) };
  const customers = counts.subarray(0, length);
  const tableOf = (side: "own" | "rolledUp", belonging: Float64Array) =>
    table<AccountProfitAndLossColumns>({
      ...given,
      customers: Array.from(belonging),
      ...statementColumns(
        eachLine(lines, (line) => line[side]),
        length,
      ),
    });
  const own = tableOf("own", customers);
  return {
    own,
    // Where no account is below another, both are the same.
    rolledUp: parents.every((parent) => parent < 0) ? own : tableOf("rolledUp", rolledUp(tree, customers)),
    total: statementTotal(statements.lines, options.unassignedCost),
    ...originOf(statements, options),
  };
}

/** Where each account stands. Loops: Array.from over typed arrays with a function takes several times as long. */
function accountColumns({ parents, levels }: AccountTree, ids: readonly string[]) {
  const parentId = new Array<string | null>(parents.length).fill(null);
  const level = new Array<number>(parents.length).fill(0);
  for (let place = 0; place < parents.length; place++) {
    if (parents[place] >= 0) parentId[place] = ids[parents[place]];
    level[place] = levels[place];
  }
  return { parentId, level };
}

/** Customers who are accounts themselves; where accounts follow their order, a comparison of neighbors finds them. */
function ownAccounts(
  customerIds: readonly string[],
  ids: readonly string[],
  placeOf: (id: string) => number | undefined,
): Uint32Array {
  const codes = new Uint32Array(customerIds.length);
  let next = 0;
  for (let i = 0; i < codes.length; i++) {
    if (customerIds[i] !== ids[next]) next = placeOf(customerIds[i]) ?? ids.length;
    codes[i] = next;
    if (next < ids.length) next++;
  }
  return codes;
}

function accountCodes(
  customerIds: readonly string[],
  none: number,
  placeOf: (id: string) => number | undefined,
  accountOf: CustomerGrouping,
): Uint32Array {
  const { codes, names } = groupCustomers(customerIds, accountOf, "options.accountOf");
  const places = names.map((name) => {
    const place = name === null ? none : placeOf(name);
    assertArgument(
      place !== undefined,
      "options.accountOf",
      () => `options.accountOf gives ${shown(name)}: give the id of one of the accounts, or null`,
    );
    return place;
  });
  return codes.map((code) => places[code]);
}
