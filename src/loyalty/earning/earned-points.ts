import { assertInteger } from "../../core/assert.js";
import { type ExactFactor, ONE } from "../program/exact-factor.js";
import type { LoyaltyProgram } from "../program/loyalty-program.js";
import type { TierPlan } from "../program/tier-plan.js";
import { type CompiledEarning, compiledEarning, type TypeEarning } from "./compiled-earning.js";
import type { EarnContext, EarnedLot, EarnOrder, PointsEarned } from "./earn-order.js";
import { type EarnedOfType, earnedLines, earnedLots, pointsByType, ruleCounters } from "./earned-parts.js";
import { timesFactor } from "./exact-shares.js";
import { capOf, type GivenPoints, givenPoints, roundedPoints } from "./given-points.js";
import { factorOfOrder, factorOfTier } from "./level-factor.js";
import { multiplyPoints } from "./multiply-points.js";
import { type OrderFacts, orderFacts } from "./order-facts.js";

/**
 * Which points does this order earn, and when do they count and lapse?
 *
 * The rules of a point type are tried from the highest priority down; what they give is multiplied by the member's level
 * (spendable types only), then by the multipliers, and rounded once, so that no fraction is dropped twice. Every figure is
 * exact: a factor of 1.1 is eleven tenths.
 *
 * @param program - The programme, as {@link defineProgram} gives it; it must not be changed afterwards.
 * @param order - The order, visit or event.
 * @param context - What the member's account says.
 * @returns Lots to open, the points of each line, what caps have counted, what counts towards a tier.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` for an amount or quantity that is no whole number, a line id that stands
 * twice, more paid with points than the lines come to; `UNSAFE_INTEGER` for points beyond 2^53 - 1.
 * @example
 * ```ts
 * import { defineProgram, earnedPoints } from "clientele";
 *
 * const program = defineProgram({
 *   version: 1,
 *   id: "club",
 *   currency: "EUR",
 *   timeZone: "Europe/Paris",
 *   pointTypes: [{ id: "points", kind: "spendable" }],
 *   earnRules: [
 *     { id: "base", award: { per: "amount", points: 1, amount: 100 } },
 *     { id: "double wine", award: { per: "multiplier", factor: 2 }, when: { categories: ["wine"] } },
 *   ],
 * });
 * const lines = [
 *   { lineId: "1", category: "wine", amount: 2500 },
 *   { lineId: "2", category: "bread", amount: 500 },
 * ];
 * const order = { orderId: "O-1", at: Date.UTC(2025, 2, 1), lines };
 * const context = { tier: null, birthday: null, firstPurchase: true, qualifying: 0, counted: () => 0 };
 * const earned = earnedPoints(program, order, context);
 * earned.lots[0]?.points; // => 55
 * earned.lots[0]?.rules; // => [{ ruleId: "base", points: 30 }, { ruleId: "double wine", points: 25 }]
 * earned.lines.map((line) => line.points); // => [{ points: 50 }, { points: 5 }]
 * ```
 */
export function earnedPoints(program: LoyaltyProgram, order: EarnOrder, context: EarnContext): PointsEarned {
  const earning = compiledEarning(program);
  const facts = orderFacts(order, context, program.earnOn, earning.offsetAt);
  const byType = pointsOfAllTypes(program, earning, facts);
  return {
    lots: earnedLots(program, byType, facts),
    lines: earnedLines(byType, facts, program.rounding),
    counted: ruleCounters(byType, facts),
    qualifying: {
      points: pointsByType(byType),
      spend: facts.spend,
      visits: facts.isVisit ? 1 : 0,
      orders: facts.hasLines ? 1 : 0,
      day: facts.day,
    },
  };
}

function pointsOfAllTypes(
  program: LoyaltyProgram,
  { types, levels }: CompiledEarning,
  facts: OrderFacts,
): readonly EarnedOfType[] {
  const { tiers } = program;
  const { tier, qualifying } = facts.context;
  const start = factorOfTier(levels, tier);
  const levelOfOrder = tiers?.levelOfOrder ?? "start";
  if (tiers === undefined || levelOfOrder === "start") {
    return types.map((type) => pointsOfType(type, start, program, facts));
  }
  assertInteger(qualifying, "context.qualifying");
  const { measure } = tiers;
  const measured = "pointType" in measure ? types.filter(({ type }) => type.id === measure.pointType) : [];
  const atStart = measured.map((type) => pointsOfType(type, start, program, facts));
  const counts = countedOfOrder(measure, facts, () => earnedLots(program, atStart, facts));
  const level = factorOfOrder(levels, tier, levelOfOrder, qualifying, counts);
  return types.map((type) => pointsOfType(type, level, program, facts));
}

/** What an order adds to the measure of the tiers, at the level of its start. */
function countedOfOrder(
  measure: TierPlan["measure"],
  { order, spend, isVisit, hasLines }: OrderFacts,
  lotsOf: () => readonly EarnedLot[],
): number {
  switch (measure.kind) {
    case "points":
      return lotsOf().reduce((sum, { points }) => sum + points, 0);
    case "balance":
      // Points that wait are not at hand yet.
      return lotsOf().reduce((sum, { points, activeAt }) => sum + (activeAt <= order.at ? points : 0), 0);
    case "spend":
      return spend;
    case "visits":
      return isVisit ? 1 : 0;
    default:
      return hasLines ? 1 : 0;
  }
}

function pointsOfType(
  { type, rules, multipliers }: TypeEarning,
  level: ExactFactor,
  { rounding: mode, roundingPer }: LoyaltyProgram,
  facts: OrderFacts,
): EarnedOfType {
  const rounding = { mode, per: roundingPer };
  const given = givenPoints(rules, facts, rounding);
  // Levels lift what can be spent; what counts towards them is the same for all.
  const factor = type.kind === "spendable" ? level : ONE;
  if (factor.times !== factor.over) for (const one of given) if (one.onLines) raise(one, factor, mode);
  multiplyPoints(given, multipliers, facts, rounding);
  for (const one of given) if (one.rule.caps.length > 0) limit(one, facts);
  return { type, given };
}

function raise(one: GivenPoints, { times, over }: ExactFactor, mode: LoyaltyProgram["rounding"]): void {
  one.shares = timesFactor(one.shares, times, over);
  one.points = roundedPoints(one.shares, one.perLine, mode);
}

/** What is above the caps goes first from what was added last. */
function limit(one: GivenPoints, facts: OrderFacts): void {
  let surplus = one.points - capOf(one.rule, "afterMultiplier", facts);
  if (!(surplus > 0)) return;
  one.points -= surplus;
  one.isCut = true;
  const gains = one.gains.slice();
  for (let i = gains.length - 1; i >= 0 && surplus > 0; i--) {
    const { by, points } = gains[i];
    const cut = Math.min(surplus, Math.max(0, points));
    gains[i] = { by, points: points - cut };
    surplus -= cut;
  }
  one.gains = gains;
}
