import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { multiplyInteger } from "../../../src/core/multiply-money.js";
import { rows, table } from "../../../src/core/table.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { accountProfitAndLoss } from "../../../src/profitability/statement/account-profit-and-loss.js";
import { activityBasedCosts } from "../../../src/profitability/statement/activity-based-costs.js";
import type { CostDriver } from "../../../src/profitability/statement/cost-sources.js";
import { customerProfitAndLoss } from "../../../src/profitability/statement/customer-profit-and-loss.js";
import { opportunityCosts } from "../../../src/profitability/statement/opportunity-costs.js";
import { profitAndLossBy } from "../../../src/profitability/statement/profit-and-loss-by.js";
import { thrown } from "../../core/thrown.js";
import { referenceLog } from "../../history/reference-log.js";

const asOf = "2025-01-01";
const year2024 = { start: "2024-01-01", end: "2025-01-01" };

const log = transactionLog(
  [
    { id: "1", customerId: "ani", at: "2024-01-10", amount: 1000, cost: 600, quantity: 2, channel: "web" },
    {
      customerId: "ani",
      at: "2024-02-10",
      amount: -300,
      cost: -180,
      quantity: -1,
      refundOf: "1",
      channel: "store",
    },
    { customerId: "budi", at: "2024-03-10", amount: 250, cost: 300, quantity: 1, channel: "store" },
    { customerId: "citra", at: "2024-04-10", amount: 0, cost: 0, quantity: 0, channel: "web" },
  ],
  { currency: "USD" },
);

