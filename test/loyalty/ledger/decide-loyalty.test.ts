import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ClienteleError } from "../../../src/core/errors.js";
import { decideLoyalty } from "../../../src/loyalty/ledger/decide-loyalty.js";
import { evolveLoyalty, foldLoyalty } from "../../../src/loyalty/ledger/evolve-loyalty.js";
import type { LoyaltyCommand } from "../../../src/loyalty/ledger/loyalty-command.js";
import type { LoyaltyEvent } from "../../../src/loyalty/ledger/loyalty-event.js";
import { settleLoyalty } from "../../../src/loyalty/ledger/settle-loyalty.js";
import { countedIn } from "../counted-in.js";
import { lotOf, openShop, programOf, remaining, type Shop } from "./shop.js";

const redeem = (at: string, points: number, redemptionId = "R") =>
  ({ type: "redeem", at, redemptionId, points }) as const;
const earn = (at: string, orderId: string, amount: number) =>
  ({ type: "earn", at, orderId, lines: [{ lineId: "1", amount }] }) as const;

describe("idempotency", () => {
  const shop = openShop(programOf());
  const command = { ...earn("2025-01-02", "O", 70), key: "K" };
  const first = shop.grant(command);

  test("the same key and payload give the first answer and no events, whenever it arrives", () => {
    shop.grant(redeem("2025-02-01", 20));
    const again = shop.grant({ ...command, recordedAt: "2025-03-01" });
    expect(again).toMatchObject({ events: [], repeated: true, outcome: first.outcome });
    expect(first.outcome.points).toEqual({ points: 70 });
    expect(shop.at("2025-03-01")).toBe(50);
  });
  test("the order of the fields and the form of the instant make no other payload", () => {
    const { type, at: _, orderId, lines, key } = command;
    expect(shop.grant({ lines, key, orderId, at: Date.UTC(2025, 0, 2), type }).repeated).toBe(true);
  });
  test("another payload is a conflict", () => {
    const refusal = shop.refusal({ ...earn("2025-01-02", "O", 71), key: "K" });
    expect(refusal).toMatchObject({ code: "idempotency_conflict", id: "K" });
  });
  test("another key with the id of an order, redemption or hold is refused", () => {
    expect(shop.refusal(earn("2025-01-02", "O", 70)).code).toBe("duplicate_order");
    expect(shop.refusal(redeem("2025-02-01", 20)).code).toBe("duplicate_redemption");
    shop.grant({ type: "authorize", at: "2025-02-02", holdId: "H", points: 5 });
    expect(shop.refusal({ type: "authorize", at: "2025-02-02", holdId: "H", points: 5 }).code).toBe(
      "duplicate_hold",
    );
    expect(shop.refusal(redeem("2025-02-02", 5, "H")).code).toBe("duplicate_redemption");
    expect(shop.refusal({ type: "authorize", at: "2025-02-02", holdId: "R", points: 5 }).code).toBe(
      "duplicate_hold",
    );
  });
  test("a refused command is decided again when it is sent again", () => {
    const late = { ...redeem("2025-02-03", 60, "R2"), key: "again" };
    expect(shop.refusal(late).code).toBe("insufficient_points");
    shop.grant(earn("2025-02-03", "O2", 100));
    expect(shop.grant(late).repeated).toBe(false);
  });
});

