import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rows } from "../../../src/core/table.js";
import { migrationReasons } from "../../../src/segmentation/rules/migration-reasons.js";
import type { SegmentRule } from "../../../src/segmentation/rules/rule.js";
import { ruleChange } from "../../../src/segmentation/rules/rule-change.js";
import type { RuleExplanation } from "../../../src/segmentation/rules/rule-explanation.js";
import { ruleFields } from "../../../src/segmentation/rules/rule-fields.js";
import { segmentMigration } from "../../../src/segmentation/rules/segment-migration.js";
import { segmentSet } from "../../../src/segmentation/rules/segment-set.js";
import { thrown } from "../../core/thrown.js";
import { asOf, fields as eventFields, events, record, segmentRules, timeZone } from "./random-events.js";

const fields = ruleFields({ plan: "text", age: "number" });
const rules: Record<string, SegmentRule> = {
  pro: { op: "eq", field: "plan", value: "pro" },
  best: {
    op: "all",
    of: [
      { op: "segment", segment: "pro" },
      { op: "gte", field: "age", value: 18 },
    ],
  },
};
const first = segmentSet(rules, { fields, asOf: "2024-06-01" });
const second = first.at("2024-07-01");
const why = segmentSet(rules, { fields, asOf: "2024-07-01" });
const was = {
  ani: { plan: "free", age: 20 },
  budi: { plan: "pro", age: 17 },
  citra: { plan: "free", age: 17 },
  dewi: { plan: "pro", age: 30 },
};
const is = {
  ani: { plan: "pro", age: 20 },
  budi: { plan: "pro", age: 18 },
  citra: { plan: "pro", age: 18 },
  dewi: { plan: "free", age: 30 },
};
const recordsOf = (known: Record<string, object>) =>
  Object.entries(known).map(([customerId, own]) => ({ ...own, customerId }));
const migration = segmentMigration(
  first.evaluate({ records: recordsOf(was) }),
  second.evaluate({ records: recordsOf(is) }),
);
const customerAt = (id: string, at: number) => ({
  record: (at === second.asOf ? is : was)[id as keyof typeof is],
});

/** Whether the node at a path held, found by going through all. */
function heldAt({ tree, segments }: RuleExplanation, path: string): boolean {
  const pending = [tree, ...Object.values(segments).map((segment) => segment.tree)];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.path === path) return node.held;
    pending.push(...(node.of ?? []));
  }
  throw new Error(`no node at ${path}`);
}

