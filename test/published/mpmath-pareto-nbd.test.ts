import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { distinctHistories } from "../../src/lifetime/models/distinct-histories.js";
import { type PurchaseHistory, readHistories } from "../../src/lifetime/models/purchase-histories.js";
import { fitParetoNbd } from "../../src/lifetime/pareto-nbd/fit-pareto-nbd.js";
import { paretoNbdKernel } from "../../src/lifetime/pareto-nbd/pareto-nbd-kernel.js";
import { paretoNbdObjective } from "../../src/lifetime/pareto-nbd/pareto-nbd-likelihood.js";
import { relativeError } from "../statistics/relative-error.js";

// Computed with mpmath at 40 to 80 digits from the definitions: see mpmath-pareto-nbd.py.

type Four = readonly [r: number, alpha: number, s: number, beta: number];
interface Likelihood {
  readonly name: string;
  readonly parameters: Four;
  readonly transaction: readonly string[];
  readonly dropout: readonly string[];
  readonly effects: readonly number[];
  readonly rows: readonly PurchaseHistory[];
  readonly value: number;
  readonly gradient: readonly number[];
  readonly hessian: readonly (readonly number[])[];
}
interface Maximum {
  readonly name: string;
  readonly transaction: readonly string[];
  readonly dropout: readonly string[];
  readonly rows: readonly PurchaseHistory[];
  readonly logLikelihood: number;
  readonly parameters: Four;
  readonly effects: readonly number[];
  readonly standardErrors: Four;
  readonly effectErrors: readonly number[];
}
interface Prediction {
  readonly parameters: Four;
  readonly customer: readonly [x: number, tx: number, T: number];
  readonly times: readonly [from: number, to: number];
  readonly counts: readonly number[];
  readonly logLikelihood: number;
  readonly alive: number;
  readonly aliveAfter: number;
  readonly expected: number;
  readonly conditionalExpected: number;
  readonly discounted: number;
  readonly discountedForEver: number;
  readonly probabilities: readonly number[];
  readonly conditionalProbabilities: readonly number[];
}

const { likelihoods, maxima, predictions } = JSON.parse(
  readFileSync(new URL("./mpmath-pareto-nbd.json", import.meta.url), "utf8"),
) as {
  readonly likelihoods: readonly Likelihood[];
  readonly maxima: readonly Maximum[];
  readonly predictions: readonly Prediction[];
};

describe("paretoNbdObjective", () => {
  test.each(likelihoods)("$name, effects $effects", ({ rows, parameters, effects, ...expected }) => {
    const names = [...new Set([...expected.transaction, ...expected.dropout])];
    const columns = (some: readonly string[]) => some.map((name) => names.indexOf(name));
    const objective = paretoNbdObjective(distinctHistories(readHistories(rows, {}), names), {
      transaction: columns(expected.transaction),
      dropout: columns(expected.dropout),
    });
    const at = objective([...parameters.map(Math.log), ...effects]);
    const close = (got: number, want: number, size: number, what: string) =>
      expect(Math.abs(got - want), what).toBeLessThan(CLOSE * (size + Math.abs(want)));
    // A derivative is a sum in which terms of the size of the largest may cancel.
    const slope = Math.max(...expected.gradient.map(Math.abs));
    const bend = Math.max(...expected.hessian.flat().map(Math.abs));
    close(-at.value, expected.value, 0, "value");
    for (const [i, want] of expected.gradient.entries()) close(-at.gradient[i], want, slope, `gradient ${i}`);
    for (const [i, row] of expected.hessian.entries()) {
      for (const [k, want] of row.entries()) close(-at.hessian[i][k], want, bend, `hessian ${i}, ${k}`);
    }
  });
});
const CLOSE = 1e-12;

describe("paretoNbdKernel", () => {
  test.each(predictions)("$parameters, $customer, $times", (expected) => {
    const { parameters, customer, times, counts } = expected;
    const [r, alpha, s, beta] = parameters;
    const kernel = paretoNbdKernel({ r, alpha, s, beta });
    const [, to] = times;
    const close = (got: number, want: number, what: string) =>
      expect(relativeError(got, want), what).toBeLessThan(1e-12);
    close(kernel.logLikelihood(...customer), expected.logLikelihood, "logLikelihood");
    close(kernel.alive(...customer, 0), expected.alive, "alive");
    close(kernel.alive(...customer, to), expected.aliveAfter, "aliveAfter");
    close(kernel.expected(to), expected.expected, "expected");
    close(kernel.conditionalExpected(...customer, to), expected.conditionalExpected, "conditionalExpected");
    close(kernel.discounted(...customer, 0.0027, to), expected.discounted, "discounted");
    close(kernel.discounted(...customer, 0.0027, null), expected.discountedForEver, "discountedForEver");
    const upTo = Math.max(...counts);
    const plain = kernel.probabilities(...times, upTo);
    const next = kernel.conditionalProbabilities(...customer, ...times, upTo);
    for (const [i, n] of counts.entries()) {
      close(plain[n], expected.probabilities[i], `probability of ${n}`);
      close(next[n], expected.conditionalProbabilities[i], `conditional probability of ${n}`);
    }
  });
});

describe("fitParetoNbd", () => {
  test.each(maxima)("$name", ({ rows, transaction, dropout, ...expected }) => {
    const fit = fitParetoNbd(rows, {
      unit: "week",
      ...(transaction.length > 0 && { covariates: { transaction, dropout } }),
    });
    if (!fit.converged) expect.fail(fit.reason);
    const inOrder = (values: typeof fit.parameters) => [values.r, values.alpha, values.s, values.beta];
    const effects = (values: typeof fit.covariates) => [
      ...Object.values(values?.transaction ?? {}),
      ...Object.values(values?.dropout ?? {}),
    ];
    // Where the gradient is lost in the rounding of a sum over some hundred histories.
    const pairs: [number[], readonly number[]][] = [
      [inOrder(fit.parameters), expected.parameters],
      [inOrder(fit.standardErrors), expected.standardErrors],
      [effects(fit.covariates), expected.effects],
      [effects(fit.covariateErrors), expected.effectErrors],
    ];
    for (const [got, want] of pairs) {
      expect(got.length).toBe(want.length);
      for (const [i, value] of want.entries()) expect(relativeError(got[i], value)).toBeLessThan(1e-10);
    }
    expect(relativeError(fit.logLikelihood, expected.logLikelihood)).toBeLessThan(1e-13);
  });
});
