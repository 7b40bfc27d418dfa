import { expect } from "vitest";
import type { ObjectiveAtPoint } from "../../src/statistics/minimize-newton.js";

/** Holds gradient and Hessian against central differences of value and gradient, to about half of a double's digits. */
export function expectDerivatives(
  objective: (point: readonly number[]) => ObjectiveAtPoint,
  point: readonly number[],
): void {
  const step = 1e-5;
  const { gradient, hessian } = objective(point);
  const scale = 1 + Math.max(...hessian.flat().map(Math.abs));
  for (let i = 0; i < point.length; i++) {
    const up = objective(point.map((one, k) => (k === i ? one + step : one)));
    const down = objective(point.map((one, k) => (k === i ? one - step : one)));
    const valueError = 1e-9 * scale + (1e-14 * Math.abs(up.value)) / step;
    expect(Math.abs((up.value - down.value) / (2 * step) - gradient[i])).toBeLessThan(valueError);
    for (let k = 0; k < point.length; k++) {
      const slope = (up.gradient[k] - down.gradient[k]) / (2 * step);
      expect(Math.abs(slope - hessian[i][k])).toBeLessThan(1e-8 * scale);
      expect(hessian[i][k]).toBe(hessian[k][i]);
    }
  }
}
