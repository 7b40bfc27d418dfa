import fc from "fast-check";
import type { RuleComparison, RuleWindow, SegmentRule } from "../../../src/segmentation/rules/rule.js";
import { ruleFields } from "../../../src/segmentation/rules/rule-fields.js";
import { isSound, isSoundOfEvents, met } from "./sound-window.js";

// Arbitrary rules over one set of fields, all of them valid: every operator comes up.

export const shopFields = ruleFields(
  {
    name: "text",
    plan: ["free", "pro", "team"],
    age: { type: "number", label: { en: "age", id: "umur" } },
    isMember: "boolean",
    joinedAt: { type: "instant", label: { en: "joining", id: "bergabung" } },
    tags: "text[]",
    scores: "number[]",
    "address.city": { type: "text", label: "city" },
  },
  {
    transactions: { amount: "number", productId: "text", tags: "text[]" },
    visits: { page: ["home", "price"], seconds: "number" },
  },
);

export const shopSegments = ["loyal", "new"];

const whole = fc.integer({ min: -3, max: 3 });
const day = fc.integer({ min: 1, max: 28 }).map((n) => `2024-02-${String(n).padStart(2, "0")}`);
const moment = fc.oneof(
  day,
  day.map((text) => `${text}T10:00:00+07:00`),
);
const word = fc.constantFrom("", "a", "ab", "Jakarta", "100%", "it's");
const plan = fc.constantFrom("free", "pro", "team");

const length = fc
  .record(
    { years: fc.nat(2), months: fc.nat(14), weeks: fc.nat(5), days: fc.integer({ min: 1, max: 40 }) },
    { requiredKeys: ["days"] },
  )
  .map((given) => ({ ...given }));

const unit = fc.constantFrom("day", "week", "month", "quarter", "halfYear", "year");

const anyWindow = fc.oneof(
  fc.record({ last: length }),
  fc.record({ next: length }),
  fc.record({ ago: fc.tuple(length, length) }),
  fc.record(
    { calendar: unit, offset: whole, count: fc.integer({ min: 1, max: 3 }) },
    { requiredKeys: ["calendar"] },
  ),
  fc.record({ from: moment, until: moment }, { requiredKeys: [] }),
) as fc.Arbitrary<RuleWindow>;

const someWindow = anyWindow.filter(isSound);
const windowOfEvents = anyWindow.filter(isSoundOfEvents);

const compared = fc.constantFrom("eq", "ne", "lt", "lte", "gt", "gte");

const numberIs: fc.Arbitrary<RuleComparison> = fc.oneof(
  fc.record({ op: compared, value: whole }),
  fc.tuple(whole, whole).map(([a, b]) => ({ op: "between", from: Math.min(a, b), to: Math.max(a, b) })),
) as fc.Arbitrary<RuleComparison>;

const timeRange = fc.tuple(day, day).map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a }));

const timeIs = (window: fc.Arbitrary<RuleWindow>) =>
  fc.oneof(
    fc.record({ op: compared, value: moment }),
    timeRange.map((range) => ({ op: "between", ...range })),
    fc.record({ op: fc.constant("within"), window }),
  ) as fc.Arbitrary<RuleComparison>;

