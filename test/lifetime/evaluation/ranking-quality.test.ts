import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rankingQuality } from "../../../src/lifetime/evaluation/ranking-quality.js";
import { thrown } from "../thrown.js";

const customers = fc.array(
  fc.record({
    predicted: fc.integer({ min: 0, max: 6 }),
    actual: fc.integer({ min: 0, max: 50 }),
    weight: fc.integer({ min: 1, max: 4 }),
  }),
  { minLength: 1, maxLength: 30 },
);
type Customer = { readonly predicted: number; readonly actual: number; readonly weight: number };
const ranked = (list: readonly Customer[], groups = 4) =>
  rankingQuality(
    list.map(({ predicted }) => predicted),
    list.map(({ actual }) => actual),
    { groups, weight: list.map(({ weight }) => weight) },
  );
const close = (got: number | null, want: number | null) =>
  got === want || Math.abs((got ?? Number.NaN) - (want ?? Number.NaN)) < 1e-12;

/** Of customers by rank from the top, ties at their mean rank: sum of a (n + 1 - 2 rank) / (n total), no areas. */
function giniByRanks(list: readonly Customer[]): number {
  const each = list.flatMap((one) => Array.from({ length: one.weight }, () => one));
  const total = each.reduce((sum, { actual }) => sum + actual, 0);
  return each.reduce((sum, { predicted, actual }) => {
    const above = each.filter((other) => other.predicted > predicted).length;
    const equal = each.filter((other) => other.predicted === predicted).length;
    const rank = above + (equal + 1) / 2;
    return sum + (actual * (each.length + 1 - 2 * rank)) / (each.length * total);
  }, 0);
}

describe("rankingQuality", () => {
  test("by hand: four customers of one group each", () => {
    const { byGroup, gini, perfectGini, normalizedGini, reason } = rankingQuality(
      [9, 7, 5, 1],
      [6, 1, 3, 0],
      { groups: 4 },
    );
    expect(byGroup.columns).toEqual({
      group: [1, 2, 3, 4],
      customers: [1, 1, 1, 1],
      expected: [9, 7, 5, 1],
      actual: [6, 1, 3, 0],
      lift: [2.4, expect.closeTo(0.4, 12), expect.closeTo(1.2, 12), 0],
      cumulativeLift: [2.4, expect.closeTo(1.4, 12), expect.closeTo(4 / 3, 12), 1],
    });
    // Areas: 6 + 13 + 17 + 20 = 56, over 4 x 10, less 1; in the perfect order 6 + 15 + 19 + 20 = 60.
    expect([gini, perfectGini, normalizedGini]).toEqual([
      expect.closeTo(0.4, 12),
      expect.closeTo(0.5, 12),
      expect.closeTo(0.8, 12),
    ]);
    expect(reason).toBeNull();
  });

  test("one prediction for all is an order at random: lift 1 everywhere, Gini 0", () => {
    const { byGroup, gini } = rankingQuality(new Float64Array(7).fill(3), [9, 0, 0, 1, 2, 0, 5]);
    for (const lift of byGroup.columns.lift) expect(lift).toBeCloseTo(1, 12);
    expect(gini).toBeCloseTo(0, 12);
  });

  test("the Gini coefficient is that of ranks, and the perfect order's is 1 of itself", () => {
    fc.assert(
      fc.property(customers, (list) => {
        const { gini, normalizedGini, perfectGini } = ranked(list);
        const total = list.reduce((sum, { actual }) => sum + actual, 0);
        if (total === 0) return gini === null && perfectGini === null && normalizedGini === null;
        const perfect = ranked(list.map((one) => ({ ...one, predicted: one.actual })));
        return (
          close(gini, giniByRanks(list)) &&
          close(perfect.gini, perfectGini) &&
          (normalizedGini === null || Math.abs(normalizedGini) <= 1 + 1e-12)
        );
      }),
    );
  });

  test("weights are customers written out, and the order of the input does not matter", () => {
    fc.assert(
      fc.property(customers, (list) => {
        const out = list.flatMap((one) => Array.from({ length: one.weight }, () => ({ ...one, weight: 1 })));
        const [a, b, c] = [ranked(list), ranked(out), ranked([...list].reverse())];
        const same = (other: typeof a) =>
          close(a.gini, other.gini) &&
          a.byGroup.columns.actual.every((sum, i) => Math.abs(sum - other.byGroup.columns.actual[i]) < 1e-9);
        return same(b) && same(c);
      }),
    );
  });

  test("groups hold all that came, and all that was expected", () => {
    fc.assert(
      fc.property(customers, fc.integer({ min: 2, max: 12 }), (list, groups) => {
        const { actual, expected } = ranked(list, groups).byGroup.columns;
        const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
        const want = (name: "actual" | "predicted") => sum(list.map((one) => one.weight * one[name]));
        return (
          Math.abs(sum(actual) - want("actual")) < 1e-9 && Math.abs(sum(expected) - want("predicted")) < 1e-9
        );
      }),
    );
  });

  test("says why there is no Gini coefficient", () => {
    expect(rankingQuality([], [])).toMatchObject({ gini: null, reason: "there are no customers" });
    expect(rankingQuality([1, 2], [0, 0]).reason).toBe("actual values add up to 0");
    expect(rankingQuality([1, 2], [3, 3])).toMatchObject({ gini: 0, normalizedGini: null });
    expect(rankingQuality([1, 2], [3, 3]).reason).toContain("all customers turned out equal");
  });

  test.each([
    [() => rankingQuality([1], [1, 2]), "actual", "2 values for 1"],
    [() => rankingQuality([1, Number.NaN], [1, 2]), "predicted[1]", "NaN"],
    [() => rankingQuality([1], [1], { groups: 1 }), "options.groups", "is 1"],
    [() => rankingQuality([1], [1], { weight: [0] }), "options.weight[0]", "is 0"],
  ])("refuses %s", (call, path, words) => {
    const error = thrown(call);
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", path]);
    expect(error.message).toContain(words);
  });

  test("sums beyond the range of numbers are refused; sums that cancel out have no shares", () => {
    for (const [predicted, actual] of [
      [
        [3, 2, 1],
        [1e308, 1e308, 1e308],
      ],
      [
        [1e308, 1e308, 1e308],
        [3, 2, 1],
      ],
      [
        [3, 2, 1],
        [1e308, 1e308, -1e308],
      ],
    ]) {
      expect(thrown(() => rankingQuality(predicted, actual)).code).toBe("INVALID_ARGUMENT");
    }
    const { gini, byGroup, reason } = rankingQuality([3, 2, 1], [1e200, -1e200, 1e-200], { groups: 3 });
    expect([gini, byGroup.columns.lift[0]]).toEqual([null, null]);
    expect(reason).toContain("1e-200");
  });
});
