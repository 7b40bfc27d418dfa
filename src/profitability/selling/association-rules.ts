import {
  assertArgument,
  assertInRange,
  assertInteger,
  assertOneOf,
  assertOptions,
  shown,
} from "../../core/assert.js";
import type { TimeWindow } from "../../core/duration.js";
import type { Table } from "../../core/table.js";
import { knownFacts, metricWindow } from "../../history/known-facts.js";
import { isLog, type TransactionLog } from "../../history/log-columns.js";
import { type BasketInput, readBaskets } from "./basket-rows.js";
import { CORRECTIONS, correctedPValues, type PValueCorrection } from "./corrected-p-values.js";
import { frequentItemsets } from "./frequent-itemsets.js";
import { basketsOfLog, type LogBasketOptions } from "./log-baskets.js";
import type { ProductBaskets } from "./product-baskets.js";
import { frequentProducts, rulesOf, testsOf } from "./rule-list.js";
import { type AssociationRuleColumns, type RuleOrder, type RulesLeftOut, ruleTable } from "./rule-table.js";

/** Which rules to look for, and which of them to show. */
export interface AssociationRulesOptions {
  /** In how many baskets all products of a rule must stand, 1 or more; default 5. */
  readonly minimumCount?: number;
  /** Most products in a rule, both sides together: 2 (default) gives pairs, at most 50. */
  readonly maximumSize?: number;
  /** Shows rules with at least this confidence, 0 to 1; default 0. */
  readonly minimumConfidence?: number;
  /** Shows rules with at least this lift, zero or more; default 0. Above 1: bought together more often than by chance. */
  readonly minimumLift?: number;
  /** Shows rules whose corrected p-value is at most this, 0 to 1; default 1. */
  readonly maximumPValue?: number;
  /**
   * How p-values are corrected for the number of tests. `"benjaminiHochberg"` (default): of the rules with a corrected
   * p-value of at most 0.05, at most 5 % are expected to be chance (Benjamini & Hochberg 1995). `"holm"`: a chance of at most
   * 5 % that any of them is (Holm 1979). `"none"`.
   */
  readonly correction?: PValueCorrection;
  /** By what rules are ordered, the greatest first; default `"lift"`. */
  readonly orderBy?: RuleOrder;
  /** What stands between the products to the left of a rule where there are several; default `" + "`. */
  readonly separator?: string;
}

/** How the baskets of a log are put together, and which rules to look for. */
export interface AssociationRulesLogOptions extends LogBasketOptions, AssociationRulesOptions {}

/** Which products stand in the same baskets more often than chance would have it. */
export interface AssociationRules {
  /** Those asked for, in the order of `orderBy`; ties: fewer products first, then by name. */
  readonly rules: Table<AssociationRuleColumns>;
  /** Number of baskets: the base of all shares. */
  readonly baskets: number;
  /** Number of different products in them. */
  readonly products: number;
  /** Products that stand in at least `minimumCount` baskets. */
  readonly frequentProducts: number;
  /** Number of itemsets found by their size: `[pairs, triples, ...]`, up to `maximumSize`. */
  readonly itemsets: readonly number[];
  /**
   * Number of tests that p-values are corrected for: all pairs of frequent products, and for larger rules each frequent
   * set to the left with each frequent product to the right, whether they were found together or not.
   */
  readonly tests: number;
  /** How p-values are corrected. */
  readonly correction: PValueCorrection;
  /** In how many baskets all products of a rule stand, at least. */
  readonly minimumCount: number;
  /** Most products in a rule. */
  readonly maximumSize: number;
  /** Rules of the itemsets found that are not shown, each counted once, by the first bound that it misses. */
  readonly leftOut: RulesLeftOut;
  /** What stands between products to the left of a rule: split the column `antecedent` there. */
  readonly separator: string;
  /** Purchases of the log that count but name no product, and so are in no basket; 0 for plain baskets. */
  readonly purchasesWithoutProduct: number;
  /** Purchases of the log that are of no order, and so a basket each; 0 unless baskets are orders. */
  readonly purchasesWithoutOrder: number;
  /** What a basket of the log is; `null` for plain baskets. */
  readonly per: LogBasketOptions["per"] | null;
  /** Epoch milliseconds; `null` for plain baskets. */
  readonly asOf: number | null;
  /** Of which the purchases are, up to `asOf` at most; `null` for all time before `asOf` and for plain baskets. */
  readonly window: TimeWindow | null;
}

