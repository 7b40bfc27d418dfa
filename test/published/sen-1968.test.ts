import { expect, test } from "vitest";
import { theilSen } from "../../src/statistics/theil-sen.js";

// P. K. Sen (1968), "Estimates of the regression coefficient based on Kendall's tau", JASA 63, 1379-1389: the example
// of section 6. Slope 4, 93 % limits 3.71 and 4.38: the slopes 26/7 and 35/8.
test("Sen's example", () => {
  const x = [1, 2, 3, 4, 10, 12, 18];
  const y = [9, 15, 19, 20, 45, 55, 78];
  const { slope, interval, slopes } = theilSen(x, y, { confidenceLevel: 0.93 });
  expect(slopes).toBe(21);
  expect(slope).toBe(4);
  expect(interval?.lower).toBeCloseTo(26 / 7, 12);
  expect(interval?.upper).toBeCloseTo(35 / 8, 12);
});
