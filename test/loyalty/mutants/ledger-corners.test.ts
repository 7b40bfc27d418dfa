import { describe, expect, test } from "vitest";
import { accountLots } from "../../../src/loyalty/ledger/account-lots.js";
import { mergeAccounts, transferPoints } from "../../../src/loyalty/ledger/transfer-points.js";
import type { LoyaltyProgram } from "../../../src/loyalty/program/loyalty-program.js";
import { keep, lotOf, openShop, programOf, remaining } from "../ledger/shop.js";
import { bodyOf, ms } from "./event-body.js";
import { by } from "./refused.js";
import { spendLevels } from "./spend-levels.js";

// Corners that a changed line would break and no other test would show.

const idle = [
  {
    id: "points",
    kind: "spendable" as const,
    expiry: { kind: "afterActivity" as const, after: { days: 10 } },
  },
];
const earn = (at: string, orderId: string, amount: number, more: object = {}) =>
  ({ type: "earn", at, orderId, lines: [{ lineId: "1", amount }], ...more }) as const;
const redeem = (at: string, points: number, redemptionId = "R") =>
  ({ type: "redeem", at, redemptionId, points }) as const;
const open = (change: Partial<LoyaltyProgram> = {}, since = "2025-01-01") =>
  openShop(programOf(change), "A", since);

describe("returns", () => {
  test("take of other lots only what the order's own do not have, whichever lapses first", () => {
    const shop = open();
    shop.grant(earn("2025-01-01", "O", 60));
    shop.grant(redeem("2025-01-01", 40));
    shop.grant(lotOf(40, "2025-01-02", "2025-03-01"));
    shop.grant(lotOf(30, "2025-01-02", "2025-04-01"));
    expect(bodyOf(shop.grant({ type: "clawBack", at: "2025-01-03", orderId: "O" }).events[0])).toMatchObject({
      allocations: [
        { lot: 0, points: 20 },
        { lot: 1, points: 40 },
      ],
    });
    expect(remaining(shop.account)).toEqual([0, 0, 30]);
  });
  test("of an order whose points still wait take them by every policy", () => {
    const pointTypes = [{ id: "points", kind: "spendable" as const, pendingFor: { days: 9 } }];
    for (const returnPolicy of ["onlyPending", "withinBalance", "unlimited"] as const) {
      const shop = open({ pointTypes, returnPolicy });
      shop.grant(earn("2025-01-01", "O", 60));
      const back = shop.grant({ type: "clawBack", at: "2025-01-02", orderId: "O" });
      expect(bodyOf(back.events[0])).toMatchObject({ postings: { "points.pending": -60 }, unrecovered: {} });
    }
  });
  test("by amount may come to all of the order, which then has come back", () => {
    const shop = open();
    shop.grant(earn("2025-01-01", "O", 60));
    const back = { type: "clawBack", at: "2025-01-02", orderId: "O", amount: 60 } as const;
    expect(shop.grant(back).outcome.points).toEqual({ points: 60 });
    expect(shop.refusal({ ...back, amount: 1 }).code).toBe("already_returned");
  });
  test("of lines that cost nothing leave the money as it was", () => {
    const earnRules = [{ id: "order", award: { per: "order", points: 5 } }] as const;
    const shop = open({ earnRules });
    const lines = [{ lineId: "1", amount: 0, quantity: 2 }];
    shop.grant({ type: "earn", at: "2025-01-01", orderId: "O", lines });
    const part = {
      type: "clawBack",
      at: "2025-01-02",
      orderId: "O",
      lines: [{ lineId: "1", quantity: 1 }],
    } as const;
    expect(bodyOf(shop.grant(part).events[0])).toMatchObject({
      due: { points: 2 },
      qualifying: { points: { points: -2 }, spend: 0, visits: 0, orders: 0 },
    });
  });
});

