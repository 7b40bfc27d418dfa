import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rows, table } from "../../../src/core/table.js";
import { activityBasedCosts } from "../../../src/profitability/statement/activity-based-costs.js";
import { timeDrivenCosts } from "../../../src/profitability/statement/time-driven-costs.js";
import { thrown } from "../../core/thrown.js";

const activities = [
  { activity: "order", cost: 1000, capacity: 30 },
  { activity: "visit", cost: 500, capacity: 2 },
];

describe("activityBasedCosts", () => {
  it("rounds the cost of what is used once and deals it out to the last unit", () => {
    // 1000 x 21 / 30 = 700, of which 7 of 21 each: 233 1/3; 500 x 1.5 / 2 = 375.
    const costs = activityBasedCosts(activities, [
      { customerId: "ani", activity: "order", quantity: 7 },
      { customerId: "budi", activity: "order", quantity: 3 },
      { customerId: "citra", activity: "order", quantity: 7 },
      { customerId: "budi", activity: "visit", quantity: 1.5 },
      { customerId: "budi", activity: "order", quantity: 4 },
    ]);
    expect(rows(costs.charges)).toEqual([
      { customerId: "ani", activity: "order", quantity: 7, charged: 234, spread: 0 },
      { customerId: "budi", activity: "order", quantity: 7, charged: 233, spread: 0 },
      { customerId: "budi", activity: "visit", quantity: 1.5, charged: 375, spread: 0 },
      { customerId: "citra", activity: "order", quantity: 7, charged: 233, spread: 0 },
    ]);
    expect(costs.customers.columns.amount).toEqual([234, 608, 233]);
    expect(costs.activities.columns.unused).toEqual([9, 0.5]);
    expect(costs.activities.columns.unusedCost).toEqual([300, 125]);
    expect(costs.total).toEqual({ cost: 1500, charged: 1075, spread: 0, unusedCost: 425 });
  });

  it("spreads unused capacity when asked, in a column of its own; what nobody used stays apart", () => {
    const usage = [{ customerId: "ani", activity: "order", quantity: 10 }];
    const costs = activityBasedCosts(activities, usage, { unusedCapacity: "spread" });
    expect(rows(costs.charges)).toEqual([
      { customerId: "ani", activity: "order", quantity: 10, charged: 333, spread: 667 },
    ]);
    expect(costs.total).toEqual({ cost: 1500, charged: 333, spread: 667, unusedCost: 500 });
  });

  it("use beyond the capacity is told, and never charged above the pool", () => {
    const { activities: answer, total } = activityBasedCosts(activities, [
      { customerId: "ani", activity: "visit", quantity: 2.3 },
    ]);
    expect(answer.columns.overCapacity).toEqual([0, 0.3]);
    expect(answer.columns.utilization[1]).toBeCloseTo(1.15, 12);
    expect(total).toEqual({ cost: 1500, charged: 500, spread: 0, unusedCost: 1000 });
  });

  it("decimals add up as decimals", () => {
    const tenth = { customerId: "ani", activity: "order", quantity: 0.1 };
    const { columns } = activityBasedCosts(activities, [tenth, tenth, tenth]).charges;
    expect(columns.quantity).toEqual([0.3]);
  });

  it("takes a table, and nothing at all", () => {
    const usage = table({ customerId: ["ani"], activity: ["order"], quantity: [3] });
    expect(activityBasedCosts(activities, usage).customers.columns.amount).toEqual([100]);
    expect(activityBasedCosts([], []).total).toEqual({ cost: 0, charged: 0, spread: 0, unusedCost: 0 });
  });

  it("reconciles: charged, spread and unused are the pools, cells are the charge, whatever the order", () => {
    const names = ["a", "b", "c"];
    const poolOf = fc.record({ cost: fc.nat(1e9), capacity: fc.integer({ min: 1, max: 1000 }) });
    const usageOf = fc.record({
      customerId: fc.constantFrom("x", "y", "z", "w"),
      activity: fc.constantFrom(...names),
      quantity: fc.integer({ min: 0, max: 5000 }).map((tenths) => tenths / 10),
    });
    fc.assert(
      fc.property(
        fc.tuple(poolOf, poolOf, poolOf),
        fc.array(usageOf),
        fc.boolean(),
        (pools, usage, spreads) => {
          const given = pools.map((pool, i) => ({ activity: names[i], ...pool }));
          const options = { unusedCapacity: spreads ? ("spread" as const) : ("apart" as const) };
          const { total, charges, customers, activities: answer } = activityBasedCosts(given, usage, options);
          const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
          expect(total.charged + total.spread + total.unusedCost).toBe(total.cost);
          expect(sum(charges.columns.charged)).toBe(total.charged);
          expect(sum(charges.columns.spread)).toBe(total.spread);
          expect(sum(customers.columns.amount)).toBe(total.charged + total.spread);
          const turned = activityBasedCosts(given, [...usage].reverse(), options);
          expect(turned.activities).toEqual(answer);
          // Each cell is within one unit of its exact share.
          rows(charges).forEach(({ activity, quantity, charged }) => {
            const { columns } = answer;
            const place = names.indexOf(activity);
            const exact =
              columns.used[place] === 0 ? 0 : (columns.charged[place] * quantity) / columns.used[place];
            expect(Math.abs(charged - exact)).toBeLessThan(1.000001);
          });
        },
      ),
    );
  });

  it("names bad rows", () => {
    const bad = (given: object, usage: object) =>
      thrown(() =>
        activityBasedCosts(
          [{ ...activities[0], ...given }],
          [{ customerId: "a", activity: "order", quantity: 1, ...usage }],
        ),
      );
    expect(bad({ cost: 1.5 }, {})).toMatchObject({ code: "INVALID_ROWS", path: "activities[0].cost" });
    expect(bad({ capacity: 0 }, {})).toMatchObject({ code: "INVALID_ROWS", path: "activities[0].capacity" });
    expect(bad({}, { activity: "ordr" }).message).toContain('"ordr" is not the name of any');
    expect(bad({}, { quantity: -1 })).toMatchObject({ code: "INVALID_ROWS", path: "usage[0].quantity" });
    expect(bad({}, { customerId: "" })).toMatchObject({ path: "usage[0].customerId" });
    expect(thrown(() => activityBasedCosts([activities[0], activities[0]], [])).message).toContain(
      "second time",
    );
    expect(thrown(() => activityBasedCosts(activities, [], { unusedCapacity: "no" as "apart" })).path).toBe(
      "options.unusedCapacity",
    );
  });
});

