import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { betaNodes } from "../../../src/lifetime/models/mixing-nodes.js";
import { relativeError } from "../../statistics/relative-error.js";

const shape = fc.double({ min: Math.log(1e-3), max: Math.log(1e4), noNaN: true }).map(Math.exp);

function meanOf(nodes: ReturnType<typeof betaNodes>, f: (point: number, complement: number) => number) {
  let sum = 0;
  for (let i = 0; i < nodes.length; i++) sum += nodes.weight[i] * f(nodes.point[i], nodes.complement[i]);
  return sum;
}

describe("betaNodes", () => {
  test("the first moments of p and 1 - p, from U-shaped to sharp", () => {
    fc.assert(
      fc.property(shape, shape, (a, b) => {
        const nodes = betaNodes(a, b, 1e-18);
        const total = a + b;
        // Beyond the log-odds of 40 functions of p are flat, 1 - p is not, which counts where p is 1 almost surely.
        // The weights of both ends are rounded as exponentials of up to 1e4: 1e-12.
        expect(
          relativeError(
            meanOf(nodes, (p) => p),
            a / total,
          ),
        ).toBeLessThan(1e-11);
        expect(
          relativeError(
            meanOf(nodes, (_, q) => q),
            b / total,
          ),
        ).toBeLessThan(b < 0.05 ? 1e-9 : 1e-11);
        expect(
          relativeError(
            meanOf(nodes, (p, q) => p * q),
            (a * b) / (total * (total + 1)),
          ),
        ).toBeLessThan(b < 0.05 ? 1e-9 : 1e-11);
      }),
    );
  });

  test("few points, whatever the shapes", () => {
    fc.assert(
      fc.property(shape, (a) => {
        expect(betaNodes(Math.min(a, 10), a, 1e-18).length).toBeLessThan(500);
      }),
    );
  });
});
