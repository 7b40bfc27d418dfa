import { describe, expect, it } from "vitest";
import { type PortfolioGridChartOptions, portfolioGridChart } from "../../src/charts/portfolio-grid-chart.js";
import type { ChartOptions } from "../../src/charts/vega-lite-spec.js";
import { formatMoney } from "../../src/core/format-money.js";
import { money } from "../../src/core/money.js";
import { seededRandom } from "../../src/core/random.js";
import { portfolioAnalysis } from "../../src/profitability/sorting/portfolio-analysis.js";
import { valueCostGrid } from "../../src/profitability/sorting/value-grids.js";
import {
  fioccaRelationshipGrid,
  loyaltyProfitGrid,
  turnbullZolkiewskiGrid,
} from "../../src/segmentation/portfolio-grids.js";
import { scoreGrid } from "../../src/segmentation/score-grid.js";
import { answerOf, contrast, itIsReadable, rowsOf } from "./readable.js";

const draw = seededRandom(3);
const shop = Array.from({ length: 300 }, (_, i) => {
  const value = Math.floor(9e8 * draw() ** 3);
  const costToServe = Math.floor(2e8 * draw());
  const scores = {
    value,
    costToServe,
    attractiveness: 10 * draw(),
    strength: 10 * draw(),
    netPrice: 10 * draw(),
    relationshipValue: i % 50 === 0 ? null : 10 * draw(),
    duration: 60 * draw(),
    profit: value - costToServe,
  };
  return { customerId: `c${i}`, value, costToServe, scores };
});
const third = { middle: 4, high: 7 };
const byValue = portfolioAnalysis(valueCostGrid({ value: 2e8, costToServe: 1e8 }), shop);
const few = portfolioAnalysis(
  valueCostGrid({ value: 500, costToServe: 300 }),
  [
    [900, 100],
    [800, 500],
    [200, 400],
  ].map(([value, costToServe], i) => ({
    customerId: `c${i}`,
    value,
    costToServe,
    scores: { value, costToServe },
  })),
);
const oneAxis = scoreGrid({
  axes: [{ name: "value", cuts: [1e8, 4e8], labels: ["low", "middle", "high"] }],
  cells: [
    { name: "small", at: { value: "low" } },
    { name: "others", at: { value: ["middle", "high"] } },
  ],
});
const formatAmount = (amount: number) => formatMoney(money(amount, "IDR"), { locale: "id-ID" });

const CHARTS: Record<string, (options: ChartOptions) => ReturnType<typeof portfolioGridChart>> = {
  "value by cost": (options) => portfolioGridChart(byValue, options),
  "in rupiah": (options) => portfolioGridChart(byValue, { ...options, formatAmount }),
  few: (options) => portfolioGridChart(few, options),
  "nine cells with long names": (options) =>
    portfolioGridChart(
      portfolioAnalysis(fioccaRelationshipGrid({ attractiveness: third, strength: third }), shop),
      options,
    ),
  "three axes, some without a score": (options) =>
    portfolioGridChart(
      portfolioAnalysis(
        turnbullZolkiewskiGrid({ costToServe: 1e8, netPrice: 5, relationshipValue: 5 }),
        shop,
      ),
      options,
    ),
  "loyalty by profit": (options) =>
    portfolioGridChart(portfolioAnalysis(loyaltyProfitGrid({ duration: 24, profit: 0 }), shop), options),
  "one axis": (options) => portfolioGridChart(portfolioAnalysis(oneAxis, shop), options),
  nobody: (options) => portfolioGridChart(portfolioAnalysis(oneAxis, []), options),
  "a loss everywhere": (options) =>
    portfolioGridChart(
      portfolioAnalysis(oneAxis, [{ customerId: "a", value: 5, costToServe: 9, scores: { value: 5 } }]),
      options,
    ),
};

describe.each(Object.entries(CHARTS))("%s", (_, chart) => {
  itIsReadable(chart);
});

describe("what it says", () => {
  it("who earns and who loses the most", () => {
    expect(answerOf(CHARTS.few({}))).toContain(
      "Most profit comes from passive: 33% of the customers and 800, 89% of all; most is lost on aggressive (-200).",
    );
    expect(answerOf(CHARTS["a loss everywhere"]({}))).toContain(
      "No cell earns a profit; most is lost on small (-4).",
    );
    expect(answerOf(CHARTS.nobody({}))).toContain("There are no customers with a score for each axis.");
    expect(answerOf(CHARTS["three axes, some without a score"]({}))).toContain(
      "n = 294 customers; 6 customers without a score",
    );
  });

  it("high is on top and to the right; headings say where it begins", () => {
    const rows = rowsOf(CHARTS.few({ width: 720 }));
    const box = (cell: string) => rows.find((row) => row.cell === cell) ?? {};
    expect(Number(box("carriage trade").top)).toBeLessThan(Number(box("aggressive").top));
    expect(Number(box("carriage trade").left)).toBeGreaterThan(Number(box("passive").left));
    const texts = rows.map(({ text }) => text);
    expect(texts).toEqual(
      expect.arrayContaining([
        "cost to serve low, under 300",
        "cost to serve high, from 300",
        "value high, from 500",
        "value low, under 500",
      ]),
    );
  });

  it("headings write cuts as asked, and say less where there is little room", () => {
    const formatCut = (cut: number, axis: string) => `${axis} of IDR ${cut}.00 a year`;
    const headings = (options: PortfolioGridChartOptions) =>
      rowsOf(portfolioGridChart(few, options)).flatMap(({ text }) =>
        /^(cost|value) /.test(String(text)) ? [text] : [],
      );
    expect(headings({ width: 720, formatCut })).toEqual([
      "cost to serve low, under costToServe of IDR 300.00 a year",
      "cost to serve high, from costToServe of IDR 300.00 a year",
      "value high, from value of IDR 500.00 a year",
      "value low, under value of IDR 500.00 a year",
    ]);
    const short = (cut: number) => `IDR ${cut},000.00`;
    expect(headings({ width: 342, formatCut: short }).slice(0, 2)).toEqual([
      "cost to serve < IDR 300,000.00",
      "cost to serve ≥ IDR 300,000.00",
    ]);
  });

  it("letters stand out from their box", () => {
    for (const chart of Object.values(CHARTS)) {
      const rows = rowsOf(chart({ width: 720 }));
      const boxes = rows.filter((row) => "fill" in row);
      for (const { x, y, ink } of rows.filter((row) => "ink" in row)) {
        const under = boxes.find(
          ({ left, right, top, bottom }) =>
            Number(x) >= Number(left) &&
            Number(x) <= Number(right) &&
            Number(y) > Number(top) &&
            Number(y) < Number(bottom),
        );
        if (under) expect(contrast(String(ink), String(under.fill))).toBeGreaterThan(4.5);
      }
    }
  });
});
