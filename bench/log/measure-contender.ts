/**
 * Runs one contender once, in a process of its own, and prints what it took as one line of JSON.
 *
 * A small pass over other data comes first, so that the timed one does not run in the interpreter.
 */
import { contenders } from "./contenders.js";
import { type SalesOptions, salesData } from "./sales-data.js";
import { type Checksum, checksum } from "./totals.js";

/** What one pass took. */
export interface Pass {
  readonly seconds: number;
  /** Processor time of all threads. */
  readonly cpuSeconds: number;
  /** Bytes resident when the input was ready. */
  readonly inputBytes: number;
  /** Most bytes ever resident. */
  readonly peakBytes: number;
  readonly checksum: Checksum;
  /** Only ours: seconds of further metrics on the same log. */
  readonly further: Readonly<Record<string, number>>;
}

const [index, options] = JSON.parse(process.argv[2] ?? "null") as [number, SalesOptions];
const contender = contenders[index];

const small = salesData({ ...options, rows: 50_000, customers: 5_000 });
const warmUp = await contender.prepare(small);
for (let pass = 0; pass < 3; pass++) {
  const { further = {} } = await warmUp();
  for (const metric of Object.values(further)) metric();
}

const data = salesData(options);
const run = await contender.prepare(data);
globalThis.gc?.();
const inputBytes = process.memoryUsage.rss();
const cpu = process.cpuUsage();
const began = performance.now();
const raw = await run();
const seconds = (performance.now() - began) / 1_000;
const { user, system } = process.cpuUsage(cpu);
const peakBytes = process.resourceUsage().maxRSS * 1_024;

const further: Record<string, number> = {};
for (const [name, metric] of Object.entries(raw.further ?? {})) {
  const start = performance.now();
  metric();
  further[name] = (performance.now() - start) / 1_000;
}
const pass: Pass = {
  seconds,
  cpuSeconds: (user + system) / 1e6,
  inputBytes,
  peakBytes,
  checksum: checksum(raw.totals(), data),
  further,
};
console.log(JSON.stringify(pass));
