import type { RowProblem } from "../../core/row-problems.js";
import { type EncodedKeys, encodeKeys } from "../../history/encode-keys.js";
import { dealRows } from "./product-baskets.js";
import { codesUpTo, noteRepeatedPairs } from "./row-columns.js";

/** Candidates of all kinds of selling, by row. @internal */
export interface CandidateRows {
  readonly customers: EncodedKeys<string>;
  readonly products: EncodedKeys<string>;
  /** What the product takes the place of; 0 for nothing: an addition. */
  readonly replaced: Uint32Array;
  /** By code of `replaced`, less 1. */
  readonly replacedNames: readonly string[];
  readonly expectedMargin: ArrayLike<number | null>;
}

/** Notes the rows that name a customer, a product and what it replaces a second time. @internal */
export function noteRepeatedRows(
  problems: RowProblem[],
  { customers, products, replaced }: CandidateRows,
  problemOf: (row: number) => RowProblem,
): void {
  const width = products.values.length;
  const moves = isAddition(replaced)
    ? products.codes
    : encodeKeys(Float64Array.from(replaced, (code, row) => code * width + products.codes[row])).codes;
  noteRepeatedPairs(problems, customers.codes, moves, problemOf);
}

/**
 * 1 for the rows that may be added up: of each customer's rows for one product one, and of those that replace one product one,
 * the greatest first, ties by product and by what is replaced. Where a product takes the place of another, the difference of the margins is what
 * it earns, and rows that have it as an addition do not count.
 *
 * @internal
 */
export function rowsToAddUp(rows: CandidateRows): Uint8Array {
  const { customers, products, replaced, replacedNames, expectedMargin } = rows;
  const isKept = new Uint8Array(replaced.length).fill(1);
  if (isAddition(replaced)) return isKept;
  const places = Uint32Array.from(replaced, (_, row) => row);
  const dealt = dealRows(customers.codes, places, customers.values.length);
  // By product, the customer at hand (from 1) where a row has it replace another, or it is taken.
  const moves = new Uint32Array(products.values.length);
  const offered = new Uint32Array(products.values.length);
  const givesWay = new Uint32Array(codesUpTo(replaced));
  const worth = (row: number) => expectedMargin[row] ?? Number.NEGATIVE_INFINITY;
  const nameOf = (row: number) => products.values[products.codes[row]];
  const isBefore = (a: number, b: number) =>
    worth(a) !== worth(b)
      ? worth(a) > worth(b)
      : products.codes[a] !== products.codes[b]
        ? nameOf(a) < nameOf(b)
        : replacedNames[replaced[a] - 1] < replacedNames[replaced[b] - 1];
  for (let customer = 0; customer < customers.values.length; customer++) {
    const mark = customer + 1;
    const own = dealt.codes.subarray(dealt.offsets[customer], dealt.offsets[mark]);
    const replacing = Array.from(own).filter((row) => replaced[row] > 0);
    if (replacing.length === 0) continue;
    replacing.sort((a, b) => (isBefore(a, b) ? -1 : isBefore(b, a) ? 1 : 0));
    for (const row of replacing) {
      const product = products.codes[row];
      moves[product] = mark;
      if (offered[product] === mark || givesWay[replaced[row]] === mark) {
        isKept[row] = 0;
        continue;
      }
      offered[product] = mark;
      givesWay[replaced[row]] = mark;
    }
    for (const row of own) if (replaced[row] === 0 && moves[products.codes[row]] === mark) isKept[row] = 0;
  }
  return isKept;
}

/** Whether no row takes the place of anything. */
function isAddition(replaced: Uint32Array): boolean {
  return codesUpTo(replaced) <= 1;
}
