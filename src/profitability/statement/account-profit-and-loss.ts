import { assertArgument, shown } from "../../core/assert.js";
import { type Table, table } from "../../core/table.js";
import { type CustomerGrouping, groupCustomers } from "../../history/customer-groups.js";
import type { TransactionLog } from "../../history/log-columns.js";
import { type AccountNode, checkAccounts } from "../../model/check-accounts.js";
import { originOf, type StatementOrigin } from "./customer-profit-and-loss.js";
import type { ProfitAndLossOptions } from "./profit-and-loss-options.js";
import {
  type BaseLines,
  groupedLines,
  type ProfitAndLossColumns,
  type ProfitAndLossTotal,
  statementColumns,
  statementTotal,
} from "./statement-lines.js";
import { statementOfCustomers } from "./statement-of-customers.js";

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
  checkAccounts(accounts);
  const statements = statementOfCustomers(log, options);
  const placeOf = new Map(accounts.map(({ id }, place) => [id, place]));
  const none = accounts.length;
  const codes = accountCodes(statements.customerIds, placeOf, options.accountOf);
  const counts = new Float64Array(none + 1);
  for (const code of codes) counts[code]++;
  const length = counts[none] > 0 ? none + 1 : none;
  const parents = accounts.map(({ parentId }) =>
    parentId === undefined ? -1 : (placeOf.get(parentId) ?? -1),
  );
  const levels = accountLevels(parents);
  const tableOf = (lines: BaseLines, customers: Float64Array) =>
    table<AccountProfitAndLossColumns>({
      accountId: [...accounts.map(({ id }) => id), null].slice(0, length),
      parentId: [...accounts.map(({ parentId }) => parentId ?? null), null].slice(0, length),
      level: [...levels, 0].slice(0, length),
      customers: Array.from(customers.subarray(0, length)),
      ...statementColumns(lines, length),
    });
  const own = groupedLines(statements.lines, codes, length);
  // From the bottom up: an account is complete before it is added to the one above.
  const upwards = levels.map((_, place) => place).sort((a, b) => levels[b] - levels[a]);
  const addUp = (values: Float64Array): Float64Array => {
    const sums = values.slice();
    for (const place of upwards) if (parents[place] >= 0) sums[parents[place]] += sums[place];
    return sums;
  };
  const rolledUp = Object.fromEntries(
    Object.entries(own).map(([name, line]) => [name, line && addUp(line)]),
  ) as unknown as BaseLines;
  return {
    own: tableOf(own, counts),
    rolledUp: tableOf(rolledUp, addUp(counts)),
    total: statementTotal(statements.lines, options.unassignedCost),
    ...originOf(statements, options),
  };
}

function accountCodes(
  customerIds: readonly string[],
  placeOf: ReadonlyMap<string, number>,
  accountOf: CustomerGrouping | undefined,
): Uint32Array {
  const none = placeOf.size;
  if (accountOf === undefined) return Uint32Array.from(customerIds, (id) => placeOf.get(id) ?? none);
  const { codes, names } = groupCustomers(customerIds, accountOf, "options.accountOf");
  const places = names.map((name) => {
    const place = name === null ? none : placeOf.get(name);
    assertArgument(
      place !== undefined,
      "options.accountOf",
      () => `options.accountOf gives ${shown(name)}: give the id of one of the accounts, or null`,
    );
    return place;
  });
  return codes.map((code) => places[code]);
}

function accountLevels(parents: readonly number[]): number[] {
  const levels: number[] = new Array(parents.length).fill(-1);
  for (let start = 0; start < parents.length; start++) {
    const path: number[] = [];
    let place = start;
    while (place >= 0 && levels[place] < 0) {
      path.push(place);
      place = parents[place];
    }
    let level = place < 0 ? -1 : levels[place];
    for (const below of path.reverse()) levels[below] = ++level;
  }
  return levels;
}
