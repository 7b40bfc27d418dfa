import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rows } from "../../../src/core/table.js";
import { aliveHistory } from "../../../src/lifetime/evaluation/alive-history.js";
import { frequencyFit } from "../../../src/lifetime/evaluation/frequency-fit.js";
import { frequencyRecencyMatrix } from "../../../src/lifetime/evaluation/frequency-recency-matrix.js";
import { lifetimeValueDistribution } from "../../../src/lifetime/evaluation/lifetime-value-distribution.js";
import { expectedTransactions } from "../../../src/lifetime/predictions/expected-transactions.js";
import { predictLifetimeValue } from "../../../src/lifetime/predictions/predict-lifetime-value.js";
import { probabilityAlive } from "../../../src/lifetime/predictions/probability-alive.js";
import { transactionProbabilities } from "../../../src/lifetime/predictions/transaction-probabilities.js";
import { BG_BB, BG_NBD, MODELS, PARETO_NBD } from "../predictions/example-models.js";
import { thrown } from "../thrown.js";

const each = MODELS.map((model) => [model.model, model] as const);

describe("frequencyFit", () => {
  test.each(each)("%s: the sum of probabilities over customers, each for their own time", (_, model) => {
    const customers = { x: [0, 0, 3, 1], tx: [0, 0, 20, 4], T: [30, 38, 38, 12], weight: [2, 1, 1, 5] };
    const { byFrequency, customers: count } = frequencyFit(model, customers, { upTo: 3 });
    expect(byFrequency.columns.frequency).toEqual(["0", "1", "2", "3+"]);
    expect(byFrequency.columns.actual).toEqual([3, 5, 0, 1]);
    const chances = [30, 38, 12].map((to) => transactionProbabilities(model, { to, upTo: 2 }));
    [0, 1, 2].forEach((n) => {
      const want = 2 * chances[0][n] + 2 * chances[1][n] + 5 * chances[2][n];
      expect(byFrequency.columns.expected[n]).toBeCloseTo(want, 12);
    });
    expect(byFrequency.columns.expected.reduce((a, b) => a + b, 0)).toBeCloseTo(9, 12);
    expect(count).toBe(9);
  });

  test("nobody, and a last class that there cannot be", () => {
    expect(frequencyFit(BG_NBD, []).byFrequency.columns.expected).toEqual(new Array(8).fill(0));
    const error = thrown(() => frequencyFit(BG_NBD, [], { upTo: 0 }));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "options.upTo"]);
  });
});

describe("aliveHistory", () => {
  test.each(each)("%s: at each time what probabilityAlive says of what was known then", (_, model) => {
    const { points } = aliveHistory(model, [10, 14, 25], { until: 40, step: 3 });
    const isDiscrete = model.model === "bgBb";
    const last = [0, 4, 15];
    for (const { time, x, probabilityAlive: chance } of rows(points)) {
      expect(chance).toBe(probabilityAlive(model, { x, tx: last[x], T: time - 10 }));
    }
    const { time } = points.columns;
    expect([...time].sort((a, b) => a - b)).toEqual(time);
    expect([time[0], time.at(-1)]).toEqual([10, 40]);
    // Before and after each of two purchases, which are no looks of their own but the one at 25 (10 + 5 steps of 3).
    expect(time.filter((at) => at === 14)).toHaveLength(isDiscrete ? 1 : 2);
    expect(time.filter((at) => at === 25)).toHaveLength(isDiscrete ? 1 : 2);
  });

  test("no time twice that is no purchase, and none after the last, whatever the step adds up to", () => {
    const { time } = aliveHistory(PARETO_NBD, [2015.1, 2015.3], { until: 2015.3, step: 0.1 }).points.columns;
    expect(time.map((at) => at.toFixed(6))).toEqual([
      "2015.100000",
      "2015.200000",
      "2015.300000",
      "2015.300000",
    ]);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.constantFrom(0.1, 0.3, 0.7),
        fc.integer({ min: 1, max: 30 }),
        (tenths, step, more) => {
          const until = (tenths + more) / 10 + 2015.1;
          const history = aliveHistory(PARETO_NBD, [2015.1, tenths / 10 + 2015.1], { until, step });
          const seen = rows(history.points);
          seen.slice(1).forEach((point, i) => {
            expect(point.time >= seen[i].time).toBe(true);
            if (point.time - seen[i].time < 1e-9) expect(point.x).toBe(seen[i].x + 1);
          });
          expect(seen.at(-1)?.time).toBe(until);
        },
      ),
    );
  });

  test("a purchase brings it back, silence takes it away", () => {
    const seen = rows(aliveHistory(PARETO_NBD, [0, 5, 20], { until: 60, step: 1 }).points);
    seen.slice(1).forEach((point, i) => {
      const before = seen[i];
      if (point.x > before.x) expect(point.probabilityAlive).toBeGreaterThan(before.probabilityAlive);
      else expect(point.probabilityAlive).toBeLessThan(before.probabilityAlive);
    });
  });

  test("of one purchase, to that moment", () => {
    const { points, purchases } = aliveHistory(BG_NBD, [3], { until: 3, step: 1 });
    expect(points.columns).toEqual({ time: [3], x: [0], probabilityAlive: [1] });
    expect(purchases).toEqual([3]);
  });

  test.each([
    [[], { until: 1, step: 1 }, "purchases", "0 values"],
    [[0, 5, 5], { until: 9, step: 1 }, "purchases[2]", "not after 5"],
    [[0, 5], { until: 4, step: 1 }, "options.until", "is 4"],
    [[0, 5], { until: 9, step: 0 }, "options.step", "is 0"],
    [[0, 5], { until: 9, step: 1e-9 }, "options.step", "100000"],
  ])("refuses %j with %j", (purchases, options, path, words) => {
    const error = thrown(() => aliveHistory(BG_NBD, purchases, options));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", path]);
    expect(error.message).toContain(words);
  });

  test("BG/BB wants whole opportunities", () => {
    expect(thrown(() => aliveHistory(BG_BB, [0, 1.5], { until: 9, step: 1 })).path).toBe("purchases[1]");
    expect(thrown(() => aliveHistory(BG_BB, [0, 1], { until: 9, step: 0.5 })).path).toBe("options.step");
  });
});

