import fc from "fast-check";
import type { CoxRow } from "../../src/statistics/cox/cox-data.js";
import type { CoxTies } from "../../src/statistics/cox/cox-partial-likelihood.js";
import { type CoxFit, coxRegression } from "../../src/statistics/cox/cox-regression.js";

/** What a set of rows is made of. */
export interface CoxShape {
  readonly covariates?: number;
  readonly entry?: boolean;
  readonly weight?: boolean;
  readonly strata?: boolean;
  readonly ties?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
}

/** Rows of small whole numbers: many ties, many equal covariates, sums that are exact. */
export function coxRows(shape: CoxShape = {}): fc.Arbitrary<CoxRow[]> {
  const { covariates = 2, entry = false, weight = false, strata = false, ties = true } = shape;
  const { minLength = 8, maxLength = 24 } = shape;
  const names = ["a", "b", "c"].slice(0, covariates);
  const row = fc.record({
    duration: fc.integer({ min: 1, max: 12 }),
    event: fc.boolean(),
    from: fc.double({ min: 0, max: 0.9, noNaN: true }),
    weight: fc.constantFrom(0.5, 1, 2, 3),
    stratum: fc.constantFrom("x", "y"),
    values: fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 3, maxLength: 3 }),
  });
  return fc.array(row, { minLength, maxLength }).map((rows) =>
    rows.map((drawn, at) => ({
      duration: ties ? drawn.duration : drawn.duration + (at + 1) / 64,
      event: drawn.event,
      covariates: Object.fromEntries(names.map((name, k) => [name, drawn.values[k]])),
      ...(entry ? { entry: Math.floor(drawn.from * drawn.duration) } : {}),
      ...(weight ? { weight: drawn.weight } : {}),
      ...(strata ? { stratum: drawn.stratum } : {}),
    })),
  );
}

/** The rows at risk at a time of a row's stratum: under observation and without the event just before it. */
export function atRisk(rows: readonly CoxRow[], time: number, stratum: CoxRow["stratum"]): CoxRow[] {
  return rows.filter(
    (row) =>
      row.stratum === stratum && row.duration >= time && ((row.entry ?? 0) < time || (row.entry ?? 0) === 0),
  );
}

/** The events of the rows, one list for each stratum and time. */
export function eventGroups(rows: readonly CoxRow[]): CoxRow[][] {
  const groups = new Map<string, CoxRow[]>();
  for (const row of rows) {
    if (!row.event) continue;
    const key = `${row.stratum} ${row.duration}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()];
}

/** A sound fit of drawn rows, others are drawn again: no coefficient so large that exponents leave no digits. */
export function withFit(rows: readonly CoxRow[], ties: CoxTies = "efron"): CoxFit {
  const fit = coxRegression(rows, { ties });
  if (!fit.converged || fit.coefficients.some(({ coefficient }) => Math.abs(coefficient) >= 5)) {
    throw new fc.PreconditionFailure();
  }
  return fit;
}
