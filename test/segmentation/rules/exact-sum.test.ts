import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addTo, exactSumOf, newExactSum } from "../../../src/segmentation/rules/exact-sum.js";

function summed(values: readonly number[]): number {
  const sum = newExactSum();
  for (const value of values) addTo(sum, value);
  return exactSumOf(sum);
}

/** In units of the least double, where every double is a whole number. */
function units(value: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const exponent = (bits >> 52n) & 0x7ffn;
  const fraction = bits & ((1n << 52n) - 1n);
  const size = exponent === 0n ? fraction : (fraction | (1n << 52n)) << (exponent - 1n);
  return bits >> 63n === 1n ? -size : size;
}

/** Rounded to the nearest double, ties to even. */
function nearest(total: bigint): number {
  const size = total < 0n ? -total : total;
  const shift = Math.max(0, size.toString(2).length - 53);
  const unit = 1n << BigInt(shift);
  const rest = size & (unit - 1n);
  let kept = size >> BigInt(shift);
  const twice = rest * 2n;
  if (shift > 0 && (twice > unit || (twice === unit && kept % 2n === 1n))) kept++;
  // Scaled in two parts, either of which is a double.
  const half = Math.floor(shift / 2);
  const value = Number(kept) * 2 ** (half - 537) * 2 ** (shift - half - 537);
  return total < 0n ? -value : value;
}

const double = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e3, max: 1e3 }),
  fc.constantFrom(1e308, -1e308, Number.MAX_VALUE, -Number.MAX_VALUE, 1, 2 ** 53, 2 ** -1074, 0.1, 1e16, -0),
  // The greatest, what halves their last digit, and what is too small to be told beside them.
  fc.constantFrom(
    2 ** 1000,
    -(2 ** 1000),
    2 ** 999,
    -(2 ** 999),
    2 ** 947,
    -(2 ** 947),
    1e-300,
    -1e-300,
    2 ** -801,
  ),
);

describe("exact sum", () => {
  it("is the sum rounded once, as whole numbers without end find it", () => {
    fc.assert(
      fc.property(fc.array(double, { maxLength: 12 }), (values) => {
        const total = values.reduce((sum, value) => sum + units(value), 0n);
        const limit = units(Number.MAX_VALUE);
        fc.pre(total <= limit && total >= -limit);
        expect(summed(values) + 0).toBe(nearest(total) + 0);
      }),
      { numRuns: 3000 },
    );
  });

  it("passes through what no double can hold, and ends there as infinite", () => {
    expect(summed([1e308, 1e308, -1e308])).toBe(1e308);
    expect(summed([1e308, 1, 1e308, -1e308, -1e308])).toBe(1);
    expect(summed([1e308, 1e308])).toBe(Number.POSITIVE_INFINITY);
    expect(summed([1, Number.POSITIVE_INFINITY])).toBe(Number.POSITIVE_INFINITY);
    expect(summed([Number.NEGATIVE_INFINITY, 1, Number.POSITIVE_INFINITY])).toBeNaN();
  });

  it("keeps what is small beside the greatest: it decides a tie, and is left when they are gone", () => {
    expect(summed([2 ** 1000, 2 ** 947])).toBe(2 ** 1000);
    expect(summed([2 ** 1000, 2 ** 947, 1e-300])).toBe(2 ** 1000 + 2 ** 948);
    expect(summed([2 ** 1000, -(2 ** 999), -(2 ** 999), 1e-300])).toBe(1e-300);
    expect(summed([2 ** 1000, 1e-300, -(2 ** 1000)])).toBe(1e-300);
    expect(summed([2 ** 1000, 2 ** 948, -(2 ** 947), -1e-300])).toBe(2 ** 1000);
  });

  it("survives JSON", () => {
    const sum = newExactSum();
    for (const value of [1e308, 0.1, 1e16, Number.NEGATIVE_INFINITY]) addTo(sum, value);
    expect(JSON.parse(JSON.stringify(sum))).toEqual(sum);
  });
});
