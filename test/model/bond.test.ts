import { expect, test } from "vitest";
import { bondSchema } from "../../src/model/bond.js";
import { bondClassOf, bondKinds } from "../../src/model/bond-kind.js";
import { parseRecords } from "../../src/model/parse-records.js";

const at = Date.UTC(2024, 0, 1);
const bond = {
  id: "B-1",
  customerId: "C-1",
  class: "social",
  kind: "social",
  strength: 0.8,
  since: at,
  until: at + 1,
  evidence: "Visit of 3 March",
  personId: "dewi",
  contractId: "K-17",
  level: "personToPerson",
  voluntary: true,
  attributes: {},
};

test("a full bond is kept, survives JSON and parses to itself", () => {
  const before = structuredClone(bond);
  const parsed = bondSchema.parse(bond);
  expect(parsed).toEqual(bond);
  expect(bond).toEqual(before);
  expect(bondSchema.parse(JSON.parse(JSON.stringify(parsed)))).toEqual(parsed);
  expect(bondSchema.safeParse({ ...bond, bondKind: "legal" }).success).toBe(false);
});

test.each<[string, object, string[]]>([
  ["ended as it begins", { until: at }, ["until is not after since"]],
  ["of the wrong class", { class: "structural", level: undefined }, ["class is not the class of its kind"]],
  ["structural, with a level", { class: "structural", kind: "legal" }, ["level is only for social bonds"]],
  ["of many and of one", { level: "multiLevel" }, ["personId is one person, where many carry the bond"]],
  ["too strong", { strength: 1.1 }, ["strength is above 1"]],
  ["too weak", { strength: -0.1 }, ["strength is below 0"]],
])("a bond that is %s is refused", (_, fields, expected) => {
  const { rejects } = parseRecords(bondSchema, [{ ...bond, ...fields }], { onInvalid: "collect" });
  expect(
    rejects.flatMap(({ problems }) => problems.map(({ field, reason }) => `${field} ${reason}`)),
  ).toEqual(expected);
});

test("social is what is between people or in their minds", () => {
  expect(bondKinds.filter((kind) => bondClassOf(kind) === "social")).toEqual([
    "social",
    "cultural",
    "psychological",
  ]);
});
