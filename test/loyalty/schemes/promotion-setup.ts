import { type Promotion, type PromotionInput, promotionSchema } from "../../../src/model/promotion.js";

export const day = (n: number) => Date.UTC(2025, 0, 1) + n * 86_400_000;

/** Runs from day 10 to before day 40; claims until before day 60. */
const rebate: PromotionInput = {
  id: "spring",
  currency: "EUR",
  offer: { kind: "rebate", amount: 2_00 },
  productIds: ["coffee"],
  startAt: day(10),
  endAt: day(40),
  claimUntil: day(60),
  expected: { distributed: 10_000, redemptionRate: 0.12 },
  history: [
    { status: "planned", at: day(1) },
    { status: "running", at: day(10) },
  ],
};

export function promotion(more: Partial<PromotionInput> = {}): Promotion {
  return promotionSchema.parse({ ...rebate, ...more });
}

export const collection = promotion({
  id: "towels",
  offer: { kind: "collection", required: 3, unitCost: 4_00, contribution: 1_00 },
});
