import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rows } from "../../../src/core/table.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { accountProfitAndLoss } from "../../../src/profitability/statement/account-profit-and-loss.js";
import { customerProfitAndLoss } from "../../../src/profitability/statement/customer-profit-and-loss.js";
import { profitAndLossBy } from "../../../src/profitability/statement/profit-and-loss-by.js";
import { thrown } from "../../core/thrown.js";
import { referenceLog } from "../../history/reference-log.js";

const asOf = "2025-01-01";
const log = transactionLog(
  [
    {
      id: "1",
      customerId: "ani",
      at: "2024-01-10",
      amount: 900,
      cost: 500,
      channel: "web",
      productId: "tea",
    },
    { customerId: "ani", at: "2024-02-10", amount: -300, cost: -100, refundOf: "1", channel: "store" },
    { customerId: "ani", at: "2024-02-11", amount: 300, cost: 100, channel: "store", productId: "cup" },
    { customerId: "budi", at: "2024-03-10", amount: 250, cost: 300, productId: "tea" },
  ],
  { currency: "USD" },
);
const costs = {
  asOf,
  costToServe: [
    { customerId: "ani", amount: 10 },
    { customerId: "dewi", amount: 7 },
  ],
  paymentFees: { rate: 0.1, perTransaction: 1 },
};

