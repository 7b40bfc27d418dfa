import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type HypergeometricDraw,
  hypergeometricCdf,
  hypergeometricPmf,
  hypergeometricQuantile,
} from "../../src/statistics/hypergeometric.js";
import { thrown } from "../core/thrown.js";
import { relativeError } from "./relative-error.js";

/** n over k, exactly. */
function choose(n: number, k: number): bigint {
  if (k < 0 || k > n) return 0n;
  let value = 1n;
  for (let i = 1; i <= k; i++) value = (value * BigInt(n - k + i)) / BigInt(i);
  return value;
}

/** How many of the equally likely draws hold exactly k successes. */
function ways(k: number, { population, successes, draws }: HypergeometricDraw): bigint {
  return choose(successes, k) * choose(population - successes, draws - k);
}

/** part / whole of big integers, to more digits than a double holds. */
function share(part: bigint, whole: bigint): number {
  const digits = 400n;
  const scaled = (part * 10n ** digits) / whole;
  const text = scaled.toString();
  return text.length > 17 ? Number(`${text.slice(0, 20)}e${text.length - 20 - Number(digits)}`) : 0;
}

const drawOf = (max: number) =>
  fc.integer({ min: 0, max }).chain((population) =>
    fc.record({
      population: fc.constant(population),
      successes: fc.integer({ min: 0, max: population }),
      draws: fc.integer({ min: 0, max: population }),
    }),
  );

describe("against exact fractions", () => {
  test("the probability and both tails, for every k", () => {
    fc.assert(
      fc.property(drawOf(150), (draw) => {
        const all = choose(draw.population, draw.draws);
        let below = 0n;
        for (let k = -1; k <= draw.draws + 1; k++) {
          below += ways(k, draw);
          // Four deviances and nine log factorials of size up to 5, through exp; sums add a few units more.
          expect(relativeError(hypergeometricPmf(k, draw), share(ways(k, draw), all))).toBeLessThan(1e-13);
          expect(relativeError(hypergeometricCdf(k, draw), share(below, all))).toBeLessThan(1e-13);
          expect(
            relativeError(hypergeometricCdf(k, draw, { tail: "upper" }), share(all - below, all)),
          ).toBeLessThan(1e-13);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("the quantile is the smallest k that reaches p", () => {
    fc.assert(
      fc.property(drawOf(60), fc.integer({ min: 1, max: 999 }), (draw, thousandths) => {
        const all = choose(draw.population, draw.draws);
        let below = 0n;
        let k = -1;
        // P(X <= k) >= p in whole numbers: 1000 below >= thousandths all.
        while (1000n * below < BigInt(thousandths) * all) below += ways(++k, draw);
        const p = thousandths / 1000;
        expect(hypergeometricQuantile(p, draw)).toBe(k);
        expect(hypergeometricQuantile((1000 - thousandths) / 1000, draw, { tail: "upper" })).toBe(k);
      }),
    );
  });
});

describe("laws", () => {
  test("the probabilities sum to 1", () => {
    fc.assert(
      fc.property(drawOf(3000), (draw) => {
        let sum = 0;
        for (let k = 0; k <= draw.draws; k++) sum += hypergeometricPmf(k, draw);
        expect(Math.abs(sum - 1)).toBeLessThan(1e-12);
      }),
      { numRuns: 30 },
    );
  });

  test("draws and successes may change places", () => {
    fc.assert(
      fc.property(
        drawOf(100_000),
        fc.double({ min: 0, max: 1, noNaN: true }),
        ({ population, successes, draws }, u) => {
          const k = Math.round(u * Math.min(successes, draws));
          const one = hypergeometricPmf(k, { population, successes, draws });
          const other = hypergeometricPmf(k, { population, successes: draws, draws: successes });
          expect(Math.abs(one - other)).toBeLessThanOrEqual(1e-12 * one);
        },
      ),
    );
  });

  test("successes drawn and failures drawn tell the same", () => {
    fc.assert(
      fc.property(drawOf(2000), fc.double({ min: 0, max: 1, noNaN: true }), (draw, u) => {
        const k = Math.round(u * draw.draws);
        const mirrored = { ...draw, successes: draw.population - draw.successes };
        const lower = hypergeometricCdf(k, draw);
        const upper = hypergeometricCdf(draw.draws - k - 1, mirrored, { tail: "upper" });
        expect(relativeError(lower, upper)).toBeLessThan(1e-12);
      }),
    );
  });

  test("the quantile finds the k of its own cumulative probability", () => {
    fc.assert(
      fc.property(drawOf(5000), fc.double({ min: 0, max: 1, noNaN: true }), (draw, u) => {
        const low = Math.max(0, draw.draws + draw.successes - draw.population);
        const k = low + Math.round(u * (Math.min(draw.successes, draw.draws) - low));
        // Where the probability of k is lost in the sum, a smaller k has the same cumulative probability.
        fc.pre(hypergeometricPmf(k, draw) > 1e-10);
        expect(hypergeometricQuantile(hypergeometricCdf(k, draw), draw)).toBe(k);
        const upper = hypergeometricCdf(k, draw, { tail: "upper" });
        expect(hypergeometricQuantile(upper, draw, { tail: "upper" })).toBe(k);
      }),
    );
  });

  test("the quantiles of 0 and 1 are the ends of what can happen", () => {
    const draw = { population: 20, successes: 10, draws: 14 };
    expect([hypergeometricQuantile(0, draw), hypergeometricQuantile(1, draw)]).toEqual([4, 10]);
  });

  test("what cannot happen has probability 0, what must happen 1", () => {
    const draw = { population: 20, successes: 10, draws: 14 };
    expect([hypergeometricPmf(3, draw), hypergeometricPmf(11, draw), hypergeometricPmf(-1, draw)]).toEqual([
      0, 0, 0,
    ]);
    expect(hypergeometricPmf(0, { population: 0, successes: 0, draws: 0 })).toBe(1);
    expect(hypergeometricPmf(5, { population: 5, successes: 5, draws: 5 })).toBe(1);
  });
});

describe("bad input", () => {
  const draw = { population: 10, successes: 4, draws: 3 };
  const calls: [string, string, string, () => number][] = [
    ["k", "k", "1.5", () => hypergeometricPmf(1.5, draw)],
    ["k of a tail", "k", "NaN", () => hypergeometricCdf(Number.NaN, draw)],
    ["population", "draw.population", "-1", () => hypergeometricPmf(1, { ...draw, population: -1 })],
    [
      "more successes than population",
      "draw.successes",
      "11",
      () => hypergeometricPmf(1, { ...draw, successes: 11 }),
    ],
    ["more draws than population", "draw.draws", "12", () => hypergeometricCdf(1, { ...draw, draws: 12 })],
    ["draw", "draw", "null", () => hypergeometricPmf(1, null as unknown as HypergeometricDraw)],
    ["probability", "p", "1.01", () => hypergeometricQuantile(1.01, draw)],
    ["tail", "options.tail", '"both"', () => hypergeometricCdf(1, draw, { tail: "both" as "upper" })],
  ];
  test.each(calls)("%s", (_name, path, value, call) => {
    const error = thrown(call);
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path });
    expect(error.message).toContain(value);
  });
});
