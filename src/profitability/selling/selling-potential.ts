import { assertArgument, shown } from "../../core/assert.js";
import { type RowProblem, throwRowProblems } from "../../core/row-problems.js";
import { type Table, table, type WithColumns } from "../../core/table.js";
import type { EncodedKeys } from "../../history/encode-keys.js";
import { rankDescending } from "../../segmentation/rank-descending.js";
import { isId, NO_ID } from "../text-ids.js";
import { noteRepeatedRows, rowsToAddUp } from "./best-rows.js";
import { picked, pickedNumbers } from "./growing-numbers.js";
import { columnOf, encodeOwners, encodeProducts, noteIds, optionalColumnOf } from "./row-columns.js";

/** A product that a customer may buy, and what that is worth. */
export interface ValuedCandidate {
  /** Who; with each product once. */
  readonly customerId: string | number;
  /** What. */
  readonly productId: string | number;
  /** Probability of the sale times what it earns, minor units; `null` where unknown. */
  readonly expectedMargin: number | null;
  /** What the product takes the place of, as up-selling and switch-selling have it; left out or `null`: an addition. */
  readonly replaces?: string | null | undefined;
}

/** The same as many {@link ValuedCandidate}s, column by column: the candidates of all kinds of selling. */
export interface ValuedCandidateColumns {
  /** Who, by row. */
  readonly customerId: readonly string[];
  /** What, by row. */
  readonly productId: readonly string[];
  /** Probability times what the sale earns, by row, minor units; `null` where unknown. A plain or a typed array. */
  readonly expectedMargin: ArrayLike<number | null>;
  /** What the product takes the place of, by row; `null` for an addition. */
  readonly replaces?: readonly (string | null)[];
}

/** One row a customer of {@link SellingPotential}, the greatest potential first. */
export interface CustomerPotentialColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** Number of candidates with a value. */
  readonly products: readonly number[];
  /** Sum of probability times margin, minor units, not rounded. */
  readonly expectedMargin: readonly number[];
}

/** One row a product of {@link SellingPotential}, the greatest potential first. */
export interface ProductPotentialColumns {
  /** What. */
  readonly productId: readonly string[];
  /** Number of customers who are candidates for it. */
  readonly customers: readonly number[];
  /** Sum of probability times margin, minor units, not rounded. */
  readonly expectedMargin: readonly number[];
}

/** What selling more to the customers that we have is worth. */
export interface SellingPotential {
  /** Of all candidates, minor units, not rounded. */
  readonly expectedMargin: number;
  /** Number of candidates with a value. */
  readonly candidates: number;
  /** Number of candidates whose expected margin is unknown, and so in no sum. */
  readonly unvalued: number;
  /** Number of candidates in no sum and in neither count because another of the same customer tells of the same sale. */
  readonly alternatives: number;
  /** By customer: equal ones by id. */
  readonly byCustomer: Table<CustomerPotentialColumns>;
  /** By product: equal ones by id. */
  readonly byProduct: Table<ProductPotentialColumns>;
}

/**
 * What is it worth to sell further products to the customers that we have?
 *
 * The sum of probability times margin over the candidates, by customer and by product: the revenue aspect "other products"
 * of a customer's value. With a limit per customer it is the potential of those candidates alone.
 *
 * The kinds of selling may be put together. A product that takes the place of another counts with the difference of the
 * margins only, though it was found by cross-selling too; and of several products for the place of one, the best counts.
 *
 * @param candidates - The candidates of {@link crossSellCandidates}, {@link upSellCandidates} or
 * {@link switchSellCandidates}, or the rows of all three, or rows `{ customerId, productId, expectedMargin, replaces? }`.
 * @returns The potential in all, by customer and by product.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an id is no text, a value no number, or a customer has a product twice
 * in place of the same, which would count one sale twice; `INVALID_ARGUMENT`, `UNKNOWN_COLUMN`.
 * @example
 * ```ts
 * import { rows, sellingPotential } from "clientele";
 *
 * const { expectedMargin, byCustomer } = sellingPotential([
 *   { customerId: "ani", productId: "tea", expectedMargin: 0.2 * 500 },
 *   { customerId: "ani", productId: "cup", expectedMargin: 0.1 * 900 },
 *   { customerId: "budi", productId: "tea", expectedMargin: 0.3 * 500 },
 * ]);
 * expectedMargin; // => 340
 * rows(byCustomer)[0]; // => { customerId: "ani", products: 2, expectedMargin: 190 }
 * ```
 */
