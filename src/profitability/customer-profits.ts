import { throwRowProblems } from "../core/row-problems.js";
import type { Table } from "../core/table.js";
import { customerIdProblems, idColumn, inputColumn } from "../segmentation/valued-customers.js";

/** What one customer earns us. */
export interface CustomerProfit {
  /** Who; each customer once. */
  readonly customerId: string;
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
  const columns: CustomerProfitColumns = isRows(profits)
    ? { customerId: profits.map((row) => row?.customerId), profit: profits.map((row) => row?.profit) }
    : {
        customerId: idColumn(profits, "profits"),
        profit: Array.from(inputColumn<number>(profits, "profit", "profits")),
      };
  const problems = customerIdProblems(columns.customerId);
  columns.profit.forEach((value, row) => {
    if (!Number.isSafeInteger(value))
      problems.push({ row, field: "profit", reason: "is not a whole number of minor units", value });
  });
  throwRowProblems(problems, "profits");
  return columns;
}

function isRows(profits: unknown): profits is readonly CustomerProfit[] {
  return Array.isArray(profits);
}
