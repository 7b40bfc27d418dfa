import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rows } from "../../../src/core/table.js";
import type { LoyaltyEvent } from "../../../src/loyalty/ledger/loyalty-event.js";
import { estimateRedemption } from "../../../src/loyalty/liability/estimate-redemption.js";
import { liabilityRollForward } from "../../../src/loyalty/liability/liability-roll-forward.js";
import { type PointMovementOptions, pointMovements } from "../../../src/loyalty/liability/point-movements.js";
import { pointRollForward } from "../../../src/loyalty/liability/point-roll-forward.js";
import { redemptionCurve } from "../../../src/loyalty/liability/redemption-curve.js";
import type { LoyaltyProgram } from "../../../src/loyalty/program/loyalty-program.js";
import { lotOf, openShop, programOf, type Shop } from "../ledger/shop.js";
import { DAY, PROGRAMS, playedShop, START, steps } from "./movement-setup.js";

const shopOf = (change: Partial<LoyaltyProgram> = {}) => openShop(programOf(change), "A", "2025-01-01");
const day = (at: number) => new Date(at).toISOString().slice(5, 10);
const told = ({ events }: Shop, options?: PointMovementOptions) =>
  rows(pointMovements(events, options)).map(({ at, lot, kind, points, issuedAt }) => [
    day(at),
    lot,
    kind,
    points,
    day(issuedAt),
  ]);

describe("a return of 5 January that arrives on the 20th and takes points of the 12th", () => {
  const shop = shopOf();
  const earn = (orderId: string, at: string) =>
    shop.grant({ type: "earn", at, orderId, lines: [{ lineId: "1", amount: 100 }] });
  earn("a", "2025-01-02");
  shop.grant({ type: "redeem", at: "2025-01-03", redemptionId: "r", points: 100 });
  earn("b", "2025-01-12");
  shop.grant({ type: "clawBack", at: "2025-01-05", recordedAt: "2025-01-20", orderId: "a", amount: 90 });
  it("counts from when the points came; by the books from when it arrived", () => {
    expect(told(shop)[3]).toEqual(["01-12", 1, "clawedBack", -90, "01-12"]);
    expect(told(shop, { basis: "recorded" })[3]).toEqual(["01-20", 1, "clawedBack", -90, "01-12"]);
  });
  it("so no week ends with fewer points than none", () => {
    const movements = pointMovements(shop.events);
    const options = { by: "week", asOf: "2025-01-20" } as const;
    const weeks = rows(pointRollForward(movements, options).periods);
    expect(
      weeks.map(({ issued, redeemed, clawedBack, closing }) => [issued, redeemed, clawedBack, closing]),
    ).toEqual([
      [100, 100, 0, 0],
      [100, 0, 90, 10],
      [0, 0, 0, 10],
    ]);
    expect(estimateRedemption(movements, options).triangle).toEqual([
      [100, 100, 100],
      [0, 0, null],
    ]);
    // The 10 that are left of the second order are younger than the redemption: 100 of 110 on the day after the issue.
    expect(redemptionCurve(movements, { asOf: "2025-01-20" }).estimate?.redeemed).toBeCloseTo(10 / 11, 12);
  });
});

it("an earn that arrives when its points have lapsed: both are in the books of the day on which it arrived", () => {
  const shop = shopOf({
    pointTypes: [{ id: "points", kind: "spendable", expiry: { kind: "afterEarn", after: { days: 20 } } }],
  });
  shop.grant({
    type: "earn",
    at: "2025-01-05",
    recordedAt: "2025-02-10",
    orderId: "a",
    lines: [{ lineId: "1", amount: 50 }],
  });
  expect(told(shop, { basis: "recorded" })).toEqual([
    ["02-10", 0, "issued", 50, "01-05"],
    ["02-10", 0, "expired", -50, "01-05"],
  ]);
  expect(told(shop)).toEqual([
    ["01-05", 0, "issued", 50, "01-05"],
    ["01-25", 0, "expired", -50, "01-05"],
  ]);
});

describe("a lot with points of two dates of issue: 30 of the 2nd and 40 of the 3rd", () => {
  /** In one lot, those of the 3rd first: 40 are spent, so that of 20 that are then taken by hand all are of the 2nd. */
  const spentAndTaken = () => {
    const shop = shopOf({ reversal: { into: "newLot" } });
    shop.grant(lotOf(30, "2025-01-02"));
    shop.grant(lotOf(40, "2025-01-03"));
    shop.grant({ type: "redeem", at: "2025-01-04", redemptionId: "r", points: 70 });
    shop.grant({ type: "reverseRedemption", at: "2025-01-05", redemptionId: "r" });
    shop.grant({ type: "redeem", at: "2025-01-06", redemptionId: "s", points: 40 });
    shop.grant({ type: "adjust", at: "2025-01-07", points: -20, reason: "test", actor: "test" });
    expect(told(shop).slice(-2)).toEqual([
      ["01-06", 2, "redeemed", -40, "01-03"],
      ["01-07", 2, "adjusted", -20, "01-02"],
    ]);
    return shop;
  };
  it("what was spent comes back to its own date, in a new lot", () => {
    const shop = spentAndTaken();
    shop.grant({ type: "reverseRedemption", at: "2025-01-08", redemptionId: "s" });
    expect(told(shop).slice(-1)).toEqual([["01-08", 3, "reversed", 40, "01-03"]]);
  });
  it("and in the same lot", () => {
    const shop = spentAndTaken();
    shop.program = programOf({ reversal: { into: "originalLots" } });
    shop.grant({ type: "reverseRedemption", at: "2025-01-08", redemptionId: "s" });
    expect(told(shop).slice(-1)).toEqual([["01-08", 2, "reversed", 40, "01-03"]]);
    const { periods } = liabilityRollForward(pointMovements(shop.events), {
      by: "month",
      asOf: "2025-02-01",
      allocations: [],
      estimates: [{ at: "2025-01-01", redemptionRate: 0.9 }],
    });
    expect(periods.columns.closing).toEqual([0]);
  });
});

