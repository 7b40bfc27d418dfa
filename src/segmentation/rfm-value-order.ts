import { assertArgument, assertOneOf, assertOptions, shown } from "../core/assert.js";
import { type Rate, ratio } from "../core/rate.js";
import type { WithColumns } from "../core/table.js";
import { assertScores } from "./comparable-scores.js";
import { groupSums } from "./group-sums.js";
import type { RfmScores } from "./rfm.js";
import { type ValuedCustomer, type ValuedCustomerColumns, valuedCustomers } from "./valued-customers.js";

/** How groups of scored customers are formed. */
export interface RfmValueOrderOptions {
  /** By `"cell"` of three scores (default) or by `"segment"`. */
  readonly by?: "cell" | "segment";
}

/** One cell or segment, and what its customers are expected to spend. */
export interface RfmValueGroup {
  /** The scores (`"5-4-5"`) or the name of the segment. */
  readonly name: string;
  /** Place from the highest mean, from 1; equal means share the better place. */
  readonly rank: number;
  /** Number of customers. */
  readonly customers: number;
  /** Sum of what they are expected to spend. */
  readonly expected: number;
  /** Expected spend of a customer, on average. */
  readonly mean: number;
  /** Of the expected spend of all customers scored; `null` when that is zero or negative. */
  readonly shareOfExpected: Rate;
}

/** Cells or segments from the most to the least valuable. */
export interface RfmValueOrder {
  /** What the groups are. */
  readonly by: "cell" | "segment";
  /** Every group that somebody is in, the highest mean first; equal means by name. */
  readonly groups: readonly RfmValueGroup[];
  /** What all customers scored are expected to spend. */
  readonly total: number;
  /** Customers with an expected spend who have no scores: left out. */
  readonly unscored: number;
}

/**
 * Which scores are worth the most, by what their customers are expected to spend?
 *
 * Scores add up recency, frequency and money as if each were worth the same. They are not: a frequent customer who has long
 * been silent is worth less than a less frequent one (Fader, Hardie & Lee 2005). Pass the expected spend of a model, and cells
 * stand in the order of that.
 *
 * @param scores - The result of {@link rfm}.
 * @param expectedSpend - `{ customerId, value }` for every customer scored: what each is expected to spend, in any one unit.
 * @param options - By cell or by segment.
 * @returns The cells or segments from the highest mean, with sizes and shares.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a customer scored has no expected spend, or by segment without a segment table;
 * `INVALID_ROWS` when a value is not finite or a customer comes twice; `UNSAFE_INTEGER`.
 * @example
 * ```ts
 * import { rfm, rfmValueOrder } from "clientele";
 *
 * const scores = rfm([
 *   { customerId: "ani", recency: 5, frequency: 2, monetary: 100 },
 *   { customerId: "budi", recency: 300, frequency: 9, monetary: 900 },
 * ]);
 * const order = rfmValueOrder(scores, [{ customerId: "ani", value: 60 }, { customerId: "budi", value: 5 }]);
 * order.groups.map(({ name, mean }) => [name, mean]); // => [["5-1-1", 60], ["1-5-5", 5]]
 * ```
 */
export function rfmValueOrder(
  scores: RfmScores,
  expectedSpend: WithColumns<ValuedCustomerColumns> | readonly ValuedCustomer[],
  options: RfmValueOrderOptions = {},
): RfmValueOrder {
  assertOptions(options);
  assertScores(scores, "scores");
  const { by = "cell" } = options;
  assertOneOf(by, "options.by", ["cell", "segment"]);
  assertArgument(
    by === "cell" || scores.segmentTable !== null,
    "options.by",
    () =>
      'options.by is "segment", and the scores have no segments: score with a segment table, or pass "cell"',
  );
  const { customerIds, values } = valuedCustomers(expectedSpend, "expectedSpend");
  const spendOf = new Map(customerIds.map((id, row) => [id, values[row]]));
  const { customerId, code, segment } = scores.members.columns;
  const spend = customerId.map((id) => {
    const value = spendOf.get(id);
    assertArgument(
      value !== undefined,
      "expectedSpend",
      () => `expectedSpend has nothing for customer ${shown(id)}: pass a value for each customer scored`,
    );
    return value;
  });
  const nameOf = by === "cell" ? code : segment.map((name) => name ?? "");
  const names = [...new Set(nameOf)].sort();
  const place = new Map(names.map((name, i) => [name, i]));
  const { counts, sums, total } = groupSums(
    spend,
    nameOf.map((name) => place.get(name) ?? 0),
    names.length,
    "expectedSpend",
  );
  const ordered = names
    .map((name, i) => ({
      name,
      customers: counts[i],
      expected: sums[i],
      mean: sums[i] / counts[i],
      shareOfExpected: ratio(sums[i], total, "expected spend of all customers scored"),
    }))
    .sort((a, b) => b.mean - a.mean || (a.name < b.name ? -1 : 1));
  let rank = 0;
  return {
    by,
    groups: ordered.map(({ name, ...group }, i) => {
      if (i === 0 || group.mean < ordered[i - 1].mean) rank = i + 1;
      return { name, rank, ...group };
    }),
    total,
    unscored: customerIds.length - customerId.length,
  };
}
