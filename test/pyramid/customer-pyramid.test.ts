import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rows } from "../../src/core/table.js";
import { transactionLog } from "../../src/history/transaction-log.js";
import { type CustomerPyramidOptions, customerPyramid } from "../../src/pyramid/customer-pyramid.js";
import { lifecycleStatus } from "../../src/pyramid/lifecycle-status.js";
import { curryTiers, tierBy } from "../../src/segmentation/tier-by.js";
import { thrown } from "../core/thrown.js";
import { referenceLog, referenceRows } from "../history/reference-log.js";
import { someInstant, someLog, someRecords } from "./random-log.js";
import { referenceCustomers } from "./reference-customers.js";

const at2025 = { asOf: "2025-01-01", customers: referenceCustomers };
const layerNames = ["top", "large", "medium", "small", "inactive", "prospect", "suspect", "restOfWorld"];

const layersById = (options: CustomerPyramidOptions) =>
  Object.fromEntries(
    rows(customerPyramid(referenceLog, options).members).map(({ customerId, layer }) => [customerId, layer]),
  );

describe("customerPyramid", () => {
  // Worked out by hand and by two independent programs: revenue of 2024, refunds with their purchases.
  const ranked = ["I", "A", "B", "D", "J", "K", "C", "H"];
  const revenue = [110000, 30000, 30000, 20000, 18000, 8000, 7000, 5000];

  it("ranks the active customers of the reference log by revenue in the window", () => {
    const active = rows(customerPyramid(referenceLog, at2025).members)
      .filter(({ status }) => status === "active")
      .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
    expect(active.map(({ customerId }) => customerId)).toEqual(ranked);
    expect(active.map((member) => member.revenue)).toEqual(revenue);
    expect(active.map(({ value }) => value)).toEqual(revenue);
    expect(active.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it("puts A and B, who brought the same, in two tiers or promotes them both", () => {
    const others = {
      D: "small",
      J: "small",
      K: "small",
      C: "small",
      H: "small",
      E: "inactive",
      F: "inactive",
      G: "inactive",
      L: "prospect",
      M: "suspect",
      N: "restOfWorld",
    };
    expect(layersById(at2025)).toEqual({ I: "top", A: "medium", B: "small", ...others });
    expect(layersById({ ...at2025, ties: "promote" })).toEqual({
      I: "top",
      A: "medium",
      B: "medium",
      ...others,
    });
  });

  it("computes what each layer brings", () => {
    const pyramid = customerPyramid(referenceLog, at2025);
    const { layers } = pyramid;
    expect(layers.map(({ name }) => name)).toEqual(layerNames);
    expect(layers.map(({ status }) => status)).toEqual([...Array(4).fill("active"), ...layerNames.slice(4)]);
    expect(layers.map(({ customers }) => customers)).toEqual([1, 0, 1, 6, 3, 1, 1, 1]);
    expect(layers.map((layer) => layer.revenue)).toEqual([110000, 0, 30000, 88000, 0, 0, 0, 0]);
    // Costs of 2024: I 84000, A 16000; B 18000, D 15000, J 9000, K 10000, C 4000, H 4000.
    expect(layers.map(({ profit }) => profit)).toEqual([26000, 0, 14000, 28000, 0, 0, 0, 0]);
    expect(pyramid).toMatchObject({
      revenue: 228000,
      profit: 68000,
      measure: "revenue",
      currency: "USD",
      timeZone: "UTC",
    });
    expect(layers[0].shareOfRevenue).toEqual({
      value: 110 / 228,
      numerator: 110000,
      denominator: 228000,
      reason: null,
    });
    expect(layers[0].shareOfProfit?.value).toBe(26 / 68);
    expect(layers[0].shareOfCustomers.value).toBe(1 / 14);
    expect(layers.map(({ lowestValue }) => lowestValue)).toEqual([
      110000,
      null,
      30000,
      5000,
      null,
      null,
      null,
      null,
    ]);
    expect(layers.map(({ value }) => value)).toEqual([110000, 0, 30000, 88000, null, null, null, null]);
    expect(layers[4].shareOfValue).toBeNull();
  });

  it("ranks by profit, or by numbers of the caller's in any form", () => {
    const own: Record<string, number> = { A: 5, B: 4, C: 9, D: 1, H: 2, I: 3, J: 8, K: 7 };
    const top = (measure: CustomerPyramidOptions["measure"]) =>
      rows(customerPyramid(referenceLog, { ...at2025, measure }).members).find(({ rank }) => rank === 1)
        ?.customerId;
    expect(top("profit")).toBe("I");
    expect(top(own)).toBe("C");
    expect(top(new Map(Object.entries(own)))).toBe("C");
    expect(top((id) => own[id])).toBe("C");
    const pyramid = customerPyramid(referenceLog, { ...at2025, measure: own });
    expect(pyramid.measure).toBe("custom");
    expect(pyramid.layers[0]).toMatchObject({
      revenue: 7000,
      value: 9,
      lowestValue: 9,
      shareOfValue: { value: 9 / 39 },
    });
  });

  it("needs a number for each active customer, and costs for profit", () => {
    const failing = (measure: unknown, log = referenceLog) =>
      thrown(() => customerPyramid(log, { ...at2025, measure: measure as never }));
    expect(failing({ A: 5 })).toMatchObject({ code: "INVALID_ARGUMENT", path: "options.measure" });
    expect(failing({ A: 5 }).message).toContain('undefined for customer "B"');
    expect(failing(() => Number.NaN).message).toContain('NaN for customer "A"');
    // What every object inherits is no number of a customer.
    const inherited = transactionLog([{ customerId: "toString", at: "2024-06-01", amount: 1 }], {
      currency: "USD",
    });
    expect(failing({}, inherited).message).toContain('undefined for customer "toString"');
    expect(failing("turnover").message).toContain('options.measure is "turnover"');
    const without = transactionLog([{ customerId: "A", at: "2024-06-01", amount: 1 }], { currency: "USD" });
    expect(failing("profit", without).message).toContain("the log has no costs");
    expect(customerPyramid(without, { asOf: "2025-01-01" }).layers[0]).toMatchObject({
      profit: null,
      shareOfProfit: null,
    });
    expect(customerPyramid(without, { asOf: "2025-01-01" })).toMatchObject({ profit: null });
  });

  it("has other tiers where asked, but none with the name of another layer", () => {
    const tiers = [
      { name: "gold", cumulativeShare: 0.5 },
      { name: "iron", cumulativeShare: 1 },
    ];
    const { layers } = customerPyramid(referenceLog, { ...at2025, tiers });
    expect(layers.map(({ name, customers }) => `${name} ${customers}`)).toEqual([
      "gold 4",
      "iron 4",
      "inactive 3",
      "prospect 1",
      "suspect 1",
      "restOfWorld 1",
    ]);
    const clash = [{ name: "inactive", cumulativeShare: 1 }];
    expect(thrown(() => customerPyramid(referenceLog, { ...at2025, tiers: clash }))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "options.tiers[0].name",
      message: 'options.tiers[0].name is "inactive", the name of another layer: pass another',
    });
  });

  it("counts a refund in its own time where asked: then those who left may bring less than nothing", () => {
    const log = transactionLog(
      [
        { id: "T1", customerId: "ani", at: "2023-01-31", amount: 500 },
        { customerId: "ani", at: "2024-06-01", amount: -200, refundOf: "T1" },
        { customerId: "budi", at: "2024-06-01", amount: 100 },
      ],
      { currency: "IDR" },
    );
    const pyramid = customerPyramid(log, { asOf: "2024-07-01", refundAttribution: "transaction" });
    expect(pyramid.layers[4]).toMatchObject({ name: "inactive", customers: 1, revenue: -200 });
    expect(pyramid.revenue).toBe(-100);
    expect(pyramid.layers[0].shareOfRevenue).toMatchObject({
      value: null,
      reason: "revenue of all layers: -100",
    });
    expect(customerPyramid(log, { asOf: "2024-07-01" }).revenue).toBe(100);
  });

  it("refuses a profit of one customer that is not exact", () => {
    // In the window: -(2^53 - 1) that goes back, less a cost of 2.
    const log = transactionLog(
      [
        { id: "T1", customerId: "ani", at: "2023-01-31", amount: Number.MAX_SAFE_INTEGER, cost: 0 },
        { customerId: "ani", at: "2024-06-01", amount: -Number.MAX_SAFE_INTEGER, cost: 0, refundOf: "T1" },
        { customerId: "ani", at: "2024-06-01", amount: 0, cost: 2 },
      ],
      { currency: "IDR" },
    );
    const options = { asOf: "2024-07-01", refundAttribution: "transaction" as const };
    expect(thrown(() => customerPyramid(log, options))).toMatchObject({
      code: "UNSAFE_INTEGER",
      message: expect.stringContaining("customer ani"),
    });
  });

  it("tells how it was made", () => {
    const tiers = [{ name: "all", cumulativeShare: 1 }];
    const activeWindow = { weeks: 3 };
    const options = { asOf: "2025-01-01", tiers, ties: "promote" as const, activeWindow };
    expect(customerPyramid(referenceLog, options)).toMatchObject({ tiers, ties: "promote", activeWindow });
    expect(customerPyramid(referenceLog, at2025)).toMatchObject({
      tiers: curryTiers,
      ties: "stable",
      activeWindow: { months: 12 },
    });
  });

  it("agrees with lifecycleStatus and tierBy, and its layers add up", () => {
    const ties = fc.constantFrom("stable" as const, "promote" as const);
    fc.assert(
      fc.property(someLog, someInstant, someRecords, ties, (log, asOf, customers, ties) => {
        const pyramid = customerPyramid(log, { asOf, customers, ties });
        const statuses = lifecycleStatus(log, { asOf, customers });
        expect(pyramid.members.columns).toMatchObject({ ...statuses.members.columns });
        expect(pyramid).toMatchObject({ counts: statuses.counts, coverage: statuses.coverage });
        const members = rows(pyramid.members);
        const active = members.filter(({ status }) => status === "active");
        const { tiers, members: tiered } = tierBy(
          active.map(({ customerId, revenue }) => ({ customerId, value: revenue })),
          { ties },
        );
        const tierOf = new Map(
          rows(tiered).map(({ customerId, tier, rank }) => [customerId, { tier, rank }]),
        );
        for (const { customerId, layer, rank } of active)
          expect(tierOf.get(customerId)).toEqual({ tier: layer, rank });
        for (const [i, { name, customers: count, value, lowestValue, shareOfValue }] of tiers.entries()) {
          expect(pyramid.layers[i]).toMatchObject({ name, customers: count, value, lowestValue });
          expect(pyramid.layers[i].shareOfValue?.value).toBe(shareOfValue.value);
        }
        for (const { name, customers: count, revenue, profit } of pyramid.layers) {
          const own = members.filter(({ layer }) => layer === name);
          expect(count).toBe(own.length);
          expect(revenue).toBe(own.reduce((sum, member) => sum + member.revenue, 0));
          if (profit !== null)
            expect(profit).toBe(own.reduce((sum, member) => sum + (member.profit ?? 0), 0));
        }
        expect(pyramid.layers.reduce((sum, layer) => sum + layer.customers, 0)).toBe(members.length);
        expect(pyramid.layers.reduce((sum, layer) => sum + layer.revenue, 0)).toBe(pyramid.revenue);
      }),
    );
  });

  it("gives each customer the same place in any order of transactions and records", () => {
    const byId = (log: typeof referenceLog, customers: typeof referenceCustomers) => {
      const { members, ...rest } = customerPyramid(log, { asOf: "2025-01-01", customers });
      return {
        members: Object.fromEntries(rows(members).map((member) => [member.customerId, member])),
        ...rest,
      };
    };
    const expected = byId(referenceLog, referenceCustomers);
    // The log itself puts rows in order of time, and finds the purchase of a refund wherever it stands.
    const shuffled = fc.shuffledSubarray([...referenceRows], { minLength: referenceRows.length });
    const records = fc.shuffledSubarray([...referenceCustomers], { minLength: referenceCustomers.length });
    fc.assert(
      fc.property(shuffled, records, (transactions, customers) => {
        expect(byId(transactionLog(transactions, { currency: "USD" }), customers)).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });

  it("keeps its layers when all money is counted in another unit", () => {
    const scaled = referenceRows.map(({ amount, cost, ...row }) => ({
      ...row,
      amount: amount * 100,
      cost: (cost ?? 0) * 100,
    }));
    const large = customerPyramid(transactionLog(scaled, { currency: "USD" }), at2025);
    const small = customerPyramid(referenceLog, at2025);
    expect(large.members.columns.layer).toEqual(small.members.columns.layer);
    // Quotients of the same rationals: equal to the last bit.
    expect(large.layers.map(({ shareOfRevenue }) => shareOfRevenue.value)).toEqual(
      small.layers.map(({ shareOfRevenue }) => shareOfRevenue.value),
    );
  });

  it("may have nobody in it", () => {
    const { layers, members } = customerPyramid(transactionLog([], { currency: "IDR" }), { asOf: 0 });
    expect(members.length).toBe(0);
    expect(
      layers.every(({ customers, shareOfCustomers }) => customers === 0 && shareOfCustomers.value === null),
    ).toBe(true);
  });

  it("survives JSON", () => {
    const pyramid = customerPyramid(referenceLog, at2025);
    expect(JSON.parse(JSON.stringify(pyramid))).toEqual(pyramid);
  });
});
