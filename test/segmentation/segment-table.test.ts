import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rfm } from "../../src/segmentation/rfm.js";
import { rfmSegmentTable, type SegmentTableRow } from "../../src/segmentation/rfm-segment-table.js";
import {
  checkSegmentTable,
  type FirstMatchSegmentTable,
  rPackageSegmentTable,
} from "../../src/segmentation/segment-table.js";
import { thrown } from "../core/thrown.js";

/** The eleven rows as they are printed in many places (vignette of R's rfm 0.2): R, F and M, read from the top. */
const eleven: readonly SegmentTableRow[] = [
  { name: "Champions", recency: [4, 5], frequency: [4, 5], monetary: [4, 5] },
  { name: "Loyal Customers", recency: [2, 5], frequency: [3, 5], monetary: [3, 5] },
  { name: "Potential Loyalist", recency: [3, 5], frequency: [1, 3], monetary: [1, 3] },
  { name: "New Customers", recency: [4, 5], frequency: [1, 1], monetary: [1, 1] },
  { name: "Promising", recency: [3, 4], frequency: [1, 1], monetary: [1, 1] },
  { name: "Need Attention", recency: [2, 3], frequency: [2, 3], monetary: [2, 3] },
  { name: "About To Sleep", recency: [2, 3], frequency: [1, 2], monetary: [1, 2] },
  { name: "At Risk", recency: [1, 2], frequency: [2, 5], monetary: [2, 5] },
  { name: "Can't Lose Them", recency: [1, 1], frequency: [4, 5], monetary: [4, 5] },
  { name: "Hibernating", recency: [1, 2], frequency: [1, 2], monetary: [1, 2] },
  { name: "Lost", recency: [1, 2], frequency: [1, 2], monetary: [1, 2] },
];

const range = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }))
  .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
const someTables = fc.array(
  fc.record({ name: fc.constantFrom("a", "b", "c", "d"), recency: range, frequency: range, monetary: range }),
  { minLength: 1, maxLength: 8 },
);

describe("checkSegmentTable", () => {
  it("finds that the eleven rows leave 36 of 125 cells out and never reach four names", () => {
    // Counted by hand-written loops over the printed table, apart from this library.
    const { cells, covered, contested, unreachable, gaps, isCovering, isDisjoint } =
      checkSegmentTable(eleven);
    expect({ cells, covered, contested }).toEqual({ cells: 125, covered: 89, contested: 42 });
    expect(unreachable).toEqual(["New Customers", "Promising", "Can't Lose Them", "Lost"]);
    expect(gaps).toHaveLength(36);
    expect([isCovering, isDisjoint]).toEqual([false, false]);
  });

  it("finds neither fault in the table that is the default", () => {
    expect(checkSegmentTable(rfmSegmentTable)).toMatchObject({
      covered: 125,
      contested: 0,
      isCovering: true,
      isDisjoint: true,
      gaps: [],
      overlaps: [],
      neverWin: [],
      unreachable: [],
    });
  });

  it("says which rows share a cell, and how many cells each has and wins", () => {
    const table: SegmentTableRow[] = [
      { name: "good", recency: [2, 2], frequency: [1, 2] },
      { name: "best", recency: [2, 2], frequency: [2, 2] },
    ];
    const check = checkSegmentTable(table, { recency: 2, frequency: 2, monetary: 1 });
    expect(check.overlaps).toEqual([{ cell: { r: 2, f: 2, m: 1 }, rows: [0, 1] }]);
    expect(check.rows).toEqual([
      { name: "good", cells: 2, wins: 2 },
      { name: "best", cells: 1, wins: 0 },
    ]);
    expect(check.neverWin).toEqual([1]);
    expect(check.gaps.map(({ r, f }) => [r, f])).toEqual([
      [1, 1],
      [1, 2],
    ]);
  });

  it("agrees with a count cell by cell, for any rows", () => {
    fc.assert(
      fc.property(someTables, (table) => {
        const check = checkSegmentTable(table, 3);
        const within = (score: number, [from, to]: readonly [number, number]) => from <= score && score <= to;
        let covered = 0;
        let contested = 0;
        const won = new Set<number>();
        for (let cell = 0; cell < 27; cell++) {
          const [r, f, m] = [Math.floor(cell / 9) + 1, (Math.floor(cell / 3) % 3) + 1, (cell % 3) + 1];
          const own = table.flatMap((row, i) =>
            within(r, row.recency) && within(f, row.frequency) && within(m, row.monetary) ? [i] : [],
          );
          if (own.length > 0) covered++;
          if (own.length > 1) contested++;
          if (own.length > 0) won.add(own[0]);
        }
        expect([check.covered, check.contested]).toEqual([covered, contested]);
        expect(check.neverWin).toEqual(table.flatMap((_, i) => (won.has(i) ? [] : [i])));
        expect(check.covered + check.gaps.length).toBe(27);
      }),
    );
  });

  it("refuses rows that reach beyond the scores or have no name", () => {
    expect(thrown(() => checkSegmentTable(rfmSegmentTable, 4))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "segmentTable[0].recency[0]",
      message: "segmentTable[0].recency[0] is 5: pass a whole number from 1 to 4",
    });
    expect(thrown(() => checkSegmentTable([]))).toMatchObject({ path: "segmentTable" });
    const nameless = [{ name: "", recency: [1, 5], frequency: [1, 5] }] as const;
    expect(thrown(() => checkSegmentTable(nameless))).toMatchObject({ path: "segmentTable[0].name" });
    expect(thrown(() => checkSegmentTable(eleven, 0))).toMatchObject({ path: "bins" });
    expect(thrown(() => checkSegmentTable({ ...rPackageSegmentTable, rows: [] }))).toMatchObject({
      path: "segmentTable.rows",
    });
    const last = { ...rPackageSegmentTable, match: "last" } as unknown as FirstMatchSegmentTable;
    expect(thrown(() => checkSegmentTable(last))).toMatchObject({ path: "segmentTable.match" });
    const unnamed = { ...rPackageSegmentTable, otherwise: "" };
    expect(thrown(() => checkSegmentTable(unnamed))).toMatchObject({ path: "segmentTable.otherwise" });
  });

  it("refuses a table that is made for other numbers of scores", () => {
    expect(thrown(() => checkSegmentTable(rPackageSegmentTable, 10))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "segmentTable.bins",
      message:
        "segmentTable.bins says 5 scores of recency, and there are 10: pass a table that is made for these",
    });
    const bins = { recency: 5, frequency: 5, monetary: 5 };
    expect(checkSegmentTable({ ...rPackageSegmentTable, bins }, 5).covered).toBe(115);
    const missing = { ...rPackageSegmentTable, bins: undefined } as unknown as FirstMatchSegmentTable;
    expect(thrown(() => checkSegmentTable(missing))).toMatchObject({ path: "segmentTable.bins" });
    const one = [{ customerId: "a", recency: 1, frequency: 1, monetary: 1 }];
    expect(thrown(() => rfm(one, { bins: 10, segmentTable: rPackageSegmentTable }))).toMatchObject({
      path: "options.segmentTable.bins",
    });
    expect(
      thrown(() => rfm(one, { bins: { monetary: 3 }, segmentTable: rPackageSegmentTable })),
    ).toMatchObject({
      path: "options.segmentTable.bins",
    });
  });
});

