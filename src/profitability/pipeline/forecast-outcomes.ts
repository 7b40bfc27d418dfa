import { assertArray } from "../../core/assert.js";
import { invalidRows, type RowProblem } from "../../core/row-problems.js";
import { safeInteger } from "../../core/safe-integer.js";
import { type Table, table } from "../../core/table.js";
import { type ForecastAccuracy, forecastAccuracy } from "./forecast-accuracy.js";
import { knownOpportunities, WON } from "./known-opportunities.js";
import type { OpportunityOptions, OpportunityRow } from "./opportunity-row.js";
import type { PipelineForecast } from "./pipeline-forecast.js";

/** What {@link forecastOutcomes} reads of a stored {@link PipelineForecast}. */
export type ForecastSnapshot = Pick<PipelineForecast, "asOf" | "periods">;

/** One row a snapshot and period that is over. */
export interface ForecastOutcomeColumns {
  /** When the forecast was made; epoch milliseconds. */
  readonly madeAt: readonly number[];
  /** Name of the period. */
  readonly label: readonly string[];
  /** How many periods ahead it was made: 0 in the period itself. */
  readonly ahead: readonly number[];
  /** What was forecast: won by then and weighted, minor units. */
  readonly forecast: readonly number[];
  /** What was won in the period, minor units. */
  readonly actual: readonly number[];
  /** Lower limit of the forecast, what was won by then included, minor units. */
  readonly lower: readonly number[];
  /** Upper limit of the forecast, minor units. */
  readonly upper: readonly number[];
}

/** Forecasts beside what came. */
export interface ForecastOutcomes {
  /** Each snapshot and period that is over, in the order of the snapshots. */
  readonly outcomes: Table<ForecastOutcomeColumns>;
  /** How far they were off, by how many periods ahead they were made, the nearest first. */
  readonly byAhead: readonly ForecastAccuracyAhead[];
}

/** How far forecasts were off that were made so many periods ahead. */
export interface ForecastAccuracyAhead extends ForecastAccuracy {
  /** How many periods ahead. */
  readonly ahead: number;
  /** Of the periods, those whose actual lay within the limits. */
  readonly withinLimits: number;
}

/**
 * What became of the forecasts that we made?
 *
 * Keep what {@link pipelineForecast} gives, each week or month: records alone cannot tell what was forecast, for a CRM
 * overwrites amounts and close dates. What was won in a period counts whether or not it was in the pipeline then, for new
 * business is a part of what a forecast misses.
 *
 * @param snapshots - Forecasts as they were made, in the order of time.
 * @param opportunities - Open and closed ones, as they are now; stages are not read.
 * @param options - `asOf`: periods that end by then are over; `timeZone`.
 * @returns Forecast and actual of each period that is over, and the accuracy by periods ahead.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an opportunity or a snapshot breaks a rule; `INVALID_ARGUMENT`;
 * `UNKNOWN_TIME_ZONE`; `CURRENCY_MISMATCH`; `UNSAFE_INTEGER`.
 * @example
 * ```ts
 * import { forecastOutcomes, pipelineForecast, rows } from "clientele";
 *
 * const pipeline = { stages: [{ name: "proposal", probability: 0.5 }] };
 * const deal = { id: "1", amount: 1000, stage: "proposal", openedAt: "2024-02-01", expectedCloseAt: "2024-03-20" };
 * const march = pipelineForecast([deal], { pipeline, asOf: "2024-03-01" });
 * const now = [{ ...deal, closedAt: "2024-03-25", outcome: "won" as const }];
 * const { outcomes, byAhead } = forecastOutcomes([march], now, { asOf: "2024-04-01" });
 * rows(outcomes).map(({ label, forecast, actual }) => [label, forecast, actual]); // => [["2024-03", 500, 1000]]
 * byAhead[0]?.weightedMape.value; // => 0.5
 * ```
 */
export function forecastOutcomes(
  snapshots: readonly ForecastSnapshot[],
  opportunities: readonly OpportunityRow[],
  options: OpportunityOptions,
): ForecastOutcomes {
  assertArray(snapshots, "snapshots");
  const facts = knownOpportunities(opportunities, options);
  const problems = (snapshots as readonly ForecastSnapshot[]).flatMap((snapshot, row): RowProblem[] =>
    Number.isFinite(snapshot?.asOf) && Array.isArray(snapshot.periods)
      ? []
      : [{ row, field: "", reason: "is no forecast with asOf and periods", value: snapshot }],
  );
  if (problems.length > 0) throw invalidRows(problems, problems.length, "snapshots");
  const wonBetween = wonReader(facts);
  const found = snapshots.flatMap(({ asOf, periods }) =>
    periods
      .filter(({ end }) => end <= facts.asOf)
      .map(({ label, index, start, end, won, expected, interval }) => ({
        madeAt: asOf,
        label,
        ahead: index - periods[0].index,
        forecast: expected,
        actual: wonBetween(start, end),
        lower: won + interval.lower,
        upper: won + interval.upper,
      })),
  );
  const aheads = [...new Set(found.map(({ ahead }) => ahead))].sort((a, b) => a - b);
  return {
    outcomes: table({
      madeAt: found.map(({ madeAt }) => madeAt),
      label: found.map(({ label }) => label),
      ahead: found.map(({ ahead }) => ahead),
      forecast: found.map(({ forecast }) => forecast),
      actual: found.map(({ actual }) => actual),
      lower: found.map(({ lower }) => lower),
      upper: found.map(({ upper }) => upper),
    }),
    byAhead: aheads.map((ahead) => {
      const own = found.filter((one) => one.ahead === ahead);
      const withinLimits = own.filter(
        ({ actual, lower, upper }) => actual >= lower && actual <= upper,
      ).length;
      return { ahead, ...forecastAccuracy(own), withinLimits };
    }),
  };
}

/** What was won in a window, from sums over the won in the order of their closing. */
function wonReader(facts: ReturnType<typeof knownOpportunities>): (start: number, end: number) => number {
  const won = [...facts.outcome.keys()]
    .filter((k) => k < facts.length && facts.outcome[k] === WON)
    .sort((a, b) => facts.closedAt[a] - facts.closedAt[b]);
  const sums = [0];
  for (const k of won)
    sums.push(
      safeInteger(sums[sums.length - 1] + facts.amount[k], "opportunities", "the sum of what was won"),
    );
  const before = (at: number): number => {
    let [low, high] = [0, won.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (facts.closedAt[won[middle]] < at) low = middle + 1;
      else high = middle;
    }
    return sums[low];
  };
  return (start, end) => before(end) - before(start);
}