describe("claw-backs in parts", () => {
  const lines = [
    { lineId: "1", quantity: 3, amount: 100 },
    { lineId: "2", quantity: 7, amount: 33 },
  ];
  const bought = () => {
    const shop = openShop(programOf({ returnPolicy: "unlimited" }));
    shop.grant({ type: "earn", at: "2025-01-01", orderId: "O", lines });
    return shop;
  };
  const units = lines.flatMap(({ lineId, quantity }) => Array.from({ length: quantity }, () => lineId));

  test("by line in any order come to the whole", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(units, { minLength: units.length }), (order) => {
        const shop = bought();
        for (const lineId of order) {
          shop.grant({ type: "clawBack", at: "2025-01-02", orderId: "O", lines: [{ lineId, quantity: 1 }] });
        }
        expect(shop.at("2025-01-02")).toBe(0);
        expect(shop.refusal({ type: "clawBack", at: "2025-01-03", orderId: "O" }).code).toBe(
          "already_returned",
        );
        const settled = settleLoyalty(shop.program, shop.account, "2025-01-02").account;
        expect(countedIn(settled, ["points"])).toEqual([0, 0, 0, 0]);
      }),
      { numRuns: 50 },
    );
  });
  test("by amount come to the whole, each step to the floor of its share", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 8 }), (parts) => {
        const shop = bought();
        let back = 0;
        for (const amount of parts) {
          if (back + amount > 133) continue;
          shop.grant({ type: "clawBack", at: "2025-01-02", orderId: "O", amount });
          back += amount;
          // The order earned a point for each of its 133.
          expect(shop.at("2025-01-02")).toBe(133 - back);
        }
        if (back < 133) shop.grant({ type: "clawBack", at: "2025-01-03", orderId: "O" });
        expect(shop.at("2025-01-03")).toBe(0);
      }),
      { numRuns: 50 },
    );
  });
  test("more than is left, mixed ways and unknown lines are refused", () => {
    const shop = bought();
    const back = { type: "clawBack", at: "2025-01-02", orderId: "O" } as const;
    expect(shop.refusal({ ...back, orderId: "X" }).code).toBe("unknown_order");
    expect(shop.refusal({ ...back, lines: [{ lineId: "3", quantity: 1 }] }).code).toBe("unknown_line");
    expect(shop.refusal({ ...back, amount: 134 })).toMatchObject({
      code: "return_exceeds_order",
      limit: 133,
    });
    shop.grant({ ...back, lines: [{ lineId: "1", quantity: 2 }] });
    const tooMany = shop.refusal({ ...back, lines: [{ lineId: "1", quantity: 2 }] });
    expect(tooMany).toMatchObject({ code: "return_exceeds_order", requested: 2, limit: 1 });
    expect(shop.refusal({ ...back, amount: 1 }).code).toBe("return_mixed");
    const byAmount = bought();
    byAmount.grant({ ...back, amount: 1 });
    expect(byAmount.refusal({ ...back, lines: [{ lineId: "1", quantity: 1 }] }).code).toBe("return_mixed");
  });
  test("points that lapsed unspent are not owed again", () => {
    const pointTypes = [
      { id: "points", kind: "spendable", expiry: { kind: "afterEarn", after: { months: 1 } } } as const,
    ];
    const shop = openShop(programOf({ returnPolicy: "unlimited", pointTypes }));
    shop.grant(earn("2025-01-01", "O", 100));
    shop.grant({ type: "clawBack", at: "2025-03-01", orderId: "O" });
    expect(shop.at("2025-03-01")).toBe(0);
    expect(shop.at("2025-03-01", "expired")).toBe(0);
    expect(shop.at("2025-03-01", "clawedBack")).toBe(100);
  });
});

describe("late debits", () => {
  test("draw on points that have lapsed since, and not on points that came later", () => {
    const shop = openShop(programOf());
    shop.grant(lotOf(100, "2025-01-01", "2025-02-01"));
    shop.grant(lotOf(50, "2025-03-01"));
    expect(shop.at("2025-03-01")).toBe(50);
    const late = { ...redeem("2025-01-20", 70), recordedAt: "2025-03-02" };
    const [event] = shop.grant(late).events;
    expect(event?.type === "redeemed" && event.allocations).toEqual([{ lot: 0, points: 70 }]);
    expect(shop.at("2025-03-02")).toBe(50);
    expect(shop.at("2025-03-02", "expired")).toBe(30);
    const more = shop.refusal({ ...redeem("2025-01-21", 31, "R2"), recordedAt: "2025-03-02" });
    expect(more).toMatchObject({ code: "insufficient_points", available: 30, missing: 1 });
  });
  test("the balance does not hang on whether an expire command ran", () => {
    const played = (expires: boolean) => {
      const shop = openShop(programOf());
      shop.grant(lotOf(100, "2025-01-01", "2025-02-01"));
      shop.grant(lotOf(40, "2025-01-01", "2025-04-01", "2025-01-10"));
      if (expires)
        for (const at of ["2025-01-15", "2025-02-01", "2025-03-01"]) shop.grant({ type: "expire", at });
      shop.grant({ ...redeem("2025-01-20", 110), recordedAt: "2025-03-01" });
      return ["2025-03-01", "2025-03-31", "2025-04-01"].map((at) => [shop.at(at), shop.at(at, "expired")]);
    };
    // 100 from the first lot, 10 from the second, whose other 30 lapse in April.
    expect(played(false)).toEqual([
      [30, 0],
      [30, 0],
      [0, 30],
    ]);
    expect(played(true)).toEqual(played(false));
  });
});

