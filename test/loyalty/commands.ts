import fc from "fast-check";
import type { LoyaltyCommand } from "../../src/loyalty/ledger/loyalty-command.js";
import { defineProgram } from "../../src/loyalty/parse-loyalty.js";
import type { PointExpiry } from "../../src/loyalty/program/expiry-rule.js";
import type { LoyaltyProgram } from "../../src/loyalty/program/loyalty-program.js";
import { DAY, type Rules } from "./model-lots.js";

/** The day on which all histories begin. */
export const START = Date.UTC(2025, 0, 1);

/** The programme that a model's rules describe. */
export function programFor(rules: Rules): LoyaltyProgram {
  const { expiry, pendingDays, holdDays, windowDays, household } = rules;
  const lapse: PointExpiry | undefined =
    expiry === "never"
      ? undefined
      : expiry === "month"
        ? { kind: "periodEnd", period: "month" }
        : "days" in expiry
          ? { kind: "afterEarn", after: { days: expiry.days } }
          : { kind: "afterActivity", after: { days: expiry.idleDays } };
  return defineProgram({
    version: 1,
    id: "club",
    currency: "EUR",
    timeZone: "UTC",
    pointTypes: [
      {
        id: "points",
        kind: "spendable",
        ...(pendingDays === 0 ? {} : { pendingFor: { days: pendingDays } }),
        ...(lapse === undefined ? {} : { expiry: lapse }),
      },
      { id: "q", kind: "qualifying" },
    ],
    earnRules: [
      { id: "base", award: { per: "amount", points: 1, amount: 10 } },
      {
        id: "promo",
        award: { per: "unit", points: 7 },
        when: { products: ["promo"] },
        expiry: { kind: "fixedDate", on: "2025-02-20" },
      },
      { id: "units", pointType: "q", award: { per: "unit", points: 1 } },
    ],
    rewards: [
      { id: "mug", points: 17 },
      { id: "scarf", points: 9, from: "2025-01-10", until: "2025-02-01" },
    ],
    ...(household === null ? {} : { household: { maximumMembers: 3, redeem: household } }),
    ...(rules.share === null ? {} : { redemption: { points: 3, amount: 10, maximumShare: rules.share } }),
    burnOrder: rules.burnOrder,
    returnPolicy: rules.returnPolicy,
    reversal:
      rules.reversal === "newLot"
        ? { into: "newLot" }
        : {
            into: "originalLots",
            ...(windowDays === null ? {} : { reinstatementWindow: { days: windowDays } }),
          },
    lateEarns: rules.lateEarns,
    ...(holdDays === null ? {} : { holdTimeout: { days: holdDays } }),
    ...(rules.tiers
      ? {
          tiers: {
            levels: [
              { id: "basic", threshold: 0 },
              { id: "gold", threshold: 12 },
            ],
            measure: { kind: "points", pointType: "q" },
            period: { kind: "rolling", length: { days: 20 } },
            downgrade: "byBalance",
            levelOfOrder: "start",
          },
        }
      : {}),
  });
}

/** Anything that a model's programme can say. */
export const anyRules: fc.Arbitrary<Rules> = fc.record({
  pendingDays: fc.constantFrom(0, 0, 5, 14),
  expiry: fc.constantFrom<Rules["expiry"]>("never", "month", { days: 20 }, { idleDays: 12 }),
  burnOrder: fc.constantFrom("soonestExpiry", "oldest"),
  returnPolicy: fc.constantFrom("onlyPending", "withinBalance", "unlimited", "unlimited"),
  reversal: fc.constantFrom("newLot", "originalLots", "originalLots"),
  windowDays: fc.constantFrom(null, 9),
  lateEarns: fc.constantFrom("frozen", "rederived"),
  holdDays: fc.constantFrom(null, 6),
  tiers: fc.boolean(),
  household: fc.constantFrom(null, "owner", "anyone"),
  share: fc.constantFrom<Rules["share"]>(null, 0.5, 1),
});

