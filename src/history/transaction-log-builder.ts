import { assertArgument, assertOneOf, shown } from "../core/assert.js";
import { assertCurrency } from "../core/currency.js";
import { ClienteleError } from "../core/errors.js";
import { invalidRows, type RejectedRow, type RowProblem } from "../core/row-problems.js";
import { assertTimeZone } from "../core/time-zone.js";
import { checkAcrossRows } from "./cross-row-checks.js";
import type { CollectedTransactionLog, TransactionLog } from "./log-columns.js";
import { logFromStage } from "./log-from-stage.js";
import { rejectedRows, withoutRows } from "./reject-rows.js";
import { assertColumns, stageCleanColumns, stageColumnRows } from "./stage-columns.js";
import { type IntakeRules, stageRow } from "./stage-row.js";
import {
  closeStage,
  emptyStage,
  growStage,
  noteInputRows,
  ownStage,
  type StagedRows,
} from "./staged-rows.js";
import type { TransactionColumns, TransactionLogOptions, TransactionRow } from "./transaction-row.js";

/** Takes records batch by batch, as a stream delivers them, and makes one log of all. */
export interface TransactionLogBuilder {
  /** Checks one batch and keeps its good rows. */
  readonly add: (records: Iterable<TransactionRow> | TransactionColumns) => void;
  /** Rows taken in so far, good and bad. */
  readonly rowsRead: () => number;
  /** The log, or an error that lists the first bad rows and their number. Ends the builder. */
  readonly build: () => TransactionLog;
  /** The log of the good rows, and all bad rows. Ends the builder. */
  readonly collect: () => CollectedTransactionLog;
}

const PROGRESS_EVERY = 65_536;

/**
 * How do I build a log from a stream that does not fit in memory as objects?
 *
 * @param options - As for {@link transactionLog}.
 * @returns A builder; row numbers in its messages count over all batches.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` or `UNKNOWN_TIME_ZONE` for bad options, `ABORTED` from `add` when
 * the signal fires, `INVALID_ROWS` from `build`.
 * @example
 * ```ts
 * import { transactionLogBuilder } from "clientele";
 *
 * const builder = transactionLogBuilder({ currency: "IDR", timeZone: "Asia/Jakarta" });
 * builder.add([{ customerId: "ani", at: "2024-01-31", amount: 150_000_00 }]);
 * builder.add([{ customerId: "ani", at: "2024-02-29", amount: 80_000_00 }]);
 * builder.build().length; // => 2
 * ```
 */
export function transactionLogBuilder(options: TransactionLogOptions): TransactionLogBuilder {
  return builderOnStage(emptyStage(0), options);
}

/** A builder whose first rows are already on the stage. @internal */
export function builderOnStage(first: StagedRows, options: TransactionLogOptions): TransactionLogBuilder {
  const rules = intakeRules(options);
  let stage = first;
  let rowsRead = 0;
  let ended = false;
  const rejects: RejectedRow[] = [];

  const take = (record: unknown, problems: RowProblem[] | null) => {
    if (problems) {
      noteInputRows(stage);
      rejects.push({ row: rowsRead, record, problems });
    }
    rowsRead++;
    if (rowsRead % PROGRESS_EVERY === 0) {
      options.onProgress?.(rowsRead);
      assertNotAborted(options.signal);
    }
  };

  const add = (records: Iterable<TransactionRow> | TransactionColumns) => {
    assertOpen(ended);
    assertNotAborted(options.signal);
    assertArgument(
      typeof records === "object" && records !== null,
      "records",
      () => `records is ${shown(records)}: pass an iterable of records, or columns`,
    );
    if (isIterable(records)) {
      stage = ownStage(stage);
      if (Array.isArray(records)) growStage(stage, stage.length + records.length);
      for (const record of records) take(record, stageRow(stage, record, rules, rowsRead));
      return;
    }
    assertColumns(records);
    const clean = rowsRead === 0 && stage.length === 0 ? stageCleanColumns(records) : null;
    if (clean) {
      stage = clean;
      rowsRead = clean.length;
      options.onProgress?.(rowsRead);
      return;
    }
    stage = ownStage(stage);
    stageColumnRows(stage, records, rules, rowsRead, take);
  };

  /** Leaves out rows until no rule is broken: a refund goes with its purchase, so that one pass is not enough. */
  const finishRejects = (): Int32Array | null => {
    assertOpen(ended);
    assertNotAborted(options.signal);
    ended = true;
    closeStage(stage);
    let findings = checkAcrossRows(stage, rules.acceptUnlinkedRefunds);
    while (findings.problems.size > 0) {
      for (const reject of rejectedRows(stage, findings.problems)) rejects.push(reject);
      stage = withoutRows(stage, findings.problems, rules.currency);
      findings = checkAcrossRows(stage, rules.acceptUnlinkedRefunds);
    }
    rejects.sort((left, right) => left.row - right.row);
    return findings.purchaseOf;
  };

  const collect = (): CollectedTransactionLog => {
    const purchaseOf = finishRejects();
    return { log: logFromStage(stage, purchaseOf, rules), rejects };
  };

  const build = (): TransactionLog => {
    const purchaseOf = finishRejects();
    if (rejects.length === 0) return logFromStage(stage, purchaseOf, rules);
    const problems = rejects.flatMap((reject) => reject.problems);
    throw invalidRows(problems, problems.length, "transactions");
  };

  return { add, rowsRead: () => rowsRead, build, collect };
}

function intakeRules(options: TransactionLogOptions): IntakeRules {
  assertArgument(
    typeof options === "object" && options !== null,
    "options",
    () => `options is ${shown(options)}: pass { currency }`,
  );
  const { currency, timeZone = "UTC", rate, unlinkedRefunds = "reject" } = options;
  assertCurrency(currency, "options.currency");
  assertTimeZone(timeZone, "options.timeZone");
  assertArgument(
    rate === undefined || typeof rate === "function",
    "options.rate",
    () => `options.rate is ${shown(rate)}: pass a function of a currency and an instant`,
  );
  assertOneOf(unlinkedRefunds, "options.unlinkedRefunds", ["reject", "accept"]);
  return { currency, timeZone, rate, acceptUnlinkedRefunds: unlinkedRefunds === "accept" };
}

function isIterable(
  records: Iterable<TransactionRow> | TransactionColumns,
): records is Iterable<TransactionRow> {
  return Symbol.iterator in records;
}

function assertOpen(ended: boolean): void {
  if (!ended) return;
  throw new ClienteleError("INVALID_ARGUMENT", "builder", "this builder has built its log: start a new one");
}

function assertNotAborted(signal: TransactionLogOptions["signal"]): void {
  if (signal?.aborted) throw new ClienteleError("ABORTED", "options.signal", "building the log was aborted");
}
