import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { areDistinct, encodeKeys } from "../../src/history/encode-keys.js";
import type { Fingerprint } from "../../src/history/key-fingerprint.js";

/** What every dictionary encoding is held against: one Map. */
function plainEncoding<Key>(keys: readonly Key[]) {
  const numbers = new Map<Key, number>();
  const codes = keys.map((key) => {
    if (!numbers.has(key)) numbers.set(key, numbers.size);
    return numbers.get(key) ?? -1;
  });
  return { codes, values: [...numbers.keys()] };
}

function encoded<Key extends string | number>(keys: readonly Key[], fingerprint?: Fingerprint) {
  const { codes, values } = encodeKeys(keys, fingerprint);
  return { codes: [...codes], values };
}

const constant: Fingerprint = (_, into) => {
  into.fill(7);
  return false;
};
const fourBits: Fingerprint = (key, into) => {
  const bits = String(key).length % 16;
  into[0] = bits << 28;
  into[1] = bits;
  return false;
};
const sameHighBits: Fingerprint = (key, into) => {
  into[0] = 1;
  into[1] = String(key).charCodeAt(0);
  return false;
};

const text = fc.array(fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("ani", "budi", "a", "")), {
  size: "max",
  maxLength: 300,
});
const integer = fc.array(fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -3, max: 3 })), {
  size: "max",
  maxLength: 300,
});

describe("encodeKeys equals a plain Map", () => {
  test.each([
    ["its own fingerprint", undefined],
    ["a fingerprint that is the same for all keys", constant],
    ["a fingerprint of 4 bits", fourBits],
    ["a fingerprint whose keys share a partition", sameHighBits],
  ])("with %s", (_, fingerprint) => {
    fc.assert(
      fc.property(text, (keys) => {
        expect(encoded(keys, fingerprint)).toEqual(plainEncoding(keys));
      }),
      { numRuns: 50 },
    );
    fc.assert(
      fc.property(integer, (keys) => {
        expect(encoded(keys, fingerprint)).toEqual(plainEncoding(keys));
      }),
      { numRuns: 50 },
    );
  });

  test("on 200,000 keys, most of them distinct", () => {
    const keys = Array.from({ length: 200_000 }, (_, row) => `customer-${(row * 7919) % 150_001}`);
    expect(encoded(keys)).toEqual(plainEncoding(keys));
  });

  test("on none", () => expect(encoded([])).toEqual({ codes: [], values: [] }));

  test("numbers that differ only beyond 32 bits", () => {
    const keys = [1, 2 ** 32 + 1, -(2 ** 32) + 1, 2 ** 40 + 1, 1, -1];
    expect(encoded(keys)).toEqual(plainEncoding(keys));
  });
});

describe("areDistinct", () => {
  test.each([
    ["its own fingerprint", undefined],
    ["a fingerprint that is the same for all keys", constant],
    ["a fingerprint of 4 bits", fourBits],
  ])("equals the size of a set, with %s", (_, fingerprint) => {
    const few = fc.array(fc.oneof(fc.string(), fc.nat()), { maxLength: 8 });
    fc.assert(
      fc.property(few, fc.boolean(), (keys, twice) => {
        const all = twice ? [...keys, ...keys.slice(0, 1)] : keys;
        expect(areDistinct(all, fingerprint)).toBe(new Set(all).size === all.length);
      }),
    );
  });
});
