import { assertArgument } from "../../core/assert.js";
import { ClienteleError } from "../../core/errors.js";
import { safeInteger } from "../../core/safe-integer.js";
import { encodeKeys } from "../../history/encode-keys.js";
import { type KnownFacts, knownFacts, metricWindow } from "../../history/known-facts.js";
import type { TransactionLog } from "../../history/log-columns.js";
import { allocateColumn } from "./allocate-column.js";
import { ownWeights, type PricedPool, readCosts } from "./cost-sources.js";
import { readForecast } from "./customer-forecasts.js";
import { type LogCells, logCells, NO_KEYS, type RowKeys } from "./log-cells.js";
import { feeReader } from "./payment-fees.js";
import type { ProfitAndLossOptions } from "./profit-and-loss-options.js";
import type { BaseLine, BaseLines } from "./statement-lines.js";

/** A pool that was dealt out. @internal */
export interface DealtPool {
  readonly line: BaseLine;
  readonly amount: number;
  readonly weights: Float64Array;
  readonly parts: Float64Array;
}

/** The statements of all customers, before they are laid out. @internal */
export interface CustomerStatements {
  readonly facts: KnownFacts;
  readonly window: { readonly start: number; readonly end: number };
  readonly customerIds: readonly string[];
  /** By customer of the statement. */
  readonly lines: BaseLines;
  /** The pools with what each customer bears of them, which is in `lines` too. */
  readonly pools: readonly DealtPool[];
  /** Whether the cost of goods is the log's, not one passed in. */
  readonly hasGoodsOfLog: boolean;
  readonly cells: LogCells;
  /** By cell, the customer's place in the statement. */
  readonly customerOfCell: Uint32Array;
}

/** The sources of costs, by the line that they make. */
const COST_OPTIONS = {
  costOfGoods: "costOfGoods",
  costToServe: "costToServe",
  acquisition: "acquisitionCost",
  retention: "retentionCost",
  marketing: "marketingCost",
  opportunityCost: "opportunityCost",
} as const satisfies Partial<Record<keyof ProfitAndLossOptions, BaseLine>>;

const FORECAST_OPTIONS = ["expectedRevenue", "potentialMargin"] as const;
const IS_FORECAST: ReadonlySet<BaseLine> = new Set(FORECAST_OPTIONS);

/** Mark of a customer who may bear a part of a pool; 1 of one who only stands on the statement. */
const BEARS = 2;

/** Whoever stands in these alone bears no pool: what may come and what might have been cost nothing now. */
const BEARS_NOTHING: ReadonlySet<BaseLine> = new Set(["opportunityCost", ...FORECAST_OPTIONS]);

/** Money of customers who may not be in the log. */
interface NamedAmounts {
  readonly option: string;
  readonly line: BaseLine;
  readonly customerId: readonly string[];
  readonly amount: readonly number[];
  readonly pools: readonly PricedPool[];
}

/** Statements of everyone with a transaction in the window or a row of costs or forecasts. @internal */
export function statementOfCustomers(
  log: TransactionLog,
  options: ProfitAndLossOptions,
  keysOf: (facts: KnownFacts) => RowKeys = () => NO_KEYS,
): CustomerStatements {
  const facts = knownFacts(log, options);
  const known = metricWindow(facts, options);
  const window = { start: known.start, end: Math.max(known.start, known.end) };
  if (facts.cost === null && options.costOfGoods === undefined)
    throw new ClienteleError(
      "INVALID_ARGUMENT",
      "log",
      "log has no costs: give `cost` on every purchase to transactionLog(), or pass options.costOfGoods, [] where goods cost nothing",
    );
  const sources = namedAmounts(options);
  const feeOf = options.paymentFees === undefined ? null : feeReader(facts, options.paymentFees);
  const movesRefunds = options.refundAttribution !== "transaction";
  const cells = logCells(facts, window, keysOf(facts), feeOf, movesRefunds);

  const ids = log.customerIds;
  const { codes, values } = codesOf(
    ids,
    sources.map(({ customerId }) => customerId),
  );
  const isOn = new Uint8Array(values.length);
  for (const customer of cells.customer) isOn[customer] = BEARS;
  let named = 0;
  for (const { line, customerId } of sources) {
    const as = BEARS_NOTHING.has(line) ? 1 : BEARS;
    for (const end = named + customerId.length; named < end; named++)
      isOn[codes[named]] = Math.max(isOn[codes[named]], as);
  }
  const place = new Uint32Array(values.length);
  const customerIds: string[] = [];
  const bears: boolean[] = [];
  for (let code = 0; code < values.length; code++) {
    if (isOn[code] === 0) continue;
    place[code] = customerIds.length;
    customerIds.push(values[code]);
    bears.push(isOn[code] === BEARS);
  }

  const customerOfCell = cells.customer.map((customer) => place[customer]);
  const own = logLines(cells, customerOfCell, customerIds.length, facts.quantity !== null);
  const lines: Record<BaseLine, Float64Array | null> = {
    ...own.lines,
    ...(options.costOfGoods === undefined ? {} : { costOfGoods: null }),
  };
  let row = 0;
  const dealt: DealtPool[] = [];
  for (const { option, line, amount, pools } of sources) {
    const into = new Float64Array(customerIds.length);
    const isCost = !IS_FORECAST.has(line);
    const add = (customer: number, value: number) => {
      const sum = into[customer] + value;
      // A partial sum beyond the exact integers would make the end of it a little wrong.
      into[customer] = isCost ? safeInteger(sum, `options.${option}`, `a sum of ${line}`) : sum;
    };
    for (let i = 0; i < amount.length; i++) add(place[codes[row++]], amount[i]);
    for (const pool of pools) {
      if (pool.amount === 0) continue;
      const { weights, parts } = dealtOut(pool, customerIds, bears, own);
      dealt.push({ line, amount: pool.amount, weights, parts });
      for (let i = 0; i < parts.length; i++) add(i, parts[i]);
    }
    lines[line] = into;
  }
  const hasGoodsOfLog = options.costOfGoods === undefined;
  return { facts, window, customerIds, lines, pools: dealt, hasGoodsOfLog, cells, customerOfCell };
}

