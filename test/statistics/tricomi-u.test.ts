import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { scaledExponentialIntegral, tricomiU } from "../../src/statistics/tricomi-u.js";
import { thrown } from "../core/thrown.js";
import { relativeError } from "./relative-error.js";

// Values by mpmath: test/published/mpmath-hypergeometric.test.ts.

describe("scaledExponentialIntegral", () => {
  test("lies between 1 / (z + a) and 1 / (z + a - 1), and keeps a E_(a + 1) + z E_a = 1 (DLMF 8.19.12, 8.19.19)", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 500, noNaN: true }),
        fc.double({ min: 1e-9, max: 2000, noNaN: true }),
        (a, z) => {
          const here = scaledExponentialIntegral(a, z);
          expect(here * (z + a)).toBeGreaterThan(1 - 1e-13);
          if (z + a > 1) expect(here * (z + a - 1)).toBeLessThan(1 + 1e-13);
          expect(a * scaledExponentialIntegral(a + 1, z) + z * here).toBeCloseTo(1, 12);
        },
      ),
    );
  });

  test("has its limits at z = 0 and a = 0", () => {
    expect(scaledExponentialIntegral(3, 0)).toBe(0.5);
    expect(scaledExponentialIntegral(1, 0)).toBe(Number.POSITIVE_INFINITY);
    expect(relativeError(scaledExponentialIntegral(0, 0.3), 1 / 0.3)).toBeLessThan(1e-14);
  });

  test.each([
    [-1, 1, "a"],
    [1, -1, "z"],
    [1, Number.POSITIVE_INFINITY, "z"],
  ])("refuses a %d, z %d", (a, z, path) => {
    const error = thrown(() => scaledExponentialIntegral(a, z));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", path]);
  });
});

describe("tricomiU", () => {
  test("is exp(z) E_1(z) at a = 1, 0.5963473623231941 at z = 1 (Gompertz' constant)", () => {
    expect(relativeError(tricomiU(1, 1), 0.5963473623231941)).toBeLessThan(1e-14);
  });

  test("stays finite where exp(z) does not: about 1 / z", () => {
    expect(relativeError(tricomiU(0.5, 1e6), 1e6 ** -0.5)).toBeLessThan(1e-6);
  });
});
