import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { bgNbdKernel, mbgNbdKernel } from "../../src/lifetime/bg-nbd/bg-nbd-kernel.js";
import { relativeError } from "../statistics/relative-error.js";

// Shapes of the chances to leave up to 1e26, and purchase rates that hardly differ: see mpmath-bg-nbd-extremes.py.

interface Reference {
  readonly extra: 0 | 1;
  readonly parameters: readonly [number, number, number, number];
  readonly history: readonly [x: number, tx: number, T: number];
  readonly time: number;
  readonly discount: number;
  readonly expected: number;
  readonly newCustomer: number;
  readonly aliveAfter: number;
  readonly discountedForEver?: number;
}

const reference: readonly Reference[] = JSON.parse(
  readFileSync(new URL("./mpmath-bg-nbd-extremes.json", import.meta.url), "utf8"),
);

describe("predictions at extreme shapes", () => {
  test.each(reference)("$extra, $parameters, $history, $time", (want) => {
    const [r, alpha, a, b] = want.parameters;
    const kernel = (want.extra === 0 ? bgNbdKernel : mbgNbdKernel)({ r, alpha, a, b });
    const [x, tx, T] = want.history;
    // A double of r near 1e5 makes (1 + p t / rate)^-r uncertain by 1e-12 or so.
    const bound = r > 1e4 ? 1e-11 : 1e-12;
    expect(relativeError(kernel.conditionalExpected(x, tx, T, want.time), want.expected)).toBeLessThan(bound);
    expect(relativeError(kernel.expected(want.time), want.newCustomer)).toBeLessThan(bound);
    expect(relativeError(kernel.alive(x, tx, T, want.time), want.aliveAfter)).toBeLessThan(bound);
    if (want.discountedForEver === undefined) return;
    const forEver = kernel.discounted(x, tx, T, want.discount, null);
    expect(relativeError(forEver, want.discountedForEver)).toBeLessThan(1e-11);
  });
});

test("a shape near the largest number gives an answer at once", () => {
  for (const a of [1e60, 1e150]) {
    const kernel = bgNbdKernel({ r: 0.9, alpha: 4, a, b: 2.5 * a });
    // Everyone leaves with a chance of 2 in 7: (1 - (1 + p t / alpha)^-r) / p.
    const p = 1 / 3.5;
    expect(relativeError(kernel.expected(5), -Math.expm1(-0.9 * Math.log1p((p * 5) / 4)) / p)).toBeLessThan(
      1e-14,
    );
  }
});
