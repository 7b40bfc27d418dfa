import { describe, expect, it } from "vitest";
import { type SubscriptionStatus, subscriptionStatuses } from "../../../src/model/subscription.js";
import {
  activeStatusPresets,
  type StatusRules,
} from "../../../src/retention/contracts/active-status-presets.js";
import { churnRate } from "../../../src/retention/contracts/churn-rate.js";
import { churnSeries } from "../../../src/retention/contracts/churn-series.js";
import { recurringRevenue } from "../../../src/retention/revenue/recurring-revenue.js";
import { revenueRetentionByCohort } from "../../../src/retention/revenue/revenue-by-cohort.js";
import { revenueMovements } from "../../../src/retention/revenue/revenue-movements.js";
import { revenueRates } from "../../../src/retention/revenue/revenue-rates.js";
import type { RevenueSubscription } from "../../../src/retention/revenue/revenue-subscription.js";
import { thrown } from "../../core/thrown.js";

const row: RevenueSubscription = {
  customerId: "a",
  startAt: "2024-01-01",
  amount: 100,
  currency: "IDR",
  interval: { unit: "month" },
};
/** Whether the subscription brings revenue just before each of these days. */
const activeAt = (more: Partial<RevenueSubscription>, days: readonly string[], statuses?: StatusRules) =>
  days.map(
    (asOf) => recurringRevenue([{ ...row, ...more }], { asOf, ...(statuses && { statuses }) }).mrr > 0,
  );

describe("when a subscription is active", () => {
  it("from the end of its trial on, whatever the status says", () => {
    const days = ["2024-02-01", "2024-02-02"];
    for (const status of ["trialing", "active"] as const)
      expect(activeAt({ status, trialEndAt: "2024-02-01" }, days)).toEqual([false, true]);
    expect(activeAt({ status: "trialing" }, days)).toEqual([false, false]);
    expect(activeAt({ status: "canceled", trialEndAt: "2024-02-01", endAt: "2024-01-15" }, days)).toEqual([
      false,
      false,
    ]);
  });

  it("in the trial too, where the caller counts trials", () => {
    const statuses = { trialing: { countsAsActive: true } };
    for (const status of ["trialing", "active"] as const)
      expect(activeAt({ status, trialEndAt: "2024-03-01" }, ["2024-01-02", "2024-03-02"], statuses)).toEqual([
        true,
        true,
      ]);
    expect(activeAt({ status: "trialing" }, ["2024-01-02"], statuses)).toEqual([true]);
  });

  it("until a status that does not count took hold", () => {
    const days = ["2024-02-01", "2024-02-02"];
    expect(activeAt({ status: "paused", statusSince: "2024-02-01" }, days)).toEqual([true, false]);
    // Without statusSince the record says how it stands at asOf.
    expect(activeAt({ status: "paused" }, days)).toEqual([false, false]);
    expect(activeAt({ status: "incomplete" }, days)).toEqual([false, false]);
    expect(
      activeAt({ status: "paused", statusSince: "2024-02-01" }, days, activeStatusPresets.chartmogul),
    ).toEqual([true, true]);
  });

  it("before its end, although it is canceled or expired now", () => {
    const days = ["2024-02-01", "2024-02-02"];
    for (const status of ["canceled", "expired"] as const) {
      expect(activeAt({ status, endAt: "2024-02-01" }, days)).toEqual([true, false]);
      expect(activeAt({ status, statusSince: "2024-02-01" }, days)).toEqual([true, false]);
      // Who gave notice in January pays to the end of February all the same.
      const noticed = { status, statusSince: "2024-01-20", endAt: "2024-02-01" };
      expect(activeAt(noticed, days)).toEqual([true, false]);
      expect(activeAt({ ...noticed, statusSince: "2024-02-20" }, days)).toEqual([true, false]);
      // An end that lies ahead is not known yet.
      expect(activeAt({ ...noticed, endAt: "2025-01-01" }, ["2024-06-01", "2025-01-02"])).toEqual([
        true,
        false,
      ]);
      const counted = { [status]: { countsAsActive: true, graceDays: 5 } };
      expect(activeAt({ status, endAt: "2024-02-01" }, days, counted)).toEqual([true, false]);
      expect(activeAt({ status, statusSince: "2024-01-20" }, ["2024-01-25", "2024-01-26"], counted)).toEqual([
        true,
        false,
      ]);
      expect(thrown(() => activeAt({ status }, days, counted)).path).toBe("subscriptions[0].statusSince");
    }
  });

  it("for the days of grace, counted from the status", () => {
    const late = { status: "pastDue", statusSince: "2024-02-01" } as const;
    // 30 days from 2024-02-01 end with 2024-03-01.
    expect(
      activeAt(late, ["2024-03-02", "2024-03-02T00:00:00.001Z"], activeStatusPresets.baremetrics),
    ).toEqual([true, false]);
    expect(activeAt(late, ["2025-01-01"], activeStatusPresets.stripe)).toEqual([true]);
    const error = thrown(() =>
      activeAt({ status: "pastDue" }, ["2025-01-01"], activeStatusPresets.baremetrics),
    );
    expect(error.path).toBe("subscriptions[0].statusSince");
    expect(error.message).toContain("since when do the 30 days run for which pastDue counts?");
  });

  it("a status at asOf or later is not known yet", () => {
    expect(
      activeAt({ status: "unpaid", statusSince: "2024-06-01" }, ["2024-05-01", "2024-06-01", "2024-07-01"]),
    ).toEqual([true, true, false]);
  });

  it("days of grace that end after asOf are as good as no end", () => {
    const late = { ...row, status: "pastDue", statusSince: "2024-01-31" } as const;
    const options = { asOf: "2024-02-10", by: "month", statuses: activeStatusPresets.baremetrics } as const;
    expect(revenueMovements([late], options).periods.map(({ revenue }) => revenue.end)).toEqual([100]);
    expect(revenueRetentionByCohort([late], options).cells.columns.revenue).toEqual([100]);
    const paused = { ...late, status: "paused", statusSince: "2024-12-01" } as const;
    expect(revenueRetentionByCohort([paused], options).cells).toHaveLength(1);
  });

  it("never when it is free, or rounds to nothing a month", () => {
    expect(activeAt({ amount: 0 }, ["2024-06-01"])).toEqual([false]);
    expect(activeAt({ amount: 5, interval: { unit: "year" } }, ["2024-06-01"])).toEqual([false]);
    expect(activeAt({ amount: 7, interval: { unit: "year" } }, ["2024-06-01"])).toEqual([true]);
  });
});

