import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LoyaltyProgram, RedemptionPolicy } from "../../../src/loyalty/program/loyalty-program.js";
import { maximumRedemption, redemptionQuote } from "../../../src/loyalty/program/redemption-quote.js";
import { tierProgram } from "../tiers/tier-program.js";

const { tiers: _, ...plain } = tierProgram();

function paying(redemption: RedemptionPolicy): LoyaltyProgram {
  return { ...plain, redemption };
}

function quoted(program: LoyaltyProgram, request: Parameters<typeof redemptionQuote>[1]) {
  const quote = redemptionQuote(program, request);
  return quote.ok ? quote.value : quote.error.code;
}

describe("redemptionQuote", () => {
  test("S20: 3030 points at 0.03 pay 90.90 to the cent", () => {
    const quote = { pointType: "points", points: 3030, amount: 90_90, cash: 0 };
    expect(quoted(paying({ points: 1, amount: 3 }), { points: 3030, at: 0 })).toEqual(quote);
  });

  test("points without a policy are worth nothing in money", () => {
    expect(quoted(plain, { points: 7, at: 0 })).toEqual({
      pointType: "points",
      points: 7,
      amount: null,
      cash: 0,
    });
  });

  test("money is rounded down", () => {
    expect(quoted(paying({ points: 100, amount: 1 }), { points: 199, at: 0 })).toMatchObject({ amount: 1 });
  });

  test("least, step and share of an order, each at its bound and past it", () => {
    const program = paying({ points: 10, amount: 10, minimumPoints: 500, step: 50, maximumShare: 0.5 });
    expect(quoted(program, { points: 450, orderAmount: 10_000, at: 0 })).toBe("below_minimum");
    expect(quoted(program, { points: 501, orderAmount: 10_000, at: 0 })).toBe("not_a_step");
    expect(quoted(program, { points: 500, orderAmount: 1000, at: 0 })).toMatchObject({ amount: 500 });
    expect(quoted(program, { points: 500, orderAmount: 999, at: 0 })).toBe("above_order_share");
  });

  test("points pay no more than the order", () => {
    const program = paying({ points: 1, amount: 1 });
    expect(quoted(program, { points: 100, orderAmount: 100, at: 0 })).toMatchObject({ amount: 100 });
    expect(quoted(program, { points: 101, orderAmount: 100, at: 0 })).toBe("above_order_share");
  });

  test("a share of an order cannot be held without the order", () => {
    expect(() =>
      redemptionQuote(paying({ points: 1, amount: 1, maximumShare: 0.5 }), { points: 5, at: 0 }),
    ).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT", path: "request.orderAmount" }));
  });

  test.each([
    ["neither", {}],
    ["both", { points: 5, rewardId: "mug" }],
  ])("points or a reward: %s is a mistake", (_name, asked) => {
    expect(() => redemptionQuote(plain, { ...asked, at: 0 })).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT", path: "request.points" }),
    );
  });

  test("fractions and points from 0 down are a mistake", () => {
    for (const points of [0, -5, 1.5, Number.NaN, 2 ** 53]) {
      expect(() => redemptionQuote(plain, { points, at: 0 })).toThrow(
        expect.objectContaining({ code: "INVALID_ARGUMENT", path: "request.points" }),
      );
    }
  });

  test("money beyond safe integers is an error, not a little wrong", () => {
    const program = paying({ points: 1, amount: 1_000_000 });
    expect(() => redemptionQuote(program, { points: 2 ** 50, at: 0 })).toThrow(
      expect.objectContaining({ code: "UNSAFE_INTEGER" }),
    );
  });

  test("a product beyond safe integers on the way is exact", () => {
    // 9,007,199,254,740,991 x 3 / 7 = 3,860,228,252,031,853.28...
    const program = paying({ points: 7, amount: 3 });
    expect(quoted(program, { points: Number.MAX_SAFE_INTEGER, at: 0 })).toMatchObject({
      amount: 3_860_228_252_031_853,
    });
  });

  test("qualifying points do not pay, unknown ones do not exist", () => {
    const program: LoyaltyProgram = {
      ...plain,
      pointTypes: [
        { id: "status", kind: "qualifying" },
        { id: "points", kind: "spendable" },
      ],
    };
    expect(quoted(program, { points: 5, at: 0 })).toMatchObject({ pointType: "points" });
    expect(quoted(program, { points: 5, pointType: "status", at: 0 })).toBe("not_spendable");
    expect(quoted(program, { points: 5, pointType: "miles", at: 0 })).toBe("unknown_point_type");
    const { pointTypes } = program;
    expect(quoted({ ...program, pointTypes: pointTypes.slice(0, 1) }, { points: 5, at: 0 })).toBe(
      "unknown_point_type",
    );
  });

  test("a reward costs its points and its cash, in its days and for its levels", () => {
    const program: LoyaltyProgram = {
      ...plain,
      timeZone: "Asia/Jakarta",
      rewards: [
        { id: "mug", points: 300, cash: 2_00, from: "2024-05-01", until: "2024-06-01", tiers: ["gold"] },
      ],
    };
    const may = Date.UTC(2024, 3, 30, 17);
    const june = Date.UTC(2024, 4, 31, 17);
    const mug = { pointType: "points", points: 300, amount: null, cash: 2_00 };
    expect(quoted(program, { rewardId: "mug", tier: "gold", at: may })).toEqual(mug);
    expect(quoted(program, { rewardId: "mug", tier: "gold", at: june - 1 })).toEqual(mug);
    expect(quoted(program, { rewardId: "mug", tier: "gold", at: may - 1 })).toBe("reward_not_available");
    expect(quoted(program, { rewardId: "mug", tier: "gold", at: june })).toBe("reward_not_available");
    expect(quoted(program, { rewardId: "mug", tier: "silver", at: may })).toBe("reward_not_available");
    expect(quoted(program, { rewardId: "mug", at: may })).toBe("reward_not_available");
    expect(quoted(program, { rewardId: "car", at: may })).toBe("unknown_reward");
  });
});

