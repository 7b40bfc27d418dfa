import {
  assertArgument,
  assertFinite,
  assertInteger,
  assertOneOf,
  assertOptions,
  shown,
} from "../../core/assert.js";
import { shareOfCount } from "../../core/share-of-count.js";
import { type Table, table } from "../../core/table.js";
import type { CustomerKey } from "../../history/transaction-row.js";
import { assertRows, mustBeNewCustomer, mustBeNumber } from "../assert-rows.js";

/** One customer who might be rewarded. */
export interface RewardCandidate {
  /** Who, each customer once. */
  readonly customerId: CustomerKey;
  /** What the customer brings: profit, lifetime value, in any one unit. Needed by `"value"` and `"both"`; with `"loyalty"` it only tells who is unprofitable. */
  readonly value?: number | null | undefined;
  /** How loyal they are: years, repeat purchases, share of wallet, a score; more is more loyal. Needed by `"loyalty"` and `"both"`. */
  readonly loyalty?: number | null | undefined;
}

/**
 * Where the line is drawn in a ranking: after a share of the customers (rounded up), after so many, or at a number that
 * a customer must reach; or after a share or count of them, of whom each must reach the number too:
 * `{ share: 0.2, atLeast: 0 }` is the best fifth without those who bring a loss.
 */
export type RewardCut =
  | { readonly share: number; readonly atLeast?: number | undefined }
  | { readonly count: number; readonly atLeast?: number | undefined }
  | { readonly atLeast: number };

/** Whom to reward. */
export interface RewardListOptions {
  /** `"value"`: the most profitable; `"loyalty"`: the most loyal; `"both"`: who is above the line in both rankings. */
  readonly by: "value" | "loyalty" | "both";
  /** The line in the ranking by value; needed by `"value"` and `"both"`, and by them alone. */
  readonly valueCut?: RewardCut | undefined;
  /** The line in the ranking by loyalty; needed by `"loyalty"` and `"both"`, and by them alone. */
  readonly loyaltyCut?: RewardCut | undefined;
  /** Where equal numbers meet a share or a count: `"stable"` (default) keeps the size and splits them by id, `"promote"` rewards them all. */
  readonly ties?: "stable" | "promote" | undefined;
}

/** One row a rewarded customer of {@link RewardList}. */
export interface RewardColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** As it was given; `null` where it does not matter. */
  readonly value: readonly (number | null)[];
  /** As it was given; `null` where it does not matter. */
  readonly loyalty: readonly (number | null)[];
  /** Place by value among all customers, from 1, equal ones by id; `null` where it does not matter. */
  readonly valueRank: readonly (number | null)[];
  /** Place by loyalty among all customers, from 1, equal ones by id; `null` where it does not matter. */
  readonly loyaltyRank: readonly (number | null)[];
  /** Whether their value is below zero, so that a reward adds to a loss; `null` where no value is given. */
  readonly unprofitable: readonly (boolean | null)[];
}

/** Who is rewarded, and how many are not. */
export interface RewardList {
  /** The rewarded, from the greatest value; with `"loyalty"` from the greatest loyalty. */
  readonly rewarded: Table<RewardColumns>;
  /** Number of customers, rewarded or not. */
  readonly customers: number;
  /** With `"both"`: above the value line and below the loyalty line, a reason to build loyalty. Otherwise 0. */
  readonly onlyByValue: number;
  /** With `"both"`: above the loyalty line and below the value line. Otherwise 0. */
  readonly onlyByLoyalty: number;
  /** Below every line that was drawn. */
  readonly belowAll: number;
}

/**
 * Whom should we reward: the most profitable customers, the most loyal, or those who are both?
 *
 * Loyal customers are not always profitable (Reinartz & Kumar 2002), so each ranking has its own line, and `"both"`
 * takes who is above the two. A share or a count is filled whatever the numbers are: where few customers are profitable,
 * or with `"loyalty"`, it takes in some who are not, and `unprofitable` says who. `atLeast` beside it keeps them out.
 *
 * @param customers - One row a customer, with what the chosen ranking needs.
 * @param options - The ranking, a line for each, and what happens to equal numbers on it.
 * @returns The rewarded by rank, and how many missed which line.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a customer has no id, comes twice or lacks the number that is ranked;
 * `INVALID_ARGUMENT` when options or a line are missing, a line is drawn for nothing or out of range.
 * @example
 * ```ts
 * import { rewardList } from "clientele";
 *
 * const customers = [
 *   { customerId: "ani", value: 900, loyalty: 8 },
 *   { customerId: "budi", value: 700, loyalty: 1 },
 *   { customerId: "citra", value: 50, loyalty: 9 },
 *   { customerId: "dewi", value: 40, loyalty: 2 },
 * ];
 * const { rewarded, onlyByLoyalty } = rewardList(customers, {
 *   by: "both",
 *   valueCut: { share: 0.5 },
 *   loyaltyCut: { atLeast: 5 },
 * });
 * rewarded.columns.customerId; // => ["ani"]
 * onlyByLoyalty; // => 1
 * ```
 */
