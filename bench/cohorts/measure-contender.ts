/**
 * Runs one contender several times in a process of its own and prints what it took as one line of JSON.
 *
 * A small pass over other data comes first, so that the timed ones do not run in the interpreter.
 */
import type { SalesOptions } from "../log/sales-data.js";
import { contenders } from "./contenders.js";
import { type Checksum, checksum } from "./counts.js";
import { localSales } from "./local-sales.js";

/** What the passes of one process took. */
export interface Passes {
  readonly seconds: readonly number[];
  /** Processor time of all threads. */
  readonly cpuSeconds: readonly number[];
  readonly checksum: Checksum;
}

const [index, options, timeZone, count] = JSON.parse(process.argv[2] ?? "null") as [
  number,
  SalesOptions,
  string,
  number,
];
const contender = contenders[index];

const warmUp = await contender.prepare(
  localSales({ ...options, rows: 50_000, customers: 5_000 }, timeZone),
  timeZone,
);
for (let pass = 0; pass < 3; pass++) await warmUp();

const run = await contender.prepare(localSales(options, timeZone), timeZone);
const seconds: number[] = [];
const cpuSeconds: number[] = [];
let sums: Checksum | null = null;
for (let pass = 0; pass < count; pass++) {
  globalThis.gc?.();
  const cpu = process.cpuUsage();
  const began = performance.now();
  const counts = await run();
  seconds.push((performance.now() - began) / 1_000);
  const { user, system } = process.cpuUsage(cpu);
  cpuSeconds.push((user + system) / 1e6);
  sums = checksum(counts);
}
console.log(JSON.stringify({ seconds, cpuSeconds, checksum: sums }));
// DuckDB's threads would keep the process.
process.exit(0);
