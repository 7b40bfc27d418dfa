import { describe, expect, it } from "vitest";
import { cohortHeatmapChart } from "../../src/charts/cohort-heatmap-chart.js";
import { heatColors } from "../../src/charts/heat-colors.js";
import type { ChartOptions, VegaLiteSpec } from "../../src/charts/vega-lite-spec.js";
import { formatMoney } from "../../src/core/format-money.js";
import { money } from "../../src/core/money.js";
import { transactionLog } from "../../src/history/transaction-log.js";
import { cohortTable } from "../../src/retention/cohorts/cohort-table.js";
import { referenceLog } from "../history/reference-log.js";
import { answerOf, contrast, itIsReadable, luminance, rowsOf } from "./readable.js";
import { sampleLog } from "./sample-base.js";

const asOf = "2025-01-01";
const sample = sampleLog();
const none = transactionLog([], { currency: "IDR" });
const one = transactionLog([{ customerId: "a", at: "2024-03-01", amount: 100, cost: 60 }], {
  currency: "IDR",
});
/** Three customers, a month without a start, a loss, and more refunded than sold. */
const losses = transactionLog(
  [
    { customerId: "a", at: "2024-01-05", amount: 900, cost: 1500 },
    { customerId: "b", at: "2024-02-05", amount: 500, cost: 300 },
    { customerId: "b", at: "2024-03-05", amount: 500, cost: 300 },
    { customerId: "a", at: "2024-04-05", amount: -800, type: "refund" },
    { customerId: "c", at: "2024-04-05", amount: 800, cost: 100 },
  ],
  { currency: "IDR", unlinkedRefunds: "accept" },
);
const byMonth = cohortTable(sample, { asOf, by: "month" });
const byQuarter = cohortTable(sample, { asOf, by: "quarter" });
const lossTable = cohortTable(losses, { asOf: "2024-07-01", by: "month" });
const isEven = (id: string) => (Number(id.slice(1)) % 2 === 0 ? "even numbers" : null);
const grouped = cohortTable(sample, { asOf, by: "quarter", groupBy: isEven });
const rupiah = (amount: number) => formatMoney(money(amount, "IDR"), { locale: "id-ID" });
const brackets = {
  brackets: [
    [0, 1],
    [1, 4],
    [4, 12],
  ],
} as const;
const dense = transactionLog(
  Array.from({ length: 36 }, (_, month) =>
    Array.from({ length: 36 - month }, (_, age) => ({
      customerId: `c${month}`,
      at: Date.UTC(2022, month + age, 10),
      amount: 1000,
    })),
  ).flat(),
  { currency: "IDR" },
);

const CHARTS: Record<string, (options: ChartOptions) => VegaLiteSpec> = {
  "of 36 months": (options) => cohortHeatmapChart(byMonth, options),
  "of 36 x 36 cells, all 100%": (options) =>
    cohortHeatmapChart(cohortTable(dense, { asOf, by: "month" }), options),
  "of quarters": (options) => cohortHeatmapChart(byQuarter, options),
  "of weeks, later or never": (options) =>
    cohortHeatmapChart(cohortTable(sample, { asOf, by: "week", mode: "onOrAfter" }), options),
  "of brackets of 30 days": (options) =>
    cohortHeatmapChart(cohortTable(sample, { asOf, by: "year", rollingDays: 30, mode: brackets }), options),
  "of cohorts of ten days": (options) =>
    cohortHeatmapChart(
      cohortTable(sample, { asOf, by: { days: 10, anchor: "2022-01-01" }, maxAge: 30 }),
      options,
    ),
  "of customers": (options) => cohortHeatmapChart(byQuarter, { ...options, measure: "customers" }),
  "of revenue": (options) => cohortHeatmapChart(byQuarter, { ...options, measure: "revenue" }),
  "of long amounts": (options) =>
    cohortHeatmapChart(byQuarter, {
      ...options,
      measure: "cumulativeRevenuePerCustomer",
      formatAmount: rupiah,
    }),
  "of losses": (options) => cohortHeatmapChart(lossTable, { ...options, measure: "profit" }),
  "of cumulative revenue below 0": (options) =>
    cohortHeatmapChart(lossTable, { ...options, measure: "cumulativeRevenue" }),
  "of nothing but nulls": (options) =>
    cohortHeatmapChart(
      cohortTable(
        transactionLog(
          [
            { customerId: "a", at: "2024-01-05", amount: 5 },
            { customerId: "a", at: "2024-02-05", amount: 5 },
          ],
          { currency: "IDR" },
        ),
        { asOf, by: "month" },
      ),
      { ...options, measure: "profit" },
    ),
  "of a group with a long name": (options) =>
    cohortHeatmapChart(
      cohortTable(sample, {
        asOf,
        by: "quarter",
        groupBy: () => "customers of the shop in the station of Yogyakarta and the one beside it",
      }),
      { ...options, group: "customers of the shop in the station of Yogyakarta and the one beside it" },
    ),
  "of eleven": (options) => cohortHeatmapChart(cohortTable(referenceLog, { asOf, by: "year" }), options),
  "of one cell": (options) =>
    cohortHeatmapChart(cohortTable(one, { asOf: "2024-04-01", by: "month" }), options),
  "of a cohort that is not over": (options) =>
    cohortHeatmapChart(cohortTable(one, { asOf: "2024-03-15", by: "month" }), options),
  "of nobody": (options) => cohortHeatmapChart(cohortTable(none, { asOf, by: "month" }), options),
};

