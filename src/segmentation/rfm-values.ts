import type { Table } from "../core/table.js";
import type { RfmSummaryColumns } from "../history/rfm-summary.js";
import { customerIdProblems, inputColumn, throwProblems } from "./valued-customers.js";

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

/** The customers who have bought, as columns, and the ids of those who have not. @internal */
export interface ScorableCustomers {
  readonly customerIds: readonly string[];
  readonly recency: Float64Array;
  readonly frequency: Float64Array;
  readonly monetary: Float64Array;
  /** The same numbers as plain arrays. */
  readonly plain: {
    readonly recency: readonly number[];
    readonly frequency: readonly number[];
    readonly monetary: readonly number[];
  };
  readonly unscored: readonly string[];
}

/** Reads rows or a table made by a caller; every value is checked. @internal */
export function checkedRfmValues(input: Table<RfmSummaryColumns> | readonly RfmValues[]): ScorableCustomers {
  const columns = Array.isArray(input) ? columnsOf(input) : tableColumns(input);
  const problems = customerIdProblems(columns.customerId);
  for (const field of ["recency", "frequency", "monetary"] as const) {
    const reason = field === "monetary" ? "is not a finite number" : "is not a finite number of zero or more";
    const values = columns[field];
    for (let row = 0; row < values.length; row++) {
      const value = values[row];
      if (value === null && field === "recency") continue;
      if (!Number.isFinite(value) || (field !== "monetary" && (value as number) < 0)) {
        problems.push({ row, field, reason, value });
      }
    }
  }
  throwProblems(problems, "input");
  return scorable(columns);
}

/** Splits the customers by whether they have bought; of the others only those who are known count. @internal */
export function scorable(
  { customerId, recency, frequency, monetary }: RfmSummaryColumns,
  isKnown: (row: number) => boolean = () => true,
): ScorableCustomers {
  let scored = 0;
  for (let row = 0; row < recency.length; row++) if (recency[row] !== null) scored++;
  const everybody = scored === customerId.length;
  const bought = <T>(column: readonly T[]) =>
    everybody ? column : column.filter((_, row) => recency[row] !== null);
  const plain = {
    recency: bought(recency) as readonly number[],
    frequency: bought(frequency),
    monetary: bought(monetary),
  };
  return {
    customerIds: bought(customerId),
    recency: new Float64Array(plain.recency),
    frequency: new Float64Array(plain.frequency),
    monetary: new Float64Array(plain.monetary),
    plain,
    unscored: everybody ? [] : customerId.filter((_, row) => recency[row] === null && isKnown(row)),
  };
}

function columnsOf(rows: readonly RfmValues[]): RfmSummaryColumns {
  return {
    customerId: rows.map((row) => row?.customerId),
    recency: rows.map((row) => row?.recency),
    frequency: rows.map((row) => row?.frequency),
    monetary: rows.map((row) => row?.monetary),
  };
}

function tableColumns(input: unknown): RfmSummaryColumns {
  // Copies: the numbers become columns of the result.
  return {
    customerId: inputColumn(input, "customerId", "input"),
    recency: inputColumn<number | null>(input, "recency", "input").slice(),
    frequency: inputColumn<number>(input, "frequency", "input").slice(),
    monetary: inputColumn<number>(input, "monetary", "input").slice(),
  };
}
