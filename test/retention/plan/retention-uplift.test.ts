import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { retentionEconomics } from "../../../src/retention/plan/retention-economics.js";
import {
  type RetentionUpliftOptions,
  retentionUplift,
} from "../../../src/retention/plan/retention-uplift.js";
import { thrown } from "../../core/thrown.js";

const plain: RetentionUpliftOptions = {
  profit: 100,
  retention: 0.8,
  uplift: 0.1,
  discountRate: 0.1,
  timing: "end",
};

/** Closed form and path, each a few dozen roundings; near r = 1 + i the sum of many terms loses a digit or two. */
const near = (actual: number, expected: number, relative = 1e-11) =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.max(Math.abs(expected), 1));

describe("retentionUplift, by hand", () => {
  it("compares the values of before and after", () => {
    // 100 / (1.1 - .8) and 100 / (1.1 - .9); customer-years after: 1 / (1.1 - .9) = 5.
    const { before, after, difference, baseDifference, ratio, elasticity, breakeven, method, horizon } =
      retentionUplift({ ...plain, customers: 30 });
    near(before.value, 1000 / 3);
    near(before.baseValue, 10_000);
    near(after.value, 500);
    near(after.baseValue, 15_000);
    expect([before.retention, after.retention]).toEqual([0.8, 0.9]);
    near(difference, 500 / 3);
    near(baseDifference, 5000);
    near(ratio.value ?? 0, 1.5);
    // 50 % more value for 12.5 % more retention.
    near(elasticity.value ?? 0, 4);
    near(breakeven.once, 500 / 3);
    near(breakeven.onceForBase, 5000);
    near(breakeven.yearly ?? 0, 100 / 3);
    expect([breakeven.reason, method, horizon]).toEqual([null, "closedForm", null]);
  });

  it("names whose profit counts, and when", () => {
    const value = (more: Partial<RetentionUpliftOptions>) =>
      retentionUplift({ ...plain, ...more }).before.value;
    near(value({ timing: "begin" }), 1100 / 3);
    near(value({ timing: "middle" }), (1000 / 3) * Math.sqrt(1.1));
    near(value({ survivorsAt: "end" }), 800 / 3);
    near(value({ survivorsAt: "end", growth: 0.03 }), 80 / 0.276);
  });

  it("sums the years of a curve", () => {
    // Without discount: 10 + 20 x .5 + 40 x .5 x .25 = 25; with .25 more: 10 + 20 x .75 + 40 x .75 x .5 = 40.
    const result = retentionUplift({
      profit: [10, 20, 40],
      retention: [0.5, 0.25, 0],
      uplift: 0.25,
      discountRate: 0,
      timing: "begin",
      horizon: 3,
    });
    expect(result.before).toEqual({ retention: 0.25, value: 25, baseValue: 25 });
    expect(result.after).toEqual({ retention: 0.5, value: 40, baseValue: 40 });
    // No one percentage of retention changes .5, .25 and 0 by .25 each. Customer-years 1 + .75 + .375.
    expect(result.elasticity).toMatchObject({ value: null, reason: expect.stringContaining("by year") });
    expect(result.breakeven.yearly).toBe(15 / 2.125);
    expect([result.method, result.horizon]).toEqual(["path", 3]);
    const survival = [1, 0.5, 0.125, 0];
    expect(
      retentionUplift({
        profit: [10, 20, 40],
        retention: { survival },
        uplift: 0.25,
        discountRate: 0,
        timing: "begin",
        horizon: 3,
      }),
    ).toEqual(result);
  });

  it("tells what is lost where the uplift is negative, and nothing where there is none", () => {
    const loss = retentionUplift({ ...plain, retention: 0.9, uplift: -0.1 });
    near(loss.difference, -500 / 3);
    // A third of the value for a ninth of the retention.
    near(loss.elasticity.value ?? 0, 3);
    const none = retentionUplift({ ...plain, uplift: 0 });
    expect([none.difference, none.ratio.value, none.breakeven.yearly]).toEqual([0, 1, 0]);
    expect(none.elasticity).toMatchObject({ value: null, reason: "value before x uplift: 0" });
  });

  it("gives no ratio of a value that is zero or negative", () => {
    const losing = retentionUplift({ ...plain, profit: -100 });
    expect(losing.difference).toBeLessThan(0);
    expect(losing.ratio.value).toBeNull();
    expect(losing.elasticity.value).toBeNull();
    // The first year is nobody's choice: no difference, and no -0.
    const first = { ...plain, profit: -100, uplift: -0.1, horizon: 1 };
    expect(retentionUplift(first)).toMatchObject({
      difference: 0,
      elasticity: { numerator: 0, denominator: expect.any(Number) },
    });
    expect(Object.is(retentionUplift(first).elasticity.numerator, 0)).toBe(true);
    const nothing = retentionUplift({ ...plain, profit: 0 });
    expect(nothing.ratio).toMatchObject({ value: null, reason: "value before the uplift: 0" });
  });

  it("knows no yearly budget where nobody is served or service has no end", () => {
    const gone = retentionUplift({ ...plain, retention: 0.1, uplift: -0.1, survivorsAt: "end" });
    expect(gone.after.value).toBe(0);
    expect(gone.breakeven).toMatchObject({ yearly: null, reason: "nobody stays to the end of a year" });
    const forever = retentionUplift({ ...plain, growth: -0.5, uplift: 0.2, discountRate: 0 });
    near(forever.after.value, 200);
    expect(forever.breakeven.yearly).toBeNull();
    expect(forever.breakeven.reason).toBe(
      "retention / (1 + discountRate) is 1: at 1 or more the years of a customer have no finite value",
    );
    // Leaving, but at a negative rate: 0.9 / 0.8 is above 1 though customers leave.
    const shrinking = retentionUplift({ ...plain, growth: -0.5, discountRate: -0.2 });
    expect(shrinking.breakeven.yearly).toBeNull();
    expect(shrinking.breakeven.reason).toContain("retention / (1 + discountRate) is 1.125");
  });
});

