import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { row, rows } from "../../src/core/table.js";
import { customerSummary } from "../../src/history/customer-summary.js";
import { rfmSummary } from "../../src/history/rfm-summary.js";
import { transactionLog } from "../../src/history/transaction-log.js";
import { lifecycleStatus } from "../../src/pyramid/lifecycle-status.js";
import { type WinBackOptions, winBackCandidates } from "../../src/pyramid/win-back-candidates.js";
import { thrown } from "../core/thrown.js";
import { referenceLog } from "../history/reference-log.js";
import { someInstant, someLog } from "./random-log.js";

const asOf = "2025-01-01";
const ids = (options: Partial<WinBackOptions> = {}) =>
  winBackCandidates(referenceLog, { asOf, ...options }).candidates.columns.customerId.join("");

describe("winBackCandidates", () => {
  // Inactive on 2025-01-01: E with 40000 (profit -10000) of August 2022; F with 8000 - 2000 + 8000 - 8000 = 6000 (profit
  // 2000), the last purchase that was kept of December 2022; G with 30000 + 10000 = 40000 (profit 16000) of May 2023.
  it("ranks the inactive by what they brought, equal ones by id", () => {
    const { candidates, ...rest } = winBackCandidates(referenceLog, { asOf });
    expect(rows(candidates)).toEqual([
      {
        customerId: "E",
        value: 40000,
        revenue: 40000,
        profit: -10000,
        purchases: 1,
        lastPurchaseAt: Date.parse("2022-08-31T12:00:00Z"),
        daysSince: 854,
      },
      {
        customerId: "G",
        value: 40000,
        revenue: 40000,
        profit: 16000,
        purchases: 3,
        lastPurchaseAt: Date.parse("2023-05-31T12:00:00Z"),
        daysSince: 581,
      },
      {
        customerId: "F",
        value: 6000,
        revenue: 6000,
        profit: 2000,
        purchases: 1,
        lastPurchaseAt: Date.parse("2022-12-31T23:30:00Z"),
        daysSince: 732,
      },
    ]);
    expect(rest).toEqual({
      inactive: 3,
      leftOut: { tooLongAgo: 0, belowMinimum: 0, beyondLimit: 0 },
      measure: "revenue",
      asOf: Date.parse(asOf),
      window: { start: Date.parse("2024-01-01"), end: Date.parse(asOf) },
      currency: "USD",
    });
  });

  it("ranks by profit or by numbers of the caller's, asked for the inactive alone", () => {
    expect(ids({ measure: "profit" })).toBe("GFE");
    expect(ids({ measure: { E: 1, F: 3, G: 2 } })).toBe("FGE");
    expect(thrown(() => ids({ measure: new Map([["E", 1]]) })).message).toContain(
      'undefined for customer "F"',
    );
  });

  it("counts days in the zone", () => {
    // 2022-12-31T23:30Z is 1 January 2023 in Jakarta, whose 1 January 2025 begins at 17:00Z the day before.
    const { candidates } = winBackCandidates(referenceLog, { asOf, timeZone: "Asia/Jakarta" });
    expect(row(candidates, 2)).toMatchObject({ customerId: "F", daysSince: 731 });
  });

  it("counts days as rfmSummary does where the clocks go back over midnight", () => {
    // St. John's set its clocks back at 00:01 on 1 November 2009 (02:31Z) to 23:01 of the day before: the day had begun.
    const timeZone = "America/St_Johns";
    const minutes = ["02:29", "02:30", "02:31", "03:00", "03:29", "03:30", "04:00"];
    const purchases = minutes.map((time) => ({ customerId: time, at: `2009-11-01T${time}:00Z`, amount: 5 }));
    const log = transactionLog(purchases, { currency: "CAD", timeZone });
    const options = { asOf: "2010-12-01", timeZone };
    const days = new Map(
      rows(winBackCandidates(log, options).candidates).map(({ customerId, daysSince }) => [
        customerId,
        daysSince,
      ]),
    );
    // 395 days from 1 November 2009 to 1 December 2010.
    expect(minutes.map((time) => days.get(time))).toEqual([396, 395, 395, 395, 395, 395, 395]);
    for (const { customerId, recency } of rows(rfmSummary(log, options))) {
      expect(days.get(customerId)).toBe(recency);
    }
  });

  it("leaves out who brought too little or left too long ago, and says how many", () => {
    expect(ids({ minimumValue: 40000 })).toBe("EG");
    expect(ids({ minimumValue: 40001 })).toBe("");
    expect(ids({ lastPurchaseWithin: { months: 24 } })).toBe("G");
    expect(ids({ lastPurchaseWithin: { months: 25 } })).toBe("GF");
    expect(ids({ limit: 1 })).toBe("E");
    const options = { asOf, lastPurchaseWithin: { months: 25 }, minimumValue: 5000, limit: 1 };
    expect(winBackCandidates(referenceLog, options)).toMatchObject({
      inactive: 3,
      leftOut: { tooLongAgo: 1, belowMinimum: 0, beyondLimit: 1 },
    });
    // E fails both: counted by the first.
    const both = { asOf, lastPurchaseWithin: { months: 25 }, minimumValue: 40001 };
    expect(winBackCandidates(referenceLog, both).leftOut).toEqual({
      tooLongAgo: 1,
      belowMinimum: 2,
      beyondLimit: 0,
    });
  });

  it("takes the inactive of lifecycleStatus and the numbers of customerSummary, none lost", () => {
    const some = fc.record({
      minimumValue: fc.integer({ min: -5, max: 60 }),
      limit: fc.nat(6),
      lastPurchaseWithin: fc.record({ months: fc.integer({ min: 13, max: 30 }) }),
    });
    fc.assert(
      fc.property(someLog, someInstant, some, (log, instant, limits) => {
        const { members } = lifecycleStatus(log, { asOf: instant });
        const inactive = rows(members).filter(({ status }) => status === "inactive");
        const summary = new Map(
          rows(customerSummary(log, { asOf: instant })).map((one) => [one.customerId, one]),
        );
        const all = winBackCandidates(log, { asOf: instant });
        expect([...all.candidates.columns.customerId].sort()).toEqual(
          inactive.map(({ customerId }) => customerId).sort(),
        );
        for (const { customerId, value, revenue, profit, purchases, lastPurchaseAt } of rows(
          all.candidates,
        )) {
          const { net, profit: earned, purchases: count, lastAt } = summary.get(customerId) ?? {};
          expect([value, revenue, profit, purchases, lastPurchaseAt]).toEqual([
            net,
            net,
            earned,
            count,
            lastAt,
          ]);
        }
        const some = winBackCandidates(log, { asOf: instant, ...limits });
        const { tooLongAgo, belowMinimum, beyondLimit } = some.leftOut;
        expect(some.candidates.length + tooLongAgo + belowMinimum + beyondLimit).toBe(some.inactive);
        const kept = new Set(some.candidates.columns.customerId);
        // In the same order as without limits.
        expect(all.candidates.columns.customerId.filter((id) => kept.has(id))).toEqual([...kept]);
      }),
    );
  });

  it("refuses limits that are none", () => {
    const failing = (options: object) => thrown(() => winBackCandidates(referenceLog, { asOf, ...options }));
    expect(failing({ minimumValue: Number.NaN })).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "options.minimumValue",
    });
    expect(failing({ limit: 1.5 })).toMatchObject({ path: "options.limit" });
    expect(failing({ limit: -1 }).message).toContain("options.limit is -1");
    expect(failing({ lastPurchaseWithin: {} })).toMatchObject({ code: "INVALID_ARGUMENT" });
  });
});