describe("customerProfitAndLoss", () => {
  const whole = {
    asOf,
    costToServe: [
      { customerId: "ani", amount: 40 },
      { customerId: "ani", amount: 10, hours: 1.5 },
      { amount: 100, driver: "orders" as const },
    ],
    acquisition: [{ customerId: "dewi", amount: 25 }],
    retention: { amount: 10, driver: "revenue" as const },
    marketing: { hours: 0.5, driver: "equally" as const },
    hourlyRate: 25,
    paymentFees: { rate: 0.029, perTransaction: 3 },
    opportunityCost: [{ customerId: "budi", amount: 5 }],
    expectedRevenue: [{ customerId: "ani", amount: 812.5 }],
    potentialMargin: [
      { customerId: "ani", amount: 500, probability: 0.2 },
      { customerId: "ani", amount: 900, probability: 0.1 },
    ],
  };

  it("hand-computed, line by line", () => {
    const { customers } = customerProfitAndLoss(log, whole);
    const { columns } = customers;
    expect(columns.customerId).toEqual(["ani", "budi", "citra", "dewi"]);
    expect(columns.orders).toEqual([1, 1, 1, 0]);
    expect(columns.units).toEqual([1, 1, 0, 0]);
    expect(columns.sales).toEqual([1000, 250, 0, 0]);
    expect(columns.returns).toEqual([300, 0, 0, 0]);
    expect(columns.netRevenue).toEqual([700, 250, 0, 0]);
    expect(columns.costOfGoods).toEqual([420, 300, 0, 0]);
    expect(columns.grossMargin).toEqual([280, -50, 0, 0]);
    // 40 + 10, 1.5 h x 25 = 37.5 and a third of 100: 120.83, 33.33, 33.33; in all 187.5, half to even 188.
    expect(columns.costToServe).toEqual([121, 34, 33, 0]);
    // 0.029 x 700 = 20.3; 0.029 x 250 = 7.25; and 3 a purchase.
    expect(columns.paymentCost).toEqual([23, 10, 3, 0]);
    expect(columns.contribution).toEqual([136, -94, -36, 0]);
    expect(columns.acquisitionCost).toEqual([0, 0, 0, 25]);
    // 10 x 700 / 950 = 7.37, 2.63.
    expect(columns.retentionCost).toEqual([7, 3, 0, 0]);
    // 0.5 h x 25 = 12.5, half to even 12, in four parts.
    expect(columns.marketingCost).toEqual([3, 3, 3, 3]);
    expect(columns.profit).toEqual([126, -100, -39, -28]);
    expect(columns.opportunityCost).toEqual([0, 5, 0, 0]);
    expect(columns.economicProfit).toEqual([126, -105, -39, -28]);
    expect(columns.expectedRevenue).toEqual([812.5, 0, 0, 0]);
    expect(columns.potentialMargin).toEqual([190, 0, 0, 0]);
    expect(columns.grossMarginRate).toEqual([0.4, -0.2, null, null]);
    expect(columns.profitRate).toEqual([126 / 700, -100 / 250, null, null]);
  });

  it("totals are the sums of the columns", () => {
    const { total, currency, window } = customerProfitAndLoss(log, whole);
    expect(total).toMatchObject({ netRevenue: 950, grossMargin: 230, costToServe: 188, profit: -41 });
    expect(total).toMatchObject({ economicProfit: -46, expectedRevenue: 812.5 });
    expect(total.grossMarginRate).toEqual({
      value: 230 / 950,
      numerator: 230,
      denominator: 950,
      reason: null,
    });
    expect([currency, window]).toEqual(["USD", null]);
  });

  it("without costs beside the log, nothing is asked that was not passed", () => {
    const { customers, total } = customerProfitAndLoss(log, { asOf });
    expect(customers.columns.profit).toEqual(customers.columns.grossMargin);
    expect(total.opportunityCost).toBeNull();
    expect(total.economicProfit).toBeNull();
    expect(customers.columns.expectedRevenue).toEqual([null, null, null]);
  });

  it("agrees with the reference log: profit of 1785 in all, of 2024 by hand", () => {
    expect(customerProfitAndLoss(referenceLog, { asOf }).total).toMatchObject({ profit: 178_500 });
    // 2024: A 14000, B 12000, C 3000, D 5000, H 1000, I 26000, J 9000, K -2000.
    const { customers } = customerProfitAndLoss(referenceLog, { asOf, window: year2024 });
    const profits = Object.fromEntries(rows(customers).map(({ customerId, profit }) => [customerId, profit]));
    expect(profits).toEqual({ A: 14e3, B: 12e3, C: 3e3, D: 5e3, H: 1e3, I: 26e3, J: 9e3, K: -2e3 });
  });

  it("a refund counts at its purchase, or at its own instant", () => {
    const february = { start: "2024-02-01", end: "2024-03-01" };
    expect(customerProfitAndLoss(log, { asOf, window: february }).customers.length).toBe(0);
    const { customers } = customerProfitAndLoss(log, {
      asOf,
      window: february,
      refundAttribution: "transaction",
      paymentFees: { rate: 0.1, perTransaction: 5 },
    });
    expect(rows(customers)).toMatchObject([
      {
        customerId: "ani",
        orders: 0,
        sales: 0,
        returns: 300,
        netRevenue: -300,
        paymentCost: -30,
        grossMarginRate: null,
      },
    ]);
  });

  it("a refund of no particular purchase is a return at its own instant, and no order", () => {
    const rowsOf = [
      { customerId: "ani", at: "2024-01-10", amount: 500, cost: 300 },
      { customerId: "ani", at: "2024-02-10", amount: -200, cost: 0, type: "refund" as const },
    ];
    const { customers } = customerProfitAndLoss(
      transactionLog(rowsOf, { currency: "USD", unlinkedRefunds: "accept" }),
      { asOf },
    );
    expect(rows(customers)).toMatchObject([
      { orders: 1, sales: 500, returns: 200, netRevenue: 300, profit: 0 },
    ]);
  });

  it("what happens at asOf or later is not known yet", () => {
    const { customers } = customerProfitAndLoss(log, { asOf: "2024-02-01" });
    expect(rows(customers)).toMatchObject([{ customerId: "ani", returns: 0, netRevenue: 1000 }]);
  });

  it("payment fees by channel and by purchase; each transaction is rounded on its own, half to even", () => {
    const channels = new Map([
      ["web", { rate: 0.02 }],
      ["store", { rate: 0.01, perTransaction: 1 }],
    ]);
    expect(customerProfitAndLoss(log, { asOf, paymentFees: channels }).customers.columns.paymentCost).toEqual(
      [14, 3, 0],
    );
    const own = customerProfitAndLoss(log, {
      asOf,
      paymentFees: ({ id }) => (id === "1" ? { rate: 0.5 } : null),
    });
    expect(own.customers.columns.paymentCost).toEqual([350, 0, 0]);
    const amountOf = fc.integer({ min: 0, max: 1e12 });
    const rateOf = fc.oneof(
      fc.integer({ min: 0, max: 10_000 }).map((n) => n / 10_000),
      fc.double({ min: 0, max: 1, noNaN: true }),
    );
    fc.assert(
      fc.property(amountOf, rateOf, (amount, rate) => {
        const one = transactionLog([{ customerId: "a", at: "2024-01-01", amount, cost: 0 }], {
          currency: "USD",
        });
        const { total } = customerProfitAndLoss(one, { asOf, paymentFees: { rate } });
        expect(total.paymentCost).toBe(multiplyInteger(amount, rate));
      }),
    );
  });

  it("every pool reconciles to the minor unit, by every driver", () => {
    const driver = fc.constantFrom<CostDriver>(
      "revenue",
      "orders",
      "units",
      "equally",
      new Map([
        ["ani", 0.3],
        ["citra", 1.1],
      ]),
      (id: string) => id.length,
    );
    const pool = fc.record({ amount: fc.integer({ min: -1e9, max: 1e12 }), driver });
    fc.assert(
      fc.property(fc.array(pool, { maxLength: 6 }), (pools) => {
        const { customers, total } = customerProfitAndLoss(log, { asOf, costToServe: pools });
        const spent = pools.reduce((sum, { amount }) => sum + amount, 0);
        expect(total.costToServe).toBe(spent);
        expect(customers.columns.costToServe.reduce((sum, value) => sum + value, 0)).toBe(spent);
      }),
    );
  });

  it("cost of goods passed in takes the place of the log's", () => {
    const bare = transactionLog([{ customerId: "ani", at: "2024-01-10", amount: 1000 }], { currency: "USD" });
    const costOfGoods = table({ customerId: ["ani"], amount: [700] });
    expect(customerProfitAndLoss(bare, { asOf, costOfGoods }).total.grossMargin).toBe(300);
    expect(customerProfitAndLoss(log, { asOf, costOfGoods }).total.costOfGoods).toBe(700);
    expect(thrown(() => customerProfitAndLoss(bare, { asOf }))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "log",
    });
  });

  it("names bad input", () => {
    const bad = (options: object) => thrown(() => customerProfitAndLoss(log, { asOf, ...options }));
    expect(bad({ costToServe: [{ customerId: "ani", amount: 1.5 }] })).toMatchObject({
      code: "INVALID_ROWS",
      path: "options.costToServe[0].amount",
    });
    expect(bad({ retention: [{ customerId: "", amount: 1 }] }).path).toBe("options.retention[0].customerId");
    expect(bad({ retention: [{ customerId: "ani", hours: 2 }] }).message).toContain("options.hourlyRate");
    expect(bad({ marketing: { amount: 1, driver: "profit" } }).message).toContain('"profit" is none of');
    expect(bad({ marketing: { amount: 1, driver: () => 0 } })).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "options.marketing.driver",
    });
    expect(bad({ marketing: [{ amount: 1, driver: () => -1 }] }).message).toContain("gives -1 for customer");
    expect(bad({ paymentFees: { rate: 2.9 } })).toMatchObject({ path: "options.paymentFees.rate" });
    expect(bad({ paymentFees: new Map([["web", {}]]) }).message).toContain('no fee for channel "store"');
    expect(bad({ paymentFees: null }).path).toBe("options.paymentFees");
    expect(bad({ paymentFees: new Map([["fax", { rate: -1 }]]) }).path).toBe(
      'options.paymentFees.get("fax").rate',
    );
    expect(bad({ expectedRevenue: [{ customerId: "ani", amount: Number.NaN }] }).path).toBe(
      "options.expectedRevenue[0].amount",
    );
    expect(bad({ potentialMargin: [{ customerId: "ani", amount: 1, probability: 2 }] }).path).toBe(
      "options.potentialMargin[0].probability",
    );
  });

  it("survives JSON", () => {
    const answer = customerProfitAndLoss(log, whole);
    expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
  });
});

