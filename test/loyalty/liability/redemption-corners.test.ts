import { describe, expect, it } from "vitest";
import { rows } from "../../../src/core/table.js";
import { chainLadder } from "../../../src/loyalty/liability/chain-ladder.js";
import { estimateRedemption } from "../../../src/loyalty/liability/estimate-redemption.js";
import type { AccountMovement } from "../../../src/loyalty/liability/point-movement.js";
import { redemptionCurve } from "../../../src/loyalty/liability/redemption-curve.js";
import { DAY } from "./movement-setup.js";

const move = (
  accountId: string,
  kind: AccountMovement["kind"],
  points: number,
  at: number,
  issuedAt = 0,
): AccountMovement => ({ accountId, kind, points, at, issuedAt });

describe("redemptionCurve", () => {
  const half = [...["a", "b"].map((id) => move(id, "issued", 100, 0)), move("a", "redeemed", -100, 10 * DAY)];
  it("a horizon that nobody has seen has no share: half of the points are open when they are seen last", () => {
    const at = (horizon: number) => redemptionCurve(half, { asOf: 40 * DAY, horizon });
    expect(at(365)).toMatchObject({
      estimate: null,
      reason: "horizon 365: no points were watched beyond 39 days, and some are outstanding then",
    });
    expect(at(40).estimate).toBeNull();
    expect(at(39)).toMatchObject({ estimate: { age: 39, redeemed: 0.5 }, reason: null });
  });
  it("where all have ended the share is the same for ever", () => {
    const ended = [...half, move("b", "expired", -100, 20 * DAY)];
    expect(redemptionCurve(ended, { asOf: 40 * DAY, horizon: 3_650 }).estimate).toMatchObject({
      age: 3_650,
      redeemed: 0.5,
      outstanding: 0,
    });
  });
  it("without an end there is a reason", () => {
    expect(redemptionCurve(half.slice(0, 2), { asOf: 40 * DAY })).toMatchObject({
      estimate: null,
      reason: "no points were redeemed or lapsed before asOf",
    });
  });
  it("a day of age is watched once it is over: points issued ten days before asOf are not in the tenth", () => {
    const movements = [
      move("a", "issued", 100, 0),
      move("b", "issued", 30, -5 * DAY, -5 * DAY),
      move("b", "redeemed", -30, 5 * DAY, -5 * DAY),
    ];
    const atRisk = (asOf: number) => rows(redemptionCurve(movements, { asOf }).curve)[0].atRisk;
    expect([atRisk(10 * DAY), atRisk(10 * DAY + 1)]).toEqual([30, 130]);
  });
  it("what comes and goes at one instant may stand in any order", () => {
    const [came, gone] = [move("a", "issued", 10, DAY), move("a", "redeemed", -10, DAY)];
    const options = { asOf: 9 * DAY };
    expect(redemptionCurve([gone, came], options)).toEqual(redemptionCurve([came, gone], options));
  });
  it("a civil day begins in the zone: in Jakarta seven hours before UTC", () => {
    const movements = [...half, move("b", "redeemed", -100, Date.UTC(2025, 0, 1) - 3_600_000)];
    const share = (timeZone?: string) =>
      redemptionCurve(movements, { asOf: "2025-01-01", timeZone }).estimate;
    expect([share()?.redeemed, share("Asia/Jakarta")?.redeemed]).toEqual([1, 0.5]);
  });
});

it("estimateRedemption: points that were added by hand are points that can be redeemed", () => {
  const movements = [
    move("a", "issued", 60, 0),
    move("a", "adjusted", 40, DAY),
    move("a", "redeemed", -50, 2 * DAY),
  ];
  const { cohorts } = estimateRedemption(movements, { by: "month", asOf: "1970-02-01" });
  expect(cohorts).toMatchObject([{ points: 100, redeemed: 50, outstanding: 50 }]);
  expect(cohorts[0].rate.value).toBe(0.5);
});

it("chainLadder: a cohort without an amount says nothing about the scatter of the others", () => {
  // f = 50 / 20; 10 (2 - 2.5)^2 + 10 (2.5 - 2.5)^2 over the two cohorts less one.
  const { factors } = chainLadder([
    [10, 20],
    [0, 5],
    [10, 25],
    [3, null],
  ]);
  expect(factors).toEqual([{ age: 0, factor: 2.5, variance: 2.5, cohorts: 3 }]);
});
