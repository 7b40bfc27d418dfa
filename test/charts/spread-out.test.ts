import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { spreadOut } from "../../src/charts/spread-out.js";

describe("spreadOut", () => {
  it("leaves what is far enough apart, and parts what is not, around the middle", () => {
    expect(spreadOut([10, 50, 90], 15, 0, 100)).toEqual([10, 50, 90]);
    expect(spreadOut([50, 50], 10, 0, 100)).toEqual([45, 55]);
    expect(spreadOut([52, 50, 10], 10, 0, 100)).toEqual([56, 46, 10]);
    expect(spreadOut([100, 99, 98], 10, 0, 100)).toEqual([100, 90, 80]);
    expect(spreadOut([], 10, 0, 100)).toEqual([]);
  });

  it("keeps the gap, the order and the limits", () => {
    const wanted = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { maxLength: 6 });
    fc.assert(
      fc.property(wanted, (places) => {
        const spread = spreadOut(places, 15, 0, 100);
        const order = places.map((_, i) => i).sort((a, b) => places[a] - places[b] || a - b);
        // Places are sums of a start and multiples of the gap: a rounding error of a few ulps.
        for (let k = 1; k < order.length; k++) {
          expect(spread[order[k]] - spread[order[k - 1]]).toBeGreaterThan(15 - 1e-9);
        }
        for (const place of spread) {
          expect(place).toBeGreaterThan(-1e-9);
          expect(place).toBeLessThan(100 + 1e-9);
        }
      }),
    );
  });
});
