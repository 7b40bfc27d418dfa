import { describe, expect, it } from "vitest";
import { customerPyramidChart } from "../../src/charts/customer-pyramid-chart.js";
import { retentionChart } from "../../src/charts/retention-chart.js";
import { rfmGridChart } from "../../src/charts/rfm-grid-chart.js";
import type { ChartOptions, VegaLiteSpec } from "../../src/charts/vega-lite-spec.js";
import { whaleCurveChart } from "../../src/charts/whale-curve-chart.js";
import { transactionLog } from "../../src/history/transaction-log.js";
import { whaleCurve } from "../../src/profitability/whale-curve.js";
import { customerPyramid } from "../../src/pyramid/customer-pyramid.js";
import { spendByLayer } from "../../src/pyramid/spend-by-layer.js";
import { retentionSeries } from "../../src/retention/rates/retention-series.js";
import { rfm } from "../../src/segmentation/rfm.js";
import { referenceLog } from "../history/reference-log.js";
import { itIsReadable } from "./readable.js";
import { sampleLog } from "./sample-base.js";

const asOf = "2025-01-01";
const sample = sampleLog();
const few = referenceLog;
const one = transactionLog([{ customerId: "a", at: "2024-03-01", amount: 100, cost: 60 }], {
  currency: "IDR",
});
const none = transactionLog([], { currency: "IDR" });
const others = Array.from({ length: 900 }, (_, i) => ({
  id: `p${i}`,
  relation: (["responded", "none", "cannot"] as const)[i % 3],
}));
const profits = (...values: number[]) => values.map((profit, i) => ({ customerId: `c${i}`, profit }));

const pyramidOf = (log: typeof sample) =>
  customerPyramid(log, { asOf, customers: log === none ? [] : others });
const samplePyramid = pyramidOf(sample);
const spend = spendByLayer(samplePyramid, [
  { layer: "top", money: 300 },
  { layer: "small", money: 500 },
  { layer: "suspect", money: 200 },
]);

/** Every chart, by name, with the cases in which charts break. */
const CHARTS: Record<string, (options: ChartOptions) => VegaLiteSpec> = {
  "pyramid of a shop": (options) => customerPyramidChart(samplePyramid, options),
  "pyramid with marketing money": (options) => customerPyramidChart(samplePyramid, { ...options, spend }),
  "pyramid without records": (options) => customerPyramidChart(customerPyramid(few, { asOf }), options),
  "pyramid of one": (options) => customerPyramidChart(customerPyramid(one, { asOf }), options),
  "pyramid of nobody": (options) => customerPyramidChart(pyramidOf(none), options),
  "pyramid of inactive customers": (options) =>
    customerPyramidChart(customerPyramid(few, { asOf: "2030-01-01" }), options),
  "RFM of a shop": (options) => rfmGridChart(rfm(sample, { asOf }), options),
  "RFM of eleven": (options) => rfmGridChart(rfm(few, { asOf }), options),
  "RFM of one": (options) => rfmGridChart(rfm(one, { asOf }), options),
  "RFM of nobody": (options) => rfmGridChart(rfm([]), options),
  "RFM without money": (options) =>
    rfmGridChart(rfm([{ customerId: "a", recency: 3, frequency: 1, monetary: 0 }]), options),
  "RFM in ten": (options) => rfmGridChart(rfm(sample, { asOf, bins: 10 }), options),
  "retention by year": (options) => retentionChart(retentionSeries(few, { asOf, by: "year" }), options),
  "retention by month": (options) => retentionChart(retentionSeries(sample, { asOf, by: "month" }), options),
  "retention by week": (options) => retentionChart(retentionSeries(sample, { asOf, by: "week" }), options),
  "retention with gaps": (options) => retentionChart(retentionSeries(few, { asOf, by: "month" }), options),
  "retention of one": (options) => retentionChart(retentionSeries(one, { asOf, by: "quarter" }), options),
  "retention of nobody": (options) => retentionChart([], options),
  "retention whose profit line ends early": (options) =>
    retentionChart(
      retentionSeries(sample, { asOf, by: "quarter" }).map((point, i, all) => {
        const missing = { value: null, numerator: 0, denominator: 0, reason: "test" };
        return i < all.length - 2 ? point : { ...point, profitAdjusted: missing };
      }),
      options,
    ),
  "retention without a rate": (options) =>
    retentionChart(
      retentionSeries(few, { asOf, by: "year" }).map((point) => {
        const undefinedRate = { value: null, numerator: 0, denominator: 0, reason: "test" };
        return {
          ...point,
          raw: undefinedRate,
          salesAdjusted: undefinedRate,
          profitAdjusted: undefinedRate,
          rawInterval: null,
        };
      }),
      options,
    ),
  "whale of a shop": (options) => whaleCurveChart(whaleCurve(sample, { asOf }), options),
  "whale of eleven": (options) => whaleCurveChart(whaleCurve(few, { asOf }), options),
  "whale of one": (options) => whaleCurveChart(whaleCurve(one, { asOf }), options),
  "whale of nobody": (options) => whaleCurveChart(whaleCurve([]), options),
  "whale that ends in a loss": (options) => whaleCurveChart(whaleCurve(profits(100, 50, -30, -300)), options),
  "whale of losses": (options) => whaleCurveChart(whaleCurve(profits(-100, -50)), options),
  "whale of zeros": (options) => whaleCurveChart(whaleCurve(profits(0, 0)), options),
  "whale without erosion": (options) => whaleCurveChart(whaleCurve(profits(5, 4, 3, 2, 1)), options),
  "whale with a steep start": (options) =>
    whaleCurveChart(
      whaleCurve(profits(...Array.from({ length: 100 }, (_, i) => (i < 5 ? 3000 : i < 60 ? 10 : -250)))),
      options,
    ),
};

