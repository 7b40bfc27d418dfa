import { describe, expect, test } from "vitest";
import type { ReturnPolicy } from "../../../src/loyalty/program/loyalty-program.js";
import { lotOf, openShop, programOf, remaining } from "./shop.js";

// Worked scenarios of loyalty ledgers, each with the result that its source gives; numbers as in the reference's table.

const redeem = (at: string, points: number, redemptionId = "R") =>
  ({ type: "redeem", at, redemptionId, points }) as const;
const earn = (at: string, orderId: string, amount: number) =>
  ({ type: "earn", at, orderId, lines: [{ lineId: "1", amount }] }) as const;

describe("S1 FIFO expiry and partial redeem", () => {
  const shop = openShop(programOf());
  shop.grant(lotOf(100, "2024-01-10", "2025-01-10"));
  shop.grant(lotOf(50, "2024-03-01", "2025-03-01"));
  const [redeemed] = shop.grant(redeem("2024-06-01", 120)).events;

  test("120 take 100 of the first lot and 20 of the second", () => {
    expect(redeemed?.type === "redeemed" && redeemed.allocations).toEqual([
      { lot: 0, points: 100 },
      { lot: 1, points: 20 },
    ]);
  });
  test("the balance stays 30 when the spent lot's time is over, and is 0 when the other's is", () => {
    expect(shop.at("2024-06-01")).toBe(30);
    expect(shop.at("2025-01-11")).toBe(30);
    expect(shop.at("2025-02-28T23:59:59.999Z")).toBe(30);
    expect(shop.at("2025-03-01")).toBe(0);
    expect(shop.at("2025-03-01", "expired")).toBe(30);
  });
});

test.each([
  ["soonestExpiry", 100],
  ["oldest", 0],
] as const)("S2 burn order %s leaves %i on 2025-04-01", (burnOrder, left) => {
  const shop = openShop(programOf({ burnOrder }));
  shop.grant(lotOf(100, "2025-01-10", "2026-01-01"));
  shop.grant(lotOf(100, "2025-02-10", "2025-04-01"));
  shop.grant(redeem("2025-03-15", 100));
  expect(shop.at("2025-04-01")).toBe(left);
});

describe("S3 refund after spending: +150, -100, all of the order back", () => {
  const refunded = (returnPolicy: ReturnPolicy) => {
    const shop = openShop(programOf({ returnPolicy }));
    shop.grant(earn("2025-01-01", "O-1", 150));
    shop.grant(redeem("2025-01-02", 100));
    const [event] = shop.grant({ type: "clawBack", at: "2025-01-03", orderId: "O-1" }).events;
    if (event?.type !== "clawedBack") throw new Error("no claw-back");
    return { shop, event };
  };
  test("withinBalance: 50 taken, 100 let go; then +120 gives 120", () => {
    const { shop, event } = refunded("withinBalance");
    expect(event).toMatchObject({ due: { points: 150 }, unrecovered: { points: 100 }, arrears: {} });
    expect(shop.at("2025-01-03")).toBe(0);
    shop.grant(earn("2025-01-04", "O-2", 120));
    expect(shop.at("2025-01-04")).toBe(120);
  });
  test("unlimited: 150 taken, -100; then +120 gives 20, in the new lot", () => {
    const { shop, event } = refunded("unlimited");
    expect(event).toMatchObject({ due: { points: 150 }, unrecovered: {}, arrears: { points: 100 } });
    expect(shop.at("2025-01-03")).toBe(-100);
    shop.grant(earn("2025-01-04", "O-2", 120));
    expect(shop.at("2025-01-04")).toBe(20);
    expect(remaining(shop.account)).toEqual([0, 20]);
  });
  test("onlyPending: nothing taken", () => {
    const { shop, event } = refunded("onlyPending");
    expect(event).toMatchObject({ allocations: [], unrecovered: { points: 150 } });
    expect(shop.at("2025-01-03")).toBe(50);
  });
});

