import fc from "fast-check";
import type { Duration } from "../../../src/core/duration.js";
import type { RuleComparison, RuleWindow, SegmentRule } from "../../../src/segmentation/rules/rule.js";
import { ruleFields } from "../../../src/segmentation/rules/rule-fields.js";
import type { PlainType } from "./plain-rule.js";
import { isSound, met } from "./sound-window.js";

/** Fields of every kind, at the top and below. */
export const plainFields = {
  plan: "text",
  name: "text",
  score: "number",
  active: "boolean",
  at: "instant",
  tags: "text[]",
  marks: "number[]",
  "address.city": "text",
  "address.geo.lat": "number",
  "address.since": "instant",
} as const satisfies Readonly<Record<string, PlainType>>;

export const fields = ruleFields(plainFields);

const texts = [
  "free",
  "pro",
  "",
  "Pro",
  "ä",
  "PRO max",
  "straße",
  "0",
  "İ",
  "ΟΔΟΣ",
  "ΟΔΟΣΑ",
  "οδός",
] as const;
const numbers = [0, -0, 1, -1, 0.5, 2, 3, 1e300, -1e300, Number.MIN_VALUE] as const;
const instants = [
  "2024-02-29",
  "2024-02-28",
  "2024-06-30T17:00:00Z",
  "2024-06-30T23:59:59.999+07:00",
  "2024-07-01",
  "2024-07-02T08:00:00-03:00",
  "2023-12-31",
  "2000-02-29",
] as const;

const text = fc.constantFrom(...texts);
const number = fc.oneof(fc.constantFrom(...numbers), fc.integer({ min: -5, max: 5 }));
const instantText = fc.constantFrom(...instants);
const DAY = 86_400_000;
const instantMs = fc.oneof(
  instantText.map((given) => Date.parse(given)),
  fc.integer({ min: -900, max: 900 }).map((days) => Date.parse("2024-07-01T00:00:00Z") + days * DAY),
  fc.integer({ min: -1e9, max: 1e9 }).map((ms) => Date.parse("2024-07-01T00:00:00Z") + ms),
);

/** What is not there, in all its forms; the last are there, and of no type that a field has. */
const missing = fc.constantFrom<unknown>(
  undefined,
  null,
  Number.NaN,
  {},
  5n,
  new Date(Number.NaN),
  "31/12/2023",
);

const VALUES: Readonly<Record<PlainType, fc.Arbitrary<unknown>>> = {
  text,
  number: fc.oneof(number, fc.constantFrom(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY)),
  boolean: fc.boolean(),
  instant: fc.oneof(
    instantMs,
    instantMs.map((ms) => new Date(ms)),
    instantMs.map((ms) => new Date(ms).toISOString()),
    instantText,
    fc.constantFrom<unknown>(1.5, 1e18, Number.NEGATIVE_INFINITY, "2024-02-30", "2024-06-01T10:00:00"),
  ),
  "text[]": fc.array(text, { maxLength: 4 }),
  "number[]": fc.array(number, { maxLength: 4 }),
};

/** A record with a quarter of its fields missing. */
export const records: fc.Arbitrary<object> = fc
  .record(
    Object.fromEntries(
      Object.entries(plainFields).map(([path, type]) => [
        path,
        fc.oneof({ weight: 3, arbitrary: VALUES[type] }, { weight: 1, arbitrary: missing }),
      ]),
    ),
    { requiredKeys: [] },
  )
  .map((flat) => {
    const record: Record<string, unknown> = {};
    for (const [path, value] of Object.entries(flat)) {
      const [top, ...steps] = path.split(".");
      let at = record;
      let key = top;
      for (const step of steps) {
        at[key] ??= {};
        at = at[key] as Record<string, unknown>;
        key = step;
      }
      at[key] = value;
    }
    return record;
  });

const duration: fc.Arbitrary<Duration> = fc.oneof(
  fc.record({ days: fc.integer({ min: 1, max: 400 }) }),
  fc.record({ weeks: fc.integer({ min: 1, max: 20 }), months: fc.integer({ min: 0, max: 20 }) }),
  fc.record({ years: fc.integer({ min: 1, max: 3 }) }),
);

