import { describe, expect, it } from "vitest";
import { splitMix64Words, xoshiro128StarStar } from "../../src/core/random.js";

// Outputs of the authors' C programs (Blackman and Vigna, https://prng.di.unimi.it/), as recorded in the tests of
// the Rust crate rand_xoshiro, which were produced with them.

describe("xoshiro128** 1.1", () => {
  it("gives the first ten outputs of xoshiro128starstar.c from the state 1, 2, 3, 4", () => {
    const next = xoshiro128StarStar([1, 2, 3, 4]);
    expect(Array.from({ length: 10 }, next)).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });
});

describe("SplitMix64", () => {
  it("gives the first outputs of splitmix64.c from the state 1477776061723855037, low word first", () => {
    const outputs = [1985237415132408290n, 2979275885539914483n];
    expect(splitMix64Words(1477776061723855037n)).toEqual(
      outputs.flatMap((output) => [Number(output & 0xffffffffn), Number(output >> 32n)]),
    );
  });
});
