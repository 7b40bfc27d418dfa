import { describe, expect, it } from "vitest";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { churnByProduct } from "../../../src/retention/contracts/churn-by-product.js";
import { churnRate } from "../../../src/retention/contracts/churn-rate.js";
import { defectionByView } from "../../../src/retention/rates/defection-by-view.js";
import { retentionRate } from "../../../src/retention/rates/retention-rate.js";

describe("trap 13: one of two subscriptions, products or channels given up is no defection", () => {
  const contracts = [
    { customerId: "ani", productId: "fiber", startAt: "2023-01-01" },
    { customerId: "ani", productId: "tv", startAt: "2023-01-01", endAt: "2024-03-10" },
    { customerId: "budi", productId: "tv", startAt: "2023-01-01" },
  ];
  const call = { asOf: "2024-04-01", window: { start: "2024-03-01", end: "2024-04-01" } };

  it("one of two contracts ended is no churn of the customer", () => {
    expect(churnRate(contracts, call).churn).toEqual({
      value: 0,
      numerator: 0,
      denominator: 2,
      reason: null,
    });
  });

  it("it is churn of the product, for who counts that product's contracts alone", () => {
    const ofTv = churnRate(
      contracts.filter(({ productId }) => productId === "tv"),
      call,
    );
    expect(ofTv.churn.value).toBe(0.5);
  });

  it("by product, the defection that is none is told apart", () => {
    const { products, customers } = churnByProduct(contracts, call);
    expect(customers.churn.numerator).toBe(0);
    expect(
      products.map(({ productId, churn, keptElsewhere }) => [productId, churn.value, keptElsewhere]),
    ).toEqual([
      [
        "fiber",
        0,
        { value: null, numerator: 0, denominator: 0, reason: "customers who gave up the product: 0" },
      ],
      ["tv", 0.5, { value: 1, numerator: 1, denominator: 1, reason: null }],
    ]);
  });

  it("a contract replaced by another, with and without an overlap, is no churn", () => {
    for (const startAt of ["2024-03-10", "2024-03-01", "2024-02-01"]) {
      const moved = [
        { customerId: "ani", startAt: "2023-01-01", endAt: "2024-03-10" },
        { customerId: "ani", startAt },
      ];
      expect(churnRate(moved, call)).toMatchObject({ churned: 0, returned: 0, activeAtEnd: 1 });
    }
  });

  const years = {
    asOf: "2025-01-01",
    previous: { start: "2023-01-01", end: "2024-01-01" },
    current: { start: "2024-01-01", end: "2025-01-01" },
  };
  // Ani gives up tv and the shop, and buys fiber on the web.
  const log = transactionLog(
    [
      { customerId: "ani", at: "2023-02-01", amount: 500, productId: "fiber", channel: "web" },
      { customerId: "ani", at: "2023-02-01", amount: 100, productId: "tv", channel: "shop" },
      { customerId: "ani", at: "2024-02-01", amount: 500, productId: "fiber", channel: "web" },
    ],
    { currency: "IDR" },
  );

  it.each([
    ["product" as const, "tv"],
    ["channel" as const, "shop"],
  ])("the %s view loses her, the customer view keeps her: a defection that is none", (view, group) => {
    const found = defectionByView(log, { ...years, view }).groups.find((entry) => entry.group === group);
    expect(found?.sameAgain.raw.value).toBe(0);
    expect(found?.anyBusiness.raw.value).toBe(1);
    expect(found?.keptElsewhere).toEqual({ value: 1, numerator: 1, denominator: 1, reason: null });
    expect(retentionRate(log, years).raw.value).toBe(1);
  });
});
