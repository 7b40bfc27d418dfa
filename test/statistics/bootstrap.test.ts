import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type BootstrapOptions, bootstrap } from "../../src/statistics/bootstrap.js";
import { normalCdf, normalQuantile } from "../../src/statistics/normal.js";
import { quantile } from "../../src/statistics/sample-quantile.js";
import { thrown } from "../core/thrown.js";

const mean = (sample: readonly number[]): number =>
  sample.reduce((sum, value) => sum + value, 0) / sample.length;
const baskets = [12, 15, 9, 40, 22, 18, 13, 95, 17, 21, 30, 8, 14, 26, 11, 19, 55, 16, 10, 23];
const methods = ["percentile", "bca"] as const;
const lists = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 3, maxLength: 20 });

describe("bootstrap", () => {
  test("gives the same for the same seed, something else for another", () => {
    for (const method of methods) {
      const first = bootstrap(baskets, mean, { seed: 1, method });
      expect(bootstrap(baskets, mean, { seed: 1, method })).toEqual(first);
      expect(bootstrap(baskets, mean, { seed: 2, method }).interval).not.toEqual(first.interval);
      expect(first.replicates).toBe(2000);
      expect(first.reason).toBeNull();
    }
  });

  test("finds the standard error of a mean, which a formula knows", () => {
    const { estimate, standardError, bias } = bootstrap(baskets, mean, { seed: 5, replicates: 4000 });
    const variance = mean(baskets.map((value) => (value - mean(baskets)) ** 2));
    const known = Math.sqrt(variance / baskets.length);
    expect(estimate).toBe(mean(baskets));
    // A standard deviation of 4,000 draws has a relative standard error of 1/sqrt(8000) = 1.1 %, somewhat more for
    // skewed draws: 5 %. The mean of the draws has one of known/sqrt(4000): four of these.
    expect(Number(standardError) / known).toBeGreaterThan(0.95);
    expect(Number(standardError) / known).toBeLessThan(1.05);
    expect(Math.abs(Number(bias))).toBeLessThan((4 * known) / Math.sqrt(4000));
  });

  test("finds the interval of a rank statistic, which the binomial distribution knows", () => {
    // A resampled median of 1..41 (odd n) is at most k when 21 or more of 41 draws fall on 1..k of 41.
    const n = 41;
    const chanceAtMost = (k: number): number => {
      let chance = 0;
      let ways = 1;
      for (let hits = 0; hits <= n; hits++) {
        if (hits >= 21) chance += ways * (k / n) ** hits * (1 - k / n) ** (n - hits);
        ways = (ways * (n - hits)) / (hits + 1);
      }
      return chance;
    };
    const exact = (share: number) => [...Array(n).keys()].findIndex((i) => chanceAtMost(i + 1) >= share) + 1;
    const values = Array.from({ length: n }, (_, i) => i + 1);
    const { interval } = bootstrap(values, (sample) => quantile(sample, 0.5), { seed: 3, replicates: 4999 });
    // One rank: the share at a rank moves by 0.02 there, the error of 4,999 draws is 0.002.
    expect(Math.abs(Number(interval?.lower) - exact(0.025))).toBeLessThanOrEqual(1);
    expect(Math.abs(Number(interval?.upper) - exact(0.975))).toBeLessThanOrEqual(1);
  });

  test("BCa leans to the side of the long tail, percentile less", () => {
    const percentile = bootstrap(baskets, mean, { seed: 11, replicates: 4000 }).interval;
    const bca = bootstrap(baskets, mean, { seed: 11, replicates: 4000, method: "bca" }).interval;
    expect(Number(bca?.lower)).toBeGreaterThan(Number(percentile?.lower));
    expect(Number(bca?.upper)).toBeGreaterThan(Number(percentile?.upper));
  });

  test("BCa limits are those of Efron and Tibshirani's equations 14.9 to 14.15, worked out apart", () => {
    // The statistic is called for the values, for each resample, and with each value left out, in this order.
    const values: number[] = [];
    const kept = (sample: readonly number[]): number => {
      values.push(mean(sample));
      return mean(sample);
    };
    const replicates = 999;
    const { interval } = bootstrap(baskets, kept, { seed: 8, replicates, method: "bca" });
    const [estimate] = values;
    const resampled = values.slice(1, replicates + 1).sort((a, b) => a - b);
    const gaps = values.slice(replicates + 1).map((value, _, all) => mean(all) - value);
    expect(gaps.length).toBe(baskets.length);
    const power = (k: number): number => gaps.reduce((sum, gap) => sum + gap ** k, 0);
    const acceleration = power(3) / (6 * power(2) ** 1.5);
    const below = resampled.reduce(
      (sum, value) => sum + (value < estimate ? 1 : value === estimate ? 0.5 : 0),
      0,
    );
    const bias = normalQuantile(below / replicates);
    // 1.959963984540054: z of 0.95 from tables.
    [-1.959963984540054, 1.959963984540054].forEach((z, side) => {
      const share = normalCdf(bias + (bias + z) / (1 - acceleration * (bias + z)));
      const rank = share * (replicates + 1);
      const [low, high] = [resampled[Math.floor(rank) - 1], resampled[Math.floor(rank)]];
      const expected = low + (rank - Math.floor(rank)) * (high - low);
      // 1e-8: a rank of up to 1000 times the rounding of normal tails.
      expect(side === 0 ? interval?.lower : interval?.upper).toBeCloseTo(expected, 8);
    });
  });

  test("shifts and stretches with the values, seed by seed", () => {
    fc.assert(
      fc.property(
        lists,
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom(...methods),
        (values, scale, method) => {
          const options = { seed: 4, replicates: 99, method };
          const base = bootstrap(values, mean, options);
          const moved = bootstrap(
            values.map((value) => scale * value + 100),
            mean,
            options,
          );
          // Means of equal resamples: a few roundings. BCa counts equal ones, which roundings can turn over: skip ties.
          expect(moved.estimate).toBeCloseTo(scale * base.estimate + 100, 8);
          expect(moved.standardError).toBeCloseTo(scale * Number(base.standardError), 8);
          if (base.interval === null || moved.interval === null || method === "bca") return;
          expect(moved.interval.lower).toBeCloseTo(scale * base.interval.lower + 100, 8);
          expect(moved.interval.upper).toBeCloseTo(scale * base.interval.upper + 100, 8);
        },
      ),
      { numRuns: 50 },
    );
  });

  test("resamples whole records, in a plain or typed array, and changes none", () => {
    const orders = Object.freeze(
      baskets.map((amount, i) => Object.freeze({ amount, returned: i % 5 === 0 })),
    );
    const returnRate = bootstrap(orders, (sample) => mean(sample.map(({ returned }) => Number(returned))), {
      seed: 1,
    });
    expect(returnRate.estimate).toBe(0.2);
    const column = Float64Array.from(baskets);
    const spoiling = (sample: number[]): number => {
      const value = mean(sample);
      sample.sort().pop();
      sample.fill(0);
      return value;
    };
    for (const method of methods) {
      const spoiled = bootstrap(column, spoiling, { seed: 9, method });
      expect(spoiled).toEqual(bootstrap(baskets, mean, { seed: 9, method }));
    }
    expect([...column]).toEqual(baskets);
  });

  test("of values that never vary is a point", () => {
    for (const method of methods) {
      expect(bootstrap([7, 7, 7], mean, { seed: 1, method })).toMatchObject({
        standardError: 0,
        bias: 0,
        interval: { lower: 7, upper: 7 },
      });
    }
  });

  test("says why there is no interval", () => {
    const one = bootstrap([7], mean, { seed: 1 });
    expect(one).toMatchObject({ estimate: 7, standardError: null, bias: null, interval: null });
    expect(one.reason).toContain("has 1");
    // Resamples of 30 different values hold 19 different ones: the estimate is far outside.
    const values = Array.from({ length: 30 }, (_, i) => i);
    const distinct = bootstrap(values, (sample) => new Set(sample).size, { seed: 1, method: "bca" });
    expect(distinct).toMatchObject({ estimate: 30, interval: null });
    expect(distinct.reason).toContain("outside its resamples");
    expect(distinct.bias).toBeLessThan(-9);
  });

  test("tells its progress and obeys the signal", () => {
    const seen: [number, number][] = [];
    bootstrap(baskets, mean, {
      seed: 1,
      replicates: 979,
      method: "bca",
      onProgress: (...step) => seen.push(step),
    });
    expect(seen).toEqual(Array.from({ length: 100 }, (_, i) => [10 * (i + 1), 1000]));
    const signal = { aborted: false };
    const options: BootstrapOptions = {
      seed: 1,
      signal,
      onProgress: (done) => {
        signal.aborted = done >= 100;
      },
    };
    const error = thrown(() => bootstrap(baskets, mean, options));
    expect(error).toMatchObject({ code: "ABORTED", path: "options.signal" });
    expect(error.message).toMatch(/after 1\d\d of 2001/);
    expect(thrown(() => bootstrap(baskets, mean, { seed: 1, signal: AbortSignal.abort() })).code).toBe(
      "ABORTED",
    );
  });
});

