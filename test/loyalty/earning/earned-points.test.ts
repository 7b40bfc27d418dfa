import { describe, expect, test } from "vitest";
import { ClienteleError } from "../../../src/core/errors.js";
import type { EarnRule } from "../../../src/loyalty/program/earn-rule.js";
import { base, earn, noon, orderOf, pointsOf, programOf } from "./earning-setup.js";

function refusalOf(run: () => unknown): ClienteleError {
  try {
    run();
  } catch (error) {
    if (error instanceof ClienteleError) return error;
  }
  throw new Error("nothing was refused");
}

describe("what earns", () => {
  test("whole amounts of the order, not of each line", () => {
    expect(pointsOf(programOf([base]), orderOf([150, 150]))).toBe(3);
    expect(pointsOf(programOf([base], { roundingPer: "line" }), orderOf([150, 150]))).toBe(2);
  });
  test("$105 at 1 point for each $10 earns 10 (Square)", () => {
    const rule: EarnRule = { id: "r", award: { per: "amount", points: 1, amount: 1000 } };
    expect(pointsOf(programOf([rule]), orderOf([10_500]))).toBe(10);
  });
  test("units, and a quantity that is not given is 1", () => {
    const rule: EarnRule = { id: "r", award: { per: "unit", points: 7 } };
    expect(pointsOf(programOf([rule]), orderOf([{ amount: 0, quantity: 3 }, 500]))).toBe(28);
  });
  test("once for an order, whatever its lines; nothing for a mere visit", () => {
    const program = programOf([{ id: "r", award: { per: "order", points: 25 } }]);
    expect(pointsOf(program, orderOf([100, 200, 300]))).toBe(25);
    expect(pointsOf(program, orderOf([0]))).toBe(25);
    expect(pointsOf(program, orderOf([], { visit: true }))).toBe(0);
  });
  test("visits: with lines unless it says otherwise, without lines where it says so", () => {
    const program = programOf([{ id: "r", award: { per: "visit", points: 10 } }]);
    expect(pointsOf(program, orderOf([100]))).toBe(10);
    expect(pointsOf(program, orderOf([100], { visit: false }))).toBe(0);
    expect(pointsOf(program, orderOf([]))).toBe(0);
    expect(pointsOf(program, orderOf([], { visit: true }))).toBe(10);
    expect(earn(program, orderOf([], { visit: true })).qualifying).toEqual({
      points: { points: 10 },
      spend: 0,
      visits: 1,
      orders: 0,
      day: Date.UTC(2025, 2, 5) / 86_400_000,
    });
  });
  test("events by their name", () => {
    const program = programOf([{ id: "r", award: { per: "event", event: "review", points: 50 } }]);
    expect(pointsOf(program, orderOf([], { event: "review" }))).toBe(50);
    expect(pointsOf(program, orderOf([], { event: "signup" }))).toBe(0);
    expect(pointsOf(program, orderOf([]))).toBe(0);
  });
  test("two types of point beside each other, each by its own rules", () => {
    const program = programOf(
      [base, { id: "q", pointType: "status", award: { per: "amount", points: 2, amount: 100 } }],
      {
        pointTypes: [
          { id: "status", kind: "qualifying" },
          { id: "points", kind: "spendable" },
        ],
      },
    );
    const { lots, lines, qualifying } = earn(program, orderOf([1000]));
    expect(lots.map(({ pointType, points }) => [pointType, points])).toEqual([
      ["status", 20],
      ["points", 10],
    ]);
    expect(lines[0]?.points).toEqual({ status: 20, points: 10 });
    expect(qualifying.points).toEqual({ status: 20, points: 10 });
  });
  test("nothing earned opens no lot", () => {
    expect(earn(programOf([base]), orderOf([99]))).toEqual({
      lots: [],
      lines: [{ lineId: "L1", quantity: 1, amount: 99, points: {} }],
      counted: [],
      qualifying: { points: {}, spend: 99, visits: 1, orders: 1, day: Date.UTC(2025, 2, 5) / 86_400_000 },
    });
  });
});

describe("complaints of section 3 that concern earning", () => {
  test("10: points are not money: one point for one unit of a currency with a coarse coin is one point (odoo #259660)", () => {
    const rule: EarnRule = { id: "r", award: { per: "amount", points: 1, amount: 1 } };
    expect(pointsOf(programOf([rule], { currency: "JPY" }), orderOf([1]))).toBe(1);
  });
  test("12: earning on the gross amount, or on what was not paid with points (odoo #114004, #124480)", () => {
    const order = orderOf([6000, 4000], { paidWithPoints: 2500 });
    expect(pointsOf(programOf([base]), order)).toBe(100);
    const net = earn(programOf([base], { earnOn: "netOfRedemption" }), order);
    expect(net.lots[0]?.points).toBe(75);
    // 2500 over 6000 and 4000: 1500 and 1000.
    expect(net.lines.map(({ points }) => points)).toEqual([{ points: 45 }, { points: 30 }]);
    expect(net.lines.map(({ amount }) => amount)).toEqual([6000, 4000]);
  });
  test("12: what was paid with points is spread to the minor unit", () => {
    // A point for each minor unit shows each line's net amount: 100 over three equal lines is 34, 33, 33.
    const cents: EarnRule = { id: "r", award: { per: "amount", points: 1, amount: 1 } };
    const program = programOf([cents], { earnOn: "netOfRedemption" });
    const { lines, lots } = earn(program, orderOf([200, 200, 200], { paidWithPoints: 100 }));
    expect(lines.map(({ points }) => points.points)).toEqual([166, 167, 167]);
    expect(lots[0]?.points).toBe(500);
  });
  test("13: a discount line is no unit: lines are filtered by category and product (odoo #150833)", () => {
    const rule: EarnRule = {
      id: "r",
      award: { per: "unit", points: 1 },
      when: { notProducts: ["discount"] },
    };
    const lines = [
      { amount: 1000, quantity: 2, productId: "tea" },
      { amount: 0, productId: "discount" },
    ];
    expect(pointsOf(programOf([rule]), orderOf(lines))).toBe(2);
  });
  test("18: below the minimum nothing is earned, at it something is (erpnext #33550)", () => {
    const rule: EarnRule = { ...base, when: { minimumAmount: 5000 } };
    expect([4999, 5000].map((amount) => pointsOf(programOf([rule]), orderOf([amount])))).toEqual([0, 50]);
  });
  test("21: what was paid with points is no spend towards a tier (POSpire #75)", () => {
    const order = orderOf([6000, 4000], { paidWithPoints: 2500 });
    expect(earn(programOf([base], { earnOn: "netOfRedemption" }), order).qualifying.spend).toBe(7500);
    expect(earn(programOf([base]), order).qualifying.spend).toBe(10_000);
  });
});

