import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { regularizedBeta } from "../../src/statistics/incomplete-beta.js";
import { regularizedGammaP, regularizedGammaQ } from "../../src/statistics/incomplete-gamma.js";
import { logBeta } from "../../src/statistics/log-beta.js";
import { logGamma } from "../../src/statistics/log-gamma.js";
import { thrown } from "../core/thrown.js";
import { relativeError } from "./relative-error.js";

const shape = fc.double({ min: -3, max: 5, noNaN: true }).map((power) => 10 ** power);
/** A place in the distribution, in standard deviations from the mean. */
const place = fc.double({ min: -6, max: 6, noNaN: true });
const gammaPoint = fc
  .tuple(shape, place)
  .map(([a, z]) => ({ a, x: Math.max(a + z * Math.sqrt(a), a * 10 ** -Math.abs(z)) }));
const betaPoint = fc.tuple(shape, shape, place).map(([a, b, z]) => {
  const mean = a / (a + b);
  const spread = Math.sqrt((a * b) / (a + b + 1)) / (a + b);
  return { a, b, x: Math.min(Math.max(mean + z * spread, mean / 100), 1 - (1 - mean) / 100) };
});

describe("regularizedGammaP and regularizedGammaQ", () => {
  test("sum to 1", () => {
    fc.assert(
      fc.property(gammaPoint, ({ a, x }) => {
        expect(Math.abs(regularizedGammaP(a, x) + regularizedGammaQ(a, x) - 1)).toBeLessThan(1e-13);
      }),
    );
  });

  test("follow P(a + 1, x) = P(a, x) - x^a exp(-x) / Gamma(a + 1)", () => {
    fc.assert(
      fc.property(gammaPoint, ({ a, x }) => {
        const step = Math.exp(a * Math.log(x) - x - logGamma(a + 1));
        // The naive step cancels terms of size a log x: that many units in the last place are its own error.
        const tolerance = 1e-13 + 1e-15 * (a * Math.abs(Math.log(x)) + x) * step;
        expect(Math.abs(regularizedGammaP(a, x) - step - regularizedGammaP(a + 1, x))).toBeLessThan(
          tolerance,
        );
      }),
    );
  });

  test("are exponential sums at whole shapes", () => {
    for (const x of [0.01, 0.5, 1, 3, 10, 40, 100]) {
      let term = Math.exp(-x);
      let sum = 0;
      for (let n = 1; n <= 30; n++) {
        sum += term;
        term *= x / n;
        // Q(n, x) = exp(-x) (1 + x + ... + x^(n - 1) / (n - 1)!): thirty positive terms.
        expect(relativeError(regularizedGammaQ(n, x), sum)).toBeLessThan(2e-14);
      }
    }
  });

  test("grow and fall with x", () => {
    fc.assert(
      fc.property(gammaPoint, fc.double({ min: 1e-6, max: 1, noNaN: true }), ({ a, x }, factor) => {
        const further = x * (1 + factor);
        expect(regularizedGammaP(a, further)).toBeGreaterThanOrEqual(regularizedGammaP(a, x) * (1 - 1e-13));
        expect(regularizedGammaQ(a, further)).toBeLessThanOrEqual(regularizedGammaQ(a, x) * (1 + 1e-13));
      }),
    );
  });

  test("join the methods without a step", () => {
    // Either side of the shape where the integral takes over, and of x = a and x = 1.1 where the series end.
    for (const z of [-5, -1, 0, 1, 5]) {
      const x = 200 + z * Math.sqrt(200);
      const below = regularizedGammaP(200 - 1e-10, x);
      expect(relativeError(regularizedGammaP(200, x), below)).toBeLessThan(1e-10);
    }
    for (const a of [0.3, 0.99]) {
      expect(relativeError(regularizedGammaQ(a, 1.1 - 1e-14), regularizedGammaQ(a, 1.1))).toBeLessThan(1e-13);
    }
  });

  test("end at the ends", () => {
    expect(regularizedGammaP(2, 0)).toBe(0);
    expect(regularizedGammaQ(2, 0)).toBe(1);
    expect(regularizedGammaP(2, Infinity)).toBe(1);
    expect(regularizedGammaQ(2, Infinity)).toBe(0);
    expect(regularizedGammaQ(1e6, 1e300)).toBe(0);
  });
});

