import { describe, expect, test } from "vitest";
import { formatMoney } from "../../../src/core/format-money.js";
import { money } from "../../../src/core/money.js";
import { mergeAccounts } from "../../../src/loyalty/ledger/transfer-points.js";
import {
  type LoyaltyStatementOptions,
  loyaltyStatement,
} from "../../../src/loyalty/reading/loyalty-statement.js";
import { thrown } from "../../core/thrown.js";
import { keep, lotOf, openShop, programOf, type Shop } from "../ledger/shop.js";

const redeem = (at: string, points: number) => ({ type: "redeem", at, redemptionId: "R-1", points }) as const;
const linesOf = (shop: Shop, options: LoyaltyStatementOptions) =>
  loyaltyStatement(shop.program, shop.events, options).lines.map(({ at, text }) => [
    new Date(at).toISOString().slice(0, 10),
    text,
  ]);

describe("a redemption of 120 of 150 points that arrives after they lapsed", () => {
  const shop = openShop(programOf(), "A", "2024-01-01");
  shop.grant(lotOf(150, "2024-01-10", "2024-06-01"));
  shop.grant({ type: "expire", at: "2024-06-15" });
  shop.grant({ ...redeem("2024-05-20", 120), recordedAt: "2024-07-01" });
  const year = { start: "2024-01-02", end: "2025-01-01" };

  test("by the books: 150 lapse, then 120 of the lapsed are spent", () => {
    expect(linesOf(shop, year)).toEqual([
      ["2024-01-10", "150 points added by import: opening balance"],
      ["2024-06-01", "150 points lapsed"],
      ["2024-07-01", "Redemption R-1: 120 points spent"],
    ]);
  });
  test("by when it happened: 120 are spent, then the other 30 lapse", () => {
    expect(linesOf(shop, { ...year, basis: "occurred" })).toEqual([
      ["2024-01-10", "150 points added by import: opening balance"],
      ["2024-05-20", "Redemption R-1: 120 points spent"],
      ["2024-06-01", "30 points lapsed"],
    ]);
  });
  test("June opens with 150 by the books and with 30 by when it happened; both close with 0", () => {
    const june = { start: "2024-06-01", end: "2024-07-01" };
    const ends = (basis: "recorded" | "occurred") => {
      const [points] = loyaltyStatement(shop.program, shop.events, { ...june, basis }).points;
      return [points?.opening, points?.closing];
    };
    expect(ends("recorded")).toEqual([150, 0]);
    expect(ends("occurred")).toEqual([30, 0]);
  });
});

test("a lapse that nothing has booked yet stands in its place, without a number", () => {
  const shop = openShop(programOf(), "A", "2024-01-01");
  shop.grant(lotOf(150, "2024-01-10", "2024-06-01"));
  const { lines, points } = loyaltyStatement(shop.program, shop.events, {
    start: "2024-06-01",
    end: "2024-06-02",
  });
  expect(lines.map(({ seq, type, text }) => [seq, type, text])).toEqual([
    [null, "expired", "150 points lapsed"],
  ]);
  expect(points[0]?.accounts.find(({ account }) => account === "expired")).toEqual({
    account: "expired",
    opening: 0,
    movements: 150,
    closing: 150,
  });
});

