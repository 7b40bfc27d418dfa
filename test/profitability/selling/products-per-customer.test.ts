import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rows } from "../../../src/core/table.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { productsPerCustomer } from "../../../src/profitability/selling/products-per-customer.js";
import { productsPerCustomerSeries } from "../../../src/profitability/selling/products-per-customer-series.js";
import { thrown } from "../../core/thrown.js";
import { plainFacts, plainLog, plainOptions } from "../../history/plain-log.js";

const log = transactionLog(
  [
    { id: "1", customerId: "ani", productId: "tea", at: "2024-01-10", amount: 500 },
    { id: "2", customerId: "ani", productId: "cup", at: "2024-02-10", amount: 900 },
    { id: "3", customerId: "ani", productId: "tea", at: "2024-03-10", amount: 500 },
    { id: "4", customerId: "budi", productId: "tea", at: "2024-02-20", amount: 500 },
    { id: "5", customerId: "budi", productId: "cup", at: "2024-04-20", amount: 900 },
    { customerId: "budi", at: "2024-05-01", amount: -900, refundOf: "5" },
    { id: "6", customerId: "citra", productId: null, at: "2024-02-20", amount: 100 },
  ],
  { currency: "IDR" },
);

describe("productsPerCustomer", () => {
  it("counts different products of those who hold one", () => {
    const { distribution, groups, ...rest } = productsPerCustomer(log, { asOf: "2024-06-01" });
    expect(rest).toEqual({
      customers: 2,
      holdings: 3,
      mean: { value: 1.5, numerator: 3, denominator: 2, reason: null },
      crossSellRatio: { value: 0.5, numerator: 1, denominator: 2, reason: null },
      purchasesWithoutProduct: 1,
      asOf: Date.UTC(2024, 5, 1),
      window: null,
    });
    expect(rows(distribution)).toEqual([
      { products: 1, customers: 1, share: 0.5, shareWithAtLeast: 1 },
      { products: 2, customers: 1, share: 0.5, shareWithAtLeast: 0.5 },
    ]);
    expect(groups).toEqual([]);
  });

  it("by group, those without one last", () => {
    const groupBy = new Map([["ani", "north"]]);
    const { groups } = productsPerCustomer(log, { asOf: "2024-06-01", groupBy });
    expect(
      groups.map(({ group, holdings, crossSellRatio, distribution }) => [
        group,
        holdings,
        crossSellRatio.value,
        distribution.columns.customers,
      ]),
    ).toEqual([
      ["north", 2, 1, [0, 1]],
      [null, 1, 0, [1, 0]],
    ]);
  });

  it("nobody holds anything: no rate", () => {
    const { mean, crossSellRatio, distribution } = productsPerCustomer([]);
    expect([mean.value, mean.reason]).toEqual([null, "customers who hold a product: 0"]);
    expect(crossSellRatio.value).toBeNull();
    expect(distribution.length).toBe(0);
  });

  it("adds up, and shares fall from 1", () => {
    const holdings = fc.array(
      fc.record({
        customerId: fc.constantFrom("a", "b", "c", "d"),
        productId: fc.constantFrom("x", "y", "z"),
      }),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(holdings, fc.integer({ min: 2, max: 4 }), (held, minimumProducts) => {
        const byCustomer = new Map<string, Set<string>>();
        for (const { customerId, productId } of held)
          byCustomer.set(customerId, (byCustomer.get(customerId) ?? new Set()).add(productId));
        const sizes = [...byCustomer.values()].map(({ size }) => size);
        const result = productsPerCustomer(held, {
          minimumProducts,
          groupBy: (id) => (id < "c" ? "low" : "high"),
        });
        expect([result.customers, result.holdings]).toEqual([sizes.length, sizes.reduce((a, b) => a + b, 0)]);
        expect(result.crossSellRatio.numerator).toBe(sizes.filter((size) => size >= minimumProducts).length);
        for (const { products, customers, shareWithAtLeast } of rows(result.distribution)) {
          expect(customers).toBe(sizes.filter((size) => size === products).length);
          expect(shareWithAtLeast).toBe(sizes.filter((size) => size >= products).length / sizes.length);
        }
        expect(result.groups.reduce((sum, { holdings: own }) => sum + own, 0)).toBe(result.holdings);
      }),
    );
  });

  it("names bad input", () => {
    const call = (options: object) =>
      thrown(() => productsPerCustomer(log, { asOf: "2024-06-01", ...options } as never));
    expect(call({ minimumProducts: 1 }).path).toBe("options.minimumProducts");
    expect(call({ groupBy: "north" }).path).toBe("options.groupBy");
    expect(call({ window: { start: "2024-02-01", end: "2024-01-01" } }).path).toBe("options.window");
    expect(thrown(() => productsPerCustomer(null as never)).path).toBe("holdings");
  });
});

