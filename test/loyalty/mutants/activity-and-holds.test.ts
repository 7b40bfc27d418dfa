import { describe, expect, test } from "vitest";
import { accountLots, lotOf as lotOfAccount } from "../../../src/loyalty/ledger/account-lots.js";
import { commandFingerprint } from "../../../src/loyalty/ledger/command-fingerprint.js";
import { settleLoyalty } from "../../../src/loyalty/ledger/settle-loyalty.js";
import { simulateLoyalty } from "../../../src/loyalty/ledger/simulate-loyalty.js";
import type { PointExpiry } from "../../../src/loyalty/program/expiry-rule.js";
import { lotOf, openShop, programOf, type Shop } from "../ledger/shop.js";
import { bodyOf, ms } from "./event-body.js";
import { by } from "./refused.js";

// Points that last as long as there is activity (here ten days), holds, and what arrives at the very instant of something.

const typeWith = (expiry: PointExpiry) => [{ id: "points", kind: "spendable" as const, expiry }];
const idle = typeWith({ kind: "afterActivity", after: { days: 10 } });
const earn = (at: string, orderId: string, amount: number, more: object = {}) =>
  ({ type: "earn", at, orderId, lines: [{ lineId: "1", amount }], ...more }) as const;
const redeem = (at: string, points: number, redemptionId = "R", more: object = {}) =>
  ({ type: "redeem", at, redemptionId, points, ...more }) as const;
const slides = (day: number) => [{ pointType: "points", expiresAt: ms(day) }];
const first = (shop: Shop, command: Parameters<Shop["grant"]>[0]) => bodyOf(shop.grant(command).events[0]);

describe("activity", () => {
  const opened = () => {
    const shop = openShop(programOf({ pointTypes: idle }), "A", "2025-01-01");
    shop.grant(earn("2025-01-01", "O", 40));
    return shop;
  };
  test("is an order, a redemption, a capture, and points that last by it; not a hold, nor other points", () => {
    const shop = opened();
    expect(first(shop, { type: "authorize", at: "2025-01-02", holdId: "H", points: 10 })).not.toHaveProperty(
      "slides",
    );
    expect(first(shop, lotOf(1, "2025-01-03"))).not.toHaveProperty("slides");
    expect(first(shop, { type: "capture", at: "2025-01-04", holdId: "H" })).toMatchObject({
      slides: slides(14),
    });
    expect(first(shop, redeem("2025-01-05", 5))).toMatchObject({ slides: slides(15) });
    expect(first(shop, { type: "adjust", at: "2025-01-06", points: 5, ...by })).toMatchObject({
      slides: slides(16),
    });
    expect(first(shop, earn("2025-01-07", "O-2", 5))).toMatchObject({ slides: slides(17) });
    // 40 - 10 - 5 + 5 + 5, and the one that never lapses.
    expect([shop.at("2025-01-16T23:59:59.999Z"), shop.at("2025-01-17")]).toEqual([36, 1]);
  });
  test("that arrives late never takes time away", () => {
    const shop = opened();
    shop.grant(redeem("2025-01-08", 5));
    const late = redeem("2025-01-03", 5, "R-2", { recordedAt: "2025-01-09" });
    expect(first(shop, late)).toMatchObject({ slides: slides(18) });
  });
  test("is told in the lots as it stands", () => {
    const shop = opened();
    shop.grant(lotOf(1, "2025-01-03", "2025-02-01"));
    shop.grant(redeem("2025-01-08", 5));
    expect(accountLots(shop.account).map(({ expiresAt }) => expiresAt)).toEqual([
      ms(18),
      Date.UTC(2025, 1, 1),
    ]);
  });
  test("points sent to another account keep the lapse that they have now", () => {
    const shop = opened();
    const sent = { type: "transferOut", at: "2025-01-04", transferId: "T", to: "B", points: 4 } as const;
    const [event] = shop.grant(sent).events;
    const lot = { pointType: "points", points: 4, earnedAt: ms(1), activeAt: ms(1), expiresAt: ms(11) };
    expect(event?.type === "transferredOut" && event.lots).toStrictEqual([lot]);
  });
  test("points that arrive late, as of the instant of a lapse, outlive it and go on with the others", () => {
    const shop = opened();
    shop.grant(earn("2025-01-15", "O-2", 5));
    const late = { at: "2025-01-11", recordedAt: "2025-01-16", points: 7, ...by };
    shop.grant({ type: "adjust", ...late });
    // The order of 15 January carries both on to the 25th.
    expect([shop.at("2025-01-24"), shop.at("2025-01-25")]).toEqual([12, 0]);
  });
  test("points that arrive after their time lapse as they arrive, even where nothing has come since", () => {
    const shop = opened();
    const { events } = shop.grant({
      type: "adjust",
      at: "2025-01-05",
      recordedAt: "2025-01-16",
      points: 7,
      ...by,
    });
    // The 40 on 11 January; the 7 would have lasted to the 15th.
    expect(events.map(({ type, at }) => [type, at])).toEqual([
      ["expired", ms(11)],
      ["adjusted", ms(5)],
      ["expired", ms(15)],
    ]);
  });
});

