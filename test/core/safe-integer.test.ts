import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { safeInteger, safeIntegerOf, safeSum } from "../../src/core/safe-integer.js";
import { thrown } from "./thrown.js";

describe("safeInteger", () => {
  it("passes safe integers on, -0 as 0", () => {
    expect(safeInteger(Number.MAX_SAFE_INTEGER, "a", "the sum")).toBe(Number.MAX_SAFE_INTEGER);
    expect(Object.is(safeInteger(-0, "a", "the sum"), 0)).toBe(true);
    expect(safeIntegerOf(-5n, "a", "the sum")).toBe(-5);
  });

  it("refuses the first integer beyond, by name", () => {
    for (const call of [
      () => safeInteger(2 ** 53, "a", "the sum"),
      () => safeIntegerOf(-(2n ** 53n), "a", "the sum"),
    ]) {
      const error = thrown(call);
      expect([error.code, error.path]).toEqual(["UNSAFE_INTEGER", "a"]);
      expect(error.message).toMatch(/the sum is -?9007199254740992/);
    }
  });
});

describe("safeIntegerOf", () => {
  it("does not fill a message with a thousand digits", () => {
    const error = thrown(() => safeIntegerOf(10n ** 1000n, "a", "the product"));
    expect(error.message).toContain(
      "the product is 10000000000000000000... (1001 characters), beyond 2^53 - 1",
    );
  });
});

describe("safeSum", () => {
  it("is the exact sum in any order, or refuses it", () => {
    const largest = fc.constantFrom(Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER);
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.maxSafeInteger(), largest, fc.integer())), (values) => {
        const exact = values.reduce((sum, value) => sum + BigInt(value), 0n);
        if (exact <= BigInt(Number.MAX_SAFE_INTEGER) && exact >= -BigInt(Number.MAX_SAFE_INTEGER)) {
          expect(safeSum(values, "values", "the sum")).toBe(Number(exact));
          expect(safeSum([...values].reverse(), "values", "the sum")).toBe(Number(exact));
        } else {
          const error = thrown(() => safeSum(values, "values", "the sum"));
          expect(error.code).toBe("UNSAFE_INTEGER");
          expect(error.message).toContain(`the sum is ${exact}`);
        }
      }),
    );
  });
});
