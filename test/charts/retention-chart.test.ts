import { describe, expect, it } from "vitest";
import { retentionChart } from "../../src/charts/retention-chart.js";
import type { ChartOptions, VegaLiteSpec } from "../../src/charts/vega-lite-spec.js";
import { transactionLog } from "../../src/history/transaction-log.js";
import { retentionSeries } from "../../src/retention/rates/retention-series.js";
import { retentionSeriesByGroup } from "../../src/retention/rates/retention-series-by-group.js";
import { answerOf, itIsReadable, rowsOf } from "./readable.js";
import { sampleLog } from "./sample-base.js";

const asOf = "2025-01-01";
const sample = sampleLog();
const byLastDigit = (count: number) => (id: string) => {
  const digit = Number(id.slice(1)) % count;
  return digit === 0 ? null : `group ${digit}`;
};
const four = retentionSeriesByGroup(sample, { asOf, by: "quarter", groupBy: byLastDigit(4) });
/** By hand: in 2024 both of north come back, one of two of south; who comes back had 900 + 100 + 300 of 1500. */
const small = retentionSeriesByGroup(
  transactionLog(
    [
      { customerId: "n1", at: "2023-01-10", amount: 900 },
      { customerId: "n2", at: "2023-01-10", amount: 100 },
      { customerId: "s1", at: "2023-01-10", amount: 300 },
      { customerId: "s2", at: "2023-01-10", amount: 200 },
      { customerId: "n1", at: "2024-01-10", amount: 1 },
      { customerId: "n2", at: "2024-01-10", amount: 1 },
      { customerId: "s1", at: "2024-01-10", amount: 1 },
    ],
    { currency: "IDR" },
  ),
  { asOf, by: "year", groupBy: (id) => (id.startsWith("n") ? "north" : "south") },
);

const CHARTS: Record<string, (options: ChartOptions) => VegaLiteSpec> = {
  "of four groups": (options) => retentionChart(four, { ...options, groups: "raw" }),
  "of four groups by profit": (options) => retentionChart(four, { ...options, groups: "profitAdjusted" }),
  "of forty groups with long names": (options) =>
    retentionChart(
      retentionSeriesByGroup(sample, {
        asOf,
        by: "year",
        groupBy: (id) => `Customers of the shop in district number ${Number(id.slice(1)) % 40}`,
      }),
      { ...options, groups: "salesAdjusted" },
    ),
  "of groups without a rate": (options) => retentionChart(small, { ...options, groups: "profitAdjusted" }),
  "of groups of nobody": (options) => retentionChart([], { ...options, groups: "raw" }),
  "of a series with groups, not asked for": (options) => retentionChart(four, options),
};

describe.each(Object.entries(CHARTS))("retention %s", (_name, chart) => itIsReadable(chart));

describe("retention by group", () => {
  it("says from where to where it reaches, and what it is in all", () => {
    expect(answerOf(retentionChart(small, { groups: "raw" }))).toBe(
      "In 2024 retention by customers runs from 50% (south) to 100% (north); 75% for all together. n = 4 customers in a period.",
    );
    expect(answerOf(retentionChart(small, { groups: "salesAdjusted" }))).toContain(
      "In 2024 retention by sales runs from 60% (south) to 100% (north); 87% for all together.",
    );
  });

  it("draws a line for all and one for each group, with their numbers, and no band", () => {
    const spec = retentionChart(small, { groups: "raw" });
    const points = rowsOf(spec).filter(({ marked }) => marked);
    expect(
      new Set(points.map(({ measure, numerator, denominator }) => `${measure} ${numerator}/${denominator}`)),
    ).toEqual(new Set(["all 3/4", "north 2/2", "south 1/2"]));
    expect(JSON.stringify(spec.layer)).not.toContain('"area"');
  });

  it("keeps groups called as a line of the chart is apart from it", () => {
    const renamed = small.map((point) => ({
      ...point,
      groups: point.groups.map((found, i) => ({ ...found, group: ["all", "(all)"][i] })),
    }));
    const names = rowsOf(retentionChart(renamed, { groups: "raw" })).flatMap(({ marked, measure }) =>
      marked ? [measure] : [],
    );
    expect(new Set(names)).toEqual(new Set(["((all))", "all", "(all)"]));
  });

  it("leaves the three lines of a series with groups as they are without", () => {
    const plain = retentionSeries(sample, { asOf, by: "quarter" });
    expect(retentionChart(four)).toEqual(retentionChart(plain));
  });

  it("refuses groups of a series that has none, and a measure that there is not", () => {
    const plain = retentionSeries(sample, { asOf, by: "quarter" });
    expect(() => retentionChart(plain, { groups: "raw" })).toThrow(
      /groups is raw: pass .*retentionSeriesByGroup/,
    );
    expect(() => retentionChart(four, { groups: "sales" as "raw" })).toThrow(
      /groups is sales: pass one of raw/,
    );
  });
});
