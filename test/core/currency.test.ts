import { describe, expect, it } from "vitest";
import { minorUnitDigits } from "../../src/core/currency.js";
import { thrown } from "./thrown.js";

describe("minorUnitDigits", () => {
  it("is 2 for codes that ISO 4217 does not list: historic, new or one's own", () => {
    expect(["DEM", "HRK", "ZZZ"].map(minorUnitDigits)).toEqual([2, 2, 2]);
  });

  it.each(["", "usd", "US", "USDT", "Rp", "US$", null, 840])("refuses %j", (code) => {
    const error = thrown(() => minorUnitDigits(code as string));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "currency"]);
    expect(error.message).toContain(`currency is ${typeof code === "string" ? JSON.stringify(code) : code}`);
  });
});
