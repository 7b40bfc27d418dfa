import fc from "fast-check";
import { expect, test } from "vitest";
import {
  compareNumbers,
  compareParts,
  compareTexts,
  copyMap,
  mapDelete,
  mapFirstKey,
  mapFloor,
  mapGet,
  mapReplace,
  mapSet,
  mapValues,
  mapWalk,
  type SortedMap,
} from "../../../src/loyalty/ledger/sorted-map.js";

// Against a plain Map, over histories long enough for three levels of nodes and their fall.

type Step = { readonly key: number; readonly kind: "set" | "delete" | "replace" };

const steps = fc.array(
  fc.record({
    key: fc.integer({ min: 0, max: 400 }),
    kind: fc.constantFrom("set", "set", "set", "delete", "replace") as fc.Arbitrary<Step["kind"]>,
  }),
  { minLength: 0, maxLength: 1500, size: "max" },
);

function played(history: readonly Step[], own: boolean) {
  let map: SortedMap<number, { value: number }> = null;
  const plain = new Map<number, number>();
  for (const [i, { key, kind }] of history.entries()) {
    if (kind === "set") {
      map = mapSet(map, key, { value: i }, compareNumbers, own);
      plain.set(key, i);
    } else if (kind === "delete") {
      map = mapDelete(map, key, compareNumbers, own);
      plain.delete(key);
    } else if (plain.has(key)) {
      const found = mapGet(map, key, compareNumbers);
      if (own && found !== undefined) found.value = i;
      else map = mapReplace(map, key, { value: i }, compareNumbers);
      plain.set(key, i);
    }
  }
  return { map, plain };
}

test("holds what a plain map holds, in order", () => {
  fc.assert(
    fc.property(steps, fc.integer({ min: -1, max: 401 }), (history, probe) => {
      const { map, plain } = played(history, false);
      const sorted = [...plain].sort(([a], [b]) => a - b);
      expect(mapValues(map).map(({ value }) => value)).toEqual(sorted.map(([, value]) => value));
      expect(mapFirstKey(map)).toBe(sorted[0]?.[0]);
      expect(mapGet(map, probe, compareNumbers)?.value).toBe(plain.get(probe));
      expect(mapFloor(map, probe, compareNumbers)?.value).toBe(
        sorted.filter(([key]) => key <= probe).at(-1)?.[1],
      );
      const from: number[] = [];
      mapWalk(map, (key) => from.push(key) < 40, probe, compareNumbers);
      const expected = sorted.map(([key]) => key).filter((key) => key >= probe);
      expect(from).toEqual(expected.slice(0, 40));
    }),
    { numRuns: 60 },
  );
});

test("changed in place or by copies it has the same shape, and copies leave the old map alone", () => {
  fc.assert(
    fc.property(steps, steps, (history, more) => {
      const { map } = played(history, false);
      expect(played(history, true).map).toEqual(map);
      const before = JSON.stringify(map);
      let copy = copyMap(map, (value) => ({ ...value }));
      let other = map;
      for (const { key } of more) {
        copy = mapSet(copy, key, { value: -1 }, compareNumbers, true);
        other = mapDelete(
          mapSet(other, key, { value: -1 }, compareNumbers, false),
          key + 1,
          compareNumbers,
          false,
        );
      }
      expect(JSON.stringify(map)).toBe(before);
      expect(JSON.parse(before)).toEqual(map);
    }),
    { numRuns: 40 },
  );
});

test("keys that only grow make a shallow tree: 100,000 of them stand at most 5 nodes deep", () => {
  let map: SortedMap<number, number> = null;
  for (let key = 0; key < 100_000; key++) map = mapSet(map, key, key, compareNumbers, true);
  let depth = 1;
  for (let node = map; node?.children !== undefined; node = node.children[0] ?? null) depth++;
  // Nodes that are split are half full: at least 16 children each, and 16^5 is above 100,000.
  expect(depth).toBeLessThanOrEqual(5);
});

test("texts compare by code units, parts one after the other", () => {
  expect(compareTexts("B", "a")).toBeLessThan(0);
  expect(compareTexts("a", "a")).toBe(0);
  expect(compareParts([1, "b"], [1, "a"])).toBeGreaterThan(0);
  expect(compareParts([1], [1, "a"])).toBeLessThan(0);
  expect(compareParts(["a:b", "c"], ["a", "b:c"])).not.toBe(0);
});
