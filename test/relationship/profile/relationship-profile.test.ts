import { describe, expect, test } from "vitest";
import type { Bond } from "../../../src/relationship/bonds/current-bonds.js";
import { commitmentFromScale } from "../../../src/relationship/commitment/commitment-scores.js";
import type { Tie } from "../../../src/relationship/dependency/tie-balance.js";
import { profileFigureIds } from "../../../src/relationship/profile/profile-figure.js";
import type { RelationshipInput } from "../../../src/relationship/profile/relationship-input.js";
import { relationshipProfile } from "../../../src/relationship/profile/relationship-profile.js";
import { scaleScore } from "../../../src/statistics/scales/scale-score.js";
import { type CustomerValue, customerValue } from "../../../src/value/worth/customer-value.js";
import { customerValueInMoney } from "../../../src/value/worth/value-in-money.js";

const bonds: Bond[] = [
  { id: "old", class: "structural", kind: "legal", strength: 1, since: "2020-01-01", until: "2023-01-01" },
  {
    id: "frame",
    class: "structural",
    kind: "legal",
    strength: 0.75,
    since: "2023-01-01",
    contractId: "K-17",
  },
  { id: "dewi", class: "social", kind: "social", strength: 0.25, since: "2023-06-01", personId: "dewi" },
];
const ties: Tie[] = [
  { id: "branch", cause: "locationAccess", strength: 0.75, satisfaction: 0.5 },
  { id: "teller", cause: "staffKnowsCustomer", strength: 0.25, satisfaction: 0.9 },
];
const whole: RelationshipInput = {
  customerId: "ani",
  asOf: "2024-01-01",
  value: customerValue({
    benefits: [
      { id: "product", score: 40 },
      { id: "service", score: 10, weight: 2 },
    ],
    sacrifices: [{ id: "monetary", score: 48 }],
  }),
  satisfaction: 85,
  commitment: { relational: 80, calculative: 20, normative: null },
  bonds,
  ties,
  causes: [
    { cause: "locationAccess", score: 0.75 },
    { cause: "staffKnowsCustomer", score: 0.25, weight: 3 },
    { cause: "innovation", score: null, weight: 5 },
  ],
  profit: { amount: -150_000, currency: "IDR" },
  retentionProbability: 0.9,
};
const profile = relationshipProfile(whole);

/** What stands at a path such as `bonds[1].strength`. */
function at(root: unknown, path: string): unknown {
  return path
    .split(/[.[\]]+/)
    .filter(Boolean)
    .reduce((node, key) => Object(node)[key], root);
}

