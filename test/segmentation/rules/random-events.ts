import fc from "fast-check";
import type { Duration } from "../../../src/core/duration.js";
import type {
  RuleComparison,
  RuleStep,
  RuleWindow,
  SegmentRule,
} from "../../../src/segmentation/rules/rule.js";
import { ruleFields } from "../../../src/segmentation/rules/rule-fields.js";
import type { EventWorld } from "./plain-events.js";
import { berlinHours, sydneyHours } from "./plain-rule.js";
import { isSound, isSoundOfEvents, met } from "./sound-window.js";

// Random conditions on events and random events, close together in time, so that bounds are met and steps meet steps.

export const asOf = Date.parse("2024-03-31T03:30:00Z");
export const timeZone = "Asia/Jakarta";
const DAY = 86_400_000;

const eventFields = {
  transactions: {
    amount: "number",
    quantity: "number",
    productId: "text",
    channel: "text",
    type: "text",
  },
  visits: { page: "text", seconds: "number", until: "instant" },
} as const;

export const fields = ruleFields({ plan: "text", since: "instant" }, eventFields);

export const world: EventWorld = {
  fields: { plan: "text", since: "instant" },
  eventFields,
  asOf,
  offsetHours: 7,
  segments: {},
};

/** The zone of most of these tests, and two with summer time: Berlin set its clocks on two and a half hours before `asOf`. */
export const zones: readonly (readonly [timeZone: string, offsetHours: EventWorld["offsetHours"]])[] = [
  [timeZone, 7],
  ["Europe/Berlin", berlinHours],
  ["Australia/Sydney", sydneyHours],
];

export const instant = fc.oneof(
  fc.integer({ min: -70, max: 2 }).map((days) => asOf + days * DAY),
  fc.integer({ min: -70 * 24, max: 48 }).map((hours) => asOf + hours * 3_600_000 - 1_800_000),
  fc.constantFrom(
    asOf - 1,
    asOf,
    ...["2024-02-28T17:00:00Z", "2024-02-29T03:30:00Z", "2024-03-30T23:00:00Z", "2024-03-31T01:00:00Z"].map(
      (text) => Date.parse(text),
    ),
  ),
);

const someInstant = fc.oneof(
  { weight: 4, arbitrary: instant },
  instant.map((ms) => new Date(ms).toISOString()),
  instant.map((ms) => new Date(ms)),
);

const product = fc.constantFrom("a", "b", "c");
// Eighths, whose sums are exact in whatever order.
const eighth = fc.integer({ min: -24, max: 40 }).map((n) => n / 8);
const absent = fc.constantFrom<unknown>(null, undefined, Number.NaN, "12");

const maybe = (arbitrary: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 6, arbitrary }, { weight: 1, arbitrary: absent });

export const transaction = fc.record({
  at: someInstant,
  amount: maybe(fc.integer({ min: -3, max: 5 })),
  quantity: maybe(eighth),
  productId: maybe(product),
  channel: maybe(fc.constantFrom("web", "shop")),
  type: fc.constantFrom("purchase", "refund"),
});

export const visit = fc.record({
  at: someInstant,
  page: maybe(fc.constantFrom("home", "price")),
  seconds: maybe(fc.integer({ min: 0, max: 3 })),
  until: maybe(someInstant),
});

export const events = fc.record(
  { transactions: fc.array(transaction, { maxLength: 7 }), visits: fc.array(visit, { maxLength: 4 }) },
  { requiredKeys: [] },
);

const duration: fc.Arbitrary<Duration> = fc.oneof(
  fc.record({ days: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ months: fc.integer({ min: 0, max: 2 }), days: fc.integer({ min: 1, max: 2 }) }),
);

const unit = fc.constantFrom("day", "week", "month", "quarter");

const anyWindow: fc.Arbitrary<RuleWindow> = fc.oneof(
  duration.map((last) => ({ last })),
  fc.tuple(duration, duration).map((ago) => ({ ago })),
  duration.map((next) => ({ next })),
  fc.record({
    calendar: unit,
    offset: fc.integer({ min: -2, max: 1 }),
    count: fc.integer({ min: 1, max: 2 }),
  }),
  fc.record(
    { from: fc.constantFrom("2024-02-29", "2024-03-30T03:30:00Z"), until: fc.constant("2024-03-29") },
    { requiredKeys: [] },
  ),
);
const window = anyWindow.filter(isSoundOfEvents);

