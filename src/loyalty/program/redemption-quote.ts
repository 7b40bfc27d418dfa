import { assertInteger, assertOptions, shown } from "../../core/assert.js";
import { ClienteleError } from "../../core/errors.js";
import { decimalFraction } from "../../core/fraction.js";
import { epochMs, type Instant } from "../../core/instant.js";
import { granted, type Refusal, type Result, refused } from "../../core/result.js";
import { safeIntegerOf } from "../../core/safe-integer.js";
import { assertProgram } from "./assert-program.js";
import type { LoyaltyProgram, LoyaltyReward, RedemptionPolicy } from "./loyalty-program.js";

/** What somebody wants to spend points on. */
export interface RedemptionRequest {
  /** Points to spend; not with `rewardId`. */
  readonly points?: number;
  /** Reward to buy; not with `points`. */
  readonly rewardId?: string;
  /** Type of point; default the first spendable one. A reward is paid with its own type, so that another one is refused. */
  readonly pointType?: string;
  /** Amount of the order that points pay, minor units; needed where the programme bounds the share. */
  readonly orderAmount?: number;
  /** Money that points pay of that order already, minor units, as {@link paidWithPoints} says; default 0. */
  readonly alreadyPaid?: number;
  /** The member's level; default none. */
  readonly tier?: string | null;
  /** When; a civil day is its start in the programme's zone. */
  readonly at: Instant;
}

/** What it takes and gives. */
export interface RedemptionQuote {
  /** Type of point. */
  readonly pointType: string;
  /** Points to spend. */
  readonly points: number;
  /** Money that they pay, minor units; `null` for a reward, and where points have no value in money. */
  readonly amount: number | null;
  /** Money to pay beside the points of a reward, minor units. */
  readonly cash: number;
}

/** Why points cannot be spent so. */
export interface RedemptionRefusal extends Refusal {
  /** The rule that stands against it. */
  readonly code:
    | "unknown_point_type"
    | "not_spendable"
    | "unknown_reward"
    | "reward_not_available"
    | "below_minimum"
    | "not_a_step"
    | "above_order_share";
  /**
   * The bound that is broken, in points (`above_order_share`: in minor units, for all that points pay of the order together);
   * absent where there is none.
   */
  readonly bound?: number;
}

/**
 * What would a redemption take and pay, and does the programme allow it?
 *
 * Says nothing of the balance: that is for the account ({@link decideLoyalty}). The money is rounded down to a whole minor
 * unit.
 *
 * @param program - The programme.
 * @param request - Points or a reward, and the order that is paid.
 * @returns The quote, or the rule that stands against it.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the request names both or neither of `points` and `rewardId`, lacks
 * the order's amount, or `at` is no instant; `UNSAFE_INTEGER` when the money is beyond safe integers.
 * @example
 * ```ts
 * import { defineProgram, redemptionQuote } from "clientele";
 *
 * const program = defineProgram({
 *   version: 1,
 *   id: "club",
 *   currency: "EUR",
 *   pointTypes: [{ id: "points", kind: "spendable" }],
 *   redemption: { points: 1, amount: 3, minimumPoints: 500 },
 * });
 * redemptionQuote(program, { points: 3030, at: "2025-03-01" });
 * // => { ok: true, value: { pointType: "points", points: 3030, amount: 9090, cash: 0 } }
 * const refused = redemptionQuote(program, { points: 400, at: "2025-03-01" });
 * !refused.ok && refused.error.code; // => "below_minimum"
 * ```
 */
