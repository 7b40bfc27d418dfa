import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rows, table } from "../../../src/core/table.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { profitBridge } from "../../../src/profitability/change/profit-bridge.js";
import { accountProfitAndLoss } from "../../../src/profitability/statement/account-profit-and-loss.js";
import { activityBasedCosts } from "../../../src/profitability/statement/activity-based-costs.js";
import { customerProfitAndLoss } from "../../../src/profitability/statement/customer-profit-and-loss.js";
import { opportunityCosts } from "../../../src/profitability/statement/opportunity-costs.js";
import { profitAndLossBy } from "../../../src/profitability/statement/profit-and-loss-by.js";
import { timeDrivenCosts } from "../../../src/profitability/statement/time-driven-costs.js";

const asOf = "2025-01-01";
const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
const idOf = (place: number) => `c${place}`;

describe("amounts that are not rounded", () => {
  const size = 1000;
  const buyers = Array.from({ length: size }, (_, i) => ({ amount: 100, group: i < size / 2 ? 0 : 1 }));
  const days = ["2024-01-10", "2024-02-10", "2024-03-10"];
  const log = transactionLog(
    buyers.map(({ amount, group }, place) => ({
      customerId: idOf(place),
      at: days[group],
      amount,
      cost: 0,
      quantity: 1,
      channel: "AB"[group],
    })),
    { currency: "JPY" },
  );
  const half = (id: string) => "AB"[buyers[Number(id.slice(1))].group];
  const letters = activityBasedCosts(
    [{ activity: "newsletter", cost: 400, capacity: size }],
    buyers.map((_, place) => ({ customerId: idOf(place), activity: "newsletter", quantity: 1 })),
  ).customers;

  it("a newsletter for less than a unit each costs both halves the same", () => {
    expect(letters.columns.unroundedAmount.every((amount) => amount === 0.4)).toBe(true);
    // As a table, as rows, and by month where the costs say it.
    for (const costToServe of [letters, rows(letters)]) {
      const options = { asOf, costToServe };
      const groups = profitAndLossBy(log, { ...options, groupBy: half }).groups.columns;
      expect(groups.costToServe).toEqual([200, 200]);
      expect(profitAndLossBy(log, { ...options, by: "channel" }).groups.columns.costToServe).toEqual([
        200, 200,
      ]);
      const accounts = [{ id: "A" }, { id: "B", parentId: "A" }];
      const { own, rolledUp } = accountProfitAndLoss(log, accounts, {
        ...options,
        accountOf: half,
      });
      expect(own.columns.costToServe).toEqual([200, 200]);
      expect(rolledUp.columns.costToServe).toEqual([400, 200]);
      expect(customerProfitAndLoss(log, options).customers.columns.costToServe).toEqual(
        letters.columns.amount,
      );
    }
    const dated = table({ ...letters.columns, at: buyers.map(({ group }) => days[group + 1]) });
    const months = profitAndLossBy(log, { asOf, by: "month", costToServe: dated }).groups.columns;
    expect([months.group, months.costToServe]).toEqual([
      ["2024-01", "2024-02", "2024-03"],
      [0, 200, 200],
    ]);
    // The window has half of them, and their half of the money.
    const window = { start: "2024-03-01", end: "2025-01-01" };
    expect(customerProfitAndLoss(log, { asOf, window, costToServe: dated }).total.costToServe).toBe(200);
  });

  it("hours of work are priced exactly and rounded with their line", () => {
    // Half an hour each at 25: 12.5, which row by row would be 12.
    const retention = buyers.map((_, place) => ({ customerId: idOf(place), hours: 0.5 }));
    const options = { asOf, retention, hourlyRate: 25 };
    const { customers, total } = customerProfitAndLoss(log, options);
    expect(total.retentionCost).toBe(12_500);
    expect(new Set(customers.columns.retentionCost)).toEqual(new Set([12, 13]));
    expect(profitAndLossBy(log, { ...options, groupBy: half }).groups.columns.retentionCost).toEqual([
      6250, 6250,
    ]);
    const pools = Array.from({ length: 4 }, () => ({ hours: 0.5, driver: "equally" as const }));
    expect(customerProfitAndLoss(log, { asOf, marketing: pools, hourlyRate: 25 }).total.marketingCost).toBe(
      50,
    );
  });

  it("opportunity cost below a unit each adds up", () => {
    const uses = buyers.map((_, place) => ({ customerId: idOf(place), capacity: "van", quantity: 1 }));
    const costs = opportunityCosts(uses, [
      { alternative: "parcels", capacity: "van", contributionPerUnit: 0.4 },
    ]);
    expect(costs.columns.amount.every((amount) => amount === 0)).toBe(true);
    const options = { asOf, opportunityCost: costs };
    expect(customerProfitAndLoss(log, options).total.opportunityCost).toBe(400);
    expect(profitAndLossBy(log, { ...options, by: "channel" }).groups.columns.opportunityCost).toEqual([
      200, 200,
    ]);
  });

  it("must be those of the whole amounts", () => {
    const bad = (unroundedAmount: number) => {
      const costToServe = [{ customerId: "c0", amount: 10, unroundedAmount }];
      return [
        () => customerProfitAndLoss(log, { asOf, costToServe }),
        () =>
          customerProfitAndLoss(log, {
            asOf,
            costToServe: table({ customerId: ["c0"], amount: [10], unroundedAmount: [unroundedAmount] }),
          }),
      ];
    };
    for (const call of bad(0.1)) {
      expect(call).toThrow(/0.1 is more than a minor unit away from amount/);
      expect(call).toThrow(
        expect.objectContaining({ code: "INVALID_ROWS", path: "options.costToServe[0].unroundedAmount" }),
      );
    }
    for (const call of bad(Number.NaN)) expect(call).toThrow(/NaN is not a finite number/);
  });

  it("the bridge has the whole cost of hours too", () => {
    const before = buyers.map((_, place) => ({ customerId: idOf(place), hours: 0.5 }));
    const { before: end, customers } = profitBridge(log, {
      asOf,
      before: { start: "2024-01-01", end: "2024-02-01" },
      after: { start: "2024-02-01", end: "2024-03-01" },
      costToServe: { before },
      hourlyRate: 25,
    });
    expect(end.costToServe).toBe(12_500);
    expect(sum(customers.columns.before)).toBe(50_000 - 12_500);
  });
});