test("somebody who leaves a household leaves the others in it; the owner may be named", () => {
  const shop = open({ household: { maximumMembers: 4, redeem: "owner" } });
  for (const memberId of ["aunt", "child", "uncle"])
    shop.grant({ type: "addMember", at: "2025-01-02", memberId });
  shop.grant({ type: "removeMember", at: "2025-01-03", memberId: "child" });
  expect(shop.account.memberIds).toEqual(["aunt", "uncle"]);
  shop.grant(earn("2025-01-04", "O", 5, { memberId: "member of A" }));
  expect(shop.grant({ ...redeem("2025-01-05", 5), memberId: "member of A" }).outcome.points).toEqual({
    points: 5,
  });
});

test("a reward with money beside its points is answered with both", () => {
  const shop = open({ rewards: [{ id: "mug", points: 5, cash: 250 }] });
  shop.grant(lotOf(9, "2025-01-01"));
  const bought = shop.grant({ type: "redeem", at: "2025-01-02", redemptionId: "R", rewardId: "mug" });
  expect(bought.outcome).toMatchObject({ points: { points: 5 }, amount: null, cash: 250 });
});

describe("redemptions undone", () => {
  const spent = (reversal: LoyaltyProgram["reversal"]) => {
    const shop = open({ reversal });
    shop.grant(lotOf(9, "2025-01-01", "2025-01-10"));
    shop.grant(redeem("2025-01-02", 9));
    return (at: string) =>
      shop.grant({ type: "reverseRedemption", at, redemptionId: "R" }).events.map(bodyOf);
  };
  const window = { into: "originalLots", reinstatementWindow: { days: 5 } } as const;
  test("within the window bring lapsed points back, on its last instant for no time at all", () => {
    expect(spent(window)("2025-01-14")).toMatchObject([
      { lapsed: [], lots: [{ points: 9, expiresAt: ms(15) }] },
    ]);
    expect(spent(window)("2025-01-15")).toMatchObject([
      { lapsed: [], lots: [{ points: 9, expiresAt: ms(15) }] },
      { type: "expired", lots: [{ lot: 1, points: 9 }] },
    ]);
  });
  test("after the window, or without one, leave them lapsed", () => {
    for (const reversal of [window, { into: "originalLots" } as const]) {
      expect(spent(reversal)("2025-01-16")).toMatchObject([{ lapsed: [{ lot: 0, points: 9 }], lots: [] }]);
    }
  });
  test("as a new lot are activity where points last by it", () => {
    const shop = open({ reversal: { into: "newLot" }, pointTypes: idle });
    shop.grant(earn("2025-01-01", "O", 9));
    shop.grant(redeem("2025-01-02", 9));
    const undone = { type: "reverseRedemption", at: "2025-01-05", redemptionId: "R" } as const;
    expect(bodyOf(shop.grant(undone).events[0])).toMatchObject({
      slides: [{ pointType: "points", expiresAt: ms(15) }],
    });
  });
});

