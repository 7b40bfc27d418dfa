import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { portfolioAnalysis } from "../../../src/profitability/sorting/portfolio-analysis.js";
import { attractivenessShareGrid, valueCostGrid } from "../../../src/profitability/sorting/value-grids.js";
import { turnbullZolkiewskiGrid } from "../../../src/segmentation/portfolio-grids.js";
import { thrown } from "../../core/thrown.js";

const of = (...list: (readonly [value: number, costToServe: number])[]) =>
  list.map(([value, costToServe], i) => ({
    customerId: `c${i}`,
    value,
    costToServe,
    scores: { value, costToServe },
  }));

describe("portfolioAnalysis", () => {
  it("value by cost to serve, in money", () => {
    const customers = [
      ...of([900, 100], [1100, 200], [800, 500], [200, 400], [100, 20]),
      { customerId: "x", value: 70, costToServe: 30, scores: { value: null, costToServe: 30 } },
    ];
    const { cells, places, total, unplaced, members, source } = portfolioAnalysis(
      valueCostGrid({ value: 500, costToServe: 300 }),
      customers,
    );
    expect(cells[1]).toEqual({
      name: "passive",
      customers: 2,
      value: 2000,
      costToServe: 300,
      profit: 1700,
      costRate: { value: 0.15, numerator: 300, denominator: 2000, reason: null },
      shareOfCustomers: { value: 0.4, numerator: 2, denominator: 5, reason: null },
      shareOfValue: { value: 2000 / 3100, numerator: 2000, denominator: 3100, reason: null },
      shareOfCost: { value: 300 / 1220, numerator: 300, denominator: 1220, reason: null },
      shareOfProfit: { value: 1700 / 1880, numerator: 1700, denominator: 1880, reason: null },
      meanProfit: 850,
      unprofitable: 0,
    });
    expect(cells.map(({ name, profit, unprofitable }) => [name, profit, unprofitable])).toEqual([
      ["carriage trade", 300, 0],
      ["passive", 1700, 0],
      ["aggressive", -200, 1],
      ["bargain basement", 80, 0],
    ]);
    // Places: the last axis running first, from low to high.
    expect(places.map(({ cell, profit }) => [cell, profit])).toEqual([
      ["bargain basement", 80],
      ["aggressive", -200],
      ["passive", 1700],
      ["carriage trade", 300],
    ]);
    expect(total).toMatchObject({ customers: 5, value: 3100, costToServe: 1220, profit: 1880 });
    expect(unplaced).toMatchObject({
      customers: 1,
      value: 70,
      costToServe: 30,
      profit: 40,
      customerIds: ["x"],
    });
    expect(members.columns.cell).toEqual([
      "passive",
      "passive",
      "carriage trade",
      "aggressive",
      "bargain basement",
    ]);
    expect(source).toContain("Shapiro");
  });

  it("other grids, of two axes and of three", () => {
    const customer = { customerId: "a", value: 10, costToServe: 4 };
    const share = portfolioAnalysis(attractivenessShareGrid({ attractiveness: 5, share: 0.5 }), [
      { ...customer, scores: { attractiveness: 7, share: 0.2 } },
    ]);
    expect(share.cells.find(({ customers }) => customers === 1)?.name).toBe("win share");
    const three = portfolioAnalysis(
      turnbullZolkiewskiGrid({ costToServe: 5, netPrice: 5, relationshipValue: 5 }),
      [{ ...customer, scores: { costToServe: 9, netPrice: 9, relationshipValue: 1 } }],
    );
    expect(three.cells.find(({ customers }) => customers === 1)?.name).toBe(
      "carriage trade, low relationship value",
    );
  });

  it("nobody: no share is a number", () => {
    const { cells, total } = portfolioAnalysis(valueCostGrid({ value: 1, costToServe: 1 }), []);
    expect(total.customers).toBe(0);
    for (const cell of cells) {
      expect([
        cell.meanProfit,
        cell.shareOfProfit.value,
        cell.shareOfCustomers.value,
        cell.costRate.value,
      ]).toEqual([null, null, null, null]);
    }
  });

  it("cells, places and the unplaced add up to everything", () => {
    const amount = fc.integer({ min: -1000, max: 1000 });
    fc.assert(
      fc.property(fc.array(fc.tuple(amount, amount, fc.boolean())), (list) => {
        const customers = list.map(([value, costToServe, known], i) => ({
          customerId: `c${i}`,
          value,
          costToServe,
          scores: { value: known ? value : null, costToServe },
        }));
        const found = portfolioAnalysis(valueCostGrid({ value: 0, costToServe: 100 }), customers);
        for (const field of ["customers", "value", "costToServe", "profit"] as const) {
          const sum = (parts: readonly { readonly [Field in typeof field]: number }[]) =>
            parts.reduce((all, part) => all + part[field], 0);
          expect(sum(found.cells)).toBe(found.total[field]);
          expect(sum(found.places)).toBe(found.total[field]);
          const all = customers.reduce(
            (so, { value, costToServe }) =>
              so + { customers: 1, value, costToServe, profit: value - costToServe }[field],
            0,
          );
          expect(found.total[field] + found.unplaced[field]).toBe(all);
        }
      }),
    );
  });

  it("a table with a column for each axis says the same as rows", () => {
    const customers = of([900, 100], [1100, 200], [200, 400]);
    const columns = {
      customerId: customers.map(({ customerId }) => customerId),
      value: Float64Array.from(customers, ({ value }) => value),
      costToServe: customers.map(({ costToServe }) => costToServe),
    };
    // Here the money itself is what is cut.
    const byMoney = valueCostGrid({ value: 500, costToServe: 300 });
    expect(portfolioAnalysis(byMoney, { length: 3, columns })).toEqual(portfolioAnalysis(byMoney, customers));
    const byScores = attractivenessShareGrid({ attractiveness: 3, share: 0.5 });
    const attractiveness = [1, 5, 4];
    const share = [0.9, null, 0.2];
    const scored = customers.map((customer, i) => ({
      ...customer,
      scores: { attractiveness: attractiveness[i] ?? null, share: share[i] ?? null },
    }));
    const found = portfolioAnalysis(byScores, { length: 3, columns: { ...columns, attractiveness, share } });
    expect(found).toEqual(portfolioAnalysis(byScores, scored));
    expect(found.unplaced.customerIds).toEqual(["c1"]);
    expect(thrown(() => portfolioAnalysis(byScores, { length: 3, columns } as never))).toMatchObject({
      code: "UNKNOWN_COLUMN",
      path: "customers.columns.attractiveness",
    });
  });

  it("bad input", () => {
    expect(thrown(() => valueCostGrid(undefined as never)).path).toBe("cuts");
    expect(thrown(() => valueCostGrid({ value: 1 } as never)).path).toBe("cuts.costToServe");
    expect(thrown(() => attractivenessShareGrid({ attractiveness: "5", share: 1 } as never)).path).toBe(
      "cuts.attractiveness",
    );
    const grid = valueCostGrid({ value: 1, costToServe: 1 });
    expect(thrown(() => portfolioAnalysis(grid, of([1.5, 0])))).toMatchObject({
      code: "INVALID_ROWS",
      path: "customers[0].value",
    });
    expect(thrown(() => portfolioAnalysis(grid, [...of([1, 0]), ...of([1, 0])]))).toMatchObject({
      code: "INVALID_ROWS",
      path: "customers[1].customerId",
    });
    expect(thrown(() => portfolioAnalysis(grid, "all" as never))).toMatchObject({ path: "customers" });
    expect(thrown(() => portfolioAnalysis({} as never, of([1, 0])))).toMatchObject({ path: "grid" });
    const huge = Number.MAX_SAFE_INTEGER;
    expect(thrown(() => portfolioAnalysis(grid, of([huge, -5]))).code).toBe("UNSAFE_INTEGER");
  });
});
