import { describe, expect, test } from "vitest";
import { allocateInteger } from "../../../src/core/allocate-money.js";
import { laterBy } from "../../../src/loyalty/earning/later-by.js";
import { pointExpiry } from "../../../src/loyalty/earning/point-expiry.js";
import type { EarnRule } from "../../../src/loyalty/program/earn-rule.js";
import { base, earn, orderOf, pointsOf, programOf } from "../earning/earning-setup.js";

// Edges of earning: instants that a local time does not tell, products beyond the exact integers, multipliers side by side.

describe("a length of time by the programme's clocks", () => {
  const inZone = (timeZone: string) => programOf([base], { timeZone });
  test.each([
    ["Europe/Paris", "2023-10-29"],
    ["America/New_York", "2024-11-03"],
    ["Australia/Lord_Howe", "2024-04-07"],
  ])("of no days leads to the same instant, also where an hour of %s comes twice", (timeZone, day) => {
    const program = inZone(timeZone);
    const nothing = { days: 0 };
    const start = Date.parse(`${day}T00:00:00Z`);
    for (let minutes = -24 * 60; minutes < 24 * 60; minutes += 15) {
      const at = start + minutes * 60_000;
      expect(laterBy(program, nothing, at)).toBe(at);
    }
  });
  test.each(["UTC", "America/New_York", "Pacific/Apia"])(
    "is counted in %s from the first instant that there is, where it is still the year before in the west",
    (timeZone) => {
      const first = Date.parse("0001-01-01T00:00:00.000Z");
      const hour = 3_600_000;
      const program = inZone(timeZone);
      const year = { years: 1 };
      const later = [0, 1, 23, 24].map((hours) => laterBy(program, year, first + hours * hour));
      // The year 1 has 365 days.
      expect(later).toEqual([0, 1, 23, 24].map((hours) => first + (365 * 24 + hours) * hour));
    },
  );
  test("is not asked of a type that there is not", () => {
    expect(() => pointExpiry(inZone("UTC"), "miles", 0, 0)).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT", path: "pointType" }),
    );
  });
});

test("points of an order fall to its lines to the last one, beyond 2^53 in between too", () => {
  // A multiple of the dearest line.
  const points = 591 * 97_112_039;
  const amounts = [97_112_039, 76_745_170, 803, 904, 912];
  const { lines } = earn(programOf([{ id: "gift", award: { per: "order", points } }]), orderOf(amounts));
  expect(lines.map((line) => line.points.points)).toEqual(allocateInteger(points, amounts));
});

test("multipliers of one priority leave rules above them, visits and events as they are", () => {
  const twice: EarnRule = { id: "twice", award: { per: "multiplier", factor: 2 } };
  const thrice: EarnRule = { id: "thrice", award: { per: "multiplier", factor: 3 } };
  const above: EarnRule = { id: "above", priority: 1, award: { per: "order", points: 100 } };
  const visit: EarnRule = { id: "visit", award: { per: "visit", points: 1_000 } };
  // Two and three times make four times the 10 points of the money.
  expect(pointsOf(programOf([base, above, visit, twice, thrice]), orderOf([1_000]))).toBe(1_140);
});

test("multipliers of one priority add up in fractions too: one and a half, and two and a quarter times", () => {
  const half: EarnRule = { id: "half", award: { per: "multiplier", factor: 1.5 } };
  const quarter: EarnRule = { id: "quarter", award: { per: "multiplier", factor: 2.25 } };
  // 10, 5 more and 12.5 more.
  expect(pointsOf(programOf([base, half, quarter]), orderOf([1_000]))).toBe(27);
});
