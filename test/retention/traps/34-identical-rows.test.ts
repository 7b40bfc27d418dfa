import { describe, expect, it } from "vitest";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { churnRate } from "../../../src/retention/contracts/churn-rate.js";
import { retentionByGroup } from "../../../src/retention/rates/retention-by-group.js";
import { thrown } from "../../core/thrown.js";
import { referenceLog, referenceRows } from "../../history/reference-log.js";

const years = {
  asOf: "2025-01-01",
  previous: { start: "2022-01-01", end: "2023-01-01" },
  current: { start: "2023-01-01", end: "2024-01-01" },
  groupBy: (id: string) => id,
};
const ofG = (log: typeof referenceLog) =>
  retentionByGroup(log, years).groups.find(({ group }) => group === "G");

describe("trap 34: identical rows are two facts, unless they bear one id", () => {
  it("G's two equal orders both weigh: 300 of sales, 120 of profit, one customer", () => {
    const g = ofG(referenceLog);
    expect([g?.base, g?.salesAdjusted.denominator, g?.profitAdjusted.denominator]).toEqual([
      1, 30_000, 12_000,
    ]);
  });

  it("so they do without ids", () => {
    const rows = referenceRows
      .filter(({ customerId }) => customerId === "G")
      .map(({ id, refundOf, ...row }) => row);
    expect(ofG(transactionLog(rows, { currency: "USD" }))?.salesAdjusted.denominator).toBe(30_000);
  });

  it("two equal contracts are one customer; with one id they are an overlap", () => {
    const contract = { customerId: "a", startAt: "2023-01-01", endAt: "2024-03-10" };
    const call = { asOf: "2024-04-01", window: { start: "2024-03-01", end: "2024-04-01" } };
    expect(churnRate([contract, contract], call)).toMatchObject({
      activeAtStart: 1,
      churned: 1,
      returned: 0,
    });
    const twin = { ...contract, id: "S1" };
    const error = thrown(() => churnRate([twin, twin], call));
    expect([error.code, error.path]).toEqual(["INVALID_ROWS", "contracts[1].startAt"]);
  });
});
