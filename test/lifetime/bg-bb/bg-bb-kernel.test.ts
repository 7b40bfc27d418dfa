import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/core/random.js";
import { bgBbKernel } from "../../../src/lifetime/bg-bb/bg-bb-kernel.js";
import type { BgBbParameters } from "../../../src/lifetime/models/lifetime-model.js";
import { drawCustomer } from "../../../src/lifetime/predictions/draw-customer.js";
import { relativeError } from "../../statistics/relative-error.js";

const positive = fc.double({ min: Math.log(0.05), max: Math.log(50), noNaN: true }).map(Math.exp);
const parameters: fc.Arbitrary<BgBbParameters> = fc.record({
  alpha: positive,
  beta: positive,
  gamma: positive,
  delta: positive,
});
const history = fc.tuple(fc.integer({ min: 0, max: 8 }), fc.nat(8), fc.nat(8)).map(([T, last, bought]) => {
  const tx = Math.min(last, T);
  return { x: tx === 0 ? 0 : 1 + (bought % tx), tx, T };
});

/** Every sequence of purchases (1) and none (0) at so many opportunities. */
function sequences(length: number): number[][] {
  return Array.from({ length: 2 ** length }, (_, code) =>
    Array.from({ length }, (_, place) => (code >> place) & 1),
  );
}

/** x, tx and T of a history with a sequence after it. */
function continued({ x, tx, T }: { x: number; tx: number; T: number }, sequence: readonly number[]) {
  const last = sequence.lastIndexOf(1);
  return [
    x + sequence.reduce((sum, one) => sum + one, 0),
    last === -1 ? tx : T + last + 1,
    T + sequence.length,
  ] as const;
}

describe("bgBbKernel, against the likelihoods of all that may come", () => {
  test("they sum to the likelihood of what was", () => {
    fc.assert(
      fc.property(parameters, history, (model, past) => {
        const { logLikelihood } = bgBbKernel(model);
        const now = logLikelihood(past.x, past.tx, past.T);
        const sum = sequences(5).reduce(
          (total, sequence) => total + Math.exp(logLikelihood(...continued(past, sequence)) - now),
          0,
        );
        expect(sum).toBeCloseTo(1, 12);
      }),
      { numRuns: 60 },
    );
  });

  test("expectation, discounted expectation and probabilities, over any window", () => {
    fc.assert(
      fc.property(parameters, history, fc.nat(4), fc.nat(2), (model, past, from, gap) => {
        const kernel = bgBbKernel(model);
        const to = Math.min(6, from + gap);
        const now = kernel.logLikelihood(past.x, past.tx, past.T);
        let expected = 0;
        let discounted = 0;
        const probabilities = new Array<number>(8).fill(0);
        for (const sequence of sequences(6)) {
          const chance = Math.exp(kernel.logLikelihood(...continued(past, sequence)) - now);
          for (const [place, one] of sequence.entries()) {
            expected += chance * one;
            discounted += chance * one * Math.exp(-0.2 * (place + 1));
          }
          probabilities[sequence.slice(from, to).reduce((sum, one) => sum + one, 0)] += chance;
        }
        const { x, tx, T } = past;
        // Sums over 64 likelihoods, each of logarithms that cancel.
        expect(relativeError(kernel.conditionalExpected(x, tx, T, 6), expected)).toBeLessThan(1e-10);
        expect(relativeError(kernel.discounted(x, tx, T, 0.2, 6), discounted)).toBeLessThan(1e-10);
        const got = kernel.conditionalProbabilities(x, tx, T, from, to, 7);
        for (let k = 0; k <= 7; k++) expect(got[k]).toBeCloseTo(probabilities[k], 11);
        if (T > 0) return;
        expect(relativeError(kernel.expected(6), expected)).toBeLessThan(1e-10);
        const fresh = kernel.probabilities(from, to, 7);
        for (let k = 0; k <= 7; k++) expect(fresh[k]).toBeCloseTo(probabilities[k], 11);
      }),
      { numRuns: 60 },
    );
  });

  test("who buys later is there: alive at T + after", () => {
    fc.assert(
      fc.property(parameters, history, fc.integer({ min: 1, max: 5 }), (model, { x, tx, T }, after) => {
        const kernel = bgBbKernel(model);
        const chance = (model.alpha + x) / (model.alpha + model.beta + T);
        const step =
          kernel.conditionalExpected(x, tx, T, after) - kernel.conditionalExpected(x, tx, T, after - 1);
        expect(Math.abs(kernel.alive(x, tx, T, after) * chance - step)).toBeLessThan(1e-13 * (1 + after));
      }),
    );
  });
});