describe("regularizedBeta", () => {
  test("is symmetric: I_x(a, b) = 1 - I_(1-x)(b, a)", () => {
    fc.assert(
      fc.property(betaPoint, ({ a, b, x: raw }) => {
        // A multiple of 2^-40, so that 1 - x is exact and both sides ask the same question.
        const x = Math.round(raw * 2 ** 40) / 2 ** 40;
        expect(Math.abs(regularizedBeta(x, a, b) + regularizedBeta(1 - x, b, a) - 1)).toBeLessThan(1e-13);
      }),
    );
  });

  test("follows I_x(a, b) = I_x(a + 1, b) + x^a (1 - x)^b / (a B(a, b))", () => {
    fc.assert(
      fc.property(betaPoint, ({ a, b, x }) => {
        const exponent = a * Math.log(x) + b * Math.log1p(-x);
        const step = Math.exp(exponent - logBeta(a, b)) / a;
        // The naive step cancels two large exponents: units in their last place are its own error.
        const tolerance = 1e-13 + 2e-15 * Math.abs(exponent) * step;
        expect(Math.abs(regularizedBeta(x, a + 1, b) + step - regularizedBeta(x, a, b))).toBeLessThan(
          tolerance,
        );
      }),
    );
  });

  test("is a binomial sum at whole shapes, here exactly by integers", () => {
    // I_(k/16)(a, b) = P(at least a successes in a + b - 1 trials of chance k/16).
    for (const [a, b] of [
      [1, 1],
      [2, 5],
      [7, 3],
      [20, 20],
      [3, 40],
    ] as const) {
      const n = a + b - 1;
      for (const k of [1, 3, 8, 13, 15]) {
        let coefficient = 1n;
        let sum = 0n;
        for (let j = 0; j <= n; j++) {
          if (j >= a) sum += coefficient * BigInt(k) ** BigInt(j) * BigInt(16 - k) ** BigInt(n - j);
          coefficient = (coefficient * BigInt(n - j)) / BigInt(j + 1);
        }
        const exact = Number((sum * 10n ** 60n) / 16n ** BigInt(n)) / 1e60;
        expect(relativeError(regularizedBeta(k / 16, a, b), exact)).toBeLessThan(1e-13);
      }
    }
  });

  test("has closed forms at a = 1, b = 1 and a = b = 1/2", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 0.999999, noNaN: true }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (x, s) => {
          expect(relativeError(regularizedBeta(x, s, 1), x ** s)).toBeLessThan(2e-13);
          expect(relativeError(regularizedBeta(x, 1, s), -Math.expm1(s * Math.log1p(-x)))).toBeLessThan(
            2e-13,
          );
          const arc = (2 / Math.PI) * Math.asin(Math.sqrt(x));
          expect(relativeError(regularizedBeta(x, 0.5, 0.5), arc)).toBeLessThan(2e-13);
        },
      ),
    );
  });

  test("grows with x", () => {
    fc.assert(
      fc.property(betaPoint, fc.double({ min: 0, max: 1, noNaN: true }), ({ a, b, x }, share) => {
        const further = x + share * (1 - x);
        expect(regularizedBeta(further, a, b)).toBeGreaterThanOrEqual(regularizedBeta(x, a, b) * (1 - 1e-13));
      }),
    );
  });

  test("ends at the ends", () => {
    expect(regularizedBeta(0, 2, 3)).toBe(0);
    expect(regularizedBeta(1, 2, 3)).toBe(1);
  });
});

describe("bad input", () => {
  const calls: [string, string, string, () => number][] = [
    ["shape 0", "a", "0", () => regularizedGammaP(0, 1)],
    ["infinite shape", "a", "Infinity", () => regularizedGammaQ(Infinity, 1)],
    ["negative limit", "x", "-1", () => regularizedGammaP(1, -1)],
    ["limit NaN", "x", "NaN", () => regularizedGammaQ(1, Number.NaN)],
    ["x above 1", "x", "1.5", () => regularizedBeta(1.5, 1, 1)],
    ["beta shape a", "a", "-1", () => regularizedBeta(0.5, -1, 1)],
    ["beta shape b", "b", "NaN", () => regularizedBeta(0.5, 1, Number.NaN)],
  ];
  test.each(calls)("%s", (_name, path, value, call) => {
    const error = thrown(call);
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path });
    expect(error.message).toContain(value);
  });
});
