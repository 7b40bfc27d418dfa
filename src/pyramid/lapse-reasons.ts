import { assertArgument, assertFinite, assertOneOf, shown } from "../core/assert.js";
import { ClienteleError } from "../core/errors.js";
import { epochMs, type Instant } from "../core/instant.js";
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
  /** When it was given; needed where only those of a window are to count. */
  readonly at?: Instant | null | undefined;
}

/** Which reasons count, and by what they are ranked. */
export interface LapseReasonOptions {
  /** Only reasons given at this instant or later; default all. */
  readonly since?: Instant;
  /** Only reasons given before this instant; default all. */
  readonly until?: Instant;
  /** IANA zone of civil days; default `"UTC"`. */
  readonly timeZone?: string;
  /** What was lost with each customer, zero or more, in any one unit: a map by customer id or a function of it. Who has none lost nothing. */
  readonly valueLost?: ReadonlyMap<string, number> | ((customerId: string) => number | null | undefined);
  /** `"customers"` (default): the most frequent reason first. `"value"`: the one with which most was lost. */
  readonly rankBy?: "customers" | "value";
}

/** One reason, and how many inactive customers gave it. */
export interface LapseReason {
  /** Why. */
  readonly reason: string;
  /** Number of inactive customers. */
  readonly customers: number;
  /** Of the inactive customers of whom a reason is known. Shares sum beyond 1 where some gave several reasons. */
  readonly share: Rate;
  /** What was lost with those customers, each with all that was lost; `null` when no `valueLost` is given. */
  readonly valueLost: number | null;
}

/** Why customers became inactive. */
export interface LapseReasons {
  /** From the most frequent, or the dearest; equal ones by name. */
  readonly reasons: readonly LapseReason[];
  /** Of how many of the inactive customers a reason is known; `null` when nobody is inactive. */
  readonly known: Rate;
  /** Records of others: of active customers (who came back), of people who never bought, of strangers. Not counted. */
  readonly recordsOfOthers: number;
  /** Records from outside `[since, until)`. Not counted. */
  readonly recordsOutside: number;
}

/**
 * Why did the inactive customers stop buying?
 *
 * The list is where prevention starts. It speaks for those who gave a reason: look at `known` before you act on it. A
 * reason of years ago says little about this year's lapse: `since` leaves it out.
 *
 * @param statuses - The result of `lifecycleStatus` or `customerPyramid`.
 * @param records - A reason a record; a customer counts once for each different reason.
 * @param options - From when until when reasons count, what was lost with each customer, and by which of the two to rank.
 * @returns The reasons, among the inactive customers alone.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a record has no customer id or no reason, or no instant where a
 * window is given; `INVALID_ARGUMENT`; `UNKNOWN_TIME_ZONE`.
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
  options: LapseReasonOptions = {},
): LapseReasons {
  const { rankBy = "customers", valueLost } = options;
  assertOneOf(rankBy, "options.rankBy", ["customers", "value"]);
  assertArgument(
    rankBy === "customers" || valueLost !== undefined,
    "options.valueLost",
    () => "options.valueLost is missing: pass what was lost with each customer, to rank by value",
  );
  const at = instantsOf(records, options);
  const { since, until } = windowOf(options);
  const { customerId, status } = statuses.members.columns;
  const inactive = new Set(customerId.filter((_, row) => status[row] === "inactive"));
  const byReason = new Map<string, Set<string>>();
  const known = new Set<string>();
  let recordsOfOthers = 0;
  let recordsOutside = 0;
  for (const [row, record] of records.entries()) {
    const id = String(record.customerId);
    if (at[row] < since || at[row] >= until) {
      recordsOutside++;
    } else if (!inactive.has(id)) {
      recordsOfOthers++;
    } else {
      known.add(id);
      const customers = byReason.get(record.reason) ?? new Set();
      byReason.set(record.reason, customers.add(id));
    }
  }
  const reasons = [...byReason].map(([reason, customers]) => ({
    reason,
    customers: customers.size,
    share: ratio(customers.size, known.size, "inactive customers with a reason"),
    valueLost: valueLost === undefined ? null : sumLost(customers, valueLost),
  }));
  const weight = ({ customers, valueLost: lost }: LapseReason): number =>
    rankBy === "value" ? (lost ?? 0) : customers;
  return {
    reasons: reasons.sort((a, b) => weight(b) - weight(a) || (a.reason < b.reason ? -1 : 1)),
    known: ratio(known.size, inactive.size, "inactive customers"),
    recordsOfOthers,
    recordsOutside,
  };
}

function windowOf({ since, until, timeZone }: LapseReasonOptions): { since: number; until: number } {
  return {
    since: since === undefined ? Number.NEGATIVE_INFINITY : epochMs(since, "options.since", timeZone),
    until: until === undefined ? Number.POSITIVE_INFINITY : epochMs(until, "options.until", timeZone),
  };
}

/** In order of the ids, so that the sum of fractions does not depend on the order of the records. */
function sumLost(
  customers: ReadonlySet<string>,
  valueLost: NonNullable<LapseReasonOptions["valueLost"]>,
): number {
  let sum = 0;
  for (const id of [...customers].sort()) {
    const value: unknown = (typeof valueLost === "function" ? valueLost(id) : valueLost.get(id)) ?? 0;
    const path = `options.valueLost of customer ${shown(id)}`;
    assertFinite(value, path);
    assertArgument(value >= 0, path, () => `${path} is ${value}: pass zero or more`);
    sum += value;
  }
  return sum;
}

/** Epoch milliseconds of each record, checked; NaN, which no window leaves out, where none is given and none is needed. */
function instantsOf(records: readonly LapseReasonRecord[], options: LapseReasonOptions): Float64Array {
  assertArgument(
    Array.isArray(records),
    "records",
    () => `records is ${shown(records)}: pass an array of { customerId, reason }`,
  );
  const problems: RowProblem[] = [];
  const isWindowed = options.since !== undefined || options.until !== undefined;
  const at = new Float64Array(records.length).fill(Number.NaN);
  for (const [row, record] of records.entries()) {
    const { customerId, reason }: Partial<LapseReasonRecord> = record ?? {};
    if (!((typeof customerId === "string" && customerId !== "") || Number.isSafeInteger(customerId)))
      problems.push({
        row,
        field: "customerId",
        reason: "is not text or a whole number, or is empty",
        value: customerId,
      });
    if (typeof reason !== "string" || reason === "")
      problems.push({ row, field: "reason", reason: "is not text, or is empty", value: reason });
    const given = record?.at ?? null;
    if (given === null) {
      if (isWindowed)
        problems.push({
          row,
          field: "at",
          reason: "is missing, which since and until need",
          value: undefined,
        });
      continue;
    }
    try {
      at[row] = epochMs(given, "at", options.timeZone);
    } catch (error) {
      if (!(error instanceof ClienteleError) || error.code !== "INVALID_ARGUMENT") throw error;
      problems.push({ row, field: "at", reason: "is no instant", value: given });
    }
  }
  if (problems.length > 0) throw invalidRows(problems, problems.length, "records");
  return at;
}
