import { expect, it } from "vitest";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { acquisitionReport } from "../../../src/profitability/acquisition/acquisition-report.js";
import { thrown } from "../../core/thrown.js";

it("acquisitionReport names the option that is wrong", () => {
  const log = transactionLog([{ customerId: "a", at: "2023-01-10", amount: 1 }], { currency: "IDR" });
  const bad = (options: object) =>
    thrown(() => acquisitionReport(log, { asOf: "2024-01-01", ...options } as never));
  expect(bad({ spend: [{ at: "2023-01-01", amount: -5 }] })).toMatchObject({
    code: "INVALID_ROWS",
    path: "options.spend[0].amount",
  });
  expect(bad({})).toMatchObject({ code: "INVALID_ARGUMENT", path: "options.spend" });
  expect(bad({ spend: [], by: { days: 0, anchor: "2024-01-01" } }).path).toMatch(/^options\.by/);
});
