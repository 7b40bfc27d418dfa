import { expect, test } from "vitest";
import { settleLoyalty } from "../../src/loyalty/ledger/settle-loyalty.js";
import { lotOf, openShop, programOf, type Shop } from "./ledger/shop.js";

// What comes due by itself, and in which order.

const DAY = 86_400_000;
const by = { reason: "gift", actor: "desk" };
const earn = (at: string, orderId: string, amount: number) =>
  ({ type: "earn", at, orderId, lines: [{ lineId: "1", amount }] }) as const;
const idle = (pendingDays: number) => [
  {
    id: "points",
    kind: "spendable" as const,
    expiry: { kind: "afterActivity" as const, after: { days: 10 } },
    ...(pendingDays === 0 ? {} : { pendingFor: { days: pendingDays } }),
  },
];
const due = ({ program, account }: Shop, at: string) =>
  settleLoyalty(program, account, at).events.map((event) => [
    event.type,
    (event.at - Date.UTC(2025, 0, 1)) / DAY + 1,
    ...(event.type === "activated" || event.type === "expired" ? [event.lots.map(({ lot }) => lot)] : []),
  ]);

test("in the order of the instants; of one instant activation, end of a hold, review of the level, lapse", () => {
  const shop = openShop(
    programOf({
      tiers: {
        levels: [
          { id: "basic", threshold: 0 },
          { id: "gold", threshold: 10 },
        ],
        measure: { kind: "balance", pointType: "points" },
        period: { kind: "ever" },
        downgrade: "atOnce",
        levelOfOrder: "start",
      },
    }),
    "A",
    "2025-01-01",
  );
  shop.grant(lotOf(20, "2025-01-01", "2025-01-09"));
  shop.grant({ type: "authorize", at: "2025-01-01", holdId: "H", points: 5, until: "2025-01-09" });
  shop.grant({
    type: "adjust",
    at: "2025-01-01",
    points: 4,
    activeAt: "2025-01-09",
    expiresAt: "2025-01-12",
    ...by,
  });
  shop.grant({ type: "setTier", at: "2025-01-01", tier: "gold", until: "2025-01-09", ...by });
  shop.grant({ type: "authorize", at: "2025-01-01", holdId: "before", points: 1, until: "2025-01-08" });
  expect(shop.account.standing?.tier).toBe("gold");
  expect(due(shop, "2025-01-07")).toEqual([]);
  expect(due(shop, "2025-01-20")).toEqual([
    ["voided", 8],
    ["activated", 9, [1]],
    ["voided", 9],
    // The floor's end: the balance still earns the level. Then the points lapse, and it falls with them.
    ["tierChanged", 9],
    ["expired", 9, [0]],
    ["tierChanged", 9],
    ["expired", 12, [1]],
  ]);
  const { account } = settleLoyalty(shop.program, shop.account, "2025-01-20");
  expect(account.standing?.tier).toBe("basic");
});

test("idle points lapse together, those that wait longer as they begin to count, whatever other points do", () => {
  const shop = openShop(programOf({ pointTypes: idle(0) }), "A", "2025-01-01");
  shop.grant(earn("2025-01-01", "O", 10));
  shop.grant({ type: "adjust", at: "2025-01-01", points: 20, activeAt: "2025-01-20", ...by });
  shop.grant(lotOf(5, "2025-01-01", "2025-01-05"));
  shop.grant(lotOf(6, "2025-01-01", "2025-01-15"));
  shop.grant({ type: "adjust", at: "2025-01-01", points: 7, activeAt: "2025-01-02", ...by });
  expect(due(shop, "2025-01-31")).toEqual([
    ["activated", 2, [4]],
    ["expired", 5, [2]],
    ["expired", 11, [0, 4]],
    ["expired", 15, [3]],
    ["activated", 20, [1]],
    ["expired", 20, [1]],
  ]);
});

test("waiting points that have no time left when they begin to count repay nothing", () => {
  const shop = openShop(programOf({ pointTypes: idle(14), returnPolicy: "unlimited" }), "A", "2025-01-01");
  shop.grant(earn("2025-01-01", "O-1", 30));
  shop.grant({ type: "transferOut", at: "2025-01-01", transferId: "T", to: "B" });
  shop.grant({ type: "clawBack", at: "2025-01-02", orderId: "O-1" });
  shop.grant(earn("2025-01-02", "O-2", 20));
  expect([shop.at("2025-01-15"), shop.at("2025-01-15", "pending")]).toEqual([-30, 20]);
  // They wait to 2025-01-16; idle points lasted to 2025-01-12.
  expect([shop.at("2025-01-16"), shop.at("2025-01-16", "expired")]).toEqual([-30, 20]);
});
