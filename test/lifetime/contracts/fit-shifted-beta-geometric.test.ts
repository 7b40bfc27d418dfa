import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/core/random.js";
import { drawBeta, drawGeometric } from "../../../src/core/random-draws.js";
import { fitBetaDiscreteWeibull } from "../../../src/lifetime/contracts/fit-beta-discrete-weibull.js";
import { fitShiftedBetaGeometric } from "../../../src/lifetime/contracts/fit-shifted-beta-geometric.js";
import { relativeError } from "../../statistics/relative-error.js";
import { thrown } from "../thrown.js";

const YEARLY = { period: "year" } as const;
const HIGH_END = [1000, 869, 743, 653, 593, 551, 517, 491];

function fitted(...args: Parameters<typeof fitShiftedBetaGeometric>) {
  const fit = fitShiftedBetaGeometric(...args);
  if (!fit.converged) throw new Error(fit.reason);
  return fit;
}

/** Survivors of so many simulated customers, with chances to leave from a beta distribution. */
function simulated(alpha: number, beta: number, customers: number, renewals: number, seed: number): number[] {
  const random = seededRandom(seed);
  const survivors = new Array<number>(renewals + 1).fill(0);
  for (let i = 0; i < customers; i++) {
    const leaving = drawBeta(random, alpha, beta);
    const last = leaving > 0 ? drawGeometric(random, leaving) - 1 : renewals;
    for (let t = 0; t <= Math.min(last, renewals); t++) survivors[t]++;
  }
  return survivors;
}

