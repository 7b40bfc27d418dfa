import { describe, expect, it } from "vitest";
import { expectedLifetime } from "../../../src/retention/lifetimes/expected-lifetime.js";

// Of customers whose chance to leave is beta-distributed with a = b = 1, 1/2, 1/3, 1/4, 1/5 ... are left after 1, 2, 3, 4
// ... renewals: retention rises, r_t = t / (t + 1) (Fader & Hardie 2007, P(t) and r_t of the sBG model).
const rates = (periods: number) => Array.from({ length: periods }, (_, i) => (i + 1) / (i + 2));

describe("trap 30: lifetime as 1 / churn, though retention rises with tenure", () => {
  it("1 / churn of the first period is 2, and the first five periods alone bring 137/60", () => {
    expect(expectedLifetime(rates(1)[0] ?? 0).periods).toBe(2);
    const { periods, survival } = expectedLifetime(rates(4));
    [1, 1 / 2, 1 / 3, 1 / 4, 1 / 5].forEach((left, t) => {
      expect(survival[t]).toBeCloseTo(left, 15);
    });
    expect(periods).toBeCloseTo(137 / 60, 14);
  });

  it("1 / churn of the pooled base is 2.604 after four renewals, and goes on growing with the cohort's age", () => {
    // At risk 1 + 1/2 + 1/3 + 1/4 = 25/12, lost 4/5: churn 48/125.
    const afterFour = expectedLifetime(1 - 48 / 125).periods ?? 0;
    expect(afterFour).toBeCloseTo(125 / 48, 12);
    expect(afterFour).toBeLessThan(expectedLifetime(rates(100)).periods ?? 0);
  });

  it("with the last rate going on for ever: 37/12 after four renewals", () => {
    // 137/60 + 1/5 x (4/5) / (1/5).
    expect(expectedLifetime(rates(4), { tail: "lastRate" }).periods).toBeCloseTo(37 / 12, 13);
  });

  it("in truth it has no end: 100 renewals are the 101st harmonic number, 5.197 periods, and so on", () => {
    const harmonic = Array.from({ length: 101 }, (_, i) => 1 / (i + 1)).reduce((sum, part) => sum + part, 0);
    expect(expectedLifetime(rates(100)).periods).toBeCloseTo(harmonic, 12);
    expect(harmonic).toBeCloseTo(5.1973, 3);
  });

  it("with one rate, the assumption is shown: it is the tail", () => {
    expect(expectedLifetime(0.5).tailRate).toBe(0.5);
    expect(expectedLifetime(rates(4)).tailRate).toBeNull();
  });
});
