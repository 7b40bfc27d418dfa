import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rows, table } from "../../../src/core/table.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { associationRules } from "../../../src/profitability/selling/association-rules.js";
import { crossSellCandidates } from "../../../src/profitability/selling/cross-sell-candidates.js";
import { thrown } from "../../core/thrown.js";

const holdingsOf = (held: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(held).flatMap(([customerId, products]) =>
    products.map((productId) => ({ customerId, productId })),
  );

// Of ten customers: 4 tea and cup, 2 tea alone, 1 cup alone, 3 rice.
const BASE = [
  ...Array.from({ length: 4 }, () => ["tea", "cup"]),
  ["tea"],
  ["tea"],
  ["cup"],
  ...Array.from({ length: 3 }, () => ["rice"]),
];

describe("crossSellCandidates", () => {
  const rules = associationRules(BASE, { minimumCount: 1 });

  it("offers what is not held and what a rule speaks for", () => {
    // tea > cup: confidence 4/6, lift 4 * 10 / (6 * 5); cup > tea: 4/5.
    const held = holdingsOf({ ani: ["tea"], budi: ["cup"], citra: ["tea", "cup"], dewi: ["rice"] });
    const { candidates, customers, customersWithCandidates, leftOut, ...origin } = crossSellCandidates(
      held,
      rules,
    );
    expect(rows(candidates)).toEqual([
      {
        customerId: "ani",
        rank: 1,
        productId: "cup",
        because: "tea",
        probability: 4 / 6,
        lift: 40 / 30,
        margin: null,
        expectedMargin: null,
      },
      {
        customerId: "budi",
        rank: 1,
        productId: "tea",
        because: "cup",
        probability: 4 / 5,
        lift: 40 / 30,
        margin: null,
        expectedMargin: null,
      },
    ]);
    expect([customers, customersWithCandidates]).toEqual([4, 2]);
    expect(leftOut).toEqual({ substitute: 0, unknownMargin: 0, noGain: 0, alternative: 0, beyondLimit: 0 });
    expect(origin).toEqual({ asOf: null, window: null, purchasesWithoutProduct: 0 });
  });

  it("ranks by expected margin, and leaves out what earns nothing or is unknown", () => {
    const baskets = [["a", "b"], ["a", "b"], ["a", "c"], ["a", "d"], ["a", "e"], ["x"], ["x"]];
    const found = associationRules(baskets, { minimumCount: 1 });
    const margin = new Map([
      ["b", 100],
      ["c", 300],
      ["d", 0],
    ]);
    const { candidates, leftOut } = crossSellCandidates(holdingsOf({ ani: ["a"] }), found, { margin });
    // b: 2/5 of 100 = 40; c: 1/5 of 300 = 60; d earns nothing; e unknown.
    expect(candidates.columns.productId).toEqual(["c", "b"]);
    expect(candidates.columns.rank).toEqual([1, 2]);
    expect(candidates.columns.expectedMargin).toEqual([60, 40]);
    expect(leftOut).toEqual({ substitute: 0, unknownMargin: 1, noGain: 1, alternative: 0, beyondLimit: 0 });
    const best = crossSellCandidates(holdingsOf({ ani: ["a"] }), found, { margin, limitPerCustomer: 1 });
    expect(best.candidates.columns.productId).toEqual(["c"]);
    expect(best.leftOut.beyondLimit).toBe(1);
  });

  it("lift has to be above the bound", () => {
    // Everybody has a: every rule to it or from it has a lift of just 1.
    const found = associationRules([["a", "b"], ["a", "c"], ["a"]], { minimumCount: 1 });
    const held = holdingsOf({ ani: ["a"] });
    expect(crossSellCandidates(held, found).candidates.length).toBe(0);
    expect(crossSellCandidates(held, found, { liftAbove: 0.9 }).candidates.columns.productId).toEqual([
      "b",
      "c",
    ]);
  });

  it("reads rules of several products, also with a separator of one's own", () => {
    const baskets = [["a", "b", "c"], ["a", "b", "c"], ["a"], ["b"], ["a"], ["b"]];
    const found = associationRules(baskets, { minimumCount: 2, maximumSize: 3, separator: "|" });
    const { candidates } = crossSellCandidates(holdingsOf({ ani: ["a", "b"], budi: ["a"] }), found);
    const c = rows(candidates).filter(({ productId }) => productId === "c");
    expect(c.map(({ customerId, because, probability }) => [customerId, because, probability])).toEqual([
      ["ani", "a|b", 1],
      ["budi", "a", 0.5],
    ]);
  });

  it("agrees with trying every rule on every customer", () => {
    const product = fc.constantFrom<string>("a", "b", "c", "d", "e", "f");
    const basket = fc.uniqueArray(product, { minLength: 1, maxLength: 5 });
    const margins = fc.dictionary(product, fc.integer({ min: -5, max: 20 }));
    fc.assert(
      fc.property(
        fc.array(basket, { minLength: 2, maxLength: 20 }),
        fc.array(basket, { minLength: 1, maxLength: 6 }),
        fc.option(margins, { nil: undefined }),
        fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
        (baskets, customers, margin, limitPerCustomer) => {
          const found = associationRules(baskets, { minimumCount: 1, maximumSize: 3 });
          const held = Object.fromEntries(customers.map((products, i) => [`c${i}`, products]));
          const result = crossSellCandidates(holdingsOf(held), found, {
            limitPerCustomer,
            ...(margin ? { margin: (id: string) => margin[id] } : {}),
          });
          const expected = Object.entries(held).flatMap(([customerId, products]) => {
            const scores = new Map<string, number>();
            for (const rule of rows(found.rules)) {
              const fits = rule.antecedent.split(" + ").every((item) => products.includes(item));
              if (!fits || products.includes(rule.consequent) || rule.lift <= 1) continue;
              const worth = margin ? margin[rule.consequent] : 1;
              if (!(worth > 0)) continue;
              const score = rule.confidence * worth;
              scores.set(rule.consequent, Math.max(score, scores.get(rule.consequent) ?? 0));
            }
            return [...scores]
              .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
              .slice(0, limitPerCustomer)
              .map(([productId, score], i) => [customerId, i + 1, productId, score]);
          });
          expect(
            rows(result.candidates).map((row) => [
              row.customerId,
              row.rank,
              row.productId,
              row.expectedMargin ?? row.probability,
            ]),
          ).toEqual(expected);
        },
      ),
    );
  });

  it("many candidates come in the same order with a limit and without", () => {
    const products = Array.from({ length: 80 }, (_, i) => `p${i}`);
    const baskets = products.flatMap((product, i) => [
      ...Array.from({ length: 1 + (i % 7) }, () => ["a", product]),
      [`x${i}`],
    ]);
    const found = associationRules(baskets, { minimumCount: 1 });
    const held = holdingsOf({ ani: ["a"] });
    const all = crossSellCandidates(held, found).candidates.columns.productId;
    expect(all.length).toBe(80);
    const few = crossSellCandidates(held, found, { limitPerCustomer: 20 });
    expect(few.candidates.columns.productId).toEqual(all.slice(0, 20));
    expect(few.leftOut.beyondLimit).toBe(60);
  });

  describe("with substitutes", () => {
    const offers = (result: ReturnType<typeof crossSellCandidates>) =>
      rows(result.candidates).map(({ productId, rank }) => `${rank} ${productId}`);
    const ladders = [{ family: "plans", rungs: ["plan5", "plan10"] }];

    it("a rung is no addition to another", () => {
      const found = associationRules([["plan5", "plan10"], ["plan5", "plan10"], ["rice"]], {
        minimumCount: 2,
      });
      const held = holdingsOf({ ani: ["plan5"], budi: ["plan10"], citra: ["rice"] });
      expect(offers(crossSellCandidates(held, found))).toEqual(["1 plan10", "1 plan5"]);
      const result = crossSellCandidates(held, found, { margin: () => 100, ladders });
      expect(result.candidates.length).toBe(0);
      expect([result.leftOut.substitute, result.customersWithCandidates]).toEqual([2, 0]);
      // Either way round: a replacement is none of both.
      for (const [from, to] of [
        ["plan5", "plan10"],
        ["plan10", "plan5"],
      ])
        expect(crossSellCandidates(held, found, { replacements: [{ from, to }] }).leftOut.substitute).toBe(2);
    });

    it("of several rungs the best is offered, before the limit counts", () => {
      const baskets = [
        ["phone", "plan5"],
        ["phone", "plan5"],
        ["phone", "plan10"],
        ["phone", "plan10"],
        ["phone", "case"],
        ...Array.from({ length: 5 }, () => ["rice"]),
      ];
      const found = associationRules(baskets, { minimumCount: 1 });
      const held = holdingsOf({ ani: ["phone"] });
      // 2/5 of 100, 2/5 of 90, 1/5 of 100.
      const margin = (id: string) => (id === "plan5" ? 90 : 100);
      const all = crossSellCandidates(held, found, { margin, ladders });
      expect(offers(all)).toEqual(["1 plan10", "2 case"]);
      expect(all.leftOut).toEqual({
        substitute: 0,
        unknownMargin: 0,
        noGain: 0,
        alternative: 1,
        beyondLimit: 0,
      });
      const replacements = [{ from: "plan5", to: "plan10" }];
      expect(offers(crossSellCandidates(held, found, { margin, replacements }))).toEqual(offers(all));
      const one = crossSellCandidates(held, found, { margin, ladders, limitPerCustomer: 2 });
      expect(offers(one)).toEqual(offers(all));
      expect(one.leftOut.beyondLimit).toBe(0);
    });

    it("no customer ends with two of one family", () => {
      const product = fc.constantFrom<string>("a", "b", "c", "d", "e", "f");
      const basket = fc.uniqueArray(product, { minLength: 1, maxLength: 4 });
      fc.assert(
        fc.property(fc.array(basket, { minLength: 3, maxLength: 20 }), basket, (baskets, held) => {
          const found = associationRules(baskets, { minimumCount: 1 });
          const family = (id: string) => (id < "c" ? "ab" : id < "f" ? "cde" : id);
          const result = crossSellCandidates(holdingsOf({ ani: held }), found, {
            ladders: [
              { family: "first", rungs: ["a", "b"] },
              { family: "second", rungs: ["c", "d", "e"] },
            ],
          });
          const plain = rows(crossSellCandidates(holdingsOf({ ani: held }), found).candidates);
          const heldFamilies = new Set(held.map(family));
          // The best of each family that is not held, in the order without substitutes.
          const best = plain
            .map(({ productId }) => productId)
            .filter((id) => !heldFamilies.has(family(id)))
            .filter((id, i, ids) => ids.findIndex((other) => family(other) === family(id)) === i);
          expect(result.candidates.columns.productId).toEqual(best);
          expect(best.length + result.leftOut.substitute + result.leftOut.alternative).toBe(plain.length);
        }),
      );
    });
  });

  it("of a log: what was given back in full is not held, and can be offered again", () => {
    const log = transactionLog(
      [
        { id: "1", customerId: "ani", productId: "tea", at: "2024-01-01", amount: 500 },
        { id: "2", customerId: "ani", productId: "cup", at: "2024-01-01", amount: 900 },
        { id: "3", customerId: "ani", at: "2024-02-01", amount: -900, refundOf: "2" },
        { id: "4", customerId: "budi", productId: "cup", at: "2024-01-01", amount: 900 },
        { id: "5", customerId: "budi", at: "2024-02-01", amount: -300, refundOf: "4" },
      ],
      { currency: "IDR" },
    );
    const offers = (asOf: string, window?: { start: string; end: string }) =>
      rows(crossSellCandidates(log, rules, { asOf, window }).candidates).map((row) => [
        row.customerId,
        row.productId,
      ]);
    expect(offers("2024-06-01")).toEqual([
      ["ani", "cup"],
      ["budi", "tea"],
    ]);
    expect(offers("2024-02-01")).toEqual([["budi", "tea"]]);
    expect(offers("2024-06-01", { start: "2024-02-01", end: "2024-06-01" })).toEqual([]);
  });

  it("takes a table, and makes one that survives JSON", () => {
    const held = table({ customerId: ["ani"], productId: ["tea"] });
    const result = crossSellCandidates(held, rules);
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
    expect(result.candidates.columns.productId).toEqual(["cup"]);
    expect(crossSellCandidates([], rules).candidates.length).toBe(0);
  });

  it("names bad input", () => {
    const call = (held: unknown, given: unknown, options?: unknown) =>
      thrown(() => crossSellCandidates(held as never, given as never, options as never));
    const held = holdingsOf({ ani: ["tea"] });
    expect(call([{ customerId: "ani" }], rules).path).toBe("holdings[0].productId");
    expect(call(held, {}).path).toBe("rules");
    expect(call(held, rules, { margin: 5 }).path).toBe("options.margin");
    expect(call(held, rules, { margin: () => Number.NaN }).message).toContain("NaN");
    expect(call(held, rules, { limitPerCustomer: 0 }).message).toContain("0");
    expect(call(held, rules, { liftAbove: "1" }).path).toBe("options.liftAbove");
    expect(call(held, rules, null).path).toBe("options");
    expect(call(held, rules, { ladders: "plans" }).path).toBe("options.ladders");
    expect(call(held, rules, { ladders: [{ family: "", rungs: [] }] }).path).toBe(
      "options.ladders[0].family",
    );
    expect(call(held, rules, { replacements: 5 }).path).toBe("options.replacements");
    expect(call(held, rules, { replacements: [{ from: "a", to: "a" }] }).path).toBe(
      "options.replacements[0].to",
    );
  });
});