describe.each(Object.entries(CHARTS))("a heat map %s", (_name, chart) => itIsReadable(chart));

const cellsOf = (spec: VegaLiteSpec) => rowsOf(spec).filter((row) => "cohort" in row && "edge" in row);

describe("what the heat map says", () => {
  it("the first age, and the last that at least half as many cohorts have reached", () => {
    const { curve } = cohortTable(referenceLog, { asOf, by: "year" });
    const [, first, second] = curve.points;
    const percent = (share: number | null) => `${Math.round(100 * (share ?? 0))}%`;
    expect([first.cohorts, second.cohorts]).toEqual([2, 1]);
    expect(answerOf(CHARTS["of eleven"]({}))).toContain(
      `${percent(first.pooled.value)} of the customers bought again 1 year after the start (2 cohorts); 2 years after the start, ${percent(second.pooled.value)} (1 cohort).`,
    );
    const months = byMonth.curve.points;
    const last = months.filter(({ cohorts }) => 2 * cohorts >= months[1].cohorts).at(-1);
    expect(answerOf(CHARTS["of 36 months"]({}))).toContain(
      `; ${last?.from} months after the start, ${percent(last?.pooled.value ?? null)} (${last?.cohorts} cohorts).`,
    );
  });

  it("who was counted, and as of when", () => {
    expect(answerOf(CHARTS["of losses"]({}))).toContain(
      "n = 3 customers in 3 cohorts. Amounts in minor units of IDR. As of 2024-07-01.",
    );
  });

  it("ages in days where they are, and brackets from the first day of their first to that of their last age", () => {
    expect(answerOf(CHARTS["of brackets of 30 days"]({}))).toMatch(
      /bought again 30 to 90 days after the start/,
    );
  });

  it("money in the words of the caller", () => {
    // 900 + 500 + 800 in the first months of three customers: 733.33 each, written as whole minor units.
    const spec = cohortHeatmapChart(lossTable, {
      measure: "cumulativeRevenuePerCustomer",
      formatAmount: (amount) => `<${amount}>`,
    });
    expect(answerOf(spec)).toContain("A customer has brought <733> in the first month (3 cohorts)");
    expect(answerOf(spec)).not.toContain("minor units");
  });

  it("that there is nothing, where there is nothing", () => {
    expect(answerOf(CHARTS["of nobody"]({}))).toContain("There are no cohorts.");
    expect(answerOf(CHARTS["of a cohort that is not over"]({}))).toContain("No cohort has been observed");
    expect(answerOf(CHARTS["of nothing but nulls"]({}))).toContain("the log has no costs");
  });

  it("how much was left out of a table that is too large", () => {
    const table = cohortTable(sample, { asOf, by: "week" });
    const cohorts = table.cohorts.length;
    expect(cohorts).toBeGreaterThan(120);
    const spec = cohortHeatmapChart(table);
    expect(answerOf(spec)).toContain(`the latest 120 of ${cohorts} periods`);
    const drawn = new Set(cellsOf(spec).map(({ cohort }) => cohort));
    // With the row of the means.
    expect(drawn.size).toBeLessThanOrEqual(121 + 120);
    expect(drawn.has(table.cohorts[0].period.label)).toBe(false);
  });
});

