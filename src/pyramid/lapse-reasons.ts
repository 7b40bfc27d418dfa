import { assertArgument, shown } from "../core/assert.js";
import { type Rate, ratio } from "../core/rate.js";
import { invalidRows, type RowProblem } from "../core/row-problems.js";
import type { Table } from "../core/table.js";
import type { CustomerKey } from "../history/transaction-row.js";
import type { LifecycleStatusColumns } from "./lifecycle-status.js";

/** Why a customer stopped buying, in your words: from a call, a survey, a cancellation form. */
export interface LapseReasonRecord {
  /** Who. */
  readonly customerId: CustomerKey;
  /** Why: `"moved away"`, `"price"`. */
  readonly reason: string;
}

/** One reason, and how many inactive customers gave it. */
export interface LapseReason {
  /** Why. */
  readonly reason: string;
  /** Number of inactive customers. */
  readonly customers: number;
  /** Of the inactive customers of whom a reason is known. Shares sum beyond 1 where some gave several reasons. */
  readonly share: Rate;
}

/** Why customers became inactive. */
export interface LapseReasons {
  /** From the most frequent; equally frequent ones by name. */
  readonly reasons: readonly LapseReason[];
  /** Of how many of the inactive customers a reason is known; `null` when nobody is inactive. */
  readonly known: Rate;
  /** Records of others: of active customers (who came back), of people who never bought, of strangers. Not counted. */
  readonly recordsOfOthers: number;
}

/**
 * Why did the inactive customers stop buying?
 *
 * The list is where prevention starts. It speaks for those who gave a reason: look at `known` before you act on it.
 * Records carry no date, so pass those of the lapse in question.
 *
 * @param statuses - The result of `lifecycleStatus` or `customerPyramid`.
 * @param records - A reason a record; a customer counts once for each different reason.
 * @returns The reasons by frequency, among the inactive customers alone.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a record has no customer id or no reason; `INVALID_ARGUMENT`.
 * @example
 * ```ts
 * import { lapseReasons, lifecycleStatus, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   ["ani", "budi", "citra", "dewi"].map((customerId) => ({ customerId, at: "2022-11-03", amount: 400 })),
 *   { currency: "IDR" },
 * );
 * const { reasons, known } = lapseReasons(lifecycleStatus(log, { asOf: "2024-07-01" }), [
 *   { customerId: "ani", reason: "price" },
 *   { customerId: "budi", reason: "moved away" },
 *   { customerId: "citra", reason: "price" },
 * ]);
 * reasons.map(({ reason, customers }) => [reason, customers]); // => [["price", 2], ["moved away", 1]]
 * known.value; // => 0.75
 * ```
 */
export function lapseReasons(
  statuses: { readonly members: Table<Pick<LifecycleStatusColumns, "customerId" | "status">> },
  records: readonly LapseReasonRecord[],
): LapseReasons {
  assertRecords(records);
  const { customerId, status } = statuses.members.columns;
  const inactive = new Set(customerId.filter((_, row) => status[row] === "inactive"));
  const byReason = new Map<string, Set<string>>();
  const known = new Set<string>();
  let recordsOfOthers = 0;
  for (const record of records) {
    const id = String(record.customerId);
    if (!inactive.has(id)) {
      recordsOfOthers++;
      continue;
    }
    known.add(id);
    const customers = byReason.get(record.reason) ?? new Set();
    byReason.set(record.reason, customers.add(id));
  }
  return {
    reasons: [...byReason]
      .map(([reason, { size }]) => ({
        reason,
        customers: size,
        share: ratio(size, known.size, "inactive customers with a reason"),
      }))
      .sort((a, b) => b.customers - a.customers || (a.reason < b.reason ? -1 : 1)),
    known: ratio(known.size, inactive.size, "inactive customers"),
    recordsOfOthers,
  };
}

function assertRecords(records: readonly LapseReasonRecord[]): void {
  assertArgument(
    Array.isArray(records),
    "records",
    () => `records is ${shown(records)}: pass an array of { customerId, reason }`,
  );
  const problems: RowProblem[] = [];
  for (const [row, record] of records.entries()) {
    for (const field of ["customerId", "reason"] as const) {
      const value: unknown = record?.[field];
      if (
        (typeof value === "string" && value !== "") ||
        (field === "customerId" && Number.isSafeInteger(value))
      ) {
        continue;
      }
      problems.push({
        row,
        field,
        reason:
          field === "customerId" ? "is not text or a whole number, or is empty" : "is not text, or is empty",
        value,
      });
    }
  }
  if (problems.length > 0) throw invalidRows(problems, problems.length, "records");
}
