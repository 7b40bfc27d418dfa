import { describe, expect, it } from "vitest";
import { lorenzChart } from "../../src/charts/lorenz-chart.js";
import type { ChartOptions } from "../../src/charts/vega-lite-spec.js";
import {
  type CustomerConcentrationOptions,
  customerConcentration,
} from "../../src/profitability/sorting/customer-concentration.js";
import { answerOf, itIsReadable, rowsOf } from "./readable.js";

const of = (values: readonly number[], options: CustomerConcentrationOptions = {}) =>
  customerConcentration(
    values.map((value, i) => ({ customerId: `c${i}`, value })),
    options,
  );
const shop = Array.from({ length: 5000 }, (_, i) => Math.round(1e9 / (i + 1)));

const CHARTS: Record<string, (options: ChartOptions) => ReturnType<typeof lorenzChart>> = {
  "a shop": (options) => lorenzChart(of(shop), options),
  five: (options) => lorenzChart(of([600, 200, 100, 60, 40], { top: [1, 3] }), options),
  "all equal": (options) => lorenzChart(of([5, 5, 5, 5]), options),
  "one customer": (options) => lorenzChart(of([5]), options),
  nobody: (options) => lorenzChart(of([]), options),
  "losses alone": (options) => lorenzChart(of([-5, -6]), options),
  "profits, losses as zero": (options) => lorenzChart(of([50, 30, 20, -40]), options),
  "profits, netted": (options) => lorenzChart(of([50, 30, 20, -40], { negatives: "net" }), options),
  "without top": (options) => lorenzChart(of([3, 2, 1], { top: [], negatives: "net" }), options),
};

describe.each(Object.entries(CHARTS))("%s", (_, chart) => {
  itIsReadable(chart);
});

describe("what it says", () => {
  it("shares, equal customers, the coefficient with its interval", () => {
    const answer = answerOf(CHARTS.five({}));
    expect(answer).toContain("The greatest customer brings 60% of the value, the greatest 3 bring 90%;");
    // 1 / (0.36 + 0.04 + 0.01 + 0.0036 + 0.0016) = 2.408.
    expect(answer).toContain("we depend on them as on 2.4 equal customers.");
    expect(answer).toMatch(/n = 5 customers\. Gini coefficient 50% \(95% interval \d+% to \d+%\)\./);
  });

  it("losses that count as zero, and a curve below zero where they do not", () => {
    expect(answerOf(CHARTS["profits, losses as zero"]({}))).toContain(
      "1 customer below zero counts as zero.",
    );
    const shares = rowsOf(CHARTS["profits, netted"]({})).map((row) => Number(row.share));
    expect(Math.min(...shares)).toBeCloseTo(-40 / 60, 6);
  });

  it("draws the curve through its points, at most some 500 of them", () => {
    const rows = rowsOf(CHARTS["a shop"]({}));
    expect(rows.length).toBeLessThan(2 * 510);
    const half = rows.find(({ customers }) => customers === 2500);
    const total = shop.reduce((sum, value) => sum + value, 0);
    const smallest = shop.slice(2500).reduce((sum, value) => sum + value, 0);
    expect(half?.share).toBeCloseTo(smallest / total, 5);
  });

  it("nothing to draw", () => {
    expect(answerOf(CHARTS.nobody({}))).toContain("There are no customers.");
    expect(answerOf(CHARTS["losses alone"]({}))).toContain("The values do not add up to more than zero.");
    expect(answerOf(CHARTS["one customer"]({}))).toContain("We depend on 1 customer as on 1 equal");
  });
});