describe.each(Object.entries(CHARTS))("%s", (_name, chart) => {
  itIsReadable(chart, [720, 360, 320]);
});

describe("what the charts say", () => {
  const answer = (spec: VegaLiteSpec) => spec.title.subtitle.join(" ");

  it("retention: the last complete period, three ways, and who was counted", () => {
    expect(answer(CHARTS["retention by year"]({}))).toBe(
      "83% of the customers of 2023 bought again in 2024; they had brought 96% of its sales and 95% of its profit. n = 6 customers in a period. Grey band: 95% interval of the share of customers.",
    );
  });

  it("whale: the best fifth, rounded up, and the erosion", () => {
    // 1400 of 1785 are 78 %, 120 of 1785 are 6.7 %.
    expect(answer(CHARTS["whale of eleven"]({}))).toBe(
      "The best 3 of 11 customers (27%) bring 78% of the profit; 2 unprofitable customers take away 6.7% of it again. n = 11 customers, 9 with a profit, 2 with a loss.",
    );
  });

  it("whale: amounts of money where the caller writes them", () => {
    const text = answer(
      whaleCurveChart(whaleCurve(profits(900, 300, -200)), { formatAmount: (amount) => `Rp ${amount}` }),
    );
    expect(text).toContain("90% of the profit (Rp 900)");
    expect(text).toContain("20% of it again (Rp 200)");
  });

  it("pyramid: top tiers, inactive share, and money on those who never bought", () => {
    // I and A, the top quarter of 8 active customers, bring 1100 + 300 of 2280; 3 of 11 are inactive.
    expect(answer(CHARTS["pyramid without records"]({}))).toContain(
      "The top 25% of active customers (2 of 8) bring 61% of revenue; 27% of all who ever bought are inactive.",
    );
    expect(answer(CHARTS["pyramid with marketing money"]({}))).toContain(
      "20% of marketing money goes to people who have not bought",
    );
  });

  it("RFM: the segment that brings most, and the largest", () => {
    // By hand: B (5-4) with 900 and I (5-5) with 2600 of 6090 are Champions; H, J and K Potential Loyalists, A Loyal,
    // C and D About to Sleep, E, F and G Hibernating: of the two segments of three the first of the grid is named.
    const spec = CHARTS["RFM of eleven"]({});
    expect(answer(spec)).toContain(
      "Champions are 18% of the customers and bring 57% of the money; the largest segment is Potential Loyalist with 27%.",
    );
    expect(answer(spec)).toContain("As of 2025-01-01.");
    expect(answer(spec)).toContain("n = 11 customers.");
  });

  it("a title of one's own, numbers of a locale, and no less than 320 pixels", () => {
    const spec = whaleCurveChart(whaleCurve(sample, { asOf }), {
      title: "Kurva paus",
      locale: "id-ID",
      width: 10,
    });
    expect(spec.title.text).toEqual(["Kurva paus"]);
    expect(spec.width + spec.padding.left + spec.padding.right).toBe(320);
    const german = whaleCurveChart(whaleCurve(profits(...Array.from({ length: 1234 }, () => 1))), {
      locale: "de-DE",
    });
    expect(answer(german)).toContain("1.234 customers");
  });

  it("pyramid: the window in the days of its zone", () => {
    expect(answer(CHARTS["pyramid of a shop"]({}))).toContain(
      "a purchase from 2024-01-01 until before 2025-01-01",
    );
  });

  it("pyramid: a window that ends inside a day says at what time of its zone", () => {
    const pyramid = customerPyramid(sample, { asOf: "2024-07-01T14:30:00+07:00" });
    expect(answer(customerPyramidChart(pyramid))).toContain(
      "from 2023-07-01 14:30 until before 2024-07-01 14:30.",
    );
  });

  it("pyramid: by what customers are ranked", () => {
    const by = (measure: "revenue" | "profit" | (() => number)) =>
      answer(customerPyramidChart(customerPyramid(few, { asOf, measure })));
    expect(by("revenue")).toContain("Ranked by revenue.");
    expect(by("profit")).toContain("Ranked by profit.");
    expect(by(() => 1)).toContain("Ranked by a measure of your own.");
  });

  it("pyramid: how many efforts on unknown ids the shares leave out", () => {
    const noteOf = (...ids: string[]) =>
      answer(
        customerPyramidChart(samplePyramid, {
          spend: spendByLayer(samplePyramid, [
            { layer: "top", money: 1 },
            ...ids.map((customerId) => ({ customerId, money: 9 })),
          ]),
        }),
      );
    expect(noteOf("x", "y")).toContain("2 efforts on ids that nobody knows are not counted.");
    expect(noteOf("x")).toContain("1 effort on ids that nobody knows is not counted.");
    expect(noteOf()).not.toContain("nobody knows");
  });

  it("whale: of which time the profit is, where a window was asked for", () => {
    const window = { start: "2023-01-01", end: "2024-01-01" };
    expect(answer(whaleCurveChart(whaleCurve(sample, { asOf, window })))).toContain(
      "Profit from 2023-01-01 until before 2024-01-01.",
    );
    expect(answer(CHARTS["whale of a shop"]({}))).not.toContain("until before");
  });

  it("RFM: customers without a purchase in the window are not scored", () => {
    const scores = rfm(few, { asOf, window: { start: "2024-01-01", end: asOf } });
    expect(scores.unscored.customers).toBeGreaterThan(1);
    expect(answer(rfmGridChart(scores))).toContain(`; ${scores.unscored.customers} customers not scored.`);
  });
});

