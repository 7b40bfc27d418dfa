import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rows } from "../../../src/core/table.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { productLadders } from "../../../src/profitability/selling/product-ladders.js";
import { upSellCandidates } from "../../../src/profitability/selling/up-sell-candidates.js";
import { thrown } from "../../core/thrown.js";

const ladders = [
  { family: "phones", rungs: ["s", "m", "l"] },
  { family: "plans", rungs: ["5", "10"] },
];
const holding = (customerId: string, productId: string) => ({ customerId, productId });

describe("upSellCandidates", () => {
  const held = [
    holding("ani", "s"),
    holding("ani", "10"),
    holding("budi", "5"),
    holding("budi", "m"),
    holding("budi", "s"),
    holding("citra", "l"),
    holding("dewi", "tea"),
  ];

  it("offers the rung after the highest held, ladder by ladder", () => {
    const { candidates, leftOut, customers } = upSellCandidates(held, ladders);
    expect(rows(candidates)).toEqual([
      {
        customerId: "ani",
        family: "phones",
        productId: "m",
        replaces: "s",
        rung: 2,
        rungs: 3,
        marginGain: null,
        probability: null,
        expectedMargin: null,
      },
      {
        customerId: "budi",
        family: "phones",
        productId: "l",
        replaces: "m",
        rung: 3,
        rungs: 3,
        marginGain: null,
        probability: null,
        expectedMargin: null,
      },
      {
        customerId: "budi",
        family: "plans",
        productId: "10",
        replaces: "5",
        rung: 2,
        rungs: 2,
        marginGain: null,
        probability: null,
        expectedMargin: null,
      },
    ]);
    expect(leftOut).toEqual({ atTop: 2, unknownMargin: 0, noGain: 0 });
    expect(customers).toBe(4);
  });

  it("is worth the difference of the margins, where that is above zero and known", () => {
    const margin = new Map([
      ["s", 100],
      ["m", 250],
      ["l", 250],
      ["5", 40],
    ]);
    const { candidates, leftOut } = upSellCandidates(held, ladders, {
      margin,
      probability: (replaces, productId) => (replaces === "s" && productId === "m" ? 0.2 : null),
    });
    expect(
      rows(candidates).map((row) => [row.productId, row.marginGain, row.probability, row.expectedMargin]),
    ).toEqual([["m", 150, 0.2, 30]]);
    expect(leftOut).toEqual({ atTop: 2, unknownMargin: 1, noGain: 1 });
    expect(upSellCandidates(held, ladders, { margin }).candidates.columns.expectedMargin).toEqual([null]);
  });

  it("of a log: what is held at asOf", () => {
    const log = transactionLog(
      [
        { id: "1", customerId: "ani", productId: "s", at: "2024-01-01", amount: 500 },
        { id: "2", customerId: "ani", productId: "m", at: "2024-02-01", amount: 900 },
        { id: "3", customerId: "ani", at: "2024-03-01", amount: -900, refundOf: "2" },
      ],
      { currency: "IDR" },
    );
    const next = (asOf: string) => upSellCandidates(log, ladders, { asOf }).candidates.columns.productId;
    expect([next("2024-01-01"), next("2024-01-02"), next("2024-02-02"), next("2024-03-02")]).toEqual([
      [],
      ["m"],
      ["l"],
      ["m"],
    ]);
  });

  it("every customer on a ladder is a candidate or at its top", () => {
    const product = fc.constantFrom("s", "m", "l", "5", "10", "tea");
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom("a", "b", "c"), product), { maxLength: 12 }), (pairs) => {
        const rowsOfPairs = pairs.map(([customerId, productId]) => ({ customerId, productId }));
        const { candidates, leftOut } = upSellCandidates(rowsOfPairs, ladders);
        const standing = new Set(
          pairs.flatMap(([customer, productId]) =>
            ladders
              .filter(({ rungs }) => rungs.includes(productId))
              .map(({ family }) => `${customer} ${family}`),
          ),
        );
        expect(candidates.length + leftOut.atTop).toBe(standing.size);
        for (const { customerId, productId, replaces } of rows(candidates)) {
          expect(rowsOfPairs).toContainEqual({ customerId, productId: replaces });
          expect(rowsOfPairs).not.toContainEqual({ customerId, productId });
        }
      }),
    );
  });

  it("names bad input", () => {
    const call = (given: unknown, options: unknown = {}) =>
      thrown(() => upSellCandidates([holding("ani", "s")], given as never, options as never));
    const twice = call([
      { family: "a", rungs: ["s", "m"] },
      { family: "a", rungs: ["m", 7.5] },
    ]);
    expect([twice.code, twice.path]).toEqual(["INVALID_ROWS", "ladders[1].family"]);
    expect(twice.problems?.map(({ field, value }) => [field, value])).toEqual([
      ["family", "a"],
      ["rungs[0]", "m"],
      ["rungs[1]", 7.5],
    ]);
    expect(call([{ family: "", rungs: null }]).problems?.length).toBe(2);
    expect(call("ladders").path).toBe("ladders");
    expect(call(ladders, { probability: 2 }).message).toContain("2");
    expect(call(ladders, { probability: "often" }).path).toBe("options.probability");
    for (const probability of ["0.5", "", true, [0.5]]) {
      const error = call(ladders, { probability: () => probability });
      expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "options.probability"]);
      expect(error.message).toContain("give a number from 0 to 1, or null where it is unknown");
    }
    expect(call(ladders, { margin: null }).path).toBe("options.margin");
  });
});

describe("productLadders", () => {
  const price = (amount: number, currency = "IDR") => ({ amount, currency });

  it("orders families by name and rungs by price, ties by id", () => {
    const products = [
      { id: "z", family: "tea", unitPrice: price(5) },
      { id: "l", family: "phones", unitPrice: price(900) },
      { id: "s", family: "phones", unitPrice: price(100) },
      { id: "y", family: "tea", unitPrice: price(5) },
      { id: "alone", family: "cups", unitPrice: price(5) },
      { id: "free", family: "tea" },
      { id: "bare", unitPrice: price(1) },
    ];
    expect(productLadders(products)).toEqual([
      { family: "phones", rungs: ["s", "l"] },
      { family: "tea", rungs: ["y", "z"] },
    ]);
    expect(productLadders([...products].reverse())).toEqual(productLadders(products));
  });

  it("names bad input", () => {
    const call = (products: unknown) => thrown(() => productLadders(products as never));
    const twice = call([{ id: "s" }, { id: "s" }, { id: 5.5 }, { id: "l", family: "" }]);
    expect(twice.problems?.map(({ row, reason }) => [row, reason])).toEqual([
      [1, "comes a second time"],
      [2, "is not an id: text that is not empty, or a whole number"],
      [3, "is not the name of a family: text that is not empty, or a whole number; or leave it out"],
    ]);
    expect(call([{ id: "s", family: "a", unitPrice: price(Number.NaN) }]).path).toBe(
      "products[0].unitPrice.amount",
    );
    const mixed = call([
      { id: "s", family: "a", unitPrice: price(5) },
      { id: "m", family: "a", unitPrice: price(5, "USD") },
    ]);
    expect(mixed.code).toBe("CURRENCY_MISMATCH");
    expect(mixed.message).toContain('"m"');
    expect(call(null).path).toBe("products");
  });
});
