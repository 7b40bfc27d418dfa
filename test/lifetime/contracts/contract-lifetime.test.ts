import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  discountedContractLifetime,
  expectedContractLifetime,
} from "../../../src/lifetime/contracts/contract-lifetime.js";
import type { ContractModel } from "../../../src/lifetime/contracts/contract-model.js";
import { contractSurvival } from "../../../src/lifetime/contracts/contract-survival.js";
import { relativeError } from "../../statistics/relative-error.js";
import { thrown } from "../thrown.js";

const SIMPLE: ContractModel = {
  model: "shiftedBetaGeometric",
  parameters: { alpha: 0.668, beta: 3.806 },
  period: "year",
};
const WEIBULL: ContractModel = {
  model: "betaDiscreteWeibull",
  parameters: { alpha: 0.26, beta: 1.72, c: 1.58 },
  period: "year",
};

function periodsOf({ periods, reason }: { periods: number | null; reason: string | null }): number {
  if (periods === null) throw new Error(reason ?? "");
  return periods;
}

describe("discountedContractLifetime", () => {
  test("with both shapes 1 at 10 %: 1.1 ln 11", () => {
    const model: ContractModel = { ...SIMPLE, parameters: { alpha: 1, beta: 1 } } as ContractModel;
    const got = periodsOf(discountedContractLifetime(model, { discountRate: 0.1 }));
    expect(relativeError(got, 1.1 * Math.log(11))).toBeLessThan(1e-14);
  });

  test.each([SIMPLE, WEIBULL])("is the sum of discounted survival, whatever the tenure: $model", (model) => {
    for (const tenure of [0, 1, 2, 9]) {
      let sum = 0;
      const before = tenure === 0 ? 1 : contractSurvival(model, tenure - 1);
      for (let t = tenure; t < tenure + 800; t++)
        sum += contractSurvival(model, t) / before / 1.1 ** (t - tenure);
      const got = periodsOf(discountedContractLifetime(model, { discountRate: 0.1, tenure }));
      expect(relativeError(got, sum)).toBeLessThan(1e-12);
      const within = periodsOf(
        discountedContractLifetime(model, { discountRate: 0.1, tenure, horizon: 800 }),
      );
      expect(relativeError(within, sum)).toBeLessThan(1e-12);
    }
  });

  test("two ways of summing agree at any rate: beta-discrete-Weibull with c of 1", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.2, max: 8, noNaN: true }),
        fc.double({ min: 0.2, max: 60, noNaN: true }),
        fc.double({ min: Math.log(1e-5), max: Math.log(3), noNaN: true }),
        fc.integer({ min: 0, max: 30 }),
        (alpha, beta, logRate, periods) => {
          const options = { discountRate: Math.exp(logRate), periods };
          const simple = { ...SIMPLE, parameters: { alpha, beta } } as ContractModel;
          const other = { ...WEIBULL, parameters: { alpha, beta, c: 1 } } as ContractModel;
          const got = periodsOf(discountedContractLifetime(other, options));
          // exp(-rate) next to 1 costs the closed form 1e-16 / rate.
          const want = periodsOf(discountedContractLifetime(simple, options));
          expect(relativeError(got, want)).toBeLessThan(1e-11);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("timing is a delay, and periods are converted from the year", () => {
    const yearly = { discountRate: 0.1 };
    const now = periodsOf(discountedContractLifetime(SIMPLE, yearly));
    const middle = periodsOf(discountedContractLifetime(SIMPLE, { ...yearly, timing: "middle" }));
    const end = periodsOf(discountedContractLifetime(SIMPLE, { ...yearly, timing: "end" }));
    expect(relativeError(middle * Math.sqrt(1.1), now)).toBeLessThan(1e-14);
    expect(relativeError(end * 1.1, now)).toBeLessThan(1e-14);
    const monthly: ContractModel = { ...SIMPLE, period: "month" };
    const got = periodsOf(discountedContractLifetime(monthly, { discountRate: 1.01 ** 12 - 1 }));
    const want = periodsOf(discountedContractLifetime(SIMPLE, { discountRate: 0.01 }));
    expect(relativeError(got, want)).toBeLessThan(1e-12);
    for (const [period, perYear] of [
      ["quarter", 4],
      ["halfYear", 2],
      ["week", 365.25 / 7],
      ["day", 365.25],
    ] as const) {
      const one = periodsOf(discountedContractLifetime({ ...SIMPLE, period }, { discountRate: 0.1 }));
      const other = periodsOf(discountedContractLifetime(SIMPLE, { discountRate: 1.1 ** (1 / perYear) - 1 }));
      expect(relativeError(one, other)).toBeLessThan(1e-11);
    }
  });
});

