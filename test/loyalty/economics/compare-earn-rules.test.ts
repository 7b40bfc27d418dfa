import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rows } from "../../../src/core/table.js";
import { compareEarnRules, type MemberCommands } from "../../../src/loyalty/economics/compare-earn-rules.js";
import { programEconomics } from "../../../src/loyalty/economics/program-economics.js";
import { emptyLoyaltyAccount } from "../../../src/loyalty/ledger/loyalty-account.js";
import type { LoyaltyCommand } from "../../../src/loyalty/ledger/loyalty-command.js";
import { simulateLoyalty } from "../../../src/loyalty/ledger/simulate-loyalty.js";
import { thrown } from "../../core/thrown.js";
import { programOf } from "../ledger/shop.js";

const program = programOf({
  pointTypes: [{ id: "points", kind: "spendable", expiry: { kind: "afterEarn", after: { days: 90 } } }],
});
const withRate = (points: number) => ({
  ...program,
  earnRules: [{ id: "base", award: { per: "amount", points, amount: 2 } as const }],
});

const enroll: LoyaltyCommand = { type: "enroll", key: "join", at: "2025-01-01", memberId: "M" };
const order = (at: string, orderId: string, amount: number): LoyaltyCommand => ({
  type: "earn",
  key: orderId,
  at,
  orderId,
  lines: [{ lineId: "1", amount }],
});
const redeem = (at: string, points: number): LoyaltyCommand => ({
  type: "redeem",
  key: `R ${at}`,
  at,
  redemptionId: at,
  points,
});

const histories: readonly MemberCommands[] = [
  { accountId: "A", commands: [enroll, order("2025-01-10", "O-1", 100), redeem("2025-02-01", 80)] },
  { accountId: "B", commands: [enroll, order("2025-01-10", "O-1", 60)] },
  { accountId: "C", commands: [enroll] },
];

describe("one point for each unit of money against one for two", () => {
  const comparison = compareEarnRules(program, withRate(1), histories, {
    asOf: "2025-03-01",
    costPerPoint: 1.5,
  });
  test("points by hand: 160 against 80 earned, the redemption of 80 refused where A has 50", () => {
    expect(comparison.current).toMatchObject({ issued: 160, redeemed: 80, outstanding: 80, refused: {} });
    expect(comparison.changed).toMatchObject({ issued: 80, redeemed: 0, outstanding: 80 });
    expect(comparison.changed.refused).toEqual({ insufficient_points: 1 });
    expect(comparison.changed.byRule).toEqual({ base: 80 });
  });
  test("cost of what was spent, and of all if it were spent", () => {
    expect([comparison.current.cost, comparison.current.costIfAllSpent]).toEqual([120, 240]);
    expect([comparison.difference.cost, comparison.difference.costIfAllSpent]).toEqual([-120, -120]);
  });
  test("A and B earn less, C the same", () => {
    expect(comparison.members).toEqual({ all: 3, more: 0, less: 2, same: 1 });
    expect(rows(comparison.affected)).toEqual([
      { accountId: "A", issued: -50, outstanding: 30 },
      { accountId: "B", issued: -30, outstanding: -30 },
    ]);
  });
  test("what is due before then lapses: 90 days from 10 January are over on 10 April", () => {
    const at = (asOf: string) => compareEarnRules(program, withRate(1), histories, { asOf }).current;
    expect(at("2025-04-10")).toMatchObject({ expired: 0, outstanding: 80, cost: null });
    expect(at("2025-04-10T00:00:00.001Z")).toMatchObject({ expired: 80, outstanding: 0 });
  });
  test("commands that arrive at asOf or later do not exist yet, whenever they happened", () => {
    const at = (asOf: string) => compareEarnRules(program, withRate(1), histories, { asOf }).current;
    expect([at("2025-01-10").issued, at("2025-01-10T00:00:00.001Z").issued]).toEqual([0, 160]);
    expect(at("2025-02-01")).toMatchObject({ redeemed: 0, outstanding: 160 });
    const late = { ...order("2025-01-10", "O-9", 30), recordedAt: "2025-02-20" };
    const commands = [enroll, late];
    const issued = (asOf: string) =>
      compareEarnRules(program, program, [{ accountId: "L", commands }], { asOf }).current.issued;
    expect([issued("2025-02-20"), issued("2025-02-21")]).toEqual([0, 30]);
  });
  test("the closing is that of programEconomics", () => {
    const { events } = simulateLoyalty(program, emptyLoyaltyAccount("A"), histories[0]?.commands ?? []);
    for (const asOf of ["2025-02-01", "2025-04-10", "2025-04-11"]) {
      const { current } = compareEarnRules(program, program, histories.slice(0, 1), { asOf });
      expect(current.outstanding).toBe(programEconomics(program, events, { asOf }).total.closing);
    }
  });
  test("what a member owes is less than nothing outstanding", () => {
    const own = { ...program, returnPolicy: "unlimited" } as const;
    const back: LoyaltyCommand = { type: "clawBack", key: "back", at: "2025-02-03", orderId: "O-1" };
    const commands = [enroll, order("2025-01-10", "O-1", 100), redeem("2025-02-01", 100), back];
    const one = [{ accountId: "A", commands }];
    expect(compareEarnRules(own, own, one, { asOf: "2025-03-01" }).current.outstanding).toBe(-100);
  });
});

test("a programme against itself differs in nothing, and the other way round the signs turn", () => {
  const amounts = fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(amounts, fc.integer({ min: 1, max: 6 }), (orders, points) => {
      const commands = [enroll, ...orders.map((amount, i) => order("2025-01-10", `O-${i}`, amount))];
      const one = [{ accountId: "A", commands }];
      const options = { asOf: "2025-03-01" };
      const same = compareEarnRules(program, program, one, options);
      expect(same.difference).toMatchObject({ issued: 0, redeemed: 0, outstanding: 0 });
      expect(same.affected.length).toBe(0);
      const there = compareEarnRules(program, withRate(points), one, options);
      const back = compareEarnRules(withRate(points), program, one, options);
      expect(back.difference.issued).toBe(0 - there.difference.issued);
      expect(there.changed.issued).toBe(
        orders.reduce((sum, amount) => sum + points * Math.floor(amount / 2), 0),
      );
    }),
    { numRuns: 50 },
  );
});

test.each([
  [
    () => compareEarnRules(program, { ...program, id: "other" }, histories, { asOf: "2025-03-01" }),
    "changed.id",
  ],
  [
    () =>
      compareEarnRules(program, program, [...histories, { accountId: "A", commands: [] }], {
        asOf: "2025-03-01",
      }),
    "histories[3].accountId",
  ],
  [
    () =>
      compareEarnRules(
        program,
        program,
        [
          {
            accountId: "X",
            commands: [enroll, { ...redeem("2025-01-10", 5), points: 1.5 } as LoyaltyCommand],
          },
        ],
        { asOf: "2025-03-01" },
      ),
    "histories[0].commands[1].points",
  ],
  [
    () => compareEarnRules(program, program, histories, { asOf: "2025-03-01", costPerPoint: Number.NaN }),
    "options.costPerPoint",
  ],
  [
    () => compareEarnRules(program, program, histories, { asOf: "2025-03-01", pointType: "miles" }),
    "options.pointType",
  ],
])("what cannot be compared is refused (%#)", (call, path) => {
  const error = thrown(call);
  expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", path]);
});