/** Numbers all customers: those of the log by their place, and after them the others; `codes` are those of the named ones. */
function codesOf(ids: readonly string[], named: readonly (readonly string[])[]) {
  const inOrder = codesInOrder(ids, named);
  if (inOrder !== null) return { codes: inOrder, values: ids };
  const { codes, values } = encodeKeys(ids.concat(...named));
  return { codes: codes.subarray(ids.length), values };
}

/** Names that follow the order of the log are found by one walk along it; `null` where they do not. */
function codesInOrder(ids: readonly string[], named: readonly (readonly string[])[]): Uint32Array | null {
  const codes = new Uint32Array(named.reduce((sum, names) => sum + names.length, 0));
  let row = 0;
  for (const names of named) {
    let place = 0;
    for (const name of names) {
      while (place < ids.length && ids[place] !== name) place++;
      if (place === ids.length) return null;
      codes[row++] = place;
    }
  }
  return codes;
}

function namedAmounts(options: ProfitAndLossOptions): NamedAmounts[] {
  const sources: NamedAmounts[] = [];
  for (const [option, line] of Object.entries(COST_OPTIONS)) {
    const source = options[option as keyof typeof COST_OPTIONS];
    const path = `options.${option}`;
    if (source !== undefined) sources.push({ option, line, ...readCosts(source, path, options.hourlyRate) });
  }
  for (const line of FORECAST_OPTIONS) {
    const forecast = options[line];
    const path = `options.${line}`;
    if (forecast !== undefined)
      sources.push({ option: line, line, ...readForecast(forecast, path), pools: [] });
  }
  return sources;
}

/** The lines that the log tells, by customer; zeros where nothing was passed in yet. */
function logLines(cells: LogCells, customerOfCell: Uint32Array, customers: number, hasUnits: boolean) {
  const returns = (sales: Float64Array, net: Float64Array) => {
    const line = new Float64Array(customers);
    for (let i = 0; i < customers; i++) line[i] = sales[i] - net[i];
    return line;
  };
  const sum = (values: Float64Array) => {
    const line = new Float64Array(customers);
    for (let cell = 0; cell < values.length; cell++) line[customerOfCell[cell]] += values[cell];
    return line;
  };
  const sales = sum(cells.sales);
  const net = sum(cells.net);
  const lines: BaseLines = {
    orders: sum(cells.orders),
    units: hasUnits ? sum(cells.units) : null,
    sales,
    returns: returns(sales, net),
    costOfGoods: sum(cells.cost),
    costToServe: null,
    paymentCost: sum(cells.payment),
    acquisitionCost: null,
    retentionCost: null,
    marketingCost: null,
    opportunityCost: null,
    expectedRevenue: null,
    potentialMargin: null,
  };
  return { net, purchases: sum(cells.purchases), lines };
}

function dealtOut(
  { amount, driver, path }: PricedPool,
  customerIds: readonly string[],
  bears: readonly boolean[],
  { net, purchases, lines: { units } }: ReturnType<typeof logLines>,
): { weights: Float64Array; parts: Float64Array } {
  const weights = weightsOf();
  assertArgument(
    weights.some((weight) => weight > 0),
    path,
    () => `${path} gives no customer a share: choose another driver, or name the customers in rows`,
  );
  return { weights, parts: allocateColumn(safeInteger(amount, path, "the pool"), weights) };

  function weightsOf(): Float64Array {
    // Whom a map names was put on the statement by it; a function has no say on who else is there.
    if (typeof driver !== "string")
      return ownWeights(customerIds, driver, path, typeof driver === "function" ? bears : null);
    if (driver === "equally") {
      const ones = new Float64Array(bears.length);
      for (let i = 0; i < ones.length; i++) if (bears[i]) ones[i] = 1;
      return ones;
    }
    if (driver === "revenue") return notBelow0(net);
    if (driver === "orders") return purchases;
    assertArgument(
      units !== null,
      path,
      () => `${path} is "units", and log has no quantities: choose another driver`,
    );
    return notBelow0(units);
  }
}

function notBelow0(values: Float64Array): Float64Array {
  const weights = new Float64Array(values.length);
  for (let i = 0; i < weights.length; i++) if (values[i] > 0) weights[i] = values[i];
  return weights;
}
