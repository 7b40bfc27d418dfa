import { describe, expect, test } from "vitest";
import { mergeAccounts } from "../../../src/loyalty/ledger/transfer-points.js";
import { keep, lotOf, openShop, programOf, remaining, type Shop } from "../ledger/shop.js";
import { bodyOf, ms } from "./event-body.js";
import { by } from "./refused.js";
import { spendLevels } from "./spend-levels.js";

// Accounts that hand over points of one type or of all, and the level that goes with them.

const tiers = spendLevels();
const END = Date.UTC(2027, 0, 1); // of the calendar year after that of the level
const basic = { tier: "basic", since: ms(1), earned: "basic", until: null, floor: null };
const earn = (at: string, amount: number) =>
  ({ type: "earn", at, orderId: `O ${at}`, lines: [{ lineId: "1", amount }] }) as const;

describe("a level that is handed over by its name", () => {
  const handed = (shop: Shop, tier: string | null | undefined) =>
    shop
      .grant({ type: "transferIn", at: "2025-01-05", transferId: "T", from: "B", lots: [], tier })
      .events.map(bodyOf)
      .find(({ type }) => type === "tierChanged");
  test("lasts as if it were won now", () => {
    const shop = openShop(programOf({ tiers }), "A", "2025-01-01");
    expect(handed(shop, "gold")).toStrictEqual({
      type: "tierChanged",
      postings: {},
      from: "basic",
      standing: { tier: "gold", since: ms(5), earned: "gold", until: END, floor: null },
      cause: "merge",
      reason: null,
      actor: null,
    });
  });
  test.each(["basic", null, undefined])("changes nothing where it is %s", (tier) => {
    const shop = openShop(programOf({ tiers }), "A", "2025-01-01");
    expect(handed(shop, tier)).toBeUndefined();
    expect(shop.account.standing).toEqual(basic);
  });
  test("changes nothing where the account has it for as long", () => {
    const shop = openShop(programOf({ tiers }), "A", "2025-01-01");
    shop.grant(earn("2025-01-02", 60));
    expect(handed(shop, "silver")).toBeUndefined();
  });
  test("lifts who joined before there were levels", () => {
    const shop = openShop(programOf(), "A", "2025-01-01");
    shop.program = programOf({ tiers });
    expect(handed(shop, "silver")).toMatchObject({ from: "basic", standing: { tier: "silver", until: END } });
  });
});

describe("a merge", () => {
  const merged = (a: Shop, b: Shop) => {
    const merge = { key: "M", transferId: "M", at: "2025-01-05", ...by };
    const result = mergeAccounts(a.program, b.account, a.account, merge);
    if (!result.ok) throw new Error(result.error.message);
    keep(a, result.value.to);
    keep(b, result.value.from);
    return result.value.to.events.filter(({ type }) => type === "tierChanged");
  };
  const pair = () =>
    [
      openShop(programOf({ tiers }), "A", "2025-01-01"),
      openShop(programOf({ tiers }), "B", "2025-01-01"),
    ] as const;
  const set = (tier: string, until?: string) =>
    ({ type: "setTier", at: "2025-01-02", tier, ...(until === undefined ? {} : { until }), ...by }) as const;

  test("of equals changes no level", () => {
    const [a, b] = pair();
    expect(merged(a, b)).toEqual([]);
    expect(a.account.standing).toEqual(basic);
  });
  test("takes the longer term of one level", () => {
    const [a, b] = pair();
    a.grant(earn("2025-01-02", 60));
    b.program = programOf({
      tiers: { ...tiers, period: { kind: "calendar", unit: "year", lasts: "periodEnd" } },
    });
    b.grant(earn("2025-01-02", 60));
    b.program = a.program;
    // The account that goes has it to the end of this year.
    expect(merged(a, b)).toEqual([]);
    const [c, d] = pair();
    c.program = programOf({
      tiers: { ...tiers, period: { kind: "calendar", unit: "year", lasts: "periodEnd" } },
    });
    c.grant(earn("2025-01-02", 60));
    c.program = d.program;
    d.grant(earn("2025-01-02", 60));
    expect(merged(c, d)).toMatchObject([{ standing: { earned: "silver", until: END } }]);
  });
  test("takes a floor, and the longer or higher of two", () => {
    const [a, b] = pair();
    b.grant(set("silver"));
    expect(merged(a, b)).toMatchObject([{ standing: { tier: "silver", since: ms(5), earned: "basic" } }]);
    const [c, d] = pair();
    c.grant(set("silver", "2025-02-01"));
    d.grant(set("silver", "2025-03-01"));
    expect(merged(c, d)).toMatchObject([{ standing: { floor: { until: Date.UTC(2025, 2, 1) } } }]);
    const [e, f] = pair();
    e.grant(set("silver", "2025-03-01"));
    f.grant(set("gold", "2025-03-01"));
    expect(merged(e, f)).toMatchObject([{ from: "silver", standing: { tier: "gold" } }]);
    const [g, h] = pair();
    g.grant(set("silver", "2025-03-01"));
    h.grant(set("silver", "2025-03-01"));
    expect(merged(g, h)).toEqual([]);
  });
});

