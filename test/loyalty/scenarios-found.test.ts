import { describe, expect, test } from "vitest";
import { accountLots } from "../../src/loyalty/ledger/account-lots.js";
import { settleLoyalty } from "../../src/loyalty/ledger/settle-loyalty.js";
import { mergeAccounts, transferPoints } from "../../src/loyalty/ledger/transfer-points.js";
import type { PointExpiry } from "../../src/loyalty/program/expiry-rule.js";
import { keep, lotOf, openShop, programOf, remaining } from "./ledger/shop.js";

// What the second model found in the ledger, each as the smallest history that shows it.

const idle = (expiry: PointExpiry = { kind: "afterActivity", after: { days: 10 } }, pendingDays = 0) => [
  {
    id: "points",
    kind: "spendable" as const,
    expiry,
    ...(pendingDays === 0 ? {} : { pendingFor: { days: pendingDays } }),
  },
];
const earn = (at: string, orderId: string, amount: number) =>
  ({ type: "earn", at, orderId, lines: [{ lineId: "1", amount }] }) as const;
const redeem = (at: string, points: number, redemptionId = "R") =>
  ({ type: "redeem", at, redemptionId, points }) as const;

describe("points that lapse with activity", () => {
  test("a transfer that arrives after their lapse does not bring them back to life on the other side", () => {
    const program = programOf({ pointTypes: idle() });
    const [from, to] = [openShop(program, "A"), openShop(program, "B")];
    from.grant(earn("2025-01-01", "O-1", 40));
    from.grant(earn("2025-01-15", "O-2", 5));
    const transfer = { key: "T", transferId: "T", at: "2025-01-08", recordedAt: "2025-01-16", points: 30 };
    const sent = transferPoints(program, from.account, to.account, transfer);
    if (!sent.ok) throw new Error(sent.error.message);
    keep(to, sent.value.to);
    // They had lapsed on 2025-01-11, and so they have there.
    expect([to.at("2025-01-16"), to.at("2025-01-16", "expired")]).toEqual([0, 30]);
  });

  test.each(["adjust", "undone redemption"] as const)(
    "points of an %s that arrives after a lapse lapse as they would have",
    (how) => {
      const shop = openShop(programOf({ pointTypes: idle(), reversal: { into: "newLot" } }));
      shop.grant(earn("2025-01-01", "O-1", 40));
      shop.grant(redeem("2025-01-01", 40));
      shop.grant(earn("2025-01-15", "O-2", 5));
      const late = { at: "2025-01-01T12:00Z", recordedAt: "2025-01-16" };
      if (how === "adjust")
        shop.grant({ type: "adjust", ...late, points: 40, reason: "gift", actor: "desk" });
      else shop.grant({ type: "reverseRedemption", ...late, redemptionId: "R" });
      // As if it had come in time: ten days after it nothing had happened.
      expect([shop.at("2025-01-16"), shop.at("2025-01-16", "expired")]).toEqual([5, 40]);
    },
  );

  test("points whose time is over when they arrive repay nothing, as with any other expiry", () => {
    const owing = (pointTypes: ReturnType<typeof idle>) => {
      const shop = openShop(programOf({ pointTypes, returnPolicy: "unlimited" }));
      shop.grant(earn("2025-01-01", "O-1", 40));
      shop.grant(redeem("2025-01-01", 40));
      shop.grant({ type: "clawBack", at: "2025-01-02", orderId: "O-1" });
      shop.grant({ ...earn("2025-01-12", "O-2", 30), recordedAt: "2025-02-12" });
      return [shop.at("2025-02-12"), shop.at("2025-02-12", "expired")];
    };
    expect(owing(idle())).toEqual([-40, 30]);
    expect(owing(idle({ kind: "afterEarn", after: { days: 10 } }))).toEqual([-40, 30]);
  });

  test("arrears are repaid in burn order: idle points that lapse sooner go before those with a later day", () => {
    const earnRules = [
      { id: "gift", award: { per: "order", points: 20 }, expiry: { kind: "fixedDate", on: "2025-12-31" } },
      { id: "base", award: { per: "amount", points: 1, amount: 1 } },
    ] as const;
    const shop = openShop(programOf({ pointTypes: idle(), earnRules, returnPolicy: "unlimited" }));
    shop.grant(earn("2025-01-01", "O-1", 5));
    shop.grant(redeem("2025-01-01", 25));
    shop.grant({ type: "clawBack", at: "2025-01-01", orderId: "O-1" });
    expect(shop.at("2025-01-01")).toBe(-25);
    shop.grant(earn("2025-01-02", "O-2", 15));
    // 15 idle points lapse on 2025-01-12: all of them are gone, and 10 of the gift.
    expect(accountLots(shop.account).slice(2)).toMatchObject([
      { original: 20, remaining: 10, sliding: false },
      { original: 15, remaining: 0, sliding: true },
    ]);
  });

  test("points that wait longer than idle ones last lapse as they begin to count, in the order of the instants", () => {
    const shop = openShop(programOf({ pointTypes: idle(undefined, 14) }));
    shop.grant(earn("2025-01-01", "O", 40));
    const { events } = settleLoyalty(shop.program, shop.account, "2025-02-01");
    expect(events.map(({ type, at }) => [type, new Date(at).toISOString().slice(0, 10)])).toEqual([
      ["activated", "2025-01-15"],
      ["expired", "2025-01-15"],
    ]);
  });
});

