import { assertArgument, assertOneOf, shown } from "../core/assert.js";
import type { TimeWindow } from "../core/duration.js";
import { epochMs } from "../core/instant.js";
import { safeInteger } from "../core/safe-integer.js";
import { assertTimeZone } from "../core/time-zone.js";
import { windowBeforeAsOf } from "../core/window-option.js";
import { assertLog, type TransactionLog } from "./log-columns.js";
import { logRow } from "./log-row.js";
import type { LogMetricOptions, WindowedMetricOptions } from "./metric-options.js";

/**
 * A log as it was known at `asOf`: the one place where "not yet happened", refunds and qualifying are decided.
 *
 * Customer c has the rows from `log.offsets[c]` up to, not including, `end[c]`. A row counts `net`, `cost` and `quantity`
 * at its own instant: with refunds attributed to purchases, a linked refund's row counts zero and its purchase's less.
 *
 * @internal
 */
export interface KnownFacts {
  readonly log: TransactionLog;
  /** Epoch milliseconds. */
  readonly asOf: number;
  readonly timeZone: string;
  readonly end: Uint32Array;
  readonly net: Float64Array;
  readonly cost: Float64Array | null;
  readonly quantity: Float64Array | null;
  /** 1 where the row is a qualifying purchase; `null` when every known row is. */
  readonly qualifies: Uint8Array | null;
}

/** Reads a log as of an instant. Without refunds and predicate nothing is copied. @internal */
export function knownFacts(log: TransactionLog, options: LogMetricOptions): KnownFacts {
  assertLog(log);
  assertArgument(
    typeof options === "object" && options !== null,
    "options",
    () => `options is ${shown(options)}: pass { asOf }`,
  );
  const { timeZone = log.timeZone, refundAttribution = "purchase" } = options;
  assertTimeZone(timeZone, "options.timeZone");
  assertOneOf(refundAttribution, "options.refundAttribution", ["purchase", "transaction"]);
  assertArgument(
    options.qualifies === undefined || typeof options.qualifies === "function",
    "options.qualifies",
    () => `options.qualifies is ${shown(options.qualifies)}: pass a function of a purchase`,
  );
  const asOf = epochMs(options.asOf, "options.asOf", timeZone);
  const end = endOfKnownRows(log, asOf);
  const moved = refundAttribution === "purchase";
  const netOfRefunds = withRefunds(log, log.amount, end, true);
  return {
    log,
    asOf,
    timeZone,
    end,
    net: moved ? netOfRefunds : log.amount,
    cost: log.cost && withRefunds(log, log.cost, end, moved),
    quantity: log.quantity && withRefunds(log, log.quantity, end, moved),
    qualifies: qualifyingRows(log, end, netOfRefunds, options.qualifies),
  };
}

/** The part of the known time that a metric looks at, in epoch milliseconds; its end is never after `asOf`. @internal */
export function metricWindow(facts: KnownFacts, { window }: WindowedMetricOptions): TimeWindow {
  return windowBeforeAsOf(window, facts);
}

/** A customer's sum, if it is exact (-0 becomes 0); the name of the sum is only put together where it is not. @internal */
export function exactSum(sum: number, customerId: string): number {
  return Number.isSafeInteger(sum) ? sum + 0 : safeInteger(sum, "log", `the sum of customer ${customerId}`);
}

function endOfKnownRows({ offsets, at, lastAt, customerIds }: TransactionLog, asOf: number): Uint32Array {
  if (lastAt === null || lastAt < asOf) return offsets.subarray(1);
  const end = new Uint32Array(customerIds.length);
  for (let customer = 0; customer < end.length; customer++) {
    const start = offsets[customer];
    let row = offsets[customer + 1];
    while (row > start && at[row - 1] >= asOf) row--;
    end[customer] = row;
  }
  return end;
}

/** A column with the known linked refunds moved into their purchases; the column itself when there are none. */
function withRefunds(
  log: TransactionLog,
  column: Float64Array,
  end: Uint32Array,
  move: boolean,
): Float64Array {
  const { purchaseRow, offsets } = log;
  if (!purchaseRow || !move) return column;
  const moved = column.slice();
  for (let customer = 0; customer < end.length; customer++) {
    for (let row = offsets[customer]; row < end[customer]; row++) {
      const purchase = purchaseRow[row];
      if (purchase < 0) continue;
      moved[purchase] += column[row];
      moved[row] = 0;
    }
  }
  return moved;
}

function qualifyingRows(
  log: TransactionLog,
  end: Uint32Array,
  netOfRefunds: Float64Array,
  predicate: LogMetricOptions["qualifies"],
): Uint8Array | null {
  const { purchaseRow, offsets } = log;
  if (!purchaseRow && !predicate) return null;
  const { amount, left } = paidAndLeft(log, end, netOfRefunds);
  const qualifies = new Uint8Array(log.length);
  for (let customer = 0; customer < end.length; customer++) {
    for (let row = offsets[customer]; row < end[customer]; row++) {
      if (purchaseRow && purchaseRow[row] !== -1) continue;
      const counts = predicate
        ? predicate(logRow(log, customer, row, netOfRefunds[row]))
        : amount[row] === 0 || left[row] > 0;
      qualifies[row] = counts ? 1 : 0;
    }
  }
  return qualifies;
}

/**
 * What was paid for each purchase and what the known refunds leave of it. In the currency in which it was paid, where
 * the log was converted: rates move between a purchase and its refund, and what was given back in full is not business.
 */
function paidAndLeft(log: TransactionLog, end: Uint32Array, netOfRefunds: Float64Array) {
  const { original, purchaseRow, offsets } = log;
  if (!original || !purchaseRow) return { amount: log.amount, left: netOfRefunds };
  const left = withRefunds(log, original.amount, end, true);
  const { codes } = original.currency;
  for (let customer = 0; customer < end.length; customer++) {
    for (let row = offsets[customer]; row < end[customer]; row++) {
      const purchase = purchaseRow[row];
      if (purchase >= 0 && codes[purchase] !== codes[row]) left[purchase] = netOfRefunds[purchase];
    }
  }
  return { amount: original.amount, left };
}
