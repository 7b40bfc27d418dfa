import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { correctedPValues } from "../../../src/profitability/selling/corrected-p-values.js";

// Ties are wanted, and so are zeros and ones.
const pValues = fc.array(fc.constantFrom(0, 1e-300, 0.001, 0.01, 0.012, 0.02, 0.2, 0.9, 1), {
  maxLength: 12,
});

describe("correctedPValues", () => {
  it("Holm and Benjamini-Hochberg as their definitions say, unseen tests with a p-value of 1", () => {
    fc.assert(
      fc.property(pValues, fc.nat(5), (given, unseen) => {
        const all = [...given, ...Array.from({ length: unseen }, () => 1)];
        const m = all.length;
        const sorted = [...all].sort((a, b) => a - b);
        // The smallest level at which each would be rejected, from the step procedures.
        const holm = given.map((p) =>
          Math.min(1, Math.max(...sorted.flatMap((q, j) => (q <= p ? [(m - j) * q] : [])))),
        );
        const hochberg = given.map((p) =>
          Math.min(
            1,
            ...sorted.flatMap((q, j) => (q >= p && sorted[j + 1] !== q ? [(m * q) / (j + 1)] : [])),
          ),
        );
        const own = (correction: "holm" | "benjaminiHochberg") =>
          correctedPValues(Float64Array.from(given), m, correction);
        for (const [i, value] of own("holm").entries()) expect(value).toBeCloseTo(holm[i], 14);
        for (const [i, value] of own("benjaminiHochberg").entries())
          expect(value).toBeCloseTo(hochberg[i], 14);
      }),
    );
  });

  it("none corrects nothing, and no p-value needs no correction", () => {
    expect([...correctedPValues(Float64Array.of(0.5, 0.01), 100, "none")]).toEqual([0.5, 0.01]);
    expect(correctedPValues(new Float64Array(0), 10, "holm").length).toBe(0);
  });
});
