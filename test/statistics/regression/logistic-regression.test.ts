import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ClienteleError } from "../../../src/core/errors.js";
import type { LogisticInput } from "../../../src/statistics/regression/logistic-data.js";
import { logisticProbability } from "../../../src/statistics/regression/logistic-probability.js";
import {
  type LogisticFailure,
  type LogisticFit,
  logisticRegression,
} from "../../../src/statistics/regression/logistic-regression.js";

// That it equals R's glm is tested in published/r-logistic.test.ts.

function fitted(data: LogisticInput, options = {}): LogisticFit {
  const regression = logisticRegression(data, options);
  if (!regression.converged) throw new Error(`no fit: ${regression.reason}`);
  return regression;
}

function failure(outcome: readonly number[], covariates: Record<string, readonly number[]>): LogisticFailure {
  const regression = logisticRegression({ outcome, covariates });
  if (regression.converged) throw new Error(`a fit: ${JSON.stringify(regression.coefficients)}`);
  return regression;
}

function thrown(call: () => unknown): ClienteleError {
  try {
    call();
  } catch (error) {
    if (error instanceof ClienteleError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

const repeated = (n: number, value: number): number[] => Array.from({ length: n }, () => value);

describe("a two-by-two table has its answer in closed form", () => {
  const count = fc.integer({ min: 1, max: 60 });
  test("log odds ratio, Woolf's standard error, log odds of the reference", () => {
    fc.assert(
      fc.property(count, count, count, count, (a, b, c, d) => {
        // Group 1: a yes, b no; group 0: c yes, d no.
        const fit = fitted(
          {
            outcome: [...repeated(a, 1), ...repeated(b, 0), ...repeated(c, 1), ...repeated(d, 0)],
            covariates: { group: [...repeated(a + b, 1), ...repeated(c + d, 0)] },
          },
          { profile: false },
        );
        const [group] = fit.coefficients;
        // Sums of up to 240 rows and a few Newton steps: 1e-9 absolute on numbers below 10.
        expect(group.coefficient).toBeCloseTo(Math.log((a * d) / (b * c)), 9);
        expect(group.standardError).toBeCloseTo(Math.sqrt(1 / a + 1 / b + 1 / c + 1 / d), 9);
        expect(fit.intercept.coefficient).toBeCloseTo(Math.log(c / d), 9);
        expect(group.profile).toBeNull();
        expect([fit.n, fit.events, fit.dropped]).toEqual([a + b + c + d, a + c, 0]);
      }),
      { numRuns: 60 },
    );
  });
});

describe("units do not matter", () => {
  const visits = [1, 4, 2, 8, 5, 7, 3, 6, 9, 2, 5, 4];
  const spend = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8];
  const outcome = [0, 0, 1, 1, 0, 1, 0, 1, 1, 0, 1, 0];
  const plain = fitted({ outcome, covariates: { visits, spend } });

  test("a covariate in another unit and from another zero", () => {
    const moved = fitted({ outcome, covariates: { visits: visits.map((x) => 1000 * x - 5e5), spend } });
    const [was, is] = [plain.coefficients[0], moved.coefficients[0]];
    // 5e5 over a spread of 2000 costs three digits of sixteen.
    expect(is.coefficient * 1000).toBeCloseTo(was.coefficient, 9);
    expect(is.standardError * 1000).toBeCloseTo(was.standardError, 9);
    // The profile's limits are found to 1e-9 standard errors.
    expect(Number(is.profile?.lower) * 1000).toBeCloseTo(Number(was.profile?.lower), 7);
    expect(moved.coefficients[1].coefficient).toBeCloseTo(plain.coefficients[1].coefficient, 9);
    expect(moved.logLikelihood.fitted).toBeCloseTo(plain.logLikelihood.fitted, 10);
  });
  test("yes and no exchanged: every sign turns, intervals turn over", () => {
    const turned = fitted({ outcome: outcome.map((y) => 1 - y), covariates: { visits, spend } });
    expect(turned.coefficients[0].coefficient).toBeCloseTo(-plain.coefficients[0].coefficient, 10);
    expect(turned.coefficients[0].profile?.upper).toBeCloseTo(
      -Number(plain.coefficients[0].profile?.lower),
      7,
    );
    expect(turned.intercept.wald.lower).toBeCloseTo(-plain.intercept.wald.upper, 10);
  });
  test("rows and columns, booleans and numbers are one", () => {
    const rows = outcome.map((y, at) => ({
      outcome: y === 1,
      covariates: { visits: visits[at], spend: spend[at] },
    }));
    expect(logisticRegression(rows)).toEqual(plain);
    const typed = {
      outcome: Uint8Array.from(outcome),
      covariates: { visits: Float64Array.from(visits), spend },
    };
    expect(logisticRegression(typed)).toEqual(plain);
  });
  test("at the maximum probabilities add up to the events, by covariate too", () => {
    const p = logisticProbability(plain, { visits, spend }).map(Number);
    const rest = p.map((value, at) => outcome[at] - value);
    for (const column of [visits.map(() => 1), visits, spend])
      expect(rest.reduce((sum, value, at) => sum + value * column[at], 0)).toBeCloseTo(0, 9);
  });
  test("survives JSON", () => expect(JSON.parse(JSON.stringify(plain))).toEqual(plain));
});

describe("what is not known is dropped and counted", () => {
  test("null and NaN, in outcome and covariates: the rest is fitted as if they were not there", () => {
    const a = [1, 4, 2, 8, 5, 7, 3, 6, 9, 2, 5, 4];
    const b = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8];
    const outcome = [0, 0, 1, 1, 0, 1, 0, 1, 1, 0, 1, 0];
    const whole = fitted({ outcome, covariates: { a, b } });
    const { n, events, dropped, missing, missingOutcome, coefficients, intercept } = fitted({
      outcome: [null, ...outcome, 1, Number.NaN, 0],
      covariates: { a: [5, ...a, null, null, 2], b: [2, ...b, 1, 1, Number.NaN] },
    });
    expect({ coefficients, intercept }).toEqual({
      coefficients: whole.coefficients,
      intercept: whole.intercept,
    });
    expect({ n, events, dropped, missingOutcome }).toEqual({
      n: 12,
      events: 6,
      dropped: 4,
      missingOutcome: 2,
    });
    expect(missing).toEqual([
      { name: "a", rows: 2 },
      { name: "b", rows: 1 },
    ]);
  });
});

describe("data that do not fix the coefficients give a reason, never coefficients", () => {
  const mixed = [3, 1, 4, 1, 5, 9, 2, 6];
  const outcome = [0, 1, 0, 1, 1, 0, 1, 0];
  test("an outcome that never varies, no row", () => {
    expect(failure(repeated(8, 1), { mixed }).reason).toMatch(/outcome is 1 in every row/);
    expect(failure([], { mixed: [] }).reason).toMatch(/no row is complete/);
  });
  test("a constant, and a combination of others", () => {
    expect(failure(outcome, { mixed, vat: repeated(8, 0.1) })).toMatchObject({
      covariates: ["vat"],
      separation: null,
    });
    const other = [2, 7, 1, 8, 2, 8, 1, 8];
    const sum = mixed.map((x, at) => 3 * x - other[at] + 17);
    const { covariates, reason } = failure(outcome, { mixed, other, sum });
    expect(covariates).toEqual(["sum", "mixed", "other"]);
    expect(reason).toMatch(/collinear/);
  });
  test("one covariate that separates, upward or downward, and on the edge", () => {
    const x = [1, 2, 3, 4, 5, 6];
    const up = failure([0, 0, 0, 1, 1, 1], { x });
    expect(up).toMatchObject({ separation: "complete", covariates: ["x"], iterations: 0, n: 6 });
    expect(up.reason).toMatch(/"x" runs to infinity.*complete separation/);
    expect(failure([1, 1, 1, 0, 0, 0], { x }).separation).toBe("complete");
    expect(failure([0, 0, 1, 0, 1, 1], { x: [1, 2, 3, 3, 4, 5] }).separation).toBe("quasiComplete");
    // A group in which nobody left: the classic empty cell.
    expect(failure([1, 1, 1, 0, 1, 0], { contract: [1, 1, 0, 0, 0, 0] }).separation).toBe("quasiComplete");
  });
  test("two covariates that separate only together", () => {
    const a = [1, 2, 3, 4, 1.5, 2.5, 3.5, 4.5];
    const b = a.map((value, at) => (at < 4 ? -value : 0.2 - value));
    const { separation, covariates } = failure([0, 0, 0, 0, 1, 1, 1, 1], { a, b });
    expect(separation).toBe("complete");
    expect(covariates).toEqual(["a", "b"]);
  });
  test("together but for rows on the edge, with a covariate that has no part in it", () => {
    // a + b is 0 on the edge, where both outcomes are; above it all stay, below all leave.
    const a = [1, 2, 3, 4, 1, 2, 3, 4, 1, 2];
    const b = [-1, -2, -3, -4, 1, 0, -1, -2, -3, -4];
    const noise = [1, 5, 2, 4, 3, 1, 4, 2, 2, 3];
    const found = failure([0, 1, 1, 0, 1, 1, 1, 1, 0, 0], { a, b, noise });
    expect(found.separation).toBe("quasiComplete");
    expect(found.covariates).toEqual(["a", "b"]);
  });
  test("any labels cut by a plane are separated; each row with both labels never is", () => {
    const point = fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -20, max: 20 }));
    const slope = fc.integer({ min: -3, max: 3 });
    fc.assert(
      fc.property(fc.array(point, { minLength: 6, maxLength: 30 }), slope, slope, (points, u, v) => {
        const height = points.map(([x, y]) => u * x + v * y + 0.5);
        const covariates = { x: points.map(([x]) => x), y: points.map(([, y]) => y) };
        const cut = logisticRegression({ outcome: height.map((h) => h > 0), covariates });
        expect(cut.converged).toBe(false);
        const twice = logisticRegression(
          {
            outcome: [...points.map(() => 1), ...points.map(() => 0)],
            covariates: { x: [...covariates.x, ...covariates.x], y: [...covariates.y, ...covariates.y] },
          },
          { profile: false },
        );
        if (twice.converged)
          for (const { coefficient } of twice.coefficients) expect(coefficient).toBeCloseTo(0, 10);
        else expect(twice.separation).toBeNull();
      }),
      { numRuns: 100 },
    );
  });
});