/**
 * Which products are bought together, or held by the same customers, more often than chance would have it?
 *
 * Rules "who has these also has that" with one product to the right (Agrawal, Imielinski & Swami 1993): support, confidence,
 * lift, leverage and conviction (Brin, Motwani, Ullman & Tsur 1997), Jaccard, and Fisher's exact test, one-sided, corrected
 * for all tests made. The search is exact. What refunds reversed in full is in no basket.
 *
 * The test takes baskets for independent. With several of the same customer they are not, and p-values come out too small:
 * `per: "customer"` has no such fault.
 *
 * A rule is no cause: who buys beer with diapers need not buy beer because diapers were offered. Test an offer against a
 * control group ({@link crossSellEffectiveness}).
 *
 * @param log - A transaction log with products.
 * @param options - `asOf`, what a basket is (`per`), a `window`, and which rules to look for.
 * @returns The rules, and what was searched, tested and left out.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the log has no products, or no ids for orders, or an option is unusable;
 * `UNKNOWN_TIME_ZONE`.
 * @example
 * ```ts
 * import { associationRules, row, transactionLog } from "clientele";
 *
 * const bought = (customerId: string, productId: string) => ({ customerId, productId, at: "2024-01-31", amount: 500 });
 * const log = transactionLog(
 *   [bought("ani", "tea"), bought("ani", "cup"), bought("budi", "tea"), bought("budi", "cup"), bought("citra", "rice")],
 *   { currency: "IDR" },
 * );
 * const { rules } = associationRules(log, { asOf: "2025-01-01", per: "customer", minimumCount: 2 });
 * const { antecedent, consequent, confidence, lift } = row(rules, 0);
 * [antecedent, consequent, confidence, lift]; // => ["cup", "tea", 1, 1.5]
 * ```
 */
export function associationRules(log: TransactionLog, options: AssociationRulesLogOptions): AssociationRules;
/**
 * The same from baskets as they are: arrays of products, or rows or a table of basket and product, or of customer and
 * product where the rules are to be of holdings.
 *
 * @param baskets - `[["tea", "cup"], ...]`, rows `{ basketId, productId }` or `{ customerId, productId }`, or a table of such
 * columns. Rows with both ids are of baskets. A product counts once in a basket; an array without products is a basket too.
 * @param options - Which rules to look for.
 * @returns The rules, and what was searched, tested and left out.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an id is no text; `INVALID_ARGUMENT`, `UNKNOWN_COLUMN`.
 * @example
 * ```ts
 * import { associationRules, rows } from "clientele";
 *
 * // Tan, Steinbach & Kumar 2005, table 6.1
 * const baskets = [
 *   ["bread", "milk"],
 *   ["beer", "bread", "diaper", "egg"],
 *   ["beer", "cola", "diaper", "milk"],
 *   ["beer", "bread", "diaper", "milk"],
 *   ["bread", "cola", "diaper", "milk"],
 * ];
 * const { rules, tests } = associationRules(baskets, { minimumCount: 2, maximumSize: 3 });
 * const shown = rows(rules).find(({ antecedent, consequent }) => antecedent === "diaper" && consequent === "beer");
 * [shown?.support, shown?.confidence, shown?.lift, shown?.leverage, shown?.conviction]; // => [0.6, 0.75, 1.25, 0.12, 1.6]
 * rows(rules).find(({ antecedent }) => antecedent === "diaper + milk")?.consequent; // => "cola"
 * tests; // => 34
 * ```
 */
