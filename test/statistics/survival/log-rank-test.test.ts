import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hypergeometricPmf } from "../../../src/statistics/hypergeometric.js";
import { logRankTest } from "../../../src/statistics/survival/log-rank-test.js";
import type {
  GroupedSurvivalInput,
  GroupedSurvivalRow,
} from "../../../src/statistics/survival/survival-groups.js";
import { thrown } from "../../core/thrown.js";
import { repeated, survivalRows } from "./survival-sample.js";

const grouped = (options: Parameters<typeof survivalRows>[0]) =>
  survivalRows({ minLength: 4, ...options }).map((rows): GroupedSurvivalRow[] =>
    rows.map((row, i) => ({ ...row, group: ["a", "b", "c"][(i * 7 + Math.floor(row.duration)) % 3] })),
  );

describe("logRankTest", () => {
  test("expected and variance are those of the hypergeometric draws at each time", () => {
    fc.assert(
      fc.property(grouped({ entry: true }), (rows) => {
        const times = [...new Set(rows.filter(({ event }) => event).map(({ duration }) => duration))];
        let [expected, variance] = [0, 0];
        for (const time of times) {
          const atRisk = rows.filter(
            ({ entry, duration }) => duration >= time && ((entry ?? 0) === 0 || (entry ?? 0) < time),
          );
          const draws = atRisk.filter(({ duration, event }) => event && duration === time).length;
          const successes = atRisk.filter(({ group }) => group === "a").length;
          const draw = { population: atRisk.length, successes, draws };
          let mean = 0;
          let square = 0;
          for (let k = 0; k <= draws; k++) {
            const probability = hypergeometricPmf(k, draw);
            mean += k * probability;
            square += k * k * probability;
          }
          expected += mean;
          variance += square - mean * mean;
        }
        const result = logRankTest(rows);
        const a = result.groups.findIndex(({ group }) => group === "a");
        if (a < 0) return;
        expect(result.groups[a].expected).toBeCloseTo(expected, 9);
        expect(result.covariance[a][a]).toBeCloseTo(variance, 9);
      }),
    );
  });

  test("observed and expected have the same sum, and the rows of the covariance sum to 0", () => {
    fc.assert(
      fc.property(grouped({ entry: true, weight: true }), fc.constantFrom(0, 0.5, 1), (rows, rho) => {
        const { groups, covariance } = logRankTest(rows, { rho });
        const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
        expect(sum(groups.map(({ observed }) => observed))).toBeCloseTo(
          sum(groups.map(({ expected }) => expected)),
          10,
        );
        for (const row of covariance) expect(sum(row)).toBeCloseTo(0, 10);
      }),
    );
  });

  test("the order of the rows and the unit of time say nothing; a weight of 2 is the row twice", () => {
    const shuffled = grouped({ entry: true, weight: true }).chain((rows) =>
      fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
    );
    fc.assert(
      fc.property(shuffled, ([rows, others]) => {
        const result = logRankTest(rows);
        expect(logRankTest(others)).toEqual(result);
        expect(logRankTest(repeated(rows) as GroupedSurvivalRow[])).toEqual(result);
        const scaled = rows.map((row) => ({
          ...row,
          duration: 2 * row.duration,
          entry: 2 * (row.entry ?? 0),
        }));
        expect(logRankTest(scaled)).toEqual(result);
      }),
    );
  });

  test("a stratum on its own is the test of its rows, and strata sum", () => {
    fc.assert(
      fc.property(grouped({}), grouped({}), (first, second) => {
        const one = first.map((row) => ({ ...row, stratum: "one" }));
        const two = second.map((row) => ({ ...row, stratum: "two" }));
        expect(logRankTest(one)).toEqual(logRankTest(first));
        const both = logRankTest([...one, ...two]);
        for (const { group, expected } of both.groups) {
          const alone = [logRankTest(first), logRankTest(second)].map(
            ({ groups }) => groups.find((other) => other.group === group)?.expected ?? 0,
          );
          expect(expected).toBeCloseTo(alone[0] + alone[1], 10);
        }
      }),
    );
  });

  test("groups by name, those of no group last", () => {
    const { groups } = logRankTest({
      duration: [1, 2, 3, 4, 5],
      event: [1, 1, 1, 1, 0],
      group: ["west", null, "east", null, "west"],
    });
    expect(groups.map(({ group, subjects }) => [group, subjects])).toEqual([
      ["east", 1],
      ["west", 2],
      [null, 2],
    ]);
  });
});

test("says why nothing can be compared", () => {
  const data = { duration: [1, 2, 3], event: [1, 1, 0] as (0 | 1)[] };
  const unknown = { chiSquare: null, pValue: null };
  expect(logRankTest([])).toMatchObject({ ...unknown, degreesOfFreedom: 0, reason: "groups: 0" });
  expect(logRankTest({ ...data, group: ["a", "a", "a"] })).toMatchObject({ ...unknown, reason: "groups: 1" });
  expect(logRankTest({ ...data, event: [0, 0, 0], group: ["a", "b", "b"] })).toMatchObject({
    ...unknown,
    reason: "groups with subjects at risk at an event: 0",
  });
  const apart = logRankTest({ ...data, group: ["a", "b", "b"], stratum: ["x", "y", "y"] });
  expect(apart).toMatchObject({ ...unknown, degreesOfFreedom: 0 });
  expect(apart.reason).toBe("no two groups have subjects at risk at an event that some of them outlast");
  // All who are at risk have the event: what each group was to expect is what it had.
  expect(logRankTest({ duration: [1, 1], event: [1, 1], group: ["a", "b"] })).toMatchObject({
    ...unknown,
    degreesOfFreedom: 0,
  });
});

