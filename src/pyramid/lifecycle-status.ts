import { type Duration, type TimeWindow, windowBefore } from "../core/duration.js";
import { type Table, table } from "../core/table.js";
import { type KnownFacts, knownFacts } from "../history/known-facts.js";
import type { TransactionLog } from "../history/log-columns.js";
import type { LogMetricOptions } from "../history/metric-options.js";
import { type KnownRecord, knownRecords, type PyramidCustomer } from "./customer-records.js";

/**
 * Where can a person or an organization stand with us?
 *
 * `active`: has bought in the window; `inactive`: bought before it; `prospect`: has shown interest and not bought;
 * `suspect`: could be served, nothing happened yet; `restOfWorld`: has no need, means or wish (Curry & Curry 2000).
 *
 * @example
 * ```ts
 * import { lifecycleStatusNames } from "clientele";
 *
 * lifecycleStatusNames; // => ["active", "inactive", "prospect", "suspect", "restOfWorld"]
 * ```
 */
export const lifecycleStatusNames = ["active", "inactive", "prospect", "suspect", "restOfWorld"] as const;

/** Where somebody stands; {@link lifecycleStatusNames} lists them. */
export type LifecycleStatus = (typeof lifecycleStatusNames)[number];

/** As of when, within which window, and who is known beside the log. */
export interface LifecycleStatusOptions extends LogMetricOptions {
  /** A customer is active with a qualifying purchase in `[asOf - activeWindow, asOf)`. Default `{ months: 12 }`. */
  readonly activeWindow?: Duration;
  /** The records of those who may not have bought; default none. Each id once. */
  readonly customers?: readonly PyramidCustomer[];
}

/** Where the members come from, in numbers of customers. Who has neither a transaction nor a record before `asOf` is not there yet. */
export interface PyramidCoverage {
  /** With transactions before `asOf` and a record. */
  readonly inBoth: number;
  /** With transactions alone. Who has no qualifying purchase of them is a prospect: what they bought went back. */
  readonly inLogOnly: number;
  /** With a record alone. */
  readonly inRecordsOnly: number;
  /**
   * With a record that names no relation, and without a qualifying purchase. Unless a signal is known, such a record
   * says nothing: who has transactions is a prospect as without it, who has none a suspect.
   */
  readonly withoutRelation: number;
}

/** One row a customer of {@link LifecycleStatuses}: the log's customers in its order, then the other records in theirs. */
export interface LifecycleStatusColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** Where they stand. */
  readonly status: readonly LifecycleStatus[];
  /** Last qualifying purchase before `asOf`, epoch milliseconds; `null` without one. */
  readonly lastPurchaseAt: readonly (number | null)[];
}

/** Where everybody stands at one instant. */
export interface LifecycleStatuses {
  /** Everybody who is known at `asOf`. */
  readonly members: Table<LifecycleStatusColumns>;
  /** Number of customers by status. */
  readonly counts: { readonly [Status in LifecycleStatus]: number };
  /** Where the members come from. */
  readonly coverage: PyramidCoverage;
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** In which a purchase makes a customer active. */
  readonly window: TimeWindow;
}

/**
 * Who is an active customer, who has become inactive, and who has never bought?
 *
 * A qualifying purchase in the window makes active, an earlier one inactive. Without a qualifying purchase the record
 * decides: a relation `customer` or `responded`, or a signal before `asOf`, makes a prospect, `none` a suspect, `cannot`
 * the rest of the world (Curry & Curry 2000). Whose purchases all went back is a prospect where no record says more.
 * Refunds and signals at `asOf` or later are unknown, as everywhere.
 *
 * @param log - A transaction log.
 * @param options - `asOf`, the window, and the records of those who may not have bought.
 * @returns Everybody with their status, the counts, and how log and records overlap.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`, `UNKNOWN_TIME_ZONE`; `INVALID_ROWS` when a record has no usable id,
 * an unknown relation, or an id that another has.
 * @example
 * ```ts
 * import { lifecycleStatus, rows, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2024-05-20", amount: 700 },
 *     { customerId: "budi", at: "2022-11-03", amount: 400 },
 *   ],
 *   { currency: "IDR" },
 * );
 * const customers = [{ id: "citra", signals: [{ at: "2024-02-01" }] }, { id: "dewi", relation: "none" as const }];
 * const { members, counts } = lifecycleStatus(log, { asOf: "2024-07-01", customers });
 * members.columns.status; // => ["active", "inactive", "prospect", "suspect"]
 * counts.active; // => 1
 * ```
 */
