import { assertArgument, shown } from "../../core/assert.js";
import { dayNumber } from "../../core/civil-day.js";
import { invalidRows, type RowProblem } from "../../core/row-problems.js";
import { type LifetimeSummaryOptions, lifetimeSummary } from "../../history/lifetime-summary.js";
import { isLog, type TransactionLog } from "../../history/log-columns.js";
import { DAYS_IN_UNIT } from "../models/days-in-unit.js";
import type { ModelTimeUnit, TransactionModel } from "../models/lifetime-model.js";
import type { SpendingCustomer, SpendingCustomerColumns } from "../predictions/predict-lifetime-value.js";

/** What a customer did up to T, and in the holdout period after it. */
export interface HoldoutHistory extends SpendingCustomer {
  /** Who. */
  readonly customerId?: string | undefined;
  /** Purchases in the holdout period. */
  readonly holdoutX: number | null;
  /** Spend in the holdout period, in the money of the spend model. */
  readonly holdoutSpend?: number | null | undefined;
}

/** The same for many customers, column by column. */
export interface HoldoutHistoryColumns extends SpendingCustomerColumns {
  /** Purchases in the holdout period; `null` without one, where there is nothing to evaluate. */
  readonly holdoutX: ArrayLike<number | null> | null;
  /** Spend in the holdout period. */
  readonly holdoutSpend?: ArrayLike<number | null> | null | undefined;
}

/** Rows, columns, or a table with such columns: a `lifetimeSummary` with `holdoutThrough`, or simulated customers with `holdout`. */
export type HoldoutHistories =
  | readonly HoldoutHistory[]
  | HoldoutHistoryColumns
  | { readonly length: number; readonly columns: HoldoutHistoryColumns };

/** How a log is cut into calibration and holdout, or how long the holdout of other histories is. */
export interface HoldoutOptions extends Partial<Omit<LifetimeSummaryOptions, "unit">> {
  /** Length of the holdout period in the model's unit; a log, or a summary of one, knows its own. For BG/BB a number of opportunities. */
  readonly horizon?: number | undefined;
}

/** What came in a holdout, and how long it was. @internal */
export interface ReadHoldout {
  readonly holdoutX: Float64Array;
  /** `null` where it was not asked for. */
  readonly holdoutSpend: Float64Array | null;
  readonly horizon: number;
}

/** A log as a summary in a unit; anything else as it is, when no option for logs is given. @internal */
export function summarized<Input extends object>(
  input: Input | TransactionLog,
  options: HoldoutOptions,
  unit: ModelTimeUnit,
): Input | ReturnType<typeof lifetimeSummary> {
  if (isLog(input)) {
    const { through } = options;
    assertArgument(
      through !== undefined,
      "options.through",
      () => "options.through is missing: pass the last civil day that the model may learn from",
    );
    return lifetimeSummary(input, { ...options, through, unit: unit as LifetimeSummaryOptions["unit"] });
  }
  for (const name of ["through", "holdoutThrough", "timeZone", "qualifies", "occasion"] as const) {
    assertArgument(
      options[name] === undefined,
      `options.${name}`,
      () => `options.${name} is for logs, and customers is none: leave it out, or pass a log`,
    );
  }
  return input;
}

/**
 * Whether histories come with a holdout: a value for every customer, or for none; {@link readHoldout} names the rows that
 * have none when others do.
 *
 * @internal
 */
export function hasHoldout(input: object): boolean {
  if (Array.isArray(input)) return input.some((row) => !isNothing(row?.holdoutX));
  const columns = ("columns" in input ? input.columns : input) as Partial<HoldoutHistoryColumns>;
  const counts = columns.holdoutX;
  if (isNothing(counts)) return false;
  for (let row = 0; row < counts.length; row++) if (!isNothing(counts[row])) return true;
  return counts.length === 0;
}

