import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contractRetention } from "../../../src/lifetime/contracts/contract-survival.js";
import { contractLifetimeValue } from "../../../src/lifetime/contracts/contract-value.js";
import { customerEquity } from "../../../src/lifetime/formulas/customer-equity.js";
import { lifetimeValue } from "../../../src/lifetime/formulas/lifetime-value.js";
import {
  type ProjectCustomerEquityOptions,
  projectCustomerEquity,
} from "../../../src/lifetime/formulas/project-customer-equity.js";
import { thrown } from "../thrown.js";

describe("customerEquity", () => {
  test("sum, mean, and who loses; plain, typed, or a table", () => {
    const expected = {
      value: 180,
      customers: 4,
      gaining: { customers: 2, value: 200 },
      losing: { customers: 1, value: -20 },
    };
    expect(customerEquity([120, 80, -20, 0])).toMatchObject(expected);
    expect(customerEquity(Float64Array.of(120, 80, -20, 0))).toMatchObject(expected);
    expect(customerEquity({ columns: { value: [120, 80, -20, 0] } }).mean.value).toBe(45);
  });

  test("nobody is worth nothing, and has no mean", () => {
    expect(customerEquity([])).toMatchObject({ value: 0, customers: 0 });
    expect(customerEquity([]).mean.value).toBeNull();
  });

  test("a value that is none is named", () => {
    expect(thrown(() => customerEquity([1, Number.NaN]))).toMatchObject({ path: "values[1]" });
    const table = { columns: { value: [1, "2"] as unknown as number[] } };
    expect(thrown(() => customerEquity(table))).toMatchObject({ path: "values.columns.value[1]" });
    expect(thrown(() => customerEquity(null as never))).toMatchObject({ code: "INVALID_ARGUMENT" });
    expect(thrown(() => customerEquity([1e308, 1e308])).message).toContain("larger unit");
  });
});

describe("projectCustomerEquity", () => {
  const options: ProjectCustomerEquityOptions = {
    customers: 1000,
    margin: 100,
    retention: 0.8,
    discountRate: 0.1,
    timing: "end",
    survivorsAt: "begin",
    horizon: 3,
    acquired: [200, 0, 100],
    acquisitionCost: 60,
  };

  test("three periods by hand", () => {
    const { periods, existing, added, total } = projectCustomerEquity(options);
    expect(periods.columns).toMatchObject({
      period: [1, 2, 3],
      existing: [1000, 800, 640],
      added: [200, 160, 228],
      margin: [120_000, 96_000, 86_800],
      acquisitionCost: [12_000, 0, 6000],
      profit: [108_000, 96_000, 80_800],
    });
    // Each customer is worth 100 / 0.3 when they come.
    expect(existing).toBeCloseTo(1000 / 0.003, 6);
    expect(added).toBeCloseTo((200 + 100 / 1.21) * (100 / 0.3 - 60), 6);
    expect(total).toBeCloseTo((existing as number) + (added as number), 6);
    expect(periods.columns.equity[2]).toBeCloseTo(868 * 0.8 * (100 / 0.3), 6);
  });

  test("profits within the horizon and the equity at its end make the total", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 0.95, noNaN: true }),
        fc.double({ min: 0.05, max: 0.5, noNaN: true }),
        fc.double({ min: -0.2, max: 0.05, noNaN: true }),
        fc.constantFrom("begin" as const, "middle" as const, "end" as const),
        fc.constantFrom("begin" as const, "end" as const),
        fc.integer({ min: 1, max: 30 }),
        (retention, discountRate, growth, timing, survivorsAt, horizon) => {
          const shape = { retention, discountRate, growth, timing, survivorsAt, horizon, periodsPerYear: 4 };
          const { total, withinHorizon, periods, existing } = projectCustomerEquity({
            ...shape,
            customers: 50,
            margin: 10,
            acquired: 3,
            acquisitionCost: 12,
          });
          const last = periods.columns.equity.at(-1) as number;
          const later = last * (1 + discountRate) ** (-horizon / 4);
          // Sums of some thousands, exact to 1e-12 of them.
          expect(withinHorizon + later).toBeCloseTo(total as number, 8);
          const one = lifetimeValue({ ...shape, horizon: undefined, margin: 10 }).value as number;
          expect(existing).toBeCloseTo(50 * one, 8);
        },
      ),
    );
  });

  test("no limit: no values, but the path", () => {
    const { periods, existing, total, reason } = projectCustomerEquity({
      ...options,
      retention: 1,
      discountRate: 0,
    });
    expect([existing, total]).toEqual([null, null]);
    expect(periods.columns.equity).toEqual([null, null, null]);
    expect(periods.columns.remaining).toEqual([1200, 1200, 1300]);
    expect(reason).toContain("no limit");
  });

  test.each([
    [{ acquisitionCost: undefined }, "options.acquisitionCost"],
    [{ acquired: [1] }, "options.acquired"],
    [{ acquired: [1, -2, 3] }, "options.acquired[1]"],
    [{ customers: -1 }, "options.customers"],
    [{ retention: [1.8] }, "options.retention[0]"],
    [{ retention: [0.8, 0.9] }, "options.customers"],
    [{ retention: { model: "shiftedBetaGeometric" } }, "options.retention.parameters.alpha"],
    [{ customers: [{ tenure: -1, customers: 3 }] }, "options.customers[0].tenure"],
    [{ customers: [{ tenure: 1, customers: Number.NaN }] }, "options.customers[0].customers"],
    [{ horizon: 0 }, "options.horizon"],
  ])("%o names %s", (change, path) => {
    const error = thrown(() =>
      projectCustomerEquity({ ...options, ...change } as ProjectCustomerEquityOptions),
    );
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path });
  });
});

