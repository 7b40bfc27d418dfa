import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { transactionLog } from "../../src/history/transaction-log.js";
import { customerPyramid } from "../../src/pyramid/customer-pyramid.js";
import { type MarketingEffort, spendByLayer } from "../../src/pyramid/spend-by-layer.js";
import { thrown } from "../core/thrown.js";
import { referenceLog } from "../history/reference-log.js";
import { referenceCustomers } from "./reference-customers.js";

const pyramid = customerPyramid(referenceLog, { asOf: "2025-01-01", customers: referenceCustomers });

const someEfforts: fc.Arbitrary<MarketingEffort[]> = fc.array(
  fc
    .record({
      on: fc.oneof(
        fc.record({ customerId: fc.constantFrom(..."ABCDEFGHIJKLMNXYZ") }),
        fc.record({ layer: fc.constantFrom(...pyramid.layers.map(({ name }) => name)) }),
      ),
      money: fc.option(fc.nat(1000), { nil: undefined }),
      // Quarters of an hour: their sums are exact.
      hours: fc.option(
        fc.nat(40).map((quarters) => quarters / 4),
        { nil: undefined },
      ),
    })
    .map(({ on, ...effort }) => ({ ...on, ...effort })),
);

describe("spendByLayer", () => {
  const spend = spendByLayer(pyramid, [
    { customerId: "I", money: 400, hours: 4 },
    { customerId: "A", money: 100, hours: 1 },
    { customerId: "H", money: 0, hours: 1.5 },
    { layer: "small", money: 300 },
    { customerId: "E", money: 50, hours: 0.5 },
    { customerId: "L", money: 250, hours: 2 },
    { layer: "suspect", money: 100 },
    { layer: "restOfWorld", hours: 1 },
    { customerId: "X", money: 70, hours: 3 },
    { customerId: "X", money: 30 },
  ]);
  const of = (name: string) => spend.layers.find(({ layer }) => layer === name);

  it("sums money and hours by layer, of customers and of whole layers", () => {
    expect(spend.layers.map(({ layer, efforts, money, hours }) => [layer, efforts, money, hours])).toEqual([
      ["top", 1, 400, 4],
      ["large", 0, 0, 0],
      ["medium", 1, 100, 1],
      ["small", 2, 300, 1.5],
      ["inactive", 1, 50, 0.5],
      ["prospect", 1, 250, 2],
      ["suspect", 1, 100, 0],
      ["restOfWorld", 1, 0, 1],
    ]);
    expect(spend.total).toEqual({ efforts: 8, money: 1200, hours: 10 });
    expect(of("top")?.shareOfMoney).toEqual({
      value: 1 / 3,
      numerator: 400,
      denominator: 1200,
      reason: null,
    });
    expect(of("top")?.shareOfHours.value).toBe(0.4);
    expect(of("small")?.moneyPerCustomer).toEqual({
      value: 50,
      numerator: 300,
      denominator: 6,
      reason: null,
    });
    expect(of("small")?.hoursPerCustomer.value).toBe(0.25);
    expect(of("large")?.moneyPerCustomer).toMatchObject({ value: null, reason: "customers in the layer: 0" });
    expect(spend.currency).toBe("USD");
  });

  it("tells what share goes to prospects, suspects and the rest of the world", () => {
    expect(spend.nonCustomers.shareOfMoney).toEqual({
      value: 350 / 1200,
      numerator: 350,
      denominator: 1200,
      reason: null,
    });
    expect(spend.nonCustomers.shareOfHours).toEqual({
      value: 0.3,
      numerator: 3,
      denominator: 10,
      reason: null,
    });
    expect(spendByLayer(pyramid, []).nonCustomers.shareOfMoney).toMatchObject({
      value: null,
      reason: "money of all layers: 0",
    });
  });

  it("reports what went to customers whom nobody knows", () => {
    expect(spend.unknown).toEqual({ efforts: 2, money: 100, hours: 3, customerIds: ["X"] });
  });

  it("reads null as left out, and a whole number as the id that it spells", () => {
    const log = transactionLog([{ customerId: 7, at: "2024-06-01", amount: 5 }], { currency: "USD" });
    const { layers, unknown } = spendByLayer(customerPyramid(log, { asOf: "2025-01-01" }), [
      { customerId: 7, layer: null, money: 3 },
      { customerId: null, layer: "top", money: 4 },
      { customerId: 8, money: 5 },
    ]);
    expect(layers[0]).toMatchObject({ layer: "top", efforts: 2, money: 7 });
    expect(unknown).toMatchObject({ money: 5, customerIds: ["8"] });
    expect(thrown(() => spendByLayer(pyramid, [{ customerId: 1.5 }])).message).toContain(
      "customerId: 1.5 is not an id",
    );
  });

  it("drops nothing, counts a customer's effort as one on the layer, and does not depend on the order", () => {
    const layerOf = new Map(
      pyramid.members.columns.customerId.map((id, row) => [id, pyramid.members.columns.layer[row]]),
    );
    fc.assert(
      fc.property(someEfforts, (efforts) => {
        const result = spendByLayer(pyramid, efforts);
        for (const unit of ["money", "hours"] as const) {
          const given = efforts.reduce((sum, effort) => sum + (effort[unit] ?? 0), 0);
          expect(result.layers.reduce((sum, layer) => sum + layer[unit], 0)).toBe(result.total[unit]);
          expect(result.total[unit] + result.unknown[unit]).toBe(given);
        }
        expect(result.total.efforts + result.unknown.efforts).toBe(efforts.length);
        const byLayer = efforts.map(({ customerId, layer, ...effort }) => {
          const known = layer ?? layerOf.get(`${customerId}`);
          return known === undefined ? { customerId, ...effort } : { layer: known, ...effort };
        });
        expect(spendByLayer(pyramid, byLayer)).toEqual(result);
        const reversed = spendByLayer(pyramid, [...efforts].reverse());
        expect({ ...reversed, unknown: null }).toEqual({ ...result, unknown: null });
      }),
    );
  });

  it("refuses efforts that it cannot place, all in one error", () => {
    const failing = (efforts: unknown) => thrown(() => spendByLayer(pyramid, efforts as MarketingEffort[]));
    const error = failing([
      { layer: "top", money: 1 },
      { layer: "gold", money: 1 },
      { money: 5, hours: -1 },
      { customerId: "A", layer: "top", money: 1.5 },
      { customerId: "" },
      null,
    ]);
    expect(error).toMatchObject({ code: "INVALID_ROWS", path: "efforts[1].layer" });
    expect(error.message).toContain('row 2, layer: "gold" is none of the pyramid\'s: top, large');
    expect(error.message).toContain("row 3: names neither customerId nor layer");
    expect(error.message).toContain("row 3, hours: -1 is not a number of hours");
    expect(error.message).toContain("row 4: names both customerId and layer");
    expect(error.message).toContain("row 4, money: 1.5 is not a whole number of minor units");
    expect(error.message).toContain('row 5, customerId: "" is not an id');
    expect(error.message).toContain("row 6: names neither");
    expect(failing({}).message).toContain("efforts is an object");
    const huge = { layer: "top", money: Number.MAX_SAFE_INTEGER };
    expect(failing([huge, huge]).code).toBe("UNSAFE_INTEGER");
  });
});
