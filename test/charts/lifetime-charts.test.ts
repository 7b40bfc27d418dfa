import { describe, expect, it } from "vitest";
import { aliveHistoryChart } from "../../src/charts/alive-history-chart.js";
import { frequencyFitChart } from "../../src/charts/frequency-fit-chart.js";
import { frequencyRecencyChart } from "../../src/charts/frequency-recency-chart.js";
import { lifetimeValueChart } from "../../src/charts/lifetime-value-chart.js";
import { transactionTrackingChart } from "../../src/charts/transaction-tracking-chart.js";
import type { ChartOptions, VegaLiteSpec } from "../../src/charts/vega-lite-spec.js";
import { transactionLog } from "../../src/history/transaction-log.js";
import { aliveHistory } from "../../src/lifetime/evaluation/alive-history.js";
import { frequencyFit } from "../../src/lifetime/evaluation/frequency-fit.js";
import { frequencyRecencyMatrix } from "../../src/lifetime/evaluation/frequency-recency-matrix.js";
import { lifetimeValueDistribution } from "../../src/lifetime/evaluation/lifetime-value-distribution.js";
import { trackTransactions } from "../../src/lifetime/evaluation/track-transactions.js";
import { predictLifetimeValue } from "../../src/lifetime/predictions/predict-lifetime-value.js";
import { simulateCustomers } from "../../src/lifetime/predictions/simulate-customers.js";
import { BG_BB, BG_NBD, PARETO_NBD } from "../lifetime/predictions/example-models.js";
import { answerOf, itIsReadable, rowsOf } from "./readable.js";

const base = simulateCustomers(BG_NBD, { customers: 2400, T: 39, holdout: 39, seed: 5, purchases: true });
const offsets = base.purchases?.offsets ?? new Uint32Array(1);
const times = base.purchases?.time ?? new Float64Array(0);
/** Twelve weeks of new customers, watched for a year and a half. */
const log = transactionLog(
  Array.from({ length: base.length }, (_, customer) => {
    const entry = Date.UTC(2023, 0, 1 + (customer % 84));
    const at = [0, ...times.slice(offsets[customer], offsets[customer + 1])];
    return at.map((weeks) => ({
      customerId: `c${customer}`,
      at: entry + Math.round(weeks * 7 * 86_400_000),
      amount: 100,
    }));
  }).flat(),
  { currency: "IDR" },
);
const days = { through: "2023-09-30", until: "2024-05-20" } as const;
const weekly = trackTransactions(BG_NBD, log, { ...days, by: "week" });
const yearly = trackTransactions(BG_NBD, log, { ...days, by: "year" });
const daily = trackTransactions(BG_NBD, log, { ...days, by: "day" });
const nobody = trackTransactions(BG_NBD, transactionLog([], { currency: "IDR" }), { ...days, by: "week" });
const fitted = frequencyFit(BG_NBD, base);
const millions = frequencyFit(BG_NBD, { x: [0, 3], tx: [0, 8], T: [39, 39], weight: [2e6, 1_234_567] });
const silent = aliveHistory(PARETO_NBD, [0, 2, 5, 9, 12, 15, 31], { until: 60, step: 0.5 });
const values = lifetimeValueDistribution(
  predictLifetimeValue(BG_NBD, 350_000, base, { marginShare: 0.3, discountRate: 0.1, horizon: 52 }),
);
const rupiah = (amount: number) => `Rp ${Math.round(amount).toLocaleString("id-ID")}`;

