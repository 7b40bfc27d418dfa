import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rows, table } from "../../../src/core/table.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { associationRules } from "../../../src/profitability/selling/association-rules.js";
import { thrown } from "../../core/thrown.js";
import { plainRules, plainTests, productsOf } from "./plain-rules.js";

const key = (antecedent: string, consequent: string) => `${antecedent} > ${consequent}`;

const basketsArbitrary = fc.array(fc.array(fc.constantFrom("a", "b", "c", "d", "e", "f"), { maxLength: 7 }), {
  minLength: 1,
  maxLength: 25,
  size: "max",
});

describe("associationRules of plain baskets", () => {
  it("finds every rule and measures it as the definitions say", () => {
    fc.assert(
      fc.property(
        basketsArbitrary,
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 2, max: 6 }),
        (baskets, minimumCount, maximumSize) => {
          const result = associationRules(baskets, { minimumCount, maximumSize });
          const expected = plainRules(baskets, minimumCount, maximumSize);
          const found = new Map(
            rows(result.rules).map((rule) => [key(rule.antecedent, rule.consequent), rule]),
          );
          expect(found.size).toBe(result.rules.length);
          expect([...found.keys()].sort()).toEqual(
            expected.map((rule) => key(rule.antecedent.join(" + "), rule.consequent)).sort(),
          );
          for (const rule of expected) {
            const own = found.get(key(rule.antecedent.join(" + "), rule.consequent));
            expect([own?.size, own?.count]).toEqual([rule.antecedent.length + 1, rule.count]);
            // Other orders of the same few operations: some units in the last place.
            for (const measure of ["support", "confidence", "lift", "leverage", "jaccard"] as const)
              expect(own?.[measure]).toBeCloseTo(rule[measure], 13);
            if (rule.conviction === null) expect(own?.conviction).toBeNull();
            else expect(own?.conviction).toBeCloseTo(rule.conviction, 12);
            // Fisher's test by another way: sums over the whole conditional distribution.
            expect(own?.pValue).toBeCloseTo(rule.pValue, 12);
          }
          expect(result.tests).toBe(plainTests(baskets, minimumCount, maximumSize));
          expect([result.baskets, result.products]).toEqual([baskets.length, productsOf(baskets).length]);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("does not depend on the order of baskets and products, nor on repetition", () => {
    fc.assert(
      fc.property(basketsArbitrary, fc.integer({ min: 2, max: 4 }), (baskets, maximumSize) => {
        const options = { minimumCount: 2, maximumSize };
        const turned = [...baskets].reverse().map((basket) => [...basket].reverse().concat(basket));
        expect(associationRules(turned, options)).toEqual(associationRules(baskets, options));
      }),
    );
  });

  it("twice the baskets: the same shares, a smaller chance", () => {
    fc.assert(
      fc.property(basketsArbitrary, (baskets) => {
        const once = associationRules(baskets, { minimumCount: 1 }).rules;
        const twice = associationRules([...baskets, ...baskets], { minimumCount: 2 }).rules;
        for (const column of [
          "antecedent",
          "consequent",
          "support",
          "confidence",
          "lift",
          "jaccard",
        ] as const)
          expect(twice.columns[column]).toEqual(once.columns[column]);
        once.columns.pValue.forEach((p, i) => {
          if (once.columns.lift[i] > 1) expect(twice.columns.pValue[i]).toBeLessThan(p);
        });
      }),
    );
  });

  it("gives rows, columns and holdings what arrays give", () => {
    const baskets = [["tea", "cup"], ["tea", "cup", "rice"], ["rice"], ["tea"]];
    const flat = baskets.flatMap((products, i) => products.map((productId) => ({ id: `${i}`, productId })));
    const options = { minimumCount: 1 };
    const expected = associationRules(baskets, options);
    const shuffled = [...flat].reverse();
    const columns = { productId: flat.map(({ productId }) => productId) };
    const ids = flat.map(({ id }) => id);
    expect(
      associationRules(
        shuffled.map(({ id, productId }) => ({ basketId: id, productId })),
        options,
      ),
    ).toEqual(expected);
    expect(
      associationRules(
        flat.map(({ id, productId }) => ({ customerId: id, productId })),
        options,
      ),
    ).toEqual(expected);
    expect(associationRules(table({ basketId: ids, ...columns }), options)).toEqual(expected);
    expect(associationRules(table({ customerId: ids, ...columns }), options)).toEqual(expected);
  });

  it("rows of receipts that name the customer too are receipts", () => {
    const receipts = [..."123456"].map((basketId) => ({
      basketId,
      customerId: "ani",
      productId: basketId < "4" ? "tea" : "cup",
    }));
    const columns = table({
      basketId: receipts.map((row) => row.basketId),
      customerId: receipts.map((row) => row.customerId),
      productId: receipts.map((row) => row.productId),
    });
    for (const input of [receipts, columns]) {
      const { baskets, rules } = associationRules(input, { minimumCount: 1 });
      expect([baskets, rules.length]).toEqual([6, 0]);
    }
  });

  it("equal numbers of two customers are two receipts, and those of nobody known a third", () => {
    const row = (customerId: string | null | undefined, productId: string) => ({
      basketId: "1",
      customerId,
      productId,
    });
    const receipts = [row("ani", "tea"), row("budi", "cup"), row("ani", "rice"), row(null, "cup")];
    const { baskets, rules } = associationRules([...receipts, row(undefined, "egg")], { minimumCount: 1 });
    expect(baskets).toBe(3);
    // Lift: rice and tea 3, cup and egg 3/2.
    expect(rules.columns.antecedent).toEqual(["rice", "tea", "cup", "egg"]);
    expect(rules.columns.consequent).toEqual(["tea", "rice", "egg", "cup"]);
  });

  it("orders by the measure asked for, ties by size and name", () => {
    const baskets = [["a", "b", "c"], ["a", "b", "c"], ["d"], ["d", "a"]];
    const names = (orderBy: "lift" | "confidence" | "leverage" | "count") =>
      rows(associationRules(baskets, { minimumCount: 1, maximumSize: 3, orderBy }).rules).map(
        ({ antecedent, consequent }) => key(antecedent, consequent),
      );
    // Lift: b, c and what holds both 2; a with b or c 4/3; a with d 2/3. By hand.
    expect(names("lift")).toEqual([
      "b > c",
      "c > b",
      "a + b > c",
      "a + c > b",
      "a > b",
      "b > a",
      "a > c",
      "c > a",
      "b + c > a",
      "a > d",
      "d > a",
    ]);
    const { rules } = associationRules(baskets, { minimumCount: 1, maximumSize: 3, orderBy: "leverage" });
    expect([...rules.columns.leverage]).toEqual([...rules.columns.leverage].sort((a, b) => b - a));
    expect(names("count")[0]).toBe("a > b");
    expect(names("confidence").slice(0, 2)).toEqual(["b > a", "c > a"]);
  });

  it("leaves out by bound, once each, and tests the same", () => {
    const baskets = [["a", "b"], ["a", "b"], ["a", "c"], ["c", "d"], ["a"], ["d"]];
    const all = associationRules(baskets, { minimumCount: 1 });
    // Lifts: ab 2*6/(4*2) = 1.5, ac 6/8 = .75, cd 6/4 = 1.5; confidences a>b .5, b>a 1, a>c .25, c>a .5, c>d .5, d>c .5.
    const bounded = associationRules(baskets, { minimumCount: 1, minimumConfidence: 0.5, minimumLift: 1 });
    expect(all.rules.length).toBe(6);
    expect(bounded.leftOut).toEqual({ belowConfidence: 1, belowLift: 1, abovePValue: 0 });
    expect(bounded.rules.columns.antecedent).toEqual(["a", "b", "c", "d"]);
    expect([bounded.tests, all.tests]).toEqual([6, 6]);
    // Fisher by hand, a and b: C(4,2)/C(6,2) = 6/15; times 6 tests is above 1.
    expect(bounded.rules.columns.pValue[0]).toBeCloseTo(0.4, 14);
    expect(associationRules(baskets, { minimumCount: 1, maximumPValue: 0.5 }).leftOut.abovePValue).toBe(6);
    expect(
      associationRules(baskets, { minimumCount: 1, maximumPValue: 0.5, correction: "none" }).rules.columns
        .antecedent,
    ).toEqual(["a", "b"]);
  });

  it("says what was searched", () => {
    const baskets = [["a", "b", "c"], ["a", "b", "c"], ["a", "b"], ["d"], []];
    const { itemsets, frequentProducts, tests, minimumCount, maximumSize, ...rest } = associationRules(
      baskets,
      {
        minimumCount: 2,
        maximumSize: 5,
      },
    );
    expect({ itemsets, frequentProducts, minimumCount, maximumSize }).toEqual({
      itemsets: [3, 1, 0, 0],
      frequentProducts: 3,
      minimumCount: 2,
      maximumSize: 5,
    });
    // 3 pairs; ab, ac, bc each with the third; abc with none left.
    expect(tests).toBe(6);
    expect(rest.baskets).toBe(5);
    expect({ per: rest.per, asOf: rest.asOf, window: rest.window }).toEqual({
      per: null,
      asOf: null,
      window: null,
    });
  });

  it("has no rules of nothing", () => {
    for (const baskets of [[], [[]], [["a"], ["b"]]])
      expect(associationRules(baskets, { minimumCount: 1 }).rules.length).toBe(0);
    expect(associationRules([["a", "b"]]).rules.length).toBe(0);
  });

  it("survives JSON", () => {
    const result = associationRules([["a", "b"], ["a"]], { minimumCount: 1 });
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });
});

describe("associationRules of a log", () => {
  const sale = (id: string, customerId: string, at: string, productId: string | null, more = {}) => ({
    id,
    customerId,
    at,
    productId,
    amount: 500,
    ...more,
  });
  const log = transactionLog(
    [
      sale("7/1", "ani", "2024-03-01T23:30:00+07:00", "tea"),
      sale("7/2", "ani", "2024-03-01T23:30:00+07:00", "cup"),
      sale("8/1", "ani", "2024-03-02T00:30:00+07:00", "rice"),
      sale("9/1", "budi", "2024-03-05T10:00:00+07:00", "tea"),
      sale("9/2", "budi", "2024-03-05T10:00:00+07:00", "cup"),
      sale("9/3", "budi", "2024-03-05T10:00:00+07:00", null),
      { id: "r1", customerId: "budi", at: "2024-04-01T10:00:00+07:00", amount: -500, refundOf: "9/2" },
      sale("5/1", "citra", "2024-01-01T10:00:00+07:00", "tea"),
      sale("5/2", "citra", "2024-02-01T10:00:00+07:00", "rice"),
    ],
    { currency: "IDR", timeZone: "Asia/Jakarta" },
  );
  const pairs = (options: object) => {
    const { rules, baskets, purchasesWithoutProduct } = associationRules(log, {
      asOf: "2024-06-01",
      per: "customer",
      minimumCount: 1,
      ...options,
    });
    const found = rows(rules).filter(({ antecedent, consequent }) => antecedent < consequent);
    return {
      pairs: found.map(({ antecedent, consequent, count }) => `${antecedent} ${consequent} ${count}`).sort(),
      baskets,
      purchasesWithoutProduct,
    };
  };

  it("per customer: what was bought and not given back in full", () => {
    expect(pairs({})).toEqual({
      pairs: ["cup rice 1", "cup tea 1", "rice tea 2"],
      baskets: 3,
      purchasesWithoutProduct: 1,
    });
  });

  it("a refund after asOf is not known yet", () => {
    expect(pairs({ asOf: "2024-04-01" }).pairs).toEqual(["cup rice 1", "cup tea 2", "rice tea 2"]);
  });

  it("per customer and civil day, in the zone asked for", () => {
    expect(pairs({ per: "customerDay" })).toEqual({
      pairs: ["cup tea 1"],
      baskets: 5,
      purchasesWithoutProduct: 1,
    });
    // In UTC the two evenings of ani are one day.
    expect(pairs({ per: "customerDay", timeZone: "UTC" }).pairs).toEqual([
      "cup rice 1",
      "cup tea 1",
      "rice tea 1",
    ]);
  });

  it("per order, as a function or a map says", () => {
    const expected = { pairs: ["cup tea 1", "rice tea 1"], baskets: 4, purchasesWithoutProduct: 1 };
    expect(pairs({ per: "order", orderOf: (id: string) => id.split("/")[0] })).toEqual(expected);
    const orders = new Map([
      ["7/1", "7"],
      ["7/2", "7"],
      ["5/1", "5"],
      ["5/2", "5"],
    ]);
    expect(pairs({ per: "order", orderOf: orders })).toEqual(expected);
  });

  it("equal orders of two customers are two baskets", () => {
    const shop = transactionLog(
      [sale("a", "ani", "2024-01-01", "tea"), sale("b", "budi", "2024-01-01", "cup")],
      { currency: "IDR" },
    );
    const options = { asOf: "2025-01-01", per: "order", orderOf: () => "1", minimumCount: 1 } as const;
    const { baskets, rules, purchasesWithoutOrder } = associationRules(shop, options);
    expect([baskets, rules.length, purchasesWithoutOrder]).toEqual([2, 0, 0]);
  });

  it("counts the purchases of no order, and wants ids where there are orders", () => {
    const options = { asOf: "2025-01-01", per: "order", orderOf: new Map([["7/1", "7"]]) } as const;
    // Of the six purchases with a product and not given back one has an order.
    expect(associationRules(log, options).purchasesWithoutOrder).toBe(5);
    expect(associationRules(log, { asOf: "2025-01-01", per: "customer" }).purchasesWithoutOrder).toBe(0);
    expect(associationRules([["tea"]]).purchasesWithoutOrder).toBe(0);
    const bare = transactionLog([{ customerId: "ani", at: "2024-01-01", amount: 5, productId: "tea" }], {
      currency: "IDR",
    });
    const error = thrown(() => associationRules(bare, { ...options, orderOf: () => "x" }));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "log"]);
    expect(error.message).toContain("no transaction ids");
  });

  it("looks at a window", () => {
    const window = { start: "2024-02-01", end: "2024-03-02" };
    expect(pairs({ window })).toEqual({ pairs: ["cup tea 1"], baskets: 2, purchasesWithoutProduct: 0 });
    // The start is in it, the end is not.
    const evening = "2024-03-01T23:30:00+07:00";
    expect(pairs({ window: { start: "2024-02-01", end: evening } }).baskets).toBe(1);
    expect(pairs({ window: { start: evening, end: "2024-03-02" } }).pairs).toEqual(["cup tea 1"]);
    const result = associationRules(log, { asOf: "2024-02-15", per: "customer", window });
    expect(result.window).toEqual({
      start: Date.parse("2024-02-01T00:00:00+07:00"),
      end: Date.parse("2024-02-15T00:00:00+07:00"),
    });
    expect(result.per).toBe("customer");
  });

  it("a predicate says what counts", () => {
    expect(
      pairs({ qualifies: ({ productId }: { productId: string | null }) => productId !== "rice" }).pairs,
    ).toEqual(["cup tea 2"]);
  });

  it("names a bad option", () => {
    const call = (options: object) =>
      thrown(() => associationRules(log, { asOf: "2024-06-01", ...options } as never));
    expect(call({}).path).toBe("options.per");
    expect(call({ per: "receipt" }).message).toContain('"receipt"');
    expect(call({ per: "order" }).path).toBe("options.orderOf");
    expect(call({ per: "customer", orderOf: () => "x" }).message).toContain('"customer"');
    expect(call({ per: "order", orderOf: () => 7 }).message).toContain("7");
    expect(call({ per: "order", orderOf: "id" }).message).toContain('"id": pass a Map of transaction ids');
    const bare = transactionLog([{ customerId: "ani", at: "2024-01-01", amount: 5 }], { currency: "IDR" });
    const error = thrown(() => associationRules(bare, { asOf: "2024-06-01", per: "customer" }));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "log"]);
    expect(error.message).toContain("productId");
  });
});

