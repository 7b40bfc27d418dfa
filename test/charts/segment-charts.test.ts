import { describe, expect, it } from "vitest";
import { migrationChart } from "../../src/charts/migration-chart.js";
import { paretoChart } from "../../src/charts/pareto-chart.js";
import { rfmGridChart } from "../../src/charts/rfm-grid-chart.js";
import { segmentOverlapChart } from "../../src/charts/segment-overlap-chart.js";
import type { ChartOptions, VegaLiteSpec } from "../../src/charts/vega-lite-spec.js";
import { groupMigration } from "../../src/segmentation/group-migration.js";
import { paretoCurve } from "../../src/segmentation/pareto-curve.js";
import { rfm } from "../../src/segmentation/rfm.js";
import { rfmMigration } from "../../src/segmentation/rfm-migration.js";
import type { SegmentRule } from "../../src/segmentation/rules/rule.js";
import { ruleFields } from "../../src/segmentation/rules/rule-fields.js";
import { segmentMigration } from "../../src/segmentation/rules/segment-migration.js";
import { segmentSet } from "../../src/segmentation/rules/segment-set.js";
import { rPackageSegmentTable } from "../../src/segmentation/segment-table.js";
import { itIsReadable } from "./readable.js";
import { sampleLog } from "./sample-base.js";

const asOf = "2025-01-01";
const sample = sampleLog();
const before = rfm(sample, { asOf: "2024-07-01" });
const after = rfm(sample, { asOf, cuts: before.cuts ?? {} });
const shop = rfmMigration(before, after).segments ?? groupMigration([], []);
const values = (...list: number[]) => list.map((value, i) => ({ customerId: `c${i}`, value }));
const spend = sample.customerIds.map((customerId, i) => ({
  customerId,
  value: sample.amount
    .slice(sample.offsets[i], sample.offsets[i + 1])
    .reduce((sum, amount) => sum + amount, 0),
}));
const ids = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => `c${from + i}`);
const segments = [
  { name: "Loyal", customers: ids(0, 400) },
  { name: "Bought in the last 90 days", customers: ids(300, 1500) },
  { name: "At risk", customers: ids(1400, 1600) },
  { name: "Nobody yet", customers: [] },
];
const many = Array.from({ length: 14 }, (_, i) => ({
  name: `Segment number ${i + 1} with a name that is far too long for a telephone`,
  customers: ids(i * 700, i * 700 + 12_345),
}));

/** Twelve groups, and up to a hundred thousand customers who stay in one or move to the next. */
const crowd = (() => {
  const customers = Array.from({ length: 12 }, (_, group) => {
    const count = [7, 45, 310, 4_211, 12_345, 98_765][group % 6];
    return Array.from({ length: count }, (_, i) => ({
      customerId: `${group}-${i}`,
      group: `Segment ${group}`,
    }));
  }).flat();
  return groupMigration(
    customers,
    customers.map((one, i) => (i % 3 === 0 ? { ...one, group: `Segment ${i % 12}` } : one)),
  );
})();

/** Every chart, by name, with the cases in which charts break. */
const CHARTS: Record<string, (options: ChartOptions) => VegaLiteSpec> = {
  "migration of a shop": (options) => migrationChart(shop, options),
  "migration of one": (options) =>
    migrationChart(groupMigration([{ customerId: "a", group: "A" }], []), options),
  "migration of newcomers": (options) =>
    migrationChart(groupMigration([], [{ customerId: "a", group: "A" }]), options),
  "migration of a crowd": (options) => migrationChart(crowd, options),
  "migration of nobody": (options) => migrationChart(groupMigration([], []), options),
  "overlaps of four": (options) => segmentOverlapChart(segments, options),
  "overlaps of fourteen": (options) => segmentOverlapChart(many, options),
  "overlaps of one": (options) => segmentOverlapChart(segments.slice(0, 1), options),
  "overlaps of none": (options) => segmentOverlapChart([], options),
  "overlaps of empty segments": (options) => segmentOverlapChart(segments.slice(3), options),
  "Pareto of a shop": (options) => paretoChart(paretoCurve(spend), options),
  "Pareto of five": (options) => paretoChart(paretoCurve(values(60, 20, 10, 6, 4)), options),
  "Pareto of one": (options) => paretoChart(paretoCurve(values(7)), options),
  "Pareto of nobody": (options) => paretoChart(paretoCurve([]), options),
  "Pareto of losses": (options) => paretoChart(paretoCurve(values(-3, -5)), options),
  "Pareto with negatives": (options) => paretoChart(paretoCurve(values(60, 30, 10, -25)), options),
  "Pareto of a net sum": (options) =>
    paretoChart(paretoCurve(values(60, 30, 10, -25), { negatives: "net" }), options),
  "Pareto of equals": (options) =>
    paretoChart(paretoCurve(values(...Array.from({ length: 40 }, () => 3))), options),
  "Pareto with nothing marked": (options) => paretoChart(paretoCurve(values(3, 2), { shares: [] }), options),
  "RFM with R's names": (options) =>
    rfmGridChart(rfm(sample, { asOf, method: "rPackage", segmentTable: rPackageSegmentTable }), options),
};

