import { describe, expect, test } from "vitest";
import { foldLoyalty } from "../../../src/loyalty/ledger/evolve-loyalty.js";
import { lotOf, openShop, programOf, type Shop, type ShopCommand } from "../ledger/shop.js";

// Every command there is, by name: what it books, who and why, and what it answers when it comes again.

const by = { reason: "asked for it", actor: "desk" };
const lines = [{ lineId: "1", quantity: 2, amount: 40 }];
const levels = [
  { id: "basic", threshold: 0 },
  { id: "gold", threshold: 1_000 },
];

/** An account with something of each kind: an order, a redemption, a hold, a member, 160 points at hand. */
function prepared(): Shop {
  const shop = openShop(
    programOf({
      returnPolicy: "unlimited",
      household: { maximumMembers: 3, redeem: "anyone" },
      tiers: { levels, measure: { kind: "spend" }, period: { kind: "ever" }, downgrade: "none" },
    }),
  );
  shop.grant(lotOf(200, "2025-01-01", "2025-06-01"));
  shop.grant({ type: "earn", at: "2025-01-02", orderId: "O", lines });
  shop.grant({ type: "redeem", at: "2025-01-03", redemptionId: "R", points: 50 });
  shop.grant({ type: "authorize", at: "2025-01-04", holdId: "H", points: 30 });
  shop.grant({ type: "addMember", at: "2025-01-05", memberId: "child" });
  return shop;
}

const lots = [{ pointType: "points", points: 5, earnedAt: 0, activeAt: 0, expiresAt: null }];
/** Each command with the same but for one field, and what it does to the 160 points at hand. */
const commands: Record<string, readonly [object, object, number]> = {
  earn: [{ orderId: "O-2", lines }, { lines: [{ ...lines[0], amount: 41 }] }, 40],
  adjust: [{ points: -7, ...by }, { actor: "somebody else" }, -7],
  authorize: [{ holdId: "H-2", points: 12 }, { points: 13 }, -12],
  capture: [{ holdId: "H", points: 10 }, { points: 11 }, 20],
  void: [{ holdId: "H" }, { holdId: "H-2" }, 30],
  redeem: [{ redemptionId: "R-2", points: 9 }, { points: 10 }, -9],
  reverseRedemption: [{ redemptionId: "R", points: 20 }, { points: 21 }, 20],
  clawBack: [{ orderId: "O", lines: [{ lineId: "1", quantity: 1 }] }, { lines: undefined }, -20],
  transferOut: [{ transferId: "T", to: "B", points: 15 }, { to: "C" }, -15],
  transferIn: [{ transferId: "T", from: "B", lots }, { from: "C" }, 5],
  setTier: [{ tier: "gold", ...by }, { tier: "basic" }, 0],
  addMember: [{ memberId: "aunt" }, { memberId: "uncle" }, 0],
  removeMember: [{ memberId: "child" }, { memberId: "aunt" }, 0],
};
const at = "2025-02-01";
const commandOf = (type: string, fields: object) => ({ type, key: "K", at, ...fields }) as ShopCommand;

describe.each(Object.entries(commands))("%s", (type, [fields, other, change]) => {
  test("books its points, once; sent again, later, it gives the first answer and no event", () => {
    const shop = prepared();
    expect(shop.at(at)).toBe(160);
    const first = shop.grant(commandOf(type, fields));
    expect(first).toMatchObject({ repeated: false });
    expect(shop.at(at)).toBe(160 + change);
    const { account } = shop;
    const again = shop.grant(commandOf(type, { ...fields, recordedAt: "2025-03-01" }));
    expect(again).toEqual({ ...first, events: [], repeated: true, account });
    // Answered from the account that the events alone give, too.
    shop.account = foldLoyalty(shop.events);
    expect(shop.grant(commandOf(type, fields))).toMatchObject({ repeated: true, outcome: first.outcome });
  });
  test("its key with another payload, or with another command, is a conflict", () => {
    const shop = prepared();
    shop.grant(commandOf(type, fields));
    expect(shop.refusal(commandOf(type, { ...fields, ...other })).code).toBe("idempotency_conflict");
    expect(shop.refusal(commandOf(type, { ...fields, at: "2025-02-02" })).code).toBe("idempotency_conflict");
    const enroll = { type: "enroll", key: "K", at, memberId: "M" } as const;
    expect(shop.refusal(enroll).code).toBe("idempotency_conflict");
  });
});

test("enrol and close, the first and the last", () => {
  const shop = openShop(programOf());
  const enroll = { type: "enroll", key: "A-0", at: "2020-01-01", memberId: "member of A" } as const;
  expect(shop.grant(enroll)).toMatchObject({ repeated: true, events: [], outcome: { type: "enrolled" } });
  expect(shop.refusal({ ...enroll, memberId: "somebody else" }).code).toBe("idempotency_conflict");
  const close = { type: "close", key: "C", at, ...by } as const;
  const first = shop.grant(close);
  expect(shop.grant(close)).toEqual({ ...first, events: [], repeated: true });
  expect(shop.refusal({ ...close, reason: "another" }).code).toBe("idempotency_conflict");
});

