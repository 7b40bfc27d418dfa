/** Runs one contender many times over, in a process of its own, and prints what each pass took as one line of JSON. */
import { contenders } from "./contenders.js";
import { customers } from "./customer-data.js";
import { isWanted } from "./hand-written.js";

/** What the passes of one process took. */
export interface Passes {
  /** For each pass, nanoseconds a customer; the first runs in the interpreter. */
  readonly nanoseconds: readonly number[];
  /** Members found. */
  readonly count: number;
  /** Members by the predicate written by hand, among the same customers. */
  readonly expected: number;
}

const [index, count, passes] = JSON.parse(process.argv[2] ?? "null") as [number, number, number];
const contender = contenders[index];
const list = customers(Math.min(count, contender.most ?? count));
const run = await contender.prepare(list);
globalThis.gc?.();
const nanoseconds: number[] = [];
let found = 0;
const began = performance.now();
// A slow one is not asked all the times: two passes at the least, none begun after ten seconds.
for (let pass = 0; pass < passes && (pass < 2 || performance.now() - began < 10_000); pass++) {
  const start = performance.now();
  found = await run();
  nanoseconds.push(((performance.now() - start) * 1e6) / list.length);
}
const result: Passes = { nanoseconds, count: found, expected: list.filter(isWanted).length };
console.log(JSON.stringify(result));
