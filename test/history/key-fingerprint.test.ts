import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fingerprintOfKey } from "../../src/history/key-fingerprint.js";

function bitsOf(key: string | number): {
  readonly bits: string;
  readonly partition: number;
  readonly isExact: boolean;
} {
  const into = new Uint32Array(2);
  const isExact = fingerprintOfKey(key, into);
  return { bits: into.join(), partition: into[0] >>> 24, isExact };
}

test("like keys are spread over all partitions, and none shares its bits", () => {
  // Chi-square with 255 degrees of freedom exceeds 400 with a probability below 1e-8, if places are as good as random.
  for (const keyOf of [
    (i: number) => `customer-${i}`,
    (i: number) => `cust-${i}`,
    (i: number) => `${i}-cust`,
    (i: number) => `C${String(i).padStart(8, "0")}`,
    (i: number) => i.toString(36),
    (i: number) => i * 65_536,
  ]) {
    const keys = Array.from({ length: 25_600 }, (_, i) => bitsOf(keyOf(i)));
    const counts = new Array(256).fill(0);
    for (const { partition } of keys) counts[partition]++;
    expect(counts.reduce((sum, count) => sum + (count - 100) ** 2 / 100, 0)).toBeLessThan(400);
    expect(new Set(keys.map(({ bits }) => bits)).size).toBe(keys.length);
  }
});

test("texts of up to ten letters, digits and hyphens are exact, others are not", () => {
  for (const key of ["", "a", "0", "zZ9-", "C-00012345", "0123456789"])
    expect(bitsOf(key).isExact).toBe(true);
  for (const key of ["01234567890", "a b", "é", "a_b", "a.b", "\u0000", 7])
    expect(bitsOf(key).isExact).toBe(false);
});

test("exact bits belong to one key: short texts over few characters, where a mistake in the packing would show", () => {
  const short = fc.string({ unit: fc.constantFrom("0", "1", "A", "-", "z"), maxLength: 10 });
  fc.assert(
    fc.property(short, short, (one, other) => {
      expect(bitsOf(one).bits === bitsOf(other).bits).toBe(one === other);
    }),
    { numRuns: 2_000 },
  );
  // All 3,906 texts of up to five of these characters, and each with a sixth before it.
  const texts = [""];
  for (let i = 0; texts[i] !== undefined && texts[i].length < 5; i++) {
    for (const character of "01A-z") texts.push(`${texts[i]}${character}`);
  }
  const all = [...texts, ...texts.filter(({ length }) => length === 5).map((text) => `z${text}`)];
  expect(new Set(all.map((text) => bitsOf(text).bits)).size).toBe(all.length);
});

test("a hashed key never has the bits of an exact one", () => {
  const hashed = fc.string({ minLength: 11, maxLength: 20 });
  fc.assert(
    fc.property(hashed, (key) => {
      const exact = new Set(Array.from({ length: 200 }, (_, i) => bitsOf(i.toString(36)).bits));
      expect(exact.has(bitsOf(key).bits)).toBe(false);
    }),
    { numRuns: 100 },
  );
});
