import { assertOptions } from "../../core/assert.js";
import type { Table } from "../../core/table.js";
import { isLog, type TransactionLog } from "../../history/log-columns.js";
import { bridgeOf } from "./bridge-of-sides.js";
import { sidesOfRows } from "./bridge-rows.js";
import { sidesOfLog } from "./bridge-sides.js";
import type {
  ProfitBridgeLogOptions,
  ProfitBridgeOptions,
  ProfitBridgeRow,
  ProfitBridgeRowColumns,
} from "./profit-bridge-input.js";
import type { ProfitBridge } from "./profit-bridge-result.js";

/**
 * Why is profit not what it was: customers lost and won, volume, mix, prices, or costs?
 *
 * First come customers lost and won, each with all of their profit. Of those who stayed, in this order (Shank & Churchill
 * 1977): volume, more or fewer units at the unit margin that the customer had before; mix, other shares of products at
 * theirs; price and unit cost of what is bought in both periods, at the quantities of after; cost to serve. A product new to a
 * customer counts at its margin of after, as mix. The order decides to which effect a joint change belongs;
 * `method: "symmetric"` takes the mean of both directions (Bennet 1920; Diewert 2005), and swapping the periods then turns all signs round.
 *
 * The effects are computed customer by customer, summed and rounded once by largest remainder: they add up to the change to
 * the last minor unit. Units of all products are added up, so they must be comparable; where some are sold by the kilogram and
 * others by the piece, volume and mix are only meaningful together.
 *
 * @param log - A transaction log with quantities and costs, and with products for mix.
 * @param options - `asOf`, the windows `before` and `after`, `costToServe` (hours at `hourlyRate`), `method`.
 * @returns Both ends, the effects, and where they arose.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the log has no quantities or costs, a window is empty, not over or
 * overlaps the other; `INVALID_ROWS` for unusable costs; `UNKNOWN_TIME_ZONE`, `UNSAFE_INTEGER`.
 * @example
 * ```ts
 * import { profitBridge, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2023-03-01", amount: 1000, cost: 600, quantity: 10 },
 *     { customerId: "budi", at: "2023-05-01", amount: 500, cost: 300, quantity: 5 },
 *     { customerId: "ani", at: "2024-03-01", amount: 1320, cost: 720, quantity: 12 },
 *   ],
 *   { currency: "IDR" },
 * );
 * const { before, after, effects } = profitBridge(log, {
 *   asOf: "2025-01-01",
 *   before: { start: "2023-01-01", end: "2024-01-01" },
 *   after: { start: "2024-01-01", end: "2025-01-01" },
 * });
 * [before.profit, after.profit]; // => [600, 600]
 * effects; // => { lost: -200, won: 0, volume: 80, mix: 0, price: 120, costOfGoods: 0, costToServe: 0, other: 0 }
 * ```
 */
export function profitBridge(log: TransactionLog, options: ProfitBridgeLogOptions): ProfitBridge;
/**
 * The same from what was bought in each period, computed elsewhere.
 *
 * @param before - One row for each customer and product, or a table of these columns; who bought has units or revenue above zero.
 * @param after - The same of the second period.
 * @param options - `method`.
 * @returns Both ends, the effects, and where they arose.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a row has no customer, its units are not finite or its money is not whole;
 * `INVALID_ARGUMENT`, `UNKNOWN_COLUMN`, `UNSAFE_INTEGER`.
 * @example
 * ```ts
 * import { profitBridge } from "clientele";
 *
 * const before = [
 *   { customerId: "ani", productId: "tea", quantity: 10, revenue: 1000, costOfGoods: 600, costToServe: 50 },
 *   { customerId: "ani", productId: "cup", quantity: 10, revenue: 2000, costOfGoods: 1000 },
 * ];
 * const after = [
 *   { customerId: "ani", productId: "tea", quantity: 5, revenue: 550, costOfGoods: 300, costToServe: 30 },
 *   { customerId: "ani", productId: "cup", quantity: 15, revenue: 3000, costOfGoods: 1650 },
 * ];
 * const { change, effects } = profitBridge(before, after);
 * change; // => 220
 * effects; // => { lost: 0, won: 0, volume: 0, mix: 300, price: 50, costOfGoods: -150, costToServe: 20, other: 0 }
 * ```
 */
export function profitBridge(
  before: readonly ProfitBridgeRow[] | Table<ProfitBridgeRowColumns>,
  after: readonly ProfitBridgeRow[] | Table<ProfitBridgeRowColumns>,
  options?: ProfitBridgeOptions,
): ProfitBridge;
export function profitBridge(
  first: TransactionLog | readonly ProfitBridgeRow[] | Table<ProfitBridgeRowColumns>,
  second: ProfitBridgeLogOptions | readonly ProfitBridgeRow[] | Table<ProfitBridgeRowColumns>,
  options: ProfitBridgeOptions = {},
): ProfitBridge {
  if (isLog(first)) {
    const asked = second as ProfitBridgeLogOptions;
    assertOptions(asked, "{ asOf, before, after }");
    const { sides, windows, timeZone } = sidesOfLog(first, asked);
    return bridgeOf(sides, asked, { currency: first.currency, windows, timeZone });
  }
  assertOptions(options);
  const rows = second as readonly ProfitBridgeRow[] | Table<ProfitBridgeRowColumns>;
  return bridgeOf(sidesOfRows(first, rows), options, { currency: null, windows: null, timeZone: null });
}