export function lifecycleStatus(log: TransactionLog, options: LifecycleStatusOptions): LifecycleStatuses {
  const { customerIds, status, lastPurchaseAt, counts, coverage, facts, window } = placedCustomers(
    log,
    options,
  );
  return {
    members: table({ customerId: customerIds, status, lastPurchaseAt }),
    counts,
    coverage,
    asOf: facts.asOf,
    window,
  };
}

/** Everybody known at `asOf`; the first `logCustomer.length` are the log's customers of these numbers. @internal */
export interface PlacedCustomers {
  readonly facts: KnownFacts;
  readonly window: TimeWindow;
  readonly activeWindow: Duration;
  readonly customerIds: readonly string[];
  readonly logCustomer: readonly number[];
  readonly status: readonly LifecycleStatus[];
  readonly lastPurchaseAt: readonly (number | null)[];
  readonly counts: { readonly [Status in LifecycleStatus]: number };
  readonly coverage: PyramidCoverage;
}

/** @internal */
export function placedCustomers(log: TransactionLog, options: LifecycleStatusOptions): PlacedCustomers {
  const facts = knownFacts(log, options);
  const { asOf, timeZone, end } = facts;
  const { activeWindow = { months: 12 } } = options;
  // Of the asOf as given: a civil day is a day, of which the first instant need not be midnight.
  const window = windowBefore(options.asOf, activeWindow, { timeZone });
  const records = knownRecords(options.customers ?? [], asOf, timeZone);

  const customerIds: string[] = [];
  const logCustomer: number[] = [];
  const status: LifecycleStatus[] = [];
  const lastPurchaseAt: (number | null)[] = [];
  const counts = { active: 0, inactive: 0, prospect: 0, suspect: 0, restOfWorld: 0 };
  const coverage = { inBoth: 0, inLogOnly: 0, inRecordsOnly: 0, withoutRelation: 0 };
  const place = (id: string, where: LifecycleStatus, last: number | null, record: KnownRecord | null) => {
    customerIds.push(id);
    status.push(where);
    lastPurchaseAt.push(last);
    counts[where]++;
    if (last === null && record?.hasRelation === false) coverage.withoutRelation++;
  };

  for (const [customer, id] of log.customerIds.entries()) {
    // Whose first transaction is still to come is known by the record alone.
    if (end[customer] === log.offsets[customer]) continue;
    const record = records.get(id) ?? null;
    records.delete(id);
    coverage[record ? "inBoth" : "inLogOnly"]++;
    logCustomer.push(customer);
    const last = lastQualifying(facts, customer);
    place(id, statusOf(last, window, record), last, record);
  }
  for (const [id, record] of records) {
    if (!record) continue;
    coverage.inRecordsOnly++;
    place(id, record.status, null, record);
  }
  return { facts, window, activeWindow, customerIds, logCustomer, status, lastPurchaseAt, counts, coverage };
}

function statusOf(last: number | null, window: TimeWindow, record: KnownRecord | null): LifecycleStatus {
  if (last !== null) return last >= window.start ? "active" : "inactive";
  // A record that says nothing is no reason to forget that they bought once.
  if (record === null || (!record.hasRelation && record.status === "suspect")) return "prospect";
  return record.status;
}

/** Instant of the last qualifying purchase; rows of a customer are in order of time. */
function lastQualifying({ log, end, qualifies }: KnownFacts, customer: number): number | null {
  for (let row = end[customer] - 1; row >= log.offsets[customer]; row--) {
    if (!qualifies || qualifies[row] === 1) return log.at[row];
  }
  return null;
}
