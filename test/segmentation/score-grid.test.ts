import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rows } from "../../src/core/table.js";
import { type GridCustomer, placeOnGrid } from "../../src/segmentation/place-on-grid.js";
import {
  fioccaImportanceGrid,
  fioccaRelationshipGrid,
  growthShareGrid,
  loyaltyProfitGrid,
  turnbullZolkiewskiGrid,
  valueRiskGrid,
} from "../../src/segmentation/portfolio-grids.js";
import { scoreGrid } from "../../src/segmentation/score-grid.js";
import { thrown } from "../core/thrown.js";

const axes = [
  { name: "value", cuts: [500], labels: ["low", "high"] },
  { name: "risk", cuts: [0.2, 0.5], labels: ["low", "middle", "high"] },
] as const;
const grid = scoreGrid({
  axes,
  cells: [
    { name: "keep", at: { value: "high", risk: ["low", "middle"] } },
    { name: "rescue", at: { value: "high", risk: "high" } },
    { name: "watch", at: { value: "low" } },
  ],
});
const one = (value: number | null, risk: number | null) => ({ customerId: "a", scores: { value, risk } });

describe("scoreGrid", () => {
  it("names each combination once, the last axis running first", () => {
    expect(grid.cellOfPlace.map((cell) => grid.cells[cell])).toEqual([
      "watch",
      "watch",
      "watch",
      "keep",
      "keep",
      "rescue",
    ]);
    expect(JSON.parse(JSON.stringify(grid))).toEqual(grid);
  });

  it("knows names of axes, labels and cells at compile time", () => {
    const wrongLabel = () =>
      // @ts-expect-error "middle" is no label of value
      scoreGrid({ axes, cells: [{ name: "all", at: { value: "middle" } }] });
    expect(thrown(wrongLabel)).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "definition.cells[0].at.value",
      message: 'definition.cells[0].at.value is "middle": pass one of "low", "high", or several',
    });
    const wrongAxis = () =>
      // @ts-expect-error there is no axis of this name
      scoreGrid({ axes, cells: [{ name: "all", at: { worth: "low" } }] });
    expect(thrown(wrongAxis)).toMatchObject({ path: "definition.cells[0].at.worth" });
    // @ts-expect-error a score of risk is missing
    expect(thrown(() => placeOnGrid(grid, [{ customerId: "a", scores: { value: 1 } }]))).toMatchObject({
      code: "INVALID_ROWS",
    });
    const cell: "keep" | "rescue" | "watch" = placeOnGrid(grid, [one(1, 1)]).members.columns.cell[0];
    expect(cell).toBe("watch");
  });

  it("refuses gaps and overlaps, and names the combination", () => {
    expect(thrown(() => scoreGrid({ axes, cells: [{ name: "good", at: { value: "high" } }] }))).toMatchObject(
      {
        code: "INVALID_ARGUMENT",
        path: "definition.cells",
        message:
          'definition.cells leave value "low", risk "low" without a name: pass cells that cover everything',
      },
    );
    const twice = [
      { name: "all", at: {} },
      { name: "good", at: { value: "high", risk: "low" } },
    ] as const;
    expect(thrown(() => scoreGrid({ axes, cells: twice }))).toMatchObject({
      path: "definition.cells[1]",
      message:
        'definition.cells[1] ("good") has value "high", risk "low", which "all" has already: pass cells that do not overlap',
    });
  });

  it("refuses a cell without a label, which nobody can be in", () => {
    const cells = [
      { name: "all", at: {} },
      { name: "nobody", at: { value: [] } },
    ];
    expect(thrown(() => scoreGrid({ axes, cells }))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "definition.cells[1].at.value",
      message:
        'definition.cells[1].at.value is empty, a cell that nobody can be in: pass one of "low", "high", or several, or leave the axis out',
    });
  });

  it("keeps axes of its own", () => {
    const own = [{ name: "value", cuts: [-0], labels: ["low", "high"] }];
    const made = scoreGrid({ axes: own, cells: [{ name: "all", at: {} }] });
    own[0].cuts[0] = 7;
    own[0].labels.push("highest");
    expect(made.axes).toEqual([{ name: "value", cuts: [0], labels: ["low", "high"] }]);
  });

  it("refuses axes that are none", () => {
    const failing = (axis: unknown) =>
      thrown(() => scoreGrid({ axes: [axis] as never, cells: [{ name: "all", at: {} }] })).path;
    expect(failing({ name: "", cuts: [1], labels: ["a", "b"] })).toBe("definition.axes[0].name");
    expect(failing({ name: "__proto__", cuts: [1], labels: ["a", "b"] })).toBe("definition.axes[0].name");
    expect(failing({ name: "a", cuts: [], labels: ["a"] })).toBe("definition.axes[0].cuts");
    expect(failing({ name: "a", cuts: [2, 2], labels: ["a", "b", "c"] })).toBe("definition.axes[0].cuts[1]");
    expect(failing({ name: "a", cuts: [Number.NaN], labels: ["a", "b"] })).toBe("definition.axes[0].cuts[0]");
    expect(failing({ name: "a", cuts: [1], labels: ["a", "a"] })).toBe("definition.axes[0].labels");
    expect(failing(null)).toBe("definition.axes[0].name");
    expect(thrown(() => scoreGrid({ axes: [], cells: [] }))).toMatchObject({ path: "definition.axes" });
    expect(thrown(() => scoreGrid({ axes, cells: [] }))).toMatchObject({ path: "definition.cells" });
    expect(thrown(() => scoreGrid(null as never))).toMatchObject({ path: "definition" });
    const wide = Array.from({ length: 17 }, (_, i) => ({ name: `a${i}`, cuts: [0], labels: ["n", "y"] }));
    expect(thrown(() => scoreGrid({ axes: wide, cells: [{ name: "all", at: {} }] })).message).toContain(
      "131072",
    );
  });
});

