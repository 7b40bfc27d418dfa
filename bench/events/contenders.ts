import { ruleBuilder, ruleFields, segmentSet, transactionEventFields, transactionLog } from "clientele";
import { loadEventDuckDB } from "./duckdb.js";
import {
  CHANNELS,
  type ChannelSales,
  fusedByCustomerId,
  fusedByOffsets,
  LARGE,
  WEB_COUNT,
  YEAR_SUM,
} from "./event-rule.js";

/** One way to find the members. */
export interface EventContender {
  readonly name: string;
  /** Makes what is not timed: gives what counts the members. */
  readonly prepare: (sales: ChannelSales) => Promise<() => number | Promise<number>>;
}

export const OURS = "clientele: segmentSet over a log";
export const FUSED = "fused typed pass by hand, customers as numbers";
const FUSED_LOG = "fused typed pass by hand, over the log's columns";

export const fields = ruleFields({}, { transactions: transactionEventFields });
const { all, events } = ruleBuilder(fields);
const bought = events("transactions");
export const rule = all(
  bought
    .where((row) => row.field("channel").eq("web"))
    .within({ last: { days: 90 } })
    .count()
    .gte(WEB_COUNT),
  bought
    .within({ last: { days: 365 } })
    .sum("amount")
    .gt(YEAR_SUM),
  bought.max("amount").gte(LARGE),
  bought
    .where((row) => row.field("channel").eq("phone"))
    .within({ last: { days: 180 } })
    .didNot(),
);

const SQL = {
  case: `with m as (
    select id, sum(case when channel = 0 and instant >= $w then 1 else 0 end) as web,
      sum(case when instant >= $y then amount else 0 end) as spent, max(amount) as large,
      sum(case when channel = 2 and instant >= $h then 1 else 0 end) as phones
    from sales where instant < $asOf group by id)
    select count(*)::double from m where web >= ${WEB_COUNT} and spent > ${YEAR_SUM} and large >= ${LARGE} and phones = 0`,
  filter: `with m as (
    select id, count(*) filter (where channel = 0 and instant >= $w) as web,
      sum(amount) filter (where instant >= $y) as spent, max(amount) as large,
      count(*) filter (where channel = 2 and instant >= $h) as phones
    from sales where instant < $asOf group by id)
    select count(*)::double from m where web >= ${WEB_COUNT} and spent > ${YEAR_SUM} and large >= ${LARGE} and phones = 0`,
  in: `select count(*)::double from (select distinct id from sales) c
    where id in (select id from sales where channel = 0 and instant >= $w and instant < $asOf group by id having count(*) >= ${WEB_COUNT})
    and id in (select id from sales where instant >= $y and instant < $asOf group by id having sum(amount) > ${YEAR_SUM})
    and id in (select id from sales where instant < $asOf group by id having max(amount) >= ${LARGE})
    and id not in (select id from sales where channel = 2 and instant >= $h and instant < $asOf)`,
} as const;

export const eventContenders: readonly EventContender[] = [
  {
    name: OURS,
    prepare: async (sales) => {
      const { customerId, at, amount, channel, asOf } = sales;
      const log = transactionLog(
        { customerId, at, amount, channel: Array.from(channel, (code) => CHANNELS[code]) },
        { currency: "IDR" },
      );
      return () => segmentSet({ rule }, { fields, asOf }).evaluate({ log }).segments[0].members.numerator;
    },
  },
  {
    name: FUSED,
    prepare: async (sales) => () =>
      fusedByCustomerId(sales.customerId, sales.customers, sales, { web: 0, phone: 2 }, sales.asOf),
  },
  {
    name: FUSED_LOG,
    prepare: async ({ customerId, at, amount, channel, asOf }) => {
      const log = transactionLog(
        { customerId, at, amount, channel: Array.from(channel, (code) => CHANNELS[code]) },
        { currency: "IDR" },
      );
      const column = log.channel ?? { codes: channel, values: CHANNELS };
      const codes = { web: column.values.indexOf("web"), phone: column.values.indexOf("phone") };
      return () =>
        fusedByOffsets(log.offsets, { at: log.at, amount: log.amount, channel: column.codes }, codes, asOf);
    },
  },
  ...(["case", "filter", "in"] as const).flatMap((way) =>
    [1, 2].map((threads) => ({
      name: `DuckDB, ${{ case: "sum(case)", filter: "filter (where)", in: "a subquery for each condition" }[way]}, ${threads} thread${threads === 1 ? "" : "s"}`,
      prepare: (sales: ChannelSales) => loadEventDuckDB(sales, SQL[way], threads),
    })),
  ),
];
