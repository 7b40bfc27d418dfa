import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minorUnitDigits } from "../../src/core/currency.js";
import { formatMoney } from "../../src/core/format-money.js";
import { toMinorUnits } from "../../src/core/minor-units.js";
import { type Money, money } from "../../src/core/money.js";
import type { RoundingMode } from "../../src/core/rounding.js";
import { thrown } from "./thrown.js";

/** Every blank as a plain one: which no-break space CLDR uses has changed before. */
const plain = (text: string): string => text.replace(/\s/gu, " ");

describe("formatMoney", () => {
  it.each<[number, string, string, string]>([
    [123450, "USD", "en-US", "$1,234.50"],
    [-123450, "USD", "en-US", "-$1,234.50"],
    [1250, "JPY", "ja-JP", "￥1,250"],
    [125000050, "IDR", "id-ID", "Rp 1.250.000,50"],
    [1005, "BHD", "en-US", "BHD 1.005"],
    [1500, "IQD", "en-US", "IQD 1.500"],
    [123450, "EUR", "de-DE", "1.234,50 €"],
    [Number.MAX_SAFE_INTEGER, "USD", "en-US", "$90,071,992,547,409.91"],
  ])("writes %s minor units of %s in %s as %s", (amount, currency, locale, expected) => {
    expect(plain(formatMoney(money(amount, currency), { locale }))).toBe(expected);
  });

  it("uses en-US, never the machine's own locale", () => {
    const amount = money(-123450, "EUR");
    expect(formatMoney(amount)).toBe(formatMoney(amount, { locale: "en-US" }));
  });

  it("shows every digit: what it writes reads back to the same amount", () => {
    const currencies = fc.constantFrom("IDR", "USD", "JPY", "BHD", "CLF", "IQD", "XAU");
    const locales = fc.constantFrom(["en-US", "."], ["de-DE", ","], ["id-ID", ","], ["fr-FR", ","]);
    fc.assert(
      fc.property(fc.maxSafeInteger(), currencies, locales, (amount, currency, [locale, point = "."]) => {
        const text = formatMoney(money(amount, currency), { locale, currencyDisplay: "code" });
        const decimal = [...text]
          .filter((char) => /[\d-]/.test(char) || char === point)
          .join("")
          .replace(point, ".");
        expect(toMinorUnits(decimal, currency)).toBe(amount);
        expect(decimal.split(".")[1]?.length ?? 0).toBe(minorUnitDigits(currency));
      }),
    );
  });

  it("shows fewer digits by the named rounding, more as zeros", () => {
    const at = (amount: number, fractionDigits: number, rounding?: RoundingMode) =>
      formatMoney(money(amount, "USD"), { fractionDigits, ...(rounding && { rounding }) });
    expect(at(250, 0)).toBe("$2");
    expect(at(250, 0, "halfUp")).toBe("$3");
    expect(at(-250, 0, "floor")).toBe("-$3");
    expect(at(1255, 1)).toBe("$12.6");
    expect(at(1250, 4)).toBe("$12.5000");
    expect(at(-1, 0)).toBe("$0");
  });

  it("shows the currency as asked", () => {
    const amount = money(123456, "CAD");
    const as = (currencyDisplay: "symbol" | "narrowSymbol" | "code" | "name") =>
      plain(formatMoney(amount, { currencyDisplay }));
    expect(as("symbol")).toBe("CA$1,234.56");
    expect(as("narrowSymbol")).toBe("$1,234.56");
    expect(as("code")).toBe("CAD 1,234.56");
    expect(as("name")).toBe("1,234.56 Canadian dollars");
  });

  it("refuses what is no money and options out of range, by name", () => {
    expect(thrown(() => formatMoney({ amount: 0.5, currency: "USD" })).path).toBe("amount.amount");
    expect(thrown(() => formatMoney(null as unknown as Money)).code).toBe("INVALID_ARGUMENT");
    const locale = thrown(() => formatMoney(money(1, "USD"), { locale: "not a locale" }));
    expect([locale.code, locale.path]).toEqual(["INVALID_ARGUMENT", "options.locale"]);
    expect(locale.message).toContain('"not a locale"');
    expect(thrown(() => formatMoney(money(1, "USD"), { fractionDigits: -1 })).path).toBe(
      "options.fractionDigits",
    );
    expect(thrown(() => formatMoney(money(1, "USD"), { rounding: "x" as RoundingMode })).path).toBe(
      "options.rounding",
    );
    expect(thrown(() => formatMoney(money(1, "USD"), { currencyDisplay: "x" as "code" })).path).toBe(
      "options.currencyDisplay",
    );
  });
});
