import { describe, expect, it } from "vitest";
import { liabilityRollForwardChart } from "../../src/charts/liability-roll-forward-chart.js";
import { pointsByAgeChart } from "../../src/charts/points-by-age-chart.js";
import type { ChartOptions, VegaLiteSpec } from "../../src/charts/vega-lite-spec.js";
import { formatMoney } from "../../src/core/format-money.js";
import { money } from "../../src/core/money.js";
import { liabilityRollForward } from "../../src/loyalty/liability/liability-roll-forward.js";
import type { PointMovement } from "../../src/loyalty/liability/point-movement.js";
import { pointRollForward } from "../../src/loyalty/liability/point-roll-forward.js";
import { pointsByAge } from "../../src/loyalty/liability/points-by-age.js";
import { answerOf, itIsReadable, rowsOf } from "./readable.js";

const DAY = 86_400_000;
const START = Date.UTC(2023, 0, 1);
const END = Date.UTC(2025, 0, 1);
type Row = Pick<PointMovement, "at" | "kind" | "points" | "issuedAt" | "expiresAt">;

/** Two years of a club: each week points come; some are spent, some returned, the rest lapses after a year. */
const movements: Row[] = Array.from({ length: 104 }, (_, week) => {
  const issuedAt = START + week * 7 * DAY;
  const expiresAt = issuedAt + 365 * DAY;
  const points = 90_000 + 7_000 * (week % 5);
  const row = (kind: Row["kind"], amount: number, day: number): Row => ({
    at: issuedAt + day * DAY,
    kind,
    points: amount,
    issuedAt,
    expiresAt,
  });
  const spent = Math.floor(points / 3);
  return [
    row("issued", points, 0),
    row("clawedBack", -3_000, 9),
    row("redeemed", -spent, 40),
    row("reversed", 4_000, 55),
    row("redeemed", -spent, 150),
    row("adjusted", 500, 160),
    row("expired", -(points - 3_000 - 2 * spent + 4_000 + 500), 365),
  ];
}).flat();

const points = pointRollForward(movements, { by: "month", asOf: END });
const books = liabilityRollForward(movements, {
  by: "quarter",
  asOf: END,
  allocations: Array.from({ length: 8 }, (_, i) => ({
    cohort: `${2023 + Math.floor(i / 4)}-Q${(i % 4) + 1}`,
    amount: 55_000_000 + i * 1_000_000,
  })),
  estimates: [
    { at: "2023-01-01", redemptionRate: 0.5 },
    { at: "2024-05-01", redemptionRate: 0.95 },
  ],
});
const formatAmount = (amount: number) => formatMoney(money(amount, "IDR"), { locale: "id-ID" });
const aged = pointsByAge(movements, { asOf: END });
const lot = (amount: number, issued: string, expires: string | null) => ({
  points: amount,
  issuedAt: Date.parse(issued),
  expiresAt: expires === null ? null : Date.parse(expires),
});
const few = pointsByAge(
  [lot(300, "2025-05-01", "2025-08-01"), lot(100, "2023-07-01", null), lot(100, "2025-01-01", "2025-12-01")],
  { asOf: "2025-07-01" },
);

const CHARTS: Record<string, (options: ChartOptions) => VegaLiteSpec> = {
  points: (options) => liabilityRollForwardChart(points, options),
  "points by day": (options) =>
    liabilityRollForwardChart(
      pointRollForward(movements, { by: "day", asOf: END, start: "2024-06-01" }),
      options,
    ),
  "money in minor units": (options) => liabilityRollForwardChart(books, options),
  "money in rupiah": (options) => liabilityRollForwardChart(books, { ...options, formatAmount }),
  "one period": (options) =>
    liabilityRollForwardChart(pointRollForward(movements, { by: "year", asOf: "2023-07-01" }), options),
  "no movement": (options) =>
    liabilityRollForwardChart(pointRollForward([], { by: "month", asOf: END }), options),
  "ages of a club": (options) => pointsByAgeChart(aged, options),
  "ages of few": (options) => pointsByAgeChart(few, options),
  "one band": (options) =>
    pointsByAgeChart(
      pointsByAge([lot(1, "2025-05-01", "2025-08-01")], {
        asOf: "2025-07-01",
        ageMonths: [],
        expiryMonths: [],
      }),
      options,
    ),
  "no points": (options) => pointsByAgeChart(pointsByAge([], { asOf: END }), options),
};

