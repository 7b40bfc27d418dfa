import type { EarnContext, EarnOrder, PointsEarned } from "../../../src/loyalty/earning/earn-order.js";
import { earnedPoints } from "../../../src/loyalty/earning/earned-points.js";
import type { OrderLine } from "../../../src/loyalty/ledger/loyalty-command.js";
import { defineProgram } from "../../../src/loyalty/parse-loyalty.js";
import type { EarnRule } from "../../../src/loyalty/program/earn-rule.js";
import type { LoyaltyProgram } from "../../../src/loyalty/program/loyalty-program.js";
import type { LoyaltyProgramDraft } from "../../../src/loyalty/program/program-draft.js";

export const noon = Date.UTC(2025, 2, 5, 12); // a Wednesday

/** A point for each euro. */
export const base: EarnRule = { id: "base", award: { per: "amount", points: 1, amount: 100 } };

export function programOf(
  earnRules: readonly EarnRule[],
  more: Partial<LoyaltyProgramDraft> = {},
): LoyaltyProgram {
  return defineProgram({
    id: "club",
    currency: "EUR",
    timeZone: "UTC",
    pointTypes: [{ id: "points", kind: "spendable" }],
    earnRules,
    ...more,
  });
}

const newcomer: EarnContext = {
  tier: null,
  birthday: null,
  firstPurchase: false,
  qualifying: 0,
  counted: () => 0,
};

/** An order of lines that cost so many minor units, or whole lines. */
export function orderOf(
  lines: readonly (number | Omit<OrderLine, "lineId">)[],
  more: Partial<EarnOrder> = {},
): EarnOrder {
  return {
    orderId: "O-1",
    at: noon,
    lines: lines.map((line, i) => ({
      lineId: `L${i + 1}`,
      ...(typeof line === "number" ? { amount: line } : line),
    })),
    ...more,
  };
}

export function earn(
  program: LoyaltyProgram,
  order: EarnOrder,
  context: Partial<EarnContext> = {},
): PointsEarned {
  return earnedPoints(program, order, { ...newcomer, ...context });
}

/** All points of a type that an order earns. */
export function pointsOf(
  program: LoyaltyProgram,
  order: EarnOrder,
  context: Partial<EarnContext> = {},
  pointType = "points",
): number {
  return earn(program, order, context)
    .lots.filter((lot) => lot.pointType === pointType)
    .reduce((sum, lot) => sum + lot.points, 0);
}

/** Counters as an account keeps them. */
export function counters(): { counted: EarnContext["counted"]; add: (earned: PointsEarned) => void } {
  const kept = new Map<string, number>();
  const name = (ruleId: string, period: string) => JSON.stringify([ruleId, period]);
  return {
    counted: (ruleId, period) => kept.get(name(ruleId, period)) ?? 0,
    add: ({ counted }) => {
      for (const { ruleId, period, points } of counted) {
        kept.set(name(ruleId, period), (kept.get(name(ruleId, period)) ?? 0) + points);
      }
    },
  };
}
