import { assertArray, assertOptions } from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import { type Rate, ratio } from "../../core/rate.js";
import { invalidRows, type RowProblem } from "../../core/row-problems.js";
import { safeSum } from "../../core/safe-integer.js";
import { type Table, table } from "../../core/table.js";
import type { CustomerKey } from "../../history/transaction-row.js";
import { type ConfidenceOptions, confidenceLevelOf } from "../../statistics/confidence.js";
import { amountProblem, eachCustomerOnce } from "../row-fields.js";
import { meanEstimate, meanInterval } from "./mean-estimate.js";

/** What a customer spends in a category in one period: with us, and in all. */
export interface WalletRow {
  /** Who, each customer once; the shares do not need it. */
  readonly customerId?: CustomerKey | null | undefined;
  /** Spent with us: whole number of minor units (or of units sold), zero or more, at most `total`. */
  readonly ours: number;
  /** Spent with all suppliers, us included: in the same unit. */
  readonly total: number;
}

/** One row for each customer, in the order of the input. */
export interface WalletColumns {
  /** Who; `null` where the row did not say. */
  readonly customerId: readonly (string | null)[];
  /** Spent with us. */
  readonly ours: readonly number[];
  /** Spent with all suppliers. */
  readonly total: readonly number[];
  /** Spent with others: what there is to win. */
  readonly elsewhere: readonly number[];
  /** Ours of total, 0 to 1; `null` where the total is 0. */
  readonly share: readonly (number | null)[];
}

/** What part of their spending customers give to us. */
export interface ShareOfWallet {
  /** All that customers spend with us of all that they spend: large wallets weigh more. */
  readonly aggregate: Rate;
  /** Where the aggregate plausibly lies if the customers are a sample of many (Cochran 1977, 6.4); `null` with fewer than two wallets. */
  readonly aggregateInterval: Interval | null;
  /** Mean of the customers' own shares: every wallet weighs the same; `null` without a wallet. */
  readonly mean: number | null;
  /** Where the mean plausibly lies if the customers are a sample of many (Student's t); `null` with fewer than two wallets. */
  readonly meanInterval: Interval | null;
  /** Customers with a wallet: a total above 0. */
  readonly wallets: number;
  /** Those of them who spend all of it with us. */
  readonly exclusive: number;
  /** Those of them who spend nothing of it with us. */
  readonly noneWithUs: number;
  /** Customers who spend nothing with anybody: they have no share and count in no mean. */
  readonly emptyWallets: number;
  /** Every customer's share. */
  readonly customers: Table<WalletColumns>;
  /** Why fields are `null`; `null` where every field is a number. */
  readonly reason: string | null;
}

/**
 * What part of what they spend do our customers spend with us?
 *
 * Two answers, which differ where large wallets are split differently from small ones. The **aggregate** is a share of money:
 * our share of the market that our customers are. The **mean** is a share per customer: how we stand with the typical one.
 *
 * @param customers - One row for each customer: totals come from a survey, a panel or a model, not from your own log.
 * @param options - `confidenceLevel` of the intervals, default 0.95.
 * @returns Both shares with intervals, and every customer's; `null`, with a reason, where nobody spends anything.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an amount is no whole number, is negative, ours exceeds the total, or a
 * customer comes twice; `INVALID_ARGUMENT`; `UNSAFE_INTEGER` when a sum leaves 2^53 - 1.
 * @example
 * ```ts
 * import { shareOfWallet } from "clientele";
 *
 * const { aggregate, mean } = shareOfWallet([
 *   { customerId: "ani", ours: 300, total: 500 },
 *   { customerId: "budi", ours: 100, total: 400 },
 *   { customerId: "citra", ours: 0, total: 200 },
 * ]);
 * aggregate; // ~> { value: 0.3636363636, numerator: 400, denominator: 1100, reason: null }
 * mean; // ~> 0.2833333333
 * ```
 */
export function shareOfWallet(
  customers: readonly WalletRow[],
  options: ConfidenceOptions = {},
): ShareOfWallet {
  assertOptions(options, "{ confidenceLevel }");
  assertWallets(customers, "customers");
  return walletShares(customers, confidenceLevelOf(options));
}

/** The shares of rows that were checked. @internal */
export function walletShares(customers: readonly WalletRow[], confidenceLevel: number): ShareOfWallet {
  const wallets = customers.filter(({ total }) => total > 0);
  const sums = {
    ours: safeSum(
      wallets.map((row) => row.ours),
      "customers",
      "what customers spend with us",
    ),
    total: safeSum(
      wallets.map((row) => row.total),
      "customers",
      "what customers spend",
    ),
  };
  const estimate = meanEstimate(wallets.map((row) => row.ours / row.total));
  const count = wallets.length;
  const aggregate = ratio(sums.ours, sums.total, "what customers spend");
  return {
    aggregate,
    aggregateInterval:
      aggregate.value === null ? null : ratioInterval(wallets, aggregate.value, confidenceLevel),
    mean: estimate.mean,
    meanInterval: meanInterval(estimate, confidenceLevel, 0, 1),
    wallets: count,
    emptyWallets: customers.length - count,
    exclusive: wallets.filter((row) => row.ours === row.total).length,
    noneWithUs: wallets.filter((row) => row.ours === 0).length,
    customers: table({
      customerId: customers.map(({ customerId }) => (customerId == null ? null : String(customerId))),
      ours: customers.map((row) => row.ours),
      total: customers.map((row) => row.total),
      elsewhere: customers.map((row) => row.total - row.ours),
      share: customers.map((row) => (row.total > 0 ? row.ours / row.total : null)),
    }),
    reason: count > 1 ? null : `customers with a wallet: ${count}`,
  };
}

/**
 * The interval of a ratio of two sums over one sample by linearization: its error is nearly that of the mean of the
 * residuals ours - share x total, over the mean total (Cochran 1977, 6.4).
 */
function ratioInterval(
  wallets: readonly WalletRow[],
  share: number,
  confidenceLevel: number,
): Interval | null {
  const meanTotal = meanEstimate(wallets.map(({ total }) => total)).mean ?? Number.NaN;
  const { count, standardError } = meanEstimate(
    wallets.map(({ ours, total }) => (ours - share * total) / meanTotal),
  );
  return meanInterval({ count, mean: share, standardError }, confidenceLevel, 0, 1);
}

/** Refuses rows that are no wallets; `named`: every row says whose it is. @internal */
export function assertWallets(rows: readonly WalletRow[], path: string, named = false): void {
  assertArray(rows, path);
  const problems: RowProblem[] = [];
  const customerProblem = eachCustomerOnce();
  for (const [row, wallet] of rows.entries()) {
    if (typeof wallet !== "object" || wallet === null) {
      problems.push({ row, field: "", reason: "is not { ours, total }", value: wallet });
      continue;
    }
    const { customerId, ours, total } = wallet;
    const found: (RowProblem | null)[] = [
      amountProblem(ours, row, "ours"),
      amountProblem(total, row, "total"),
    ];
    if (!found.some((problem) => problem !== null) && ours > total)
      found.push({ row, field: "ours", reason: `is more than the total, ${total}`, value: ours });
    if (named || (customerId !== undefined && customerId !== null))
      found.push(customerProblem(customerId, row));
    for (const problem of found) if (problem) problems.push(problem);
  }
  if (problems.length > 0) throw invalidRows(problems, problems.length, path);
}
