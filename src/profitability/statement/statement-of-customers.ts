import { ClienteleError } from "../../core/errors.js";
import type { PeriodOptions, PeriodSpec } from "../../core/period.js";
import { encodeKeys } from "../../history/encode-keys.js";
import { type KnownFacts, knownFacts, metricWindow } from "../../history/known-facts.js";
import type { TransactionLog } from "../../history/log-columns.js";
import { type BaseLine, type BaseLines, eachLine } from "./base-lines.js";
import type { CostContext, OwnPlace } from "./cost-places.js";
import { readCosts } from "./cost-sources.js";
import { readForecast } from "./customer-forecasts.js";
import { lineOfSource, type NamedAmounts, type PlacedCosts } from "./line-of-source.js";
import { type LogCells, logCells, NO_KEYS } from "./log-cells.js";
import { feeReader } from "./payment-fees.js";
import type { ProfitAndLossOptions } from "./profit-and-loss-options.js";
import { rowKeys } from "./row-keys.js";
import { type UnroundedLine, type UnroundedLines, wholeLine } from "./unrounded-lines.js";

/** The statements of all customers, before they are laid out. @internal */
export interface CustomerStatements {
  readonly facts: KnownFacts;
  readonly window: { readonly start: number; readonly end: number };
  readonly customerIds: readonly string[];
  /** By customer of the statement, without what is placed. */
  readonly lines: UnroundedLines;
  readonly placed: readonly PlacedCosts[];
  /** Of the keys, in the order in which groups are shown; the last is that of no key. Empty where all have one key. */
  readonly keyNames: readonly (string | null)[];
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

/** Mark of a customer who may bear a part of a pool; 1 of one who only stands on the statement. */
const BEARS = 2;

/** Whoever stands in these alone bears no pool: what may come and what might have been cost nothing now. */
const BEARS_NOTHING: ReadonlySet<BaseLine> = new Set(["opportunityCost", ...FORECAST_OPTIONS]);

/**
 * Statements of everyone with a transaction in the window or a row of costs or forecasts; with `by`, the log's rows and the
 * costs that say it have keys.
 *
 * @internal
 */
export function statementOfCustomers(
  log: TransactionLog,
  options: ProfitAndLossOptions & Omit<PeriodOptions, "timeZone">,
  by?: "channel" | "product" | PeriodSpec,
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
  const sources = namedAmounts(options, {
    hourlyRate: options.hourlyRate,
    timeZone: facts.timeZone,
    window,
    by: by === undefined ? null : by === "channel" ? "channel" : by === "product" ? "productId" : "at",
  });
  const feeOf = options.paymentFees === undefined ? null : feeReader(facts, options.paymentFees);
  const movesRefunds = options.refundAttribution !== "transaction";
  const keys = by === undefined ? null : rowKeys(facts, by, options, ownPlaces(sources));
  const cells = logCells(facts, window, keys ?? NO_KEYS, feeOf, movesRefunds);

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
  const lines: Record<BaseLine, UnroundedLine | null> = {
    ...eachLine(own.lines, wholeLine),
    ...(options.costOfGoods === undefined ? {} : { costOfGoods: null }),
  };
  let row = 0;
  const placed: PlacedCosts[] = [];
  const keyOf = (own: OwnPlace) => (own === null || keys === null ? null : keys.keyOf(own));
  const bearers = { customerIds, bears, columns: { ...own, units: own.lines.units } };
  for (const source of sources) {
    const customers = codes.slice(row, row + source.amount.length);
    for (let i = 0; i < customers.length; i++) customers[i] = place[customers[i]];
    const made = lineOfSource(source, customers, keyOf, bearers);
    row += source.amount.length;
    lines[source.line] = made.line;
    placed.push(...made.placed);
  }
  const hasGoodsOfLog = options.costOfGoods === undefined;
  const keyNames = keys?.names ?? [];
  return { facts, window, customerIds, lines, placed, keyNames, hasGoodsOfLog, cells, customerOfCell };
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

/** All channels or products that costs name; of instants the first and the last, between which all periods are. */
function ownPlaces(sources: readonly NamedAmounts[]): ReadonlySet<string | number> {
  const found = new Set<string | number>();
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const add = (place: OwnPlace) => {
    if (typeof place === "number") {
      if (place < first) first = place;
      if (place > last) last = place;
    } else if (place !== null) found.add(place);
  };
  for (const { own, pools } of sources) {
    own?.forEach(add);
    for (const pool of pools) add(pool.own);
  }
  return first <= last ? found.add(first).add(last) : found;
}

function namedAmounts(options: ProfitAndLossOptions, context: CostContext): NamedAmounts[] {
  const sources: NamedAmounts[] = [];
  for (const [option, line] of Object.entries(COST_OPTIONS)) {
    const source = options[option as keyof typeof COST_OPTIONS];
    const path = `options.${option}`;
    if (source !== undefined)
      sources.push({ option, line, isForecast: false, ...readCosts(source, path, context) });
  }
  for (const line of FORECAST_OPTIONS) {
    const forecast = options[line];
    const path = `options.${line}`;
    if (forecast !== undefined)
      sources.push({
        option: line,
        line,
        isForecast: true,
        ...readForecast(forecast, path),
        owed: null,
        own: null,
        pools: [],
      });
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
