import { assertArray } from "../../core/assert.js";
import { invalidRows, type RowProblem } from "../../core/row-problems.js";
import { safeInteger } from "../../core/safe-integer.js";
import { type Table, table } from "../../core/table.js";
import { accuracyOf, type ForecastAccuracy, type NaiveSteps } from "./forecast-accuracy.js";
import { type KnownOpportunities, knownOpportunities, WON } from "./known-opportunities.js";
import type { OpportunityOptions, OpportunityRow } from "./opportunity-row.js";
import type { PipelineForecast } from "./pipeline-forecast.js";

/** What {@link forecastOutcomes} reads of a stored {@link PipelineForecast}. */
export type ForecastSnapshot = Pick<PipelineForecast, "asOf" | "periods"> &
  Partial<Pick<PipelineForecast, "currency">>;

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

/**
 * How far forecasts were off that were made so many periods ahead. Several snapshots in one period are several forecasts of
 * it; its actual stands once in the scale of MASE, with the actuals of all periods that are over.
 */
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
 * @param snapshots - Forecasts as they were made, by the same periods and in one currency, in any order.
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
  const facts = knownOpportunities(opportunities, options, null, ["amount"]);
  const given = snapshots as readonly ForecastSnapshot[];
  checkSnapshots(given, facts.currency);
  const wonBetween = wonReader(facts);
  const found = given.flatMap(({ asOf, periods }) =>
    periods
      .filter(({ end }) => end <= facts.asOf)
      .map(({ label, index, start, end, won, expected, interval }) => ({
        madeAt: asOf,
        label,
        index,
        ahead: index - periods[0].index,
        forecast: expected,
        actual: wonBetween(start, end),
        lower: won + interval.lower,
        upper: won + interval.upper,
      })),
  );
  const naive = stepsBetween(new Map(found.map(({ index, actual }) => [index, actual])));
  const byAhead = new Map<number, typeof found>();
  for (const one of found) {
    const own = byAhead.get(one.ahead) ?? [];
    if (own.length === 0) byAhead.set(one.ahead, own);
    own.push(one);
  }
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
    byAhead: [...byAhead]
      .sort(([a], [b]) => a - b)
      .map(([ahead, own]) => {
        const isWithin = ({ actual, lower, upper }: (typeof own)[number]) =>
          actual >= lower && actual <= upper;
        return { ahead, ...accuracyOf(own, naive), withinLimits: own.filter(isWithin).length };
      }),
  };
}

const NUMBERS = ["index", "start", "end", "won", "expected"] as const;

/** Stored forecasts come from outside; periods of one number must be the same period. */
function checkSnapshots(snapshots: readonly ForecastSnapshot[], currency: string | null): void {
  const problems: RowProblem[] = [];
  const ends = new Map<number, { readonly start: number; readonly end: number }>();
  snapshots.forEach((snapshot, row) => {
    const note = (field: string, reason: string, value: unknown) =>
      problems.push({ row, field, reason, value });
    if (!(Number.isFinite(snapshot?.asOf) && Array.isArray(snapshot.periods))) {
      note("", "is no forecast with asOf and periods", snapshot);
      return;
    }
    const own = snapshot.currency ?? null;
    if (own !== null && currency !== null && own !== currency)
      note("currency", `is not ${currency}, the currency of the opportunities`, own);
    snapshot.periods.forEach((period: ForecastSnapshot["periods"][number], i) => {
      const at = `periods[${i}]`;
      for (const field of NUMBERS)
        if (!Number.isFinite(period?.[field]))
          note(`${at}.${field}`, "is not a finite number", period?.[field]);
      for (const field of ["lower", "upper"] as const)
        if (!Number.isFinite(period?.interval?.[field]))
          note(`${at}.interval.${field}`, "is not a finite number", period?.interval?.[field]);
      if (period === null || typeof period !== "object") return;
      const { index, start, end } = period;
      const other = ends.get(index);
      if (other === undefined) ends.set(index, { start, end });
      else if (other.start !== start || other.end !== end)
        note(at, "is not the same period in all snapshots: pass those of one kind of period and zone", index);
    });
  });
  if (problems.length > 0) throw invalidRows(problems, problems.length, "snapshots");
}

/** From each period to the one after it, where both are known. */
function stepsBetween(actuals: ReadonlyMap<number, number>): NaiveSteps {
  let [steps, sum] = [0, 0];
  for (const [index, actual] of actuals) {
    const next = actuals.get(index + 1);
    if (next === undefined) continue;
    steps++;
    sum += Math.abs(next - actual);
  }
  return { steps, sum };
}

/** What was won in a window, from sums over the won in the order of their closing. */
function wonReader(
  facts: KnownOpportunities<OpportunityRow, "amount">,
): (start: number, end: number) => number {
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
