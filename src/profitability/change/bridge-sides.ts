import { assertArgument, shown } from "../../core/assert.js";
import type { TimeWindow } from "../../core/duration.js";
import { epochMs } from "../../core/instant.js";
import { encodeKeys } from "../../history/encode-keys.js";
import { type KnownFacts, knownFacts } from "../../history/known-facts.js";
import type { TransactionLog } from "../../history/log-columns.js";
import { type ReadCosts, readCosts } from "../statement/cost-sources.js";
import { FRACTIONS } from "../statement/exact-shares.js";
import { wholeAmounts } from "../statement/unrounded-lines.js";
import type { ProfitBridgeLogOptions } from "./profit-bridge-input.js";

/**
 * What customers bought and cost in one period. Customer c has the cells `cells[offsets[c]]` up to, not including,
 * `cells[offsets[c + 1]]`: places in the four columns, which are those of the log or of the rows themselves.
 *
 * @internal
 */
export interface BridgeSide {
  readonly offsets: Uint32Array;
  readonly cells: Uint32Array;
  /** Number of a product; a customer may have several cells of one product. */
  readonly product: ArrayLike<number>;
  readonly quantity: Float64Array;
  readonly revenue: Float64Array;
  readonly costOfGoods: Float64Array;
  /** By customer: 1 where they bought. */
  readonly bought: Uint8Array;
  /** By customer. */
  readonly costToServe: Float64Array;
}

/** Both periods of the same customers. @internal */
export interface BridgeSides {
  readonly customerIds: readonly string[];
  /** How many numbers of products there are. */
  readonly products: number;
  readonly byProduct: boolean;
  readonly before: BridgeSide;
  readonly after: BridgeSide;
}

interface BridgeWindows {
  readonly before: TimeWindow;
  readonly after: TimeWindow;
}

/** Both windows of a log. @internal */
export function sidesOfLog(
  log: TransactionLog,
  options: ProfitBridgeLogOptions,
): { readonly sides: BridgeSides; readonly windows: BridgeWindows; readonly timeZone: string } {
  const facts = knownFacts(log, options);
  const windows = { before: windowOf("before", options, facts), after: windowOf("after", options, facts) };
  assertArgument(
    windows.before.end <= windows.after.start || windows.after.end <= windows.before.start,
    "options.after",
    () => "options.after overlaps options.before: pass two windows without a common instant",
  );
  const columns = columnsOf(facts, options);
  assertCostToServe(options.costToServe);
  const costs = (["before", "after"] as const).map((side) => {
    const source = options.costToServe?.[side] ?? [];
    const path = `options.costToServe.${side}`;
    const read = readCosts(source, path, {
      hourlyRate: options.hourlyRate,
      timeZone: facts.timeZone,
      window: windows[side],
      by: null,
    });
    assertArgument(
      read.pools.length === 0,
      path,
      () => `${path} has a pool: pass the amount of each customer, as activityBasedCosts() gives`,
    );
    return read;
  });
  const { customerIds, places } = numberedWith(
    log.customerIds,
    costs.map(({ customerId }) => customerId),
  );
  const served = costs.map((cost, side) => servedOf(cost, places[side], customerIds.length));
  const sides = {
    customerIds,
    products: columns.products,
    byProduct: log.product !== null,
    before: sideOfLog(facts, windows.before, columns, served[0]),
    after: sideOfLog(facts, windows.after, columns, served[1]),
  };
  return { sides, windows, timeZone: facts.timeZone };
}

/** What serving each customer cost, in whole minor units that sum to what serving all of them cost. */
function servedOf({ amount, owed }: ReadCosts, places: Uint32Array, customers: number): Float64Array {
  const whole = new Float64Array(customers);
  for (let row = 0; row < amount.length; row++) whole[places[row]] += amount[row];
  if (owed === null) return whole;
  const fraction = new Float64Array(customers);
  let sum = 0;
  for (let row = 0; row < amount.length; row++) {
    const part = Math.round(owed[row] * FRACTIONS);
    fraction[places[row]] += part;
    sum += part;
  }
  return wholeAmounts({ whole, fraction, left: 0, owed: sum });
}

/**
 * The place of each id of some lists among those of the log, each of which is there once, and of others after them. Lists in
 * the order of the log, which most are, need no more than a comparison of neighbors.
 *
 * @internal
 */
