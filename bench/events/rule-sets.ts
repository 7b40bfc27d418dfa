/** Runs sets of rules on events over one log, together and one by one, in a process of its own; prints one line of JSON. */
import { compileRule, ruleBuilder, type SegmentRule, segmentSet, transactionLog } from "clientele";
import { fields } from "./contenders.js";
import { CHANNELS, channelSales } from "./event-rule.js";

/** What a set of rules took. */
export interface RuleSetRun {
  readonly rules: number;
  /** Milliseconds, by pass: made ready and evaluated as one set. */
  readonly together: readonly number[];
  /** Each rule made ready and evaluated by itself, all of them. */
  readonly alone: readonly number[];
}

const { all, events } = ruleBuilder(fields);
const bought = events("transactions");

/** Rules of two conditions each, over counts, sums, extremes, times, values and months; windows and channels differ. */
function ruleOf(i: number): SegmentRule {
  const lately = bought.within({ last: { days: 20 + 5 * i } });
  const on = lately.where((row) => row.field("channel").eq(CHANNELS[i % CHANNELS.length]));
  const first = [
    lately.sum("amount").gt(200_000 * i),
    lately.max("amount").gte(40_000 * i),
    on.average("amount").lt(9_000_000),
    on.last().gte("2010-01-01"),
    bought.frequency({ unit: "month", atLeast: 1 + (i % 3), outOf: 6 + (i % 12) }),
  ][i % 5];
  return i % 2 === 0 ? all(on.count().gte(1 + (i % 4)), first) : all(on.didNot(), first);
}

const [rows, customers, passes] = JSON.parse(process.argv[2] ?? "null") as number[];
const { customerId, at, amount, channel, asOf } = channelSales(rows, customers);
const log = transactionLog(
  { customerId, at, amount, channel: Array.from(channel, (code) => CHANNELS[code]) },
  { currency: "IDR" },
);
const runs = [1, 10, 100].map((count): RuleSetRun => {
  const segments = Object.fromEntries(Array.from({ length: count }, (_, i) => [`s${i}`, ruleOf(i)]));
  const together: number[] = [];
  const alone: number[] = [];
  for (let pass = 0; pass < passes; pass++) {
    const start = performance.now();
    const set = segmentSet(segments, { fields, asOf }).evaluate({ log });
    together.push(performance.now() - start);
    const again = performance.now();
    const sizes = Object.values(segments).map(
      (rule) => compileRule(rule, { fields, asOf }).evaluate({ log }).customerIds.length,
    );
    alone.push(performance.now() - again);
    set.segments.forEach(({ segment, members }, i) => {
      if (members.numerator !== sizes[i])
        throw new Error(`${segment} has ${members.numerator} members in the set, ${sizes[i]} alone`);
    });
  }
  return { rules: count, together, alone };
});
console.log(JSON.stringify(runs));
