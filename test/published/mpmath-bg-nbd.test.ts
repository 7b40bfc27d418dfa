import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { bgNbdCovariateObjective } from "../../src/lifetime/bg-nbd/bg-nbd-covariate-objective.js";
import { bgNbdKernel, mbgNbdKernel } from "../../src/lifetime/bg-nbd/bg-nbd-kernel.js";
import { bgNbdObjective } from "../../src/lifetime/bg-nbd/bg-nbd-likelihood.js";
import { distinctHistories } from "../../src/lifetime/models/distinct-histories.js";
import { readHistories } from "../../src/lifetime/models/purchase-histories.js";
import type { ObjectiveAtPoint } from "../../src/statistics/minimize-newton.js";
import { relativeError } from "../statistics/relative-error.js";

// BG/NBD and MBG/NBD from their definitions, with mpmath at 40 digits, numerical derivatives and quadrature: see
// mpmath-bg-nbd.py.

type Four = readonly [number, number, number, number];
type History = readonly [x: number, tx: number, T: number];

interface Derivatives extends ObjectiveAtPoint {
  readonly extra: 0 | 1;
  readonly parameters: Four;
}

interface Reference {
  readonly rows: readonly (readonly [x: number, tx: number, T: number, weight: number])[];
  readonly derivatives: readonly Derivatives[];
  readonly covariates: readonly (ObjectiveAtPoint & {
    readonly parameters: Four;
    readonly transaction: number;
    readonly dropout: number;
    readonly z: readonly number[];
  })[];
  readonly predictions: readonly {
    readonly extra: 0 | 1;
    readonly parameters: Four;
    readonly history: History;
    readonly time: number;
    readonly discount: number;
    readonly alive: number;
    readonly aliveAfter: number;
    readonly expected: number;
    readonly discounted: number;
    readonly discountedForEver: number;
  }[];
  readonly probabilities: readonly {
    readonly extra: 0 | 1;
    readonly parameters: Four;
    readonly history: History;
    readonly from: number;
    readonly to: number;
    readonly counts: readonly number[];
    readonly probabilities: readonly number[];
  }[];
}

const reference: Reference = JSON.parse(
  readFileSync(new URL("./mpmath-bg-nbd.json", import.meta.url), "utf8"),
);

function kernelOf(extra: 0 | 1, [r, alpha, a, b]: Four) {
  return (extra === 0 ? bgNbdKernel : mbgNbdKernel)({ r, alpha, a, b });
}

const rows = reference.rows.map(([x, tx, T, weight], i) => ({
  x,
  tx,
  T,
  weight,
  covariates: { row: i, z: reference.covariates[0].z[i], one: 1 },
}));

/** Each derivative within a share of the largest of its kind: small ones are differences of large sums. */
function expectDerivatives(got: ObjectiveAtPoint, want: ObjectiveAtPoint, share: number) {
  expect(relativeError(got.value, want.value)).toBeLessThan(1e-13);
  const pairs = [
    [got.gradient, want.gradient],
    [got.hessian.flat(), want.hessian.flat()],
  ];
  for (const [some, others] of pairs) {
    const largest = Math.max(...others.map(Math.abs));
    for (const [i, value] of some.entries())
      expect(Math.abs(value - others[i])).toBeLessThan(share * largest);
  }
}

describe("likelihood, gradient and Hessian", () => {
  test.each(reference.derivatives)("$extra extra chances, $parameters", ({ extra, parameters, ...want }) => {
    const histories = distinctHistories(readHistories(rows, { unit: "week" }));
    expectDerivatives(bgNbdObjective(histories, extra)(parameters.map(Math.log)), want, 1e-13);
  });

  test.each(reference.covariates)(
    "covariates: $transaction on purchases, $dropout on leaving",
    ({ parameters, transaction, dropout, z, ...want }) => {
      const name = z.every((value) => value === 1) ? "one" : "z";
      const histories = distinctHistories(readHistories(rows, { unit: "week" }), [name]);
      const objective = bgNbdCovariateObjective(histories, histories.covariates, histories.covariates);
      expectDerivatives(objective([...parameters.map(Math.log), transaction, dropout]), want, 1e-13);
    },
  );
});

describe("predictions", () => {
  test.each(reference.predictions)("$extra, $parameters, $history, $time", (want) => {
    const kernel = kernelOf(want.extra, want.parameters);
    const [x, tx, T] = want.history;
    expect(relativeError(kernel.alive(x, tx, T, 0), want.alive)).toBeLessThan(1e-14);
    expect(relativeError(kernel.alive(x, tx, T, want.time), want.aliveAfter)).toBeLessThan(1e-12);
    expect(relativeError(kernel.conditionalExpected(x, tx, T, want.time), want.expected)).toBeLessThan(1e-12);
    // The reference is a double integral at 16 digits.
    const discounted = kernel.discounted(x, tx, T, want.discount, want.time);
    expect(relativeError(discounted, want.discounted)).toBeLessThan(1e-11);
    const forEver = kernel.discounted(x, tx, T, want.discount, null);
    expect(relativeError(forEver, want.discountedForEver)).toBeLessThan(1e-11);
  });
});

describe("probabilities of counts", () => {
  test.each(reference.probabilities)("$extra, $parameters, $history, $from to $to", (want) => {
    const [x, tx, T] = want.history;
    const kernel = kernelOf(want.extra, want.parameters);
    const got = kernel.conditionalProbabilities(x, tx, T, want.from, want.to, 50);
    for (const [i, n] of want.counts.entries()) {
      expect(relativeError(got[n], want.probabilities[i])).toBeLessThan(1e-12);
    }
    if (T === 0) expect(kernel.probabilities(want.from, want.to, 50)).toEqual(got);
  });
});
