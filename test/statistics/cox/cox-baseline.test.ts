import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { column } from "../../../src/core/table.js";
import { coxBaseline } from "../../../src/statistics/cox/cox-baseline.js";
import type { CoxRow } from "../../../src/statistics/cox/cox-data.js";
import { type CoxFit, coxRegression } from "../../../src/statistics/cox/cox-regression.js";
import { coxRisk } from "../../../src/statistics/cox/cox-risk.js";
import { coxSurvival } from "../../../src/statistics/cox/cox-survival.js";
import { thrown } from "../../core/thrown.js";
import { atRisk, coxRows, eventGroups, withFit } from "../random-cox-data.js";
import { fitted } from "./cox-fit.js";

const shape = { entry: true, weight: true, strata: true, minLength: 12 };

describe("coxBaseline", () => {
  test("Breslow's definition: events over the risks of those at risk", () => {
    fc.assert(
      fc.property(coxRows(shape), (rows) => {
        const fit = withFit(rows, "breslow");
        const { strata } = coxBaseline(fit, rows, { covariates: { a: 0, b: 0 } });
        const [a, b] = fit.coefficients.map(({ coefficient }) => coefficient);
        for (const { stratum, points } of strata) {
          let hazard = 0;
          const groups = eventGroups(rows)
            .filter(([event]) => event.stratum === stratum)
            .sort(([first], [second]) => first.duration - second.duration);
          expect(column(points, "time")).toEqual(groups.map(([event]) => event.duration));
          groups.forEach((events, at) => {
            const known = atRisk(rows, events[0].duration, events[0].stratum);
            const weightOf = ({ weight }: CoxRow) => weight ?? 1;
            const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
            const risk = sum(
              known.map((row) => weightOf(row) * Math.exp(a * row.covariates.a + b * row.covariates.b)),
            );
            hazard += sum(events.map(weightOf)) / risk;
            expect(column(points, "cumulativeHazard")[at] / hazard).toBeCloseTo(1, 10);
            expect(column(points, "survival")[at]).toBeCloseTo(Math.exp(-hazard), 12);
            // Weights are multiples of a half: exact.
            expect(column(points, "atRisk")[at]).toBe(sum(known.map(weightOf)));
            expect(column(points, "events")[at]).toBe(sum(events.map(weightOf)));
          });
        }
      }),
    );
  });

  test("whoever it stands for, predictions are the same", () => {
    fc.assert(
      fc.property(coxRows(shape), (rows) => {
        const fit = withFit(rows);
        const subjects = rows.slice(0, 3);
        const times = [0, 2, 5.5, 12];
        const mean = coxSurvival(coxBaseline(fit, rows), subjects, { times }).columns;
        const other = coxSurvival(coxBaseline(fit, rows, { covariates: { a: 2, b: -1 } }), subjects, {
          times,
        });
        for (const [name, values] of Object.entries(other.columns)) {
          values.forEach((value, at) => {
            const before = mean[name as keyof typeof mean][at];
            if (value === null || before === null) expect(value).toBe(before);
            // Relative to errors that may be as large as thousands where two subjects are far from all others.
            else expect(Math.abs(value - before)).toBeLessThan(1e-8 * Math.max(1, Math.abs(before)));
          });
        }
      }),
    );
  });

  test("its own points are the prediction for its own covariates", () => {
    const rows = fc.sample(coxRows({ ...shape, strata: false, minLength: 24 }), { numRuns: 20, seed: 1 });
    let seen = 0;
    for (const data of rows) {
      const fit = coxRegression(data);
      if (!fit.converged) continue;
      seen++;
      const covariates = { a: 1, b: -2 };
      const baseline = coxBaseline(fit, data, { covariates, interval: "log" });
      const { points } = baseline.strata[0];
      const predicted = coxSurvival(baseline, [{ covariates }], { times: points.columns.time });
      for (const name of ["survival", "standardError", "lower", "upper", "cumulativeHazard"] as const) {
        expect(predicted.columns[name]).toEqual(points.columns[name]);
      }
    }
    expect(seen).toBeGreaterThan(10);
  });

  test("expected events are those that happened", () => {
    fc.assert(
      fc.property(coxRows(shape), fc.constantFrom("efron" as const, "breslow" as const), (rows, ties) => {
        // With Efron's ties the events of a time share its steps; where no time has two, the sum is exact for both.
        const apart =
          ties === "efron" ? rows.map((row, at) => ({ ...row, duration: row.duration + at / 64 })) : rows;
        const fit = withFit(apart, ties);
        const baseline = coxBaseline(fit, apart);
        const reach = (row: CoxRow, time: number) =>
          coxSurvival(baseline, [row], { times: [time] }).columns.cumulativeHazard[0] ?? Number.NaN;
        const expected = apart.reduce(
          (sum, row) => sum + (row.weight ?? 1) * (reach(row, row.duration) - reach(row, row.entry ?? 0)),
          0,
        );
        expect(expected / fit.events).toBeCloseTo(1, 9);
      }),
    );
  });

  test("predictions from any reference, near or far", () => {
    // R 4.2.2, survival 3.5-3: survfit(coxph(Surv(t, e) ~ y), data.frame(y = 2020), conf.type = "log-log"), time 5.
    const data = {
      duration: [9, 7, 8, 10, 6, 5, 4, 6, 2, 3],
      event: [1, 1, 0, 1, 1, 1, 1, 0, 1, 1] as (0 | 1)[],
      covariates: { year: Array.from({ length: 10 }, (_, at) => 2015 + at) },
    };
    const fit = fitted(data);
    const subject = { covariates: { year: 2020 } };
    for (const year of [2019.5, 2020, 1500, 2500]) {
      const baseline = coxBaseline(fit, data, { covariates: { year } });
      const { columns } = coxSurvival(baseline, [subject], { times: [5] });
      expect(columns.survival[0]).toBeCloseTo(0.593057583558, 11);
      expect(columns.standardError[0]).toBeCloseTo(0.170429027673, 11);
      expect(columns.lower[0]).toBeCloseTo(0.215350113097, 11);
      expect(columns.upper[0]).toBeCloseTo(0.837132588264, 11);
      expect(JSON.parse(JSON.stringify(baseline))).toEqual(baseline);
    }
    const error = thrown(() => coxBaseline(fit, data, { covariates: { year: 0 } }));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: "options.covariates" });
    expect(error.message).toMatch(/log risk of these covariates is -738\.9\d+ from that of mean covariates/);
  });

  test("a subject at risk beyond all numbers is refused, not predicted wrongly", () => {
    const data = {
      duration: [1, 2, 3, 4, 5, 6],
      event: [1, 1, 1, 1, 1, 0] as (0 | 1)[],
      covariates: { spend: [1e5, 3, 1, 4, 1, 2] },
    };
    const fit = fitted(data);
    expect(Math.abs(fit.coefficients[0].coefficient * 1e5)).toBeGreaterThan(240);
    const error = thrown(() => coxBaseline(fit, data));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: "data" });
    expect(error.message).toMatch(/the highest of those at risk at \d is .*more than 200/);
  });

  test("an event at 0 is a step of every subject who was there from 0", () => {
    const rows = [0, 0, 1, 2, 3, 4].map((duration, at) => ({
      duration,
      event: at !== 1,
      covariates: { a: (at * 2) % 5 },
    }));
    const baseline = coxBaseline(fitted(rows), rows, { covariates: { a: 1 } });
    const { time, survival } = baseline.strata[0].points.columns;
    const predicted = coxSurvival(baseline, [{ covariates: { a: 1 } }], { times: [0, 1] }).columns.survival;
    expect(time[0]).toBe(0);
    expect(survival[0]).toBeLessThan(1);
    expect(predicted).toEqual(survival.slice(0, 2));
  });

  test("covariates are matched by name: another order, and more of them, are the same data", () => {
    fc.assert(
      fc.property(coxRows(shape), (rows) => {
        const fit = withFit(rows);
        const turned = rows.map((row) => ({
          ...row,
          covariates: { z: 7, b: row.covariates.b, a: row.covariates.a },
        }));
        expect(coxBaseline(fit, turned)).toEqual(coxBaseline(fit, rows));
        const columns = {
          duration: rows.map(({ duration }) => duration),
          event: rows.map(({ event }) => event),
          entry: rows.map(({ entry }) => entry ?? 0),
          weight: rows.map(({ weight }) => weight ?? 1),
          stratum: rows.map(({ stratum }) => stratum ?? null),
          covariates: {
            b: rows.map(({ covariates }) => covariates.b),
            z: rows.map(() => 7),
            a: rows.map(({ covariates }) => covariates.a),
          },
        };
        expect(coxBaseline(fit, { length: rows.length, columns })).toEqual(coxBaseline(fit, rows));
      }),
    );
  });

  test("what predictions need stands apart from what is to be read", () => {
    const rows = fc.sample(coxRows({ ...shape, strata: false, minLength: 24 }), { numRuns: 1, seed: 3 })[0];
    const baseline = coxBaseline(fitted(rows), rows);
    expect(Object.keys(baseline.prediction)).toEqual(["fit", "strata"]);
    expect(Object.keys(baseline.strata[0])).toEqual(["stratum", "lastTime", "points"]);
    // At the means, whatever the points stand for.
    const other = coxBaseline(fitted(rows), rows, { covariates: { a: 1, b: 2 } });
    expect(other.prediction).toEqual(baseline.prediction);
    expect(other.strata).not.toEqual(baseline.strata);
    expect(baseline.prediction.strata[0].cumulativeHazard).toEqual(
      baseline.strata[0].points.columns.cumulativeHazard,
    );
  });

  test("survives JSON", () => {
    fc.assert(
      fc.property(coxRows(shape), (rows) => {
        const baseline = coxBaseline(withFit(rows), rows);
        expect(JSON.parse(JSON.stringify(baseline))).toEqual(baseline);
      }),
    );
  });
});