describe("frequencyRecencyMatrix", () => {
  test.each(each)(
    "%s: each cell is the prediction for such a customer, and the impossible are empty",
    (_, model) => {
      const alive = frequencyRecencyMatrix(model, { measure: "probabilityAlive", T: 6, upTo: 4, steps: 3 });
      const expected = frequencyRecencyMatrix(model, {
        ...{ measure: "expectedTransactions", horizon: 5, T: 6, upTo: 4, steps: 3 },
      });
      expect(alive.cells.length).toBe(4 * 5);
      rows(alive.cells).forEach(({ x, tx, silence, value }, i) => {
        expect(tx + silence).toBe(6);
        const isPossible = x === 0 ? tx === 0 : tx > 0 && (model.model !== "bgBb" || x <= tx);
        expect(value).toBe(isPossible ? probabilityAlive(model, { x, tx, T: 6 }) : null);
        const want = isPossible ? expectedTransactions(model, { x, tx, T: 6 }, { horizon: 5 }) : null;
        const got = expected.cells.columns.value[i];
        expect(got === null ? null : got.toPrecision(12)).toBe(want === null ? null : want.toPrecision(12));
      });
    },
  );

  test("of few opportunities no more purchases than there can be", () => {
    const cells = (T: number) =>
      rows(frequencyRecencyMatrix(BG_BB, { measure: "probabilityAlive", T }).cells).map(({ x }) => x);
    expect(Math.max(...cells(6))).toBe(6);
    expect(Math.max(...cells(30))).toBe(10);
  });

  test.each([
    [{ T: 0 }, "options.T"],
    [{ T: 5, horizon: 3 }, "options.horizon"],
    [{ T: 5, measure: "expectedTransactions" }, "options.horizon"],
    [{ T: 5, measure: "value" }, "options.measure"],
    [{ T: 5, upTo: 0 }, "options.upTo"],
    [{ T: 5, steps: 2 }, "options.steps"],
  ])("refuses %j", (options, path) => {
    const error = thrown(() =>
      frequencyRecencyMatrix(BG_BB, { measure: "probabilityAlive", ...options } as never),
    );
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", path]);
  });
});

