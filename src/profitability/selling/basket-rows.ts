import { type RowProblem, throwRowProblems } from "../../core/row-problems.js";
import type { Table } from "../../core/table.js";
import { encodeKeys } from "../../history/encode-keys.js";
import { isId, NO_ID, textId } from "../text-ids.js";
import { dealRows, orderedBaskets, type ProductBaskets } from "./product-baskets.js";
import { columnOf, encodeOwners, encodeProducts, hasColumn, noteIds } from "./row-columns.js";

/** One product in one basket. */
export interface BasketRow {
  /** Which basket: a receipt, an order, a session. */
  readonly basketId: string | number;
  /** Whose it is, where that is known: equal ids of two customers are two baskets. */
  readonly customerId?: string | number | null | undefined;
  /** Which product; a second row of the same basket and product changes nothing. */
  readonly productId: string | number;
}

/** The same as many {@link BasketRow}s, column by column. */
export interface BasketColumns {
  /** Which basket, by row. */
  readonly basketId: readonly string[];
  /** Whose it is, by row; `null` where nobody knows. */
  readonly customerId?: readonly (string | null)[];
  /** Which product, by row. */
  readonly productId: readonly string[];
}

/** One product that one customer holds. */
export interface HoldingRow {
  /** Who holds it. */
  readonly customerId: string | number;
  /** Which product; a second row of the same customer and product changes nothing. */
  readonly productId: string | number;
}

/** The same as many {@link HoldingRow}s, column by column. */
export interface HoldingColumns {
  /** Who holds it, by row. */
  readonly customerId: readonly string[];
  /** Which product, by row. */
  readonly productId: readonly string[];
}

/** Baskets as they come in: arrays of products, one for each basket; or rows or a table that name basket and product. */
export type BasketInput =
  | readonly (readonly (string | number)[])[]
  | readonly BasketRow[]
  | readonly HoldingRow[]
  | Table<BasketColumns>
  | Table<HoldingColumns>;

/** Holdings as they come in: rows or a table that name customer and product. */
export type HoldingInput = readonly HoldingRow[] | Table<HoldingColumns>;

/** @internal */
export function readBaskets(input: BasketInput): ProductBaskets {
  if (Array.isArray(input) && Array.isArray(input[0])) return basketsOfArrays(input);
  if (!hasColumn(input, "basketId") && hasColumn(input, "customerId")) {
    return basketsOfRows(input, "customerId", "baskets");
  }
  return hasColumn(input, "customerId")
    ? basketsOfCustomers(input, "baskets")
    : basketsOfRows(input, "basketId", "baskets");
}

/** What each customer holds; `keys` are the customers, in order of first appearance. @internal */
export function readHoldings(input: HoldingInput): ProductBaskets {
  return basketsOfRows(input, "customerId", "holdings");
}

/** Baskets of rows that name the customer too, whose numbers may begin anew with each customer. */
function basketsOfCustomers(input: unknown, path: string): ProductBaskets {
  const ids = columnOf<string>(input, "basketId", path);
  const productIds = columnOf<string>(input, "productId", path);
  // Empty text is no id, so that it can stand for the customers whom nobody knows.
  const owners = columnOf<string | null>(input, "customerId", path).map((owner) => owner ?? NOBODY);
  const problems: RowProblem[] = [];
  noteIds(problems, "basketId", ids);
  owners.forEach((owner, row) => {
    if (owner !== NOBODY && !isId(owner))
      problems.push({ row, field: "customerId", reason: NO_ID, value: owner });
  });
  noteIds(problems, "productId", productIds);
  throwRowProblems(problems, path);
  const customers = encodeOwners(owners);
  const numbers = encodeOwners(ids).codes;
  const width = customers.values.length;
  const baskets = encodeKeys(
    Float64Array.from(numbers, (number, row) => number * width + customers.codes[row]),
  );
  const products = encodeProducts(productIds);
  const dealt = dealRows(baskets.codes, products.codes, baskets.values.length);
  return orderedBaskets({ ...dealt, names: products.values });
}

const NOBODY = "";

function basketsOfArrays(baskets: readonly unknown[]): ProductBaskets {
  const offsets = new Uint32Array(baskets.length + 1);
  const problems: RowProblem[] = [];
  for (let row = 0; row < baskets.length; row++) {
    const basket = baskets[row];
    if (!Array.isArray(basket)) {
      problems.push({
        row,
        field: "",
        reason: "is not an array of products, as the first is",
        value: basket,
      });
    }
    offsets[row + 1] = offsets[row] + (Array.isArray(basket) ? basket.length : 0);
  }
  const codes = new Uint32Array(offsets[baskets.length]);
  const codeOf = new Map<string, number>();
  const names: string[] = [];
  for (let row = 0; row < baskets.length; row++) {
    const basket = baskets[row];
    const start = offsets[row];
    const size = offsets[row + 1] - start;
    for (let i = 0; i < size; i++) {
      const value: unknown = (basket as readonly unknown[])[i];
      const name = typeof value === "number" ? textId(value) : value;
      if (!isId(name)) {
        problems.push({ row, field: `[${i}]`, reason: NO_ID, value });
        continue;
      }
      let code = codeOf.get(name);
      if (code === undefined) {
        code = names.push(name) - 1;
        codeOf.set(name, code);
      }
      codes[start + i] = code;
    }
  }
  throwRowProblems(problems, "baskets");
  return orderedBaskets({ offsets, codes, names });
}

function basketsOfRows(input: unknown, key: "basketId" | "customerId", path: string): ProductBaskets {
  const ids = columnOf<string>(input, key, path);
  const productIds = columnOf<string>(input, "productId", path);
  const problems: RowProblem[] = [];
  const baskets = encodeOwners(ids);
  if (!baskets.values.every(isId)) noteIds(problems, key, ids);
  const products = encodeProducts(productIds);
  if (!products.values.every(isId)) noteIds(problems, "productId", productIds);
  throwRowProblems(problems, path);
  const dealt = dealRows(baskets.codes, products.codes, baskets.values.length);
  return orderedBaskets({ ...dealt, names: products.values }, baskets.values);
}
