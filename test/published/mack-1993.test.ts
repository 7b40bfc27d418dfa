import { describe, expect, it } from "vitest";
import { chainLadder } from "../../src/loyalty/liability/chain-ladder.js";

// Mack, T. (1993). Distribution-free calculation of the standard error of chain ladder reserve estimates. ASTIN Bulletin
// 23(2), 213-225: tables 1 to 3, on the triangle of Taylor and Ashe (1983). Reserves and standard errors are printed in
// thousands there; to the unit they are what R's ChainLadder prints for MackChainLadder(GenIns).
const TRIANGLE = [
  [357848, 1124788, 1735330, 2218270, 2745596, 3319994, 3466336, 3606286, 3833515, 3901463],
  [352118, 1236139, 2170033, 3353322, 3799067, 4120063, 4647867, 4914039, 5339085],
  [290507, 1292306, 2218525, 3235179, 3985995, 4132918, 4628910, 4909315],
  [310608, 1418858, 2195047, 3757447, 4029929, 4381982, 4588268],
  [443160, 1136350, 2128333, 2897821, 3402672, 3873311],
  [396132, 1333217, 2180715, 2985752, 3691712],
  [440832, 1288463, 2419861, 3483130],
  [359480, 1421128, 2864498],
  [376686, 1363294],
  [344014],
];
const FACTORS = [3.4906, 1.7473, 1.4574, 1.1739, 1.1038, 1.0863, 1.0539, 1.0766, 1.0177];
const RESERVES = [0, 94634, 469511, 709638, 984889, 1419459, 2177641, 3920301, 4278972, 4625811];
const ERRORS = [0, 75535, 121699, 133549, 261406, 411010, 558317, 875328, 971258, 1363155];

describe("Mack 1993 on the triangle of Taylor and Ashe", () => {
  const found = chainLadder(TRIANGLE);

  it("age-to-age factors, to the four digits printed", () => {
    found.factors.forEach(({ factor }, i) => {
      expect(Math.abs((factor ?? 0) - FACTORS[i])).toBeLessThanOrEqual(0.00005);
    });
  });

  it("reserves of the years, to the unit printed", () => {
    found.cohorts.forEach(({ reserve }, i) => {
      expect(Math.round(reserve ?? -1)).toBe(RESERVES[i]);
    });
    expect(Math.round(found.total.reserve ?? 0)).toBe(18_680_856);
  });

  it("their standard errors, and that of all together, to the unit printed", () => {
    found.cohorts.forEach(({ standardError }, i) => {
      expect(Math.round(standardError ?? -1)).toBe(ERRORS[i]);
    });
    expect(Math.round(found.total.standardError ?? 0)).toBe(2_447_095);
  });
});
