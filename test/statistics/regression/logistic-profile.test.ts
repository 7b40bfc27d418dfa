import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { minimizeNewton } from "../../../src/statistics/minimize-newton.js";
import { readLogisticData } from "../../../src/statistics/regression/logistic-data.js";
import {
  type LogisticDesign,
  logisticDesign,
  logisticObjective,
} from "../../../src/statistics/regression/logistic-likelihood.js";
import { profileLimits, tangentLimit } from "../../../src/statistics/regression/logistic-profile.js";
import {
  type ProfileStart,
  searchedLimit,
} from "../../../src/statistics/regression/logistic-profile-search.js";
import { logisticRegression } from "../../../src/statistics/regression/logistic-regression.js";

// That the limits equal R's confint is tested in published/r-logistic.test.ts.

/** The start for a slope of the design itself, whose contrast is the slope alone. */
function slopeOf(
  outcome: readonly number[],
  covariates: Readonly<Record<string, readonly number[]>>,
  at: number,
): { readonly design: LogisticDesign; readonly start: ProfileStart } {
  const design = logisticDesign(readLogisticData({ outcome, covariates }));
  const origin = new Array<number>(design.size).fill(0);
  const newton = minimizeNewton(logisticObjective({ ...design, offset: null }), origin, { tolerance: 1e-13 });
  const covariances = newton.inverseHessian?.[at] ?? [];
  return {
    design,
    start: {
      at,
      contrast: origin.map((_, i) => (i === at ? 1 : 0)),
      estimate: newton.minimizer[at],
      standardError: Math.sqrt(covariances[at]),
      minimizer: newton.minimizer,
      covariances,
      minimum: newton.value,
      criticalZ: 1.959963984540054,
    },
  };
}

describe("profile limits", () => {
  const row = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }), fc.boolean());
  test("Newton's steps and the search by bracketing end at the same values, on either side", () => {
    let compared = 0;
    fc.assert(
      fc.property(fc.array(row, { minLength: 12, maxLength: 40 }), (rows) => {
        const outcome = rows.map(([, , y]) => Number(y));
        const covariates = { a: rows.map(([a]) => a), b: rows.map(([, b]) => b) };
        fc.pre(logisticRegression({ outcome, covariates }, { profile: false }).converged);
        const { design, start } = slopeOf(outcome, covariates, 1);
        for (const side of [-1, 1] as const) {
          const [stepped, searched] = [tangentLimit(design, start, side), searchedLimit(design, start, side)];
          if (stepped === null || searched === null) continue;
          compared++;
          expect(side * (stepped - start.estimate)).toBeGreaterThan(0);
          // Both promise 1e-9 standard errors of slope in the root of the loss; a flat likelihood stretches that.
          expect(Math.abs(stepped - searched) / start.standardError).toBeLessThan(1e-6);
        }
      }),
      { numRuns: 60, seed: 8 },
    );
    expect(compared).toBeGreaterThan(60);
  });

  test("where Newton's steps run away, the search finds the limit, and the loss there is the one looked for", () => {
    // All but separated: of the rows with 7 and 8 some are 0 and some are 1, below 7 all are 0.
    const x = [7, 3, 8, 2, 0, 4, 7, 8, 7, 0, 1, 8, 3, 2, 9, 5, 0, 1];
    const outcome = [0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0];
    const { design, start } = slopeOf(outcome, { x }, 1);
    expect(tangentLimit(design, start, -1)).toBeNull();
    const limits = profileLimits(design, start) ?? [];
    expect(limits).toHaveLength(2);
    for (const limit of limits) {
      const fixed = minimizeNewton(
        logisticObjective({
          size: 1,
          x: new Float64Array(outcome.length).fill(1),
          outcome: design.outcome,
          offset: Float64Array.from(x, (_, row) => design.x[2 * row + 1] * limit),
        }),
        [0],
      );
      // The search promises 1e-9 in the root of twice this.
      expect(fixed.value - start.minimum).toBeCloseTo(start.criticalZ ** 2 / 2, 7);
    }
  });

  test("the intercept of data far from 0 has limits of its own, the same by both ways", () => {
    const x = [101, 102, 103, 104, 105, 106, 107, 108];
    const outcome = [0, 0, 1, 0, 1, 0, 1, 1];
    const { design, start } = slopeOf(outcome, { x }, 1);
    // The log odds at x = 0, not at the mean of x.
    const contrast = [1, -design.means[0] / design.scales[0]];
    const origin = [0, 0];
    const newton = minimizeNewton(logisticObjective({ ...design, offset: null }), origin, {
      tolerance: 1e-13,
    });
    const covariances = (newton.inverseHessian ?? []).map(
      (row) => row[0] * contrast[0] + row[1] * contrast[1],
    );
    const estimate = newton.minimizer[0] + newton.minimizer[1] * contrast[1];
    const standardError = Math.sqrt(covariances[0] + covariances[1] * contrast[1]);
    const intercept = { ...start, at: 0, contrast, covariances, estimate, standardError };
    for (const side of [-1, 1] as const) {
      const stepped = tangentLimit(design, intercept, side) ?? Number.NaN;
      const searched = searchedLimit(design, intercept, side) ?? Number.NaN;
      // 1e-9 standard errors are promised of each.
      expect(Math.abs(stepped - searched) / standardError).toBeLessThan(1e-7);
    }
  });

  test("too few steps, or none that is finite, is no limit and no endless search", () => {
    const { design, start } = slopeOf([0, 1, 0, 1, 1, 0], { x: [1, 2, 3, 4, 5, 6] }, 1);
    expect(tangentLimit(design, { ...start, minimizer: [1e4, 1e4] }, 1)).toBeNull();
    expect(tangentLimit(design, { ...start, standardError: 0 }, 1)).toBeNull();
  });
});
