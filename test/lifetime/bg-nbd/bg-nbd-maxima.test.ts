import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/core/random.js";
import { fitBgNbd, fitMbgNbd } from "../../../src/lifetime/bg-nbd/fit-bg-nbd.js";
import type { FitFailure } from "../../../src/lifetime/models/model-fit.js";
import { relativeError } from "../../statistics/relative-error.js";
import { simulatedCustomers } from "./simulated-customers.js";

const WEEK = { unit: "week" } as const;

function converged<Fit extends { readonly converged: true }>(fit: Fit | FitFailure): Fit {
  if (!fit.converged) throw new Error(`${fit.code}: ${fit.reason}`);
  return fit;
}

describe("likelihoods with more than one maximum", () => {
  // Of 12 customers the frequent ones left soon. Inside lies a maximum of -49.861; with a, b to infinity it is -48.048.
  const T = [22.3, 30.2, 32.2, 28.5, 35.3, 33.1, 22.4, 25.4, 20.3, 37.4, 31.2, 29.8];
  const few = T.map((time, i) => ({ x: [20, 13, 2][i] ?? 0, tx: [7.56, 22.8, 26.2][i] ?? 0, T: time }));

  test("a maximum that is not the highest is none", () => {
    const fit = fitMbgNbd(few, WEEK);
    if (fit.converged) throw new Error("converged");
    expect([fit.code, fit.names]).toEqual(["BOUNDARY", ["a", "b"]]);
    expect(fit.reason).toContain("a and b run to infinity");
    expect(fit.reason).toContain("at a log-likelihood of -49.861 instead of -48.048");
    expect(fit.logLikelihood).toBeCloseTo(-48.048, 3);
  });

  test("the same from a start next to the lower one and one next to the higher", () => {
    const starts = [
      { r: 0.1, alpha: 0.4, a: 0.5, b: 5 },
      { r: 0.06, alpha: 0.25, a: 5, b: 90 },
    ];
    for (const given of [starts, starts.toReversed()]) {
      expect(fitMbgNbd(few, { ...WEEK, starts: given })).toMatchObject({
        code: "BOUNDARY",
        names: ["a", "b"],
      });
    }
  });

  test.each([91, 104])("300 customers who seldom leave, seed %d: no boundary hides the maximum", (seed) => {
    const truth = { r: 0.29, alpha: 5.16, a: 0.11, b: 3.05 };
    const base = simulatedCustomers(300, seededRandom(seed), () => truth);
    const fit = converged(fitBgNbd(base, WEEK));
    // Where a and b are small, apart from the ends that other starts lead to.
    const near = converged(fitBgNbd(base, { ...WEEK, starts: [{ r: 0.3, alpha: 6, a: 0.01, b: 0.5 }] }));
    // Two searches for one maximum end within the tolerance of 1e-10 of it, mostly by far.
    for (const name of ["r", "alpha", "a", "b"] as const) {
      expect(relativeError(fit.parameters[name], near.parameters[name])).toBeLessThan(1e-9);
    }
    const nobody = fitBgNbd(base, { ...WEEK, starts: [{ r: 0.3, alpha: 6, a: 0.3, b: 300 }] });
    expect(nobody.logLikelihood).toBeLessThan(fit.logLikelihood + 1e-6);
  });

  test("no start leads higher: 40 bases, 15 starts each", () => {
    const random = seededRandom(40);
    const within = (low: number, high: number) => low * Math.exp(random() * Math.log(high / low));
    const start = () => ({
      r: within(0.05, 20),
      alpha: within(1, 100),
      a: within(0.01, 60),
      b: within(0.02, 300),
    });
    for (let base = 0; base < 40; base++) {
      const fitModel = base % 2 === 0 ? fitBgNbd : fitMbgNbd;
      const truth = { r: within(0.1, 3), alpha: within(2, 30), a: within(0.05, 3), b: within(0.2, 9) };
      const some = simulatedCustomers(120, random, () => truth);
      const fit = fitModel(some, WEEK);
      const other = fitModel(some, { ...WEEK, starts: Array.from({ length: 15 }, start) });
      if (fit.converged && other.logLikelihood !== null) {
        // A maximum counts up to 0.1 below an end that is none.
        expect(other.logLikelihood).toBeLessThan(fit.logLikelihood + (other.converged ? 1e-6 : 0.1));
      } else expect(other.converged).toBe(false);
    }
  });
});