describe("S20 float trap", () => {
  const factorOf = (factor: number, rounding: "floor" | "ceiling" | "halfEven", points: number) =>
    pointsOf(
      programOf(
        [
          { id: "r", award: { per: "order", points } },
          { id: "m", award: { per: "multiplier", factor } },
        ],
        { rounding },
      ),
      orderOf([100]),
    );
  test("3030 points x 0.03 are 90.90: 90 down, 91 up", () => {
    expect(factorOf(0.03, "floor", 3030)).toBe(90);
    expect(factorOf(0.03, "ceiling", 3030)).toBe(91);
    expect(factorOf(0.03, "halfEven", 3030)).toBe(91);
  });
  test("what is whole stays whole: 90.9 / 0.03 and 10 x 1.1 are more than that in doubles", () => {
    expect(3000 * 1.1).toBeGreaterThan(3300);
    expect(factorOf(1.1, "ceiling", 3000)).toBe(3300);
    expect(1.15 * 100).toBeLessThan(115);
    expect(factorOf(1.15, "floor", 100)).toBe(115);
    expect(factorOf(0.0003, "ceiling", 10_000)).toBe(3);
  });
  test("halves are halves: 2.5 by each mode", () => {
    expect(factorOf(0.5, "halfEven", 5)).toBe(2);
    expect(factorOf(1.5, "halfEven", 1)).toBe(2);
  });
  test("beyond 2^53 - 1 between, exact at the end", () => {
    // 9,007,199,254,740,991 minor units: 3 points for each 2, then times 1.0001, in whole numbers by hand:
    // 3 x 9007199254740991 / 2 = 13510798882111486.5 is beyond; a third of it is not.
    const third: EarnRule = {
      id: "r",
      award: { per: "amount", points: 7, amount: 21, partial: true },
    };
    const expected = (9007199254740991n * 7n) / 21n;
    expect(pointsOf(programOf([third]), orderOf([Number.MAX_SAFE_INTEGER]))).toBe(Number(expected));
  });
  test("beyond 2^53 - 1 at the end is an error", () => {
    const program = programOf([{ id: "r", award: { per: "amount", points: 2, amount: 1 } }]);
    const error = refusalOf(() => earn(program, orderOf([Number.MAX_SAFE_INTEGER])));
    expect(error.code).toBe("UNSAFE_INTEGER");
    expect(error.message).toContain("18014398509481982");
  });
});

describe("orders that are none", () => {
  const program = programOf([base]);
  const broken = (amount: unknown, quantity: unknown = 1) =>
    refusalOf(() =>
      earn(program, orderOf([100, { amount: amount as number, quantity: quantity as number }])),
    );
  test("amounts are whole numbers from 0", () => {
    for (const amount of [-1, 0.5, Number.NaN, 2 ** 53, "5"]) {
      const error = broken(amount);
      expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "order.lines[1].amount"]);
      expect(error.message).toContain(String(amount));
    }
  });
  test("quantities are whole numbers from 1", () => {
    for (const quantity of [0, -1, 1.5, Number.NaN]) {
      const error = broken(100, quantity);
      expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "order.lines[1].quantity"]);
      expect(error.message).toContain(String(quantity));
    }
  });
  test("a line id stands once", () => {
    const lines = [
      { lineId: "A", amount: 1 },
      { lineId: "A", amount: 2 },
    ];
    const error = refusalOf(() => earn(program, { orderId: "O", at: noon, lines }));
    expect(error.path).toBe("order.lines[1].lineId");
    expect(error.message).toContain('"A"');
  });
  test("no more is paid with points than the lines come to", () => {
    for (const earnOn of ["gross", "netOfRedemption"] as const) {
      const error = refusalOf(() =>
        earn(programOf([base], { earnOn }), orderOf([100], { paidWithPoints: 101 })),
      );
      expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "order.paidWithPoints"]);
      expect(error.message).toContain("101");
    }
    expect(
      pointsOf(programOf([base], { earnOn: "netOfRedemption" }), orderOf([100], { paidWithPoints: 100 })),
    ).toBe(0);
  });
  test("amounts that leave the safe integers together", () => {
    const error = refusalOf(() => earn(program, orderOf([Number.MAX_SAFE_INTEGER, 1])));
    expect([error.code, error.path]).toEqual(["UNSAFE_INTEGER", "order.lines"]);
  });
  test("nothing is changed", () => {
    const order = orderOf([100, 200], { segmentIds: ["a"], paidWithPoints: 50 });
    const before = structuredClone(order);
    earn(programOf([base], { earnOn: "netOfRedemption" }), order);
    expect(order).toEqual(before);
  });
});
