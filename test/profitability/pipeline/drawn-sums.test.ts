import { describe, expect, it, test } from "vitest";
import { seededRandom } from "../../../src/core/random.js";
import { drawnSums } from "../../../src/profitability/pipeline/drawn-sums.js";

/** The chance of each sum of independent amounts: all outcomes, one amount after the other. */
function distribution(amount: readonly number[], probability: readonly number[]): Float64Array {
  let chances = Float64Array.of(1);
  amount.forEach((value, i) => {
    const next = new Float64Array(chances.length + value);
    chances.forEach((chance, sum) => {
      next[sum] += chance * (1 - probability[i]);
      next[sum + value] += chance * probability[i];
    });
    chances = next;
  });
  return chances;
}

/** The largest distance of the drawn distribution from the exact one. */
function distance(sums: Float64Array, exact: Float64Array): number {
  const sorted = Float64Array.from(sums).sort();
  let [below, drawn, largest] = [0, 0, 0];
  exact.forEach((chance, sum) => {
    below += chance;
    // A normal draw for whole amounts: half a unit of continuity.
    while (drawn < sorted.length && sorted[drawn] <= sum + 0.5) drawn++;
    largest = Math.max(largest, Math.abs(below - drawn / sorted.length));
  });
  return largest;
}

const simulations = 20_000;
/** Chance that 20,000 draws of the right distribution are farther off is below 1e-7 (Massart 1990: 2 exp(-2 n d²)). */
const FAR = 0.0206;

const draw = seededRandom(11);
const cases: Record<string, [amount: number[], probability: number[]]> = {
  "few, each drawn": [
    [100, 20, 40, 20, 7],
    [0.5, 0.1, 0.8, 0.6, 0.02],
  ],
  "100 won one time in four": [Array(100).fill(3), Array(100).fill(0.25)],
  "401 equal ones": [Array(401).fill(3), Array(401).fill(0.5)],
  "500 of which hardly one is won": [Array(500).fill(5), Array(500).fill(0.001)],
  "600 nearly certain": [Array(600).fill(2), Array(600).fill(0.998)],
  "2,000 small and three large": [
    [...Array.from({ length: 2000 }, () => 1 + Math.floor(3 * draw())), 900, 700, 1500],
    [...Array.from({ length: 2000 }, () => draw()), 0.5, 0.3, 0.1],
  ],
  "5,000 equal ones, none drawn": [Array(5000).fill(1), Array(5000).fill(0.4)],
};

describe.each(Object.entries(cases))("%s", (_, [amount, probability]) => {
  it("the drawn sums are those of all outcomes enumerated", () => {
    const sums = drawnSums("x", { amount, probability }, { seed: 4, simulations }) as Float64Array;
    // What stands for the many by a normal curve may be off by what it neglects: a tenth of 0.02 at the middle.
    expect(distance(sums, distribution(amount, probability))).toBeLessThan(FAR + 0.002);
  });

  it("in whatever order they come", () => {
    const options = { seed: 4, simulations: 500 };
    const one = drawnSums("x", { amount, probability }, options);
    const reversed = { amount: [...amount].reverse(), probability: [...probability].reverse() };
    const other = drawnSums("x", reversed, options);
    expect(other).toEqual(one);
  });
});

test("many with certain ones among them: certain sums are exact", () => {
  const amount = Array.from({ length: 1000 }, (_, i) => i);
  const probability = amount.map((value) => (value % 2 === 0 ? 1 : 0));
  const sums = drawnSums("x", { amount, probability }, { seed: 1, simulations: 100 });
  // 0 + 2 + ... + 998.
  expect(new Set(sums)).toEqual(new Set([499 * 500]));
});