/** One thing that somebody does; numbers are folded into what there is. */
export interface Move {
  readonly kind: number;
  readonly account: 0 | 1;
  /** Which of the ids so far, or how much. */
  readonly which: number;
  readonly points: number;
  readonly choice: number;
  /** Half days since the move before. */
  readonly wait: number;
  /** Days that it arrives late. */
  readonly late: number;
}

/** The kinds of move with their shares; the last two are for the end of a history. */
const KINDS = (
  [
    ["earn", 4],
    ["redeem", 3],
    ["reverse", 1],
    ["authorize", 2],
    ["capture", 1],
    ["void", 1],
    ["clawBack", 3],
    ["adjust", 2],
    ["transfer", 2],
    ["again", 1],
    ["conflict", 1],
    ["expire", 1],
    ["setTier", 1],
    ["enroll", 1],
    ["addMember", 1],
    ["removeMember", 1],
    ["merge", 1],
    ["close", 1],
  ] as const
).flatMap(([kind, share]) => Array.from({ length: share }, () => kind));

const anyMove: fc.Arbitrary<Move> = fc.record({
  kind: fc.nat(KINDS.length - 3),
  account: fc.constantFrom(0, 0, 0, 1),
  which: fc.nat(99),
  points: fc.integer({ min: 1, max: 60 }),
  choice: fc.nat(99),
  wait: fc.nat(4),
  late: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(20) }),
});

/** Histories; some end with the closing of an account, or its merge with the other, and what comes after it. */
export const anyMoves: fc.Arbitrary<readonly Move[]> = fc
  .tuple(
    fc.array(anyMove, { minLength: 1, maxLength: 60, size: "max" }),
    fc.constantFrom(null, null, KINDS.length - 1, KINDS.length - 2),
    fc.array(anyMove, { maxLength: 16 }),
  )
  .map(([moves, end, rest]) => (end === null ? moves : [...moves, { ...moves[0], kind: end }, ...rest]));

/** Moves from a stream of random numbers, for the long simulation; about one in a thousand closes an account. */
export function drawMove(draw: () => number): Move {
  const whole = (below: number) => Math.floor(draw() * below);
  const chance = whole(2000);
  return {
    kind: chance < 2 ? KINDS.length - 1 - chance : whole(KINDS.length - 2),
    account: whole(4) === 0 ? 1 : 0,
    which: whole(100),
    points: 1 + whole(60),
    choice: whole(100),
    wait: whole(5),
    late: whole(4) === 0 ? whole(21) : 0,
  };
}

/** Ids that an account has seen, and what it was sent. */
export interface Seen {
  readonly orders: string[];
  readonly spent: string[];
  readonly sent: LoyaltyCommand[];
}

