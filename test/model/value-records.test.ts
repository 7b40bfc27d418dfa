import { describe, expect, test } from "vitest";
import { competitorOfferSchema } from "../../src/model/competitor-offer.js";
import { parseRecords } from "../../src/model/parse-records.js";
import { valuePropositionSchema } from "../../src/model/value-proposition.js";

const at = Date.UTC(2024, 2, 1);
const offer = {
  id: "CO-1",
  competitorId: "rival",
  productId: "tea-25",
  segmentId: "families",
  name: "Teh Besar",
  price: { amount: 1_200_000, currency: "IDR" },
  scores: [
    { itemId: "service", score: 8 },
    { itemId: "time", score: 4 },
  ],
  scale: { min: 1, max: 10 },
  source: "survey",
  at,
  validUntil: at + 1,
  note: "Telephone survey",
  attributes: { agency: "A" },
};
const proposition = {
  id: "VP-1",
  segmentId: "families",
  statement: "Tea for all, at once",
  benefits: [
    { itemId: "service", kind: "difference", claim: "Within the hour", evidence: "Median 38 minutes" },
    { itemId: "product", kind: "parity" },
  ],
  price: { amount: 1_500_000, currency: "IDR" },
  against: ["rival"],
  validFrom: at,
  validUntil: at + 1,
  attributes: {},
};
const schemas = { offer: competitorOfferSchema, proposition: valuePropositionSchema };

/** What the library says about one record. */
function problems(kind: keyof typeof schemas, record: object): string[] {
  const { rejects } = parseRecords(schemas[kind] as typeof competitorOfferSchema, [record], {
    onInvalid: "collect",
  });
  return rejects.flatMap((reject) => reject.problems.map(({ field, reason }) => `${field} ${reason}`));
}

test.each([
  ["offer", competitorOfferSchema, offer],
  ["proposition", valuePropositionSchema, proposition],
] as const)("a full %s is kept, survives JSON and parses to itself", (_, schema, record) => {
  const before = structuredClone(record);
  const parsed = schema.parse(record);
  expect(parsed).toEqual(record);
  expect(record).toEqual(before);
  expect(schema.parse(JSON.parse(JSON.stringify(parsed)))).toEqual(parsed);
  expect(schema.safeParse({ ...record, competitor: 1 }).success).toBe(false);
});

test("the least: lists are empty", () => {
  expect(competitorOfferSchema.parse({ id: "1", competitorId: "r", at }).scores).toEqual([]);
  const { id, segmentId, benefits, validFrom } = proposition;
  expect(valuePropositionSchema.parse({ id, segmentId, benefits, validFrom }).against).toEqual([]);
});

describe("across fields", () => {
  test.each<[string, object, string[]]>([
    [
      "a score off the scale",
      { scores: [{ itemId: "a", score: 11 }] },
      ["scores has a score outside the scale"],
    ],
    ["an item twice", { scores: [offer.scores[0], offer.scores[0]] }, ["scores has an item twice"]],
    ["a scale upside down", { scale: { min: 10, max: 1 }, scores: [] }, ["scale.max is not above min"]],
    ["over before it was seen", { validUntil: at }, ["validUntil is not after at"]],
    ["a negative price", { price: { amount: -1, currency: "IDR" } }, ["price.amount is below 0"]],
    [
      "an unknown source",
      { source: "rumor" },
      ['source is not one of "survey", "selfReported", "expert", "measured"'],
    ],
  ])("an offer with %s", (_, wrong, expected) => {
    expect(problems("offer", { ...offer, ...wrong })).toEqual(expected);
  });

  test.each<[string, object, string[]]>([
    ["no benefit", { benefits: [] }, ["benefits has no benefit"]],
    [
      "an item twice",
      { benefits: [proposition.benefits[0], proposition.benefits[0]] },
      ["benefits has an item twice"],
    ],
    ["an end before its beginning", { validUntil: at }, ["validUntil is not after validFrom"]],
    ["a negative price", { price: { amount: -1, currency: "IDR" } }, ["price.amount is below 0"]],
  ])("a proposition with %s", (_, wrong, expected) => {
    expect(problems("proposition", { ...proposition, ...wrong })).toEqual(expected);
  });
});