describe("opportunityCosts", () => {
  const alternatives = [
    { alternative: "loss", capacity: "idle", contributionPerUnit: -5 },
    { alternative: "good", capacity: "van", contributionPerUnit: 0.5 },
    { alternative: "better", capacity: "van", contributionPerUnit: 1.5 },
  ];
  it("is the best alternative, never below zero, rounded half to even", () => {
    const costs = opportunityCosts(
      [
        { customerId: "ani", capacity: "van", quantity: 3 },
        { customerId: "ani", capacity: "idle", quantity: 3 },
      ],
      alternatives,
    );
    expect(costs.columns.amount).toEqual([4, 0]);
    expect(costs.columns.alternative).toEqual(["better", null]);
    expect(customerProfitAndLoss(log, { asOf, opportunityCost: costs }).total.opportunityCost).toBe(4);
  });
  it("names bad rows", () => {
    expect(
      thrown(() => opportunityCosts([{ customerId: "ani", capacity: "van", quantity: -1 }], alternatives))
        .path,
    ).toBe("uses[0].quantity");
  });
  it("a capacity without alternatives is a misspelled one", () => {
    const use = { customerId: "ani", capacity: "vans", quantity: 1 };
    expect(thrown(() => opportunityCosts([use], alternatives))).toMatchObject({
      code: "INVALID_ROWS",
      path: "uses[0].capacity",
      message: expect.stringContaining('"vans"'),
    });
  });
  it("rounds the exact product of decimals: every tie of tenths below 20", () => {
    for (let i = 1; i < 200; i++) {
      for (let j = 1; j < 200; j++) {
        // i/10 x j/10 ends in .5 where i x j ends in 50: half to even.
        if ((i * j) % 100 !== 50) continue;
        const below = Math.floor((i * j) / 100);
        const { columns } = opportunityCosts(
          [{ customerId: "ani", capacity: "van", quantity: i / 10 }],
          [{ alternative: "other", capacity: "van", contributionPerUnit: j / 10 }],
        );
        expect(columns.amount[0]).toBe(below % 2 === 0 ? below : below + 1);
      }
    }
  });
});

