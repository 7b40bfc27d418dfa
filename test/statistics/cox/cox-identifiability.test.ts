import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CoxRow } from "../../../src/statistics/cox/cox-data.js";
import { type CoxFailure, coxRegression } from "../../../src/statistics/cox/cox-regression.js";
import { atRisk, coxRows, eventGroups } from "../random-cox-data.js";

function failure(rows: readonly CoxRow[]): CoxFailure {
  const regression = coxRegression(rows);
  if (regression.converged) throw new Error(`a fit: ${JSON.stringify(regression.coefficients)}`);
  return regression;
}

/** Durations 1, 2, 3, ...; an event unless said otherwise. */
function rowsOf(
  covariates: Readonly<Record<string, readonly number[]>>,
  censored: readonly number[] = [],
): CoxRow[] {
  const length = Object.values(covariates)[0].length;
  return Array.from({ length }, (_, at) => ({
    duration: at + 1,
    event: !censored.includes(at),
    covariates: Object.fromEntries(Object.entries(covariates).map(([name, values]) => [name, values[at]])),
  }));
}

const mixed = [3, 1, 4, 1, 5, 9, 2, 6];

describe("data that do not fix the coefficients give a reason, never coefficients", () => {
  test("no event", () => {
    const rows = rowsOf({ visits: mixed }, [0, 1, 2, 3, 4, 5, 6, 7]);
    expect(failure(rows)).toEqual({
      converged: false,
      reason: "no event happened: nothing tells who has it sooner; observe longer or widen the data",
      covariates: [],
      subjects: 8,
      events: 0,
      iterations: 0,
    });
  });

  test("a constant covariate, whatever its mean rounds to", () => {
    const { reason, covariates } = failure(rowsOf({ visits: mixed, vat: mixed.map(() => 0.1) }));
    expect(reason).toBe('"vat" is the same in every row: leave out');
    expect(covariates).toEqual(["vat"]);
    expect(failure(rowsOf({ x: [7, 7, 7], y: [0, 0, 0] })).reason).toBe(
      '"x", "y" are the same in every row: leave out',
    );
  });

  test("one row", () => {
    expect(failure(rowsOf({ visits: [3] })).covariates).toEqual(["visits"]);
  });

  test("a covariate that varies between strata alone", () => {
    const rows = rowsOf({ visits: mixed, north: [0.1, 0.3, 0.1, 0.3, 0.1, 0.3, 0.1, 0.3] });
    const stratified = rows.map((row, at) => ({ ...row, stratum: at % 2 === 0 ? "south" : "north" }));
    const { reason, covariates } = failure(stratified);
    expect(reason).toBe('"north" does not vary among those at risk at any event: leave out');
    expect(covariates).toEqual(["north"]);
  });

  test("a covariate that follows from others", () => {
    const other = [2, 7, 1, 8, 2, 8, 1, 8];
    const third = [1, 6, 1, 8, 0, 3, 3, 9];
    const sum = mixed.map((value, at) => 0.1 * value - 100 * third[at] + 17);
    const { reason, covariates } = failure(rowsOf({ mixed, other, third, sum }));
    expect(reason).toBe('"sum" follows from "mixed", "third" (collinear): leave one out');
    expect(covariates).toEqual(["sum", "mixed", "third"]);
  });

  test("complete separation: the earlier the event, the higher the covariate", () => {
    const { reason, covariates } = failure(rowsOf({ mixed, warning: [9, 8, 7, 6, 5, 3, 2, 1] }));
    expect(covariates).toEqual(["warning"]);
    expect(reason).toMatch(
      /^the coefficient of "warning" runs to infinity: .* highest value among those at risk/,
    );
    expect(failure(rowsOf({ mixed, trust: [1, 2, 3, 4, 5, 6, 7, 9] })).reason).toMatch(
      /"trust".* lowest value/,
    );
  });

  test("a level without any event", () => {
    const { reason, covariates } = failure(rowsOf({ mixed, vip: [0, 1, 0, 0, 0, 0, 1, 0] }, [1, 6]));
    expect(covariates).toEqual(["vip"]);
    expect(reason).toMatch(/^the coefficient of "vip" runs to infinity/);
  });

  test("two covariates that separate together alone", () => {
    // a + b falls with every event, while a and b go up and down.
    const a = [9, 3, 8, 2, 7, 1, 6, 0];
    const b = [1, 6, 0, 5, -1, 4, -2, 3];
    const { reason, covariates } = failure(rowsOf({ a, b }));
    expect(covariates).toEqual(["a", "b"]);
    expect(reason).toMatch(/^the coefficients of "a", "b" run to infinity: together/);
  });
});

test("a fit exactly where no direction raises the likelihood for ever", () => {
  const shape = { entry: true, strata: true, weight: true, minLength: 3, maxLength: 12 };
  let [fits, failures] = [0, 0];
  fc.assert(
    fc.property(coxRows(shape), (rows) => {
      const regression = coxRegression(rows);
      expect(regression.converged).toBe(!rises(rows));
      if (regression.converged) fits++;
      else failures++;
    }),
    { numRuns: 500 },
  );
  // The draws must try both.
  expect(Math.min(fits, failures)).toBeGreaterThan(50);
});

/**
 * In whole numbers: is there a direction in which no one at risk is above one who has the event? If so, there is one
 * among the edges of the half-planes that the pairs allow.
 */
function rises(rows: readonly CoxRow[]): boolean {
  const differences = eventGroups(rows).flatMap((events) =>
    events.flatMap((event) =>
      atRisk(rows, event.duration, event.stratum).map((other) => [
        event.covariates.a - other.covariates.a,
        event.covariates.b - other.covariates.b,
      ]),
    ),
  );
  const edges = [...differences, [1, 0]].flatMap(([a, b]) => [
    [b, -a],
    [-b, a],
  ]);
  return edges.some(([x, y]) => (x !== 0 || y !== 0) && differences.every(([a, b]) => a * x + b * y >= 0));
}

test("a rare level and a far outlier are no separation", () => {
  const rare = Array.from({ length: 4000 }, (_, at) => ({
    duration: 1 + ((at * 7919) % 4001),
    event: at % 3 === 0,
    covariates: { rare: at === 999 || at === 1500 ? 1 : 0, size: at === 0 ? 1e9 : (at * 31) % 17 },
  }));
  expect(coxRegression(rare).converged).toBe(true);
});
