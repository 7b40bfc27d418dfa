import { describe, expect, it } from "vitest";
import { table } from "../../src/core/table.js";
import { associationRules } from "../../src/profitability/selling/association-rules.js";
import { crossSellCandidates } from "../../src/profitability/selling/cross-sell-candidates.js";
import { productLadders } from "../../src/profitability/selling/product-ladders.js";
import { switchSellCandidates } from "../../src/profitability/selling/switch-sell-candidates.js";
import { upSellCandidates } from "../../src/profitability/selling/up-sell-candidates.js";
import { chooseGridCuts } from "../../src/profitability/sorting/choose-grid-cuts.js";
import { customerConcentration } from "../../src/profitability/sorting/customer-concentration.js";
import { portfolioAnalysis } from "../../src/profitability/sorting/portfolio-analysis.js";
import { serviceTiers } from "../../src/profitability/sorting/service-tiers.js";
import { valueCostGrid } from "../../src/profitability/sorting/value-grids.js";
import { whaleCurve } from "../../src/profitability/whale-curve.js";
import { thrown } from "../core/thrown.js";

// Whole numbers of a database are ids, and count as the text that a log has of them.
const ids = [12, 7, 30, 4];
const amounts = [500, 900, -100, 200];

interface AnyRow {
  readonly customerId: string | number;
}

/** The rows of these customers with ids as numbers, as text, and as both. */
function told<Row extends object>(rowOf: (i: number) => Row): (Row & AnyRow)[][] {
  const ways = [(id: number) => id, String, (id: number) => (id > 10 ? id : String(id))];
  return ways.map((way) => ids.map((id, i) => ({ customerId: way(id), ...rowOf(i) })));
}

const tiers = {
  tiers: [
    { name: "gold", fromProfit: 500, service: 1 },
    { name: "standard", fromProfit: 0, service: 2 },
  ],
  unprofitable: { name: "to repair", service: 3 },
};
const grid = valueCostGrid({ value: 300, costToServe: 50 });
const onGrid = (i: number) => {
  const money = { value: amounts[i], costToServe: 60 };
  return { ...money, scores: { ...money, costToServe: i === 2 ? null : 60 } };
};

describe("customers", () => {
  const [numbers, texts, both] = told((i) => ({ profit: amounts[i], ...onGrid(i) }));
  const readers: [string, (rows: typeof numbers) => unknown][] = [
    ["whaleCurve", (rows) => whaleCurve(rows)],
    ["serviceTiers", (rows) => serviceTiers(rows, tiers)],
    ["customerConcentration", (rows) => customerConcentration(rows)],
    ["chooseGridCuts", (rows) => chooseGridCuts(rows, { value: "median" })],
    ["portfolioAnalysis", (rows) => portfolioAnalysis(grid, rows)],
  ];

  it.each(readers)("%s: of rows", (_, read) => {
    expect(read(numbers)).toEqual(read(texts));
    expect(read(both)).toEqual(read(texts));
  });

  it.each(readers)("%s: of a table", (name, read) => {
    const tableOf = (customerId: readonly unknown[]) => {
      const columns = { customerId: customerId as string[], profit: amounts, value: amounts };
      return table({ ...columns, costToServe: amounts.map(() => 60) }) as never;
    };
    expect([name, read(tableOf(ids))]).toEqual([name, read(tableOf(ids.map(String)))]);
  });

  it.each(readers)("%s: 7 is 7, and 1.5 is none", (_, read) => {
    const row = numbers[0];
    const twice = thrown(() =>
      read([
        { ...row, customerId: 7 },
        { ...row, customerId: "7" },
      ]),
    );
    expect(twice.code).toBe("INVALID_ROWS");
    expect(twice.message).toContain('"7" comes a second time');
    expect(thrown(() => read([{ ...row, customerId: 1.5 }])).message).toContain("1.5 is not an id");
  });

  it("come out as text", () => {
    expect(whaleCurve(numbers).points.columns.customerId).toEqual(["7", "12", "4", "30"]);
    expect(portfolioAnalysis(grid, numbers)).toMatchObject({
      members: { columns: { customerId: ["12", "7", "4"] } },
      unplaced: { customerIds: ["30"], value: -100 },
    });
  });
});

describe("products", () => {
  const holdings = [{ customerId: 1, productId: 11 }];
  const textHoldings = [{ customerId: "1", productId: "11" }];
  const margin = new Map([
    ["11", 100],
    ["12", 300],
  ]);

  it("associationRules: baskets as arrays", () => {
    const options = { minimumCount: 1 };
    const rules = associationRules([[1, 2], [2, 1, "1"], [3]], options);
    expect(rules).toEqual(associationRules([["1", "2"], ["2", "1"], ["3"]], options));
    expect(thrown(() => associationRules([[1, 2.5]])).message).toContain(
      "2.5 is not an id: text that is not empty, or a whole number",
    );
  });

  it("productLadders and upSellCandidates: families and rungs", () => {
    const price = (amount: number) => ({ amount, currency: "IDR" });
    const ladders = productLadders([
      { id: 12, family: 5, unitPrice: price(900) },
      { id: 11, family: "5", unitPrice: price(400) },
      { id: 13, family: null, unitPrice: price(1) },
      { id: 14, family: 5, unitPrice: null },
    ]);
    expect(ladders).toEqual([{ family: "5", rungs: ["11", "12"] }]);
    const candidates = upSellCandidates(holdings, [{ family: 5, rungs: [11, 12] }], { margin });
    expect(candidates).toEqual(upSellCandidates(textHoldings, ladders, { margin }));
    expect(candidates.candidates.columns.productId).toEqual(["12"]);
    expect(
      thrown(() => upSellCandidates(holdings, [{ family: 5, rungs: [11, "11"] }])).problems?.[0].reason,
    ).toBe("stands on a rung already");
  });

  it("switchSellCandidates: both sides", () => {
    const candidates = switchSellCandidates(holdings, [{ from: 11, to: 12 }], { margin });
    expect(candidates).toEqual(switchSellCandidates(textHoldings, [{ from: "11", to: "12" }], { margin }));
    expect(candidates.candidates.columns.marginGain).toEqual([200]);
    const same = thrown(() => switchSellCandidates(holdings, [{ from: 11, to: "11" }], { margin }));
    expect(same.problems?.[0].reason).toBe("is the product that it replaces");
  });

  it("crossSellCandidates: what takes the place of another is no addition", () => {
    const rules = associationRules([[11, 12], [11, 12], [13]], { minimumCount: 1 });
    expect(crossSellCandidates(holdings, rules).candidates.columns.productId).toEqual(["12"]);
    for (const options of [
      { ladders: [{ family: 5, rungs: [11, 12] }] },
      { replacements: [{ from: 12, to: 11 }] },
    ])
      expect(crossSellCandidates(holdings, rules, options).candidates.length).toBe(0);
  });
});