const ORDER = ["eq", "ne", "lt", "lte", "gt", "gte"] as const;

function comparison(value: fc.Arbitrary<number>): fc.Arbitrary<RuleComparison> {
  return fc.oneof(
    fc.record({ op: fc.constantFrom(...ORDER), value }),
    fc
      .tuple(value, value)
      .map(([a, b]) => ({ op: "between" as const, from: Math.min(a, b), to: Math.max(a, b) })),
  );
}

const day = fc.constantFrom("2024-02-29", "2024-03-01", "2024-03-31", "2024-03-29T20:30:00Z");
const timeComparison: fc.Arbitrary<RuleComparison> = fc.oneof(
  fc.record({ op: fc.constantFrom(...ORDER), value: day }),
  window.map((given) => ({ op: "within" as const, window: given })),
);

const transactionLeaf: fc.Arbitrary<SegmentRule> = fc.oneof(
  comparison(fc.integer({ min: -2, max: 4 })).map((is) => ({ ...is, field: "amount" }) as SegmentRule),
  fc.record({ op: fc.constantFrom("eq", "ne"), field: fc.constant("productId"), value: product }),
  fc.record({
    op: fc.constantFrom("in", "notIn"),
    field: fc.constant("channel"),
    values: fc.constant(["web"]),
  }),
  fc.record({ op: fc.constant("eq"), field: fc.constant("type"), value: fc.constant("refund") }),
  fc.record({ op: fc.constant("within"), field: fc.constant("at"), window }),
  fc.record({ op: fc.constantFrom("missing", "exists"), field: fc.constantFrom("productId", "quantity") }),
) as fc.Arbitrary<SegmentRule>;

const visitLeaf: fc.Arbitrary<SegmentRule> = fc.oneof(
  fc.record({ op: fc.constantFrom("eq", "ne"), field: fc.constant("page"), value: fc.constant("home") }),
  fc.record({ op: fc.constant("within"), field: fc.constant("until"), window: anyWindow.filter(isSound) }),
) as fc.Arbitrary<SegmentRule>;

function combined(leaf: fc.Arbitrary<SegmentRule>): fc.Arbitrary<SegmentRule> {
  return fc.oneof(
    { weight: 3, arbitrary: leaf },
    { weight: 1, arbitrary: leaf.map((of) => ({ op: "not" as const, of })) },
    {
      weight: 2,
      arbitrary: fc.record({
        op: fc.constantFrom("all", "any"),
        of: fc.array(leaf, { maxLength: 3 }),
      }) as fc.Arbitrary<SegmentRule>,
    },
  );
}

const WHERE = { transactions: combined(transactionLeaf), visits: combined(visitLeaf) } as const;
type Kind = keyof typeof WHERE;

function meant(of: Kind): fc.Arbitrary<{ of: string; where?: SegmentRule; window?: RuleWindow }> {
  return fc.record({ of: fc.constant(of), where: WHERE[of], window }, { requiredKeys: ["of"] });
}

function step(kinds: readonly Kind[]): fc.Arbitrary<RuleStep> {
  return fc
    .constantFrom(...kinds)
    .chain((of) =>
      fc.record({ of: fc.constant(of), where: WHERE[of], within: duration }, { requiredKeys: ["of"] }),
    );
}

