import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/random.js";
import {
  drawBeta,
  drawExponential,
  drawGamma,
  drawGeometric,
  drawInteger,
  drawNormal,
  drawUniform,
} from "../../src/core/random-draws.js";
import { chiSquareFit, kolmogorovSmirnov, mean, normalCdf, variance } from "./goodness-of-fit.js";
import { thrown } from "./thrown.js";

const N = 50_000;

function sampleOf(seed: number, draw: (random: () => number) => number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: N }, () => draw(random));
}

/** Four standard errors of a sample mean. */
function expectMean(sample: readonly number[], expected: number, deviation: number): void {
  expect(Math.abs(mean(sample) - expected)).toBeLessThan((4 * deviation) / Math.sqrt(sample.length));
}

/** Four standard errors of a sample variance: variance * sqrt((excess kurtosis + 2) / n). */
function expectVariance(sample: readonly number[], expected: number, excessKurtosis: number): void {
  const error = expected * Math.sqrt((excessKurtosis + 2) / sample.length);
  expect(Math.abs(variance(sample) - expected)).toBeLessThan(4 * error);
}

function expectFit(sample: readonly number[], cdf: (x: number) => number): void {
  const { distance, critical } = kolmogorovSmirnov(sample, cdf);
  expect(distance).toBeLessThan(critical);
}

describe("drawUniform", () => {
  it("is uniform between its ends", () => {
    expectFit(
      sampleOf(11, (random) => drawUniform(random, -3, 5)),
      (x) => (x + 3) / 8,
    );
  });

  it("never reaches its upper end nor leaves the interval", () => {
    const ends = fc.double({ noNaN: true, noDefaultInfinity: true });
    const u = fc.constantFrom(0, 2 ** -53, 0.5, 1 - 2 ** -53);
    fc.assert(
      fc.property(ends, ends, u, (a, b, share) => {
        const [min, max] = a < b ? [a, b] : [b, a];
        const drawn = drawUniform(() => share, min, max);
        expect(drawn >= min && (drawn < max || min === max)).toBe(true);
      }),
    );
  });

  it("stays below its upper end where the sum of the parts rounds up to it", () => {
    // 2^-53 + 2 (1 - 2^-53) = 2 - 2^-53, half way between two doubles: the even one is 2.
    expect(drawUniform(() => 1 - 2 ** -53, 1, 2)).toBeLessThan(2);
  });

  it("refuses ends in the wrong order, named", () => {
    const error = thrown(() => drawUniform(seededRandom(1), 2, 1));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "max"]);
    expect(error.message).toContain("max is 1, below min 2");
    expect(thrown(() => drawUniform(seededRandom(1), Number.NaN, 1)).path).toBe("min");
  });
});

describe("drawInteger", () => {
  it("draws each number of its range as often", () => {
    const sample = sampleOf(12, (random) => drawInteger(random, -2, 4) + 2);
    const { statistic, critical } = chiSquareFit(sample, (k) => (k <= 6 ? 1 / 7 : 0));
    expect(statistic).toBeLessThan(critical);
    expect(Math.max(...sample)).toBe(6);
  });

  it("stays inside its range for the extreme uniforms", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.maxSafeInteger(), fc.constantFrom(0, 1 - 2 ** -53), (a, b, u) => {
        const [min, max] = a < b ? [a, b] : [b, a];
        fc.pre(Number.isSafeInteger(max - min + 1));
        const drawn = drawInteger(() => u, min, max);
        expect(Number.isSafeInteger(drawn) && drawn >= min && drawn <= max).toBe(true);
      }),
    );
  });

  it("refuses a range too wide, fractions, and ends in the wrong order", () => {
    const widest = thrown(() =>
      drawInteger(seededRandom(1), -Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
    );
    expect([widest.code, widest.path]).toEqual(["INVALID_ARGUMENT", "max"]);
    expect(thrown(() => drawInteger(seededRandom(1), 0.5, 2)).path).toBe("min");
    expect(thrown(() => drawInteger(seededRandom(1), 3, 2)).message).toContain("max is 2");
  });
});

