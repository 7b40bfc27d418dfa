import { expect, test } from "vitest";
import { retentionUplift } from "../../src/retention/plan/retention-uplift.js";

// S. Gupta, D. R. Lehmann, "Customers as Assets", Journal of Interactive Marketing 17(1), 2003, 9-24: a customer is worth
// the yearly margin times the multiple r / (1 + i - r), and r / (1 + i - r (1 + g)) where the margin grows by g.

const multiple = (retention: number, discountRate: number, growth = 0) =>
  retentionUplift({
    profit: 1,
    growth,
    retention,
    uplift: 0,
    discountRate,
    timing: "end",
    survivorsAt: "end",
  }).before.value;

test("at 80 % retention and 10 % discount the multiple is 2.67; with 3 % growth a margin of 100 is worth 289.86", () => {
  expect(multiple(0.8, 0.1)).toBeCloseTo(2.67, 2);
  expect(multiple(0.8, 0.1)).toBeCloseTo(8 / 3, 12);
  expect(100 * multiple(0.8, 0.1, 0.03)).toBeCloseTo(289.855072464, 9);
});

test.each([0.6, 0.7, 0.8, 0.9])("the multiple of retention %s is their formula", (retention) => {
  for (const rate of [0.08, 0.1, 0.12, 0.14, 0.16]) {
    expect(multiple(retention, rate)).toBeCloseTo(retention / (1 + rate - retention), 12);
    expect(multiple(retention, rate, 0.05)).toBeCloseTo(retention / (1 + rate - retention * 1.05), 12);
  }
});