/** Every condition on events of these kinds. */
export function eventRules(kinds: readonly Kind[] = ["transactions", "visits"]): fc.Arbitrary<SegmentRule> {
  const of = (kind: Kind): fc.Arbitrary<SegmentRule> => {
    const numbers = kind === "transactions" ? ["amount", "quantity"] : ["seconds"];
    const others = kind === "transactions" ? ["productId", "type", "at"] : ["page", "until"];
    const any = meant(kind);
    const small = comparison(fc.integer({ min: -1, max: 4 }));
    const list = [
      fc.tuple(any, fc.constantFrom("did", "didNot")).map(([events_, op]) => ({ ...events_, op })),
      fc.tuple(any, small).map(([events_, is]) => ({ ...events_, op: "count", is })),
      fc
        .tuple(any, timeComparison, fc.constantFrom("first", "last"))
        .map(([events_, is, op]) => ({ ...events_, op, is })),
      fc
        .tuple(
          any,
          comparison(fc.oneof(eighth, fc.integer({ min: -3, max: 8 }))),
          fc.constantFrom("sum", "average", "min", "max"),
          fc.constantFrom(...numbers),
        )
        .map(([events_, is, op, field]) => ({ ...events_, op, is, field })),
      fc
        .tuple(any, small, fc.constantFrom(...numbers, ...others))
        .map(([events_, is, field]) => ({ ...events_, op: "distinct", is, field })),
      fc
        .tuple(
          any,
          unit,
          fc.integer({ min: 1, max: 3 }),
          fc.integer({ min: 0, max: 2 }),
          fc.integer({ min: 1, max: 2 }),
        )
        .map(([{ window: _, ...events_ }, given, atLeast, more, minimum]) => ({
          ...events_,
          op: "frequency",
          unit: given,
          atLeast,
          outOf: atLeast + more,
          minimum,
        })),
    ];
    return fc.oneof(...(list as fc.Arbitrary<unknown>[])) as fc.Arbitrary<SegmentRule>;
  };
  const sequence = fc
    .record(
      {
        op: fc.constant("sequence" as const),
        steps: fc.array(step(kinds), { minLength: 1, maxLength: 3 }),
        window,
        notFollowedBy: step(kinds),
      },
      { requiredKeys: ["op", "steps"] },
    )
    .map(({ steps: [{ within: _, ...first }, ...others], ...given }) => ({
      ...given,
      steps: [first, ...others],
    }));
  return fc.oneof(
    { weight: 4, arbitrary: fc.oneof(...kinds.map(of)) },
    { weight: 2, arbitrary: sequence as fc.Arbitrary<SegmentRule> },
  );
}

const fieldRule: fc.Arbitrary<SegmentRule> = fc.oneof(
  fc.record({ op: fc.constantFrom("eq", "ne"), field: fc.constant("plan"), value: fc.constant("pro") }),
  fc.record({ op: fc.constant("within"), field: fc.constant("since"), window: anyWindow.filter(isSound) }),
  fc.record({ op: fc.constant("anniversary"), field: fc.constant("since"), within: duration }),
) as fc.Arbitrary<SegmentRule>;

/** A set of segments a, b, c, d, of which the later refer to the ones before. */
export function segmentRules(
  kinds?: readonly Kind[],
  withFields = true,
): fc.Arbitrary<Record<string, SegmentRule>> {
  const leaf = fc.oneof(
    { weight: 5, arbitrary: eventRules(kinds) },
    { weight: withFields ? 1 : 0, arbitrary: fieldRule },
  );
  const tree = (known: readonly string[]): fc.Arbitrary<SegmentRule> => {
    const references = known.map((segment) => fc.constant<SegmentRule>({ op: "segment", segment }));
    const any = fc.oneof({ weight: 3, arbitrary: leaf }, ...references);
    return fc.oneof(
      any,
      any.map((of) => ({ op: "not" as const, of })),
      fc.record({
        op: fc.constantFrom("all", "any"),
        of: fc.array(any, { maxLength: 3 }),
      }) as fc.Arbitrary<SegmentRule>,
      fc
        .record({
          op: fc.constant("atLeast" as const),
          count: fc.integer({ min: 1, max: 2 }),
          of: fc.array(any, { maxLength: 3 }),
        })
        .map(met),
    );
  };
  // Written in an order that is not that of reference.
  return fc.record({ d: tree(["a", "b", "c"]), c: tree(["a", "b"]), b: tree(["a"]), a: tree([]) });
}

export const record = fc.record({ plan: maybe(fc.constantFrom("pro", "free")), since: maybe(someInstant) });
