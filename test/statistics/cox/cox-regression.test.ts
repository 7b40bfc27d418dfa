import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CoxRow } from "../../../src/statistics/cox/cox-data.js";
import { coxRegression } from "../../../src/statistics/cox/cox-regression.js";
import { thrown } from "../../core/thrown.js";
import { atRisk, coxRows, eventGroups } from "../random-cox-data.js";
import { fitted } from "./cox-fit.js";

// Leukemia data of R's package survival (Miller 1997): weeks in remission, relapse, maintained or not.
const aml: CoxRow[] = [
  ...row("9 13 13+ 18 23 28+ 31 34 45+ 48 161+", 0),
  ...row("5 5 8 8 12 16+ 23 27 30 33 43 45", 1),
];

function row(durations: string, nonmaintained: 0 | 1): CoxRow[] {
  return durations.split(" ").map((text) => ({
    duration: Number.parseInt(text, 10),
    event: !text.endsWith("+"),
    covariates: { nonmaintained },
  }));
}

describe("R 4.2.2, survival 3.5-3, coxph(Surv(time, status) ~ x, aml)", () => {
  test.each([
    {
      ties: "efron",
      coefficient: 0.915532575014718,
      hazardRatio: 2.49810532617214,
      standardError: 0.511934275172005,
      z: 1.78837913266719,
      pValue: 0.0737148606390457,
      logLikelihood: [-42.7248392627602, -41.0326155964584],
    },
    {
      ties: "breslow",
      coefficient: 0.9042197236857,
      hazardRatio: 2.47000388542622,
      standardError: 0.512247907304151,
      z: 1.76519944892388,
      pValue: 0.0775302512086183,
      logLikelihood: [-42.898123897174, -41.2501143500689],
    },
  ] as const)("$ties", ({ ties, logLikelihood, ...expected }) => {
    const fit = fitted(aml, { ties });
    const [coefficient] = fit.coefficients;
    for (const [name, value] of Object.entries(expected)) {
      const got = Number(coefficient[name as keyof typeof expected]);
      // R stops within 1e-9 of the maximum of the likelihood: that leaves 12 digits of the coefficient.
      expect(Math.abs(got / value - 1)).toBeLessThan(1e-11);
    }
    expect(fit.logLikelihood.null).toBeCloseTo(logLikelihood[0], 12);
    expect(fit.logLikelihood.fitted).toBeCloseTo(logLikelihood[1], 12);
    expect(fit).toMatchObject({
      subjects: 23,
      events: 18,
      ties,
      strata: null,
      converged: true,
      reason: null,
    });
    expect(fit.gradientNorm).toBeLessThan(1e-10);
  });
});

test("two groups without ties: the score test is the log-rank test", () => {
  fc.assert(
    fc.property(coxRows({ covariates: 1, ties: false, entry: true, strata: true }), (rows) => {
      const groups = rows.map((one) => ({ ...one, covariates: { a: one.covariates.a > 0 ? 1 : 0 } }));
      const fit = coxRegression(groups);
      fc.pre(fit.converged);
      let excess = 0;
      let variance = 0;
      for (const [event] of eventGroups(groups)) {
        const risk = atRisk(groups, event.duration, event.stratum);
        const share = risk.reduce((sum, one) => sum + one.covariates.a, 0) / risk.length;
        excess += event.covariates.a - share;
        variance += share * (1 - share);
      }
      const { statistic, degreesOfFreedom } = fit.scoreTest;
      expect(degreesOfFreedom).toBe(1);
      expect(statistic).toBeCloseTo(excess ** 2 / variance, 10);
    }),
  );
});

const shape = { entry: true, weight: true, strata: true, minLength: 12 };
const ties = fc.constantFrom("efron" as const, "breslow" as const);

/** What does not depend on how the data are written down. */
function essence(data: Parameters<typeof coxRegression>[0], options?: Parameters<typeof coxRegression>[1]) {
  const fit = coxRegression(data, options);
  fc.pre(fit.converged);
  return {
    effects: fit.coefficients.map(({ coefficient }) => coefficient),
    errors: fit.coefficients.map(({ standardError }) => standardError),
    tests: [fit.likelihoodRatioTest, fit.waldTest, fit.scoreTest].map(({ statistic }) => statistic),
  };
}

/** 1e-7: a flat likelihood leaves half of its digits to where its maximum is, and as many again at large errors. */
function expectNear(actual: readonly number[], expected: readonly number[]): void {
  expect(actual.length).toBe(expected.length);
  actual.forEach((value, at) => {
    expect(Math.abs(value - expected[at])).toBeLessThan(1e-7 * Math.max(1, Math.abs(expected[at])));
  });
}