describe("each kind of event in words", () => {
  const program = programOf({
    currency: "EUR",
    returnPolicy: "unlimited",
    pointTypes: [{ id: "points", kind: "spendable", pendingFor: { days: 2 } }],
    earnRules: [{ id: "base", name: "Base rate", award: { per: "amount", points: 1, amount: 100 } }],
    redemption: { points: 100, amount: 100 },
    rewards: [{ id: "mug", name: "Coffee mug", points: 20, cash: 250 }],
    household: { maximumMembers: 3, redeem: "anyone" },
    tiers: {
      levels: [
        { id: "basic", name: "Basic", threshold: 0 },
        { id: "gold", name: "Gold", threshold: 300_00 },
      ],
      measure: { kind: "spend" },
      period: { kind: "calendar", unit: "year" },
      downgrade: "byBalance",
      levelOfOrder: "start",
    },
  });
  const shop = openShop(program, "A", "2025-01-01");
  shop.grant({ type: "earn", at: "2025-01-02", orderId: "O-1", lines: [{ lineId: "1", amount: 400_00 }] });
  shop.grant({ type: "addMember", at: "2025-01-05", memberId: "M-2" });
  shop.grant({
    type: "redeem",
    at: "2025-01-06",
    redemptionId: "R-1",
    points: 100,
    orderId: "O-2",
    orderAmount: 50_00,
  });
  shop.grant({ type: "redeem", at: "2025-01-07", redemptionId: "R-2", rewardId: "mug" });
  shop.grant({ type: "reverseRedemption", at: "2025-01-08", redemptionId: "R-2" });
  shop.grant({
    type: "authorize",
    at: "2025-01-09",
    holdId: "H-1",
    points: 50,
    until: "2025-02-01",
    orderId: "O-3",
  });
  shop.grant({ type: "capture", at: "2025-01-10", holdId: "H-1", points: 40 });
  shop.grant({ type: "authorize", at: "2025-01-11", holdId: "H-2", points: 10, until: "2025-01-12" });
  shop.grant({ type: "transferOut", at: "2025-01-13", transferId: "T-1", to: "B", points: 60 });
  shop.grant({ type: "clawBack", at: "2025-01-14", orderId: "O-1" });
  shop.grant({ type: "adjust", at: "2025-01-15", points: 250, reason: "goodwill", actor: "Ani" });
  shop.grant({
    type: "setTier",
    at: "2025-01-16",
    tier: "gold",
    until: "2025-07-01",
    reason: "gesture",
    actor: "Ani",
  });
  shop.grant({ type: "close", at: "2025-01-17", reason: "moved away", actor: "Budi" });
  const window = { start: "2025-01-01", end: "2025-02-01" };

  test("English", () => {
    expect(linesOf(shop, window)).toEqual([
      ["2025-01-01", "member of A joined"],
      ["2025-01-02", "Order O-1: 400 points earned (Base rate), 400 points of them from 2025-01-04 on"],
      ["2025-01-02", "Level Basic becomes Gold until 2027-01-01"],
      ["2025-01-04", "400 points began to count"],
      ["2025-01-05", "The account is shared with M-2"],
      ["2025-01-06", "Redemption R-1: 100 points spent, worth €1.00 on order O-2"],
      ["2025-01-07", "Redemption R-2: 20 points and €2.50 spent for Coffee mug"],
      ["2025-01-08", "Redemption R-2: 20 points given back"],
      ["2025-01-09", "Hold H-1: 50 points set aside until 2025-02-01"],
      ["2025-01-10", "Hold H-1: 40 points spent, worth €0.40 on order O-3, 10 points released"],
      ["2025-01-11", "Hold H-2: 10 points set aside until 2025-01-12"],
      ["2025-01-12", "Hold H-2 ran out: 10 points released"],
      ["2025-01-13", "Transfer T-1: 60 points sent to B"],
      ["2025-01-14", "Return of order O-1: 400 points taken back, 200 points of them owed"],
      ["2025-01-15", "250 points added by Ani: goodwill, of which 200 points went to what was owed"],
      ["2025-01-16", "Level Gold given by hand until 2025-07-01 (Ani: gesture)"],
      ["2025-01-17", "Account closed by Budi: moved away; 50 points lapsed"],
    ]);
  });
  test("Indonesian: the same lines", () => {
    // Blanks and symbols are those of the runtime.
    const euros = (amount: number) => formatMoney(money(amount, "EUR"), { locale: "id-ID" });
    const lines = linesOf(shop, { ...window, language: "id" }).map(([, text]) => text);
    expect(lines).toHaveLength(linesOf(shop, window).length);
    expect(lines.slice(0, 8)).toEqual([
      "member of A bergabung",
      "Pesanan O-1: 400 points diperoleh (Base rate), 400 points di antaranya berlaku mulai 2025-01-04",
      "Tingkat Basic menjadi Gold sampai 2027-01-01",
      "400 points mulai berlaku",
      "Akun ini dipakai bersama M-2",
      `Penukaran R-1: 100 points dipakai, senilai ${euros(100)} pada pesanan O-2`,
      `Penukaran R-2: 20 points dan ${euros(250)} dipakai untuk Coffee mug`,
      "Penukaran R-2: 20 points dikembalikan",
    ]);
    expect(lines[9]).toBe(
      `Penahanan H-1: 40 points dipakai, senilai ${euros(40)} pada pesanan O-3, 10 points dilepas`,
    );
    expect(lines.at(-1)).toBe("Akun ditutup oleh Budi: moved away; 50 points hangus");
  });
});

test("what a reversal undoes in money, and where a merged account went", () => {
  const redemption = { points: 100, amount: 50 };
  const [a, b] = [
    openShop(programOf({ redemption }), "A", "2025-01-01"),
    openShop(programOf({ redemption }), "B", "2025-01-01"),
  ];
  a.grant(lotOf(300, "2025-01-02"));
  a.grant(redeem("2025-01-03", 300));
  a.grant({ type: "reverseRedemption", at: "2025-01-04", redemptionId: "R-1", points: 100 });
  const merge = { key: "M", transferId: "M", at: "2025-01-05", reason: "two cards", actor: "desk" };
  const merged = mergeAccounts(a.program, a.account, b.account, merge);
  if (!merged.ok) throw new Error(merged.error.message);
  keep(a, merged.value.from);
  const texts = (language: "en" | "id") =>
    linesOf(a, { start: "2025-01-04", end: "2025-02-01", language }).map(([, text]) => text);
  expect(texts("en")).toEqual([
    "Redemption R-1: 100 points given back, worth €0.50",
    "Transfer M: 100 points sent to B",
    "Account closed by desk: two cards; merged into B",
  ]);
  expect(texts("id").at(-1)).toBe("Akun ditutup oleh desk: two cards; digabung ke B");
});

test.each([
  [{ start: "2025-01-02", end: "2025-01-02" }, "options.end"],
  [{ start: "2025-01-01", end: "soon" }, "options.end"],
  [{ start: "2025-01-01", end: "2025-02-01", basis: "booked" as "recorded" }, "options.basis"],
  [{ start: "2025-01-01", end: "2025-02-01", language: "nl" as "en" }, "options.language"],
])("%o is refused", (options, path) => {
  const shop = openShop(programOf());
  const error = thrown(() => loyaltyStatement(shop.program, shop.events, options));
  expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", path]);
});

test("an earn that arrives when its points have lapsed: February knew nothing, March has both", () => {
  const pointTypes = [
    { id: "points", kind: "spendable", expiry: { kind: "afterEarn", after: { days: 20 } } },
  ] as const;
  const shop = openShop(programOf({ pointTypes }), "A", "2025-01-01");
  shop.grant({
    type: "earn",
    at: "2025-01-20",
    recordedAt: "2025-03-05",
    orderId: "O-1",
    lines: [{ lineId: "1", amount: 50 }],
  });
  expect(linesOf(shop, { start: "2025-02-01", end: "2025-03-01" })).toEqual([]);
  expect(linesOf(shop, { start: "2025-03-01", end: "2025-04-01" })).toEqual([
    ["2025-03-05", "Order O-1: 50 points earned (base)"],
    ["2025-03-05", "50 points lapsed"],
  ]);
});
