import { describe, expect, test } from "vitest";
import { fisherExact } from "../../src/statistics/fisher-exact.js";

// Examples of R's ?fisher.test, as R prints them. p-values have four significant digits there. R finds the odds
// ratio and its limits by uniroot() with its default tolerance, so its last digits are not exact: the relative
// tolerances say how far they are from a 30-digit solution of the same equations (mpmath).

describe("Agresti (1990, p. 61f): Fisher's tea drinker, 3 of 4 against 1 of 4", () => {
  const treatment = { successes: 3, trials: 4 };
  const control = { successes: 1, trials: 4 };

  test("alternative greater", () => {
    const { pValue, oddsRatio, interval } = fisherExact(treatment, control, { alternative: "greater" });
    expect(pValue).toBeCloseTo(0.2429, 4);
    expect(pValue).toBeCloseTo(17 / 70, 14);
    expect(Number(oddsRatio) / 6.408309).toBeCloseTo(1, 5);
    expect(Number(interval?.lower) / 0.3135693).toBeCloseTo(1, 4);
    expect(interval?.upper).toBeNull();
  });

  test("two-sided", () => {
    const { pValue, interval } = fisherExact(treatment, control);
    expect(pValue).toBeCloseTo(0.4857, 4);
    expect(pValue).toBeCloseTo(34 / 70, 14);
    expect(Number(interval?.lower) / 0.2117329).toBeCloseTo(1, 4);
    // R prints 621.9337505; the equation's solution is 626.24353...
    expect(Number(interval?.upper) / 621.9337505).toBeCloseTo(1, 1);
    expect(interval?.upper).toBeCloseTo(626.243530588814, 9);
    expect(Math.log(Number(interval?.lower))).toBeCloseTo(-1.5524169739901734, 12);
  });
});

test("Fisher (1962, 1970): criminal convictions of like-sex twins, 2 of 12 against 15 of 18", () => {
  const { pValue, oddsRatio, interval } = fisherExact(
    { successes: 2, trials: 12 },
    { successes: 15, trials: 18 },
    { alternative: "less" },
  );
  expect(pValue).toBeCloseTo(0.0004652, 7);
  expect(Number(oddsRatio) / 0.04693661).toBeCloseTo(1, 5);
  expect(interval?.lower).toBe(0);
  expect(Number(interval?.upper) / 0.2849601).toBeCloseTo(1, 5);
});
