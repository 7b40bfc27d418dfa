import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hypergeometric2F1One } from "../../src/statistics/gauss-hypergeometric.js";
import { thrown } from "../core/thrown.js";
import { relativeError } from "./relative-error.js";

// Values by mpmath: test/published/mpmath-hypergeometric.test.ts.

describe("hypergeometric2F1One", () => {
  test("is elementary at c = b and c = 2, b = 1 (Abramowitz & Stegun 1964, 15.1.3, 15.1.8)", () => {
    for (const z of [-8, -0.3, 0.2, 0.6, 0.95, 1 - 1e-9]) {
      expect(relativeError(hypergeometric2F1One(1.5, 1.5, z), 1 / (1 - z))).toBeLessThan(1e-13);
      expect(relativeError(hypergeometric2F1One(1, 2, z), -Math.log1p(-z) / z)).toBeLessThan(1e-13);
    }
    expect(hypergeometric2F1One(3, 4, 0)).toBe(1);
  });

  test("is a polynomial where b is no positive whole number", () => {
    expect(hypergeometric2F1One(0, 3, 0.7)).toBe(1);
    // 1 - 2/3 z + (-2)(-1)/(3 * 4) z²
    expect(hypergeometric2F1One(-2, 3, 0.5)).toBeCloseTo(1 - 1 / 3 + 1 / 24, 15);
  });

  test("keeps the relation between neighbours: (1 - z) F(c) + (1 - b / c) z F(c + 1) = 1", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 300, noNaN: true }),
        fc.double({ min: 1e-3, max: 6, noNaN: true }),
        fc.double({ min: 1e-9, max: 0.999, noNaN: true }),
        (b, gap, y) => {
          const [c, z] = [b + gap, 1 - y];
          const left = (1 - z) * hypergeometric2F1One(b, c, z);
          const right = (1 - b / c) * z * hypergeometric2F1One(b, c + 1, z);
          // Both are positive; their error is that of the functions.
          expect(left + right).toBeCloseTo(1, 11);
        },
      ),
    );
  });

  test.each([
    [Number.NaN, 1, 0.5, "b", "NaN"],
    [1, 0, 0.5, "c", "0"],
    [1, 2, 1, "z", "1"],
    [1, 2, Number.NEGATIVE_INFINITY, "z", "-Infinity"],
  ])("refuses b %d, c %d, z %d", (b, c, z, path, value) => {
    const error = thrown(() => hypergeometric2F1One(b, c, z));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", path]);
    expect(error.message).toContain(`${path} is ${value}`);
  });
});
