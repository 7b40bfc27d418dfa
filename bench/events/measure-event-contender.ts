/** Runs one contender many times over, in a process of its own, and prints what each pass took as one line of JSON. */
import { eventContenders } from "./contenders.js";
import { channelSales, fusedByCustomerId } from "./event-rule.js";

/** What the passes of one process took. */
export interface EventPasses {
  /** Milliseconds, by pass; the first runs in the interpreter. */
  readonly milliseconds: readonly number[];
  /** Members found. */
  readonly count: number;
  /** Members by the pass written by hand. */
  readonly expected: number;
}

const [index, rows, customers, passes] = JSON.parse(process.argv[2] ?? "null") as number[];
const sales = channelSales(rows, customers);
const expected = fusedByCustomerId(
  sales.customerId,
  sales.customers,
  sales,
  { web: 0, phone: 2 },
  sales.asOf,
);
const run = await eventContenders[index].prepare(sales);
globalThis.gc?.();
const milliseconds: number[] = [];
let count = 0;
for (let pass = 0; pass < passes; pass++) {
  const start = performance.now();
  count = await run();
  milliseconds.push(performance.now() - start);
}
const result: EventPasses = { milliseconds, count, expected };
console.log(JSON.stringify(result));
