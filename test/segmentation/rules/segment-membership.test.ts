import { describe, expect, it } from "vitest";
import { rows } from "../../../src/core/table.js";
import type { SegmentRule } from "../../../src/segmentation/rules/rule.js";
import { ruleFields } from "../../../src/segmentation/rules/rule-fields.js";
import { segmentMembers } from "../../../src/segmentation/rules/segment-membership.js";
import { segmentMigration } from "../../../src/segmentation/rules/segment-migration.js";
import { segmentSet } from "../../../src/segmentation/rules/segment-set.js";
import { thrown } from "../../core/thrown.js";

const fields = ruleFields({ n: "number" });
const setOf = (count: number) =>
  segmentSet(
    Object.fromEntries(
      Array.from({ length: count }, (_, i): [string, SegmentRule] => [
        `s${i}`,
        { op: "ne", field: "n", value: -1 - i },
      ]),
    ),
    { fields, asOf: "2024-07-01" },
  );

describe("the members of many large segments", () => {
  // 1,200 segments of 60,000 customers each: 72 million rows, and 719,400 pairs.
  const set = setOf(1200);
  const records = Array.from({ length: 60_000 }, (_, customerId) => ({ customerId, n: 1 }));
  const membership = set.evaluate({ records });

  it("are counted and given by segment, though all of them are too many for a list", () => {
    expect(membership.segments[1199].members.numerator).toBe(60_000);
    expect(membership.segments[1199].assigned.numerator).toBe(0);
    expect(membership.assignment.columns.segment[59_999]).toBe("s0");
    const ids = segmentMembers(membership, "s1199");
    expect([ids.length, ids[0], ids[59_999]]).toEqual([60_000, "0", "59999"]);
    const error = thrown(() => membership.members);
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: "members" });
    expect((error as Error).message).toContain("72000000 rows");
    expect((error as Error).message).toContain("segmentMembers()");
  });
});

describe("members of one segment", () => {
  const set = segmentSet(
    { small: { op: "lt", field: "n", value: 40 }, odd: { op: "in", field: "n", values: [1, 3, 35, 67] } },
    { fields, asOf: "2024-07-01" },
  );
  const records = Array.from({ length: 70 }, (_, n) => ({ customerId: `c${n}`, n }));
  const membership = set.evaluate({ records });

  it("are those of the list, also after JSON", () => {
    const stored = JSON.parse(JSON.stringify(membership));
    for (const given of [membership, stored]) {
      expect(segmentMembers(given, "odd")).toEqual(["c1", "c3", "c35", "c67"]);
      for (const name of ["small", "odd"])
        expect(segmentMembers(given, name)).toEqual(
          rows(membership.members).flatMap(({ segment, customerId }) =>
            segment === name ? [customerId] : [],
          ),
        );
    }
    expect(membership.overlaps[0].ofOther).toMatchObject({ numerator: 3, denominator: 4 });
    expect(membership.members).toBe(membership.members);
  });

  it("move between a stored membership and a new one as between two new ones", () => {
    const later = set.at("2024-08-01").evaluate({
      records: records.toReversed().map(({ customerId, n }) => ({ customerId, n: n + 2 })),
    });
    const stored = JSON.parse(JSON.stringify(membership));
    const migration = segmentMigration(membership, later);
    expect(segmentMigration(stored, JSON.parse(JSON.stringify(later)))).toEqual(migration);
    expect(migration.segments).toEqual([
      { segment: "small", before: 40, after: 38, stayed: 38, entered: 0, left: 2, joined: 0, gone: 0 },
      { segment: "odd", before: 4, after: 3, stayed: 1, entered: 2, left: 3, joined: 0, gone: 0 },
    ]);
    expect(rows(migration.moves).map(({ customerId, change }) => `${customerId} ${change}`)).toEqual([
      "c38 left",
      "c39 left",
      "c3 left",
      "c35 left",
      "c67 left",
      "c65 entered",
      "c33 entered",
    ]);
  });

  it("are of a segment that there is", () => {
    expect(thrown(() => segmentMembers(membership, "even"))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "segment",
    });
    expect(thrown(() => segmentMembers({} as never, "odd"))).toMatchObject({ path: "membership" });
  });
});
