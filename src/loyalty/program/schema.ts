import * as z from "zod";
import type { Duration } from "../../core/duration.js";
import { instantOrNaN } from "../../core/instant.js";
import type { PeriodUnit } from "../../core/period.js";
import { roundingModes } from "../../core/rounding.js";
import { civilDaySchema } from "../../model/civil-day-schema.js";
import { programProblems } from "./check-program.js";
import type { EarnAward, EarnCap, EarnCondition, EarnRule } from "./earn-rule.js";
import { isExactFactor } from "./exact-factor.js";
import type { PointExpiry } from "./expiry-rule.js";
import type {
  LoyaltyProgram,
  LoyaltyReward,
  PointType,
  RedemptionPolicy,
  ReversalPolicy,
} from "./loyalty-program.js";
import type { LoyaltyProgramDraft } from "./program-draft.js";
import type { TierPeriod, TierPlan } from "./tier-plan.js";

/**
 * Is this a loyalty programme?
 *
 * Takes what may leave out defaults and gives the whole programme. A field that is not known is refused, and so is a name
 * that means nothing, a name given twice, a bound out of order. {@link defineProgram} tells in words what is wrong.
 *
 * @example
 * ```ts
 * import { loyaltyProgramSchema } from "clientele";
 *
 * const draft = { id: "club", currency: "EUR", pointTypes: [{ id: "points", kind: "spendable" }] };
 * loyaltyProgramSchema.parse(draft).burnOrder; // => "soonestExpiry"
 * loyaltyProgramSchema.safeParse({ ...draft, burnOder: "oldest" }).success; // => false
 * ```
 */