describe("100 points, all redeemed on 20 January, 60 of them given back, 50 taken with a return", () => {
  const cameAndWent = (givenBack: string, returned: string, dated = (event: LoyaltyEvent) => event) => {
    const shop = shopOf({ returnPolicy: "unlimited" });
    shop.grant({ type: "earn", at: "2025-01-02", orderId: "a", lines: [{ lineId: "1", amount: 100 }] });
    shop.grant({ type: "redeem", at: "2025-01-20", redemptionId: "r", points: 100 });
    const reversal = { type: "reverseRedemption", redemptionId: "r", points: 60 } as const;
    shop.grant({ ...reversal, at: givenBack, recordedAt: "2025-02-01" });
    shop.grant({ type: "clawBack", at: returned, recordedAt: "2025-02-02", orderId: "a", amount: 50 });
    return told({ ...shop, events: shop.events.map(dated) }).slice(2);
  };
  it("what is given back counts from the redemption on, though its event be dated before it", () => {
    // A command that says so is refused; events of another hand may say it.
    const before = (event: LoyaltyEvent) =>
      event.type === "redemptionReversed" ? { ...event, at: Date.UTC(2025, 0, 10) } : event;
    // The return of the 15th leaves 50, the day of the redemption 10.
    expect(cameAndWent("2025-01-20", "2025-01-15", before)).toEqual([
      ["01-20", 0, "reversed", 60, "01-02"],
      ["01-15", 0, "clawedBack", -50, "01-02"],
    ]);
  });
  it("a return while there was nothing takes what came back when it came back", () => {
    expect(cameAndWent("2025-01-25", "2025-01-22")).toEqual([
      ["01-25", 0, "reversed", 60, "01-02"],
      ["01-25", 0, "clawedBack", -50, "01-02"],
    ]);
  });
});

it("points of a hold that lapsed later than their lot come out of that lapse, not of an earlier day", () => {
  const shop = shopOf();
  shop.grant(lotOf(16, "2025-01-02", "2025-02-10"));
  shop.grant({ type: "authorize", at: "2025-01-03", holdId: "h", points: 6, until: "2025-02-20" });
  shop.grant({ type: "expire", at: "2025-02-21" });
  shop.grant({ type: "redeem", at: "2025-02-05", recordedAt: "2025-03-01", redemptionId: "r", points: 13 });
  expect(told(shop).slice(1)).toEqual([
    ["02-10", 0, "expired", -10, "01-02"],
    ["02-20", 0, "expired", -6, "01-02"],
    ["02-10", 0, "expired", 10, "01-02"],
    ["02-20", 0, "expired", 3, "01-02"],
    ["02-05", 0, "redeemed", -13, "01-02"],
  ]);
});

describe("laws, by when things happened, with late arrivals", () => {
  const END = START + 900 * DAY;
  it.each(Object.entries(PROGRAMS))("%s", (_, program) => {
    fc.assert(
      fc.property(steps(40), (drawn) => {
        const { events } = playedShop(program, drawn);
        const [occurred, recorded] = (["occurred", "recorded"] as const).map((basis) =>
          pointMovements(events, { basis, asOf: END, program }),
        );
        for (const { at, issuedAt } of rows(occurred)) expect(at).toBeGreaterThanOrEqual(issuedAt);
        const options = { by: "week", asOf: END } as const;
        const points = pointRollForward(occurred, options);
        // In the end both say the same, period of issue by period of issue.
        const left = (roll: typeof points) => {
          const closings = new Map<string, number>();
          for (const { cohort, closing } of rows(roll.cohorts)) closings.set(cohort, closing);
          return [...closings].filter(([, closing]) => closing > 0).sort();
        };
        expect(left(points)).toEqual(left(pointRollForward(recorded, options)));
        const labels = [...new Set(points.cohorts.columns.cohort)];
        const books = liabilityRollForward(occurred, {
          ...options,
          allocations: labels.map((cohort, i) => ({ cohort, amount: 1_009 * (i + 1) })),
          estimates: [{ at: 0, redemptionRate: 0.8 }],
        });
        let before = 0;
        for (const row of rows(books.periods)) {
          expect(row.opening).toBe(before);
          expect(row.closing).toBeGreaterThanOrEqual(0);
          before = row.closing;
        }
        const { total } = estimateRedemption(occurred, options);
        const { redeemed, reversed } = points.periods.columns;
        const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
        expect(total.redeemed).toBe(sum(redeemed) - sum(reversed));
        expect(redemptionCurve(occurred, { asOf: END }).points).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 40 },
    );
  });
});
