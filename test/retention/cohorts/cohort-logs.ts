import { rows } from "../../../src/core/table.js";
import type { TransactionLog } from "../../../src/history/log-columns.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import type { TransactionRow } from "../../../src/history/transaction-row.js";
import type { CohortTable } from "../../../src/retention/cohorts/cohort-table.js";

/** A log of purchases of one minor unit each: each line a customer and the instants. */
export function visits(lines: Readonly<Record<string, readonly string[]>>, timeZone = "UTC"): TransactionLog {
  const purchases: TransactionRow[] = Object.entries(lines).flatMap(([customerId, instants]) =>
    instants.map((at) => ({ customerId, at, amount: 1 })),
  );
  return transactionLog(purchases, { currency: "USD", timeZone });
}

/**
 * Customers who start in the cohort's month and those of them who buy in the next month: `[month, size, returning]`.
 */
export function monthlyCohorts(
  cohorts: readonly (readonly [month: number, size: number, returning: number])[],
) {
  const day = (month: number) => new Date(Date.UTC(2024, month - 1, 10)).toISOString();
  return visits(
    Object.fromEntries(
      cohorts.flatMap(([month, size, returning]) =>
        Array.from({ length: size }, (_, i) => [
          `${month}-${i}`,
          i < returning ? [day(month), day(month + 1)] : [day(month)],
        ]),
      ),
    ),
  );
}

/** Customers of each cohort by age, as text: `"2 0 1 -"`, a dash where the cell is null. Empty cohorts are left out. */
export function countsByCohort({ cohorts, cells }: CohortTable): Record<string, string> {
  const filled = cohorts.filter(({ customers }) => customers > 0);
  return Object.fromEntries(
    filled.map(({ period: { label } }) => [
      label,
      rows(cells)
        .filter(({ cohort }) => cohort === label)
        .map(({ customers }) => customers ?? "-")
        .join(" "),
    ]),
  );
}

/** Pooled rates by age. */
export const pooledRates = ({ curve }: CohortTable): (number | null)[] =>
  curve.points.map(({ pooled }) => pooled.value);