describe("points that last by activity", () => {
  test("a lot that was spent through a lapse is told with that one", () => {
    const shop = open({ pointTypes: idle });
    shop.grant(earn("2025-01-01", "O-1", 40));
    shop.grant(redeem("2025-01-02", 40));
    shop.grant(earn("2025-01-15", "O-2", 5));
    expect(accountLots(shop.account).map(({ expiresAt }) => expiresAt)).toEqual([ms(12), ms(25)]);
  });
  test.each(["2025-01-11", "2025-01-12"])("what arrives on %s, after a lapse, has its own", (recordedAt) => {
    const shop = open({ pointTypes: idle });
    shop.grant(earn("2025-01-01", "O-1", 40));
    shop.grant({ type: "adjust", at: "2025-01-05", recordedAt, points: 7, ...by });
    shop.grant(earn("2025-01-13", "O-2", 5));
    // Ten days after the 5th, whatever has happened since the others lapsed on the 11th.
    expect([shop.at("2025-01-14"), shop.at("2025-01-15"), shop.at("2025-01-23")]).toEqual([12, 5, 0]);
  });
  test("of a hold that is given back repay in the order in which they lapse", () => {
    const shop = open({ pointTypes: idle, returnPolicy: "unlimited" });
    shop.grant(lotOf(20, "2025-01-01", "2025-02-01"));
    shop.grant(earn("2025-01-01", "O", 30));
    shop.grant({ type: "authorize", at: "2025-01-02", holdId: "H", points: 50 });
    shop.grant({ type: "clawBack", at: "2025-01-03", orderId: "O" });
    shop.grant({ type: "void", at: "2025-01-04", holdId: "H" });
    // The 30 would lapse on 11 January.
    expect(remaining(shop.account)).toEqual([20, 0]);
  });
  test("a hold of all of a lot that ends as the lot lapses gives nothing back", () => {
    const shop = open();
    shop.grant(lotOf(5, "2025-01-01", "2025-01-09"));
    shop.grant({ type: "authorize", at: "2025-01-02", holdId: "H", points: 5, until: "2025-01-09" });
    const { events } = shop.grant({ type: "expire", at: "2025-01-09" });
    expect(events.map(bodyOf)).toMatchObject([{ type: "voided", lapsed: [{ lot: 0, points: 5 }] }]);
    expect(events).toHaveLength(1);
  });
});

describe("both sides", () => {
  const kind = "spendable" as const;
  const send = (change: Partial<LoyaltyProgram>, more: object = {}) => {
    const program = programOf(change);
    const [from, to] = [openShop(program, "A", "2025-01-01"), openShop(program, "B", "2025-01-01")];
    const transfer = { key: "T", transferId: "T", at: "2025-01-10", points: 4, ...more };
    const sent = () => {
      const result = transferPoints(program, from.account, to.account, transfer);
      if (!result.ok) throw new Error(result.error.message);
      keep(from, result.value.from);
      keep(to, result.value.to);
      return result.value;
    };
    return { from, to, sent };
  };
  test("points of a named type arrive as such, also where something came due before", () => {
    const { from, to, sent } = send(
      { pointTypes: ["points", "miles"].map((id) => ({ id, kind })) },
      { pointType: "miles" },
    );
    const lot = { type: "adjust", at: "2025-01-02", points: 9, activeAt: "2025-01-05", ...by } as const;
    from.grant({ ...lot, pointType: "miles" });
    expect(sent().from.events.map(({ type }) => type)).toEqual(["activated", "transferredOut"]);
    expect([to.at("2025-01-10"), to.at("2025-01-10", undefined, "miles")]).toEqual([0, 4]);
  });
  test("a transfer hands over no level", () => {
    const { from, to, sent } = send({ tiers: spendLevels() });
    from.grant(earn("2025-01-02", "O", 100));
    expect(sent().to.events.map(({ type }) => type)).toEqual(["transferredIn"]);
    expect([from.account.standing?.tier, to.account.standing?.tier]).toEqual(["gold", "basic"]);
  });
  test("are booked when the sender was last heard of, where that is later", () => {
    const { from, to, sent } = send({}, { at: "2025-01-05" });
    from.grant(lotOf(9, "2025-01-02"));
    from.grant(lotOf(1, "2025-01-08"));
    expect(sent().to.events).toMatchObject([{ at: ms(5), recordedAt: ms(8) }]);
    expect(to.account.recordedAt).toBe(ms(8));
  });
  test("a merge takes the higher of two levels that end together", () => {
    const { from, to } = send({ tiers: spendLevels() });
    from.grant(earn("2025-01-02", "O", 100));
    to.grant(earn("2025-01-02", "O", 50));
    const merge = { key: "M", transferId: "M", at: "2025-01-10", ...by };
    const merged = mergeAccounts(to.program, from.account, to.account, merge);
    expect(merged.ok && merged.value.to.account.standing).toMatchObject({ tier: "gold", earned: "gold" });
  });
});
