import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { evaluateKpis } from "../../../src/core/kpi.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import {
  acquisitionFunnel,
  type FunnelStage,
} from "../../../src/profitability/acquisition/acquisition-funnel.js";
import {
  acquisitionKpis,
  acquisitionReport,
} from "../../../src/profitability/acquisition/acquisition-report.js";
import { acquisitionToRetentionCostRatio } from "../../../src/profitability/acquisition/acquisition-to-retention-cost-ratio.js";
import {
  type BudgetRow,
  nonCustomerBudgetShare,
} from "../../../src/profitability/acquisition/non-customer-budget-share.js";
import {
  type ReferralAdjustedCacOptions,
  referralAdjustedCac,
} from "../../../src/profitability/acquisition/referral-adjusted-cac.js";
import { customerPyramid } from "../../../src/pyramid/customer-pyramid.js";
import { spendByLayer } from "../../../src/pyramid/spend-by-layer.js";
import { thrown } from "../../core/thrown.js";

describe("acquisitionFunnel", () => {
  it("cost per contact, response, lead and sale, by hand; 84 of 120 with its published interval", () => {
    const funnel = acquisitionFunnel([
      { stage: "delivered", count: 1000, cost: 3000 },
      { stage: "response", count: 120 },
      { stage: "lead", count: 84, cost: 1200 },
      { stage: "sale", count: 0, cost: 300 },
    ]);
    expect(funnel.map(({ cumulativeCost, costPer }) => [cumulativeCost, costPer.value])).toEqual([
      [3000, 3],
      [3000, 25],
      [4200, 50],
      [4500, null],
    ]);
    expect(funnel.map(({ conversion }) => conversion.value)).toEqual([null, 0.12, 0.7, 0]);
    expect(funnel.map(({ conversionFromStart }) => conversionFromStart.value)).toEqual([1, 0.12, 0.084, 0]);
    expect(funnel.map(({ dropped }) => dropped)).toEqual([0, 880, 36, 84]);
    expect(funnel[2]?.ownCostPer.value).toBe(1200 / 84);
    // Wilson at 95 %: .612848576 to .774743758.
    expect(funnel[2]?.conversionInterval?.lower).toBeCloseTo(0.612848576, 9);
    expect(funnel[2]?.conversionInterval?.upper).toBeCloseTo(0.774743758, 9);
    expect([funnel[0]?.conversionInterval, funnel[0]?.conversionFromStartInterval]).toEqual([null, null]);
  });

  it("nobody in a stage: no conversion of the next", () => {
    const [, last] = acquisitionFunnel([
      { stage: "delivered", count: 0 },
      { stage: "response", count: 0 },
    ]);
    expect([last?.conversion.reason, last?.conversionInterval]).toEqual([
      "count of the stage before: 0",
      null,
    ]);
  });

  test("any funnel: conversions multiply to that from the start, and intervals hold them", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 6 }), (counts) => {
        const falling = [...counts].sort((a, b) => b - a);
        const funnel = acquisitionFunnel(falling.map((count, i) => ({ stage: `s${i}`, count, cost: i })));
        let product = 1;
        for (const { conversion, conversionInterval: limits, conversionFromStart } of funnel.slice(1)) {
          product *= conversion.value ?? Number.NaN;
          // 1e-12: a product of at most five shares.
          expect(conversionFromStart.value).toBeCloseTo(product, 12);
          expect(
            limits && limits.lower <= (conversion.value ?? 2) && limits.upper >= (conversion.value ?? -1),
          ).toBe(true);
        }
      }),
    );
  });

  it("refuses stages that cannot be", () => {
    const bad = (stages: unknown) => thrown(() => acquisitionFunnel(stages as FunnelStage[]));
    expect(
      bad([
        { stage: "a", count: 1 },
        { stage: "b", count: 2 },
      ]),
    ).toMatchObject({
      code: "INVALID_ROWS",
      path: "stages[1].count",
    });
    expect(
      bad([
        { stage: "a", count: 1 },
        { stage: "b", count: 2 },
      ]).message,
    ).toContain("2 is above the 1 of the stage before");
    expect(
      bad([
        { stage: "a", count: 1 },
        { stage: "a", count: 1 },
      ]).path,
    ).toBe("stages[1].stage");
    expect(bad([{ stage: "a", count: 1.5 }]).path).toBe("stages[0].count");
    expect(bad([{ stage: "a", count: 1, cost: -1 }]).path).toBe("stages[0].cost");
    expect(bad([null]).code).toBe("INVALID_ROWS");
    expect(bad("stages").path).toBe("stages");
    expect(bad([]).path).toBe("stages");
  });
});