describe("bad input", () => {
  const rows = [3, 5, 6, 8].map((duration, at) => ({
    duration,
    event: at !== 3,
    covariates: { a: (at * 3) % 4 },
    stratum: at === 9 ? "x" : "y",
  }));
  const fit = fitted(rows);

  test("a regression without a fit", () => {
    const failed = coxRegression(rows.map((row) => ({ ...row, event: false })));
    const error = thrown(() => coxBaseline(failed as unknown as CoxFit, rows));
    expect(error).toMatchObject({ code: "NOT_CONVERGED", path: "fit" });
    expect(error.message).toContain("no event happened");
    expect(thrown(() => coxRisk(rows as unknown as CoxFit, []))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "fit",
    });
  });

  test("other data than the fit's", () => {
    const error = thrown(() => coxBaseline(fit, rows.slice(1)));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: "data" });
    expect(error.message).toMatch(/pass the data of the fit$/);
    const renamed = rows.map((row) => ({ ...row, covariates: { z: row.covariates.a } }));
    expect(thrown(() => coxBaseline(fit, renamed)).message).toBe(
      "data has the covariates z, not a: pass the data of the fit",
    );
  });

  test("covariates of the baseline", () => {
    expect(thrown(() => coxBaseline(fit, rows, { covariates: { a: Number.NaN } }))).toMatchObject({
      path: "options.covariates.a",
    });
    const unknown = thrown(() => coxBaseline(fit, rows, { covariates: { a: 1, zip: 2 } }));
    expect(unknown.message).toBe("options.covariates.zip is no covariate of the fit: pass a");
    expect(thrown(() => coxBaseline(fit, rows, { interval: "exact" as "log" }))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "options.interval",
    });
  });
});
