import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { promotionBreakEven } from "../../../src/loyalty/schemes/promotion-break-even.js";
import { expectedPromotionCost, promotionCost } from "../../../src/loyalty/schemes/promotion-cost.js";
import { promotionRedemption } from "../../../src/loyalty/schemes/promotion-redemption.js";
import type { PromotionInput, PromotionOffer } from "../../../src/model/promotion.js";
import { collection, day, promotion } from "./promotion-setup.js";

describe("S31", () => {
  test("a self-liquidating premium of 4.20 and 1.30 postage, for which the customer pays 5.50, costs 0.00 net", () => {
    const mug = promotion({
      offer: { kind: "selfLiquidatingPremium", unitCost: 4_20, contribution: 5_50 },
      costs: { perClaim: 1_30 },
    });
    const cost = promotionCost(mug, { distributed: 10_000, claims: 777 });
    expect(cost.net).toBe(0);
    expect(cost.netPerClaim).toEqual({ value: 0, numerator: 0, denominator: 777, reason: null });
    expect(cost.gross).toBe(777 * 5_50);
  });

  test("a rebate of 2.00 on 10,000 packs that 12 % claim costs 2,400.00, and 88 % let it slip", () => {
    const spring = promotion();
    const expected = expectedPromotionCost(spring);
    expect([expected.claims, expected.net]).toEqual([1_200, 2_400_00]);
    const { redemption, slippage } = promotionRedemption(spring, expected, { asOf: day(60) });
    expect([redemption.value, slippage.value]).toEqual([0.12, 0.88]);
  });
});

describe("limits", () => {
  test.each<[string, PromotionInput["limits"], number]>([
    ["none", {}, 1_200],
    ["claims below what is expected", { claims: 500 }, 500],
    ["claims above it", { claims: 5_000 }, 1_200],
    ["a budget for 400 claims of 2.00 and 0.05", { budget: 400 * 2_05 }, 400],
    ["a budget one unit short of that", { budget: 400 * 2_05 - 1 }, 399],
    ["the tighter of both", { claims: 300, budget: 400 * 2_05 }, 300],
  ])("%s: no more is expected than they let through", (_, limits, claims) => {
    const rebate = promotion({ limits, costs: { perClaim: 5 } });
    expect(expectedPromotionCost(rebate)).toMatchObject({ claims, net: claims * 2_05 });
  });
  test("a gift that costs nothing on balance is not bound by a budget", () => {
    const mug = promotion({
      offer: { kind: "selfLiquidatingPremium", unitCost: 4_00, contribution: 4_00 },
      limits: { budget: 0 },
    });
    expect(expectedPromotionCost(mug).claims).toBe(1_200);
  });
  const isFinal = (more: Partial<PromotionInput>, claims: number, asOf: number) =>
    promotionRedemption(promotion(more), { distributed: 1_000, claims }, { asOf: day(asOf) }).isFinal;
  const canceled = [...promotion().history, { status: "canceled" as const, at: day(20) }];
  const ended = [...promotion().history, { status: "ended" as const, at: day(20) }];
  test("no claim can come any more once it was canceled, or its limits are reached", () => {
    expect([isFinal({}, 10, 59.9), isFinal({}, 10, 60)]).toEqual([false, true]);
    expect([isFinal({ history: canceled }, 10, 20), isFinal({ history: canceled }, 10, 20.5)]).toEqual([
      false,
      true,
    ]);
    // Who bought before may still claim.
    expect(isFinal({ history: ended }, 10, 30)).toBe(false);
    const limits = { claims: 10 };
    expect([isFinal({ limits }, 9, 30), isFinal({ limits }, 10, 30)]).toEqual([false, true]);
    expect(isFinal({ limits: { budget: 21_99 } }, 10, 30)).toBe(true);
    expect(isFinal({ limits: { budget: 22_00 } }, 10, 30)).toBe(false);
  });
  test("the day on which it is asked begins in the zone", () => {
    const asOf = "2025-03-02";
    const of = (timeZone: string) =>
      promotionRedemption(promotion(), { distributed: 9, claims: 1 }, { asOf, timeZone }).isFinal;
    // Claims end on 2025-03-02T00:00Z; in Jakarta that day began seven hours earlier.
    expect([of("UTC"), of("Asia/Jakarta")]).toEqual([true, false]);
  });
});

