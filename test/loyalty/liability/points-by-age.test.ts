import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDuration } from "../../../src/core/duration.js";
import { rows } from "../../../src/core/table.js";
import { accountLots } from "../../../src/loyalty/ledger/account-lots.js";
import { settleLoyalty } from "../../../src/loyalty/ledger/settle-loyalty.js";
import { pointMovements } from "../../../src/loyalty/liability/point-movements.js";
import { type PointsByAgeOptions, pointsByAge } from "../../../src/loyalty/liability/points-by-age.js";
import { pointsCostProvision } from "../../../src/loyalty/liability/points-cost-provision.js";
import { DAY, PROGRAMS, playedShop, START, steps } from "./movement-setup.js";

describe("pointsByAge", () => {
  const asOf = Date.UTC(2025, 6, 1);
  const lot = (points: number, issued: string, expires: string | null) => ({
    points,
    issuedAt: Date.parse(issued),
    expiresAt: expires === null ? null : Date.parse(expires),
  });
  it("bands of ages by bands of lapses", () => {
    const found = pointsByAge(
      [
        lot(1, "2025-06-30", "2025-08-01"),
        lot(10, "2025-04-01", "2025-10-01"),
        lot(100, "2025-04-02", null),
        lot(1_000, "2022-01-01", "2026-07-01"),
        lot(10_000, "2024-12-31", "2025-06-01"),
      ],
      { asOf },
    );
    expect(found.ages.map(({ from, to, points }) => [from, to, points])).toEqual([
      [0, 3, 101],
      [3, 6, 10],
      [6, 12, 10_000],
      [12, 24, 0],
      [24, null, 1_000],
    ]);
    expect(found.expiries.map(({ from, to, points }) => [from, to, points])).toEqual([
      [0, 3, 10_001],
      [3, 12, 10],
      [12, null, 1_000],
      [null, null, 100],
    ]);
    expect(rows(found.cells)).toEqual([
      { age: 0, expiry: 0, points: 1 },
      { age: 0, expiry: 3, points: 100 },
      { age: 1, expiry: 1, points: 10 },
      { age: 2, expiry: 0, points: 10_000 },
      { age: 4, expiry: 2, points: 1_000 },
    ]);
    expect(found.total).toBe(11_111);
  });

  it("an age is the date of issue and so many months, added once, in the zone", () => {
    const instants = fc.integer({
      min: Date.UTC(2023, 0, 1) / 3_600_000,
      max: Date.UTC(2026, 0, 1) / 3_600_000,
    });
    fc.assert(
      fc.property(
        instants,
        instants,
        fc.constantFrom("UTC", "America/New_York"),
        (issued, read, timeZone) => {
          const [issuedAt, now] = [issued * 3_600_000, read * 3_600_000];
          const { ages } = pointsByAge([{ points: 1, issuedAt, expiresAt: null }], { asOf: now, timeZone });
          const reached = [3, 6, 12, 24].filter(
            (months) => addDuration(issuedAt, { months }, { timeZone }) <= now,
          );
          expect(ages.findIndex(({ points }) => points === 1)).toBe(reached.length);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it.each(Object.entries(PROGRAMS))("movements say what open lots say: %s", (_, program) => {
    const END = START + 70 * DAY;
    fc.assert(
      fc.property(steps(0), (drawn) => {
        const { events, account } = playedShop(program, drawn);
        fc.pre(account.recordedAt !== null && account.recordedAt < END);
        const lots = accountLots(settleLoyalty(program, account, END - 1).account).map((lot) => ({
          points: lot.remaining - lot.lapsed + lot.held,
          issuedAt: lot.earnedAt,
          expiresAt: lot.expiresAt,
        }));
        const options: PointsByAgeOptions = { asOf: END, ageMonths: [1, 2], expiryMonths: [1] };
        const found = pointsByAge(pointMovements(events, { asOf: END, program }), options);
        const expected = pointsByAge(lots, options);
        expect(found.expiries).toEqual(expected.expiries);
        // Reversed points have the date of their issue, not that of their new lot.
        if (program.reversal.into !== "newLot") expect(found).toEqual(expected);
      }),
    );
  });

  it("points of several types need one that is meant", () => {
    const two = [
      { ...lot(300, "2025-06-01", null), pointType: "points" },
      { ...lot(7, "2025-06-01", null), pointType: "miles" },
    ];
    expect(pointsByAge(two, { asOf, pointType: "miles" })).toMatchObject({ pointType: "miles", total: 7 });
    expect(pointsByAge(two.slice(0, 1), { asOf })).toMatchObject({ pointType: null, total: 300 });
    const table = {
      length: 2,
      columns: {
        at: [0, 0],
        points: [300, 7],
        issuedAt: [0, 0],
        expiresAt: [null, null],
        pointType: ["points", "miles"],
      },
    };
    expect(pointsByAge(table, { asOf, pointType: "points" }).total).toBe(300);
    for (const points of [two, table]) {
      const call = () => pointsByAge(points, { asOf });
      expect(call).toThrow(
        expect.objectContaining({ code: "INVALID_ARGUMENT", path: "options.pointType" }) as Error,
      );
      expect(call).toThrow('"miles"');
    }
  });

  it.each<[unknown, object, string, string, string]>([
    [[lot(1.5, "2025-01-01", null)], {}, "INVALID_ROWS", "points[0].points", "1.5"],
    [[{ points: 1, issuedAt: 5 }], {}, "INVALID_ROWS", "points[0].expiresAt", "epoch milliseconds or null"],
    [[lot(-5, "2025-01-01", null)], {}, "INVALID_ARGUMENT", "points", "-5"],
    [7, {}, "INVALID_ARGUMENT", "points", "7"],
    [[], { ageMonths: [6, 6] }, "INVALID_ARGUMENT", "options.ageMonths[1]", "6"],
    [[], { expiryMonths: [0] }, "INVALID_ARGUMENT", "options.expiryMonths[0]", "0"],
  ])("refuses %j %j", (points, options, code, path, named) => {
    const call = () => pointsByAge(points as [], { asOf, ...options });
    expect(call).toThrow(expect.objectContaining({ code, path }) as Error);
    expect(call).toThrow(named);
  });
});

describe("pointsCostProvision", () => {
  it("outstanding x cost x (1 - breakage), from exact decimals", () => {
    expect(pointsCostProvision({ points: 1_000, costPerPoint: 0.7, breakage: 0.2 })).toEqual({
      expectedPoints: 800,
      withoutBreakage: 700,
      provision: 560,
    });
    // 3,030 x 0.03 x 0.5 = 45.45; 15 x 0.1 = 1.5 and 25 x 0.1 = 2.5 both round to the even 2.
    expect(pointsCostProvision({ points: 3_030, costPerPoint: 0.03, breakage: 0.5 }).provision).toBe(45);
    expect(pointsCostProvision({ points: 15, costPerPoint: 0.1, breakage: 0 }).provision).toBe(2);
    expect(pointsCostProvision({ points: 25, costPerPoint: 0.1, breakage: 0 }).provision).toBe(2);
    expect(pointsCostProvision({ points: 100, costPerPoint: 1, breakage: 1 }).provision).toBe(0);
    // 1 - 0.9 is 0.09999999999999998 in doubles; a tenth of 100 is 10, of 15 it is 1.5.
    expect(pointsCostProvision({ points: 100, costPerPoint: 1, breakage: 0.9 }).expectedPoints).toBe(10);
    expect(pointsCostProvision({ points: 15, costPerPoint: 1, breakage: 0.9 }).expectedPoints).toBe(1.5);
  });
  it("nothing at all", () => {
    expect(() => pointsCostProvision(undefined as never)).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT", path: "outstanding" }) as Error,
    );
  });
  it.each([
    [{ points: 1.5 }, "outstanding.points", "1.5"],
    [{ costPerPoint: -1 }, "outstanding.costPerPoint", "-1"],
    [{ costPerPoint: Number.POSITIVE_INFINITY }, "outstanding.costPerPoint", "Infinity"],
    [{ breakage: 20 }, "outstanding.breakage", "20"],
  ])("refuses %j", (change, path, named) => {
    const call = () => pointsCostProvision({ points: 1, costPerPoint: 1, breakage: 0, ...change });
    expect(call).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT", path }) as Error);
    expect(call).toThrow(named);
  });
});
