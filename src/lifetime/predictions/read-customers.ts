import { assertArgument, shown } from "../../core/assert.js";
import { invalidRows, type RowProblem } from "../../core/row-problems.js";
import { isLog } from "../../history/log-columns.js";
import { assertOpportunities } from "../bg-bb/opportunity-cells.js";
import type { CovariateEffects, TransactionModel } from "../models/lifetime-model.js";
import {
  type CheckedHistories,
  type PurchaseHistories,
  type PurchaseHistory,
  readHistories,
} from "../models/purchase-histories.js";
import { covariateNames, covariatesOf, impossible, isPossible, strongest } from "./model-kernel.js";

const LISTED = 20;

/** Customers to predict for, checked against the model. @internal */
export interface ReadCustomers {
  readonly histories: CheckedHistories;
  /** What the covariates of each customer add up to; `null` where the model has none. */
  readonly effects: { readonly transaction: Float64Array; readonly dropout: Float64Array } | null;
}

/** One customer, rather than many: their `x` is no list. @internal */
export function isOneCustomer(customers: unknown): customers is PurchaseHistory {
  return (
    typeof customers === "object" && customers !== null && "x" in customers && typeof customers.x !== "object"
  );
}

/** Reads one or many customers for a model, in its unit. @internal */
export function readCustomers(
  model: TransactionModel,
  customers: PurchaseHistories | PurchaseHistory,
): ReadCustomers {
  assertArgument(
    !isLog(customers),
    "customers",
    () => `customers is a log: pass lifetimeSummary(log, { through, unit: "${model.unit}" })`,
  );
  assertArgument(
    typeof customers === "object" && customers !== null,
    "customers",
    () =>
      `customers is ${shown(customers)}: pass one customer { x, tx, T }, or rows, columns or a table of them, as lifetimeSummary gives`,
  );
  const own = (customers as { readonly unit?: unknown } | null | undefined)?.unit;
  assertArgument(
    own === undefined || own === null || own === model.unit,
    "customers.unit",
    () =>
      `customers is in ${String(own)}s and the model in ${model.unit}s: make the summary with unit "${model.unit}"`,
  );
  const input = isOneCustomer(customers) ? [customers] : customers;
  const covariates = covariatesOf(model);
  // Measures that the model does not speak of need not be there, nor be numbers.
  const histories = readHistories(covariates === null ? withoutCovariates(input) : input, {});
  if (model.model === "bgBb") assertOpportunities(histories);
  if (covariates === null) return { histories, effects: null };
  assertCovariates(histories, covariateNames(covariates), input);
  return {
    histories,
    effects: {
      transaction: effectsOf(covariates.transaction, histories),
      dropout: effectsOf(covariates.dropout, histories),
    },
  };
}

function withoutCovariates(input: PurchaseHistories): PurchaseHistories {
  if (typeof input !== "object" || input === null) return input;
  if (Array.isArray(input)) {
    const rows: readonly PurchaseHistory[] = input;
    return rows.some((row) => row?.covariates !== undefined)
      ? rows.map((row) => (row?.covariates === undefined ? row : { ...row, covariates: undefined }))
      : rows;
  }
  if ("columns" in input) return { ...input, columns: { ...input.columns, covariates: undefined } };
  return { ...input, covariates: undefined };
}

function effectsOf(effects: CovariateEffects, { covariates, length }: CheckedHistories): Float64Array {
  const sums = new Float64Array(length);
  for (const [name, effect] of Object.entries(effects)) {
    const column = covariates[name] as Float64Array;
    for (let row = 0; row < length; row++) sums[row] += effect * column[row];
  }
  const rows: number[] = [];
  for (let row = 0; row < length; row++) if (!isPossible(sums[row])) rows.push(row);
  if (rows.length === 0) return sums;
  const problems = rows.slice(0, LISTED).map((row): RowProblem => {
    const name = strongest(effects, (measure) => covariates[measure][row]);
    const value = covariates[name][row];
    return { row, field: `covariates.${name}`, reason: impossible(sums[row]), value };
  });
  throw invalidRows(problems, rows.length, "customers");
}

function assertCovariates(
  { covariates, length }: CheckedHistories,
  names: readonly string[],
  input: PurchaseHistories,
): void {
  const missing = names.filter((name) => covariates[name] === undefined);
  if (missing.length === 0 || length === 0) return;
  const rows: readonly PurchaseHistory[] = Array.isArray(input) ? input : [];
  const problems = missing.map((name): RowProblem => {
    const row = rows.findIndex((one) => one.covariates?.[name] === undefined);
    const reason = "is missing, and the model was fitted with it";
    return { row: Math.max(0, row), field: `covariates.${name}`, reason, value: undefined };
  });
  throw invalidRows(problems, problems.length, "customers");
}
