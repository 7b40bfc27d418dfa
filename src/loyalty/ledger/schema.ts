import * as z from "zod";
import { type Instant, instantOrNaN, isInstantMs } from "../../core/instant.js";
import { civilDaySchema } from "../../model/civil-day-schema.js";
import type { LoyaltyCommand } from "./loyalty-command.js";
import type { LoyaltyEvent } from "./loyalty-event.js";
import { isBalanced, refuseMisfit, refuseRepeated } from "./schema-checks.js";

/**
 * Is this a command to a loyalty account?
 *
 * Instants are kept as they are given, since a civil day is one of the programme's zone. {@link parseLoyaltyCommand} tells in
 * words what is wrong.
 *
 * @example
 * ```ts
 * import { loyaltyCommandSchema } from "clientele";
 *
 * const command = { type: "redeem", key: "K-1", at: "2025-03-01", redemptionId: "R-1", points: 100 };
 * loyaltyCommandSchema.safeParse(command).success; // => true
 * loyaltyCommandSchema.safeParse({ ...command, points: 99.9 }).success; // => false
 * ```
 */
export const loyaltyCommandSchema: z.ZodType<LoyaltyCommand, LoyaltyCommand> = /* @__PURE__ */ (() => {
  const { text, whole, count, points } = parts();
  const form =
    'is no instant: pass a Date, epoch milliseconds, ISO 8601 with an offset or a day "YYYY-MM-DD"';
  const instant = z.custom<Instant>((value) => !Number.isNaN(instantOrNaN(value, "UTC")), form);
  const pointType = text.optional();
  const spend = { pointType, orderAmount: count.optional(), orderId: text.optional() };
  const command = <const Type extends LoyaltyCommand["type"], Shape extends FieldsOf<LoyaltyCommand, Type>>(
    type: Type,
    shape: Shape,
  ) =>
    z.strictObject({
      type: z.literal(type),
      key: text,
      at: instant,
      recordedAt: instant.optional(),
      ...shape,
    });

  const orderLine = z.strictObject({
    lineId: text,
    productId: text.optional(),
    category: text.optional(),
    quantity: points.optional(),
    amount: count,
  });
  const earn = command("earn", {
    orderId: text,
    lines: z.array(orderLine).optional(),
    paidWithPoints: count.optional(),
    channel: text.optional(),
    segmentIds: z.array(text).optional(),
    visit: z.boolean().optional(),
    event: text.optional(),
    memberId: text.optional(),
  }).superRefine(({ lines = [], paidWithPoints = 0 }, context) => {
    refuseRepeated(lines, context);
    if (paidWithPoints > lines.reduce((sum, { amount }) => sum + amount, 0)) {
      const message = "is more than the lines come to: pass what was paid of these lines with points";
      context.addIssue({ code: "custom", path: ["paidWithPoints"], message });
    }
  });
  const adjust = command("adjust", {
    pointType,
    points: whole.refine((value) => value !== 0, "is 0, which changes nothing"),
    reason: text,
    actor: text,
    activeAt: instant.optional(),
    expiresAt: instant.nullable().optional(),
  });
  const redeem = command("redeem", {
    ...spend,
    redemptionId: text,
    points: points.optional(),
    rewardId: text.optional(),
    memberId: text.optional(),
  }).refine((given) => (given.points === undefined) !== (given.rewardId === undefined), {
    path: ["points"],
    message: "must be given, or rewardId, and not both",
  });
  const clawBack = command("clawBack", {
    orderId: text,
    lines: z
      .array(z.strictObject({ lineId: text, quantity: points }))
      .min(1)
      .optional(),
    amount: points.optional(),
  }).superRefine(({ lines, amount }, context) => {
    refuseRepeated(lines ?? [], context);
    if (lines === undefined || amount === undefined) return;
    context.addIssue({
      code: "custom",
      path: ["amount"],
      message: "cannot stand beside lines: pass one of them",
    });
  });

  return z.discriminatedUnion("type", [
    command("enroll", { memberId: text, birthday: civilDaySchema.optional() }),
    earn,
    adjust,
    command("authorize", { ...spend, holdId: text, points, until: instant.optional() }),
    command("capture", { holdId: text, points: points.optional() }),
    command("void", { holdId: text }),
    redeem,
    command("reverseRedemption", { redemptionId: text, points: points.optional() }),
    clawBack,
    command("transferOut", { transferId: text, to: text, pointType, points: points.optional() }),
    command("transferIn", {
      transferId: text,
      from: text,
      lots: z.array(z.strictObject(lotFields())).min(1),
      tier: text.nullable().optional(),
    }),
    command("expire", {}),
    command("setTier", { tier: text.nullable(), until: instant.optional(), reason: text, actor: text }),
    command("addMember", { memberId: text }),
    command("removeMember", { memberId: text }),
    command("close", { reason: text, actor: text }),
  ]);
})();