describe("drawNormal", () => {
  const sample = sampleOf(13, (random) => drawNormal(random, 10, 3));

  it("has the normal distribution", () => expectFit(sample, (x) => normalCdf((x - 10) / 3)));

  it("has the normal moments", () => {
    expectMean(sample, 10, 3);
    expectVariance(sample, 9, 0);
    // Third and fourth standardized moments: 0 and 3, with standard errors sqrt(6 / n) and sqrt(24 / n).
    const standardized = sample.map((x) => (x - 10) / 3);
    expect(Math.abs(mean(standardized.map((z) => z ** 3)))).toBeLessThan(4 * Math.sqrt(15 / N));
    expect(Math.abs(mean(standardized.map((z) => z ** 4)) - 3)).toBeLessThan(4 * Math.sqrt(96 / N));
  });

  it("is finite for the extreme uniforms and always takes two", () => {
    for (const u of [0, 1 - 2 ** -53]) expect(Number.isFinite(drawNormal(() => u))).toBe(true);
    let calls = 0;
    const counting = () => {
      calls++;
      return 0.25;
    };
    drawNormal(counting, 0, 1);
    expect(calls).toBe(2);
  });

  it("refuses a negative deviation", () => {
    const error = thrown(() => drawNormal(seededRandom(1), 0, -1));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "standardDeviation"]);
    expect(error.message).toContain("-1");
  });
});

describe("drawExponential", () => {
  it("has the exponential distribution and moments", () => {
    const sample = sampleOf(14, (random) => drawExponential(random, 2));
    expectFit(sample, (x) => 1 - Math.exp(-2 * x));
    expectMean(sample, 1 / 2, 1 / 2);
    expectVariance(sample, 1 / 4, 6);
  });

  it("refuses a rate of 0", () => {
    expect(thrown(() => drawExponential(seededRandom(1), 0)).message).toContain("rate is 0");
  });
});

describe("drawGamma", () => {
  // Cases whose cdf is elementary: exponential, Erlang, chi-square with one degree of freedom.
  it.each<[string, number, (x: number) => number]>([
    ["1 (exponential)", 1, (x) => 1 - Math.exp(-x)],
    ["3 (Erlang)", 3, (x) => 1 - Math.exp(-x) * (1 + x + (x * x) / 2)],
    ["1/2 (half a chi-square)", 0.5, (x) => 2 * normalCdf(Math.sqrt(2 * x)) - 1],
    ["3/2", 1.5, (x) => 2 * normalCdf(Math.sqrt(2 * x)) - 1 - 2 * Math.sqrt(x / Math.PI) * Math.exp(-x)],
  ])("has the gamma distribution at shape %s", (_name, shape, cdf) => {
    expectFit(
      sampleOf(15, (random) => drawGamma(random, shape, 2)),
      (x) => cdf(x / 2),
    );
  });

  it.each([0.01, 0.243, 0.9, 1, 4.5, 200])(
    "has the moments and the Laplace transform of shape %s",
    (shape) => {
      const scale = 3;
      const sample = sampleOf(16, (random) => drawGamma(random, shape, scale));
      expectMean(sample, shape * scale, Math.sqrt(shape) * scale);
      expectVariance(sample, shape * scale * scale, 6 / shape);
      for (const s of [0.1, 1, 10]) {
        // E exp(-s X) = (1 + s scale)^-shape; its own variance follows from the same formula at 2 s.
        const expected = (1 + s * scale) ** -shape;
        const deviation = Math.sqrt(Math.max((1 + 2 * s * scale) ** -shape - expected ** 2, 0));
        const transform = mean(sample.map((x) => Math.exp(-s * x)));
        expect(Math.abs(transform - expected)).toBeLessThan((4 * deviation) / Math.sqrt(N) + 1e-15);
      }
    },
  );

  it("refuses a shape or scale that is not above 0", () => {
    expect(thrown(() => drawGamma(seededRandom(1), 0)).message).toContain("shape is 0");
    expect(thrown(() => drawGamma(seededRandom(1), 1, Number.POSITIVE_INFINITY)).path).toBe("scale");
  });
});

