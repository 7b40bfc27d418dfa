import { expect, test } from "vitest";
import { decideLoyalty } from "../../../src/loyalty/ledger/decide-loyalty.js";
import { emptyLoyaltyAccount } from "../../../src/loyalty/ledger/loyalty-account.js";
import type { LoyaltyCommand } from "../../../src/loyalty/ledger/loyalty-command.js";
import type { LoyaltyEvent } from "../../../src/loyalty/ledger/loyalty-event.js";
import { defineProgram } from "../../../src/loyalty/parse-loyalty.js";
import { partnerMovements } from "../../../src/loyalty/schemes/partner-movements.js";
import { partnerSettlement } from "../../../src/loyalty/schemes/partner-settlement.js";

const program = defineProgram({
  version: 1,
  id: "club",
  currency: "EUR",
  pointTypes: [{ id: "points", kind: "spendable" }],
  earnRules: [{ id: "base", award: { per: "amount", points: 1, amount: 100 } }],
});
const line = { lineId: "1", productId: "meal", quantity: 1 };
const commands: LoyaltyCommand[] = [
  { type: "enroll", key: "k1", at: "2025-01-01", memberId: "M-1" },
  { type: "earn", key: "k2", at: "2025-01-02", orderId: "cafe:1", lines: [{ ...line, amount: 80_00 }] },
  { type: "earn", key: "k3", at: "2025-01-03", orderId: "bank:1", lines: [{ ...line, amount: 50_00 }] },
  { type: "earn", key: "k4", at: "2025-01-04", orderId: "us:1", lines: [{ ...line, amount: 7_00 }] },
  { type: "redeem", key: "k5", at: "2025-01-05", redemptionId: "shop:1", points: 60 },
  { type: "authorize", key: "k6", at: "2025-01-06", holdId: "shop:2", points: 30 },
  { type: "capture", key: "k7", at: "2025-01-07", holdId: "shop:2", points: 20 },
  { type: "reverseRedemption", key: "k8", at: "2025-02-01", redemptionId: "shop:1", points: 60 },
  { type: "clawBack", key: "k9", at: "2025-02-02", orderId: "cafe:1" },
];

const events: LoyaltyEvent[] = [];
let account = emptyLoyaltyAccount("A-1");
for (const command of commands) {
  const result = decideLoyalty(program, account, command);
  if (!result.ok) throw new Error(`${command.key}: ${result.error.message}`);
  events.push(...result.value.events);
  account = result.value.account;
}

/** Business ids name the partner. */
function partnerOf(event: LoyaltyEvent): string | null {
  const id =
    "orderId" in event && event.orderId !== null
      ? event.orderId
      : "redemptionId" in event
        ? event.redemptionId
        : "holdId" in event
          ? event.holdId
          : "us:";
  const [partner = "us"] = id.split(":");
  return partner === "us" ? null : partner;
}

test("an earn issues, a return takes back, redemption and capture redeem, a reversal takes back; our own are left out", () => {
  const movements = partnerMovements(events, { pointType: "points", partnerOf });
  expect(movements.map(({ partnerId, kind, points }) => [partnerId, kind, points])).toEqual([
    ["cafe", "issued", 80],
    ["bank", "issued", 50],
    ["shop", "redeemed", 60],
    ["shop", "redeemed", 20],
    ["shop", "redeemed", -60],
    ["cafe", "issued", -80],
  ]);
});

test("to the point: with our own counted as a partner, what is owed is what the account holds", () => {
  const movements = partnerMovements(events, {
    pointType: "points",
    partnerOf: (event) => partnerOf(event) ?? "own",
  });
  const startAt = Date.UTC(2025, 0, 1);
  const rates = [{ from: startAt, issue: 1, redeem: 1 }];
  const partners = ["cafe", "bank", "shop", "own"].map((partnerId) => ({
    partnerId,
    startAt,
    settlement: { currency: "EUR", rates },
  }));
  const { total } = partnerSettlement(movements, partners, {
    asOf: "2025-03-01",
    start: "2025-01-01",
    operatorId: "us",
  });
  // 80 + 50 + 7 earned, 80 taken back, 20 spent, no hold left.
  expect(total.pointsOwed).toBe(37);
  const posted = events
    .flatMap(({ postings }) => postings)
    .filter((posting) => posting.account === "available");
  expect(posted.reduce((sum, { points }) => sum + points, 0)).toBe(total.pointsOwed);
});

test("what is taken back bears the instant of the event that it takes back, where the caller knows it", () => {
  const pricedAt = () => Date.UTC(2025, 0, 2);
  const movements = partnerMovements(events, { pointType: "points", partnerOf, pricedAt });
  expect(movements.map((movement) => movement.pricedAt)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    pricedAt(),
    pricedAt(),
  ]);
});

test("what arrives late is of the time at which it was booked, at the price of the time at which it happened", () => {
  const late = {
    type: "earn",
    key: "k10",
    at: "2025-01-31",
    recordedAt: "2025-03-05",
    orderId: "cafe:2",
  } as const;
  const result = decideLoyalty(program, account, { ...late, lines: [{ ...line, amount: 10_00 }] });
  if (!result.ok) throw new Error(result.error.message);
  const movements = partnerMovements([...events, ...result.value.events], { pointType: "points", partnerOf });
  expect(movements.at(-1)).toEqual({
    partnerId: "cafe",
    at: Date.UTC(2025, 2, 5),
    kind: "issued",
    points: 10,
    pricedAt: Date.UTC(2025, 0, 31),
  });
  // The cafe paid 1 a point in January and pays 3 from February on; January was settled before the order arrived.
  const startAt = Date.UTC(2025, 0, 1);
  const rates = [
    { from: startAt, issue: 1, redeem: 1 },
    { from: Date.UTC(2025, 1, 1), issue: 3, redeem: 1 },
  ];
  const partners = ["cafe", "bank", "shop"].map((partnerId) => ({
    partnerId,
    startAt,
    settlement: { currency: "EUR", rates },
  }));
  const settle = (rows: typeof movements) =>
    partnerSettlement(rows, partners, { asOf: "2025-04-01", start: "2025-01-01", operatorId: "us" }).periods;
  const [before] = settle(movements.slice(0, -1));
  const [january, , march] = settle(movements);
  expect(january).toEqual(before);
  expect(march?.partners.find(({ partnerId }) => partnerId === "cafe")).toMatchObject({
    issued: 10,
    pays: 10,
  });
});

test("another type of point has no movements; a partner that is no text is a mistake", () => {
  expect(partnerMovements(events, { pointType: "miles", partnerOf })).toEqual([]);
  expect(() => partnerMovements(events, { pointType: "points", partnerOf: () => "" })).toThrow(
    expect.objectContaining({ code: "INVALID_ARGUMENT", path: "options.partnerOf(event)" }),
  );
});
