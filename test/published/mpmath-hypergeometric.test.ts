import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { hypergeometric2F1One } from "../../src/statistics/gauss-hypergeometric.js";
import { scaledExponentialIntegral } from "../../src/statistics/tricomi-u.js";
import { relativeError } from "../statistics/relative-error.js";

// Values by mpmath at 60 digits: see mpmath-hypergeometric.py.

const { hypergeometric, integral } = JSON.parse(
  readFileSync(new URL("./mpmath-hypergeometric.json", import.meta.url), "utf8"),
) as {
  readonly hypergeometric: readonly (readonly [b: number, c: number, z: number, value: number])[];
  readonly integral: readonly (readonly [a: number, z: number, value: number])[];
};

test("2F1(1, b; c; z) over all its ways of computing", () => {
  for (const [b, c, z, value] of hypergeometric) {
    // The largest is 1.5e-13, at b above 1,000 with a thousand steps of the continued fraction.
    expect(relativeError(hypergeometric2F1One(b, c, z), value), `${b}, ${c}, ${z}`).toBeLessThan(
      b > 50 ? 2e-13 : 2e-14,
    );
  }
});

test("exp(z) E_a(z) over all its ways of computing", () => {
  for (const [a, z, value] of integral) {
    // The largest is 9.7e-15.
    expect(relativeError(scaledExponentialIntegral(a, z), value), `${a}, ${z}`).toBeLessThan(2e-14);
  }
});
