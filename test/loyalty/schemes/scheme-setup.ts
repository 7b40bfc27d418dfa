import type { SchemeFacts } from "../../../src/loyalty/schemes/scheme-facts.js";
import type { SchemeScale } from "../../../src/loyalty/schemes/scheme-scores.js";

/**
 * 100 points a month for 100.00; within 12 months 1,200 points. Reward rates: mug 5/500 = 1 %, voucher 12/1,000 = 1.2 %
 * (15 less 3 cash), bag 6/1,200 = 0.5 %, flight 300/20,000 = 1.5 %, out of reach.
 */
export const facts: SchemeFacts = {
  id: "club",
  currency: "EUR",
  pointsPerPeriod: 100,
  spendPerPeriod: 100_00,
  periodsPerYear: 12,
  withinPeriods: 12,
  rewards: [
    { id: "mug", category: "home", points: 500, value: 5_00 },
    { id: "voucher", category: "money", points: 1_000, value: 15_00, cash: 3_00 },
    { id: "bag", category: "home", points: 1_200, value: 6_00, convenience: { noClaimStep: false } },
    { id: "flight", category: "travel", points: 20_000, value: 300_00, isExperiential: true },
  ],
  convenience: { earnsByItself: true, noMinimum: false, noClaimStep: true, anyChannel: true },
};

export const scale: SchemeScale = {
  cash: { measure: "bestRewardRate", cuts: [0.005, 0.01, 0.02, 0.05] },
  redemption: { measure: "rewardsInReach", cuts: [1, 3, 5, 10] },
  aspirational: { measure: "experientialShare", cuts: [0.1, 0.25, 0.5, 0.75] },
  relevance: { measure: "periodsToFirstReward", cuts: [24, 12, 5, 1] },
  convenience: { measure: "convenienceShare", cuts: [0.25, 0.5, 0.75, 1] },
};