describe("a base whose retention differs by tenure", () => {
  const terms = { margin: 10, discountRate: 0.1, timing: "begin", horizon: 3 } as const;
  const model = {
    model: "shiftedBetaGeometric",
    parameters: { alpha: 0.668, beta: 3.806 },
    period: "year",
  } as const;
  const base = [
    { tenure: 0, customers: 40 },
    { tenure: 4, customers: 60 },
  ];

  test("one rate by tenure is one rate", () => {
    const options = { ...terms, acquired: 5, acquisitionCost: 3, growth: 0.02 };
    const one = projectCustomerEquity({ ...options, customers: 100, retention: 0.8 });
    const many = projectCustomerEquity({ ...options, customers: base, retention: [0.8, 0.8, 0.8] });
    expect(many.total).toBeCloseTo(one.total ?? Number.NaN, 9);
    for (const [period, equity] of one.periods.columns.equity.entries())
      expect(many.periods.columns.equity[period]).toBeCloseTo(equity ?? Number.NaN, 9);
  });

  test("a contract model values the base as contractBaseValue does", () => {
    const { existing, periods } = projectCustomerEquity({ ...terms, customers: base, retention: model });
    // There a customer of tenure n stands before renewal n; here renewal n is passed: S(n) / S(n - 1) of them are left.
    const before = [0, 4].map(
      (n) => contractLifetimeValue(model, { ...terms, horizon: undefined, tenure: n }).value ?? 0,
    );
    const passed = [before[0], (before[1] as number) / contractRetention(model, 4)];
    expect(existing).toBeCloseTo(40 * (passed[0] as number) + 60 * (passed[1] as number), 9);
    const left = 40 * contractRetention(model, 1) + 60 * contractRetention(model, 5);
    expect(periods.columns.remaining[0]).toBeCloseTo(left, 10);
  });

  test.each([
    ["rates", [0.6, 0.75, 0.85]],
    ["survival", { survival: [1, 0.6, 0.45, 0.3825] }],
    ["a model", model],
  ])("profits within the horizon and the equity at its end make the total: %s", (_, retention) => {
    for (const survivorsAt of ["begin", "end"] as const) {
      const { total, withinHorizon, periods } = projectCustomerEquity({
        ...{ ...terms, retention, survivorsAt, customers: base },
        ...{ acquired: [3, 0, 8], acquisitionCost: 12, growth: 0.01 },
      });
      expect(withinHorizon + (periods.columns.equity[2] as number) / 1.1 ** 3).toBeCloseTo(
        total as number,
        9,
      );
    }
  });

  test("rates and their survival are one thing; the last rate goes on", () => {
    const rates = projectCustomerEquity({ ...terms, customers: base, retention: [0.6, 0.75, 0.85] });
    const survival = { survival: [1, 0.6, 0.45, 0.3825] };
    expect(projectCustomerEquity({ ...terms, customers: base, retention: survival }).existing).toBeCloseTo(
      rates.existing ?? 0,
      9,
    );
    // Old ones: 1.1 / (1.1 - 0.85); new ones two periods before that.
    const old = 1.1 / 0.25;
    const fresh = 1 + (0.6 / 1.1) * (1 + (0.75 / 1.1) * old);
    expect(rates.existing).toBeCloseTo(10 * (40 * fresh + 60 * old), 9);
  });

  test("what one more customer is worth, and what the budget buys", () => {
    const options = {
      ...terms,
      customers: base,
      retention: model,
      acquired: [10, 20, 0],
      acquisitionCost: 30,
    };
    const { acquisition, added } = projectCustomerEquity(options);
    const one = contractLifetimeValue(model, { ...terms, horizon: undefined }).value ?? 0;
    expect(acquisition.oneMore).toBeCloseTo(one - 30, 9);
    expect(acquisition.customers).toBe(30);
    expect(acquisition.budget).toBeCloseTo(300 + 600 / 1.1, 9);
    expect(acquisition.value).toBeCloseTo(one * (10 + 20 / 1.1), 9);
    expect(acquisition.valuePerCost).toBeCloseTo(one / 30, 9);
    expect(added).toBeCloseTo((acquisition.value ?? 0) - acquisition.budget, 9);
    // One more won now adds as much to the total.
    const more = projectCustomerEquity({ ...options, acquired: [11, 20, 0] });
    expect((more.added ?? 0) - (added ?? 0)).toBeCloseTo(acquisition.oneMore ?? 0, 8);
    expect(projectCustomerEquity({ ...terms, customers: base, retention: model }).acquisition).toMatchObject({
      ...{ customers: 0, budget: 0, value: 0, valuePerCost: null },
    });
  });

  test("no limit, and periods a year that contradict the model's", () => {
    const endless = projectCustomerEquity({ ...terms, customers: base, retention: model, discountRate: 0 });
    expect([endless.existing, endless.acquisition.oneMore]).toEqual([null, null]);
    expect(endless.reason).toContain("no limit");
    const error = thrown(() =>
      projectCustomerEquity({ ...terms, customers: base, retention: model, periodsPerYear: 12 }),
    );
    expect(error).toMatchObject({ path: "options.periodsPerYear" });
  });
});

test("weights of a table count, and those that are none are named", () => {
  const table = { columns: { value: [10, -2], weight: [3, 2] } };
  expect(customerEquity(table)).toMatchObject({
    ...{ value: 26, customers: 5, gaining: { customers: 3, value: 30 }, losing: { customers: 2, value: -4 } },
  });
  expect(thrown(() => customerEquity({ columns: { value: [1], weight: [1, 2] } })).path).toBe(
    "values.columns.weight",
  );
  expect(thrown(() => customerEquity({ columns: { value: [1], weight: [-1] } })).path).toBe(
    "values.columns.weight[0]",
  );
});