function isNothing(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

/** Reads who bought what in the holdout, and how long it was; spends where they are asked for. @internal */
export function readHoldout(
  customers: HoldoutHistories,
  options: HoldoutOptions,
  { model, unit }: TransactionModel,
  isSpending: boolean,
): ReadHoldout {
  const given: unknown = customers;
  assertArgument(
    typeof given === "object" && given !== null,
    "customers",
    () => `customers is ${shown(given)}: pass a log, a table, columns { x, tx, T, holdoutX } or rows of them`,
  );
  const isEmpty = Array.isArray(customers) && customers.length === 0;
  assertArgument(
    isEmpty || hasHoldout(customers),
    "customers.holdoutX",
    () =>
      "customers.holdoutX is missing: pass holdoutThrough to lifetimeSummary, holdout to simulateCustomers, or the column",
  );
  const isCounted = model === "bgBb";
  const horizon = horizonOf(customers, options, isCounted ? "opportunities" : `${unit}s`, unit);
  const { counts, spends } = holdoutColumns(customers, isSpending);
  const length = counts.length;
  const holdoutX = new Float64Array(length);
  const holdoutSpend = spends === null ? null : new Float64Array(length);
  const problems: RowProblem[] = [];
  let total = 0;
  const note = (row: number, field: string, reason: string, value: unknown): void => {
    total++;
    const why = value === undefined || value === null ? "is missing" : reason;
    if (problems.length < LISTED) problems.push({ row, field, reason: why, value });
  };
  for (let row = 0; row < length; row++) {
    const count = counts[row];
    if (!Number.isSafeInteger(count) || (count as number) < 0)
      note(row, "holdoutX", "is not a whole number of purchases", count);
    else if (isCounted && (count as number) > horizon)
      note(row, "holdoutX", `is more than the ${horizon} opportunities of the holdout`, count);
    else holdoutX[row] = count as number;
    if (holdoutSpend === null) continue;
    const spend = spends?.[row];
    if (Number.isFinite(spend)) holdoutSpend[row] = spend as number;
    else note(row, "holdoutSpend", "is not a finite number", spend);
  }
  if (total > 0) throw invalidRows(problems, total, "customers");
  return { holdoutX, holdoutSpend, horizon };
}

const LISTED = 20;

function holdoutColumns(
  customers: HoldoutHistories,
  isSpending: boolean,
): {
  readonly counts: ArrayLike<number | null | undefined>;
  readonly spends: ArrayLike<number | null | undefined> | null;
} {
  if (Array.isArray(customers)) {
    const rows: readonly HoldoutHistory[] = customers;
    return {
      counts: rows.map((row) => row?.holdoutX),
      spends: isSpending ? rows.map((row) => row?.holdoutSpend) : null,
    };
  }
  const columns = ("columns" in customers ? customers.columns : customers) as HoldoutHistoryColumns;
  const path = "columns" in customers ? "customers.columns" : "customers";
  const lists = { holdoutX: columns.holdoutX, ...(isSpending && { holdoutSpend: columns.holdoutSpend }) };
  for (const [name, column] of Object.entries(lists)) {
    assertArgument(
      column !== undefined && column !== null && column.length === columns.x?.length,
      `${path}.${name}`,
      () =>
        `${path}.${name} ${column ? `has ${column.length} values` : "is missing"}: pass an array as long as ${path}.x`,
    );
  }
  return { counts: columns.holdoutX ?? [], spends: isSpending ? (columns.holdoutSpend ?? null) : null };
}

function horizonOf(
  customers: HoldoutHistories,
  { horizon }: HoldoutOptions,
  units: string,
  unit: ModelTimeUnit,
): number {
  const known = knownHorizon(customers, units, unit);
  if (known !== null) {
    assertArgument(
      horizon === undefined,
      "options.horizon",
      () => `options.horizon is ${shown(horizon)}, and the holdout has ${known} ${units}: leave it out`,
    );
    return known;
  }
  const isCounted = units === "opportunities";
  assertArgument(
    (isCounted ? Number.isSafeInteger(horizon) : Number.isFinite(horizon)) && (horizon as number) > 0,
    "options.horizon",
    () =>
      `options.horizon is ${shown(horizon)}: pass the length of the holdout period in ${units}, ${isCounted ? "a whole number " : ""}above 0`,
  );
  return horizon as number;
}

/** How long the holdout of a summary is, by its days or its opportunities; `null` for histories that do not know it. */
function knownHorizon(customers: HoldoutHistories, units: string, unit: ModelTimeUnit): number | null {
  const { through, holdoutThrough, holdoutOpportunities } = customers as Partial<Record<string, unknown>>;
  const isCounted = units === "opportunities";
  if (typeof holdoutOpportunities === "number") {
    assertArgument(
      isCounted,
      "customers",
      () => `customers is an opportunitySummary, for BG/BB: pass a lifetimeSummary in ${units}`,
    );
    assertArgument(
      holdoutOpportunities > 0,
      "customers.holdoutOpportunities",
      () => "customers.holdoutOpportunities is 0: pass a later holdoutThrough to opportunitySummary",
    );
    return holdoutOpportunities;
  }
  if (typeof through !== "string" || typeof holdoutThrough !== "string") return null;
  assertArgument(
    !isCounted,
    "customers",
    () => "customers is a lifetimeSummary, in time: pass an opportunitySummary for BG/BB",
  );
  return (dayNumber(holdoutThrough) - dayNumber(through)) / DAYS_IN_UNIT[unit];
}
