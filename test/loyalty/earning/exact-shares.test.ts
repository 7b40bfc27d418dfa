import fc from "fast-check";
import { expect, test } from "vitest";
import { allocateInteger } from "../../../src/core/allocate-money.js";
import { dealtPoints } from "../../../src/loyalty/earning/exact-shares.js";

test("points are dealt out as allocateInteger does, by numbers and by BigInts, few left over and many", () => {
  const weights = fc
    .array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 30 })
    .filter((parts) => parts.some((part) => part > 0));
  fc.assert(
    fc.property(weights, fc.nat(5000), fc.integer({ min: 1, max: 1000 }), (parts, points, times) => {
      const expected = allocateInteger(points, parts);
      expect(dealtPoints(points, { big: false, parts, times, over: 7 })).toEqual(expected);
      expect(
        dealtPoints(points, { big: true, parts: parts.map(BigInt), times: BigInt(times), over: 7n }),
      ).toEqual(expected);
    }),
  );
});
