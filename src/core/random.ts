import { assertArgument, assertInteger, shown } from "./assert.js";

/**
 * A stream of uniform numbers in [0, 1): call it for the next one.
 *
 * {@link seededRandom} makes one; any function of that shape (another package's seeded generator) will do.
 * The `draw...` functions take it as their first argument and keep no state of their own.
 */
export type RandomSource = () => number;

/**
 * Which numbers follow from this seed, the same on every machine?
 *
 * The generator is xoshiro128** 1.1 (Blackman and Vigna 2018, "Scrambled linear pseudorandom number generators"),
 * period 2^128 - 1, its state filled by SplitMix64 (Steele, Lea and Flood 2014) as its authors recommend: the
 * 32-bit words are those of `Xoshiro128StarStar::seed_from_u64(seed)` in Rust's `rand_xoshiro`. Each call takes
 * two words and returns a multiple of 2^-53. Not for secrets.
 *
 * Give each kind of record its own `stream`, so that drawing more customers does not change the transactions.
 * The integers and uniforms are bit for bit the same everywhere; draws that go through `Math.log`, `Math.exp`,
 * `Math.pow` or `Math.cos` may differ in the last digit between JavaScript engines.
 *
 * @param seed - A whole number, safe as an integer; negative ones are seeds of their own.
 * @param stream - Name or number of one of the independent streams of this seed (`1` and `"1"` are the same one).
 *   Without it: the seed's plain stream.
 * @returns A new source that starts at the beginning of the stream; all state is inside it.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the seed is no safe integer.
 * @example
 * ```ts
 * import { seededRandom } from "clientele";
 *
 * const random = seededRandom(42);
 * const again = seededRandom(42);
 * random() === again(); // => true
 *
 * const customers = seededRandom(42, "customers");
 * const transactions = seededRandom(42, "transactions");
 * customers() === transactions(); // => false
 * ```
 */
export function seededRandom(seed: number, stream?: string | number): RandomSource {
  assertInteger(seed, "seed");
  assertArgument(
    stream === undefined || typeof stream === "string" || Number.isFinite(stream),
    "stream",
    () => `stream is ${shown(stream)}: pass a name or a number, or leave it out`,
  );
  const start = BigInt.asUintN(64, BigInt(seed));
  return uniformFrom(
    xoshiro128StarStar(splitMix64Words(stream === undefined ? start : start + streamOffset(stream))),
  );
}

/**
 * The raw generator: 32-bit words from four words of state that are not all zero.
 *
 * @internal
 */
export function xoshiro128StarStar(state: readonly [number, number, number, number]): () => number {
  let [s0, s1, s2, s3] = state;
  return () => {
    const product = Math.imul(s1, 5);
    const word = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= shifted;
    s3 = (s3 << 11) | (s3 >>> 21);
    return word;
  };
}

/**
 * Four 32-bit words of SplitMix64 from a 64-bit start, low half first.
 *
 * @internal
 */
export function splitMix64Words(start: bigint): [number, number, number, number] {
  const first = splitMix64(start);
  const second = splitMix64(start + GOLDEN_GAMMA);
  return [lowWord(first), lowWord(first >> 32n), lowWord(second), lowWord(second >> 32n)];
}

const GOLDEN_GAMMA = 0x9e3779b97f4a7c15n;

function splitMix64(state: bigint): bigint {
  let z = BigInt.asUintN(64, state + GOLDEN_GAMMA);
  z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
  z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
  return z ^ (z >> 31n);
}

function lowWord(value: bigint): number {
  return Number(value & 0xffffffffn);
}

// 64-bit FNV-1a over the UTF-16 code units (low octet first), mixed once more so that
// neighbouring names and neighbouring seeds never meet at the same start.
function streamOffset(stream: string | number): bigint {
  const name = String(stream);
  let hash = 0xcbf29ce484222325n;
  for (let index = 0; index < name.length; index++) {
    const unit = name.charCodeAt(index);
    hash = BigInt.asUintN(64, (hash ^ BigInt(unit & 0xff)) * 0x100000001b3n);
    hash = BigInt.asUintN(64, (hash ^ BigInt(unit >>> 8)) * 0x100000001b3n);
  }
  return splitMix64(hash);
}

function uniformFrom(next: () => number): RandomSource {
  // 27 bits of one word, 26 of the next: every multiple of 2^-53 below 1, each equally likely.
  return () => ((next() >>> 5) * 0x4000000 + (next() >>> 6)) / 0x20000000000000;
}
