import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { betaCdf, betaPdf, betaQuantile } from "../../src/statistics/beta-distribution.js";
import { chiSquareCdf, chiSquareQuantile } from "../../src/statistics/chi-square.js";
import { gammaCdf, gammaPdf, gammaQuantile } from "../../src/statistics/gamma-distribution.js";
import { normalCdf, normalPdf, normalQuantile } from "../../src/statistics/normal.js";
import { studentTCdf, studentTQuantile } from "../../src/statistics/student-t.js";
import type { Tail } from "../../src/statistics/tail.js";
import { thrown } from "../core/thrown.js";
import { relativeError } from "./relative-error.js";

const shape = fc.double({ min: -1, max: 4, noNaN: true }).map((power) => 10 ** power);
/** The probability of the smaller tail, down to 1e-200. */
const smallTail = fc.double({ min: -200, max: -0.31, noNaN: true }).map((power) => 10 ** power);
const tail = fc.constantFrom<Tail>("lower", "upper");

describe("a quantile undoes the cumulative probability", () => {
  // x carries one rounding, which moves log P by (x f / P) units in the last place: up to 500 (the exponent of
  // 1e-200) for the normal, sqrt(shape) times that for large shapes. So the tolerances, on P itself:
  test("normal", () => {
    fc.assert(
      fc.property(smallTail, tail, (p, tail) => {
        expect(relativeError(normalCdf(normalQuantile(p, { tail }), { tail }), p)).toBeLessThan(1e-12);
      }),
    );
  });

  test("gamma and chi-square", () => {
    fc.assert(
      fc.property(smallTail, tail, shape, (p, tail, a) => {
        const x = gammaQuantile(p, a, 3, { tail });
        const y = chiSquareQuantile(p, a, { tail });
        // Below 1e-300 a double has fewer digits to hold the answer.
        fc.pre(x > 1e-300 && y > 1e-300);
        expect(relativeError(gammaCdf(x, a, 3, { tail }), p)).toBeLessThan(2e-11);
        expect(relativeError(chiSquareCdf(y, a, { tail }), p)).toBeLessThan(2e-11);
      }),
    );
  });

  test("beta", () => {
    fc.assert(
      fc.property(smallTail, tail, shape, shape, (p, tail, a, b) => {
        const x = betaQuantile(p, a, b, { tail });
        // Next to 1 the doubles are too coarse for x to hold the answer: 1 - x is then the quantile to ask for.
        fc.pre(x > 1e-300 && x < 0.9);
        expect(relativeError(betaCdf(x, a, b, { tail }), p)).toBeLessThan(2e-11);
      }),
    );
  });

  test("Student t", () => {
    fc.assert(
      fc.property(smallTail, tail, shape, (p, tail, df) => {
        const t = studentTQuantile(p, df, { tail });
        fc.pre(Number.isFinite(t));
        expect(relativeError(studentTCdf(t, df, { tail }), p)).toBeLessThan(2e-11);
      }),
    );
  });
});

describe("the two tails", () => {
  const anywhere = fc.double({ min: -40, max: 40, noNaN: true });

  test("sum to 1", () => {
    fc.assert(
      fc.property(anywhere, shape, shape, (x, a, b) => {
        const y = Math.abs(x) / 40;
        const sums = [
          normalCdf(x) + normalCdf(x, { tail: "upper" }),
          studentTCdf(x, a) + studentTCdf(x, a, { tail: "upper" }),
          gammaCdf(x, a, 2) + gammaCdf(x, a, 2, { tail: "upper" }),
          chiSquareCdf(x, a) + chiSquareCdf(x, a, { tail: "upper" }),
          betaCdf(y, a, b) + betaCdf(y, a, b, { tail: "upper" }),
        ];
        for (const sum of sums) expect(Math.abs(sum - 1)).toBeLessThan(1e-13);
      }),
    );
  });

  test("mirror each other where the distribution is symmetric", () => {
    fc.assert(
      fc.property(anywhere, shape, (x, df) => {
        expect(normalCdf(-x)).toBe(normalCdf(x, { tail: "upper" }));
        expect(studentTCdf(-x, df)).toBe(studentTCdf(x, df, { tail: "upper" }));
      }),
    );
    fc.assert(
      fc.property(smallTail, shape, (p, df) => {
        expect(normalQuantile(p)).toBe(-normalQuantile(p, { tail: "upper" }));
        expect(studentTQuantile(p, df)).toBe(-studentTQuantile(p, df, { tail: "upper" }));
      }),
    );
  });

  test("lead to the same quantile from p and from 1 - p", () => {
    // 1 - p is exact for p = k / 1024.
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1023 }), shape, shape, (k, a, b) => {
        const p = k / 1024;
        const upper = { tail: "upper" } as const;
        expect(Math.abs(normalQuantile(p) - normalQuantile(1 - p, upper))).toBeLessThan(1e-14);
        expect(relativeError(gammaQuantile(p, a, 1), gammaQuantile(1 - p, a, 1, upper))).toBeLessThan(1e-13);
        expect(relativeError(betaQuantile(p, a, b), betaQuantile(1 - p, a, b, upper))).toBeLessThan(1e-13);
      }),
    );
  });
});

