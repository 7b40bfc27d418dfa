import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rows } from "../../../src/core/table.js";
import {
  type RetentionEconomics,
  type RetentionEconomicsOptions,
  retentionEconomics,
} from "../../../src/retention/plan/retention-economics.js";
import { thrown } from "../../core/thrown.js";

const plain: RetentionEconomicsOptions = {
  baseProfit: 100,
  acquisitionCost: 0,
  retention: 0.8,
  discountRate: 0.25,
  timing: "end",
  horizon: 3,
};

/** Sums of a few dozen doubles: 1e-12 of the largest part is far more than their rounding. */
const near = (actual: number, expected: number, scale = Math.abs(expected)) =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-12 * Math.max(scale, 1));

describe("retentionEconomics, by hand", () => {
  // Growth 10 %: 0, 10, 21. Cost 40 halved each year: 0, 20, 30. Half a customer worth 20 from year 2: 0, 10, 10. A tenth
  // of 200 from year 3: 0, 0, 20. Profit 100, 140, 181. Of 10 customers 8, 4, 2 are left after 1, 2, 3 years.
  const options: RetentionEconomicsOptions = {
    baseProfit: 100,
    purchaseGrowth: { yearlyRate: 0.1 },
    costDecline: { yearlyRate: 0.5, operatingCost: 40 },
    referrals: { customersPerYear: 0.5, profitPerCustomer: 20, fromYear: 2 },
    pricePremium: { share: 0.1, revenue: 200, fromYear: 3 },
    acquisitionCost: 150,
    retention: [0.8, 0.5, 0.5],
    discountRate: 0.25,
    timing: "end",
    horizon: 3,
    customers: 10,
  };
  const { years, cohort, components, total, breakeven, survivalAtHorizon } = retentionEconomics(options);
  const column = (name: keyof typeof years.columns) =>
    years.columns[name].map((value) => Number(value.toFixed(9)));

  it("shows each component of each year", () => {
    expect(column("year")).toEqual([0, 1, 2, 3]);
    expect(column("baseProfit")).toEqual([0, 100, 100, 100]);
    expect(column("purchaseGrowth")).toEqual([0, 0, 10, 21]);
    expect(column("costDecline")).toEqual([0, 0, 20, 30]);
    expect(column("referrals")).toEqual([0, 0, 10, 10]);
    expect(column("pricePremium")).toEqual([0, 0, 0, 20]);
    expect(column("acquisitionCost")).toEqual([-150, 0, 0, 0]);
    expect(column("profit")).toEqual([-150, 100, 140, 181]);
  });

  it("weighs it by who is there and discounts it", () => {
    expect(column("survival")).toEqual([1, 1, 0.8, 0.4]);
    expect(column("expectedProfit")).toEqual([-150, 100, 112, 72.4]);
    expect(column("discountFactor")).toEqual([1, 0.8, 0.64, 0.512]);
    expect(column("discountedProfit")).toEqual([-150, 80, 71.68, 37.0688]);
    expect(column("cumulativeProfit")).toEqual([-150, -50, 90, 271]);
    expect(column("cumulativeExpectedProfit")).toEqual([-150, -50, 62, 134.4]);
    expect(column("cumulativeDiscountedProfit")).toEqual([-150, -70, 1.68, 38.7488]);
    expect(survivalAtHorizon).toBeCloseTo(0.2, 14);
    expect(breakeven).toEqual({
      staying: { year: 2, reason: null },
      expected: { year: 2, reason: null },
      discounted: { year: 2, reason: null },
    });
  });

  it("sums each component, so that it shows why an old customer brings more", () => {
    const shown = components.map(({ component, staying, expected, discounted }) => [
      component,
      ...[staying, expected, discounted].map((value) => Number(value.toFixed(9))),
    ]);
    expect(shown).toEqual([
      ["baseProfit", 300, 220, 151.68], // 80 + 51.2 + 20.48
      ["purchaseGrowth", 31, 16.4, 9.4208], // 8 x .64 + 8.4 x .512
      ["costDecline", 50, 28, 16.384], // 16 x .64 + 12 x .512
      ["referrals", 20, 12, 7.168], // 8 x .64 + 4 x .512
      ["pricePremium", 20, 8, 4.096], // 8 x .512
      ["acquisitionCost", -150, -150, -150],
    ]);
    expect(total.staying).toBe(271);
    expect(total.expected).toBeCloseTo(134.4, 10);
    expect(total.discounted).toBeCloseTo(38.7488, 10);
  });

  it("does the same for all customers won", () => {
    expect(rows(cohort).map(({ customers, profit }) => [customers, Math.round(profit)])).toEqual([
      [10, -1500],
      [10, 1000],
      [8, 1120],
      [4, 724],
    ]);
    expect(cohort.columns.cumulativeDiscountedProfit[3]).toBeCloseTo(387.488, 9);
  });

  it("discounts by the timing, and counts those who stay to the end where asked", () => {
    const discounted = (more: Partial<RetentionEconomicsOptions>) =>
      retentionEconomics({ ...options, ...more }).total.discounted;
    // 100 + 89.6 + 46.336 - 150, and 80 x .8 + 56 x .64 + 36.2 x .512 - 150.
    expect(discounted({ timing: "begin" })).toBeCloseTo(85.936, 10);
    expect(discounted({ survivorsAt: "end" })).toBeCloseTo(-31.6256, 10);
    // Half a year: the end's sum before acquisition times the root of 1.25.
    expect(discounted({ timing: "middle" })).toBeCloseTo(188.7488 * Math.sqrt(1.25) - 150, 10);
  });

  it("takes effects as amounts, one for each year or one for all", () => {
    const same = retentionEconomics({
      ...options,
      baseProfit: [100, 100, 100],
      purchaseGrowth: [0, 10, 21],
      costDecline: [0, 20, 30],
      referrals: [0, 10, 10],
      pricePremium: [0, 0, 20],
    });
    for (const [i, { discounted }] of same.components.entries())
      near(components[i].discounted, discounted, 100);
    const flat = retentionEconomics({ ...plain, referrals: 7 });
    expect(flat.years.columns.referrals).toEqual([0, 7, 7, 7]);
    const grown = retentionEconomics({
      ...plain,
      baseProfit: [100, 50, 200],
      purchaseGrowth: { yearlyRate: 1 },
    });
    expect(grown.years.columns.purchaseGrowth).toEqual([0, 0, 50, 600]);
  });
});

