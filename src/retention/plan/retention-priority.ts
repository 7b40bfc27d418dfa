import { assertArgument, assertOptions } from "../../core/assert.js";
import { type Table, table } from "../../core/table.js";
import { type PriorityPlaces, placesOf, priorityScores, topPlace } from "./priority-scores.js";
import { CRITERIA, type RetentionPriorityWeights, readWeights } from "./priority-weights.js";
import { assertCandidates, type RetentionCandidate } from "./retention-candidates.js";
import type { StrategicReason } from "./retention-strategy.js";

/** How {@link retentionPriority} ranks. */
export interface RetentionPriorityOptions {
  /** Weights that differ from 1; a criterion that no row states cannot have one above 0. */
  readonly weights?: Partial<RetentionPriorityWeights> | undefined;
}

/** One row a customer of {@link RetentionPriorities}, whom to keep first. */
export interface RetentionPriorityColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** Place by score, from 1; equal scores by greater value, then by id. A weight counts as the decimal that it is written as. */
  readonly rank: readonly number[];
  /** Weighted mean of the six contributions, 0 to 1. */
  readonly score: readonly number[];
  /** As it was given. */
  readonly value: readonly number[];
  /** As it was given; `null` when no row has it. */
  readonly volume: readonly (number | null)[];
  /** As it was given; `null` when no row has it. */
  readonly churnProbability: readonly (number | null)[];
  /** `value * churnProbability`, what is expected to be lost; `null` when no row has a probability. */
  readonly valueAtRisk: readonly (number | null)[];
  /** As it was given; `null` where unknown. */
  readonly retentionCost: readonly (number | null)[];
  /** `valueAtRisk - retentionCost`, at most what keeping them brings: no measure keeps everyone; `null` where either is unknown. */
  readonly valueLessCost: readonly (number | null)[];
  /** Whether keeping them costs more than what is at risk; `null` where either is unknown. */
  readonly costsMoreThanRisk: readonly (boolean | null)[];
  /** Whether their value is below zero: a reason to change terms before keeping them. */
  readonly unprofitable: readonly boolean[];
  /** Whether they spread purchases on principle: hard to keep whatever is done. */
  readonly portfolioBuyer: readonly boolean[];
  /** Standing by value, 0 (least) to 1 (greatest). */
  readonly valueStanding: readonly number[];
  /** Standing by value at risk, 0 to 1; 0 when no row has a probability. */
  readonly valueAtRiskStanding: readonly number[];
  /** Standing by volume, 0 to 1; 0 when no row has it. */
  readonly volumeStanding: readonly number[];
  /** Whether they are a benchmark. */
  readonly benchmark: readonly boolean[];
  /** Whether they inspire. */
  readonly inspiration: readonly boolean[];
  /** Whether they open doors. */
  readonly doorOpener: readonly boolean[];
  /** The score in words: `"value 1 x 1 + benchmark 1 x 2 = 3 of 4"`. */
  readonly explanation: readonly string[];
}

/** Whom to keep, in order. */
export interface RetentionPriorities {
  /** Every customer, by rank. */
  readonly members: Table<RetentionPriorityColumns>;
  /** The weights that were used; 0 for a criterion that no row states. */
  readonly weights: RetentionPriorityWeights;
  /** Sum of the values at risk above zero, in the unit of `value`; `null` when the rows have no probability. */
  readonly totalValueAtRisk: number | null;
  /** Sum of those below zero: customers whose leaving would save money; zero or negative; `null` when the rows have no probability. */
  readonly totalLossAtRisk: number | null;
}

/**
 * Whom should we keep, and why before others?
 *
 * The reasons are those of Buttle (2009, chapter 9): high lifetime value, high volume, and strategic significance as
 * benchmark, inspiration or door opener; where churn probabilities are given, the value at risk too. Each criterion
 * gives 0 to 1: numbers by the customer's standing among all of these (the share of the others below, half of the equal
 * ones), so that no unit and no outlier decides; reasons 1 or 0. Values at risk that agree to 15 digits are equal: 3 at
 * 0.1 and 1 at 0.3. The score is the mean, each weighed by 1 unless `weights` says otherwise. Portfolio buyers are
 * flagged and keep their rank: whether to try is a decision of yours.
 *
 * @param customers - One row a customer; value, probability and cost are your forecasts.
 * @param options - Weights other than 1.
 * @returns Customers from the highest score, with what each criterion gave, flags, and the score in words.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a customer has no id or comes twice, a number is out of range, a
 * reason is unknown, or a volume or a probability is on some rows and not on others; `INVALID_ARGUMENT` when a weight is
 * out of range, weighs a criterion that no row states, or all are 0.
 * @example
 * ```ts
 * import { retentionPriority, rows } from "clientele";
 *
 * const { members } = retentionPriority(
 *   [
 *     { customerId: "ani", value: 900, portfolioBuyer: true },
 *     { customerId: "budi", value: 100, strategicReasons: ["benchmark"] },
 *     { customerId: "citra", value: 400 },
 *   ],
 *   { weights: { inspiration: 0, doorOpener: 0, benchmark: 2 } },
 * );
 * members.columns.customerId; // => ["budi", "ani", "citra"]
 * members.columns.explanation[0]; // => "value 0 x 1 + benchmark 1 x 2 = 2 of 3"
 * rows(members)[1]?.portfolioBuyer; // => true
 * ```
 */
