import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { claimPromotion } from "../../../src/loyalty/schemes/claim-promotion.js";
import { collectionProgress } from "../../../src/loyalty/schemes/collection-progress.js";
import {
  emptyPromotionClaims,
  type PromotionClaim,
  type PromotionClaims,
} from "../../../src/loyalty/schemes/promotion-claim.js";
import type { Promotion } from "../../../src/model/promotion.js";
import { collection, day, promotion } from "./promotion-setup.js";

const good: PromotionClaim = {
  claimId: "c1",
  householdId: "H-1",
  at: day(20),
  channel: "mail",
  purchases: [{ productId: "coffee", at: day(15), proof: "r1" }],
};
const none = emptyPromotionClaims("spring");
const codeOf = (one: Promotion, claim: PromotionClaim, claims: PromotionClaims = none) => {
  const result = claimPromotion(one, claims, claim);
  return result.ok ? "granted" : result.error.code;
};
const bought = (more: object) =>
  ({ ...good, purchases: [{ ...good.purchases[0], ...more }] }) as PromotionClaim;
const history = (...more: { status: "ended" | "canceled"; at: number }[]) => [
  ...promotion().history,
  ...more,
];

describe("a claim is held against each rule", () => {
  const ended = promotion({ history: history({ status: "ended", at: day(18) }) });
  const canceled = promotion({ history: history({ status: "canceled", at: day(20) }) });
  const late = promotion({
    history: [
      { status: "planned", at: day(1) },
      { status: "running", at: day(16) },
    ],
  });
  test.each<[string, Promotion, PromotionClaim, string]>([
    ["good", promotion(), good, "granted"],
    ["not started", promotion({ history: [] }), good, "not_running"],
    ["not started by then", promotion(), { ...good, at: day(9) }, "not_running"],
    ["canceled at that instant", canceled, good, "not_running"],
    ["before it was canceled", canceled, { ...good, at: day(19) }, "granted"],
    ["last instant", promotion(), { ...good, at: day(60) - 1 }, "granted"],
    ["too late", promotion(), { ...good, at: day(60) }, "too_late"],
    ["another channel", promotion({ channels: ["web"] }), good, "wrong_channel"],
    ["no channel", promotion({ channels: ["mail"] }), { ...good, channel: undefined }, "wrong_channel"],
    ["another product", promotion(), bought({ productId: "tea" }), "wrong_product"],
    ["first instant", promotion(), bought({ at: day(10) }), "granted"],
    ["before its days", promotion(), bought({ at: day(10) - 1 }), "purchase_outside_window"],
    ["after its days", promotion(), { ...bought({ at: day(40) }), at: day(50) }, "purchase_outside_window"],
    ["before it ran", late, good, "purchase_outside_window"],
    ["bought before it was ended", ended, good, "granted"],
    ["bought after it was ended", ended, bought({ at: day(19) }), "purchase_outside_window"],
    ["bought after the claim", promotion(), bought({ at: day(21) }), "purchase_after_claim"],
    ["no proof", promotion(), bought({ proof: undefined }), "proof_missing"],
    ["no proof needed", promotion({ needsProof: false }), bought({ proof: undefined }), "granted"],
    [
      "two purchases",
      promotion(),
      { ...good, purchases: [...good.purchases, { productId: "coffee", at: day(15), proof: "r2" }] },
      "wrong_count",
    ],
    ["a payment that nobody asked for", promotion(), { ...good, paid: 1 }, "wrong_payment"],
    ["a budget that just suffices", promotion({ limits: { budget: 2_00 } }), good, "granted"],
    ["a budget one unit short", promotion({ limits: { budget: 1_99 } }), good, "budget_exhausted"],
    [
      "handling counts against the budget",
      promotion({ limits: { budget: 2_00 }, costs: { perClaim: 1 } }),
      good,
      "budget_exhausted",
    ],
  ])("%s: %#", (_, one, claim, code) => {
    expect(codeOf(one, claim)).toBe(code);
  });

  test("a cross-ruff coupon is taken off the other product, and after the days of its own", () => {
    const coupon = promotion({
      offer: { kind: "crossRuffCoupon", faceValue: 50, redeemableOn: ["tea"] },
    });
    expect(codeOf(coupon, good)).toBe("wrong_product");
    expect(codeOf(coupon, { ...bought({ productId: "tea", at: day(45) }), at: day(45) })).toBe("granted");
    expect(codeOf(coupon, { ...bought({ productId: "tea", at: day(9) }) })).toBe("purchase_outside_window");
  });

  test("a collection takes all its proofs and the customer's part", () => {
    const purchases = ["a", "b", "c"].map((proof) => ({ productId: "coffee", at: day(15), proof }));
    const claims = emptyPromotionClaims("towels");
    const claim = { ...good, purchases, paid: 1_00 };
    const result = claimPromotion(collection, claims, claim);
    expect(result).toMatchObject({ ok: true, value: { gives: 4_00, contribution: 1_00, cost: 3_00 } });
    expect(codeOf(collection, { ...claim, purchases: purchases.slice(1) }, claims)).toBe("wrong_count");
    expect(codeOf(collection, { ...claim, paid: 0 }, claims)).toBe("wrong_payment");
    const next = result.ok ? result.value.claims : claims;
    const again = {
      ...claim,
      claimId: "c2",
      purchases: purchases.map((one, i) => (i < 2 ? { ...one, proof: `${i}` } : one)),
    };
    expect(codeOf(collection, again, next)).toBe("proof_used");
    const more = [...purchases, ...["d", "e"].map((proof) => ({ productId: "coffee", at: day(16), proof }))];
    const wrong = { productId: "tea", at: day(16), proof: "t" };
    const later = { productId: "coffee", at: day(20), proof: "z" };
    expect(collectionProgress(collection, next, [...more, wrong, later], { asOf: day(20) })).toEqual({
      collected: 2,
      required: 3,
      claimable: 0,
      towardsNext: 2,
      missing: 1,
      share: { value: 2 / 3, numerator: 2, denominator: 3, reason: null },
      isOpen: true,
      used: 3,
      notCounting: 1,
    });
    expect(collectionProgress(collection, claims, more, { asOf: day(30) })).toMatchObject({
      claimable: 1,
      missing: 1,
    });
    expect(() => collectionProgress(promotion(), none, [], { asOf: day(30) })).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT", path: "promotion.offer.kind" }),
    );
  });
});

