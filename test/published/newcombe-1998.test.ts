import { describe, expect, test } from "vitest";
import { newcombeInterval } from "../../src/statistics/newcombe-interval.js";
import { wilsonInterval } from "../../src/statistics/wilson-interval.js";

// R. G. Newcombe (1998), Statistics in Medicine 17: "Two-sided confidence intervals for the single proportion" (857-872,
// Table I) and "Interval estimation for the difference between independent proportions" (873-890, Table II).
// Printed to four decimals, hence the tolerance of half a unit of the fourth.

describe("Table II, 95 % intervals by methods 10 and 11", () => {
  const table: [number, number, number, number, [number, number], [number, number] | null][] = [
    [56, 70, 48, 80, [0.0524, 0.3339], [0.0428, 0.3422]],
    [9, 10, 3, 10, [0.1705, 0.809], [0.1013, 0.8387]],
    [6, 7, 2, 7, [0.0582, 0.8062], null],
    [5, 56, 0, 29, [-0.0381, 0.1926], null],
    [0, 10, 0, 20, [-0.1611, 0.2775], null],
    [0, 10, 0, 10, [-0.2775, 0.2775], null],
    [10, 10, 0, 20, [0.6791, 1], [0.6014, 1]],
    [10, 10, 0, 10, [0.6075, 1], null],
  ];
  test.each(table)("%i/%i - %i/%i", (a, m, b, n, score, corrected) => {
    const groups = [
      { successes: a, trials: m },
      { successes: b, trials: n },
    ] as const;
    const plain = newcombeInterval(...groups);
    expect(plain.lower).toBeCloseTo(score[0], 4);
    expect(plain.upper).toBeCloseTo(score[1], 4);
    if (corrected === null) return;
    const continuous = newcombeInterval(...groups, { continuityCorrection: true });
    expect(continuous.lower).toBeCloseTo(corrected[0], 4);
    expect(continuous.upper).toBeCloseTo(corrected[1], 4);
  });
});

describe("Table I, 95 % intervals by methods 3 and 4", () => {
  const table: [number, number, [number, number], [number, number]][] = [
    [81, 263, [0.2553, 0.3662], [0.2535, 0.3682]],
    [15, 148, [0.0624, 0.1605], [0.0598, 0.1644]],
    [0, 20, [0, 0.1611], [0, 0.2005]],
    [1, 29, [0.0061, 0.1718], [0.0018, 0.1963]],
  ];
  test.each(table)("%i of %i", (successes, trials, score, corrected) => {
    const plain = wilsonInterval(successes, trials);
    expect(plain.lower).toBeCloseTo(score[0], 4);
    expect(plain.upper).toBeCloseTo(score[1], 4);
    const continuous = wilsonInterval(successes, trials, { continuityCorrection: true });
    expect(continuous.lower).toBeCloseTo(corrected[0], 4);
    expect(continuous.upper).toBeCloseTo(corrected[1], 4);
  });
});
