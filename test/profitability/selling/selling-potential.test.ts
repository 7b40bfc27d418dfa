import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rows, table } from "../../../src/core/table.js";
import { associationRules } from "../../../src/profitability/selling/association-rules.js";
import { crossSellCandidates } from "../../../src/profitability/selling/cross-sell-candidates.js";
import { sellingPotential } from "../../../src/profitability/selling/selling-potential.js";
import { switchSellCandidates } from "../../../src/profitability/selling/switch-sell-candidates.js";
import { upSellCandidates } from "../../../src/profitability/selling/up-sell-candidates.js";
import { thrown } from "../../core/thrown.js";

describe("sellingPotential", () => {
  it("adds up by customer and by product, the greatest first", () => {
    const result = sellingPotential([
      { customerId: "ani", productId: "tea", expectedMargin: 100 },
      { customerId: "budi", productId: "tea", expectedMargin: 150 },
      { customerId: "ani", productId: "cup", expectedMargin: 50 },
      { customerId: "citra", productId: "rice", expectedMargin: null },
    ]);
    expect([result.expectedMargin, result.candidates, result.unvalued]).toEqual([300, 3, 1]);
    expect(rows(result.byCustomer)).toEqual([
      { customerId: "ani", products: 2, expectedMargin: 150 },
      { customerId: "budi", products: 1, expectedMargin: 150 },
    ]);
    expect(rows(result.byProduct)).toEqual([
      { productId: "tea", customers: 2, expectedMargin: 250 },
      { productId: "cup", customers: 1, expectedMargin: 50 },
    ]);
  });

  it("takes the candidates of cross-selling as they are", () => {
    const rules = associationRules([["tea", "cup"], ["tea"], ["rice"]], { minimumCount: 1 });
    const held = [{ customerId: "ani", productId: "tea" }];
    const { candidates } = crossSellCandidates(held, rules, { margin: () => 300 });
    // Half of those with tea have a cup.
    expect(sellingPotential(candidates).expectedMargin).toBe(150);
    expect(sellingPotential(crossSellCandidates(held, rules).candidates)).toMatchObject({
      expectedMargin: 0,
      candidates: 0,
      unvalued: 1,
    });
  });

  it("takes all kinds of selling together: what takes a place is no addition", () => {
    const found = associationRules([["s", "m", "cup"], ["s", "m"], ["rice"]], { minimumCount: 1 });
    const held = [{ customerId: "ani", productId: "s" }];
    const margin = (id: string) => (id === "s" ? 50 : 100);
    const cross = crossSellCandidates(held, found, { margin }).candidates;
    const up = upSellCandidates(held, [{ family: "f", rungs: ["s", "m"] }], { margin, probability: 0.5 });
    const change = switchSellCandidates(held, [{ from: "s", to: "ours" }], { margin, probability: 0.2 });
    const all = [...rows(cross), ...rows(up.candidates), ...rows(change.candidates)];
    // cup 1/2 of 100; m 1/2 of the difference 50, not 1 of 100; ours 1/5 of 50 in the same place is less.
    const result = sellingPotential(all);
    expect([result.expectedMargin, result.candidates, result.alternatives]).toEqual([75, 2, 2]);
    expect(rows(result.byProduct).map((row) => [row.productId, row.expectedMargin])).toEqual([
      ["cup", 50],
      ["m", 25],
    ]);
    expect(sellingPotential([...all].reverse())).toEqual(result);
  });

  it("one product in two places counts once, customer by customer", () => {
    const row = (customerId: string, replaces: string | null, expectedMargin: number | null) => ({
      customerId,
      productId: "best",
      replaces,
      expectedMargin,
    });
    const given = [row("ani", "a", 10), row("ani", "b", 30), row("budi", null, 5), row("citra", "a", null)];
    const result = sellingPotential(given);
    expect([result.expectedMargin, result.candidates, result.unvalued, result.alternatives]).toEqual([
      35, 2, 1, 1,
    ]);
    const twice = thrown(() => sellingPotential([...given, row("ani", "a", 7)]));
    expect([twice.code, twice.path]).toEqual(["INVALID_ROWS", "candidates[4].productId"]);
    const bad = thrown(() => sellingPotential([{ ...row("ani", "a", 1), replaces: "" }]));
    expect(bad.path).toBe("candidates[0].replaces");
  });

  it("takes values in a typed array", () => {
    const columns = { customerId: ["ani", "budi"], productId: ["tea", "tea"] };
    const typed = sellingPotential({
      length: 2,
      columns: { ...columns, expectedMargin: Float64Array.of(100, 50) },
    });
    expect(typed).toEqual(sellingPotential(table({ ...columns, expectedMargin: [100, 50] })));
    expect(typed.expectedMargin).toBe(150);
    const short = { length: 2, columns: { ...columns, expectedMargin: Float64Array.of(1) } };
    expect(thrown(() => sellingPotential(short)).path).toBe("candidates.columns.expectedMargin");
  });

  it("both ways of adding give the whole, whatever the order", () => {
    const pair = fc.tuple(
      fc.constantFrom("a", "b", "c"),
      fc.constantFrom("x", "y", "z"),
      fc.integer({ min: -50, max: 500 }),
    );
    fc.assert(
      fc.property(fc.uniqueArray(pair, { selector: ([c, p]) => c + p, maxLength: 9 }), (pairs) => {
        const candidates = pairs.map(([customerId, productId, expectedMargin]) => ({
          customerId,
          productId,
          expectedMargin,
        }));
        const result = sellingPotential(candidates);
        // Whole numbers: exact.
        const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
        expect(sum(result.byCustomer.columns.expectedMargin)).toBe(result.expectedMargin);
        expect(sum(result.byProduct.columns.expectedMargin)).toBe(result.expectedMargin);
        expect(sellingPotential([...candidates].reverse())).toEqual(result);
      }),
    );
  });

  it("names bad input", () => {
    const call = (candidates: unknown) => thrown(() => sellingPotential(candidates as never));
    const row = { customerId: "ani", productId: "tea", expectedMargin: 5 };
    const twice = call([row, { ...row, productId: "cup" }, row]);
    expect([twice.code, twice.path]).toEqual(["INVALID_ROWS", "candidates[2].productId"]);
    const error = call([
      { ...row, expectedMargin: "5" },
      { customerId: "", productId: null, expectedMargin: 1 },
    ]);
    expect(error.problems?.map(({ row: place, field }) => [place, field])).toEqual([
      [0, "expectedMargin"],
      [1, "customerId"],
      [1, "productId"],
    ]);
    expect(call([{ customerId: "ani", productId: "tea" }]).path).toBe("candidates[0].expectedMargin");
    expect(call(table({ customerId: ["ani"], productId: ["tea"] })).code).toBe("UNKNOWN_COLUMN");
    expect(call(null).path).toBe("candidates");
    // Beyond the doubles for ani and for tea alone, though not in the order of the rows.
    for (const rows of [
      [row, row].map((one, i) => ({ ...one, productId: `p${i}`, expectedMargin: 1e308 })),
      [
        { customerId: "ani", productId: "tea", expectedMargin: 1e308 },
        { customerId: "budi", productId: "cup", expectedMargin: -1e308 },
        { customerId: "ani", productId: "milk", expectedMargin: 1e308 },
      ],
      [
        { customerId: "ani", productId: "tea", expectedMargin: 1e308 },
        { customerId: "budi", productId: "cup", expectedMargin: -1e308 },
        { customerId: "citra", productId: "tea", expectedMargin: 1e308 },
      ],
    ]) {
      const far = call(rows);
      expect([far.code, far.path]).toEqual(["INVALID_ARGUMENT", "candidates"]);
      expect(far.message).toContain("beyond the range of numbers");
    }
  });

  it("finds a product that comes twice, whatever stands between", () => {
    const one = { customerId: "citra", productId: "tea", expectedMargin: 1 };
    const other = { customerId: "ani", productId: "tea", expectedMargin: 1 };
    const error = thrown(() => sellingPotential([one, other, { ...other, productId: "cup" }, one, other]));
    expect(error.problems?.map(({ row, reason }) => [row, reason])).toEqual([
      [3, 'comes a second time for customer "citra"'],
      [4, 'comes a second time for customer "ani"'],
    ]);
    const adjoining = thrown(() => sellingPotential([other, { ...other, productId: "cup" }, other, one]));
    expect(adjoining.problems?.map(({ row }) => row)).toEqual([2]);
  });
});
