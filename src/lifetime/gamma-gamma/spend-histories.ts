import { assertArgument, assertOneOf, shown } from "../../core/assert.js";
import { invalidRows, type RowProblem } from "../../core/row-problems.js";
import { lifetimeSummary } from "../../history/lifetime-summary.js";
import { isLog, type TransactionLog } from "../../history/log-columns.js";
import type { PurchaseHistoryOptions } from "../models/purchase-histories.js";

/** How often a customer bought, and for how much on average. */
export interface SpendHistory {
  /** Purchases that the mean is over: repeat purchases, as in the transaction models. */
  readonly x: number;
  /** Mean amount of them, above 0, in any unit of money; whatever it is where `x` is 0. Or `meanRepeatSpend`. */
  readonly meanSpend?: number | null | undefined;
  /** The same under the name that a row of `lifetimeSummary` has for it. */
  readonly meanRepeatSpend?: number | null | undefined;
  /** How many customers have this history; default 1. */
  readonly weight?: number | undefined;
}

/** The same for many customers, column by column: plain or typed arrays of one length. */
export interface SpendHistoryColumns {
  /** Purchases that the mean is over. */
  readonly x: ArrayLike<number>;
  /** Mean amount of them; or `meanRepeatSpend`. */
  readonly meanSpend?: ArrayLike<number | null> | undefined;
  /** The same under the name that `lifetimeSummary` gives it. */
  readonly meanRepeatSpend?: ArrayLike<number | null> | undefined;
  /** How many customers have this history; default 1. */
  readonly weight?: ArrayLike<number> | undefined;
}

/** Rows, columns, or a table with such columns, as `lifetimeSummary` gives it. */
export type SpendHistories =
  | readonly SpendHistory[]
  | SpendHistoryColumns
  | { readonly length: number; readonly columns: SpendHistoryColumns };

/** What to do with customers who bought again and paid nothing for it on balance. */
export interface ZeroSpendOptions {
  /**
   * A customer with `x` above 0 whose mean spend is 0 or less (free orders, refunds of all): no gamma distribution has him.
   * `"refuse"` (default) throws, `"leaveOut"` goes on as if nothing were known of his spend: a fit counts him in `withoutSpend`, a
   * prediction gives him the mean of all customers.
   */
  readonly zeroSpend?: "refuse" | "leaveOut" | undefined;
}

/** How a log is read, for a log alone; and what to do with customers who paid nothing. */
export interface SpendHistoryOptions extends Omit<PurchaseHistoryOptions, "unit">, ZeroSpendOptions {}

/** Histories that keep all rules, by column; the spend is 0 where `x` is 0, and where it is left out. @internal */
export interface CheckedSpends {
  readonly length: number;
  readonly x: Float64Array;
  readonly meanSpend: Float64Array;
  /** `null` where each row is one customer. */
  readonly weight: Float64Array | null;
}

/** Reads a log, a table, columns or rows, and throws with every row that breaks a rule. @internal */
export function readSpends(
  input: SpendHistories | TransactionLog,
  options: SpendHistoryOptions = {},
  path = "customers",
): CheckedSpends {
  const { zeroSpend = "refuse", ...reading } = options;
  assertOneOf(zeroSpend, "options.zeroSpend", ["refuse", "leaveOut"]);
  if (isLog(input)) {
    const { through } = reading;
    assertArgument(
      through !== undefined,
      "options.through",
      () => "options.through is missing: pass the last civil day that the model may learn from",
    );
    const { columns, length } = lifetimeSummary(input, { ...reading, through });
    return checked(columns.x, columns.meanRepeatSpend, undefined, length, path, zeroSpend);
  }
  assertArgument(
    options.through === undefined,
    "options.through",
    () => `options.through is for logs, and ${path} is none: leave it out, or pass a log`,
  );
  const given: unknown = input;
  assertArgument(
    typeof given === "object" && given !== null,
    path,
    () => `${path} is ${shown(given)}: pass a log, a table, columns { x, meanSpend } or rows of them`,
  );
  if (Array.isArray(input)) {
    const rows: readonly (Partial<SpendHistory> | null)[] = input;
    const isWeighted = rows.some((row) => row?.weight !== undefined);
    return checked(
      rows.map((row) => row?.x as number),
      rows.map((row) => (row?.meanSpend === undefined ? row?.meanRepeatSpend : row.meanSpend) as number),
      isWeighted ? rows.map((row) => row?.weight ?? 1) : undefined,
      rows.length,
      path,
      zeroSpend,
    );
  }
  const isTable = "columns" in input;
  const { x, weight, ...spends } = (isTable ? input.columns : input) as SpendHistoryColumns;
  const at = isTable ? `${path}.columns` : path;
  const name = spends.meanSpend === undefined && spends.meanRepeatSpend ? "meanRepeatSpend" : "meanSpend";
  const meanSpend = spends[name];
  const length = x?.length;
  for (const [field, column] of Object.entries({ x, [name]: meanSpend, ...(weight && { weight }) })) {
    assertArgument(
      typeof length === "number" && typeof column === "object" && column?.length === length,
      `${at}.${field}`,
      () => `${at}.${field} is ${shown(column)}: pass an array as long as ${at}.x`,
    );
  }
  return checked(x, meanSpend as ArrayLike<number | null>, weight, length, path, zeroSpend);
}

const LISTED = 20;
const PAID_NOTHING =
  'is no mean spend above 0: pass zeroSpend "leaveOut" for customers who paid nothing on balance, or make the summary of a log with qualifies, so that free orders are no purchases';

function checked(
  x: ArrayLike<number>,
  meanSpend: ArrayLike<number | null>,
  weight: ArrayLike<number> | undefined,
  length: number,
  path: string,
  zeroSpend: "refuse" | "leaveOut",
): CheckedSpends {
  const problems: RowProblem[] = [];
  let total = 0;
  const note = (row: number, field: string, reason: string, value: unknown) => {
    total++;
    if (problems.length < LISTED)
      problems.push({ row, field, reason: value == null ? "is missing" : reason, value });
  };
  const spends = new Float64Array(length);
  for (let row = 0; row < length; row++) {
    const [count, spend] = [x[row], meanSpend[row]];
    if (!Number.isSafeInteger(count) || count < 0)
      note(row, "x", "is not a whole number of repeat purchases", count);
    else if (count > 0) {
      if (spend !== null && spend > 0 && spend < Number.POSITIVE_INFINITY) spends[row] = spend;
      else if (!(Number.isFinite(spend) && zeroSpend === "leaveOut"))
        note(row, "meanSpend", Number.isFinite(spend) ? PAID_NOTHING : "is no mean spend above 0", spend);
    }
    if (weight !== undefined && !(weight[row] > 0 && weight[row] <= 1e12))
      note(row, "weight", "is not above 0, or beyond 1e12", weight[row]);
  }
  if (total > 0) throw invalidRows(problems, total, path);
  return {
    length,
    x: new Float64Array(x),
    meanSpend: spends,
    weight: weight === undefined ? null : new Float64Array(weight),
  };
}
