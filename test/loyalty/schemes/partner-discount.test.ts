import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type PartnerBill, partnerDiscount } from "../../../src/loyalty/schemes/partner-discount.js";
import { membershipSchema } from "../../../src/model/membership.js";
import { type PartnershipInput, partnershipSchema } from "../../../src/model/partnership.js";

const day = (n: number) => Date.UTC(2024, 0, 1) + n * 86_400_000;
const membership = membershipSchema.parse({
  schemeId: "club",
  memberId: "M-1",
  joinedAt: day(0),
  leftAt: day(100),
  cards: [
    { cardNo: "1", issuedAt: day(0), validUntil: day(50), history: [{ status: "active", at: day(5) }] },
    { cardNo: "2", issuedAt: day(0) },
  ],
});
function cafe(memberDiscount?: PartnershipInput["memberDiscount"]) {
  return partnershipSchema.parse({
    id: "P-1",
    schemeId: "club",
    partnerId: "cafe",
    trade: "cafe",
    offer: "for members",
    startAt: day(2),
    endAt: day(90),
    ...(memberDiscount ? { memberDiscount } : {}),
  });
}
const bill: PartnerBill = { amount: 10_99, at: day(10), membership, cardNo: "1" };

test("10 % of 10.99 is 1.09, rounded down; a third of it is ours", () => {
  const discount = { share: 0.1, operatorPays: 0.3333 };
  expect(partnerDiscount(cafe(discount), bill)).toEqual({
    ok: true,
    value: { discount: 1_09, payable: 9_90, operatorPays: 36, partnerPays: 73 },
  });
  expect(partnerDiscount(cafe({ ...discount, maximumDiscount: 50 }), bill)).toMatchObject({
    ok: true,
    value: { discount: 50, payable: 10_49 },
  });
});

test.each<[string, PartnershipInput["memberDiscount"], Partial<PartnerBill>, string]>([
  ["none agreed", undefined, {}, "no_discount"],
  ["not begun", { share: 0.1 }, { at: day(2) - 1 }, "not_in_force"],
  ["over", { share: 0.1 }, { at: day(90) }, "not_in_force"],
  [
    "left",
    { share: 0.1, needsCard: false },
    { membership: { ...membership, leftAt: day(10) } },
    "not_a_member",
  ],
  ["not joined", { share: 0.1 }, { membership: { ...membership, joinedAt: day(11) } }, "not_a_member"],
  ["another scheme", { share: 0.1 }, { membership: { ...membership, schemeId: "other" } }, "not_a_member"],
  ["no card shown", { share: 0.1 }, { cardNo: undefined }, "card_needed"],
  ["somebody else's card", { share: 0.1 }, { cardNo: "9" }, "card_not_usable"],
  ["a card not yet active", { share: 0.1 }, { cardNo: "2" }, "card_not_usable"],
  ["a card the instant before it is active", { share: 0.1 }, { at: day(5) - 1 }, "card_not_usable"],
  ["a card that has run out", { share: 0.1 }, { at: day(50) }, "card_not_usable"],
  ["a bad card where none is needed", { share: 0.1, needsCard: false }, { cardNo: "9" }, "card_not_usable"],
  ["too small a bill", { share: 0.1, minimumAmount: 11_00 }, {}, "below_minimum"],
])("%s: no discount", (_, discount, more, code) => {
  expect(partnerDiscount(cafe(discount), { ...bill, ...more })).toMatchObject({ ok: false, error: { code } });
});

test("at the very instant that the card becomes active it is good", () => {
  expect(partnerDiscount(cafe({ share: 0.1 }), { ...bill, at: day(5) }).ok).toBe(true);
});

test("whatever the shares: payable and discount make the bill, the two bearers the discount", () => {
  const share = fc.integer({ min: 1, max: 1000 }).map((n) => n / 1000);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 ** 12 }), share, share, (amount, off, operatorPays) => {
      const result = partnerDiscount(cafe({ share: off, operatorPays }), { ...bill, amount });
      if (!result.ok) throw new Error(result.error.message);
      const { discount, payable, operatorPays: ours, partnerPays } = result.value;
      expect(discount + payable).toBe(amount);
      expect(ours + partnerPays).toBe(discount);
      // The exact share, in thousandths, is less than one unit above.
      const exact = BigInt(amount) * BigInt(Math.round(off * 1000));
      expect(exact - BigInt(discount) * 1000n).toBeGreaterThanOrEqual(0n);
      expect(exact - BigInt(discount) * 1000n).toBeLessThan(1000n);
      expect(Math.min(payable, ours, partnerPays)).toBeGreaterThanOrEqual(0);
    }),
  );
});

test("half a minor unit is a mistake", () => {
  expect(() => partnerDiscount(cafe({ share: 0.1 }), { ...bill, amount: 0.5 })).toThrow(
    expect.objectContaining({ code: "INVALID_ARGUMENT", path: "bill.amount" }),
  );
});

test("a membership that was not parsed is a mistake, not an error of the engine", () => {
  const { cards: _, ...raw } = membership;
  expect(() =>
    partnerDiscount(cafe({ share: 0.1 }), { ...bill, membership: raw as typeof membership }),
  ).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT", path: "bill.membership.cards" }));
});
