import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { fitBetaDiscreteWeibull } from "../../src/lifetime/contracts/fit-beta-discrete-weibull.js";
import { relativeError } from "../statistics/relative-error.js";

// Maxima with c from 8 to 283 at 700 digits: see mpmath-steep-weibull.py.

interface Reference {
  readonly survivors: readonly number[];
  readonly estimates: readonly [alpha: number, beta: number, c: number];
  readonly standardErrors: readonly [alpha: number, beta: number, c: number];
  readonly logLikelihood: number;
}

const reference: readonly Reference[] = JSON.parse(
  readFileSync(new URL("./mpmath-steep-weibull.json", import.meta.url), "utf8"),
);

describe("survivors with a first drop apart", () => {
  for (const { survivors, estimates, standardErrors, logLikelihood } of reference) {
    const [alpha, beta, c] = estimates;
    test.each([
      ["from the built-in starts", undefined],
      ["from a start of one's own", [{ alpha: 0.05, beta: 1.3, c: 40 }]],
      ["from nearby", [{ alpha: alpha * 1.5, beta: beta * 1.2, c: c * 0.9 }]],
    ])(`c = ${c}, %s`, (_, starts) => {
      const fit = fitBetaDiscreteWeibull(survivors, { period: "year", starts });
      if (!fit.converged) throw new Error(fit.reason);
      expect(relativeError(fit.logLikelihood, logLikelihood)).toBeLessThan(1e-13);
      for (const [i, name] of (["alpha", "beta", "c"] as const).entries()) {
        // Ridges so flat (standard errors of 70 and more percent) leave the maximum known to the rounding of its slopes.
        expect(relativeError(fit.parameters[name], estimates[i])).toBeLessThan(1e-9);
        expect(relativeError(fit.standardErrors[name], standardErrors[i])).toBeLessThan(1e-7);
      }
    });
  }
});
