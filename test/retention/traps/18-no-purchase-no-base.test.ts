import { describe, expect, it } from "vitest";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { churnRate } from "../../../src/retention/contracts/churn-rate.js";
import { defectionByView } from "../../../src/retention/rates/defection-by-view.js";
import { retentionByGroup } from "../../../src/retention/rates/retention-by-group.js";

describe("trap 18: who has not purchased is never in a retention base", () => {
  const windows = {
    asOf: "2025-01-01",
    previous: { start: "2023-01-01", end: "2024-01-01" },
    current: { start: "2024-01-01", end: "2025-01-01" },
  };
  const log = transactionLog(
    [
      { customerId: "buys", at: "2023-02-01", amount: 500, productId: "tea" },
      // Given back in full, given back without a purchase, and bought only after the previous window.
      { id: "T1", customerId: "undone", at: "2023-02-01", amount: 500, productId: "tea" },
      { customerId: "undone", at: "2023-03-01", amount: -500, refundOf: "T1", productId: "tea" },
      { customerId: "refundOnly", at: "2023-02-01", amount: -100, type: "refund", productId: "tea" },
      { customerId: "later", at: "2024-02-01", amount: 500, productId: "tea" },
    ],
    { currency: "IDR", unlinkedRefunds: "accept" },
  );

  it("not in that of a group, which says so", () => {
    const { groups, base } = retentionByGroup(log, { ...windows, groupBy: (id) => id });
    expect(base).toBe(1);
    expect(groups.map((group) => [group.group, group.base, group.raw.value])).toEqual([
      ["buys", 1, 0],
      ["later", 0, null],
      ["refundOnly", 0, null],
      ["undone", 0, null],
    ]);
  });

  it("not in that of a product", () => {
    const { groups } = defectionByView(log, { ...windows, view: "product" });
    expect(groups.map(({ group, sameAgain }) => [group, sameAgain.base])).toEqual([["tea", 1]]);
  });

  it("nor a customer whose contracts have all not begun, have no length, or do not count", () => {
    const contracts = [
      { customerId: "active", startAt: "2023-01-01" },
      { customerId: "future", startAt: "2026-01-01" },
      { customerId: "never", startAt: "2023-01-01", endAt: "2023-01-01" },
      { customerId: "trial", startAt: "2023-01-01", status: "trialing" as const },
      { customerId: "free", startAt: "2023-01-01", amount: 0 },
    ];
    const { activeAtStart, groups } = churnRate(contracts, {
      asOf: windows.asOf,
      window: windows.current,
      groupBy: (id) => id,
    });
    expect(activeAtStart).toBe(1);
    expect(groups?.map(({ group }) => group)).toEqual(["active"]);
  });
});