describe("the elasticity of a rate by year, of nothing, and of a capped rate", () => {
  it("is null with a reason for a curve, however it is given", () => {
    const curve = { ...plain, horizon: 2 };
    for (const retention of [[0.5, 0.8], { survival: [1, 0.5, 0.4] }]) {
      const { elasticity } = retentionUplift({ ...curve, retention });
      expect(elasticity.value).toBeNull();
      expect(elasticity.reason).toBe("retention is given by year: there is no one rate to change");
    }
  });

  it("is null with a reason for a retention of 0: no percentage of nothing is an uplift (trap 25)", () => {
    const { elasticity, difference } = retentionUplift({ ...plain, retention: 0 });
    expect(difference).toBeGreaterThan(0);
    expect(elasticity).toMatchObject({ value: null, reason: "retention before the uplift: 0" });
  });

  it("caps at 1 only when told to, and says so", () => {
    const near1 = {
      ...plain,
      retention: [0.5, 0.97],
      uplift: 0.05,
      discountRate: 0,
      horizon: 2,
      timing: "begin",
    } as const;
    const error = thrown(() => retentionUplift(near1));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: "options.uplift" });
    expect(error.message).toContain('or ratesAboveOne: "cap"');
    // 100 + 100 x .55 after, whatever the last rate is; survivors at the end: 55 + 55 x 1.
    const capped = retentionUplift({ ...near1, ratesAboveOne: "cap" });
    expect([capped.isCapped, capped.after.retention]).toEqual([true, (0.55 + 1) / 2]);
    near(capped.after.value, 155);
    near(retentionUplift({ ...near1, ratesAboveOne: "cap", survivorsAt: "end" }).after.value, 110);
    expect(retentionUplift({ ...plain, ratesAboveOne: "cap" }).isCapped).toBe(false);
    const below = { ...plain, uplift: -0.9, ratesAboveOne: "cap" } as const;
    expect(thrown(() => retentionUplift(below)).path).toBe("options.uplift");
    const word = { ...plain, ratesAboveOne: "clip" as never };
    expect(thrown(() => retentionUplift(word)).path).toBe("options.ratesAboveOne");
  });

  it("a capped rate changes by what is left of the uplift, in the elasticity too", () => {
    const capped = retentionUplift({ ...plain, retention: 0.9, uplift: 0.3, ratesAboveOne: "cap" });
    const whole = retentionUplift({ ...plain, retention: 0.9, uplift: 0.1 });
    near(capped.elasticity.value ?? 0, whole.elasticity.value ?? Number.NaN);
    expect(capped.after).toEqual(whole.after);
  });
});

const percent = (min: number, max: number) => fc.integer({ min, max }).map((n) => n / 100);
const someOptions = fc.record({
  profit: fc.integer({ min: 1, max: 1000 }),
  growth: percent(-20, 10),
  retention: percent(10, 90),
  uplift: percent(-10, 10),
  discountRate: percent(0, 30),
  timing: fc.constantFrom("begin" as const, "middle" as const, "end" as const),
  survivorsAt: fc.constantFrom("begin" as const, "end" as const),
  customers: fc.integer({ min: 1, max: 500 }),
});
const someHorizon = fc.integer({ min: 1, max: 60 });

