import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { rows, table } from "../../../src/core/table.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { pipelineForecast } from "../../../src/profitability/pipeline/pipeline-forecast.js";
import { salesPerformance } from "../../../src/profitability/pipeline/sales-performance.js";
import { associationRules } from "../../../src/profitability/selling/association-rules.js";
import { activityBasedCosts } from "../../../src/profitability/statement/activity-based-costs.js";
import { customerProfitAndLoss } from "../../../src/profitability/statement/customer-profit-and-loss.js";
import { opportunityCosts } from "../../../src/profitability/statement/opportunity-costs.js";
import { profitAndLossBy } from "../../../src/profitability/statement/profit-and-loss-by.js";

const asOf = "2025-01-01";
const numbered = transactionLog(
  [
    { customerId: 12, at: "2024-01-10", amount: 900, cost: 500 },
    { customerId: 7, at: "2024-02-10", amount: 300, cost: 100 },
  ],
  { currency: "IDR" },
);

describe("whole numbers name customers, as in a log", () => {
  it("in costs, forecasts and their tables", () => {
    const { customers } = customerProfitAndLoss(numbered, {
      asOf,
      costToServe: [{ customerId: 7, amount: 40 }],
      retention: table({ customerId: [12] as unknown as string[], amount: [5] }),
      expectedRevenue: [{ customerId: 7, amount: 1000 }],
    });
    expect(customers.columns.customerId).toEqual(["7", "12"]);
    expect(customers.columns.costToServe).toEqual([40, 0]);
    expect(customers.columns.retentionCost).toEqual([0, 5]);
    expect(customers.columns.expectedRevenue).toEqual([1000, 0]);
    expect(() =>
      customerProfitAndLoss(numbered, { asOf, retention: [{ customerId: 1.5, amount: 1 }] }),
    ).toThrow(/1\.5 is not an id: text that is not empty, or a whole number/);
  });

  it("in usage and uses of capacity", () => {
    const usage = [7, 12, 7].map((customerId) => ({ customerId, activity: "visit", quantity: 1 }));
    const { customers } = activityBasedCosts([{ activity: "visit", cost: 300, capacity: 3 }], usage);
    expect(customers.columns).toEqual({
      customerId: ["7", "12"],
      amount: [200, 100],
      unroundedAmount: [200, 100],
    });
    const costs = opportunityCosts(
      [{ customerId: 7, capacity: "van", quantity: 2 }],
      [{ alternative: "parcels", capacity: "van", contributionPerUnit: 50 }],
    );
    expect(rows(costs)[0]).toMatchObject({ customerId: "7", amount: 100 });
  });

  it("and products and baskets", () => {
    const rules = associationRules(
      [1, 2].flatMap((basketId) => [11, 22].map((productId) => ({ basketId, productId }))),
      { minimumCount: 2 },
    );
    expect(rules.baskets).toBe(2);
    expect(new Set(rules.rules.columns.consequent)).toEqual(new Set(["11", "22"]));
  });
});

describe("usage in any order", () => {
  const row = fc.record({
    customerId: fc.constantFrom("a", "b", "c", "ab", "aa"),
    activity: fc.constantFrom("visit", "order"),
    quantity: fc.integer({ min: 0, max: 9 }),
  });
  const activities = ["visit", "order"].map((activity) => ({ activity, cost: 1000, capacity: 1000 }));
  const byName = (given: readonly { customerId: string; activity: string; quantity: number }[]) =>
    rows(activityBasedCosts(activities, given).charges)
      .map(({ customerId, activity, quantity }) => `${customerId} ${activity} ${quantity}`)
      .sort();

  test("sorted ids, which are read without a table of them, give what shuffled ones give", () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1 }), (given) => {
        const sorted = [...given].sort(
          (a, b) => a.customerId.length - b.customerId.length || (a.customerId < b.customerId ? -1 : 1),
        );
        expect(byName(sorted)).toEqual(byName(given));
        const sums = new Map<string, number>();
        for (const { customerId, activity, quantity } of given) {
          const key = `${customerId} ${activity}`;
          sums.set(key, (sums.get(key) ?? 0) + quantity);
        }
        expect(byName(given)).toEqual([...sums].map(([key, sum]) => `${key} ${sum}`).sort());
      }),
    );
  });
});

