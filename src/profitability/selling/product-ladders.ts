import { assertArgument, shown } from "../../core/assert.js";
import { ClienteleError } from "../../core/errors.js";
import { invalidRows, type RowProblem } from "../../core/row-problems.js";

/** Products of one family from small to large: each may take the place of those before it. */
export interface ProductLadder {
  /** The family: `"phone plans"`; each ladder has its own. */
  readonly family: string;
  /** Product ids from the smallest to the largest; a product stands on one ladder only. */
  readonly rungs: readonly string[];
}

/** What {@link productLadders} needs of a product; a `Product` fits. */
export interface LadderProduct {
  /** Product id; each once. */
  readonly id: string;
  /** The family; left out for a product on no ladder. */
  readonly family?: string | undefined;
  /** Price of one unit, whole minor units; left out for a product on no ladder. */
  readonly unitPrice?: { readonly amount: number; readonly currency: string } | undefined;
}

/**
 * Which products stand above which, by family and price?
 *
 * @param products - Products with `family` and `unitPrice`; those without either are on no ladder.
 * @returns A ladder for each family of two products or more, by name; rungs by price, equal prices by id.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an id comes twice or a price is no number; `CURRENCY_MISMATCH` when the
 * prices of a family are in two currencies.
 * @example
 * ```ts
 * import { productLadders } from "clientele";
 *
 * const price = (amount: number) => ({ amount, currency: "IDR" });
 * productLadders([
 *   { id: "plan-10", family: "plans", unitPrice: price(100_000) },
 *   { id: "plan-5", family: "plans", unitPrice: price(60_000) },
 * ]); // => [{ family: "plans", rungs: ["plan-5", "plan-10"] }]
 * ```
 */
export function productLadders(products: readonly LadderProduct[]): ProductLadder[] {
  assertArgument(
    Array.isArray(products),
    "products",
    () => `products is ${shown(products)}: pass an array of products`,
  );
  const problems: RowProblem[] = [];
  const seen = new Set<unknown>();
  const families = new Map<string, { id: string; amount: number; currency: string }[]>();
  products.forEach((product, row) => {
    const { id, family, unitPrice } = product ?? {};
    if (typeof id !== "string" || id === "") {
      problems.push({ row, field: "id", reason: "is not an id: text that is not empty", value: id });
    } else if (seen.size === seen.add(id).size) {
      problems.push({ row, field: "id", reason: "comes a second time", value: id });
    }
    if (family === undefined || !unitPrice) return;
    const { amount, currency } = unitPrice;
    if (!Number.isFinite(amount))
      problems.push({ row, field: "unitPrice.amount", reason: "is not a finite number", value: amount });
    const rungs = families.get(family) ?? [];
    families.set(family, rungs);
    rungs.push({ id, amount, currency });
  });
  if (problems.length > 0) throw invalidRows(problems, problems.length, "products");
  return [...families]
    .filter(([, rungs]) => rungs.length > 1)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([family, rungs]) => {
      assertOneCurrency(family, rungs);
      rungs.sort((a, b) => a.amount - b.amount || (a.id < b.id ? -1 : 1));
      return { family, rungs: rungs.map(({ id }) => id) };
    });
}

/** Holds ladders against their rules: text, no product on two rungs, no family twice. @internal */
export function assertLadders(ladders: readonly ProductLadder[], path = "ladders"): void {
  assertArgument(
    Array.isArray(ladders),
    path,
    () => `${path} is ${shown(ladders)}: pass an array of { family, rungs }`,
  );
  const problems: RowProblem[] = [];
  const families = new Set<unknown>();
  const products = new Set<unknown>();
  ladders.forEach((ladder, row) => {
    const { family, rungs } = ladder ?? {};
    if (typeof family !== "string" || family === "") {
      problems.push({ row, field: "family", reason: "is not text, or is empty", value: family });
    } else if (families.size === families.add(family).size) {
      problems.push({ row, field: "family", reason: "comes a second time", value: family });
    }
    if (!Array.isArray(rungs)) {
      problems.push({ row, field: "rungs", reason: "is not an array of product ids", value: rungs });
      return;
    }
    rungs.forEach((product: unknown, rung) => {
      const field = `rungs[${rung}]`;
      if (typeof product !== "string" || product === "") {
        problems.push({ row, field, reason: "is not an id: text that is not empty", value: product });
      } else if (products.size === products.add(product).size) {
        problems.push({ row, field, reason: "stands on a rung already", value: product });
      }
    });
  });
  if (problems.length > 0) throw invalidRows(problems, problems.length, path);
}

function assertOneCurrency(family: string, rungs: readonly { id: string; currency: string }[]): void {
  const [first] = rungs;
  const other = rungs.find(({ currency }) => currency !== first.currency);
  if (other === undefined) return;
  throw new ClienteleError(
    "CURRENCY_MISMATCH",
    "products",
    `products of family ${shown(family)} have prices in ${first.currency} (${shown(first.id)}) and ${other.currency} (${shown(other.id)}): pass prices in one currency`,
  );
}
