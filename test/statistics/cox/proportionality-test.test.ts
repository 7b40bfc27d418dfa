import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CoxRow } from "../../../src/statistics/cox/cox-data.js";
import { coxRegression } from "../../../src/statistics/cox/cox-regression.js";
import { proportionalityTest } from "../../../src/statistics/cox/proportionality-test.js";
import { schoenfeldResiduals } from "../../../src/statistics/cox/schoenfeld-residuals.js";
import { thrown } from "../../core/thrown.js";
import { atRisk, coxRows } from "../random-cox-data.js";
import { fitted } from "./cox-fit.js";

const shape = { entry: true, weight: true, strata: true, minLength: 14 };

function soundFit(rows: CoxRow[]) {
  const fit = coxRegression(rows);
  fc.pre(fit.converged && fit.coefficients.every(({ standardError }) => standardError < 5));
  return fitted(rows);
}

/** Mean covariate of those at risk at the time of a row, weighted by risk. */
function meanAtRisk(rows: readonly CoxRow[], { duration, stratum }: CoxRow, slope: number): number {
  let [total, sum] = [0, 0];
  for (const { covariates, weight = 1 } of atRisk(rows, duration, stratum)) {
    const risk = Number(weight) * Math.exp(slope * covariates.a);
    total += risk;
    sum += risk * covariates.a;
  }
  return sum / total;
}

describe("schoenfeldResiduals", () => {
  test("the covariate less its mean over those at risk", () => {
    fc.assert(
      fc.property(coxRows({ ...shape, covariates: 1, ties: false }), (rows) => {
        const fit = soundFit(rows);
        const { row, time, stratum, raw } = schoenfeldResiduals(fit, rows);
        expect([...row].sort((a, b) => a - b)).toEqual(rows.flatMap(({ event }, at) => (event ? [at] : [])));
        row.forEach((place, at) => {
          const event = rows[place];
          expect(time[at]).toBe(event.duration);
          expect(stratum?.[at]).toBe(event.stratum);
          const expected = event.covariates.a - meanAtRisk(rows, event, fit.coefficients[0].coefficient);
          expect(raw.a[at]).toBeCloseTo(expected, 10);
        });
      }),
    );
  });

  test("sum to nothing, and the scaled ones to the coefficient on average", () => {
    fc.assert(
      fc.property(coxRows({ ...shape, weight: false }), (rows) => {
        const fit = soundFit(rows);
        const { raw, scaled } = schoenfeldResiduals(fit, rows);
        fit.coefficients.forEach(({ name, coefficient }) => {
          const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
          expect(sum(raw[name])).toBeCloseTo(0, 8);
          const ofName = scaled?.[name] ?? [];
          expect(sum(ofName) / ofName.length).toBeCloseTo(coefficient, 6);
        });
      }),
    );
  });
});

describe("proportionalityTest", () => {
  const transforms = fc.constantFrom("km", "rank", "identity", "log" as const);

  test("another scale of a covariate changes nothing", () => {
    fc.assert(
      fc.property(coxRows(shape), transforms, (rows, transform) => {
        const moved = rows.map((row) => ({
          ...row,
          covariates: { ...row.covariates, a: -1e4 * row.covariates.a + 5 },
        }));
        const before = proportionalityTest(soundFit(rows), rows, { transform });
        const after = proportionalityTest(fitted(moved), moved, { transform });
        const values = ({ covariates, global }: typeof before) =>
          [...covariates, global].map(({ pValue }) => pValue);
        values(after).forEach((pValue, at) => {
          const expected = values(before)[at];
          if (expected === null) expect(pValue).toBeNull();
          else expect(pValue).toBeCloseTo(expected, 6);
        });
      }),
    );
  });

  test("a linear function of time is the same scale as time", () => {
    fc.assert(
      fc.property(coxRows(shape), (rows) => {
        const slower = rows.map((row) => ({
          ...row,
          duration: 7 * row.duration,
          entry: 7 * (row.entry ?? 0),
        }));
        const before = proportionalityTest(soundFit(rows), rows, { transform: "identity" });
        const after = proportionalityTest(fitted(slower), slower, { transform: "identity" });
        expect(after.global.statistic ?? -1).toBeCloseTo(before.global.statistic ?? -1, 6);
      }),
    );
  });

  test("finds an effect that turns over", () => {
    // Among the first half of the events a is mostly 1, then 0 comes before 1.
    const rows = Array.from({ length: 80 }, (_, at) => ({
      duration: at + 1,
      event: true,
      covariates: { a: at < 40 ? Math.sign(at % 4) : Math.floor(at / 60), b: (at * 31) % 7 },
    }));
    const { covariates, global, transform } = proportionalityTest(fitted(rows), rows);
    expect(transform).toBe("km");
    expect(covariates.map(({ name, degreesOfFreedom }) => [name, degreesOfFreedom])).toEqual([
      ["a", 1],
      ["b", 1],
    ]);
    expect(covariates[0].pValue).toBeLessThan(0.001);
    expect(global).toMatchObject({ name: null, degreesOfFreedom: 2 });
    expect(global.pValue).toBeLessThan(0.001);
  });

  test("all events at one time: nothing to test", () => {
    const rows = [1, 2, 0, 5, 3].map((a, at) => ({
      duration: at < 3 ? 4 : 6,
      event: at < 2,
      covariates: { a },
    }));
    expect(proportionalityTest(fitted(rows), rows).global).toEqual({
      name: null,
      statistic: null,
      degreesOfFreedom: 1,
      pValue: null,
      reason: "the times of the events tell nothing about a change: too few, or all alike",
    });
  });

  test("bad input", () => {
    const rows = [1, 2, 0, 5, 3].map((a, at) => ({ duration: at, event: true, covariates: { a } }));
    const fit = fitted(rows);
    const error = thrown(() => proportionalityTest(fit, rows, { transform: "log" }));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: "options.transform" });
    expect(error.message).toBe(
      'options.transform is "log" and row 1 has its event at 0: pass another transform',
    );
    expect(thrown(() => proportionalityTest(fit, rows, { transform: "sqrt" as "log" })).path).toBe(
      "options.transform",
    );
    expect(thrown(() => proportionalityTest(fit, rows.slice(1)))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "data",
    });
    expect(thrown(() => schoenfeldResiduals(fit, rows.slice(1))).path).toBe("data");
  });
});

test("residuals of singular information are not scaled, and say so", () => {
  const rows = Array.from({ length: 16 }, (_, at) => ({
    duration: 1 + ((at * 7) % 13),
    event: at % 4 > 0,
    covariates: { a: (at * 5) % 7 },
  }));
  const fit = fitted(rows);
  const [{ coefficient }] = fit.coefficients;
  expect(schoenfeldResiduals(fit, rows).reason).toBeNull();
  // A fit as another program may hand it out: the same covariate twice, the effect on the first.
  const twice = rows.map((row) => ({ ...row, covariates: { a: row.covariates.a, b: row.covariates.a } }));
  const [known] = fit.coefficients;
  const given = {
    ...fit,
    coefficients: [known, { ...known, name: "b", coefficient: 0 }],
    covariance: [
      [1, 0],
      [0, 1],
    ],
  };
  expect(coefficient).not.toBe(0);
  const { raw, scaled, reason } = schoenfeldResiduals(given, twice);
  expect(raw.b).toEqual(raw.a);
  expect([scaled, reason]).toEqual([null, "scaled: the information of the events is singular"]);
  expect(proportionalityTest(given, twice).global.reason).not.toBeNull();
});
