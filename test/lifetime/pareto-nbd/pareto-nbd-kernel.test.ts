import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/core/random.js";
import type { ParetoNbdParameters } from "../../../src/lifetime/models/lifetime-model.js";
import { paretoNbdKernel } from "../../../src/lifetime/pareto-nbd/pareto-nbd-kernel.js";
import { drawCustomer } from "../../../src/lifetime/predictions/draw-customer.js";
import { relativeError } from "../../statistics/relative-error.js";

// Published values: test/published/lifetime-pareto-nbd.test.ts; by mpmath: test/published/mpmath-pareto-nbd.test.ts.

const logUniform = (min: number, max: number) =>
  fc.double({ min: Math.log(min), max: Math.log(max), noNaN: true }).map(Math.exp);
const parameters: fc.Arbitrary<ParetoNbdParameters> = fc.record({
  r: logUniform(0.05, 20),
  alpha: logUniform(0.5, 200),
  s: fc.oneof(logUniform(0.05, 20), fc.constant(1)),
  beta: logUniform(0.01, 500),
});
const customer = fc
  .record({
    x: fc.integer({ min: 0, max: 40 }),
    T: fc.double({ min: 1, max: 200, noNaN: true }),
    share: fc.double({ min: 0.01, max: 1, noNaN: true }),
  })
  .map(({ x, T, share }) => ({ x, T, tx: x === 0 ? 0 : share * T }));
const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
const mean = (values: Float64Array) => values.reduce((total, value, n) => total + n * value, 0);

