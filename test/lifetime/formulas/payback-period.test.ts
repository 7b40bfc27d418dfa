import { expect, test } from "vitest";
import { type PaybackPeriodOptions, paybackPeriod } from "../../../src/lifetime/formulas/payback-period.js";
import { thrown } from "../thrown.js";

const monthly: PaybackPeriodOptions = {
  acquisitionCost: 1200,
  margin: 80,
  retention: 0.98,
  discountRate: 0.1,
  timing: "end",
  periodsPerYear: 12,
};

test("1200 to win, 80 % of 100 a month: 15 months; longer for the average customer, longer still discounted", () => {
  // The second and third summed month by month in Python.
  const { staying, expected, discounted } = paybackPeriod(monthly);
  expect(staying).toEqual({ periods: 15, reason: null });
  expect(expected.periods).toBeCloseTo(17.657090098252535, 10);
  expect(discounted.periods).toBeCloseTo(19.333525834989672, 10);
});

test("margins by period, the last in proportion; rounding does not delay", () => {
  const rates = { ...monthly, retention: 1, discountRate: 0 };
  expect(paybackPeriod({ ...rates, acquisitionCost: 50, margin: [-10, 40, 40] }).staying.periods).toBe(2.5);
  expect(paybackPeriod({ ...rates, acquisitionCost: 0.3, margin: 0.1 }).staying.periods).toBeCloseTo(3, 12);
});

test("never: null with what is missing", () => {
  const { staying, expected } = paybackPeriod({ ...monthly, acquisitionCost: 6000 });
  expect(staying.periods).toBe(75);
  expect(expected.periods).toBeNull();
  expect(expected.reason).toContain("of 6000 is still to be earned back");
  expect(paybackPeriod({ ...monthly, margin: [80, 80] }).staying.reason).toBe(
    "after 2 periods 1040 of 1200 is still to be earned back",
  );
  expect(paybackPeriod({ ...monthly, retention: [0.9, 0.9] }).expected.periods).toBeNull();
});

test.each([
  [{ acquisitionCost: 0 }, "options.acquisitionCost"],
  [{ margin: [] }, "options.margin"],
  [{ margin: [1, Number.NaN] }, "options.margin[1]"],
  [{ timing: "now" }, "options.timing"],
  [{ discountRate: -2 }, "options.discountRate"],
])("%o names %s", (change, path) => {
  const error = thrown(() => paybackPeriod({ ...monthly, ...change } as PaybackPeriodOptions));
  expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path });
});

test("who is gone pays nothing back, at whatever rate; no NaN", () => {
  const gone = { acquisitionCost: 100, margin: 1, retention: 0, discountRate: -0.9, timing: "end" } as const;
  expect(paybackPeriod(gone).discounted.reason).toBe(
    "after 100000 periods 90 of 100 is still to be earned back",
  );
  const error = thrown(() => paybackPeriod({ ...gone, margin: -1e308, retention: 1 }));
  expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: "options.margin" });
});
