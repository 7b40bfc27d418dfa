import { describe, expect, test } from "vitest";
import type { EarnCap, EarnRule } from "../../../src/loyalty/program/earn-rule.js";
import { base, earn, orderOf, pointsOf, programOf } from "../earning/earning-setup.js";

// What a rule gives before levels and multipliers: lines that are taken already, and caps that are met with fractions.

const double: EarnRule = { id: "double", award: { per: "multiplier", factor: 2 } };
const capOf = (points: number): EarnCap => ({ points, per: "order", binds: "beforeMultiplier" });

describe("an exclusive rule", () => {
  const wine: EarnRule = { ...base, id: "wine", when: { products: ["wine"] }, stacking: "exclusive" };
  const visit: EarnRule = { id: "visit", award: { per: "visit", points: 7 } };
  const of = (...products: readonly string[]) =>
    orderOf(products.map((productId) => ({ productId, amount: 500 })));
  test("that took all lines of an order leaves nothing of it to a visit of its group", () => {
    expect(pointsOf(programOf([wine, visit]), of("wine"))).toBe(5);
    expect(pointsOf(programOf([wine, visit]), of("wine", "wine"))).toBe(10);
  });
  test("leaves the visit to it where a line is left, and always to one of another group", () => {
    expect(pointsOf(programOf([wine, visit]), of("wine", "bread"))).toBe(12);
    expect(pointsOf(programOf([wine, { ...visit, group: "visits" }]), of("wine"))).toBe(12);
  });
  test("leaves a rule of its group the lines that it asks for and that are not taken, and no others", () => {
    const bread: EarnRule = { ...base, id: "bread", when: { products: ["bread"] } };
    // Five for the wine; of the rest, the bread alone.
    expect(pointsOf(programOf([wine, bread]), of("wine", "bread", "milk"))).toBe(10);
    expect(pointsOf(programOf([wine, bread]), of("bread", "milk", "bread", "wine", "bread"))).toBe(20);
  });
  test("leaves a rule that asks for none every other line, however many", () => {
    expect(pointsOf(programOf([wine, base]), of("wine", "a", "b", "c", "d", "e"))).toBe(30);
  });
});

test("a minimum counts every line where none is asked for", () => {
  const many: EarnRule = { ...base, when: { minimumAmount: 600, minimumQuantity: 6 } };
  expect([5, 6].map((lines) => pointsOf(programOf([many]), orderOf(Array(lines).fill(100))))).toEqual([0, 6]);
});

describe("a cap", () => {
  test("over an order counts its points together, though no line makes a whole one", () => {
    const half: EarnRule = { id: "half", award: { per: "amount", points: 1, amount: 200, partial: true } };
    const order = orderOf([100, 100, 100, 100]);
    const points = [1, 2, 3].map((cap) => pointsOf(programOf([{ ...half, caps: [capOf(cap)] }]), order));
    expect(points).toEqual([1, 2, 2]);
  });
  test("that the rounded points of a line meet cuts nothing: 1.5 are 2, and doubled 3", () => {
    const part: EarnRule = { id: "part", award: { per: "amount", points: 1, amount: 100, partial: true } };
    const of = (cap: number) =>
      programOf([{ ...part, caps: [capOf(cap)] }, double], { roundingPer: "line", rounding: "halfUp" });
    // A cap of 1 leaves one whole point to be doubled.
    expect([1, 2, 3].map((cap) => pointsOf(of(cap), orderOf([150])))).toEqual([2, 3, 3]);
  });
  test("of a multiplier that is met cuts nothing: 1.5 and 1.5 more, doubled again", () => {
    const part: EarnRule = { id: "part", award: { per: "amount", points: 1, amount: 100, partial: true } };
    const of = (cap: number) =>
      programOf([part, { ...double, caps: [capOf(cap)] }, { ...double, id: "again", priority: 1 }]);
    expect([2, 3].map((cap) => pointsOf(of(cap), orderOf([150])))).toEqual([6, 6]);
  });
  test("counts nothing where points are rounded to none", () => {
    const part: EarnRule = { id: "part", award: { per: "amount", points: 1, amount: 100, partial: true } };
    const caps = (["beforeMultiplier", "afterMultiplier"] as const).map(
      (binds) => ({ points: 9, per: "month", binds }) as const,
    );
    const program = programOf([{ ...part, caps }]);
    expect(earn(program, orderOf([40])).counted).toEqual([]);
    expect(earn(program, orderOf([140])).counted.map(({ points }) => points)).toEqual([1, 1]);
  });
});
