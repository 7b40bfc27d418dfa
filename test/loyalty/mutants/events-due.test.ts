import { describe, expect, test } from "vitest";
import { settleLoyalty } from "../../../src/loyalty/ledger/settle-loyalty.js";
import { mergeAccounts, transferPoints } from "../../../src/loyalty/ledger/transfer-points.js";
import type { LoyaltyProgram } from "../../../src/loyalty/program/loyalty-program.js";
import { lotOf, openShop, programOf } from "../ledger/shop.js";
import { bodyOf, moved, ms } from "./event-body.js";
import { by, earn } from "./refused.js";

// What comes due, levels, and both sides of a transfer: events with all their fields, worked out by hand.

describe("what comes due", () => {
  test("activated, voided by its time, expired", () => {
    const shop = openShop(programOf(), "A", "2025-01-01");
    shop.grant(lotOf(10, "2025-01-01", "2025-01-20", "2025-01-05"));
    shop.grant({ type: "expire", at: "2025-01-05" });
    shop.grant({ type: "authorize", at: "2025-01-06", holdId: "H", points: 4, until: "2025-01-08" });
    const { events, account } = settleLoyalty(shop.program, shop.account, "2025-01-20");
    const activated = shop.events.find(({ type }) => type === "activated");
    // By the command that asked for it; by nobody where reading finds it.
    expect(activated).toMatchObject({ at: ms(5), key: "A-2", fingerprint: expect.any(String) });
    expect(bodyOf(activated)).toStrictEqual({
      type: "activated",
      postings: moved("pending", "available", 10),
      lots: [{ lot: 0, points: 10 }],
      repaid: [],
    });
    expect(events.map(({ at, recordedAt, key, fingerprint }) => [at, recordedAt, key, fingerprint])).toEqual([
      [ms(8), ms(20), null, null],
      [ms(20), ms(20), null, null],
    ]);
    expect(bodyOf(events[0])).toStrictEqual({
      type: "voided",
      postings: moved("held", "available", 4),
      holdId: "H",
      pointType: "points",
      points: 4,
      reason: "timeout",
      released: [{ lot: 0, points: 4 }],
      lapsed: [],
      repaid: [],
    });
    expect(bodyOf(events[1])).toStrictEqual({
      type: "expired",
      postings: moved("available", "expired", 10),
      lots: [{ lot: 0, points: 10 }],
    });
    expect(account.seq).toBe(shop.account.seq + 2);
  });
  test("an expire command answers with nothing but its place, and books to its own instant", () => {
    const shop = openShop(programOf(), "A", "2025-01-01");
    shop.grant(lotOf(10, "2025-01-01", "2025-01-20"));
    const early = shop.grant({ type: "expire", at: "2025-01-19", recordedAt: "2025-01-25" });
    expect(early).toMatchObject({ events: [], repeated: false });
    const late = shop.grant({ type: "expire", at: "2025-01-20", recordedAt: "2025-01-25" });
    expect(late.events).toMatchObject([{ type: "expired", at: ms(20), recordedAt: ms(25), key: "A-3" }]);
    expect(late.outcome).toStrictEqual({ type: "settled", seq: 3, points: {}, amount: null, cash: 0 });
  });
});