describe("relations between distributions", () => {
  test("chi-square with 1 degree of freedom is a squared normal", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 37, noNaN: true }), (z) => {
        // z * z rounds: that alone moves the tail by z^2 / 2 units in the last place.
        const both = 2 * normalCdf(z, { tail: "upper" });
        expect(relativeError(chiSquareCdf(z * z, 1, { tail: "upper" }), both)).toBeLessThan(
          1e-15 * (20 + z * z),
        );
      }),
    );
  });

  test("chi-square with 2 degrees of freedom is exponential", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1400, noNaN: true }), (x) => {
        expect(relativeError(chiSquareCdf(x, 2, { tail: "upper" }), Math.exp(-x / 2))).toBeLessThan(1e-13);
      }),
    );
  });

  test("Student t has closed forms with 1 and 2 degrees of freedom", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1e6, noNaN: true }), (t) => {
        expect(relativeError(studentTCdf(t, 1, { tail: "upper" }), Math.atan(1 / t) / Math.PI)).toBeLessThan(
          1e-13,
        );
        const root = Math.sqrt(2 + t * t);
        // (1 - t / root) / 2 without the cancellation.
        expect(relativeError(studentTCdf(t, 2, { tail: "upper" }), 1 / (root * (root + t)))).toBeLessThan(
          1e-13,
        );
      }),
    );
  });

  test("Student t goes over into the normal", () => {
    // The difference is of order t^4 / df.
    for (const t of [-3, -1, 0.5, 2]) expect(Math.abs(studentTCdf(t, 1e9) - normalCdf(t))).toBeLessThan(1e-9);
  });

  test("the gamma distribution scales with its rate", () => {
    fc.assert(
      fc.property(shape, fc.double({ min: 0.1, max: 5, noNaN: true }), (a, factor) => {
        const x = a * factor;
        expect(relativeError(gammaCdf(x / 4, a, 4), gammaCdf(x, a, 1))).toBe(0);
        expect(relativeError(gammaPdf(x / 4, a, 4), 4 * gammaPdf(x, a, 1))).toBeLessThan(1e-15);
        expect(gammaQuantile(0.3, a, 4)).toBe(gammaQuantile(0.3, a, 1) / 4);
      }),
    );
  });
});

describe("densities are the slopes of the cumulative probabilities", () => {
  // Central differences over 2e-4 of a standard deviation: relative error below 1e-6, including the third derivative's.
  const h = 1e-4;
  test("normal", () => {
    fc.assert(
      fc.property(fc.double({ min: -5, max: 5, noNaN: true }), (x) => {
        expect(relativeError((normalCdf(x + h) - normalCdf(x - h)) / (2 * h), normalPdf(x))).toBeLessThan(
          1e-6 + 1e-12 / normalPdf(x),
        );
      }),
    );
  });

  test("gamma and beta", () => {
    const large = fc.double({ min: 1.5, max: 500, noNaN: true });
    fc.assert(
      fc.property(large, large, fc.double({ min: -1, max: 1, noNaN: true }), (a, b, z) => {
        const spread = Math.sqrt(a);
        const x = a + 0.8 * z * spread;
        const d = h * spread;
        const slope = (gammaCdf(x + d, a, 1) - gammaCdf(x - d, a, 1)) / (2 * d);
        expect(relativeError(slope, gammaPdf(x, a, 1))).toBeLessThan(1e-6);
        const width = Math.sqrt((a * b) / (a + b + 1)) / (a + b);
        const y = a / (a + b) + 0.8 * z * width;
        const e = h * width;
        const betaSlope = (betaCdf(y + e, a, b) - betaCdf(y - e, a, b)) / (2 * e);
        expect(relativeError(betaSlope, betaPdf(y, a, b))).toBeLessThan(1e-6);
      }),
    );
  });
});

