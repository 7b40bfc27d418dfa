import { assertArgument, assertArray, assertOptions, shown } from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import { type ConfidenceOptions, confidenceLevelOf, criticalZ } from "../../statistics/confidence.js";

/** From one age to the next. */
export interface AgeToAge {
  /** Age from which it leads, 0 first. */
  readonly age: number;
  /** Amounts of the next age / amounts of this age, over the cohorts that have both; `null` where these have none yet. */
  readonly factor: number | null;
  /** Mack's sigma squared: how far cohorts scatter about the factor; of the last ages extrapolated. `null` with `factor`. */
  readonly variance: number | null;
  /** Cohorts that it is estimated from. */
  readonly cohorts: number;
}

/** What one cohort comes to. */
export interface LadderCohort {
  /** Its last observed amount. */
  readonly latest: number;
  /** Age at which it was observed last. */
  readonly age: number;
  /** What it comes to at the last age; `null` where a factor that it needs is not known. */
  readonly ultimate: number | null;
  /** What is still to come. */
  readonly reserve: number | null;
  /** Standard error of `reserve` (Mack 1993); `null` where it is not known. */
  readonly standardError: number | null;
  /** Of the reserve, lognormal (Mack 1993); `null` where nothing is to come, or less than nothing. */
  readonly interval: Interval | null;
}

/** A developed triangle. */
export interface ChainLadder {
  /** Factors by age. */
  readonly factors: readonly AgeToAge[];
  /** Cohorts in the order of the triangle. */
  readonly cohorts: readonly LadderCohort[];
  /** All cohorts together. Its standard error allows for the factors that they share. */
  readonly total: Omit<LadderCohort, "age">;
  /** Why something is `null`; `null` where nothing is. */
  readonly reason: string | null;
}

/**
 * What will young cohorts come to, if they develop as the older ones did?
 *
 * The chain ladder: each age's factor is the sum of the next age over the sum of this one; the standard error is Mack's
 * (1993), distribution-free. What it assumes: the next amount is in proportion to this one, cohorts are independent, and
 * nothing comes after the last age. A cohort that has nothing yet comes to nothing; look at such rows.
 *
 * @param triangle - Cumulative amounts, a row for each cohort, oldest first, by age from 0; `null` (or a shorter row) for what is not
 * observed yet. No row is longer than the one before.
 * @param options - Confidence level (default 0.95).
 * @returns Factors, ultimates, reserves, standard errors.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the triangle is empty, has holes, rows that grow longer or amounts
 * below 0.
 * @example
 * ```ts
 * import { chainLadder } from "clientele";
 *
 * const { factors, cohorts } = chainLadder([
 *   [100, 150, 165],
 *   [200, 310],
 *   [120],
 * ]);
 * factors[0].factor; // ~> 1.5333333333333334
 * cohorts[2].ultimate; // ~> 202.4
 * ```
 */
export function chainLadder(
  triangle: readonly (readonly (number | null)[])[],
  options: ConfidenceOptions = {},
): ChainLadder {
  assertOptions(options);
  const confidenceLevel = confidenceLevelOf(options);
  const rows = observedRows(triangle);
  const factors = ageToAges(rows);
  const sums = factors.map(({ age }) => sumAt(rows, age, age + 1));
  const full = rows.map((row) => developed(row, factors));
  const intervalOf = (reserve: number | null, error: number | null): Interval | null =>
    lognormal(reserve, error, confidenceLevel);
  const errors = full.map((row, i) => (row === null ? null : errorOf(row, rows[i].length, factors, sums)));
  const cohorts = rows.map((row, i): LadderCohort => {
    const latest = row[row.length - 1];
    const ultimate = full[i]?.at(-1) ?? null;
    const reserve = ultimate === null ? null : ultimate - latest;
    const standardError = errors[i];
    return {
      latest,
      age: row.length - 1,
      ultimate,
      reserve,
      standardError,
      interval: intervalOf(reserve, standardError),
    };
  });
  const latest = total(cohorts.map((cohort) => cohort.latest)) ?? 0;
  const ultimate = total(cohorts.map((cohort) => cohort.ultimate));
  const reserve = ultimate === null ? null : ultimate - latest;
  const standardError = totalError(cohorts, rows, factors, sums);
  const unknown = factors.find(({ factor }) => factor === null);
  return {
    factors,
    cohorts,
    total: { latest, ultimate, reserve, standardError, interval: intervalOf(reserve, standardError) },
    reason:
      unknown !== undefined && ultimate === null
        ? `no cohort has an amount at age ${unknown.age}`
        : standardError === null
          ? "fewer than two cohorts can be compared at any age"
          : null,
  };
}

