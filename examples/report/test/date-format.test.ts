import { describe, expect, it } from "vitest";
import { dateReader } from "../src/input/date-format.js";
import { detectDatePattern } from "../src/input/detect-date-format.js";

function iso(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}

describe("dateReader", () => {
  it.each([
    ["YYYYMMDD", "19970101", "1997-01-01T00:00:00.000Z"],
    ["YYYY-MM-DD", "2024-02-29", "2024-02-29T00:00:00.000Z"],
    ["YYYY-MM-DD", "2024-02-29T13:45:00+07:00", "2024-02-29T06:45:00.000Z"],
    ["YYYY-MM-DD", "2024-02-29 13:45:00+07", "2024-02-29T06:45:00.000Z"],
    ["YYYY-MM-DD", "2024-02-29 13:45:00-0330", "2024-02-29T17:15:00.000Z"],
    ["YYYY-MM-DD", "2024-02-29t13:45:00z", "2024-02-29T13:45:00.000Z"],
    ["YYYY-MM-DD", "2024-02-29 13:45:06.789", "2024-02-29T13:45:06.789Z"],
    ["YYYY-MM-DD", "2024-02-29T13:45:00Z", "2024-02-29T13:45:00.000Z"],
    ["DD/MM/YYYY", "1/12/2010 8:26", "2010-12-01T08:26:00.000Z"],
    ["MM/DD/YYYY", "12/1/2010 08:26 PM", "2010-12-01T20:26:00.000Z"],
    ["DD.MM.YYYY", "31.12.2023", "2023-12-31T00:00:00.000Z"],
    ["DD MMM YYYY", "5 August 2023", "2023-08-05T00:00:00.000Z"],
    ["epochSeconds", "1709139600", "2024-02-28T17:00:00.000Z"],
    ["epochMilliseconds", "1709139600000", "2024-02-28T17:00:00.000Z"],
  ] as const)("%s: %s", (pattern, cell, expected) => {
    expect(iso(dateReader(pattern, "UTC")(cell))).toBe(expected);
  });

  it("reads a day and a time without offset in the zone", () => {
    const read = dateReader("DD/MM/YYYY", "Asia/Jakarta");
    expect(iso(read("29/02/2024"))).toBe("2024-02-28T17:00:00.000Z");
    expect(iso(read("29/02/2024 06:30"))).toBe("2024-02-28T23:30:00.000Z");
  });

  it.each([
    ["YYYY-MM-DD", "2023-02-29"],
    ["DD/MM/YYYY", "31/04/2023"],
    ["DD/MM/YYYY", "12/25/2023"],
    ["DD/MM/YYYY", "01/02/23"],
    ["YYYYMMDD", "2023-01-01"],
    ["MM/DD/YYYY", "12/01/2010 13:00 PM"],
    ["YYYY-MM-DD", "2023-01-01 24:00"],
    ["YYYY-MM-DD", "2023-01-01T10:00:00+99:00"],
    ["YYYY-MM-DD", "2023-01-01T10:00:00+07:75"],
    ["YYYY-MM-DD", "2023-01-01 and more"],
  ] as const)("%s refuses %s", (pattern, cell) => {
    expect(dateReader(pattern, "UTC")(cell)).toBeNull();
  });
});

describe("detectDatePattern", () => {
  it("tells day and month apart by a day above 12", () => {
    const found = detectDatePattern(["01/02/2023", "03/04/2023", "25/12/2023"], true);
    expect(found).toEqual({ kind: "certain", pattern: "DD/MM/YYYY", share: 1 });
  });

  it("never guesses: dates that all read both ways are ambiguous", () => {
    const found = detectDatePattern(["01/02/2023", "03/04/2023"], true);
    expect(found).toMatchObject({ kind: "ambiguous", patterns: ["DD/MM/YYYY", "MM/DD/YYYY"] });
  });

  it("does not follow the majority where some dates read only the other way", () => {
    const found = detectDatePattern(["25/12/2023", "26/12/2023", "12/27/2023"], true);
    expect(found).toMatchObject({ kind: "mixed", examples: ["25/12/2023", "12/27/2023"] });
  });

  it("bears with a few bad cells", () => {
    const cells = [...Array.from({ length: 9 }, () => "2023-01-01"), "n/a"];
    expect(detectDatePattern(cells, true)).toMatchObject({ kind: "certain", share: 0.9 });
  });

  it("takes plain numbers for instants only where the column is known to hold dates", () => {
    expect(detectDatePattern(["1709139600"], true)).toMatchObject({ pattern: "epochSeconds" });
    expect(detectDatePattern(["1709139600"], false)).toEqual({ kind: "none" });
  });
});