describe("placeOnGrid", () => {
  it("a score at a cut is above it, or below where the grid says so", () => {
    const cellAt = (at: "above" | "below") => {
      const own = scoreGrid({
        axes,
        cells: [
          { name: "good", at: { value: "high" } },
          { name: "rest", at: { value: "low" } },
        ],
        atCut: at,
      });
      return placeOnGrid(own, [one(500, 0)]).members.columns.cell[0];
    };
    expect([cellAt("above"), cellAt("below")]).toEqual(["good", "rest"]);
  });

  it("counts customers and values by cell and by combination, and names who is not placed", () => {
    const placement = placeOnGrid(grid, [
      { customerId: "a", scores: { value: 900, risk: 0.1 }, value: 90 },
      { customerId: "b", scores: { value: 600, risk: 0.3 }, value: 60 },
      { customerId: "c", scores: { value: 600, risk: 0.9 }, value: 50 },
      { customerId: "d", scores: { value: null, risk: 0.9 }, value: 7 },
    ]);
    expect(rows(placement.members)).toEqual([
      { customerId: "a", cell: "keep", place: 3 },
      { customerId: "b", cell: "keep", place: 4 },
      { customerId: "c", cell: "rescue", place: 5 },
    ]);
    expect(placement.cells[0]).toEqual({
      name: "keep",
      customers: 2,
      share: { value: 2 / 3, numerator: 2, denominator: 3, reason: null },
      value: 150,
      shareOfValue: { value: 0.75, numerator: 150, denominator: 200, reason: null },
    });
    expect(placement.places[5]).toEqual({
      labels: { value: "high", risk: "high" },
      cell: "rescue",
      customers: 1,
      value: 50,
    });
    expect(placement.unplaced).toEqual({ customers: 1, customerIds: ["d"] });
    expect(placeOnGrid(grid, [one(1, 1)]).cells[2].value).toBe(null);
  });

  it("places each customer as the labels say, one by one", () => {
    const scores = fc.record({
      value: fc.integer({ min: 0, max: 1000 }),
      risk: fc.integer({ min: 0, max: 10 }),
    });
    fc.assert(
      fc.property(fc.array(scores, { maxLength: 30 }), (list) => {
        const customers = list.map(({ value, risk }, i) => ({
          customerId: `c${i}`,
          scores: { value, risk: risk / 10 },
        }));
        const { members, cells, places } = placeOnGrid(grid, customers);
        members.columns.cell.forEach((cell, i) => {
          const { value, risk } = customers[i].scores;
          expect(cell).toBe(value < 500 ? "watch" : risk < 0.5 ? "keep" : "rescue");
          expect(places[members.columns.place[i]].labels).toEqual({
            value: value < 500 ? "low" : "high",
            risk: risk < 0.2 ? "low" : risk < 0.5 ? "middle" : "high",
          });
        });
        expect(cells.reduce((sum, cell) => sum + cell.customers, 0)).toBe(list.length);
        expect(places.reduce((sum, place) => sum + place.customers, 0)).toBe(list.length);
      }),
    );
  });

  it("refuses customers that come twice and values that only some have", () => {
    const failing = (...customers: unknown[]) =>
      thrown(() => placeOnGrid(grid, customers as GridCustomer<"value" | "risk">[])).message;
    expect(failing(one(1, 1), one(1, 1))).toContain("comes a second time");
    expect(failing({ ...one(1, 1), value: 3 }, { ...one(1, 1), customerId: "b" })).toContain("value");
    expect(failing(one(Number.NaN, 1))).toContain("scores.value");
    expect(failing({ customerId: "a" })).toContain("scores.value");
    expect(thrown(() => placeOnGrid({} as never, []))).toMatchObject({ path: "grid" });
    expect(thrown(() => placeOnGrid(grid, {} as never))).toMatchObject({ path: "customers" });
  });
});

