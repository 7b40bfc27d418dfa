import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { rowProblemMessage } from "../../src/core/row-problems.js";
import { customerClubSchema } from "../../src/model/customer-club.js";
import { dataIncentiveSchema } from "../../src/model/data-incentive.js";
import { membershipSchema } from "../../src/model/membership.js";
import { parseRecords } from "../../src/model/parse-records.js";
import { partnershipSchema } from "../../src/model/partnership.js";
import { promotionSchema } from "../../src/model/promotion.js";

const day = (n: number) => Date.UTC(2024, 0, 1) + n * 86_400_000;

const card = {
  cardNo: "6281-0001",
  issuedAt: day(1),
  validUntil: day(400),
  coBrand: { partnerId: "bank", isPaymentCard: true },
  history: [
    { status: "active", at: day(2) },
    { status: "lost", at: day(3), reason: "theft" },
  ],
};
const membership = {
  schemeId: "club",
  memberId: "M-1",
  customerId: "C-1",
  joinedAt: day(0),
  source: "applicationForm",
  channel: "store",
  tier: "gold",
  leftAt: day(9),
  leftReason: "moved",
  cards: [card],
  attributes: { shirt: "L" },
};
const club = {
  id: "club",
  name: "Tea Club",
  operatedBy: "customers",
  access: "closed",
  eligibility: "growers",
  fee: { amount: 5_000_000, currency: "IDR", per: "year" },
  benefits: [{ kind: "partnerDiscount", name: "5 %", partnerId: "cafe" }],
  foundedAt: day(0),
  closedAt: day(9),
  attributes: {},
};
const promotion = {
  id: "spring",
  name: "Spring",
  currency: "EUR",
  offer: { kind: "crossRuffCoupon", faceValue: 50, redeemableOn: ["tea"] },
  productIds: ["coffee"],
  channels: ["mail"],
  startAt: day(10),
  endAt: day(40),
  claimUntil: day(60),
  needsProof: true,
  limits: { perHousehold: 1, claims: 100, budget: 1_000 },
  costs: { fixed: 1, perUnit: 2, perClaim: 3 },
  expected: { distributed: 1_000, redemptionRate: 0.1 },
  history: [
    { status: "planned", at: day(1) },
    { status: "running", at: day(10), reason: "go" },
  ],
  attributes: {},
};
const partnership = {
  id: "P-1",
  schemeId: "club",
  partnerId: "cafe",
  trade: "cafe",
  offer: "10 % off",
  benefits: ["more guests"],
  startAt: day(0),
  endAt: day(9),
  memberDiscount: { share: 0.1, minimumAmount: 0, maximumDiscount: 500, needsCard: true, operatorPays: 0.5 },
  settlement: { currency: "EUR", rates: [{ from: day(0), issue: 1.25, redeem: 0.8 }] },
  attributes: {},
};
const incentive = {
  id: "points",
  benefit: { kind: "points", points: 500, name: "welcome" },
  cost: 500,
  currency: "IDR",
  fields: ["birthday", "email"],
  source: "membershipCard",
  consentPurpose: "marketing",
  startAt: day(0),
  endAt: day(9),
  attributes: {},
};

const records: [string, z.ZodType, Record<string, unknown>][] = [
  ["membership", membershipSchema, membership],
  ["club", customerClubSchema, club],
  ["promotion", promotionSchema, promotion],
  ["partnership", partnershipSchema, partnership],
  ["incentive", dataIncentiveSchema, incentive],
];

describe.each(records)("a full %s", (_, schema, record) => {
  test("is kept, is not changed, survives JSON and parses to itself", () => {
    const before = structuredClone(record);
    const parsed = schema.parse(record);
    expect(parsed).toEqual(record);
    expect(record).toEqual(before);
    expect(schema.parse(JSON.parse(JSON.stringify(parsed)))).toEqual(parsed);
  });
  test("is valid by its JSON Schema, and an unknown field is refused by both", () => {
    const ajv = new Ajv2020({ strict: false });
    addFormats(ajv);
    const isSendable = ajv.compile(z.toJSONSchema(schema, { io: "input" }));
    expect(isSendable(record)).toBe(true);
    expect(isSendable({ ...record, other: 1 })).toBe(false);
    expect(schema.safeParse({ ...record, other: 1 }).success).toBe(false);
  });
});

/** What the library says about one record. */
function said(schema: z.ZodType, record: object): string[] {
  const { rejects } = parseRecords(schema, [record], { onInvalid: "collect" });
  return rejects.flatMap(({ problems }) => problems.map(rowProblemMessage));
}
const cards = (...changed: object[]) => ({
  ...membership,
  cards: changed.map((one) => ({ ...card, ...one })),
});