describe("bad input", () => {
  test.each([
    [() => bootstrap([], mean, { seed: 1 }), "values", "0"],
    [() => bootstrap(baskets, mean, undefined as never), "options", "undefined"],
    [() => bootstrap(baskets, mean, {} as BootstrapOptions), "options.seed", "undefined"],
    [() => bootstrap(baskets, mean, { seed: 0.5 }), "options.seed", "0.5"],
    [() => bootstrap(baskets, mean, { seed: 1, replicates: 38 }), "options.replicates", "39"],
    [
      () => bootstrap(baskets, mean, { seed: 1, replicates: 500, confidenceLevel: 0.999 }),
      "options.replicates",
      "1999",
    ],
    [() => bootstrap(baskets, mean, { seed: 1, method: "t" as "bca" }), "options.method", '"t"'],
    [() => bootstrap(baskets, () => Number.NaN, { seed: 1 }), "statistic", "NaN"],
    [() => bootstrap(baskets, 5 as never, { seed: 1 }), "statistic", "5"],
  ])("%#", (call, path, named) => {
    const error = thrown(call);
    expect(error.code).toBe("INVALID_ARGUMENT");
    expect(error.path).toBe(path);
    expect(error.message).toContain(named);
  });

  test("the fewest replicates that a level allows are enough", () => {
    const { interval } = bootstrap(baskets, mean, { seed: 1, replicates: 39 });
    expect(interval).not.toBeNull();
  });
});
