import { describe, expect, it } from "vitest";
import { revenueBridgeChart } from "../../src/charts/revenue-bridge-chart.js";
import type { ChartOptions, VegaLiteSpec } from "../../src/charts/vega-lite-spec.js";
import { formatMoney } from "../../src/core/format-money.js";
import { money } from "../../src/core/money.js";
import { transactionLog } from "../../src/history/transaction-log.js";
import { revenueMovements } from "../../src/retention/revenue/revenue-movements.js";
import { revenueRates } from "../../src/retention/revenue/revenue-rates.js";
import { revenueRatePresets } from "../../src/retention/revenue/revenue-rates-of.js";
import { referenceLog } from "../history/reference-log.js";
import { answerOf, itIsReadable, rowsOf } from "./readable.js";
import { sampleLog } from "./sample-base.js";

const asOf = "2025-01-01";
const sample = sampleLog();
const one = transactionLog([{ customerId: "a", at: "2024-03-01", amount: 100 }], { currency: "IDR" });
/** Refunds without a purchase, of customers who are not active: an adjustment, and revenue below 0. */
const refunds = transactionLog(
  [
    { customerId: "a", at: "2024-01-05", amount: 900 },
    { customerId: "b", at: "2024-02-05", amount: 500 },
    { customerId: "b", at: "2024-03-05", amount: 500 },
    { customerId: "a", at: "2024-04-05", amount: -800, type: "refund" },
    { customerId: "c", at: "2024-05-05", amount: 800 },
    { customerId: "b", at: "2024-05-05", amount: -1800, type: "refund" },
    { customerId: "c", at: "2024-06-05", amount: 700 },
  ],
  { currency: "IDR", unlinkedRefunds: "accept" },
);
/** By hand: of 1000 a keeps 600 and pays 300 more, b leaves with 250, c shrinks by 50, d is new with 700. */
const fourth = transactionLog(
  [
    { customerId: "a", at: "2023-03-01", amount: 600 },
    { customerId: "b", at: "2023-03-01", amount: 250 },
    { customerId: "c", at: "2023-03-01", amount: 150 },
    { customerId: "a", at: "2024-03-01", amount: 900 },
    { customerId: "c", at: "2024-03-01", amount: 100 },
    { customerId: "d", at: "2024-03-01", amount: 700 },
  ],
  { currency: "IDR" },
);
const years = revenueMovements(sample, { asOf, by: "year" });
const months = revenueMovements(sample, { asOf, by: "month" });
const refunded = revenueMovements(refunds, { asOf: "2024-07-01", by: "month" });
const byHand = revenueMovements(fourth, { asOf, by: "year" });
const rupiah = (amount: number) => formatMoney(money(amount, "IDR"), { locale: "id-ID" });
const grouped = revenueMovements(sample, {
  asOf,
  by: "year",
  groupBy: (id) => (id.endsWith("1") ? "one" : id.endsWith("2") ? "two" : null),
});

const CHARTS: Record<string, (options: ChartOptions) => VegaLiteSpec> = {
  "of a year": (options) => revenueBridgeChart(years, { ...options, period: "2024" }),
  "of a year in long amounts": (options) =>
    revenueBridgeChart(years, { ...options, period: "2024", formatAmount: rupiah }),
  "of years": (options) => revenueBridgeChart(years, options),
  "of months in long amounts": (options) => revenueBridgeChart(months, { ...options, formatAmount: rupiah }),
  "of weeks against four weeks before": (options) =>
    revenueBridgeChart(revenueRates(sample, { asOf, by: "week", span: 4 }), options),
  "with adjustments": (options) => revenueBridgeChart(refunded, options),
  "of a month that ends below 0": (options) =>
    revenueBridgeChart(refunded, { ...options, period: "2024-05" }),
  "of a month that begins below 0": (options) =>
    revenueBridgeChart(refunded, { ...options, period: "2024-06" }),
  "of eleven": (options) => revenueBridgeChart(revenueRates(referenceLog, { asOf, by: "year" }), options),
  "of a first period": (options) =>
    revenueBridgeChart(revenueMovements(one, { asOf: "2024-04-01", by: "month" }), options),
  "of a month without revenue": (options) =>
    revenueBridgeChart(revenueMovements(one, { asOf: "2024-07-01", by: "month" }), {
      ...options,
      period: "2024-06",
    }),
  "of months without revenue": (options) =>
    revenueBridgeChart(
      revenueMovements(one, { asOf, by: "month", window: { start: "2024-06-01", end: "2024-09-01" } }),
      options,
    ),
  "of nobody": (options) => revenueBridgeChart(revenueMovements([], { asOf, by: "month" }), options),
};

describe.each(Object.entries(CHARTS))("a revenue bridge %s", (_name, chart) => itIsReadable(chart));

const barsOf = (spec: VegaLiteSpec) => rowsOf(spec).filter((row) => "name" in row && "fill" in row);

