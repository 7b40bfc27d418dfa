import type { DuckDBDataChunk as Chunk } from "@duckdb/node-api";
import type { Totals } from "./totals.js";

/** Ids as numbers or as text, by row. */
export type Ids = Int32Array | readonly string[];

/** Rows of one DuckDB data chunk. */
const CHUNK = 2_048;

/** Engines are imported on call, so that a process loads only the one that it measures. */
export async function loadArquero() {
  const { op, table } = await import("arquero");
  return (customerId: Ids, at: Float64Array, amount: Float64Array): Totals => {
    const totals = table({ customerId, at, amount })
      .groupby("customerId")
      .rollup({ count: op.count(), last: op.max("at"), net: op.sum("amount") });
    const column = (name: string) => totals.array(name, Float64Array) as Float64Array;
    return { count: column("count"), last: column("last"), net: column("net") };
  };
}

export async function loadPolars() {
  const { default: pl } = await import("nodejs-polars");
  return (customerId: Ids, at: Float64Array, amount: Float64Array): Totals => {
    const totals = pl
      .DataFrame({ customerId, at, amount })
      .groupBy("customerId")
      .agg(pl.len().alias("count"), pl.col("at").max().alias("last"), pl.col("amount").sum().alias("net"));
    // The ids are read back as well: totals without them are of no use.
    totals.getColumn("customerId").toArray();
    const column = (name: string) => totals.getColumn(name).toTypedArray() as Float64Array;
    return { count: column("count"), last: column("last"), net: column("net") };
  };
}

/**
 * Whole chunks are appended. Numbers go into a chunk by one copy a column through DuckDB's low-level bindings, faster
 * than value by value; texts have no such way.
 */
export async function loadDuckDB() {
  const { DOUBLE, DuckDBDataChunk, DuckDBInstance, INTEGER, VARCHAR } = await import("@duckdb/node-api");
  const { default: bindings } = await import("@duckdb/node-bindings");
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();

  return async (customerId: Ids, at: Float64Array, amount: Float64Array): Promise<Totals> => {
    const numeric = customerId instanceof Int32Array;
    const idType = numeric ? INTEGER : VARCHAR;
    await connection.run(`create or replace table sales (id ${idType}, instant double, amount double)`);
    const appender = await connection.createAppender("sales");
    const copy = (chunk: Chunk, place: number, part: Int32Array | Float64Array) => {
      const vector = bindings.data_chunk_get_vector(chunk.chunk, place);
      bindings.copy_data_to_vector(vector, 0, part.buffer as ArrayBuffer, part.byteOffset, part.byteLength);
    };
    for (let first = 0; first < at.length; first += CHUNK) {
      const end = Math.min(first + CHUNK, at.length);
      const chunk = DuckDBDataChunk.create([idType, DOUBLE, DOUBLE], end - first);
      if (numeric) copy(chunk, 0, customerId.subarray(first, end));
      else chunk.setColumnValues(0, customerId.slice(first, end));
      copy(chunk, 1, at.subarray(first, end));
      copy(chunk, 2, amount.subarray(first, end));
      appender.appendDataChunk(chunk);
    }
    appender.closeSync();

    const result = await connection.run(
      "select id, count(*)::double, max(instant), sum(amount) from sales group by id",
    );
    const ids: unknown[] = [];
    const columns: [number[], number[], number[]] = [[], [], []];
    for (;;) {
      const read = await result.fetchChunk();
      if (!read || read.rowCount === 0) break;
      read.appendColumnValues(0, ids as never[]);
      columns.forEach((column, place) => {
        read.appendColumnValues(place + 1, column as never[]);
      });
    }
    const [count, last, net] = columns;
    return { count, last, net };
  };
}