describe("referralAdjustedCac", () => {
  const campaign = { spend: 60000, acquired: 50, referred: 10 };

  it("once, twice and without end, by hand; rewards are spend", () => {
    const of = (options: Partial<ReferralAdjustedCacOptions> = {}) =>
      referralAdjustedCac({ ...campaign, ...options });
    expect(of()).toMatchObject({
      multiplier: 1.2,
      adjustedCac: { value: 1000 },
      referralsPerCustomer: { value: 0.2 },
    });
    // 50 + 10 + 2 customers, and then 62.5.
    expect(of({ generations: 2 }).multiplier).toBe(1.24);
    expect(of({ generations: "all" })).toMatchObject({ multiplier: 1.25, adjustedCac: { value: 960 } });
    expect(of({ rewardPerReferral: 300 }).adjustedCac.value).toBe(63000 / 60);
  });

  it("a chain that does not converge is null; a given number of generations is not", () => {
    const many = { spend: 60000, acquired: 50, referred: 50 };
    const endless = referralAdjustedCac({ ...many, generations: "all" });
    expect([endless.multiplier, endless.adjustedCac.value]).toEqual([null, null]);
    expect(endless.adjustedCac.reason).toMatch(/does not converge: each customer brings 1/);
    expect(referralAdjustedCac({ ...many, generations: 3 })).toMatchObject({
      multiplier: 4,
      adjustedCac: { value: 300 },
    });
    const nobody = referralAdjustedCac({ spend: 1, acquired: 0, referred: 0 });
    expect([nobody.cac.value, nobody.multiplier, nobody.adjustedCac.reason]).toEqual([
      null,
      null,
      "customers acquired: 0",
    ]);
  });

  test("many generations come to the chain without end, from below", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.double({ min: 0, max: 0.9, noNaN: true }),
        (acquired, rate) => {
          const options = { spend: 1000, acquired, referred: rate * acquired };
          const endless = referralAdjustedCac({ ...options, generations: "all" }).multiplier ?? Number.NaN;
          const long = referralAdjustedCac({ ...options, generations: 1000 }).multiplier ?? Number.NaN;
          // 0.9 ** 1000 is 1e-46; 1e-12 for a thousand additions.
          expect(long / endless).toBeCloseTo(1, 12);
        },
      ),
    );
  });

  it("refuses what cannot be", () => {
    const bad = (options: object) => thrown(() => referralAdjustedCac({ ...campaign, ...options })).path;
    expect(bad({ referred: -1 })).toBe("options.referred");
    expect(bad({ generations: 0 })).toBe("options.generations");
    expect(bad({ rewardPerReferral: Number.NaN })).toBe("options.rewardPerReferral");
  });
});

describe("acquisitionToRetentionCostRatio", () => {
  it("1,200 to win and 300 to keep: 4, measured; null where one is", () => {
    const acquisition = { cost: 60000, customers: 50 };
    expect(
      acquisitionToRetentionCostRatio({ acquisition, retention: { cost: 270000, customers: 900 } }).ratio
        .value,
    ).toBe(4);
    const free = acquisitionToRetentionCostRatio({ acquisition, retention: { cost: 0, customers: 900 } });
    expect(free.ratio).toMatchObject({ value: null, reason: "cost per customer retained: 0" });
    const none = acquisitionToRetentionCostRatio({ acquisition, retention: { cost: 10, customers: 0 } });
    expect(none.ratio).toMatchObject({ value: null, reason: "customers retained: 0" });
    const bad = { cost: -1, customers: 1 };
    expect(thrown(() => acquisitionToRetentionCostRatio({ acquisition, retention: bad })).path).toBe(
      "costs.retention.cost",
    );
  });
});

