import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rows, table } from "../../src/core/table.js";
import { abcClassification } from "../../src/segmentation/abc-classification.js";
import { type GroupedCustomer, groupMigration } from "../../src/segmentation/group-migration.js";
import { placeOnGrid } from "../../src/segmentation/place-on-grid.js";
import { loyaltyProfitGrid } from "../../src/segmentation/portfolio-grids.js";
import { rfm } from "../../src/segmentation/rfm.js";
import { tierBy } from "../../src/segmentation/tier-by.js";
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
        const migration = groupMigration(before, after, { groups: ["A", "B", "C"] });
        const groupIn = (list: readonly GroupedCustomer[], id: string) =>
          list.find(({ customerId }) => customerId === id)?.group;
        const everybody = [...new Set([...before, ...after].map(({ customerId }) => customerId))];
        const ways = everybody.map((id) => ({ a: groupIn(before, id), b: groupIn(after, id) }));
        const count = (isMeant: (way: (typeof ways)[number]) => boolean) => ways.filter(isMeant).length;
        expect(migration.members.length).toBe(everybody.length);
        expect(migration).toMatchObject({
          stayed: count(({ a, b }) => a != null && a === b),
          moved: count(({ a, b }) => a != null && b != null && a !== b),
          entered: count(({ a, b }) => a === null && b != null),
          left: count(({ a, b }) => a != null && b === null),
          outside: count(({ a, b }) => a === null && b === null),
          joined: count(({ a }) => a === undefined),
          gone: count(({ b }) => b === undefined),
        });
        for (const own of migration.groups) {
          expect(own).toEqual({
            group: own.group,
            before: count(({ a }) => a === own.group),
            after: count(({ b }) => b === own.group),
            stayed: count(({ a, b }) => a === own.group && b === own.group),
            entered: count(({ a, b }) => a !== undefined && a !== own.group && b === own.group),
            left: count(({ a, b }) => a === own.group && b !== undefined && b !== own.group),
            joined: count(({ a, b }) => a === undefined && b === own.group),
            gone: count(({ a, b }) => a === own.group && b === undefined),
          });
          expect(own.before).toBe(own.stayed + own.left + own.gone);
          expect(own.after).toBe(own.stayed + own.entered + own.joined);
        }
        const flows = rows(migration.flows);
        expect(flows.reduce((sum, { customers }) => sum + customers, 0)).toBe(everybody.length);
        for (const { from, to, change, customers, shareOfFrom } of flows) {
          const source = change === "joined" ? undefined : from;
          const target = change === "gone" ? undefined : to;
          expect(customers).toBe(count(({ a, b }) => a === source && b === target));
          expect(shareOfFrom).toBe(change === "joined" ? null : customers / count(({ a }) => a === source));
        }
        const ends = ["A", "B", "C", null];
        expect(migration.matrix).toEqual(
          ends.map((from) => ends.map((to) => count(({ a, b }) => a === from && b === to))),
        );
        for (const { customerId, before: was, after: is } of rows(migration.members))
          expect([was, is]).toEqual([
            groupIn(before, customerId) ?? null,
            groupIn(after, customerId) ?? null,
          ]);
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
      { customerId: "d", group: null },
    ];
    const { flows } = groupMigration(before, after);
    expect(rows(flows)).toEqual([
      { from: "New", to: "Loyal", change: "moved", customers: 2, shareOfFrom: 2 / 3 },
      { from: "New", to: null, change: "gone", customers: 1, shareOfFrom: 1 / 3 },
      { from: null, to: null, change: "joined", customers: 1, shareOfFrom: null },
    ]);
  });

  it("takes the members of tiers, classes, cells and segments, by the name of their column", () => {
    const values = ["a", "b"].map((customerId, i) => ({ customerId, value: 10 - i }));
    const grid = loyaltyProfitGrid({ duration: 1, profit: 1 });
    const placed = placeOnGrid(grid, [{ customerId: "a", scores: { duration: 2, profit: 0 } }]).members;
    const scored = rfm([{ customerId: "a", recency: 1, frequency: 1, monetary: 1 }]).members;
    const tiers = tierBy(values).members;
    const classes = abcClassification(values).members;
    expect(groupMigration(tiers, tiers, { by: "tier" })).toMatchObject({ stayed: 2 });
    expect(groupMigration(classes, rows(classes), { by: "class" })).toMatchObject({ stayed: 2 });
    expect(groupMigration(placed, placed, { by: "cell" }).groups[0].group).toBe("barnacles");
    expect(groupMigration(scored, scored, { by: "segment" }).stayed).toBe(1);
    // @ts-expect-error the members of tiers have no column of this name
    expect(thrown(() => groupMigration(tiers, tiers, { by: "class" }))).toMatchObject({
      code: "UNKNOWN_COLUMN",
      path: "before.columns.class",
    });
    // @ts-expect-error nor one that is called group
    expect(thrown(() => groupMigration([], tiers))).toMatchObject({
      code: "UNKNOWN_COLUMN",
      path: "after.columns.group",
      message:
        'after has no column "group", it has "customerId", "value", "rank", "tier": pass its name as options.by',
    });
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
    const failing = (options: unknown) => thrown(() => groupMigration([], [], options as never));
    expect(failing({ groups: ["A", "A"] })).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "options.groups[1]",
      message: 'options.groups[1] is "A": pass a name, each group once',
    });
    expect(failing({ groups: [null, ""] })).toMatchObject({ path: "options.groups[0]" });
    expect(failing({ groups: ["A", ""] })).toMatchObject({ path: "options.groups[1]" });
    expect(failing({ groups: "A" })).toMatchObject({ path: "options.groups" });
    expect(failing({ by: "" })).toMatchObject({ path: "options.by" });
    expect(failing(null)).toMatchObject({ path: "options" });
  });
});
