import type { SalesData } from "../log/sales-data.js";
import { type CohortCounts, FIRST_YEAR, MONTHS } from "./counts.js";
import { clockReader, monthStarts } from "./local-sales.js";

/** Rows of one DuckDB data chunk. */
const CHUNK = 2_048;
const HOUR = 3_600_000;

/** Ways to the local month of a sale, as SQL over the table `sales`. */
export const MONTH_QUERIES = {
  /** As the manual says. */
  "timezone()": (zone: string) =>
    `select id, amount, ((year(local) - ${FIRST_YEAR}) * 12 + month(local) - 1)::integer as month
     from (select id, amount, timezone('${zone}', instant) as local from sales)`,
  /** The offsets of the zone in these years written into the query: right until a government decides otherwise. */
  "offsets by hand": (zone: string) =>
    `select id, amount, ((year(local) - ${FIRST_YEAR}) * 12 + month(local) - 1)::integer as month
     from (select id, amount, make_timestamp(epoch_us(instant) + ${offsetsAsCase(zone)}) as local from sales)`,
  /** A table of the first instants of the months. */
  "asof join": () => "select id, amount, month from sales asof join months on sales.instant >= months.start",
} as const;

/** The way that has come out fastest. */
export const BIT_MASKS = "bit masks of months";

/** Ways from the months of sales to cohorts, as SQL. */
export const COHORT_QUERIES = {
  "group, then join": (months: string) =>
    `with g as materialized (select id, month, sum(amount) as money from (${months}) group by all),
     f as (select id, min(month) as cohort from g group by id)
     select cohort, month - cohort as age, count(*)::integer as customers, sum(money)::double as revenue
     from g join f using (id) group by all`,
  "count distinct": (months: string) =>
    `with g as materialized (${months}), f as (select id, min(month) as cohort from g group by id)
     select cohort, month - cohort as age, count(distinct id)::integer as customers, sum(amount)::double as revenue
     from g join f using (id) group by all`,
  [BIT_MASKS]: (months: string) =>
    `with g as materialized (${months}),
     f as materialized (select id, min(month) as cohort, bit_or(1::bigint << month) as active from g group by id),
     n as (select cohort, t.age, count(*)::integer as customers from f, range(0, ${MONTHS}) t(age)
       where cohort + t.age < ${MONTHS} and (active >> (cohort + t.age)) & 1 = 1 group by all),
     r as (select cohort, month - cohort as age, sum(amount)::double as revenue from g join f using (id) group by all)
     select cohort, age::integer, customers, revenue from n join r using (cohort, age)`,
} as const;

/** Loads the sales and gives what runs a query over them. */
export async function loadSales({ customerId, at, amount }: SalesData, zone: string, sorted: boolean) {
  const { DOUBLE, DuckDBDataChunk, DuckDBInstance, INTEGER } = await import("@duckdb/node-api");
  const { default: bindings } = await import("@duckdb/node-bindings");
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run("create table raw (id integer, instant double, amount double)");
  const appender = await connection.createAppender("raw");
  for (let first = 0; first < at.length; first += CHUNK) {
    const end = Math.min(first + CHUNK, at.length);
    const chunk = DuckDBDataChunk.create([INTEGER, DOUBLE, DOUBLE], end - first);
    for (const [place, column] of [customerId, at, amount].entries()) {
      const part = column.subarray(first, end);
      const vector = bindings.data_chunk_get_vector(chunk.chunk, place);
      bindings.copy_data_to_vector(vector, 0, part.buffer as ArrayBuffer, part.byteOffset, part.byteLength);
    }
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
  await connection.run(
    `create table sales as select id, make_timestamptz((instant * 1000)::bigint) as instant, amount::bigint as amount
     from raw ${sorted ? "order by id, instant" : ""}`,
  );
  await connection.run("drop table raw");
  const starts = monthStarts(zone);
  const values = Array.from(
    { length: MONTHS },
    (_, i) => `(${i}, make_timestamptz(${starts[i]}000::bigint))`,
  );
  await connection.run(`create table months as select * from (values ${values.join(", ")}) t(month, start)`);

  return async (query: string): Promise<CohortCounts> => {
    const customers = new Uint32Array(MONTHS * MONTHS);
    const revenue = new Float64Array(MONTHS * MONTHS);
    const reader = await connection.runAndReadAll(query);
    for (const [cohort, age, count, money] of reader.getRows()) {
      const cell = Number(cohort) * MONTHS + Number(age);
      customers[cell] = Number(count);
      revenue[cell] = Number(money);
    }
    return { customers, revenue };
  };
}

/** Microseconds to add to an instant, as SQL: one constant in Jakarta, a case for each summer and winter in New York. */
function offsetsAsCase(timeZone: string): string {
  const offset = clockReader(timeZone);
  const start = Date.UTC(FIRST_YEAR - 1, 11, 31);
  let last = offset(start);
  let cases = "";
  for (let at = start; at < Date.UTC(FIRST_YEAR, MONTHS, 2); at += HOUR) {
    if (offset(at) === last) continue;
    cases += ` when epoch_ms(instant) < ${at} then ${last}000`;
    last = offset(at);
  }
  return cases === "" ? `${last}000` : `case${cases} else ${last}000 end`;
}
