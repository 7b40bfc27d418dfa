import fc from "fast-check";
import { expect, test } from "vitest";
import { seededRandom } from "../../../src/core/random.js";
import { drawUniform } from "../../../src/core/random-draws.js";
import { sortTimes } from "../../../src/statistics/survival/sort-times.js";

const random = seededRandom(7);
const draws = Float64Array.from({ length: 20_000 }, () => drawUniform(random));

/** What a counting sort could get wrong: all digits alike, only low ones different, extremes, few distinct values. */
const samples: Record<string, Float64Array> = {
  "few values": draws.slice(0, 100),
  "random reals": draws,
  "whole days": draws.map((draw) => Math.floor(draw * 400)),
  "all the same": draws.map(() => 12.5),
  "alike in the upper digits": draws.map((draw) => 1 + draw * 2 ** -30),
  "epoch milliseconds": draws.map((draw) => 1_700_000_000_000 + Math.floor(draw * 1e6)),
  "all magnitudes": draws.map((draw) => 10 ** (600 * draw - 300)),
  "subnormal and zero": draws.map((draw) => Math.floor(draw * 5000) * Number.MIN_VALUE),
  ascending: Float64Array.from({ length: 10_000 }, (_, i) => i / 7),
  descending: Float64Array.from({ length: 10_000 }, (_, i) => (10_000 - i) / 7),
  "descending in the lower digits": Float64Array.from({ length: 10_000 }, (_, i) => 1 - i * 2 ** -52),
  "with the end mark": Float64Array.of(...draws, Number.POSITIVE_INFINITY, Number.MAX_VALUE, 0),
};

test.each(Object.entries(samples))("sorts as the engine does: %s", (_, times) => {
  const copy = times.slice();
  expect(sortTimes(copy)).toBe(copy);
  expect(copy).toEqual(times.slice().sort());
});

test("sorts a part of an array and leaves the rest alone", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 9000 }),
      fc.integer({ min: 5000, max: 10_000 }),
      (start, length) => {
        const times = draws.slice();
        sortTimes(times.subarray(start, start + length));
        expect(times.slice(0, start)).toEqual(draws.slice(0, start));
        expect(times.slice(start, start + length)).toEqual(draws.slice(start, start + length).sort());
        expect(times.slice(start + length)).toEqual(draws.slice(start + length));
      },
    ),
    { numRuns: 20 },
  );
});
