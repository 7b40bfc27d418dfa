import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { coxBaseline } from "../../../src/statistics/cox/cox-baseline.js";
import type { CoxRow } from "../../../src/statistics/cox/cox-data.js";
import { coxLifetime } from "../../../src/statistics/cox/cox-lifetime.js";
import { coxRegression } from "../../../src/statistics/cox/cox-regression.js";
import { coxRisk } from "../../../src/statistics/cox/cox-risk.js";
import { coxSurvival } from "../../../src/statistics/cox/cox-survival.js";
import type { SurvivalIntervalMethod } from "../../../src/statistics/survival/survival-limits.js";
import { thrown } from "../../core/thrown.js";
import { coxRows, withFit } from "../random-cox-data.js";
import { fitted } from "./cox-fit.js";

/** Whether there is a sound fit of the rows. */
function hasSoundFit(rows: readonly CoxRow[]): boolean {
  const fit = coxRegression(rows);
  return fit.converged && fit.coefficients.every(({ coefficient }) => Math.abs(coefficient) < 5);
}

const shape = { entry: true, weight: true, strata: true, minLength: 12 };

describe("coxSurvival and coxLifetime", () => {
  test("having got somewhere: the chance is the quotient of two", () => {
    fc.assert(
      fc.property(coxRows(shape), fc.integer({ min: 0, max: 8 }), (rows, survivedTo) => {
        const baseline = coxBaseline(withFit(rows), rows);
        const [subject] = rows;
        const times = [0, survivedTo, 3, 6, 9, 12];
        const whole = coxSurvival(baseline, [subject], { times }).columns;
        const later = coxSurvival(baseline, [{ ...subject, survivedTo }], { times }).columns;
        times.forEach((time, at) => {
          const [all, reached] = [whole.survival[at], whole.survival[1]];
          if (all === null || reached === null) return;
          // A chance that rounds to 0 has no quotient.
          if (reached === 0) return;
          if (later.survival[at] === null) expect(reached).toBeNull();
          else expect(later.survival[at]).toBeCloseTo(time <= survivedTo ? 1 : all / reached, 10);
        });
      }),
    );
  });

  test("an interval holds the chance, and narrows to nothing where nothing has happened", () => {
    fc.assert(
      fc.property(
        coxRows(shape),
        fc.constantFrom("logLog", "log", "plain", "logit", "arcsine" as const),
        (rows, interval) => {
          const baseline = coxBaseline(withFit(rows), rows, { interval });
          const { columns } = coxSurvival(baseline, rows, { times: [0, 3, 6, 9] });
          columns.survival.forEach((share, at) => {
            const [lower, upper] = [columns.lower[at], columns.upper[at]];
            if (share === null || lower === null || upper === null) return;
            expect(lower).toBeLessThanOrEqual(share + 1e-12);
            expect(upper).toBeGreaterThanOrEqual(share - 1e-12);
            expect(lower).toBeGreaterThanOrEqual(0);
            expect(upper).toBeLessThanOrEqual(1);
            if (columns.time[at] === 0) expect([share, columns.standardError[at]]).toEqual([1, 0]);
          });
        },
      ),
    );
  });

  test("beyond what was seen nothing is known", () => {
    const rows = [3, 5, 6, 8].map((duration, at) => ({
      duration,
      event: at !== 3,
      covariates: { a: (at * 3) % 4 },
    }));
    const baseline = coxBaseline(fitted(rows), rows);
    expect(baseline.strata[0].lastTime).toBe(8);
    const subject = { covariates: { a: 1 } };
    const { columns } = coxSurvival(baseline, [subject], { times: [8, 8.1] });
    expect(columns.survival[0]).not.toBeNull();
    expect([
      columns.cumulativeHazard[1],
      columns.survival[1],
      columns.standardError[1],
      columns.lower[1],
    ]).toEqual([null, null, null, null]);
    expect(coxLifetime(baseline, [subject], { horizon: 9 }).columns.restrictedMean).toEqual([null]);
    const late = { ...subject, survivedTo: 9 };
    expect(coxLifetime(baseline, [late], { horizon: 5 }).columns.restrictedMean).toEqual([null]);
    expect(coxSurvival(baseline, [late], { times: [2] }).columns.survival).toEqual([null]);
  });

  test("the restricted mean is the area under the steps, the median where they cross a half", () => {
    fc.assert(
      fc.property(coxRows(shape), fc.integer({ min: 0, max: 4 }), (rows, survivedTo) => {
        const baseline = coxBaseline(withFit(rows), rows);
        const subject = { ...rows[0], survivedTo };
        const horizon = 6;
        const { columns } = coxLifetime(baseline, [subject], { horizon });
        const { lastTime, points } =
          baseline.strata[baseline.strata.findIndex((one) => one.stratum === rows[0].stratum)];
        const at = (time: number) =>
          coxSurvival(baseline, [subject], { times: [time] }).columns.survival[0] ?? Number.NaN;
        if (horizon > lastTime) expect(columns.restrictedMean).toEqual([null]);
        else {
          // Durations are whole: the curve is flat from one to the next.
          let area = 0;
          for (let time = survivedTo; time < horizon; time++) area += at(time);
          expect(columns.restrictedMean[0]).toBeCloseTo(area, 10);
        }
        const crossing = points.columns.time.find((time) => time > survivedTo && at(time) <= 0.5) ?? null;
        expect(columns.median).toEqual([crossing]);
      }),
    );
  });

  /** Compares median and limits with the first crossings of a half; tells whether an upper limit rose again. */
  function expectFirstCrossings(
    rows: CoxRow[],
    interval: SurvivalIntervalMethod,
    survivedTo: number,
  ): boolean {
    const baseline = coxBaseline(withFit(rows), rows, { interval, confidenceLevel: 0.5 });
    const subjects = rows.slice(0, 4).map((row) => ({ ...row, survivedTo }));
    const lifetimes = coxLifetime(baseline, subjects, { horizon: 5 }).columns;
    const rises = subjects.map((subject, at) => {
      const stratum = baseline.strata.find((one) => one.stratum === (subject.stratum ?? null));
      const times = stratum?.points.columns.time.filter((time) => time > survivedTo) ?? [];
      const { survival, lower, upper } = coxSurvival(baseline, [subject], { times }).columns;
      const crossing = (shares: readonly (number | null)[]) =>
        times.find((_, step) => (shares[step] ?? survival[step] ?? 1) <= 0.5) ?? null;
      expect(lifetimes.median[at]).toBe(crossing(survival));
      expect(lifetimes.medianLower[at]).toBe(crossing(lower));
      // A chance that rounds to 0 has no limits to compare with.
      if (!survival.includes(0)) expect(lifetimes.medianUpper[at]).toBe(crossing(upper));
      return upper.some((limit, step) => limit !== null && limit > (upper[step - 1] ?? 1));
    });
    return rises.includes(true);
  }

  test("median and limits are the first crossings of a half", () => {
    const methods = fc.constantFrom("logLog", "log", "plain", "logit", "arcsine" as const);
    fc.assert(
      fc.property(coxRows(shape), methods, fc.integer({ min: 0, max: 4 }), (rows, interval, survivedTo) => {
        expectFirstCrossings(rows, interval, survivedTo);
      }),
    );
  });

  test("also where limits rise again", () => {
    const methods = ["logLog", "log", "plain", "logit", "arcsine"] as const;
    const rising = fc
      .sample(coxRows(shape), { numRuns: 300, seed: 5 })
      .filter(hasSoundFit)
      .filter((rows, at) => expectFirstCrossings(rows, methods[at % 5], 0));
    expect(rising.length).toBeGreaterThan(0);
  });

  test("where the chance is a half exactly: the middle of the stretch, as of every median here", () => {
    const data = {
      duration: [2, 3, 5, 5, 7, 8, 9, 12],
      event: [1, 1, 1, 0, 1, 0, 1, 0] as (0 | 1)[],
      covariates: { complaints: [3, 0, 2, 0, 1, 1, 1, 0] },
    };
    const fit = fitted(data);
    const baseline = coxBaseline(fit, data);
    const { cumulativeHazard } = baseline.prediction.strata[0];
    const [{ coefficient, mean }] = fit.coefficients;
    /** Of this subject the chance after a step is exp(-log 2). */
    const evenAfter = (step: number) => ({
      covariates: { complaints: mean + Math.log(Math.LN2 / cumulativeHazard[step]) / coefficient },
    });
    const subjects = [evenAfter(1), evenAfter(4)];
    const { survival } = coxSurvival(baseline, subjects, { times: [3, 9] }).columns;
    expect(survival[0]).toBeCloseTo(0.5, 13);
    expect(survival[3]).toBeCloseTo(0.5, 13);
    // Level from 3 to 5, and from 9 to the end of what was seen, at 12.
    expect(coxLifetime(baseline, subjects, { horizon: 8 }).columns.median).toEqual([4, 10.5]);
  });

  test("nobody lives from beyond the horizon up to it", () => {
    const rows = [3, 5, 6, 8].map((duration, at) => ({
      duration,
      event: at !== 3,
      covariates: { a: (at * 3) % 4 },
    }));
    const baseline = coxBaseline(fitted(rows), rows);
    const subjects = [4, 5, 5.5].map((survivedTo) => ({ covariates: { a: 1 }, survivedTo }));
    const { restrictedMean } = coxLifetime(baseline, subjects, { horizon: 5 }).columns;
    expect(restrictedMean).toEqual([1, 0, null]);
  });

  test("a risk beyond all numbers stays a number", () => {
    const rows = [3, 5, 6, 8].map((duration, at) => ({
      duration,
      event: true,
      covariates: { a: (at * 3) % 4 },
    }));
    const fit = fitted(rows);
    const far = [{ covariates: { a: 1e6 } }, { covariates: { a: -1e6 } }];
    const risk = coxRisk(fit, far);
    const baseline = coxBaseline(fit, rows);
    const survival = coxSurvival(baseline, far, { times: [1, 3, 8], interval: "log" });
    const lifetime = coxLifetime(baseline, far, { horizon: 7 });
    for (const values of [risk, survival, lifetime])
      expect(JSON.parse(JSON.stringify(values))).toEqual(values);
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
  const baseline = coxBaseline(fit, rows);
  const subject = rows[0];

  test("subjects, row by row", () => {
    const subjects = [
      subject,
      { ...subject, covariates: {} },
      { ...subject, covariates: { a: "3" } },
      { ...subject, stratum: "z" },
      { ...subject, survivedTo: -1 },
    ];
    const error = thrown(() => coxSurvival(baseline, subjects as (typeof rows)[number][], { times: [1] }));
    expect(error).toMatchObject({ code: "INVALID_ROWS", path: "subjects[1].covariates.a" });
    expect(error.message.split("\n")).toEqual([
      "4 problems in subjects:",
      "  row 2, covariates.a: is missing",
      '  row 3, covariates.a: "3" is not a finite number',
      '  row 4, stratum: "z" is no stratum of the fit',
      "  row 5, survivedTo: -1 is not a finite number of 0 or more",
    ]);
    expect(thrown(() => coxRisk(fit, subject as never))).toMatchObject({ path: "subjects" });
  });

  test("a subject without a stratum, where the fit has strata", () => {
    const named = rows.map((row, at) => ({ ...row, stratum: at % 2 === 0 ? "" : "y" }));
    const doubled = [...named, ...named.map((row) => ({ ...row, duration: row.duration + 0.5 }))];
    const strata = coxBaseline(fitted(doubled), doubled);
    const { covariates } = subject;
    const error = thrown(() =>
      coxSurvival(strata, [{ covariates }, { covariates, stratum: null }], { times: [1] }),
    );
    expect(error).toMatchObject({ code: "INVALID_ROWS", path: "subjects[0].stratum" });
    expect(error.message).toContain("row 1, stratum: is missing: name a stratum of the fit");
    expect(coxSurvival(strata, [{ covariates, stratum: "" }], { times: [1] }).length).toBe(1);
    const none = doubled.map((row) => ({ ...row, stratum: row.stratum === "" ? null : "y" }));
    const unnamed = coxBaseline(fitted(none), none);
    expect(coxSurvival(unnamed, [{ covariates }], { times: [4] }).columns).toEqual(
      coxSurvival(strata, [{ covariates, stratum: "" }], { times: [4] }).columns,
    );
  });

  test("baselines that are none", () => {
    const broken = [
      null,
      {},
      { prediction: { fit: {}, strata: [] }, strata: [] },
      { ...baseline, strata: [] },
      { ...baseline, strata: [null] },
      { ...baseline, prediction: { ...baseline.prediction, strata: [{}] } },
      { ...baseline, prediction: { ...baseline.prediction, fit: null } },
    ];
    for (const one of broken) {
      for (const call of [
        () => coxSurvival(one as never, [subject], { times: [1] }),
        () => coxLifetime(one as never, [subject], { horizon: 1 }),
      ]) {
        const error = thrown(call);
        expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: "baseline" });
        expect(error.message).toContain("pass what coxBaseline gave");
      }
    }
  });

  test("times, horizon and intervals", () => {
    expect(thrown(() => coxSurvival(baseline, [subject], { times: [1, -2] }))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "options.times[1]",
    });
    expect(thrown(() => coxSurvival(baseline, [subject], undefined as never))).toMatchObject({
      path: "options",
    });
    expect(thrown(() => coxLifetime(baseline, [subject], undefined as never))).toMatchObject({
      path: "options",
    });
    expect(thrown(() => coxLifetime(baseline, [subject], { horizon: 0 }))).toMatchObject({
      path: "options.horizon",
    });
    expect(
      thrown(() => coxLifetime(baseline, [subject], { horizon: 5, interval: "exact" as "log" })),
    ).toMatchObject({ path: "options.interval" });
    expect(thrown(() => coxSurvival({} as never, [subject], { times: [1] }))).toMatchObject({
      path: "baseline",
    });
  });
});
