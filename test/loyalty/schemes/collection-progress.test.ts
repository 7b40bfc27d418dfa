import { describe, expect, test } from "vitest";
import { claimPromotion } from "../../../src/loyalty/schemes/claim-promotion.js";
import { collectionProgress } from "../../../src/loyalty/schemes/collection-progress.js";
import { emptyPromotionClaims } from "../../../src/loyalty/schemes/promotion-claim.js";
import type { PromotionInput } from "../../../src/model/promotion.js";
import { collection, day, promotion } from "./promotion-setup.js";

const proofs = (...names: string[]) => names.map((proof) => ({ productId: "coffee", at: day(15), proof }));
const six = proofs("a", "b", "c", "d", "e", "f");
const none = emptyPromotionClaims("towels");
const towels = (more: Partial<PromotionInput>) =>
  promotion({ id: "towels", offer: { kind: "collection", required: 3, unitCost: 4_00 }, ...more });
const claim = { claimId: "c1", householdId: "H-1", at: day(20), purchases: six.slice(0, 3) };

describe("what can be claimed is what claimPromotion grants", () => {
  const canceled = [...collection.history, { status: "canceled", at: day(18) }] as const;
  const ended = [...collection.history, { status: "ended", at: day(18) }] as const;
  test.each<[string, Partial<PromotionInput>, number, number, boolean]>([
    ["running", {}, 20, 2, true],
    ["not started as of then", {}, 10, 0, false],
    ["never started", { history: [] }, 20, 0, false],
    ["canceled", { history: [...canceled] }, 20, 0, false],
    ["canceled at that instant, which is not known yet", { history: [...canceled] }, 18, 2, true],
    ["ended, and claims are still taken", { history: [...ended] }, 20, 2, true],
    ["the last instant of claims", {}, 60 - 1 / 86_400_000, 2, true],
    ["the time for claims is over", {}, 60, 0, false],
    ["one claim is left of all", { limits: { claims: 1 } }, 20, 1, true],
    ["the budget is for one", { limits: { budget: 7_99 } }, 20, 1, true],
  ])("%s", (_, more, asOf, claimable, isOpen) => {
    const one = towels(more);
    const progress = collectionProgress(one, none, six, { asOf: day(asOf) });
    expect(progress).toMatchObject({ claimable, isOpen });
    if (asOf !== 20) return;
    // Claim by claim, as many as are said and not one more.
    let claims = none;
    const granted = [six.slice(0, 3), six.slice(3)].filter((purchases, i) => {
      const result = claimPromotion(one, claims, { ...claim, claimId: `c${i}`, purchases });
      if (result.ok) claims = result.value.claims;
      return result.ok;
    });
    expect(granted).toHaveLength(claimable);
    expect(collectionProgress(one, claims, six, { asOf: day(21) }).claimable).toBe(0);
  });

  test("a limit by household is that of the household, which has to be named", () => {
    const one = towels({ limits: { perHousehold: 1 } });
    const first = claimPromotion(one, none, claim);
    const claims = first.ok ? first.value.claims : none;
    const of = (householdId: string) =>
      collectionProgress(one, claims, six, { asOf: day(21), householdId }).claimable;
    expect([of("H-1"), of("H-2")]).toEqual([0, 1]);
    expect(() => collectionProgress(one, claims, six, { asOf: day(21) })).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT", path: "options.householdId" }),
    );
  });
});

test("purchases count from the start to before the end, and to before it was ended, once that is known", () => {
  const at = (instant: number) => [{ productId: "coffee", at: instant, proof: "a" }];
  const collected = (instant: number, more: Partial<PromotionInput> = {}, asOf = day(59)) =>
    collectionProgress(towels(more), none, at(instant), { asOf }).collected;
  expect([day(10) - 1, day(10), day(40) - 1, day(40)].map((one) => collected(one))).toEqual([0, 1, 1, 0]);
  const history = [...collection.history, { status: "ended" as const, at: day(18) }];
  expect([day(18) - 1, day(18)].map((one) => collected(one, { history }))).toEqual([1, 0]);
});

test("a day begins in the zone: on 21 January 00:00 in Jakarta the purchase of 20:00Z is of tomorrow", () => {
  const late = [{ productId: "coffee", at: "2025-01-20T20:00:00Z", proof: "a" }];
  const collected = (timeZone?: string) =>
    collectionProgress(collection, none, late, { asOf: "2025-01-21", timeZone }).collected;
  expect([collected(), collected("UTC"), collected("Asia/Jakarta")]).toEqual([1, 1, 0]);
});

test.each<[string, object[], string]>([
  ["no proof", [{ productId: "coffee", at: day(15) }], "purchases[0].proof"],
  ["a proof twice", [six[0], six[0]] as object[], "purchases[1].proof"],
  ["no instant", [{ ...six[0], at: "soon" }], "purchases[0].at"],
])("%s is a mistake", (_, purchases, path) => {
  expect(() => collectionProgress(collection, none, purchases as typeof six, { asOf: day(20) })).toThrow(
    expect.objectContaining({ code: "INVALID_ARGUMENT", path }),
  );
});