/** The command that a move is. */
export function commandOf(move: Move, step: number, now: number, seen: Seen, other: string): LoyaltyCommand {
  const { which, points, choice, late } = move;
  const base = { key: `k${step}`, at: now - late * DAY, recordedAt: now };
  const who = points % 8 === 0 ? { memberId: PEOPLE[which % PEOPLE.length] } : {};
  // One of a few orders, whose amount whoever pays says.
  const paid = { orderId: PAID[which % PAID.length], orderAmount: 40 * (1 + (choice % 11)) };
  const one = (ids: readonly string[]) => (ids.length === 0 ? "none" : ids[which % ids.length]);
  switch (KINDS[move.kind]) {
    case "earn": {
      const orderId = choice === 0 ? one(seen.orders) : `o${step}`;
      seen.orders.push(orderId);
      const promo = choice % 4 === 1 ? { productId: "promo" } : {};
      const quantity = 1 + (choice % 3);
      const lines = [{ lineId: "a", quantity, amount: 10 * points, ...promo }];
      if (choice % 2 === 0) lines.push({ lineId: "b", quantity: 2, amount: 10 * (which % 30) });
      return { ...base, type: "earn", orderId, lines, ...who };
    }
    case "redeem": {
      const redemptionId = choice === 0 ? one(seen.spent) : `r${step}`;
      seen.spent.push(redemptionId);
      const type = choice === 1 ? { pointType: "q" } : {};
      const reward =
        choice % 5 === 2
          ? { rewardId: choice === 2 ? "boat" : choice % 2 === 0 ? "mug" : "scarf" }
          : { points };
      return { ...base, type: "redeem", redemptionId, ...reward, ...type, ...who, ...paid };
    }
    case "reverse": {
      const part = choice % 2 === 0 ? {} : { points: 1 + (choice % 20) };
      return { ...base, type: "reverseRedemption", redemptionId: one(seen.spent), ...part };
    }
    case "authorize": {
      const holdId = choice === 0 ? one(seen.spent) : `h${step}`;
      seen.spent.push(holdId);
      const until = choice % 5 === 1 ? { until: now - late * DAY + 3 * DAY } : {};
      return { ...base, type: "authorize", holdId, points, ...until, ...paid };
    }
    case "capture": {
      const part = choice % 2 === 0 ? {} : { points: 1 + (choice % 40) };
      return {
        ...base,
        type: "capture",
        holdId: one(seen.spent.filter((id) => id.startsWith("h"))),
        ...part,
      };
    }
    case "void":
      return { ...base, type: "void", holdId: one(seen.spent.filter((id) => id.startsWith("h"))) };
    case "clawBack": {
      const quantity = 1 + (choice % 2);
      const lines = [{ lineId: choice % 7 === 0 ? "c" : choice % 2 === 0 ? "a" : "b", quantity }];
      const part = choice % 3 === 0 ? {} : choice % 3 === 1 ? { amount: 7 * points } : { lines };
      return { ...base, type: "clawBack", orderId: one(seen.orders), ...part };
    }
    case "adjust": {
      const by = { reason: "correction", actor: "desk" };
      const type = choice % 9 === 0 ? { pointType: "q" } : {};
      if (choice % 2 === 0) return { ...base, type: "adjust", points: -points, ...by, ...type };
      const dates =
        choice % 3 === 0
          ? { activeAt: base.at + 4 * DAY, expiresAt: base.at + (5 + (which % 20)) * DAY }
          : {};
      return { ...base, type: "adjust", points, ...by, ...dates, ...type };
    }
    case "transfer":
      return { ...base, type: "transferOut", transferId: `t${choice === 0 ? 0 : step}`, to: other, points };
    case "merge":
      return { ...base, type: "transferOut", transferId: `m${step}`, to: other };
    case "addMember":
    case "removeMember":
      return { ...base, type: KINDS[move.kind] as "addMember", memberId: PEOPLE[which % PEOPLE.length] };
    case "again":
      return seen.sent.length === 0 ? { key: "e", at: now, type: "expire" } : repeated(seen, which, now);
    case "conflict": {
      const earlier = seen.sent[which % Math.max(1, seen.sent.length)];
      return { ...base, key: earlier?.key ?? base.key, type: "void", holdId: `never ${step}` };
    }
    case "expire":
      return { key: base.key, type: "expire", at: base.at };
    case "setTier":
      return {
        ...base,
        type: "setTier",
        tier: choice % 2 === 0 ? "gold" : null,
        reason: "gesture",
        actor: "desk",
      };
    case "enroll":
      return { ...base, type: "enroll", memberId: "again" };
    default:
      return { ...base, type: "close", reason: "leaves", actor: "member" };
  }
}

/** Orders that points pay. */
export const PAID = ["x0", "x1", "x2", "x3"];

/** Who may come to share an account: one more than there is room for. */
const PEOPLE = ["aunt", "child", "uncle"];

/** An earlier command, as it was, that arrives now. */
function repeated(seen: Seen, which: number, now: number): LoyaltyCommand {
  const earlier = seen.sent[seen.sent.length - 1 - (which % seen.sent.length)];
  return earlier.type === "expire" ? earlier : { ...earlier, recordedAt: now };
}