describe("lifetimeValueDistribution", () => {
  test("by hand, with a loss and a customer far beyond the others", () => {
    const values = [...Array.from({ length: 99 }, (_, i) => i % 10), 1000];
    const { byClass, mean, median, width } = lifetimeValueDistribution(values, { classes: 5 });
    expect(width).toBe(2);
    expect(byClass.columns.from).toEqual([0, 2, 4, 6, 8]);
    expect(byClass.columns.to).toEqual([2, 4, 6, 8, null]);
    // 0 to 8 ten times and 9 nine times: the last class has 8, 9 and the thousand.
    expect(byClass.columns.customers).toEqual([20, 20, 20, 20, 20]);
    expect(byClass.columns.value).toEqual([10, 50, 90, 130, 80 + 81 + 1000]);
    expect(mean.value).toBeCloseTo(14.41, 12);
    expect(median).toBe(4.5);
    const losses = lifetimeValueDistribution([-50, -3, 1, 2, 7], { classes: 4 }).byClass.columns;
    expect(losses.from[0]).toBe(-60);
  });

  test("all customers and all value are in the classes, which follow each other", () => {
    const values = fc.array(fc.double({ min: -1e6, max: 1e9, noNaN: true }), {
      minLength: 1,
      maxLength: 200,
    });
    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 40 }), (list, classes) => {
        const { byClass, customers, total } = lifetimeValueDistribution(list, { classes });
        const { from, to, customers: counts, value } = byClass.columns;
        expect(counts.reduce((a, b) => a + b, 0)).toBe(customers);
        // Sums in another order: a few roundings of the largest of 200 values.
        const size = list.reduce((sum, one) => sum + Math.abs(one), 0);
        expect(Math.abs(value.reduce((a, b) => a + b, 0) - total)).toBeLessThanOrEqual(1e-13 * size);
        expect(counts.length).toBeLessThanOrEqual(classes + 2);
        for (let i = 1; i < from.length; i++) expect(from[i]).toBe(to[i - 1]);
        const first = from[0];
        if (first !== null) expect(Math.min(...list)).toBeGreaterThanOrEqual(first);
      }),
    );
  });

  test("weights are values written out", () => {
    const row = fc.record({
      value: fc.integer({ min: -1000, max: 100_000 }).map((cents) => cents / 100 + 0),
      weight: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), (list) => {
        const columns = { value: list.map(({ value }) => value), weight: list.map(({ weight }) => weight) };
        const out = list.flatMap(({ value, weight }) => Array.from({ length: weight }, () => value));
        const [weighted, alone] = [lifetimeValueDistribution({ columns }), lifetimeValueDistribution(out)];
        expect(weighted.total).toBeCloseTo(alone.total, 7);
        for (const name of ["customers", "median", "width"] as const) {
          expect(weighted[name]).toBe(alone[name]);
        }
        for (const name of ["from", "to", "customers"] as const) {
          expect(weighted.byClass.columns[name]).toEqual(alone.byClass.columns[name]);
        }
        weighted.byClass.columns.value.forEach((value, i) => {
          expect(value).toBeCloseTo(alone.byClass.columns.value[i], 7);
        });
      }),
    );
  });

  test("weights of predictLifetimeValue count, and must be numbers above 0, one for each value", () => {
    const rows = [
      { x: 1, tx: 2, T: 30, weight: 1000 },
      { x: 9, tx: 28, T: 30, weight: 1 },
    ];
    const values = predictLifetimeValue(BG_NBD, 10, rows, { marginShare: 1, discountRate: 0.1, horizon: 52 });
    const { customers, total, median } = lifetimeValueDistribution(values);
    expect([customers, median]).toEqual([1001, values.columns.value[0]]);
    expect(total).toBeCloseTo(values.total, 9);
    for (const [weight, path] of [
      [[1, 0], "values.columns.weight[1]"],
      [[1], "values.columns.weight"],
    ] as const) {
      expect(thrown(() => lifetimeValueDistribution({ columns: { value: [1, 2], weight } })).path).toBe(path);
    }
  });

  test("a median of nothing is 0, not -0", () => {
    expect(lifetimeValueDistribution([-0, -0]).median).toBe(0);
  });

  test("nobody, all nothing, and what is no number", () => {
    expect(lifetimeValueDistribution([])).toMatchObject({
      customers: 0,
      median: null,
      byClass: { length: 0 },
    });
    expect(lifetimeValueDistribution([0, 0]).byClass.columns).toEqual({
      ...{ from: [0], to: [1], customers: [2], value: [0] },
    });
    expect(thrown(() => lifetimeValueDistribution([1, Number.NaN])).path).toBe("values[1]");
    expect(lifetimeValueDistribution({ columns: { value: Float64Array.of(1, 2) } }).total).toBe(3);
  });
});