export function numberedWith(
  customers: readonly string[],
  lists: readonly (readonly string[])[],
): { readonly customerIds: readonly string[]; readonly places: readonly Uint32Array[] } {
  const others: string[] = [];
  const places = lists.map((ids) => {
    const own = new Uint32Array(ids.length);
    let next = 0;
    for (let row = 0; row < own.length; row++) {
      if (ids[row] === customers[next]) own[row] = next++;
      else if (row > 0 && ids[row] === ids[row - 1]) own[row] = own[row - 1];
      else {
        // Out of order, or not of the log: a number of its own, looked up below.
        own[row] = customers.length + others.length;
        others.push(ids[row]);
      }
    }
    return own;
  });
  if (others.length === 0) return { customerIds: customers, places };
  const { codes, values } = encodeKeys([...customers, ...others]);
  return { customerIds: values, places: places.map((own) => own.map((place) => codes[place])) };
}

/** What is neither of before nor of after would be ignored. */
function assertCostToServe(given: ProfitBridgeLogOptions["costToServe"]): void {
  if (given === undefined) return;
  const path = "options.costToServe";
  const isPair = typeof given === "object" && given !== null && !Array.isArray(given);
  const other = isPair ? Object.keys(given).find((key) => key !== "before" && key !== "after") : undefined;
  assertArgument(isPair, path, () => `${path} is ${shown(given)}: pass { before, after }, or one of them`);
  assertArgument(
    other === undefined,
    `${path}.${other}`,
    () => `${path} has ${shown(other)}: pass { before, after }, or one of them`,
  );
}

function windowOf(
  name: "before" | "after",
  options: ProfitBridgeLogOptions,
  { timeZone, asOf }: KnownFacts,
): TimeWindow {
  const path = `options.${name}`;
  const given = options[name];
  assertArgument(
    typeof given === "object" && given !== null,
    path,
    () => `${path} is ${shown(given)}: pass { start, end }`,
  );
  const start = epochMs(given.start, `${path}.start`, timeZone);
  const end = epochMs(given.end, `${path}.end`, timeZone);
  assertArgument(
    start < end,
    path,
    () => `${path} ends (${shown(given.end)}) not after it starts (${shown(given.start)}): pass a later end`,
  );
  assertArgument(
    end <= asOf,
    `${path}.end`,
    () => `${path}.end is ${shown(given.end)}, after asOf: pass a window that is over, or a later asOf`,
  );
  return { start, end };
}

/** The columns of a log of which bridges are made. */
interface LogColumns extends Pick<BridgeSide, "product" | "quantity" | "revenue" | "costOfGoods"> {
  /** How many numbers of products there are. */
  readonly products: number;
  /** Whether refunds of a known purchase are in the purchase's row already. */
  readonly movesRefunds: boolean;
}

function columnsOf(facts: KnownFacts, { refundAttribution }: ProfitBridgeLogOptions): LogColumns {
  const { log, net, quantity, cost } = facts;
  assertArgument(quantity !== null, "log", () => missing("quantity"));
  assertArgument(cost !== null, "log", () => missing("cost"));
  const movesRefunds = refundAttribution !== "transaction";
  const columns = { quantity, revenue: net, costOfGoods: cost, movesRefunds };
  const { product, purchaseRow } = log;
  if (product === null) return { ...columns, product: new Uint8Array(log.length), products: 1 };
  const { codes, values } = product;
  if (movesRefunds || purchaseRow === null) return { ...columns, product: codes, products: values.length };
  // A refund of a known purchase is one of the purchase's product.
  const ofPurchase = Uint32Array.from(codes);
  for (let row = 0; row < ofPurchase.length; row++)
    if (purchaseRow[row] >= 0) ofPurchase[row] = codes[purchaseRow[row]];
  return { ...columns, product: ofPurchase, products: values.length };
}

function missing(name: string): string {
  return `log has no ${name}: give \`${name}\` on every purchase to transactionLog(), or pass rows`;
}

function sideOfLog(
  { log, end, qualifies }: KnownFacts,
  window: TimeWindow,
  { product, quantity, revenue, costOfGoods, movesRefunds }: LogColumns,
  costToServe: Float64Array,
): BridgeSide {
  const { at, purchaseRow } = log;
  const offsets = new Uint32Array(costToServe.length + 1);
  const bought = new Uint8Array(costToServe.length);
  const rows = new Uint32Array(log.length);
  let length = 0;
  for (let customer = 0; customer < end.length; customer++) {
    for (let row = log.offsets[customer]; row < end[customer]; row++) {
      if (at[row] < window.start || at[row] >= window.end) continue;
      const purchase = purchaseRow ? purchaseRow[row] : -1;
      if (movesRefunds && purchase >= 0) continue;
      rows[length++] = row;
      if (purchase === -1 && (!qualifies || qualifies[row] === 1)) bought[customer] = 1;
    }
    offsets[customer + 1] = length;
  }
  // Those whom only costs to serve name have no cells.
  offsets.fill(length, end.length + 1);
  const cells = rows.subarray(0, length);
  return { offsets, cells, product, quantity, revenue, costOfGoods, bought, costToServe };
}
