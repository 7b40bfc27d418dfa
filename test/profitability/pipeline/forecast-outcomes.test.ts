import { describe, expect, it } from "vitest";
import {
  type ForecastSnapshot,
  forecastOutcomes,
} from "../../../src/profitability/pipeline/forecast-outcomes.js";
import type { OpportunityRow } from "../../../src/profitability/pipeline/opportunity-row.js";
import { pipelineForecast } from "../../../src/profitability/pipeline/pipeline-forecast.js";
import { day, pipeline } from "./deals.js";

/** 100, 300, 200 won in January, February, March. */
const won = [100, 300, 200].map(
  (amount, month): OpportunityRow => ({
    id: `${month}`,
    amount,
    currency: "IDR",
    stage: "proposal",
    openedAt: day(0),
    expectedCloseAt: day(20 + 30 * month),
    closedAt: day(21 + 30 * month),
    outcome: "won",
  }),
);
const snapshot = (at: number, options = {}) => pipelineForecast(won, { pipeline, asOf: day(at), ...options });
const asOf = "2024-04-01";
const mase = (snapshots: ForecastSnapshot[]) =>
  forecastOutcomes(snapshots, won, { asOf }).byAhead[0].mase.value;

describe("MASE of many snapshots", () => {
  // One a month on the first days: forecasts 50, 150, 100; errors 50, 150, 100, mean 100; naive steps 200 and 100, mean 150.
  const monthly = [1, 32, 61].map((at) => snapshot(at));

  it("one a month, by hand", () => {
    expect(mase(monthly)).toBeCloseTo(100 / 150, 12);
  });

  it("the same forecast seen four times a month is no worse", () => {
    const weekly = [1, 5, 10, 15].flatMap((later) => [1, 32, 61].map((at) => snapshot(at + later - 1)));
    expect(mase(weekly)).toBeCloseTo(100 / 150, 12);
  });

  it("in any order", () => {
    expect(mase([monthly[2], monthly[0], monthly[1]])).toBeCloseTo(100 / 150, 12);
  });

  it("a gap between the periods is no step", () => {
    const stored = [monthly[0], monthly[2]].map((one) => ({ ...one, periods: one.periods.slice(0, 1) }));
    expect(forecastOutcomes(stored, won, { asOf }).byAhead[0].mase).toMatchObject({
      value: null,
      reason: "steps of a season in the history: 0",
    });
  });
});

it("a period that ends at asOf is over; actuals above the upper limit are outside", () => {
  const one = snapshot(1);
  const at = (end: number) => forecastOutcomes([one], won, { asOf: end }).outcomes.length;
  expect([at(one.periods[0].end), at(one.periods[0].end - 1)]).toEqual([1, 0]);
  const low = {
    ...one,
    periods: one.periods.map((period) => ({
      ...period,
      interval: { lower: 0, upper: 99, confidenceLevel: 0.95 },
    })),
  };
  const [now] = forecastOutcomes([low], won, { asOf: "2024-02-01" }).byAhead;
  expect([now.periods, now.withinLimits]).toEqual([1, 0]);
});

describe("snapshots that do not fit", () => {
  const stored = (change: (one: Record<string, unknown>) => void) => {
    const one = JSON.parse(JSON.stringify(snapshot(1)));
    change(one);
    return () => forecastOutcomes([snapshot(1), one], won, { asOf });
  };

  it("in another currency", () => {
    const run = stored((one) => {
      one.currency = "USD";
    });
    expect(run).toThrow(expect.objectContaining({ code: "INVALID_ROWS", path: "snapshots[1].currency" }));
    expect(run).toThrow(/"USD" is not IDR/);
  });

  it("of an older shape", () => {
    const run = stored((one) => {
      one.periods = [{ label: "2024-01", index: 1, start: 0, end: 1, won: 0, expected: null }];
    });
    expect(run).toThrow(
      expect.objectContaining({ code: "INVALID_ROWS", path: "snapshots[1].periods[0].expected" }),
    );
    expect(run).toThrow(/interval\.lower: is not a finite number/);
  });

  it("by other periods", () => {
    const other = () =>
      forecastOutcomes([snapshot(1), snapshot(1, { timeZone: "Asia/Jakarta" })], won, { asOf });
    expect(other).toThrow(/is not the same period in all snapshots/);
  });
});