describe("timeDrivenCosts", () => {
  const desk = [{ resource: "desk", cost: 100_00, minutes: 1000 }];
  const packing = [
    { activity: "pack", resource: "desk", minutes: 0.5, additions: { special: 6.5, byAir: 0.2 } },
    { activity: "call", resource: "desk", minutes: 10 },
  ];

  it("adds what makes a unit harder", () => {
    const {
      charges,
      activities: answer,
      resources,
    } = timeDrivenCosts(desk, packing, [
      { customerId: "ani", activity: "pack", quantity: 10, additions: { special: 3, byAir: 1 } },
      { customerId: "budi", activity: "call", quantity: 2 },
    ]);
    // 10 x 0.5 + 3 x 6.5 + 1 x 0.2 = 24.7 minutes at 10 minor units; 2 x 10 = 20 minutes.
    expect(answer.columns.minutes).toEqual([24.7, 20]);
    expect(charges.columns.charged).toEqual([247, 200]);
    expect(answer.columns.rate).toEqual([5, 100]);
    expect(resources.columns.unusedMinutes).toEqual([955.3]);
    expect(resources.columns.unusedCost).toEqual([9553]);
  });

  it("takes a table, adds rows up as decimals, and tells use beyond the capacity", () => {
    const usage = table({
      customerId: ["a", "b", "a"],
      activity: ["pack", "pack", "pack"],
      quantity: [0.2, 3000, 0.4],
    });
    const { resources, charges, total } = timeDrivenCosts(desk, packing, usage);
    expect(charges.columns.quantity).toEqual([0.6, 3000]);
    // 0.3 + 1500 minutes of 1000: the whole cost is charged, 10000 x 0.3 / 1500.3 = 1.9996 of it to a.
    expect(resources.columns.overCapacityMinutes).toEqual([500.3]);
    expect(charges.columns.charged).toEqual([2, 9998]);
    expect(total).toEqual({ cost: 10_000, charged: 10_000, spread: 0, unusedCost: 0 });
  });

  it("is activity-based costing with minutes as the driver", () => {
    const usageOf = fc.array(
      fc.record({ customerId: fc.constantFrom("x", "y", "z"), quantity: fc.nat(100) }),
    );
    fc.assert(
      fc.property(usageOf, fc.nat(1e6), (usage, cost) => {
        const rowsOf = usage.map((row) => ({ ...row, activity: "call" }));
        const timed = timeDrivenCosts([{ resource: "desk", cost, minutes: 700 }], [packing[1]], rowsOf);
        const based = activityBasedCosts([{ activity: "call", cost, capacity: 70 }], rowsOf);
        expect(timed.customers).toEqual(based.customers);
        expect(timed.total).toEqual(based.total);
      }),
    );
  });

  it("refuses a table with additions, which no cell can hold, rather than leave them out", () => {
    const usage = {
      length: 1,
      columns: { customerId: ["ani"], activity: ["packing"], quantity: [2], additions: [{ byAir: 2 }] },
    };
    expect(thrown(() => timeDrivenCosts(desk, packing, usage))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "usage.columns.additions",
    });
  });

  it("names bad rows", () => {
    const bad = (given: object, usage: object = {}) =>
      thrown(() =>
        timeDrivenCosts(
          desk,
          [{ ...packing[0], ...given }],
          [{ customerId: "a", activity: "pack", quantity: 1, ...usage }],
        ),
      );
    expect(bad({ resource: "dsk" }).path).toBe("activities[0].resource");
    expect(bad({ minutes: -1 }).path).toBe("activities[0].minutes");
    expect(bad({ additions: { special: Number.NaN } }).path).toBe("activities[0].additions.special");
    expect(bad({}, { additions: { rush: 1 } }).message).toContain('is no addition of activity "pack"');
    expect(bad({}, { additions: { special: -1 } }).path).toBe("usage[0].additions.special");
  });
});
