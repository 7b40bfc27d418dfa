import { ratio } from "clientele";
import { describe, expect, it } from "vitest";
import {
  chance,
  day,
  dayInWords,
  exactMoney,
  interval,
  level,
  moneyColumn,
  percent,
  roundMoney,
  shortMoney,
} from "../src/report/formats.js";

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

  it("are shorter still in a chart, the sign before the currency", () => {
    const written = [27_450_625_002, -971_000_000, 600, 0].map((amount) => shortMoney(amount, "IDR"));
    expect(written.map((text) => text.replaceAll("\u00a0", " "))).toEqual([
      ...["IDR 275M", "−IDR 9.71M", "IDR 6", "IDR 0"],
    ]);
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

  it("have intervals, a dash where there is none", () => {
    expect(interval({ lower: 0.331, upper: 0.4604, confidenceLevel: 0.95 })).toBe("33.1% to 46.0%");
    expect(interval(null)).toBe("–");
    expect([0.95, 0.999].map(level)).toEqual(["95%", "99.9%"]);
  });

  it("are days of the zone", () => {
    expect(day(Date.UTC(2023, 11, 31, 17), "Asia/Jakarta")).toBe("January 1, 2024");
  });
});

it("writes probabilities that are neither never nor always as such", () => {
  expect([0, 0.0002, 0.0006, 0.9994, 0.9997, 1].map(chance)).toEqual([
    "0.0%",
    "less than 0.1%",
    "0.1%",
    "99.9%",
    "more than 99.9%",
    "100.0%",
  ]);
  expect(dayInWords("2024-01-31")).toBe("January 31, 2024");
});