describe("the ends", () => {
  test("of the probabilities give the ends of the support", () => {
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity]);
    expect([normalQuantile(0, { tail: "upper" }), normalQuantile(1, { tail: "upper" })]).toEqual([
      Infinity,
      -Infinity,
    ]);
    expect([chiSquareQuantile(0, 3), chiSquareQuantile(1, 3)]).toEqual([0, Infinity]);
    expect([gammaQuantile(0, 3, 1, { tail: "upper" }), gammaQuantile(1, 3, 1, { tail: "upper" })]).toEqual([
      Infinity,
      0,
    ]);
    expect([betaQuantile(0, 2, 3), betaQuantile(1, 2, 3)]).toEqual([0, 1]);
    expect([studentTQuantile(0, 5), studentTQuantile(0.5, 5), studentTQuantile(1, 5)]).toEqual([
      -Infinity,
      0,
      Infinity,
    ]);
  });

  test("of the support give the ends of the probabilities", () => {
    expect([normalCdf(-Infinity), normalCdf(Infinity), normalPdf(Infinity)]).toEqual([0, 1, 0]);
    expect([studentTCdf(-Infinity, 3), studentTCdf(Infinity, 3)]).toEqual([0, 1]);
    expect([chiSquareCdf(-1, 3), chiSquareCdf(0, 3), chiSquareCdf(Infinity, 3)]).toEqual([0, 0, 1]);
    expect([betaCdf(-1, 2, 3), betaCdf(0, 2, 3), betaCdf(1, 2, 3), betaCdf(2, 2, 3)]).toEqual([0, 0, 1, 1]);
    expect([
      betaPdf(-1, 2, 3),
      betaPdf(0, 2, 3),
      betaPdf(0, 1, 3),
      betaPdf(0, 0.5, 3),
      betaPdf(1, 3, 1),
    ]).toEqual([0, 0, 3, Infinity, 3]);
    expect([
      gammaPdf(-1, 2, 3),
      gammaPdf(0, 2, 3),
      gammaPdf(0, 1, 3),
      gammaPdf(0, 0.5, 3),
      gammaPdf(Infinity, 2, 3),
    ]).toEqual([0, 0, 3, Infinity, 0]);
  });
});

describe("the far ends of the range", () => {
  test("a gamma density whose power or argument overflows is 0", () => {
    for (const [x, k, rate] of [
      [1e200, 3, 1],
      [1e308, 3, 1],
      [1e308, 30, 3],
      [0.5, 2, 1e308],
    ] as const) {
      expect(gammaPdf(x, k, rate)).toBe(0);
    }
  });

  test("at the limits of the shape the t is normal, and the gamma and beta are their own means", () => {
    // 1e-12: the stated limit for shapes up to 1e6 holds here too.
    expect(relativeError(studentTCdf(-2, 1e300), normalCdf(-2))).toBeLessThan(1e-12);
    expect(relativeError(gammaQuantile(0.3, 1e300, 1), 1e300)).toBeLessThan(1e-12);
    expect(relativeError(betaQuantile(0.3, 1e300, 1e300), 0.5)).toBeLessThan(1e-12);
    expect(relativeError(chiSquareCdf(1, 1e-300), 1)).toBeLessThan(1e-15);
  });
});

describe("bad input", () => {
  const calls: [string, string, string, () => number][] = [
    ["normal of NaN", "x", "NaN", () => normalCdf(Number.NaN)],
    ["normal density of text", "x", '"0"', () => normalPdf("0" as unknown as number)],
    ["normal quantile", "p", "1.2", () => normalQuantile(1.2)],
    ["unknown tail", "options.tail", '"left"', () => normalCdf(0, { tail: "left" as Tail })],
    ["chi-square freedom", "degreesOfFreedom", "0", () => chiSquareCdf(1, 0)],
    ["chi-square freedom, vanishing", "degreesOfFreedom", "5e-324", () => chiSquareCdf(1, 5e-324)],
    ["t freedom, boundless", "degreesOfFreedom", "1e+308", () => studentTCdf(0.5, 1e308)],
    ["beta shape, boundless", "b", "1e+308", () => betaCdf(0.5, 1, 1e308)],
    ["chi-square quantile", "p", "-0.1", () => chiSquareQuantile(-0.1, 2)],
    ["t of NaN", "t", "NaN", () => studentTCdf(Number.NaN, 3)],
    ["t freedom", "degreesOfFreedom", "-1", () => studentTQuantile(0.5, -1)],
    ["gamma shape", "shape", "0", () => gammaCdf(1, 0, 1)],
    ["gamma rate", "rate", "-2", () => gammaQuantile(0.5, 1, -2)],
    ["beta shape", "a", "0", () => betaPdf(0.5, 0, 1)],
    ["beta shape", "b", "Infinity", () => betaQuantile(0.5, 1, Infinity)],
    ["beta probability", "p", "2", () => betaQuantile(2, 1, 1)],
  ];
  test.each(calls)("%s", (_name, path, value, call) => {
    const error = thrown(call);
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path });
    expect(error.message).toContain(value);
  });
});