const CHARTS: Record<string, (options: ChartOptions) => VegaLiteSpec> = {
  "tracking by week": (options) => transactionTrackingChart(weekly, options),
  "tracking by week, cumulative": (options) =>
    transactionTrackingChart(weekly, { ...options, measure: "cumulative" }),
  "tracking by day": (options) => transactionTrackingChart(daily, options),
  "tracking by year": (options) => transactionTrackingChart(yearly, { ...options, measure: "cumulative" }),
  "tracking by year, of which one is over": (options) => transactionTrackingChart(yearly, options),
  "tracking of nobody": (options) => transactionTrackingChart(nobody, options),
  "frequency fit": (options) => frequencyFitChart(fitted, options),
  "frequency fit of millions": (options) => frequencyFitChart(millions, options),
  "frequency fit of nobody": (options) => frequencyFitChart(frequencyFit(BG_NBD, []), options),
  "P(alive) of a customer who fell silent": (options) => aliveHistoryChart(silent, options),
  "P(alive) of one purchase": (options) =>
    aliveHistoryChart(aliveHistory(BG_NBD, [3], { until: 3, step: 1 }), options),
  "P(alive) by opportunities": (options) =>
    aliveHistoryChart(aliveHistory(BG_BB, [2015, 2016, 2018], { until: 2024, step: 1 }), options),
  "P(alive) of thousands of points": (options) =>
    aliveHistoryChart(aliveHistory(BG_NBD, [0, 3.21, 7.77], { until: 40, step: 0.01 }), options),
  "P(alive) by frequency and recency": (options) =>
    frequencyRecencyChart(frequencyRecencyMatrix(BG_NBD, { measure: "probabilityAlive", T: 40 }), options),
  "expected purchases by frequency and recency": (options) =>
    frequencyRecencyChart(
      frequencyRecencyMatrix(PARETO_NBD, {
        ...{ measure: "expectedTransactions", T: 39, horizon: 39, upTo: 30, steps: 13 },
      }),
      options,
    ),
  "day by day by frequency and recency": (options) =>
    frequencyRecencyChart(
      frequencyRecencyMatrix(BG_NBD, { measure: "probabilityAlive", T: 52, upTo: 120, steps: 364 }),
      options,
    ),
  "BG/BB by frequency and recency": (options) =>
    frequencyRecencyChart(
      frequencyRecencyMatrix(BG_BB, { measure: "expectedTransactions", T: 6, horizon: 5, upTo: 6 }),
      options,
    ),
  "value in rupiah": (options) => lifetimeValueChart(values, { ...options, formatAmount: rupiah }),
  "value with losses": (options) =>
    lifetimeValueChart(lifetimeValueDistribution([-50, -3, 1, 2, 7, 90, 120]), options),
  "value of losses alone": (options) => lifetimeValueChart(lifetimeValueDistribution([-50, -3]), options),
  "value of nobody": (options) => lifetimeValueChart(lifetimeValueDistribution([]), options),
};

describe.each(Object.entries(CHARTS))("%s", (_name, chart) => itIsReadable(chart));

