import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { discountedContractLifetime } from "../../src/lifetime/contracts/contract-lifetime.js";
import type { ContractModel } from "../../src/lifetime/contracts/contract-model.js";
import { fitBetaDiscreteWeibull } from "../../src/lifetime/contracts/fit-beta-discrete-weibull.js";
import { fitShiftedBetaGeometric } from "../../src/lifetime/contracts/fit-shifted-beta-geometric.js";
import { relativeError } from "../statistics/relative-error.js";

// Contract models with mpmath at 50 digits, from likelihoods of lifetimes and sums of survivals: see mpmath-contracts.py.

interface Maximum {
  readonly name: string;
  readonly cohorts: readonly { readonly first: number; readonly survivors: readonly number[] }[];
  readonly estimates: readonly string[];
  readonly standardErrors: readonly string[];
  readonly logLikelihood: string;
}

interface Lifetime {
  readonly parameters: readonly [alpha: number, beta: number, c?: number];
  readonly periods: number;
  readonly rate: number;
  readonly value: string;
}

const reference: {
  readonly shiftedBetaGeometric: readonly Maximum[];
  readonly betaDiscreteWeibull: readonly Maximum[];
  readonly lifetimes: readonly Lifetime[];
} = JSON.parse(readFileSync(new URL("./mpmath-contracts.json", import.meta.url), "utf8"));

function rowsOf({ cohorts }: Maximum) {
  return cohorts.flatMap(({ first, survivors }, cohort) =>
    survivors.map((customers, i) => ({ cohort, tenure: first + i, customers })),
  );
}

describe.each([
  ["fitShiftedBetaGeometric", fitShiftedBetaGeometric, reference.shiftedBetaGeometric],
  ["fitBetaDiscreteWeibull", fitBetaDiscreteWeibull, reference.betaDiscreteWeibull],
] as const)("%s", (_, fitModel, maxima) => {
  test.each(maxima)("$name", (expected) => {
    const fit = fitModel(rowsOf(expected), { period: "year" });
    if (!fit.converged) throw new Error(fit.reason);
    const estimates = Object.values(fit.parameters);
    const errors = Object.values(fit.standardErrors);
    // Newton ends within 1e-10 of a logarithm of each parameter.
    for (const [i, estimate] of expected.estimates.entries()) {
      expect(relativeError(estimates[i], Number(estimate))).toBeLessThan(1e-9);
      expect(relativeError(errors[i], Number(expected.standardErrors[i]))).toBeLessThan(1e-8);
    }
    expect(relativeError(fit.logLikelihood, Number(expected.logLikelihood))).toBeLessThan(1e-13);
  });
});

describe("discountedContractLifetime", () => {
  test.each(reference.lifetimes)("$parameters after $periods periods at $rate", (lifetime) => {
    const { parameters, periods, rate, value } = lifetime;
    const [alpha, beta, c] = parameters;
    const model: ContractModel =
      c === undefined
        ? { model: "shiftedBetaGeometric", parameters: { alpha, beta }, period: "year" }
        : { model: "betaDiscreteWeibull", parameters: { alpha, beta, c }, period: "year" };
    const got = discountedContractLifetime(model, { discountRate: rate, tenure: periods });
    expect(got.reason).toBeNull();
    // Sums of up to 3,000 terms, each rounded some times.
    expect(relativeError(got.periods ?? Number.NaN, Number(value))).toBeLessThan(1e-12);
  });
});
