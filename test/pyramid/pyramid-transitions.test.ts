import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rows } from "../../src/core/table.js";
import { transactionLog } from "../../src/history/transaction-log.js";
import { type CustomerPyramidOptions, customerPyramid } from "../../src/pyramid/customer-pyramid.js";
import { pyramidFlowNames, pyramidTransitions } from "../../src/pyramid/pyramid-transitions.js";
import { curryTiers } from "../../src/segmentation/tier-by.js";
import { thrown } from "../core/thrown.js";
import { referenceLog } from "../history/reference-log.js";
import { someInstant, someLog, someRecords } from "./random-log.js";
import { referenceCustomers } from "./reference-customers.js";

const at = (asOf: string, customers = referenceCustomers) =>
  customerPyramid(referenceLog, { asOf, customers });
const flowsById = (before: string, after: string, customers = referenceCustomers) =>
  Object.fromEntries(
    rows(pyramidTransitions(at(before, customers), at(after, customers)).members).map(
      ({ customerId, flow }) => [customerId, flow],
    ),
  );

describe("pyramidTransitions", () => {
  it("names the move of each customer of the reference log", () => {
    // Status and tiers by hand. 2024-01-01: revenue of 2023 is I 150000, A 24000, B 20000, H 12000, G 10000, J 9000:
    // I top, A medium, the others small; C, E and F inactive; D (all given back) and K, not yet buyers, prospects.
    expect(flowsById("2024-01-01", "2025-01-01")).toEqual({
      A: "stay",
      B: "stay",
      C: "reactivate",
      D: "convert",
      E: "stay",
      F: "stay",
      G: "lapse",
      H: "stay",
      I: "stay",
      J: "stay",
      K: "convert",
      L: "stay",
      M: "stay",
      N: "stay",
    });
  });

  it("knows the refund of April: D, a customer on 1 April 2022, has never bought on 1 May", () => {
    expect(flowsById("2022-04-01", "2022-05-01").D).toBe("reverse");
  });

  it("sees who is in no record enter", () => {
    const flows = flowsById("2023-01-01", "2024-01-01", []);
    expect(flows).toMatchObject({ H: "enter", I: "enter", J: "enter", C: "lapse", E: "lapse", F: "lapse" });
    // In 2022: E 40000, B 40000, A 30000, G 30000, C 10000, F 8000 (its refund of 2023 is
    // not known yet): B top, E medium, the others small. In 2023 A is the second.
    expect(flows).toMatchObject({ A: "upgrade", B: "downgrade", G: "stay" });
  });

  it("sums the revenue of each flow before and after", () => {
    const { flows, currency, before, after } = pyramidTransitions(at("2024-01-01"), at("2025-01-01"));
    const of = (name: string) => flows.find((flow) => flow.name === name);
    expect(of("lapse")).toEqual({ name: "lapse", customers: 1, revenueBefore: 10000, revenueAfter: 0 });
    expect(of("convert")).toEqual({ name: "convert", customers: 2, revenueBefore: 0, revenueAfter: 28000 });
    expect(of("reactivate")).toEqual({
      name: "reactivate",
      customers: 1,
      revenueBefore: 0,
      revenueAfter: 7000,
    });
    expect(flows.map(({ name }) => name)).toEqual([...pyramidFlowNames]);
    expect([currency, before, after]).toEqual(["USD", Date.parse("2024-01-01"), Date.parse("2025-01-01")]);
  });

  it("names the moves of those who never bought", () => {
    const nobody = transactionLog([{ customerId: "x", at: "2022-06-01", amount: 5 }], { currency: "IDR" });
    const records = (relations: Record<string, "customer" | "responded" | "none" | "cannot">) =>
      Object.entries(relations).map(([id, relation]) => ({ id, relation }));
    const first = customerPyramid(nobody, {
      asOf: "2022-01-01",
      customers: records({
        a: "none",
        b: "cannot",
        c: "responded",
        d: "none",
        e: "cannot",
        f: "none",
        x: "none",
      }),
    });
    const second = customerPyramid(nobody, {
      asOf: "2024-01-01",
      customers: records({ a: "responded", b: "responded", c: "none", d: "cannot", e: "none", g: "none" }),
    });
    expect(rows(pyramidTransitions(first, second).members)).toEqual([
      { customerId: "a", before: "suspect", after: "prospect", flow: "qualify" },
      { customerId: "b", before: "restOfWorld", after: "prospect", flow: "qualify" },
      { customerId: "c", before: "prospect", after: "suspect", flow: "disqualify" },
      { customerId: "d", before: "suspect", after: "restOfWorld", flow: "disqualify" },
      { customerId: "e", before: "restOfWorld", after: "suspect", flow: "enable" },
      { customerId: "f", before: "suspect", after: null, flow: "leave" },
      { customerId: "x", before: "suspect", after: "inactive", flow: "convertAndLapse" },
      { customerId: "g", before: null, after: "suspect", flow: "enter" },
    ]);
  });

  it("conserves customers and revenue, layer by layer", () => {
    fc.assert(
      fc.property(
        someLog,
        someInstant,
        someInstant,
        someRecords,
        someRecords,
        (log, one, other, then, now) => {
          const before = customerPyramid(log, { asOf: Math.min(one, other), customers: then });
          const after = customerPyramid(log, { asOf: Math.max(one, other), customers: now });
          const { layers, matrix, flows, members } = pyramidTransitions(before, after);
          const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
          const everybody = new Set([
            ...before.members.columns.customerId,
            ...after.members.columns.customerId,
          ]);
          expect(members.length).toBe(everybody.size);
          expect(sum(flows.map(({ customers }) => customers))).toBe(everybody.size);
          for (const [i, { customers }] of before.layers.entries()) expect(sum(matrix[i])).toBe(customers);
          for (const [j, { customers }] of after.layers.entries())
            expect(sum(matrix.map((line) => line[j]))).toBe(customers);
          const outside = layers.length - 1;
          expect(matrix[outside][outside]).toBe(0);
          const count = (name: string) => flows.find((flow) => flow.name === name)?.customers ?? 0;
          expect(before.members.length + count("enter") - count("leave")).toBe(after.members.length);
          expect(before.counts.active - count("lapse") + count("reactivate") + count("convert")).toBe(
            after.counts.active -
              rows(members).filter(({ flow, after: to }) => flow === "enter" && isTier(to)).length +
              rows(members).filter(
                ({ flow, before: from }) => (flow === "leave" || flow === "reverse") && isTier(from),
              ).length,
          );
          expect(sum(flows.map(({ revenueBefore }) => revenueBefore))).toBe(before.revenue);
          expect(sum(flows.map(({ revenueAfter }) => revenueAfter))).toBe(after.revenue);
        },
      ),
    );
  });

  it("says stay of everybody when nothing lies between", () => {
    fc.assert(
      fc.property(someLog, someInstant, someRecords, (log, asOf, customers) => {
        const pyramid = customerPyramid(log, { asOf, customers });
        const { flows } = pyramidTransitions(pyramid, pyramid);
        expect(flows[0]).toMatchObject({ name: "stay", customers: pyramid.members.length });
      }),
    );
  });

  it("refuses pyramids that cannot be compared", () => {
    const pyramid = at("2024-01-01");
    const failing = (other: typeof pyramid) => thrown(() => pyramidTransitions(pyramid, other));
    expect(failing(at("2023-01-01"))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "after",
      message:
        "after is as of 2023-01-01T00:00:00.000Z, earlier than before (2024-01-01T00:00:00.000Z): swap them",
    });
    const tiers = [{ name: "all", cumulativeShare: 1 }];
    expect(failing(customerPyramid(referenceLog, { asOf: "2025-01-01", tiers })).message).toContain(
      "after has the layers all, inactive",
    );
    const rupiah = customerPyramid(transactionLog([], { currency: "IDR" }), { asOf: "2025-01-01" });
    expect(failing(rupiah)).toMatchObject({ code: "CURRENCY_MISMATCH", path: "after" });
    const made = (options: Partial<CustomerPyramidOptions>) =>
      customerPyramid(referenceLog, { asOf: "2025-01-01", ...options });
    for (const [options, message] of [
      [
        { measure: "profit" },
        "after is ranked by profit, before by revenue: pass two pyramids of one measure",
      ],
      [
        { timeZone: "Asia/Jakarta" },
        "after counts in Asia/Jakarta, before in UTC: pass two pyramids of one time zone",
      ],
      [
        { tiers: curryTiers.map((tier, i) => (i === 2 ? { ...tier, cumulativeShare: 0.25 } : tier)) },
        "after has tiers up to 0.01, 0.05, 0.25, 1, before up to 0.01, 0.05, 0.2, 1: pass two pyramids of one set of tiers",
      ],
      [
        { ties: "promote" },
        'after treats ties as "promote", before as "stable": pass two pyramids of one rule for ties',
      ],
      [
        { activeWindow: { weeks: 26 } },
        "after looks back 0 months and 182 days, before 12 months and 0 days: pass two pyramids of one active window",
      ],
    ] as const) {
      expect(failing(made(options))).toMatchObject({ code: "INVALID_ARGUMENT", path: "after", message });
    }
    // The same in other words.
    const sums = curryTiers.map((tier, i) => (i === 2 ? { ...tier, cumulativeShare: 0.1 + 0.1 } : tier));
    expect(
      pyramidTransitions(pyramid, made({ activeWindow: { years: 1 }, tiers: sums })).layers,
    ).toHaveLength(9);
    const unknown = [{ name: "unknown", cumulativeShare: 1 }];
    expect(thrown(() => customerPyramid(referenceLog, { asOf: 0, tiers: unknown })).path).toBe(
      "options.tiers[0].name",
    );
  });

  it("survives JSON", () => {
    const transitions = pyramidTransitions(at("2024-01-01"), at("2025-01-01"));
    expect(JSON.parse(JSON.stringify(transitions))).toEqual(transitions);
  });
});

function isTier(layer: string | null): boolean {
  return layer !== null && ["top", "large", "medium", "small"].includes(layer);
}
