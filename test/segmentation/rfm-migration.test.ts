import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { row, rows, table } from "../../src/core/table.js";
import { type GroupedCustomer, groupMigration } from "../../src/segmentation/group-migration.js";
import { rfm } from "../../src/segmentation/rfm.js";
import { rfmMigration } from "../../src/segmentation/rfm-migration.js";
import { rfmSegmentGrid } from "../../src/segmentation/rfm-segment-grid.js";
import { rfmValueOrder } from "../../src/segmentation/rfm-value-order.js";
import { thrown } from "../core/thrown.js";

const someGroups: fc.Arbitrary<GroupedCustomer[]> = fc
  .uniqueArray(fc.nat(15), { maxLength: 12 })
  .chain((ids) =>
    fc.tuple(
      ...ids.map((id) =>
        fc.record({
          customerId: fc.constant(`c${id}`),
          group: fc.constantFrom("A", "B", "C", null),
        }),
      ),
    ),
  );

describe("groupMigration", () => {
  it("books every customer once: before less gone plus come is after", () => {
    fc.assert(
      fc.property(someGroups, someGroups, (before, after) => {
        const { matrix, groups, members, ...counts } = groupMigration(before, after, {
          groups: ["A", "B", "C"],
        });
        const everybody = new Set([...before, ...after].map(({ customerId }) => customerId));
        expect(members.length).toBe(everybody.size);
        groups.forEach((group, i) => {
          if (group === null) return;
          const size = (list: readonly GroupedCustomer[]) => list.filter((own) => own.group === group).length;
          expect(matrix[i].reduce((sum, cell) => sum + cell, 0)).toBe(size(before));
          expect(matrix.reduce((sum, cells) => sum + cells[i], 0)).toBe(size(after));
        });
        const groupIn = (list: readonly GroupedCustomer[], id: string) =>
          list.find(({ customerId }) => customerId === id)?.group ?? null;
        const ways = [...everybody].map((id) => [groupIn(before, id), groupIn(after, id)]);
        expect(counts).toMatchObject({
          stayed: ways.filter(([a, b]) => a !== null && a === b).length,
          moved: ways.filter(([a, b]) => a !== null && b !== null && a !== b).length,
          entered: ways.filter(([a, b]) => a === null && b !== null).length,
          left: ways.filter(([a, b]) => a !== null && b === null).length,
        });
        const flows = counts.flows.reduce((sum, { customers }) => sum + customers, 0);
        expect(flows).toBe(everybody.size);
      }),
    );
  });

  it("turned round in time, the matrix is transposed", () => {
    fc.assert(
      fc.property(someGroups, someGroups, (before, after) => {
        const options = { groups: ["A", "B", "C"] };
        const there = groupMigration(before, after, options).matrix;
        const back = groupMigration(after, before, options).matrix;
        expect(back).toEqual(there.map((_, j) => there.map((cells) => cells[j])));
      }),
    );
  });

  it("says what share of a group went where, the largest way first", () => {
    const before = ["a", "b", "c"].map((customerId) => ({ customerId, group: "New" }));
    const after = [
      { customerId: "a", group: "Loyal" },
      { customerId: "b", group: "Loyal" },
    ];
    const { flows } = groupMigration(before, after);
    expect(flows).toEqual([
      {
        from: "New",
        to: "Loyal",
        customers: 2,
        shareOfFrom: { value: 2 / 3, numerator: 2, denominator: 3, reason: null },
      },
      {
        from: "New",
        to: null,
        customers: 1,
        shareOfFrom: { value: 1 / 3, numerator: 1, denominator: 3, reason: null },
      },
    ]);
  });

  it("takes tables, and refuses rows that are none", () => {
    const columns = table({ customerId: ["a"], group: ["A"] });
    expect(groupMigration(columns, columns).stayed).toBe(1);
    const one = (group: unknown) => [{ customerId: "a", group: group as string }];
    expect(thrown(() => groupMigration(one("A"), one(3))).message).toContain("neither a name nor null");
    expect(thrown(() => groupMigration(one("D"), [], { groups: ["A"] })).message).toContain(
      "not among options.groups",
    );
    expect(thrown(() => groupMigration([...one("A"), ...one("B")], [])).code).toBe("INVALID_ROWS");
    expect(thrown(() => groupMigration([], [], { groups: ["A", "A"] })).path).toBe("options.groups");
    expect(thrown(() => groupMigration([], [], { groups: "A" as never })).path).toBe("options.groups");
  });
});

const cuts = { recency: [30, 90, 180, 365], frequency: [1, 2, 4, 8], monetary: [100, 200, 400, 800] };
const customer = (customerId: string, recency: number, frequency = 5, monetary = 900) => ({
  customerId,
  recency,
  frequency,
  monetary,
});