describe("a status without its date", () => {
  const months = { asOf: "2024-06-01", by: "month" } as const;
  const window = { start: "2024-03-01", end: "2024-04-01" };
  const overTime: Readonly<Record<string, (rows: RevenueSubscription[], statuses?: StatusRules) => unknown>> =
    {
      revenueMovements: (rows, statuses) =>
        revenueMovements(rows, { ...months, ...(statuses && { statuses }) }),
      revenueRates: (rows, statuses) => revenueRates(rows, { ...months, ...(statuses && { statuses }) }),
      revenueRetentionByCohort: (rows, statuses) =>
        revenueRetentionByCohort(rows, { ...months, ...(statuses && { statuses }) }),
      churnSeries: (rows, statuses) => churnSeries(rows, { ...months, ...(statuses && { statuses }) }),
      churnRate: (rows, statuses) =>
        churnRate(rows, { asOf: months.asOf, window, ...(statuses && { statuses }) }),
    };
  const outside: StatusRules = { pastDue: { countsAsActive: false } };

  it.each(Object.entries(overTime))(
    "%s refuses it where the past depends on it, with the row",
    (name, call) => {
      for (const status of ["paused", "unpaid", "pastDue"] as const) {
        const error = thrown(() => call([row, { ...row, status }], outside));
        const path = name.startsWith("churn") ? "contracts" : "subscriptions";
        expect([error.code, error.path]).toEqual(["INVALID_ROWS", `${path}[1].statusSince`]);
        expect(error.message).toContain(`row 2, statusSince: is missing: since when is it ${status}`);
        expect(() => call([{ ...row, status, statusSince: "2024-02-01" }], outside)).not.toThrow();
      }
      // What counts all the time needs no date, nor does who never paid, nor what ended.
      expect(() => call([{ ...row, status: "pastDue" }])).not.toThrow();
      expect(() => call([{ ...row, status: "paused" }], activeStatusPresets.chartmogul)).not.toThrow();
      expect(() => call([{ ...row, status: "incomplete" }])).not.toThrow();
      expect(() => call([{ ...row, status: "canceled", endAt: "2024-02-01" }])).not.toThrow();
    },
  );

  it("recurringRevenue, which looks at one instant, takes it as of then", () => {
    for (const status of ["paused", "unpaid", "pastDue"] as const)
      expect(activeAt({ status }, ["2024-06-01"], outside)).toEqual([false]);
  });
});

describe("activeStatusPresets", () => {
  it("have a rule for every status, and say who counts", () => {
    const counting = Object.entries(activeStatusPresets).map(([name, rules]) => {
      expect(Object.keys(rules).sort()).toEqual([...subscriptionStatuses].sort());
      return [name, subscriptionStatuses.filter((status) => rules[status].countsAsActive)];
    });
    expect(Object.fromEntries(counting)).toEqual({
      default: ["active", "pastDue"],
      stripe: ["active", "pastDue"],
      baremetrics: ["active", "pastDue", "unpaid"],
      chartmogul: ["active", "pastDue", "unpaid", "paused"],
    });
  });

  it("a status that the caller leaves out is taken as by default", () => {
    const of = (status: SubscriptionStatus, statuses: StatusRules) =>
      activeAt({ status }, ["2024-06-01"], statuses)[0];
    expect(of("pastDue", {})).toBe(true);
    expect(of("pastDue", { pastDue: { countsAsActive: false } })).toBe(false);
    expect(of("active", { pastDue: { countsAsActive: false } })).toBe(true);
    expect(of("paused", { paused: undefined } as StatusRules)).toBe(false);
  });

  it("bad rules are refused by name", () => {
    const pathOf = (statuses: unknown) =>
      thrown(() => activeAt({}, ["2024-06-01"], statuses as StatusRules)).path;
    expect(pathOf("stripe")).toBe("options.statuses");
    expect(pathOf([])).toBe("options.statuses");
    expect(pathOf({ past_due: { countsAsActive: true } })).toBe("options.statuses.past_due");
    expect(pathOf({ pastDue: true })).toBe("options.statuses.pastDue.countsAsActive");
    expect(pathOf({ pastDue: { countsAsActive: true, graceDays: -1 } })).toBe(
      "options.statuses.pastDue.graceDays",
    );
    expect(pathOf({ pastDue: { countsAsActive: false, graceDays: 3 } })).toBe(
      "options.statuses.pastDue.graceDays",
    );
    expect(pathOf({ trialing: { countsAsActive: true, graceDays: 3 } })).toBe(
      "options.statuses.trialing.graceDays",
    );
  });
});
