import { describe, expect, test } from "vitest";
import { ClienteleError } from "../../../src/core/errors.js";
import { retentionLink } from "../../../src/relationship/profile/retention-link.js";
import { logisticRegression } from "../../../src/statistics/regression/logistic-regression.js";

function refusal(call: () => unknown): ClienteleError {
  try {
    call();
  } catch (error) {
    if (error instanceof ClienteleError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

const retained = [1, 1, 0, 1, 0, 0, 1, 0, 1, 1, 0, 1];
const satisfaction = [80, 90, 40, 30, 50, 85, 60, 20, 75, 55, 65, 95];
const bonds = [0.5, 0.2, 0.1, 0.6, 0.3, 0.4, 0.7, 0.5, 0.1, 0.9, 0.2, 0.3];
const scores = { satisfaction, bonds };

describe("retentionLink", () => {
  test("each score over the customers that have it, all together over those that have all", () => {
    const link = retentionLink({
      retained: [...retained, null, true, 0],
      scores: {
        satisfaction: [...satisfaction, 50, 70, Number.NaN],
        bonds: [...bonds, 0.5, null, null],
      },
    });
    expect(link.scores.map(({ score, n, missing }) => [score, n, missing])).toEqual([
      ["satisfaction", 13, 2],
      ["bonds", 12, 3],
    ]);
    expect([link.regression.n, link.regression.dropped]).toEqual([12, 3]);
    const complete = logisticRegression({ outcome: retained, covariates: scores });
    expect(link.regression).toMatchObject(complete.converged ? { coefficients: complete.coefficients } : {});
    expect(complete.converged).toBe(true);
  });
  test("the point-biserial correlation is that of group means", () => {
    const [link] = retentionLink({ retained, scores }).scores;
    const meanOf = (side: number) => {
      const own = satisfaction.filter((_, at) => retained[at] === side);
      return own.reduce((sum, value) => sum + value, 0) / own.length;
    };
    const mean = satisfaction.reduce((sum, value) => sum + value, 0) / 12;
    const sd = Math.sqrt(satisfaction.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 12);
    // (M1 - M0) / s x sqrt(p q), with 7 of 12 who stayed.
    expect(link.pearson.correlation).toBeCloseTo(
      ((meanOf(1) - meanOf(0)) / sd) * Math.sqrt((7 * 5) / 144),
      12,
    );
    // 7 x 5 pairs, counted by hand: of the 35, those who left with 40, 50, 85, 20, 65 lie below 6, 6, 2, 7, 4 who stayed.
    expect(link.auc.value).toBeCloseTo(25 / 35, 12);
  });
  test("judged on those held out, who have no part in the fit", () => {
    const holdout = retained.map((_, at) => at >= 8);
    const link = retentionLink({ retained, scores: { satisfaction }, holdout });
    expect([link.judgedOn, link.regression.n, link.auc?.n, link.calibration?.n]).toEqual([
      "holdout",
      8,
      4,
      4,
    ]);
    const other = retained.map((value, at) => (at >= 8 ? 1 - value : value));
    expect(retentionLink({ retained: other, scores: { satisfaction }, holdout }).regression).toMatchObject({
      reason: null,
      logLikelihood: link.regression.converged ? link.regression.logLikelihood : {},
    });
    expect(retentionLink({ retained, scores: { satisfaction } }).judgedOn).toBe("fitted");
  });
  test("separation leaves correlations, and no probabilities", () => {
    const link = retentionLink({ retained: [0, 0, 1, 1], scores: { bonds: [1, 2, 3, 4] } });
    expect(link.regression).toMatchObject({ converged: false, separation: "complete" });
    expect([link.auc, link.calibration]).toEqual([null, null]);
    expect(link.scores[0]?.auc.value).toBe(1);
  });
  test("mistakes are named as the caller wrote them", () => {
    expect(() => retentionLink({ retained, scores: {} })).toThrow("data.scores has no score");
    expect(() => retentionLink({ retained, scores: { bonds: [1] } })).toThrow(
      /data.scores.bonds holds 1 values/,
    );
    expect(() =>
      retentionLink({ retained: [0, 1], scores: { a: [1, 2] }, holdout: [0, 1] as never }),
    ).toThrow(/data.holdout\[0\] is 0/);
  });
  test("a wrong value is named at its own row, whoever is held out, all of them at once", () => {
    const wrong = {
      retained: [0, 1, 0, 1, 3],
      scores: { bonds: [Number.POSITIVE_INFINITY, 2, 3, 1, undefined as unknown as number] },
    };
    for (const holdout of [undefined, [true, false, false, false, false], [false, true, true, true, true]]) {
      const error = refusal(() => retentionLink({ ...wrong, holdout }));
      expect([error.code, error.path]).toEqual(["INVALID_ROWS", "data[0].scores.bonds"]);
      expect(error.problems?.map(({ row, field, value }) => [row, field, value])).toEqual([
        [0, "scores.bonds", Number.POSITIVE_INFINITY],
        [4, "retained", 3],
        [4, "scores.bonds", undefined],
      ]);
    }
  });
});
