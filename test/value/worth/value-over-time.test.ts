import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type DatedValueItems, valueOverTime } from "../../../src/value/worth/value-over-time.js";

const first: DatedValueItems = {
  at: "2024-01-01",
  benefits: [
    { id: "service", score: 6, weight: 2 },
    { id: "pride", score: 3 },
  ],
  sacrifices: [{ id: "time", score: 5, weight: 2 }],
};
const second: DatedValueItems = {
  at: "2024-07-01",
  benefits: [
    { id: "service", score: 8, weight: 4 },
    { id: "brand", score: 4 },
  ],
  sacrifices: [{ id: "time", score: 3, weight: 2 }],
};

test("a change is split by score and weight; what entered or left is named", () => {
  const [, { at, change }] = valueOverTime([second, first], { timeZone: "Asia/Jakarta" });
  expect(at).toBe(Date.UTC(2024, 5, 30, 17));
  // Service 12 -> 32: by score 3 * 2 = 6, by weight 7 * 2 = 14. Time 10 -> 6: 2 less on 2.
  expect(change).toEqual({
    benefit: 36 - 15,
    sacrifice: -4,
    net: 25,
    items: [
      { id: "service", side: "benefit", status: "kept", change: 20, byScore: 6, byWeight: 14 },
      { id: "time", side: "sacrifice", status: "kept", change: 4, byScore: 4, byWeight: 0 },
      { id: "brand", side: "benefit", status: "entered", change: 4, byScore: 0, byWeight: 0 },
      { id: "pride", side: "benefit", status: "left", change: -3, byScore: 0, byWeight: 0 },
    ],
  });
});

test("the parts add up to the change of the net, for sums and means", () => {
  const score = fc.integer({ min: 0, max: 10 });
  const weight = fc.integer({ min: 1, max: 9 });
  const moment = fc.tuple(score, weight, score, weight, score, weight).map(([a, wa, b, wb, c, wc]) => ({
    benefits: [
      { id: "x", score: a, weight: wa },
      { id: "y", score: b, weight: wb },
    ],
    sacrifices: [{ id: "x", score: c, weight: wc }],
  }));
  fc.assert(
    fc.property(moment, moment, fc.constantFrom("sum" as const, "mean" as const), (a, b, combine) => {
      const [, { change }] = valueOverTime(
        [
          { at: 0, ...a },
          { at: 1, ...b },
        ],
        { combine },
      );
      const parts = change?.items ?? [];
      expect(parts.length).toBe(3);
      expect(parts.reduce((sum, part) => sum + part.change, 0)).toBeCloseTo(change?.net ?? Number.NaN, 9);
      for (const part of parts) expect(part.byScore + part.byWeight).toBeCloseTo(part.change, 9);
    }),
  );
});

test("another scale at another time puts all moments in POMP", () => {
  const on = (at: string, max: number): DatedValueItems => ({
    at,
    benefits: [{ id: "service", score: max, scale: { min: 0, max } }],
    sacrifices: [],
  });
  const series = [on("2024-01-01", 5), on("2024-07-01", 10)];
  expect(valueOverTime(series).map(({ value, change }) => [value.unit, value.net, change?.net])).toEqual([
    ["pomp", 100, undefined],
    ["pomp", 100, 0],
  ]);
  expect(() => valueOverTime(series, { unit: "points" })).toThrow("different scales");
  const bare = { at: "2025-01-01", benefits: [], sacrifices: [{ id: "time", score: 1 }] };
  expect(() => valueOverTime([...series, bare])).toThrow("moments[2].sacrifices[0].scale is missing");
});

test("refuses what is no instant, or comes twice, or has a bad score, with the moment", () => {
  expect(() => valueOverTime([{ ...first, at: "yesterday" }])).toThrow(
    'row 1, at: "yesterday" is not an instant',
  );
  expect(() => valueOverTime([first, first])).toThrow('row 2, at: "2024-01-01" comes a second time');
  const bad = { ...second, benefits: [{ id: "a", score: Number.NaN }] };
  expect(() => valueOverTime([first, bad])).toThrow(/moments\[1\]\.benefits:\s+row 1, score: NaN/);
  expect(() => valueOverTime([{ ...first, at: "2024-02-30" }])).toThrow('"2024-02-30" is not an instant');
  const great = { at: 5, benefits: [{ id: "a", score: 1e308, weight: 10 }], sacrifices: [] };
  expect(() => valueOverTime([first, great])).toThrow("moments[1] gives a benefit of Infinity");
  expect(valueOverTime([])).toEqual([]);
});
