import { describe, expect, it } from "vitest";
import { amountReader, detectAmountStyle } from "../src/input/amount-style.js";

describe("detectAmountStyle", () => {
  it.each([
    ["whole", ["12", "-5", "150000"]],
    ["point", ["11.77", "12.00"]],
    ["point", ["1,234.50", "1,234"]],
    ["point", ["$1.50", "(7.25)"]],
    ["comma", ["1.234,50", "12,5"]],
    ["comma", ["Rp 1.250.000,00"]],
    // "1,234" may be read both ways, "12,5" only one way.
    ["comma", ["1,234", "12,5"]],
    ["ambiguous", ["150.000", "25.000"]],
    ["ambiguous", ["1,234", "12"]],
    ["point", ["12.50 USD", "EUR 7.25"]],
    ["comma", ["1 250,00", "1\u00a0250\u00a0000,5", "12,75"]],
    ["point", ["\u221212.50"]],
    // One typing error must not turn 150 thousand into 150.
    ["ambiguous", [...Array.from({ length: 200 }, () => "150.000"), "12.5"]],
    ["mixed", ["12.50", "12,50"]],
  ] as const)("%s: %j", (style, cells) => {
    expect(detectAmountStyle(cells)).toBe(style);
  });
});

describe("amountReader", () => {
  it.each([
    ["point", "USD", "1,234.50", 123450],
    ["point", "USD", "0.29", 29],
    ["point", "USD", "($12.50)", -1250],
    ["point", "USD", "12.50 USD", 1250],
    ["comma", "IDR", "Rp 1.250.000,50", 125000050],
    ["comma", "IDR", "-150.000", -15000000],
    ["whole", "JPY", "1250", 1250],
    ["whole", "JPY", "1\u00a0250", 1250],
    ["comma", "EUR", "1 250,00", 125000],
    ["point", "USD", "\u221212.50", -1250],
  ] as const)("%s %s: %s", (style, currency, cell, minor) => {
    expect(amountReader(style, currency)(cell)).toBe(minor);
  });

  it("refuses what is no amount in that style, and says why", () => {
    expect(amountReader("point", "USD")("abc")).toBe("is not an amount");
    expect(amountReader("point", "USD")("1.234,50")).toBe("is not an amount");
    expect(amountReader("point", "USD")("12,34.5")).toBe("is not an amount");
    expect(amountReader("point", "USD")("12.50 EUR")).toBe("is not an amount");
    expect(amountReader("point", "USD")("1 25.00")).toBe("is not an amount");
    expect(amountReader("whole", "USD")("12.50")).toContain("--decimal");
  });

  it("never rounds unless asked to", () => {
    expect(amountReader("point", "USD")("1.005")).toContain("--rounding");
    expect(amountReader("point", "USD", "halfUp")("1.005")).toBe(101);
  });
});
