import { type RowProblem, throwRowProblems } from "../../core/row-problems.js";
import type { Table } from "../../core/table.js";
import { encodeKeys } from "../../history/encode-keys.js";
import { inputColumn } from "../../segmentation/valued-customers.js";
import { codesInOrder } from "../statement/activity-usage.js";
import { isId, NO_ID, textIds } from "../text-ids.js";
import { type BridgeSide, type BridgeSides, numberedWith } from "./bridge-sides.js";
import type { ProfitBridgeRow, ProfitBridgeRowColumns } from "./profit-bridge-input.js";

type BridgeInput = readonly ProfitBridgeRow[] | Table<ProfitBridgeRowColumns>;

/** Rows of both periods; the customers in order of their first appearance. @internal */
export function sidesOfRows(before: BridgeInput, after: BridgeInput): BridgeSides {
  const first = readRows(before, "before");
  const second = readRows(after, "after");
  const own = codesInOrder(first.customerId) ?? encodeKeys(first.customerId);
  const { customerIds, places } = numberedWith(own.values, [second.customerId]);
  const codes = [own.codes, places[0]];
  const products = productsOf([first, second]);
  const [from, to] = [first, second].map((rows, i) =>
    sideOfRows(rows, codes[i], products.codes[i], customerIds.length),
  );
  const { count, byProduct } = products;
  return { customerIds, products: count, byProduct, before: from, after: to };
}

/** The number of the product of each row; one for all where no row has a product. */
function productsOf(sides: readonly ReadRows[]) {
  if (sides.every(({ productId }) => productId.every((id) => id === NO_PRODUCT))) {
    const codes = sides.map(({ productId }) => new Uint32Array(productId.length));
    return { codes, count: 1, byProduct: false };
  }
  const [first, second] = sides;
  const { codes, values } = encodeKeys(first.productId.concat(second.productId));
  const { length } = first.productId;
  return {
    codes: [codes.subarray(0, length), codes.subarray(length)],
    count: values.length,
    byProduct: true,
  };
}

/** No product has an empty id. */
const NO_PRODUCT = "";

interface ReadRows {
  readonly customerId: readonly string[];
  readonly productId: string[];
  readonly quantity: number[];
  readonly revenue: number[];
  readonly costOfGoods: number[];
  readonly costToServe: number[];
}

const MONEY = ["revenue", "costOfGoods", "costToServe"] as const;

function readRows(input: BridgeInput, path: string): ReadRows {
  const isRows = Array.isArray(input);
  const length = isRows ? input.length : inputColumn(input, "customerId", path).length;
  const isGiven = (name: string) =>
    isRows || Object.hasOwn(Object((input as Table<ProfitBridgeRowColumns>).columns), name);
  const column = <Cell extends string | number>(name: keyof ProfitBridgeRow, fallback?: Cell): Cell[] => {
    if (fallback !== undefined && !isGiven(name)) return new Array<Cell>(length).fill(fallback);
    const given = isRows ? null : inputColumn<Cell | null>(input, name, path);
    const cells = new Array<Cell>(length);
    for (let row = 0; row < length; row++) {
      const cell = isRows ? input[row]?.[name] : given?.[row];
      // What is missing is told below.
      cells[row] = (fallback === undefined ? cell : (cell ?? fallback)) as Cell;
    }
    return cells;
  };
  const rows: ReadRows = {
    customerId: textIds(column<string>("customerId")),
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
    for (const field of MONEY)
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
