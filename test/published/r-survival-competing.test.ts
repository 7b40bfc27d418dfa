import { describe, expect, test } from "vitest";
import type { AccountMovement } from "../../src/loyalty/liability/point-movement.js";
import { redemptionCurve } from "../../src/loyalty/liability/redemption-curve.js";
import { relativeError } from "../statistics/relative-error.js";

// Cumulative incidence of two ends that compete, with late entries and weights. R 4.2.2, survival 3.5-3, to 15 digits:
//   fit <- survfit(Surv(entry - 0.5, exit, factor(end)) ~ 1, id = unit, weights = points, influence = 1)
//   times <- c(2, 5, 7, 12, 21, 30); summary(fit, times)$pstate; summary(fit, times)$std.err
//   i <- fit$influence.pstate[, findInterval(times, fit$time) + 1, 2] * points
//   sqrt(colSums(rowsum(i, account)^2))
// (R enters a unit after its time of entry, here it is there on that day: half a day less is the same. With both id and
// cluster this version leaves cluster out, so the influences are summed by account by hand.)

/** Account, ages in days at entry and end, end, points. */
const units = [
  ["a", 0, 5, "redeemed", 30],
  ["a", 0, 12, "expired", 20],
  ["a", 3, 12, "expired", 10],
  ["b", 0, 2, "redeemed", 50],
  ["b", 0, 7, "redeemed", 25],
  ["b", 0, 40, "open", 5],
  ["c", 0, 12, "expired", 60],
  ["d", 0, 30, "redeemed", 15],
  ["d", 4, 33, "open", 40],
  ["e", 0, 9, "open", 35],
  ["e", 0, 5, "redeemed", 5],
  ["f", 6, 21, "redeemed", 45],
  ["f", 0, 21, "expired", 55],
  ["g", 0, 25, "open", 70],
] as const;

/** Age; shares outstanding, redeemed, expired; standard error of the share redeemed, each unit for itself and by account. */
const fromR = [
  [2, 0.864864864864865, 0.135135135135135, 0, 0.125114632088829, 0.115467019426861],
  [5, 0.783053323593864, 0.216946676406136, 0, 0.136015975666183, 0.116207310125847],
  [7, 0.731536657567952, 0.268463342432048, 0, 0.139659701244682, 0.156098059231799],
  [12, 0.525791972626966, 0.268463342432048, 0.205744684940987, 0.139659701244682, 0.156098059231799],
  [21, 0.297186767136981, 0.371335684902541, 0.331477547960478, 0.165615610591551, 0.148464030985203],
  [30, 0.222890075352735, 0.445632376686786, 0.331477547960478, 0.168204940073866, 0.119464128986784],
] as const;

const DAY = 86_400_000;
const last = Date.UTC(2025, 0, 1);
const movementsOf = (isByUnit: boolean) =>
  units.flatMap(([account, entry, end, kind, points], i): AccountMovement[] => {
    // Each with its own date of issue, so that none is taken for another; those still open are so old on the last day.
    const issuedAt = last - (kind === "open" ? end : 50 + i) * DAY;
    const accountId = isByUnit ? `${i}` : account;
    const came = { accountId, issuedAt, at: issuedAt + entry * DAY, points };
    return [
      { ...came, kind: entry === 0 ? "issued" : "transferred" },
      ...(kind === "open" ? [] : [{ ...came, kind, at: issuedAt + end * DAY, points: -points }]),
    ];
  });

describe.each(fromR)("at %i days", (horizon, outstanding, redeemed, expired, ofUnits, ofAccounts) => {
  const [byUnit, byAccount] = [true, false].map((isByUnit) =>
    redemptionCurve(movementsOf(isByUnit), { asOf: last + 1, horizon }),
  );
  // 1e-12: the reference has 15 digits.
  test("shares", () => {
    for (const { estimate } of [byUnit, byAccount]) {
      expect(relativeError(estimate?.outstanding ?? 0, outstanding)).toBeLessThan(1e-12);
      expect(relativeError(estimate?.redeemed ?? 0, redeemed)).toBeLessThan(1e-12);
      expect(Math.abs((estimate?.expired ?? 1) - expired)).toBeLessThan(1e-12);
    }
  });
  test("the standard error, where each unit is an account and where accounts have several", () => {
    expect([byUnit.accounts, byAccount.accounts]).toEqual([14, 7]);
    expect(relativeError(byUnit.estimate?.standardError ?? 0, ofUnits)).toBeLessThan(1e-12);
    expect(relativeError(byAccount.estimate?.standardError ?? 0, ofAccounts)).toBeLessThan(1e-12);
  });
});
