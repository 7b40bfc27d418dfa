import { describe, expect, it } from "vitest";
import { rows } from "../../../src/core/table.js";
import type { SegmentRule } from "../../../src/segmentation/rules/rule.js";
import { ruleFields } from "../../../src/segmentation/rules/rule-fields.js";
import { segmentMigration } from "../../../src/segmentation/rules/segment-migration.js";
import { segmentSet } from "../../../src/segmentation/rules/segment-set.js";
import { thrown } from "../../core/thrown.js";

const fields = ruleFields({ a: "boolean", b: "boolean", c: "boolean" });
const is = (field: string): SegmentRule => ({ op: "eq", field, value: true });
const set = segmentSet({ a: is("a"), b: is("b"), c: is("c") }, { fields, asOf: "2024-07-01" });
const customers = (list: Record<string, string>) =>
  Object.entries(list).map(([customerId, held]) => ({
    customerId,
    a: held.includes("a"),
    b: held.includes("b"),
    c: held.includes("c"),
  }));

describe("membership", () => {
  const membership = set.evaluate({ records: customers({ x: "ab", y: "b", z: "", u: "ab", v: "b" }) });

  it("counts members, the assigned and those in no segment", () => {
    expect(
      membership.segments.map(({ members, assigned }) => [members.numerator, assigned.numerator]),
    ).toEqual([
      [2, 2],
      [4, 2],
      [0, 0],
    ]);
    expect(membership.segments[1].members).toEqual({
      value: 0.8,
      numerator: 4,
      denominator: 5,
      reason: null,
    });
    expect(membership.unassigned.value).toBe(0.2);
    expect(rows(membership.assignment).map(({ segment }) => segment)).toEqual(["a", "b", null, "a", "b"]);
  });

  it("tells how far segments overlap", () => {
    expect(
      membership.overlaps.map(({ segment, other, ofSegment, ofOther, jaccard }) => [
        segment + other,
        ofSegment.value,
        ofOther.value,
        jaccard.value,
      ]),
    ).toEqual([
      ["ab", 1, 0.5, 0.5],
      ["ac", 0, null, 0],
      ["bc", 0, null, 0],
    ]);
    expect(membership.overlaps[1].ofOther.reason).toBe("customers in c: 0");
  });

  it("survives JSON, and has no shares of nobody", () => {
    expect(JSON.parse(JSON.stringify(membership))).toEqual(membership);
    const empty = set.evaluate({ records: [] });
    expect(empty.unassigned).toMatchObject({ value: null, reason: "customers asked about: 0" });
  });

  it("counts overlaps of many customers", () => {
    // Multiples of 2, 3 and 5 among 1,000: by inclusion and exclusion.
    const records = Array.from({ length: 1000 }, (_, i) => ({
      customerId: i,
      a: (i + 1) % 2 === 0,
      b: (i + 1) % 3 === 0,
      c: (i + 1) % 5 === 0,
    }));
    const { overlaps, segments, unassigned } = set.evaluate({ records });
    expect(segments.map(({ members }) => members.numerator)).toEqual([500, 333, 200]);
    expect(segments.map(({ assigned }) => assigned.numerator)).toEqual([500, 167, 67]);
    expect(unassigned.numerator).toBe(266);
    expect(overlaps.map(({ ofSegment }) => ofSegment.numerator)).toEqual([166, 100, 66]);
    expect(overlaps.map(({ jaccard }) => jaccard.denominator)).toEqual([667, 600, 467]);
  });
});

describe("migration", () => {
  const before = set.evaluate({ records: customers({ x: "ab", y: "b", z: "", old: "a" }) });
  const after = set.evaluate({ records: customers({ x: "b", y: "bc", z: "a", new: "c" }) });
  const migration = segmentMigration(before, after);

  it("tells who entered, left, stayed, joined and is gone", () => {
    expect(migration.segments).toEqual([
      { segment: "a", before: 2, after: 1, stayed: 0, entered: 1, left: 1, joined: 0, gone: 1 },
      { segment: "b", before: 2, after: 2, stayed: 2, entered: 0, left: 0, joined: 0, gone: 0 },
      { segment: "c", before: 0, after: 2, stayed: 0, entered: 1, left: 0, joined: 1, gone: 0 },
    ]);
    expect(rows(migration.moves)).toEqual([
      { customerId: "x", segment: "a", change: "left" },
      { customerId: "z", segment: "a", change: "entered" },
      { customerId: "y", segment: "c", change: "entered" },
    ]);
    // By the assigned segment, each customer of either instant once: who joined and who is gone included.
    expect(rows(migration.flows)).toEqual([
      { from: "a", to: "b", change: "moved", customers: 1, shareOfFrom: 0.5 },
      { from: "a", to: null, change: "gone", customers: 1, shareOfFrom: 0.5 },
      { from: "b", to: "b", change: "stayed", customers: 1, shareOfFrom: 1 },
      { from: null, to: "a", change: "entered", customers: 1, shareOfFrom: 1 },
      { from: null, to: "c", change: "joined", customers: 1, shareOfFrom: null },
    ]);
    expect([migration.joined, migration.gone]).toEqual([1, 1]);
    const asOf = Date.UTC(2024, 6, 1);
    expect([migration.before, migration.after]).toEqual([asOf, asOf]);
  });

  it("is of the same segments", () => {
    const other = segmentSet({ a: is("a") }, { fields, asOf: "2024-07-01" }).evaluate({ records: [] });
    expect(thrown(() => segmentMigration(before, other))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "before",
    });
    expect(thrown(() => segmentMigration(before, {} as never))).toMatchObject({ path: "after" });
  });

  it("is of the same rules, by whatever names, and goes forward in time", () => {
    const [mine, theirs] = ["x", "y"].map((rules) => ({ ...before, rules }));
    expect(thrown(() => segmentMigration(mine, theirs))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "before",
      message: expect.stringContaining("other rules"),
    });
    const later = set.at("2024-08-01").evaluate({ records: [] });
    expect(segmentMigration(before, later).gone).toBe(4);
    expect(thrown(() => segmentMigration(later, before))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "after",
      message:
        "after is as of 2024-07-01T00:00:00.000Z, and before as of 2024-08-01T00:00:00.000Z, which is later: swap them",
    });
  });
});