describe("the parts of the cost", () => {
  const costs = { fixed: 500_00, perUnit: 3, perClaim: 20 };
  test.each<[string, PromotionInput["offer"], number, number]>([
    ["voucher", { kind: "inPackVoucher", faceValue: 1_00 }, 100 * 1_00, 0],
    ["near-pack voucher", { kind: "nearPackVoucher", faceValue: 50 }, 100 * 50, 0],
    ["cash back", { kind: "cashBack", amount: 2_00 }, 100 * 2_00, 0],
    ["free premium", { kind: "freePremium", unitCost: 90 }, 100 * 90, 0],
    ["collection", { kind: "collection", required: 5, unitCost: 4_00, contribution: 1_50 }, 400_00, 150_00],
  ])("%s: 1,000 out, 100 claimed", (_, offer, given, paid) => {
    const cost = promotionCost(promotion({ offer, costs }), { distributed: 1_000, claims: 100 });
    expect(cost).toMatchObject({ fixed: 500_00, distribution: 30_00, handling: 20_00, offer: given });
    expect(cost.gross).toBe(550_00 + given);
    expect(cost.net).toBe(550_00 + given - paid);
  });

  test("a collection of 3 takes 3 packs for a claim, so 1,000 packs make 333 claims at most", () => {
    expect(
      promotionRedemption(collection, { distributed: 1_000, claims: 111 }, { asOf: day(50) }),
    ).toMatchObject({
      possible: 333,
      redemption: { numerator: 111, denominator: 333 },
      slippage: { numerator: 222, denominator: 333 },
      isFinal: false,
    });
    expect(() => promotionCost(collection, { distributed: 1_000, claims: 334 })).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT", path: "counts.claims" }),
    );
  });

  test("the interval of the slippage mirrors that of the redemption; without a pack there is none", () => {
    const { redemptionInterval, slippageInterval } = promotionRedemption(
      promotion(),
      { distributed: 100, claims: 12 },
      { asOf: day(50) },
    );
    expect(slippageInterval?.lower).toBeCloseTo(1 - (redemptionInterval?.upper ?? 0), 12);
    expect(slippageInterval?.upper).toBeCloseTo(1 - (redemptionInterval?.lower ?? 0), 12);
    // Wilson (1927) by its quadratic: at p the score z is exactly 1.959964.
    const p = redemptionInterval?.upper ?? 0;
    expect((p - 0.12) / Math.sqrt((p * (1 - p)) / 100)).toBeCloseTo(1.959963985, 7);
    const none = promotionRedemption(promotion(), { distributed: 0, claims: 0 }, { asOf: day(60) });
    expect(none).toMatchObject({ redemption: { value: null }, redemptionInterval: null, isFinal: true });
  });

  test.each<[string, object, string]>([
    ["half a claim", { distributed: 10, claims: 0.5 }, "counts.claims"],
    ["fewer than none", { distributed: -1, claims: 0 }, "counts.distributed"],
    ["more claims than packs", { distributed: 10, claims: 11 }, "counts.claims"],
  ])("%s is refused", (_, counts, path) => {
    expect(() => promotionCost(promotion(), counts as { distributed: number; claims: number })).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT", path }),
    );
  });

  test("beyond 2^53 - 1 it is an error and no number; nothing expected is one too", () => {
    const dear = promotion({ offer: { kind: "rebate", amount: 2 ** 40 } });
    expect(() => promotionCost(dear, { distributed: 2 ** 20, claims: 2 ** 20 })).toThrow(
      expect.objectContaining({ code: "UNSAFE_INTEGER" }),
    );
    expect(() => expectedPromotionCost(promotion({ expected: undefined }))).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT", path: "promotion.expected" }),
    );
  });
});

