import {
  type CustomerSegments,
  ruleBuilder,
  ruleFields,
  segmentSet,
  transactionEventFields,
} from "clientele";
import { randomSource } from "../log/sales-data.js";
import { DAY } from "./event-rule.js";

/** What one more event takes, and whether the segments come out as by a full run. */
export interface IncrementalRun {
  /** Microseconds an event, by pass. */
  readonly microseconds: readonly number[];
  /** Microseconds a customer measured anew, by pass. */
  readonly anew: readonly number[];
}

const SEGMENTS = 100;
const CUSTOMERS = 200;
const EVENTS = 50;
const AS_OF = Date.UTC(2024, 0, 1);

const fields = ruleFields({ plan: "text" }, { transactions: transactionEventFields });

/** A hundred segments of every operator but sequences; every tenth refers to the one before. */
function segments() {
  const { all, any, field, events, segment } = ruleBuilder(fields);
  const bought = events("transactions");
  return Object.fromEntries(
    Array.from({ length: SEGMENTS }, (_, i) => {
      const lately = bought.within({ last: { days: 30 + 7 * i } });
      const on = lately.where((row) => row.field("channel").eq(i % 2 === 0 ? "web" : "shop"));
      const rules = [
        all(field("plan").ne("free"), on.count().gte(1 + (i % 7))),
        lately.sum("amount").gt(1_000 * i),
        any(on.average("amount").gt(40 * i), lately.max("amount").gt(100 * i)),
        on.distinct("productId").gte(1 + (i % 5)),
        lately.last().gte("2023-06-01"),
        on.didNot(),
      ];
      const rule = rules[i % rules.length];
      return [`s${i}`, i % 10 === 9 ? all(rule, segment(`s${i - 1}` as never)) : rule] as const;
    }),
  );
}

export function incrementalRun(passes: number): IncrementalRun {
  const set = segmentSet(segments(), { fields, asOf: AS_OF });
  const random = randomSource(11);
  const event = () => ({
    at: AS_OF - Math.floor(random() * 730 * DAY) - 1,
    amount: Math.floor(random() * 10_000),
    productId: `p${Math.floor(random() * 20)}`,
    channel: random() < 0.5 ? "web" : "shop",
  });
  const microseconds: number[] = [];
  const anew: number[] = [];
  for (let pass = 0; pass < passes; pass++) {
    const streams = Array.from({ length: CUSTOMERS }, () => Array.from({ length: EVENTS }, event));
    const states: CustomerSegments[] = streams.map(() => set.start({ plan: "pro" }));
    const start = performance.now();
    for (let i = 0; i < EVENTS; i++)
      for (let c = 0; c < CUSTOMERS; c++)
        states[c] = set.addEvent(states[c], "transactions", streams[c][i]).state;
    microseconds.push(((performance.now() - start) * 1000) / (CUSTOMERS * EVENTS));
    const again = performance.now();
    const fresh = streams.map((transactions) => set.start({ plan: "pro" }, { transactions }));
    anew.push(((performance.now() - again) * 1000) / CUSTOMERS);
    fresh.forEach(({ segments: expected }, c) => {
      if (expected.join() !== states[c].segments.join())
        throw new Error(`customer ${c} differs from a full run`);
    });
  }
  return { microseconds, anew };
}