describe("why customers moved", () => {
  it("counts by segment and condition for how many it decided, and for how many alone", () => {
    const { reasons, byCustomer } = migrationReasons(migration, why, customerAt);
    expect(rows(reasons)).toEqual([
      { segment: "pro", change: "entered", path: "segments.pro", holds: true, customers: 2, alone: 2 },
      { segment: "pro", change: "left", path: "segments.pro", holds: false, customers: 1, alone: 1 },
      // For ani and citra the plan, of which taking back suffices; for budi the age.
      { segment: "best", change: "entered", path: "segments.pro", holds: true, customers: 2, alone: 2 },
      {
        segment: "best",
        change: "entered",
        path: "segments.best.of[1]",
        holds: true,
        customers: 1,
        alone: 1,
      },
      { segment: "best", change: "left", path: "segments.pro", holds: false, customers: 1, alone: 1 },
    ]);
    expect(byCustomer).toBeNull();
  });

  it("tells each customer's reasons on request", () => {
    const { byCustomer } = migrationReasons(migration, why, customerAt, { byCustomer: true });
    expect(byCustomer && rows(byCustomer).filter(({ segment }) => segment === "best")).toEqual([
      { customerId: "dewi", segment: "best", change: "left", path: "segments.pro", holds: false },
      { customerId: "ani", segment: "best", change: "entered", path: "segments.pro", holds: true },
      { customerId: "budi", segment: "best", change: "entered", path: "segments.best.of[1]", holds: true },
      { customerId: "citra", segment: "best", change: "entered", path: "segments.pro", holds: true },
    ]);
  });

  it("has a reason for every move, the decisive leaves of each", () => {
    const someone = fc.record({ record, events });
    fc.assert(
      fc.property(
        segmentRules(),
        fc.array(fc.tuple(someone, someone), { maxLength: 4 }),
        fc.integer({ min: 0, max: 60 }),
        (segments, list, days) => {
          const options = { fields: eventFields, timeZone };
          const before = segmentSet(segments, { ...options, asOf: asOf - days * 86_400_000 });
          const membershipAt = (set: typeof before, time: 0 | 1) =>
            set.evaluate({
              records: list.map((each, i) => ({ ...each[time].record, customerId: i })),
              eventsOf: (_, i) => list[i][time].events,
            });
          const moved = segmentMigration(membershipAt(before, 0), membershipAt(before.at(asOf), 1));
          // One instant twice: the customers differ all the same.
          let calls = 0;
          const at = (id: string) => list[Number(id)][(calls++ % 2) as 0 | 1];
          const set = segmentSet(segments, { ...options, asOf });
          const { reasons, byCustomer } = migrationReasons(moved, set, at, { byCustomer: true });
          const expected = rows(moved.moves).flatMap(({ customerId, segment, change }) => {
            const [one, other] = list[Number(customerId)];
            const {
              decisive,
              before: then,
              after: now,
            } = ruleChange(
              { op: "segment", segment },
              { ...one, asOf: before.asOf },
              { ...other, asOf },
              { ...options, segments },
            );
            expect(decisive.length).toBeGreaterThan(0);
            return decisive.map((path) => {
              expect(heldAt(then, path)).toBe(!heldAt(now, path));
              return { customerId, segment, change, path, holds: heldAt(now, path) };
            });
          });
          expect(byCustomer && rows(byCustomer)).toEqual(expected);
          const counts = new Map<string, number>();
          for (const { segment, change, path, holds } of expected) {
            const key = `${segment} ${change} ${path} ${holds}`;
            counts.set(key, (counts.get(key) ?? 0) + 1);
          }
          expect(
            new Map(
              rows(reasons).map((row) => [
                `${row.segment} ${row.change} ${row.path} ${row.holds}`,
                row.customers,
              ]),
            ),
          ).toEqual(counts);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("tells those for whom a condition now holds from those for whom it no longer does", () => {
    const oneOf: Record<string, SegmentRule> = {
      pro: rules.pro,
      // In "pro" or of age, and not both.
      odd: {
        op: "any",
        of: [
          {
            op: "all",
            of: [
              { op: "segment", segment: "pro" },
              { op: "lt", field: "age", value: 18 },
            ],
          },
          {
            op: "all",
            of: [
              { op: "not", of: { op: "segment", segment: "pro" } },
              { op: "gte", field: "age", value: 18 },
            ],
          },
        ],
      },
    };
    const then = { eka: { plan: "free", age: 15 }, fajar: { plan: "pro", age: 40 } };
    const now = { eka: { plan: "pro", age: 15 }, fajar: { plan: "free", age: 40 } };
    const early = segmentSet(oneOf, { fields, asOf: "2024-06-01" });
    const late = early.at("2024-07-01");
    const moved = segmentMigration(
      early.evaluate({ records: recordsOf(then) }),
      late.evaluate({ records: recordsOf(now) }),
    );
    const { reasons } = migrationReasons(moved, late, (id, at) => ({
      record: (at === late.asOf ? now : then)[id as keyof typeof now],
    }));
    expect(rows(reasons).filter(({ segment }) => segment === "odd")).toEqual([
      { segment: "odd", change: "entered", path: "segments.pro", holds: true, customers: 1, alone: 1 },
      { segment: "odd", change: "entered", path: "segments.pro", holds: false, customers: 1, alone: 1 },
    ]);
  });

  it("refuses customers who have not moved so, and what is no migration, set or reader", () => {
    const refusals: [call: () => unknown, path: string, words: string][] = [
      [
        () => migrationReasons(migration, why, (id) => customerAt(id, second.asOf)),
        "customerAt",
        'customerAt("dewi") gives a customer who has not left "pro"',
      ],
      [() => migrationReasons({} as never, why, customerAt), "migration", "migration is an object"],
      [() => migrationReasons(migration, {} as never, customerAt), "set", "set is an object"],
      [() => migrationReasons(migration, why, 5 as never), "customerAt", "customerAt is 5"],
    ];
    for (const [call, path, words] of refusals) {
      const error = thrown(call);
      expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path });
      expect((error as Error).message).toContain(words);
    }
  });
});