describe("relationshipProfile", () => {
  test("every figure by hand", () => {
    const values = Object.fromEntries(profileFigureIds.map((id) => [id, profile.figures[id].value]));
    // benefit 40 + 2 x 10; bonds 0.75 and 0.25 of which the larger is legal, forced, and hangs on K-17; two of 14 kinds
    // have a bond; causes (0.75 + 3 x 0.25) / 4.
    expect(values).toMatchObject({
      "value.benefit": 60,
      "value.sacrifice": 48,
      "value.net": 12,
      "value.ratio": 1.25,
      satisfaction: 85,
      "commitment.relational": 80,
      "commitment.calculative": 20,
      "commitment.normative": null,
      "commitment.affective": null,
      "bonds.number": 2,
      "bonds.strongest": 0.75,
      "bonds.index": 0.5,
      "bonds.breadth": 1 / 14,
      "bonds.structuralShare": 0.75,
      "bonds.forcedShare": 0.75,
      "bonds.fragility": 0.75,
      "dependency.score": 0.375,
      "dependency.forcedShare": 0.75,
      "dependency.lockInRisk": 0.375,
      profit: -150_000,
      retentionProbability: 0.9,
    });
    expect(Object.keys(profile.figures)).toEqual([...profileFigureIds]);
    expect(profile.asOf).toBe(Date.UTC(2024, 0, 1));
    expect(profile.known + profile.unknown.length).toBe(profileFigureIds.length);
    expect(JSON.parse(JSON.stringify(profile))).toEqual(profile);
  });
  test("every source is what stands in the input at its path, and every known figure has one", () => {
    for (const id of profileFigureIds) {
      const { from, value, bounds, reason } = profile.figures[id];
      expect(value === null).toBe(reason !== null);
      expect(bounds).toBeNull();
      if (value !== null) expect(from.length, id).toBeGreaterThan(0);
      for (const source of from) expect(at(whole, source.path), source.path).toBe(source.value);
    }
    expect(profile.figures["bonds.index"].from.map(({ path }) => path)).toEqual([
      "bonds[1].strength",
      "bonds[2].strength",
    ]);
    expect(profile.figures["dependency.lockInRisk"].from.map(({ path }) => path)).toEqual([
      "ties[0].strength",
      "ties[1].strength",
      "ties[0].satisfaction",
    ]);
    expect(profile.figures["dependency.score"].from.map(({ path }) => path)).toEqual([
      ...["causes[0].score", "causes[1].score", "causes[2].score", "causes[1].weight", "causes[2].weight"],
    ]);
    expect(profile.figures.profit.unit).toBe("IDR");
  });
  test("a benefit is traced through its contributions to scores and weights", () => {
    const { "value.benefit": benefit, "value.sacrifice": sacrifice } = profile.figures;
    expect(benefit.from.map(({ path, value }) => [path, value])).toEqual([
      ["value.contributions[0].contribution", 40],
      ["value.contributions[0].score", 40],
      ["value.contributions[0].weight", 1],
      ["value.contributions[1].contribution", 20],
      ["value.contributions[1].score", 10],
      ["value.contributions[1].weight", 2],
    ]);
    expect(benefit.rule).toBe("sum of the contributions to benefit, each score x weight");
    expect(sacrifice.from.map(({ value }) => value)).toEqual([48, 48, 1]);
    const figuresOf = (value: CustomerValue) =>
      relationshipProfile({ customerId: "ani", asOf: 0, value }).figures;
    const scale = { min: 0, max: 50 };
    const mean = customerValue(
      { benefits: [{ id: "product", score: 40, scale }], sacrifices: [{ id: "time", score: 10, scale }] },
      { combine: "mean", unit: "pomp" },
    );
    expect(figuresOf(mean)["value.benefit"].rule).toBe(
      "sum of the contributions to benefit, each score in POMP x its share of the weights of its side",
    );
    // An amount is its own contribution: nobody gave it a score.
    const money = customerValueInMoney({
      currency: "IDR",
      benefits: [{ id: "energy", amount: 100 }],
      sacrifices: [{ id: "price", amount: 40 }],
    });
    expect(figuresOf(money)["value.net"]).toMatchObject({ value: 60, unit: "IDR" });
    expect(figuresOf(money)["value.benefit"]).toMatchObject({
      rule: "sum of the contributions to benefit",
      from: [{ path: "value.contributions[0].contribution", value: 100 }],
    });
  });
  test("a value that contradicts itself is refused, a rounding is not", () => {
    const value = customerValue({
      benefits: [0.1, 0.2].map((score, i) => ({ id: `${i}`, score })),
      sacrifices: [{ id: "monetary", score: 0.25 }],
    });
    const refused = (change: Partial<CustomerValue>, words: string) =>
      expect(() => relationshipProfile({ ...whole, value: { ...value, ...change } })).toThrow(words);
    refused({ net: 30 }, "customer.value.net is 30, and benefit less sacrifice is 0.05");
    refused(
      { ratio: { ...value.ratio, value: 9 } },
      "customer.value.ratio has value 9, and benefit / sacrifice is 1.2",
    );
    refused({ ratio: { ...value.ratio, value: null } }, "customer.value.ratio has value null");
    refused({ ratio: { ...value.ratio, value: "1.2" as never } }, 'customer.value.ratio has value "1.2"');
    refused({ ratio: undefined as never }, "customer.value.ratio has value undefined");
    refused({ contributions: [] }, "customer.value.benefit is 0.3");
    refused(
      { sacrifice: 0.5, net: -0.2 },
      "customer.value.sacrifice is 0.5, and its contributions add up to 0.25",
    );
    refused({ contributions: [{}] as never }, "customer.value.contributions[0].contribution is undefined");
    // As a database with 15 digits gives it back.
    const rounded = { ...value, benefit: 0.3, net: 0.05, ratio: { ...value.ratio, value: 1.2 } };
    expect(relationshipProfile({ ...whole, value: rounded }).figures["value.net"].value).toBe(0.05);
    const free = customerValue({ benefits: [{ id: "product", score: 1 }], sacrifices: [] });
    expect(relationshipProfile({ ...whole, value: free }).figures["value.ratio"].value).toBeNull();
  });
  test("what hangs on somebody unnamed, or of which satisfaction is unknown, has bounds", () => {
    const unsaid: Bond[] = ["a", "b"].map((id) => ({
      ...{ id, class: "social", kind: "social", strength: 0.5, since: "2023-01-01", level: "personToPerson" },
    }));
    const open = relationshipProfile({
      ...{ customerId: "ani", asOf: "2024-01-01", bonds: unsaid },
      ties: [{ ...ties[0], satisfaction: null }, { ...ties[1] }],
    }).figures;
    expect(open["bonds.fragility"]).toMatchObject({
      ...{ value: null, bounds: { lower: 0.5, upper: 1 } },
      reason: "2 bonds hang on a person or contract that is not named",
    });
    expect(open["dependency.lockInRisk"]).toMatchObject({ value: null, bounds: { lower: 0, upper: 0.75 } });
    const one = relationshipProfile({
      customerId: "ani",
      asOf: "2024-01-01",
      bonds: unsaid.slice(1),
    }).figures;
    expect(one["bonds.fragility"]).toMatchObject({ value: 1, bounds: null, reason: null });
  });
  test("weights of bonds are sources too", () => {
    const weighted = relationshipProfile(whole, { weights: { social: 3, financial: 2 } });
    // (0.75 + 3 x 0.25) / 4.
    expect(weighted.figures["bonds.index"].value).toBe(0.375);
    expect(weighted.figures["bonds.index"].from.at(-1)).toEqual({ path: "options.weights.social", value: 3 });
    expect(weighted.figures["bonds.breadth"].from.at(-1)).toEqual({
      path: "options.weights.financial",
      value: 2,
    });
  });
  test("what is left out stays unknown, and says whether it was asked", () => {
    const { figures, known, marks } = relationshipProfile({ customerId: "budi", asOf: "2024-01-01" });
    expect([known, marks]).toEqual([0, null]);
    expect(figures["bonds.index"].reason).toBe("bonds were not passed");
    expect(figures["value.net"].reason).toBe("value was not passed");
    expect(figures["commitment.affective"].reason).toBe("commitment.affective was not passed");
    expect(profile.figures["commitment.normative"].reason).toBe("commitment.normative was not answered");
    const none = relationshipProfile({ customerId: "budi", asOf: "2024-01-01", bonds: [], ties: [] }).figures;
    expect([none["bonds.number"].value, none["bonds.strongest"].value, none["bonds.index"].value]).toEqual([
      0,
      0,
      null,
    ]);
  });
  test("the four marks by explicit cuts", () => {
    const marks = { satisfied: 80, trust: { brand: 70 }, involvement: { offer: 40 }, purchaseIntention: 90 };
    const cuts = { satisfied: 60, trust: 60, involvement: 60, purchaseIntention: 60 };
    expect(relationshipProfile({ ...whole, marks }, { marks: { cuts } }).marks?.missing).toEqual([
      "involvement",
    ]);
    expect(() => relationshipProfile({ ...whole, marks })).toThrow(/options.marks is undefined/);
  });
  test("mistakes are named", () => {
    const refused = (change: object, message: RegExp) =>
      expect(() => relationshipProfile({ ...whole, ...change })).toThrow(message);
    refused({ customerId: "" }, /customerId is ""/);
    refused({ satisfaction: 101 }, /customer.satisfaction is 101/);
    refused({ commitment: { relational: -1 } }, /customer.commitment.relational is -1/);
    refused({ commitment: { warm: 1 } }, /customer.commitment.warm is no dimension/);
    refused(
      { satisfation: 80 },
      /customer.satisfation is no part of a profile: pass some of customerId, asOf/,
    );
    refused({ causes: [{ cause: "locationAccess", score: 7 }] }, /row 1, score: 7/);
    refused({ bonds: [{ ...bonds[1], customerId: "budi" }] }, /bonds\[0\].customerId is "budi"/);
    expect(
      relationshipProfile({ ...whole, bonds: [{ ...bonds[1], customerId: null }] }).figures,
    ).toMatchObject({
      "bonds.number": { value: 1 },
    });
    refused({ profit: { amount: 1.5, currency: "IDR" } }, /customer.profit.amount is 1.5/);
    refused({ profit: { amount: 1, currency: "rupiah" } }, /currency is "rupiah"/);
    refused({ retentionProbability: 90 }, /retentionProbability is 90/);
    refused({ value: { net: 3 } }, /customer.value has benefit/);
    refused({ asOf: "yesterday" }, /customer.asOf/);
    refused({ profit: null }, /customer.profit is null/);
    refused({ value: null }, /customer.value is null/);
    refused({ bonds: null }, /bonds is null/);
    refused({ ties: null }, /ties is null/);
    refused({ causes: null }, /causes is null/);
  });
  test("options are looked at, whether the part that they are for was passed or not", () => {
    const bare = { customerId: "ani", asOf: 0 };
    const refused = (options: object, words: string) =>
      expect(() => relationshipProfile(bare, options)).toThrow(words);
    refused({ weights: { glue: 3 } }, "options.weights.glue");
    refused({ satisfiedFrom: 33 }, "options.satisfiedFrom is 33");
    refused({ timeZone: "Mars/Olympus" }, "Mars/Olympus");
  });
  test("a row of commitmentFromScale is commitment as it comes", () => {
    const scale = { id: "own", min: 1, max: 5, items: [{ id: "q", dimension: "affective" }] };
    const [row] = commitmentFromScale(scaleScore([{ respondentId: "r-1", itemId: "q", value: 4 }], scale));
    const { figures } = relationshipProfile({ customerId: "ani", asOf: 0, commitment: row });
    // 4 of 1 to 5.
    expect(figures["commitment.affective"].value).toBe(75);
  });
});