test("S3b a claw-back takes the lot of its own order", () => {
  const rules = (id: string, on: string) => ({
    id,
    award: { per: "amount", points: 1, amount: 1 } as const,
    when: { products: [id] },
    expiry: { kind: "fixedDate", on } as const,
  });
  const shop = openShop(programOf({ earnRules: [rules("A", "2025-07-01"), rules("B", "2026-02-01")] }));
  for (const id of ["A", "B"]) {
    shop.grant({
      type: "earn",
      at: "2025-01-01",
      orderId: id,
      lines: [{ lineId: "1", productId: id, amount: 100 }],
    });
  }
  shop.grant({ type: "clawBack", at: "2025-02-01", orderId: "B" });
  expect(remaining(shop.account)).toEqual([100, 0]);
  expect(shop.at("2025-06-30")).toBe(100);
  expect(shop.at("2025-07-01")).toBe(0);
});

describe("S4 proportional refund: an order of 40.00 with 10 + 20 + 40 points, an item of 20.00 comes back", () => {
  const lines = [
    { lineId: "a", productId: "a", amount: 10_00 },
    { lineId: "b", productId: "b", amount: 20_00 },
    { lineId: "c", productId: "c", amount: 10_00 },
  ];
  const earnRules = [10, 20, 40].map((points, i) => ({
    id: `rule ${i}`,
    award: { per: "unit", points } as const,
    when: { products: [["a", "b", "c"][i] ?? ""] },
  }));
  const bought = () => {
    const shop = openShop(programOf({ earnRules }));
    shop.grant({ type: "earn", at: "2025-01-01", orderId: "O", lines });
    return shop;
  };
  test("by amount 35 are taken", () => {
    const shop = bought();
    expect(shop.at("2025-01-01")).toBe(70);
    shop.grant({ type: "clawBack", at: "2025-01-02", orderId: "O", amount: 20_00 });
    expect(shop.at("2025-01-02")).toBe(35);
  });
  test("by line 20 are taken", () => {
    const shop = bought();
    shop.grant({ type: "clawBack", at: "2025-01-02", orderId: "O", lines: [{ lineId: "b", quantity: 1 }] });
    expect(shop.at("2025-01-02")).toBe(50);
  });
});

describe("S6 undo a redemption after one of its lots has lapsed", () => {
  const undone = (reinstated: boolean) => {
    const reversal = reinstated
      ? ({ into: "originalLots", reinstatementWindow: { days: 30 } } as const)
      : ({ into: "originalLots" } as const);
    const shop = openShop(programOf({ reversal }));
    shop.grant(lotOf(40, "2024-03-01", "2025-03-01"));
    shop.grant(lotOf(60, "2024-06-01", "2026-01-01"));
    shop.grant(redeem("2025-02-01", 70));
    shop.grant({ type: "reverseRedemption", at: "2025-03-10", redemptionId: "R" });
    return shop;
  };
  test("points go back to their lots: 60 available, 40 lapsed", () => {
    const shop = undone(false);
    expect(shop.at("2025-03-10")).toBe(60);
    expect(shop.at("2025-03-10", "expired")).toBe(40);
  });
  test("within 30 days of the lapse all 100 come back, the 40 until 30 days after it", () => {
    const shop = undone(true);
    expect(shop.at("2025-03-10")).toBe(100);
    expect(shop.at("2025-03-30T23:59:59.999Z")).toBe(100);
    expect(shop.at("2025-03-31")).toBe(60);
  });
});

describe("S9 back-dated earn", () => {
  const arrived = (lateEarns: "frozen" | "rederived") => {
    const shop = openShop(
      programOf({
        lateEarns,
        pointTypes: [{ id: "points", kind: "spendable", expiry: { kind: "afterEarn", after: { years: 1 } } }],
      }),
    );
    shop.grant(earn("2025-01-10", "A", 100));
    shop.grant(redeem("2025-06-01", 80));
    shop.grant({ ...earn("2024-12-20", "B", 50), recordedAt: "2025-07-01" });
    return shop;
  };
  test("frozen: A 20, B 50; 70 now, 20 when B lapses, 0 when A does", () => {
    const shop = arrived("frozen");
    expect(remaining(shop.account)).toEqual([20, 50]);
    expect([shop.at("2025-07-01"), shop.at("2025-12-20"), shop.at("2026-01-10")]).toEqual([70, 20, 0]);
  });
  test("re-derived: A 70, B 0; 70 now, 70 when B lapses, 0 when A does", () => {
    const shop = arrived("rederived");
    expect(remaining(shop.account)).toEqual([70, 0]);
    expect([shop.at("2025-07-01"), shop.at("2025-12-20"), shop.at("2026-01-10")]).toEqual([70, 70, 0]);
  });
});