describe("rfm with a table that is read from the top", () => {
  const four = [1, 2, 3, 4];
  const cuts = { recency: four, frequency: four, monetary: four };
  const everyCell = Array.from({ length: 125 }, (_, i) => ({
    customerId: `c${i}`,
    recency: 5 - Math.floor(i / 25),
    frequency: (Math.floor(i / 5) % 5) + 1,
    monetary: (i % 5) + 1,
  }));

  it("gives each cell the name of the first row that has it, and the others theirs", () => {
    const scores = rfm(everyCell, { cuts, segmentTable: rPackageSegmentTable });
    const { r, f, m, segment } = scores.members.columns;
    segment.forEach((name, i) => {
      const row = rPackageSegmentTable.rows.find(({ recency, frequency, monetary = [1, 5] }) =>
        [
          [r[i], recency],
          [f[i], frequency],
          [m[i], monetary],
        ].every(([score, scores]) => {
          const [from, to] = scores as readonly [number, number];
          return from <= Number(score) && Number(score) <= to;
        }),
      );
      expect(name).toBe(row?.name ?? "Others");
    });
    expect(scores.segments.map(({ name }) => name)).toEqual([
      ...rPackageSegmentTable.rows.map(({ name }) => name),
      "Others",
    ]);
    expect(scores.segments.at(-1)?.customers).toBe(10);
  });

  it("reports blocks that name each cell once, and are a segment table again", () => {
    const scores = rfm(everyCell, { cuts, segmentTable: rPackageSegmentTable });
    expect(checkSegmentTable(scores.segmentTable ?? [])).toMatchObject({
      isCovering: true,
      isDisjoint: true,
    });
    const again = rfm(everyCell, { cuts, segmentTable: scores.segmentTable ?? [] });
    expect(again.members).toEqual(scores.members);
  });

  it("refuses one that leaves cells without a name, a wrong way of reading and no name for the others", () => {
    const failing = (segmentTable: unknown) =>
      thrown(() => rfm(everyCell, { cuts, segmentTable: segmentTable as FirstMatchSegmentTable }));
    expect(failing({ ...rPackageSegmentTable, otherwise: null })).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "options.segmentTable.rows",
      message:
        "options.segmentTable.rows leave cell R 2, F 1, M 5 without a name: add a row, or set options.segmentTable.otherwise",
    });
    expect(failing({ ...rPackageSegmentTable, match: "last" }).message).toContain(
      'options.segmentTable.match is "last"',
    );
    expect(failing({ ...rPackageSegmentTable, otherwise: "" })).toMatchObject({
      path: "options.segmentTable.otherwise",
    });
  });
});
