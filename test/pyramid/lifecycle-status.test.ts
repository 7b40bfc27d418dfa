import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rows } from "../../src/core/table.js";
import { transactionsOf } from "../../src/history/log-row.js";
import { transactionLog } from "../../src/history/transaction-log.js";
import { customerSchema } from "../../src/model/customer.js";
import type { PyramidCustomer } from "../../src/pyramid/customer-records.js";
import {
  type LifecycleStatusOptions,
  lifecycleStatus,
  lifecycleStatusNames,
} from "../../src/pyramid/lifecycle-status.js";
import { thrown } from "../core/thrown.js";
import { referenceLog, referenceRows } from "../history/reference-log.js";
import { FIRST, someInstant, someLog, someRecords } from "./random-log.js";
import { referenceCustomers } from "./reference-customers.js";

const withStatus = (options: LifecycleStatusOptions, status: string, log = referenceLog) =>
  rows(lifecycleStatus(log, options).members)
    .filter((member) => member.status === status)
    .map(({ customerId }) => customerId)
    .sort()
    .join("");

const nobody = transactionLog([], { currency: "IDR" });
const statusOf = (customer: Omit<PyramidCustomer, "id">, asOf = "2024-07-01") =>
  lifecycleStatus(nobody, { asOf, customers: [{ id: "x", ...customer }] }).members.columns.status[0];

