import { assertOneOf } from "../../core/assert.js";
import { ClienteleError } from "../../core/errors.js";
import type { Interval } from "../../core/interval.js";
import type { Rate } from "../../core/rate.js";
import { byName } from "../../history/customer-groups.js";
import { type KnownFacts, knownFacts } from "../../history/known-facts.js";
import type { TextColumn, TransactionLog } from "../../history/log-columns.js";
import { type ConfidenceOptions, confidenceLevelOf } from "../../statistics/confidence.js";
import { countedShare } from "./counted-share.js";
import {
  originOf,
  type RetentionOptions,
  type RetentionRate,
  windowPair,
  withheldBy,
} from "./retention-rate.js";
import { type RetentionShares, retentionShares, type Withheld } from "./retention-shares.js";
import { joined } from "./tally-retention.js";
import { tallyViews, type ViewTally } from "./tally-views.js";

/** Through which of a log's columns customers are seen: what they buy, or where. */
export type DefectionView = "product" | "channel";

/** Between which two windows, and through which column, defection is measured. */
export interface DefectionByViewOptions extends RetentionOptions {
  /** `"product"` or `"channel"`: a column that the log must have. */
  readonly view: DefectionView;
}

/**
 * The same base, seen by one who looks at a product or channel and by one who looks at the customer. Sales and profit are
 * what the product or channel brought in the previous period, in both.
 */
export interface ViewShares {
  /** Retained is who bought the same product, or through the same channel, again. */
  readonly sameAgain: RetentionShares;
  /** Retained is who bought anything again, anywhere. */
  readonly anyBusiness: RetentionShares;
  /**
   * Defections that are none: how many of those lost in the one view (denominator) the company still has (numerator).
   * `null` where nobody was lost, or the windows are not over.
   */
  readonly keptElsewhere: Rate;
  /** Where that share plausibly lies among such losses (Wilson 1927); `null` where the rate is. */
  readonly keptElsewhereInterval: Interval | null;
}

/** The two views of the customers of one product or channel. */
export interface DefectionGroup extends ViewShares {
  /** The product or channel; `null` for purchases without one. */
  readonly group: string | null;
}

/** Defection seen by product or channel, beside what the company lost. */
export interface DefectionByView
  extends ViewShares,
    Pick<RetentionRate, "previous" | "current" | "asOf" | "timeZone" | "currency"> {
  /** Through which column. */
  readonly view: DefectionView;
  /** Each customer once: the retention of the company, with all sales and profit of the customers. */
  readonly customers: RetentionShares;
  /**
   * Each product or channel with buyers in the previous window, in ascending order of name, `null` last. A customer is in
   * the base of each that was bought: `sameAgain` and `anyBusiness` beside this field count all these holdings (their
   * intervals take them as independent, which those of one customer are not).
   */
  readonly groups: readonly DefectionGroup[];
}

/**
 * Which of our defections by product or channel are none, because the customer still buys from us?
 *
 * Who manages a product, or a channel, sees every customer who stops buying it as lost. The company has lost only those
 * who stopped buying altogether; a customer of two products who drops one has not defected (Buttle 2009, chapter 9).
 *
 * A customer is in the base of every product with a qualifying purchase in `previous`, weighted with what that product
 * brought. A refund takes from the product of its purchase; one that counts apart from a purchase, from the product that
 * it names. Where that product has no qualifying purchase in the window, it counts in `customers` alone.
 *
 * @param log - A transaction log with products or channels.
 * @param options - `view`, and those of {@link retentionRate}: `asOf`, the two windows, `confidenceLevel` (default 0.95)
 * and what every metric takes.
 * @returns Both views of each product or channel, of all of them together, and the retention of the company.
 * @throws {@link ClienteleError} as {@link retentionRate}; `UNKNOWN_COLUMN` when the log has no such column.
 * @example
 * ```ts
 * import { defectionByView, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2023-03-01", amount: 900, productId: "fiber" },
 *     { customerId: "ani", at: "2023-03-01", amount: 100, productId: "tv" },
 *     { customerId: "budi", at: "2023-08-01", amount: 100, productId: "tv" },
 *     { customerId: "ani", at: "2024-05-01", amount: 900, productId: "fiber" },
 *   ],
 *   { currency: "IDR" },
 * );
 * const { groups, customers } = defectionByView(log, {
 *   asOf: "2025-01-01",
 *   view: "product",
 *   previous: { start: "2023-01-01", end: "2024-01-01" },
 *   current: { start: "2024-01-01", end: "2025-01-01" },
 * });
 * const [fiber, tv] = groups;
 * [tv.sameAgain.lost, tv.anyBusiness.lost]; // => [2, 1]
 * tv.keptElsewhere; // => { value: 0.5, numerator: 1, denominator: 2, reason: null }
 * [fiber.sameAgain.lost, customers.lost]; // => [0, 1]
 * ```
 */
export function defectionByView(log: TransactionLog, options: DefectionByViewOptions): DefectionByView {
  const facts = knownFacts(log, options);
  const column = viewColumn(facts, options.view);
  const { previous, current, placeOf } = windowPair(facts, options);
  const [tally] = tallyViews(facts, column, 2, placeOf);
  return {
    ...defection(tally, column, options, withheldBy(facts, current)),
    previous,
    current,
    ...originOf(facts),
  };
}

/** The column that a view looks through. @internal */
export function viewColumn({ log }: KnownFacts, view: DefectionView): TextColumn {
  assertOneOf(view, "options.view", ["product", "channel"]);
  const column = log[view];
  if (column !== null) return column;
  if (log.length === 0) return { codes: new Uint8Array(0), values: [] };
  const field = view === "product" ? "productId" : "channel";
  throw new ClienteleError(
    "UNKNOWN_COLUMN",
    "options.view",
    `options.view is "${view}", but the log has no ${view}s: give ${field} in the transactions`,
  );
}

/** The rates of one pair of periods. @internal */
export function defection(
  tally: ViewTally,
  { values }: TextColumn,
  options: ConfidenceOptions & { readonly view: DefectionView },
  withheld: Withheld,
): Pick<DefectionByView, keyof ViewShares | "view" | "customers" | "groups"> {
  const entries = [...tally.groups]
    .map(([code, group]) => ({ name: values[code], ...group }))
    .sort((a, b) => byName(a.name, b.name));
  const shares = (same: typeof entries): ViewShares => {
    const sameAgain = retentionShares(joined(same.map((entry) => entry.sameAgain)), options, withheld);
    const anyBusiness = retentionShares(joined(same.map((entry) => entry.anyBusiness)), options, withheld);
    const { rate, interval } = countedShare(
      sameAgain.lost - anyBusiness.lost,
      sameAgain.lost,
      "customers lost in this view",
      confidenceLevelOf(options),
      withheld.all,
    );
    return { sameAgain, anyBusiness, keptElsewhere: rate, keptElsewhereInterval: interval };
  };
  return {
    view: options.view,
    ...shares(entries),
    customers: retentionShares(tally.customers, options, withheld),
    groups: entries.map((entry) => ({ group: entry.name, ...shares([entry]) })),
  };
}
