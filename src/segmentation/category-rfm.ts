import { assertArgument, assertOneOf, shown } from "../core/assert.js";
import { begunDayReader } from "../core/time-zone.js";
import { exactSum, knownFacts, metricWindow } from "../history/known-facts.js";
import type { TransactionLog } from "../history/log-columns.js";
import { type RfmScores, rfmOrigin, scored } from "./rfm.js";
import type { RfmLogOptions } from "./rfm-options.js";
import { scorable } from "./rfm-values.js";

/** How customers are scored within each category. */
export interface CategoryRfmOptions extends RfmLogOptions {
  /** Which column of the log says what was bought or where; default `"product"`. */
  readonly by?: "product" | "channel";
  /** The category of a product or channel: `(product) => catalog[product]?.category ?? null`. Default: each is its own; `null`: in none. */
  readonly categoryOf?: (value: string) => string | null;
}

/** The scores of the customers of one category. */
export interface CategoryScores {
  /** Which category. */
  readonly category: string;
  /** Those who bought in it; `unscored` are those who gave everything back, or bought outside the window. */
  readonly scores: RfmScores;
}

/** Scores by category. */
export interface CategoryRfm {
  /** Every category of the log before `asOf`, by name. */
  readonly categories: readonly CategoryScores[];
  /** Rows before `asOf` that are in no category, and so in no score. */
  readonly uncategorized: number;
}

interface CategoryColumns {
  readonly customerId: string[];
  readonly recency: (number | null)[];
  readonly frequency: number[];
  readonly monetary: number[];
}

/**
 * Who buys coffee recently, often and for much, and who buys tea?
 *
 * Recency, frequency and money of each customer within each category, scored against the other customers of that category:
 * a champion of one may never have bought another. Refunds count where their purchase does.
 *
 * @param log - A transaction log with products (or channels).
 * @param options - `asOf`, `by`, `categoryOf`, and everything that {@link rfm} takes; `cuts` are the same for all categories.
 * @returns The scores by category, and how many rows are in none.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the log does not have the column; otherwise as {@link rfm}.
 * @example
 * ```ts
 * import { categoryRfm, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2024-02-28", amount: 900, productId: "arabica" },
 *     { customerId: "ani", at: "2023-02-28", amount: 100, productId: "oolong" },
 *     { customerId: "budi", at: "2024-01-05", amount: 300, productId: "robusta" },
 *   ],
 *   { currency: "IDR" },
 * );
 * const { categories } = categoryRfm(log, {
 *   asOf: "2024-03-10",
 *   categoryOf: (product) => (product === "oolong" ? "tea" : "coffee"),
 * });
 * categories.map(({ category, scores }) => [category, scores.members.length]); // => [["coffee", 2], ["tea", 1]]
 * ```
 */
export function categoryRfm(log: TransactionLog, options: CategoryRfmOptions): CategoryRfm {
  const facts = knownFacts(log, options);
  const { by = "product", monetary = "revenue" } = options;
  assertOneOf(by, "options.by", ["product", "channel"]);
  assertOneOf(monetary, "options.monetary", ["revenue", "margin"]);
  const column = log[by];
  assertArgument(
    column !== null,
    "options.by",
    () => `options.by is ${shown(by)}, and the log has none: pass transactions with it`,
  );
  assertArgument(
    monetary === "revenue" || facts.cost !== null,
    "options.monetary",
    () => `options.monetary is "margin", and the log has no costs: pass transactions with cost, or "revenue"`,
  );
  const { categories, categoryOfCode } = categoriesOf(column.values, options.categoryOf);
  const { start, end } = metricWindow(facts, options);
  const dayOf = begunDayReader(facts.timeZone);
  const today = dayOf(facts.asOf);
  const { net, cost, qualifies } = facts;
  const { offsets, at, customerIds } = log;
  const columns = categories.map(
    (): CategoryColumns => ({ customerId: [], recency: [], frequency: [], monetary: [] }),
  );
  let uncategorized = 0;
  // By category, the row of the customer at hand in its columns, once they are in it.
  const placeOf = new Int32Array(categories.length);
  for (let customer = 0; customer < customerIds.length; customer++) {
    placeOf.fill(-1);
    for (let row = offsets[customer]; row < facts.end[customer]; row++) {
      // A refund is of what its purchase was of.
      const purchase = log.purchaseRow ? log.purchaseRow[row] : -1;
      const category = categoryOfCode[column.codes[purchase >= 0 ? purchase : row]];
      if (category === -1) {
        uncategorized++;
        continue;
      }
      const own = columns[category];
      if (placeOf[category] === -1) {
        placeOf[category] = own.customerId.push(customerIds[customer]) - 1;
        own.recency.push(null);
        own.frequency.push(0);
        own.monetary.push(0);
      }
      if (at[row] < start || at[row] >= end) continue;
      const place = placeOf[category];
      const sum = own.monetary[place] + net[row] - (monetary === "margin" && cost ? cost[row] : 0);
      own.monetary[place] = exactSum(sum, customerIds[customer]);
      if (qualifies && qualifies[row] === 0) continue;
      own.frequency[place]++;
      // Rows are in order of time.
      own.recency[place] = today - dayOf(at[row]);
    }
  }
  const origin = rfmOrigin(log, options);
  return {
    categories: categories
      .map((category, i) => ({ category, customers: scorable(columns[i]) }))
      .filter(({ customers }) => customers.customerIds.length + customers.unscored.length > 0)
      .map(({ category, customers }) => ({ category, scores: scored(customers, options, origin) })),
    uncategorized,
  };
}

/** The categories by name, and for each code of the column the place of its category; -1: none. */
function categoriesOf(
  values: readonly (string | null)[],
  categoryOf: CategoryRfmOptions["categoryOf"] = (value) => value,
): { readonly categories: readonly string[]; readonly categoryOfCode: Int32Array } {
  assertArgument(
    typeof categoryOf === "function",
    "options.categoryOf",
    () => `options.categoryOf is ${shown(categoryOf)}: pass a function of a product or channel`,
  );
  const own = values.map((value) => {
    const category = value === null ? null : categoryOf(value);
    assertArgument(
      category === null || (typeof category === "string" && category !== ""),
      "options.categoryOf",
      () =>
        `options.categoryOf gives ${shown(category)} for ${shown(value)}: return a name, or null for none`,
    );
    return category;
  });
  const categories = [...new Set(own.filter((category) => category !== null))].sort();
  const place = new Map<string | null, number>(categories.map((category, i) => [category, i]));
  return { categories, categoryOfCode: Int32Array.from(own, (category) => place.get(category) ?? -1) };
}
