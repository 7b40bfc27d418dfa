import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { table } from "../../../src/core/table.js";
import { profitLevers } from "../../../src/profitability/change/profit-levers.js";
import { profitAndLossBy } from "../../../src/profitability/statement/profit-and-loss-by.js";
import { thrown } from "../../core/thrown.js";
import { referenceLog } from "../../history/reference-log.js";

const group = (netRevenue: number, costOfGoods: number, costToServe: number) => ({
  group: "g",
  netRevenue,
  costOfGoods,
  costToServe,
});

describe("profitLevers", () => {
  it("by hand: which lever is strongest, and what of the others is worth the price", () => {
    const {
      groups,
      total,
      table: worth,
    } = profitLevers([
      { ...group(1000, 700, 100), group: "retail" },
      { ...group(1000, 100, 1400), group: "projects" },
    ]);
    expect(groups[0]).toMatchObject({
      profit: 200,
      price: 10,
      volume: 2,
      costOfGoods: 7,
      costToServe: 1,
      strongest: "price",
    });
    expect(groups[1]).toMatchObject({ profit: -500, volume: -5, costToServe: 14, strongest: "costToServe" });
    // Price +1 % is 10: as much as 5 % more units, 1.43 % off the goods, 10 % off the service.
    const { worthThePrice } = groups[0];
    expect([
      worthThePrice.volume.value,
      worthThePrice.costOfGoods.value,
      worthThePrice.costToServe.value,
    ]).toEqual([0.05, 10 / 700, 0.1]);
    expect(groups[1].worthThePrice.volume).toMatchObject({
      value: null,
      reason: "contribution of all units: -500",
    });
    expect(groups[1].shareOfProfit.price.value).toBeNull();
    expect(groups[1].breakEvenLoss.value).toBeNull();
    expect(groups[1].breakEvenGain.value).toBeNull();
    expect(total).toMatchObject({ group: null, profit: -300, price: 20, costOfGoods: 8, costToServe: 15 });
    expect(worth.columns.price).toEqual([10, 10]);
  });

  it("takes the groups of profitAndLossBy, with their own profit", () => {
    const { groups } = profitAndLossBy(referenceLog, {
      asOf: "2025-01-01",
      groupBy: (id) => (id < "D" ? "old" : "new"),
      marketing: { amount: 100, driver: "orders" },
    });
    const levers = profitLevers(groups);
    expect(levers.groups.map((row) => row.group)).toEqual(["new", "old"]);
    expect(levers.groups.map((row) => row.profit)).toEqual(groups.columns.profit);
    expect(levers.groups[0].price).toBeCloseTo(groups.columns.netRevenue[0] / 100, 9);
  });

  it("nothing at all: no lever", () => {
    const { total, groups } = profitLevers([]);
    expect(groups).toEqual([]);
    expect(total).toMatchObject({ profit: 0, price: 0, strongest: null, breakEvenLoss: { value: null } });
  });

  it("profit recomputed with the lever pulled is profit and what it is worth; at break-even it is what it was", () => {
    const money = fc.integer({ min: 1, max: 1_000_000 });
    const changes = fc.constantFrom(0.01, 0.02, 0.05, 0.1, 0.3);
    fc.assert(
      fc.property(
        money,
        money,
        money,
        changes,
        fc.constantFrom(0, 0.5, 1),
        (revenue, goods, service, change, variable) => {
          const [found] = profitLevers([group(revenue, goods, service)], {
            change,
            variableCostToServe: variable,
          }).groups;
          const profit = (price: number, units: number, unitCost = 1, serve = 1) =>
            revenue * price * units -
            goods * unitCost * units -
            service * serve * (variable * units + 1 - variable);
          const base = profit(1, 1);
          // Relative to the largest amount in the sums, which grows with the units: fewer than 20 roundings of 1.2e-16 each.
          const close = (a: number, b: number, units = 1) =>
            expect(Math.abs(a - b) / ((revenue + goods + service) * (1 + units))).toBeLessThan(2e-15);
          close(found.price, profit(1 + change, 1) - base);
          close(found.volume, profit(1, 1 + change) - base);
          close(found.costOfGoods, profit(1, 1, 1 - change) - base);
          close(found.costToServe, profit(1, 1, 1, 1 - change) - base);
          if (found.breakEvenLoss.value !== null)
            close(profit(1 + change, 1 - found.breakEvenLoss.value), base);
          if (found.breakEvenGain.value !== null)
            close(profit(1 - change, 1 + found.breakEvenGain.value), base, found.breakEvenGain.value);
          if (found.worthThePrice.volume.value !== null)
            close(
              profit(1, 1 + found.worthThePrice.volume.value),
              profit(1 + change, 1),
              found.worthThePrice.volume.value,
            );
        },
      ),
    );
  });

  it("bad input", () => {
    expect(thrown(() => profitLevers([group(1.5, 0, 0)]))).toMatchObject({
      code: "INVALID_ROWS",
      path: "groups[0].netRevenue",
    });
    expect(
      thrown(() => profitLevers([{ netRevenue: 1, costOfGoods: 1, costToServe: 1 } as never])).path,
    ).toBe("groups[0].group");
    expect(thrown(() => profitLevers([], { change: 0 })).path).toBe("options.change");
    expect(thrown(() => profitLevers([], { variableCostToServe: 2 })).path).toBe(
      "options.variableCostToServe",
    );
    expect(thrown(() => profitLevers(table({ group: ["a"], netRevenue: [1] }) as never)).code).toBe(
      "UNKNOWN_COLUMN",
    );
    expect(thrown(() => profitLevers(table({ netRevenue: [1] }) as never))).toMatchObject({
      code: "UNKNOWN_COLUMN",
      path: "groups.columns.group",
    });
    expect(thrown(() => profitLevers(7 as never)).path).toBe("groups");
  });
});