describe("what the heat map draws", () => {
  it("a cell for each that is over, none for others, and zero is not white", () => {
    const known = byMonth.cells.columns.rate.filter((rate) => rate !== null).length;
    const means = byMonth.curve.points.filter(({ pooled }) => pooled.value !== null).length;
    const cells = cellsOf(CHARTS["of 36 months"]({}));
    expect(cells).toHaveLength(known + means);
    expect(byMonth.cells.columns.rate).toContain(0);
    for (const { fill } of cells) expect(contrast(String(fill), "#ffffff")).toBeGreaterThan(1.15);
  });

  it("customers of all groups together as the table without groups has them, and those of one group alone", () => {
    const together = cellsOf(cohortHeatmapChart(grouped, { measure: "customers" }));
    expect(together.map(({ customers }) => customers)).toEqual(
      cellsOf(cohortHeatmapChart(byQuarter, { measure: "customers" })).map(({ customers }) => customers),
    );
    expect(cellsOf(cohortHeatmapChart(grouped))).toEqual(cellsOf(cohortHeatmapChart(byQuarter)));
    const parts = ["even numbers", null].map((group) =>
      answerOf(cohortHeatmapChart(grouped, { group })).match(
        /n = (\d+) customers.*?(Group .*?|Customers .*?)\./,
      ),
    );
    expect(Number(parts[0]?.[1]) + Number(parts[1]?.[1])).toBe(600);
    expect(parts.map((part) => part?.[2])).toEqual(["Group even numbers", "Customers of no group"]);
  });

  it("the first age dark also where nobody came back, and sizes beside values in the tooltip", () => {
    const table = cohortTable(one, { asOf: "2024-07-01", by: "month" });
    const [first, second] = cellsOf(cohortHeatmapChart(table, { measure: "customers" }));
    expect(luminance(String(first.fill))).toBeLessThan(luminance(String(second.fill)));
    expect([second.n, second.customers]).toEqual(["1", "0"]);
  });

  it("letters that can be read on every shade", () => {
    const color = heatColors(100);
    for (let value = -100; value <= 100; value++) {
      const { fill, ink } = color(value);
      expect(contrast(fill, ink)).toBeGreaterThan(4.5);
    }
  });

  it.each([1, -1])(
    "shades whose lightness falls evenly, so that a copy in grey says the same (sign %i)",
    (sign) => {
      const color = heatColors(100);
      // CIE 1976 lightness. An even scale has steps of a tenth; half of that either way is still seen as a step.
      const lightness = Array.from({ length: 11 }, (_, i) => {
        const y = luminance(color(sign * 10 * i).fill);
        return y > 216 / 24389 ? 116 * Math.cbrt(y) - 16 : (y * 24389) / 27;
      });
      const mean = (lightness[0] - lightness[10]) / 10;
      for (let i = 1; i <= 10; i++) {
        expect((lightness[i - 1] - lightness[i]) / mean).toBeGreaterThan(0.5);
        expect((lightness[i - 1] - lightness[i]) / mean).toBeLessThan(1.5);
      }
    },
  );

  it("a loss in another hue and with an edge", () => {
    const color = heatColors(100);
    expect(color(-50).edge).not.toBe(color(50).edge);
    const [red, , blue] = [1, 3, 5].map((at) => Number.parseInt(color(-50).fill.slice(at, at + 2), 16));
    expect(red).toBeGreaterThan(blue);
  });

  it("values in the cells where they fit, and none at all where they do not", () => {
    const textsIn = (spec: VegaLiteSpec) =>
      rowsOf(spec).filter(({ ink, text }) => ink && /^\d+%?$/.test(String(text)));
    const wide = textsIn(CHARTS["of quarters"]({ width: 760 })).map(({ text }) => text);
    expect(wide.filter((text) => text === "100%")).toHaveLength(11);
    // Of 36 columns on a telephone only ages, and sizes of cohorts, are written.
    const narrow = textsIn(CHARTS["of 36 months"]({ width: 342 }));
    expect(narrow.length).toBeLessThan(100);
  });

  it("refuses a measure and a group that there are not", () => {
    expect(() => cohortHeatmapChart(byQuarter, { measure: "rates" as "rate" })).toThrow(
      /measure is rates: pass/,
    );
    expect(() => cohortHeatmapChart(byQuarter, { group: "x" })).toThrow(/group is x: pass .*groupBy/);
    expect(() => cohortHeatmapChart(grouped, { group: "x" })).toThrow(
      /group is x: pass one of even numbers, null/,
    );
    expect(() => cohortHeatmapChart(grouped, { locale: "not a locale" })).toThrow(RangeError);
  });
});
