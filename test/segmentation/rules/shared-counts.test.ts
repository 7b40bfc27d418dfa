import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SegmentRule } from "../../../src/segmentation/rules/rule.js";
import { ruleFields } from "../../../src/segmentation/rules/rule-fields.js";
import { segmentSet } from "../../../src/segmentation/rules/segment-set.js";
import { thrown } from "../../core/thrown.js";

const fields = ruleFields({}, { visits: { page: "text", seconds: "number" } });
const asOf = "2024-07-01";
const of = "visits";

/** Windows that end together and windows that do not, tests that several conditions have in common, and none. */
const window = fc.option(
  fc.oneof(
    fc.constantFrom(20, 45, 90, 400).map((days) => ({ last: { days } })),
    fc.constantFrom(10, 60).map((days) => ({ ago: [{ days: 90 }, { days }] as const })),
    fc.constant({ calendar: "month", offset: -1 } as const),
    fc.constant({ from: "2024-03-01" }),
  ),
  { nil: undefined },
);
const where = fc.option(
  fc.constantFrom("home", "price").map((value): SegmentRule => ({ op: "eq", field: "page", value })),
  { nil: undefined },
);
const condition = fc.oneof(
  fc.record({
    op: fc.constant("distinct" as const),
    of: fc.constant(of),
    field: fc.constantFrom("page", "seconds"),
    window,
    where,
    is: fc.nat(4).map((value) => ({ op: "gte" as const, value })),
  }),
  fc
    .record({
      op: fc.constant("frequency" as const),
      of: fc.constant(of),
      unit: fc.constantFrom("week" as const, "month" as const),
      outOf: fc.constantFrom(1, 3, 8, 40),
      minimum: fc.constantFrom(1, 2, 3),
      where,
    })
    .map((rule) => ({ ...rule, atLeast: 1 })),
  fc.record({
    op: fc.constantFrom("sum" as const, "average" as const, "min" as const, "max" as const),
    of: fc.constant(of),
    field: fc.constant("seconds"),
    window,
    where,
    is: fc.integer({ min: -2, max: 30 }).map((value) => ({ op: "lte" as const, value })),
  }),
);
/** Where windows and periods begin and end, where mistakes lie. */
const bound = fc
  .tuple(fc.constantFrom(0, 10, 20, 30, 45, 60, 90, 122, 400), fc.constantFrom(-1, 0, 1))
  .map(([days, more]) => Date.parse(asOf) - days * 86_400_000 + more);
const event = fc.record({
  at: fc.oneof(fc.integer({ min: Date.parse("2023-06-01"), max: Date.parse("2024-07-05") }), bound),
  page: fc.constantFrom("home", "price", "help", undefined),
  seconds: fc.constantFrom(0, -0, 1, 7, -3, 0.1, 0.7, 2 ** 53, 1e300, -1e300, Number.NaN, "many"),
});

describe("conditions that share what is counted", () => {
  it("measure what each of them measures by itself, at the start and with every event, however late", () => {
    fc.assert(
      fc.property(
        fc.array(condition, { minLength: 2, maxLength: 12 }),
        fc.array(event, { maxLength: 20 }),
        fc.array(event, { maxLength: 12 }),
        (rules, before, stream) => {
          const segments = Object.fromEntries(rules.map((rule, i) => [`s${i}`, rule as SegmentRule]));
          const set = segmentSet(segments, { fields, asOf });
          const visits: object[] = [...before];
          let state = set.start({}, { visits });
          // Of a log or a list, conditions are measured one by one: by other code, which keeps nothing.
          const members = () => {
            const { assignment: _, members: found } = set.evaluate({
              records: [{ customerId: "ani" }],
              eventsOf: () => ({ visits: [...visits] }),
            });
            return found.columns.segment;
          };
          expect(state.segments).toEqual(members());
          for (const added of stream) {
            const earlier = JSON.stringify(state);
            const next = set.addEvent(state, of, added).state;
            expect(JSON.stringify(state)).toBe(earlier);
            visits.push(added);
            expect(next.segments).toEqual(members());
            expect(next.measured).toEqual(set.start({}, { visits }).measured);
            state = next;
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it("are refused where what they share came back broken", () => {
    const shared = (days: number): SegmentRule => ({
      op: "distinct",
      of,
      field: "page",
      window: { last: { days } },
      is: { op: "gte", value: 1 },
    });
    const set = segmentSet({ short: shared(30), long: shared(90) }, { fields, asOf });
    const state = set.start({}, { visits: [{ at: "2024-06-20", page: "home" }] });
    const add = (change: object) =>
      thrown(() => set.addEvent({ ...state, ...change }, of, { at: "2024-06-21", page: "price" }));
    const unequal = { values: [["home"]], last: [[]] };
    for (const broken of [null, {}, unequal, { values: [["home"]], last: [] }, { values: [], last: 1 }])
      expect(add({ totals: [broken, null] })).toMatchObject({ path: "state.totals[0]" });
    for (const broken of ["NaN", -1, 0.5])
      expect(add({ measured: [1, broken] })).toMatchObject({ path: "state.measured[1]" });
    expect(state.measured).toEqual([1, 1]);
  });

  it("of no number of events take more to keep than the values there are", () => {
    const set = segmentSet(
      Object.fromEntries(
        Array.from({ length: 50 }, (_, i) => [
          `s${i}`,
          {
            op: "distinct",
            of,
            field: "page",
            window: { last: { days: 30 + i } },
            is: { op: "gte", value: 1 },
          },
        ]),
      ) as Record<string, SegmentRule>,
      { fields, asOf },
    );
    const visits = Array.from({ length: 40 }, (_, i) => ({ at: "2024-06-20", page: `page ${i}` }));
    const text = JSON.stringify(set.start({}, { visits }).totals);
    expect(text.split('"page 7"').length - 1).toBe(1);
  });
});