describe.each(Object.entries(CHARTS))("%s", (_name, chart) => {
  itIsReadable(chart, [720, 360, 320]);
});

const answer = (spec: VegaLiteSpec) => spec.title.subtitle.join(" ");
const valuesOf = (spec: VegaLiteSpec, layer: number) =>
  (spec.layer[layer] as unknown as { data: { values: Record<string, number | string>[] } }).data.values;

describe("what the charts say", () => {
  it("migration: who stays, moves and leaves, and the largest move", () => {
    const group = (...groups: (string | null)[]) =>
      groups.map((name, i) => ({ customerId: `c${i}`, group: name }));
    const migration = groupMigration(
      group("New", "New", "New", "Loyal", null),
      group("Loyal", "Loyal", null, "Loyal", "New"),
    );
    expect(answer(migrationChart(migration))).toBe(
      "25% of those in a group stay, 50% move and 25% leave for none; the largest move is New to Loyal with 2 customers. n = 5 customers before, 0 new. Darker: a larger share of the row; framed: those who stay.",
    );
    expect(valuesOf(migrationChart(migration, { none: "nowhere" }), 0).at(-1)?.before).toBe("nowhere");
    expect(answer(CHARTS["migration of newcomers"]({}))).toContain(
      "1 customer is in a group now; there was nobody in one before.",
    );
    const joined = groupMigration(group("New", null), [
      { customerId: "c0", group: null },
      { customerId: "d", group: "New" },
    ]);
    const rowsOf = valuesOf(migrationChart(joined), 0).filter(({ customers }) => Number(customers) > 0);
    expect(rowsOf.map((cell) => [cell.before, cell.after])).toEqual([
      ["New", "in none"],
      ["in none", "not there"],
      ["not there", "New"],
    ]);
  });

  it("migration: of a segment set as of the groups to which it assigns", () => {
    const fields = ruleFields({ a: "boolean", b: "boolean" });
    const is = (field: string): SegmentRule => ({ op: "eq", field, value: true });
    const set = segmentSet({ a: is("a"), b: is("b") }, { fields, asOf: "2024-07-01" });
    const membership = (list: Record<string, string>, at: string) =>
      set.at(at).evaluate({
        records: Object.entries(list).map(([customerId, held]) => ({
          customerId,
          a: held.includes("a"),
          b: held.includes("b"),
        })),
      });
    const first = membership({ x: "ab", y: "b", z: "", gone: "a" }, "2024-07-01");
    const second = membership({ x: "b", y: "b", z: "a", joined: "" }, "2024-08-01");
    const assigned = ({ assignment }: typeof first) => assignment;
    const groups = groupMigration(assigned(first), assigned(second), { by: "segment", groups: ["a", "b"] });
    expect(migrationChart(segmentMigration(first, second))).toEqual(migrationChart(groups));
  });

  it("migration: refuses what is none", () => {
    for (const none of [null, {}, 7])
      expect(() => migrationChart(none as never)).toThrow(
        new RangeError(
          `migration is ${String(none)}: pass the result of groupMigration() or segmentMigration()`,
        ),
      );
  });

  it.each([720, 560])("migration: at a width of %i every cell with customers says how many", (width) => {
    const cells = valuesOf(CHARTS["migration of a crowd"]({ width }), 0);
    const counted = cells.filter(({ customers }) => Number(customers) > 0);
    expect(counted.some(({ customers }) => Number(customers) > 50_000)).toBe(true);
    for (const { customers, label } of counted) {
      const [, digits, thousands] = /^([\d.,]+)(K?)$/.exec(String(label)) ?? [];
      const said = Number(digits.replaceAll(",", "")) * (thousands === "K" ? 1000 : 1);
      // Thousands may be rounded to whole ones; what is written in full is exact.
      expect(Math.abs(said - Number(customers))).toBeLessThanOrEqual(thousands === "K" ? 500 : 0);
    }
  });

  it("migration: the cells hold every customer", () => {
    const cells = valuesOf(CHARTS["migration of a shop"]({}), 0);
    expect(cells.reduce((sum, { customers }) => sum + Number(customers), 0)).toBe(shop.members.length);
  });

  it("overlaps: the largest segment and the two that share most", () => {
    expect(answer(CHARTS["overlaps of four"]({}))).toContain(
      "Bought in the last 90 days is the largest segment with 1,200 of 1,600 customers; most in common have At risk and Bought in the last 90 days: 100 customers, 50% of At risk. n = 1,600 customers in 4 segments.",
    );
    expect(answer(CHARTS["overlaps of one"]({}))).toContain("no two have a customer in common");
  });

  it("overlaps: refuses what are no segments with customers", () => {
    expect(() => segmentOverlapChart(null as never)).toThrow(
      new RangeError(
        "segments is null: pass { name, customers } of each, or what a segment set evaluates to",
      ),
    );
    expect(() => segmentOverlapChart(before.segments as never)).toThrow(
      new RangeError("segments[0] is no { name, customers }: pass the customers as an array of their ids"),
    );
  });

  it("RFM: a cell whose segment depends on money lists each with its customers", () => {
    // The best recency and frequency, and money scores 1, 5 and 5.
    const cuts = { recency: [1, 2, 3, 4], frequency: [1, 2, 3, 4], monetary: [1, 2, 3, 4] };
    const best = [1, 5, 5].map((monetary, i) => ({
      customerId: `c${i}`,
      recency: 1,
      frequency: 5,
      monetary,
    }));
    const spec = rfmGridChart(rfm(best, { cuts, segmentTable: rPackageSegmentTable }));
    const cell = valuesOf(spec, 0).find(({ recency, frequency }) => recency === 5 && frequency === 5);
    // By R's table, read from the top: 5-5-5 are champions, and 5-5-1 is in no row.
    expect(cell?.segment).toBe("Champions (2), Others (1)");
  });

  it("overlaps: the same from what a segment set evaluates to", () => {
    const share = (numerator: number, denominator: number) => ({
      value: numerator / denominator,
      numerator,
      denominator,
      reason: null,
    });
    const membership = {
      rules: "",
      asOf: 0,
      timeZone: "UTC",
      customers: 10,
      segments: [
        { segment: "A", members: share(4, 10), assigned: share(4, 10) },
        { segment: "B", members: share(3, 10), assigned: share(2, 10) },
      ],
      unassigned: share(4, 10),
      overlaps: [
        { segment: "A", other: "B", ofSegment: share(1, 4), ofOther: share(1, 3), jaccard: share(1, 6) },
      ],
      members: { length: 0, columns: { customerId: [], segment: [] } },
      assignment: { length: 0, columns: { customerId: [], segment: [] } },
      withoutRecord: 0,
    };
    const plain = [
      { name: "A", customers: ["1", "2", "3", "4"] },
      { name: "B", customers: ["4", "5", "6"] },
    ];
    expect(segmentOverlapChart(membership)).toEqual(segmentOverlapChart(plain));
  });

  it("Pareto: how few bring each share", () => {
    expect(answer(CHARTS["Pareto of five"]({}))).toBe(
      "20% of the customers (1 of 5) bring 50% of the value, 40% (2) bring 80%, 80% (4) bring 95%. n = 5 customers, Gini coefficient 50%. Straight line: all equal.",
    );
    expect(answer(CHARTS["Pareto of losses"]({}))).toContain("Nobody has a value above zero.");
  });

  it("Pareto: a curve of many is thinned to 500 points with the marks, and says so", () => {
    const curve = paretoCurve(values(...Array.from({ length: 20_000 }, (_, i) => 1 + (i % 977))));
    const spec = paretoChart(curve);
    const ranks = valuesOf(spec, 0).map(({ customers }) => customers);
    expect(ranks.length).toBeLessThanOrEqual(500);
    expect(ranks).toEqual(
      expect.arrayContaining([0, 20_000, ...curve.reach.map(({ customers }) => customers)]),
    );
    expect(spec.description).toContain("points of 20,000");
  });
});