export function redemptionQuote(
  program: LoyaltyProgram,
  request: RedemptionRequest,
): Result<RedemptionQuote, RedemptionRefusal> {
  assertProgram(program);
  assertOptions(request, "{ points, at } or { rewardId, at }", "request");
  const { points, rewardId } = request;
  const at = epochMs(request.at, "request.at", program.timeZone);
  if ((points === undefined) === (rewardId === undefined)) {
    throw new ClienteleError(
      "INVALID_ARGUMENT",
      "request.points",
      `request has ${points === undefined ? "neither points nor rewardId" : "both points and rewardId"}: pass one of them`,
    );
  }
  const reward = rewardId === undefined ? undefined : program.rewards.find(({ id }) => id === rewardId);
  if (rewardId !== undefined && reward === undefined) {
    return refused({
      code: "unknown_reward",
      message: `program ${shown(program.id)} has no reward ${shown(rewardId)}`,
    });
  }
  const pointType = spendableType(program, request.pointType ?? reward?.pointType);
  if (!pointType.ok) return pointType;
  return reward === undefined
    ? paymentQuote(program, pointType.value, request)
    : rewardQuote(program, reward, pointType.value, { at, tier: request.tier ?? null });
}

/**
 * How many points may be spent on an order at most?
 *
 * @param program - The programme, which says what points are worth.
 * @param order - Points at hand, the amount of the order and what points pay of it already (default 0), minor units.
 * @returns The most points, a multiple of the step, that pay no more than the order's share, and what they pay; 0 points
 * where that is fewer than the least. Points that would pay nothing, by the rounding, are not spent.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the programme has no redemption policy or an argument is unusable.
 * @example
 * ```ts
 * import { defineProgram, maximumRedemption } from "clientele";
 *
 * const program = defineProgram({
 *   version: 1,
 *   id: "club",
 *   currency: "EUR",
 *   pointTypes: [{ id: "points", kind: "spendable" }],
 *   redemption: { points: 100, amount: 1_00, step: 100, maximumShare: 0.5 },
 * });
 * maximumRedemption(program, { available: 5000, orderAmount: 25_50 }); // => { points: 1200, amount: 1200 }
 * ```
 */
export function maximumRedemption(
  program: LoyaltyProgram,
  order: { readonly available: number; readonly orderAmount: number; readonly alreadyPaid?: number },
): { readonly points: number; readonly amount: number } {
  const policy = program.redemption;
  if (policy === undefined) {
    throw new ClienteleError(
      "INVALID_ARGUMENT",
      "program.redemption",
      `program ${shown(program.id)} does not say what points are worth: give it a redemption policy`,
    );
  }
  assertInteger(order.available, "order.available");
  assertInteger(order.orderAmount, "order.orderAmount", 0);
  const { alreadyPaid = 0 } = order;
  assertInteger(alreadyPaid, "order.alreadyPaid", 0);
  const { step = 1, minimumPoints = 1 } = policy;
  const bound = Math.max(0, orderBound(policy, order.orderAmount) - alreadyPaid);
  // One point fewer than what pays one unit more than the bound.
  const most = Math.min(fewestPoints(policy, bound + 1) - 1, order.available);
  const affordable = most - (most % step);
  if (affordable < minimumPoints) return { points: 0, amount: 0 };
  const amount = pointsWorth(policy, affordable);
  if (amount === 0) return { points: 0, amount };
  const needed = Math.max(fewestPoints(policy, amount), minimumPoints);
  return { points: needed + ((step - (needed % step)) % step), amount };
}

function paymentQuote(
  program: LoyaltyProgram,
  pointType: string,
  request: RedemptionRequest,
): Result<RedemptionQuote, RedemptionRefusal> {
  const { points = 0, orderAmount, alreadyPaid = 0 } = request;
  assertInteger(points, "request.points", 1);
  if (orderAmount !== undefined) assertInteger(orderAmount, "request.orderAmount", 0);
  assertInteger(alreadyPaid, "request.alreadyPaid", 0);
  const policy = program.redemption;
  if (policy === undefined) return granted({ pointType, points, amount: null, cash: 0 });

  const { minimumPoints = 1, step = 1, maximumShare = 1 } = policy;
  if (points < minimumPoints) {
    const message = `${points} points are fewer than the least that can be spent, ${minimumPoints}`;
    return refused({ code: "below_minimum", message, bound: minimumPoints });
  }
  if (points % step !== 0) {
    return refused({
      code: "not_a_step",
      message: `${points} points are no multiple of ${step}`,
      bound: step,
    });
  }
  const amount = pointsWorth(policy, points);
  if (orderAmount === undefined) {
    if (maximumShare === 1) return granted({ pointType, points, amount, cash: 0 });
    throw new ClienteleError(
      "INVALID_ARGUMENT",
      "request.orderAmount",
      `request.orderAmount is missing: points may pay ${maximumShare} of an order, pass its amount`,
    );
  }
  const bound = orderBound(policy, orderAmount);
  if (amount > bound - alreadyPaid) {
    const already = alreadyPaid === 0 ? "" : `, where they pay ${alreadyPaid} already`;
    const message = `${points} points pay ${amount}, more than the ${bound} that points may pay of an order of ${orderAmount}${already}`;
    return refused({ code: "above_order_share", message, bound });
  }
  return granted({ pointType, points, amount, cash: 0 });
}