describe("points by hand", () => {
  test("whose time by the programme is over lapse as they come: that is no fault of the command", () => {
    const shop = openShop(programOf({ pointTypes: typeWith({ kind: "fixedDate", on: "2025-01-01" }) }));
    const { events } = shop.grant({ type: "adjust", at: "2025-01-05", points: 5, ...by });
    expect(events.map(({ type, at }) => [type, at])).toEqual([
      ["adjusted", ms(5)],
      ["expired", ms(5)],
    ]);
  });
  test("by default count at once and lapse as their type says, counted from when they count", () => {
    const expiry = { kind: "afterEarn", after: { days: 3 }, from: "activation" } as const;
    const shop = openShop(programOf({ pointTypes: typeWith(expiry) }), "A", "2025-01-01");
    shop.grant({ type: "adjust", at: "2025-01-05", points: 5, ...by });
    shop.grant({ type: "adjust", at: "2025-01-05", points: 5, activeAt: "2025-01-07", ...by });
    expect(shop.at("2025-01-05")).toBe(5);
    expect(accountLots(shop.account).map(({ activeAt, expiresAt }) => [activeAt, expiresAt])).toEqual([
      [ms(5), ms(8)],
      [ms(7), ms(10)],
    ]);
  });
  test("as an opening balance for ever where they say so", () => {
    const expiry = { kind: "afterEarn", after: { days: 3 } } as const;
    const shop = openShop(programOf({ pointTypes: typeWith(expiry) }), "A", "2025-01-01");
    shop.grant(lotOf(5, "2025-01-05"));
    expect(shop.at("2035-01-05")).toBe(5);
  });
});

describe("holds", () => {
  test("last by the clocks of the programme: a day is 23 hours where the clocks go forward", () => {
    const shop = openShop(programOf({ holdTimeout: { days: 1 }, timeZone: "America/New_York" }));
    shop.grant(lotOf(9, "2025-03-01"));
    const hold = { type: "authorize", at: "2025-03-08T12:00Z", holdId: "H", points: 9 } as const;
    expect(first(shop, hold)).toMatchObject({ until: Date.UTC(2025, 2, 9, 11) });
  });
  test("of which all is captured release nothing", () => {
    const shop = openShop(programOf());
    shop.grant(lotOf(9, "2025-01-01"));
    shop.grant({ type: "authorize", at: "2025-01-02", holdId: "H", points: 9 });
    const captured = first(shop, { type: "capture", at: "2025-01-03", holdId: "H" });
    expect(captured).toMatchObject({ points: 9, released: [], postings: { "points.held": -9 } });
    expect(captured).not.toHaveProperty("repaid");
  });
  test("released by a capture name what repays arrears", () => {
    const shop = openShop(programOf({ returnPolicy: "unlimited" }));
    shop.grant(earn("2025-01-01", "O", 100));
    shop.grant({ type: "authorize", at: "2025-01-02", holdId: "H", points: 70 });
    shop.grant({ type: "clawBack", at: "2025-01-03", orderId: "O" });
    expect(first(shop, { type: "capture", at: "2025-01-04", holdId: "H", points: 20 })).toMatchObject({
      released: [{ lot: 0, points: 50 }],
      repaid: [{ lot: 0, points: 50 }],
      // 50 come from the hold to what is available, and go from there to what is owed.
      postings: { "points.held": -70, "points.redeemed": 20, "points.arrears": 50 },
    });
  });
});