describe("associationRules, bad input", () => {
  const call = (input: unknown, options: unknown = {}) =>
    thrown(() => associationRules(input as never, options as never));

  it("names the basket, the place and the value", () => {
    const error = call([["a"], ["b", 7.5], "c", ["", "a"]]);
    expect([error.code, error.path]).toEqual(["INVALID_ROWS", "baskets[1][1]"]);
    expect(error.problems?.map(({ row, field, value }) => [row, field, value])).toEqual([
      [1, "[1]", 7.5],
      [2, "", "c"],
      [3, "[0]", ""],
    ]);
  });

  it("names the row, the field and the value", () => {
    const error = call([{ basketId: "1", productId: "a" }, { basketId: 2.5, productId: "a" }, null]);
    expect([error.code, error.path]).toEqual(["INVALID_ROWS", "baskets[1].basketId"]);
    expect(error.message).toContain("2.5 is not an id: text that is not empty, or a whole number");
    expect(error.problems?.length).toBe(3);
  });

  it("names a customer of a receipt that is no id", () => {
    const error = call([
      { basketId: "1", productId: "a" },
      { basketId: "1", customerId: 7.5, productId: "a" },
      { customerId: "ani", productId: "a" },
    ]);
    expect(error.problems?.map(({ row, field, value }) => [row, field, value])).toEqual([
      [1, "customerId", 7.5],
      [2, "basketId", undefined],
    ]);
  });

  it("wants columns of one length, by name", () => {
    expect(call(table({ basketId: ["1"] })).code).toBe("UNKNOWN_COLUMN");
    const error = call({ length: 1, columns: { basketId: ["1", "2"], productId: ["a"] } });
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "baskets.columns.basketId"]);
    expect(call("tea").path).toBe("baskets");
    expect(call(null).path).toBe("baskets");
  });

  it("names a bad option and its value", () => {
    const cases: readonly [object, string][] = [
      [{ minimumCount: 0 }, "options.minimumCount"],
      [{ maximumSize: 1 }, "options.maximumSize"],
      [{ minimumConfidence: 1.5 }, "options.minimumConfidence"],
      [{ minimumLift: -1 }, "options.minimumLift"],
      [{ maximumPValue: Number.NaN }, "options.maximumPValue"],
      [{ correction: "bonferroni" }, "options.correction"],
      [{ orderBy: "size" }, "options.orderBy"],
      [{ separator: "" }, "options.separator"],
    ];
    for (const [options, path] of cases) {
      const error = call([["a"]], options);
      expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", path]);
      expect(error.message).toContain(String(Object.values(options)[0]));
    }
    expect(call([["a"]], null).path).toBe("options");
  });

  it("refuses a product that reads like two, where that matters", () => {
    const baskets = [["a + b", "c"]];
    expect(call(baskets, { maximumSize: 3, minimumCount: 1 }).message).toContain('"a + b"');
    expect(associationRules(baskets, { maximumSize: 3, minimumCount: 1, separator: "|" }).rules.length).toBe(
      2,
    );
    expect(associationRules(baskets, { minimumCount: 1 }).rules.length).toBe(2);
  });
});
