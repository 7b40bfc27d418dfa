import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { betaCdf, betaQuantile } from "../../src/statistics/beta-distribution.js";
import { chiSquareCdf, chiSquareQuantile } from "../../src/statistics/chi-square.js";
import { digamma } from "../../src/statistics/digamma.js";
import { gammaQuantile } from "../../src/statistics/gamma-distribution.js";
import { hypergeometricCdf, hypergeometricPmf } from "../../src/statistics/hypergeometric.js";
import { regularizedBeta } from "../../src/statistics/incomplete-beta.js";
import { regularizedGammaP, regularizedGammaQ } from "../../src/statistics/incomplete-gamma.js";
import { logBeta } from "../../src/statistics/log-beta.js";
import { logGamma } from "../../src/statistics/log-gamma.js";
import { normalCdf, normalPdf, normalQuantile } from "../../src/statistics/normal.js";
import { studentTCdf, studentTQuantile } from "../../src/statistics/student-t.js";
import { trigamma } from "../../src/statistics/trigamma.js";

// 40-digit values computed with mpmath (Johansson et al. 2023) by high-precision/make_values.py. The arguments are
// doubles, read back exactly; so every difference is the function's own error, not the table's.

type Cell = number | string | boolean;
const files = ["special-functions", "distributions", "quantiles"];
const tables = new Map<string, Cell[][]>(
  files.flatMap((file) =>
    Object.entries(
      JSON.parse(readFileSync(new URL(`./high-precision/${file}.json`, import.meta.url), "utf8")) as Record<
        string,
        Cell[][]
      >,
    ),
  ),
);

function rows(key: string): Cell[][] {
  const table = tables.get(key);
  if (table === undefined) throw new Error(`no table ${key}`);
  return table;
}

/** Every row within the relative tolerance, or within the absolute one: all the rows that are not, by name. */
function misses(
  table: string | Cell[][],
  relative: number,
  computed: (row: number[]) => number,
  wanted: (row: Cell[]) => Cell | undefined,
  absolute = 0,
): string[] {
  return (typeof table === "string" ? rows(table) : table).flatMap((row) => {
    const want = Number(wanted(row));
    const got = computed(row.map(Number));
    // Below 1e-305 a double has fewer digits left to compare.
    const allowed = Math.max(relative * Math.abs(want), absolute, 1e-317);
    return Math.abs(got - want) <= allowed || got === want ? [] : [`${row.join(", ")}: got ${got}`];
  });
}

const last = (row: Cell[]) => row[row.length - 1];
const side = (upper: number | undefined) => ({ tail: upper === 1 ? "upper" : "lower" }) as const;

describe("special functions against 40-digit values", () => {
  // A few units in the last place (2.2e-16 each): evaluation of one rational function and one or two logarithms.
  test.each([
    ["logGamma", "logGamma (x, value)", logGamma],
    ["digamma", "digamma (x, value)", digamma],
    ["trigamma", "trigamma (x, value)", trigamma],
  ] as const)("%s: relative error 1.5e-15, next to the zeros too", (_name, key, f) => {
    expect(rows(key).length).toBeGreaterThanOrEqual(40);
    expect(misses(key, 1.5e-15, (row) => f(row[0] as number), last)).toEqual([]);
  });

  test("logBeta: relative error 1.5e-15, or 4e-15 absolute next to B(a, b) = 1, where logarithms up to 15 cancel", () => {
    const f = ([a, b]: number[]) => logBeta(a as number, b as number);
    expect(misses("logBeta (a, b, value)", 1.5e-15, f, last, 4e-15)).toEqual([]);
  });

  // exp of an exponent near -690 turns one unit in its last place into 1.5e-13: the limit of tails near 1e-300.
  test("regularized gamma functions: relative error 5e-13 down to 1e-300", () => {
    const key = "incomplete gamma (a, x, P, Q)";
    expect(rows(key).length).toBeGreaterThanOrEqual(60);
    expect(
      misses(
        key,
        5e-13,
        ([a, x]) => regularizedGammaP(a as number, x as number),
        (row) => row[2],
      ),
    ).toEqual([]);
    expect(
      misses(
        key,
        5e-13,
        ([a, x]) => regularizedGammaQ(a as number, x as number),
        (row) => row[3],
      ),
    ).toEqual([]);
    const chiSquare = ([a, x]: number[]) =>
      chiSquareCdf(2 * (x as number), 2 * (a as number), { tail: "upper" });
    expect(misses(key, 5e-13, chiSquare, (row) => row[3])).toEqual([]);
  });

  // As above. Shapes near 1e-10 leave a complement that is a difference of nearly equal numbers.
  test("regularized beta function: relative error 1e-12 down to 1e-300, both tails", () => {
    const key = "incomplete beta (a, b, x, lower, upper)";
    expect(rows(key).length).toBeGreaterThanOrEqual(60);
    const lower = ([a, b, x]: number[]) => regularizedBeta(x as number, a as number, b as number);
    expect(misses(key, 1e-12, lower, (row) => row[3])).toEqual([]);
    const upper = ([a, b, x]: number[]) => betaCdf(x as number, a as number, b as number, { tail: "upper" });
    // 1e-15: I itself is known to a few units in the last place of 1, and its complement is what those leave.
    expect(misses(key, 1e-12, upper, (row) => row[4], 1e-15)).toEqual([]);
    const moderate = rows(key).filter((row) => Number(row[0]) >= 1e-4 && Number(row[1]) >= 1e-4);
    expect(misses(moderate, 1e-12, upper, (row) => row[4])).toEqual([]);
  });
});

