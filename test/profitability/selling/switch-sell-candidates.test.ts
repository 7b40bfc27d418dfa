import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rows } from "../../../src/core/table.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { switchSellCandidates } from "../../../src/profitability/selling/switch-sell-candidates.js";
import { thrown } from "../../core/thrown.js";

const margin = new Map([
  ["brand", 100],
  ["other", 120],
  ["ours", 250],
  ["best", 400],
]);
const holding = (customerId: string, productId: string) => ({ customerId, productId });

describe("switchSellCandidates", () => {
  it("the gain is a difference, and each product is replaced once", () => {
    const replacements = [
      { from: "brand", to: "ours" },
      { from: "brand", to: "best" },
      { from: "other", to: "best" },
      { from: "other", to: "ours" },
    ];
    const held = [
      holding("ani", "brand"),
      holding("ani", "other"),
      holding("budi", "brand"),
      holding("budi", "best"),
    ];
    const { candidates, leftOut, customers } = switchSellCandidates(held, replacements, { margin });
    // ani: brand to best 300 comes first; other to best is taken, other to ours 130. budi has best already: brand to ours 150.
    expect(rows(candidates)).toEqual([
      {
        customerId: "ani",
        productId: "best",
        replaces: "brand",
        marginGain: 300,
        probability: null,
        expectedMargin: null,
      },
      {
        customerId: "ani",
        productId: "ours",
        replaces: "other",
        marginGain: 130,
        probability: null,
        expectedMargin: null,
      },
      {
        customerId: "budi",
        productId: "ours",
        replaces: "brand",
        marginGain: 150,
        probability: null,
        expectedMargin: null,
      },
    ]);
    expect(leftOut).toEqual({ unknownMargin: 0, noGain: 0, alternative: 2 });
    expect(customers).toBe(2);
  });

  it("ranks by expected margin where every probability is known", () => {
    const replacements = [
      { from: "brand", to: "best" },
      { from: "brand", to: "ours" },
    ];
    const probability = (_: string, to: string) => (to === "ours" ? 0.5 : 0.1);
    const { candidates } = switchSellCandidates([holding("ani", "brand")], replacements, {
      margin,
      probability,
    });
    expect(rows(candidates)).toEqual([
      {
        customerId: "ani",
        productId: "ours",
        replaces: "brand",
        marginGain: 150,
        probability: 0.5,
        expectedMargin: 75,
      },
    ]);
    const partly = (_: string, to: string) => (to === "ours" ? 0.5 : null);
    expect(
      switchSellCandidates([holding("ani", "brand")], replacements, { margin, probability: partly })
        .candidates.columns.productId,
    ).toEqual(["best"]);
  });

  it("leaves out what earns no more, or is unknown", () => {
    const replacements = [
      { from: "ours", to: "brand" },
      { from: "ours", to: "unknown" },
      { from: "ours", to: "ours2" },
    ];
    const withTie = new Map([...margin, ["ours2", 250]]);
    const { candidates, leftOut } = switchSellCandidates([holding("ani", "ours")], replacements, {
      margin: withTie,
    });
    expect(candidates.length).toBe(0);
    expect(leftOut).toEqual({ unknownMargin: 1, noGain: 2, alternative: 0 });
  });

  it("of a log: what was given back in full is not held", () => {
    const log = transactionLog(
      [
        { id: "1", customerId: "ani", productId: "brand", at: "2024-01-01", amount: 500 },
        { customerId: "ani", at: "2024-03-01", amount: -500, refundOf: "1" },
      ],
      { currency: "IDR" },
    );
    const count = (asOf: string) =>
      switchSellCandidates(log, [{ from: "brand", to: "ours" }], { asOf, margin }).candidates.length;
    expect([count("2024-02-01"), count("2024-04-01")]).toEqual([1, 0]);
  });

  it("nothing is replaced or offered twice, and every possibility is accounted for", () => {
    const product = fc.constantFrom("brand", "other", "ours", "best", "unknown");
    const replacement = fc.tuple(product, product).filter(([from, to]) => from !== to);
    fc.assert(
      fc.property(
        fc.uniqueArray(replacement, { selector: String, maxLength: 12 }),
        fc.uniqueArray(product, { maxLength: 5 }),
        (pairs, held) => {
          const replacements = pairs.map(([from, to]) => ({ from, to }));
          const { candidates, leftOut } = switchSellCandidates(
            held.map((id) => holding("ani", id)),
            replacements,
            { margin },
          );
          const possible = pairs.filter(([from, to]) => held.includes(from) && !held.includes(to));
          expect(candidates.length + leftOut.unknownMargin + leftOut.noGain + leftOut.alternative).toBe(
            possible.length,
          );
          const { productId, replaces, marginGain } = candidates.columns;
          expect([new Set(productId).size, new Set(replaces).size]).toEqual([
            candidates.length,
            candidates.length,
          ]);
          expect(marginGain).toEqual([...marginGain].sort((a, b) => b - a));
          productId.forEach((to, i) => {
            expect(marginGain[i]).toBe((margin.get(to) ?? 0) - (margin.get(replaces[i]) ?? 0));
            expect(marginGain[i]).toBeGreaterThan(0);
          });
        },
      ),
    );
  });

  it("agrees with taking the best that is left, over and over", () => {
    const product = fc.integer({ min: 0, max: 7 }).map((n) => `p${n}`);
    const pair = fc.tuple(product, product).filter(([from, to]) => from !== to);
    const customers = fc.array(fc.uniqueArray(product, { minLength: 1 }), { minLength: 1, maxLength: 4 });
    const gainOf = (from: string, to: string) => 3 ** Number(to[1]) - 3 ** Number(from[1]);
    fc.assert(
      fc.property(fc.uniqueArray(pair, { selector: String, maxLength: 20 }), customers, (pairs, held) => {
        const { candidates } = switchSellCandidates(
          held.flatMap((ids, i) => ids.map((id) => holding(`c${i}`, id))),
          pairs.map(([from, to]) => ({ from, to })),
          { margin: (id) => 3 ** Number(id[1]) },
        );
        const expected = held.flatMap((ids, i) => {
          let left = pairs.filter(([from, to]) => ids.includes(from) && !ids.includes(to));
          left = left.filter((p) => gainOf(...p) > 0).sort((a, b) => gainOf(...b) - gainOf(...a));
          const taken: string[][] = [];
          while (left.length > 0) {
            const [[from, to]] = left;
            taken.push([`c${i}`, from, to]);
            left = left.filter((other) => other[0] !== from && other[1] !== to);
          }
          return taken;
        });
        expect(rows(candidates).map((row) => [row.customerId, row.replaces, row.productId])).toEqual(
          expected,
        );
      }),
    );
  });

  it("names bad input", () => {
    const call = (replacements: unknown, options: unknown = { margin }) =>
      thrown(() => switchSellCandidates([holding("ani", "brand")], replacements as never, options as never));
    const error = call([
      { from: "a", to: "b" },
      { from: "a", to: "b" },
      { from: "a", to: "a" },
      { from: 5.5, to: "b" },
    ]);
    expect([error.code, error.path]).toEqual(["INVALID_ROWS", "replacements[1].to"]);
    expect(error.problems?.map(({ row, field }) => [row, field])).toEqual([
      [1, "to"],
      [2, "to"],
      [3, "from"],
    ]);
    expect(call("brand").path).toBe("replacements");
    expect(call([], {}).path).toBe("options.margin");
    expect(call([], null).path).toBe("options");
  });
});
