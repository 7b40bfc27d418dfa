import { assertArgument, shown } from "../../core/assert.js";
import { ClienteleError } from "../../core/errors.js";
import { invalidRows, type RowProblem } from "../../core/row-problems.js";
import { isId, NO_ID, textId } from "../text-ids.js";

/** Products of one family from small to large: each may take the place of those before it. */
export interface ProductLadder {
  /** The family: `"phone plans"`; each ladder has its own. */
  readonly family: string;
  /** Product ids from the smallest to the largest; a product stands on one ladder only. */
  readonly rungs: readonly string[];
}

/** A ladder as it comes in: a {@link ProductLadder}, or one whose names are whole numbers of a database; 5 is "5". */
export interface LadderRow {
  /** The family; each ladder has its own. */
  readonly family: string | number;
  /** Product ids from the smallest to the largest; a product stands on one ladder only. */
  readonly rungs: readonly (string | number)[];
}

/** What {@link productLadders} needs of a product; a `Product` fits. */
export interface LadderProduct {
  /** Product id; each once. */
  readonly id: string | number;
  /** The family; `null` or left out for a product on no ladder. */
  readonly family?: string | number | null | undefined;
  /** Price of one unit, whole minor units; `null` or left out for a product on no ladder. */
  readonly unitPrice?: { readonly amount: number; readonly currency: string } | null | undefined;
}

/**
 * Which products stand above which, by family and price?
 *
 * @param products - Products with `family` and `unitPrice`; those without either are on no ladder.
 * @returns A ladder for each family of two products or more, by name; rungs by price, equal prices by id.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an id comes twice, or an id, a family or a price is none;
 * `CURRENCY_MISMATCH` when the prices of a family are in two currencies.
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
    const { id: given, family: itsFamily, unitPrice } = product ?? {};
    const [id, family] = [textId(given), textId(itsFamily ?? null)];
    if (!isId(id)) {
      problems.push({ row, field: "id", reason: NO_ID, value: given });
    } else if (seen.size === seen.add(id).size) {
      problems.push({ row, field: "id", reason: "comes a second time", value: given });
    }
    if (family !== null && !isId(family))
      problems.push({ row, field: "family", reason: `${NO_FAMILY}; or leave it out`, value: family });
    if (!isId(id) || !isId(family) || (unitPrice ?? null) === null) return;
    const { amount, currency } = unitPrice as NonNullable<LadderProduct["unitPrice"]>;
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

const NO_FAMILY = "is not the name of a family: text that is not empty, or a whole number";

/** Ladders as text, held against their rules: no product on two rungs, no family twice. @internal */
export function readLadders(ladders: readonly LadderRow[], path = "ladders"): ProductLadder[] {
  assertArgument(
    Array.isArray(ladders),
    path,
    () => `${path} is ${shown(ladders)}: pass an array of { family, rungs }`,
  );
  const problems: RowProblem[] = [];
  const families = new Set<unknown>();
  const products = new Set<unknown>();
  const read = ladders.map((ladder, row): ProductLadder => {
    const { family: given, rungs: steps } = ladder ?? {};
    const family = textId(given);
    const rungs: string[] = [];
    if (!isId(family)) {
      problems.push({ row, field: "family", reason: NO_FAMILY, value: given });
    } else if (families.size === families.add(family).size) {
      problems.push({ row, field: "family", reason: "comes a second time", value: given });
    }
    if (!Array.isArray(steps))
      problems.push({ row, field: "rungs", reason: "is not an array of product ids", value: steps });
    else
      steps.forEach((value: unknown, rung) => {
        const field = `rungs[${rung}]`;
        const product = textId(value);
        if (!isId(product)) problems.push({ row, field, reason: NO_ID, value });
        else if (products.size === products.add(product).size)
          problems.push({ row, field, reason: "stands on a rung already", value });
        else rungs.push(product);
      });
    return { family: family as string, rungs };
  });
  if (problems.length > 0) throw invalidRows(problems, problems.length, path);
  return read;
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
