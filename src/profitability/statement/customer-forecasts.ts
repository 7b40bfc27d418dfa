import { type RowProblem, throwRowProblems } from "../../core/row-problems.js";
import type { Table } from "../../core/table.js";
import { idColumn, inputColumn } from "../../segmentation/valued-customers.js";
import { isId, NO_ID, textIds } from "../text-ids.js";
import type { CustomerAmountColumns } from "./charge-tables.js";
import { isTable } from "./cost-sources.js";

/** What a customer may bring in future. */
export interface ExpectedAmount {
  /** Who; a customer may have many rows, one a product or a year, which add up. */
  readonly customerId: string | number;
  /** Minor units, rounded or not: expected already, or what it is if it comes to pass. */
  readonly amount: number;
  /** How likely it comes to pass, 0 to 1. Default 1. */
  readonly probability?: number | undefined;
}

/**
 * What customers may bring in future: rows, a table `{ customerId, amount, probability? }`, or one with `expectedMargin`,
 * which is weighted already, in place of `amount`, such as the `byCustomer` of {@link sellingPotential}.
 */
export type CustomerForecast =
  | readonly ExpectedAmount[]
  | Table<CustomerAmountColumns>
  | Table<ExpectedAmountColumns>
  | Table<{ readonly customerId: readonly string[]; readonly expectedMargin: readonly number[] }>;

/** The same as many {@link ExpectedAmount}s, column by column. */
export interface ExpectedAmountColumns extends CustomerAmountColumns {
  /** How likely it comes to pass, 0 to 1. */
  readonly probability: readonly number[];
}

/** @internal */
export function readForecast(forecast: CustomerForecast, path: string) {
  const isColumns = isTable(forecast);
  const name = isColumns && "expectedMargin" in Object(forecast.columns) ? "expectedMargin" : "amount";
  const given = isColumns ? [] : (forecast as readonly ExpectedAmount[]);
  const ids = Array.isArray(forecast)
    ? given.map((row) => row?.customerId as string)
    : idColumn(forecast, path);
  const customerId = textIds(ids);
  const amounts = Array.isArray(forecast)
    ? given.map((row) => row?.amount)
    : Array.from(inputColumn<number>(forecast, name, path));
  // An expected margin is the product of margin and probability: its table may show the probability beside it.
  const isWeighted = isColumns && name === "amount" && Object.hasOwn(forecast.columns, "probability");
  const likely = isWeighted ? inputColumn<number>(forecast, "probability", path) : null;
  const problems: RowProblem[] = [];
  const amount = amounts.map((value, row) => {
    const note = (field: string, reason: string, bad: unknown) =>
      problems.push({ row, field, reason, value: bad });
    const probability: unknown = likely ? likely[row] : (given[row]?.probability ?? 1);
    if (!isId(customerId[row])) note("customerId", NO_ID, customerId[row]);
    if (!Number.isFinite(value)) note(name, "is not a finite number of minor units", value);
    if (typeof probability !== "number" || !(probability >= 0 && probability <= 1))
      note("probability", "is not a number from 0 to 1", probability);
    return value * Number(probability);
  });
  throwRowProblems(problems, path);
  return { customerId, amount };
}
