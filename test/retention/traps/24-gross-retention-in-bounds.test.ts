import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { revenueRates } from "../../../src/retention/revenue/revenue-rates.js";
import { plainLog } from "../../history/plain-log.js";

describe("trap 24: gross retention above 1 or below 0", () => {
  it("one customer's growth never makes up for another's loss", () => {
    const log = transactionLog(
      [
        { customerId: "ani", at: "2023-06-01", amount: 100 },
        { customerId: "budi", at: "2023-06-01", amount: 100 },
        { customerId: "ani", at: "2024-06-01", amount: 500 },
        { customerId: "budi", at: "2024-06-01", amount: 30 },
      ],
      { currency: "IDR" },
    );
    const [{ grossRetention, netRetention }] = revenueRates(log, { asOf: "2025-01-01", by: "year" }).periods;
    expect([grossRetention.value, netRetention.value]).toEqual([130 / 200, 530 / 200]);
  });

  it("lies from 0 to 1 with refunds of every kind, as gross churn does, and not above net retention with none below 0", () => {
    const attribution = fc.constantFrom("purchase" as const, "transaction" as const);
    fc.assert(
      fc.property(
        plainLog(),
        attribution,
        fc.integer({ min: 1, max: 4 }),
        (plain, refundAttribution, span) => {
          const log = transactionLog(plain.rows, plain.options);
          const { periods } = revenueRates(log, { asOf: "2026-01-01", by: "month", refundAttribution, span });
          const hasRefunds = plain.rows.some(({ amount }) => amount < 0);
          for (const { grossRetention, grossChurn, netRetention } of periods) {
            for (const { value } of [grossRetention, grossChurn]) {
              expect(value ?? 0).toBeGreaterThanOrEqual(0);
              expect(value ?? 1).toBeLessThanOrEqual(1);
            }
            if (!hasRefunds) {
              expect(netRetention.numerator).toBeGreaterThanOrEqual(grossRetention.numerator);
              expect(grossRetention.numerator + grossChurn.numerator).toBe(grossRetention.denominator);
            }
          }
        },
      ),
    );
  });
});
