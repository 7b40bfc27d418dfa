import { describe, expect, test } from "vitest";
import { mergeAccounts, transferPoints } from "../../../src/loyalty/ledger/transfer-points.js";
import type { PointSource } from "../../../src/loyalty/reading/point-sources.js";
import { pointsAuditTrail } from "../../../src/loyalty/reading/points-audit-trail.js";
import { thrown } from "../../core/thrown.js";
import { keep, openShop, programOf, type Shop } from "../ledger/shop.js";

const order = (at: string, orderId: string, amount: number) =>
  ({ type: "earn", at, orderId, lines: [{ lineId: "1", amount }] }) as const;

/** Three accounts of one programme, which know how to send each other points. */
function house(change = {}) {
  const program = programOf(change);
  const [a, b, c] = ["A", "B", "C"].map((id) => openShop(program, id, "2025-01-01"));
  const send = (from: Shop, to: Shop, transferId: string, at: string, points: number) => {
    const sent = transferPoints(program, from.account, to.account, {
      key: transferId,
      transferId,
      at,
      points,
    });
    if (!sent.ok) throw new Error(sent.error.message);
    keep(from, sent.value.from);
    keep(to, sent.value.to);
  };
  return { program, a, b, c, send, events: () => [...a.events, ...b.events, ...c.events] };
}

/** The orders that points came from at last, however often they were sent. */
const ordersOf = (sources: readonly PointSource[]): unknown[] =>
  sources.map(({ accountId, points, origin }) =>
    origin.kind === "transferredIn"
      ? [accountId, points, ...ordersOf(origin.sources)]
      : [accountId, points, origin.orderId, origin.rules.map(({ ruleId }) => ruleId)],
  );

describe("points that were sent lead on to the orders of who sent them", () => {
  test("through two accounts: 20 of 45 from A to B, 15 of these to C, 10 of these spent", () => {
    const { a, b, c, send, events } = house();
    a.grant(order("2025-01-02", "O-1", 30));
    a.grant(order("2025-01-03", "O-2", 15));
    b.grant(order("2025-01-04", "O-9", 7));
    send(a, b, "T-1", "2025-02-01", 35);
    send(b, c, "T-2", "2025-02-02", 39);
    c.grant({ type: "redeem", at: "2025-02-03", redemptionId: "R", points: 38 });
    const { booked, accountId } = pointsAuditTrail(events(), { redemptionId: "R" });
    expect(accountId).toBe("C");
    // By their dates: 30 of O-1, 5 of O-2, then 4 of B's own 7, of which 3 are spent.
    expect(ordersOf(booked)).toEqual([
      ["C", 30, ["B", 30, ["A", 30, "O-1", ["base"]]]],
      ["C", 5, ["B", 5, ["A", 5, "O-2", ["base"]]]],
      ["C", 3, ["B", 4, "O-9", ["base"]]],
    ]);
  });
  test("a merge: what the account that stays spends leads to the orders of the one that went", () => {
    const { program, a, b, events } = house();
    a.grant(order("2025-01-02", "O-1", 30));
    b.grant(order("2025-01-03", "O-2", 5));
    const merge = { key: "m", transferId: "T", at: "2025-02-01", reason: "two cards", actor: "desk" };
    const merged = mergeAccounts(program, a.account, b.account, merge);
    if (!merged.ok) throw new Error(merged.error.message);
    a.events.push(...merged.value.from.events);
    b.events.push(...merged.value.to.events);
    b.account = merged.value.to.account;
    b.grant({ type: "redeem", at: "2025-02-02", redemptionId: "R", points: 32 });
    expect(ordersOf(pointsAuditTrail(events(), { redemptionId: "R" }).booked)).toEqual([
      ["B", 30, ["A", 30, "O-1", ["base"]]],
      ["B", 2, "O-2", ["base"]],
    ]);
  });
  test("of the receiving account's events alone it ends with the transfer", () => {
    const { a, b, send } = house();
    a.grant(order("2025-01-02", "O-1", 30));
    send(a, b, "T-1", "2025-02-01", 20);
    b.grant({ type: "redeem", at: "2025-02-03", redemptionId: "R", points: 8 });
    const [source] = pointsAuditTrail(b.events, { redemptionId: "R" }).booked;
    expect(source?.origin).toMatchObject({ kind: "transferredIn", reference: "A: T-1", sources: [] });
  });
});

describe("which debit of which account", () => {
  function twoRedemptions() {
    const shops = house();
    for (const [shop, points] of [
      [shops.a, 3],
      [shops.b, 4],
    ] as const) {
      shop.grant(order("2025-01-02", "O", 10));
      shop.grant({ type: "redeem", at: "2025-01-03", redemptionId: "R", points });
    }
    return shops.events();
  }
  test("an id that stands in two accounts needs the account too", () => {
    const error = thrown(() => pointsAuditTrail(twoRedemptions(), { redemptionId: "R" }));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "debit"]);
    expect(error.message).toContain('one of account "A" and one of "B", pass accountId too');
    const points = ["A", "B"].map(
      (accountId) => pointsAuditTrail(twoRedemptions(), { redemptionId: "R", accountId }).points,
    );
    expect(points).toEqual([3, 4]);
  });
  test("one that the named account does not have", () => {
    const error = thrown(() => pointsAuditTrail(twoRedemptions(), { redemptionId: "R", accountId: "C" }));
    expect(error.message).toContain('redemptionId "R": account "C" has no such debit');
    expect(thrown(() => pointsAuditTrail(twoRedemptions(), { holdId: "H" })).message).toContain(
      'holdId "H": the 3 accounts have no such debit',
    );
  });
});

