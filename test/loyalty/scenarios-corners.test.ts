import { describe, expect, test } from "vitest";
import { lotOf, openShop, programOf, remaining } from "./ledger/shop.js";

// Corners of the ledger that a changed line of it would break and no worked scenario would show.

const earn = (at: string, orderId: string, amount: number) =>
  ({ type: "earn", at, orderId, lines: [{ lineId: "1", amount, quantity: 3 }] }) as const;
const redeem = (at: string, points: number, redemptionId = "R") =>
  ({ type: "redeem", at, redemptionId, points }) as const;

describe("a return", () => {
  const two = [
    { id: "points", kind: "spendable" },
    { id: "status", kind: "qualifying" },
  ] as const;
  const earnRules = [
    { id: "base", award: { per: "amount", points: 1, amount: 1 } },
    { id: "status", pointType: "status", award: { per: "order", points: 2 } },
  ] as const;

  test("takes what its own lots lack from others in burn order, from each no more than is missing", () => {
    const shop = openShop(programOf());
    shop.grant(earn("2025-01-01", "O", 50));
    shop.grant(redeem("2025-01-01", 50));
    for (const month of ["04", "03", "02"]) shop.grant(lotOf(20, "2025-01-02", `2025-${month}-01`));
    const [event] = shop.grant({ type: "clawBack", at: "2025-01-03", orderId: "O" }).events;
    expect(remaining(shop.account)).toEqual([0, 10, 0, 0]);
    expect(event?.type === "clawedBack" && event.allocations).toEqual([
      { lot: 3, points: 20 },
      { lot: 2, points: 20 },
      { lot: 1, points: 10 },
    ]);
  });

  test("names only what is due, owed or let go, and the type of it", () => {
    const shop = openShop(programOf({ pointTypes: two, earnRules, returnPolicy: "unlimited" }));
    shop.grant(earn("2025-01-01", "O", 30));
    // A third of two points, rounded down, is none.
    const [part] = shop.grant({
      type: "clawBack",
      at: "2025-01-02",
      orderId: "O",
      lines: [{ lineId: "1", quantity: 1 }],
    }).events;
    expect(part).toMatchObject({ type: "clawedBack" });
    expect(part?.type === "clawedBack" && [part.due, part.arrears, part.unrecovered]).toEqual([
      { points: 10 },
      {},
      {},
    ]);
    shop.grant(redeem("2025-01-02", 20));
    const [rest] = shop.grant({ type: "clawBack", at: "2025-01-03", orderId: "O" }).events;
    expect(rest?.type === "clawedBack" && [rest.due, rest.arrears, rest.unrecovered]).toEqual([
      { points: 20, status: 2 },
      { points: 20 },
      {},
    ]);
  });
});

test("reinstated points of several lots come back lot by lot, each for the window's local days after its own lapse", () => {
  const reversal = { into: "originalLots", reinstatementWindow: { days: 30 } } as const;
  const shop = openShop(programOf({ timeZone: "America/New_York", reversal }));
  shop.grant(lotOf(10, "2025-01-01", "2025-03-01"));
  shop.grant(lotOf(20, "2025-01-01", "2025-03-05"));
  shop.grant(redeem("2025-01-02", 30));
  shop.grant({ type: "reverseRedemption", at: "2025-03-10", redemptionId: "R" });
  // Midnight in New York is an hour earlier in UTC from 9 March on.
  const steps = [
    "2025-03-31T03:59:59.999Z",
    "2025-03-31T04:00Z",
    "2025-04-04T03:59:59.999Z",
    "2025-04-04T04:00Z",
  ];
  expect(steps.map((instant) => shop.at(instant))).toEqual([30, 20, 20, 0]);
});

