import { throwRowProblems } from "../core/row-problems.js";
import type { Table } from "../core/table.js";
import { customerIdProblems, idColumn, inputColumn } from "../segmentation/valued-customers.js";
import { NO_ID, textIds } from "./text-ids.js";

/** What one customer earns us. */
export interface CustomerProfit {
  /** Who, text or a whole number; each customer once. */
  readonly customerId: string | number;
  /** Integer in minor units; negative when the customer costs more than they bring. */
  readonly profit: number;
}

/** The same as many {@link CustomerProfit}s, column by column. */
export interface CustomerProfitColumns {
  /** Who, by row; each customer once. */
  readonly customerId: readonly string[];
  /** Integer in minor units, by row. */
  readonly profit: readonly number[];
}

/** Rows or a table as checked columns. @internal */
export function readProfits(
  profits: readonly CustomerProfit[] | Table<CustomerProfitColumns>,
): CustomerProfitColumns {
  const ids: readonly unknown[] = isRows(profits)
    ? profits.map((row) => row?.customerId)
    : idColumn(profits, "profits");
  const customerId = textIds(ids) as readonly string[];
  const profit = isRows(profits)
    ? profits.map((row) => row?.profit)
    : Array.from(inputColumn<number>(profits, "profit", "profits"));
  const problems = customerIdProblems(customerId, "customerId", NO_ID);
  profit.forEach((value, row) => {
    if (!Number.isSafeInteger(value))
      problems.push({ row, field: "profit", reason: "is not a whole number of minor units", value });
  });
  throwRowProblems(problems, "profits");
  return { customerId, profit };
}

function isRows(profits: unknown): profits is readonly CustomerProfit[] {
  return Array.isArray(profits);
}