describe("profitAndLossBy", () => {
  it("by channel: the log's lines as they arose, a customer's costs by net revenue there", () => {
    const { groups } = profitAndLossBy(log, { ...costs, by: "channel" });
    // Ani: 600 web, 300 store; the costs of dewi, who bought nothing, in no channel, beside budi's purchase without one.
    expect(rows(groups)).toMatchObject([
      {
        group: "store",
        customers: 1,
        netRevenue: 300,
        costOfGoods: 100,
        costToServe: 3,
        paymentCost: 31,
        profit: 166,
      },
      {
        group: "web",
        customers: 1,
        sales: 900,
        returns: 300,
        costOfGoods: 400,
        costToServe: 7,
        paymentCost: 61,
      },
      { group: null, customers: 2, netRevenue: 250, costOfGoods: 300, costToServe: 7, paymentCost: 26 },
    ]);
  });

  it("by product; a refund is of its purchase's product at its own instant too", () => {
    const options = { asOf, by: "product", refundAttribution: "transaction" } as const;
    expect(rows(profitAndLossBy(log, options).groups)).toMatchObject([
      { group: "cup", netRevenue: 300 },
      { group: "tea", customers: 2, sales: 1150, returns: 300 },
    ]);
  });

  it("by period, cohort and segment", () => {
    const months = profitAndLossBy(log, { asOf, by: "month" }).groups.columns;
    expect([months.group, months.profit]).toEqual([
      ["2024-01", "2024-02", "2024-03"],
      [200, 200, -50],
    ]);
    const cohorts = profitAndLossBy(log, { ...costs, cohortBy: "month" }).groups.columns;
    expect([cohorts.group, cohorts.customers, cohorts.costToServe]).toEqual([
      ["2024-01", "2024-03", null],
      [1, 1, 1],
      [10, 0, 7],
    ]);
    // A cohort is that of the first purchase ever, not of the first in the window.
    const window = { start: "2024-02-01", end: "2024-03-01" };
    expect(profitAndLossBy(log, { asOf, window, cohortBy: "month" }).groups.columns.group).toEqual([
      "2024-01",
    ]);
    const segments = profitAndLossBy(log, {
      ...costs,
      groupBy: new Map([
        ["ani", "gold"],
        ["budi", "gold"],
      ]),
    }).groups;
    expect(rows(segments)).toMatchObject([
      { group: "gold", customers: 2, netRevenue: 1150 },
      { group: null, customers: 1, costToServe: 7 },
    ]);
  });

  it("forecasts go with customers", () => {
    const expectedRevenue = [{ customerId: "ani", amount: 5 }];
    expect(thrown(() => profitAndLossBy(log, { asOf, by: "month", expectedRevenue })).path).toBe(
      "options.expectedRevenue",
    );
    expect(
      profitAndLossBy(log, { asOf, groupBy: () => "all", expectedRevenue }).groups.columns.expectedRevenue,
    ).toEqual([5]);
  });

  it("every grouping sums to the customers' total, line by line", () => {
    const cost = fc.record({
      customerId: fc.constantFrom("A", "B", "D", "F", "I", "Z"),
      amount: fc.integer({ min: -1000, max: 1e7 }),
    });
    const grouping = fc.constantFrom(
      { by: "month" } as const,
      { by: "year" } as const,
      { by: { days: 30, anchor: "2022-01-01" } } as const,
      { cohortBy: "quarter" } as const,
      { groupBy: (id: string) => (id < "D" ? "low" : null) },
    );
    const attribution = fc.constantFrom("purchase", "transaction");
    fc.assert(
      fc.property(
        fc.array(cost),
        fc.integer({ min: 0, max: 1e6 }),
        grouping,
        attribution,
        (spent, amount, by, refundAttribution) => {
          const options = {
            asOf,
            refundAttribution: refundAttribution as "purchase" | "transaction",
            costToServe: spent,
            marketing: [{ amount, driver: "revenue" as const }],
            opportunityCost: spent,
            paymentFees: { rate: 0.019, perTransaction: 25 },
          };
          const { groups, total } = profitAndLossBy(referenceLog, { ...options, ...by });
          expect(total).toEqual(customerProfitAndLoss(referenceLog, options).total);
          for (const line of [
            "orders",
            "sales",
            "returns",
            "costOfGoods",
            "costToServe",
            "paymentCost",
            "marketingCost",
            "profit",
            "economicProfit",
          ] as const) {
            const values: readonly (number | null)[] = groups.columns[line];
            expect(values.reduce((sum: number, value) => sum + (value ?? 0), 0)).toBe(total[line]);
          }
        },
      ),
    );
  });

  it("rounds once for each group, not for each customer: half units do not all go one way", () => {
    const channels = ["web", "store"];
    const many = transactionLog(
      Array.from({ length: 1000 }, (_, i) => ({
        customerId: `c${i >> 1}`,
        at: "2024-01-10",
        amount: 100,
        cost: 0,
        channel: channels[i % 2],
      })),
      { currency: "JPY" },
    );
    const spentOf = (amount: number) =>
      Array.from({ length: 500 }, (_, i) => ({ customerId: `c${i}`, amount }));
    const by = (amount: number) =>
      profitAndLossBy(many, { asOf, by: "channel", costToServe: spentOf(amount) }).groups.columns.costToServe;
    expect(by(5)).toEqual([1250, 1250]);
    expect(by(-5)).toEqual([-1250, -1250]);
  });

  it("each group is within one unit of its exact share of the customers' costs", () => {
    const shopper = fc.record({
      web: fc.integer({ min: 0, max: 50 }),
      store: fc.integer({ min: 0, max: 50 }),
      post: fc.integer({ min: 1, max: 50 }),
      spent: fc.integer({ min: -1000, max: 1000 }),
    });
    fc.assert(
      fc.property(fc.array(shopper, { minLength: 1, maxLength: 30 }), (shoppers) => {
        const names = ["post", "store", "web"] as const;
        const buys = shoppers.flatMap((shopper, i) =>
          names.map((channel) => ({
            customerId: `c${i}`,
            at: "2024-01-10",
            amount: shopper[channel],
            cost: 0,
            channel,
          })),
        );
        const costToServe = shoppers.map(({ spent }, i) => ({ customerId: `c${i}`, amount: spent }));
        const { columns } = profitAndLossBy(transactionLog(buys, { currency: "JPY" }), {
          asOf,
          by: "channel",
          costToServe,
        }).groups;
        expect(columns.group).toEqual(names);
        names.forEach((name, place) => {
          const exact = shoppers.reduce(
            (sum, { spent, ...bought }) =>
              sum + (spent * bought[name]) / (bought.web + bought.store + bought.post),
            0,
          );
          // 1e-9: dust of the sums of doubles.
          expect(Math.abs(columns.costToServe[place] - exact)).toBeLessThan(1 + 1e-9);
        });
        expect(columns.costToServe.reduce((sum, value) => sum + value, 0)).toBe(
          shoppers.reduce((sum, { spent }) => sum + spent, 0),
        );
      }),
    );
  });

  it("without net revenue a customer's costs go by purchases", () => {
    const free = transactionLog(
      ["web", "store", "web"].map((channel) => ({
        customerId: "ani",
        at: "2024-01-10",
        amount: 0,
        cost: 0,
        channel,
      })),
      { currency: "USD" },
    );
    const costToServe = [{ customerId: "ani", amount: 9 }];
    const { columns } = profitAndLossBy(free, { asOf, by: "channel", costToServe }).groups;
    expect(columns.group).toEqual(["store", "web"]);
    expect(columns.costToServe).toEqual([3, 6]);
  });

  it("a cohort is that of the first purchase that qualifies", () => {
    const qualifies = ({ id }: { readonly id: string | null }) => id !== "1";
    const { columns } = profitAndLossBy(log, { asOf, cohortBy: "month", qualifies }).groups;
    expect(columns.group).toEqual(["2024-02", "2024-03"]);
    expect(columns.profit).toEqual([400, -50]);
  });

  it("cost of goods passed in is split like other costs, and none of it is lost", () => {
    const { groups, total } = profitAndLossBy(log, {
      asOf,
      by: "channel",
      costOfGoods: [{ customerId: "ani", amount: 90 }],
    });
    expect(groups.columns.costOfGoods).toEqual([30, 60, 0]);
    expect(total.costOfGoods).toBe(90);
  });

  it("names bad options", () => {
    const bad = (options: object) => thrown(() => profitAndLossBy(log, { asOf, ...options }));
    expect(bad({}).message).toContain("0 of by, groupBy and cohortBy");
    expect(bad({ by: "month", cohortBy: "month" }).path).toBe("options");
    expect(thrown(() => profitAndLossBy(referenceLog, { asOf, by: "channel" })).message).toContain(
      "has no channels",
    );
  });
});

