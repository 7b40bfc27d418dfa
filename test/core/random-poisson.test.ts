import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/random.js";
import { drawPoisson, poissonLogProbability } from "../../src/core/random-poisson.js";
import { chiSquareFit, mean, variance } from "./goodness-of-fit.js";
import { thrown } from "./thrown.js";

// Enough that a constant of the method that is wrong in its second digit shows.
const N = 500_000;

function sampleOf(seed: number, expected: number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: N }, () => drawPoisson(random, expected));
}

/** The definition, with ln k! as a sum. */
function poissonPmf(expected: number): (k: number) => number {
  const logFactorials = [0];
  return (k) => {
    for (let i = logFactorials.length; i <= k; i++)
      logFactorials.push((logFactorials[i - 1] ?? 0) + Math.log(i));
    return Math.exp(-expected + k * Math.log(expected) - (logFactorials[k] ?? 0));
  };
}

describe("poissonLogProbability", () => {
  it("is the logarithm of the definition", () => {
    for (const expected of [10, 25.5, 300]) {
      const pmf = poissonPmf(expected);
      for (let k = 0; k <= 3 * expected; k++) {
        // The definition itself loses about 2 log10(k) of its 16 digits.
        const exact = pmf(k);
        if (exact > 1e-300)
          expect(Math.abs(poissonLogProbability(k, expected) - Math.log(exact))).toBeLessThan(1e-11);
      }
    }
  });

  it("sums to 1 for a mean where the definition has no digits left", () => {
    // Within 9 standard deviations lies all but 1e-18; 1.8e8 terms would be slow, so every millionth.
    const expected = 1e14;
    const step = 1e6;
    let sum = 0;
    for (let k = expected - 9e7; k <= expected + 9e7; k += step)
      sum += Math.exp(poissonLogProbability(k, expected));
    // The trapezoid rule on a bell curve of width 1e7 by steps of 1e6 is exact to far below the tolerance.
    expect(Math.abs(sum * step - 1)).toBeLessThan(1e-7);
  });
});

describe("drawPoisson", () => {
  // On both sides of the change of method at 10, of the exact factorials at 18, and far above.
  it.each([0.1, 1, 4, 9.99, 10, 10.5, 18, 30, 400, 5000])(
    "has the Poisson distribution with mean %s",
    (expected) => {
      const { statistic, critical } = chiSquareFit(sampleOf(21, expected), poissonPmf(expected));
      expect(statistic).toBeLessThan(critical);
    },
  );

  it.each([0.1, 4, 30, 400, 1e6, 1e12])("has mean and variance %s", (expected) => {
    const sample = sampleOf(22, expected);
    expect(sample.every((k) => Number.isSafeInteger(k) && k >= 0)).toBe(true);
    // Four standard errors; the excess kurtosis is 1 / mean.
    expect(Math.abs(mean(sample) - expected)).toBeLessThan(4 * Math.sqrt(expected / N));
    expect(Math.abs(variance(sample) - expected)).toBeLessThan(
      4 * expected * Math.sqrt((1 / expected + 2) / N),
    );
  });

  it("draws nothing where nothing is expected, and whole numbers at the largest mean", () => {
    expect(sampleOf(23, 0).every((k) => k === 0)).toBe(true);
    expect(Number.isSafeInteger(drawPoisson(seededRandom(1), 1e15))).toBe(true);
  });

  it("ends for a source that begins with the extreme uniforms", () => {
    for (const u of [0, 1 - 2 ** -53]) {
      const rest = seededRandom(1);
      let first = true;
      const random = () => {
        if (!first) return rest();
        first = false;
        return u;
      };
      const drawn = drawPoisson(random, 12);
      expect(Number.isSafeInteger(drawn) && drawn >= 0).toBe(true);
    }
  });

  it("refuses a mean that is negative, too large or no number", () => {
    for (const bad of [-1, 1e16, Number.NaN]) {
      const error = thrown(() => drawPoisson(seededRandom(1), bad));
      expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "mean"]);
      expect(error.message).toContain(String(bad));
    }
  });
});
