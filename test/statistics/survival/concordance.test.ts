import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CoxRow } from "../../../src/statistics/cox/cox-data.js";
import { concordance } from "../../../src/statistics/survival/concordance.js";
import { thrown } from "../../core/thrown.js";
import { fitted } from "../cox/cox-fit.js";
import { coxRows } from "../random-cox-data.js";

type Outcome = "concordant" | "discordant" | "tiedScore" | "tiedTime" | "tiedBoth";

/** The definition, pair by pair: `first` had its event while `second` was under observation, and had it not before. */
function outcome(first: CoxRow, second: CoxRow, scores: readonly [number, number]): Outcome | null {
  if (first.stratum !== second.stratum || !first.event) return null;
  const [entry, time] = [second.entry ?? 0, first.duration];
  if (entry > 0 && entry >= time) return null;
  if (second.duration < time) return null;
  if (second.duration === time && second.event) return scores[0] === scores[1] ? "tiedBoth" : "tiedTime";
  if (scores[0] === scores[1]) return "tiedScore";
  return scores[0] > scores[1] ? "concordant" : "discordant";
}

function counts(rows: readonly CoxRow[], scores: readonly number[], weights: readonly number[]) {
  const total = { concordant: 0, discordant: 0, tiedScore: 0, tiedTime: 0, tiedBoth: 0 };
  rows.forEach((first, i) => {
    rows.forEach((second, j) => {
      if (i === j) return;
      const found = outcome(first, second, [scores[i], scores[j]]);
      if (found === null) return;
      // Ties in time are seen from both sides.
      total[found] += (weights[i] * weights[j]) / (found === "tiedTime" || found === "tiedBoth" ? 2 : 1);
    });
  });
  return total;
}

function share({ concordant, discordant, tiedScore }: ReturnType<typeof counts>): number {
  return (concordant + tiedScore / 2) / (concordant + discordant + tiedScore);
}

describe("concordance", () => {
  test("is that of all pairs, one by one, and its jackknife that of small changes of the weights", () => {
    fc.assert(
      fc.property(coxRows({ entry: true, weight: true, maxLength: 14 }), (rows) => {
        const scores = rows.map(({ covariates }) => covariates.a);
        const weights = rows.map(({ weight }) => weight ?? 1);
        const { value, standardError, reason, ...total } = concordance(rows, scores);
        const expected = counts(rows, scores, weights);
        // Weights are multiples of a half: the sums are exact.
        expect(total).toEqual(expected);
        if (value === null) {
          expect(reason).toBe("no two subjects can be compared");
          return;
        }
        expect(reason).toBeNull();
        expect(value).toBeCloseTo(share(expected), 14);
        const step = 1e-5;
        const slopes = rows.map((_, i) => {
          const moved = (by: number) =>
            share(
              counts(
                rows,
                scores,
                weights.map((weight, k) => (k === i ? weight * (1 + by) : weight)),
              ),
            );
          return (moved(step) - moved(-step)) / (2 * step);
        });
        // Central differences with a step of 1e-5: 1e-10 of truncation, 1e-11 of rounding.
        expect(standardError).toBeCloseTo(Math.sqrt(slopes.reduce((sum, slope) => sum + slope ** 2, 0)), 8);
      }),
    );
  });

  test("compares within strata, as that of a fit", () => {
    fc.assert(
      fc.property(coxRows({ covariates: 1, entry: true, strata: true, weight: true }), (rows) => {
        const fit = (() => {
          try {
            return fitted(rows);
          } catch {
            return null;
          }
        })();
        fc.pre(fit !== null);
        const [{ coefficient }] = fit?.coefficients ?? [];
        const scores = rows.map(({ covariates }) => Math.sign(coefficient) * covariates.a);
        const weights = rows.map(({ weight }) => weight ?? 1);
        expect(fit?.concordance).toMatchObject(counts(rows, scores, weights));
      }),
    );
  });

  test("a rising function of the score changes nothing; the opposite score turns it over", () => {
    fc.assert(
      fc.property(coxRows({ entry: true }), (rows) => {
        const scores = rows.map(({ covariates }) => covariates.a);
        const before = concordance(rows, scores);
        const cubed = scores.map((score) => score ** 3 + 7);
        expect(concordance(rows, cubed)).toEqual(before);
        const turned = concordance(
          rows,
          scores.map((score) => -score),
        );
        expect(turned).toMatchObject({ concordant: before.discordant, discordant: before.concordant });
        if (before.value !== null) expect(Number(turned.value) + before.value).toBeCloseTo(1, 14);
      }),
    );
  });

  test("perfect foresight is 1, one score for all is a half", () => {
    const rows = [4, 2, 9, 7].map((duration) => ({ duration, event: true }));
    expect(concordance(rows, [-4, -2, -9, -7])).toMatchObject({ value: 1, standardError: 0, concordant: 6 });
    expect(concordance(rows, [5, 5, 5, 5])).toMatchObject({ value: 0.5, standardError: 0, tiedScore: 6 });
  });

  test("a typed score, no rows, nobody to compare with", () => {
    const rows = [{ duration: 1, event: true }];
    const none = {
      value: null,
      standardError: null,
      concordant: 0,
      discordant: 0,
      tiedScore: 0,
      tiedTime: 0,
      tiedBoth: 0,
      reason: "no two subjects can be compared",
    };
    expect(concordance(rows, Float64Array.of(3))).toEqual(none);
    expect(concordance([], [])).toEqual(none);
  });

  test("scores that are no numbers, or not one for each row", () => {
    const rows = [
      { duration: 1, event: true },
      { duration: 2, event: true },
    ];
    const error = thrown(() => concordance(rows, [1, Number.NaN]));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: "score[1]" });
    expect(error.message).toContain("NaN");
    const short = thrown(() => concordance(rows, [1]));
    expect(short).toMatchObject({ code: "INVALID_ARGUMENT", path: "score" });
    expect(short.message).toContain("1 values and data 2 rows");
    expect(thrown(() => concordance([{ duration: -1, event: true }], [1]))).toMatchObject({
      code: "INVALID_ROWS",
      path: "data[0].duration",
    });
  });
});
