import { describe, expect, it } from "vitest";
import { inTwoLines, textWidth, wrapped } from "../../src/charts/text-width.js";

describe("textWidth", () => {
  it("adds up the widths of the Adobe Font Metrics of Helvetica", () => {
    // H 722, e 556, l 222, l 222, o 556.
    expect(textWidth("Hello", 1000)).toBeCloseTo(2278, 9);
    // A blank, a digit and a percent sign: 278, 556, 889; a blank that does not break is as wide.
    expect(textWidth(" 7%", 10)).toBeCloseTo(17.23, 9);
    expect(textWidth("\u00a07%", 10)).toBe(textWidth(" 7%", 10));
    expect(textWidth("", 12)).toBe(0);
  });

  it("takes a character of East Asia for as wide as it is high, and bold for wider", () => {
    expect(textWidth("客户", 12)).toBe(24);
    expect(textWidth("bold", 12, true)).toBeGreaterThan(textWidth("bold", 12));
  });
});

describe("wrapped", () => {
  it("fills lines word by word, and never loses one", () => {
    const text = "83% of the customers of 2023 bought again in 2024";
    const lines = wrapped(text, 120, 12);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.join(" ")).toBe(text);
    for (const line of lines) expect(textWidth(line, 12)).toBeLessThanOrEqual(120);
  });

  it("gives a word that is too long a line of its own", () => {
    expect(wrapped("a Donaudampfschifffahrt b", 30, 12)).toEqual(["a", "Donaudampfschifffahrt", "b"]);
  });
});

describe("inTwoLines", () => {
  it("shortens what does not fit", () => {
    expect(inTwoLines("Rest of world", 62, 11, true)).toBe("Rest of\nworld");
    const long = inTwoLines("Customers of the platinum club since its beginning", 62, 11, true).split("\n");
    expect(long).toHaveLength(2);
    expect(long[1]).toMatch(/…$/);
    for (const line of long) expect(textWidth(line, 11, true)).toBeLessThanOrEqual(62);
  });
});
