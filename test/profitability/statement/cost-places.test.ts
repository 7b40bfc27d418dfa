import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rows, table } from "../../../src/core/table.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { profitBridge } from "../../../src/profitability/change/profit-bridge.js";
import { customerProfitAndLoss } from "../../../src/profitability/statement/customer-profit-and-loss.js";
import { profitAndLossBy } from "../../../src/profitability/statement/profit-and-loss-by.js";
import { thrown } from "../../core/thrown.js";

const asOf = "2025-01-01";
const bought = (customerId: string, at: string, channel: string, productId: string, amount: number) => ({
  customerId,
  at,
  channel,
  productId,
  amount,
  cost: 100,
  quantity: 1,
});
const log = transactionLog(
  [
    bought("ani", "2024-01-10", "web", "tea", 600),
    bought("ani", "2024-02-11", "store", "cup", 300),
    bought("budi", "2024-02-20", "store", "tea", 400),
  ],
  { currency: "USD" },
);

describe("costs with a place of their own", () => {
  it("by channel: there, also where nothing was sold; others by net revenue", () => {
    const { groups, total } = profitAndLossBy(log, {
      asOf,
      by: "channel",
      marketing: [
        { customerId: "ani", amount: 90, channel: "web" },
        // 600 of her 900 on the web, 300 in the store.
        { customerId: "ani", amount: 30 },
        { customerId: "budi", amount: 50, channel: "radio" },
        { amount: 70, driver: "equally", channel: "web" },
      ],
    });
    const { group, customers, marketingCost, profit } = groups.columns;
    expect(group).toEqual(["radio", "store", "web"]);
    expect(customers).toEqual([1, 2, 1]);
    expect(marketingCost).toEqual([50, 10, 90 + 20 + 70]);
    expect(profit).toEqual([-50, 700 - 200 - 10, 600 - 100 - 180]);
    expect(total.marketingCost).toBe(240);
  });

  it("by period: in the one of its instant, also one without sales", () => {
    const { groups } = profitAndLossBy(log, {
      asOf,
      by: "month",
      retention: [
        { customerId: "ani", amount: 90, at: "2024-02-01" },
        { customerId: "ani", amount: 30 },
        { customerId: "budi", amount: 50, at: "2024-04-05T12:00:00Z" },
        { amount: 70, driver: "orders", at: Date.UTC(2024, 0, 15) },
      ],
    });
    const { group, customers, retentionCost } = groups.columns;
    expect(group).toEqual(["2024-01", "2024-02", "2024-04"]);
    expect(customers).toEqual([1, 2, 1]);
    expect(retentionCost).toEqual([20 + 70, 90 + 10, 50]);
  });

  it("by product: whole numbers are ids too, and a table says the same as rows", () => {
    const source = [
      { customerId: "ani", amount: 90, productId: "cup" },
      { customerId: "ani", amount: 30, productId: null },
      { customerId: "budi", amount: 50, productId: 12 },
    ];
    const byRows = profitAndLossBy(log, { asOf, by: "product", costToServe: source });
    expect(byRows.groups.columns.group).toEqual(["12", "cup", "tea"]);
    expect(byRows.groups.columns.costToServe).toEqual([50, 90 + 10, 20]);
    const columns = {
      customerId: source.map(({ customerId }) => customerId),
      amount: source.map(({ amount }) => amount),
      productId: ["cup", null, "12"],
    };
    expect(profitAndLossBy(log, { asOf, by: "product", costToServe: table(columns) })).toEqual(byRows);
  });

  it("a pool alone makes a group, of no customers", () => {
    const { groups } = profitAndLossBy(log, {
      asOf,
      by: "channel",
      acquisition: { amount: 7, driver: "revenue", channel: "fair" },
    });
    expect(rows(groups)[0]).toMatchObject({ group: "fair", customers: 0, acquisitionCost: 7, profit: -7 });
  });

  it("what arose outside the window or at asOf is not there; without an instant it is", () => {
    const at = (customerId: string, day: string | null) => ({ customerId, amount: 1, at: day });
    const retention = [
      at("ani", null),
      at("ani", "2024-02-01"),
      at("ani", "2024-02-29"),
      at("citra", "2024-03-01"),
      at("dewi", "2024-01-31"),
    ];
    const window = { start: "2024-02-01", end: "2024-03-01" };
    const { customers, total } = customerProfitAndLoss(log, { asOf, window, retention });
    expect(customers.columns.customerId).toEqual(["ani", "budi"]);
    expect(customers.columns.retentionCost).toEqual([3, 0]);
    expect(total.retentionCost).toBe(3);
    const columns = {
      customerId: retention.map(({ customerId }) => customerId),
      amount: retention.map(({ amount }) => amount),
      at: retention.map(({ at: day }) => day),
    };
    const fromTable = customerProfitAndLoss(log, { asOf, window, retention: table(columns) });
    expect(fromTable.customers).toEqual(customers);
    expect(customerProfitAndLoss(log, { asOf: "2024-02-29", retention }).total.retentionCost).toBe(3);
    // A day begins in the zone of the call: in Jakarta seven hours before it does in London.
    const late = [{ customerId: "ani", amount: 1, at: "2024-02-29T17:00:00Z" }];
    const jakarta = { asOf, window, retention: late, timeZone: "Asia/Jakarta" };
    expect(customerProfitAndLoss(log, { asOf, window, retention: late }).total.retentionCost).toBe(1);
    expect(customerProfitAndLoss(log, jakarta).total.retentionCost).toBe(0);
  });

  it("the bridge takes the cost to serve of each window", () => {
    const served = (day: string) => ({ customerId: "ani", amount: 5, at: day });
    const { before, after } = profitBridge(log, {
      asOf,
      before: { start: "2024-01-01", end: "2024-02-01" },
      after: { start: "2024-02-01", end: "2024-03-01" },
      costToServe: {
        before: [served("2024-01-31"), served("2024-02-01")],
        after: [served("2024-01-31"), served("2024-02-01"), served("2024-02-02")],
      },
    });
    expect([before.costToServe, after.costToServe]).toEqual([5, 10]);
  });

  it("names what is no place", () => {
    const faulty = [
      { customerId: "ani", amount: 1, at: "soon" },
      { customerId: "ani", amount: 1, channel: "" },
      { amount: 1, driver: "equally", productId: "" },
    ] as const;
    const error = thrown(() => customerProfitAndLoss(log, { asOf, marketing: faulty }));
    expect([error.code, error.path]).toEqual(["INVALID_ROWS", "options.marketing[0].at"]);
    expect(error.message).toMatch(/"soon" is no instant/);
    expect(error.problems?.map(({ row, field }) => [row, field])).toEqual([
      [0, "at"],
      [1, "channel"],
      [2, "productId"],
    ]);
    const asTable = table({ customerId: ["ani"], amount: [1], channel: [""] });
    expect(thrown(() => customerProfitAndLoss(log, { asOf, marketing: asTable })).path).toBe(
      "options.marketing[0].channel",
    );
  });

  it("each group has its own costs and what others are split into, and the groups are the total", () => {
    const place = {
      at: fc.constantFrom(null, "2024-01-31", "2024-02-01", "2024-03-05"),
      channel: fc.constantFrom(null, "web", "store", "fair"),
      productId: fc.constantFrom(null, "tea", "cup", "mat"),
    };
    const cost = fc.record({
      customerId: fc.constantFrom("ani", "budi", "citra"),
      amount: fc.integer({ min: -50, max: 200 }),
      ...place,
    });
    const pool = fc.record({
      amount: fc.integer({ min: 0, max: 99 }),
      driver: fc.constant("revenue" as const),
      ...place,
    });
    const by = fc.constantFrom(
      ["channel", "channel"] as const,
      ["product", "productId"] as const,
      ["month", "at"] as const,
    );
    fc.assert(
      fc.property(fc.array(cost), fc.array(pool), by, (costs, pools, [grouping, field]) => {
        const options = { asOf, by: grouping };
        const linesOf = (marketing: typeof costs, more: typeof pools) =>
          profitAndLossBy(log, { ...options, marketing: [...marketing, ...more], costOfGoods: marketing });
        const { groups, total } = linesOf(costs, pools);
        const isLoose = (one: (typeof costs)[number] | (typeof pools)[number]) => one[field] === null;
        const loose = linesOf(costs.filter(isLoose), pools.filter(isLoose));
        const marketing = new Map<string | null, number>();
        const goods = new Map<string | null, number>();
        const add = (sums: typeof goods, key: string | null, amount: number) =>
          sums.set(key, (sums.get(key) ?? 0) + amount);
        loose.groups.columns.group.forEach((group, i) => {
          add(marketing, group, loose.groups.columns.marketingCost[i] ?? 0);
          add(goods, group, loose.groups.columns.costOfGoods[i] ?? 0);
        });
        const nameOf = (own: string) => (field === "at" ? own.slice(0, 7) : own);
        for (const one of costs) {
          const own = one[field];
          if (own === null) continue;
          add(marketing, nameOf(own), one.amount);
          add(goods, nameOf(own), one.amount);
        }
        for (const { amount, ...one } of pools) {
          const own = one[field];
          if (own === null) continue;
          add(marketing, nameOf(own), amount);
        }
        groups.columns.group.forEach((group, i) => {
          expect(groups.columns.marketingCost[i]).toBe((marketing.get(group) ?? 0) + 0);
          expect(groups.columns.costOfGoods[i]).toBe((goods.get(group) ?? 0) + 0);
        });
        const sum = (values: readonly number[]) => values.reduce((one, other) => one + other, 0);
        const amounts = costs.map(({ amount }) => amount);
        expect(sum(groups.columns.marketingCost)).toBe(sum([...amounts, ...pools.map((one) => one.amount)]));
        expect(sum(groups.columns.costOfGoods)).toBe(sum(amounts));
        const { total: ofCustomers } = customerProfitAndLoss(log, {
          asOf,
          marketing: [...costs, ...pools],
          costOfGoods: costs,
        });
        expect(total).toEqual(ofCustomers);
        expect(sum(groups.columns.profit)).toBe(total.profit);
      }),
    );
  });
});
