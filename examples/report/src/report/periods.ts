import type { Duration, PeriodUnit, TransactionLog } from "clientele";

const DAY_MS = 86_400_000;

/** The longest period of which the history has enough to show a development. */
export function periodFor(log: TransactionLog, end: number): PeriodUnit {
  const days = daysOf(log, end);
  if (days > 365 * 8) return "year";
  if (days > 450) return "quarter";
  return days > 100 ? "month" : "week";
}

/** For cohorts, whose table needs more columns to say something than a line needs points. */
export function cohortPeriodFor(log: TransactionLog, end: number): PeriodUnit {
  const days = daysOf(log, end);
  if (days > 365 * 8) return "year";
  if (days > 365 * 2 + 30) return "quarter";
  return days > 100 ? "month" : "week";
}

/** How long first-time buyers are given to come back: short enough that it is over for many. */
export function repeatTimeFor(log: TransactionLog, end: number): Duration {
  return { months: daysOf(log, end) > 450 ? 12 : 3 };
}

function daysOf(log: TransactionLog, end: number): number {
  let first = end;
  for (const at of log.at) if (at < first) first = at;
  return (end - first) / DAY_MS;
}
