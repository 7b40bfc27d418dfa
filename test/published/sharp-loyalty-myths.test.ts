import { expect, test } from "vitest";
import { expectedLifetime } from "../../src/retention/lifetimes/expected-lifetime.js";
import { retentionUplift } from "../../src/retention/plan/retention-uplift.js";

// B. Sharp, "Loyalty Myths" (marketingscience.info): why 5 points more retention look like twice the profit.

test("halving a defection rate of 10 % doubles the average life from 10 years to 20", () => {
  const { before, after, ratio } = retentionUplift({
    profit: 1,
    retention: 0.9,
    uplift: 0.05,
    discountRate: 0,
    timing: "begin",
  });
  expect(before.value).toBeCloseTo(10, 12);
  expect(after.value).toBeCloseTo(20, 12);
  expect(ratio.value).toBeCloseTo(2, 12);
  expect(expectedLifetime(0.9).periods).toBeCloseTo(10, 12);
  expect(expectedLifetime(0.95).periods).toBeCloseTo(20, 12);
});