test.each<[string, z.ZodType, object, string[]]>([
  [
    "left before joined",
    membershipSchema,
    { ...membership, leftAt: day(-1) },
    ["leftAt", "is before joinedAt"],
  ],
  [
    "a reason without an end",
    membershipSchema,
    { ...membership, leftAt: undefined },
    ["leftAt: is missing although leftReason is known"],
  ],
  ["a card twice", membershipSchema, cards({}, {}), ["cards", "has a card twice"]],
  [
    "a card that ran out when issued",
    membershipSchema,
    cards({ validUntil: day(1) }),
    ["cards[0].validUntil", "is not after issuedAt"],
  ],
  [
    "a card used before it was issued",
    membershipSchema,
    cards({ history: [{ status: "active", at: day(0) }] }),
    ["cards[0].history", "is not in the order of time, from issuedAt on"],
  ],
  [
    "a card that was lost and found",
    membershipSchema,
    cards({ history: [...card.history, { status: "active", at: day(4) }] }),
    ["cards[0].history", "has a status that may not follow the one before it"],
  ],
  [
    "a card blocked before it was used",
    membershipSchema,
    cards({ history: [{ status: "blocked", at: day(4) }] }),
    ["cards[0].history", "has a status that may not follow the one before it"],
  ],
  [
    "a closed club for nobody",
    customerClubSchema,
    { ...club, eligibility: undefined },
    ["eligibility: is missing although the club is closed"],
  ],
  [
    "closed before founded",
    customerClubSchema,
    { ...club, closedAt: day(-1) },
    ["closedAt", "is before foundedAt"],
  ],
  [
    "a fee of nothing",
    customerClubSchema,
    { ...club, fee: { ...club.fee, amount: 0 } },
    ["fee.amount", "is below 1"],
  ],
  ["no days", promotionSchema, { ...promotion, endAt: day(10) }, ["endAt", "is not after startAt"]],
  [
    "claims end first",
    promotionSchema,
    { ...promotion, claimUntil: day(39) },
    ["claimUntil", "is before endAt"],
  ],
  [
    "a cross-ruff coupon for no product",
    promotionSchema,
    { ...promotion, offer: { kind: "crossRuffCoupon", faceValue: 50 } },
    ["offer.redeemableOn: is missing although the coupon is for another product"],
  ],
  [
    "a collection without proofs",
    promotionSchema,
    { ...promotion, offer: { kind: "collection", required: 2, unitCost: 1 }, needsProof: false },
    ["needsProof", "is off although a collection counts proofs"],
  ],
  [
    "started before it was planned",
    promotionSchema,
    { ...promotion, history: [{ status: "running", at: day(10) }] },
    ["history", "has a status that may not follow the one before it"],
  ],
  [
    "history out of order",
    promotionSchema,
    {
      ...promotion,
      history: [
        { status: "planned", at: day(2) },
        { status: "canceled", at: day(1) },
      ],
    },
    ["history", "is not in the order of time"],
  ],
  [
    "more than all claim",
    promotionSchema,
    { ...promotion, expected: { distributed: 1, redemptionRate: 1.01 } },
    ["expected.redemptionRate", "is above 1"],
  ],
  [
    "over before it began",
    partnershipSchema,
    { ...partnership, endAt: day(-1) },
    ["endAt", "is before startAt"],
  ],
  [
    "a discount of nothing",
    partnershipSchema,
    { ...partnership, memberDiscount: { share: 0 } },
    ["memberDiscount.share", "is not above 0"],
  ],
  [
    "two prices at one time",
    partnershipSchema,
    {
      ...partnership,
      settlement: {
        ...partnership.settlement,
        rates: [...partnership.settlement.rates, ...partnership.settlement.rates],
      },
    },
    ["settlement.rates", "is not in the order of time, each later than the one before"],
  ],
  [
    "a field twice",
    dataIncentiveSchema,
    { ...incentive, fields: ["email", "email"] },
    ["fields", "names a field twice"],
  ],
  [
    "points without a number",
    dataIncentiveSchema,
    { ...incentive, benefit: { kind: "points" } },
    ["benefit.points: is missing although points are given"],
  ],
  [
    "over before it began",
    dataIncentiveSchema,
    { ...incentive, endAt: day(-1) },
    ["endAt", "is before startAt"],
  ],
])("%s is told", (_, schema, record, words) => {
  const messages = said(schema, record);
  expect(messages).toHaveLength(1);
  for (const word of words) expect(messages[0]).toContain(word);
});

test("what is left out is filled with nothing", () => {
  const { cards, attributes: _, ...rest } = membership;
  expect(membershipSchema.parse(rest)).toEqual({ ...rest, cards: [] });
  expect(cards).toHaveLength(1);
  const { limits: __, costs: ___, history: ____, needsProof: _____, ...bare } = promotion;
  expect(promotionSchema.parse(bare)).toEqual({
    ...bare,
    limits: {},
    costs: { fixed: 0, perUnit: 0, perClaim: 0 },
    history: [],
    needsProof: true,
  });
});