describe("who is on the statement", () => {
  it("rows of costs in any order, of customers in the log or not, more than one a customer", () => {
    const someone = fc.constantFrom("citra", "ani", "budi", "dewi", "eka");
    const cost = fc.record({ customerId: someone, amount: fc.integer({ min: -1e6, max: 1e6 }) });
    fc.assert(
      fc.property(fc.array(cost), fc.array(cost), (costToServe, acquisition) => {
        const { customers } = customerProfitAndLoss(log, { asOf, costToServe, acquisition });
        const sumOf = (rowsOf: typeof costToServe, id: string) =>
          rowsOf.filter((row) => row.customerId === id).reduce((sum, { amount }) => sum + amount, 0);
        const { customerId, costToServe: served, acquisitionCost } = customers.columns;
        const named = [...costToServe, ...acquisition].map((row) => row.customerId);
        expect(customerId).toEqual([...new Set(["ani", "budi", "citra", ...named])]);
        expect(served).toEqual(customerId.map((id) => sumOf(costToServe, id)));
        expect(acquisitionCost).toEqual(customerId.map((id) => sumOf(acquisition, id)));
      }),
    );
  });
});

describe("who bears a pool", () => {
  it("whom a Map of weights names bears a part without any transaction: the caller who buys nothing", () => {
    const driver = new Map([
      ["ani", 1],
      ["budi", 1],
      ["zoe", 7],
      ["nobody", 0],
    ]);
    const { customers } = customerProfitAndLoss(log, { asOf, costToServe: { amount: 900, driver } });
    expect(customers.columns.customerId).toEqual(["ani", "budi", "citra", "zoe"]);
    expect(customers.columns.costToServe).toEqual([100, 100, 0, 700]);
    const bad = { amount: 900, driver: new Map([["zoe", -7]]) };
    expect(thrown(() => customerProfitAndLoss(log, { asOf, costToServe: bad })).message).toContain(
      'gives -7 for customer "zoe"',
    );
    const noId = { amount: 900, driver: new Map([["", 1]]) };
    expect(thrown(() => customerProfitAndLoss(log, { asOf, costToServe: [noId] })).path).toBe(
      "options.costToServe[0].driver",
    );
  });

  it("forecasts and opportunity cost move no profit, whomever they name", () => {
    const someone = fc.constantFrom("ani", "dewi", "eka", "fajar");
    const row = fc.record({ customerId: someone, amount: fc.integer({ min: 0, max: 1000 }) });
    const driver = fc.constantFrom<CostDriver>("equally", "orders", () => 2, new Map([["dewi", 3]]));
    fc.assert(
      fc.property(fc.array(row), fc.array(row), driver, (opportunityCost, potentialMargin, by) => {
        const options = { asOf, marketing: { amount: 900, driver: by } };
        const plain = customerProfitAndLoss(log, options).customers.columns;
        const both = { ...options, opportunityCost, potentialMargin, expectedRevenue: potentialMargin };
        const { customerId, profit } = customerProfitAndLoss(log, both).customers.columns;
        const profitOf = new Map(plain.customerId.map((id, i) => [id, plain.profit[i]]));
        expect(profit).toEqual(customerId.map((id) => profitOf.get(id) ?? 0));
      }),
    );
  });

  it("who has less than nothing of the driver bears nothing, rather than being paid", () => {
    const mixed = transactionLog(
      [
        { customerId: "ani", at: "2024-01-10", amount: 100, cost: 0, quantity: 2 },
        { customerId: "budi", at: "2024-01-10", amount: -50, cost: 0, quantity: -1, type: "refund" as const },
      ],
      { currency: "USD", unlinkedRefunds: "accept" },
    );
    for (const driver of ["revenue", "units"] as const) {
      const { columns } = customerProfitAndLoss(mixed, { asOf, marketing: { amount: 10, driver } }).customers;
      expect(columns.marketingCost).toEqual([10, 0]);
    }
  });

  it("an order that came back was an order to serve", () => {
    const returned = transactionLog(
      [
        { id: "1", customerId: "ani", at: "2024-01-10", amount: 100, cost: 50 },
        { customerId: "ani", at: "2024-01-20", amount: -100, cost: -50, refundOf: "1" },
        { customerId: "budi", at: "2024-01-10", amount: 100, cost: 50 },
      ],
      { currency: "USD" },
    );
    const { columns } = customerProfitAndLoss(returned, {
      asOf,
      costToServe: { amount: 1000, driver: "orders" },
    }).customers;
    expect(columns.orders).toEqual([0, 1]);
    expect(columns.costToServe).toEqual([500, 500]);
  });
});