describe("breakeven", () => {
  const breakevenOf = (more: Partial<RetentionEconomicsOptions>) =>
    retentionEconomics({ ...plain, discountRate: 0, ...more }).breakeven;

  it("is the first year in which the balance is not negative", () => {
    expect(breakevenOf({}).staying.year).toBe(0);
    expect(breakevenOf({ acquisitionCost: 100 }).staying.year).toBe(1);
    expect(breakevenOf({ acquisitionCost: 101 }).staying.year).toBe(2);
    expect(breakevenOf({ acquisitionCost: 200 })).toMatchObject({
      staying: { year: 2 },
      expected: { year: 3 },
    });
    // Reached in year 1, lost again in year 2.
    expect(breakevenOf({ baseProfit: [10, -20, 5], acquisitionCost: 10 }).staying.year).toBe(1);
  });

  it("is reached where only rounding says otherwise", () => {
    expect(-0.8 + 0.7 + 0.1).toBeLessThan(0);
    expect(breakevenOf({ baseProfit: [0.7, 0.1, 0], acquisitionCost: 0.8 }).staying.year).toBe(2);
  });

  it("is null, and says what is missing, where the horizon is too short", () => {
    expect(breakevenOf({ acquisitionCost: 301 }).staying).toEqual({
      year: null,
      reason: "after 3 years 1 is still to be earned back",
    });
    expect(breakevenOf({ acquisitionCost: 300 }).expected.year).toBeNull();
  });
});

const someRate = fc.integer({ min: 0, max: 100 }).map((n) => n / 100);
const someOptions = fc
  .record({
    horizon: fc.integer({ min: 1, max: 25 }),
    discountRate: fc.integer({ min: -20, max: 50 }).map((n) => n / 100),
    timing: fc.constantFrom("begin" as const, "middle" as const, "end" as const),
    survivorsAt: fc.constantFrom("begin" as const, "end" as const),
    acquisitionCost: fc.nat(500),
    customers: fc.integer({ min: 1, max: 1000 }),
    growth: fc.integer({ min: -50, max: 50 }).map((n) => n / 100),
    decline: someRate,
    premium: someRate,
  })
  .chain(({ growth, decline, premium, ...rest }) =>
    fc.array(someRate, { minLength: rest.horizon, maxLength: rest.horizon }).map(
      (retention): RetentionEconomicsOptions => ({
        ...rest,
        baseProfit: 100,
        retention,
        purchaseGrowth: { yearlyRate: growth },
        costDecline: { yearlyRate: decline, operatingCost: 40 },
        referrals: { customersPerYear: 0.3, profitPerCustomer: 25 },
        pricePremium: { share: premium, revenue: 250 },
      }),
    ),
  );

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
const sizeOf = ({ components }: RetentionEconomics, kind: "staying" | "expected" | "discounted") =>
  sumOf(components.map((one) => Math.abs(one[kind])));