export function associationRules(baskets: BasketInput, options?: AssociationRulesOptions): AssociationRules;
export function associationRules(
  input: TransactionLog | BasketInput,
  options: AssociationRulesLogOptions | AssociationRulesOptions = {},
): AssociationRules {
  assertOptions(options);
  const settings = settingsOf(options);
  if (!isLog(input)) return rulesOfBaskets(readBaskets(input), settings, PLAIN);
  const logOptions = options as AssociationRulesLogOptions;
  const facts = knownFacts(input, logOptions);
  const { start, end } = metricWindow(facts, logOptions);
  return rulesOfBaskets(basketsOfLog(facts, logOptions), settings, {
    per: logOptions.per,
    asOf: facts.asOf,
    // Nothing is known of a window that begins after asOf: it is empty, not turned round.
    window: logOptions.window ? { start, end: Math.max(start, end) } : null,
  });
}

type Settings = Required<AssociationRulesOptions>;
type Origin = Pick<AssociationRules, "per" | "asOf" | "window">;

const PLAIN: Origin = { per: null, asOf: null, window: null };

function settingsOf(options: AssociationRulesOptions): Settings {
  const {
    minimumCount = 5,
    maximumSize = 2,
    minimumConfidence = 0,
    minimumLift = 0,
    maximumPValue = 1,
    correction = "benjaminiHochberg",
    orderBy = "lift",
    separator = " + ",
  } = options;
  assertInteger(minimumCount, "options.minimumCount", 1);
  assertInteger(maximumSize, "options.maximumSize", 2, 50);
  assertInRange(minimumConfidence, "options.minimumConfidence", 0, 1);
  assertInRange(minimumLift, "options.minimumLift", 0, Number.MAX_SAFE_INTEGER);
  assertInRange(maximumPValue, "options.maximumPValue", 0, 1);
  assertOneOf(correction, "options.correction", CORRECTIONS);
  assertOneOf(orderBy, "options.orderBy", ["lift", "confidence", "leverage", "count"]);
  assertArgument(
    typeof separator === "string" && separator !== "",
    "options.separator",
    () => `options.separator is ${shown(separator)}: pass text that is not empty`,
  );
  return {
    minimumCount,
    maximumSize,
    minimumConfidence,
    minimumLift,
    maximumPValue,
    correction,
    orderBy,
    separator,
  };
}

function rulesOfBaskets(baskets: ProductBaskets, settings: Settings, origin: Origin): AssociationRules {
  const { minimumCount, maximumSize, correction, separator } = settings;
  if (maximumSize > 2) assertSeparates(separator, baskets.products);
  const basketCount = baskets.offsets.length - 1;
  const levels = frequentItemsets(baskets, minimumCount, maximumSize);
  const rules = rulesOf(levels, basketCount);
  const tests = testsOf(levels, minimumCount, maximumSize);
  const corrected = correctedPValues(rules.pValues, tests, correction);
  return {
    ...ruleTable({ rules, levels, products: baskets.products, baskets: basketCount, corrected }, settings),
    baskets: basketCount,
    products: baskets.products.length,
    frequentProducts: frequentProducts(levels, minimumCount),
    itemsets: Array.from({ length: maximumSize - 1 }, (_, i) => levels[i + 1]?.item.length ?? 0),
    tests,
    correction,
    minimumCount,
    maximumSize,
    separator,
    purchasesWithoutProduct: baskets.rowsWithoutProduct,
    purchasesWithoutOrder: baskets.rowsWithoutOrder,
    ...origin,
  };
}

/** With a product that is named like several, a rule could not be read back. */
function assertSeparates(separator: string, products: readonly string[]): void {
  const joined = products.find((product) => product.includes(separator));
  assertArgument(
    joined === undefined,
    "options.separator",
    () =>
      `options.separator is ${shown(separator)}, and product ${shown(joined)} has it in its name: pass another`,
  );
}