describe("levels and members", () => {
  const tiers: LoyaltyProgram["tiers"] = {
    levels: [
      { id: "basic", threshold: 0 },
      { id: "gold", threshold: 100 },
    ],
    measure: { kind: "spend" },
    period: { kind: "calendar", unit: "year" },
    downgrade: "byBalance",
    levelOfOrder: "start",
  };
  const basic = { tier: "basic", since: ms(1), earned: "basic", until: null, floor: null };
  const outcome = (type: string, seq: number) => ({ type, seq, points: {}, amount: null, cash: 0 });

  test("by hand, with a reason and a name; the floor's end gives the level back", () => {
    const shop = openShop(programOf({ tiers }), "A", "2025-01-01");
    expect(bodyOf(shop.events[0])).toMatchObject({ standing: basic });
    const set = { type: "setTier", at: "2025-01-02", tier: "gold", until: "2025-01-09", ...by } as const;
    const { events, outcome: answer } = shop.grant(set);
    const standing = { ...basic, tier: "gold", since: ms(2), floor: { tier: "gold", until: ms(9) } };
    const changed = { type: "tierChanged", postings: {} };
    expect(bodyOf(events[0])).toStrictEqual({ ...changed, from: "basic", standing, cause: "manual", ...by });
    expect(answer).toStrictEqual(outcome("tierChanged", 2));
    const [due] = settleLoyalty(shop.program, shop.account, "2025-01-09").events;
    expect(bodyOf(due)).toStrictEqual({
      ...changed,
      from: "gold",
      standing: { ...basic, since: ms(9) },
      cause: "downgrade",
      reason: null,
      actor: null,
    });
  });
  test("by an order and by its return, which leaves the level to the end of its term", () => {
    const shop = openShop(programOf({ tiers }), "A", "2025-01-01");
    const [, risen] = shop.grant({ ...earn("O", 100), at: "2025-01-02" }).events;
    expect(risen).toMatchObject({ at: ms(2), key: null, fingerprint: null });
    expect(bodyOf(risen)).toStrictEqual({
      type: "tierChanged",
      postings: {},
      from: "basic",
      // To the end of the next calendar year.
      standing: { ...basic, tier: "gold", earned: "gold", since: ms(2), until: Date.UTC(2027, 0, 1) },
      cause: "upgrade",
      reason: null,
      actor: null,
    });
    expect(shop.grant({ type: "clawBack", at: "2025-01-03", orderId: "O" }).events).toHaveLength(1);
    expect(shop.account.standing?.tier).toBe("gold");
    const [fallen, ...others] = settleLoyalty(shop.program, shop.account, "2027-01-01").events;
    expect(fallen).toMatchObject({ type: "tierChanged", from: "gold", cause: "downgrade" });
    expect(others).toEqual([]);
  });
});

test("of a merge the account that goes sends everything and closes, the one that stays gets the level", () => {
  const program = programOf();
  const [a, b] = [openShop(program, "A", "2025-01-01"), openShop(program, "B", "2025-01-01")];
  b.grant(lotOf(9, "2025-01-02"));
  const merge = { key: "M", transferId: "M", at: "2025-01-05", ...by };
  const merged = mergeAccounts(program, b.account, a.account, merge);
  if (!merged.ok) throw new Error(merged.error.message);
  const { from, to } = merged.value;
  expect(from.events.map(({ type, at, key }) => [type, at, key])).toEqual([
    ["transferredOut", ms(5), "M"],
    ["closed", ms(5), null],
  ]);
  expect(bodyOf(from.events[1])).toStrictEqual({ type: "closed", postings: {}, ...by, lots: [], into: "A" });
  expect([from.account.status, from.account.seq, from.repeated]).toEqual(["closed", 4, false]);
  expect(to.events.map(({ type, key }) => [type, key])).toEqual([["transferredIn", "M"]]);
});

test("both sides of a transfer are booked at one instant, the later of what both accounts have seen", () => {
  const program = programOf();
  const [a, b] = [openShop(program, "A", "2025-01-01"), openShop(program, "B", "2025-01-01")];
  a.grant(lotOf(9, "2025-01-02"));
  b.grant(lotOf(9, "2025-01-08"));
  const transfer = { key: "T", transferId: "T", at: "2025-01-05", points: 4 };
  for (const [from, to] of [
    [a, b],
    [b, a],
  ] as const) {
    const late = from === b ? { ...transfer, at: "2025-01-08" } : transfer;
    const sent = transferPoints(program, from.account, to.account, late);
    if (!sent.ok) throw new Error(sent.error.message);
    const { events } = sent.value.from;
    expect([...events, ...sent.value.to.events].map(({ recordedAt }) => recordedAt)).toEqual([ms(8), ms(8)]);
  }
  const newer = transferPoints(program, a.account, b.account, { ...transfer, at: "2025-01-09" });
  expect(newer).toMatchObject({ ok: true, value: { to: { events: [{ at: ms(9), recordedAt: ms(9) }] } } });
});
