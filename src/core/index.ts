/**
 * What everything else stands on: errors and results, money, the calendar, seeded random numbers, tables of columns.
 *
 * **Money** is a whole number of minor units with its currency. An **instant** is a Date, epoch milliseconds, ISO 8601 with
 * an offset, or a **civil day** (`"2024-02-29"`) read in a zone; a **period** is a stretch of the calendar with a label;
 * windows are half-open. A **rate** shows its numerator and denominator and is `null` where it is undefined.
 *
 * ```ts
 * import { addMoney, allocateMoney, money, periodOf, seededRandom, windowBefore } from "clientele";
 *
 * addMoney(money(150_000_00, "IDR"), money(25_000_00, "IDR")).amount; // => 175_000_00
 * allocateMoney(money(100, "USD"), [1, 1, 1]).map(({ amount }) => amount); // => [34, 33, 33]
 * periodOf("2024-02-29T23:30:00Z", "month", { timeZone: "Asia/Jakarta" }).label; // => "2024-03"
 * const { start } = windowBefore("2024-02-29", { months: 12 });
 * new Date(start).toISOString(); // => "2023-02-28T00:00:00.000Z"
 * const random = seededRandom(42);
 * random() < 1; // => true
 * ```
 *
 * @module
 */
export { allocateInteger, allocateMoney } from "./allocate-money.js";
export { type CivilDay, civilDay, dayNumber } from "./civil-day.js";
export { minorUnitDigits } from "./currency.js";
export {
  addDuration,
  type Duration,
  type DurationOptions,
  subtractDuration,
  type TimeWindow,
  windowBefore,
} from "./duration.js";
export { ClienteleError, type ClienteleErrorCode } from "./errors.js";
export { type FormatMoneyOptions, formatMoney } from "./format-money.js";
export type { ExactNumber, ExactRatio } from "./fraction.js";
export { epochMs, type Instant } from "./instant.js";
export type { Interval } from "./interval.js";
export {
  evaluateKpis,
  type Kpi,
  type KpiActuals,
  type KpiDirection,
  type KpiEvaluation,
  type KpiOutcome,
  type KpiStatus,
} from "./kpi.js";
export { fromMinorUnits, type MinorUnitsOptions, toMinorUnits } from "./minor-units.js";
export {
  addMoney,
  compareMoney,
  type Money,
  maxMoney,
  minMoney,
  money,
  negateMoney,
  subtractMoney,
  sumMoney,
} from "./money.js";
export { type CurrencyIn, type DineroLike, type DineroSnapshot, moneyFrom } from "./money-from.js";
export { convertMoney, multiplyInteger, multiplyMoney, type RoundingOptions } from "./multiply-money.js";
export {
  type Period,
  type PeriodOptions,
  type PeriodSpec,
  type PeriodUnit,
  periodAt,
  periodOf,
  periodReader,
  periodsBetween,
} from "./period.js";
export { type RandomSource, seededRandom } from "./random.js";
export { drawIndex, drawShuffled } from "./random-choice.js";
export {
  drawBeta,
  drawExponential,
  drawGamma,
  drawGeometric,
  drawInteger,
  drawNormal,
  drawUniform,
} from "./random-draws.js";
export { drawPoisson } from "./random-poisson.js";
export { type Rate, ratio } from "./rate.js";
export { granted, type Refusal, type Result, refused } from "./result.js";
export { type RoundingMode, roundingModes } from "./rounding.js";
export {
  invalidRows,
  type RejectedRow,
  type RowProblem,
  rowProblemMessage,
  rowProblemsMessage,
} from "./row-problems.js";
export {
  type CellValue,
  type ColumnsOf,
  column,
  row,
  rows,
  type Table,
  type TableRow,
  table,
  type WithColumns,
} from "./table.js";
export {
  assertTimeZone,
  instantOfLocal,
  localDay,
  localDayReader,
  startOfDay,
  zoneOffset,
  zoneOffsetReader,
} from "./time-zone.js";
