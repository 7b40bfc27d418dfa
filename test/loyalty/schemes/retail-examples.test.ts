import { expect, test } from "vitest";
import { cardNumbers } from "../../../src/loyalty/schemes/member-cards.js";
import { partnerDiscount } from "../../../src/loyalty/schemes/partner-discount.js";
import { customerClubSchema } from "../../../src/model/customer-club.js";
import { dataIncentiveSchema } from "../../../src/model/data-incentive.js";
import { membershipSchema } from "../../../src/model/membership.js";
import { partnershipSchema } from "../../../src/model/partnership.js";
import { clubs, incentives, members, partnerships } from "./retail-examples.js";

test("the five schemes of the texts are there, each with a member and a card", () => {
  expect(clubs.map(({ name }) => name)).toEqual([
    "Matahari Club Card",
    "Makro",
    "Alfa Family Club",
    "Carrefour",
    "SimpatiZone",
  ]);
  expect(members.map(({ schemeId }) => schemeId)).toEqual(clubs.map(({ id }) => id));
});

test("every record survives JSON and parses to itself", () => {
  const again = (record: object) => JSON.parse(JSON.stringify(record));
  for (const club of clubs) expect(customerClubSchema.parse(again(club))).toEqual(club);
  for (const member of members) expect(membershipSchema.parse(again(member))).toEqual(member);
  for (const partner of partnerships) expect(partnershipSchema.parse(again(partner))).toEqual(partner);
  for (const incentive of incentives) expect(dataIncentiveSchema.parse(again(incentive))).toEqual(incentive);
});

test("one of the five cards is co-branded", () => {
  const numbers = cardNumbers(members, { asOf: "2024-04-01" });
  expect(numbers).toMatchObject({
    members: 5,
    cards: 5,
    membersWithActiveCard: { value: 1 },
    coBranded: { value: 0.2, numerator: 1, denominator: 5 },
    byPartner: [{ partnerId: "bank", cards: 1, paymentCards: 1 }],
  });
});

test("SimpatiZone's card is good at each of its partners, and no other card is", () => {
  const discounts = partnerships.map((partnership) =>
    members.map((membership) => {
      const bill = { amount: 5_000_000, at: "2024-04-01", membership, cardNo: membership.cards[0]?.cardNo };
      const result = partnerDiscount(partnership, bill);
      return result.ok ? result.value.discount : result.error.code;
    }),
  );
  const none = "not_a_member";
  expect(discounts).toEqual(partnerships.map(() => [none, none, none, none, 500_000]));
});
