import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { retentionByGroup } from "../../../src/retention/rates/retention-by-group.js";
import { retentionRate } from "../../../src/retention/rates/retention-rate.js";
import { revenueRates } from "../../../src/retention/revenue/revenue-rates.js";
import { plainLog } from "../../history/plain-log.js";
import { referenceLog } from "../../history/reference-log.js";

const years = {
  asOf: "2025-01-01",
  previous: { start: "2022-01-01", end: "2023-01-01" },
  current: { start: "2023-01-01", end: "2024-01-01" },
};

describe("trap 22: sales-adjusted retention weighs with the previous period, in both parts", () => {
  it("is 25/39 on the reference log; with the sales of this period it would be the NRR, 9/26", () => {
    const { salesAdjusted } = retentionRate(referenceLog, years);
    expect(salesAdjusted.value).toBe(25 / 39);
    const [{ netRetention }] = revenueRates(referenceLog, { asOf: years.asOf, by: "year" }).periods;
    expect(netRetention.value).toBe(9 / 26);
  });

  it("who buys ten times as much as before counts as before", () => {
    const rows = (now: number) => [
      { customerId: "a", at: "2022-05-01", amount: 60 },
      { customerId: "b", at: "2022-05-01", amount: 40 },
      { customerId: "a", at: "2023-05-01", amount: now },
    ];
    const rate = (now: number) =>
      retentionRate(transactionLog(rows(now), { currency: "IDR" }), years).salesAdjusted;
    expect(rate(1)).toEqual({ value: 0.6, numerator: 60, denominator: 100, reason: null });
    expect(rate(10_000)).toEqual(rate(1));
  });

  it("never exceeds 1, in no group, with every refund linked to its purchase, attributed to it, and no larger", () => {
    // Of each purchase no more is given back than was paid.
    const linked = plainLog().map(({ rows, options }) => {
      const left = new Map(rows.map(({ id, amount }) => [id ?? "", amount]));
      const fitting = rows.filter(({ amount, refundOf, type }) => {
        if (refundOf == null) return type !== "refund";
        const rest = (left.get(refundOf) ?? 0) + amount;
        if (rest >= 0) left.set(refundOf, rest);
        return rest >= 0;
      });
      return { rows: fitting, options };
    });
    fc.assert(
      fc.property(linked, fc.integer({ min: 1, max: 400 }), (plain, day) => {
        const edge = Date.UTC(2023, 0, 1) + day * 86_400_000;
        const { groups, ...total } = retentionByGroup(transactionLog(plain.rows, plain.options), {
          asOf: "2025-01-01",
          previous: { start: "2023-01-01", end: edge },
          current: { start: edge, end: "2025-01-01" },
          groupBy: (id) => id,
        });
        for (const { salesAdjusted } of [total, ...groups])
          expect(salesAdjusted.value ?? 0).toBeLessThanOrEqual(1);
      }),
    );
  });
});
