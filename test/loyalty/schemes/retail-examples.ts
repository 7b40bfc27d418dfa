import { customerClubSchema } from "../../../src/model/customer-club.js";
import { type DataIncentiveInput, dataIncentiveSchema } from "../../../src/model/data-incentive.js";
import { type MembershipInput, membershipSchema } from "../../../src/model/membership.js";
import type { PartnerTrade } from "../../../src/model/partnership.js";
import { type PartnershipInput, partnershipSchema } from "../../../src/model/partnership.js";

// The retail examples of the source texts: Matahari Club Card, Makro, Alfa Family Club, Carrefour, SimpatiZone. The names,
// what kind of scheme each is and the trades of the partners are from the texts; all figures, dates and ids are made up.

const foundedAt = "2024-01-01T00:00:00+07:00";
const joinedAt = "2024-03-01T09:00:00+07:00";

const sent = [
  { id: "matahari-club-card", name: "Matahari Club Card", access: "open", benefits: ["points", "discount"] },
  {
    id: "makro",
    name: "Makro",
    access: "closed",
    eligibility: "registered traders",
    benefits: ["discount", "information"],
  },
  { id: "alfa-family-club", name: "Alfa Family Club", access: "open", benefits: ["discount", "gift"] },
  { id: "carrefour", name: "Carrefour", access: "open", benefits: ["discount"] },
  { id: "simpati-zone", name: "SimpatiZone", access: "open", benefits: ["partnerDiscount"] },
] as const;

export const clubs = sent.map(({ benefits, ...club }) =>
  customerClubSchema.parse({
    ...club,
    operatedBy: "company",
    foundedAt,
    benefits: benefits.map((kind) => ({ kind, name: kind })),
  }),
);

/** One member of each, with an active card: Carrefour's bears a bank's name too, SimpatiZone's members are prepaid numbers. */
export const members = sent.map(({ id }, i) => {
  const card = {
    cardNo: `${id}-0001`,
    issuedAt: joinedAt,
    history: [{ status: "active", at: joinedAt }] as const,
    ...(id === "carrefour" ? { coBrand: { partnerId: "bank", isPaymentCard: true } } : {}),
  };
  const membership: MembershipInput = {
    schemeId: id,
    memberId: `M-${i + 1}`,
    joinedAt,
    source: "membershipCard",
    cards: [{ ...card, history: [...card.history] }],
    ...(id === "simpati-zone" ? {} : { customerId: `C-${i + 1}` }),
  };
  return membershipSchema.parse(membership);
});

/** The partners of the texts: restaurant, cafe, travel agency, bank, parking, shop. */
const trades: readonly PartnerTrade[] = ["restaurant", "cafe", "travelAgency", "bank", "parking", "shop"];

export const partnerships = trades.map((trade) => {
  const partnership: PartnershipInput = {
    id: `zone-${trade}`,
    schemeId: "simpati-zone",
    partnerId: trade,
    trade,
    offer: `10 % off at the ${trade}`,
    startAt: foundedAt,
    memberDiscount: { share: 0.1 },
  };
  return partnershipSchema.parse(partnership);
});

/** For their data customers got half the price of the card, points, or a discount. */
const incentive: DataIncentiveInput = {
  id: "half-price-card",
  benefit: { kind: "cardPriceDiscount", share: 0.5 },
  cost: 1_250_000,
  currency: "IDR",
  fields: ["birthday", "email"],
  source: "applicationForm",
  consentPurpose: "marketing",
  startAt: foundedAt,
  endAt: "2024-07-01T00:00:00+07:00",
};

export const incentives = [
  incentive,
  { ...incentive, id: "points", benefit: { kind: "points", points: 500 } },
  { ...incentive, id: "discount", benefit: { kind: "discount", share: 0.05 } },
].map((one) => dataIncentiveSchema.parse(one));