export function rewardList(customers: readonly RewardCandidate[], options: RewardListOptions): RewardList {
  assertOptions(options, '{ by: "value", valueCut: { share: 0.2 } }');
  const { by, ties = "stable" } = options;
  assertOneOf(by, "options.by", ["value", "loyalty", "both"]);
  assertOneOf(ties, "options.ties", ["stable", "promote"]);
  const cuts = { value: cutOf(options, "value"), loyalty: cutOf(options, "loyalty") };
  assertCandidates(customers, cuts);
  const ids = customers.map(({ customerId }) => String(customerId));
  const byValue = cuts.value && ranking(customers, ids, "value", cuts.value, ties);
  const byLoyalty = cuts.loyalty && ranking(customers, ids, "loyalty", cuts.loyalty, ties);

  const above = (list: Ranking | null, row: number) => list === null || list.isAbove[row];
  const order = (byValue ?? byLoyalty)?.order ?? [];
  const rewarded = order.filter((row) => above(byValue, row) && above(byLoyalty, row));
  const only = (list: Ranking | null, other: Ranking | null) =>
    list && other ? order.filter((row) => list.isAbove[row] && !other.isAbove[row]).length : 0;
  const [onlyByValue, onlyByLoyalty] = [only(byValue, byLoyalty), only(byLoyalty, byValue)];
  return {
    rewarded: table<RewardColumns>({
      customerId: rewarded.map((row) => ids[row]),
      value: rewarded.map((row) => (byValue && numberOf(customers[row].value)) ?? null),
      loyalty: rewarded.map((row) => (byLoyalty && numberOf(customers[row].loyalty)) ?? null),
      valueRank: rewarded.map((row) => byValue?.rank[row] ?? null),
      loyaltyRank: rewarded.map((row) => byLoyalty?.rank[row] ?? null),
      unprofitable: rewarded.map((row) => {
        const value = numberOf(customers[row].value);
        return value === null ? null : value < 0;
      }),
    }),
    customers: customers.length,
    onlyByValue,
    onlyByLoyalty,
    belowAll: customers.length - rewarded.length - onlyByValue - onlyByLoyalty,
  };
}

type Criterion = "value" | "loyalty";

/** Rows from the greatest number, the place of each row from 1, and whether it is above the line. */
interface Ranking {
  readonly order: readonly number[];
  readonly rank: readonly number[];
  readonly isAbove: readonly boolean[];
}

function ranking(
  customers: readonly RewardCandidate[],
  ids: readonly string[],
  criterion: Criterion,
  cut: RewardCut,
  ties: "stable" | "promote",
): Ranking {
  const values = customers.map((customer) => numberOf(customer[criterion]) ?? 0);
  const order = [...values.keys()].sort((a, b) => values[b] - values[a] || (ids[a] < ids[b] ? -1 : 1));
  const rank: number[] = new Array(order.length);
  for (const [place, row] of order.entries()) rank[row] = place + 1;
  const size =
    "count" in cut && cut.count !== undefined
      ? Math.min(cut.count, order.length)
      : "share" in cut && cut.share !== undefined
        ? shareOfCount(cut.share, order.length)
        : null;
  const isAbove = (row: number): boolean => {
    if (cut.atLeast !== undefined && values[row] < cut.atLeast) return false;
    if (size === null) return true;
    return ties === "promote" ? values[row] >= values[order[size - 1]] : rank[row] <= size;
  };
  return { order, rank, isAbove: values.map((_, row) => isAbove(row)) };
}

function cutOf(options: RewardListOptions, criterion: Criterion): RewardCut | null {
  const path = `options.${criterion}Cut`;
  const cut = options[`${criterion}Cut`];
  if (options.by !== criterion && options.by !== "both") {
    assertArgument(
      cut === undefined,
      path,
      () => `${path} is given, but options.by is "${options.by}": leave it out, or pass "both"`,
    );
    return null;
  }
  const { share, count, atLeast, ...others } = Object(cut) as {
    readonly share?: unknown;
    readonly count?: unknown;
    readonly atLeast?: unknown;
  };
  const rules = [share, count].filter((rule) => rule !== undefined).length;
  assertArgument(
    Object.keys(others).length === 0 && (rules === 1 || (rules === 0 && atLeast !== undefined)),
    path,
    () =>
      `${path} is ${shown(cut)}: pass one of { share: 0.2 }, { count: 100 }, { atLeast: 5 }, or atLeast with share or count`,
  );
  if (atLeast !== undefined) assertFinite(atLeast, `${path}.atLeast`);
  if (count !== undefined) assertInteger(count, `${path}.count`, 1);
  if (share !== undefined)
    assertArgument(
      typeof share === "number" && share > 0 && share <= 1,
      `${path}.share`,
      () => `${path}.share is ${shown(share)}: pass a share above 0 up to 1`,
    );
  return cut as RewardCut;
}

function assertCandidates(
  customers: readonly RewardCandidate[],
  cuts: { readonly value: RewardCut | null; readonly loyalty: RewardCut | null },
): void {
  const mustBeNew = mustBeNewCustomer();
  const value = cuts.value ? "required" : "optional";
  const loyalty = cuts.loyalty ? "required" : "optional";
  assertRows(customers, "customers", "{ customerId, value, loyalty }", (customer, must, place) => {
    mustBeNew(must, customer.customerId, place);
    mustBeNumber(must, "value", customer.value, { presence: value });
    mustBeNumber(must, "loyalty", customer.loyalty, { presence: loyalty });
  });
}

function numberOf(value: number | null | undefined): number | null {
  return typeof value === "number" ? value + 0 : null;
}
