import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { betaTail } from "../../src/retention/alarm/beta-tail.js";
import { gapLikelihood } from "../../src/retention/alarm/gap-likelihood.js";
import { fitGapModelOf, type GapHistory, gapOutlook } from "../../src/retention/alarm/gap-model.js";

// Values at 30 and 40 digits with mpmath (Johansson et al. 2023), by high-precision/make_gap_values.py and
// make_beta_tail_values.py: the likelihood there is a numerical integral over the customer's rate, the derivatives are
// numerical differences, and nothing is shared with the formulas under test.

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`./high-precision/${name}.json`, import.meta.url), "utf8"));

interface GapValues {
  readonly histories: readonly GapHistory[];
  readonly points: readonly {
    readonly parameters: [number, number, number, number];
    readonly logLikelihood: string;
    readonly gradient: readonly string[];
  }[];
  readonly estimates: readonly string[];
  readonly logLikelihood: string;
  readonly outlooks: readonly (readonly [string, string])[];
}

const values = read("gap-model") as GapValues;
const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, value) => sum + value, 0);
const error = (got: number | null | undefined, want: string | number) =>
  Math.abs((got ?? Number.NaN) / Number(want) - 1);

test("the incomplete beta function and its derivatives by the shapes", () => {
  const misses = (read("beta-tail") as (number | string)[][]).flatMap((row) => {
    const [y, a, b, ...want] = row.map(Number);
    const tail = betaTail(y, 1 - y, a, b);
    const got = [tail.value, tail.byA, tail.byB, tail.byAA, tail.byAB, tail.byBB];
    // A rule of about 60 nodes: the error is that of the rule where the mode lies next to the end of the tail, up to
    // 2e-8 in second derivatives, which only steer Newton's steps, and 2e-9 in the gradient.
    return got.flatMap((value, i) =>
      error(value, want[i]) < (i === 0 ? 5e-10 : i < 3 ? 2e-9 : 2e-8) ? [] : [[y, a, b, i]],
    );
  });
  expect(misses).toEqual([]);
});

describe("the likelihood of gaps", () => {
  const data = {
    customers: values.histories.length,
    gaps: sumOf(values.histories.map(({ gaps }) => gaps.length)),
    logGaps: sumOf(values.histories.flatMap(({ gaps }) => gaps.map(Math.log))),
    kinds: values.histories.map(({ gaps, silence }) => ({
      customers: 1,
      count: gaps.length,
      sum: sumOf(gaps),
      silence,
    })),
  };

  test.each(values.points)("at $parameters", ({ parameters, logLikelihood, gradient }) => {
    const at = gapLikelihood(data, parameters);
    // Sums of a few dozen logarithms of order 100; the open gaps by the rule above.
    expect(error(-at.value, logLikelihood)).toBeLessThan(1e-11);
    for (const [i, slope] of gradient.entries()) expect(error(-at.gradient[i], slope)).toBeLessThan(1e-9);
  });
});

test("the estimates, and what they say of each customer", () => {
  const model = fitGapModelOf(values.histories);
  expect(model.converged).toBe(true);
  // No slope is left, so the likelihood is exact; the estimates are where Newton's steps became smaller than 1e-10.
  expect(error(model.logLikelihood, values.logLikelihood)).toBeLessThan(1e-12);
  expect(model.gradientNorm).toBeLessThan(1e-8);
  const { shape, rateShape, rateDays, leaving } = model.parameters ?? {};
  const got = [shape, rateShape, rateDays, leaving];
  for (const [i, estimate] of values.estimates.entries()) expect(error(got[i], estimate)).toBeLessThan(1e-8);
  for (const [i, history] of values.histories.entries()) {
    const { gapProbability, leftProbability } = gapOutlook(model, history);
    // The estimates' own error, times at most ten by the small probabilities of long silences.
    expect(error(gapProbability, values.outlooks[i][0])).toBeLessThan(1e-7);
    expect(error(leftProbability, values.outlooks[i][1])).toBeLessThan(1e-7);
  }
});