const held = () => {
  const shop = openShop(programOf());
  shop.grant(lotOf(60, "2024-12-01", "2025-02-01"));
  shop.grant(lotOf(100, "2024-12-01"));
  const [event] = shop.grant({ type: "authorize", at: "2025-01-10", holdId: "H", points: 123 }).events;
  return { shop, event };
};

describe("S10 partial capture", () => {
  const { shop, event } = held();
  test("the hold takes 60 + 63 and leaves 37", () => {
    expect(event?.type === "authorized" && event.allocations).toEqual([
      { lot: 0, points: 60 },
      { lot: 1, points: 63 },
    ]);
    expect(shop.at("2025-01-10")).toBe(37);
  });
  test("capturing 100 spends 60 + 40 and releases 23 to the second lot", () => {
    const [captured] = shop.grant({ type: "capture", at: "2025-01-11", holdId: "H", points: 100 }).events;
    if (captured?.type !== "captured") throw new Error("no capture");
    expect(captured.allocations).toEqual([
      { lot: 0, points: 60 },
      { lot: 1, points: 40 },
    ]);
    expect(captured.released).toEqual([{ lot: 1, points: 23 }]);
    expect(shop.at("2025-01-11")).toBe(60);
  });
  test("a second capture and a void are refused", () => {
    expect(shop.refusal({ type: "capture", at: "2025-01-12", holdId: "H" }).code).toBe("hold_resolved");
    expect(shop.refusal({ type: "void", at: "2025-01-12", holdId: "H" }).code).toBe("hold_resolved");
  });
});

test("S10b a void after a lot's time: 100 available, 60 lapsed", () => {
  const { shop } = held();
  shop.grant({ type: "void", at: "2025-02-05", holdId: "H" });
  expect(shop.at("2025-02-05")).toBe(100);
  expect(shop.at("2025-02-05", "expired")).toBe(60);
});

test("S11 a hold that would overdraw fails at once", () => {
  const shop = openShop(programOf());
  shop.grant(lotOf(100, "2025-01-01"));
  shop.grant(redeem("2025-01-02", 70));
  const refusal = shop.refusal({ type: "authorize", at: "2025-01-03", holdId: "H", points: 50 });
  expect(refusal).toMatchObject({ code: "insufficient_points", available: 30, requested: 50, missing: 20 });
  expect(shop.at("2025-01-03")).toBe(30);
});

test("S12 pending points count from the first instant of their day", () => {
  const pointTypes = [
    {
      id: "points",
      kind: "spendable",
      pendingFor: { days: 14 },
      expiry: { kind: "afterEarn", after: { years: 1 }, from: "activation" },
    } as const,
  ];
  const shop = openShop(programOf({ pointTypes }));
  shop.grant(earn("2025-05-01", "O", 80));
  expect(shop.at("2025-05-14T23:59:59Z")).toBe(0);
  expect(shop.at("2025-05-14T23:59:59Z", "pending")).toBe(80);
  expect(shop.at("2025-05-15")).toBe(80);
  expect(shop.at("2026-05-14T23:59:59.999Z")).toBe(80);
  expect(shop.at("2026-05-15")).toBe(0);
});

test("S15 redeem, earn, cancel, refund: 50, 0, 21, 0, 50", () => {
  const shop = openShop(programOf());
  const balances: number[] = [];
  const then = (command: Parameters<typeof shop.grant>[0]) => {
    shop.grant(command);
    balances.push(shop.at(command.at as string));
  };
  then(lotOf(50, "2025-01-01"));
  then(redeem("2025-01-02", 50));
  then(earn("2025-01-02", "O", 21));
  then({ type: "clawBack", at: "2025-01-03", orderId: "O" });
  then({ type: "reverseRedemption", at: "2025-01-03", redemptionId: "R" });
  expect(balances).toEqual([50, 0, 21, 0, 50]);
});