export function sellingPotential(
  candidates: readonly ValuedCandidate[] | WithColumns<ValuedCandidateColumns>,
): SellingPotential {
  const { customerId, productId, expectedMargin, replaces } = readCandidates(candidates);
  const customers = encodeOwners(customerId);
  const products = encodeProducts(productId);
  const read = { customers, products, expectedMargin, ...encodeReplaced(replaces, customerId.length) };
  const problems: RowProblem[] = [];
  noteRepeatedRows(problems, read, (row) => {
    const reason = `comes a second time for customer ${shown(customerId[row])}`;
    return { row, field: "productId", reason, value: productId[row] };
  });
  throwRowProblems(problems, "candidates");
  const isAdded = rowsToAddUp(read);
  let alternatives = 0;
  let unvalued = 0;
  let sum = 0;
  for (let row = 0; row < isAdded.length; row++) {
    const value = expectedMargin[row];
    if (isAdded[row] === 0) alternatives++;
    else if (value === null) {
      unvalued++;
      isAdded[row] = 0;
    } else sum += value;
  }
  const byCustomer = sums(customers, expectedMargin, isAdded);
  const byProduct = sums(products, expectedMargin, isAdded);
  assertArgument(
    Number.isFinite(sum) &&
      byProduct.values.every(Number.isFinite) &&
      byCustomer.values.every(Number.isFinite),
    "candidates",
    () => "expected margins of candidates sum beyond the range of numbers: pass them in a larger unit",
  );
  const ofCustomers = ranked(customers.values, byCustomer);
  const ofProducts = ranked(products.values, byProduct);
  return {
    expectedMargin: sum,
    candidates: isAdded.length - unvalued - alternatives,
    unvalued,
    alternatives,
    byCustomer: table<CustomerPotentialColumns>({
      customerId: ofCustomers.ids,
      products: ofCustomers.counts,
      expectedMargin: ofCustomers.values,
    }),
    byProduct: table<ProductPotentialColumns>({
      productId: ofProducts.ids,
      customers: ofProducts.counts,
      expectedMargin: ofProducts.values,
    }),
  };
}

interface Sums {
  readonly counts: Uint32Array;
  readonly values: Float64Array;
}

function sums(
  { codes, values: ids }: EncodedKeys<string>,
  expectedMargin: ArrayLike<number | null>,
  isAdded: Uint8Array,
): Sums {
  const counts = new Uint32Array(ids.length);
  const values = new Float64Array(ids.length);
  for (let row = 0; row < codes.length; row++) {
    if (isAdded[row] === 0) continue;
    counts[codes[row]]++;
    values[codes[row]] += expectedMargin[row] ?? 0;
  }
  return { counts, values };
}

/** What each row replaces as a number, 0 for nothing. */
function encodeReplaced(replaces: readonly (string | null | undefined)[] | null, length: number) {
  const replaced = new Uint32Array(length);
  const codeOf = new Map<string, number>();
  for (let row = 0; replaces !== null && row < length; row++) {
    const product = replaces[row] ?? null;
    if (product === null) continue;
    const code = codeOf.get(product) ?? codeOf.size + 1;
    codeOf.set(product, code);
    replaced[row] = code;
  }
  return { replaced, replacedNames: [...codeOf.keys()] };
}

function ranked(ids: readonly string[], { counts, values }: Sums) {
  const order = rankDescending(values, ids).filter((place) => counts[place] > 0);
  return {
    ids: picked(ids, order),
    counts: pickedNumbers(Float64Array.from(counts), order),
    values: pickedNumbers(values, order),
  };
}

function readCandidates(input: readonly ValuedCandidate[] | WithColumns<ValuedCandidateColumns>) {
  const read = {
    customerId: columnOf<string>(input, "customerId", "candidates"),
    productId: columnOf<string>(input, "productId", "candidates"),
    expectedMargin: columnOf<number | null>(input, "expectedMargin", "candidates", { mayBeTyped: true }),
    replaces: optionalColumnOf<string | null>(input, "replaces", "candidates"),
  };
  const problems: RowProblem[] = [];
  noteIds(problems, "customerId", read.customerId);
  noteIds(problems, "productId", read.productId);
  for (let row = 0; row < read.expectedMargin.length; row++) {
    const value = read.expectedMargin[row];
    if (value !== null && !Number.isFinite(value))
      problems.push({ row, field: "expectedMargin", reason: "is not a finite number or null", value });
  }
  for (let row = 0; row < (read.replaces?.length ?? 0); row++) {
    const product = read.replaces?.[row] ?? null;
    if (product !== null && !isId(product))
      problems.push({ row, field: "replaces", reason: NO_ID, value: product });
  }
  throwRowProblems(problems, "candidates");
  return read;
}
