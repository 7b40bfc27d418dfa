import type { DuckDBDataChunk as Chunk } from "@duckdb/node-api";
import { type ChannelSales, DAY } from "./event-rule.js";

/** Rows of one DuckDB data chunk. */
const CHUNK = 2_048;

/** Loads the sales into a table, which is not timed; whole chunks, their numbers by one copy a column. */
export async function loadEventDuckDB(
  { customerId, at, amount, channel, asOf }: ChannelSales,
  sql: string,
  threads: number,
): Promise<() => Promise<number>> {
  const { DOUBLE, DuckDBDataChunk, DuckDBInstance, INTEGER, UTINYINT } = await import("@duckdb/node-api");
  const { default: bindings } = await import("@duckdb/node-bindings");
  const instance = await DuckDBInstance.create(":memory:", { threads: String(threads) });
  const connection = await instance.connect();
  await connection.run("create table sales (id integer, instant double, amount double, channel utinyint)");
  const appender = await connection.createAppender("sales");
  const copy = (chunk: Chunk, place: number, part: Int32Array | Float64Array | Uint8Array) => {
    const vector = bindings.data_chunk_get_vector(chunk.chunk, place);
    bindings.copy_data_to_vector(vector, 0, part.buffer as ArrayBuffer, part.byteOffset, part.byteLength);
  };
  for (let first = 0; first < at.length; first += CHUNK) {
    const end = Math.min(first + CHUNK, at.length);
    const chunk = DuckDBDataChunk.create([INTEGER, DOUBLE, DOUBLE, UTINYINT], end - first);
    [customerId, at, amount, channel].forEach((column, place) => {
      copy(chunk, place, column.subarray(first, end));
    });
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
  const bounds = { $w: asOf - 90 * DAY, $y: asOf - 365 * DAY, $h: asOf - 180 * DAY, $asOf: asOf };
  const query = Object.entries(bounds).reduce((text, [name, ms]) => text.replaceAll(name, `${ms}`), sql);
  return async () => {
    const result = await connection.runAndReadAll(query);
    return Number(result.getRows()[0][0]);
  };
}
