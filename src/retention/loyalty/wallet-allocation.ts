import { assertArray, assertOneOf, assertOptions } from "../../core/assert.js";
import { invalidRows, type RowProblem } from "../../core/row-problems.js";
import { type Table, table } from "../../core/table.js";
import type { CustomerKey } from "../../history/transaction-row.js";
import { midRanks } from "../../statistics/mid-ranks.js";
import { customerKeyProblem } from "../row-fields.js";
import { meanEstimate } from "./mean-estimate.js";
import { walletAllocationRule } from "./wallet-allocation-rule.js";

/** How one customer rates one of the brands that he or she uses. */
export interface BrandRating {
  /** Who. */
  readonly customerId: CustomerKey;
  /** Which brand, each once for a customer. */
  readonly brand: string;
  /** Satisfaction or another rating, on any one scale; or a rank, with `scale: "rank"`. */
  readonly rating: number;
}

/** How ratings are read. */
export interface WalletAllocationOptions {
  /** `"rating"` (default): more is better. `"rank"`: 1 is best. */
  readonly scale?: "rating" | "rank";
}

/** One row for each rating, in the order of the input. */
export interface WalletAllocationColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** Which brand. */
  readonly brand: readonly string[];
  /** Rank of the brand among those of the customer: 1 is best, ties share the mean of their ranks. */
  readonly rank: readonly number[];
  /** How many brands the customer uses. */
  readonly brands: readonly number[];
  /** Expected share of the customer's wallet, 0 to 1. */
  readonly share: readonly number[];
}

/** What one brand may expect. */
export interface BrandAllocation {
  /** Which brand. */
  readonly brand: string;
  /** Customers who use it. */
  readonly customers: number;
  /** Its mean rank among them. */
  readonly meanRank: number;
  /** Mean expected share of the wallets of those who use it, 0 to 1. */
  readonly shareAmongUsers: number;
  /** Mean expected share of the wallets of all customers, 0 where it is not used; sums to 1 over all brands. */
  readonly shareAmongAll: number;
}

/** Expected shares of wallet by brand and by customer. */
export interface WalletAllocation {
  /** From the largest share among all customers; equal ones by name. */
  readonly brands: readonly BrandAllocation[];
  /** Every customer's allocation. */
  readonly allocations: Table<WalletAllocationColumns>;
  /** How many customers. */
  readonly customers: number;
}

/**
 * How do customers split their wallets, if the Wallet Allocation Rule holds?
 *
 * Each customer's brands are ranked by rating, and {@link walletAllocationRule} turns ranks into shares. What counts is the
 * place among the brands that the customer uses, not the rating: a 9 beside a 10 is a second place.
 *
 * @param ratings - One row for each customer and brand in use; brands that a customer does not use have no row.
 * @param options - `scale`, default `"rating"`.
 * @returns Expected shares by brand, and by customer and brand (Keiningham, Aksoy, Buoye & Cooil 2011); wallets weigh the same.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a field is missing or of the wrong type, a rank is below 1, or a
 * customer rates a brand twice; `INVALID_ARGUMENT`.
 * @example
 * ```ts
 * import { walletAllocation } from "clientele";
 *
 * const { brands } = walletAllocation([
 *   { customerId: "ani", brand: "ours", rating: 9 },
 *   { customerId: "ani", brand: "theirs", rating: 9 },
 *   { customerId: "budi", brand: "ours", rating: 8 },
 * ]);
 * brands.map(({ brand, shareAmongAll }) => [brand, shareAmongAll]); // => [["ours", 0.75], ["theirs", 0.25]]
 * ```
 */
export function walletAllocation(
  ratings: readonly BrandRating[],
  options: WalletAllocationOptions = {},
): WalletAllocation {
  assertOptions(options, "{ scale }");
  const { scale = "rating" } = options;
  assertOneOf(scale, "options.scale", ["rating", "rank"]);
  const rowsOf = rowsByCustomer(ratings, scale);
  const sign = scale === "rating" ? -1 : 1;
  const rank = new Array<number>(ratings.length);
  const brandsUsed = new Array<number>(ratings.length);
  for (const rows of rowsOf.values()) {
    midRanks(rows.map((row) => sign * ratings[row].rating)).forEach((place, i) => {
      rank[rows[i]] = place;
      brandsUsed[rows[i]] = rows.length;
    });
  }
  const share = rank.map((place, row) => walletAllocationRule(place, brandsUsed[row]));
  return {
    brands: byBrand(ratings, rank, share, rowsOf.size),
    allocations: table({
      customerId: ratings.map(({ customerId }) => String(customerId)),
      brand: ratings.map(({ brand }) => brand),
      rank,
      brands: brandsUsed,
      share,
    }),
    customers: rowsOf.size,
  };
}

function byBrand(
  ratings: readonly BrandRating[],
  rank: readonly number[],
  share: readonly number[],
  customers: number,
): BrandAllocation[] {
  const rowsOf = new Map<string, number[]>();
  ratings.forEach(({ brand }, row) => {
    const rows = rowsOf.get(brand);
    if (rows) rows.push(row);
    else rowsOf.set(brand, [row]);
  });
  return [...rowsOf]
    .map(([brand, rows]) => {
      const shareAmongUsers = meanOf(rows.map((row) => share[row]));
      return {
        brand,
        customers: rows.length,
        meanRank: meanOf(rows.map((row) => rank[row])),
        shareAmongUsers,
        shareAmongAll: (shareAmongUsers * rows.length) / customers,
      };
    })
    .sort((a, b) => b.shareAmongAll - a.shareAmongAll || (a.brand < b.brand ? -1 : 1));
}

function meanOf(values: readonly number[]): number {
  return meanEstimate(values).mean ?? 0;
}

function rowsByCustomer(ratings: readonly BrandRating[], scale: "rating" | "rank"): Map<string, number[]> {
  assertArray(ratings, "ratings");
  const problems: RowProblem[] = [];
  const rowsOf = new Map<string, number[]>();
  const brandsOf = new Map<string, Set<string>>();
  ratings.forEach((rating, row) => {
    const found = problemsOf(rating, row, scale);
    problems.push(...found);
    if (found.length > 0) return;
    const id = String(rating.customerId);
    const brands = brandsOf.get(id) ?? new Set();
    const rows = rowsOf.get(id) ?? [];
    if (brands.has(rating.brand))
      problems.push({ row, field: "brand", reason: `is rated twice by customer ${id}`, value: rating.brand });
    brandsOf.set(id, brands.add(rating.brand));
    rows.push(row);
    rowsOf.set(id, rows);
  });
  if (problems.length > 0) throw invalidRows(problems, problems.length, "ratings");
  return rowsOf;
}

function problemsOf(rating: BrandRating, row: number, scale: "rating" | "rank"): RowProblem[] {
  if (typeof rating !== "object" || rating === null)
    return [{ row, field: "", reason: "is not { customerId, brand, rating }", value: rating }];
  const problem = customerKeyProblem(rating.customerId, row, "customerId");
  const problems = problem ? [problem] : [];
  if (typeof rating.brand !== "string" || rating.brand === "")
    problems.push({ row, field: "brand", reason: "is not text, or is empty", value: rating.brand });
  if (!Number.isFinite(rating.rating))
    problems.push({ row, field: "rating", reason: "is not a finite number", value: rating.rating });
  else if (scale === "rank" && rating.rating < 1)
    problems.push({ row, field: "rating", reason: "is no rank: 1 is best", value: rating.rating });
  return problems;
}