describe("paymentFees.refundsRate", () => {
  const log = transactionLog(
    [
      { id: "1", customerId: "ani", at: "2024-01-10", amount: 1000, cost: 0 },
      { customerId: "ani", at: "2024-02-10", amount: -600, cost: 0, refundOf: "1" },
      { customerId: "ani", at: "2024-03-10", amount: -100, cost: 0, type: "refund" },
    ],
    { currency: "IDR", unlinkedRefunds: "accept" },
  );
  const cost = (refundsRate: boolean | undefined, refundAttribution: "purchase" | "transaction") => {
    const paymentFees = {
      rate: 0.05,
      perTransaction: 3,
      ...(refundsRate === undefined ? {} : { refundsRate }),
    };
    return customerProfitAndLoss(log, { asOf, paymentFees, refundAttribution }).total.paymentCost;
  };

  it.each(["purchase", "transaction"] as const)("kept or given back, refunds counted at the %s", (how) => {
    // 5 % of 1000 - 600 - 100, or of 1000, and 3 for the purchase.
    expect([cost(undefined, how), cost(true, how), cost(false, how)]).toEqual([18, 18, 53]);
  });

  it("is true or false", () => {
    expect(() => cost("no" as unknown as boolean, "purchase")).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT", path: "options.paymentFees.refundsRate" }),
    );
  });
});

describe("a pool with hardly a unit a customer, by segment", () => {
  const many = (count: number, amount: (i: number) => number) =>
    transactionLog(
      Array.from({ length: count }, (_, i) => ({
        customerId: `c${String(i).padStart(4, "0")}`,
        at: "2024-01-10",
        amount: amount(i),
        cost: 0,
      })),
      { currency: "JPY" },
    );
  const isFirstHalf = (id: string) => (id < "c0500" ? "A" : "B");

  it.each(["equally", "revenue", () => 0.1] as const)("is borne by both halves alike (%s)", (driver) => {
    const { groups, total } = profitAndLossBy(
      many(1000, () => 40),
      {
        asOf,
        groupBy: isFirstHalf,
        marketing: { amount: 500, driver },
        costToServe: [{ customerId: "c0700", amount: 9 }],
        retention: [
          { amount: 3, driver: "orders" },
          { amount: -7, driver: "orders" },
        ],
      },
    );
    expect(groups.columns.marketingCost).toEqual([250, 250]);
    expect(groups.columns.costToServe).toEqual([0, 9]);
    // 3 and -7 over two equal halves: 2 and 1, -4 and -3.
    expect(groups.columns.retentionCost).toEqual([-2, -2]);
    expect(total).toMatchObject({ marketingCost: 500, costToServe: 9, retentionCost: -4 });
  });

  test("any segments: within one unit of the exact share, and they sum to the pool", () => {
    const segments = fc.array(fc.constantFrom("A", "B", "C"), { minLength: 30, maxLength: 30 });
    const log = many(30, (i) => 10 + i);
    fc.assert(
      fc.property(segments, fc.integer({ min: 1, max: 200 }), (segmentOf, amount) => {
        const groupBy = (id: string) => segmentOf[Number(id.slice(1))];
        const { groups } = profitAndLossBy(log, { asOf, groupBy, marketing: { amount, driver: "revenue" } });
        const { marketingCost, netRevenue, group } = groups.columns;
        expect(marketingCost.reduce((sum, one) => sum + one, 0)).toBe(amount);
        // 10 + ... + 39 is 735.
        group.forEach((_, i) => {
          expect(Math.abs(marketingCost[i] - (amount * netRevenue[i]) / 735)).toBeLessThan(1);
        });
      }),
    );
  });
});

it("a kind of period that is none is told under the name of its option", () => {
  const by = "fortnight" as "month";
  const path = (run: () => unknown) => {
    expect(run).toThrow(/options\.(by|cohortBy) is "fortnight"/);
    try {
      return run();
    } catch (error) {
      return (error as { path: string }).path;
    }
  };
  expect(path(() => profitAndLossBy(numbered, { asOf, by }))).toBe("options.by");
  expect(path(() => profitAndLossBy(numbered, { asOf, cohortBy: by }))).toBe("options.cohortBy");
  expect(path(() => salesPerformance([], { asOf, by }))).toBe("options.by");
  const pipeline = { stages: [{ name: "lead", probability: 0.5 }] };
  expect(path(() => pipelineForecast([], { asOf, by, pipeline }))).toBe("options.by");
});
