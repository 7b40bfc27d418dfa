import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { coxBaseline } from "../../src/statistics/cox/cox-baseline.js";
import type { CoxColumns } from "../../src/statistics/cox/cox-data.js";
import { coxLifetime } from "../../src/statistics/cox/cox-lifetime.js";
import type { CoxTies } from "../../src/statistics/cox/cox-partial-likelihood.js";
import { coxRisk } from "../../src/statistics/cox/cox-risk.js";
import { coxSurvival } from "../../src/statistics/cox/cox-survival.js";
import type { TimeScale } from "../../src/statistics/cox/event-time-scale.js";
import { proportionalityTest } from "../../src/statistics/cox/proportionality-test.js";
import { schoenfeldResiduals } from "../../src/statistics/cox/schoenfeld-residuals.js";
import { fitted } from "../statistics/cox/cox-fit.js";

// Values of R's package survival (Therneau): see r-cox.R, which makes them. They have 15 digits. R standardizes and sums in
// another order, and its concordance counts exactly: 1e-9 relative everywhere, 1e-9 absolute for values below 1.

interface Curve {
  readonly time: readonly number[];
  readonly cumulativeHazard: readonly number[];
  readonly survival: readonly number[];
  readonly logError: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

interface Case {
  readonly name: string;
  readonly ties: CoxTies;
  readonly truncated: 0 | 1;
  readonly weighted: 0 | 1;
  readonly stratified: 0 | 1;
  readonly coefficients: readonly number[];
  readonly variance: readonly (readonly number[])[];
  readonly z: readonly number[];
  readonly pValues: readonly number[];
  readonly limits: readonly (readonly number[])[];
  readonly means: readonly number[];
  readonly logLikelihood: readonly [number, number];
  readonly score: number;
  readonly wald: number;
  readonly concordance: {
    readonly value: number;
    readonly variance: number;
    readonly count: readonly number[];
  };
  readonly zph: Readonly<Record<TimeScale, readonly (readonly [number, number, number])[]>>;
  readonly schoenfeld: readonly (readonly number[])[];
  readonly scaled: readonly (readonly number[])[];
  readonly basehaz: {
    readonly time: readonly number[];
    readonly hazard: readonly number[];
    readonly stratum: readonly string[] | null;
  };
  readonly curves: readonly [logLog: Curve, log: Curve, plain: Curve];
  readonly medians: readonly (readonly (number | null)[])[];
  readonly risk: { readonly fit: readonly number[]; readonly error: readonly number[] };
}

interface Reference {
  readonly data: Readonly<
    Record<"duration" | "distinct" | "entry" | "weight" | "age" | "vip" | "spend", number[]>
  > & { readonly event: (0 | 1)[]; readonly region: string[] };
  readonly subjects: Readonly<Record<"age" | "vip" | "spend", number[]>> & { readonly stratum: string[] };
  readonly cases: readonly Case[];
}

const reference: Reference = JSON.parse(readFileSync(new URL("./r-cox.json", import.meta.url), "utf8"));
const names = ["age", "vip", "spend"] as const;

function dataOf(entry: Case): CoxColumns {
  const { duration, distinct, event, entry: from, weight, age, vip, spend, region } = reference.data;
  return {
    duration: entry.name === "no ties" ? distinct : duration,
    event,
    entry: entry.truncated ? from : undefined,
    weight: entry.weighted ? weight : undefined,
    stratum: entry.stratified ? region : undefined,
    covariates: { age, vip, spend },
  };
}

const subjects = [0, 1].map((at) => ({
  covariates: Object.fromEntries(names.map((name) => [name, reference.subjects[name][at]])),
  stratum: reference.subjects.stratum[at],
}));

function expectAll(actual: readonly (number | null)[], expected: readonly (number | null)[]): void {
  expect(actual.length).toBe(expected.length);
  actual.forEach((value, at) => {
    const want = expected[at];
    if (want === null || value === null) expect(value).toBe(want);
    else if (!(Math.abs(value - want) <= 1e-9 * Math.max(1, Math.abs(want)))) expect(value).toBe(want);
  });
}

describe.each(reference.cases.map((entry) => [`${entry.name}, ${entry.ties}`, entry] as const))(
  "%s",
  (_, entry) => {
    const data = dataOf(entry);
    const fit = fitted(data, { ties: entry.ties });

    test("coxph: coefficients, tests, likelihood", () => {
      const { coefficients } = fit;
      expect(coefficients.map(({ name }) => name)).toEqual(names);
      // Small coefficients: relative, not absolute.
      coefficients.forEach(({ coefficient, standardError }, at) => {
        expect(Math.abs(coefficient / entry.coefficients[at] - 1)).toBeLessThan(1e-9);
        expect(Math.abs(standardError / Math.sqrt(entry.variance[at][at]) - 1)).toBeLessThan(1e-9);
      });
      fit.covariance.forEach((row, at) => {
        expectAll(row, entry.variance[at]);
      });
      expectAll(
        coefficients.map(({ z }) => z),
        entry.z,
      );
      expectAll(
        coefficients.map(({ pValue }) => pValue),
        entry.pValues,
      );
      expectAll(
        coefficients.flatMap(({ lower, upper }) => [lower, upper]),
        entry.limits.flat(),
      );
      const { logLikelihood, scoreTest, waldTest, likelihoodRatioTest } = fit;
      expectAll([logLikelihood.null, logLikelihood.fitted], entry.logLikelihood);
      expectAll([scoreTest.statistic, waldTest.statistic], [entry.score, entry.wald]);
      expectAll([likelihoodRatioTest.statistic], [2 * (entry.logLikelihood[1] - entry.logLikelihood[0])]);
    });

    test("concordance with its standard error", () => {
      const { value, standardError, ...count } = fit.concordance;
      expectAll([value, standardError], [entry.concordance.value, Math.sqrt(entry.concordance.variance)]);
      const { concordant, discordant, tiedScore, tiedTime, tiedBoth } = count;
      expectAll([concordant, discordant, tiedScore, tiedTime, tiedBoth], entry.concordance.count);
    });

    test.each(Object.keys(entry.zph) as TimeScale[])("cox.zph, %s", (transform) => {
      const { covariates, global } = proportionalityTest(fit, data, { transform });
      const rows = [...covariates, global];
      expect(rows.map(({ name }) => name)).toEqual([...names, null]);
      rows.forEach(({ statistic, degreesOfFreedom, pValue }, at) => {
        expectAll([statistic, degreesOfFreedom, pValue], entry.zph[transform][at]);
      });
    });

    test("Schoenfeld residuals, plain and scaled", () => {
      const { raw, scaled, row, time } = schoenfeldResiduals(fit, data);
      names.forEach((name, at) => {
        expectSorted(raw[name], entry.schoenfeld, at);
        expectSorted(scaled?.[name] ?? [], entry.scaled, at);
      });
      expect(time).toEqual(row.map((place) => data.duration[place]));
    });

    test("basehaz at covariates of 0", () => {
      const zero = Object.fromEntries(names.map((name) => [name, 0]));
      const { strata } = coxBaseline(fit, data, { covariates: zero });
      const { time, hazard, stratum } = entry.basehaz;
      const got = time.map((at, row) => {
        const baseline = strata.find((one) => one.stratum === (stratum?.[row] ?? null));
        const columns = baseline?.points.columns;
        const step = columns?.time.findLastIndex((known) => known <= at) ?? -1;
        return step < 0 ? 0 : (columns?.cumulativeHazard[step] ?? Number.NaN);
      });
      expectAll(got, hazard);
    });

    test("survfit for two subjects, three kinds of limits", () => {
      const [logLog, log, plain] = entry.curves;
      const baseline = coxBaseline(fit, data);
      const kinds = [
        { subject: subjects[0], interval: "logLog", curve: logLog },
        { subject: subjects[1], interval: "log", curve: log },
        { subject: subjects[1], interval: "plain", curve: plain },
      ] as const;
      for (const { subject, interval, curve } of kinds) {
        const { columns } = coxSurvival(baseline, [subject], { times: curve.time, interval });
        expectAll(columns.cumulativeHazard, curve.cumulativeHazard);
        expectAll(columns.survival, curve.survival);
        expectAll(
          columns.standardError,
          curve.survival.map((survival, at) => survival * curve.logError[at]),
        );
        expectAll(columns.lower, curve.lower);
        expectAll(columns.upper, curve.upper);
      }
    });

    test("medians of survfit with log-log limits", () => {
      const { columns } = coxLifetime(coxBaseline(fit, data), subjects, { horizon: 20 });
      subjects.forEach((_, at) => {
        expect([columns.median[at], columns.medianLower[at], columns.medianUpper[at]]).toEqual(
          entry.medians[at],
        );
      });
    });

    test("predict: linear predictor with its standard error", () => {
      const { columns } = coxRisk(fit, subjects);
      const shift = fit.coefficients.reduce(
        (sum, { coefficient, mean }, at) => sum + coefficient * (mean - entry.means[at]),
        0,
      );
      expectAll(
        columns.linearPredictor.map((value) => value + shift),
        entry.risk.fit,
      );
      // With both start and weights R's means are not weighted: another point, another error.
      if (shift !== 0 && entry.truncated && entry.weighted) return;
      expectAll(columns.standardError, entry.risk.error);
    });
  },
);

/** Events at one time stand in any order: each column sorted. */
function expectSorted(actual: readonly number[], rows: readonly (readonly number[])[], at: number): void {
  const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
  expectAll(sorted(actual), sorted(rows.map((row) => row[at])));
}
