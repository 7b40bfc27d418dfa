import { assertArgument, assertOptions, shown } from "../../core/assert.js";
import { type PeriodOptions, type PeriodSpec, periodAt } from "../../core/period.js";
import { periodOptionReader } from "../../core/period-option.js";
import { type Table, table } from "../../core/table.js";
import { type CustomerGrouping, groupCustomers } from "../../history/customer-groups.js";
import type { TransactionLog } from "../../history/log-columns.js";
import { originOf, type StatementOrigin } from "./customer-profit-and-loss.js";
import type { ProfitAndLossOptions } from "./profit-and-loss-options.js";
import { splitByKey } from "./split-by-key.js";
import {
  type ProfitAndLossColumns,
  type ProfitAndLossTotal,
  statementColumns,
  statementTotal,
} from "./statement-lines.js";
import { type CustomerStatements, statementOfCustomers } from "./statement-of-customers.js";
import { groupedLines, wholeLines } from "./unrounded-lines.js";

/** By what {@link profitAndLossBy} groups: exactly one of `by`, `groupBy` and `cohortBy`. */
export interface ProfitAndLossByOptions extends ProfitAndLossOptions, Omit<PeriodOptions, "timeZone"> {
  /** The channel or product of each transaction, or the calendar period in which it takes effect. */
  readonly by?: "channel" | "product" | PeriodSpec | undefined;
  /** The group of each customer, a segment say: a Map from customer id, or a function of it. */
  readonly groupBy?: CustomerGrouping | undefined;
  /** The calendar period of each customer's first qualifying purchase, also before the window. */
  readonly cohortBy?: PeriodSpec | undefined;
}

/** One row a group of {@link ProfitAndLossBy}: the lines of {@link ProfitAndLossAmounts} and the margins. */
export type GroupProfitAndLossColumns = {
  /** Name of the group; `null`: in none, or costs of customers without a transaction to assign them by. */
  readonly group: readonly (string | null)[];
  /** Customers in the group; by channel, product or period those with a transaction or a cost row there, who may be in many. */
  readonly customers: readonly number[];
} & ProfitAndLossColumns;

/** What each group of customers or transactions earns and costs. */
export interface ProfitAndLossBy extends StatementOrigin {
  /** One row a group, ascending by name (periods and cohorts by time), `null` last. */
  readonly groups: Table<GroupProfitAndLossColumns>;
  /** All groups together: the total of {@link customerProfitAndLoss}. */
  readonly total: ProfitAndLossTotal;
}

/**
 * What does each segment, cohort, channel, product or period earn us, and what is left of it?
 *
 * The statements of {@link customerProfitAndLoss}, added up by group: every line sums to the same total. By channel, product
 * or period, sales, returns, the log's cost of goods and payment cost are those of the transactions. A cost that says its
 * channel, product or instant ({@link CostPlace}) stands there, a pool too; a customer's other costs are split by the net
 * revenue that the customer has in each group (by purchases where there is none). Segments and cohorts add up what is their
 * customers'. Groups share pools and unrounded amounts by the exact shares of their customers, and each line is rounded once
 * for each group: it is within one minor unit of its exact amount (of a million customers, to a thousandth), whatever the
 * order of the rows, though customers whose own shares are rounded may add up to more or less. Units go by largest remainder,
 * ties to the group that stands first.
 *
 * @param log - A transaction log; by channel or product, one that has these.
 * @param options - As for {@link customerProfitAndLoss}, and `by`, `groupBy` or `cohortBy`. Forecasts belong to customers:
 * not with `by`.
 * @returns One row of lines a group, and the total.
 * @throws {@link ClienteleError} as {@link customerProfitAndLoss}; `INVALID_ARGUMENT` without a grouping or with two, when the
 * log has no channels or products, and for forecasts with `by`.
 * @example
 * ```ts
 * import { profitAndLossBy, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2024-01-31", amount: 900, cost: 500, channel: "web" },
 *     { customerId: "ani", at: "2024-02-01", amount: 300, cost: 200, channel: "store" },
 *     { customerId: "budi", at: "2024-02-29", amount: 400, cost: 300, channel: "store" },
 *   ],
 *   { currency: "IDR" },
 * );
 * const { groups } = profitAndLossBy(log, {
 *   asOf: "2025-01-01",
 *   by: "channel",
 *   costToServe: [{ customerId: "ani", amount: 100 }],
 * });
 * groups.columns.group; // => ["store", "web"]
 * groups.columns.costToServe; // => [25, 75]
 * groups.columns.profit; // => [175, 325]
 * ```
 */