export const loyaltyProgramSchema: z.ZodType<LoyaltyProgram, LoyaltyProgramDraft> = /* @__PURE__ */ (() => {
  const text = z.string().min(1, "is empty");
  // Points are told apart by names that are keys of plain objects.
  const pointTypeId = text.refine((id) => id !== "__proto__", "is no name for a point type");
  const whole = z.number().int("is not a whole number");
  const count = whole.min(0);
  const points = whole.min(1);
  const texts = z.array(text).min(1);
  const factor = z
    .number()
    .refine(isExactFactor, "is not a number from 0 to 10000 with at most 4 decimals, which are exact");
  const dayOrInstant = z
    .string()
    .refine(
      (value) => !Number.isNaN(instantOrNaN(value, "UTC")),
      "is neither a day YYYY-MM-DD nor ISO 8601 with an offset",
    );
  const civilDay = civilDaySchema;

  // Longer than 1000 years leads out of the calendar, and not where it was written.
  const longest = { years: 1_000, months: 12_000, weeks: 52_000, days: 365_000 };
  const duration = z
    .strictObject({
      years: count.max(longest.years).optional(),
      months: count.max(longest.months).optional(),
      weeks: count.max(longest.weeks).optional(),
      days: count.max(longest.days).optional(),
    } satisfies Fields<Duration>)
    .refine((parts) => Object.values(parts).some((part) => part !== undefined), "is without a length");
  const length = duration.refine((parts) => Object.values(parts).some((part) => part), "is zero");
  const unit = z.enum([
    "day",
    "week",
    "month",
    "quarter",
    "halfYear",
    "year",
  ]) satisfies z.ZodType<PeriodUnit>;

  const rounded = { roundUpTo: unit.optional(), grace: duration.optional() };
  const expiry = z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("fixedDate"), on: civilDay, grace: duration.optional() }),
    z.strictObject({
      kind: z.literal("afterEarn"),
      after: duration,
      from: z.enum(["earn", "activation"]).optional(),
      ...rounded,
    }),
    z.strictObject({
      kind: z.literal("afterActivity"),
      after: length,
      since: dayOrInstant.optional(),
      ...rounded,
    }),
    z.strictObject({
      kind: z.literal("periodEnd"),
      period: unit,
      periods: count.max(longest.years).optional(),
      grace: duration.optional(),
    }),
  ]) satisfies z.ZodType<PointExpiry>;

  const pointType = z.strictObject({
    id: pointTypeId,
    kind: z.enum(["spendable", "qualifying"]),
    pendingFor: duration.optional(),
    expiry: expiry.optional(),
  } satisfies Fields<PointType>);

  const award = z.discriminatedUnion("per", [
    z.strictObject({ per: z.literal("amount"), points, amount: points, partial: z.boolean().optional() }),
    z.strictObject({ per: z.literal("unit"), points }),
    z.strictObject({ per: z.literal("order"), points }),
    z.strictObject({ per: z.literal("visit"), points }),
    z.strictObject({ per: z.literal("event"), event: text, points }),
    z.strictObject({ per: z.literal("multiplier"), factor }),
  ]) satisfies z.ZodType<EarnAward>;

  const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time of day "HH:MM"');
  const condition = z.strictObject({
    categories: texts.optional(),
    notCategories: texts.optional(),
    products: texts.optional(),
    notProducts: texts.optional(),
    channels: texts.optional(),
    segments: texts.optional(),
    tiers: texts.optional(),
    minimumAmount: count.optional(),
    minimumQuantity: count.optional(),
    from: dayOrInstant.optional(),
    until: dayOrInstant.optional(),
    weekdays: z.array(whole.min(0).max(6)).min(1).optional(),
    hours: z
      .strictObject({ from: timeOfDay, until: timeOfDay })
      .refine(({ from, until }) => from !== until, {
        path: ["until"],
        message: "is the same time as from: leave hours out for the whole day",
      })
      .optional(),
    firstPurchase: z.literal(true).optional(),
    birthday: z
      .strictObject({
        within: z.enum(["day", "week", "month"]),
        leapDay: z.enum(["feb28", "mar1"]).optional(),
      })
      .optional(),
  } satisfies Fields<EarnCondition>);
  const cap = z.strictObject({
    points: count,
    per: z.enum(["order", ...unit.options, "ever"]),
    binds: z.enum(["beforeMultiplier", "afterMultiplier"]),
  } satisfies Fields<EarnCap>);
  const earnRule = z.strictObject({
    id: text,
    name: z.string().optional(),
    pointType: text.optional(),
    award,
    when: condition.optional(),
    caps: z.array(cap).optional(),
    priority: whole.optional(),
    stacking: z.enum(["add", "exclusive", "best"]).optional(),
    group: text.optional(),
    pendingFor: duration.optional(),
    expiry: expiry.optional(),
  } satisfies Fields<EarnRule>);

  const redemption = z.strictObject({
    points,
    amount: points,
    minimumPoints: points.optional(),
    step: points.optional(),
    maximumShare: z.number().gt(0, "is not above 0").max(1).optional(),
  } satisfies Fields<RedemptionPolicy>);
  const reward = z.strictObject({
    id: text,
    name: z.string().optional(),
    points,
    cash: count.optional(),
    pointType: text.optional(),
    from: civilDay.optional(),
    until: civilDay.optional(),
    tiers: texts.optional(),
  } satisfies Fields<LoyaltyReward>);
  const reversal = z.strictObject({
    into: z.enum(["originalLots", "newLot"]),
    reinstatementWindow: duration.optional(),
  } satisfies Fields<ReversalPolicy>);

  const lasts = { lasts: z.enum(["periodEnd", "nextPeriodEnd"]).optional() };
  const period = z.discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("calendar"),
      unit: z.enum(["month", "quarter", "halfYear", "year"]),
      ...lasts,
    }),
    z.strictObject({ kind: z.literal("anniversary"), ...lasts }),
    z.strictObject({ kind: z.literal("rolling"), length }),
    z.strictObject({ kind: z.literal("ever") }),
  ]) satisfies z.ZodType<TierPeriod>;
  const level = z.strictObject({
    id: text,
    name: z.string().optional(),
    threshold: count,
    multiplier: factor.optional(),
  } satisfies Fields<TierPlan["levels"][number]>);
  const tiers = z.strictObject({
    levels: z.array(level).min(1),
    measure: z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("points"), pointType: text }),
      z.strictObject({ kind: z.literal("balance"), pointType: text }),
      z.strictObject({ kind: z.literal("spend") }),
      z.strictObject({ kind: z.literal("visits") }),
      z.strictObject({ kind: z.literal("orders") }),
    ]),
    period,
    downgrade: z.enum(["oneDown", "byBalance", "none", "atOnce"]),
    grace: duration.optional(),
    levelOfOrder: z.enum(["start", "split", "after"]).optional(),
  } satisfies Fields<TierPlan>);

  return z
    .strictObject({
      version: z.literal(1, "is not 1, the only version that this release knows").default(1),
      id: text,
      name: z.string().optional(),
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/, 'is not an ISO 4217 code, three capital letters such as "IDR"'),
      timeZone: text.default("UTC"),
      pointTypes: z.array(pointType).min(1),
      earnRules: z.array(earnRule).default([]),
      earnOn: z.enum(["gross", "netOfRedemption"]).default("gross"),
      roundingPer: z.enum(["order", "line"]).default("order"),
      rounding: z.enum(roundingModes).default("floor"),
      burnOrder: z.enum(["soonestExpiry", "oldest"]).default("soonestExpiry"),
      redemption: redemption.optional(),
      rewards: z.array(reward).default([]),
      returnPolicy: z.enum(["onlyPending", "withinBalance", "unlimited"]).default("withinBalance"),
      reversal: reversal.default({ into: "originalLots" }),
      lateEarns: z.enum(["frozen", "rederived"]).default("frozen"),
      holdTimeout: length.optional(),
      tiers: tiers.optional(),
      household: z.strictObject({ maximumMembers: points, redeem: z.enum(["owner", "anyone"]) }).optional(),
    } satisfies Fields<LoyaltyProgram>)
    .superRefine((program, context) => {
      for (const { path, reason } of programProblems(program)) {
        context.addIssue({ code: "custom", path: [...path], message: reason });
      }
    });
})();

/** A schema for each field of an interface: none forgotten, none besides. */
type Fields<T> = { readonly [Field in keyof T]-?: z.ZodType<T[Field]> };
