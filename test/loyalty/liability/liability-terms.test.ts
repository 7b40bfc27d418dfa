import { describe, expect, it } from "vitest";
import { rows } from "../../../src/core/table.js";
import {
  type LiabilityRollForwardOptions,
  liabilityRollForward,
} from "../../../src/loyalty/liability/liability-roll-forward.js";
import type { CohortMovement } from "../../../src/loyalty/liability/point-movement.js";
import { thrown } from "../../core/thrown.js";

const at = Date.UTC(2025, 0, 5);
const move = (kind: CohortMovement["kind"], points: number, days = 0): CohortMovement => ({
  at: at + days * 86_400_000,
  issuedAt: at,
  kind,
  points,
});
const half = [{ at: "2025-01-01", redemptionRate: 0.5 }];
const booksOf = (
  movements: readonly CohortMovement[],
  change: Partial<LiabilityRollForwardOptions> = {},
): ReturnType<typeof liabilityRollForward> =>
  liabilityRollForward(movements, {
    by: "month",
    asOf: "2025-03-01",
    allocations: [{ cohort: "2025-01", amount: 1_000 }],
    estimates: half,
    ...change,
  });

describe("allocations", () => {
  it("to fewer points than were issued: more than the price would be deferred", () => {
    const allocations = [{ cohort: "2025-01", amount: 1_000, points: 10 }];
    const error = thrown(() => booksOf([move("issued", 100)], { allocations }));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "options.allocations"]);
    expect(error.message).toContain("1000 for 10 points of 2025-01, but 100 were issued");
  });
  it("what names a period of issue without points is said", () => {
    const { unmatched } = booksOf([move("issued", 100)], {
      allocations: [
        { cohort: "2025-01", amount: 1_000 },
        { cohort: "2025-1", amount: 500 },
        { cohort: "2025-07", amount: 70 },
      ],
      estimates: [...half, { at: "2025-01-02", redemptionRate: 0.6, cohort: "2025-1" }],
    });
    expect(unmatched).toEqual(["2025-1", "2025-07"]);
    expect(booksOf([move("issued", 100)]).unmatched).toEqual([]);
  });
});

describe("estimates", () => {
  it("of a period of issue that is no name", () => {
    const estimates = [...half, { at: "2025-01-02", redemptionRate: 0.6, cohort: 2025 as never }];
    const error = thrown(() => booksOf([move("issued", 100)], { estimates }));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "options.estimates[1].cohort"]);
    expect(error.message).toContain("2025");
  });
  it("one that is made at asOf or later is not known, though the period goes on", () => {
    const estimates = [...half, { at: "2025-01-20", redemptionRate: 0.8 }];
    const movements = [move("issued", 100), move("redeemed", -25, 1)];
    // 25 of 50 are redeemed; of 80 it would be 312.5 of 1,000.
    const [row] = rows(booksOf(movements, { estimates, asOf: "2025-01-20" }).periods);
    expect([row.revenue, row.closing, row.end]).toEqual([500, 500, Date.UTC(2025, 0, 20)]);
    expect(booksOf(movements, { estimates }).periods.columns.closing[0]).toBe(688);
  });
});

it.each(["adjusted", "transferred"] as const)(
  "points that were %s will be redeemed like the others",
  (kind) => {
    // 1,000 for 100 points; 200 are there, of which 100 are expected and 50 redeemed.
    const movements = [move("issued", 100), move(kind, 100, 1), move("redeemed", -50, 2)];
    expect(booksOf(movements).periods.columns.closing).toEqual([500, 500]);
  },
);
