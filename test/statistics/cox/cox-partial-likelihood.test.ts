import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CoxRow, readCoxData } from "../../../src/statistics/cox/cox-data.js";
import { type CoxDesign, coxDesign } from "../../../src/statistics/cox/cox-design.js";
import { type CoxTies, coxObjective } from "../../../src/statistics/cox/cox-partial-likelihood.js";
import { atRisk, coxRows, eventGroups } from "../random-cox-data.js";

const slopes = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 2, maxLength: 2 });
const shape = { entry: true, weight: true, strata: true };

/** The definition, term by term: Breslow (1974), Efron (1977), with the mean weight of the events of a time. */
function logLikelihood(rows: readonly CoxRow[], coefficients: readonly number[], ties: CoxTies): number {
  const height = ({ covariates }: CoxRow) => coefficients[0] * covariates.a + coefficients[1] * covariates.b;
  const sum = (some: readonly CoxRow[], of: (row: CoxRow) => number) =>
    some.reduce((total, row) => total + of(row), 0);
  const weight = (row: CoxRow) => row.weight ?? 1;
  const terms = eventGroups(rows).map((events) => {
    const risk = sum(
      atRisk(rows, events[0].duration, events[0].stratum),
      (row) => weight(row) * Math.exp(height(row)),
    );
    const tied = sum(events, (row) => weight(row) * Math.exp(height(row)));
    const mean = sum(events, weight) / events.length;
    const logs = events.map((_, k) => Math.log(ties === "efron" ? risk - (k / events.length) * tied : risk));
    return sum(events, (row) => weight(row) * height(row)) - mean * logs.reduce((a, b) => a + b, 0);
  });
  return terms.reduce((total, term) => total + term, 0);
}

/** Coefficients of standardized covariates. */
function standardized({ scales }: CoxDesign, coefficients: readonly number[]): number[] {
  return coefficients.map((slope, at) => slope * scales[at]);
}

describe.each(["efron", "breslow"] as const)("the partial likelihood, %s", (ties) => {
  test("is that of the definition, with truncation, weights and strata", () => {
    fc.assert(
      fc.property(coxRows(shape), slopes, (rows, coefficients) => {
        const design = coxDesign(readCoxData(rows));
        const { value } = coxObjective(design, ties)(standardized(design, coefficients));
        const expected = -logLikelihood(rows, coefficients, ties);
        // 1e-11: exponents up to 12 and sums of 24 terms, in two orders.
        expect(Math.abs(value - expected)).toBeLessThan(1e-11 * Math.max(1, Math.abs(expected)));
      }),
    );
  });

  test("has the slopes and the curvature of its value", () => {
    fc.assert(
      fc.property(coxRows(shape), slopes, (rows, coefficients) => {
        const design = coxDesign(readCoxData(rows));
        const objective = coxObjective(design, ties);
        const at = standardized(design, coefficients);
        const { gradient, hessian } = objective(at);
        const step = 1e-4;
        at.forEach((_, i) => {
          const moved = (by: number) => objective(at.map((value, k) => (k === i ? value + by : value)));
          const [up, down] = [moved(step), moved(-step)];
          // Central differences: error of the order of step squared times third derivatives, which are sums over events.
          const tolerance = 1e-5 * rows.length;
          expect(Math.abs((up.value - down.value) / (2 * step) - gradient[i])).toBeLessThan(tolerance);
          at.forEach((_, j) => {
            const slope = (up.gradient[j] - down.gradient[j]) / (2 * step);
            expect(Math.abs(slope - hessian[i][j])).toBeLessThan(tolerance);
          });
        });
      }),
    );
  });

  test("stays finite however far the coefficients go", () => {
    fc.assert(
      fc.property(coxRows(shape), slopes, (rows, coefficients) => {
        const design = coxDesign(readCoxData(rows));
        const far = coefficients.map((slope) => slope * 1e5);
        const { value, gradient, hessian } = coxObjective(design, ties)(far);
        expect([value, ...gradient, ...hessian.flat()].every(Number.isFinite)).toBe(true);
      }),
    );
  });
});

test("who enters late with a huge risk leaves no rounding behind", () => {
  // Going back in time the late ones join with risks of e^57 to e^60 and leave again: what is left must be exact.
  const late = [60, 58.3, 59.1, 57.7, 58.9, 59.6].map((a, at) => ({
    duration: 9 - at / 8,
    event: at === 0,
    entry: 6 - at / 8,
    covariates: { a, b: at },
  }));
  const early = [
    { duration: 2, event: true, covariates: { a: 1, b: 0 } },
    { duration: 4, event: false, covariates: { a: 0, b: 0 } },
    { duration: 8, event: false, covariates: { a: 2, b: 1 } },
  ];
  const design = coxDesign(readCoxData([...late, ...early]));
  const { value } = coxObjective(design, "efron")(standardized(design, [1, 0]));
  // At 9 the first alone: 0. At 2 the early ones: log(e + 1 + e^2) - 1.
  expect(value).toBeCloseTo(Math.log(Math.E + 1 + Math.E ** 2) - 1, 12);
});