describe("paretoNbdKernel", () => {
  test("being a customer is less likely the longer the silence, and later", () => {
    fc.assert(
      fc.property(parameters, customer, (given, { x, tx, T }) => {
        const { alive } = paretoNbdKernel(given);
        const now = alive(x, tx, T, 0);
        expect(now).toBeGreaterThanOrEqual(0);
        expect(now).toBeLessThanOrEqual(1);
        // Rounding of about 1e-15 where both are near 1.
        if (x > 0) expect(alive(x, 0.9 * tx, T, 0)).toBeLessThanOrEqual(now * (1 + 1e-13));
        expect(alive(x, tx, T, 5)).toBeLessThanOrEqual(now);
        if (x > 0) expect(relativeError(alive(x, T, T, 0), 1)).toBeLessThan(1e-13);
      }),
    );
  });

  test("counts are chances that sum to 1, and their mean is the expectation over the window", () => {
    fc.assert(
      fc.property(
        parameters,
        customer,
        fc.double({ min: 0, max: 50, noNaN: true }),
        fc.double({ min: 0.01, max: 50, noNaN: true }),
        (given, { x, tx, T }, from, span) => {
          const kernel = paretoNbdKernel(given);
          const to = from + span;
          // Beyond this the tail, geometric with a ratio of span / (alpha + span), is negligible.
          const enough = (alpha: number, shape: number) =>
            Math.ceil((45 + 4 * shape) / Math.log1p(alpha / span)) + 20;
          const counts = kernel.probabilities(from, to, enough(given.alpha, given.r));
          expect(counts.every((chance) => chance >= 0 && chance <= 1)).toBe(true);
          expect(sum(counts)).toBeCloseTo(1, 11);
          const expected = kernel.expected(to) - kernel.expected(from);
          expect(Math.abs(mean(counts) - expected)).toBeLessThan(1e-10 * (1 + kernel.expected(to)));
          const next = kernel.conditionalProbabilities(
            x,
            tx,
            T,
            from,
            to,
            enough(given.alpha + T, given.r + x),
          );
          expect(sum(next)).toBeCloseTo(1, 11);
          const later = kernel.conditionalExpected(x, tx, T, to) - kernel.conditionalExpected(x, tx, T, from);
          expect(Math.abs(mean(next) - later)).toBeLessThan(
            1e-10 * (1 + kernel.conditionalExpected(x, tx, T, to)),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  test("the count over no time is 0", () => {
    const kernel = paretoNbdKernel({ r: 0.5, alpha: 10, s: 0.6, beta: 12 });
    expect([...kernel.probabilities(3, 3, 2)]).toEqual([1, 0, 0]);
    expect(kernel.expected(0)).toBe(0);
    expect(kernel.conditionalExpected(2, 3, 9, 0)).toBe(0);
  });

  test("without leaving it is a negative binomial count", () => {
    const [r, alpha, span] = [2, 10, 5];
    const got = paretoNbdKernel({ r, alpha, s: 1e-13, beta: 10 }).probabilities(20, 25, 3);
    const [stay, u] = [(alpha / (alpha + span)) ** r, span / (alpha + span)];
    // (n + 1) u^n (1 - u)² for r = 2
    for (const [n, chance] of got.entries()) expect(chance).toBeCloseTo((n + 1) * u ** n * stay, 12);
  });

  test("discounting takes off, more the higher the rate, and nothing at a rate of 0", () => {
    fc.assert(
      fc.property(
        parameters,
        customer,
        logUniform(1e-5, 1),
        logUniform(0.01, 1000),
        (given, { x, tx, T }, rate, horizon) => {
          const { discounted, conditionalExpected } = paretoNbdKernel(given);
          const plain = conditionalExpected(x, tx, T, horizon);
          const value = discounted(x, tx, T, rate, horizon);
          expect(discounted(x, tx, T, 0, horizon)).toBe(plain);
          expect(value).toBeLessThanOrEqual(plain * (1 + 1e-12));
          expect(value).toBeGreaterThanOrEqual(plain * Math.exp(-rate * horizon) * (1 - 1e-12));
          expect(discounted(x, tx, T, 2 * rate, horizon)).toBeLessThanOrEqual(value * (1 + 1e-12));
          expect(discounted(x, tx, T, rate, null)).toBeGreaterThanOrEqual(value * (1 - 1e-12));
          expect(
            relativeError(discounted(x, tx, T, rate, 60 / rate), discounted(x, tx, T, rate, null)),
          ).toBeLessThan(1e-12);
        },
      ),
    );
  });

  test("without discounting an endless time has a value above s = 1 alone", () => {
    const at = (s: number) =>
      paretoNbdKernel({ r: 0.5, alpha: 10, s, beta: 12 }).discounted(2, 30, 38, 0, null);
    expect(at(1)).toBe(Number.POSITIVE_INFINITY);
    const { alive } = paretoNbdKernel({ r: 0.5, alpha: 10, s: 3, beta: 12 });
    // The mean of t over gamma rates of leaving: (beta + T) / (s - 1).
    expect(relativeError(at(3), ((alive(2, 30, 38, 0) * 2.5) / 48) * (50 / 2))).toBeLessThan(1e-13);
  });

  test("a window and the next are as much as both", () => {
    fc.assert(
      fc.property(
        parameters,
        customer,
        logUniform(0.01, 100),
        logUniform(0.01, 100),
        (given, who, one, two) => {
          const { x, tx, T } = who;
          const kernel = paretoNbdKernel(given);
          const first = kernel.conditionalExpected(x, tx, T, one);
          // Still there after the first, with the same rate of buying and one of leaving that has waited longer.
          const later = paretoNbdKernel({ ...given, beta: given.beta + T + one });
          const second =
            (kernel.alive(x, tx, T, one) * (given.r + x) * later.expected(two) * given.alpha) /
            (given.r * (given.alpha + T));
          expect(relativeError(first + second, kernel.conditionalExpected(x, tx, T, one + two))).toBeLessThan(
            1e-12,
          );
        },
      ),
    );
  });

  test("knows no unit of time", () => {
    fc.assert(
      fc.property(parameters, customer, logUniform(0.01, 100), (given, { x, tx, T }, c) => {
        const one = paretoNbdKernel(given);
        const other = paretoNbdKernel({ ...given, alpha: c * given.alpha, beta: c * given.beta });
        const close = (got: number, want: number) =>
          expect(Math.abs(got - want)).toBeLessThan(1e-11 * (1 + Math.abs(want)));
        close(other.alive(x, c * tx, c * T, c), one.alive(x, tx, T, 1));
        close(other.logLikelihood(x, c * tx, c * T), one.logLikelihood(x, tx, T) - x * Math.log(c));
        close(other.expected(7 * c), one.expected(7));
        close(other.probabilities(2 * c, 9 * c, 1)[1], one.probabilities(2, 9, 1)[1]);
        close(other.discounted(x, c * tx, c * T, 0.1 / c, 9 * c), one.discounted(x, tx, T, 0.1, 9));
      }),
    );
  });

  test("nothing is bought within no time, discounted or not", () => {
    fc.assert(
      fc.property(parameters, customer, fc.constantFrom(0, 1e-9, 0.05, 3), (given, { x, tx, T }, rate) => {
        expect(paretoNbdKernel(given).discounted(x, tx, T, rate, 0)).toBe(0);
      }),
    );
  });

  test("customers drawn from the model buy and leave as it says", () => {
    const parameters = { r: 0.6, alpha: 5, s: 0.8, beta: 12 };
    const kernel = paretoNbdKernel(parameters);
    const random = seededRandom(20_240_101);
    const draws = 40_000;
    const counts = new Float64Array(4);
    let late = 0;
    let purchases = 0;
    let squares = 0;
    for (let i = 0; i < draws; i++) {
      const { times } = drawCustomer({ model: "paretoNbd", unit: "week", parameters }, random, 39);
      expect(times.every((time, k) => time > (k === 0 ? 0 : times[k - 1]) && time <= 39)).toBe(true);
      if (times.length < 4) counts[times.length]++;
      purchases += times.length;
      squares += times.length ** 2;
      if (!times.some((time) => time > 13)) late++;
    }
    const chances = kernel.probabilities(0, 39, 3);
    const within = (share: number, chance: number) =>
      expect(Math.abs(share - chance)).toBeLessThan(4 * Math.sqrt((chance * (1 - chance)) / draws));
    for (const [n, count] of counts.entries()) within(count / draws, chances[n]);
    within(late / draws, kernel.probabilities(13, 39, 0)[0]);
    const average = purchases / draws;
    const error = Math.sqrt((squares / draws - average ** 2) / draws);
    expect(Math.abs(average - kernel.expected(39))).toBeLessThan(4 * error);
  });
});