describe("bgBbKernel", () => {
  test("probabilities lie in [0, 1] and sum to 1, also for hundreds of opportunities", () => {
    fc.assert(
      fc.property(parameters, history, fc.nat(300), fc.nat(300), (model, { x, tx, T }, from, length) => {
        const kernel = bgBbKernel(model);
        for (const probabilities of [
          kernel.probabilities(from, from + length, length),
          kernel.conditionalProbabilities(x, tx, T, from, from + length, length),
        ]) {
          let sum = 0;
          for (const one of probabilities) {
            expect(one).toBeGreaterThanOrEqual(0);
            sum += one;
          }
          expect(sum).toBeCloseTo(1, 11);
        }
        for (const after of [0, 1, 7]) {
          const alive = kernel.alive(x, tx, T, after);
          expect(alive).toBeGreaterThanOrEqual(0);
          expect(alive).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 40 },
    );
  });

  test("cut short, the probabilities are the first of the long list", () => {
    const { probabilities } = bgBbKernel({ alpha: 1.2, beta: 0.75, gamma: 0.66, delta: 2.78 });
    expect([...probabilities(2, 9, 3)]).toEqual([...probabilities(2, 9, 7)].slice(0, 4));
    expect([...probabilities(4, 4, 2)]).toEqual([1, 0, 0]);
  });

  test("the later the last purchase, the likelier still a customer", () => {
    fc.assert(
      fc.property(parameters, (model) => {
        const { alive } = bgBbKernel(model);
        for (let tx = 3; tx < 12; tx++) expect(alive(3, tx + 1, 12, 1)).toBeGreaterThan(alive(3, tx, 12, 1));
      }),
    );
  });

  test("expectations add up over windows", () => {
    fc.assert(
      fc.property(
        parameters,
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 40 }),
        (model, a, b) => {
          const { expected, probabilities } = bgBbKernel(model);
          const later = [...probabilities(a, a + b, b)].reduce((sum, one, k) => sum + k * one, 0);
          expect(relativeError(expected(a) + later, expected(a + b))).toBeLessThan(1e-11);
        },
      ),
    );
  });

  test("all time to come: with discount, without, and where there is no limit", () => {
    const model = { alpha: 1.2, beta: 0.75, gamma: 0.66, delta: 2.78 };
    const { discounted } = bgBbKernel(model);
    expect(relativeError(discounted(2, 4, 6, 0.05, null), discounted(2, 4, 6, 0.05, 2000))).toBeLessThan(
      1e-12,
    );
    expect(discounted(2, 4, 6, 0, null)).toBe(Number.POSITIVE_INFINITY);
    const leaving = bgBbKernel({ ...model, gamma: 3 });
    // What comes after 20,000 falls with their square.
    expect(
      relativeError(leaving.discounted(2, 4, 6, 0, null), leaving.discounted(2, 4, 6, 0, 20_000)),
    ).toBeLessThan(1e-6);
    expect(leaving.conditionalExpected(2, 4, 6, 20_000)).toBe(leaving.discounted(2, 4, 6, 0, 20_000));
  });

  test("far ahead, staying is a quotient of gamma functions", () => {
    const { alive } = bgBbKernel({ alpha: 1, beta: 1, gamma: 1, delta: 2 });
    // With gamma 1 it telescopes: (delta + T) / (delta + T + after).
    for (const after of [10, 256, 257, 5000])
      expect(relativeError(alive(3, 3, 3, after), 5 / (5 + after))).toBeLessThan(1e-12);
  });

  test("simulated customers buy as often as expected", () => {
    const parameters = { alpha: 1.2, beta: 0.75, gamma: 0.66, delta: 2.78 };
    const kernel = bgBbKernel(parameters);
    const model = { model: "bgBb", parameters, unit: "year" } as const;
    const random = seededRandom(11);
    const counts = new Array<number>(9).fill(0);
    const customers = 20_000;
    for (let i = 0; i < customers; i++) {
      const { times } = drawCustomer(model, random, 8);
      counts[times.length]++;
      for (const [k, time] of times.entries()) {
        expect(Number.isInteger(time) && time >= 1 && time <= 8).toBe(true);
        if (k > 0) expect(time).toBeGreaterThan(times[k - 1]);
      }
    }
    for (const [k, chance] of kernel.probabilities(0, 8, 8).entries()) {
      const error = Math.sqrt((chance * (1 - chance)) / customers);
      expect(Math.abs(counts[k] / customers - chance)).toBeLessThan(4 * error);
    }
  });
});
