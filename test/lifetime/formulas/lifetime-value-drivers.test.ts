import fc from "fast-check";
import { expect, test } from "vitest";
import { lifetimeValue } from "../../../src/lifetime/formulas/lifetime-value.js";
import { lifetimeValueDrivers } from "../../../src/lifetime/formulas/lifetime-value-drivers.js";
import type { LifetimeValueOptions } from "../../../src/lifetime/formulas/margin-stream.js";
import { thrown } from "../thrown.js";

// Two ways of computing: the slopes against central differences of lifetimeValue, whose error at a step of 1e-6 is some
// 1e-9 of the value.
const STEP = 1e-6;

function slope(options: LifetimeValueOptions, change: (by: number) => Partial<LifetimeValueOptions>): number {
  const net = (by: number) => lifetimeValue({ ...options, ...change(by) }).net as number;
  return (net(STEP) - net(-STEP)) / (2 * STEP);
}

const base = fc.record({
  margin: fc.double({ min: 10, max: 100, noNaN: true }),
  discountRate: fc.double({ min: 0.05, max: 0.3, noNaN: true }),
  growth: fc.double({ min: -0.1, max: 0.04, noNaN: true }),
  timing: fc.constantFrom("begin" as const, "middle" as const, "end" as const),
  survivorsAt: fc.constantFrom("begin" as const, "end" as const),
  periodsPerYear: fc.constantFrom(1, 4),
  acquisitionCost: fc.constant(3),
  retention: fc.oneof(
    fc.double({ min: 0.2, max: 0.9, noNaN: true }),
    fc.array(fc.double({ min: 0.1, max: 0.9, noNaN: true }), { minLength: 1, maxLength: 8 }),
  ),
});

test("each driver's worth is the slope of the net value", () => {
  fc.assert(
    fc.property(base, (given) => {
      const options: LifetimeValueOptions = given;
      const { retention } = given;
      const found = Object.fromEntries(
        lifetimeValueDrivers(options).drivers.map(({ driver, worth }) => [driver, worth]),
      );
      const near = (name: string, value: number) =>
        expect(found[name]).toBeCloseTo(value, Math.abs(value) > 10 ? 3 : 5);
      const moved = (by: number) =>
        typeof retention === "number" ? retention + by : retention.map((rate) => rate + by);
      near("retention", 0.01 * slope(options, (by) => ({ retention: moved(by) })));
      near(
        "margin",
        slope(options, (by) => ({ margin: given.margin + by })),
      );
      near("growth", 0.01 * slope(options, (by) => ({ growth: given.growth + by })));
      near("discountRate", 0.01 * slope(options, (by) => ({ discountRate: given.discountRate + by })));
      near("acquisitionCost", -1);
    }),
  );
});

test("the elasticity of retention moves every rate by one percent", () => {
  fc.assert(
    fc.property(base, (given) => {
      const options: LifetimeValueOptions = given;
      const { net, drivers } = lifetimeValueDrivers(options);
      fc.pre(net !== null && net > 1);
      const { retention } = given;
      const scaled = (by: number) =>
        typeof retention === "number" ? retention * (1 + by) : retention.map((rate) => rate * (1 + by));
      const expected = slope(options, (by) => ({ retention: scaled(by) })) / (net as number);
      expect(drivers[0]?.elasticity.value).toBeCloseTo(expected, 4);
    }),
  );
});

test("retention r without end: elasticity r / (1 + i - r), as the derivative of m / (1 + i - r) says", () => {
  const { drivers } = lifetimeValueDrivers({
    margin: 1,
    retention: 0.8,
    discountRate: 0.1,
    timing: "begin",
  });
  expect(drivers[0]?.elasticity.value).toBeCloseTo(0.8 / 0.3, 12);
});

test("a net value of zero or less has no elasticity; no limit, no drivers", () => {
  const options = {
    margin: 1,
    retention: 0.5,
    discountRate: 0.1,
    timing: "end",
    survivorsAt: "begin",
  } as const;
  const losing = lifetimeValueDrivers({ ...options, acquisitionCost: 10 });
  expect(losing.net).toBeLessThan(0);
  expect(losing.drivers.every(({ elasticity }) => elasticity.value === null)).toBe(true);
  expect(lifetimeValueDrivers({ ...options, retention: 1, discountRate: 0 })).toMatchObject({
    net: null,
    drivers: [],
  });
});

test("nobody left is worth nothing, whatever a later margin would be; beyond the range of numbers is refused", () => {
  const gone = {
    margin: 100,
    retention: 0,
    discountRate: -0.9,
    timing: "end",
    survivorsAt: "begin",
    horizon: 2000,
  } as const;
  // One margin at the end of the first period, discounted at -90 %.
  expect(lifetimeValue(gone).value).toBeCloseTo(1000, 9);
  const { net, drivers } = lifetimeValueDrivers(gone);
  expect(net).toBeCloseTo(1000, 9);
  expect(
    drivers.flatMap(({ worth, elasticity }) => [worth, elasticity.value ?? 0]).every(Number.isFinite),
  ).toBe(true);
  // A second margin, of 100 / 0.1^2, comes with each share that stays.
  expect(drivers[0]?.worth).toBeCloseTo(100, 9);
  const error = thrown(() =>
    lifetimeValueDrivers({
      margin: 1e308,
      retention: 0.9,
      discountRate: 0.1,
      timing: "end",
      survivorsAt: "begin",
    }),
  );
  expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: "options" });
});
