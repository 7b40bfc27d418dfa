import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digamma } from "../../src/statistics/digamma.js";
import { logBeta } from "../../src/statistics/log-beta.js";
import { logGamma } from "../../src/statistics/log-gamma.js";
import { trigamma } from "../../src/statistics/trigamma.js";
import { thrown } from "../core/thrown.js";
import { relativeError } from "./relative-error.js";

// Arguments spread over magnitudes, not only over numbers.
const positive = fc.double({ min: -9, max: 6, noNaN: true }).map((power) => 10 ** power);
const ulp = 2 ** -52;

describe("logGamma", () => {
  test("is log (n - 1)! at whole numbers", () => {
    let factorial = 1n;
    for (let n = 1; n <= 170; n++) {
      // Number(factorial) is rounded once; the logarithm damps that further.
      expect(Math.abs(logGamma(n) - Math.log(Number(factorial)))).toBeLessThanOrEqual(
        4 * ulp * Math.max(1, Math.log(Number(factorial))),
      );
      factorial *= BigInt(n);
    }
  });

  test("is exactly 0 at 1 and 2", () => {
    expect(logGamma(1)).toBe(0);
    expect(logGamma(2)).toBe(0);
  });

  test("follows log Gamma(x + 1) = log Gamma(x) + log x", () => {
    fc.assert(
      fc.property(positive, (x) => {
        // x + 1 rounds, which moves the left side by digamma(x + 1) times that; then a few units of the largest term.
        const scale = Math.abs(logGamma(x)) + Math.abs(Math.log(x)) + (x + 1) * Math.log(x + 2);
        expect(Math.abs(logGamma(x + 1) - logGamma(x) - Math.log(x))).toBeLessThanOrEqual(4 * ulp * scale);
      }),
    );
  });

  test("follows Legendre's duplication formula", () => {
    fc.assert(
      fc.property(positive, (x) => {
        const right = logGamma(x) + logGamma(x + 0.5) + (2 * x - 1) * Math.LN2 - 0.5 * Math.log(Math.PI);
        const scale = 1 + Math.abs(logGamma(x)) + Math.abs(logGamma(2 * x)) + x;
        expect(Math.abs(logGamma(2 * x) - right)).toBeLessThanOrEqual(8 * ulp * scale);
      }),
    );
  });

  test("joins its pieces without a step", () => {
    for (const edge of [0.5, 1.5, 2.5, 10]) {
      // One unit in the last place of x moves the value by less than 3 of its own near these points.
      expect(Math.abs(logGamma(edge) - logGamma(edge - edge * ulp))).toBeLessThan(2e-14);
    }
  });

  test("overflows to Infinity, never to NaN", () => {
    expect(logGamma(Number.MAX_VALUE)).toBe(Infinity);
  });
});

describe("digamma", () => {
  test("follows psi(x + 1) = psi(x) + 1 / x", () => {
    fc.assert(
      fc.property(positive, (x) => {
        const scale = Math.abs(digamma(x)) + 1 / x + 1;
        expect(Math.abs(digamma(x + 1) - digamma(x) - 1 / x)).toBeLessThanOrEqual(4 * ulp * scale);
      }),
    );
  });

  test("is the slope of logGamma", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 100, noNaN: true }), (x) => {
        const h = 1e-4 * x;
        const slope = (logGamma(x + h) - logGamma(x - h)) / (2 * h);
        // Central difference: h^2 psi''(x) / 6 is below 1e-8 (1 + 1 / x), rounding below that.
        expect(Math.abs(slope - digamma(x))).toBeLessThan(1e-7 * (1 + 1 / x));
      }),
    );
  });

  test("grows", () => {
    fc.assert(
      fc.property(positive, (x) => {
        expect(digamma(1.001 * x)).toBeGreaterThan(digamma(x));
      }),
    );
  });

  test("changes sign between the two doubles around its root", () => {
    expect(digamma(1.4616321449683622)).toBeLessThan(0);
    expect(digamma(1.4616321449683625)).toBeGreaterThan(0);
  });
});

describe("trigamma", () => {
  test("follows psi'(x) = psi'(x + 1) + 1 / x^2", () => {
    fc.assert(
      fc.property(positive, (x) => {
        expect(relativeError(trigamma(x + 1) + 1 / (x * x), trigamma(x))).toBeLessThan(1e-14);
      }),
    );
  });

  test("is the slope of digamma", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 100, noNaN: true }), (x) => {
        const h = 1e-4 * x;
        // The difference's own error is h^2 psi'''(x) / 6, relative 2e-8; digamma's rounding over h adds up to 1e-8.
        expect(relativeError((digamma(x + h) - digamma(x - h)) / (2 * h), trigamma(x))).toBeLessThan(1e-7);
      }),
    );
  });
});

describe("logBeta", () => {
  test("does not care for the order", () => {
    fc.assert(
      fc.property(positive, positive, (a, b) => {
        expect(logBeta(a, b)).toBe(logBeta(b, a));
      }),
    );
  });

  test("follows B(a, b) = B(a + 1, b) + B(a, b + 1)", () => {
    const moderate = fc.double({ min: 0.01, max: 100, noNaN: true });
    fc.assert(
      fc.property(moderate, moderate, (a, b) => {
        const whole = logBeta(a, b);
        const parts = Math.exp(logBeta(a + 1, b) - whole) + Math.exp(logBeta(a, b + 1) - whole);
        // Logarithms up to 140, exact to a few units in the last place, then exp: 1e-13.
        expect(Math.abs(parts - 1)).toBeLessThan(1e-13);
      }),
    );
  });

  test("is the logarithm of an exact fraction for whole numbers", () => {
    for (let a = 1; a <= 12; a++) {
      let product = 1;
      for (let i = 0; i < a; i++) product *= (40 + i) / (i + 1);
      // B(a, b) = 1 / (a C(a + b - 1, a)) with b = 40.
      expect(relativeError(logBeta(a, 40), -Math.log(a * product))).toBeLessThan(1e-14);
    }
  });
});

describe("bad input", () => {
  const calls: [string, string, string, () => number][] = [
    ["logGamma at 0", "x", "0", () => logGamma(0)],
    ["logGamma below 0", "x", "-0.5", () => logGamma(-0.5)],
    ["logGamma of NaN", "x", "NaN", () => logGamma(Number.NaN)],
    ["logGamma at infinity", "x", "Infinity", () => logGamma(Infinity)],
    ["logGamma of text", "x", '"3"', () => logGamma("3" as unknown as number)],
    ["digamma at 0", "x", "0", () => digamma(0)],
    ["trigamma below 0", "x", "-1", () => trigamma(-1)],
    ["logBeta, first", "a", "0", () => logBeta(0, 1)],
    ["logBeta, second", "b", "-2", () => logBeta(1, -2)],
  ];
  test.each(calls)("%s", (_name, path, value, call) => {
    const error = thrown(call);
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path });
    expect(error.message).toContain(value);
  });
});