describe("retentionUplift, in general", () => {
  it("the closed form is the sum of the path", () => {
    fc.assert(
      fc.property(someOptions, someHorizon, (options, horizon) => {
        const closed = retentionUplift({ ...options, horizon });
        const path = retentionUplift({
          ...options,
          horizon,
          retention: Array(horizon).fill(options.retention),
        });
        expect([closed.method, path.method]).toEqual(["closedForm", "path"]);
        near(path.before.value, closed.before.value);
        near(path.after.value, closed.after.value);
        expect(path.breakeven.reason).toBe(closed.breakeven.reason);
        near(path.breakeven.yearly ?? 0, closed.breakeven.yearly ?? 0);
        // Of a list of rates there is none, though they be equal; with a list of profits there is, over the same path.
        expect(path.elasticity.value).toBeNull();
        const profit = Array.from(
          { length: horizon },
          (_, year) => options.profit * (1 + options.growth) ** year,
        );
        const listed = retentionUplift({ ...options, growth: undefined, profit, horizon });
        expect(listed.method).toBe("path");
        near(listed.elasticity.value ?? 0, closed.elasticity.value ?? 0, 1e-9);
      }),
    );
  });

  it("the closed form holds where each year brings as much as the one before, or nearly", () => {
    // r(1+g) = 1+i: so many times the first year. A hair beside it the sum hardly differs.
    const at = (retention: number, growth: number) =>
      retentionUplift({
        ...plain,
        retention,
        growth,
        uplift: 0,
        discountRate: 0,
        timing: "begin",
        horizon: 7,
      });
    expect(at(1, 0).before.value).toBe(700);
    expect(at(0.5, 1).before.value).toBe(700);
    near(at(1 - 1e-12, 0).before.value, 700 - 2100 * 1e-12, 1e-14);
    near(at(1, 1e-9).before.value, 700 + 2100 * 1e-9, 1e-14);
  });

  it("without horizon is what ever longer horizons lead to", () => {
    fc.assert(
      fc.property(someOptions, (options) => {
        fc.pre((options.retention + 0.1) * (1 + options.growth) < 0.97 * (1 + options.discountRate));
        // 0.97 ** 1000 is 6e-14.
        const endless = retentionUplift(options);
        const long = retentionUplift({ ...options, horizon: 1000 });
        near(long.before.value, endless.before.value);
        near(long.after.value, endless.after.value);
      }),
    );
  });

  it("is what retentionEconomics says of both levels of retention", () => {
    fc.assert(
      fc.property(someOptions, someHorizon, ({ growth, ...options }, horizon) => {
        const economics = (retention: number) =>
          retentionEconomics({
            ...options,
            baseProfit: options.profit,
            purchaseGrowth: { yearlyRate: growth },
            acquisitionCost: 0,
            retention,
            horizon,
          });
        const before = economics(options.retention);
        const after = economics(options.retention + options.uplift);
        const uplift = retentionUplift({ ...options, growth, horizon });
        near(uplift.before.value, before.total.discounted);
        near(uplift.after.value, after.total.discounted);
        near(uplift.after.baseValue, after.cohort.columns.cumulativeDiscountedProfit[horizon]);
        // The profits of its years can be passed on as they are.
        const passed = retentionUplift({ ...options, profit: before.years.columns.profit.slice(1), horizon });
        near(passed.difference, uplift.difference, 1e-10);
      }),
    );
  });

  it("spending the yearly budget eats the difference up, and so does spending the other once", () => {
    fc.assert(
      fc.property(someOptions, someHorizon, ({ growth, ...options }, horizon) => {
        const retention = Array<number>(horizon).fill(options.retention);
        const profit = Array.from({ length: horizon }, (_, year) => options.profit * (1 + growth) ** year);
        const { before, after, breakeven } = retentionUplift({ ...options, profit, retention, horizon });
        const { yearly } = breakeven;
        fc.pre(yearly !== null);
        const spent = retentionUplift({
          ...options,
          retention,
          profit: profit.map((amount) => amount - (yearly ?? 0)),
          horizon,
        });
        near(spent.after.value, before.value, 1e-10);
        near(after.value - breakeven.once, before.value, 1e-10);
      }),
    );
  });

  it("the elasticity of a tiny uplift is that of the formula", () => {
    // V = c / (1 - q) with q = r(1+g)/(1+i): dV/dr x r/V = q / (1 - q); of survivors at the end, 1 more.
    fc.assert(
      fc.property(someOptions, (options) => {
        const q = (options.retention * (1 + options.growth)) / (1 + options.discountRate);
        fc.pre(q < 0.95);
        const { elasticity } = retentionUplift({ ...options, uplift: 1e-7 });
        const expected = q / (1 - q) + (options.survivorsAt === "end" ? 1 : 0);
        // A step of 1e-7 leaves 1e-9 of its digits to the difference, and bends by about as much.
        near(elasticity.value ?? Number.NaN, expected, 1e-4);
      }),
    );
  });

  it("grows with the uplift, and in proportion to profit and customers", () => {
    fc.assert(
      fc.property(someOptions, fc.integer({ min: 2, max: 9 }), (options, times) => {
        const horizon = 20;
        const one = retentionUplift({ ...options, horizon });
        const more = retentionUplift({ ...options, horizon, uplift: options.uplift / 2 + 0.05 });
        expect(more.after.value).toBeGreaterThanOrEqual(one.after.value * (1 - 1e-12));
        const scaled = retentionUplift({ ...options, horizon, profit: options.profit * times });
        near(scaled.difference, one.difference * times);
        near(scaled.ratio.value ?? 0, one.ratio.value ?? 0);
        expect(one.baseDifference).toBe(one.difference * options.customers);
        expect(JSON.parse(JSON.stringify(one))).toEqual(one);
      }),
    );
  });
});