export function profitAndLossBy(log: TransactionLog, options: ProfitAndLossByOptions): ProfitAndLossBy {
  assertOptions(options, "{ asOf, by }, { asOf, groupBy } or { asOf, cohortBy }");
  const { by, groupBy, cohortBy } = options;
  const given = [by, groupBy, cohortBy].filter((grouping) => grouping !== undefined).length;
  assertArgument(
    given === 1,
    "options",
    () => `options has ${given} of by, groupBy and cohortBy: pass exactly one`,
  );
  if (by !== undefined) return byTransaction(log, by, options);
  const statements = statementOfCustomers(log, options);
  const { codes, names } =
    groupBy === undefined
      ? cohorts(statements, cohortBy ?? "month", options)
      : groupCustomers(statements.customerIds, groupBy);
  const customers = new Float64Array(names.length);
  for (const code of codes) customers[code]++;
  const lines = wholeLines(groupedLines(statements.lines, codes, names.length));
  return {
    groups: table<GroupProfitAndLossColumns>({
      group: names,
      customers: Array.from(customers),
      ...statementColumns(lines, names.length),
    }),
    total: statementTotal(statements.lines, options.unassignedCost),
    ...originOf(statements, options),
  };
}

function byTransaction(
  log: TransactionLog,
  by: "channel" | "product" | PeriodSpec,
  options: ProfitAndLossByOptions,
): ProfitAndLossBy {
  for (const name of ["expectedRevenue", "potentialMargin"] as const) {
    assertArgument(
      options[name] === undefined,
      `options.${name}`,
      () => `options.${name} belongs to customers, not to ${shown(by)}: leave it out, or pass groupBy`,
    );
  }
  const statements = statementOfCustomers(log, options, by);
  const names = statements.keyNames;
  const { lines, customers, isShown } = splitByKey(statements);
  const shownGroups = Uint32Array.from(names.keys()).filter((key) => isShown[key] > 0);
  const placeOf = new Uint32Array(names.length);
  shownGroups.forEach((key, place) => {
    placeOf[key] = place;
  });
  // What is left out is empty: nothing is added to the first group by its code 0.
  const shownLines = wholeLines(groupedLines(lines, placeOf, shownGroups.length));
  return {
    groups: table<GroupProfitAndLossColumns>({
      group: Array.from(shownGroups, (key) => names[key]),
      customers: Array.from(shownGroups, (key) => customers[key]),
      ...statementColumns(shownLines, shownGroups.length),
    }),
    // Units need not be whole numbers: added up in the order of the customers, as their statement does.
    total: statementTotal({ ...lines, units: statements.lines.units }, options.unassignedCost),
    ...originOf(statements, options),
  };
}

/** The cohort of every customer on the statement, in order of time; those without a purchase yet in none. */
function cohorts(
  { facts, customerIds }: CustomerStatements,
  spec: PeriodSpec,
  { weekStartsOn, firstMonth }: ProfitAndLossByOptions,
) {
  const { log, end, qualifies, timeZone } = facts;
  const calendar = { timeZone, weekStartsOn, firstMonth };
  const indexOf = periodOptionReader(spec, calendar, "options.cohortBy");
  const found = new Float64Array(customerIds.length).fill(Number.NaN);
  // Customers of the statement stand in the log's order, and after them those who are not in the log.
  let place = 0;
  for (let customer = 0; customer < end.length && place < customerIds.length; customer++) {
    if (log.customerIds[customer] !== customerIds[place]) continue;
    let row = log.offsets[customer];
    while (row < end[customer] && qualifies && qualifies[row] === 0) row++;
    if (row < end[customer]) found[place] = indexOf(log.at[row]);
    place++;
  }
  const indices = Array.from(new Set(found).values())
    .filter((index) => !Number.isNaN(index))
    .sort((a, b) => a - b);
  const codeOf = new Map(indices.map((index, code) => [index, code]));
  const none = indices.length;
  const codes = new Uint32Array(found.length).map((_, i) => codeOf.get(found[i]) ?? none);
  const names: (string | null)[] = indices.map((index) => periodAt(index, spec, calendar).label);
  return { codes, names: codes.includes(none) ? [...names, null] : names };
}