describe.each(Object.entries(CHARTS))("%s", (_, chart) => {
  itIsReadable(chart);
});

describe("what the roll-forward says", () => {
  const small = pointRollForward(
    [
      { at: Date.UTC(2025, 0, 5), issuedAt: Date.UTC(2025, 0, 5), kind: "issued", points: 1_000 },
      { at: Date.UTC(2025, 1, 5), issuedAt: Date.UTC(2025, 0, 5), kind: "redeemed", points: -300 },
      { at: Date.UTC(2025, 1, 6), issuedAt: Date.UTC(2025, 0, 5), kind: "expired", points: -200 },
    ],
    { by: "month", asOf: "2025-03-01" },
  );
  it("from where to where, and by what", () => {
    const answer = answerOf(liabilityRollForwardChart(small));
    expect(answer).toContain(
      "Points outstanding went from 0 to 500: issued +1,000, redeemed -300, lapsed -200.",
    );
    expect(answer).toContain("n = 2 periods. As of 2025-03-01.");
    expect(answerOf(CHARTS["no movement"]({}))).toContain("There are no points yet.");
    const ofMoney = answerOf(CHARTS["money in minor units"]({ width: 2_000 }));
    expect(ofMoney).toContain("Deferred revenue went from 0 to");
    expect(books.negativeRevenue).toEqual(["2024-Q2"]);
    expect(ofMoney).toContain("Revenue below 0, taken back by a new estimate: 2024-Q2.");
  });
  it("bars are as long as their movements, what went below what came; the line has the balances", () => {
    const rows = rowsOf(liabilityRollForwardChart(small));
    const bars = rows.filter(({ movement }) => movement !== undefined);
    const length = (name: string) => {
      const bar = bars.find(({ movement }) => movement === name);
      return Number(bar?.bottom) - Number(bar?.top);
    };
    expect(bars.map(({ period, movement, amount }) => [period, movement, amount])).toEqual([
      ["2025-01", "issued", "+1,000"],
      ["2025-02", "redeemed", "-300"],
      ["2025-02", "lapsed", "-200"],
    ]);
    expect(length("redeemed") / length("issued")).toBeCloseTo(0.3, 9);
    expect(length("lapsed") / length("issued")).toBeCloseTo(0.2, 9);
    const [issued, redeemed, lapsed] = bars;
    expect(Number(issued.bottom)).toBeCloseTo(Number(redeemed.top), 9);
    expect(Number(redeemed.bottom)).toBeCloseTo(Number(lapsed.top), 9);
    expect(
      rows.flatMap((row) => (row["at the end"] === undefined ? [] : [row["at the end"]])).slice(0, 2),
    ).toEqual(["1,000", "500"]);
  });
});

describe("what the ages say", () => {
  it("how much lapses soon, how much is old", () => {
    const answer = answerOf(pointsByAgeChart(few));
    expect(answer).toContain(
      "500 points are outstanding: 60% lapse within 3 months, 20% never; 20% are 24 months old or more.",
    );
    expect(answer).toContain("n = 500 points. As of 2025-07-01.");
    const miles = { ...few, pointType: "miles" };
    expect(answerOf(pointsByAgeChart(miles))).toContain(
      "n = 500 points. Points of type miles. As of 2025-07-01.",
    );
    expect(answerOf(CHARTS["one band"]({}))).toContain("1 point is outstanding.");
    expect(answerOf(CHARTS["no points"]({}))).toContain("No points are outstanding.");
  });
  it("parts are as long as their points", () => {
    const parts = rowsOf(pointsByAgeChart(few)).filter(({ age }) => age !== undefined);
    const lengths = parts.map(({ left, right }) => Number(right) - Number(left));
    expect(parts.map(({ age, name, points: amount }) => [age, name, amount])).toEqual([
      ["under 3 months", "lapse within 3 months", "300"],
      ["6 to 12 months", "lapse in 3 to 12 months", "100"],
      ["from 24 months", "never lapse", "100"],
    ]);
    expect(lengths[1] / lengths[0]).toBeCloseTo(1 / 3, 9);
    expect(lengths[2] / lengths[0]).toBeCloseTo(1 / 3, 9);
  });
});
