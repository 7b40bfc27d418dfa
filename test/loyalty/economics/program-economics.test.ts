import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { programEconomics } from "../../../src/loyalty/economics/program-economics.js";
import { balanceAt } from "../../../src/loyalty/reading/balance-at.js";
import { thrown } from "../../core/thrown.js";
import { openShop, programOf } from "../ledger/shop.js";
import { randomHistory } from "../reading/random-history.js";

const program = programOf({
  earnRules: [
    { id: "base", award: { per: "amount", points: 1, amount: 1 } },
    { id: "bonus", award: { per: "order", points: 50 } },
  ],
  pointTypes: [{ id: "points", kind: "spendable", expiry: { kind: "afterEarn", after: { days: 60 } } }],
  tiers: {
    levels: [
      { id: "basic", threshold: 0 },
      { id: "gold", threshold: 300 },
    ],
    measure: { kind: "spend" },
    period: { kind: "ever" },
    downgrade: "none",
    levelOfOrder: "start",
  },
});
const order = (at: string, orderId: string, amount: number) =>
  ({ type: "earn", at, orderId, lines: [{ lineId: "1", amount }] }) as const;

/** By hand: A earns 350 + 50 in January as basic, spends 100 in February, the 300 left lapse on 1 April less a reversal. */
function twoMembers() {
  const a = openShop(program, "A", "2025-01-01");
  a.grant(order("2025-01-31", "O-1", 350));
  a.grant({ type: "redeem", at: "2025-02-10", redemptionId: "R-1", points: 100 });
  a.grant({ type: "reverseRedemption", at: "2025-02-20", redemptionId: "R-1", points: 20 });
  a.grant(order("2025-03-01", "O-2", 150));
  const b = openShop(program, "B", "2025-01-01");
  b.grant(order("2025-01-10", "O-3", 30));
  b.grant({ type: "clawBack", at: "2025-01-12", orderId: "O-3" });
  return [...a.events, ...b.events];
}

describe("two members over a quarter", () => {
  const economics = programEconomics(program, twoMembers(), {
    asOf: "2025-04-15",
    costPerPoint: 2.5,
    runningCost: 100,
    incrementalMargin: 900,
  });
  const flows = economics.periods.map(({ period, issued, redeemed, expired, clawedBack, closing }) => [
    period,
    issued,
    redeemed,
    expired,
    clawedBack,
    closing,
  ]);

  test("flows by month: issued, redeemed, expired, clawed back, closing", () => {
    expect(flows).toEqual([
      ["2025-01", 480, 0, 0, 80, 400],
      ["2025-02", 0, 80, 0, 0, 320],
      ["2025-03", 200, 0, 0, 0, 520],
      ["2025-04", 0, 0, 320, 0, 200],
    ]);
  });
  test("each period opens with the closing of the one before", () => {
    expect(economics.periods.map(({ opening }) => opening)).toEqual([0, 400, 320, 520]);
  });
  test("the plain rate is 80 of 680 - 80", () => {
    expect(economics.total.redemptionRate).toMatchObject({ numerator: 80, denominator: 600 });
  });
  test("cohorts of issue: January 80 of 400 spent and 320 lapsed, March all outstanding", () => {
    expect(
      economics.cohorts.map(({ group, kept, redeemed, expired, outstanding }) => [
        group,
        kept,
        redeemed,
        expired,
        outstanding,
      ]),
    ).toEqual([
      ["2025-01", 400, 80, 320, 0],
      ["2025-03", 200, 0, 0, 200],
    ]);
    expect(economics.cohorts[0]?.redemptionRate.value).toBe(0.2);
    expect(economics.cohorts[0]?.breakageRate.value).toBe(0.8);
  });
  test("rules share a lot as they gave it: 350 to 50 of A's first order", () => {
    const [base, bonus] = economics.rules;
    expect([base?.group, base?.issued, base?.redeemed]).toEqual(["base", 350 + 150 + 30, 70]);
    expect([bonus?.group, bonus?.issued, bonus?.redeemed, bonus?.expired]).toEqual(["bonus", 150, 10, 40]);
  });
  test("levels are those of the orders: A bought as basic, then as gold", () => {
    expect(economics.tiers.map(({ group, kept, redeemed }) => [group, kept, redeemed])).toEqual([
      ["basic", 400, 80],
      ["gold", 200, 0],
    ]);
  });
  test("80 points at 2.5 and 100 of running cost against 900", () => {
    expect([economics.cost, economics.net, economics.roi.value]).toEqual([300, 600, 2]);
  });
  test("a time within months begins and ends where it was asked to", () => {
    const { periods, total } = programEconomics(program, twoMembers(), {
      start: "2025-02-15",
      asOf: "2025-04-15",
    });
    const [first, , last] = periods;
    expect([first?.start, first?.end]).toEqual([Date.UTC(2025, 1, 15), Date.UTC(2025, 2, 1)]);
    expect([last?.start, last?.end]).toEqual([Date.UTC(2025, 3, 1), Date.UTC(2025, 3, 15)]);
    // The 100 of 10 February are in the opening, the 20 that came back in the time.
    expect([total.opening, first?.redeemed]).toEqual([300, -20]);
  });
  test("points issued before the start are in the opening and in no cohort", () => {
    const later = programEconomics(program, twoMembers(), { start: "2025-03-01", asOf: "2025-04-15" });
    expect(later.total).toMatchObject({ opening: 320, issued: 200, expired: 320, closing: 200, cost: null });
    expect(later.cohorts.map(({ group }) => group)).toEqual(["2025-03"]);
    expect(later.roi).toMatchObject({ value: null, reason: "costPerPoint is not given" });
  });
});