describe("retentionEconomics, in general", () => {
  it("components sum to the total, years sum to the total, the cohort is so many customers", () => {
    fc.assert(
      fc.property(someOptions, (options) => {
        const result = retentionEconomics(options);
        const { columns } = result.years;
        const last = options.horizon;
        for (const kind of ["staying", "expected", "discounted"] as const) {
          near(sumOf(result.components.map((one) => one[kind])), result.total[kind], sizeOf(result, kind));
        }
        near(columns.cumulativeProfit[last], result.total.staying, sizeOf(result, "staying"));
        near(columns.cumulativeExpectedProfit[last], result.total.expected, sizeOf(result, "expected"));
        near(columns.cumulativeDiscountedProfit[last], result.total.discounted, sizeOf(result, "discounted"));
        const { customers = 1 } = options;
        near(
          result.cohort.columns.cumulativeDiscountedProfit[last],
          customers * result.total.discounted,
          customers * sizeOf(result, "discounted"),
        );
        expect(JSON.parse(JSON.stringify(result))).toEqual(result);
      }),
    );
  });

  it("a constant profit under constant retention is an annuity", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 99 }).map((n) => n / 100),
        fc.integer({ min: 1, max: 50 }).map((n) => n / 100),
        fc.integer({ min: 1, max: 40 }),
        (retention, discountRate, horizon) => {
          const q = retention / (1 + discountRate);
          const annuity = (100 * (1 - q ** horizon)) / (1 - q);
          const value = (timing: "begin" | "end", survivorsAt: "begin" | "end") =>
            retentionEconomics({ ...plain, retention, discountRate, horizon, timing, survivorsAt }).total
              .discounted;
          near(value("begin", "begin"), annuity);
          near(value("end", "begin"), annuity / (1 + discountRate));
          near(value("end", "end"), annuity * q);
        },
      ),
    );
  });

  it("is the same for a rate, a rate a year and the survival they lead to", () => {
    fc.assert(
      fc.property(someRate, fc.integer({ min: 1, max: 20 }), (rate, horizon) => {
        const survival = Array.from({ length: horizon + 1 }, (_, t) => rate ** t);
        const one = retentionEconomics({ ...plain, horizon, retention: rate });
        const many = retentionEconomics({ ...plain, horizon, retention: Array(horizon).fill(rate) });
        const left = retentionEconomics({ ...plain, horizon, retention: { survival } });
        expect(many).toEqual(one);
        near(left.total.discounted, one.total.discounted);
        near(left.survivalAtHorizon, one.survivalAtHorizon);
      }),
    );
  });

  it("takes survival that rises by rounding alone", () => {
    const survival = [1, 0.3, 0.1 + 0.2, 0];
    expect(survival[2]).toBeGreaterThan(survival[1]);
    expect(retentionEconomics({ ...plain, retention: { survival } }).survivalAtHorizon).toBe(0);
  });

  it("without discount is the plain sum, whenever in the year profit comes", () => {
    fc.assert(
      fc.property(someOptions, (options) => {
        const { total } = retentionEconomics({ ...options, discountRate: 0 });
        expect(total.discounted).toBe(total.expected);
      }),
    );
  });

  it("never falls as more stay, and a longer horizon adds years without changing those before", () => {
    fc.assert(
      fc.property(someOptions, someRate, (options, floor) => {
        const rates = options.retention as readonly number[];
        const gaining = { ...options, purchaseGrowth: 0 };
        const lower = retentionEconomics(gaining).total;
        const higher = retentionEconomics({
          ...gaining,
          retention: rates.map((r) => Math.max(r, floor)),
        }).total;
        expect(higher.expected).toBeGreaterThanOrEqual(lower.expected);
        expect(higher.discounted).toBeGreaterThanOrEqual(lower.discounted);
        const longer = retentionEconomics({
          ...options,
          horizon: options.horizon + 1,
          retention: [...rates, 0.5],
        });
        expect(rows(longer.years).slice(0, -1)).toEqual(rows(retentionEconomics(options).years));
      }),
    );
  });

  it("a customer who never leaves brings what one who stays brings", () => {
    const { total, years } = retentionEconomics({ ...plain, retention: 1, discountRate: 0 });
    expect(total).toEqual({ staying: 300, expected: 300, discounted: 300 });
    expect(years.columns.survival).toEqual([1, 1, 1, 1]);
    expect(retentionEconomics({ ...plain, retention: 0, discountRate: 0 }).total.expected).toBe(100);
    expect(retentionEconomics({ ...plain, retention: 0, survivorsAt: "end" }).total.expected).toBe(0);
  });
});

