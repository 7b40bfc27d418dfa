import { shown } from "../core/assert.js";
import { ClienteleError } from "../core/errors.js";
import type { RejectedRow } from "../core/row-problems.js";

/** A column of texts that repeat: `values[codes[row]]` is the text of a row. */
export interface TextColumn {
  /** By row, the place of its text in `values`. */
  readonly codes: Uint8Array | Uint16Array | Uint32Array;
  /** The distinct texts in order of first appearance in the input, after a `null` where some row has none. */
  readonly values: readonly (string | null)[];
}

/**
 * What every customer bought and gave back, as columns: rows stand customer by customer, and in order of time inside
 * each customer (ties in the order of the input).
 *
 * A plain object that survives `structuredClone`, so that it can go to a worker; `at` and `amount` are halves of one
 * buffer, which a transfer list names once. Read it through the functions of `clientele/history`; the columns are
 * documented for those who write a metric of their own.
 */
export interface TransactionLog {
  /** Tells a log from other objects. */
  readonly kind: "TransactionLog";
  /** Layout of the columns; a log of another version is refused. */
  readonly version: 1;
  /** ISO 4217 code of all amounts. */
  readonly currency: string;
  /** IANA zone that metrics use when they are given none. */
  readonly timeZone: string;
  /** Number of rows. */
  readonly length: number;
  /** Customer ids: whole numbers ascending, text in order of first appearance in the input. */
  readonly customerIds: readonly string[];
  /** Whether the ids came in as whole numbers or as text. */
  readonly customerKeys: "integer" | "text";
  /** Instant of the earliest row, epoch milliseconds; `null` without rows. */
  readonly firstAt: number | null;
  /** Instant of the latest row, epoch milliseconds; `null` without rows. */
  readonly lastAt: number | null;
  /** Rows of customer c: `offsets[c]` up to, not including, `offsets[c + 1]`. */
  readonly offsets: Uint32Array;
  /** Epoch milliseconds, by row. */
  readonly at: Float64Array;
  /** Minor units of `currency`, by row; a refund's is negative or zero. */
  readonly amount: Float64Array;
  /** For a refund, the row of its purchase; -1 for a purchase, -2 for a refund of no particular purchase. `null`: no refunds at all. */
  readonly purchaseRow: Int32Array | null;
  /** Minor units, by row; `null` when the input has none. */
  readonly cost: Float64Array | null;
  /** Units, by row; `null` when the input has none. */
  readonly quantity: Float64Array | null;
  /** Product by row; `null` when the input has none. */
  readonly product: TextColumn | null;
  /** Channel by row; `null` when the input has none. */
  readonly channel: TextColumn | null;
  /** Transaction ids by row (`null` where a row has none); `null` when the input has none. */
  readonly ids: readonly (string | null)[] | null;
  /** Amount (minor units) and currency before conversion, by row; `null` when nothing was converted. */
  readonly original: { readonly amount: Float64Array; readonly currency: TextColumn } | null;
}

/** The good rows as a log, and every row that was left out. */
export interface CollectedTransactionLog {
  /** Built from the good rows alone. */
  readonly log: TransactionLog;
  /** Every bad row, in the order of the input; none is dropped in silence. */
  readonly rejects: readonly RejectedRow[];
}

/** Tells a log, of whatever version, from rows and tables, which do not say what they are. @internal */
export function isLog(input: unknown): input is TransactionLog {
  return typeof input === "object" && input !== null && "kind" in input;
}

/** Refuses what is not a log of this version. @internal */
export function assertLog(log: unknown, path = "log"): asserts log is TransactionLog {
  const candidate = log as Partial<TransactionLog> | null | undefined;
  if (typeof candidate === "object" && candidate?.kind === "TransactionLog" && candidate.version === 1)
    return;
  throw new ClienteleError(
    "INVALID_ARGUMENT",
    path,
    `${path} is ${shown(log)}: pass the result of transactionLog() of this version`,
  );
}
