import { cohortTable, type TransactionLog, transactionLog } from "clientele";
import type { SalesData } from "../log/sales-data.js";
import type { CohortCounts } from "./counts.js";
import { BIT_MASKS, COHORT_QUERIES, loadSales, MONTH_QUERIES } from "./duckdb.js";
import { cohortLoop } from "./hand-written.js";

/** One way from loaded sales to the cells. */
export interface Contender {
  readonly name: string;
  /** Loads the data, untimed, and gives what is timed: from there to the cells in JavaScript. */
  readonly prepare: (
    data: SalesData,
    timeZone: string,
  ) => Promise<() => CohortCounts | Promise<CohortCounts>>;
}

/** The name under which the library runs. */
export const OURS = "clientele: cohortTable";
/** What its speed is held against. */
export const LOOP = "typed-array loop";

const queries = Object.entries(MONTH_QUERIES).flatMap(([monthName, months]) =>
  Object.entries(COHORT_QUERIES).map(([cohortName, cohorts]) => ({
    name: `DuckDB: ${monthName}, ${cohortName}`,
    query: (timeZone: string) => cohorts(months(timeZone)),
  })),
);

function duckdb(name: string, query: (timeZone: string) => string, sorted: boolean): Contender {
  return {
    name,
    prepare: async (data, timeZone) => {
      const run = await loadSales(data, timeZone, sorted);
      return () => run(query(timeZone));
    },
  };
}

export const contenders: readonly Contender[] = [
  {
    name: OURS,
    prepare: async (data, timeZone) => {
      const log = transactionLog(data, { currency: "IDR", timeZone });
      return () => {
        const { cells } = cohortTable(log, { asOf: data.asOf, by: "month" });
        return { customers: cells.columns.customers, revenue: cells.columns.revenue };
      };
    },
  },
  {
    name: LOOP,
    prepare: async (data, timeZone) => {
      const log: TransactionLog = transactionLog(data, { currency: "IDR", timeZone });
      return () => cohortLoop(log, timeZone);
    },
  },
  ...queries.map(({ name, query }) => duckdb(name, query, false)),
  // The order of the library's own columns helps the way that is the fastest.
  ...queries
    .filter(({ name }) => name.endsWith(BIT_MASKS))
    .map(({ name, query }) => duckdb(`${name}, sorted by customer`, query, true)),
];
