import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/random.js";
import { chiSquareFit, kolmogorovSmirnov, mean, variance } from "./goodness-of-fit.js";
import { thrown } from "./thrown.js";

const N = 50_000;
const MASK64 = (1n << 64n) - 1n;
const MASK32 = (1n << 32n) - 1n;

// The reference algorithms once more, as their C sources read, in BigInt.
function* referenceUniforms(seed: number, stream?: string): Generator<number> {
  const mix = (state: bigint): bigint => {
    let z = state;
    z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK64;
    z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & MASK64;
    return z ^ (z >> 31n);
  };
  const gamma = 0x9e3779b97f4a7c15n;
  let x = BigInt(seed) & MASK64;
  if (stream !== undefined) {
    let hash = 14695981039346656037n;
    for (const octet of Buffer.from(stream, "utf16le"))
      hash = ((hash ^ BigInt(octet)) * 1099511628211n) & MASK64;
    x = (x + mix((hash + gamma) & MASK64)) & MASK64;
  }
  const s: bigint[] = [];
  for (let i = 0; i < 2; i++) {
    x = (x + gamma) & MASK64;
    const z = mix(x);
    s.push(z & MASK32, z >> 32n);
  }
  const rotl = (value: bigint, k: bigint): bigint => ((value << k) | (value >> (32n - k))) & MASK32;
  const next = (): bigint => {
    const [s0 = 0n, s1 = 0n, s2 = 0n, s3 = 0n] = s;
    const result = (rotl((s1 * 5n) & MASK32, 7n) * 9n) & MASK32;
    const t = (s1 << 9n) & MASK32;
    const c = s2 ^ s0;
    const d = s3 ^ s1;
    s[1] = s1 ^ c;
    s[0] = s0 ^ d;
    s[2] = c ^ t;
    s[3] = rotl(d, 11n);
    return result;
  };
  for (;;) {
    const high = next() >> 5n;
    const low = next() >> 6n;
    yield Number((high << 26n) | low) / 2 ** 53;
  }
}

function take(count: number, source: Generator<number>): number[] {
  return Array.from({ length: count }, () => source.next().value);
}

describe("seededRandom", () => {
  it("follows the reference algorithms for any seed and stream", () => {
    fc.assert(
      fc.property(
        fc.maxSafeInteger(),
        fc.option(fc.string({ unit: "grapheme" }), { nil: undefined }),
        (seed, stream) => {
          const random = seededRandom(seed, stream);
          expect(Array.from({ length: 20 }, random)).toEqual(take(20, referenceUniforms(seed, stream)));
        },
      ),
    );
  });

  it("starts again from the beginning and keeps sources apart", () => {
    const first = seededRandom(7, "customers");
    const second = seededRandom(7, "customers");
    const ahead = Array.from({ length: 5 }, first);
    expect(Array.from({ length: 5 }, second)).toEqual(ahead);
  });

  it("takes a stream's number for its name", () => {
    expect(seededRandom(7, 3)()).toBe(seededRandom(7, "3")());
  });

  it("is uniform on [0, 1)", () => {
    const random = seededRandom(1);
    const sample = Array.from({ length: N }, random);
    expect(sample.every((u) => u >= 0 && u < 1)).toBe(true);
    const { distance, critical } = kolmogorovSmirnov(sample, (x) => x);
    expect(distance).toBeLessThan(critical);
    // Four standard errors of the mean (1/12 is the variance) and of the variance (1/180 is that of (u - 1/2)^2).
    expect(Math.abs(mean(sample) - 1 / 2)).toBeLessThan(4 * Math.sqrt(1 / 12 / N));
    expect(Math.abs(variance(sample) - 1 / 12)).toBeLessThan(4 * Math.sqrt(1 / 180 / N));
  });

  it("uses all 53 bits: the last eight are uniform too", () => {
    const random = seededRandom(2);
    const low = Array.from({ length: N }, () => (random() * 2 ** 53) % 256);
    const { statistic, critical } = chiSquareFit(low, () => 1 / 256);
    expect(statistic).toBeLessThan(critical);
  });

  it.each([
    ["neighbouring seeds", seededRandom(1), seededRandom(2)],
    ["streams of one seed", seededRandom(1, "customers"), seededRandom(1, "transactions")],
    ["neighbouring streams", seededRandom(1, 1), seededRandom(1, 2)],
    ["a stream and the plain one", seededRandom(1), seededRandom(1, "")],
  ])("%s give independent numbers", (_name, first, second) => {
    // The pair's cell in a 10 x 10 grid is uniform if they are.
    const cells = Array.from({ length: N }, () => 10 * Math.floor(10 * first()) + Math.floor(10 * second()));
    const { statistic, critical } = chiSquareFit(cells, () => 1 / 100);
    expect(statistic).toBeLessThan(critical);
  });

  it("gives 1,000 streams 1,000 beginnings", () => {
    const starts = new Set(Array.from({ length: 1000 }, (_, stream) => seededRandom(5, stream)()));
    expect(starts.size).toBe(1000);
  });

  it("refuses a seed that is no safe integer", () => {
    for (const seed of [0.5, Number.NaN, 2 ** 53]) {
      const error = thrown(() => seededRandom(seed));
      expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "seed"]);
      expect(error.message).toContain(`seed is ${seed}`);
    }
    const error = thrown(() => seededRandom(1, null as unknown as string));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "stream"]);
  });
});
