import { describe, expect, it } from "vitest";
import { rfm } from "../../src/segmentation/rfm.js";
import {
  namedCells,
  rfmSegmentTable,
  type SegmentTableRow,
} from "../../src/segmentation/rfm-segment-table.js";
import { thrown } from "../core/thrown.js";

const five = { recency: 5, frequency: 5, monetary: 5 };
const two = { recency: 2, frequency: 2, monetary: 2 };
const halves: SegmentTableRow[] = [
  { name: "near", recency: [2, 2], frequency: [1, 2] },
  { name: "far", recency: [1, 1], frequency: [1, 2] },
];
const failing = (segmentTable: unknown, bins = two) =>
  thrown(() => namedCells(segmentTable as SegmentTableRow[], bins));

describe("rfmSegmentTable", () => {
  it("names the 25 cells of R and F as the table of the tutorials does", () => {
    // Rows: recency scores 5 to 1; columns: frequency scores 1 to 5.
    const [champions, loyal, potential, fresh, promising, need, sleep, lose, risk, hibernating] =
      rfmSegmentTable.map(({ name }) => name);
    const drawn = [
      [fresh, potential, potential, champions, champions],
      [promising, potential, potential, loyal, loyal],
      [sleep, sleep, need, loyal, loyal],
      [hibernating, hibernating, risk, risk, lose],
      [hibernating, hibernating, risk, risk, lose],
    ];
    // One customer in each cell: recency by rows, frequency by columns.
    const customers = drawn.flatMap((line, r) =>
      line.map((name, f) => ({
        customerId: `${r}${f}`,
        recency: 10 * r,
        frequency: f + 1,
        monetary: 1,
        name,
      })),
    );
    expect(new Set(drawn.flat()).size).toBe(10);
    const { members, segments } = rfm(customers);
    expect(members.columns.segment).toEqual(customers.map(({ name }) => name));
    expect(segments.map((segment) => segment.name)).toEqual(rfmSegmentTable.map(({ name }) => name));
  });

  it("covers all 125 cells, each once", () => {
    const { nameOfCell } = namedCells(rfmSegmentTable, five);
    expect(nameOfCell.length).toBe(125);
    expect(nameOfCell.includes(-1)).toBe(false);
    const area = rfmSegmentTable.reduce(
      (sum, { recency: [r1, r2], frequency: [f1, f2] }) => sum + (r2 - r1 + 1) * (f2 - f1 + 1),
      0,
    );
    expect(area).toBe(25);
  });
});

describe("a segment table of one's own", () => {
  it("may name several blocks alike, and look at money", () => {
    const corner: SegmentTableRow[] = [
      { name: "best", recency: [2, 2], frequency: [2, 2], monetary: [2, 2] },
      { name: "rest", recency: [2, 2], frequency: [2, 2], monetary: [1, 1] },
      { name: "rest", recency: [2, 2], frequency: [1, 1] },
      { name: "rest", recency: [1, 1], frequency: [1, 2] },
    ];
    const { names, nameOfCell } = namedCells(corner, two);
    expect(names).toEqual(["best", "rest"]);
    expect([...nameOfCell].sort()).toEqual([0, 1, 1, 1, 1, 1, 1, 1]);
    const values = [
      { customerId: "a", recency: 1, frequency: 9, monetary: 90 },
      { customerId: "b", recency: 9, frequency: 1, monetary: 10 },
    ];
    const { segments } = rfm(values, { bins: 2, segmentTable: corner });
    expect(segments.map(({ name, customers, monetary }) => [name, customers, monetary])).toEqual([
      ["best", 1, 90],
      ["rest", 1, 10],
    ]);
  });

  it("must name every cell: the error names the first one left out", () => {
    expect(failing([halves[0]])).toMatchObject({ code: "INVALID_ARGUMENT", path: "options.segmentTable" });
    expect(failing([halves[0]]).message).toContain("cell R 1, F 1, M 1");
    const hole = [halves[0], { name: "far", recency: [1, 1], frequency: [1, 2], monetary: [1, 1] }];
    expect(failing(hole).message).toContain("cell R 1, F 1, M 2");
  });

  it("must name no cell twice: the error names the cell and both", () => {
    const error = failing([...halves, { name: "all", recency: [1, 2], frequency: [2, 2] }]);
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: "options.segmentTable[2]" });
    expect(error.message).toContain('("all") takes cell R 1, F 2, M 1, which "far" has already');
  });

  it("must stay within the scores", () => {
    expect(failing(rfmSegmentTable)).toMatchObject({ path: "options.segmentTable[0].recency[0]" });
    expect(failing([{ name: "x", recency: [2, 1], frequency: [1, 2] }])).toMatchObject({
      path: "options.segmentTable[0].recency[1]",
    });
    expect(failing([{ name: "x", recency: 2, frequency: [1, 2] }]).message).toContain(
      "is 2: pass [from, to]",
    );
    expect(failing([{ name: "", recency: [1, 2], frequency: [1, 2] }])).toMatchObject({
      path: "options.segmentTable[0].name",
    });
    expect(failing([])).toMatchObject({ path: "options.segmentTable" });
    expect(failing([null])).toMatchObject({ path: "options.segmentTable[0].name" });
  });
});
