import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/core/random.js";
import { bgNbdKernel, mbgNbdKernel } from "../../../src/lifetime/bg-nbd/bg-nbd-kernel.js";
import { drawCustomer } from "../../../src/lifetime/predictions/draw-customer.js";
import { relativeError } from "../../statistics/relative-error.js";

const positive = (least: number, most: number) =>
  fc.double({ min: Math.log(least), max: Math.log(most), noNaN: true }).map(Math.exp);
const kernels = fc
  .record({
    extra: fc.constantFrom(0, 1),
    r: positive(0.05, 20),
    alpha: positive(0.1, 100),
    a: fc.oneof(positive(0.05, 20), fc.constantFrom(1, 1 + 1e-9, 1 - 1e-6)),
    b: fc.oneof(positive(0.05, 20), fc.constantFrom(1, 0.5)),
  })
  .map(({ extra, ...parameters }) => ({
    extra,
    parameters,
    kernel: (extra === 0 ? bgNbdKernel : mbgNbdKernel)(parameters),
  }));
const histories = fc
  .tuple(fc.oneof(fc.nat(20), fc.nat(1000)), fc.double({ min: 0.01, max: 1, noNaN: true }), positive(1, 300))
  .map(([x, share, T]) => ({ x, tx: x === 0 ? 0 : share * T, T }));
const time = positive(0.01, 1000);

const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);

