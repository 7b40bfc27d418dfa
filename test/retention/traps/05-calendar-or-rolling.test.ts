import { describe, expect, test } from "vitest";
import { rows } from "../../../src/core/table.js";
import { cohortTable } from "../../../src/retention/cohorts/cohort-table.js";
import { referenceLog } from "../../history/reference-log.js";
import { visits } from "../cohorts/cohort-logs.js";

describe("trap 5: calendar periods or windows of 24 hours", () => {
  const seenAt = (log: Parameters<typeof cohortTable>[0], options: Parameters<typeof cohortTable>[1]) =>
    rows(cohortTable(log, options).cells)
      .filter(({ customers }) => (customers ?? 0) > 0)
      .map(({ age }) => Number(age));

  test("59 days after the first purchase: the second month of the calendar, the first window of 30 days", () => {
    // Customer A of the reference log: 2022-01-31T10:00Z, 2022-03-31T12:00Z. Alone in a cohort by hand of A and B.
    const only = { startsWith: ({ customerId }: { customerId: string }) => customerId === "A" };
    const asked = { ...only, asOf: "2022-06-01", by: "month" } as const;
    expect(seenAt(referenceLog, asked)).toEqual([0, 2]);
    expect(seenAt(referenceLog, { ...asked, rollingDays: 30 })).toEqual([0, 1]);
  });

  test("exactly 30 x 24 hours after it: the next window", () => {
    // Customer K: 2024-02-29T12:00Z, 2024-03-30T12:00Z.
    const only = { startsWith: ({ customerId }: { customerId: string }) => customerId === "K" };
    expect(seenAt(referenceLog, { ...only, asOf: "2025-01-01", by: "month", rollingDays: 30 })).toEqual([
      0, 1,
    ]);
    const almost = visits({ kiki: ["2024-02-29T12:00:00Z", "2024-03-30T11:59:59.999Z"] });
    expect(seenAt(almost, { asOf: "2025-01-01", by: "month", rollingDays: 30 })).toEqual([0]);
  });

  test("23:59 and 00:01: the next day of the calendar, the same 24 hours", () => {
    const log = visits({ ani: ["2024-01-10T23:59:00Z", "2024-01-11T00:01:00Z"] });
    expect(seenAt(log, { asOf: "2024-02-01", by: "day" })).toEqual([0, 1]);
    expect(seenAt(log, { asOf: "2024-02-01", by: "day", rollingDays: 1 })).toEqual([0]);
  });

  test("a day of 23 hours is a day of the calendar", () => {
    // Clocks in New York went forward on 2024-03-10: noon to noon were 23 hours.
    const log = visits({ ani: ["2024-03-09T17:00:00Z", "2024-03-10T16:00:00Z"] }, "America/New_York");
    expect(seenAt(log, { asOf: "2024-04-01", by: "day" })).toEqual([0, 1]);
    expect(seenAt(log, { asOf: "2024-04-01", by: "day", rollingDays: 1 })).toEqual([0]);
  });
});