describe("ready definitions", () => {
  const cellOf = <Axis extends string, Name extends string>(
    own: Parameters<typeof placeOnGrid<Axis, Name>>[0],
    scores: { readonly [A in NoInfer<Axis>]: number },
  ) => placeOnGrid(own, [{ customerId: "a", scores } as never]).members.columns.cell[0];

  it("Reinartz & Kumar 2002: butterflies are profitable and short, barnacles the reverse", () => {
    const own = loyaltyProfitGrid({ duration: 24, profit: 100 });
    expect(own.source).toBe("Reinartz & Kumar 2002");
    expect(cellOf(own, { duration: 24, profit: 100 })).toBe("true friends");
    expect(cellOf(own, { duration: 3, profit: 500 })).toBe("butterflies");
    expect(cellOf(own, { duration: 99, profit: -5 })).toBe("barnacles");
    expect(cellOf(own, { duration: 1, profit: 5 })).toBe("strangers");
  });

  it("Fiocca 1982: key and difficult; nine cells of attractiveness by strength", () => {
    const first = fioccaImportanceGrid({ importance: 5, difficulty: 5 });
    expect(cellOf(first, { importance: 9, difficulty: 9 })).toBe("key difficult");
    expect(cellOf(first, { importance: 1, difficulty: 1 })).toBe("non-key easy");
    const third = { middle: 4, high: 7 };
    const second = fioccaRelationshipGrid({ attractiveness: third, strength: third });
    expect(second.cells).toHaveLength(9);
    expect(cellOf(second, { attractiveness: 8, strength: 5 })).toBe(
      "high attractiveness, average relationship",
    );
    expect(cellOf(second, { attractiveness: 1, strength: 1 })).toBe("low attractiveness, weak relationship");
  });

  it("Shapiro et al. 1987 and Turnbull & Zolkiewski 1997: carriage trade pays much and costs much", () => {
    const own = turnbullZolkiewskiGrid({ costToServe: 10, netPrice: 10, relationshipValue: 10 });
    expect(own.cells).toHaveLength(8);
    const of = (costToServe: number, netPrice: number, relationshipValue = 99) =>
      cellOf(own, { costToServe, netPrice, relationshipValue });
    expect(of(99, 99)).toBe("carriage trade, high relationship value");
    expect(of(1, 99)).toBe("passive, high relationship value");
    expect(of(99, 1, 1)).toBe("aggressive, low relationship value");
    expect(of(1, 1, 1)).toBe("bargain basement, low relationship value");
  });

  it("value by risk, growth by share", () => {
    expect(cellOf(valueRiskGrid({ value: 100, risk: 0.5 }), { value: 200, risk: 0.9 })).toBe("save");
    const bcg = growthShareGrid({ growth: 0.1, relativeShare: 1 });
    expect(cellOf(bcg, { growth: 0.3, relativeShare: 2 })).toBe("stars");
    expect(cellOf(bcg, { growth: 0.3, relativeShare: 0.2 })).toBe("question marks");
    expect(cellOf(bcg, { growth: 0, relativeShare: 2 })).toBe("cash cows");
    expect(cellOf(bcg, { growth: 0, relativeShare: 0.2 })).toBe("dogs");
  });

  it("refuse cuts that are missing or no numbers", () => {
    expect(thrown(() => valueRiskGrid({ value: 1 } as never))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "cuts.risk",
    });
    for (const cuts of [undefined, null, 5, {}])
      expect(thrown(() => loyaltyProfitGrid(cuts as never))).toMatchObject({
        code: "INVALID_ARGUMENT",
        path: cuts && typeof cuts === "object" ? "cuts.duration" : "cuts",
      });
    const middle = thrown(() => fioccaRelationshipGrid({ attractiveness: { middle: 4, high: 7 } } as never));
    expect([middle.path, middle.message]).toEqual([
      "cuts.strength.middle",
      "cuts.strength.middle is undefined: pass a finite number",
    ]);
    expect(
      thrown(() =>
        fioccaRelationshipGrid({ attractiveness: { middle: 7, high: 4 }, strength: { middle: 4, high: 7 } }),
      ).message,
    ).toContain("4 after 7");
  });
});