describe("laws that both models keep", () => {
  test("P(alive) is a probability, falls with time, and rises with a later last purchase", () => {
    fc.assert(
      fc.property(kernels, histories, time, ({ kernel }, { x, tx, T }, after) => {
        const now = kernel.alive(x, tx, T, 0);
        const then = kernel.alive(x, tx, T, after);
        expect(now).toBeLessThanOrEqual(1);
        expect(then).toBeGreaterThanOrEqual(0);
        expect(then).toBeLessThanOrEqual(now * (1 + 1e-13));
        if (x > 0) expect(kernel.alive(x, (tx + T) / 2, T, 0)).toBeGreaterThanOrEqual(now);
      }),
    );
  });

  test("expected purchases add up: now to s, then s to s + t of who is there at s", () => {
    // By the mean count of the probabilities over the later window, another way than the series.
    fc.assert(
      fc.property(
        kernels,
        fc.nat(6),
        positive(5, 50),
        positive(1, 20),
        positive(1, 20),
        ({ kernel }, x, T, s, t) => {
          const tx = x === 0 ? 0 : T / 2;
          const whole = kernel.conditionalExpected(x, tx, T, s + t);
          const first = kernel.conditionalExpected(x, tx, T, s);
          const counts = kernel.conditionalProbabilities(x, tx, T, s, s + t, 400);
          fc.pre(1 - sum(counts) < 1e-14);
          const later = counts.reduce((total, probability, n) => total + n * probability, 0);
          // The tail beyond 400 is below 1e-14, times its counts.
          expect(Math.abs(whole - first - later)).toBeLessThan(1e-10 * (1 + whole));
        },
      ),
      { numRuns: 60 },
    );
  });

  test("probabilities are no less than 0 and sum to 1, with their mean the expectation", () => {
    fc.assert(
      fc.property(kernels, positive(0.5, 20), ({ kernel, parameters: { r, alpha } }, t) => {
        fc.pre((r * t) / alpha < 20 && t / alpha < 20);
        const counts = kernel.probabilities(0, t, 3000);
        expect(counts.every((probability) => probability >= 0)).toBe(true);
        expect(Math.abs(sum(counts) - 1)).toBeLessThan(1e-12);
        const mean = counts.reduce((total, probability, n) => total + n * probability, 0);
        expect(relativeError(mean, kernel.expected(t))).toBeLessThan(1e-10);
        const later = kernel.conditionalProbabilities(2, 3, 4, t, 2 * t, 3000);
        expect(Math.abs(sum(later) - 1)).toBeLessThan(1e-11);
      }),
      { numRuns: 40 },
    );
  });

  test("a window that starts a moment later changes little: both ways of computing meet", () => {
    fc.assert(
      fc.property(kernels, histories, positive(1, 50), ({ kernel }, { x, tx, T }, t) => {
        const now = kernel.conditionalProbabilities(x, tx, T, 0, t, 5);
        const later = kernel.conditionalProbabilities(x, tx, T, 1e-13 * t, t, 5);
        for (const [n, probability] of now.entries()) {
          expect(Math.abs(later[n] - probability)).toBeLessThan(1e-9 * probability + 1e-11);
        }
      }),
    );
  });

  test("the unit of time does not matter", () => {
    fc.assert(
      fc.property(
        kernels,
        histories,
        time,
        positive(0.01, 100),
        ({ extra, parameters, kernel }, { x, tx, T }, t, unit) => {
          const other = (extra === 0 ? bgNbdKernel : mbgNbdKernel)({
            ...parameters,
            alpha: unit * parameters.alpha,
          });
          const pairs = [
            [kernel.alive(x, tx, T, t), other.alive(x, unit * tx, unit * T, unit * t)],
            [
              kernel.conditionalExpected(x, tx, T, t),
              other.conditionalExpected(x, unit * tx, unit * T, unit * t),
            ],
            [kernel.expected(t), other.expected(unit * t)],
            [
              kernel.logLikelihood(x, tx, T),
              other.logLikelihood(x, unit * tx, unit * T) + x * Math.log(unit),
            ],
          ];
          // A tiny P(alive) is a power of up to 1,000 of rounded times.
          for (const [one, two] of pairs) expect(relativeError(one, two)).toBeLessThan(1e-10);
        },
      ),
    );
  });

  test("a history that is given is likelier or less likely as its purchases are: densities over tx integrate to the count", () => {
    // P(X = 1 by T) is the integral of the density of (1, tx, T) over tx.
    fc.assert(
      fc.property(kernels, positive(1, 20), ({ kernel }, T) => {
        // Smooth in tx beyond alpha, which may be short: Gauss-Legendre with 3 points on 3,000 panels of u, tx = T u².
        const [panels, node] = [3000, Math.sqrt(0.6)];
        let integral = 0;
        for (let i = 0; i < panels; i++) {
          const [middle, half] = [(i + 0.5) / panels, 0.5 / panels];
          for (const [at, weight] of [
            [-node, 5],
            [0, 8],
            [node, 5],
          ]) {
            const u = middle + at * half;
            integral += ((half * weight) / 9) * 2 * T * u * Math.exp(kernel.logLikelihood(1, T * u * u, T));
          }
        }
        expect(relativeError(integral, kernel.probabilities(0, T, 1)[1])).toBeLessThan(1e-6);
      }),
      { numRuns: 40 },
    );
  });

  test("discounting: nothing at rate 0, less at a higher one, for ever is the limit", () => {
    fc.assert(
      fc.property(
        kernels,
        histories,
        positive(1, 200),
        positive(1e-3, 0.1),
        ({ kernel }, { x, tx, T }, horizon, rate) => {
          const plain = kernel.conditionalExpected(x, tx, T, horizon);
          expect(kernel.discounted(x, tx, T, 0, horizon)).toBe(plain);
          expect(Math.abs(kernel.discounted(x, tx, T, 1e-13, horizon) - plain)).toBeLessThan(
            1e-9 * plain + 1e-300,
          );
          const worth = kernel.discounted(x, tx, T, rate, horizon);
          expect(worth).toBeLessThanOrEqual(plain * (1 + 1e-12));
          expect(worth).toBeGreaterThanOrEqual(plain * Math.exp(-rate * horizon) * (1 - 1e-12));
          const forEver = kernel.discounted(x, tx, T, rate, null);
          expect(forEver).toBeGreaterThanOrEqual(worth * (1 - 1e-12));
          expect(Math.abs(kernel.discounted(x, tx, T, rate, 60 / rate) - forEver)).toBeLessThan(
            1e-12 * forEver + 1e-300,
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("edges", () => {
  const kernel = bgNbdKernel({ r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 });
  const modified = mbgNbdKernel({ r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 });

  test("a moment: nothing bought, nobody left", () => {
    expect([kernel.expected(0), kernel.conditionalExpected(3, 4, 5, 0)]).toEqual([0, 0]);
    expect([...kernel.probabilities(7, 7, 2)]).toEqual([1, 0, 0]);
    expect(kernel.discounted(3, 4, 5, 0.01, 0)).toBe(0);
    expect(kernel.alive(3, 5, 5, 0)).toBe(kernel.alive(3, 5, 5, 1e-300));
  });

  test("who never came back is there in BG/NBD, not for sure in MBG/NBD", () => {
    expect(kernel.alive(0, 0, 1e6, 0)).toBe(1);
    expect(relativeError(modified.alive(0, 0, 0, 0), 1.614 / (0.891 + 1.614))).toBeLessThan(1e-15);
  });

  test("without discount for ever: finite only where few stay for very long", () => {
    expect(kernel.discounted(2, 30, 39, 0, null)).toBe(Number.POSITIVE_INFINITY);
    const leaving = bgNbdKernel({ r: 0.243, alpha: 4.414, a: 3, b: 2.5 });
    // The mean of 1 / p over beta(3, 4.5), times P(alive).
    const expected = ((3 + 4.5 - 1) / (3 - 1)) * leaving.alive(2, 30, 39, 0);
    expect(relativeError(leaving.discounted(2, 30, 39, 0, null), expected)).toBeLessThan(1e-14);
    expect(relativeError(leaving.conditionalExpected(2, 30, 39, 1e12), expected)).toBeLessThan(1e-3);
    const endless = leaving.conditionalExpected(2, 30, 39, Number.POSITIVE_INFINITY);
    expect(relativeError(endless, expected)).toBeLessThan(1e-12);
  });

  test("thousands of purchases, last long ago: gone, without overflow", () => {
    expect(kernel.alive(5000, 10, 1000, 0)).toBe(0);
    expect(kernel.conditionalExpected(5000, 10, 1000, 52)).toBe(0);
    expect(kernel.discounted(5000, 10, 1000, 0.01, null)).toBe(0);
    expect(Number.isFinite(kernel.logLikelihood(5000, 10, 1000))).toBe(true);
    expect(kernel.conditionalProbabilities(5000, 999, 1000, 0, 500, 4000).every(Number.isFinite)).toBe(true);
  });

  test("the series and the quadrature meet where one takes over (z = 0.95)", () => {
    for (const a of [0.3, 1, 2.5]) {
      const { conditionalExpected } = bgNbdKernel({ r: 0.7, alpha: 3, a, b: 1.2 });
      // z = t / (alpha + T + t): 19 times alpha + T.
      const edge = 19 * (3 + 30);
      const [below, above] = [edge * (1 - 1e-12), edge * (1 + 1e-12)].map((t) =>
        conditionalExpected(4, 25, 30, t),
      );
      expect(relativeError(below, above)).toBeLessThan(1e-11);
    }
  });
});

test.each([
  ["bgNbd", bgNbdKernel],
  ["mbgNbd", mbgNbdKernel],
] as const)("customers drawn from %s have as many purchases as the probabilities say", (model, kernelOf) => {
  const parameters = { r: 0.8, alpha: 4, a: 0.8, b: 2.4 };
  const random = seededRandom(5);
  const draws = 40_000;
  const counts = new Float64Array(6);
  for (let i = 0; i < draws; i++) {
    const { times } = drawCustomer({ model, unit: "week", parameters }, random, 30);
    expect(times.every((time, k) => time > (times[k - 1] ?? 0) && time <= 30)).toBe(true);
    if (times.length < 6) counts[times.length]++;
  }
  for (const [n, probability] of kernelOf(parameters).probabilities(0, 30, 5).entries()) {
    const deviation = Math.sqrt((probability * (1 - probability)) / draws);
    expect(Math.abs(counts[n] / draws - probability)).toBeLessThan(4.5 * deviation);
  }
});
