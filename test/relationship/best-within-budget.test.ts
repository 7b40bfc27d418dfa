import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Affordable, bestWithinBudget } from "../../src/relationship/best-within-budget.js";

const anyOptions = fc.array(
  fc.record({
    cost: fc.integer({ min: 0, max: 12 }),
    // Whole numbers: sums are exact, so results can be compared without a tolerance.
    effect: fc.integer({ min: 0, max: 12 }),
    group: fc.constantFrom(undefined, "a", "b"),
  }),
  { maxLength: 9 },
) as fc.Arbitrary<Affordable[]>;
const budgets = fc.integer({ min: 0, max: 40 });

/** Every combination in turn. */
function bestOfAll(options: readonly Affordable[], budget: number): number {
  let best = 0;
  for (let mask = 0; mask < 2 ** options.length; mask++) {
    const taken = options.filter((_, i) => (mask >> i) & 1);
    const groups = taken.flatMap(({ group }) => (group === undefined ? [] : [group]));
    const cost = taken.reduce((sum, option) => sum + option.cost, 0);
    if (cost > budget || new Set(groups).size < groups.length) continue;
    best = Math.max(
      best,
      taken.reduce((sum, option) => sum + option.effect, 0),
    );
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
          expect(found.effect).toBeLessThanOrEqual(best);
          // 1e-9: the bound divides once.
          expect(found.upperBound).toBeGreaterThanOrEqual(best - 1e-9);
          if (method === "exact") expect(found.effect).toBe(best);
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