describe("groups that were never at risk together", () => {
  // Park and Miller's generator: 59 samples, of which many left a difference of roundings to divide by.
  const uniform = (seed: number) => {
    let state = seed;
    return () => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647;
    };
  };
  const sample = (seed: number, count = 800) => {
    const random = uniform(seed * 7919);
    return Array.from({ length: count }, (_, i) => ({
      duration: random(),
      event: random() < 0.8,
      stratum: i % 2 === 0 ? "x" : "y",
      group: (i % 2 === 0 ? "ab" : "cd")[random() < 0.4 ? 0 : 1],
    }));
  };
  const separately = (rows: readonly (GroupedSurvivalRow & { stratum: string })[]) =>
    ["x", "y"].map((stratum) => Number(logRankTest(rows.filter((row) => row.stratum === stratum)).chiSquare));

  test("in other strata: the tests of the sets that were, together", () => {
    for (let seed = 1; seed < 60; seed++) {
      const rows = sample(seed);
      const { chiSquare, degreesOfFreedom, pValue, reason } = logRankTest(rows);
      const [first, second] = separately(rows);
      expect(degreesOfFreedom).toBe(2);
      expect(reason).toBeNull();
      expect(chiSquare).toBeCloseTo(first + second, 9);
      // Of chi-square with two degrees of freedom.
      expect(pValue).toBeCloseTo(Math.exp(-(first + second) / 2), 9);
    }
  });

  test("at other times: the same, without strata", () => {
    const rows = sample(7).map((row) => ({
      ...row,
      duration: row.duration + (row.stratum === "x" ? 0 : 2),
      entry: row.stratum === "x" ? 0 : 2,
    }));
    const [first, second] = separately(rows);
    const { chiSquare, degreesOfFreedom } = logRankTest(rows.map(({ stratum: _, ...row }) => row));
    expect(degreesOfFreedom).toBe(2);
    expect(chiSquare).toBeCloseTo(first + second, 9);
  });

  test("a group that was beside both sets joins them, one that was beside none adds nothing", () => {
    const rows = sample(11, 200);
    const bridge = rows.map((row, i) => (i % 10 < 2 ? { ...row, group: "e" } : row));
    expect(logRankTest(bridge).degreesOfFreedom).toBe(4);
    const alone = [...rows, { duration: 9, event: true, entry: 8, stratum: "x", group: "z" }];
    expect(logRankTest(alone)).toMatchObject({
      chiSquare: logRankTest(rows).chiSquare,
      degreesOfFreedom: 2,
    });
  });
});

describe("bad input", () => {
  test("problems of all kinds in one error, by row", () => {
    const rows = [
      { duration: 1, event: true, group: "a", weight: 0.5 },
      null,
      { duration: -1, event: true, group: 5, stratum: 6 },
    ];
    const error = thrown(() => logRankTest(rows as unknown as GroupedSurvivalInput));
    expect(error.message.split("\n")).toEqual([
      "5 problems in data:",
      "  row 1, weight: 0.5 is no whole number of subjects",
      "  row 2: null is not { duration, event }",
      "  row 3, duration: -1 is no finite number of 0 or more",
      "  row 3, group: 5 is neither text nor null",
      "  row 3, stratum: 6 is neither text nor null",
    ]);
  });

  test("rows without a group", () => {
    const rows = [
      { duration: 1, event: true, group: "a" },
      { duration: 2, event: true },
    ];
    const error = thrown(() => logRankTest(rows as GroupedSurvivalInput));
    expect(error).toMatchObject({ code: "INVALID_ROWS", path: "data[1].group" });
    expect(error.message).toContain("row 2, group: is neither text nor null");
  });

  test("columns of groups and strata", () => {
    const data = { duration: [1, 2], event: [1, 0] as (0 | 1)[] };
    const none = thrown(() => logRankTest(data as unknown as GroupedSurvivalInput));
    expect(none).toMatchObject({ code: "INVALID_ARGUMENT", path: "data.group" });
    const short = thrown(() => logRankTest({ ...data, group: ["a"] }));
    expect(short).toMatchObject({ code: "INVALID_ARGUMENT", path: "data.group" });
    expect(short.message).toContain("has 1 values, data.duration has 2");
    const stratum = thrown(() =>
      logRankTest({ ...data, group: ["a", "b"], stratum: ["x", 3 as unknown as string] }),
    );
    expect(stratum).toMatchObject({ code: "INVALID_ROWS", path: "data[1].stratum" });
    expect(stratum.message).toContain("3");
    const table = thrown(() =>
      logRankTest({ length: 2, columns: { ...data, group: 7 as unknown as string[] } }),
    );
    expect(table).toMatchObject({ code: "INVALID_ARGUMENT", path: "data.columns.group" });
  });

  test("fractional weights, and rho", () => {
    const data = { duration: [1, 2], event: [1, 0] as (0 | 1)[], group: ["a", "b"] };
    expect(thrown(() => logRankTest({ ...data, weight: [1, 0.5] })).path).toBe("data[1].weight");
    const rho = thrown(() => logRankTest(data, { rho: -1 }));
    expect(rho).toMatchObject({ code: "INVALID_ARGUMENT", path: "options.rho" });
    expect(rho.message).toContain("-1");
  });
});