/**
 * Is this an event of a loyalty account?
 *
 * Plain JSON of version 1; another version is refused, and so are postings that do not come to zero or to what the event says.
 * {@link parseLoyaltyEvents} tells in words what is wrong, row by row.
 *
 * @example
 * ```ts
 * import { loyaltyEventSchema } from "clientele";
 *
 * loyaltyEventSchema.safeParse({ version: 2, type: "closed" }).success; // => false
 * ```
 */
export const loyaltyEventSchema: z.ZodType<LoyaltyEvent, LoyaltyEvent> = /* @__PURE__ */ (() => {
  const { text, whole, count, points, instant } = parts();
  // biome-ignore format: one line reads as the list that it is
  const accounts = [
    "issued", "pending", "available", "held", "redeemed", "expired", "clawedBack", "transferred", "adjusted", "arrears",
  ] as const;
  const nonZero = whole.refine((value) => value !== 0, "is 0, which is no movement");
  const posting = z.strictObject({ account: z.enum(accounts), pointType: text, points: nonZero });
  const allocations = z.array(z.strictObject({ lot: count, points }));
  const changes = z.array(z.strictObject({ lot: count, points: nonZero }));
  const byType = z.record(z.string(), whole);
  const lots = z.array(
    z.strictObject({
      lot: count,
      ...lotFields(),
      sliding: z.literal(true).optional(),
      rules: z.array(z.strictObject({ ruleId: text, points: whole })).optional(),
    }),
  );
  const transferredLots = z.array(z.strictObject(lotFields()));
  const qualifying = z.strictObject({
    points: byType,
    spend: whole,
    visits: whole,
    orders: whole,
    day: whole,
  });
  const standing = z.strictObject({
    tier: text.nullable(),
    earned: text.nullable(),
    since: instant,
    until: instant.nullable(),
    floor: z.strictObject({ tier: text, until: instant.nullable() }).nullable(),
  });
  const event = <const Type extends LoyaltyEvent["type"], Shape extends FieldsOf<LoyaltyEvent, Type>>(
    type: Type,
    shape: Shape,
  ) =>
    z.strictObject({
      version: z.literal(1, "is a version that this release does not know: it reads version 1"),
      type: z.literal(type),
      accountId: text,
      seq: points,
      at: instant,
      recordedAt: instant,
      key: text.nullable(),
      fingerprint: text.nullable(),
      postings: z.array(posting).refine(isBalanced, "do not come to zero for each type of point"),
      slides: z.array(z.strictObject({ pointType: text, expiresAt: instant })).optional(),
      ...shape,
    });

  const hold = { holdId: text, pointType: text, points: count };
  const paid = { orderId: text.nullable(), amount: count.nullable() };
  const money = { amount: count.nullable(), cash: count };
  const came = { lots, repaid: allocations };
  const rate = z.strictObject({ points, amount: points }).nullable();
  const audit = { reason: text, actor: text };
  const lines = z.array(z.strictObject({ lineId: text, quantity: points }));
  const spent = { pointType: text, points };
  const reversed = { restored: allocations, lapsed: allocations, moved: allocations };
  const released = { released: allocations, lapsed: allocations };
  const earnedLine = z.strictObject({ lineId: text, quantity: points, amount: count, points: byType });
  const debit = z.strictObject({ debitId: text, allocations: changes });
  const counter = z.strictObject({ ruleId: text, period: text, points });
  const returned = { lines: byType, amount: count.nullable(), due: byType, whole: z.boolean() };
  const mergedOrder = {
    ...{ orderId: text, at: instant, day: whole, firstLot: count, lotCount: count },
    ...{ lines: z.array(earnedLine), earned: byType, lapsed: byType },
    returned: z.strictObject(returned).nullable(),
  };
  const merged = z.strictObject({
    orders: z.array(z.strictObject(mergedOrder)),
    debits: z.array(z.strictObject({ debitId: text, accountId: text })),
    counted: z.array(counter),
    paid: z.array(z.strictObject({ orderId: text, amount: points })),
    purchases: count,
  });
  const forms = z.discriminatedUnion("type", [
    event("enrolled", {
      programId: text,
      memberId: text,
      birthday: civilDaySchema.nullable(),
      standing: standing.nullable(),
    }),
    event("earned", {
      orderId: text,
      memberId: text,
      channel: text.nullable(),
      segmentIds: z.array(text),
      tier: text.nullable(),
      lines: z.array(earnedLine),
      lots,
      counted: z.array(counter),
      repaid: allocations,
      qualifying,
    }),
    event("activated", { lots: allocations, repaid: allocations }),
    event("expired", { lots: allocations }),
    event("adjusted", { pointType: text, points: nonZero, ...audit, lots, allocations, repaid: allocations }),
    event("authorized", { ...hold, ...paid, rate, allocations, until: instant.nullable() }),
    event("captured", { ...hold, ...paid, allocations, ...released, repaid: allocations.optional() }),
    event("voided", { ...hold, reason: z.enum(["void", "timeout"]), ...released, repaid: allocations }),
    event("redeemed", {
      redemptionId: text,
      memberId: text,
      ...spent,
      allocations,
      rewardId: text.nullable(),
      ...paid,
      cash: count,
    }),
    event("redemptionReversed", { redemptionId: text, ...spent, ...reversed, ...came, ...money }),
    event("clawedBack", {
      orderId: text,
      lines,
      amount: count.nullable(),
      due: byType,
      allocations,
      arrears: byType,
      unrecovered: byType,
      qualifying,
    }),
    event("transferredOut", { transferId: text, to: text, allocations, lots: transferredLots }),
    event("transferredIn", { transferId: text, from: text, ...came, merged: merged.optional() }),
    event("tierChanged", {
      from: text.nullable(),
      standing,
      cause: z.enum(["upgrade", "downgrade", "renewal", "manual", "merge"]),
      reason: text.nullable(),
      actor: text.nullable(),
    }),
    event("reallocated", { debits: z.array(debit), changes }),
    event("membersChanged", { memberIds: z.array(text) }),
    event("closed", { ...audit, lots: allocations, into: text.optional() }),
  ]);
  return forms.superRefine(refuseMisfit);
})();

/** A schema for each field of one form that not all forms have: the compiler finds the one that was forgotten. */
type FieldsOf<Union extends { readonly type: string }, Type extends string> = {
  readonly [Field in Exclude<keyof Extract<Union, { type: Type }>, keyof Union>]-?: z.ZodType;
};

/** What commands and events are made of. */
function parts() {
  const whole = z.number().int("is not a whole number");
  return {
    text: z.string().min(1, "is empty"),
    whole,
    count: whole.min(0),
    points: whole.min(1),
    instant: z.number().refine(isInstantMs, "is not whole epoch milliseconds of the years 0001 to 9999"),
  };
}

function lotFields() {
  const { text, points, instant } = parts();
  const dates = { earnedAt: instant, activeAt: instant, expiresAt: instant.nullable() };
  return { pointType: text, points, ...dates };
}
