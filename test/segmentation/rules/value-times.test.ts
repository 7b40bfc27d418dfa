import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type DistinctValue,
  lastTime,
  valueTimes,
  withLastTime,
} from "../../../src/segmentation/rules/value-times.js";

describe("the times of values", () => {
  it("are those of a Map, however the values come, and what was known stays as it was", () => {
    const number = fc.oneof(fc.integer({ min: -400, max: 400 }), fc.constantFrom(Infinity, -Infinity, 0.5));
    const text = fc.string({ maxLength: 2 });
    const timed = <Value>(value: fc.Arbitrary<Value>) =>
      fc.tuple(
        fc.array(fc.tuple(value, fc.integer()), { maxLength: 300 }),
        fc.array(fc.tuple(value, fc.integer()), { maxLength: 300 }),
      );
    fc.assert(
      fc.property(fc.oneof(timed(number), timed(text)), ([first, others]) => {
        const known = new Map<DistinctValue, number>(first);
        let times = valueTimes(known);
        for (const [value, instant] of others) {
          expect(lastTime(times, value)).toBe(known.get(value) ?? null);
          const before = times;
          const kept = JSON.stringify(before);
          times = withLastTime(before, value, instant);
          expect(JSON.stringify(before)).toBe(kept);
          known.set(value, instant);
        }
        const ascending = [...known].sort(([a], [b]) => (a < b ? -1 : 1));
        expect(times.values.flat()).toEqual(ascending.map(([value]) => value));
        expect(times.last.flat()).toEqual(ascending.map(([, instant]) => instant));
        expect(times.last.map(({ length }) => length)).toEqual(times.values.map(({ length }) => length));
        expect(Math.max(0, ...times.values.map(({ length }) => length))).toBeLessThanOrEqual(64);
      }),
      { numRuns: 200 },
    );
  });
});