test("a new lot of a reversed redemption counts for the rules and the month that its points came from", () => {
  const own = { ...program, reversal: { into: "newLot" } as const };
  const shop = openShop(own, "A", "2025-01-01");
  shop.grant(order("2025-01-10", "O-1", 150));
  shop.grant({ type: "redeem", at: "2025-02-10", redemptionId: "R-1", points: 100 });
  shop.grant({ type: "reverseRedemption", at: "2025-03-05", redemptionId: "R-1" });
  shop.grant({ type: "redeem", at: "2025-04-01", redemptionId: "R-2", points: 40 });
  const { cohorts, rules } = programEconomics(own, shop.events, { asOf: "2025-04-02" });
  expect(cohorts).toHaveLength(1);
  // 200 earned; 100 lapsed on 11 March; of the 100 that came back in March 40 are spent.
  expect(cohorts[0]).toMatchObject({
    group: "2025-01",
    kept: 200,
    redeemed: 40,
    expired: 100,
    outstanding: 60,
  });
  expect(rules.map(({ group, redeemed }) => [group, redeemed])).toEqual([
    ["base", 30],
    ["bonus", 10],
  ]);
});

test("costs of the periods come to the cost of the whole: 1 point at 0.5 in each of three months", () => {
  const shop = openShop(program, "A", "2025-01-01");
  shop.grant(order("2025-01-02", "O-1", 100));
  for (const month of ["01", "02", "03"])
    shop.grant({ type: "redeem", at: `2025-${month}-02`, redemptionId: month, points: 1 });
  const { periods, total } = programEconomics(program, shop.events, {
    asOf: "2025-04-01",
    costPerPoint: 0.5,
  });
  // To date 0.5, 1 and 1.5, halves to even.
  expect(periods.map(({ cost }) => cost)).toEqual([0, 1, 1]);
  expect(total.cost).toBe(2);
});

test("rules have whole points where they gave whole points, and nothing where nothing is left", () => {
  const shop = openShop(program, "A", "2025-01-01");
  // 50 points of "bonus" in a lot of 97: in doubles 97 x (50 / 97) is 49.99999999999999.
  shop.grant(order("2025-01-02", "O-1", 47));
  for (const points of [10, 30, 57])
    shop.grant({ type: "redeem", at: "2025-01-03", redemptionId: `${points}`, points });
  const { rules } = programEconomics(program, shop.events, { asOf: "2025-02-01" });
  expect(
    rules.map(({ group, issued, kept, redeemed, outstanding }) => [
      group,
      issued,
      kept,
      redeemed,
      outstanding,
    ]),
  ).toEqual([
    ["base", 47, 47, 47, 0],
    ["bonus", 50, 50, 50, 0],
  ]);
});

test("a rule stands once however often its points came back", () => {
  const own = { ...program, reversal: { into: "newLot" } as const };
  const shop = openShop(own, "A", "2025-01-01");
  shop.grant(order("2025-01-10", "O-1", 150));
  for (let i = 0; i < 40; i++) {
    shop.grant({ type: "redeem", at: "2025-01-11", redemptionId: `${i}`, points: 200 });
    shop.grant({ type: "reverseRedemption", at: "2025-01-11", redemptionId: `${i}`, points: 120 });
    shop.grant({ type: "reverseRedemption", at: "2025-01-11", redemptionId: `${i}`, points: 80 });
  }
  // Were each of two new lots to list what it came from anew, there would be 2^40 entries.
  const { rules } = programEconomics(own, shop.events, { asOf: "2025-02-01" });
  expect(rules.map(({ group }) => group)).toEqual(["base", "bonus"]);
  // 40 products and quotients of doubles.
  expect(rules[0]?.kept).toBeCloseTo(150, 9);
  expect(rules[1]?.kept).toBeCloseTo(50, 9);
});

test("the closing is what the members have, and the groups come to the flows", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
      const { shop, until } = randomHistory(seed);
      const { total, cohorts, rules, tiers } = programEconomics(shop.program, shop.events, {
        asOf: until + 1,
      });
      const { available, pending, held } = balanceAt(shop.program, shop.events, { at: until });
      expect(total.closing).toBe(available + pending + held);
      for (const groups of [cohorts, rules, tiers]) {
        // Shares of lots are binary fractions: a few units in the last place of sums of some thousand points.
        const sum = (field: "kept" | "redeemed" | "expired" | "outstanding") =>
          groups.reduce((all, group) => all + group[field], 0);
        expect(sum("redeemed")).toBeCloseTo(total.redeemed, 6);
        expect(sum("expired")).toBeCloseTo(total.expired, 6);
        expect(sum("outstanding")).toBeCloseTo(total.closing, 6);
      }
    }),
    { numRuns: 60 },
  );
});

test.each([
  [{ asOf: "2025-01-01", start: "2025-02-01" }, "options.start"],
  [{ asOf: "2025-01-01", costPerPoint: -1 }, "options.costPerPoint"],
  [{ asOf: "2025-01-01", runningCost: 0.5 }, "options.runningCost"],
  [{ asOf: "2025-01-01", incrementalMargin: Number.NaN }, "options.incrementalMargin"],
  [{ asOf: "2025-01-01", pointType: "miles" }, "options.pointType"],
])("%o is refused", (options, path) => {
  const error = thrown(() => programEconomics(program, twoMembers(), options));
  expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", path]);
});