describe("nonCustomerBudgetShare", () => {
  it("takes the layers of spendByLayer, and agrees with it", () => {
    const log = transactionLog([{ customerId: "ani", at: "2024-05-20", amount: 700 }], { currency: "IDR" });
    const pyramid = customerPyramid(log, {
      asOf: "2024-07-01",
      customers: [{ id: "dewi", relation: "responded" }],
    });
    const { layers, nonCustomers } = spendByLayer(pyramid, [
      { customerId: "ani", money: 100, hours: 1 },
      { customerId: "dewi", money: 200, hours: 2 },
      { layer: "suspect", money: 100, hours: 3 },
    ]);
    const share = nonCustomerBudgetShare(layers, { hourlyRate: 50 });
    expect([share.shareOfMoney.value, share.shareOfHours.value]).toEqual([
      nonCustomers.shareOfMoney.value,
      nonCustomers.shareOfHours.value,
    ]);
    // 300 + 5 x 50 of 400 + 6 x 50.
    expect(share.shareOfCost).toMatchObject({ numerator: 550, denominator: 700 });
  });

  it("hours without a price leave cost unknown; inactive customers are customers", () => {
    const rows: BudgetRow[] = [
      { status: "inactive", money: 30, hours: 2 },
      { status: "restOfWorld", money: 10 },
    ];
    const share = nonCustomerBudgetShare(rows);
    expect([share.shareOfMoney.value, share.shareOfHours.value, share.shareOfCost.value]).toEqual([
      0.25,
      0,
      null,
    ]);
    expect(share.shareOfCost.reason).toContain("options.hourlyRate");
    expect(share.byStatus.map(({ status, money }) => [status, money])).toEqual([
      ["inactive", 30],
      ["restOfWorld", 10],
    ]);
    expect(nonCustomerBudgetShare([]).shareOfMoney).toMatchObject({ value: null, reason: "money of all: 0" });
    const bad = thrown(() => nonCustomerBudgetShare([{ status: "lead" as "prospect", money: -1 }]));
    expect([bad.code, bad.path]).toEqual(["INVALID_ROWS", "spend[0].status"]);
    expect(bad.message).toContain('"lead" is none of active');
    expect(bad.problems?.length).toBe(2);
  });
});

describe("acquisitionReport", () => {
  const log = transactionLog(
    [
      { customerId: "ani", at: "2024-01-10", amount: 500, cost: 200, channel: "web" },
      { customerId: "ani", at: "2024-02-10", amount: 100, cost: 50, channel: "web" },
      { customerId: "budi", at: "2024-01-20", amount: 300, cost: 250, channel: "fair" },
      { customerId: "citra", at: "2024-03-05", amount: 900, cost: 100, channel: "fair" },
    ],
    { currency: "IDR" },
  );
  const options = {
    asOf: "2024-03-15",
    spend: [
      { source: "fair", at: "2024-01-15", amount: 240 },
      { source: "radio", at: "2024-02-15", amount: 60 },
    ],
    lifetimeValue: new Map([
      ["ani", 900],
      ["budi", 600],
      ["citra", 9000],
    ]),
    withinPeriods: 2,
  };

  it("joins counts, values and costs, by source; who was won in the running month is in neither", () => {
    const { total, sources, actuals } = acquisitionReport(log, { ...options, source: "channel" });
    expect(
      sources.map((one) => [one.source, one.kind, one.customers, one.cac.value, one.ltvToCac.value]),
    ).toEqual([
      ["fair", "paid", 1, 240, 2.5],
      ["radio", "paid", 0, null, null],
      ["web", "organic", 1, null, null],
    ]);
    expect(actuals).toEqual({
      newCustomers: 2,
      blendedCac: 150,
      paidCac: 300,
      organicShare: 0.5,
      firstOrder: 400,
      revenueWithin: 450,
      profitWithin: 200,
      lifetimeValue: 750,
      ltvToCac: 5,
    });
    expect(total.customers).toBe(2);
  });

  it("the ids of acquisitionKpis are those that are measured", () => {
    const { actuals } = acquisitionReport(log, options);
    expect(Object.keys(actuals)).toEqual(acquisitionKpis.map(({ id }) => id));
    const kpis = acquisitionKpis.map((kpi) => ({ ...kpi, target: 150 }));
    expect(evaluateKpis(kpis, actuals).unknown).toBe(2);
  });

  it("without sources nothing is paid or organic", () => {
    const { total, sources } = acquisitionReport(log, options);
    expect([sources, total.blendedCac.value, total.paidCac.value]).toEqual([[], 150, null]);
    expect(total.organicShare.reason).toBe("options.source is not given");
  });
});
