import { assertOptions } from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import { type Rate, ratio } from "../../core/rate.js";
import { type Table, table } from "../../core/table.js";
import type { CustomerKey } from "../../history/transaction-row.js";
import { type ConfidenceOptions, confidenceLevelOf } from "../../statistics/confidence.js";
import { meanEstimate, meanInterval } from "./mean-estimate.js";
import { assertWallets, type ShareOfWallet, type WalletRow, walletShares } from "./share-of-wallet.js";

/** A {@link WalletRow} that says whose wallet it is. */
export interface NamedWalletRow extends WalletRow {
  /** Who, each customer once. */
  readonly customerId: CustomerKey;
}

/** One row for each customer who is compared, in the order of `before`. */
export interface WalletGrowthColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** Share of wallet before, 0 to 1. */
  readonly before: readonly number[];
  /** Share of wallet after, 0 to 1. */
  readonly after: readonly number[];
  /** After less before, in shares: 0.05 is five percentage points. */
  readonly change: readonly number[];
}

/** How the share of wallet of the same customers changed. */
export interface WalletGrowth {
  /** Change of the aggregate share: 0.05 is five percentage points; `null` without a customer to compare. */
  readonly aggregateChange: number | null;
  /** Mean of the customers' own changes; `null` without a customer to compare. */
  readonly meanChange: number | null;
  /** Where the mean change plausibly lies if the customers are a sample of many (paired Student's t); `null` with fewer than two. */
  readonly meanChangeInterval: Interval | null;
  /** Growth of what they spend with us: 0.1 is 10 % more. */
  readonly ours: Rate;
  /** Growth of all that they spend: ours above it means that the share grew, not only the wallets. */
  readonly total: Rate;
  /** Shares before, of the customers compared. */
  readonly before: ShareOfWallet;
  /** Shares after, of the customers compared. */
  readonly after: ShareOfWallet;
  /** Every customer compared. */
  readonly customers: Table<WalletGrowthColumns>;
  /** Who is not compared, and why. */
  readonly leftOut: {
    /** In `before` alone: lost, or not asked again. */
    readonly onlyBefore: readonly string[];
    /** In `after` alone: new, or not asked before. */
    readonly onlyAfter: readonly string[];
    /** In both, with a total of 0 in one of them: no share to compare. */
    readonly emptyWallet: readonly string[];
  };
  /** Why `aggregateChange`, `meanChange` or its interval is `null`; `null` where all are there. The growth rates say it themselves. */
  readonly reason: string | null;
}

/**
 * Do the same customers give us a larger part of their spending than before?
 *
 * Only customers with a wallet in both periods are compared: otherwise the share grows when customers with small shares
 * leave, without anybody having changed a habit.
 *
 * @param before - One row for each customer in the earlier period.
 * @param after - One row for each customer in the later period.
 * @param options - `confidenceLevel` of the intervals, default 0.95.
 * @returns The change of both shares, what grew, and who was left out; `null`, with a reason, without customers to compare.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a row is no wallet, has no customer, or a customer comes twice in one
 * period; `INVALID_ARGUMENT`; `UNSAFE_INTEGER` when a sum leaves 2^53 - 1.
 * @example
 * ```ts
 * import { walletGrowth } from "clientele";
 *
 * const growth = walletGrowth(
 *   [
 *     { customerId: "ani", ours: 250, total: 500 },
 *     { customerId: "budi", ours: 125, total: 500 },
 *     { customerId: "citra", ours: 0, total: 500 },
 *   ],
 *   [
 *     { customerId: "ani", ours: 500, total: 1000 },
 *     { customerId: "budi", ours: 250, total: 500 },
 *   ],
 * );
 * growth.aggregateChange; // => 0.125
 * [growth.ours.value, growth.total.value]; // => [1, 0.5]
 * growth.leftOut.onlyBefore; // => ["citra"]
 * ```
 */
export function walletGrowth(
  before: readonly NamedWalletRow[],
  after: readonly NamedWalletRow[],
  options: ConfidenceOptions = {},
): WalletGrowth {
  assertOptions(options, "{ confidenceLevel }");
  assertWallets(before, "before", true);
  assertWallets(after, "after", true);
  const confidenceLevel = confidenceLevelOf(options);
  const later = new Map(after.map((row) => [String(row.customerId), row]));
  const earlierIds = new Set(before.map(({ customerId }) => String(customerId)));
  const leftOut = {
    onlyBefore: [] as string[],
    onlyAfter: [...later.keys()].filter((id) => !earlierIds.has(id)),
    emptyWallet: [] as string[],
  };
  const pairs: { readonly id: string; readonly was: WalletRow; readonly is: WalletRow }[] = [];
  for (const was of before) {
    const id = String(was.customerId);
    const is = later.get(id);
    if (is === undefined) leftOut.onlyBefore.push(id);
    else if (was.total === 0 || is.total === 0) leftOut.emptyWallet.push(id);
    else pairs.push({ id, was, is });
  }
  const shares = {
    before: walletShares(
      pairs.map(({ was }) => was),
      confidenceLevel,
    ),
    after: walletShares(
      pairs.map(({ is }) => is),
      confidenceLevel,
    ),
  };
  const [from, to] = [shares.before.aggregate, shares.after.aggregate];
  const changes = pairs.map(({ was, is }) => is.ours / is.total - was.ours / was.total);
  const estimate = meanEstimate(changes);
  return {
    aggregateChange: from.value === null || to.value === null ? null : to.value - from.value,
    meanChange: estimate.mean,
    meanChangeInterval: meanInterval(estimate, confidenceLevel, -1, 1),
    ours: ratio(to.numerator - from.numerator, from.numerator, "spent with us before"),
    total: ratio(to.denominator - from.denominator, from.denominator, "spent before"),
    ...shares,
    customers: table({
      customerId: pairs.map(({ id }) => id),
      before: pairs.map(({ was }) => was.ours / was.total),
      after: pairs.map(({ is }) => is.ours / is.total),
      change: changes,
    }),
    leftOut,
    reason: pairs.length > 1 ? null : `customers with a wallet in both periods: ${pairs.length}`,
  };
}