describe("what is drawn", () => {
  const valuesOf = (spec: VegaLiteSpec, layer: number) =>
    (spec.layer[layer] as unknown as { data: { values: Record<string, number | string | null>[] } }).data
      .values;

  it("a whale of a million is thinned to 500 points with the ends, the peak and the top, and says so", () => {
    const many = whaleCurve(
      Array.from({ length: 1_000_000 }, (_, i) => ({ customerId: `c${i}`, profit: 700_001 - i })),
    );
    const spec = whaleCurveChart(many);
    const ranks = valuesOf(spec, 0).map(({ customers }) => customers);
    expect(ranks.length).toBeLessThanOrEqual(500);
    expect(ranks).toEqual(expect.arrayContaining([0, many.peakRank, many.top.customers, 1_000_000]));
    expect(spec.description).toContain("points of 1,000,000");
    expect(JSON.stringify(spec).length).toBeLessThan(100_000);
  });

  it.each([496, 497, 500])("a whale of %i is drawn with every customer", (customers) => {
    const whale = whaleCurve(profits(...Array.from({ length: customers }, (_, i) => 300 - i)));
    expect(valuesOf(whaleCurveChart(whale), 0)).toHaveLength(customers + 1);
  });

  it("a retention line that ends before the last period says where", () => {
    const [first, last] = retentionSeries(few, { asOf, by: "year" }).slice(-2);
    const missing = { value: null, numerator: 0, denominator: 0, reason: "test" };
    const spec = retentionChart([first, { ...last, profitAdjusted: missing }]);
    const labels = valuesOf(spec, 3).map(({ label }) => String(label));
    expect(labels[1]).toMatch(/^\d+% by sales$/);
    expect(labels[2]).toMatch(/^[\d.]+% by profit \(2023\)$/);
  });

  it("a small whale is drawn whole, and ends at 100 %", () => {
    const points = valuesOf(CHARTS["whale of eleven"]({}), 0);
    expect(points).toHaveLength(12);
    expect([points[0].share, points[11].share]).toEqual([0, 1]);
    expect(valuesOf(CHARTS["whale that ends in a loss"]({}), 0).at(-1)?.share).toBe(-1.2);
  });

  it("cells of the RFM grid add up to the customers, and dark cells have white letters", () => {
    const cells = valuesOf(CHARTS["RFM of a shop"]({}), 0);
    expect(cells).toHaveLength(25);
    const members = rfm(sample, { asOf }).members.length;
    expect(cells.reduce((sum, { customers }) => sum + Number(customers), 0)).toBe(members);
    for (const { fill, ink } of cells) expect(contrast(String(fill), String(ink))).toBeGreaterThan(4.5);
  });

  it("the fuller an RFM cell, the darker, so that a copy in grey says the same", () => {
    const cells = valuesOf(CHARTS["RFM of a shop"]({}), 0).sort(
      (a, b) => Number(a.customers) - Number(b.customers),
    );
    const light = cells.map(({ fill }) => luminance(String(fill)));
    for (let i = 1; i < light.length; i++) expect(light[i]).toBeLessThanOrEqual(light[i - 1]);
  });

  it("gaps in retention stay gaps: a null is a null in the data of the lines", () => {
    const lines = valuesOf(CHARTS["retention with gaps"]({}), 1);
    const series = retentionSeries(few, { asOf, by: "month" });
    const missing = series.filter(({ raw }) => raw.value === null).length;
    expect(missing).toBeGreaterThan(0);
    expect(lines.filter(({ measure, value }) => measure === "customers" && value === null)).toHaveLength(
      missing,
    );
  });

  it("the bars of the pyramid are as long as there are customers", () => {
    const bars = valuesOf(CHARTS["pyramid of a shop"]({}), 0);
    const lengths = bars.map(
      ({ left, right, customers }) => (Number(right) - Number(left)) / Number(customers),
    );
    // Bars of less than two pixels are drawn with two.
    const inProportion = lengths.filter((_, i) => Number(bars[i].right) - Number(bars[i].left) > 2.001);
    expect(inProportion.length).toBeGreaterThan(3);
    for (const length of inProportion) expect(length).toBeCloseTo(inProportion[0], 9);
  });

  it("refuses a locale that is none", () => {
    expect(() => whaleCurveChart(whaleCurve([]), { locale: "not a locale" })).toThrow(RangeError);
  });
});

/** Relative luminance and contrast of WCAG 2.1. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((start) => {
    const value = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}
