import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { switchingCostKinds } from "../../../src/retention/plan/retention-strategy.js";
import { type SwitchingCost, switchingCosts } from "../../../src/retention/plan/switching-cost.js";
import { thrown } from "../../core/thrown.js";

describe("switchingCosts", () => {
  it("counts and sums by kind, and guesses no price", () => {
    expect(
      switchingCosts([
        { kind: "financial", amount: 700, currency: "IDR" },
        { kind: "procedural", description: "learn a new app" },
        { kind: "financial", amount: 300, currency: "IDR" },
        { kind: "financial", amount: null },
        { kind: "contractual", amount: 0, currency: "IDR" },
      ]),
    ).toEqual({
      kinds: [
        { kind: "procedural", costs: 1, unpriced: 1, amount: null },
        { kind: "financial", costs: 3, unpriced: 1, amount: 1000 },
        { kind: "relational", costs: 0, unpriced: 0, amount: null },
        { kind: "contractual", costs: 1, unpriced: 0, amount: 0 },
      ],
      costs: 5,
      unpriced: 2,
      amount: 1000,
      currency: "IDR",
    });
    expect(switchingCosts([])).toMatchObject({ costs: 0, unpriced: 0, amount: null, currency: null });
    expect(switchingCosts([{ kind: "financial", amount: 1 }]).currency).toBeNull();
  });

  it("kinds sum to the whole, in any order, to the minor unit", () => {
    const cost = fc.record({
      kind: fc.constantFrom(...switchingCostKinds),
      amount: fc.option(fc.integer({ min: 0, max: 2 ** 46 })),
    });
    fc.assert(
      fc.property(fc.array(cost, { maxLength: 30 }), (records: SwitchingCost[]) => {
        const result = switchingCosts(records);
        expect(switchingCosts([...records].reverse())).toEqual(result);
        const sum = (field: "costs" | "unpriced" | "amount") =>
          result.kinds.reduce((total, kind) => total + (kind[field] ?? 0), 0);
        expect([sum("costs"), sum("unpriced"), sum("amount")]).toEqual([
          records.length,
          records.filter(({ amount }) => amount === null).length,
          result.amount ?? 0,
        ]);
      }),
    );
  });

  it("refuses bad records and mixed currencies", () => {
    const error = thrown(() =>
      switchingCosts([
        { kind: "emotional" as never, amount: 0.5 },
        { kind: "financial", amount: -1, currency: "" },
        { kind: "financial", amount: 5 },
        7 as never,
      ]),
    );
    expect(error).toMatchObject({ code: "INVALID_ROWS", path: "records[0].kind" });
    expect(error.message.split("\n").slice(1)).toEqual([
      '  row 1, kind: "emotional" is not one of "procedural", "financial", "relational", "contractual"',
      "  row 1, amount: 0.5 is not a whole number of minor units of 0 or more",
      "  row 1, currency: is missing, other records have it",
      "  row 2, amount: -1 is not a whole number of minor units of 0 or more",
      '  row 2, currency: "" is not an ISO 4217 code, three capital letters',
      "  row 3, currency: is missing, other records have it",
      "  row 4: 7 is not { kind, amount }",
    ]);
    const mixed = thrown(() =>
      switchingCosts([
        { kind: "financial", amount: 5, currency: "IDR" },
        { kind: "financial", amount: 5, currency: "USD" },
      ]),
    );
    expect(mixed).toMatchObject({ code: "CURRENCY_MISMATCH", path: "records[1].currency" });
    expect(mixed.message).toContain('row 2 of records is in "USD", others are in "IDR"');
    const beyond = [Number.MAX_SAFE_INTEGER, 1].map((amount) => ({ kind: "financial" as const, amount }));
    expect(thrown(() => switchingCosts(beyond)).code).toBe("UNSAFE_INTEGER");
    expect(thrown(() => switchingCosts({} as never)).message).toContain(
      "records is an object: pass an array",
    );
  });
});

it("takes null for no currency, and refuses what is no code of ISO 4217", () => {
  const fee = { kind: "contractual" as const, amount: 5 };
  expect(switchingCosts([{ ...fee, currency: null }, fee])).toMatchObject({ amount: 10, currency: null });
  expect(
    switchingCosts([
      { ...fee, currency: "IDR" },
      { kind: "relational", currency: null },
    ]).currency,
  ).toBe("IDR");
  for (const currency of ["Rp", "idr", "RUPIAH"]) {
    const error = thrown(() => switchingCosts([{ ...fee, currency }]));
    expect([error.code, error.path]).toEqual(["INVALID_ROWS", "records[0].currency"]);
    expect(error.message).toContain("is not an ISO 4217 code");
  }
  expect(thrown(() => switchingCosts([{ ...fee, currency: "IDR" }, fee])).message).toContain(
    "row 2, currency: is missing",
  );
});
