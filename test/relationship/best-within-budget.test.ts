import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Affordable, bestWithinBudget } from "../../src/relationship/best-within-budget.js";

const anyOptions = fc.array(
  fc.record({
    cost: fc.integer({ min: 0, max: 12 }),
    // Whole numbers: sums are exact, so results can be compared without a tolerance.
    effect: fc.integer({ min: 0, max: 12 }),
    sideEffect: fc.integer({ min: 0, max: 3 }),
    group: fc.constantFrom(undefined, "a", "b"),
  }),
  { maxLength: 9 },
) as fc.Arbitrary<Affordable[]>;
const budgets = fc.integer({ min: 0, max: 40 });

/** Every combination in turn: the most effect, of those the most side effect, and the least cost that brings both. */
function bestOfAll(options: readonly Affordable[], budget: number) {
  let best = { effect: 0, sideEffect: 0, cost: 0 };
  for (let mask = 0; mask < 2 ** options.length; mask++) {
    const taken = options.filter((_, i) => (mask >> i) & 1);
    const groups = taken.flatMap(({ group }) => (group === undefined ? [] : [group]));
    const cost = taken.reduce((sum, option) => sum + option.cost, 0);
    if (cost > budget || new Set(groups).size < groups.length) continue;
    const effect = taken.reduce((sum, option) => sum + option.effect, 0);
    const sideEffect = taken.reduce((sum, option) => sum + (option.sideEffect ?? 0), 0);
    const found = { effect, sideEffect, cost };
    const isBetter = effect - best.effect || sideEffect - best.sideEffect || best.cost - cost;
    if (isBetter > 0) best = found;
  }
  return best;
}

describe("bestWithinBudget", () => {
  test("exact is the best of all combinations; greedy is allowed, never better, and its bound holds", () => {
    fc.assert(
      fc.property(anyOptions, budgets, (options, budget) => {
        const best = bestOfAll(options, budget);
        for (const method of ["exact", "greedy"] as const) {
          const found = bestWithinBudget(options, { budget, method }, "options");
          const taken = found.chosen.map((i) => options[i]);
          const groups = taken.flatMap(({ group }) => (group === undefined ? [] : [group]));
          expect(new Set(groups).size).toBe(groups.length);
          expect(found.cost).toBeLessThanOrEqual(budget);
          expect(found.effect).toBeLessThanOrEqual(best.effect);
          // 1e-9: the bound divides once.
          expect(found.upperBound).toBeGreaterThanOrEqual(best.effect - 1e-9);
          const sideEffect = taken.reduce((sum, option) => sum + (option.sideEffect ?? 0), 0);
          if (method === "exact")
            expect({ effect: found.effect, sideEffect, cost: found.cost }).toEqual(best);
        }
      }),
      { numRuns: 400 },
    );
  });

  test("the classic trap: by effect per cost the small one crowds out the large one", () => {
    const options = [
      { cost: 1, effect: 2 },
      { cost: 10, effect: 10 },
    ];
    expect(bestWithinBudget(options, { budget: 10, method: "greedy" }, "options").chosen).toEqual([0]);
    expect(bestWithinBudget(options, { budget: 10 }, "options").chosen).toEqual([1]);
  });

  test("effects of which floating-point sums differ in the last digit are the same", () => {
    // 0.1 + 0.2 is not 0.3: the one that also has a side effect is better, whichever comes first.
    const options = [
      { cost: 5, effect: 0.1 },
      { cost: 5, effect: 0.2 },
      { cost: 10, effect: 0.3, sideEffect: 1 },
    ];
    expect(bestWithinBudget(options, { budget: 10 }, "options").chosen).toEqual([2]);
    expect(bestWithinBudget([...options].reverse(), { budget: 10 }, "options").chosen).toEqual([0]);
  });

  test("and so are side effects: the cheaper is better", () => {
    const options = [
      { cost: 2, effect: 0, sideEffect: 0.1 },
      { cost: 2, effect: 0, sideEffect: 0.2 },
      { cost: 3, effect: 0, sideEffect: 0.3 },
    ];
    const { chosen, cost } = bestWithinBudget(options, { budget: 4 }, "options");
    expect([chosen, cost]).toEqual([[2], 3]);
  });

  test("greedy: of the same effect per cost the one with more side effect comes first, side effects alone last", () => {
    const options = [
      { cost: 1, effect: 0, sideEffect: 9 },
      { cost: 2, effect: 2 },
      { cost: 2, effect: 2, sideEffect: 1 },
      { cost: 1, effect: 0 },
    ];
    const found = bestWithinBudget(options, { budget: 9, method: "greedy" }, "options");
    expect([found.order, found.chosen]).toEqual([
      [2, 1, 0, 3],
      [2, 1, 0],
    ]);
  });

  test("20 options of which no two combinations cost the same", () => {
    const options = Array.from({ length: 20 }, (_, i) => ({ cost: 2 ** i, effect: 2 ** i }));
    // Every budget is a sum of powers of 2: its binary digits are the plan.
    const found = bestWithinBudget(options, { budget: 0b1010_0110_0000_1111_0101 }, "options");
    expect([...found.chosen].sort((a, b) => a - b)).toEqual([0, 2, 4, 5, 6, 7, 13, 14, 17, 19]);
  });

  test("beyond 20 it is greedy, and exact is refused", () => {
    const options = Array.from({ length: 21 }, () => ({ cost: 1, effect: 1 }));
    expect(bestWithinBudget(options, { budget: 5 }, "projects")).toMatchObject({
      method: "greedy",
      effect: 5,
      upperBound: 5,
    });
    expect(() => bestWithinBudget(options, { budget: 5, method: "exact" }, "projects")).toThrow(
      'options.method is "exact" with 21 projects',
    );
  });

  test.each([-1, 1.5, Number.NaN])("refuses a budget of %s", (budget) => {
    expect(() => bestWithinBudget([], { budget }, "options")).toThrow(`options.budget is ${budget}`);
  });
});
