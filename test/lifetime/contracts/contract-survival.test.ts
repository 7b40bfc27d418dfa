import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ContractModel } from "../../../src/lifetime/contracts/contract-model.js";
import {
  contractEndProbability,
  contractRetention,
  contractSurvival,
} from "../../../src/lifetime/contracts/contract-survival.js";
import { relativeError } from "../../statistics/relative-error.js";
import { thrown } from "../thrown.js";

const positive = fc.double({ min: Math.log(0.02), max: Math.log(200), noNaN: true }).map(Math.exp);
const models: fc.Arbitrary<ContractModel> = fc.oneof(
  fc.record({ alpha: positive, beta: positive }).map((parameters) => ({
    model: "shiftedBetaGeometric" as const,
    parameters,
    period: "month" as const,
  })),
  fc
    .record({ alpha: positive, beta: positive, c: fc.double({ min: 0.2, max: 3, noNaN: true }) })
    .map((parameters) => ({ model: "betaDiscreteWeibull" as const, parameters, period: "month" as const })),
);

describe("survival, retention and ends", () => {
  test("with both shapes 1: halves, thirds, quarters", () => {
    const model = {
      model: "shiftedBetaGeometric",
      parameters: { alpha: 1, beta: 1 },
      period: "year",
    } as const;
    for (let t = 0; t < 1000; t++)
      expect(relativeError(contractSurvival(model, t), 1 / (t + 1))).toBeLessThan(1e-13);
    for (let t = 1; t < 10; t++)
      expect(relativeError(contractRetention(model, t), t / (t + 1))).toBeLessThan(1e-15);
  });

  test("survival is the product of retention, and ends are what it loses", () => {
    fc.assert(
      fc.property(models, fc.integer({ min: 1, max: 400 }), (model, t) => {
        const [before, after] = [contractSurvival(model, t - 1), contractSurvival(model, t)];
        expect(after).toBeGreaterThanOrEqual(0);
        expect(after).toBeLessThanOrEqual(before);
        // Logarithms of gamma functions of arguments up to 400^3; below 1e-300 doubles lose their digits.
        expect(Math.abs(before * contractRetention(model, t) - after)).toBeLessThan(1e-12 * before + 1e-300);
        expect(Math.abs(contractEndProbability(model, t) - (before - after))).toBeLessThan(
          1e-12 * before + 1e-300,
        );
      }),
    );
  });

  test("ends sum to 1 with what is left", () => {
    fc.assert(
      fc.property(models, (model) => {
        let sum = contractSurvival(model, 60);
        for (let t = 1; t <= 60; t++) sum += contractEndProbability(model, t);
        expect(sum).toBeCloseTo(1, 12);
      }),
    );
  });

  test("the beta-discrete-Weibull with c of 1 is the shifted-beta-geometric", () => {
    fc.assert(
      fc.property(positive, positive, fc.integer({ min: 1, max: 2000 }), (alpha, beta, t) => {
        const simple = {
          model: "shiftedBetaGeometric",
          parameters: { alpha, beta },
          period: "week",
        } as const;
        const other = {
          model: "betaDiscreteWeibull",
          parameters: { alpha, beta, c: 1 },
          period: "week",
        } as const;
        expect(relativeError(contractSurvival(other, t), contractSurvival(simple, t))).toBeLessThan(2e-12);
        expect(relativeError(contractRetention(other, t), contractRetention(simple, t))).toBeLessThan(2e-13);
      }),
    );
  });

  test("refuses what is no model, a fit that failed, and half a renewal", () => {
    const model = {
      model: "shiftedBetaGeometric",
      parameters: { alpha: 1, beta: 1 },
      period: "year",
    } as const;
    // biome-ignore format: a line for each
    const calls: readonly [() => unknown, string, string][] = [
      [() => contractSurvival(model, 0.5), "renewals", "0.5"],
      [() => contractRetention(model, 0), "renewal", "0"],
      [() => contractEndProbability(model, -1), "renewal", "-1"],
      [() => contractSurvival({} as never, 1), "model", "an object"],
      [() => contractSurvival(null as never, 1), "model", "null"],
      [() => contractSurvival({ ...model, model: "paretoNbd" } as never, 1), "model", "pass { model, parameters, period }"],
      [() => contractSurvival({ ...model, parameters: { alpha: 0, beta: 1 } }, 1), "model.parameters.alpha", "0"],
      [() => contractSurvival({ ...model, model: "betaDiscreteWeibull" } as never, 1), "model.parameters.c", "undefined"],
      [() => contractSurvival({ ...model, period: "decade" as never }, 1), "model.period", '"decade"'],
      [() => contractSurvival({ converged: false, reason: "nobody left" } as never, 1), "model", "nobody left"],
    ];
    for (const [call, path, message] of calls) {
      const error = thrown(call);
      expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", path]);
      expect(error.message).toContain(message);
    }
  });
});

// With mpmath at 60 digits: S(t - 1) - S(t).
// biome-ignore format: a line for each
test.each([
  [40, 0.01, 0.3, 0.05, 1.3652219406235189e-05],
  [50, 0.001, 20, 0.1, 1.4223118781757964e-07],
  [12, 30, 0.004, 2.5, 9.783527969709468e-51],
  [3, 1e-06, 100000.0, 1, 9.999800003699929e-12],
  [45, 50, 48, 0.06, 0.0004885108425686956],
  [8, 0.02, 0.3, 7.5, 0.013840996393403469],
  [20, 0.001, 0.001, 0.3, 9.462588894819392e-06],
] as const)("the end at renewal %d of %d, %d, %d", (renewal, alpha, beta, c, want) => {
  const model = { model: "betaDiscreteWeibull", parameters: { alpha, beta, c }, period: "year" } as const;
  expect(relativeError(contractEndProbability(model, renewal), want)).toBeLessThan(1e-13);
});