describe("charges of many activities", () => {
  it("equal use of many activities costs the same: what one owes, the next makes good", () => {
    const activities = Array.from({ length: 100 }, (_, i) => ({ activity: `a${i}`, cost: 3, capacity: 2 }));
    const usage = activities.flatMap(({ activity }) =>
      ["x", "y"].map((customerId) => ({ customerId, activity, quantity: 1 })),
    );
    const { customers, charges } = activityBasedCosts(activities, usage);
    expect(customers.columns.amount).toEqual([150, 150]);
    expect(new Set(charges.columns.charged)).toEqual(new Set([1, 2]));
    const timed = timeDrivenCosts(
      activities.map(({ activity, cost }) => ({ resource: activity, cost, minutes: 2 })),
      activities.map(({ activity }) => ({ activity, resource: activity, minutes: 1 })),
      usage,
    );
    expect(timed.customers.columns.amount).toEqual([150, 150]);
  });

  it("unused capacity that is spread does not pile up on the first", () => {
    // 67 for use and 33 for what nobody used, each a half: 50 in all.
    const { customers } = activityBasedCosts(
      [{ activity: "visit", cost: 100, capacity: 3 }],
      ["x", "y"].map((customerId) => ({ customerId, activity: "visit", quantity: 1 })),
      { unusedCapacity: "spread" },
    );
    expect(customers.columns.amount).toEqual([50, 50]);
  });

  it("every charge and every customer is within one unit of the exact share, and activities reconcile", () => {
    const activities = ["a", "b", "c", "d", "e", "f"];
    const ids = ["v", "w", "x", "y", "z"];
    const costOf = fc.record({ cost: fc.nat(40), capacity: fc.integer({ min: 1, max: 30 }) });
    const useOf = fc.record({
      customerId: fc.constantFrom(...ids),
      activity: fc.constantFrom(...activities),
      quantity: fc.oneof(
        fc.constant(1),
        fc.integer({ min: 0, max: 50 }).map((tenths) => tenths / 10),
      ),
    });
    const costsOf = fc.array(costOf, { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(costsOf, fc.array(useOf, { maxLength: 60 }), fc.boolean(), (costs, usage, spreads) => {
        const given = costs.map((cost, i) => ({ activity: activities[i], ...cost }));
        // Every second activity takes time of the same resource: a customer has many charges of one pool.
        const timed = given.map(({ activity }, i) => ({
          activity,
          resource: activities[i % 3],
          minutes: 1 + i,
        }));
        const resources = given.slice(0, 3).map(({ activity, cost, capacity }) => ({
          resource: activity,
          cost,
          minutes: capacity,
        }));
        const options = { unusedCapacity: spreads ? ("spread" as const) : ("apart" as const) };
        const based = activityBasedCosts(given, usage, options);
        const byTime = timeDrivenCosts(resources, timed, usage, options);
        for (const { pools, charges, customers, total, weightOf, poolOf } of [
          {
            ...based,
            pools: based.activities.columns,
            weightOf: () => 1,
            poolOf: (activity: number) => activity,
          },
          {
            ...byTime,
            pools: byTime.resources.columns,
            weightOf: (activity: number) => timed[activity].minutes,
            poolOf: (activity: number) => activity % 3,
          },
        ]) {
          const cells = rows(charges).map((cell) => {
            const activity = activities.indexOf(cell.activity);
            return { ...cell, pool: poolOf(activity), weight: cell.quantity * weightOf(activity) };
          });
          const exactOf = new Map(ids.map((id) => [id, 0]));
          pools.charged.forEach((charged, pool) => {
            const own = cells.filter((cell) => cell.pool === pool);
            const weights = sum(own.map(({ weight }) => weight));
            expect(sum(own.map((cell) => cell.charged))).toBe(weights === 0 ? 0 : charged);
            expect(sum(own.map((cell) => cell.spread))).toBe(pools.spread[pool]);
            for (const { customerId, weight, ...cell } of own) {
              const share = weights === 0 ? 0 : weight / weights;
              // 1e-6: dust of doubles.
              expect(Math.abs(cell.charged - charged * share)).toBeLessThan(1 + 1e-6);
              expect(Math.abs(cell.spread - pools.spread[pool] * share)).toBeLessThan(1 + 1e-6);
              const exact = exactOf.get(customerId) ?? 0;
              exactOf.set(customerId, exact + (charged + pools.spread[pool]) * share);
            }
          });
          customers.columns.customerId.forEach((id, i) => {
            const exact = exactOf.get(id) ?? 0;
            expect(customers.columns.unroundedAmount[i]).toBeCloseTo(exact, 6);
            expect(Math.abs(customers.columns.amount[i] - exact)).toBeLessThan(1 + 1e-6);
            const own = cells.filter(({ customerId }) => customerId === id);
            expect(sum(own.map((cell) => cell.charged + cell.spread))).toBe(customers.columns.amount[i]);
          });
          expect(sum(customers.columns.amount)).toBe(total.charged + total.spread);
        }
      }),
      { numRuns: 300 },
    );
  });
});