describe("productsPerCustomerSeries", () => {
  const shown = (options: object) =>
    productsPerCustomerSeries(log, { asOf: "2024-05-15", by: "month", ...options }).map(
      ({ period, customers, holdings, crossSellRatio }) => [
        period.label,
        customers,
        holdings,
        crossSellRatio.value,
      ],
    );

  it("so far: all that was bought to the end of the period", () => {
    expect(shown({})).toEqual([
      ["2024-01", 1, 1, 0],
      ["2024-02", 2, 3, 0.5],
      ["2024-03", 2, 3, 0.5],
      ["2024-04", 2, 3, 0.5],
    ]);
    // Before the refund is known, budi holds a cup.
    expect(shown({ asOf: "2024-05-01" })[3]).toEqual(["2024-04", 2, 4, 1]);
  });

  it("in the period alone", () => {
    expect(shown({ held: "inPeriod" })).toEqual([
      ["2024-01", 1, 1, 0],
      ["2024-02", 2, 2, 0],
      ["2024-03", 1, 1, 0],
      ["2024-04", 0, 0, null],
    ]);
  });

  it("counts the purchases that name no product", () => {
    const early = { id: "0", customerId: "citra", at: "2023-12-20", amount: 100 };
    const late = { ...early, id: "7", at: "2024-03-20" };
    const tea = { id: "1", customerId: "ani", productId: "tea", at: "2024-01-10", amount: 500 };
    const made = transactionLog([early, late, tea], { currency: "IDR" });
    const counts = (held: "soFar" | "inPeriod") =>
      productsPerCustomerSeries(made, { asOf: "2024-05-15", by: "month", held }).map(
        ({ purchasesWithoutProduct }) => purchasesWithoutProduct,
      );
    expect(counts("soFar")).toEqual([1, 1, 2, 2]);
    expect(counts("inPeriod")).toEqual([0, 0, 1, 0]);
  });

  it("agrees with one count for each period", () => {
    fc.assert(
      fc.property(plainLog(), plainOptions, ({ rows: records, options }, { window: _, ...asked }) => {
        fc.pre(records.some(({ productId }) => productId != null));
        const made = transactionLog(records, options);
        for (const held of ["soFar", "inPeriod"] as const) {
          const series = productsPerCustomerSeries(made, { ...asked, by: "month", held });
          for (const { period, customers, holdings, crossSellRatio } of series) {
            const window = { start: held === "soFar" ? -Infinity : period.start, end: period.end };
            const sizes = ["ani", "budi", "citra", "dewi"].map((customerId) => {
              const facts = plainFacts(records, customerId, { ...asked, window });
              return new Set(
                facts.flatMap(({ counts, row }) => (counts && row.productId ? [row.productId] : [])),
              ).size;
            });
            expect([customers, holdings, crossSellRatio.numerator]).toEqual([
              sizes.filter((size) => size > 0).length,
              sizes.reduce((a, b) => a + b, 0),
              sizes.filter((size) => size > 1).length,
            ]);
            expect(period.end).toBeLessThanOrEqual(asked.asOf);
          }
        }
      }),
    );
  });

  it("is empty before the first complete period, and names bad input", () => {
    expect(shown({ asOf: "2024-01-31" })).toEqual([]);
    expect(shown({ asOf: "2023-01-31" })).toEqual([]);
    const call = (options: object) =>
      thrown(() => productsPerCustomerSeries(log, { asOf: "2024-05-15", by: "month", ...options } as never));
    expect(call({ held: "always" }).path).toBe("options.held");
    expect(call({ minimumProducts: 0 }).path).toBe("options.minimumProducts");
    expect(call({ asOf: "soon" }).path).toBe("options.asOf");
    expect(call({ by: "fortnight" }).message).toContain("fortnight");
    for (const by of [undefined, "fortnight"]) {
      expect(call({ by }).path).toBe("options.by");
      expect(call({ by }).message).toMatch(/^options\.by is /);
    }
  });
});
