import { createRequire } from "node:module";
import { civilDay, customerSummary, epochMs, localDay, type TransactionLog } from "clientele";
import { version as vega } from "vega";
import { version as vegaLite } from "vega-lite";
import { inputError } from "./input/input-error.js";
import type { DataNotes } from "./report/report-input.js";

/** What the log itself says about the data behind the report. */
type LogNotes = Pick<
  DataNotes,
  "zeroAmounts" | "refunds" | "rowsAfterAsOf" | "customers" | "firstAt" | "lastAt" | "revenue"
>;

/** Counts what is in a log, as known on a day. */
export function logNotes(log: TransactionLog, asOf: string): LogNotes {
  const end = epochMs(asOf, "asOf", log.timeZone);
  const { net } = customerSummary(log, { asOf }).columns;
  let rowsAfterAsOf = 0;
  let zeroAmounts = 0;
  let refunds = 0;
  let customers = 0;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (let customer = 0; customer < log.customerIds.length; customer++) {
    const [from = 0, to = 0] = log.offsets.subarray(customer, customer + 2);
    let known = 0;
    for (let row = from; row < to; row++) {
      const at = log.at[row] ?? end;
      if (at >= end) continue;
      known++;
      if (log.amount[row] === 0) zeroAmounts++;
      if (log.purchaseRow && log.purchaseRow[row] !== -1) refunds++;
      first = Math.min(first, at);
      last = Math.max(last, at);
    }
    rowsAfterAsOf += to - from - known;
    if (known > 0) customers++;
  }
  return {
    zeroAmounts,
    refunds,
    rowsAfterAsOf,
    customers,
    firstAt: first,
    lastAt: last,
    revenue: net.reduce((sum, each) => sum + each, 0),
  };
}

/** Often written for "never"; no calendar of four-digit years goes on. */
const LAST_CIVIL_DAY = "9999-12-31";

/** The civil day after the last transaction: the first day on which all of them are known. */
export function dayAfterLast(log: TransactionLog): string {
  const lastDay = localDay(log.lastAt ?? Number.NaN, log.timeZone);
  if (civilDay(lastDay) === LAST_CIVIL_DAY) {
    throw inputError(`a transaction is dated ${LAST_CIVIL_DAY}, which has no day after it: pass --as-of`);
  }
  return civilDay(lastDay + 1);
}

/** By what the figures were computed and drawn. */
export function versions(): string[] {
  const { version } = createRequire(import.meta.url)("clientele/package.json") as { version: string };
  return [
    `Clientele ${version}`,
    `Vega ${vega}`,
    `Vega-Lite ${vegaLite}`,
    `Node.js ${process.versions.node}`,
  ];
}
