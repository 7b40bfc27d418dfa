import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/random.js";
import { drawIndex, drawShuffled } from "../../src/core/random-choice.js";
import { chiSquareFit } from "./goodness-of-fit.js";
import { thrown } from "./thrown.js";

const N = 50_000;

describe("drawIndex", () => {
  it("draws each position by its weight", () => {
    const weights = [2, 0, 5, 0.5, 2.5];
    const random = seededRandom(31);
    const sample = Array.from({ length: N }, () => drawIndex(random, weights));
    expect(sample.includes(1)).toBe(false);
    const { statistic, critical } = chiSquareFit(sample, (k) => (weights[k] ?? 0) / 10);
    expect(statistic).toBeLessThan(critical);
  });

  it("gives a position of positive weight for the extreme uniforms", () => {
    const weight = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e300, noNaN: true }));
    fc.assert(
      fc.property(
        fc.array(weight, { minLength: 1, maxLength: 20 }),
        fc.constantFrom(0, 1 - 2 ** -53),
        (weights, u) => {
          fc.pre(weights.some((each) => each > 0));
          expect(weights[drawIndex(() => u, weights)]).toBeGreaterThan(0);
        },
      ),
    );
  });

  it("refuses weights that nothing can be drawn by", () => {
    for (const weights of [[], [0, 0], [1, Number.POSITIVE_INFINITY]]) {
      expect(thrown(() => drawIndex(seededRandom(1), weights))).toMatchObject({
        code: "INVALID_ARGUMENT",
        path: "weights",
      });
    }
    const error = thrown(() => drawIndex(seededRandom(1), [1, -2]));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "weights[1]"]);
    expect(error.message).toContain("weights[1] is -2");
  });
});

describe("what cannot be drawn from", () => {
  it("is refused with its name and value", () => {
    const sparse = [1, 0, 2];
    delete sparse[1];
    const random = seededRandom(1);
    expect(thrown(() => drawIndex(random, sparse)).path).toBe("weights[1]");
    for (const call of [
      () => drawIndex(random, null as never),
      () => drawShuffled(random, null as never),
      () => drawShuffled(random, "null" as never),
    ]) {
      const error = thrown(call);
      expect([error.code, ["weights", "items"].includes(error.path)]).toEqual(["INVALID_ARGUMENT", true]);
      expect(error.message).toContain("null");
    }
  });
});

describe("drawShuffled", () => {
  it("gives each of the 24 orders of four items as often", () => {
    const random = seededRandom(32);
    const orders = new Map<string, number>();
    const sample = Array.from({ length: N }, () => {
      const order = drawShuffled(random, ["a", "b", "c", "d"]).join("");
      if (!orders.has(order)) orders.set(order, orders.size);
      return orders.get(order) ?? -1;
    });
    expect(orders.size).toBe(24);
    const { statistic, critical } = chiSquareFit(sample, (k) => (k < 24 ? 1 / 24 : 0));
    expect(statistic).toBeLessThan(critical);
  });

  it("keeps the items and leaves its argument as it was", () => {
    fc.assert(
      fc.property(fc.integer(), fc.array(fc.integer()), (seed, items) => {
        const before = [...items];
        const shuffled = drawShuffled(seededRandom(seed), Object.freeze(items));
        expect(items).toEqual(before);
        expect([...shuffled].sort((a, b) => a - b)).toEqual([...before].sort((a, b) => a - b));
      }),
    );
  });
});
