import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/core/random.js";
import { bgNbdCovariateObjective } from "../../../src/lifetime/bg-nbd/bg-nbd-covariate-objective.js";
import { bgNbdObjective } from "../../../src/lifetime/bg-nbd/bg-nbd-likelihood.js";
import { distinctHistories } from "../../../src/lifetime/models/distinct-histories.js";
import { readHistories } from "../../../src/lifetime/models/purchase-histories.js";
import { relativeError } from "../../statistics/relative-error.js";
import { simulatedCustomers } from "./simulated-customers.js";

const customers = simulatedCustomers(300, seededRandom(1), () => ({ r: 0.8, alpha: 5, a: 0.8, b: 2.5 }));

describe("the likelihood with covariates", () => {
  const checked = readHistories(
    { ...customers, covariates: { nil: new Float64Array(300), one: new Float64Array(300).fill(1) } },
    { unit: "week" },
  );
  const plain = bgNbdObjective(distinctHistories(checked), 0);
  const point = [-0.4, 1.7, 0.2, 0.9];

  test("with covariates of zero is the plain one, with all its derivatives", () => {
    const histories = distinctHistories(checked, ["nil"]);
    const got = bgNbdCovariateObjective(
      histories,
      histories.covariates,
      histories.covariates,
    )([...point, 3, -2]);
    const want = plain(point);
    expect(relativeError(got.value, want.value)).toBeLessThan(1e-13);
    for (let k = 0; k < 4; k++) {
      expect(Math.abs(got.gradient[k] - want.gradient[k])).toBeLessThan(1e-9);
      for (let l = 0; l < 4; l++) expect(Math.abs(got.hessian[k][l] - want.hessian[k][l])).toBeLessThan(1e-9);
    }
    expect([got.gradient[4], got.gradient[5]].map(Math.abs)).toEqual([0, 0]);
  });

  test("with a covariate that does not vary is the plain one at rescaled alpha, a and b", () => {
    const histories = distinctHistories(checked, ["one"]);
    const objective = bgNbdCovariateObjective(histories, histories.covariates, histories.covariates);
    fc.assert(
      fc.property(
        fc.double({ min: -2, max: 2, noNaN: true }),
        fc.double({ min: -2, max: 2, noNaN: true }),
        (buy, leave) => {
          const want = plain([point[0], point[1] - buy, point[2] + leave, point[3] + leave]);
          const got = objective([...point, buy, leave]);
          expect(relativeError(got.value, want.value)).toBeLessThan(1e-13);
          expect(Math.abs(got.gradient[4] + want.gradient[1])).toBeLessThan(1e-8);
          expect(Math.abs(got.gradient[5] - want.gradient[2] - want.gradient[3])).toBeLessThan(1e-8);
        },
      ),
    );
  });
});
