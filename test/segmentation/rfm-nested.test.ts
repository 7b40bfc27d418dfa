import { expect, it } from "vitest";
import { numberSample } from "../../src/segmentation/number-sample.js";
import { nestedBins } from "../../src/segmentation/rfm-nested.js";
import { binsOf, quantileCuts } from "../../src/segmentation/score-cuts.js";

const draw = (i: number) => ((i * 48_271) % 2_147_483_647) / 2_147_483_647;

it.each([
  ["few whole numbers", (i: number) => Math.floor(draw(i) ** 2 * 30)],
  ["many whole numbers", (i: number) => Math.floor(draw(i) * 1e7)],
  ["fractions", (i: number) => draw(i) ** 6 * 1e6],
  ["a range wider than doubles", (i: number) => (draw(i) - 0.5) * Number.MAX_VALUE * 2],
  ["neighbouring doubles", (i: number) => 1 + Math.floor(draw(i) * 9) * Number.EPSILON],
  ["subnormal steps", (i: number) => Math.floor(draw(i) * 9) * Number.MIN_VALUE],
] as const)("cuts each group as if it were alone: %s", (_name, numberAt) => {
  const values = Array.from({ length: 9000 }, (_, i) => numberAt(i));
  // One group is large, one has a single value, and one nobody.
  const groupOf = values.map((_, i) => (i === 5 ? 3 : draw(i + 99) < 0.8 ? 0 : 1));
  for (const atCut of ["below", "above"] as const) {
    const bins = nestedBins(numberSample(values), { groupOf, count: 5 }, 7, atCut);
    for (const group of [0, 1, 3]) {
      const rows = groupOf.flatMap((own, row) => (own === group ? [row] : []));
      const alone = numberSample(rows.map((row) => values[row]));
      expect(rows.map((row) => bins[row])).toEqual(binsOf(alone, quantileCuts(alone, 7, atCut)));
    }
  }
});
