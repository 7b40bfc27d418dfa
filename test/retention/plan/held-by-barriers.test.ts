import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type HeldCustomer, heldByBarriers } from "../../../src/retention/plan/held-by-barriers.js";
import { retentionSigns } from "../../../src/retention/plan/retention-strategy.js";
import { wilsonInterval } from "../../../src/statistics/wilson-interval.js";
import { thrown } from "../../core/thrown.js";

describe("heldByBarriers", () => {
  const customers: HeldCustomer[] = [
    { customerId: "h", heldBy: ["negative"], satisfied: false, value: 30 },
    { customerId: "b", heldBy: ["negative", "negative"], satisfied: false, value: 20 },
    { customerId: "c", heldBy: ["negative"], satisfied: true, value: 100 },
    { customerId: "d", heldBy: ["negative"], satisfied: null, value: 500 },
    { customerId: "e", heldBy: ["positive", "negative"], satisfied: false, value: 30 },
    { customerId: "f", heldBy: ["positive"], satisfied: true, value: 10 },
    { customerId: "g", heldBy: [], satisfied: false, value: 10 },
  ];

  it("counts who is held by barriers alone and dissatisfied, of whom that is known", () => {
    expect(heldByBarriers(customers, { confidenceLevel: 0.9 })).toEqual({
      customers: 7,
      unknown: 1,
      barriersOnly: { value: 4 / 7, numerator: 4, denominator: 7, reason: null },
      barriersOnlyInterval: wilsonInterval(4, 7, { confidenceLevel: 0.9 }),
      dissatisfied: { value: 2 / 6, numerator: 2, denominator: 6, reason: null },
      dissatisfiedInterval: wilsonInterval(2, 6, { confidenceLevel: 0.9 }),
      dissatisfiedValue: { value: 0.25, numerator: 50, denominator: 200, reason: null },
      customerIds: ["b", "h"],
    });
  });

  it("is null where nobody was asked, and says so", () => {
    expect(heldByBarriers([])).toMatchObject({
      barriersOnly: { value: null, reason: "customers: 0" },
      dissatisfiedInterval: null,
    });
    const unasked = heldByBarriers([{ customerId: "a", heldBy: ["negative"], satisfied: null }]);
    expect(unasked.barriersOnly.value).toBe(1);
    expect(unasked.dissatisfied).toMatchObject({
      value: null,
      reason: "customers whose satisfaction is known: 0",
    });
    expect(unasked.dissatisfiedValue).toEqual({
      value: null,
      numerator: 0,
      denominator: 0,
      reason: "no values are given",
    });
    const worth = heldByBarriers([{ customerId: "a", heldBy: ["negative"], satisfied: null, value: 5 }]);
    expect(worth.dissatisfiedValue.reason).toBe("value of customers whose satisfaction is known: 0");
  });

  it("sums values the same in any order of the rows", () => {
    const list = [0.1, 0.2, 0.3].map((value, i) => ({
      customerId: `c${i}`,
      heldBy: ["negative" as const],
      satisfied: false,
      value,
    }));
    expect(0.1 + 0.2 + 0.3).not.toBe(0.3 + 0.2 + 0.1);
    expect(heldByBarriers([...list].reverse())).toEqual(heldByBarriers(list));
  });

  it("does not depend on the order of the rows, and falls as customers are satisfied or rewarded", () => {
    const some = fc
      .array(
        fc.record({
          heldBy: fc.array(fc.constantFrom(...retentionSigns), { maxLength: 3 }),
          satisfied: fc.option(fc.boolean()),
          value: fc.double({ min: 0, max: 1e6, noNaN: true }),
        }),
        { maxLength: 20 },
      )
      .map((list) => list.map((one, i) => ({ ...one, customerId: `c${i}` })));
    fc.assert(
      fc.property(some, (list) => {
        const risk = heldByBarriers(list);
        expect(heldByBarriers([...list].reverse())).toEqual(risk);
        expect(JSON.parse(JSON.stringify(risk))).toEqual(risk);
        const rewarded = list.map((one) => ({ ...one, heldBy: [...one.heldBy, "positive" as const] }));
        expect(heldByBarriers(rewarded).dissatisfied.numerator).toBe(0);
        const content = list.map((one) => ({ ...one, satisfied: true }));
        expect(heldByBarriers(content).customerIds).toEqual([]);
        expect(heldByBarriers(content).barriersOnly).toEqual(risk.barriersOnly);
      }),
    );
  });

  it("refuses bad rows", () => {
    const error = thrown(() =>
      heldByBarriers([
        { customerId: "a", heldBy: ["contract" as never], satisfied: false, value: 1 },
        { customerId: "a", heldBy: "negative" as never, satisfied: "no" as never, value: -1 },
        { customerId: "b" } as never,
      ]),
    );
    expect(error).toMatchObject({ code: "INVALID_ROWS", path: "customers[0].heldBy[0]" });
    expect(error.message.split("\n").slice(1)).toEqual([
      '  row 1, heldBy[0]: "contract" is not one of "positive", "negative"',
      '  row 2, customerId: "a" comes in row 1 too',
      '  row 2, heldBy: "negative" is not a list',
      '  row 2, satisfied: "no" is not true, false or null',
      "  row 2, value: -1 is not a finite number of 0 or more",
      "  row 3, heldBy: is missing",
      "  row 3, satisfied: is not true, false or null",
      "  row 3, value: is not a finite number of 0 or more, as other rows have it",
    ]);
    expect(thrown(() => heldByBarriers([], { confidenceLevel: 95 }))).toMatchObject({
      path: "options.confidenceLevel",
    });
    expect(thrown(() => heldByBarriers(null as never)).message).toContain("customers is null");
  });
});

describe("heldByBarriers, of ids, options and sums", () => {
  const held = (customerId: string | number, value?: number) => ({
    customerId,
    heldBy: ["negative" as const],
    satisfied: false,
    value,
  });

  it("takes customers named by numbers, and 42 is 42", () => {
    expect(heldByBarriers([held(42), held(7)]).customerIds).toEqual(["42", "7"]);
    expect(thrown(() => heldByBarriers([held(42), held("42")])).message).toContain(
      'row 2, customerId: "42" comes in row 1 too',
    );
  });

  it("refuses values that have no finite sum, and null for options", () => {
    const error = thrown(() => heldByBarriers([held("a", 1.7e308), held("b", 1.7e308)]));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: "customers" });
    expect(error.message).toContain("Infinity together");
    expect(thrown(() => heldByBarriers([], null as never)).path).toBe("options");
  });
});