describe("what nobody bears", () => {
  it("unused capacity is in the total, below profit, so that the whole pool is accounted for", () => {
    const { customers: costToServe, total: abc } = activityBasedCosts(
      [{ activity: "order", cost: 100, capacity: 10 }],
      [{ customerId: "ani", activity: "order", quantity: 1 }],
    );
    const options = { asOf, costToServe, unassignedCost: abc.unusedCost };
    const { total } = customerProfitAndLoss(log, options);
    // Gross margin 230: 10 of the pool of 100 for the order, 90 unused.
    expect(total).toMatchObject({ profit: 220, unassignedCost: 90, profitAfterUnassigned: 130 });
    expect(profitAndLossBy(log, { ...options, by: "channel" }).total).toEqual(total);
    expect(profitAndLossBy(log, { ...options, cohortBy: "year" }).total).toEqual(total);
    expect(accountProfitAndLoss(log, [{ id: "ani" }], options).total).toEqual(total);
    expect(customerProfitAndLoss(log, { asOf }).total).toMatchObject({
      profit: 230,
      unassignedCost: 0,
      profitAfterUnassigned: 230,
    });
    expect(thrown(() => customerProfitAndLoss(log, { asOf, unassignedCost: 0.5 })).path).toBe(
      "options.unassignedCost",
    );
  });
});

