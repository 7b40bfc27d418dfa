import fc from "fast-check";
import { expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random.js";
import { placesDescending } from "../../../src/profitability/selling/places-descending.js";

it("orders as a stable sort does", () => {
  const value = fc.oneof(fc.double({ noNaN: true }), fc.constantFrom(0, -0, 1, -1, 1e-320, -1e-320));
  fc.assert(
    fc.property(fc.array(value, { maxLength: 60 }), (values) => {
      const places = [...values.keys()].sort((a, b) =>
        values[a] === values[b] ? a - b : values[b] > values[a] ? 1 : -1,
      );
      expect([...placesDescending(Float64Array.from(values))]).toEqual(places);
    }),
    { numRuns: 60 },
  );
});

it("orders many as it does few", () => {
  const draw = seededRandom(7);
  const values = Float64Array.from({ length: 20_000 }, () => Math.round(2000 * (draw() - 0.5)) / 64);
  const places = Uint32Array.from(values.keys()).sort((a, b) => values[b] - values[a] || a - b);
  expect(placesDescending(values)).toEqual(places);
});