test("a reversal repays arrears in burn order, whether its points come back to their lot or as a new one", () => {
  const shop = openShop(
    programOf({
      returnPolicy: "unlimited",
      reversal: { into: "originalLots", reinstatementWindow: { days: 30 } },
    }),
  );
  shop.grant(lotOf(10, "2025-01-01", "2025-01-10"));
  shop.grant(lotOf(10, "2025-01-01", "2025-01-20"));
  shop.grant(redeem("2025-01-02", 20));
  shop.grant(earn("2025-01-03", "O", 8));
  shop.grant(redeem("2025-01-03", 8, "R-2"));
  shop.grant({ type: "clawBack", at: "2025-01-04", orderId: "O" });
  shop.grant({ type: "reverseRedemption", at: "2025-01-15", redemptionId: "R" });
  // The second lot lapses on 2025-01-20, what is reinstated of the first on 2025-02-09: the second pays the 8.
  expect(remaining(shop.account)).toEqual([0, 2, 0, 10]);
});

describe("transfers and merges that are not what they should be", () => {
  const program = programOf();
  const [a, b] = [openShop(program, "A"), openShop(program, "B")];
  a.grant(lotOf(50, "2025-01-01"));
  const transfer = { key: "T", transferId: "T", at: "2025-01-02" };
  const merge = { ...transfer, reason: "two cards", actor: "desk" };
  const sent = (change: object) => () =>
    transferPoints(program, a.account, b.account, { ...transfer, points: 5, ...change });
  const merged = (change: object) => () =>
    mergeAccounts(program, a.account, b.account, { ...merge, ...change });

  test("a transfer without points is not a transfer of everything", () => {
    expect(sent({ points: undefined })).toThrow(/transfer\.points/);
    expect(sent({ points: 0 })).toThrow(/transfer\.points/);
  });
  test("a transfer or merge says no more than it may", () => {
    expect(sent({ type: "redeem" })).toThrow(/unknown field "type"/);
    expect(sent({ to: "A" })).toThrow(/unknown field "to"/);
    expect(merged({ points: 5 })).toThrow(/unknown field "points"/);
    expect(merged({ pointType: "points" })).toThrow(/unknown field "pointType"/);
  });
  test.each(["reason", "actor"])("a merge without %s closes no account", (field) => {
    expect(merged({ [field]: undefined })).toThrow(new RegExp(`merge\\.${field}`));
    expect(merged({ [field]: "" })).toThrow(new RegExp(`merge\\.${field}`));
  });
});
