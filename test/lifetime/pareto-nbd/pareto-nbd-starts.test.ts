import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/core/random.js";
import { drawUniform } from "../../../src/core/random-draws.js";
import { fitParetoNbd } from "../../../src/lifetime/pareto-nbd/fit-pareto-nbd.js";
import { expectSame, fitted, TRUE, WEEKS } from "./expect-fit.js";
import { simulatedHistories } from "./simulated-histories.js";

const CDNOW = { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 };

describe.each([
  ["customers who buy much", TRUE],
  ["customers as of CDNOW", CDNOW],
])("%s", (_, truth) => {
  const customers = simulatedHistories(truth, 800, 1);
  const fit = fitted(fitParetoNbd(customers, WEEKS));

  test("any start, each parameter wrong by a factor of up to 55, leads to the same maximum", () => {
    const wrong = fc.double({ min: -4, max: 4, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(wrong, wrong, wrong, wrong), ([r, alpha, s, beta]) => {
        const start = {
          r: Math.exp(r),
          alpha: 10 * Math.exp(alpha),
          s: Math.exp(s),
          beta: 10 * Math.exp(beta),
        };
        const other = fitted(fitParetoNbd(customers, { ...WEEKS, starts: [start] }));
        expectSame(other, fit);
        expect(Math.abs(other.logLikelihood - fit.logLikelihood)).toBeLessThan(1e-8);
      }),
      { numRuns: 25 },
    );
  });
});

// Of 120 customers many bases fix no model: there a start may end elsewhere, but says so, and never higher.
test("few customers: no start leads higher than the built-in ones, 12 bases with 8 starts each", () => {
  const random = seededRandom(17);
  const wrong = () => Math.exp(drawUniform(random, -3, 3));
  const ends = { same: 0, failed: 0 };
  for (let base = 1; base <= 12; base++) {
    const customers = simulatedHistories(CDNOW, 120, 100 + base);
    const fit = fitParetoNbd(customers, WEEKS);
    const highest = fit.logLikelihood ?? expect.fail("nothing was searched");
    for (let k = 0; k < 8; k++) {
      const start = { r: wrong(), alpha: 10 * wrong(), s: wrong(), beta: 10 * wrong() };
      const other = fitParetoNbd(customers, { ...WEEKS, starts: [start] });
      // Of a boundary the likelihood is reached in the limit: by where a search ended it is off by less than this.
      expect(other.logLikelihood ?? Number.NEGATIVE_INFINITY).toBeLessThan(highest + 1e-3);
      if (other.converged && fit.converged) {
        expectSame(other, fit);
        ends.same++;
      } else {
        if (!other.converged) expect(other.reason.length).toBeGreaterThan(20);
        ends.failed++;
      }
    }
  }
  // Both happen.
  expect(Math.min(ends.same, ends.failed)).toBeGreaterThan(0);
});
