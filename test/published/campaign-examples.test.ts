import { expect, test } from "vitest";
import { fisherExact } from "../../src/statistics/fisher-exact.js";
import { twoProportionTest } from "../../src/statistics/two-proportion-test.js";
import { wilsonInterval } from "../../src/statistics/wilson-interval.js";

// Worked examples of campaign uplift and satisfied customers, computed in Python (math, scipy.stats) apart from this
// code. Relative 1e-12: the last digits of the normal quantile and of the sums differ.
const digits = 12;

test("84 of 120 customers satisfied: Wilson's 95 % interval", () => {
  const { lower, upper, confidenceLevel } = wilsonInterval(84, 120);
  expect(lower).toBeCloseTo(0.6128485756752643, digits);
  expect(upper).toBeCloseTo(0.7747437577572543, digits);
  expect(confidenceLevel).toBe(0.95);
});

test("530 of 10,000 against 460 of 10,000: uplift by the z test", () => {
  const treatment = { successes: 530, trials: 10_000 };
  const control = { successes: 460, trials: 10_000 };
  const result = twoProportionTest(treatment, control, { interval: "wald" });
  expect(result.treatment.value).toBe(0.053);
  expect(result.control.value).toBe(0.046);
  expect(result.difference).toBeCloseTo(0.007, 15);
  expect(result.relativeLift).toBeCloseTo(0.15217391304347827, digits);
  expect(result.z).toBeCloseTo(2.2819408457859804, digits);
  expect(result.pValue).toBeCloseTo(0.022492832909959626, digits);
  expect(result.interval?.lower).toBeCloseTo(0.0009884674287100482, digits);
  expect(result.interval?.upper).toBeCloseTo(0.01301153257128995, digits);
});

test("12 of 100 against 4 of 100: Fisher's exact test, and what the z test would have said", () => {
  const treatment = { successes: 12, trials: 100 };
  const control = { successes: 4, trials: 100 };
  expect(fisherExact(treatment, control).pValue).toBeCloseTo(0.06519694306245735, digits);
  const greater = fisherExact(treatment, control, { alternative: "greater" });
  expect(greater.pValue).toBeCloseTo(0.032598471531228676, digits);
  const approximate = twoProportionTest(treatment, control);
  expect(approximate.z).toBeCloseTo(2.085144140570747, digits);
  expect(approximate.pValue).toBeCloseTo(0.037056218564119, digits);
});
