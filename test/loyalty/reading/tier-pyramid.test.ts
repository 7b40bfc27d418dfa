import { expect, test } from "vitest";
import { emptyLoyaltyAccount } from "../../../src/loyalty/ledger/loyalty-account.js";
import { tierPyramid } from "../../../src/loyalty/reading/tier-pyramid.js";
import { thrown } from "../../core/thrown.js";
import { openShop, programOf } from "../ledger/shop.js";

const program = programOf({
  pointTypes: [{ id: "points", kind: "spendable", expiry: { kind: "afterEarn", after: { days: 400 } } }],
  tiers: {
    levels: [
      { id: "silver", name: "Silver", threshold: 100 },
      { id: "gold", name: "Gold", threshold: 500 },
    ],
    measure: { kind: "spend" },
    period: { kind: "calendar", unit: "year", lasts: "periodEnd" },
    downgrade: "byBalance",
    levelOfOrder: "start",
  },
});

function bought(accountId: string, amount: number) {
  const shop = openShop(program, accountId, "2025-01-01");
  shop.grant({ type: "earn", at: "2025-02-01", orderId: "O", lines: [{ lineId: "1", amount }] });
  return shop;
}

test("members and points from the highest level down, the closed and the new left out", () => {
  const closed = bought("D", 900);
  closed.grant({ type: "close", at: "2025-02-02", reason: "end", actor: "desk" });
  const accounts = [bought("A", 600).account, bought("B", 40).events, bought("C", 160).account];
  const options = { asOf: "2025-03-01" };
  const pyramid = tierPyramid(program, [...accounts, closed.account, emptyLoyaltyAccount("E")], options);
  expect([pyramid.members, pyramid.points]).toEqual([3, 800]);
  expect(pyramid.levels.map(({ tier, name, members, points }) => [tier, name, members, points])).toEqual([
    ["gold", "Gold", 1, 600],
    ["silver", "Silver", 1, 160],
    [null, null, 1, 40],
  ]);
  expect(pyramid.levels[0]?.shareOfPoints.value).toBe(0.75);
});

test("from 2026 on every level has ended, by April 2026 every point has lapsed", () => {
  const accounts = [bought("A", 600).account, bought("C", 160).account];
  const at = (asOf: string) =>
    tierPyramid(program, accounts, { asOf }).levels.map(({ tier, members, points }) => [
      tier,
      members,
      points,
    ]);
  expect(at("2026-01-01")[0]).toEqual(["gold", 1, 600]);
  expect(at("2026-01-01T00:00:00.001Z")).toEqual([
    ["gold", 0, 0],
    ["silver", 0, 0],
    [null, 2, 760],
  ]);
  expect(at("2026-04-01").at(-1)).toEqual([null, 2, 0]);
});

test("points in a hold are outstanding", () => {
  const shop = bought("A", 600);
  shop.grant({ type: "authorize", at: "2025-02-02", holdId: "H", points: 250 });
  expect(tierPyramid(program, [shop.account], { asOf: "2025-03-01" }).points).toBe(600);
});

test("an account that is newer than the picture is named; its events can be read", () => {
  const [old, young] = [bought("A", 600), bought("B", 40)];
  const asOf = "2025-02-01";
  const error = thrown(() => tierPyramid(program, [old.events, young.account], { asOf }));
  expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "accounts[1]"]);
  expect(error.message).toContain(
    "an event of 2025-02-01T00:00:00.000Z, not before options.asOf, 2025-02-01T00:00",
  );
  expect(tierPyramid(program, [old.events, young.events], { asOf })).toMatchObject({ members: 2, points: 0 });
});

test("an account that stands twice is named, whether as its events or as it is", () => {
  const [a, b] = [bought("A", 600), bought("B", 40)];
  const error = thrown(() => tierPyramid(program, [a.account, b.account, a.events], { asOf: "2025-03-01" }));
  expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "accounts[2]"]);
  expect(error.message).toContain('accounts[2] is account "A", as accounts[0] is');
});

test("without members every level stands with 0 and no share", () => {
  const { levels, members } = tierPyramid(program, [], { asOf: "2025-03-01" });
  expect([members, levels.map(({ tier }) => tier)]).toEqual([0, ["gold", "silver"]]);
  expect(levels[0]?.shareOfMembers).toMatchObject({ value: null, reason: "members: 0" });
});