describe("fitShiftedBetaGeometric", () => {
  test("is a plain model that says how sure it is", () => {
    const fit = fitted(HIGH_END, YEARLY);
    expect(JSON.parse(JSON.stringify(fit))).toEqual(fit);
    expect([fit.model, fit.period, fit.customers, fit.histories]).toEqual([
      "shiftedBetaGeometric",
      "year",
      1000,
      7,
    ]);
    expect(fit.estimated).toEqual(["alpha", "beta"]);
    expect(fit.aic).toBeCloseTo(4 - 2 * fit.logLikelihood, 10);
    expect(fit.warnings).toEqual([]);
  });

  test("cohorts pooled: the same cohort twice is one of twice the size, with errors less by the root of 2", () => {
    const once = fitted(HIGH_END, YEARLY);
    const twice = fitted([HIGH_END, HIGH_END], YEARLY);
    const large = fitted(
      HIGH_END.map((one) => 2 * one),
      YEARLY,
    );
    expect(twice).toEqual(large);
    expect(relativeError(twice.parameters.alpha, once.parameters.alpha)).toBeLessThan(1e-9);
    expect(relativeError(twice.standardErrors.alpha * Math.SQRT2, once.standardErrors.alpha)).toBeLessThan(
      1e-8,
    );
    expect(relativeError(twice.logLikelihood, 2 * once.logLikelihood)).toBeLessThan(1e-14);
  });

  test("a cohort cut in time says the same in two parts", () => {
    const parts = [
      ...HIGH_END.slice(0, 4).map((customers, tenure) => ({ cohort: 1, tenure, customers })),
      ...HIGH_END.slice(3).map((customers, i) => ({ cohort: 2, tenure: 3 + i, customers })),
    ];
    const whole = fitted(HIGH_END, YEARLY);
    const inParts = fitted(parts, YEARLY);
    expect(inParts.parameters).toEqual(whole.parameters);
    expect(inParts.logLikelihood).toBe(whole.logLikelihood);
  });

  test("finds what it was simulated with, within four standard errors", () => {
    let tried = 0;
    for (const [alpha, beta] of [
      [0.7, 3.8],
      [2, 9],
      [0.4, 0.6],
    ]) {
      for (let seed = 1; seed <= 6; seed++) {
        const fit = fitted(simulated(alpha, beta, 4000, 9, seed), YEARLY);
        expect(Math.abs(Math.log(fit.parameters.alpha / alpha))).toBeLessThan(
          4 * Math.sqrt(fit.covariance[0][0]),
        );
        expect(Math.abs(Math.log(fit.parameters.beta / beta))).toBeLessThan(
          4 * Math.sqrt(fit.covariance[1][1]),
        );
        tried++;
      }
    }
    expect(tried).toBe(18);
  });

  test("starts and a prior", () => {
    const far = fitted(HIGH_END, { ...YEARLY, starts: [{ alpha: 40, beta: 2 }] });
    expect(relativeError(far.parameters.beta, 3.806094964058267)).toBeLessThan(1e-9);
    const prior = { alpha: { median: 1, logSd: 0.5 }, beta: { median: 5, logSd: 0.5 } };
    const few = fitted([10, 9], { ...YEARLY, prior });
    expect(few.warnings).toHaveLength(1);
    const { alpha, beta } = few.parameters;
    // One of ten left, where the prior expects one of six.
    expect(alpha / (alpha + beta)).toBeGreaterThan(0.1);
    expect(alpha / (alpha + beta)).toBeLessThan(1 / 6);
  });

  // biome-ignore format: a line for each
  test.each([
    ["nobody left", [10, 10, 10], "BOUNDARY", ["alpha"], "nobody left"],
    ["nobody renewed", [10, 0, 0], "BOUNDARY", ["beta"], "nobody renewed"],
    ["one renewal", [10, 8], "TOO_FEW_HISTORIES", [], "renewals to which somebody came: 1"],
    ["none", [10], "TOO_FEW_HISTORIES", [], "renewals to which somebody came: 0"],
    ["one rate for all", [1000, 900, 810, 729], "BOUNDARY", ["alpha", "beta"], "one churn rate for all, 0.1 a period"],
    ["retention that falls", [1000, 900, 780, 640], "BOUNDARY", ["alpha", "beta"], "does not rise with tenure"],
    ["at once or never", [1000, 500, 500, 500], "BOUNDARY", ["alpha", "beta"], "at the first renewal or never"],
  ])("%s", (_, survivors, code, names, reason) => {
    const fit = fitShiftedBetaGeometric(survivors, YEARLY);
    if (fit.converged) throw new Error("fitted");
    expect([fit.code, fit.names]).toEqual([code, names]);
    expect(fit.reason).toContain(reason);
    expect("parameters" in fit).toBe(false);
    expect(JSON.stringify(fit)).not.toContain("NaN");
  });

  test("any survivors that fall give a fit or a reason", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 5000 }),
        (shares, customers) => {
          const survivors = [customers];
          for (const share of shares)
            survivors.push(Math.floor((survivors[survivors.length - 1] * share) / 1000));
          for (const fit of [
            fitShiftedBetaGeometric(survivors, YEARLY),
            fitBetaDiscreteWeibull(survivors, YEARLY),
          ]) {
            if (fit.converged) {
              for (const value of [...Object.values(fit.parameters), ...Object.values(fit.standardErrors)]) {
                expect(value).toBeGreaterThan(0);
                expect(Number.isFinite(value)).toBe(true);
              }
              // What is left of the slope moves no parameter by a thousandth of its error.
              const widest = Math.sqrt(Math.max(...fit.covariance.map((row, i) => row[i])));
              expect(fit.gradientNorm * widest).toBeLessThan(1e-3);
            } else expect(fit.reason.length).toBeGreaterThan(10);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  test("refuses what it cannot read", () => {
    const badPeriod = thrown(() => fitShiftedBetaGeometric(HIGH_END, { period: "fortnight" as "year" }));
    expect([badPeriod.code, badPeriod.path]).toEqual(["INVALID_ARGUMENT", "options.period"]);
    expect(badPeriod.message).toContain('"fortnight"');
    const none = thrown(() => fitShiftedBetaGeometric(HIGH_END, undefined as never));
    expect(none.path).toBe("options");
    const aborted = thrown(() => fitShiftedBetaGeometric(HIGH_END, { ...YEARLY, signal: { aborted: true } }));
    expect(aborted.code).toBe("ABORTED");
  });
});

test("typed lists are lists", () => {
  const survivors = [1000, 869, 743, 653, 593];
  const plain = fitShiftedBetaGeometric(survivors, { period: "year" });
  expect(fitShiftedBetaGeometric(Float64Array.from(survivors), { period: "year" })).toEqual(plain);
  const two = [survivors, [500, 420]];
  expect(
    fitShiftedBetaGeometric(
      two.map((one) => Uint32Array.from(one)),
      { period: "year" },
    ),
  ).toEqual(fitShiftedBetaGeometric(two, { period: "year" }));
});
