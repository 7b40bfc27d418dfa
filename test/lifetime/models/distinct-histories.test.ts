import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { distinctHistories, everyNth } from "../../../src/lifetime/models/distinct-histories.js";
import { type PurchaseHistory, readHistories } from "../../../src/lifetime/models/purchase-histories.js";

const history = fc
  .tuple(fc.nat(3), fc.nat(40), fc.nat(40), fc.constantFrom(1, 7, 0.1, 365.25))
  .map(([x, first, second, days]): PurchaseHistory => {
    const [tx, T] = [Math.min(first, second), Math.max(first, second)].map((day) => day / days);
    return x === 0 || tx === 0 ? { x: 0, tx: 0, T } : { x, tx, T };
  });

const keyOf = ({ x, tx, T }: PurchaseHistory) => `${x} ${tx} ${T}`;

function distinctOf(rows: readonly PurchaseHistory[], covariates: readonly string[] = []) {
  return distinctHistories(readHistories(rows, { unit: "day" }), covariates);
}

describe("distinctHistories", () => {
  test("counts as a map of strings does, in the order of first sight", () => {
    fc.assert(
      fc.property(fc.array(history, { maxLength: 300 }), (rows) => {
        const expected = new Map<string, number>();
        for (const row of rows) expected.set(keyOf(row), (expected.get(keyOf(row)) ?? 0) + 1);
        const { x, tx, T, weight, length, customers } = distinctOf(rows);
        const got = Array.from({ length }, (_, i) => [keyOf({ x: x[i], tx: tx[i], T: T[i] }), weight[i]]);
        expect(got).toEqual([...expected]);
        expect(customers).toBe(rows.length);
      }),
    );
  });

  test("adds weights up", () => {
    const rows = [
      { x: 1, tx: 2, T: 3, weight: 2 },
      { x: 0, tx: 0, T: 3, weight: 4 },
      { x: 1, tx: 2, T: 3, weight: 0.5 },
    ];
    const { weight, customers } = distinctOf(rows);
    expect([...weight]).toEqual([2.5, 4]);
    expect(customers).toBe(6.5);
  });

  test("grows past its first size, where all differ and where few do", () => {
    const rows = Array.from({ length: 30_000 }, (_, i) => ({ x: 1, tx: 1 + i / 7, T: 5000 }));
    const all = distinctOf([...rows, ...rows]);
    expect(all.length).toBe(30_000);
    expect(all.weight.every((count) => count === 2)).toBe(true);
    expect(all.tx[29_999]).toBe(1 + 29_999 / 7);
  });

  test("does not round: a difference in the last bit is a difference", () => {
    const T = 0.1 + 0.2;
    expect(
      distinctOf([
        { x: 0, tx: 0, T },
        { x: 0, tx: 0, T: 0.3 },
        { x: 0, tx: -0, T },
      ]).length,
    ).toBe(2);
  });

  test("tells apart by the covariates that are asked for, and by no others", () => {
    const rows = [
      { x: 0, tx: 0, T: 3, covariates: { paid: 1, age: 30 } },
      { x: 0, tx: 0, T: 3, covariates: { paid: 1, age: 40 } },
      { x: 0, tx: 0, T: 3, covariates: { paid: 0, age: 40 } },
    ];
    expect(distinctOf(rows).length).toBe(1);
    const { weight, covariates } = distinctOf(rows, ["paid"]);
    expect([...weight]).toEqual([2, 1]);
    expect(covariates.map((column) => [...column])).toEqual([[1, 0]]);
  });

  test("nobody", () => {
    const none = distinctOf([]);
    expect([none.length, none.customers]).toEqual([0, 0]);
  });
});

test("everyNth takes histories with their weights", () => {
  const rows = Array.from({ length: 11 }, (_, i) => ({ x: 0, tx: 0, T: i, weight: i + 1 }));
  const sample = everyNth(distinctOf(rows), 5);
  expect([[...sample.T], [...sample.weight], sample.customers]).toEqual([[0, 5], [1, 6], 7]);
});