describe("lifecycleStatus", () => {
  // Worked out by hand and by two independent programs.
  it.each([
    ["2022-04-01", "2021-04-01", "ABCD", ""],
    // The refund of 2 April is known now: D has never bought.
    ["2022-05-01", "2021-05-01", "ABC", ""],
    // B's purchase of 28 February 2023 is in this window and out of the next.
    ["2024-02-29", "2023-02-28", "ABGHIJ", "CEF"],
    ["2024-03-01", "2023-03-01", "ACGHIJK", "BEF"],
    ["2025-01-01", "2024-01-01", "ABCDHIJK", "EFG"],
  ])("as of %s, with a window from %s: active %s, inactive %s", (asOf, start, active, inactive) => {
    const options = { asOf, customers: referenceCustomers };
    expect(withStatus(options, "active")).toBe(active);
    expect(withStatus(options, "inactive")).toBe(inactive);
    const { window, asOf: instant, counts } = lifecycleStatus(referenceLog, options);
    expect(window).toEqual({ start: Date.parse(start), end: Date.parse(asOf) });
    expect(instant).toBe(Date.parse(asOf));
    expect([counts.active, counts.inactive]).toEqual([active.length, inactive.length]);
    // Relations are undated: whoever is going to buy is a prospect until then.
    expect(counts).toMatchObject({
      prospect: 12 - active.length - inactive.length,
      suspect: 1,
      restOfWorld: 1,
    });
  });

  it("knows nobody without a record before their first transaction", () => {
    const { members, coverage } = lifecycleStatus(referenceLog, { asOf: "2022-03-01" });
    expect([...members.columns.customerId]).toEqual(["A", "B", "C"]);
    expect(coverage).toEqual({
      inBoth: 0,
      inLogOnly: 3,
      inRecordsOnly: 0,
      withoutRelation: 0,
    });
  });

  it("takes who gave all back and has no record for a prospect", () => {
    expect(withStatus({ asOf: "2022-05-01" }, "prospect")).toBe("D");
    const suspect = { asOf: "2022-05-01", customers: [{ id: "D", relation: "none" as const }] };
    expect(withStatus(suspect, "prospect")).toBe("");
    expect(withStatus(suspect, "suspect")).toBe("D");
  });

  it("does not let a record that says nothing change that", () => {
    const of = (record: Omit<PyramidCustomer, "id">) => {
      const { members, coverage } = lifecycleStatus(referenceLog, {
        asOf: "2022-05-01",
        customers: [{ id: "D", ...record }],
      });
      const { status } = rows(members).find(({ customerId }) => customerId === "D") ?? {};
      return [status, coverage.withoutRelation];
    };
    expect(of({})).toEqual(["prospect", 1]);
    expect(of({ signals: [{ at: "2022-05-01" }] })).toEqual(["prospect", 1]);
    expect(of({ relation: "none" })).toEqual(["suspect", 0]);
    expect(of({ relation: "cannot" })).toEqual(["restOfWorld", 0]);
    expect(of({ relation: "cannot", signals: [{ at: "2022-04-30" }] })).toEqual(["prospect", 0]);
  });

  it("reads null as left out", () => {
    expect(statusOf({ relation: null, signals: null, createdAt: null })).toBe("suspect");
    const customers = [{ id: "x", relation: null, signals: null, createdAt: null }];
    expect(lifecycleStatus(nobody, { asOf: 0, customers }).coverage.withoutRelation).toBe(1);
  });

  it("reads the record of who never bought", () => {
    expect(statusOf({ relation: "customer" })).toBe("prospect");
    expect(statusOf({ relation: "responded" })).toBe("prospect");
    expect(statusOf({ relation: "none" })).toBe("suspect");
    expect(statusOf({ relation: "cannot" })).toBe("restOfWorld");
    expect(statusOf({})).toBe("suspect");
    expect(statusOf({ relation: "none", signals: [{ at: "2024-06-30T23:59:59Z" }] })).toBe("prospect");
    expect(statusOf({ relation: "cannot", signals: [{ at: "2025-01-01" }, { at: "2024-01-01" }] })).toBe(
      "prospect",
    );
  });

  it("does not know what is dated at asOf or later", () => {
    expect(statusOf({ relation: "none", signals: [{ at: "2024-07-01" }] })).toBe("suspect");
    expect(statusOf({ relation: "customer", createdAt: "2024-07-01" })).toBeUndefined();
    expect(statusOf({ relation: "customer", createdAt: "2024-06-30" })).toBe("prospect");
    const { coverage, members } = lifecycleStatus(referenceLog, {
      asOf: "2023-01-01",
      customers: [
        { id: "A", createdAt: "2024-01-01" },
        { id: "K", createdAt: "2024-01-01" },
        { id: "J", createdAt: "2022-12-31" },
        { id: "Z", createdAt: "2023-06-01" },
      ],
    });
    // A has bought whatever the record says; of K and Z nothing is known, of J the record alone, of H and I nothing.
    expect([...members.columns.customerId].sort().join("")).toBe("ABCDEFGJ");
    expect(coverage).toEqual({
      inBoth: 0,
      inLogOnly: 7,
      inRecordsOnly: 1,
      withoutRelation: 1,
    });
  });

  it("lists the log's customers first, then the other records, with their last purchase", () => {
    const customers = [{ id: "Z" }, { id: "C" }, { id: 7 }];
    const { members, coverage } = lifecycleStatus(referenceLog, { asOf: "2022-03-01", customers });
    expect(rows(members)).toEqual([
      { customerId: "A", status: "active", lastPurchaseAt: Date.parse("2022-01-31T10:00:00Z") },
      { customerId: "B", status: "active", lastPurchaseAt: Date.parse("2022-01-31T10:00:00Z") },
      { customerId: "C", status: "active", lastPurchaseAt: Date.parse("2022-02-28T23:59:59Z") },
      { customerId: "Z", status: "suspect", lastPurchaseAt: null },
      { customerId: "7", status: "suspect", lastPurchaseAt: null },
    ]);
    expect(coverage).toEqual({
      inBoth: 1,
      inLogOnly: 2,
      inRecordsOnly: 2,
      withoutRelation: 2,
    });
  });

  it("takes another window, zone and rule of what qualifies", () => {
    const asOf = "2025-01-01";
    expect(withStatus({ asOf, activeWindow: { years: 2 } }, "inactive")).toBe("EF");
    expect(withStatus({ asOf, activeWindow: { days: 1 } }, "active")).toBe("IJ");
    // 2024-12-31T23:59:59Z is 2025 in Jakarta, where the day began at 17:00Z.
    expect(withStatus({ asOf, activeWindow: { days: 1 }, timeZone: "Asia/Jakarta" }, "active")).toBe("I");
    expect(withStatus({ asOf, qualifies: ({ net }) => net >= 30000 }, "active")).toBe("BI");
    expect(thrown(() => lifecycleStatus(referenceLog, { asOf, activeWindow: { days: 0 } })).code).toBe(
      "INVALID_ARGUMENT",
    );
  });

  it("does as a plain loop over each customer's transactions does", () => {
    fc.assert(
      fc.property(someLog, someInstant, someRecords, (log, asOf, customers) => {
        const { members, window, counts } = lifecycleStatus(log, { asOf, customers });
        const found = new Map(rows(members).map(({ customerId, status }) => [customerId, status]));
        const expected = new Map<string, string>();
        for (const id of log.customerIds) {
          const known = transactionsOf(log, id).filter(({ at }) => at < asOf);
          const bought = known.filter(
            ({ type, amount, id: purchase }) =>
              type === "purchase" &&
              (amount === 0 ||
                known
                  .filter((row) => row.refundOf === purchase)
                  .reduce((net, row) => net + row.amount, amount) > 0),
          );
          if (bought.some(({ at }) => at >= window.start)) expected.set(id, "active");
          else if (bought.length > 0) expected.set(id, "inactive");
          else if (known.length > 0) expected.set(id, "prospect");
        }
        for (const { id, relation, signals, createdAt = 0 } of customers) {
          if ((createdAt as number) >= asOf || ["active", "inactive"].includes(expected.get(`${id}`) ?? ""))
            continue;
          const interested =
            relation === "customer" ||
            relation === "responded" ||
            signals?.some(({ at }) => (at as number) < asOf);
          const saysNothing = relation === undefined && !interested;
          if (saysNothing && expected.has(`${id}`)) continue;
          expected.set(`${id}`, interested ? "prospect" : relation === "cannot" ? "restOfWorld" : "suspect");
        }
        expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
        expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(members.length);
      }),
    );
  });

  it("accounts for each customer of log and records", () => {
    fc.assert(
      fc.property(someLog, someInstant, someRecords, (log, asOf, customers) => {
        const { members, coverage } = lifecycleStatus(log, { asOf, customers });
        const { inBoth, inLogOnly, inRecordsOnly } = coverage;
        const inLog = log.customerIds.filter((id) => transactionsOf(log, id).some(({ at }) => at < asOf));
        const inRecords = customers
          .filter(({ createdAt = 0 }) => (createdAt as number) < asOf)
          .map(({ id }) => `${id}`);
        expect(inBoth + inLogOnly).toBe(inLog.length);
        expect(inBoth + inRecordsOnly).toBe(inRecords.length);
        expect([...members.columns.customerId].sort()).toEqual([...new Set([...inLog, ...inRecords])].sort());
      }),
    );
  });

  it("is the same whatever happens later", () => {
    fc.assert(
      fc.property(fc.nat(1100), someRecords, (days, customers) => {
        const asOf = FIRST + days * 86_400_000;
        const options = { asOf, customers };
        const known = referenceRows.filter(({ at }) => Date.parse(at as string) < asOf);
        const ofKnown = lifecycleStatus(transactionLog(known, { currency: "USD" }), options);
        expect(ofKnown).toEqual(lifecycleStatus(referenceLog, options));
      }),
    );
  });

  it("takes parsed Customer records as they are", () => {
    const customers = [
      { id: "C-1", kind: "person", relation: "none", signals: [{ kind: "rfq", at: "2024-06-30T00:00:00Z" }] },
      { id: "C-2", kind: "organization", createdAt: "2024-08-01T00:00:00Z" },
    ].map((customer) => customerSchema.parse({ ...customer }));
    expect(rows(lifecycleStatus(nobody, { asOf: "2024-07-01", customers }).members)).toEqual([
      { customerId: "C-1", status: "prospect", lastPurchaseAt: null },
    ]);
  });

  it("refuses records that it cannot use, all in one error", () => {
    const failing = (customers: unknown) =>
      thrown(() => lifecycleStatus(nobody, { asOf: 0, customers: customers as PyramidCustomer[] }));
    const error = failing([
      { id: "a" },
      { id: "" },
      { id: "a" },
      { id: "b", relation: "friend" },
      null,
      { id: "c", signals: 1 },
    ]);
    expect(error).toMatchObject({ code: "INVALID_ROWS", path: "options.customers[1].id" });
    expect(error.message).toContain('row 2, id: "" is not an id');
    expect(error.message).toContain('row 3, id: "a" comes a second time');
    expect(error.message).toContain(
      'row 4, relation: "friend" is not one of customer, responded, none, cannot',
    );
    expect(error.message).toContain("row 5, id: is not an id");
    expect(error.message).toContain("row 6, signals: 1 is not an array");
    expect(failing([{ id: "a", signals: [{ at: "soon" }] }])).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "options.customers[0].signals[0].at",
    });
    const signals = failing([
      { id: "a", signals: [{ at: 0 }, null] },
      { id: "b", signals: [{}] },
    ]);
    expect(signals).toMatchObject({ code: "INVALID_ROWS", path: "options.customers[0].signals[1]" });
    expect(signals.message).toContain("row 1, signals[1]: null is not { at }");
    expect(signals.message).toContain("row 2, signals[0]: an object is not { at }");
    expect(failing([{ id: 1 }, { id: "1" }]).message).toContain('row 2, id: "1" comes a second time');
    expect(failing("everybody").message).toContain('options.customers is "everybody"');
  });

  it("survives JSON", () => {
    const statuses = lifecycleStatus(referenceLog, { asOf: "2024-07-01", customers: referenceCustomers });
    expect(JSON.parse(JSON.stringify(statuses))).toEqual(statuses);
    expect(Object.keys(statuses.counts)).toEqual([...lifecycleStatusNames]);
  });
});
