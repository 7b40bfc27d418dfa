import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type ChurnByProductOptions,
  churnByProduct,
} from "../../../src/retention/contracts/churn-by-product.js";
import { churnRate } from "../../../src/retention/contracts/churn-rate.js";
import { wilsonInterval } from "../../../src/statistics/wilson-interval.js";
import { thrown } from "../../core/thrown.js";
import { DAY, someContracts } from "../plain-churn.js";

const march = { asOf: "2024-04-01", window: { start: "2024-03-01", end: "2024-04-01" } };
const has = (customerId: string, productId: string | null, startAt: string, endAt: string | null = null) => ({
  customerId,
  productId,
  startAt,
  endAt,
});

describe("churnByProduct", () => {
  // ani drops tv and keeps fiber; budi leaves; citra moves from tv to fiber; dewi has what names no product.
  const contracts = [
    has("ani", "tv", "2023-01-01", "2024-03-10"),
    has("ani", "fiber", "2023-01-01"),
    has("budi", "tv", "2023-01-01", "2024-03-20"),
    has("citra", "tv", "2023-01-01", "2024-03-15"),
    has("citra", "fiber", "2024-03-15"),
    has("dewi", null, "2023-01-01"),
    has("eka", "radio", "2022-01-01", "2023-01-01"),
  ];

  it("tells who gave up a product from who left", () => {
    const { products, customers, ...rest } = churnByProduct(contracts, march);
    expect(
      products.map(({ productId, churn, started, keptElsewhere }) => [
        productId,
        churn.numerator,
        churn.denominator,
        started,
        keptElsewhere.numerator,
        keptElsewhere.denominator,
      ]),
    ).toEqual([
      ["fiber", 0, 1, 1, 0, 0],
      ["radio", 0, 0, 0, 0, 0],
      ["tv", 3, 3, 0, 2, 3],
      [null, 0, 1, 0, 0, 0],
    ]);
    expect(products[2].keptElsewhereInterval).toEqual(wilsonInterval(2, 3));
    expect(products[0].keptElsewhere.reason).toBe("customers who gave up the product: 0");
    expect(products[0].keptElsewhereInterval).toBeNull();
    expect([customers.churn.numerator, customers.churn.denominator]).toEqual([1, 4]);
    expect(rest).toEqual({
      window: { start: Date.UTC(2024, 2, 1), end: Date.UTC(2024, 3, 1) },
      asOf: Date.UTC(2024, 3, 1),
      timeZone: "UTC",
    });
  });

  it("one plan for another in the same contract is given up, and kept elsewhere", () => {
    const phases = [
      { ...has("ani", "small", "2023-07-01", "2024-03-15"), id: "S" },
      { ...has("ani", "large", "2024-03-15"), id: "S" },
    ];
    const { products, customers } = churnByProduct(phases, march);
    expect(products.map(({ productId, keptElsewhere }) => [productId, keptElsewhere.value])).toEqual([
      ["large", null],
      ["small", 1],
    ]);
    expect(customers.churn.numerator).toBe(0);
  });

  it("goes by statuses, and by terms where asked", () => {
    const rows = [
      { ...has("ani", "tv", "2023-03-15", "2024-03-15"), term: { unit: "year" as const } },
      { ...has("ani", "fiber", "2023-01-01"), status: "paused" as const, statusSince: "2024-03-05" },
    ];
    const { products, customers } = churnByProduct(rows, { ...march, exposure: "upForRenewal" });
    expect(
      products.map(({ productId, churned, upForRenewal, keptElsewhere }) => [
        productId,
        churned,
        upForRenewal,
        keptElsewhere.value,
      ]),
    ).toEqual([
      ["fiber", 1, 0, 0],
      ["tv", 1, 1, 0],
    ]);
    expect(customers.churned).toBe(1);
  });

  it("gives no rate of a window that is not over", () => {
    const { products } = churnByProduct(contracts, { ...march, asOf: "2024-03-25" });
    const tv = products.find(({ productId }) => productId === "tv");
    expect(tv?.keptElsewhere).toEqual({
      value: null,
      numerator: 2,
      denominator: 3,
      reason: "the window ends 2024-04-01T00:00:00.000Z, after asOf 2024-03-25T00:00:00.000Z",
    });
    expect(tv?.keptElsewhereInterval).toBeNull();
  });

  it("each product is churnRate of its contracts, the whole churnRate of all; who is kept is no loss of the company", () => {
    const products = fc.infiniteStream(fc.constantFrom("x", "y", null));
    const base = fc.constantFrom("classic" as const, "stripe" as const, "baremetrics" as const);
    const edges = fc.tuple(fc.nat(60), fc.nat(30));
    fc.assert(
      fc.property(
        someContracts,
        products,
        base,
        edges,
        fc.nat(80),
        (plain, product, base, [start, length], asOf) => {
          const rows = plain.map((row) => ({ ...row, productId: product.next().value as string | null }));
          const options = {
            asOf: asOf * DAY,
            window: { start: start * DAY, end: (start + length) * DAY },
            base,
          };
          const found = churnByProduct(rows, options);
          const { groups: _, window: __, asOf: ___, timeZone: ____, ...whole } = churnRate(rows, options);
          expect(found.customers).toEqual(whole);
          let gone = 0;
          for (const { productId, keptElsewhere, keptElsewhereInterval: _, ...churn } of found.products) {
            const own = rows.filter((row) => row.productId === productId);
            expect(churnRate(own, options)).toMatchObject(churn);
            expect(keptElsewhere.denominator).toBe(churn.churned);
            expect(keptElsewhere.numerator).toBeLessThanOrEqual(churn.churned);
            gone += churn.churned - keptElsewhere.numerator;
          }
          // Whoever the company lost, gave up the last product in the window; one who had two counts in both.
          expect(gone).toBeGreaterThanOrEqual(whole.churned);
          if (whole.churned === 0) expect(gone).toBe(0);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("refuses groups, bad options, and bad rows with their place", () => {
    const error = (rows: readonly unknown[], more: object = {}) =>
      thrown(() => churnByProduct(rows as never, { ...march, ...more } as ChurnByProductOptions));
    expect(error([], { groupBy: () => "x" }).path).toBe("options.groupBy");
    expect(error([], { window: null }).path).toBe("options.window");
    const rows = error([contracts[0], { ...contracts[1], productId: 7, amount: -1 }]);
    expect([rows.code, rows.path]).toEqual(["INVALID_ROWS", "contracts[1].amount"]);
    expect(rows.message).toContain("row 2, productId: 7 is no text");
  });
});
