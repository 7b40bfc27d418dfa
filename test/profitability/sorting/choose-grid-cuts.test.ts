import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chooseGridCuts } from "../../../src/profitability/sorting/choose-grid-cuts.js";
import { placeOnGrid } from "../../../src/segmentation/place-on-grid.js";
import { loyaltyProfitGrid } from "../../../src/segmentation/portfolio-grids.js";
import { thrown } from "../../core/thrown.js";

const customers = (...scores: (readonly [number | null, number | null])[]) =>
  scores.map(([duration, profit], i) => ({ customerId: `c${i}`, scores: { duration, profit } }));

describe("chooseGridCuts", () => {
  const four = customers([10, 100], [20, 200], [30, 300], [40, 1400], [null, -5]);

  it("median, mean, quantile and a number, each with what it parts", () => {
    expect(chooseGridCuts(four, { duration: "median", profit: "mean" }).choices).toEqual([
      { axis: "duration", rule: "median", cut: 25, low: 2, high: 2, unknown: 1 },
      { axis: "profit", rule: "mean", cut: 1995 / 5, low: 4, high: 1, unknown: 0 },
    ]);
    // Quantile 0.75 of -5, 100, 200, 300, 1400: the fourth of five.
    expect(chooseGridCuts(four, { duration: 30, profit: { quantile: 0.75 } })).toEqual({
      cuts: { duration: 30, profit: 300 },
      choices: [
        { axis: "duration", rule: "fixed", cut: 30, low: 2, high: 2, unknown: 1 },
        { axis: "profit", rule: "quantile 0.75", cut: 300, low: 3, high: 2, unknown: 0 },
      ],
    });
  });

  it("says when a median parts nothing: most scores are equal", () => {
    const [{ low, high }] = chooseGridCuts(customers([1, 0], [1, 0], [1, 0], [9, 0]), {
      duration: "median",
    }).choices;
    expect([low, high]).toEqual([0, 4]);
  });

  it("counts those whom the grid then places on either side", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: -9, max: 9 })), { minLength: 1 }),
        fc.constantFrom("median" as const, "mean" as const, 3),
        (scores, rule) => {
          const list = customers(...scores);
          const { cuts, choices } = chooseGridCuts(list, { duration: rule, profit: 0 });
          const { places } = placeOnGrid(loyaltyProfitGrid(cuts), list);
          const high = (axis: "duration" | "profit", label: string) =>
            places.reduce((sum, place) => sum + (place.labels[axis] === label ? place.customers : 0), 0);
          expect(choices.map((choice) => choice.high)).toEqual([
            high("duration", "long"),
            high("profit", "high"),
          ]);
          expect(chooseGridCuts([...list].reverse(), { duration: rule, profit: 0 }).cuts).toEqual(cuts);
        },
      ),
    );
  });

  it("a table with a column for each axis says the same as rows", () => {
    const columns = {
      customerId: four.map(({ customerId }) => customerId),
      duration: four.map(({ scores }) => scores.duration),
      profit: Float64Array.from(four, ({ scores }) => Number(scores.profit)),
    };
    const rules = { duration: "median", profit: "mean" } as const;
    const length = four.length;
    expect(chooseGridCuts({ length, columns }, rules)).toEqual(chooseGridCuts(four, rules));
    const { profit: _, ...without } = columns;
    expect(thrown(() => chooseGridCuts({ length, columns: without as never }, rules))).toMatchObject({
      code: "UNKNOWN_COLUMN",
      path: "customers.columns.profit",
    });
    const duration = [10, 20, Number.NaN, 40, null];
    const error = thrown(() => chooseGridCuts({ length, columns: { ...columns, duration } }, rules));
    expect([error.code, error.path]).toEqual(["INVALID_ROWS", "customers[2].duration"]);
    expect(error.message).toMatch(/row 3, duration: NaN is neither a finite number nor null/);
  });

  it("bad input", () => {
    expect(thrown(() => chooseGridCuts(four, { duration: "mode" as never }))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "rules.duration",
      message: 'rules.duration is "mode": pass "median", "mean", { quantile: 0.8 } or a number',
    });
    expect(thrown(() => chooseGridCuts(four, { duration: { quantile: 1 } })).path).toBe(
      "rules.duration.quantile",
    );
    expect(thrown(() => chooseGridCuts(customers([null, 1]), { duration: "mean" })).path).toBe(
      "rules.duration",
    );
    expect(chooseGridCuts(customers([null, 1]), { duration: 5 }).choices[0].unknown).toBe(1);
    expect(thrown(() => chooseGridCuts(four, {})).path).toBe("rules");
    const gap = [{ customerId: "a", scores: {} as { duration: number } }];
    expect(thrown(() => chooseGridCuts(gap, { duration: 1 }))).toMatchObject({
      code: "INVALID_ROWS",
      path: "customers[0].scores.duration",
    });
  });
});