export function retentionPriority(
  customers: readonly RetentionCandidate[],
  options: RetentionPriorityOptions = {},
): RetentionPriorities {
  assertOptions(options, "{ weights }");
  assertCandidates(customers);
  // What one row states, all do.
  const stated = {
    any: customers.length > 0,
    volume: customers.some(({ volume }) => typeof volume === "number"),
    valueAtRisk: customers.some(({ churnProbability }) => typeof churnProbability === "number"),
  };
  const weights = readWeights(options.weights ?? {}, stated);

  const value = customers.map((customer) => customer.value + 0);
  const atRisk = customers.map((customer) => customer.value * (customer.churnProbability ?? 0) + 0);
  const top = topPlace(customers.length);
  const reason = (name: StrategicReason) =>
    customers.map(({ strategicReasons }) => (strategicReasons?.includes(name) ? top : 0));
  const places: PriorityPlaces = {
    value: placesOf(value),
    valueAtRisk: stated.valueAtRisk ? placesOf(atRisk.map(withoutRounding)) : null,
    volume: stated.volume ? placesOf(customers.map(({ volume }) => volume ?? 0)) : null,
    benchmark: reason("benchmark"),
    inspiration: reason("inspiration"),
    doorOpener: reason("doorOpener"),
  };
  const scores = priorityScores(weights, places, customers.length);
  const given = (criterion: keyof RetentionPriorityWeights, row: number) =>
    (places[criterion]?.[row] ?? 0) / top;
  const ranked = customers
    .map((customer, row) => ({ customer, row, id: String(customer.customerId) }))
    .sort((a, b) => scores.compare(a.row, b.row) || value[b.row] - value[a.row] || (a.id < b.id ? -1 : 1));

  const risk = ({ row }: { row: number }) => (stated.valueAtRisk ? atRisk[row] : null);
  const lessCost = (one: { row: number; customer: RetentionCandidate }) => {
    const [lost, cost] = [risk(one), one.customer.retentionCost ?? null];
    return lost === null || cost === null ? null : lost - cost;
  };
  const sumOf = (isPart: (lost: number) => boolean) =>
    stated.valueAtRisk
      ? ranked.reduce((sum, { row }) => (isPart(atRisk[row]) ? sum + atRisk[row] : sum), 0)
      : null;
  const totalValueAtRisk = sumOf((lost) => lost > 0);
  const totalLossAtRisk = sumOf((lost) => lost < 0);
  for (const total of [totalValueAtRisk, totalLossAtRisk]) {
    assertArgument(
      total === null || Number.isFinite(total),
      "customers",
      () => `customers have ${total} at risk together: pass values in a larger unit`,
    );
  }
  return {
    members: table<RetentionPriorityColumns>({
      customerId: ranked.map(({ id }) => id),
      rank: ranked.map((_, index) => index + 1),
      score: ranked.map(({ row }) => scores.score(row)),
      value: ranked.map(({ row }) => value[row]),
      volume: ranked.map(({ customer }) => customer.volume ?? null),
      churnProbability: ranked.map(({ customer }) => customer.churnProbability ?? null),
      valueAtRisk: ranked.map(risk),
      retentionCost: ranked.map(({ customer }) => customer.retentionCost ?? null),
      valueLessCost: ranked.map(lessCost),
      costsMoreThanRisk: ranked.map((one) => {
        const left = lessCost(one);
        return left === null ? null : left < 0;
      }),
      unprofitable: ranked.map(({ row }) => value[row] < 0),
      portfolioBuyer: ranked.map(({ customer }) => customer.portfolioBuyer ?? false),
      valueStanding: ranked.map(({ row }) => given("value", row)),
      valueAtRiskStanding: ranked.map(({ row }) => given("valueAtRisk", row)),
      volumeStanding: ranked.map(({ row }) => given("volume", row)),
      benchmark: ranked.map(({ row }) => given("benchmark", row) > 0),
      inspiration: ranked.map(({ row }) => given("inspiration", row) > 0),
      doorOpener: ranked.map(({ row }) => given("doorOpener", row) > 0),
      explanation: ranked.map(({ row }) =>
        explained((criterion) => given(criterion, row), weights, scores.points(row), scores.most),
      ),
    }),
    weights,
    totalValueAtRisk,
    totalLossAtRisk,
  };
}

/** Fifteen digits: what a product of two decimals has beyond them is rounding. */
function withoutRounding(value: number): number {
  return Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, Number(value.toPrecision(15))));
}

/** Every number in full, so that the sum can be checked. */
function explained(
  gives: (criterion: keyof RetentionPriorityWeights) => number,
  weights: RetentionPriorityWeights,
  points: number,
  most: number,
): string {
  const terms = CRITERIA.filter(
    (criterion) => weights[criterion] > 0 && (gives(criterion) > 0 || criterion === "value"),
  ).map((criterion) => `${criterion} ${gives(criterion)} x ${weights[criterion]}`);
  return `${terms.join(" + ") || "nothing"} = ${points} of ${most}`;
}
