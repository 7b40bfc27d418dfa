import { describe, expect, test } from "vitest";
import { curveAt, curveCost, smoothCurve } from "../../../src/lifetime/models/smooth-curve.js";

function worst(f: (at: number) => number, from: number, to: number, floor = 0): number {
  const curve = smoothCurve(f, from, to, floor) ?? expect.fail("not smooth");
  const errors = Array.from({ length: 2001 }, (_, i) => {
    const at = from + ((to - from) * i) / 2000;
    return Math.abs(curveAt(curve, at) - f(at)) / Math.max(Math.abs(f(at)), floor);
  });
  return Math.max(...errors);
}

describe("smoothCurve", () => {
  // Rounding of the function, of its sum and of what is left out: some 1e-14 together.
  test.each([
    ["exp over seven powers of e", Math.exp, -5, 2],
    ["a power of a sum", (u: number) => (0.3 + Math.exp(u)) ** -2.7, 1, 5],
    ["a polynomial", (u: number) => 1 + u + u ** 5, 0, 4],
    ["a pole beside the range, found by halving", (u: number) => 1 / (u - 0.6), 1, 3],
    ["a constant", () => 7, 2, 2],
  ])("%s to 3e-14", (_, f, from, to) => {
    expect(worst(f, from, to)).toBeLessThan(3e-14);
  });

  test("what crosses zero has errors relative to the floor", () => {
    expect(smoothCurve(Math.sin, -1, 1, 0)).toBeNull();
    expect(worst(Math.sin, -1, 1, 1)).toBeLessThan(3e-14);
  });

  test.each([
    ["a corner", (u: number) => 1 + Math.abs(u - 0.3)],
    ["a jump", (u: number) => (u < 0.3 ? 1 : 2)],
    ["no number", (u: number) => (u < 0.3 ? 1 : Number.NaN)],
    ["infinity", () => Number.POSITIVE_INFINITY],
  ])("%s is no smooth curve", (_, f) => {
    expect(smoothCurve(f, 0, 1, 0)).toBeNull();
  });

  test("takes as many computations as it says where the function is easy", () => {
    let calls = 0;
    smoothCurve(
      (u) => {
        calls++;
        return Math.exp(u);
      },
      0,
      2.2,
      0,
    );
    expect(calls).toBe(curveCost(0, 2.2));
  });
});