test("a redemption that arrives late takes first what has lapsed since, then what lapses next", () => {
  const shop = openShop(programOf());
  shop.grant(lotOf(10, "2025-01-01", "2025-04-01"));
  shop.grant(lotOf(10, "2025-01-01", "2025-02-01"));
  shop.grant(lotOf(10, "2025-01-01", "2025-01-20"));
  const [event] = shop
    .grant({ ...redeem("2025-01-10", 25), recordedAt: "2025-03-01" })
    .events.filter(({ type }) => type === "redeemed");
  expect(event?.type === "redeemed" && event.allocations).toEqual([
    { lot: 2, points: 10 },
    { lot: 1, points: 10 },
    { lot: 0, points: 5 },
  ]);
});

describe("arrears", () => {
  const owing = (program: Parameters<typeof programOf>[0]) => {
    const shop = openShop(programOf({ returnPolicy: "unlimited", ...program }));
    shop.grant(earn("2025-01-01", "O-1", 30));
    shop.grant(redeem("2025-01-01", 30));
    shop.grant({ type: "clawBack", at: "2025-01-02", orderId: "O-1" });
    return shop;
  };
  test.each([
    ["oldest", [0, 0, 40]],
    ["soonestExpiry", [0, 40, 0]],
  ] as const)("points that begin to count together repay in burn order: %s", (burnOrder, left) => {
    const shop = owing({ burnOrder });
    const [by, activeAt] = [{ reason: "gift", actor: "desk" }, "2025-02-01"];
    for (const [at, points, expiresAt] of [
      ["2025-01-03", burnOrder === "oldest" ? 30 : 40, "2025-12-01"],
      ["2025-01-04", burnOrder === "oldest" ? 40 : 30, "2025-06-01"],
    ] as const) {
      shop.grant({ type: "adjust", at, points, activeAt, expiresAt, ...by });
    }
    shop.grant({ type: "expire", at: "2025-02-01" });
    expect(remaining(shop.account)).toEqual(left);
    expect(shop.at("2025-02-01", "arrears")).toBe(0);
  });

  test("of two types are repaid each by its own points", () => {
    const earnRules = [
      { id: "base", award: { per: "amount", points: 1, amount: 1 } },
      { id: "miles", pointType: "miles", award: { per: "order", points: 4 } },
    ] as const;
    const kind = "spendable" as const;
    const shop = openShop(
      programOf({
        earnRules,
        returnPolicy: "unlimited",
        pointTypes: ["points", "miles"].map((id) => ({ id, kind })),
      }),
    );
    shop.grant(earn("2025-01-01", "O-1", 30));
    shop.grant(redeem("2025-01-01", 30));
    shop.grant({ type: "redeem", at: "2025-01-01", redemptionId: "M", points: 3, pointType: "miles" });
    shop.grant({ type: "clawBack", at: "2025-01-02", orderId: "O-1" });
    expect([shop.at("2025-01-02"), shop.at("2025-01-02", undefined, "miles")]).toEqual([-30, -3]);
    shop.grant(earn("2025-01-03", "O-2", 10));
    expect([shop.at("2025-01-03"), shop.at("2025-01-03", undefined, "miles")]).toEqual([-20, 1]);
  });

  test("are repaid by points that still last when they arrive, each type with its own lapse", () => {
    const type = (id: string, days: number) =>
      ({ id, kind: "spendable", expiry: { kind: "afterActivity", after: { days } } }) as const;
    const earnRules = [
      { id: "base", award: { per: "amount", points: 1, amount: 1 } },
      { id: "miles", pointType: "miles", award: { per: "amount", points: 1, amount: 1 } },
    ] as const;
    const shop = openShop(
      programOf({
        earnRules,
        returnPolicy: "unlimited",
        pointTypes: [type("points", 10), type("miles", 100)],
      }),
    );
    shop.grant(earn("2025-01-01", "O-1", 30));
    for (const pointType of ["points", "miles"]) {
      shop.grant({ type: "redeem", at: "2025-01-01", redemptionId: pointType, points: 30, pointType });
    }
    shop.grant({ type: "clawBack", at: "2025-01-02", orderId: "O-1" });
    shop.grant({ ...earn("2025-01-12", "O-2", 20), recordedAt: "2025-02-12" });
    expect([shop.at("2025-02-12"), shop.at("2025-02-12", undefined, "miles")]).toEqual([-30, -10]);
  });
});