describe("expectedContractLifetime", () => {
  test("has no limit where hardly anybody leaves in the end", () => {
    expect(expectedContractLifetime(SIMPLE)).toEqual({
      periods: null,
      reason:
        "alpha is 0.668: at 1 or less so many hardly ever leave that the mean has no limit; pass a horizon or discount",
    });
    expect(expectedContractLifetime(WEIBULL).reason).toContain("alpha * c is 0.4108");
    const zero = discountedContractLifetime(SIMPLE, { discountRate: 0 });
    expect(zero.periods).toBeNull();
  });

  test("within a horizon, parts add up", () => {
    for (const model of [SIMPLE, WEIBULL]) {
      const all = periodsOf(expectedContractLifetime(model, { horizon: 30 }));
      const first = periodsOf(expectedContractLifetime(model, { horizon: 12 }));
      const rest = periodsOf(expectedContractLifetime(model, { tenure: 12, horizon: 18 }));
      // Those who stand before renewal 12 are S(11).
      expect(relativeError(first + rest * contractSurvival(model, 11), all)).toBeLessThan(1e-13);
    }
  });

  test("a longer stay promises a longer one", () => {
    const at = (tenure: number) =>
      periodsOf(discountedContractLifetime(SIMPLE, { discountRate: 0.1, tenure }));
    for (let n = 1; n < 20; n++) expect(at(n + 1)).toBeGreaterThan(at(n));
  });

  test("tails of any weight stay finite", () => {
    const parameters = [
      [1.01, 3, 1],
      [20, 5, 0.06],
      [0.4, 300, 2.6],
      [1e-3, 1e-3, 1500],
      [1e5, 1e6, 1],
    ];
    for (const [alpha, beta, c] of parameters) {
      const { periods } = expectedContractLifetime({
        ...WEIBULL,
        parameters: { alpha, beta, c },
      } as ContractModel);
      expect(Number.isFinite(periods)).toBe(true);
      expect(periods).toBeGreaterThanOrEqual(1);
    }
    const exact = (1.01 + 3 - 1) / 0.01;
    const got = periodsOf(
      expectedContractLifetime({ ...WEIBULL, parameters: { alpha: 1.01, beta: 3, c: 1 } } as ContractModel),
    );
    // The end beyond 1e17 alone is a fifth of it.
    expect(relativeError(got, exact)).toBeLessThan(1e-11);
  });

  test("refuses what it cannot reckon with", () => {
    // biome-ignore format: a line for each
    const calls: readonly [() => unknown, string, string][] = [
      [() => expectedContractLifetime(SIMPLE, { tenure: -1 }), "options.tenure", "-1"],
      [() => expectedContractLifetime(SIMPLE, { horizon: 0 }), "options.horizon", "0"],
      [() => expectedContractLifetime(SIMPLE, null as never), "options", "null"],
      [() => discountedContractLifetime(SIMPLE, { discountRate: -0.01 }), "options.discountRate", "-0.01"],
      [() => discountedContractLifetime(SIMPLE, {} as never), "options.discountRate", "undefined"],
      [() => discountedContractLifetime(SIMPLE, { discountRate: 0.1, timing: "now" as never }), "options.timing", '"now"'],
      [() => discountedContractLifetime(SIMPLE, undefined as never), "options", "undefined"],
    ];
    for (const [call, path, message] of calls) {
      const error = thrown(call);
      expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", path]);
      expect(error.message).toContain(message);
    }
  });
});
