import type { Result } from "../../core/result.js";
import { slidingExpiry } from "../earning/point-expiry.js";
import type { LoyaltyProgram } from "../program/loyalty-program.js";
import type { LoyaltyEventBase } from "./event-parts.js";
import type { LoyaltyAccount } from "./loyalty-account.js";
import type { LoyaltyEvent, OpenedLot } from "./loyalty-event.js";
import { type LoyaltyRefusal, stateRefusal } from "./loyalty-refusal.js";

/** What a command is decided in: the programme, and the account with everything booked that came due. @internal */
export interface DecisionContext {
  readonly program: LoyaltyProgram;
  readonly account: LoyaltyAccount;
  /** When it happened, epoch milliseconds. */
  readonly at: number;
  /** When it is booked, epoch milliseconds. */
  readonly recordedAt: number;
}

type WithoutHeader<E> = E extends LoyaltyEvent
  ? Omit<E, Exclude<keyof LoyaltyEventBase, "postings" | "slides">>
  : never;

/** An event without what all events have. @internal */
export type LoyaltyEventBody = WithoutHeader<LoyaltyEvent>;

/** What a command comes to. @internal */
export type Decided = Result<LoyaltyEventBody, LoyaltyRefusal>;

/** An event of its own: its place, time and key before its body. @internal */
export function eventOf(
  account: LoyaltyAccount,
  body: LoyaltyEventBody,
  header: Pick<LoyaltyEventBase, "at" | "recordedAt" | "key" | "fingerprint">,
): LoyaltyEvent {
  const { accountId } = account;
  const { at, recordedAt, key, fingerprint } = header;
  const seq = account.seq + 1;
  // Earned events are the most: field by field takes a tenth of the time of a spread (0.01 microseconds, not 0.17).
  if (body.type === "earned" && body.slides === undefined) {
    return {
      version: 1,
      accountId,
      seq,
      at,
      recordedAt,
      key,
      fingerprint,
      type: body.type,
      postings: body.postings,
      orderId: body.orderId,
      memberId: body.memberId,
      channel: body.channel,
      segmentIds: body.segmentIds,
      tier: body.tier,
      lines: body.lines,
      lots: body.lots,
      counted: body.counted,
      repaid: body.repaid,
      qualifying: body.qualifying,
    };
  }
  return { version: 1, accountId, seq, at, recordedAt, key, fingerprint, ...body };
}

/** The type that is asked for, or the first spendable one. @internal */
export function pointTypeOf(
  program: LoyaltyProgram,
  asked: string | undefined,
): Result<string, LoyaltyRefusal> {
  const found = program.pointTypes.find(({ id, kind }) =>
    asked === undefined ? kind === "spendable" : id === asked,
  );
  if (found === undefined) {
    const message =
      asked === undefined
        ? `program "${program.id}" has no spendable points, which are meant where no pointType is named`
        : `program "${program.id}" has no points of type "${asked}"`;
    return { ok: false, error: { code: "unknown_point_type", message } };
  }
  return { ok: true, value: found.id };
}

/** The member who acts, if the account is theirs; the owner where nobody is named. @internal */
export function actingMember(
  account: LoyaltyAccount,
  asked: string | undefined,
): Result<string, LoyaltyRefusal> {
  const owner = account.memberId ?? "";
  if (asked === undefined || asked === owner || account.memberIds.includes(asked)) {
    return { ok: true, value: asked ?? owner };
  }
  return stateRefusal("not_a_member", asked, `"${asked}" is no member of account "${account.accountId}"`);
}

/**
 * The lapse of a type's sliding points after activity: never earlier than it is now. Part of an event's body, empty where
 * the type does not slide.
 *
 * @internal
 */
export function slidesOf(
  context: DecisionContext,
  pointTypes: Iterable<string>,
): { readonly slides?: LoyaltyEventBase["slides"] } {
  if (!slidesAtAll(context.program)) return NO_SLIDES;
  const slides: { pointType: string; expiresAt: number }[] = [];
  for (const pointType of new Set(pointTypes)) {
    const expiresAt = slidingExpiry(context.program, pointType, context.at);
    if (expiresAt === null) continue;
    const now = slidesTo(context.account, pointType) ?? expiresAt;
    slides.push({ pointType, expiresAt: Math.max(now, expiresAt) });
  }
  return slides.length === 0 ? {} : { slides };
}

const NO_SLIDES = {};

function slidesAtAll({ pointTypes }: LoyaltyProgram): boolean {
  // By index: over a frozen list, as a programme has them, `for-of` takes three times as long.
  for (let i = 0; i < pointTypes.length; i++) if (pointTypes[i].expiry?.kind === "afterActivity") return true;
  return false;
}

/**
 * A sliding lot that arrives after a time without activity had ended its kind has a lapse of its own: the one it would have
 * had then.
 *
 * @internal
 */
export function withPassedLapse(context: DecisionContext, lot: OpenedLot): OpenedLot {
  if (lot.sliding !== true || !Object.hasOwn(context.account.points, lot.pointType)) return lot;
  const { slidesTo: now, slideLapses } = context.account.points[lot.pointType];
  const lapses = now !== null && now <= context.recordedAt ? [...slideLapses, now] : slideLapses;
  const passed = lapses.find((instant) => instant > lot.activeAt);
  if (passed === undefined) return lot;
  const own = slidingExpiry(context.program, lot.pointType, lot.earnedAt) ?? passed;
  const { sliding: _, ...fixed } = lot;
  return { ...fixed, expiresAt: Math.max(passed, own) };
}

/** When the sliding points of a type lapse; `null` where none have slid. @internal */
export function slidesTo(account: LoyaltyAccount, pointType: string): number | null {
  return Object.hasOwn(account.points, pointType) ? account.points[pointType].slidesTo : null;
}