describe("accountProfitAndLoss", () => {
  const accounts = [
    { id: "leaf", parentId: "mid" },
    { id: "mid", parentId: "top" },
    { id: "top" },
    { id: "alone" },
  ];
  const accountOf = new Map([
    ["A", "leaf"],
    ["B", "leaf"],
    ["I", "mid"],
    ["C", "top"],
    ["G", "alone"],
  ]);

  it("rolls up: own, and with all below", () => {
    const { own, rolledUp, total } = accountProfitAndLoss(referenceLog, accounts, { asOf, accountOf });
    // Profits of the whale curve: A 360, B 330, I 710, C 70, G 160; the others 155 of 1785.
    expect(own.columns.accountId).toEqual(["leaf", "mid", "top", "alone", null]);
    expect(own.columns.profit).toEqual([69_000, 71_000, 7_000, 16_000, 15_500]);
    expect(rolledUp.columns.profit).toEqual([69_000, 140_000, 147_000, 16_000, 15_500]);
    expect(own.columns.level).toEqual([2, 1, 0, 0, 0]);
    expect(own.columns.customers).toEqual([2, 1, 1, 1, 6]);
    expect(rolledUp.columns.customers).toEqual([2, 3, 4, 1, 6]);
    expect(total.profit).toBe(178_500);
  });

  it("customers are accounts themselves unless told otherwise; trees are checked", () => {
    const { own } = accountProfitAndLoss(log, [{ id: "ani" }], { asOf });
    expect(own.columns.accountId).toEqual(["ani", null]);
    expect(thrown(() => accountProfitAndLoss(log, [{ id: "a", parentId: "a" }], { asOf })).code).toBe(
      "INVALID_ROWS",
    );
    expect(
      thrown(() => accountProfitAndLoss(log, accounts, { asOf, accountOf: () => "x" })).message,
    ).toContain('"x"');
  });
});
