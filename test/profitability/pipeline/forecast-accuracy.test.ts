import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { forecastAccuracy } from "../../../src/profitability/pipeline/forecast-accuracy.js";

describe("forecastAccuracy", () => {
  // By hand: errors 10, -20, 30; |errors| 60, squares 1400; sum of |actuals| 300.
  const months = [
    { forecast: 110, actual: 100 },
    { forecast: 180, actual: 200 },
    { forecast: 30, actual: 0 },
  ];

  it("has each measure by hand", () => {
    const accuracy = forecastAccuracy(months);
    expect(accuracy).toMatchObject({ periods: 3, zeroActuals: 1 });
    expect(accuracy.meanError.value).toBeCloseTo(20 / 3, 12);
    expect(accuracy.meanAbsoluteError.value).toBe(20);
    expect(accuracy.rootMeanSquaredError).toBeCloseTo(Math.sqrt(1400 / 3), 12);
    expect(accuracy.mape).toMatchObject({ denominator: 2 });
    expect(accuracy.mape.value).toBeCloseTo((0.1 + 0.1) / 2, 12);
    expect(accuracy.weightedMape.value).toBe(60 / 300);
    expect(accuracy.bias.value).toBe(20 / 300);
    // Naive steps of the actuals: |200 - 100|, |0 - 200|: mean 150.
    expect(accuracy.mase.value).toBeCloseTo(20 / 150, 12);
  });

  it("scales MASE on a history of its own, by season", () => {
    const history = [10, 20, 14, 22, 18, 20];
    // |14-10|, |22-20|, |18-14|, |20-22|: mean 3.
    expect(forecastAccuracy(months, { history, season: 2 }).mase.value).toBeCloseTo(20 / 3, 12);
  });

  it("is null where nothing can be divided by, and says why", () => {
    const none = forecastAccuracy([]);
    expect([none.mape.value, none.bias.value, none.mase.value, none.rootMeanSquaredError]).toEqual(
      Array(4).fill(null),
    );
    const zeros = forecastAccuracy([
      { forecast: 5, actual: 0 },
      { forecast: 0, actual: 0 },
    ]);
    expect(zeros.mape).toMatchObject({ value: null, reason: "periods with an actual other than 0: 0" });
    expect(zeros.weightedMape.value).toBeNull();
    expect(zeros.mase).toMatchObject({ value: null, reason: "mean absolute error of the naive forecast: 0" });
    expect(forecastAccuracy(months.slice(0, 1)).mase.reason).toBe("steps of a season in the history: 0");
  });

  it("names what is wrong", () => {
    expect(() => forecastAccuracy([{ forecast: Number.NaN, actual: 1 }])).toThrow(
      expect.objectContaining({ code: "INVALID_ROWS", path: "rows[0].forecast" }),
    );
    expect(() => forecastAccuracy(months, { season: 0 })).toThrow(/options\.season is 0/);
    expect(() => forecastAccuracy(months, { history: [1, Number.POSITIVE_INFINITY] })).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT" }),
    );
  });

  const number = fc.integer({ min: -1000, max: 1000 });
  test("any months: a perfect forecast is off by 0; the unit does not matter; naive forecasts have MASE near 1", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ forecast: number, actual: number }), { minLength: 2 }), (rows) => {
        const perfect = forecastAccuracy(rows.map(({ actual }) => ({ forecast: actual, actual })));
        expect(perfect.meanAbsoluteError.value).toBe(0);
        const one = forecastAccuracy(rows);
        // 64 is a power of two: scaling by it is exact.
        const scaled = forecastAccuracy(
          rows.map(({ forecast, actual }) => ({ forecast: 64 * forecast, actual: 64 * actual })),
        );
        for (const field of ["mape", "weightedMape", "bias", "mase"] as const)
          expect(scaled[field].value).toBe(one[field].value);
        // The naive forecast of rows 2.. against the same actuals is its own scale.
        const naive = rows.slice(1).map(({ actual }, i) => ({ forecast: rows[i].actual, actual }));
        const { mase } = forecastAccuracy(naive, { history: rows.map(({ actual }) => actual) });
        if (mase.value !== null) expect(mase.value).toBe(1);
      }),
    );
  });
});