describe("distributions against 40-digit values", () => {
  test("normal: relative error 2e-15 for the density and both tails, down to 1e-300", () => {
    const key = "normal (x, density, lower, upper)";
    expect(
      misses(
        key,
        2e-15,
        ([x]) => normalPdf(x as number),
        (row) => row[1],
      ),
    ).toEqual([]);
    expect(
      misses(
        key,
        2e-15,
        ([x]) => normalCdf(x as number),
        (row) => row[2],
      ),
    ).toEqual([]);
    expect(
      misses(
        key,
        2e-15,
        ([x]) => normalCdf(x as number, { tail: "upper" }),
        (row) => row[3],
      ),
    ).toEqual([]);
    expect(
      misses(
        key,
        2e-15,
        ([x]) => normalCdf(-(x as number)),
        (row) => row[3],
      ),
    ).toEqual([]);
  });

  // A power of df / 2 on a ratio that carries two roundings: df 1e-16 at most, below the exponent's own limit.
  test("Student t: relative error 1e-12 down to 1e-300", () => {
    const f = ([t, df]: number[]) => studentTCdf(t as number, df as number, { tail: "upper" });
    expect(misses("student t (t, df, upper)", 1e-12, f, last)).toEqual([]);
  });

  test("hypergeometric: relative error 1e-12 in the probability and both tails", () => {
    const key = "hypergeometric (k, population, successes, draws, pmf, lower, upper)";
    const draw = (row: number[]) => ({
      population: row[1] as number,
      successes: row[2] as number,
      draws: row[3] as number,
    });
    expect(
      misses(
        key,
        1e-12,
        (row) => hypergeometricPmf(row[0] as number, draw(row)),
        (row) => row[4],
      ),
    ).toEqual([]);
    expect(
      misses(
        key,
        1e-12,
        (row) => hypergeometricCdf(row[0] as number, draw(row)),
        (row) => row[5],
      ),
    ).toEqual([]);
    const upper = (row: number[]) => hypergeometricCdf(row[0] as number, draw(row), { tail: "upper" });
    expect(misses(key, 1e-12, upper, (row) => row[6])).toEqual([]);
  });
});

describe("quantiles against 40-digit values", () => {
  // AS 241 states about 1e-16; its rational functions are evaluated in doubles.
  test("normal: relative error 2e-15", () => {
    const f = ([p, upper]: number[]) => normalQuantile(p as number, side(upper));
    expect(misses("normal (p, upper, x)", 2e-15, f, last)).toEqual([]);
  });

  // A quantile inherits the relative error of the tail over the hazard, so shapes below 1 may magnify it:
  // d log x = d log P / a for the lower tail of shape a.
  test("gamma and chi-square: relative error 1e-12", () => {
    const key = "gamma (p, shape, upper, x)";
    const f = ([p, shape, upper]: number[]) => gammaQuantile(p as number, shape as number, 1, side(upper));
    expect(misses(key, 1e-12, f, last)).toEqual([]);
    const half = ([p, shape, upper]: number[]) =>
      chiSquareQuantile(p as number, 2 * (shape as number), side(upper)) / 2;
    expect(misses(key, 1e-12, half, last)).toEqual([]);
  });

  test("beta: relative error 1e-12", () => {
    const f = ([p, a, b, upper]: number[]) =>
      betaQuantile(p as number, a as number, b as number, side(upper));
    expect(misses("beta (p, a, b, upper, x)", 1e-12, f, last)).toEqual([]);
  });

  test("Student t: relative error 1e-12", () => {
    const f = ([p, df, upper]: number[]) => studentTQuantile(p as number, df as number, side(upper));
    expect(misses("student t (p, df, upper, t)", 1e-12, f, last)).toEqual([]);
  });
});
