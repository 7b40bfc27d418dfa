import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fisherExact } from "../../src/statistics/fisher-exact.js";
import { hypergeometricCdf } from "../../src/statistics/hypergeometric.js";
import { thrown } from "../core/thrown.js";

interface Group {
  readonly successes: number;
  readonly trials: number;
}

const group = (most: number) =>
  fc
    .integer({ min: 0, max: most })
    .chain((trials) =>
      fc.record({ successes: fc.integer({ min: 0, max: trials }), trials: fc.constant(trials) }),
    );

function choose(n: number, k: number): bigint {
  let result = 1n;
  for (let i = 0; i < k; i++) result = (result * BigInt(n - i)) / BigInt(i + 1);
  return result;
}

/** Number of ways for each count that the totals allow: exact integers. */
function ways(treatment: Group, control: Group): Map<number, bigint> {
  const successes = treatment.successes + control.successes;
  const counts = new Map<number, bigint>();
  for (
    let count = Math.max(0, successes - control.trials);
    count <= Math.min(treatment.trials, successes);
    count++
  ) {
    counts.set(count, choose(treatment.trials, count) * choose(control.trials, successes - count));
  }
  return counts;
}

function share(part: bigint, whole: bigint): number {
  return Number((part * 10n ** 20n) / whole) / 1e20;
}

describe("fisherExact against all tables counted in whole numbers", () => {
  test("p-values of the three alternatives", () => {
    fc.assert(
      fc.property(group(60), group(60), (treatment, control) => {
        const counts = ways(treatment, control);
        const observed = counts.get(treatment.successes) ?? 0n;
        let [total, less, greater, twoSided] = [0n, 0n, 0n, 0n];
        for (const [count, number] of counts) {
          total += number;
          if (count <= treatment.successes) less += number;
          if (count >= treatment.successes) greater += number;
          // No more probable, within a relative 1e-7.
          if (number * 10_000_000n <= observed * 10_000_001n) twoSided += number;
        }
        // 1e-12: up to 60 multiplications and sums.
        expect(fisherExact(treatment, control).pValue).toBeCloseTo(share(twoSided, total), 12);
        const p = (alternative: "less" | "greater") =>
          fisherExact(treatment, control, { alternative }).pValue;
        expect(p("less")).toBeCloseTo(share(less, total), 12);
        expect(p("greater")).toBeCloseTo(share(greater, total), 12);
      }),
    );
  });

  test("at the limits each tail holds half of what the level leaves; at the odds ratio the mean is observed", () => {
    fc.assert(
      fc.property(group(30), group(30), (treatment, control) => {
        const { oddsRatio, interval } = fisherExact(treatment, control, { confidenceLevel: 0.9 });
        const counts = [...ways(treatment, control)];
        const expectation = (odds: number, of: (count: number) => number): number => {
          const weights = counts.map(([count, number]) => Number(number) * odds ** count);
          const total = weights.reduce((sum, weight) => sum + weight, 0);
          return counts.reduce((sum, [count], i) => sum + (weights[i] / total) * of(count), 0);
        };
        const seen = treatment.successes;
        // 1e-9: the root is found to the last bits of its logarithm; the tails are smooth in it.
        if (oddsRatio !== null && oddsRatio > 0) {
          expect(expectation(oddsRatio, (count) => count)).toBeCloseTo(seen, 9);
          expect(Number(interval?.lower)).toBeLessThan(oddsRatio);
        }
        if (interval !== null && interval.lower > 0) {
          expect(expectation(interval.lower, (count) => Number(count >= seen))).toBeCloseTo(0.05, 9);
        }
        if (interval !== null && interval.upper !== null) {
          expect(expectation(interval.upper, (count) => Number(count <= seen))).toBeCloseTo(0.05, 9);
        }
      }),
    );
  });
});

describe("fisherExact", () => {
  test("swapping the groups turns the odds ratio over and the alternatives around", () => {
    fc.assert(
      fc.property(group(200), group(200), (treatment, control) => {
        const there = fisherExact(treatment, control);
        const back = fisherExact(control, treatment);
        expect(back.pValue).toBeCloseTo(there.pValue, 12);
        const greater = fisherExact(treatment, control, { alternative: "greater" }).pValue;
        expect(fisherExact(control, treatment, { alternative: "less" }).pValue).toBeCloseTo(greater, 12);
        if (there.oddsRatio !== null && back.oddsRatio !== null) {
          expect(there.oddsRatio * back.oddsRatio).toBeCloseTo(1, 9);
        }
        const upper = there.interval?.upper ?? null;
        if (upper !== null && upper > 0) expect(upper * Number(back.interval?.lower)).toBeCloseTo(1, 9);
      }),
    );
  });

  test("agrees with the hypergeometric distribution on large tables, far out in the tail", () => {
    const treatment = { successes: 5_400, trials: 1_000_000 };
    const control = { successes: 4_600, trials: 1_000_000 };
    const { pValue } = fisherExact(treatment, control, { alternative: "greater" });
    const draw = { population: 2_000_000, successes: 10_000, draws: 1_000_000 };
    const tail = hypergeometricCdf(5_399, draw, { tail: "upper" });
    expect(pValue).toBeLessThan(1e-14);
    // 1e-8: a thousand multiplications here, log-gamma of millions there.
    expect(pValue / tail).toBeCloseTo(1, 8);
  });

  test("does not walk through the counts that no double can tell from impossible", () => {
    // Without a floor under the weights this takes minutes among the subnormal numbers.
    const all = { successes: 1_000_000_000, trials: 1_000_000_000 };
    const none = { successes: 0, trials: 1_000_000_000 };
    expect(fisherExact(all, none).pValue).toBe(0);
    expect(fisherExact(none, all)).toMatchObject({ pValue: 0, oddsRatio: 0, reason: null });
  });

  test("says when the odds ratio is infinite or unknown", () => {
    const won = fisherExact({ successes: 5, trials: 5 }, { successes: 2, trials: 8 });
    expect(won.oddsRatio).toBeNull();
    expect(won.interval?.upper).toBeNull();
    expect(won.reason).toContain("infinite");
    const lost = fisherExact({ successes: 0, trials: 5 }, { successes: 5, trials: 10 });
    expect(lost).toMatchObject({ oddsRatio: 0, reason: null, interval: { lower: 0 } });
    for (const alike of [
      fisherExact({ successes: 0, trials: 5 }, { successes: 0, trials: 8 }),
      fisherExact({ successes: 5, trials: 5 }, { successes: 8, trials: 8 }),
      fisherExact({ successes: 0, trials: 0 }, { successes: 3, trials: 8 }),
    ]) {
      expect(alike).toMatchObject({ pValue: 1, oddsRatio: null, interval: null });
      expect(alike.reason).toContain("this table only");
    }
  });

  test("refuses impossible counts and unknown alternatives", () => {
    const ten = { successes: 5, trials: 10 };
    expect(thrown(() => fisherExact({ successes: -1, trials: 10 }, ten))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "treatment.successes",
    });
    expect(thrown(() => fisherExact(ten, ten, { alternative: "up" as "less" })).message).toContain('"up"');
  });
});
