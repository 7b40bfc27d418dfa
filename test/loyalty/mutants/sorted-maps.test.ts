import { describe, expect, test } from "vitest";
import {
  compareNumbers,
  compareParts,
  mapDelete,
  mapFirstKey,
  mapFloor,
  mapGet,
  mapLastKey,
  mapReplace,
  mapSet,
  mapValues,
  mapWalk,
  type SortedMap,
} from "../../../src/loyalty/ledger/sorted-map.js";

// Sorted maps of three levels of nodes (a node has at most 32 keys), made and emptied in a fixed order: even keys up to 6,000,
// each with itself as its value.

type Numbers = SortedMap<number, number>;
const SIZE = 3_000;
/** All even keys, in an order that goes back and forth: 1,217 and 3,000 have no common factor. */
const mixed = Array.from({ length: SIZE }, (_, i) => 2 * ((i * 1_217) % SIZE));
const sorted = mixed.toSorted((a, b) => a - b);
const set = (map: Numbers, key: number, value = key, own = false) =>
  mapSet(map, key, value, compareNumbers, own);
const without = (map: Numbers, keys: readonly number[], own = false) =>
  keys.reduce((left: Numbers, key) => mapDelete(left, key, compareNumbers, own), map);
const walked = (map: Numbers, from?: number, most = Number.POSITIVE_INFINITY) => {
  const keys: number[] = [];
  const isEnd = mapWalk(map, (key) => keys.push(key) < most, from, compareNumbers);
  return { keys, isEnd };
};
const made = (own: boolean) => mixed.reduce((map: Numbers, key) => set(map, key, key, own), null);
const few: Numbers = [5, 1, 3].reduce((map: Numbers, key) => set(map, key), null);

describe.each([
  ["in place", true],
  ["by copies", false],
])("a map that is made and changed %s", (_, own) => {
  test("has its keys in order, and nothing of others", () => {
    const map = made(own);
    expect(mapValues(map)).toEqual(sorted);
    expect([mapFirstKey(map), mapLastKey(map)]).toEqual([0, 2 * SIZE - 2]);
    for (const key of sorted) expect(mapGet(map, key, compareNumbers)).toBe(key);
    for (const key of [-1, 1, 2_999, 2 * SIZE]) expect(mapGet(map, key, compareNumbers)).toBeUndefined();
  });
  test("whose keys are set again has each once, with the new value", () => {
    const map = mixed.toReversed().reduce((again, key) => set(again, key, -key, own), made(own));
    expect(mapValues(map)).toEqual(sorted.map((key) => -key));
  });
  test("of which stretches are gone has what is left, and finds it across the gaps", () => {
    // Whole nodes and branches go, and parts of their neighbours.
    const isGone = (key: number) => key < 70 || (key > 1_000 && key < 3_999) || key > 5_900;
    const map = without(made(own), mixed.filter(isGone), own);
    const left = sorted.filter((key) => !isGone(key));
    expect(mapValues(map)).toEqual(left);
    expect([mapFirstKey(map), mapLastKey(map)]).toEqual([70, 5_900]);
    for (const key of [69, 70, 71, 1_000, 1_001, 2_500, 3_999, 4_000, 5_900, 6_100]) {
      expect(mapFloor(map, key, compareNumbers)).toBe(left.findLast((each) => each <= key));
      expect(walked(map, key).keys).toEqual(left.filter((each) => each >= key));
    }
    expect(mapValues(set(map, 2_501, 1, own))).toEqual([
      ...left.filter((key) => key < 2_501),
      1,
      ...left.filter((key) => key > 2_501),
    ]);
  });
  test("of which all but the last few are gone is one leaf again, then none", () => {
    const map = without(made(own), sorted.slice(0, -3), own);
    expect(map).toEqual({ keys: [5_994, 5_996, 5_998], values: [5_994, 5_996, 5_998] });
    expect(without(map, sorted.slice(-3), own)).toBeNull();
  });
  test("has a key once that is set again as its full node is divided at it", () => {
    // The 33rd key divides the first 32; then the upper node fills to 16 to 47, and is divided at 32.
    const grown = Array.from({ length: 48 }, (_, key) => key);
    const map = set(
      grown.reduce((made: Numbers, key) => set(made, key, key, own), null),
      32,
      -32,
      own,
    );
    expect(mapValues(map)).toEqual(grown.map((key) => (key === 32 ? -32 : key)));
  });
});

test("copies leave the map that they are made of as it was", () => {
  const map = made(true);
  const before = JSON.stringify(map);
  for (const key of [0, 1, 2_998, 3_001, 5_998]) {
    set(map, key, -1);
    without(map, [key]);
    if (key % 2 === 0) expect(mapGet(mapReplace(map, key, -1, compareNumbers), key, compareNumbers)).toBe(-1);
  }
  without(map, sorted);
  expect(JSON.stringify(map)).toBe(before);
  expect(without(map, [-1, 1, 6_001])).toBe(map);
});

describe("a walk", () => {
  test.each([
    ["no keys", null, []],
    ["few keys", few, [1, 3, 5]],
    ["many keys", made(true), sorted],
  ] as const)("of %s comes to the end and says so", (_, map, keys) => {
    expect(walked(map)).toEqual({ keys, isEnd: true });
    expect(walked(map, 3)).toEqual({ keys: keys.filter((key) => key >= 3), isEnd: true });
    expect(walked(map, 9_999)).toEqual({ keys: [], isEnd: true });
  });
  test.each([
    ["few keys", few, 2, [1, 3]],
    ["many keys", made(true), 40, sorted.slice(0, 40)],
    ["many keys", made(true), SIZE - 1, sorted.slice(0, -1)],
  ] as const)("of %s stops where it is told to and says so", (_, map, most, keys) => {
    expect(walked(map, undefined, most)).toEqual({ keys, isEnd: false });
  });
});

test("the empty map has nothing", () => {
  expect([mapFirstKey(null), mapLastKey(null), mapGet(null, 1, compareNumbers)]).toEqual(
    Array(3).fill(undefined),
  );
  expect([mapFloor(null, 1, compareNumbers), mapValues(null)]).toEqual([undefined, []]);
  expect([without(null, [1]), mapReplace(null, 1, 1, compareNumbers)]).toEqual([null, null]);
});

test("keys of several parts: a shorter one comes before what it begins, whichever is asked", () => {
  const keys = [[1], [1, 0], [1, 0, "b"], [1, 2], [2], [2, -1]] as const;
  for (const [i, a] of keys.entries()) {
    for (const [j, b] of keys.entries()) expect(Math.sign(compareParts(a, b))).toBe(Math.sign(i - j));
  }
});
