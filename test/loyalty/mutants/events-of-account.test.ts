import { describe, expect, test } from "vitest";
import { openShop, programOf } from "../ledger/shop.js";
import { bodyOf, moved, ms } from "./event-body.js";
import { by, earn } from "./refused.js";

// Each kind of event with all its fields: what an auditor reads, worked out by hand. One point for each minor unit.

const FIRST_OF_2025 = 20_089; // 55 years with 14 leap days after 1970-01-01.

test("the header of an event: account, place, instants, key and fingerprint", () => {
  const shop = openShop(programOf(), "A", "2025-01-01");
  shop.grant({ ...earn("O", 60), key: "K", recordedAt: "2025-01-03" } as never);
  expect(shop.events.map(({ type: _, postings: __, ...event }) => event)).toMatchObject([
    { version: 1, accountId: "A", seq: 1, at: ms(1), recordedAt: ms(1), key: "A-0" },
    { version: 1, accountId: "A", seq: 2, at: ms(1), recordedAt: ms(3), key: "K" },
  ]);
  expect(shop.events.every(({ fingerprint }) => typeof fingerprint === "string")).toBe(true);
});

describe("one account from its first to its last event", () => {
  const shop = openShop(programOf(), "A", "2025-01-01");
  const at = (day: number) => `2025-01-${String(day).padStart(2, "0")}`;
  const only = (command: Parameters<typeof shop.grant>[0]) => {
    const { events, outcome } = shop.grant(command);
    expect(events).toHaveLength(1);
    expect([outcome.type, outcome.seq]).toEqual([events[0]?.type, shop.account.seq]);
    const { points, amount, cash, due, unrecovered } = outcome;
    return { body: bodyOf(events[0]), points, money: [amount, cash], besides: [due, unrecovered] };
  };
  const lot = { pointType: "points", earnedAt: ms(1), activeAt: ms(1), expiresAt: null };
  const noMoney = [null, 0];

  test("enrolled", () => {
    expect(bodyOf(shop.events[0])).toStrictEqual({
      type: "enrolled",
      postings: {},
      programId: "club",
      memberId: "member of A",
      birthday: null,
      standing: null,
    });
  });
  test("earned: 60 points for 60 minor units", () => {
    const { body, points, money } = only(earn("O", 60));
    expect(body).toStrictEqual({
      type: "earned",
      postings: moved("issued", "available", 60),
      orderId: "O",
      memberId: "member of A",
      channel: null,
      segmentIds: [],
      tier: null,
      lines: [{ lineId: "L", quantity: 3, amount: 60, points: { points: 60 } }],
      lots: [{ ...lot, lot: 0, points: 60, rules: [{ ruleId: "base", points: 60 }] }],
      counted: [],
      repaid: [],
      qualifying: { points: { points: 60 }, spend: 60, visits: 1, orders: 1, day: FIRST_OF_2025 },
    });
    expect([points, money]).toEqual([{ points: 60 }, noMoney]);
  });
  test("authorized: 40 of them", () => {
    const { body, points } = only({ type: "authorize", at: at(2), holdId: "H", points: 40 });
    expect(body).toStrictEqual({
      type: "authorized",
      postings: moved("available", "held", 40),
      holdId: "H",
      pointType: "points",
      points: 40,
      allocations: [{ lot: 0, points: 40 }],
      until: null,
      orderId: null,
      amount: null,
      rate: null,
    });
    expect(points).toEqual({ points: 40 });
  });
  test("captured: 25 are spent, 15 go back", () => {
    const { body, points } = only({ type: "capture", at: at(3), holdId: "H", points: 25 });
    expect(body).toStrictEqual({
      type: "captured",
      postings: { "points.held": -40, "points.redeemed": 25, "points.available": 15 },
      holdId: "H",
      pointType: "points",
      points: 25,
      allocations: [{ lot: 0, points: 25 }],
      released: [{ lot: 0, points: 15 }],
      lapsed: [],
      orderId: null,
      amount: null,
    });
    expect(points).toEqual({ points: 25 });
  });
  test("voided: given back", () => {
    only({ type: "authorize", at: at(3), holdId: "H2", points: 10 });
    const { body, points } = only({ type: "void", at: at(4), holdId: "H2" });
    expect(body).toStrictEqual({
      type: "voided",
      postings: moved("held", "available", 10),
      holdId: "H2",
      pointType: "points",
      points: 10,
      reason: "void",
      released: [{ lot: 0, points: 10 }],
      lapsed: [],
      repaid: [],
    });
    expect(points).toEqual({ points: 10 });
  });
  test("redeemed: 20 of the 35", () => {
    const { body, points, money } = only({
      type: "redeem",
      at: at(5),
      redemptionId: "R",
      points: 20,
      orderId: "X",
    });
    expect(body).toStrictEqual({
      type: "redeemed",
      postings: moved("available", "redeemed", 20),
      redemptionId: "R",
      memberId: "member of A",
      pointType: "points",
      points: 20,
      allocations: [{ lot: 0, points: 20 }],
      rewardId: null,
      orderId: "X",
      amount: null,
      cash: 0,
    });
    expect([points, money]).toEqual([{ points: 20 }, noMoney]);
  });
  test("redemptionReversed: 5 of them", () => {
    const { body, points } = only({ type: "reverseRedemption", at: at(6), redemptionId: "R", points: 5 });
    expect(body).toStrictEqual({
      type: "redemptionReversed",
      postings: moved("redeemed", "available", 5),
      redemptionId: "R",
      pointType: "points",
      points: 5,
      restored: [{ lot: 0, points: 5 }],
      lapsed: [],
      moved: [],
      lots: [],
      repaid: [],
      amount: null,
      cash: 0,
    });
    expect(points).toEqual({ points: 5 });
  });
  test("clawedBack: 60 are due, 20 are there", () => {
    const { body, points, besides } = only({ type: "clawBack", at: at(7), orderId: "O" });
    expect(body).toStrictEqual({
      type: "clawedBack",
      postings: moved("available", "clawedBack", 20),
      orderId: "O",
      lines: [{ lineId: "L", quantity: 3 }],
      amount: null,
      due: { points: 60 },
      allocations: [{ lot: 0, points: 20 }],
      arrears: {},
      unrecovered: { points: 40 },
      qualifying: { points: { points: -60 }, spend: -60, visits: -1, orders: -1, day: FIRST_OF_2025 },
    });
    expect([points, besides]).toEqual([{ points: 20 }, [{ points: 60 }, { points: 40 }]]);
  });
  test("adjusted: up by 30, down by 10", () => {
    const own = {
      lot: 1,
      pointType: "points",
      points: 30,
      earnedAt: ms(8),
      activeAt: ms(8),
      expiresAt: null,
    };
    const up = only({ type: "adjust", at: at(8), points: 30, ...by });
    expect(up.body).toStrictEqual({
      type: "adjusted",
      postings: moved("adjusted", "available", 30),
      pointType: "points",
      points: 30,
      ...by,
      lots: [own],
      allocations: [],
      repaid: [],
    });
    const down = only({ type: "adjust", at: at(8), points: -10, ...by });
    expect(down.body).toStrictEqual({
      type: "adjusted",
      postings: moved("available", "adjusted", 10),
      pointType: "points",
      points: -10,
      ...by,
      lots: [],
      allocations: [{ lot: 1, points: 10 }],
      repaid: [],
    });
    expect([up.points, down.points]).toEqual([{ points: 30 }, { points: 10 }]);
  });
  test("transferredOut: 5 with their dates", () => {
    const sent = { type: "transferOut", at: at(9), transferId: "T", to: "B", points: 5 } as const;
    const { body, points } = only(sent);
    expect(body).toStrictEqual({
      type: "transferredOut",
      postings: moved("available", "transferred", 5),
      transferId: "T",
      to: "B",
      allocations: [{ lot: 1, points: 5 }],
      lots: [{ pointType: "points", points: 5, earnedAt: ms(8), activeAt: ms(8), expiresAt: null }],
    });
    expect(points).toEqual({ points: 5 });
  });
  test("transferredIn: two lots, one of which waits", () => {
    const counts = { pointType: "points", points: 7, earnedAt: ms(2), activeAt: ms(9), expiresAt: ms(30) };
    const waits = { ...counts, points: 3, activeAt: ms(20) };
    const { body, points } = only({
      type: "transferIn",
      at: at(9),
      transferId: "U",
      from: "B",
      lots: [counts, waits],
    });
    expect(body).toStrictEqual({
      type: "transferredIn",
      postings: { "points.transferred": -10, "points.available": 7, "points.pending": 3 },
      transferId: "U",
      from: "B",
      lots: [
        { lot: 2, ...counts },
        { lot: 3, ...waits },
      ],
      repaid: [],
    });
    expect(points).toEqual({ points: 10 });
  });
  test("closed: 15, 7 and 3 lapse", () => {
    const { body, points } = only({ type: "close", at: at(10), ...by });
    expect(body).toStrictEqual({
      type: "closed",
      postings: { "points.available": -22, "points.pending": -3, "points.expired": 25 },
      ...by,
      lots: [
        { lot: 1, points: 15 },
        { lot: 2, points: 7 },
        { lot: 3, points: 3 },
      ],
    });
    expect(points).toEqual({ points: 25 });
  });
});
