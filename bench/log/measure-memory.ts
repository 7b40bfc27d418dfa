/**
 * Builds one log in a process of its own and prints, as one line of JSON, what it keeps in memory: once with customer,
 * instant and amount alone, once with everything that a row can have.
 *
 * Two ways of measuring that must agree: the lengths of the columns, and what the process holds more than before.
 */
import { type TransactionLog, type TransactionRow, transactionLogBuilder } from "clientele";
import { idTexts, randomSource, type SalesOptions, salesData } from "./sales-data.js";

/** Bytes a row that a log keeps. */
export interface Memory {
  readonly rows: number;
  /** Typed arrays: all columns but the ids. */
  readonly columns: number;
  /** The arrays that point to id strings: one of customers, one of transactions. */
  readonly idPointers: number;
  /** All that the process holds more with the log than without, id strings among it. */
  readonly held: number;
  /** What is held beyond columns and pointers: the id strings. */
  readonly idStrings: number;
  readonly peakBytes: number;
}

const BATCH = 65_536;
const CHANNELS = ["web", "shop", "phone"];

const [what, options] = JSON.parse(process.argv[2] ?? "null") as ["three" | "all", SalesOptions];
const data = salesData(options);
const before = heldBytes();
const log = build();
const held = heldBytes() - before;
const columns = typedBytes(log);
const idPointers = 8 * (log.customerIds.length + (log.ids?.length ?? 0));
const a = (bytes: number) => bytes / log.length;
const memory: Memory = {
  rows: log.length,
  columns: a(columns),
  idPointers: a(idPointers),
  held: a(held),
  idStrings: a(held - columns - idPointers),
  peakBytes: process.resourceUsage().maxRSS * 1_024,
};
console.log(JSON.stringify(memory));

/** Rows come in batches and are forgotten, so that only the log is left. */
function build(): TransactionLog {
  const builder = transactionLogBuilder({ currency: "IDR" });
  const random = randomSource(7);
  for (let first = 0; first < data.at.length; first += BATCH) {
    const end = Math.min(first + BATCH, data.at.length);
    builder.add(what === "all" ? allFields(first, end, random) : threeFields(first, end));
  }
  return builder.build();
}

function threeFields(first: number, end: number): TransactionRow[] {
  const ids = idTexts(data.customerId.subarray(first, end));
  return ids.map((customerId, i) => ({ customerId, at: data.at[first + i], amount: data.amount[first + i] }));
}

/** One row in twenty is the refund of the row before. */
function allFields(first: number, end: number, random: () => number): TransactionRow[] {
  const customers = idTexts(data.customerId.subarray(first, end));
  const ids = idTexts(Int32Array.from(customers, (_, i) => first + i));
  return customers.map((customerId, i) => {
    const row = { id: ids[i], customerId, at: data.at[first + i], amount: data.amount[first + i] };
    const cost = Math.floor(row.amount * 0.6);
    const productId = `P${Math.floor(random() ** 2 * 500)}`;
    const channel = CHANNELS[i % CHANNELS.length];
    if (i % 20 !== 1) return { ...row, cost, productId, channel };
    const refund = { ...row, customerId: customers[i - 1], refundOf: ids[i - 1] };
    return {
      ...refund,
      at: Math.max(data.at[first + i - 1], row.at),
      amount: -1,
      cost: 0,
      productId,
      channel,
    };
  });
}

function typedBytes(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return 0;
  return Object.values(value).reduce((sum: number, part) => sum + typedBytes(part), 0);
}

function heldBytes(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