describe("handing over all points", () => {
  const kind = "spendable" as const;
  const program = programOf({ pointTypes: ["points", "miles"].map((id) => ({ id, kind })) });
  const opened = () => {
    const shop = openShop(program, "A", "2025-01-01");
    for (const pointType of ["points", "miles"]) {
      shop.grant({ type: "adjust", at: "2025-01-01", points: 5, pointType, ...by });
      shop.grant({ type: "adjust", at: "2025-01-01", points: 7, pointType, activeAt: "2025-02-01", ...by });
    }
    return shop;
  };
  const out = (shop: Shop, more: object) =>
    shop.grant({ type: "transferOut", at: "2025-01-02", transferId: "T", to: "B", ...more }).outcome.points;
  test("of one type leaves the other", () => {
    const shop = opened();
    expect(out(shop, { pointType: "miles" })).toEqual({ miles: 12 });
    expect(remaining(shop.account)).toEqual([5, 7, 0, 0]);
  });
  test("of all types leaves nothing, waiting points neither", () => {
    const shop = opened();
    expect(out(shop, {})).toEqual({ points: 12, miles: 12 });
    expect(remaining(shop.account)).toEqual([0, 0, 0, 0]);
  });
  test("some points are of the first type that can be spent", () => {
    const shop = opened();
    expect(out(shop, { points: 3 })).toEqual({ points: 3 });
    expect(remaining(shop.account)).toEqual([2, 7, 5, 7]);
  });
  test("is refused for what is held or owed in any type", () => {
    const shop = opened();
    const hold = { type: "authorize", at: "2025-01-02", holdId: "H", points: 1, pointType: "miles" } as const;
    shop.grant(hold);
    const refused = shop.refusal({ type: "transferOut", at: "2025-01-03", transferId: "T", to: "B" });
    expect(refused.message).toContain('1 points of "miles"');
  });
  test("repays what the other account owes", () => {
    const shop = openShop(programOf({ returnPolicy: "unlimited" }), "A", "2025-01-01");
    shop.grant(earn("2025-01-02", 9));
    shop.grant({ type: "redeem", at: "2025-01-02", redemptionId: "R", points: 9 });
    shop.grant({ type: "clawBack", at: "2025-01-02", orderId: "O 2025-01-02" });
    const lot = { pointType: "points", points: 20, earnedAt: ms(1), activeAt: ms(1), expiresAt: null };
    const sent = { type: "transferIn", at: "2025-01-05", transferId: "T", from: "B", lots: [lot] } as const;
    expect(bodyOf(shop.grant(sent).events[0])).toMatchObject({
      repaid: [{ lot: 1, points: 9 }],
      postings: { "points.transferred": -20, "points.available": 11, "points.arrears": 9 },
    });
  });
});

test("closing with something owed leaves it owed, with something held is refused", () => {
  const shop = openShop(programOf({ returnPolicy: "unlimited" }), "A", "2025-01-01");
  shop.grant(earn("2025-01-02", 9));
  shop.grant({ type: "redeem", at: "2025-01-02", redemptionId: "R", points: 9 });
  shop.grant({ type: "clawBack", at: "2025-01-02", orderId: "O 2025-01-02" });
  shop.grant({ type: "close", at: "2025-01-03", ...by });
  expect([shop.account.status, shop.at("2025-01-04", "arrears")]).toEqual(["closed", -9]);
  const held = openShop(programOf(), "B", "2025-01-01");
  held.grant(lotOf(5, "2025-01-01"));
  held.grant({ type: "authorize", at: "2025-01-02", holdId: "H", points: 5 });
  expect(held.refusal({ type: "close", at: "2025-01-03", ...by }).code).toBe("has_open_holds");
});
