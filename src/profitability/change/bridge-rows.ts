import { type RowProblem, throwRowProblems } from "../../core/row-problems.js";
import type { Table } from "../../core/table.js";
import { encodeKeys } from "../../history/encode-keys.js";
import { inputColumn } from "../../segmentation/valued-customers.js";
import { isId, NO_ID, textIds } from "../text-ids.js";
import type { BridgeSide, BridgeSides } from "./bridge-sides.js";
import type { ProfitBridgeRow, ProfitBridgeRowColumns } from "./profit-bridge-input.js";

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
  product: Uint32Array,
  customers: number,
): BridgeSide {
  const offsets = new Uint32Array(customers + 1);
  for (const customer of customerOf) offsets[customer + 1]++;
  for (let customer = 0; customer < customers; customer++) offsets[customer + 1] += offsets[customer];
  const next = offsets.slice();
  const cells = new Uint32Array(customerOf.length);
  const [quantity, revenue, costOfGoods] = [rows.quantity, rows.revenue, rows.costOfGoods].map(
    (values) => new Float64Array(values),
  );
  const bought = new Uint8Array(customers);
  const costToServe = new Float64Array(customers);
  for (let row = 0; row < cells.length; row++) {
    const customer = customerOf[row];
    cells[next[customer]++] = row;
    costToServe[customer] += rows.costToServe[row];
    if (quantity[row] > 0 || revenue[row] > 0) bought[customer] = 1;
  }
  return { offsets, cells, product, quantity, revenue, costOfGoods, bought, costToServe };
}