function observedRows(triangle: readonly (readonly (number | null)[])[]): number[][] {
  assertArray(triangle, "triangle");
  assertArgument(triangle.length > 0, "triangle", () => "triangle is empty: pass at least one cohort");
  let before = Number.POSITIVE_INFINITY;
  return triangle.map((row, i) => {
    const path = `triangle[${i}]`;
    assertArray(row, path);
    const seen = row.findIndex((amount) => amount === null || amount === undefined);
    const length = seen === -1 ? row.length : seen;
    assertArgument(
      length > 0 && length <= before,
      path,
      () =>
        `${path} has ${length} observed ages: pass at least one, and no more than the older cohort before it (${before})`,
    );
    before = length;
    return row
      .map((amount, age) => {
        const isGood =
          age < length ? Number.isFinite(amount) && Number(amount) >= 0 : (amount ?? null) === null;
        assertArgument(
          isGood,
          `${path}[${age}]`,
          () =>
            `${path}[${age}] is ${shown(amount)}: pass amounts from 0 to date, and null only after the last that is observed`,
        );
        return Number(amount);
      })
      .slice(0, length);
  });
}

/** Amounts at an age, over the cohorts that were observed at `until` too. */
function sumAt(rows: readonly (readonly number[])[], age: number, until: number): number {
  let sum = 0;
  for (const row of rows) if (row.length > until) sum += row[age];
  return sum;
}

function ageToAges(rows: readonly (readonly number[])[]): AgeToAge[] {
  const known: AgeToAge[] = [];
  for (let age = 0; age + 1 < rows[0].length; age++) {
    const both = rows.filter((row) => row.length > age + 1);
    const sum = sumAt(rows, age, age + 1);
    if (sum === 0) {
      known.push({ age, factor: null, variance: null, cohorts: both.length });
      continue;
    }
    const factor = sumAt(rows, age + 1, age + 1) / sum;
    // A cohort without an amount says nothing about the scatter of proportions.
    const used = both.filter((row) => row[age] > 0);
    const squares = used.reduce((all, row) => all + row[age] * (row[age + 1] / row[age] - factor) ** 2, 0);
    const variance = used.length > 1 ? squares / (used.length - 1) : extrapolated(known);
    known.push({ age, factor, variance, cohorts: both.length });
  }
  return known;
}

/** One cohort shows no scatter: Mack's rule from the two ages before. */
function extrapolated(known: readonly AgeToAge[]): number | null {
  const last = known.at(-1)?.variance ?? null;
  const other = known.at(-2)?.variance ?? null;
  if (last === null || other === null) return last;
  return other === 0 ? 0 : Math.min(last ** 2 / other, other, last);
}

function developed(row: readonly number[], factors: readonly AgeToAge[]): number[] | null {
  const full = [...row];
  for (const { age, factor } of factors) {
    if (age < row.length - 1) continue;
    if (factor === null) return null;
    full.push(full[age] * factor);
  }
  return full;
}

/** Mack (1993), theorem 3: what cohorts scatter, and what the factors may be off. */
function errorOf(
  full: readonly number[],
  observed: number,
  factors: readonly AgeToAge[],
  sums: readonly number[],
): number | null {
  const ultimate = full[full.length - 1];
  if (ultimate === 0) return 0;
  let sum = 0;
  for (const { age, factor, variance } of factors) {
    if (age < observed - 1) continue;
    if (factor === null || variance === null) return null;
    // A factor of 0 takes all that was there away.
    if (full[age] === 0 || factor === 0) return null;
    sum += (variance / factor ** 2) * (1 / full[age] + 1 / sums[age]);
  }
  return ultimate * Math.sqrt(sum);
}

/** Mack (1993), corollary: cohorts share the factors, so their errors go together. */
function totalError(
  cohorts: readonly LadderCohort[],
  rows: readonly (readonly number[])[],
  factors: readonly AgeToAge[],
  sums: readonly number[],
): number | null {
  let square = 0;
  let younger = 0;
  for (let i = cohorts.length - 1; i >= 0; i--) {
    const { ultimate, standardError } = cohorts[i];
    if (ultimate === null || standardError === null) return null;
    let shared = 0;
    for (const { age, factor, variance } of factors) {
      if (age >= rows[i].length - 1 && factor !== null && variance !== null && factor > 0)
        shared += (2 * variance) / factor ** 2 / sums[age];
    }
    square += standardError ** 2 + ultimate * younger * shared;
    younger += ultimate;
  }
  return Math.sqrt(square);
}

function total(values: readonly (number | null)[]): number | null {
  return values.reduce(
    (sum: number | null, value) => (sum === null || value === null ? null : sum + value),
    0,
  );
}

function lognormal(mean: number | null, error: number | null, confidenceLevel: number): Interval | null {
  if (mean === null || error === null || mean <= 0) return null;
  const square = Math.log1p((error / mean) ** 2);
  const middle = Math.log(mean) - square / 2;
  const reach = criticalZ(confidenceLevel) * Math.sqrt(square);
  return { lower: Math.exp(middle - reach), upper: Math.exp(middle + reach), confidenceLevel };
}