describe("break-even", () => {
  test("the units found pay for it and one fewer do not, by the profit written out", () => {
    const whole = (max: number, min = 0) => fc.integer({ min, max });
    const offers = fc.oneof(
      fc.record({ kind: fc.constant("rebate" as const), amount: whole(500, 1) }),
      fc.record({
        kind: fc.constant("collection" as const),
        required: whole(9, 2),
        unitCost: whole(900),
        contribution: whole(200),
      }),
    );
    fc.assert(
      fc.property(
        offers,
        whole(1_000_00),
        whole(5),
        whole(50),
        whole(300, 1),
        whole(5_000),
        whole(100),
        (offer, fixed, perUnit, perClaim, unitMargin, baselineUnits, percent) => {
          const found = promotionBreakEven(promotion({ offer, costs: { fixed, perUnit, perClaim } }), {
            unitMargin,
            baselineUnits,
            redemptionRate: percent / 100,
          });
          // In hundredths of a minor unit and, for a collection, in `required` of those: all whole, so exact.
          const packs = offer.kind === "collection" ? offer.required : 1;
          const given =
            offer.kind === "collection"
              ? offer.unitCost - offer.contribution
              : (offer as { amount: number }).amount;
          const unitCost = perUnit * 100 * packs + percent * (given + perClaim);
          const profit = (units: number) =>
            units * (unitMargin * 100 * packs - unitCost) - fixed * 100 * packs - baselineUnits * unitCost;
          if (found.units === null) {
            expect(profit(1e6)).toBeLessThan(0);
            expect(found.lift.value).toBeNull();
          } else {
            expect(profit(found.units)).toBeGreaterThanOrEqual(0);
            if (found.units > 0) expect(profit(found.units - 1)).toBeLessThan(0);
          }
        },
      ),
    );
  });

  test("what a unit leaves is a number whatever the rate: 1e-300 of a claim of 2.00 takes nothing off 1.25", () => {
    const options = { unitMargin: 1_25, baselineUnits: 500 };
    const tiny = promotionBreakEven(promotion(), { ...options, redemptionRate: 1e-300 });
    expect(tiny).toMatchObject({ units: 1, marginInPromotion: 1_25 });
    const third = promotion({ offer: { kind: "collection", required: 3, unitCost: 1_00 } });
    const { marginInPromotion } = promotionBreakEven(third, { ...options, redemptionRate: 0.5 });
    // 125 - 0.5 x 100 / 3.
    expect(marginInPromotion).toBe(325 / 3);
  });

  test("what costs nothing and sells nothing without it needs no unit, though each one sold loses money", () => {
    const dear = promotion({ offer: { kind: "rebate", amount: 9_00 } });
    const options = { unitMargin: 1_00, baselineUnits: 0, redemptionRate: 1 };
    expect(promotionBreakEven(dear, options)).toMatchObject({
      units: 0,
      marginInPromotion: -8_00,
      reason: null,
    });
    expect(promotionBreakEven(dear, { ...options, baselineUnits: 1 })).toMatchObject({ units: null });
  });

  test("a gift that customers pay for needs no lift; without a rate it is refused", () => {
    const mug = promotion({
      offer: { kind: "selfLiquidatingPremium", unitCost: 4_20, contribution: 5_50 } satisfies PromotionOffer,
      costs: { perClaim: 1_30 },
      expected: undefined,
    });
    const options = { unitMargin: 1_00, baselineUnits: 500 };
    expect(promotionBreakEven(mug, { ...options, redemptionRate: 0.5 })).toMatchObject({ units: 0 });
    expect(() => promotionBreakEven(mug, options)).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT", path: "options.redemptionRate" }),
    );
  });
});