describe("books of two accounts that do not fit together", () => {
  function sent() {
    const shops = house();
    shops.a.grant(order("2025-01-02", "O-1", 30));
    shops.send(shops.a, shops.b, "T-1", "2025-02-01", 20);
    shops.b.grant({ type: "redeem", at: "2025-02-03", redemptionId: "R", points: 8 });
    return shops;
  }
  test("the sender's history ends before the transfer", () => {
    const { a, b } = sent();
    const error = thrown(() =>
      pointsAuditTrail([...a.events.slice(0, -1), ...b.events], { redemptionId: "R" }),
    );
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "events"]);
    expect(error.message).toContain(
      'account "B" got 20 points by transfer "T-1", which account "A" did not send',
    );
  });
  test("the sender's history has a gap", () => {
    const { a, b } = sent();
    const error = thrown(() => pointsAuditTrail([...a.events.slice(1), ...b.events], { redemptionId: "R" }));
    expect(error.path).toBe("event.seq");
  });
  test("points that came from themselves", () => {
    const { a, b } = sent();
    // B's points came from A; A's are made to have come from B, by the transfer that B got.
    const opening = b.events.find(({ type }) => type === "transferredIn");
    const closing = a.events.find(({ type }) => type === "transferredOut");
    if (opening?.type !== "transferredIn" || closing?.type !== "transferredOut")
      throw new Error("no transfer");
    const [enrolledA, enrolledB] = [a.events[0], b.events[0]];
    const circle = [
      { ...enrolledA },
      { ...opening, accountId: "A", from: "B", transferId: "T-2" },
      { ...closing, key: "k9" },
      { ...enrolledB },
      { ...opening },
      { ...closing, accountId: "B", to: "A", transferId: "T-2", key: "k9" },
    ].map((event) => ({ ...event, key: null, fingerprint: null }));
    const error = thrown(() => pointsAuditTrail(circle, { transferId: "T-1" }));
    expect(error.message).toContain('lot 0 of account "A" comes from itself');
  });
});

describe("points that repaid what was owed are a debit of what brought them", () => {
  const owing = () => {
    const shop = openShop(programOf({ returnPolicy: "unlimited" }), "A", "2025-01-01");
    shop.grant(order("2025-01-02", "O-1", 150));
    shop.grant({ type: "redeem", at: "2025-01-03", redemptionId: "R-1", points: 100 });
    shop.grant({ type: "clawBack", at: "2025-01-04", orderId: "O-1" });
    return shop;
  };
  const seqOf = (shop: Shop) => shop.account.seq;
  test("S3: the order of 120 repaid 100", () => {
    const shop = owing();
    shop.grant(order("2025-01-05", "O-2", 120));
    const trail = pointsAuditTrail(shop.events, { seq: seqOf(shop) });
    expect(trail).toMatchObject({ type: "earned", points: 100, repaid: 100, givenBack: 0 });
    expect(ordersOf(trail.booked)).toEqual([["A", 100, "O-2", ["base"]]]);
    expect(trail.current).toEqual(trail.booked);
  });
  test("so are points added by hand, sent by another account, and given back by a redemption", () => {
    const byHand = owing();
    byHand.grant({ type: "adjust", at: "2025-01-05", points: 30, reason: "gift", actor: "desk" });
    expect(pointsAuditTrail(byHand.events, { seq: seqOf(byHand) })).toMatchObject({ points: 30, repaid: 30 });
    const givenBack = owing();
    givenBack.grant({ type: "reverseRedemption", at: "2025-01-05", redemptionId: "R-1", points: 40 });
    const trail = pointsAuditTrail(givenBack.events, { seq: seqOf(givenBack) });
    expect(trail).toMatchObject({ type: "redemptionReversed", points: 40, repaid: 40 });
    expect(ordersOf(trail.booked)).toEqual([["A", 40, "O-1", ["base"]]]);
    // What the redemption itself stands for has these less.
    expect(pointsAuditTrail(givenBack.events, { redemptionId: "R-1" })).toMatchObject({
      points: 100,
      repaid: 0,
      givenBack: 40,
    });
  });
  test("a capture spends some and repays with what it releases: both are its debit", () => {
    const shop = openShop(programOf({ returnPolicy: "unlimited" }), "A", "2025-01-01");
    shop.grant(order("2025-01-02", "O-1", 50));
    shop.grant(order("2025-01-02", "O-2", 40));
    shop.grant({ type: "redeem", at: "2025-01-03", redemptionId: "R-1", points: 50 });
    shop.grant({ type: "authorize", at: "2025-01-03", holdId: "H", points: 40 });
    shop.grant({ type: "clawBack", at: "2025-01-04", orderId: "O-1" });
    shop.grant({ type: "capture", at: "2025-01-05", holdId: "H", points: 10 });
    const trail = pointsAuditTrail(shop.events, { seq: seqOf(shop) });
    expect(trail).toMatchObject({ type: "captured", points: 40, repaid: 30, givenBack: 0 });
    expect(ordersOf(trail.booked)).toEqual([
      ["A", 10, "O-2", ["base"]],
      ["A", 30, "O-2", ["base"]],
    ]);
    expect(pointsAuditTrail(shop.events, { holdId: "H" })).toMatchObject({
      points: 40,
      repaid: 0,
      givenBack: 30,
    });
  });
});