describe("what a reward is paid with, and when", () => {
  const program: LoyaltyProgram = {
    ...plain,
    timeZone: "Asia/Jakarta",
    pointTypes: [
      { id: "points", kind: "spendable" },
      { id: "miles", kind: "spendable" },
      { id: "status", kind: "qualifying" },
    ],
    rewards: [
      { id: "seat", points: 10, pointType: "miles" },
      { id: "mug", points: 300, from: "2024-05-01" },
    ],
  };
  test("its own type of point, named or not; 10 miles are not 10 points", () => {
    expect(quoted(program, { rewardId: "seat", at: 0 })).toMatchObject({ pointType: "miles", points: 10 });
    expect(quoted(program, { rewardId: "seat", pointType: "miles", at: 0 })).toMatchObject({ points: 10 });
    expect(quoted(program, { rewardId: "seat", pointType: "points", at: 0 })).toBe("reward_not_available");
    const at = "2024-06-01";
    expect(quoted(program, { rewardId: "mug", pointType: "points", at })).toMatchObject({ points: 300 });
    expect(quoted(program, { rewardId: "mug", pointType: "miles", at })).toBe("reward_not_available");
    expect(quoted(program, { rewardId: "mug", pointType: "status", at })).toBe("not_spendable");
  });
  test("a day is its start in the programme's zone", () => {
    expect(quoted(program, { rewardId: "mug", at: "2024-05-01" })).toMatchObject({ points: 300 });
    expect(quoted(program, { rewardId: "mug", at: "2024-04-30T16:59:59Z" })).toBe("reward_not_available");
  });
  test.each([Number.NaN, "soon", undefined])(
    "at %s is a mistake, and no time at which all is to be had",
    (at) => {
      expect(() => redemptionQuote(program, { rewardId: "mug", at: at as number })).toThrow(
        expect.objectContaining({ code: "INVALID_ARGUMENT", path: "request.at" }),
      );
    },
  );
});

describe("maximumRedemption", () => {
  test("is the most that brute force finds, with the fewest points that pay it", () => {
    const policies = fc.record({
      points: fc.integer({ min: 1, max: 20 }),
      amount: fc.integer({ min: 1, max: 20 }),
      minimumPoints: fc.integer({ min: 1, max: 40 }),
      step: fc.integer({ min: 1, max: 15 }),
      maximumShare: fc.constantFrom(0.1, 0.29, 0.5, 1),
    });
    const order = fc.record({
      available: fc.integer({ min: -20, max: 200 }),
      orderAmount: fc.integer({ min: 0, max: 300 }),
    });
    fc.assert(
      fc.property(policies, order, (policy, { available, orderAmount }) => {
        const program = paying(policy);
        let best = { points: 0, amount: 0 };
        for (let points = 1; points <= available; points++) {
          const quote = redemptionQuote(program, { points, orderAmount, at: 0 });
          if (quote.ok && (quote.value.amount ?? 0) > best.amount)
            best = { points, amount: quote.value.amount ?? 0 };
        }
        expect(maximumRedemption(program, { available, orderAmount })).toEqual(best);
      }),
      { numRuns: 500 },
    );
  });

  test("without a policy there is no answer", () => {
    expect(() => maximumRedemption(plain, { available: 5, orderAmount: 5 })).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT", path: "program.redemption" }),
    );
  });
});