test("who and why stand in the events of what was done by hand", () => {
  const shop = prepared();
  for (const type of ["adjust", "setTier"]) {
    shop.grant({ ...commandOf(type, commands[type]?.[0] ?? {}), key: type } as ShopCommand);
    expect(shop.events.at(-1)).toMatchObject(by);
  }
});

test("expire books what an as-of query says already, and nothing when it runs again", () => {
  const [idle, busy] = [prepared(), prepared()];
  const asOf = "2025-07-01";
  const due = busy.grant({ type: "expire", at: asOf }).events;
  // The opening balance of 200, of which 50 were spent and 30 are held: the 120 that are left lapse on 1 June.
  expect(due.map((event) => [event.type, event.at])).toEqual([["expired", Date.UTC(2025, 5, 1)]]);
  expect(busy.grant({ type: "expire", at: asOf }).events).toEqual([]);
  for (const name of ["available", "held", "expired", "redeemed"] as const) {
    expect(busy.at(asOf, name)).toBe(idle.at(asOf, name));
  }
  expect([idle.at(asOf), idle.at(asOf, "expired")]).toEqual([40, 120]);
});

describe("expire", () => {
  const expire = { type: "expire", key: "K", at: "2025-07-01" } as const;

  test("that books something keeps its key: sent again, later, it gives the first answer and no event", () => {
    const shop = prepared();
    const first = shop.grant(expire);
    expect(first).toMatchObject({ repeated: false, outcome: { type: "settled", points: {}, amount: null } });
    expect(first.events.at(-1)).toMatchObject({ key: "K", fingerprint: expect.any(String) });
    shop.grant({ type: "earn", at: "2025-07-02", orderId: "O-2", lines });
    const { account } = shop;
    const again = shop.grant({ ...expire, recordedAt: "2025-08-01" });
    expect(again).toEqual({ events: [], outcome: first.outcome, repeated: true, account });
    shop.account = foldLoyalty(shop.events);
    expect(shop.grant(expire)).toMatchObject({ repeated: true, outcome: first.outcome });
  });
  test("of what came due at several instants the last event has the key, whatever it is", () => {
    const shop = prepared();
    shop.grant({ type: "authorize", at: "2025-02-01", holdId: "H-2", points: 5, until: "2025-06-20" });
    shop.grant({ type: "setTier", at: "2025-02-01", tier: "gold", until: "2025-06-30", ...by });
    const { events, outcome } = shop.grant(expire);
    expect(events.map(({ type, key }) => [type, key])).toEqual([
      ["expired", null],
      ["voided", null],
      ["tierChanged", "K"],
    ]);
    expect(outcome).toMatchObject({ type: "settled", seq: events.at(-1)?.seq });
    const pending = prepared();
    pending.grant(lotOf(9, "2025-02-01", null, "2025-03-01"));
    const active = pending.grant({ ...expire, at: "2025-03-01" });
    expect(active).toMatchObject({ events: [{ type: "activated", key: "K" }], outcome: { type: "settled" } });
    expect(pending.grant({ ...expire, at: "2025-03-01" })).toMatchObject({ repeated: true });
    const held = prepared();
    held.grant({ type: "authorize", at: "2025-02-01", holdId: "H-2", points: 5, until: "2025-03-01" });
    const ended = held.grant({ ...expire, at: "2025-03-01" });
    expect(ended).toMatchObject({ events: [{ type: "voided" }], outcome: { type: "settled", points: {} } });
  });
  test("its key with another instant, or with another command, is a conflict", () => {
    const shop = prepared();
    shop.grant(expire);
    expect(shop.refusal({ ...expire, at: "2025-08-01" }).code).toBe("idempotency_conflict");
    const adjust = { type: "adjust", key: "K", at: "2025-07-02", points: 5, ...by } as const;
    expect(shop.refusal(adjust)).toMatchObject({ code: "idempotency_conflict", id: "K" });
  });
  test("that finds nothing due leaves no trace: its key stays free", () => {
    const shop = prepared();
    const { account } = shop;
    const nothing = shop.grant({ ...expire, at: "2025-02-01" });
    expect(nothing).toMatchObject({ events: [], repeated: false, outcome: { type: "settled" } });
    expect(nothing.account).toBe(account);
    expect(shop.grant({ type: "adjust", key: "K", at: "2025-02-02", points: 5, ...by })).toMatchObject({
      repeated: false,
    });
    expect(shop.refusal(expire).code).toBe("idempotency_conflict");
  });
});

test("a refusal keeps nothing: its key stays free, for the same command and for another", () => {
  const shop = prepared();
  const much = { type: "redeem", key: "K", at: "2025-02-01", redemptionId: "R-2", points: 500 } as const;
  expect(shop.refusal(much).code).toBe("insufficient_points");
  shop.grant(lotOf(400, "2025-02-02"));
  const later = { ...much, at: "2025-02-02" };
  expect(shop.grant(later)).toMatchObject({ repeated: false, outcome: { points: { points: 500 } } });
  expect(shop.refusal(much).code).toBe("idempotency_conflict");
});
