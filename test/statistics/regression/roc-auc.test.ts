import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { logisticProbability } from "../../../src/statistics/regression/logistic-probability.js";
import { logisticRegression } from "../../../src/statistics/regression/logistic-regression.js";
import { probabilityCalibration } from "../../../src/statistics/regression/probability-calibration.js";
import { rocAuc } from "../../../src/statistics/regression/roc-auc.js";

const scored = fc.array(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.boolean()), {
  minLength: 4,
  maxLength: 40,
});

describe("rocAuc", () => {
  test("is the share of pairs in the right order", () => {
    fc.assert(
      fc.property(scored, (rows) => {
        const yes = rows.filter(([, y]) => y).map(([s]) => s);
        const no = rows.filter(([, y]) => !y).map(([s]) => s);
        fc.pre(yes.length > 0 && no.length > 0);
        const wins = yes.flatMap((a) => no.map((b) => (a > b ? 1 : a === b ? 0.5 : 0)));
        const expected = wins.reduce((sum: number, win) => sum + win, 0) / wins.length;
        const score = rows.map(([s]) => s);
        const outcome = rows.map(([, y]) => y);
        const found = rocAuc(score, outcome);
        // Means of at most 40 halves.
        expect(found.value).toBeCloseTo(expected, 12);
        const turned = rocAuc(
          score.map((s) => -s),
          outcome,
        );
        expect(turned.value).toBeCloseTo(1 - expected, 12);
        const bent = rocAuc(
          score.map((s) => Math.exp(s)),
          outcome,
        );
        expect(bent).toEqual(found);
      }),
    );
  });
  test("interval inside 0 to 1, none where no pair is out of order", () => {
    const near = rocAuc([1, 2, 3, 4, 5, 6, 7, 8], [0, 0, 0, 1, 0, 1, 1, 1]);
    expect(near.interval?.upper).toBeLessThan(1);
    expect(near.interval?.lower).toBeLessThan(Number(near.value));
    const perfect = rocAuc([1, 2, 3, 4], [0, 0, 1, 1]);
    expect(perfect).toMatchObject({ value: 1, standardError: 0, interval: null });
    expect(perfect.reason).toMatch(/no pair is out of order/);
    expect(rocAuc([1, 2, 3], [0, 0, 1])).toMatchObject({ value: 1, standardError: null, interval: null });
    expect(rocAuc([], [])).toMatchObject({ value: null, n: 0 });
  });
  test("what is not known is dropped and counted; the rest is refused", () => {
    expect(rocAuc([1, null, 3, Number.NaN, 5], [0, 1, null, 1, true])).toMatchObject({
      n: 2,
      dropped: 3,
      events: 1,
    });
    expect(() => rocAuc([1, Number.POSITIVE_INFINITY], [0, 1])).toThrow(/score\[1\] is Infinity/);
    expect(() => rocAuc([1, 2], [0, 3])).toThrow(/outcome\[1\] is 3/);
    expect(() => rocAuc([1, 2], [0])).toThrow(/outcome holds 1 values and score 2/);
  });
});

describe("probabilityCalibration", () => {
  test("a logistic regression is calibrated on its own data", () => {
    const outcome = [0, 0, 1, 1, 0, 1, 0, 1, 1, 0, 1, 0];
    const covariates = { visits: [1, 4, 2, 8, 5, 7, 3, 6, 9, 2, 5, 4] };
    const fit = logisticRegression({ outcome, covariates });
    if (!fit.converged) throw new Error(fit.reason);
    const { slope, inTheLarge, predicted, observed } = probabilityCalibration(
      logisticProbability(fit, covariates),
      outcome,
    );
    // Newton ends within 1e-13; the probabilities are rounded once more.
    expect(slope.value).toBeCloseTo(1, 9);
    expect(inTheLarge.value).toBeCloseTo(0, 9);
    expect(predicted).toBeCloseTo(Number(observed.value), 10);
  });
  test("log odds too extreme by a factor have the inverse as slope", () => {
    const truth = [0.2, 0.2, 0.2, 0.2, 0.2, 0.8, 0.8, 0.8, 0.8, 0.8];
    const outcome = [0, 0, 0, 0, 1, 0, 1, 1, 1, 1];
    const extreme = truth.map((p) => 1 / (1 + ((1 - p) / p) ** 4));
    expect(probabilityCalibration(extreme, outcome).slope.value).toBeCloseTo(0.25, 9);
    // Odds of 2 stated where they are 1: log 2 has to be taken off.
    const half = probabilityCalibration(
      outcome.map(() => 2 / 3),
      [0, 1, 0, 1, 0, 1, 0, 1, 0, 1],
    );
    expect(half.inTheLarge.value).toBeCloseTo(-Math.log(2), 10);
    expect(half.slope).toMatchObject({
      value: null,
      reason: "the probability is 0.6666666666666666 in every row: a slope needs two",
    });
  });
  test("an infinite slope is said in words of probabilities, not of covariates", () => {
    const { slope, inTheLarge } = probabilityCalibration([0.2, 0.3, 0.7, 0.8], [0, 0, 1, 1]);
    expect(slope.value).toBeNull();
    expect(slope.reason).toBe(
      "the probabilities tell the outcomes apart, but for equal ones at most: the slope is infinite",
    );
    // As much is expected as happened.
    expect(inTheLarge.value).toBeCloseTo(0, 12);
  });
  test("groups hold every row once, in order, equal probabilities together", () => {
    fc.assert(
      fc.property(scored, fc.integer({ min: 1, max: 12 }), (rows, groups) => {
        const probability = rows.map(([s]) => s / 12);
        const outcome = rows.map(([, y]) => y);
        const found = probabilityCalibration(probability, outcome, { groups });
        expect(found.groups.length).toBeLessThanOrEqual(groups);
        expect(found.groups.reduce((sum, { n }) => sum + n, 0)).toBe(rows.length);
        expect(found.groups.reduce((sum, { observed }) => sum + observed.numerator, 0)).toBe(
          outcome.filter(Boolean).length,
        );
        for (const [at, group] of found.groups.entries()) {
          expect(group.n).toBe(probability.filter((p) => p >= group.from && p <= group.to).length);
          if (at > 0) expect(group.from).toBeGreaterThan(found.groups[at - 1].to);
        }
      }),
    );
  });
  test("ten groups of ten", () => {
    const probability = Array.from({ length: 100 }, (_, at) => (at + 0.5) / 100);
    const { groups } = probabilityCalibration(
      probability,
      probability.map((p) => p > 0.5),
    );
    expect(groups.map(({ n }) => n)).toEqual(Array.from({ length: 10 }, () => 10));
  });
  test("certainty has no log odds; what is no probability is refused", () => {
    const { brier, slope, inTheLarge } = probabilityCalibration([0, 1, 0.5], [0, 1, 1]);
    expect(brier).toBeCloseTo(0.25 / 3, 14);
    expect([slope.value, inTheLarge.value]).toEqual([null, null]);
    expect(slope.reason).toMatch(/2 probabilities are 0 or 1/);
    expect(() => probabilityCalibration([1.2], [1])).toThrow(/probability\[0\] is 1.2/);
    expect(() => probabilityCalibration([0.2], [1], { groups: 0 })).toThrow(/options.groups/);
  });
});
