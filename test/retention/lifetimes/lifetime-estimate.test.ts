import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contractLifetimes } from "../../../src/retention/lifetimes/contract-lifetimes.js";
import {
  type LifetimeEstimateOptions,
  lifetimeEstimate,
  lifetimeEstimateByGroup,
} from "../../../src/retention/lifetimes/lifetime-estimate.js";
import type { LifetimeTable } from "../../../src/retention/lifetimes/lifetime-table.js";
import { logRankTest } from "../../../src/statistics/survival/log-rank-test.js";
import type { SurvivalInput } from "../../../src/statistics/survival/survival-data.js";
import { thrown } from "../../core/thrown.js";

// The leukemia data of Miller (1997) as survival::aml has them, maintained group; R: survfit(conf.type = "log-log"),
// print(fit, rmean = 28): median 31 (13 to NA), survival at 18 0.7159 (0.3502 to 0.8990).
const maintained = {
  duration: [9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161],
  event: [1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0] as (0 | 1)[],
};

describe("lifetimeEstimate", () => {
  test("median, mean and shares of a published sample", () => {
    const estimate = lifetimeEstimate(maintained, { horizon: 28, tenures: [0, 18, 200] });
    expect(estimate.median).toMatchObject({ value: 31, lower: 13, upper: null });
    expect(estimate.survival.map(({ survival }) => survival?.toFixed(4) ?? null)).toEqual([
      "1.0000",
      "0.7159",
      null,
    ]);
    expect(estimate.survival[1].interval?.lower).toBeCloseTo(0.3502, 4);
    // By hand: 9 + 4 x 10/11 + 5 x 9/11 + 5 x 63/88 + 5 x 54/88.
    expect(estimate.restrictedMean.value).toBeCloseTo(9 + 40 / 11 + 45 / 11 + 315 / 88 + 270 / 88, 12);
    expect(estimate.naive.ended).toEqual({ value: 176 / 7, numerator: 176, denominator: 7, reason: null });
    expect(estimate.naive.living.numerator).toBe(13 + 28 + 45 + 161);
    expect(estimate.curve.subjects).toBe(11);
  });

  test("level and method of the intervals are passed on", () => {
    const wide = lifetimeEstimate(maintained, { horizon: 28, confidenceLevel: 0.99, interval: "plain" });
    expect([wide.curve.intervalMethod, wide.restrictedMean.interval?.confidenceLevel]).toEqual([
      "plain",
      0.99,
    ]);
  });

  test("weights count as customers in the naive means", () => {
    const { naive } = lifetimeEstimate(
      [
        { duration: 2, event: true, weight: 3 },
        { duration: 8, event: true },
      ],
      {
        horizon: 10,
      },
    );
    expect(naive.ended).toEqual({ value: 14 / 4, numerator: 14, denominator: 4, reason: null });
  });

  test("nobody, nobody left, nobody stayed", () => {
    const nobody = lifetimeEstimate([], { horizon: 12 });
    expect([nobody.median.value, nobody.restrictedMean.value, nobody.naive.all.value]).toEqual([
      null,
      null,
      null,
    ]);
    const stayed = lifetimeEstimate([{ duration: 20, event: false }], { horizon: 12 });
    expect([stayed.restrictedMean.value, stayed.naive.ended.value]).toEqual([12, null]);
    expect(stayed.naive.ended.reason).toBe("customers whose life ended: 0");
    const left = lifetimeEstimate([{ duration: 20, event: true }], { horizon: 30 });
    expect([left.restrictedMean.value, left.naive.living.value]).toEqual([20, null]);
  });

  test("of the churned alone every mean is the plain mean", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 30 }),
        (durations) => {
          const { restrictedMean, naive } = lifetimeEstimate(
            durations.map((duration) => ({ duration, event: true })),
            { horizon: 500 },
          );
          // A sum of at most 30 products.
          expect(restrictedMean.value).toBeCloseTo(naive.ended.value ?? Number.NaN, 9);
        },
      ),
    );
  });

  test("bad options", () => {
    const refused = (options: unknown, data: unknown = maintained) =>
      thrown(() => lifetimeEstimate(data as SurvivalInput, options as LifetimeEstimateOptions));
    expect(refused(undefined).path).toBe("options");
    expect(refused({}).path).toBe("options.horizon");
    expect(refused({ horizon: 0 }).message).toContain("0");
    expect(refused({ horizon: 12, tenures: 6 }).path).toBe("options.tenures");
    expect(refused({ horizon: 12, tenures: [6, -1] }).path).toBe("options.tenures[1]");
    expect(refused({ horizon: 12 }, [{ duration: -1, event: true }]).code).toBe("INVALID_ROWS");
  });
});

describe("lifetimeEstimateByGroup", () => {
  const contracts = Array.from({ length: 30 }, (_, i) => ({
    customerId: `c${i}`,
    startAt: Date.UTC(2024, 0, 1 + i),
    endAt: i % 4 === 0 ? null : Date.UTC(2024, 0, 1 + 3 * i),
  }));

  test("each group as if it were alone, by name, those of none last", () => {
    const group = (id: string) => (id.endsWith("7") ? null : Number(id.slice(1)) % 2 === 0 ? "web" : "shop");
    const startedAt = (id: string) => Date.UTC(2024, 0, 1 + Number(id.slice(1)));
    const options = { asOf: "2024-03-01", observedFrom: "2024-01-05", startedAt } as const;
    const all = contractLifetimes(contracts, { ...options, groupBy: group });
    const groups = lifetimeEstimateByGroup(all, { horizon: 30 });
    expect(groups.map(({ group }) => group)).toEqual(["shop", "web", null]);
    for (const { group: name, ...estimate } of groups) {
      const own = contracts.filter(({ customerId }) => group(customerId) === name);
      expect(estimate).toEqual(lifetimeEstimate(contractLifetimes(own, options), { horizon: 30 }));
    }
  });

  test("whether the groups differ: the log-rank test takes the table as it is", () => {
    const all = contractLifetimes(contracts, {
      asOf: "2024-03-01",
      groupBy: (id) => (Number(id.slice(1)) < 15 ? "a" : "b"),
    });
    const { groups } = logRankTest(all);
    expect(groups.map(({ group, subjects }) => [group, subjects])).toEqual([
      ["a", 15],
      ["b", 15],
    ]);
  });

  test("needs a table of lifetimes", () => {
    const refused = (table: unknown) =>
      thrown(() => lifetimeEstimateByGroup(table as LifetimeTable, { horizon: 1 })).path;
    expect(refused({})).toBe("lifetimes");
    expect(refused({ columns: { group: [], duration: [], event: [] } })).toBe("lifetimes");
  });
});
