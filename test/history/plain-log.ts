import * as fc from "fast-check";
import type { TransactionLogOptions, TransactionRow } from "../../src/history/transaction-row.js";
import { wallClock } from "./zone-clock.js";

// A second opinion on what a log says: plain objects, one rule after the other, as slow as it likes. Instants are read
// through Intl, sums are made row by row, and nothing is shared with the code under test but the shape of a record.

export interface PlainRow extends TransactionRow {
  readonly customerId: string;
  readonly at: number;
  readonly amount: number;
}

export interface PlainOptions {
  readonly asOf: number;
  readonly window?: { readonly start: number; readonly end: number };
  readonly refundAttribution?: "purchase" | "transaction";
  readonly timeZone: string;
}

const isRefund = (row: PlainRow) => row.refundOf != null || row.type === "refund";

/** A known row of one customer, with its effect on the sums and whether it is a purchase that counts. */
export interface PlainFact {
  readonly row: PlainRow;
  readonly isMovedRefund: boolean;
  readonly net: number;
  readonly cost: number;
  readonly quantity: number;
  readonly counts: boolean;
}

/** The facts of one customer before asOf and inside the window, in order of time. */
export function plainFacts(
  rows: readonly PlainRow[],
  customerId: string,
  options: PlainOptions,
  countsById?: (id: string | null) => boolean,
): PlainFact[] {
  const known = rows.filter((row) => row.at < options.asOf);
  const { start, end } = options.window ?? { start: -Infinity, end: Infinity };
  const moved = options.refundAttribution !== "transaction";
  const facts = known
    .filter((row) => row.customerId === customerId)
    .map((row): PlainFact => {
      const refunds = known.filter((other) => other.refundOf != null && other.refundOf === row.id);
      const isMovedRefund = moved && row.refundOf != null;
      const effect = (field: "amount" | "cost" | "quantity") => {
        if (isMovedRefund) return 0;
        const own = row[field] ?? 0;
        return moved ? refunds.reduce((sum, refund) => sum + (refund[field] ?? 0), own) : own;
      };
      const reversed = refunds.reduce((sum, refund) => sum - refund.amount, 0);
      const counts = countsById ? countsById(row.id ?? null) : row.amount === 0 || reversed < row.amount;
      return {
        row,
        isMovedRefund,
        net: effect("amount"),
        cost: effect("cost"),
        quantity: effect("quantity"),
        counts: !isRefund(row) && counts,
      };
    });
  return facts
    .filter(({ row }) => row.at >= start && row.at < end)
    .sort((left, right) => left.row.at - right.row.at);
}

export const sumOf = <T>(items: readonly T[], value: (item: T) => number): number =>
  items.reduce((sum, item) => sum + value(item), 0);

/** Local civil days, as text, with a purchase that counts. */
export function occasionsOf(facts: readonly PlainFact[], timeZone: string): string[] {
  const days = facts.filter(({ counts }) => counts).map(({ row }) => wallClock(row.at, timeZone).day);
  return [...new Set(days)];
}

export const ZONES = ["UTC", "Asia/Jakarta", "America/New_York", "Australia/Lord_Howe"] as const;

const HOUR = 3_600_000;
const START = Date.UTC(2023, 0, 1);

/** Instants of about 14 months with halves of hours, so that many share a day and some fall into a change of clocks. */
const instant = fc.integer({ min: 0, max: 2 * 24 * 420 }).map((halves) => START + halves * (HOUR / 2));

export interface PlainLog {
  readonly rows: readonly PlainRow[];
  readonly options: TransactionLogOptions;
}

/** Purchases and refunds of a few customers, in any order; a log has each optional column or has it not. */
export function plainLog({ distinctInstants = false } = {}): fc.Arbitrary<PlainLog> {
  const purchase = fc.record({
    customerId: fc.constantFrom("ani", "budi", "citra", "dewi"),
    at: instant,
    amount: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 1000 })),
    cost: fc.integer({ min: 0, max: 900 }),
    quantity: fc.integer({ min: 0, max: 9 }),
    productId: fc.constantFrom("tea", "rice", "salt", null),
    channel: fc.constantFrom("shop", "web", null),
    refunds: fc.array(
      fc.record({
        after: fc.integer({ min: 0, max: 4800 }),
        share: fc.constantFrom(0, 0.5, 1),
        linked: fc.boolean(),
      }),
      { maxLength: 2 },
    ),
  });
  const columns = fc.record({
    cost: fc.boolean(),
    quantity: fc.boolean(),
    product: fc.boolean(),
    refunds: fc.constantFrom("none", "linked", "any" as const),
  });
  return fc
    .tuple(fc.array(purchase, { maxLength: 20, size: "max" }), columns, fc.infiniteStream(fc.nat()))
    .map(([purchases, has, random]) => {
      const rows = purchases.flatMap(({ refunds, cost, quantity, productId, channel, ...bought }, number) => {
        const id = `T${number}`;
        const more = (sign: 1 | -1, share: number) => ({
          ...(has.cost ? { cost: sign * Math.round(cost * share) + 0 } : {}),
          ...(has.quantity ? { quantity: sign * Math.round(quantity * share) + 0 } : {}),
          ...(has.product ? { productId, channel } : {}),
        });
        const first: PlainRow = { id, ...bought, ...more(1, 1) };
        if (has.refunds === "none") return [first];
        return [
          first,
          ...refunds.map(
            ({ after, share, linked }): PlainRow => ({
              customerId: bought.customerId,
              at: bought.at + after * HOUR,
              amount: -Math.round(bought.amount * share) + 0,
              ...(linked || has.refunds === "linked" ? { refundOf: id } : { type: "refund" as const }),
              ...more(-1, share),
            }),
          ),
        ];
      });
      const shuffled = rows
        .map((row) => ({ row, place: random.next().value as number }))
        .sort((left, right) => left.place - right.place)
        .map(({ row }) => row);
      return {
        // Later by a millisecond each, so that no two instants are equal and refunds stay after their purchase.
        rows: distinctInstants ? rows.map((row, number) => ({ ...row, at: row.at + number })) : shuffled,
        options: { currency: "IDR", unlinkedRefunds: "accept" as const },
      };
    });
}

/** The options that every metric takes. */
export const plainOptions: fc.Arbitrary<PlainOptions> = fc
  .record({
    asOf: instant,
    edges: fc.option(fc.tuple(instant, instant), { nil: undefined }),
    refundAttribution: fc.constantFrom("purchase" as const, "transaction" as const, undefined),
    timeZone: fc.constantFrom(...ZONES),
  })
  .map(({ edges, ...options }) =>
    edges ? { ...options, window: { start: Math.min(...edges), end: Math.max(...edges) } } : options,
  );
