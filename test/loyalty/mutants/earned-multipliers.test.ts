import { describe, expect, test } from "vitest";
import type { EarnRule } from "../../../src/loyalty/program/earn-rule.js";
import { base, earn, orderOf, pointsOf, programOf } from "../earning/earning-setup.js";

// Which multiplier is the best, what it acts on, and how caps and exclusive rules bind, over many lines too.

const times = (id: string, factor: number, more: Partial<EarnRule> = {}): EarnRule => ({
  id,
  award: { per: "multiplier", factor },
  ...more,
});
const best = (id: string, factor: number, more: Partial<EarnRule> = {}) =>
  times(id, factor, { stacking: "best", ...more });
const wine = { when: { categories: ["wine"] } };
const bread = { when: { categories: ["bread"] } };
/** A point for each euro of wine and of bread. */
const shelf = (wineAmount: number, breadAmount: number) =>
  orderOf([
    { amount: wineAmount, category: "wine" },
    { amount: breadAmount, category: "bread" },
  ]);
/** Three lines of bread, then one of wine. */
const four = orderOf([
  { amount: 1000, category: "bread" },
  { amount: 1000, category: "bread" },
  { amount: 1000, category: "bread" },
  { amount: 1000, category: "wine" },
]);

describe("the best multiplier", () => {
  test("is the one that adds most on its own lines", () => {
    // Three times one point is 2 more, one and a half times eleven 5 more.
    const rules = (factor: number) => programOf([base, best("wine", factor, wine), best("all", 1.5)]);
    expect(pointsOf(rules(3), shelf(100, 1000))).toBe(16);
    // Twenty times one point is 19 more.
    expect(pointsOf(rules(20), shelf(100, 1000))).toBe(30);
  });
  test("is looked for in all lines, however many", () => {
    const rules = [{ ...base, ...wine }, best("all", 3), best("wine", 2, wine)];
    expect(pointsOf(programOf(rules), four)).toBe(30);
  });
  test("is found by what it adds to rules of its priority and below", () => {
    const bonus: EarnRule = { id: "bonus", award: { per: "order", points: 100 }, priority: 5 };
    // Three times the 10 is 20 more; twice the 10 and the 100 is 110 more.
    const high = programOf([base, bonus, best("low", 3), best("high", 2, { priority: 5 })]);
    expect(pointsOf(high, orderOf([1000]))).toBe(220);
    // Five times the 10 is 40 more; a tenth of 110 is 11.
    const low = programOf([base, bonus, best("low", 5), best("high", 1.1, { priority: 5 })]);
    expect(pointsOf(low, orderOf([1000]))).toBe(150);
  });
  test("is found by what its cap leaves of it", () => {
    const caps = [{ points: 3, per: "order", binds: "beforeMultiplier" }] as const;
    expect(pointsOf(programOf([base, best("five", 5, { caps }), best("two", 2)]), orderOf([1000]))).toBe(20);
  });
  test("is not one that has nothing to act on, though the other takes away", () => {
    const rules = [{ ...base, ...bread }, best("wine", 2, wine), best("half", 0.5)];
    expect(pointsOf(programOf(rules), shelf(1000, 1000))).toBe(5);
  });
});

test("a multiplier acts on the fourth line as on the first", () => {
  expect(pointsOf(programOf([{ ...base, ...wine }, times("double", 2)]), four)).toBe(20);
});

describe("the cap of a multiplier", () => {
  test("leaves the other lines as they are", () => {
    const caps = [{ points: 3, per: "order", binds: "beforeMultiplier" }] as const;
    const { lots, lines } = earn(programOf([base, times("wine", 2, { ...wine, caps })]), shelf(1000, 1000));
    expect(lots[0]?.points).toBe(23);
    expect(lines.map(({ points }) => points.points)).toEqual([13, 10]);
  });
  test("is dealt out over the rules on which it acts, and on none that it does not", () => {
    const caps = [{ points: 3, per: "order", binds: "beforeMultiplier" }] as const;
    const own: EarnRule = { ...base, id: "bread", ...bread };
    const { lots } = earn(
      programOf([{ ...base, ...wine }, own, times("wine", 2, { ...wine, caps })]),
      shelf(1000, 1000),
    );
    expect(lots[0]?.rules).toEqual([
      { ruleId: "base", points: 10 },
      { ruleId: "wine", points: 3 },
      { ruleId: "bread", points: 10 },
    ]);
  });
});

