import { assertArray, assertInteger } from "../../core/assert.js";
import { type Rate, ratio } from "../../core/rate.js";
import { invalidRows, type RowProblem } from "../../core/row-problems.js";
import { assertNumbers } from "../../statistics/numbers.js";

/** What was forecast for one period, and what came. */
export interface ForecastAndActual {
  /** What was forecast, in any unit. */
  readonly forecast: number;
  /** What came, in the same unit. */
  readonly actual: number;
}

/** How a forecast is held against what came. */
export interface ForecastAccuracyOptions {
  /** Actuals of the periods before, the earliest first, on which MASE is scaled; default the actuals of the rows themselves. */
  readonly history?: readonly number[];
  /** Periods in a season: the naive forecast of MASE is the actual so many periods before. Default 1: the period before. */
  readonly season?: number;
}

/** How far forecasts were off. */
export interface ForecastAccuracy {
  /** Number of periods. */
  readonly periods: number;
  /** Mean of forecast - actual, in the unit of the actuals: above 0, too much was promised. */
  readonly meanError: Rate;
  /** Mean of |forecast - actual|, in the unit of the actuals (MAE). */
  readonly meanAbsoluteError: Rate;
  /** Root of the mean of (forecast - actual)², in the unit of the actuals; `null` without periods. */
  readonly rootMeanSquaredError: number | null;
  /** Mean of |forecast - actual| / |actual| over the periods with an actual other than 0 (`denominator` of them). */
  readonly mape: Rate;
  /** Periods with an actual of 0, which `mape` cannot count. */
  readonly zeroActuals: number;
  /** Sum of |forecast - actual| over the sum of |actual|: counts periods with an actual of 0 too. */
  readonly weightedMape: Rate;
  /** Sum of forecast - actual over the sum of |actual|: above 0, too much was promised. */
  readonly bias: Rate;
  /** Mean absolute error over that of the naive forecast (Hyndman & Koehler 2006): below 1 is better than naive. */
  readonly mase: Rate;
}

/**
 * How far were our forecasts off?
 *
 * The mean absolute percentage error leaves out periods in which nothing came, and says how many; the weighted one and the
 * mean absolute scaled error (Hyndman & Koehler 2006) count them. A bias shows whether the errors go one way.
 *
 * @param rows - One `{ forecast, actual }` a period, in the order of time.
 * @param options - `history` and `season`, for the scale of MASE.
 * @returns The measures; each with its numerator and denominator, `null` where undefined.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a number is not finite; `INVALID_ARGUMENT`.
 * @example
 * ```ts
 * import { forecastAccuracy } from "clientele";
 *
 * const accuracy = forecastAccuracy([
 *   { forecast: 110, actual: 100 },
 *   { forecast: 180, actual: 200 },
 *   { forecast: 30, actual: 0 },
 * ]);
 * accuracy.mape.value; // ~> 0.1
 * accuracy.zeroActuals; // => 1
 * accuracy.weightedMape.value; // => 0.2
 * accuracy.mase.value; // ~> 0.133333333
 * ```
 */
export function forecastAccuracy(
  rows: readonly ForecastAndActual[],
  options: ForecastAccuracyOptions = {},
): ForecastAccuracy {
  assertArray(rows, "rows");
  const problems = (rows as readonly ForecastAndActual[]).flatMap((given, row): RowProblem[] =>
    (["forecast", "actual"] as const).flatMap((field) =>
      Number.isFinite(given?.[field])
        ? []
        : [{ row, field, reason: "is not a finite number", value: given?.[field] }],
    ),
  );
  if (problems.length > 0) throw invalidRows(problems, problems.length, "rows");
  const { season = 1 } = options;
  assertInteger(season, "options.season", 1);
  if (options.history !== undefined) assertNumbers(options.history, "options.history");
  const scaled = options.history ?? rows.map(({ actual }) => actual);
  return accuracyOf(rows, naiveSteps(scaled, season));
}

/** The steps of a naive forecast: their number, and the sum of their sizes. @internal */
export interface NaiveSteps {
  readonly steps: number;
  readonly sum: number;
}

/** The measures of rows that were checked, MASE on the scale of the steps. @internal */
export function accuracyOf(rows: readonly ForecastAndActual[], naive: NaiveSteps): ForecastAccuracy {
  let [error, absolute, squared, relative, size, zeroActuals] = [0, 0, 0, 0, 0, 0];
  for (const { forecast, actual } of rows) {
    const miss = forecast - actual;
    error += miss;
    absolute += Math.abs(miss);
    squared += miss * miss;
    size += Math.abs(actual);
    if (actual === 0) zeroActuals++;
    else relative += Math.abs(miss / actual);
  }
  const periods = rows.length;
  const meanAbsoluteError = ratio(absolute, periods, "periods");
  const { steps, sum } = naive;
  return {
    periods,
    meanError: ratio(error, periods, "periods"),
    meanAbsoluteError,
    rootMeanSquaredError: periods === 0 ? null : Math.sqrt(squared / periods),
    mape: ratio(relative, periods - zeroActuals, "periods with an actual other than 0"),
    zeroActuals,
    weightedMape: ratio(absolute, size, "sum of the actuals"),
    bias: ratio(error, size, "sum of the actuals"),
    mase:
      meanAbsoluteError.value === null
        ? meanAbsoluteError
        : ratio(
            meanAbsoluteError.value,
            steps === 0 ? 0 : sum / steps,
            steps === 0 ? "steps of a season in the history" : "mean absolute error of the naive forecast",
          ),
  };
}

function naiveSteps(actuals: readonly number[], season: number): NaiveSteps {
  let sum = 0;
  for (let i = season; i < actuals.length; i++) sum += Math.abs(actuals[i] - actuals[i - season]);
  return { steps: Math.max(0, actuals.length - season), sum };
}
