import type { KnownFacts } from "../../history/known-facts.js";
import type { FeeOfRow } from "./payment-fees.js";

/** What a log says of each customer, or of each customer and key (channel, product, period), inside a window. @internal */
export interface LogCells {
  /** Place in the log's list of customers, ascending. */
  readonly customer: Uint32Array;
  readonly key: Uint32Array;
  /** Qualifying purchases. */
  readonly orders: Float64Array;
  /** All purchases, those that came back and those that do not qualify too: each of them was work. */
  readonly purchases: Float64Array;
  readonly units: Float64Array;
  /** Before returns. */
  readonly sales: Float64Array;
  readonly net: Float64Array;
  readonly cost: Float64Array;
  readonly payment: Float64Array;
}

/** A key for each row: a code from 0 up to, not including, `count`. @internal */
export interface RowKeys {
  readonly count: number;
  readonly of: (row: number) => number;
}

/** One key for all rows. @internal */
export const NO_KEYS: RowKeys = { count: 1, of: () => 0 };

/**
 * Adds up the rows in the window. A refund that takes effect at its purchase is no row of its own.
 *
 * @internal
 */
export function logCells(
  { log, end, net: netOf, cost: costOf, quantity, qualifies }: KnownFacts,
  window: { readonly start: number; readonly end: number },
  keys: RowKeys,
  feeOf: FeeOfRow | null,
  movesRefunds: boolean,
): LogCells {
  const { offsets, at, amount, purchaseRow } = log;
  const most = Math.min(log.length, end.length * keys.count);
  const customer = new Uint32Array(most);
  const key = new Uint32Array(most);
  const [orders, purchases, units, sales, net, cost, payment] = Array.from(
    { length: 7 },
    () => new Float64Array(most),
  );
  let cells = 0;
  const cellOfKey = new Int32Array(keys.count).fill(-1);
  for (let who = 0; who < end.length; who++) {
    for (let row = offsets[who]; row < end[who]; row++) {
      if (at[row] < window.start || at[row] >= window.end) continue;
      const purchase = purchaseRow ? purchaseRow[row] : -1;
      if (movesRefunds && purchase >= 0) continue;
      const rowKey = keys.of(row);
      let cell = cellOfKey[rowKey];
      if (cell < 0 || customer[cell] !== who) {
        cell = cells++;
        cellOfKey[rowKey] = cell;
        customer[cell] = who;
        key[cell] = rowKey;
      }
      if (purchase === -1) {
        sales[cell] += amount[row];
        purchases[cell]++;
        if (!qualifies || qualifies[row] === 1) orders[cell]++;
      }
      net[cell] += netOf[row];
      if (costOf) cost[cell] += costOf[row];
      if (quantity) units[cell] += quantity[row];
      if (feeOf) payment[cell] += feeOf(row, who);
    }
  }
  return {
    customer: customer.subarray(0, cells),
    key: key.subarray(0, cells),
    orders: orders.subarray(0, cells),
    purchases: purchases.subarray(0, cells),
    units: units.subarray(0, cells),
    sales: sales.subarray(0, cells),
    net: net.subarray(0, cells),
    cost: cost.subarray(0, cells),
    payment: payment.subarray(0, cells),
  };
}
