import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { distinctHistories } from "../../../src/lifetime/models/distinct-histories.js";
import { readHistories } from "../../../src/lifetime/models/purchase-histories.js";
import { paretoNbdKernel } from "../../../src/lifetime/pareto-nbd/pareto-nbd-kernel.js";
import { paretoNbdObjective } from "../../../src/lifetime/pareto-nbd/pareto-nbd-likelihood.js";
import { simulatedHistories } from "./simulated-histories.js";

// Values, gradients and Hessians by mpmath: test/published/mpmath-pareto-nbd.test.ts.

const drawn = simulatedHistories({ r: 0.6, alpha: 6, s: 0.7, beta: 12 }, 60, 4);
const one = drawn.x.map(() => 1);
const z = drawn.x.map((_, i) => (i % 3) - 1);
const histories = distinctHistories(readHistories({ ...drawn, covariates: { one, z } }, {}), ["one", "z"]);
const plain = paretoNbdObjective(histories);
const logarithm = fc.double({ min: -2, max: 5, noNaN: true });
const point = fc.tuple(logarithm, logarithm, logarithm, logarithm);
const effect = fc.double({ min: -1, max: 1, noNaN: true });
/** A sum over 60 histories, of terms of the size of the whole. */
const close = (got: number, want: number) =>
  expect(Math.abs(got - want)).toBeLessThan(1e-11 * (1 + Math.abs(want)));

describe("paretoNbdObjective", () => {
  test("is the sum of the kernel's log-likelihoods, which come another way", () => {
    fc.assert(
      fc.property(point, (at) => {
        const [r, alpha, s, beta] = at.map(Math.exp);
        const kernel = paretoNbdKernel({ r, alpha, s, beta });
        const total = drawn.x.reduce(
          (sum, x, i) => sum + kernel.logLikelihood(x, drawn.tx[i], drawn.T[i]),
          0,
        );
        close(plain(at).value, -total);
      }),
    );
  });

  test("effects of 0 are none, with the same derivatives by the parameters", () => {
    const some = paretoNbdObjective(histories, { transaction: [1], dropout: [0, 1] });
    fc.assert(
      fc.property(point, (at) => {
        const with0 = some([...at, 0, 0, 0]);
        const without = plain(at);
        close(with0.value, without.value);
        for (let i = 0; i < 4; i++) {
          close(with0.gradient[i], without.gradient[i]);
          for (let k = 0; k < 4; k++) close(with0.hessian[i][k], without.hessian[i][k]);
        }
      }),
    );
  });

  test("is infinite, not NaN, where a step went astray", () => {
    const some = paretoNbdObjective(histories, { transaction: [0], dropout: [] });
    expect(plain([0, 0, 0, -800]).value).toBe(Number.POSITIVE_INFINITY);
    expect(plain([0, Number.NaN, 0, 0]).value).toBe(Number.POSITIVE_INFINITY);
    expect(some([0, 0, 0, 0, 1e5]).value).toBe(Number.POSITIVE_INFINITY);
  });

  test("a covariate that is the same for all rescales alpha and beta", () => {
    const constant = paretoNbdObjective(histories, { transaction: [0], dropout: [0] });
    fc.assert(
      fc.property(point, effect, effect, (at, buying, leaving) => {
        const [logR, logAlpha, logS, logBeta] = at;
        const rescaled = plain([logR, logAlpha - buying, logS, logBeta - leaving]);
        const got = constant([...at, buying, leaving]);
        close(got.value, rescaled.value);
        close(got.gradient[4], -rescaled.gradient[1]);
        close(got.gradient[5], -rescaled.gradient[3]);
        close(got.hessian[4][5], rescaled.hessian[1][3]);
        close(got.hessian[5][2], -rescaled.hessian[3][2]);
      }),
    );
  });
});
