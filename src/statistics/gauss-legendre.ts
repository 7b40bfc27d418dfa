/** Where to take an integrand on (-1, 1), and how much each value counts. @internal */
export interface LegendreRule {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/**
 * What are the nodes and weights of the Gauss-Legendre rule with so many points (Abramowitz & Stegun 1964, 25.4.29)?
 *
 * @param points - A whole number from 1 to some 100.
 * @internal
 */
export function gaussLegendreRule(points: number): LegendreRule {
  const nodes = new Float64Array(points);
  const weights = new Float64Array(points);
  for (let i = 0; i < points; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (points + 0.5));
    let slope = 1;
    for (let round = 0; round < 6; round++) {
      let before = 1;
      let p = x;
      for (let n = 2; n <= points; n++) {
        const next = ((2 * n - 1) * x * p - (n - 1) * before) / n;
        before = p;
        p = next;
      }
      slope = (points * (before - x * p)) / (1 - x * x);
      x -= p / slope;
    }
    nodes[i] = x;
    weights[i] = 2 / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
}