describe("what the bridge says", () => {
  it("from where to where, and how much of it was kept", () => {
    // Net: 900 + 100 of 1000; gross: 600 + 100 of 1000.
    expect(answerOf(revenueBridgeChart(byHand, { period: "2024" }))).toBe(
      "In 2024 net sales went from 1,000 to 1,700 (+70%); net revenue retention (NRR) 100%, gross (GRR) 70%. n = 3 customers at the start, 3 at the end. Amounts in minor units of IDR. As of 2025-01-01.",
    );
  });

  it("of several periods the way from the first to the last, and what the last one kept", () => {
    expect(answerOf(revenueBridgeChart(byHand))).toContain(
      "From 2023 to 2024 net sales went from 0 to 1,700; in 2024 net revenue retention (NRR) 100%, gross (GRR) 70%.",
    );
  });

  it("the rates of the series where it has them", () => {
    const rates = (options: object) =>
      answerOf(revenueBridgeChart(revenueRates(sample, { asOf, by: "month", ...options })));
    const { netRetention } = revenueRates(sample, {
      asOf,
      by: "month",
      ...revenueRatePresets.chartmogul,
    }).periods[34];
    expect(Math.round((netRetention.value ?? 0) * 100)).toBeGreaterThan(80);
    expect(rates(revenueRatePresets.chartmogul)).toContain(
      `(NRR) ${Math.round((netRetention.value ?? 0) * 100)}%`,
    );
    expect(rates({})).not.toContain(`(NRR) ${Math.round((netRetention.value ?? 0) * 100)}%`);
  });

  it("that nothing could be kept where nothing was there", () => {
    expect(answerOf(CHARTS["of a first period"]({}))).toContain("nothing was there to be retained");
    expect(answerOf(CHARTS["of nobody"]({}))).toContain("There is no complete period with revenue. n = 0");
  });

  it("with how many periods before each is compared, and whose revenue it is", () => {
    expect(answerOf(CHARTS["of weeks against four weeks before"]({}))).toContain(
      "Each compared with 4 periods before.",
    );
    expect(answerOf(revenueBridgeChart(grouped, { group: "one" }))).toContain("Group one.");
    expect(answerOf(revenueBridgeChart(grouped, { group: null }))).toContain("Customers of no group.");
  });
});

describe("what the bridge draws", () => {
  it("each step with its sign, in the words of the caller", () => {
    const spec = revenueBridgeChart(byHand, { period: "2024", formatAmount: (amount) => `${amount} Rp` });
    expect(barsOf(spec).map(({ name, amount, customers }) => [name, amount, customers])).toEqual([
      ["start", "1000 Rp", "3"],
      ["new", "+700 Rp", "1"],
      ["reactivation", "0 Rp", "0"],
      ["expansion", "+300 Rp", "1"],
      ["contraction", "-50 Rp", "1"],
      ["churn", "-250 Rp", "1"],
      ["end", "1700 Rp", "3"],
    ]);
  });

  it.each(["2024-04", "2024-05", "2024-06"])(
    "an adjustment where there is one, so that %s reconciles",
    (label) => {
      const revenue = refunded.periods.find(({ period }) => period.label === label)?.revenue;
      expect(revenue?.adjustment).not.toBe(0);
      const bars = barsOf(revenueBridgeChart(refunded, { period: label }));
      expect(bars.map(({ name }) => name)).toContain("adjustment");
      // One end of the last step is where the bar of the end ends: to a pixel, which is the least width of a step.
      const [adjustment, end] = bars.slice(-2);
      const distance = Math.min(
        ...["left", "right"].flatMap((a) =>
          ["left", "right"].map((b) => Math.abs(Number(adjustment[a]) - Number(end[b]))),
        ),
      );
      expect(distance).toBeLessThanOrEqual(1);
    },
  );

  it("no adjustment where there is none", () => {
    const names = barsOf(CHARTS["of a year"]({})).map(({ name }) => name);
    expect(names).not.toContain("adjustment");
  });

  it("bars as long as the amounts", () => {
    const bars = barsOf(CHARTS["of a year"]({}));
    const perUnit = bars.map(({ left, right, amount }) => {
      const units = Math.abs(Number(String(amount).replace(/[+,]/g, "")));
      return (Number(right) - Number(left)) / units;
    });
    // Edges are not rounded to pixels.
    for (const scale of perUnit) expect(scale / perUnit[0]).toBeCloseTo(1, 9);
  });

  it("gains above the line, losses below it, and the net change on its line", () => {
    const rows = rowsOf(CHARTS["of months in long amounts"]({ width: 760 }));
    const zero = rows.find(({ text }) => String(text).replace(/\s/g, " ") === "Rp 0,00")?.y;
    expect(zero).toBeTypeOf("number");
    const bars = rows.filter((row) => "movement" in row);
    expect(bars.length).toBeGreaterThan(100);
    for (const { amount, top, bottom } of bars) {
      if (String(amount).startsWith("+")) expect(Number(bottom)).toBeLessThanOrEqual(Number(zero) + 1e-9);
      else expect(Number(top)).toBeGreaterThanOrEqual(Number(zero) - 1e-9);
    }
    expect(rows.filter((row) => "net change" in row && "period" in row)).toHaveLength(
      // The white edge, the line, the dots.
      3 * months.periods.length,
    );
  });

  it("customers beside the amounts where bars keep their room", () => {
    const texts = (width: number) =>
      rowsOf(revenueBridgeChart(years, { width, period: "2024", formatAmount: rupiah })).map(
        ({ text }) => text,
      );
    expect(texts(760)).toContain("customers");
    expect(texts(342)).not.toContain("customers");
  });

  it("refuses a period and a group that there are not", () => {
    expect(() => revenueBridgeChart(years, { period: "2030" })).toThrow(
      /period is 2030: pass a label from 2022 to 2024/,
    );
    expect(() => revenueBridgeChart(years, { group: "x" })).toThrow(/group is x: pass .*groupBy/);
    expect(() => revenueBridgeChart(grouped, { group: "x" })).toThrow(/pass one of one, two, null/);
    expect(() => revenueBridgeChart(years, { locale: "not a locale" })).toThrow(RangeError);
  });
});