describe("bad input", () => {
  const failing = (more: object) => thrown(() => retentionUplift({ ...plain, ...more }));

  it("refuses retention above 1 and below 0, and takes a sum that only rounding lifts above it", () => {
    expect(failing({ uplift: 0.25 })).toMatchObject({ code: "INVALID_ARGUMENT", path: "options.uplift" });
    expect(failing({ uplift: 0.25 }).message).toContain("options.retention 0.8 and the uplift give 1.05");
    expect(failing({ uplift: 5 }).message).toContain("0.05 is 5 points");
    expect(failing({ uplift: -0.9 }).message).toContain("options.uplift is -0.9");
    const curve = failing({ retention: [0.8, 0.95], horizon: 2 });
    expect(curve.path).toBe("options.uplift");
    expect(curve.message).toContain("options.retention of year 2, 0.95");
    const retention = 1.1 - 0.2;
    expect(retention + 0.1).toBeGreaterThan(1);
    expect(retentionUplift({ ...plain, retention, uplift: 0.1 }).after.retention).toBe(1);
  });

  it("refuses to go without options", () => {
    for (const options of [undefined, null]) {
      const error = thrown(() => retentionUplift(options as never));
      expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: "options" });
    }
  });

  it.each<[object, string, string]>([
    [{ retention: [0.8] }, "options.horizon", "is missing"],
    [{ profit: [100] }, "options.horizon", "is missing"],
    [{ horizon: 1.5 }, "options.horizon", "is 1.5"],
    [{ discountRate: 0, uplift: 0.2 }, "options.horizon", "is without end and the value no finite number"],
    [{ growth: 0.4 }, "options.horizon", "is without end and the value no finite number"],
    [
      { profit: 0, discountRate: 0, uplift: 0.2 },
      "options.horizon",
      "is without end and the value no finite number",
    ],
    [{ profit: [1, 2], horizon: 2, growth: 0.1 }, "options.growth", "is 0.1: pass it with one profit"],
    [{ growth: -1 }, "options.growth", "is -1"],
    [{ profit: [1, 2], horizon: 3 }, "options.profit", "has 2 values"],
    [{ profit: Number.NaN }, "options.profit", "is NaN"],
    [{ retention: 1.1 }, "options.retention", "is 1.1"],
    [
      { retention: { survival: [1, 0, 0] }, horizon: 2 },
      "options.retention.survival[1]",
      "is 0, nobody begins year 2",
    ],
    [{ uplift: Number.POSITIVE_INFINITY }, "options.uplift", "is Infinity"],
    [{ discountRate: "10 %" }, "options.discountRate", 'is "10 %"'],
    [{ timing: undefined }, "options.timing", "is undefined"],
    [{ survivorsAt: "start" }, "options.survivorsAt", 'is "start"'],
    [{ customers: 0 }, "options.customers", "is 0"],
  ])("refuses %o", (more, path, message) => {
    const error = failing(more);
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path });
    expect(error.message).toContain(message);
  });
});
