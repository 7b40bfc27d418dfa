import { describe, expect, it } from "vitest";
import { retentionRateOf } from "../../../src/retention/rates/retention-rate-of.js";
import { thrown } from "../../core/thrown.js";

describe("retentionRateOf", () => {
  it("an empty base gives null, never 0 or NaN", () => {
    const rates = retentionRateOf([]);
    expect([rates.raw.value, rates.salesAdjusted.value, rates.profitAdjusted.value]).toEqual([
      null,
      null,
      null,
    ]);
    expect(rates.profitAdjusted.reason).toBe("previous profit of the base: 0");
    expect(rates.rawInterval).toBeNull();
  });

  it("without profits there is no profit-adjusted rate", () => {
    const rates = retentionRateOf([
      { sales: 3, retained: true },
      { sales: 1, profit: null, retained: false },
    ]);
    expect(rates.salesAdjusted.value).toBe(0.75);
    expect(rates.profitAdjusted).toEqual({
      value: null,
      numerator: 0,
      denominator: 0,
      reason: "no profit is given",
    });
  });

  it("sums beyond 2^53 on the way are exact; a sum that ends there is refused", () => {
    const huge = Number.MAX_SAFE_INTEGER;
    const back = retentionRateOf([
      { sales: huge, profit: huge, retained: true },
      { sales: 5, profit: huge, retained: false },
      { sales: -huge, profit: -huge, retained: true },
    ]);
    expect([back.salesAdjusted.numerator, back.salesAdjusted.denominator]).toEqual([0, 5]);
    expect(back.profitAdjusted.denominator).toBe(huge);
    const error = thrown(() =>
      retentionRateOf([
        { sales: huge, retained: true },
        { sales: 1, retained: true },
      ]),
    );
    expect([error.code, error.path]).toEqual(["UNSAFE_INTEGER", "customers"]);
    expect(error.message).toContain("9007199254740992");
  });

  it("names the rows that are wrong", () => {
    const error = thrown(() =>
      retentionRateOf([
        { sales: 1, profit: 1, retained: true },
        { sales: 10.5, profit: 1, retained: true },
        { sales: 1, retained: "yes" as unknown as boolean },
      ]),
    );
    expect([error.code, error.path]).toEqual(["INVALID_ROWS", "customers[1].sales"]);
    expect(error.message).toContain("row 2, sales: 10.5 is not a whole number");
    expect(error.message).toContain('row 3, retained: "yes" is not true or false');
    expect(error.problems).toHaveLength(3);
  });

  it("refuses a customer who comes twice", () => {
    const error = thrown(() =>
      retentionRateOf([
        { customerId: "ani", sales: 1, retained: true },
        { sales: 1, retained: true },
        { sales: 1, retained: true },
        { customerId: "ani", sales: 1, retained: false },
      ]),
    );
    expect([error.code, error.path]).toEqual(["INVALID_ROWS", "customers[3].customerId"]);
    expect(error.message).toContain('row 4, customerId: "ani" comes a second time');
    expect(error.problems).toHaveLength(1);
  });

  it("refuses what is no array, and what is no row", () => {
    const none = thrown(() => retentionRateOf("all" as unknown as []));
    expect([none.code, none.path]).toEqual(["INVALID_ARGUMENT", "customers"]);
    expect(none.message).toContain('"all"');
    expect(
      thrown(() => retentionRateOf([null as unknown as { sales: number; retained: boolean }])).code,
    ).toBe("INVALID_ROWS");
    expect(
      thrown(() => retentionRateOf([{ sales: 1, profit: "1" as unknown as number, retained: true }])).path,
    ).toBe("customers[0].profit");
  });
});
