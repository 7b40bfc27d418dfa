import { createRequire } from "node:module";
import { civilDay, customerSummary, epochMs, localDay, type TransactionLog } from "clientele";
import { version as vega } from "vega";
import { version as vegaLite } from "vega-lite";
import type { DataNotes } from "./report/report-input.js";

/** What the log itself says about the data behind the report. */
type LogNotes = Pick<
  DataNotes,
  "zeroAmounts" | "refunds" | "rowsAfterAsOf" | "customers" | "firstAt" | "lastAt" | "revenue"
>;

/** Counts what is in a log, as known on a day. */
export function logNotes(log: TransactionLog, asOf: string): LogNotes {
  const end = epochMs(asOf, "asOf", log.timeZone);
  const { net, firstAt } = customerSummary(log, { asOf }).columns;
  let rowsAfterAsOf = 0;
  let zeroAmounts = 0;
  let refunds = 0;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  log.at.forEach((at, row) => {
    if (log.amount[row] === 0) zeroAmounts++;
    if (log.purchaseRow && log.purchaseRow[row] !== -1) refunds++;
    if (at >= end) {
      rowsAfterAsOf++;
      return;
    }
    first = Math.min(first, at);
    last = Math.max(last, at);
  });
  return {
    zeroAmounts,
    refunds,
    rowsAfterAsOf,
    customers: rowsAfterAsOf === 0 ? log.customerIds.length : firstAt.filter((at) => at !== null).length,
    firstAt: first,
    lastAt: last,
    revenue: net.reduce((sum, each) => sum + each, 0),
  };
}

/** The civil day after the last transaction: the first day on which all of them are known. */
export function dayAfterLast(log: TransactionLog): string {
  let last = Number.NEGATIVE_INFINITY;
  for (const at of log.at) if (at > last) last = at;
  return civilDay(localDay(last, log.timeZone) + 1);
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
