import { describe, expect, test } from "vitest";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { cohortTable } from "../../../src/retention/cohorts/cohort-table.js";
import { countsByCohort } from "../cohorts/cohort-logs.js";

describe("trap 32: a return on the same day when start and return differ", () => {
  const log = transactionLog(
    [
      // The full plan on the day of the trial; on the day after; and never.
      { customerId: "ani", at: "2024-01-10T08:00:00Z", amount: 0, productId: "trial" },
      { customerId: "ani", at: "2024-01-10T20:00:00Z", amount: 9, productId: "plan" },
      { customerId: "budi", at: "2024-01-10T08:00:00Z", amount: 0, productId: "trial" },
      { customerId: "budi", at: "2024-01-11T08:00:00Z", amount: 9, productId: "plan" },
      { customerId: "citra", at: "2024-01-10T08:00:00Z", amount: 0, productId: "trial" },
      // The plan before the trial is no return; with the trial in one basket it is.
      { customerId: "dewi", at: "2024-01-10T07:00:00Z", amount: 9, productId: "plan" },
      { customerId: "dewi", at: "2024-01-10T08:00:00Z", amount: 0, productId: "trial" },
      { customerId: "eka", at: "2024-01-10T08:00:00Z", amount: 9, productId: "plan" },
      { customerId: "eka", at: "2024-01-10T08:00:00Z", amount: 0, productId: "trial" },
    ],
    { currency: "IDR" },
  );
  const of = (product: string) => (row: { productId: string | null }) => row.productId === product;
  const count = (options: object) =>
    countsByCohort(cohortTable(log, { asOf: "2024-01-12", by: "day", ...options }))["2024-01-10"];

  test("age 0 counts those who did the other thing that day, not everyone", () => {
    expect(count({ startsWith: of("trial"), returnsWith: of("plan") })).toBe("2 1");
  });
  test("the start is no return of itself", () => {
    expect(count({ startsWith: of("trial"), returnsWith: of("trial") })).toBe("0 0");
  });
  test("without a return of its own kind, the start counts: age 0 is everyone", () => {
    expect(count({ startsWith: of("trial") })).toBe("5 1");
    expect(count({})).toBe("5 1");
  });
});
