import { expect, test } from "vitest";
import { gaussLegendreRule } from "../../src/statistics/gauss-legendre.js";

test("gaussLegendreRule has the nodes of its table (Abramowitz & Stegun 1964, 25.4)", () => {
  const { nodes, weights } = gaussLegendreRule(3);
  for (const [i, [node, weight]] of [
    [0.774596669241483, 0.555555555555556],
    [0, 0.888888888888889],
    [-0.774596669241483, 0.555555555555556],
  ].entries()) {
    expect(nodes[i]).toBeCloseTo(node, 14);
    expect(weights[i]).toBeCloseTo(weight, 14);
  }
});

test.each([1, 2, 5, 20, 64])(
  "with %d points integrates polynomials up to twice that degree exactly",
  (points) => {
    const { nodes, weights } = gaussLegendreRule(points);
    for (let degree = 0; degree < 2 * points; degree++) {
      const integral = nodes.reduce((sum, node, i) => sum + weights[i] * node ** degree, 0);
      expect(integral).toBeCloseTo(degree % 2 === 1 ? 0 : 2 / (degree + 1), 13);
    }
  },
);
