import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { table } from "../../../src/core/table.js";
import { crossSellEffectiveness } from "../../../src/profitability/selling/cross-sell-effectiveness.js";
import { thrown } from "../../core/thrown.js";

const group = (productId: string, offered: boolean, customers: number, buyers: number) =>
  Array.from({ length: customers }, (_, i) => ({
    customerId: `${productId}-${offered}-${i}`,
    productId,
    offered,
    bought: i < buyers,
  }));

describe("crossSellEffectiveness", () => {
  it("a large trial: the z test", () => {
    // 530 of 10,000 against 460 of 10,000: z 2.281940846, p 0.022492833 (pooled), 70 sales more.
    const outcomes = [...group("card", true, 10_000, 530), ...group("card", false, 10_000, 460)];
    const { products, tests, incrementalSales, netGain } = crossSellEffectiveness(outcomes, {
      margin: new Map([["card", 2000]]),
      costPerOffer: 10,
    });
    const [card] = products;
    expect([card.method, tests]).toEqual(["zTest", 1]);
    expect(card.offered).toEqual({ successes: 530, trials: 10_000 });
    expect(card.test.z).toBeCloseTo(2.2819408457859804, 12);
    expect(card.pValue).toBeCloseTo(0.022492832909959626, 13);
    expect(card.correctedPValue).toBe(card.pValue);
    // Exactly: (530 x 10,000 - 460 x 10,000) / 10,000, and not 0.053 - 0.046 times 10,000.
    expect(card.incrementalSales).toBe(70);
    expect(card.incrementalMargin).toBe(140_000);
    expect(card.cost).toBe(100_000);
    expect(card.netGain).toBe(40_000);
    expect([incrementalSales, netGain]).toEqual([card.incrementalSales, card.netGain]);
  });

  it("a small trial: Fisher's exact test", () => {
    const [card] = crossSellEffectiveness([
      ...group("card", true, 100, 12),
      ...group("card", false, 100, 4),
    ]).products;
    expect(card.method).toBe("fisherExact");
    expect(card.pValue).toBeCloseTo(0.06519694306245735, 14);
    expect([card.incrementalMargin, card.netGain]).toEqual([null, null]);
  });

  it("products are tested apart and corrected together", () => {
    const outcomes = [
      ...group("tea", true, 100, 12),
      ...group("tea", false, 100, 4),
      ...group("cup", true, 50, 20),
      ...group("cup", false, 50, 20),
      ...group("rice", true, 10, 5),
    ];
    const { products, tests, incrementalSales } = crossSellEffectiveness(outcomes, { correction: "holm" });
    expect(products.map(({ productId }) => productId)).toEqual(["cup", "rice", "tea"]);
    expect(tests).toBe(2);
    expect(products[2].correctedPValue).toBeCloseTo(2 * 0.06519694306245735, 14);
    expect([products[0].pValue, products[0].correctedPValue, products[0].incrementalSales]).toEqual([
      1, 1, 0,
    ]);
    // No control group, no answer.
    expect(products[1]).toMatchObject({
      pValue: null,
      method: null,
      correctedPValue: null,
      incrementalSales: null,
      cost: 0,
    });
    expect(incrementalSales).toBeNull();
  });

  it("turned round, the difference is the opposite", () => {
    const count = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(count, count, fc.nat(12), fc.nat(12), (n1, n2, x1, x2) => {
        const [b1, b2] = [Math.min(n1, x1), Math.min(n2, x2)];
        const [one] = crossSellEffectiveness([
          ...group("a", true, n1, b1),
          ...group("a", false, n2, b2),
        ]).products;
        const [other] = crossSellEffectiveness([
          ...group("a", true, n2, b2),
          ...group("a", false, n1, b1),
        ]).products;
        expect(other.test.difference).toBeCloseTo(-(one.test.difference ?? 0), 14);
        expect(other.pValue).toBeCloseTo(one.pValue ?? 0, 12);
        expect(one.incrementalSales).toBeCloseTo(b1 - (b2 / n2) * n1, 12);
      }),
    );
  });

  it("takes a table, and nothing gives nothing", () => {
    const outcomes = group("card", true, 3, 1);
    const columns = {
      customerId: outcomes.map(({ customerId }) => customerId),
      productId: outcomes.map(({ productId }) => productId),
      offered: outcomes.map(({ offered }) => offered),
      bought: outcomes.map(({ bought }) => bought),
    };
    expect(crossSellEffectiveness(table(columns))).toEqual(crossSellEffectiveness(outcomes));
    expect(crossSellEffectiveness([])).toEqual({
      products: [],
      tests: 0,
      correction: "benjaminiHochberg",
      incrementalSales: null,
      netGain: null,
    });
  });

  it("names bad input", () => {
    const call = (outcomes: unknown, options?: unknown) =>
      thrown(() => crossSellEffectiveness(outcomes as never, options as never));
    const row = { customerId: "ani", productId: "tea", offered: true, bought: false };
    const error = call([row, { ...row, customerId: "budi", bought: "no" }]);
    expect([error.code, error.path]).toEqual(["INVALID_ROWS", "outcomes[1].bought"]);
    expect(error.message).toContain('"no" is not true or false');
    const twice = call([row, { ...row, offered: false }]);
    expect([twice.path, twice.problems?.[0].reason]).toEqual([
      "outcomes[1].productId",
      'comes a second time for customer "ani"',
    ]);
    expect(call([], { costPerOffer: -1 }).path).toBe("options.costPerOffer");
    expect(call([], { correction: "fdr" }).message).toContain('"fdr"');
    expect(call([], { confidenceLevel: 1 }).path).toBe("options.confidenceLevel");
    expect(call([], { margin: 5 }).path).toBe("options.margin");
    const far = call([...group("a", true, 3, 3), ...group("a", false, 3, 0)], { margin: () => 1e308 });
    expect([far.code, far.path]).toEqual(["INVALID_ARGUMENT", "options.margin"]);
    expect(far.message).toContain('1e+308 for "a", which leads beyond the range of numbers');
    const one = (product: string) => [...group(product, true, 1, 1), ...group(product, false, 1, 0)];
    const all = call([...one("a"), ...one("b")], { margin: () => 1e308 });
    expect([all.path, all.message]).toEqual([
      "options.margin",
      "options.margin leads beyond the range of numbers over all products: pass it in a larger unit",
    ]);
    expect(call(7).path).toBe("outcomes");
  });
});
