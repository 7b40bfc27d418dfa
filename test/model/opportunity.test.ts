import { describe, expect, test } from "vitest";
import { opportunitySchema } from "../../src/model/opportunity.js";
import { parseRecords } from "../../src/model/parse-records.js";
import { salesActivitySchema } from "../../src/model/sales-activity.js";

const at = (n: number) => Date.UTC(2024, 0, 1) + n * 86_400_000;
const opportunity = {
  id: "O-1",
  accountId: "A-1",
  ownerId: "dewi",
  source: "referral",
  amount: 1000,
  currency: "IDR",
  stage: "Closed Lost",
  probability: 0,
  openedAt: at(0),
  expectedCloseAt: at(30),
  stageHistory: [
    { stage: "Prospecting", at: at(0) },
    { stage: "Closed Lost", at: at(20) },
  ],
  closedAt: at(20),
  outcome: "lost",
  lostReason: "price",
  attributes: { region: "Java" },
};
const activity = {
  id: "T-1",
  kind: "call",
  ownerId: "dewi",
  accountId: "A-1",
  opportunityId: "O-1",
  createdAt: at(0),
  dueAt: at(1),
  doneAt: at(2),
  response: "yes",
  respondedAt: at(3),
  attributes: {},
};

/** What the library says about one record. */
function problems(schema: typeof opportunitySchema | typeof salesActivitySchema, record: object): string[] {
  const { rejects } = parseRecords(schema as typeof opportunitySchema, [record], { onInvalid: "collect" });
  return rejects.flatMap((reject) => reject.problems.map(({ field, reason }) => `${field} ${reason}`));
}

test.each([
  ["opportunity", opportunitySchema, opportunity],
  ["activity", salesActivitySchema, activity],
] as const)("a full %s is kept, survives JSON and parses to itself", (_, schema, record) => {
  const before = structuredClone(record);
  const parsed = schema.parse(record);
  expect(parsed).toEqual(record);
  expect(record).toEqual(before);
  expect(schema.parse(JSON.parse(JSON.stringify(parsed)))).toEqual(parsed);
  expect(schema.safeParse({ ...record, deal_id: 1 }).success).toBe(false);
});

describe("an opportunity across its fields", () => {
  const { closedAt: _, outcome: __, lostReason: ___, ...open } = opportunity;
  test.each<[string, object, string[]]>([
    ["closed before opened", { ...opportunity, closedAt: at(-1) }, ["closedAt is before openedAt"]],
    [
      "an outcome without closedAt",
      { ...open, stage: "Closed Lost", outcome: "lost" },
      ["closedAt is missing although there is an outcome"],
    ],
    [
      "closedAt without an outcome",
      { ...open, closedAt: at(20) },
      ["outcome is missing although closedAt is known"],
    ],
    [
      "a lost reason of what was won",
      { ...opportunity, outcome: "won" },
      ["lostReason is only for what was lost"],
    ],
    [
      "history out of order",
      { ...opportunity, stageHistory: [...opportunity.stageHistory].reverse() },
      ["stageHistory is not in the order of time, from openedAt on"],
    ],
    [
      "history before it was opened",
      { ...opportunity, stageHistory: [{ stage: "Prospecting", at: at(-1) }] },
      ["stageHistory is not in the order of time, from openedAt on"],
    ],
    [
      "open in another stage",
      { ...open, stage: "Proposal" },
      ["stage is not the last stage of stageHistory"],
    ],
    ["an amount below 0", { ...opportunity, amount: -1 }, ["amount is below 0"]],
    ["a percentage", { ...opportunity, probability: 40 }, ["probability is above 1"]],
  ])("%s is refused", (_name, record, expected) => {
    expect(problems(opportunitySchema, record)).toEqual(expected);
  });

  test("a plan may lie before the opening", () => {
    expect(problems(opportunitySchema, { ...opportunity, expectedCloseAt: at(-5) })).toEqual([]);
  });
});

test.each<[string, object, string[]]>([
  ["done and called off", { canceledAt: at(2) }, ["canceledAt is known although it was done"]],
  ["answered and not done", { doneAt: undefined }, ["doneAt is missing although there is a response"]],
  [
    "answered without an answer",
    { response: undefined },
    ["response is missing although respondedAt is known"],
  ],
  ["answered before it was done", { respondedAt: at(1) }, ["respondedAt is before doneAt"]],
  [
    "a kind of no known name",
    { kind: "fax" },
    ['kind is not one of "call", "visit", "mail", "email", "meeting"'],
  ],
])("an activity that is %s is refused", (_name, fields, expected) => {
  expect(problems(salesActivitySchema, { ...activity, ...fields })).toEqual(expected);
});