describe("mistakes", () => {
  test("rows are named", () => {
    const error = thrown(() =>
      logisticRegression({ outcome: [0, 2], covariates: { a: [1, Number.POSITIVE_INFINITY] } }),
    );
    expect([error.code, error.path]).toEqual(["INVALID_ROWS", "data[1].outcome"]);
    expect(error.message).toContain("2");
    expect(error.problems?.map(({ field }) => field)).toEqual(["outcome", "covariates.a"]);
    const rows = [
      { outcome: 1, covariates: { a: 1 } },
      { outcome: 0, covariates: { a: 2, b: 3 } },
    ] as const;
    expect(thrown(() => logisticRegression(rows)).path).toBe("data[1].covariates.b");
    expect(thrown(() => logisticRegression([rows[1], rows[0]])).path).toBe("data[1].covariates.b");
  });
  test("arguments are named", () => {
    const paths = [
      () => logisticRegression({ outcome: [1, 0], covariates: {} }),
      () => logisticRegression({ outcome: [1, 0], covariates: { a: [1] } }),
      () => logisticRegression({ outcome: [1, 0], covariates: { a: [1e308, -1e308] } }),
      () => logisticRegression({ outcome: [1, 0], covariates: { a: [1, 2] } }, { confidenceLevel: 95 }),
      () => logisticRegression({ outcome: [1, 0], covariates: { a: [1, 2] } }, { profile: 1 as never }),
      () => logisticProbability(failure([0, 1], { a: [1, 2] }) as never, { a: [1] }),
      () => logisticProbability({ converged: true } as never, { a: [1] }),
    ].map((call) => thrown(call).path);
    expect(paths).toEqual([
      "data.covariates",
      "data.covariates.a",
      "data.covariates.a",
      "options.confidenceLevel",
      "options.profile",
      "fit",
      "fit",
    ]);
  });
});