describe("nothing that is passed is lost", () => {
  const bad = (options: object) => thrown(() => customerProfitAndLoss(log, { asOf, ...options }));

  it("a cost with neither amount nor hours is refused: its field may be misspelled", () => {
    const misspelled = bad({ costToServe: [{ customerId: "ani", cost: 500 }] });
    expect(misspelled).toMatchObject({ code: "INVALID_ROWS", path: "options.costToServe[0]" });
    expect(misspelled.message).toContain("has neither amount nor hours");
    expect(bad({ marketing: { driver: "equally", total: 5 } }).code).toBe("INVALID_ROWS");
  });

  it("tables: hours of costs, probability of forecasts", () => {
    const costToServe = table({ customerId: ["ani", "budi"], amount: [1, 2], hours: [1.5, 0] });
    const { columns } = customerProfitAndLoss(log, { asOf, costToServe, hourlyRate: 25 }).customers;
    expect(columns.costToServe).toEqual([39, 2, 0]);
    expect(bad({ costToServe })).toMatchObject({ path: "options.costToServe[0].hours" });
    const potentialMargin = table({ customerId: ["ani"], amount: [1000], probability: [0.1] });
    expect(customerProfitAndLoss(log, { asOf, potentialMargin }).total.potentialMargin).toBe(100);
    const certain = table({ customerId: ["ani"], amount: [1000], probability: [1.1] });
    expect(bad({ potentialMargin: certain }).path).toBe("options.potentialMargin[0].probability");
    const weighted = table({ customerId: ["ani"], expectedMargin: [70], probability: [0.1] });
    expect(customerProfitAndLoss(log, { asOf, potentialMargin: weighted }).total.potentialMargin).toBe(70);
  });

  it("a partial sum beyond the exact integers is refused, not a little wrong", () => {
    const rowsOf = [Number.MAX_SAFE_INTEGER, 2, -1_000_003].map((amount) => ({ customerId: "ani", amount }));
    expect(bad({ costToServe: rowsOf })).toMatchObject({
      code: "UNSAFE_INTEGER",
      path: "options.costToServe",
    });
  });

  it("a Map of fees has one for transactions without a channel", () => {
    const mixed = transactionLog(
      [
        { customerId: "ani", at: "2024-01-10", amount: 1000, cost: 0, channel: "web" },
        { customerId: "budi", at: "2024-01-10", amount: 1000, cost: 0 },
      ],
      { currency: "USD" },
    );
    const web = ["web", { rate: 0.01 }] as const;
    const none = [null, { perTransaction: 7 }] as const;
    const paymentFees = new Map<string | null, object>([web, none]);
    expect(customerProfitAndLoss(mixed, { asOf, paymentFees }).customers.columns.paymentCost).toEqual([
      10, 7,
    ]);
    expect(
      thrown(() => customerProfitAndLoss(mixed, { asOf, paymentFees: new Map([web]) })).message,
    ).toContain("no fee for channel null");
  });
});