describe("what arrives at the very instant", () => {
  const waiting = [{ id: "points", kind: "spendable" as const, pendingFor: { days: 5 } }];
  test("from which its points count: they never wait", () => {
    const shop = openShop(programOf({ pointTypes: waiting }), "A", "2025-01-01");
    const { events } = shop.grant(earn("2025-01-01", "O", 9, { recordedAt: "2025-01-06" }));
    expect(events.map(({ type }) => type)).toEqual(["earned"]);
    expect(bodyOf(events[0])).toMatchObject({ postings: { "points.issued": -9, "points.available": 9 } });
    const early = shop.grant(earn("2025-01-02", "O-2", 9, { recordedAt: "2025-01-06T23:59:59.999Z" }));
    expect(bodyOf(early.events[0])).toMatchObject({ postings: { "points.pending": 9 } });
  });
  test("until which it waits: a settlement books what is due on it, and nothing after it", () => {
    const shop = openShop(programOf({ pointTypes: waiting }), "A", "2025-01-01");
    shop.grant(earn("2025-01-01", "O", 9));
    expect(settleLoyalty(shop.program, shop.account, ms(6) - 1)).toMatchObject({ events: [] });
    expect(settleLoyalty(shop.program, shop.account, ms(6) - 1).account).toBe(shop.account);
    expect(settleLoyalty(shop.program, shop.account, ms(6)).events).toMatchObject([
      { type: "activated", at: ms(6), recordedAt: ms(6) },
    ]);
    const booked = settleLoyalty(shop.program, shop.account, ms(6), ms(9));
    expect(booked.events).toMatchObject([{ at: ms(6), recordedAt: ms(9) }]);
    // Never before the account's last event.
    shop.grant(lotOf(1, "2025-01-04"));
    shop.program = programOf({ pointTypes: [{ ...waiting[0], pendingFor: { days: 1 } }] });
    const late = settleLoyalty(shop.program, shop.account, ms(6), ms(2));
    expect(late.events).toMatchObject([{ recordedAt: ms(4) }]);
  });
});

describe("rules that ask the account", () => {
  test("a first purchase is the first order with lines, whatever visits came before", () => {
    const earnRules = [
      { id: "base", award: { per: "amount", points: 1, amount: 1 } },
      { id: "welcome", award: { per: "order", points: 100 }, when: { firstPurchase: true } },
    ] as const;
    const shop = openShop(programOf({ earnRules }));
    shop.grant({ type: "earn", at: "2025-01-01", orderId: "V", visit: true });
    expect(shop.grant(earn("2025-01-02", "O-1", 5)).outcome.points).toEqual({ points: 105 });
    expect(shop.grant(earn("2025-01-03", "O-2", 5)).outcome.points).toEqual({ points: 5 });
  });
  test("caps over a month add up, and points of several lots are answered as one sum", () => {
    const earnRules = [
      {
        id: "base",
        award: { per: "amount", points: 1, amount: 1 },
        caps: [{ points: 15, per: "month", binds: "afterMultiplier" }],
      },
      { id: "later", award: { per: "order", points: 100 }, pendingFor: { days: 5 } },
    ] as const;
    const shop = openShop(programOf({ earnRules }));
    const points = ["01-01", "01-02", "01-03", "02-01"].map(
      (day, i) => shop.grant(earn(`2025-${day}`, `O-${i}`, 10)).outcome.points,
    );
    expect(points).toEqual([110, 105, 100, 110].map((sum) => ({ points: sum })));
  });
});

test("a fingerprint that was stored is found again: computed apart from this package, over the fields as JSON", () => {
  const command = { type: "void", key: "K-1", at: Date.UTC(2025, 0, 1), holdId: "H-é" } as const;
  const stored = "-46029918.-1622879049.2056473102.-897214289";
  expect(commandFingerprint(command)).toBe(stored);
  expect(commandFingerprint({ ...command, recordedAt: ms(9) })).toBe(stored);
});

test("arguments that are none are named", () => {
  const { program, account } = openShop(programOf());
  expect(() => simulateLoyalty(program, account, "all" as never)).toThrow(
    expect.objectContaining({ code: "INVALID_ARGUMENT", path: "commands" }),
  );
  expect(() => settleLoyalty(program, account, "soon")).toThrow(
    expect.objectContaining({ code: "INVALID_ARGUMENT", path: "at" }),
  );
  expect(() => lotOfAccount(account, 7)).toThrow(
    expect.objectContaining({
      code: "INVALID_ARGUMENT",
      path: "account.lots",
      message: expect.stringContaining("no lot 7"),
    }),
  );
});
