import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rows } from "../../../src/core/table.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import {
  type ObservedTenureOptions,
  observedTenure,
} from "../../../src/retention/lifetimes/observed-tenure.js";
import { thrown } from "../../core/thrown.js";
import { plainLog, plainOptions } from "../../history/plain-log.js";
import { referenceLog } from "../../history/reference-log.js";

const asOf = "2025-01-01";
const of = (options: Partial<ObservedTenureOptions> = {}) =>
  observedTenure(referenceLog, { asOf, ...options });

describe("observedTenure on the reference log", () => {
  // Days from the first to the last qualifying purchase, counted on a calendar.
  const days = { A: 759, B: 943, C: 731, D: 0, E: 0, F: 0, G: 386, H: 502, I: 641, J: 366, K: 30 };

  it("to the last purchase: every customer, and who lapsed", () => {
    const { customers, all, active, lapsed } = of();
    expect(Object.fromEntries(rows(customers).map(({ customerId, tenure }) => [customerId, tenure]))).toEqual(
      days,
    );
    const isLapsed = rows(customers).filter((customer) => !customer.active);
    expect(isLapsed.map(({ customerId }) => customerId).sort()).toEqual(["E", "F", "G"]);
    expect([all.count, all.mean, all.median]).toEqual([11, 4358 / 11, 386]);
    expect([active.count, active.mean]).toEqual([8, 3972 / 8]);
    expect([lapsed.count, lapsed.mean, lapsed.median]).toEqual([3, 386 / 3, 0]);
  });

  it("to asOf: as if nobody had left", () => {
    // E from 2022-08-31, F from 2022-12-31, G from 2022-05-10.
    expect(of({ until: "asOf" }).lapsed.mean).toBe((854 + 732 + 967) / 3);
  });

  it("in other units", () => {
    const { customers, all, unit } = of({ unit: "year" });
    expect(unit).toBe("year");
    expect(customers.columns.tenure[0]).toBe(759 / 365.25);
    expect(all.mean).toBeCloseTo(4358 / 11 / 365.25, 14);
    expect(of({ unit: "month" }).customers.columns.tenure[0]).toBe(759 / (365.25 / 12));
    expect(of({ unit: "week" }).customers.columns.tenure[0]).toBe(759 / 7);
  });

  it("who is active depends on the window: B bought on 2024-08-31", () => {
    const activeIn = (activeWindow: { months: number }) =>
      rows(of({ activeWindow }).customers).find(({ customerId }) => customerId === "B")?.active;
    expect([activeIn({ months: 4 }), activeIn({ months: 5 })]).toEqual([false, true]);
    expect(of({ activeWindow: { months: 4 } }).activeWindow).toEqual({
      start: Date.UTC(2024, 8, 1),
      end: Date.UTC(2025, 0, 1),
    });
  });

  it("who bought at the start of the active window is active", () => {
    // E bought on 2022-08-31 at 12:00.
    const call = (when: string) =>
      rows(of({ asOf: when }).customers).find(({ customerId }) => customerId === "E")?.active;
    expect([call("2023-08-31T12:00:00Z"), call("2023-08-31T12:00:01Z")]).toEqual([true, false]);
  });

  it("does not know what happens at asOf or later", () => {
    expect(of({ asOf: "2022-02-01" }).customers.columns.customerId).toEqual(["A", "B"]);
    const none = of({ asOf: "2022-01-01" });
    expect([none.all.mean, none.all.reason, none.lapsed.reason]).toEqual([
      null,
      "customers: 0",
      "lapsed customers: 0",
    ]);
  });
});

it("refuses unusable options", () => {
  const path = (options: object) => thrown(() => of(options as Partial<ObservedTenureOptions>)).path;
  expect(path({ until: "now" })).toBe("options.until");
  expect(path({ unit: "quarter" })).toBe("options.unit");
  expect(path({ activeWindow: { months: 0 } })).toBe("options.activeWindow");
});

it("active and lapsed make up all; until asOf is never shorter", () => {
  fc.assert(
    fc.property(plainLog(), plainOptions, ({ rows: records, options }, { asOf: now, timeZone }) => {
      const log = transactionLog(records, options);
      const last = observedTenure(log, { asOf: now, timeZone });
      const age = observedTenure(log, { asOf: now, timeZone, until: "asOf" });
      expect(last.active.count + last.lapsed.count).toBe(last.all.count);
      last.customers.columns.tenure.forEach((tenure, i) => {
        expect(tenure).toBeGreaterThanOrEqual(0);
        expect(age.customers.columns.tenure[i]).toBeGreaterThanOrEqual(tenure);
      });
    }),
  );
});