describe("events", () => {
  const history = (): Shop => {
    const pointTypes = [
      { id: "points", kind: "spendable", expiry: { kind: "afterEarn", after: { months: 2 } } } as const,
    ];
    const shop = openShop(programOf({ pointTypes, returnPolicy: "unlimited" }));
    for (let i = 0; i < 50; i++) {
      const at = new Date(Date.UTC(2025, 0, 1 + 3 * i)).toISOString();
      shop.grant(earn(at, `O${i}`, 40));
      if (i % 3 === 0) shop.grant(redeem(at, 30, `R${i}`));
      if (i % 7 === 0) shop.grant({ type: "authorize", at, holdId: `H${i}`, points: 10 });
      if (i % 14 === 0) shop.grant({ type: "capture", at, holdId: `H${i}`, points: 4 });
      if (i % 6 === 0) shop.grant({ type: "reverseRedemption", at, redemptionId: `R${i}`, points: 11 });
      if (i % 10 === 0) shop.grant({ type: "clawBack", at, orderId: `O${i}` });
    }
    return shop;
  };
  const { events, account } = history();

  test("fold of a prefix and then the rest, one by one, and through JSON are the decided account", () => {
    expect(events.length).toBeGreaterThan(100);
    expect(foldLoyalty(events)).toEqual(account);
    let one = foldLoyalty(events.slice(0, 1));
    for (const event of events.slice(1)) one = evolveLoyalty(one, event);
    expect(one).toEqual(account);
    for (const cut of [1, 2, 40, 77, events.length - 1]) {
      const prefix = foldLoyalty(events.slice(0, cut));
      const kept = JSON.stringify(prefix);
      expect(foldLoyalty(events.slice(cut), JSON.parse(kept))).toEqual(account);
      expect(foldLoyalty(events.slice(cut), prefix)).toEqual(account);
      expect(JSON.stringify(prefix)).toBe(kept);
    }
    expect(foldLoyalty(JSON.parse(JSON.stringify(events)))).toEqual(account);
  });
  const first = foldLoyalty(events.slice(0, 3));
  const next = events[3] as LoyaltyEvent;
  test.each([
    ["another account", { accountId: "B" }, "event.accountId"],
    ["a gap", { seq: 9 }, "event.seq"],
    ["the same event twice", { seq: 3 }, "event.seq"],
    ["an unknown version", { version: 2 }, "event.version"],
    ["an unknown type", { type: "gifted" }, "event.type"],
    ["a second enrolment", { type: "enrolled" }, "event.type"],
    ["an earlier booking", { recordedAt: 0 }, "event.recordedAt"],
    [
      "postings that do not come to zero",
      { postings: [{ account: "available", pointType: "points", points: 1 }] },
      "event.postings",
    ],
    [
      "postings that come to zero over two types only",
      {
        postings: [
          { account: "available", pointType: "points", points: 1 },
          { account: "issued", pointType: "miles", points: -1 },
        ],
      },
      "event.postings",
    ],
  ])("%s is refused", (_, change, path) => {
    let thrown: unknown;
    try {
      evolveLoyalty(first, { ...next, ...change } as LoyaltyEvent);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ClienteleError);
    expect(thrown).toMatchObject({ code: "INVALID_ARGUMENT", path });
    expect(evolveLoyalty(first, next).seq).toBe(4);
  });
});

describe("malformed commands throw with the path and the value", () => {
  const shop = openShop(programOf());
  shop.grant(lotOf(100, "2025-01-01"));
  const good = { ...redeem("2025-01-02", 10), key: "K" };
  test.each([
    [{ points: 1.5 }, "command.points", "1.5"],
    [{ points: Number.NaN }, "command.points", "NaN"],
    [{ points: 2 ** 53 }, "command.points", "9007199254740992"],
    [{ points: 0 }, "command.points", "0"],
    [{ points: -5 }, "command.points", "-5"],
    [{ points: undefined }, "command.points", "neither"],
    [{ rewardId: "mug" }, "command.points", "both"],
    [{ key: "" }, "command.key", '""'],
    [{ at: "2025-01-02T10:00" }, "command.at", "without an offset"],
    [{ type: "steal" }, "command.type", '"steal"'],
    [{ amount: 5 }, "command.amount", "amount"],
    [{ recordedAt: "2025-01-01" }, "command.recordedAt", "before command.at"],
    [{ at: "2020-01-01", recordedAt: "2020-01-02" }, "command.recordedAt", "last arrival"],
  ])("%j", (change, path, words) => {
    const before = JSON.stringify(shop.account);
    let thrown: unknown;
    try {
      decideLoyalty(shop.program, shop.account, { ...good, ...change } as LoyaltyCommand);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ name: "ClienteleError", code: "INVALID_ARGUMENT", path });
    expect((thrown as Error).message).toContain(words);
    expect(JSON.stringify(shop.account)).toBe(before);
  });
  test("points beyond exact integers are an error, not a rounded balance", () => {
    const full = openShop(programOf());
    full.grant(lotOf(Number.MAX_SAFE_INTEGER, "2025-01-01"));
    expect(() => full.send(lotOf(1, "2025-01-02"))).toThrow(/2\^53/);
    expect(remaining(full.account)).toEqual([Number.MAX_SAFE_INTEGER]);
  });
});