test("a cap cuts first what was added last, and of it only what is too much", () => {
  const caps = [{ points: 35, per: "order", binds: "afterMultiplier" }] as const;
  // 10, and 10 and 20 more.
  const { lots } = earn(
    programOf([{ ...base, caps }, times("double", 2), times("triple", 3)]),
    orderOf([1000]),
  );
  expect(lots[0]?.rules).toEqual([
    { ruleId: "base", points: 10 },
    { ruleId: "double", points: 10 },
    { ruleId: "triple", points: 15 },
  ]);
});

describe("exclusive rules", () => {
  const exclusive = (id: string, priority: number, more: Partial<EarnRule>): EarnRule => ({
    ...base,
    id,
    stacking: "exclusive",
    priority,
    ...more,
  });
  test("take all lines, the fourth too", () => {
    expect(pointsOf(programOf([exclusive("all", 1, {}), base]), four)).toBe(40);
  });
  test("one after the other leave less and less", () => {
    const rules = [exclusive("wine", 2, wine), exclusive("bread", 1, bread), base];
    const order = orderOf([{ amount: 1000, category: "wine" }, { amount: 2000, category: "bread" }, 4000]);
    expect(pointsOf(programOf(rules), order)).toBe(10 + 20 + 40);
  });
  test("of two groups do not see each other", () => {
    const rules = [exclusive("a", 2, { group: "a" }), exclusive("b", 1, { group: "b" })];
    expect(pointsOf(programOf(rules), orderOf([1000]))).toBe(20);
  });
  test("that come to nothing take nothing", () => {
    const part: EarnRule["award"] = { per: "amount", points: 1, amount: 100, partial: true };
    const rules = [
      exclusive("part", 1, { award: part }),
      { id: "order", award: { per: "order", points: 5 } } as const,
    ];
    expect(pointsOf(programOf(rules), orderOf([0]))).toBe(5);
  });
});

describe("rounding and caps line by line", () => {
  const perLine = { roundingPer: "line" } as const;
  const order: EarnRule = { id: "order", award: { per: "order", points: 25 } };
  test("points of an order are whole as they are", () => {
    expect(pointsOf(programOf([order], perLine), orderOf([100, 200, 300]))).toBe(25);
  });
  test("points of units are rounded for each line where they are multiplied", () => {
    const rules: EarnRule[] = [{ id: "unit", award: { per: "unit", points: 1 } }, times("m", 1.5)];
    expect(pointsOf(programOf(rules, perLine), orderOf([100, 100]))).toBe(2);
    expect(pointsOf(programOf(rules), orderOf([100, 100]))).toBe(3);
  });
  test("a cap that is not reached changes nothing; one that is leaves points that can be multiplied", () => {
    const capped = (points: number): EarnRule => ({
      ...base,
      caps: [{ points, per: "order", binds: "beforeMultiplier" }],
    });
    expect(pointsOf(programOf([capped(50)], perLine), orderOf([590, 690]))).toBe(11);
    expect(pointsOf(programOf([capped(7), times("double", 2)], perLine), orderOf([590, 590]))).toBe(14);
  });
  test("a cap over the order counts fractions, before they are rounded", () => {
    const rule: EarnRule = {
      id: "part",
      award: { per: "amount", points: 1, amount: 100, partial: true },
      caps: [{ points: 2, per: "order", binds: "beforeMultiplier" }],
    };
    expect(pointsOf(programOf([rule]), orderOf([150, 150]))).toBe(2);
  });
  test("points of an order fall to its lines by their money", () => {
    const ten: EarnRule = { id: "ten", award: { per: "order", points: 10 } };
    const { lines } = earn(programOf([ten]), orderOf([900, 100]));
    expect(lines.map(({ points }) => points.points)).toEqual([9, 1]);
  });
});