describe("bad input", () => {
  const failing = (more: object) => thrown(() => retentionEconomics({ ...plain, ...more }));

  it.each<[object, string, string]>([
    [{ horizon: undefined }, "options.horizon", "is undefined"],
    [{ horizon: 0 }, "options.horizon", "is 0: pass a whole number from 1 to 1000"],
    [{ horizon: 1e9 }, "options.horizon", "is 1000000000"],
    [{ retention: 80 }, "options.retention", "is 80: pass a number from 0 to 1"],
    [{ retention: [0.8, 1.2, 0.8] }, "options.retention[1]", "is 1.2"],
    [
      { retention: [0.8, 0.8] },
      "options.retention",
      "has 2 values: pass a rate for each year of options.horizon, 3",
    ],
    [{ retention: "0.8" }, "options.retention", 'is "0.8"'],
    [{ retention: null }, "options.retention", "is null"],
    [{ retention: { survival: [1, 0.5, 0.2] } }, "options.retention.survival", "has 3 values"],
    [{ retention: { survival: [0.9, 0.5, 0.2, 0] } }, "options.retention.survival[0]", "is 0.9: pass 1"],
    [
      { retention: { survival: [1, 0.5, 0.6, 0] } },
      "options.retention.survival[2]",
      "is 0.6: pass a share from 0 to 0.5",
    ],
    [{ retention: { survival: 1 } }, "options.retention.survival", "is 1: pass an array"],
    [{ baseProfit: [1, 2] }, "options.baseProfit", "has 2 values: pass an amount for each year"],
    [{ baseProfit: [1, Number.NaN, 3] }, "options.baseProfit[1]", "is NaN"],
    [{ baseProfit: undefined }, "options.baseProfit", "is undefined"],
    [{ purchaseGrowth: { yearlyRate: -1 } }, "options.purchaseGrowth.yearlyRate", "is -1"],
    [{ costDecline: { yearlyRate: 0.1 } }, "options.costDecline.operatingCost", "is undefined"],
    [{ costDecline: { yearlyRate: 2, operatingCost: 1 } }, "options.costDecline.yearlyRate", "is 2"],
    [
      { referrals: { customersPerYear: -1, profitPerCustomer: 1 } },
      "options.referrals.customersPerYear",
      "is -1",
    ],
    [{ pricePremium: { share: 0.1, revenue: 9, fromYear: 4 } }, "options.pricePremium.fromYear", "is 4"],
    [{ acquisitionCost: -1 }, "options.acquisitionCost", "is -1: pass a finite number of 0 or more"],
    [{ discountRate: -1 }, "options.discountRate", "is -1"],
    [{ timing: undefined }, "options.timing", 'is undefined: pass one of "begin", "middle", "end"'],
    [{ survivorsAt: "middle" }, "options.survivorsAt", 'is "middle"'],
    [{ customers: 0.5 }, "options.customers", "is 0.5"],
    [{ baseProfit: 1.7e308 }, "options", "beyond the range of numbers"],
  ])("refuses %o", (more, path, message) => {
    const error = failing(more);
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path });
    expect(error.message).toContain(message);
  });
});

it("names the option that leaves the range of numbers, or all that are missing", () => {
  const options = {
    baseProfit: 1,
    acquisitionCost: 0,
    retention: 1,
    discountRate: -0.99,
    timing: "end",
    horizon: 1000,
  };
  const error = thrown(() => retentionEconomics(options as RetentionEconomicsOptions));
  expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "options.discountRate"]);
  expect(error.message).toContain("options.discountRate is -0.99: over 1000 years");
  for (const none of [undefined, null]) {
    expect(thrown(() => retentionEconomics(none as never)).path).toBe("options");
  }
});
