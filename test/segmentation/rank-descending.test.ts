import fc from "fast-check";
import { expect, it } from "vitest";
import { rankDescending } from "../../src/segmentation/rank-descending.js";

it("ranks as a sort with a comparison does, whatever the numbers", () => {
  const value = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer({ min: -3, max: 3 }),
    fc.constantFrom(
      0,
      -0,
      Number.MAX_VALUE,
      -Number.MAX_VALUE,
      Number.MIN_VALUE,
      -Number.MIN_VALUE,
      2 ** 53 - 1,
      -(2 ** 53) + 1,
      0.1,
    ),
  );
  fc.assert(
    fc.property(fc.array(value, { maxLength: 200 }), fc.boolean(), (values, reversed) => {
      const ids = values.map((_, i) => `c${reversed ? values.length - i : i}`);
      const expected = [...values.keys()].sort((a, b) => values[b] - values[a] || (ids[a] < ids[b] ? -1 : 1));
      expect(Array.from(rankDescending(Float64Array.from(values), ids))).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});
