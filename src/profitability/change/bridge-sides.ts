import { assertArgument, shown } from "../../core/assert.js";
import type { TimeWindow } from "../../core/duration.js";
import { epochMs } from "../../core/instant.js";
import { type RowProblem, throwRowProblems } from "../../core/row-problems.js";
import type { Table } from "../../core/table.js";
import { encodeKeys } from "../../history/encode-keys.js";
import { type KnownFacts, knownFacts } from "../../history/known-facts.js";
import type { TransactionLog } from "../../history/log-columns.js";
import { inputColumn } from "../../segmentation/valued-customers.js";
import { readCosts } from "../statement/cost-sources.js";
import { type LogCells, logCells, NO_KEYS, type RowKeys } from "../statement/log-cells.js";
import { rowKeys } from "../statement/row-keys.js";
import { isId, NO_ID, textIds } from "../text-ids.js";
import type {
  ProfitBridgeLogOptions,
  ProfitBridgeRow,
  ProfitBridgeRowColumns,
} from "./profit-bridge-input.js";

/** What customers bought and cost in one period. Customer c has the cells from `offsets[c]` up to `offsets[c + 1]`. @internal */
export interface BridgeSide {
  readonly offsets: Uint32Array;
  /** Product by cell; a customer may have several cells of one product. */
  readonly product: Uint32Array;
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
  for (const [name, column] of [
    ["quantity", facts.quantity],
    ["cost", facts.cost],
  ] as const)
    assertArgument(
      column !== null,
      "log",
      () => `log has no ${name}: give \`${name}\` on every purchase to transactionLog(), or pass rows`,
    );
  const keys: RowKeys = log.product === null ? NO_KEYS : rowKeys(facts, "product", {});
  assertCostToServe(options.costToServe);
  const costs = (["before", "after"] as const).map((side) => {
    const source = options.costToServe?.[side] ?? [];
    const path = `options.costToServe.${side}`;
    const read = readCosts(source, path, options.hourlyRate);
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
  const served = costs.map(({ amount }, side) => {
    const sums = new Float64Array(customerIds.length);
    for (let row = 0; row < amount.length; row++) sums[places[side][row]] += amount[row];
    return sums;
  });
  const movesRefunds = options.refundAttribution !== "transaction";
  const side = (name: "before" | "after", costToServe: Float64Array): BridgeSide =>
    sideOfCells(logCells(facts, windows[name], keys, null, movesRefunds), costToServe);
  const sides = {
    customerIds,
    products: keys.count,
    byProduct: log.product !== null,
    before: side("before", served[0]),
    after: side("after", served[1]),
  };
  return { sides, windows, timeZone: facts.timeZone };
}

/**
 * The place of each id of some lists among those of the log, each of which is there once, and of others after them. Lists in
 * the order of the log, which most are, need no more than a comparison of neighbors.
 */
function numberedWith(
  customers: readonly string[],
  lists: readonly (readonly string[])[],
): { readonly customerIds: readonly string[]; readonly places: readonly Uint32Array[] } {
  const others: string[] = [];
  const places = lists.map((ids) => {
    const own = new Uint32Array(ids.length);
    let next = 0;
    for (let row = 0; row < own.length; row++) {
      if (ids[row] === customers[next]) own[row] = next++;
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

/** Cells that stand customer by customer already. */
function sideOfCells(cells: LogCells, costToServe: Float64Array): BridgeSide {
  const customers = costToServe.length;
  const offsets = new Uint32Array(customers + 1);
  const bought = new Uint8Array(customers);
  cells.customer.forEach((customer, cell) => {
    offsets[customer + 1]++;
    if (cells.orders[cell] > 0) bought[customer] = 1;
  });
  for (let customer = 0; customer < customers; customer++) offsets[customer + 1] += offsets[customer];
  const { key: product, units: quantity, net: revenue, cost: costOfGoods } = cells;
  return { offsets, product, quantity, revenue, costOfGoods, bought, costToServe };
}

type BridgeInput = readonly ProfitBridgeRow[] | Table<ProfitBridgeRowColumns>;

/** Rows of both periods; the customers in order of their first appearance. @internal */
export function sidesOfRows(before: BridgeInput, after: BridgeInput): BridgeSides {
  const read = [readRows(before, "before"), readRows(after, "after")];
  const customers = encodeKeys(read.flatMap(({ customerId }) => customerId));
  const products = encodeKeys(read.flatMap(({ productId }) => productId));
  const byProduct = products.values.some((product) => product !== NO_PRODUCT);
  const [first, second] = read.map((rows, i) => {
    const from = i === 0 ? 0 : read[0].customerId.length;
    const to = from + rows.customerId.length;
    return sideOfRows(
      rows,
      customers.codes.subarray(from, to),
      products.codes.subarray(from, to),
      customers.values.length,
    );
  });
  const { values: customerIds } = customers;
  return { customerIds, products: products.values.length, byProduct, before: first, after: second };
}

/** No product has an empty id. */
const NO_PRODUCT = "";

interface ReadRows {
  readonly customerId: string[];
  readonly productId: string[];
  readonly quantity: number[];
  readonly revenue: number[];
  readonly costOfGoods: number[];
  readonly costToServe: number[];
}

function readRows(input: BridgeInput, path: string): ReadRows {
  const isRows = Array.isArray(input);
  const length = isRows ? input.length : inputColumn(input, "customerId", path).length;
  const isGiven = (name: string) =>
    isRows || Object.hasOwn(Object((input as Table<ProfitBridgeRowColumns>).columns), name);
  const column = <Cell extends string | number>(name: keyof ProfitBridgeRow, fallback?: Cell): Cell[] => {
    if (fallback !== undefined && !isGiven(name)) return new Array<Cell>(length).fill(fallback);
    const cells = isRows
      ? input.map((row) => row?.[name])
      : Array.from<unknown>(inputColumn<Cell>(input, name, path));
    return cells.map((cell) => (fallback === undefined ? cell : (cell ?? fallback))) as Cell[];
  };
  const rows: ReadRows = {
    customerId: [...textIds(column<string>("customerId"))],
    productId: column("productId", NO_PRODUCT),
    quantity: column("quantity"),
    revenue: column("revenue"),
    costOfGoods: column("costOfGoods"),
    costToServe: column("costToServe", 0),
  };
  const problems: RowProblem[] = [];
  const note = (row: number, field: keyof ReadRows, reason: string) =>
    problems.push({ row, field, reason, value: rows[field][row] });
  for (let row = 0; row < length; row++) {
    if (!isId(rows.customerId[row])) note(row, "customerId", NO_ID);
    if (typeof rows.productId[row] !== "string") note(row, "productId", "is neither text nor left out");
    if (!Number.isFinite(rows.quantity[row])) note(row, "quantity", "is not a finite number of units");
    for (const field of ["revenue", "costOfGoods", "costToServe"] as const)
      if (!Number.isSafeInteger(rows[field][row])) note(row, field, "is not a whole number of minor units");
  }
  throwRowProblems(problems, path);
  return rows;
}

function sideOfRows(
  rows: ReadRows,
  customerOf: Uint32Array,
  productOf: Uint32Array,
  customers: number,
): BridgeSide {
  const { length } = customerOf;
  const offsets = new Uint32Array(customers + 1);
  for (const customer of customerOf) offsets[customer + 1]++;
  for (let customer = 0; customer < customers; customer++) offsets[customer + 1] += offsets[customer];
  const next = offsets.slice();
  const product = new Uint32Array(length);
  const [quantity, revenue, costOfGoods] = [0, 1, 2].map(() => new Float64Array(length));
  const bought = new Uint8Array(customers);
  const costToServe = new Float64Array(customers);
  for (let row = 0; row < length; row++) {
    const customer = customerOf[row];
    const cell = next[customer]++;
    product[cell] = productOf[row];
    quantity[cell] = rows.quantity[row];
    revenue[cell] = rows.revenue[row];
    costOfGoods[cell] = rows.costOfGoods[row];
    costToServe[customer] += rows.costToServe[row];
    if (quantity[cell] > 0 || revenue[cell] > 0) bought[customer] = 1;
  }
  return { offsets, product, quantity, revenue, costOfGoods, bought, costToServe };
}
