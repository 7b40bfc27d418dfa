import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ClienteleError } from "../../../src/core/errors.js";
import { allocateToPoints, type SaleWithPoints } from "../../../src/loyalty/liability/allocate-to-points.js";

const example52: SaleWithPoints = {
  price: 100_000,
  goods: [{ id: "goods", standAlonePrice: 100_000 }],
  points: 10_000,
  valuePerPoint: 1,
  redemptionRate: 0.95,
};

describe("relative stand-alone selling price", () => {
  it("S21: IFRS 15, Example 52", () => {
    const { goods, points } = allocateToPoints(example52);
    expect([goods[0].allocated, points.allocated]).toEqual([91_324, 8_676]);
    expect(points.standAlonePrice).toBeCloseTo(9_500, 9);
    // 100,000 x 9,500 / 109,500, to the digits that a double has.
    expect(points.exact).toBeCloseTo(8_675.799086758, 8);
    expect(points.isGiven).toBe(false);
  });

  it("S22: a ratio rounded to 9 % goes in as it is, unrounded it would be 8,842.30", () => {
    const sale = { ...example52, redemptionRate: 0.97 };
    expect(allocateToPoints(sale).points.exact).toBeCloseTo(8_842.3, 2);
    const given = allocateToPoints({ ...sale, allocated: 9_000 });
    expect([given.goods[0].allocated, given.points.allocated, given.points.isGiven]).toEqual([
      91_000,
      9_000,
      true,
    ]);
  });

  it("several goods: 1,000 over 600, 300 and points of 100", () => {
    const sale = allocateToPoints({
      price: 900,
      goods: [
        { id: "tea", standAlonePrice: 600 },
        { id: "cup", standAlonePrice: 300 },
      ],
      points: 50,
      valuePerPoint: 2.5,
      redemptionRate: 0.8,
    });
    expect(sale.goods.map(({ allocated }) => allocated)).toEqual([540, 270]);
    expect([sale.points.allocated, sale.points.perPoint]).toEqual([90, 1.8]);
  });

  it("points that nobody redeems get nothing, points alone get all", () => {
    expect(allocateToPoints({ ...example52, redemptionRate: 0 }).points.allocated).toBe(0);
    expect(allocateToPoints({ ...example52, goods: [] }).points.allocated).toBe(100_000);
    expect(allocateToPoints({ ...example52, points: 0 }).points.perPoint).toBeNull();
  });

  it("parts come to the price, each within a unit of its exact share", () => {
    const amount = fc.integer({ min: 0, max: 10 ** 9 });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10 ** 9 }),
        fc.array(amount, { maxLength: 6 }),
        fc.integer({ min: 1, max: 10 ** 6 }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (price, prices, points, valuePerPoint, redemptionRate) => {
          const goods = prices.map((standAlonePrice, i) => ({ id: `${i}`, standAlonePrice }));
          const found = allocateToPoints({ price, goods, points, valuePerPoint, redemptionRate });
          const parts = [...found.goods, found.points];
          expect(parts.reduce((sum, { allocated }) => sum + allocated, 0)).toBe(price);
          // Largest remainder gives the floor or one more; doubles of up to 1e9 are good to 1e-6.
          for (const part of parts) expect(Math.abs(part.allocated - part.exact)).toBeLessThan(1 + 1e-6);
        },
      ),
    );
  });
});

it("weights are exact decimals: 3 points of 0.1 weigh as much as goods of 0.3, and a tie goes to the first", () => {
  const goods = [{ id: "goods", standAlonePrice: 0.3 }];
  const sale = allocateToPoints({ price: 1, goods, points: 3, valuePerPoint: 0.1, redemptionRate: 1 });
  expect([sale.goods[0].allocated, sale.points.allocated, sale.points.standAlonePrice]).toEqual([1, 0, 0.3]);
});

describe("refusals", () => {
  it.each<[Partial<SaleWithPoints>, string, string]>([
    [{ price: 10.5 }, "sale.price", "10.5"],
    [{ price: -1 }, "sale.price", "-1"],
    [{ points: 1.5 }, "sale.points", "1.5"],
    [{ valuePerPoint: -2 }, "sale.valuePerPoint", "-2"],
    [{ redemptionRate: 95 }, "sale.redemptionRate", "95"],
    [{ allocated: 100_001 }, "sale.allocated", "100001"],
    [{ goods: [{ id: "x", standAlonePrice: Number.NaN }] }, "sale.goods[0].standAlonePrice", "NaN"],
    [{ goods: [{ id: 7 as never, standAlonePrice: 1 }] }, "sale.goods[0].id", "7"],
    [{ goods: [], redemptionRate: 0 }, "sale.goods", "0"],
    [{ goods: [], allocated: 5 }, "sale.goods", "99995"],
  ])("%j", (change, path, named) => {
    const call = () => allocateToPoints({ ...example52, ...change });
    expect(call).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT", path }) as ClienteleError);
    expect(call).toThrow(named);
  });
});
