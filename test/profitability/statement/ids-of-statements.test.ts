import { describe, expect, it } from "vitest";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { accountProfitAndLoss } from "../../../src/profitability/statement/account-profit-and-loss.js";
import { customerProfitAndLoss } from "../../../src/profitability/statement/customer-profit-and-loss.js";
import { opportunityCosts } from "../../../src/profitability/statement/opportunity-costs.js";
import { thrown } from "../../core/thrown.js";

const asOf = "2025-01-01";
const log = transactionLog(
  [
    { customerId: 7, at: "2024-01-10", amount: 100, cost: 40 },
    { customerId: 8, at: "2024-02-10", amount: 50, cost: 20 },
    { customerId: 9, at: "2024-02-10", amount: 5, cost: 0 },
  ],
  { currency: "IDR" },
);

describe("accountProfitAndLoss", () => {
  it("accounts with whole numbers are the customers with these numbers, null is the top", () => {
    const accounts = [
      { id: 7, parentId: null },
      { id: 8, parentId: 7 },
    ];
    const { own, rolledUp } = accountProfitAndLoss(log, accounts, { asOf });
    expect(own.columns.accountId).toEqual(["7", "8", null]);
    expect(own.columns.parentId).toEqual([null, "7", null]);
    expect(own.columns.profit).toEqual([60, 30, 5]);
    expect(rolledUp.columns.profit).toEqual([90, 30, 5]);
    const asText = [{ id: "7" }, { id: "8", parentId: "7" }];
    expect(accountProfitAndLoss(log, accounts, { asOf })).toEqual(
      accountProfitAndLoss(log, asText, { asOf }),
    );
    // The result's own columns are accounts again.
    const { accountId, parentId } = own.columns;
    const again = accountId.flatMap((id, i) => (id === null ? [] : [{ id, parentId: parentId[i] }]));
    expect(accountProfitAndLoss(log, again, { asOf }).own).toEqual(own);
  });

  it.each([[[5]], [["x"]], [[null]], [[{ id: "A" }, {}]], [[{ id: "A" }, { id: "" }]]])(
    "what is no account is named by row: %j",
    (accounts) => {
      const error = thrown(() => accountProfitAndLoss(log, accounts as never, { asOf }));
      expect(error.code).toBe("INVALID_ROWS");
      expect(error.problems?.[0].row).toBe(accounts.length - 1);
    },
  );
});

describe("a cost that is neither money nor time", () => {
  it.each([[{ amount: null }], [{ hours: null }], [{ amount: null, hours: null }], [{}]])("%j", (cost) => {
    const costToServe = [{ customerId: 7, amount: 10 }, { customerId: 7, ...cost } as never];
    const error = thrown(() => customerProfitAndLoss(log, { asOf, costToServe }));
    expect([error.code, error.path]).toEqual(["INVALID_ROWS", "options.costToServe[1]"]);
    expect(error.message).toContain("has neither amount nor hours");
  });

  it("one of the two may be null", () => {
    const costToServe = [{ customerId: 7, amount: 10, hours: null as never }];
    expect(customerProfitAndLoss(log, { asOf, costToServe }).total.costToServe).toBe(10);
  });
});

describe("opportunityCosts", () => {
  const use = (capacity: string, quantity: number) => ({ customerId: "ani", capacity, quantity });
  const alternative = (name: string, capacity: string, contributionPerUnit: number) => ({
    alternative: name,
    capacity,
    contributionPerUnit,
  });

  it("an alternative may use several capacities", () => {
    const costs = opportunityCosts(
      [use("van", 2), use("dock", 3)],
      [alternative("parcels", "van", 50), alternative("parcels", "dock", 10), alternative("rent", "dock", 4)],
    );
    expect(costs.columns.alternative).toEqual(["parcels", "parcels"]);
    expect(costs.columns.amount).toEqual([100, 30]);
  });

  it("once each", () => {
    const twice = [alternative("parcels", "van", 50), alternative("parcels", "van", 60)];
    const error = thrown(() => opportunityCosts([], twice));
    expect([error.code, error.path]).toEqual(["INVALID_ROWS", "alternatives[1].alternative"]);
    expect(error.message).toContain('"parcels" comes a second time for "van"');
  });

  it("beyond the safe integers: the row of use is named", () => {
    for (const [quantity, earned] of [
      [1e200, 1e200],
      [2, 2 ** 53],
      [0.5, 1e300],
    ]) {
      const uses = [use("van", 1e-300), use("van", quantity)];
      const error = thrown(() => opportunityCosts(uses, [alternative("parcels", "van", earned)]));
      expect([error.code, error.path]).toEqual(["UNSAFE_INTEGER", "uses[1]"]);
      expect(error.message).toContain('"parcels"');
    }
  });
});
