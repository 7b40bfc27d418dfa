import { ratio } from "clientele";
import { describe, expect, it } from "vitest";
import { day, exactMoney, moneyColumn, percent, roundMoney } from "../src/report/formats.js";

describe("amounts", () => {
  it("are exact to the last digit, without decimals that are all zero", () => {
    expect(exactMoney(250031563, "USD")).toBe("2,500,315.63 USD");
    expect(exactMoney(1025000000, "IDR")).toBe("10,250,000 IDR");
    expect(exactMoney(-5, "USD")).toBe("−0.05 USD");
    // 2^53 - 1 sen: doubles of rupiah would lose the last digits.
    expect(exactMoney(9007199254740991, "IDR")).toBe("90,071,992,547,409.91 IDR");
  });

  it("are short in a headline", () => {
    expect(roundMoney(1026097500000, "IDR").replaceAll("\u00a0", " ")).toBe("IDR 10.3 billion");
  });

  it("share one unit in a column", () => {
    const column = moneyColumn([210_040_000_000, -150_000_000, null], "IDR");
    expect(column.unit).toBe("IDR million");
    expect(moneyColumn([30050, 8000], "USD").cell(30050)).toBe("300.50");
    expect([210_040_000_000, -150_000_000, -1, null].map(column.cell)).toEqual([
      "2,100.4",
      "−1.5",
      "0.0",
      "–",
    ]);
  });
});

describe("shares and days", () => {
  it("are a dash where there is no base", () => {
    expect(percent(ratio(1, 3))).toBe("33.3%");
    expect(percent(ratio(0, 0))).toBe("–");
  });

  it("are days of the zone", () => {
    expect(day(Date.UTC(2023, 11, 31, 17), "Asia/Jakarta")).toBe("January 1, 2024");
  });
});
