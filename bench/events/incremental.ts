import {
  type CustomerSegments,
  ruleBuilder,
  ruleFields,
  type SegmentRule,
  segmentSet,
  transactionEventFields,
} from "clientele";
import { randomSource } from "../log/sales-data.js";
import { DAY } from "./event-rule.js";

/** What one more event takes, and whether the segments come out as by a full run. */
export interface IncrementalRun {
  /** What the segments ask. */
  readonly mix: string;
  /** Events of a customer at the end. */
  readonly history: number;
  /** Microseconds an event, by pass. */
  readonly microseconds: readonly number[];
  /** Microseconds a customer measured anew, by pass. */
  readonly anew: readonly number[];
}

const SEGMENTS = 100;
const AS_OF = Date.UTC(2024, 0, 1);

const fields = ruleFields({ plan: "text" }, { transactions: transactionEventFields });
const { all, any, field, events, segment } = ruleBuilder(fields);
const bought = events("transactions");

type Mix = (i: number) => SegmentRule;

/** Every operator but those below; every tenth refers to the one before. */
const aggregates: Mix = (i) => {
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
  return i % 10 === 9 ? all(rule, segment(`s${i - 1}` as never)) : rule;
};

const distinct: Mix = (i) =>
  bought
    .within({ last: { days: 30 + 7 * i } })
    .distinct("productId")
    .gte(1 + i);

const frequency: Mix = (i) =>
  bought.frequency({ unit: i % 2 === 0 ? "month" : "week", atLeast: 1 + (i % 12), outOf: 12 + i });

const from = (channel: string, productId?: string): SegmentRule => ({
  op: "all",
  of: [
    { op: "eq", field: "channel", value: channel },
    ...(productId === undefined ? [] : [{ op: "eq", field: "productId", value: productId } as const]),
  ],
});

/** Two thirds end with something that must not follow, or ask for what is rare, and so are never settled. */
const sequences: Mix = (i) => {
  const steps = [
    { of: "transactions", where: from("web") },
    { of: "transactions", where: from("shop"), within: { days: 1 + (i % 30) } },
  ];
  if (i % 3 === 0) return { op: "sequence", steps };
  if (i % 3 === 1)
    return {
      op: "sequence",
      steps,
      notFollowedBy: { of: "transactions", where: from("web", `p${i % 20}`), within: { days: 14 } },
    };
  const rare = { of: "transactions", where: from("phone"), within: { months: 1 } };
  return { op: "sequence", steps: [...steps, rare] };
};

/** What the segments of a set ask, and in which zone. */
const MIXES: readonly { readonly name: string; readonly mix: Mix; readonly timeZone: string }[] = [
  { name: "aggregates", mix: aggregates, timeZone: "UTC" },
  { name: "distinct", mix: distinct, timeZone: "UTC" },
  { name: "frequency", mix: frequency, timeZone: "UTC" },
  { name: "sequences", mix: sequences, timeZone: "UTC" },
  { name: "sequences, Jakarta", mix: sequences, timeZone: "Asia/Jakarta" },
  {
    name: "all of them",
    mix: (i) => [aggregates, distinct, frequency, sequences][Math.floor(i / 10) % 4](i),
    timeZone: "UTC",
  },
];

const HISTORIES: readonly { readonly events: number; readonly customers: number }[] = [
  { events: 50, customers: 200 },
  { events: 1_000, customers: 10 },
];

/** Each mix with short and with long histories, events in no order. */
export function incrementalRuns(passes: number): IncrementalRun[] {
  return MIXES.flatMap(({ name, mix, timeZone }) =>
    HISTORIES.map((history) => incrementalRun(name, mix, timeZone, history, passes)),
  );
}

function incrementalRun(
  name: string,
  mix: Mix,
  timeZone: string,
  { events: length, customers }: (typeof HISTORIES)[number],
  passes: number,
): IncrementalRun {
  const segments = Object.fromEntries(Array.from({ length: SEGMENTS }, (_, i) => [`s${i}`, mix(i)]));
  const set = segmentSet(segments, { fields, asOf: AS_OF, timeZone });
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
    const streams = Array.from({ length: customers }, () => Array.from({ length }, event));
    const states: CustomerSegments[] = streams.map(() => set.start({ plan: "pro" }));
    const start = performance.now();
    for (let i = 0; i < length; i++)
      for (let c = 0; c < customers; c++)
        states[c] = set.addEvent(states[c], "transactions", streams[c][i]).state;
    microseconds.push(((performance.now() - start) * 1000) / (customers * length));
    const again = performance.now();
    const fresh = streams.map((transactions) => set.start({ plan: "pro" }, { transactions }));
    anew.push(((performance.now() - again) * 1000) / customers);
    fresh.forEach(({ segments: expected }, c) => {
      if (expected.join() !== states[c].segments.join())
        throw new Error(`${name}: customer ${c} differs from a full run`);
    });
  }
  return { mix: name, history: length, microseconds, anew };
}