const window: fc.Arbitrary<RuleWindow> = fc
  .oneof(
    duration.map((last) => ({ last })),
    duration.map((next) => ({ next })),
    fc.tuple(duration, duration).map((ago) => ({ ago })),
    fc.record({
      calendar: fc.constantFrom("day", "week", "month", "quarter", "halfYear", "year"),
      offset: fc.integer({ min: -3, max: 2 }),
      count: fc.integer({ min: 1, max: 4 }),
    }),
    fc.record({ from: instantText, until: instantText }, { requiredKeys: [] }),
  )
  .filter(isSound);

const ORDER = ["eq", "ne", "lt", "lte", "gt", "gte"] as const;

function comparison(value: fc.Arbitrary<number>): fc.Arbitrary<RuleComparison> {
  return fc.oneof(
    fc.record({ op: fc.constantFrom(...ORDER), value }),
    fc
      .tuple(value, value)
      .map(([a, b]) => ({ op: "between" as const, from: Math.min(a, b), to: Math.max(a, b) })),
  );
}

function conditions(field: string, type: PlainType): fc.Arbitrary<SegmentRule> {
  const presence = fc.constantFrom("exists", "missing").map((op) => ({ op, field }) as SegmentRule);
  return fc.oneof(presence, ...particular(field, type));
}

function particular(field: string, type: PlainType): fc.Arbitrary<SegmentRule>[] {
  const of = (arbitrary: fc.Arbitrary<object>) =>
    arbitrary.map((condition) => ({ ...condition, field }) as SegmentRule);
  switch (type) {
    case "text":
      return [
        of(fc.record({ op: fc.constantFrom("eq", "ne"), value: text })),
        of(fc.record({ op: fc.constantFrom("in", "notIn"), values: fc.array(text, { maxLength: 6 }) })),
        of(
          fc.record({
            op: fc.constantFrom("contains", "startsWith", "endsWith"),
            value: fc.constantFrom("p", "P", "o", "", "pro", "ss", "ß", "i̇"),
            ignoreCase: fc.boolean(),
          }),
        ),
      ];
    case "number":
      return [
        of(comparison(number)),
        of(fc.record({ op: fc.constantFrom("in", "notIn"), values: fc.array(number, { maxLength: 6 }) })),
      ];
    case "boolean":
      return [of(fc.record({ op: fc.constantFrom("eq", "ne"), value: fc.boolean() }))];
    case "instant":
      return [
        of(fc.record({ op: fc.constantFrom(...ORDER), value: instantText })),
        of(
          fc
            .tuple(instantText, instantText)
            .map(([a, b]) => (Date.parse(a) < Date.parse(b) ? [a, b] : [b, a]))
            .map(([from, to]) => ({ op: "between", from, to })),
        ),
        of(window.map((given) => ({ op: "within", window: given }))),
        of(
          fc.record({
            op: fc.constant("anniversary"),
            within: duration,
            direction: fc.constantFrom("next", "last"),
          }),
        ),
      ];
    default:
      return [
        of(
          fc.record({
            op: fc.constantFrom("hasAny", "hasAll", "hasNone"),
            values: fc.array(type === "text[]" ? (text as fc.Arbitrary<unknown>) : number, { maxLength: 3 }),
          }),
        ),
        of(comparison(fc.integer({ min: 0, max: 4 })).map((is) => ({ op: "size", is }))),
      ];
  }
}

const leaf = fc.oneof(...Object.entries(plainFields).map(([path, type]) => conditions(path, type)));

/** Rules of every operator on fields, and references to the segments of these names. */
export function rules(segments: readonly string[] = []): fc.Arbitrary<SegmentRule> {
  const reference = segments.map((segment) => fc.constant<SegmentRule>({ op: "segment", segment }));
  return fc.letrec<{ rule: SegmentRule }>((tie) => ({
    rule: fc.oneof(
      { maxDepth: 4, depthSize: "medium" },
      fc.oneof(leaf, ...reference),
      fc.record({ op: fc.constant("not" as const), of: tie("rule") }),
      fc.record({ op: fc.constantFrom("all", "any"), of: fc.array(tie("rule"), { maxLength: 7 }) }),
      fc
        .record({
          op: fc.constant("atLeast" as const),
          count: fc.integer({ min: 0, max: 4 }),
          of: fc.array(tie("rule"), { maxLength: 5 }),
        })
        .map(met),
    ) as fc.Arbitrary<SegmentRule>,
  })).rule;
}