describe("laws", () => {
  test("another scale and origin of a covariate: coefficient and error are divided, tests stay", () => {
    fc.assert(
      fc.property(
        coxRows(shape),
        ties,
        fc.constantFrom(-1e6, -3, 0.01, 2, 1e9),
        fc.integer({ min: -1000, max: 1000 }),
        (rows, method, scale, shift) => {
          const moved = rows.map((one) => ({
            ...one,
            covariates: { ...one.covariates, a: scale * (one.covariates.a + shift) },
          }));
          const before = essence(rows, { ties: method });
          const after = essence(moved, { ties: method });
          expectNear([after.effects[0] * scale, after.effects[1]], before.effects);
          expectNear([after.errors[0] * Math.abs(scale), after.errors[1]], before.errors);
          expectNear(after.tests, before.tests);
        },
      ),
    );
  });

  test("any order of the rows, any unit and power of time", () => {
    fc.assert(
      fc.property(
        coxRows(shape).chain((rows) =>
          fc.tuple(
            fc.constant(rows),
            fc.shuffledSubarray(rows, { minLength: rows.length, maxLength: rows.length }),
          ),
        ),
        ties,
        ([rows, shuffled], method) => {
          const cubed = shuffled.map((one) => ({
            ...one,
            duration: one.duration ** 3,
            entry: (one.entry ?? 0) ** 3,
          }));
          const before = essence(rows, { ties: method });
          const after = essence(cubed, { ties: method });
          expectNear(after.effects, before.effects);
          expectNear(after.errors, before.errors);
          expectNear(after.tests, before.tests);
        },
      ),
    );
  });

  test("Breslow: a weight of 2 is the row twice", () => {
    fc.assert(
      fc.property(coxRows({ ...shape, weight: false }), (rows) => {
        const weighted = rows.map((one, at) => ({ ...one, weight: 1 + (at % 3) }));
        const repeated = rows.flatMap((one, at) => new Array<CoxRow>(1 + (at % 3)).fill(one));
        const before = essence(repeated, { ties: "breslow" });
        const after = essence(weighted, { ties: "breslow" });
        expectNear(after.effects, before.effects);
        expectNear(after.errors, before.errors);
        expectNear(after.tests, before.tests);
        const [a, b] = [fitted(weighted, { ties: "breslow" }), fitted(repeated, { ties: "breslow" })];
        expect(a.subjects).toBe(b.subjects);
        expect(a.events).toBe(b.events);
        expectNear(
          a.coefficients.map(({ mean }) => mean),
          b.coefficients.map(({ mean }) => mean),
        );
      }),
    );
  });

  test("without ties Efron is Breslow", () => {
    fc.assert(
      fc.property(coxRows({ ...shape, ties: false }), (rows) => {
        expectNear(essence(rows).effects, essence(rows, { ties: "breslow" }).effects);
      }),
    );
  });

  test("rows, columns, typed columns and a table give the same, and it survives JSON", () => {
    fc.assert(
      fc.property(coxRows(shape), (rows) => {
        const plain = {
          duration: rows.map(({ duration }) => duration),
          event: rows.map(({ event }) => event),
          entry: rows.map(({ entry }) => entry ?? 0),
          weight: rows.map(({ weight }) => weight ?? 1),
          stratum: rows.map(({ stratum }) => stratum ?? ""),
          covariates: {
            a: rows.map(({ covariates }) => covariates.a),
            b: rows.map(({ covariates }) => covariates.b),
          },
        };
        const typed = {
          ...plain,
          duration: Float64Array.from(plain.duration),
          event: Uint8Array.from(plain.event, Number),
          covariates: { a: Float64Array.from(plain.covariates.a), b: Float64Array.from(plain.covariates.b) },
        };
        const regression = coxRegression(rows);
        expect(coxRegression(plain)).toEqual(regression);
        expect(coxRegression(typed)).toEqual(regression);
        expect(coxRegression({ length: rows.length, columns: plain })).toEqual(regression);
        expect(JSON.parse(JSON.stringify(regression))).toEqual(regression);
      }),
    );
  });
});

test("an interval of another level", () => {
  const [{ coefficient, standardError, lower, upper }] = fitted(aml, { confidenceLevel: 0.5 }).coefficients;
  // The quartile of the normal distribution.
  const quartile = 0.674489750196082;
  expect(Math.log(lower)).toBeCloseTo(coefficient - quartile * standardError, 12);
  expect(Math.log(upper)).toBeCloseTo(coefficient + quartile * standardError, 12);
});

test("the input stays as it was", () => {
  const frozen = Object.freeze(
    aml.map((one) => Object.freeze({ ...one, covariates: Object.freeze(one.covariates) })),
  );
  expect(coxRegression(frozen)).toEqual(coxRegression(aml));
});

test("unknown options", () => {
  const error = thrown(() => coxRegression(aml, { ties: "exact" as "efron" }));
  expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: "options.ties" });
  expect(error.message).toContain('"exact"');
  const level = thrown(() => coxRegression(aml, { confidenceLevel: 95 }));
  expect(level).toMatchObject({ code: "INVALID_ARGUMENT", path: "options.confidenceLevel" });
});

test("numbers of any size: a coefficient beyond all exponents stays a number", () => {
  const tiny = aml.map((one) => ({ ...one, covariates: { a: one.covariates.nonmaintained * 1e-99 } }));
  const fit = fitted(tiny);
  expect(fit.coefficients[0].coefficient / 1e99).toBeCloseTo(0.915532575014718, 12);
  expect(fit.coefficients[0].hazardRatio).toBe(Number.MAX_VALUE);
  expect(JSON.parse(JSON.stringify(fit))).toEqual(fit);
});
