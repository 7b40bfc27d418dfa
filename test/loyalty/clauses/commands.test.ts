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
  expect(due.map((event) => [event.type, event.at, event.key])).toEqual([
    ["expired", Date.UTC(2025, 5, 1), null],
  ]);
  expect(busy.grant({ type: "expire", at: asOf }).events).toEqual([]);
  for (const name of ["available", "held", "expired", "redeemed"] as const) {
    expect(busy.at(asOf, name)).toBe(idle.at(asOf, name));
  }
  expect([idle.at(asOf), idle.at(asOf, "expired")]).toEqual([40, 120]);
});
