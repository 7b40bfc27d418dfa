import { type RejectedRow, type TransactionLog, type TransactionRow, transactionLogBuilder } from "clientele";
import { type FileLayout, findLayout } from "./file-layout.js";
import { inputError } from "./input-error.js";
import type { FileOptions } from "./options.js";
import { readRecords } from "./read-records.js";
import { describeReject, type RejectedLine, rejectedLines } from "./rejected-lines.js";
import { rowReader } from "./row-reader.js";

/** A file of transactions, read. */
export interface LoadedTransactions {
  readonly log: TransactionLog;
  readonly layout: FileLayout;
  /** Rows below the header, good and bad. */
  readonly rowsRead: number;
  /** How many of them were rejected. */
  readonly rejected: number;
  /** The first few of the rejected ones. */
  readonly firstRejects: readonly RejectedLine[];
  /** What may help against the most usual reason; often none. */
  readonly hint: readonly string[];
  /** Goes through all of the rejected ones, by reading the file again. */
  readonly rejects: () => AsyncGenerator<RejectedLine>;
}

/** Rows are handed to the log in batches, so that a long file never stands in memory as objects. */
const BATCH = 10_000;

const FIRST = 20;

/**
 * Reads the user's file into a transaction log.
 *
 * @param onProgress - Called with bytes read and rows read.
 */
export async function loadTransactions(
  options: FileOptions,
  onProgress?: (bytes: number, rows: number) => void,
): Promise<LoadedTransactions> {
  const layout = await findLayout(options);
  const readRow = rowReader(layout, options);
  const { zone: timeZone, unlinkedRefunds, transactions: path } = options;
  const builder = transactionLogBuilder({ currency: layout.currency, timeZone, unlinkedRefunds });
  let rowsRead = 0;
  let unreadable = 0;
  let batch: TransactionRow[] = [];
  const progress = (bytes: number) => onProgress?.(bytes, rowsRead);
  for await (const { cells } of dataRecords(path, layout, progress)) {
    rowsRead++;
    const { row } = readRow(cells);
    if (row) batch.push(row);
    else unreadable++;
    if (batch.length >= BATCH) {
      builder.add(batch);
      batch = [];
    }
  }
  builder.add(batch);
  const { log, rejects: refused } = builder.collect();
  const rejects = () => rejectedLines(dataRecords(path, layout), readRow, layout, refused);
  const rejected = unreadable + refused.length;
  const firstRejects = rejected > 0 ? await firstOf(rejects(), FIRST) : [];
  const hint = unlinkedRefunds === "reject" ? refundHint(refused) : [];
  assertUsable(options, { rowsRead, rejected, firstRejects, hint });
  return { log, layout, rowsRead, rejected, firstRejects, hint, rejects };
}

/** The records below the header. */
async function* dataRecords(path: string, layout: FileLayout, onBytes?: (bytes: number) => void) {
  let skip = layout.hasHeader;
  for await (const record of readRecords(path, layout.delimiter, onBytes)) {
    if (skip) skip = false;
    else yield record;
  }
}

/** A file of which most rows are bad was misread: an analysis of the rest would mislead. */
function assertUsable(
  { transactions, strict }: FileOptions,
  {
    rowsRead,
    rejected,
    firstRejects,
    hint,
  }: Pick<LoadedTransactions, "rowsRead" | "rejected" | "firstRejects" | "hint">,
): void {
  if (rejected === 0 || (!strict && rejected <= rowsRead / 2)) return;
  const lines = firstRejects.map((reject) => `  ${describeReject(reject)}`);
  const more = rejected > lines.length ? [`  ... and ${rejected - lines.length} more`] : [];
  const heading = `${transactions}: ${rejected} of ${rowsRead} rows cannot be used`;
  throw inputError([heading, ...lines, ...more, ...hint].join("\n"));
}

/** Negative amounts are the most usual reason, and there is an option for them. */
function refundHint(refused: readonly RejectedRow[]): string[] {
  const unlinked = refused.some(({ problems }) =>
    problems.some(
      ({ field, reason }) => field === "refundOf" || reason.startsWith("is negative on a purchase"),
    ),
  );
  return unlinked
    ? ["Negative amounts that name no purchase count at their own date with --unlinked-refunds accept"]
    : [];
}

async function firstOf<T>(items: AsyncGenerator<T>, count: number): Promise<T[]> {
  const first: T[] = [];
  for await (const item of items) {
    first.push(item);
    if (first.length === count) break;
  }
  return first;
}