describe("sent again", () => {
  const first = claimPromotion(promotion(), none, good);
  const claims = first.ok ? first.value.claims : none;
  test("the same claim gets the same answer and gives nothing again", () => {
    const again = claimPromotion(promotion(), claims, structuredClone(good));
    expect(again).toEqual({
      ok: true,
      value: { gives: 2_00, contribution: 0, cost: 2_00, claims, repeated: true },
    });
  });
  test("the same instant in another form is the same claim", () => {
    const again = claimPromotion(promotion(), claims, { ...good, at: new Date(day(20)).toISOString() });
    expect(again).toMatchObject({ ok: true, value: { repeated: true } });
  });
  test("after the promotion is over it still gets its answer", () => {
    const over = promotion({ history: history({ status: "canceled", at: day(19) }) });
    expect(claimPromotion(over, claims, good)).toMatchObject({ ok: true, value: { repeated: true } });
  });
  test("another claim under its id is a conflict; its proof in another claim is used", () => {
    expect(codeOf(promotion(), { ...good, householdId: "H-2" }, claims)).toBe("idempotency_conflict");
    expect(codeOf(promotion(), { ...good, claimId: "c2" }, claims)).toBe("proof_used");
  });
});

/** Obvious code: arrays, and nothing kept that could be counted. */
function naive(one: Promotion, kept: PromotionClaim[], claim: PromotionClaim): string {
  const same = kept.find(({ claimId }) => claimId === claim.claimId);
  if (same) return JSON.stringify(same) === JSON.stringify(claim) ? "repeated" : "idempotency_conflict";
  const proofs = kept.flatMap(({ purchases }) => purchases.map(({ proof }) => proof));
  if (proofs.includes(claim.purchases[0]?.proof)) return "proof_used";
  const own = kept.filter(({ householdId }) => householdId === claim.householdId).length;
  if (own >= (one.limits.perHousehold ?? Number.POSITIVE_INFINITY)) return "household_limit";
  if (kept.length >= (one.limits.claims ?? Number.POSITIVE_INFINITY)) return "claim_limit";
  if ((kept.length + 1) * 2_00 > (one.limits.budget ?? Number.POSITIVE_INFINITY)) return "budget_exhausted";
  kept.push(claim);
  return "granted";
}

test("random claims: the answers of the naive model, figures that add up, JSON in between, nothing changed", () => {
  const id = (prefix: string, max: number) => fc.integer({ min: 0, max }).map((n) => `${prefix}${n}`);
  const sent = fc.record({ claimId: id("c", 60), householdId: id("H", 8), proof: id("r", 60) });
  const limits = fc.record({
    perHousehold: fc.integer({ min: 1, max: 6 }),
    claims: fc.integer({ min: 1, max: 40 }),
    budget: fc.integer({ min: 0, max: 60_00 }),
  });
  fc.assert(
    fc.property(fc.array(sent, { maxLength: 80 }), limits, (list, bounds) => {
      const one = promotion({ limits: bounds });
      const kept: PromotionClaim[] = [];
      let claims = none;
      for (const { claimId, householdId, proof } of list) {
        const claim = {
          ...good,
          claimId,
          householdId,
          purchases: [{ productId: "coffee", at: day(15), proof }],
        };
        const before = JSON.stringify(claims);
        const result = claimPromotion(one, claims, claim);
        expect(JSON.stringify(claims)).toBe(before);
        const answer = result.ok ? (result.value.repeated ? "repeated" : "granted") : result.error.code;
        expect(answer).toBe(naive(one, kept, claim));
        if (result.ok) claims = JSON.parse(JSON.stringify(result.value.claims));
      }
      expect(claims).toMatchObject({ claims: kept.length, cost: kept.length * 2_00 });
      expect(claims.cost).toBeLessThanOrEqual(Math.max(bounds.budget, 0));
    }),
  );
});

test.each<[string, object, string]>([
  ["no id", { claimId: "" }, "claim.claimId"],
  ["no instant", { at: "2025-02-30" }, "claim.at"],
  ["half a payment", { paid: 0.5 }, "claim.paid"],
  ["no list", { purchases: null }, "claim.purchases"],
  ["a proof twice", { purchases: [good.purchases[0], good.purchases[0]] }, "claim.purchases[1].proof"],
])("%s is a mistake", (_, wrong, path) => {
  expect(() => claimPromotion(promotion(), none, { ...good, ...wrong } as PromotionClaim)).toThrow(
    expect.objectContaining({ code: "INVALID_ARGUMENT", path }),
  );
});

test("the claims of another promotion are a mistake", () => {
  expect(() => claimPromotion(promotion(), emptyPromotionClaims("autumn"), good)).toThrow(
    expect.objectContaining({ code: "INVALID_ARGUMENT", path: "claims.promotionId" }),
  );
});