function rewardQuote(
  program: LoyaltyProgram,
  reward: LoyaltyReward,
  pointType: string,
  { at, tier }: { readonly at: number; readonly tier: string | null },
): Result<RedemptionQuote, RedemptionRefusal> {
  const unavailable = (why: string) =>
    refused({ code: "reward_not_available" as const, message: `reward ${shown(reward.id)} ${why}` });
  const own = reward.pointType ?? program.pointTypes.find(({ kind }) => kind === "spendable")?.id;
  if (pointType !== own) {
    return unavailable(`is paid with points of type ${shown(own)}, not ${shown(pointType)}`);
  }
  const start = (day: string) => epochMs(day, "program.rewards", program.timeZone);
  if (reward.from !== undefined && at < start(reward.from))
    return unavailable(`is to be had from ${reward.from}`);
  if (reward.until !== undefined && at >= start(reward.until)) {
    return unavailable(`was to be had until ${reward.until}`);
  }
  if (reward.tiers !== undefined && (tier === null || !reward.tiers.includes(tier))) {
    return unavailable(`is for ${reward.tiers.join(", ")}, not for ${tier ?? "members without a level"}`);
  }
  return granted({ pointType, points: reward.points, amount: null, cash: reward.cash ?? 0 });
}

function spendableType(
  program: LoyaltyProgram,
  asked: string | undefined,
): Result<string, RedemptionRefusal> {
  const found =
    asked === undefined
      ? program.pointTypes.find(({ kind }) => kind === "spendable")
      : program.pointTypes.find(({ id }) => id === asked);
  if (found === undefined) {
    const message = asked === undefined ? "has no spendable points" : `has no points of type ${shown(asked)}`;
    return refused({ code: "unknown_point_type", message: `program ${shown(program.id)} ${message}` });
  }
  if (found.kind === "spendable") return granted(found.id);
  return refused({
    code: "not_spendable",
    message: `points of type ${shown(found.id)} only count towards a level`,
  });
}

/** What points pay, rounded down; exact beyond 2^53 on the way. @internal */
export function pointsWorth(rate: Pick<RedemptionPolicy, "points" | "amount">, points: number): number {
  const product = points * rate.amount;
  if (Number.isSafeInteger(product)) return Math.floor(product / rate.points);
  return safeIntegerOf(
    (BigInt(points) * BigInt(rate.amount)) / BigInt(rate.points),
    "request.points",
    "the money that the points pay",
  );
}

/** The most that points may pay of an order, in whole minor units. */
function orderBound(policy: RedemptionPolicy, orderAmount: number): number {
  if (policy.maximumShare === undefined) return orderAmount;
  const { numerator, denominator } = decimalFraction(policy.maximumShare, "program.redemption.maximumShare");
  return Number((BigInt(orderAmount) * numerator) / denominator);
}

/** The fewest points that pay an amount. */
function fewestPoints(policy: RedemptionPolicy, amount: number): number {
  const divisor = BigInt(policy.amount);
  return Number((BigInt(amount) * BigInt(policy.points) + divisor - 1n) / divisor);
}
