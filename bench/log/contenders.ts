import {
  customerSummary,
  purchaseBehavior,
  rfmSummary,
  type TransactionColumns,
  type TransactionLog,
  type TransactionRow,
  transactionLog,
} from "clientele";
import { loadArquero, loadDuckDB, loadPolars } from "./engines.js";
import { denseLoop, denseLoopOfThree, encodeThenLoop, mapOfDates, mapOfTimes } from "./hand-written.js";
import { idTexts, type SalesData, salesAsObjects } from "./sales-data.js";
import type { Totals } from "./totals.js";

/** What the rows are when the clock starts. */
export type Input = "numbers" | "texts" | "objects";

/** One way from rows to the totals of each customer. */
export interface Contender {
  readonly name: string;
  readonly input: Input;
  /** Makes the input, untimed, and gives what is timed: from this input to totals in JavaScript. */
  readonly prepare: (data: SalesData) => Promise<() => Raw | Promise<Raw>>;
}

/** What the timed part gives; totals are read out of it when the clock has stopped. */
export interface Raw {
  readonly totals: () => Totals;
  /** Only ours: what else can be asked without another build. */
  readonly further?: Readonly<Record<string, () => unknown>>;
}

/** The name under which the library runs in each group. */
export const OURS = "clientele: log, rfmSummary";
/** What the speed of the library is held against, by input. */
export const DENSE_LOOP = "typed-array loop: count, first, last, net";
export const ENCODE_LOOP = "Map to numbers, then typed-array loop";
export const TIMES_LOOP = "Map loop, getTime()";
export const DATES_LOOP = "Map loop, Date > Date";

type Engine = (
  ids: Int32Array | string[],
  at: Float64Array,
  amount: Float64Array,
) => Totals | Promise<Totals>;

export const contenders: readonly Contender[] = [
  ours("numbers", (data) => data),
  {
    name: DENSE_LOOP,
    input: "numbers",
    prepare: async (data) => () => plain(denseLoop(data.customerId, data.at, data.amount, data.customers)),
  },
  {
    name: "typed-array loop: count, last, net",
    input: "numbers",
    prepare: async (data) => () =>
      plain(denseLoopOfThree(data.customerId, data.at, data.amount, data.customers)),
  },
  engine("arquero", "numbers", loadArquero),
  engine("nodejs-polars", "numbers", loadPolars),
  engine("DuckDB", "numbers", loadDuckDB),

  ours("texts", ({ customerId, at, amount }) => ({ customerId: idTexts(customerId), at, amount })),
  {
    name: ENCODE_LOOP,
    input: "texts",
    prepare: async ({ customerId, at, amount }) => {
      const ids = idTexts(customerId);
      return () => plain(encodeThenLoop(ids, at, amount));
    },
  },
  engine("arquero", "texts", loadArquero),
  engine("nodejs-polars", "texts", loadPolars),
  engine("DuckDB", "texts", loadDuckDB),

  ours("objects", salesAsObjects),
  {
    name: DATES_LOOP,
    input: "objects",
    prepare: async (data) => {
      const sales = salesAsObjects(data);
      return () => {
        const customers = mapOfDates(sales);
        return {
          totals: () =>
            totalsOf([...customers.values()].map(({ last, ...rest }) => ({ ...rest, last: +last }))),
        };
      };
    },
  },
  {
    name: TIMES_LOOP,
    input: "objects",
    prepare: async (data) => {
      const sales = salesAsObjects(data);
      return () => {
        const customers = mapOfTimes(sales);
        return { totals: () => totalsOf([...customers.values()]) };
      };
    },
  },
];

function ours(
  input: Input,
  inputOf: (data: SalesData) => TransactionColumns | readonly TransactionRow[],
): Contender {
  return {
    name: OURS,
    input,
    prepare: async (data) => {
      const records = inputOf(data);
      const { asOf } = data;
      return () => {
        const log = transactionLog(records, { currency: "IDR" });
        const summary = rfmSummary(log, { asOf });
        const { frequency, monetary, recency } = summary.columns;
        return {
          totals: () => ({ count: frequency, last: lastInstants(log), net: monetary, recency }),
          further: {
            "rfmSummary again": () => rfmSummary(log, { asOf }),
            customerSummary: () => customerSummary(log, { asOf }),
            "purchaseBehavior by month": () => purchaseBehavior(log, { asOf, by: "month" }),
          },
        };
      };
    },
  };
}

function engine(name: string, input: "numbers" | "texts", load: () => Promise<Engine>): Contender {
  return {
    name,
    input,
    prepare: async ({ customerId, at, amount }) => {
      const run = await load();
      const ids = input === "numbers" ? customerId : idTexts(customerId);
      return async () => plain(await run(ids, at, amount));
    },
  };
}

function plain(totals: Totals): Raw {
  return { totals: () => totals };
}

function totalsOf(customers: readonly { count: number; last: number; net: number }[]): Totals {
  return {
    count: customers.map(({ count }) => count),
    last: customers.map(({ last }) => last),
    net: customers.map(({ net }) => net),
  };
}

/** A customer's rows are in order of time. */
function lastInstants({ at, offsets, customerIds }: TransactionLog): Float64Array {
  return Float64Array.from(customerIds, (_, customer) => at[offsets[customer + 1] - 1]);
}