describe("rfmMigration", () => {
  const before = rfm([customer("ani", 10), customer("budi", 10), customer("citra", 100, 1, 50)], { cuts });
  const after = rfm([customer("ani", 200), customer("budi", 5, 9), customer("dewi", 1, 1, 50)], { cuts });

  it("says for each customer what changed, and for each score how many went up and down", () => {
    const migration = rfmMigration(before, after);
    expect(rows(migration.members)).toEqual([
      {
        customerId: "ani",
        codeBefore: "5-4-5",
        codeAfter: "2-4-5",
        segmentBefore: "Champions",
        segmentAfter: "At Risk",
        r: -3,
        f: 0,
        m: 0,
      },
      {
        customerId: "budi",
        codeBefore: "5-4-5",
        codeAfter: "5-5-5",
        segmentBefore: "Champions",
        segmentAfter: "Champions",
        r: 0,
        f: 1,
        m: 0,
      },
      {
        customerId: "citra",
        codeBefore: "3-1-1",
        codeAfter: null,
        segmentBefore: "About to Sleep",
        segmentAfter: null,
        r: null,
        f: null,
        m: null,
      },
      {
        customerId: "dewi",
        codeBefore: null,
        codeAfter: "5-1-1",
        segmentBefore: null,
        segmentAfter: "New",
        r: null,
        f: null,
        m: null,
      },
    ]);
    expect(migration.scores.recency).toMatchObject({ up: 0, same: 1, down: 1 });
    expect(migration.scores.recency.matrix[4]).toEqual([0, 1, 0, 0, 1]);
    expect(migration.scores.frequency).toMatchObject({ up: 1, same: 1, down: 0 });
    expect(migration.segments).toMatchObject({ stayed: 1, moved: 1, entered: 1, left: 1 });
    expect(migration.segments?.groups).toEqual([...rfmSegmentGrid.map(({ name }) => name), null]);
    expect(migration.sameCuts).toBe(true);
  });

  it("says when the cuts are not the same", () => {
    expect(rfmMigration(rfm([customer("ani", 1)]), rfm([customer("ani", 9)])).sameCuts).toBe(false);
    const ntile = rfm([customer("ani", 1)], { method: "ntile" });
    expect(rfmMigration(ntile, ntile).sameCuts).toBe(false);
    const nameless = rfm([customer("ani", 1)], { bins: 3 });
    expect(rfmMigration(nameless, nameless).segments).toBe(null);
  });

  it("refuses scores that cannot be compared", () => {
    const failing = (changed: object) => thrown(() => rfmMigration(before, { ...after, ...changed }));
    expect(failing({ bins: { recency: 4, frequency: 5, monetary: 5 } })).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "after.bins",
    });
    expect(failing({ grid: null })).toMatchObject({ path: "after.grid" });
    expect(failing({ timeZone: "UTC" })).toMatchObject({ path: "after.timeZone" });
    expect(failing({ monetary: "margin" })).toMatchObject({ path: "after.monetary" });
    expect(failing({ currency: "IDR" })).toMatchObject({ code: "CURRENCY_MISMATCH" });
    expect(thrown(() => rfmMigration({ ...before, asOf: 2 }, { ...after, asOf: 1 }))).toMatchObject({
      path: "after.asOf",
    });
    expect(thrown(() => rfmMigration({} as never, after))).toMatchObject({ path: "before" });
  });
});

describe("rfmValueOrder", () => {
  const scores = rfm([customer("ani", 10, 2, 150), customer("budi", 300, 9), customer("citra", 10, 2, 120)], {
    cuts,
  });
  const spend = [
    { customerId: "ani", value: 60 },
    { customerId: "budi", value: 5 },
    { customerId: "citra", value: 30 },
    { customerId: "dewi", value: 1000 },
  ];

  it("orders cells, or segments, by the mean", () => {
    const order = rfmValueOrder(scores, spend);
    expect(order.groups).toEqual([
      {
        name: "5-2-2",
        rank: 1,
        customers: 2,
        expected: 90,
        mean: 45,
        shareOfExpected: { value: 90 / 95, numerator: 90, denominator: 95, reason: null },
      },
      expect.objectContaining({ name: "2-5-5", rank: 2, mean: 5 }),
    ]);
    expect(order).toMatchObject({ by: "cell", total: 95, unscored: 1 });
    const segments = rfmValueOrder(scores, spend, { by: "segment" }).groups.map(({ name }) => name);
    expect(segments).toEqual(["Potential Loyalist", "Can't Lose"]);
  });

  it("gives equal means one rank", () => {
    const equal = spend.map(({ customerId }) => ({ customerId, value: 7 }));
    expect(rfmValueOrder(scores, equal).groups.map(({ name, rank }) => [name, rank])).toEqual([
      ["2-5-5", 1],
      ["5-2-2", 1],
    ]);
  });

  it("refuses customers without an expected spend, and segments that there are not", () => {
    expect(thrown(() => rfmValueOrder(scores, spend.slice(1)))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "expectedSpend",
      message: 'expectedSpend has nothing for customer "ani": pass a value for each customer scored',
    });
    const nameless = rfm([customer("ani", 1)], { bins: 3 });
    expect(thrown(() => rfmValueOrder(nameless, spend, { by: "segment" }))).toMatchObject({
      path: "options.by",
    });
    expect(thrown(() => rfmValueOrder(scores, spend, { by: "code" as never }))).toMatchObject({
      path: "options.by",
    });
    expect(row(scores.members, 0).customerId).toBe("ani");
  });
});
