import { describe, expect, it } from "vitest";
import { rows } from "../../../src/core/table.js";
import {
  type LiabilityRollForwardOptions,
  liabilityRollForward,
} from "../../../src/loyalty/liability/liability-roll-forward.js";
import type { CohortMovement } from "../../../src/loyalty/liability/point-movement.js";

const on = (year: number, month: number) => Date.UTC(year, month - 1, 1);
const move = (
  kind: CohortMovement["kind"],
  points: number,
  at: number,
  issuedAt: number,
): CohortMovement => ({
  at,
  kind,
  points,
  issuedAt,
});
const base: Pick<LiabilityRollForwardOptions, "by"> = { by: "year" };

describe("where periods and estimates meet", () => {
  const first = on(2024, 1);
  const example52 = [
    move("issued", 10_000, first, first),
    move("redeemed", -4_500, on(2024, 12), first),
    move("redeemed", -4_000, on(2025, 12), first),
  ];
  const allocations = [
    { cohort: "2024", amount: 8_676 },
    { cohort: "2025", amount: 500 },
  ];
  const estimates = [
    { at: "2024-01-01", redemptionRate: 0.95 },
    { at: "2025-12-01", redemptionRate: 0.97 },
  ];

  it("a later start changes no row: what came before is the opening, at the estimate of before", () => {
    const options = { ...base, asOf: "2026-01-01", allocations, estimates };
    const whole = rows(liabilityRollForward(example52, options).periods);
    const last = rows(liabilityRollForward(example52, { ...options, start: "2025-01-01" }).periods);
    expect(last).toEqual(whole.slice(1));
  });

  it("points issued in a period have no estimate of before it, and so no new one", () => {
    const later = on(2025, 3);
    const movements = [
      ...example52,
      move("issued", 1_000, later, later),
      move("redeemed", -485, on(2025, 12), later),
    ];
    const { cohorts } = liabilityRollForward(movements, {
      ...base,
      asOf: "2026-01-01",
      allocations,
      estimates,
    });
    expect(rows(cohorts).filter(({ cohort }) => cohort === "2025")).toMatchObject([
      // 485 of the 970 that are expected.
      { issued: 500, redeemed: 250, reestimate: 0, closing: 250 },
    ]);
  });

  it("a return that takes a gift has no price to give up", () => {
    const gift = on(2024, 5);
    const { periods } = liabilityRollForward(
      [
        move("adjusted", 100, gift, gift),
        move("issued", 50, gift, gift),
        move("clawedBack", -80, on(2024, 6), gift),
      ],
      { ...base, asOf: "2025-01-01", allocations, estimates },
    );
    expect(rows(periods)).toMatchObject([{ issued: 8_676, clawedBack: 8_676, closing: 0, revenue: 0 }]);
  });

  it("an allocation to more points than were issued so far leaves the rest for those to come", () => {
    const { periods } = liabilityRollForward(example52.slice(0, 1), {
      ...base,
      asOf: "2025-01-01",
      allocations: [{ cohort: "2024", amount: 8_676, points: 20_000 }],
      estimates,
    });
    expect(rows(periods)[0].closing).toBe(4_338);
  });
});