/** Conditions on the fields of the record that no other language lacks: no dates, no windows. */
export const somePlainLeaf: fc.Arbitrary<SegmentRule> = fc.oneof(
  fc.record({
    op: fc.constantFrom("exists", "missing"),
    field: fc.constantFrom("name", "age", "plan", "isMember"),
  }),
  fc.record({ op: fc.constantFrom("eq", "ne"), field: fc.constant("name"), value: word }),
  fc.record({ op: fc.constantFrom("eq", "ne"), field: fc.constant("isMember"), value: fc.boolean() }),
  fc.record({ op: compared, field: fc.constant("age"), value: whole }),
  numberIs.filter((is) => is.op === "between").map((is) => ({ ...is, field: "age" })),
  fc.record({
    op: fc.constantFrom("in", "notIn"),
    field: fc.constant("age"),
    values: fc.array(whole, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    op: fc.constantFrom("in", "notIn"),
    field: fc.constant("plan"),
    values: fc.array(plan, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ op: fc.constant("contains"), field: fc.constantFrom("name", "address.city"), value: word }),
) as fc.Arbitrary<SegmentRule>;

const match = fc.record(
  {
    op: fc.constantFrom("contains", "startsWith", "endsWith"),
    field: fc.constantFrom("name", "plan", "address.city"),
    value: word,
    ignoreCase: fc.boolean(),
  },
  { requiredKeys: ["op", "field", "value"] },
);

export const someListLeaf = fc.oneof(
  fc.record({
    op: fc.constantFrom("hasAny", "hasAll", "hasNone"),
    field: fc.constant("tags"),
    values: fc.array(word, { maxLength: 3 }),
  }),
  fc.record({
    op: fc.constantFrom("hasAny", "hasAll", "hasNone"),
    field: fc.constant("scores"),
    values: fc.array(whole, { maxLength: 3 }),
  }),
) as fc.Arbitrary<SegmentRule>;

const fieldLeaf = fc.oneof(
  somePlainLeaf,
  someListLeaf,
  match,
  fc.record({ op: fc.constant("size"), field: fc.constantFrom("tags", "scores"), is: numberIs }),
  timeIs(someWindow).map((is) => ({ ...is, field: "joinedAt" })),
  fc.record(
    {
      op: fc.constant("anniversary"),
      field: fc.constant("joinedAt"),
      within: length,
      direction: fc.constantFrom("next", "last"),
    },
    { requiredKeys: ["op", "field", "within"] },
  ),
) as fc.Arbitrary<SegmentRule>;

/** Rules on one event: of `transactions` and of `visits` alike, by the fields that both have. */
const where = fc.oneof(
  fc.record({ op: compared, field: fc.constant("at"), value: moment }),
  fc.record({ op: fc.constant("all"), of: fc.constant([]) }),
) as fc.Arbitrary<SegmentRule>;

const kind = fc.constantFrom("transactions", "visits");
const optionalWhere = { requiredKeys: ["op", "of", "is"] as never };

const eventLeaf = fc.oneof(
  fc.record(
    { op: fc.constantFrom("did", "didNot"), of: kind, where, window: windowOfEvents },
    { requiredKeys: ["op", "of"] },
  ),
  fc.record(
    { op: fc.constant("count"), of: kind, where, window: windowOfEvents, is: numberIs },
    optionalWhere,
  ),
  fc.record(
    { op: fc.constantFrom("first", "last"), of: kind, where, is: timeIs(windowOfEvents) },
    optionalWhere,
  ),
  fc.record({
    op: fc.constantFrom("sum", "average", "min", "max", "distinct"),
    of: fc.constant("transactions"),
    field: fc.constant("amount"),
    is: numberIs,
  }),
  fc.record(
    {
      op: fc.constant("sequence"),
      steps: fc.tuple(
        fc.record({ of: kind, where }, { requiredKeys: ["of"] }),
        fc.record({ of: kind, within: length }, { requiredKeys: ["of"] }),
      ),
      window: windowOfEvents,
      notFollowedBy: fc.record({ of: kind, within: length }, { requiredKeys: ["of"] }),
    },
    { requiredKeys: ["op", "steps"] },
  ),
  fc.record(
    {
      op: fc.constant("frequency"),
      of: kind,
      where,
      unit,
      atLeast: fc.integer({ min: 1, max: 3 }),
      outOf: fc.integer({ min: 3, max: 6 }),
      minimum: fc.integer({ min: 1, max: 2 }),
    },
    { requiredKeys: ["op", "of", "unit", "atLeast", "outOf"] },
  ),
) as fc.Arbitrary<SegmentRule>;

const segmentLeaf = fc.record({
  op: fc.constant("segment" as const),
  segment: fc.constantFrom(...shopSegments),
});

/** Leaves combined up to three levels deep. */
export function combined(leaf: fc.Arbitrary<SegmentRule>): fc.Arbitrary<SegmentRule> {
  return fc.letrec<{ rule: SegmentRule }>((tie) => ({
    rule: fc.oneof(
      { maxDepth: 3, depthSize: "small", withCrossShrink: true },
      leaf,
      fc.record({
        op: fc.constantFrom("all" as const, "any" as const),
        of: fc.array(tie("rule"), { maxLength: 3 }),
      }),
      fc.record({ op: fc.constant("not" as const), of: tie("rule") }),
      fc
        .record({
          op: fc.constant("atLeast" as const),
          count: fc.nat(3),
          of: fc.array(tie("rule"), { maxLength: 3 }),
        })
        .map(met),
    ),
  })).rule;
}

/** Every operator but `custom`. */
export const someRule: fc.Arbitrary<SegmentRule> = combined(fc.oneof(fieldLeaf, eventLeaf, segmentLeaf));

/** Records in which each field has its type, is null or is absent. */
export const someRecord = fc.record(
  {
    name: fc.option(word),
    plan: fc.option(plan),
    age: fc.option(whole),
    isMember: fc.option(fc.boolean()),
    joinedAt: fc.option(day),
    tags: fc.option(fc.array(word, { maxLength: 3 })),
    scores: fc.option(fc.array(whole, { maxLength: 3 })),
    address: fc.record({ city: fc.option(word) }, { requiredKeys: [] }),
  },
  { requiredKeys: [] },
);

export const someEvents = fc.record({
  transactions: fc.array(fc.record({ at: day, amount: whole, productId: word }, { requiredKeys: ["at"] }), {
    maxLength: 4,
  }),
  visits: fc.array(fc.record({ at: day, page: fc.constantFrom("home", "price") }), { maxLength: 4 }),
});
