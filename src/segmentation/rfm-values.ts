import { type RowProblem, throwRowProblems } from "../core/row-problems.js";
import type { WithColumns } from "../core/table.js";
import type { RfmSummaryColumns } from "../history/rfm-summary.js";
import { customerIdProblems, idColumn, inputColumn } from "./valued-customers.js";

/** What a customer is scored by, where the numbers come from elsewhere than a log. */
export interface RfmValues {
  /** Who. */
  readonly customerId: string;
  /** How long ago the last purchase was, in days or any other unit, zero or more; `null`: no purchase, not scored. */
  readonly recency: number | null;
  /** How many purchases, zero or more. */
  readonly frequency: number;
  /** For how much, in minor units or any other unit; negative where more came back. */
  readonly monetary: number;
}

/** The same as many {@link RfmValues}, column by column: what {@link rfmSummary} makes, or plain and typed arrays. */
export interface RfmValueColumns {
  /** Who, by row. */
  readonly customerId: readonly string[];
  /** How long ago, by row; `null`: no purchase. */
  readonly recency: ArrayLike<number | null>;
  /** How many purchases, by row. */
  readonly frequency: ArrayLike<number>;
  /** For how much, by row. */
  readonly monetary: ArrayLike<number>;
}

/** The customers who have bought, as columns, and the ids of those who have not. @internal */
export interface ScorableCustomers {
  readonly customerIds: readonly string[];
  readonly recency: readonly number[];
  readonly frequency: readonly number[];
  readonly monetary: readonly number[];
  readonly unscored: readonly string[];
}

/** Reads rows or a table made by a caller; every value is checked and copied. @internal */
export function checkedRfmValues(
  input: WithColumns<RfmValueColumns> | readonly RfmValues[],
): ScorableCustomers {
  const given = Array.isArray(input) ? columnsOf(input) : tableColumns(input);
  const problems = customerIdProblems(given.customerId);
  const least = { recency: 0, frequency: 0, monetary: Number.NEGATIVE_INFINITY };
  const read = <Cell extends number | null>(field: keyof typeof least, column: ArrayLike<Cell>) =>
    checkedNumbers(column, { field, least: least[field], mayMiss: field === "recency" }, problems);
  const columns = {
    customerId: given.customerId,
    recency: read("recency", given.recency),
    frequency: read("frequency", given.frequency) as number[],
    monetary: read("monetary", given.monetary) as number[],
  };
  throwRowProblems(problems, "input");
  return scorable(columns);
}

/** -0 becomes 0. */
function checkedNumbers<Cell extends number | null>(
  values: ArrayLike<Cell>,
  { field, least, mayMiss }: { readonly field: string; readonly least: number; readonly mayMiss: boolean },
  problems: RowProblem[],
): Cell[] {
  const { length } = values;
  const checked: Cell[] = new Array(length);
  const reason = least === 0 ? "is not a finite number of zero or more" : "is not a finite number";
  for (let row = 0; row < length; row++) {
    const value: unknown = values[row];
    if (typeof value === "number" && Number.isFinite(value) && value >= least)
      checked[row] = (value + 0) as Cell;
    else if (value === null && mayMiss) checked[row] = value as Cell;
    else problems.push({ row, field, reason, value });
  }
  return checked;
}

/**
 * Splits the customers by whether they have bought; of the others only those who are known count. The columns of numbers are
 * kept: they become columns of the result.
 *
 * @internal
 */
export function scorable(
  { customerId, recency, frequency, monetary }: RfmSummaryColumns,
  isKnown: (row: number) => boolean = () => true,
): ScorableCustomers {
  const everybody = !recency.includes(null);
  const bought = <T>(column: readonly T[]) =>
    everybody ? column : column.filter((_, row) => recency[row] !== null);
  return {
    customerIds: everybody ? customerId.slice() : bought(customerId),
    recency: bought(recency) as readonly number[],
    frequency: bought(frequency),
    monetary: bought(monetary),
    unscored: everybody ? [] : customerId.filter((_, row) => recency[row] === null && isKnown(row)),
  };
}

function columnsOf(rows: readonly RfmValues[]): RfmValueColumns {
  return {
    customerId: rows.map((row) => row?.customerId),
    recency: rows.map((row) => row?.recency),
    frequency: rows.map((row) => row?.frequency),
    monetary: rows.map((row) => row?.monetary),
  };
}

function tableColumns(input: unknown): RfmValueColumns {
  return {
    customerId: idColumn(input, "input"),
    recency: inputColumn<number | null>(input, "recency", "input"),
    frequency: inputColumn<number>(input, "frequency", "input"),
    monetary: inputColumn<number>(input, "monetary", "input"),
  };
}
