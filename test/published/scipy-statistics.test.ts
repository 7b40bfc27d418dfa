import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Alternative } from "../../src/statistics/confidence.js";
import { fisherExact } from "../../src/statistics/fisher-exact.js";
import { midRanks } from "../../src/statistics/mid-ranks.js";
import { pearsonCorrelation } from "../../src/statistics/pearson-correlation.js";
import { type QuantileMethod, quantiles } from "../../src/statistics/sample-quantile.js";
import { spearmanCorrelation } from "../../src/statistics/spearman-correlation.js";
import { theilSen } from "../../src/statistics/theil-sen.js";
import { wilsonInterval } from "../../src/statistics/wilson-interval.js";

// Values of numpy and scipy, another implementation of the same formulas: see scipy-statistics.py, which makes them.

interface Reference {
  readonly quantiles: readonly {
    readonly values: readonly number[];
    readonly shares: readonly number[];
    readonly quantiles: Readonly<Record<QuantileMethod, readonly number[]>>;
  }[];
  readonly wilson: readonly {
    readonly successes: number;
    readonly trials: number;
    readonly confidenceLevel: number;
    readonly wilson: readonly [number, number];
    readonly corrected: readonly [number, number];
  }[];
  readonly fisher: readonly {
    readonly table: readonly [readonly [number, number], readonly [number, number]];
    readonly oddsRatio: number | null;
    readonly pValue: Readonly<Record<Alternative, number>>;
    readonly interval: Readonly<Record<Alternative, readonly [number, number | null]>>;
  }[];
  readonly correlations: readonly {
    readonly x: readonly number[];
    readonly y: readonly number[];
    readonly confidenceLevel: number;
    readonly ranks: readonly number[];
    readonly pearson: { correlation: number; pValue: number; interval: readonly [number, number] };
    readonly spearman: { correlation: number; pValue: number };
    readonly theilSen: { slope: number; intercept: number; interval: readonly [number, number] };
  }[];
}

const reference: Reference = JSON.parse(
  readFileSync(new URL("./scipy-statistics.json", import.meta.url), "utf8"),
);

/** Relative to the value, absolute below 1: both sides round in their last digits. */
function expectNear(actual: number | null | undefined, expected: number, tolerance: number): void {
  expect(typeof actual).toBe("number");
  expect(Math.abs(Number(actual) - expected)).toBeLessThanOrEqual(
    tolerance * Math.max(1, Math.abs(expected)),
  );
}

describe("numpy.quantile", () => {
  test.each(reference.quantiles.map((entry) => [entry.values.length, entry] as const))(
    "%i values, nine methods",
    (_, { values, shares, quantiles: byMethod }) => {
      for (const [method, expected] of Object.entries(byMethod) as [QuantileMethod, readonly number[]][]) {
        const actual = quantiles(values, shares, { method });
        expected.forEach((value, i) => {
          // 1e-13: one interpolation, a few roundings.
          const message = `${method} at ${shares[i]}`;
          expect(Math.abs(actual[i] - value), message).toBeLessThanOrEqual(
            1e-13 * Math.max(1, Math.abs(value)),
          );
        });
      }
    },
  );
});

test("scipy.stats.binomtest: Wilson with and without continuity correction", () => {
  for (const { successes, trials, confidenceLevel, wilson, corrected } of reference.wilson) {
    const plain = wilsonInterval(successes, trials, { confidenceLevel });
    const continuous = wilsonInterval(successes, trials, { confidenceLevel, continuityCorrection: true });
    // 1e-12: scipy finds the root of a cancelling form, ours has no cancellation.
    expectNear(plain.lower, wilson[0], 1e-12);
    expectNear(plain.upper, wilson[1], 1e-12);
    expectNear(continuous.lower, corrected[0], 1e-12);
    expectNear(continuous.upper, corrected[1], 1e-12);
  }
});

describe("scipy.stats.fisher_exact and contingency.odds_ratio(kind='conditional')", () => {
  test.each(reference.fisher.map((entry) => [JSON.stringify(entry.table), entry] as const))(
    "%s",
    (_, entry) => {
      const [[a, b], [c, d]] = entry.table;
      const treatment = { successes: a, trials: a + b };
      const control = { successes: c, trials: c + d };
      for (const alternative of ["twoSided", "greater", "less"] as const) {
        const { pValue, oddsRatio, interval } = fisherExact(treatment, control, { alternative });
        // 1e-11: scipy sums up to 990 terms of exp(log-gamma); the odds ratios are roots found to about 1e-11.
        expectNear(pValue, entry.pValue[alternative], 1e-11);
        if (entry.oddsRatio === null) expect(oddsRatio).toBeNull();
        else expectNear(oddsRatio, entry.oddsRatio, 1e-9);
        const [lower, upper] = entry.interval[alternative];
        expectNear(interval?.lower, lower, 1e-9);
        if (upper === null) expect(interval?.upper).toBeNull();
        else expectNear(interval?.upper, upper, 1e-9);
      }
    },
  );
});

describe("scipy.stats.pearsonr, spearmanr, rankdata, theilslopes(method='joint')", () => {
  test.each(reference.correlations.map((entry) => [entry.x.length, entry] as const))(
    "%i pairs",
    (_, entry) => {
      const { x, y, confidenceLevel } = entry;
      const pearson = pearsonCorrelation(x, y, { confidenceLevel });
      // 1e-12: sums of up to 200 products.
      expectNear(pearson.correlation, entry.pearson.correlation, 1e-12);
      expectNear(pearson.interval?.lower, entry.pearson.interval[0], 1e-12);
      expectNear(pearson.interval?.upper, entry.pearson.interval[1], 1e-12);
      // Relative, for p-values down to 1e-110: at t = 48 an error of 1e-15 in r is 1e-11 in p.
      expect(Number(pearson.pValue) / entry.pearson.pValue).toBeCloseTo(1, 9);

      expect(midRanks(x)).toEqual(entry.ranks);
      const spearman = spearmanCorrelation(x, y, { confidenceLevel });
      expectNear(spearman.correlation, entry.spearman.correlation, 1e-12);
      expect(Number(spearman.pValue) / entry.spearman.pValue).toBeCloseTo(1, 9);

      const line = theilSen(x, y, { confidenceLevel });
      expectNear(line.slope, entry.theilSen.slope, 1e-12);
      expectNear(line.intercept, entry.theilSen.intercept, 1e-12);
      expectNear(line.interval?.lower, entry.theilSen.interval[0], 1e-12);
      expectNear(line.interval?.upper, entry.theilSen.interval[1], 1e-12);
    },
  );
});
