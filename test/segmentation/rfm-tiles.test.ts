import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { numberSample } from "../../src/segmentation/number-sample.js";
import { rankedValues } from "../../src/segmentation/order-statistics.js";
import { tileBins } from "../../src/segmentation/rfm-tiles.js";
import { splitById } from "../../src/segmentation/split-by-id.js";

/** NTILE by its definition: all rows in order, dealt into tiles. */
function dealt(values: readonly number[], ids: readonly string[], count: number, isDescending: boolean) {
  const order = values
    .map((_, row) => row)
    .sort((a, b) => {
      const byValue = isDescending ? values[b] - values[a] : values[a] - values[b];
      return byValue === 0 ? (ids[a] < ids[b] ? -1 : 1) : byValue;
    });
  const tiles: number[] = [];
  let place = 0;
  for (let tile = 1; tile <= count; tile++) {
    const size = Math.floor(values.length / count) + (tile <= values.length % count ? 1 : 0);
    for (let i = 0; i < size; i++) tiles[order[place++]] = tile;
  }
  return tiles;
}

const scoresOf = (tiles: readonly number[], count: number, isFirstBest: boolean) =>
  tiles.map((tile) => (isFirstBest ? count + 1 - tile : tile));

function expectDealt(values: readonly number[], ids: readonly string[], count: number): void {
  for (const isDescending of [false, true]) {
    for (const isTurned of [false, true]) {
      const tiles = dealt(values, ids, count, isDescending);
      expect(tileBins(numberSample(values), ids, count, { isDescending, isTurned })).toEqual(
        scoresOf(tiles, count, isDescending !== isTurned),
      );
    }
  }
}

const draw = (i: number) => ((i * 48_271) % 2_147_483_647) / 2_147_483_647;
const idsOf: Record<string, (i: number, length: number) => string> = {
  "ids in order": (i) => String(i).padStart(8, "0"),
  "ids in the order of numbers": (i) => `customer-${i}`,
  "ids from the last": (i, length) => String(length - i).padStart(8, "0"),
  "ids in no order": (i) => `${Math.floor(draw(i + 1) * 1e9)}-${i}`,
};

describe("tiles of equal size", () => {
  it("deals customers as a whole sort does, of any values and number of tiles", () => {
    const value = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.double({ noNaN: true, min: -1e6, max: 1e6 }));
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.string({ maxLength: 3 }), value), {
          selector: ([id]) => id,
          minLength: 1,
          maxLength: 40,
        }),
        fc.integer({ min: 2, max: 60 }),
        (customers, count) => {
          expectDealt(
            customers.map(([, own]) => own + 0),
            customers.map(([id]) => id),
            count,
          );
        },
      ),
    );
  });

  const columns: Record<string, (i: number) => number> = {
    "few whole numbers": (i) => Math.floor(draw(i) * 4),
    "many whole numbers": (i) => Math.floor(draw(i) ** 4 * 1e9),
    "fractions, most of them one": (i) => (draw(i) < 0.6 ? 0.5 : draw(i + 7) * 9),
    "one number": () => 7,
    "one fraction": () => 0.1,
    "nearly all in one bucket": (i) => (i === 0 ? 1e12 : Math.floor(draw(i) * 3) / 3),
  };
  for (const [what, numberAt] of Object.entries(columns)) {
    it.each(Object.entries(idsOf))(`of 5,000 customers: ${what}, %s`, (_name, idOf) => {
      const values = Array.from({ length: 5000 }, (_, i) => numberAt(i));
      const ids = values.map((_, i) => idOf(i, values.length));
      for (const count of [2, 5, 99]) expectDealt(values, ids, count);
    });
  }
});

describe("splitById", () => {
  it.each(Object.entries(idsOf))("%s: the least ids come before each place", (_name, idOf) => {
    const ids = Array.from({ length: 3000 }, (_, i) => idOf(i, 3000));
    const ascending = ids.map((_, row) => row).sort((a, b) => (ids[a] < ids[b] ? -1 : 1));
    for (const places of [[1], [2999], [0, 1500], [10, 20, 1000, 1000, 2500]]) {
      const rows = Uint32Array.from(ids.keys());
      splitById(rows, places, ids);
      expect([...rows].sort((a, b) => a - b)).toEqual(ids.map((_, row) => row));
      for (const place of places)
        expect(new Set(rows.slice(0, place))).toEqual(new Set(ascending.slice(0, place)));
    }
  });

  it("where the order deceives every sample", () => {
    // Each sample takes every so many-th row; these have the least ids.
    const length = 31 * 200;
    const ids = Array.from({ length }, (_, i) =>
      i % 200 === 0 ? `a${String(i).padStart(6, "0")}` : `b${length - i}`,
    );
    const rows = Uint32Array.from(ids.keys());
    splitById(rows, [3000], ids);
    const least = [...ids].sort().slice(0, 3000);
    expect(new Set(Array.from(rows.slice(0, 3000), (row) => ids[row]))).toEqual(new Set(least));
  });
});

describe("rankedValues", () => {
  it("says how many are less and how many equal, in buckets and without", () => {
    for (const length of [200, 5000]) {
      for (const numberAt of [
        (i: number) => Math.floor(draw(i) * 9),
        (i: number) => Math.floor(draw(i) * 9) / 7,
        (i: number) => draw(i) ** 9 * 1e9,
        (i: number) => (i === 0 ? 1e15 : draw(i)),
      ]) {
        const values = Array.from({ length }, (_, i) => numberAt(i));
        const ascending = [...values].sort((a, b) => a - b);
        const places = [0, 1, 57, 100, 100, length - 1];
        expect(rankedValues(numberSample(values), places)).toEqual(
          places.map((place) => ({
            value: ascending[place],
            less: values.filter((other) => other < ascending[place]).length,
            equal: values.filter((other) => other === ascending[place]).length,
          })),
        );
      }
    }
  });
});