describe("what the charts of lifetime models say", () => {
  it("tracking: what came after the end of calibration, and what was expected", () => {
    const { actual, expected } = weekly.holdout;
    expect(answerOf(CHARTS["tracking by week"]({}))).toContain(
      `After 2023-09-30, ${actual.toLocaleString("en-US")} repeat purchases came and ${Math.round(expected).toLocaleString("en-US")} were expected (`,
    );
    expect(answerOf(CHARTS["tracking by week"]({}))).toContain("2024-W21 is not over and left out.");
    expect(answerOf(CHARTS["tracking by week, cumulative"]({}))).not.toContain("left out");
    expect(answerOf(CHARTS["tracking of nobody"]({}))).toContain("There are no customers. n = 0 customers");
  });

  it("tracking: the increments, the sums, and the end of calibration between its weeks", () => {
    const { actual, cumulativeExpected, isOver, period, phase } = weekly.periods.columns;
    const lines = rowsOf(CHARTS["tracking by week"]({}));
    // All weeks that are over, in their order; 2024-W21 is not.
    const over = period.filter((_, i) => isOver[i]);
    expect(over.length).toBe(period.length - 1);
    const came = lines.filter((row) => row.period !== undefined && row.phase !== undefined);
    const counts = came.filter(({ value }) => Number.isInteger(value));
    over.forEach((week, i) => {
      expect(
        counts.filter((row) => row.period === week && row.value === actual[i]),
        week,
      ).not.toEqual([]);
    });
    const sums = rowsOf(CHARTS["tracking by week, cumulative"]({}));
    expect(sums.some(({ value }) => value === Number((cumulativeExpected.at(-1) ?? 0).toFixed(4)))).toBe(
      true,
    );
    // 2023-09-30 is a Saturday: within its week.
    expect(phase.indexOf("both")).toBeGreaterThan(0);
    expect(
      lines.some(
        ({ place, period, value }) => place === phase.indexOf("both") && !period && value === undefined,
      ),
    ).toBe(true);
  });

  it("frequency fit: who did not buy again, and where it is farthest off", () => {
    const { actual, expected } = fitted.byFrequency.columns;
    expect(answerOf(CHARTS["frequency fit"]({}))).toContain(
      `${actual[0].toLocaleString("en-US")} customers did not buy again, ${Math.round(expected[0]).toLocaleString("en-US")} expected`,
    );
    expect(answerOf(CHARTS["frequency fit of nobody"]({}))).toContain("There are no customers.");
  });

  it("P(alive): the last value, with the time since the last purchase, and a dot for each purchase", () => {
    const chance = Math.round(100 * (silent.points.columns.probabilityAlive.at(-1) ?? 0));
    const answer = answerOf(CHARTS["P(alive) of a customer who fell silent"]({}));
    expect(answer).toContain("29 weeks after the last purchase");
    expect(answer).toMatch(new RegExp(`(?<!\\d)${chance}%`));
    expect(chance).toBeGreaterThan(10);
    const line = rowsOf(CHARTS["P(alive) of a customer who fell silent"]({})).filter((row) => "order" in row);
    const { time, probabilityAlive } = silent.points.columns;
    expect(line.map((row) => row.time)).toEqual(time);
    line.forEach(({ alive }, i) => {
      // Six digits are drawn.
      expect(Number(alive)).toBeCloseTo(probabilityAlive[i], 6);
    });
    const dots = rowsOf(CHARTS["P(alive) of a customer who fell silent"]({})).filter(
      (row) => "purchase" in row,
    );
    expect(dots.map(({ time }) => time)).toEqual([0, 2, 5, 9, 12, 15, 31]);
  });

  it("a thinned line keeps its ends and its purchases", () => {
    const spec = CHARTS["P(alive) of thousands of points"]({});
    const line = rowsOf(spec).filter((row) => "order" in row);
    expect(line.length).toBeLessThan(620);
    expect([line[0]?.time, line.at(-1)?.time]).toEqual([0, 40]);
    for (const at of [3.21, 7.77])
      expect(line.filter(({ time }) => time === at).length).toBeGreaterThanOrEqual(2);
  });

  it("frequency and recency: the impossible stays white", () => {
    const boxes = rowsOf(CHARTS["BG/BB by frequency and recency"]({})).filter(
      (row) => "repeat purchases" in row,
    );
    // Of six opportunities the last at 1 to 6, with 1 to as many purchases; and one without any.
    expect(boxes).toHaveLength(21 + 1);
    expect(answerOf(CHARTS["BG/BB by frequency and recency"]({}))).toContain("in the next 5 opportunities");
  });

  it.each([
    ["tenths", [0.1, 0.25, 0.4, 3.2]],
    ["cents of one", [0.01, 0.02, 0.04, 0.045]],
    ["millionths", [1e-6, 2e-6, 4e-6, 9e-6]],
    ["losses", [-0.3, -0.1, 0.2, 0.4]],
    ["hundreds", [120, 180, 260, 390]],
  ])("value: classes of %s have names of their own", (_, list) => {
    const spec = lifetimeValueChart(lifetimeValueDistribution(list));
    const labels = new Set(rowsOf(spec).flatMap((row) => row["lifetime value"] ?? []));
    expect(labels.size).toBe(lifetimeValueDistribution(list).byClass.length);
    expect([...labels].some((label) => /(\S+) to \1$/.test(String(label)))).toBe(false);
  });

  it("value: customers are the weights summed", () => {
    const columns = { value: [5, 12, 40], weight: [1000, 200, 34] };
    expect(answerOf(lifetimeValueChart(lifetimeValueDistribution({ columns })))).toContain(
      "n = 1,234 customers",
    );
  });

  it("value: mean, median and the highest class; losses have no share of nothing", () => {
    expect(answerOf(CHARTS["value with losses"]({}))).toContain("Mean 24, median 2.");
    expect(answerOf(CHARTS["value of losses alone"]({}))).toContain("do not add up to more than zero");
    expect(answerOf(CHARTS["value in rupiah"]({}))).toContain("Rp ");
  });

  it("refuses a measure that there is not", () => {
    expect(() => transactionTrackingChart(weekly, { measure: "both" as "incremental" })).toThrow(
      /measure is both: pass/,
    );
  });
});
