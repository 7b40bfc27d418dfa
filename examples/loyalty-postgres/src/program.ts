import { defineProgram } from "clientele";

/** The programme of the example: a point for each euro, a hold of two days, lots that last a year. */
export const program = defineProgram({
  version: 1,
  id: "corner-shop",
  currency: "EUR",
  timeZone: "Europe/Amsterdam",
  pointTypes: [
    {
      id: "points",
      kind: "spendable",
      expiry: { kind: "afterEarn", after: { years: 1 }, roundUpTo: "month" },
    },
  ],
  earnRules: [
    { id: "base", award: { per: "amount", points: 1, amount: 1_00 } },
    { id: "wine", award: { per: "amount", points: 1, amount: 1_00 }, when: { categories: ["wine"] } },
  ],
  redemption: { points: 100, amount: 1_00, minimumPoints: 10 },
  returnPolicy: "unlimited",
  holdTimeout: { days: 2 },
});
