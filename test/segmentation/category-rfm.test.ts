import { describe, expect, it } from "vitest";
import { rows } from "../../src/core/table.js";
import { transactionLog } from "../../src/history/transaction-log.js";
import { categoryRfm } from "../../src/segmentation/category-rfm.js";
import { rfm } from "../../src/segmentation/rfm.js";
import { thrown } from "../core/thrown.js";

const transactions = [
  {
    id: "1",
    customerId: "ani",
    at: "2024-01-05",
    amount: 500,
    cost: 200,
    productId: "arabica",
    channel: "shop",
  },
  {
    id: "2",
    customerId: "ani",
    at: "2024-02-01",
    amount: 300,
    cost: 100,
    productId: "oolong",
    channel: "web",
  },
  {
    id: "3",
    customerId: "ani",
    at: "2024-02-20",
    amount: 200,
    cost: 150,
    productId: "robusta",
    channel: "web",
  },
  {
    id: "4",
    customerId: "budi",
    at: "2024-01-20",
    amount: 900,
    cost: 300,
    productId: "robusta",
    channel: "shop",
  },
  { id: "5", customerId: "budi", at: "2024-02-02", amount: -900, cost: -300, refundOf: "4", channel: "web" },
  { id: "6", customerId: "budi", at: "2024-02-03", amount: 40, cost: 10, productId: "mug", channel: "shop" },
  {
    id: "7",
    customerId: "citra",
    at: "2024-02-25",
    amount: 70,
    cost: 20,
    productId: "oolong",
    channel: "shop",
  },
  {
    id: "8",
    customerId: "citra",
    at: "2024-03-25",
    amount: 70,
    cost: 20,
    productId: "arabica",
    channel: "shop",
  },
];
const log = transactionLog(transactions, { currency: "IDR" });
const kinds: Readonly<Record<string, string>> = { arabica: "coffee", robusta: "coffee", oolong: "tea" };
const categoryOf = (product: string) => kinds[product] ?? null;
const cuts = { recency: [10, 20, 30, 40], frequency: [1, 2, 3, 4], monetary: [100, 200, 400, 800] };
const asOf = "2024-03-01";

describe("categoryRfm", () => {
  it("counts each customer within each category, before asOf, refunds with their purchase", () => {
    const { categories, uncategorized } = categoryRfm(log, { asOf, categoryOf, cuts });
    const values = categories.map(({ category, scores }) => [
      category,
      rows(scores.members).map(({ customerId, recency, frequency, monetary, code }) => [
        customerId,
        recency,
        frequency,
        monetary,
        code,
      ]),
      scores.unscored.customerIds,
    ]);
    expect(values).toEqual([
      ["coffee", [["ani", 10, 2, 700, "5-2-4"]], ["budi"]],
      [
        "tea",
        [
          ["ani", 29, 1, 300, "3-1-3"],
          ["citra", 5, 1, 70, "5-1-1"],
        ],
        [],
      ],
    ]);
    // The mug.
    expect(uncategorized).toBe(1);
    expect(categories[0].scores).toMatchObject({
      asOf: Date.UTC(2024, 2, 1),
      currency: "IDR",
      monetary: "revenue",
    });
  });

  it("is what rfm says of a log of that category alone", () => {
    for (const monetary of ["revenue", "margin"] as const) {
      for (const window of [undefined, { start: "2024-01-15", end: "2024-02-10" }]) {
        const options = { asOf, cuts, monetary, window, refundAttribution: "transaction" as const };
        for (const { category, scores } of categoryRfm(log, { ...options, categoryOf }).categories) {
          const own = transactions.filter(({ productId, refundOf }) => {
            const product = productId ?? transactions.find(({ id }) => id === refundOf)?.productId;
            return product !== undefined && categoryOf(product) === category;
          });
          expect(scores).toEqual(rfm(transactionLog(own, { currency: "IDR" }), options));
        }
      }
    }
  });

  it("takes channels, and each product as its own category", () => {
    const names = (options: object) =>
      categoryRfm(log, { asOf, cuts, ...options }).categories.map(({ category }) => category);
    expect(names({ by: "channel" })).toEqual(["shop", "web"]);
    expect(names({})).toEqual(["arabica", "mug", "oolong", "robusta"]);
  });

  it("refuses a log without the column or the costs, and names that are none", () => {
    const bare = transactionLog([{ customerId: "a", at: "2024-01-01", amount: 5 }], { currency: "IDR" });
    expect(thrown(() => categoryRfm(bare, { asOf }))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "options.by",
      message: 'options.by is "product", and the log has none: pass transactions with it',
    });
    const costless = transactionLog([{ customerId: "a", at: "2024-01-01", amount: 5, productId: "x" }], {
      currency: "IDR",
    });
    expect(thrown(() => categoryRfm(costless, { asOf, monetary: "margin" }))).toMatchObject({
      path: "options.monetary",
    });
    expect(thrown(() => categoryRfm(log, { asOf, categoryOf: () => "" }))).toMatchObject({
      path: "options.categoryOf",
    });
    expect(thrown(() => categoryRfm(log, { asOf, categoryOf: {} as never }))).toMatchObject({
      path: "options.categoryOf",
    });
    expect(thrown(() => categoryRfm(log, { asOf, by: "color" as never }))).toMatchObject({
      path: "options.by",
    });
  });
});

describe("rfm on margin", () => {
  it("takes sales less refunds and less cost as the money, recency and frequency as before", () => {
    const scores = rfm(log, { asOf, cuts, monetary: "margin" });
    expect(scores.monetary).toBe("margin");
    // By hand: ani 500-200 + 300-100 + 200-150, budi 40-10 (the refund takes back both), citra 70-20.
    expect(rows(scores.members).map(({ customerId, monetary }) => [customerId, monetary])).toEqual([
      ["ani", 550],
      ["budi", 30],
      ["citra", 50],
    ]);
    const revenue = rfm(log, { asOf, cuts }).members.columns;
    expect(scores.members.columns).toMatchObject({ recency: revenue.recency, frequency: revenue.frequency });
    expect(scores.segments.reduce((sum, { monetary }) => sum + monetary, 0)).toBe(630);
  });

  it("looks at the window alone", () => {
    const window = { start: "2024-02-01", end: "2024-02-15" };
    const { monetary } = rfm(log, { asOf, cuts, window, monetary: "margin" }).members.columns;
    expect(monetary).toEqual([200, 30]);
  });

  it("refuses a log without costs, and another kind of money", () => {
    const bare = transactionLog([{ customerId: "a", at: "2024-01-01", amount: 5 }], { currency: "IDR" });
    expect(thrown(() => rfm(bare, { asOf, monetary: "margin" }))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "options.monetary",
      message:
        'options.monetary is "margin", and the log has no costs: pass transactions with cost, or "revenue"',
    });
    expect(thrown(() => rfm(log, { asOf, monetary: "profit" as never })).message).toContain('"profit"');
  });
});