describe("drawBeta", () => {
  it.each<[string, number, number, (x: number) => number]>([
    ["1, 1 (uniform)", 1, 1, (x) => x],
    ["2, 3", 2, 3, (x) => x * x * (6 - 8 * x + 3 * x * x)],
    ["0.3, 1", 0.3, 1, (x) => x ** 0.3],
    ["1, 4.5", 1, 4.5, (x) => 1 - (1 - x) ** 4.5],
    ["1/2, 1/2 (arcsine)", 0.5, 0.5, (x) => (2 / Math.PI) * Math.asin(Math.sqrt(x))],
  ])("has the beta distribution with shapes %s", (_name, alpha, beta, cdf) => {
    expectFit(
      sampleOf(17, (random) => drawBeta(random, alpha, beta)),
      cdf,
    );
  });

  it.each([
    [0.668, 3.806],
    [50, 20],
    [0.001, 0.002],
  ])("has the moments of shapes %s, %s", (alpha, beta) => {
    const sample = sampleOf(18, (random) => drawBeta(random, alpha, beta));
    expect(sample.every((p) => p >= 0 && p <= 1)).toBe(true);
    const sum = alpha + beta;
    expectMean(sample, alpha / sum, Math.sqrt((alpha * beta) / (sum * sum * (sum + 1))));
    const kurtosis =
      (6 * ((alpha - beta) ** 2 * (sum + 1) - alpha * beta * (sum + 2))) /
      (alpha * beta * (sum + 2) * (sum + 3));
    expectVariance(sample, (alpha * beta) / (sum * sum * (sum + 1)), kurtosis);
  });

  it("is all or nothing with the right chance where the shapes are too small for logarithms", () => {
    // The limit of Beta(ka, kb) for k to 0 is a coin that shows 1 with chance a / (a + b): here 3/4, give or take 4
    // standard errors of 2000 throws.
    const random = seededRandom(77);
    const drawn = Array.from({ length: 2000 }, () => drawBeta(random, 15e-324, 5e-324));
    expect(drawn.every((share) => share === 0 || share === 1)).toBe(true);
    const mean = drawn.reduce((sum, share) => sum + share, 0) / 2000;
    expect(Math.abs(mean - 0.75)).toBeLessThan(4 * Math.sqrt((0.75 * 0.25) / 2000));
  });

  it("refuses shapes that are not above 0", () => {
    expect(thrown(() => drawBeta(seededRandom(1), 0, 1)).path).toBe("alpha");
    expect(thrown(() => drawBeta(seededRandom(1), 1, -2)).message).toContain("beta is -2");
  });
});

describe("drawGeometric", () => {
  it.each([0.05, 0.3, 0.9])("has the geometric distribution of trials for p = %s", (p) => {
    const sample = sampleOf(19, (random) => drawGeometric(random, p));
    const { statistic, critical } = chiSquareFit(sample, (k) => (k < 1 ? 0 : p * (1 - p) ** (k - 1)));
    expect(statistic).toBeLessThan(critical);
    expectMean(sample, 1 / p, Math.sqrt(1 - p) / p);
    expectVariance(sample, (1 - p) / (p * p), 6 + (p * p) / (1 - p));
  });

  it("succeeds at once when success is certain, and is a safe integer always", () => {
    for (const u of [0, 0.5, 1 - 2 ** -53]) {
      expect(drawGeometric(() => u, 1)).toBe(1);
      for (const p of [Number.MIN_VALUE, 1e-300, 0.5]) {
        const trials = drawGeometric(() => u, p);
        expect(Number.isSafeInteger(trials) && trials >= 1).toBe(true);
      }
    }
  });

  it("refuses a probability of 0 or above 1", () => {
    for (const p of [0, 1.1, Number.NaN]) {
      const error = thrown(() => drawGeometric(seededRandom(1), p));
      expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "probability"]);
      expect(error.message).toContain(String(p));
    }
  });
});
