import { describe, expect, test } from "vitest";
import type { Bond } from "../../../src/relationship/bonds/current-bonds.js";
import { commitmentFromScale } from "../../../src/relationship/commitment/commitment-scores.js";
import type { Tie } from "../../../src/relationship/dependency/tie-balance.js";
import { profileFigureIds } from "../../../src/relationship/profile/profile-figure.js";
import { relationshipHealth } from "../../../src/relationship/profile/relationship-health.js";
import type { RelationshipInput } from "../../../src/relationship/profile/relationship-input.js";
import { relationshipProfile } from "../../../src/relationship/profile/relationship-profile.js";
import { scaleScore } from "../../../src/statistics/scales/scale-score.js";
import { customerValue } from "../../../src/value/worth/customer-value.js";

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
    // benefit 40 + 2 x 10; bonds 0.75 and 0.25 of which the larger is legal, forced, and hangs on K-17.
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
      "bonds.structuralShare": 0.75,
      "bonds.forcedShare": 0.75,
      "bonds.fragility": 0.75,
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
      const { from, value, reason } = profile.figures[id];
      expect(value === null).toBe(reason !== null);
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
    expect(profile.figures.profit.unit).toBe("IDR");
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
    refused({ bonds: [{ ...bonds[1], customerId: "budi" }] }, /bonds\[0\].customerId is "budi"/);
    refused({ profit: { amount: 1.5, currency: "IDR" } }, /customer.profit.amount is 1.5/);
    refused({ profit: { amount: 1, currency: "rupiah" } }, /currency is "rupiah"/);
    refused({ retentionProbability: 90 }, /retentionProbability is 90/);
    refused({ value: { net: 3 } }, /customer.value has benefit/);
    refused({ asOf: "yesterday" }, /customer.asOf/);
    refused({ profit: null }, /customer.profit is null/);
    refused({ value: null }, /customer.value is null/);
    refused({ bonds: null }, /bonds is null/);
    refused({ ties: null }, /ties is null/);
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

describe("relationshipHealth", () => {
  const cuts = { satisfaction: 70, commitment: 60, bond: 0.4, fragility: 0.5, lockInRisk: 0.3, profit: 0 };
  const all = { ...cuts, retentionProbability: 0.5, netValue: 0 };
  const flagged = (change: object, given: object = all) =>
    relationshipHealth(relationshipProfile({ ...whole, ...change }), given).flags.map(({ code }) => code);

  test("contradictions with the numbers behind them", () => {
    const health = relationshipHealth(profile, all);
    expect(health.flags.map(({ code }) => code)).toEqual([
      "committedButUnprofitable",
      "loyalByForce",
      "boundButFragile",
    ]);
    expect(health.flags[0]?.because).toEqual([
      {
        figure: "commitment.relational",
        value: 80,
        unit: "pomp",
        side: "atLeast",
        cut: 60,
        from: [{ path: "commitment.relational", value: 80 }],
      },
      {
        figure: "profit",
        value: -150_000,
        unit: "IDR",
        side: "below",
        cut: 0,
        from: [{ path: "profit.amount", value: -150_000 }],
      },
    ]);
    expect(health.unjudged).toEqual([]);
    expect(health.clear).toHaveLength(6);
  });
  test("each contradiction appears where it should", () => {
    expect(flagged({ bonds: [] })).toContain("satisfiedButUnbound");
    expect(flagged({ retentionProbability: 0.2 })).toContain("satisfiedButLeaving");
    expect(flagged({ satisfaction: 30 })).toContain("dissatisfiedButBound");
    expect(flagged({ commitment: { calculative: 90, relational: 10 } })).toContain("heldByCostAlone");
    expect(flagged({ commitment: { relational: 10 }, profit: { amount: 5, currency: "IDR" } })).toContain(
      "profitableButUncommitted",
    );
    expect(flagged({}, { ...all, netValue: 13 })).toContain("stayingAtALoss");
  });
  test("of several figures only those on the side that is meant are evidence", () => {
    const commitment = { relational: 80, affective: 20, normative: 60 };
    const { flags } = relationshipHealth(relationshipProfile({ ...whole, commitment }), all);
    expect(flags[0]?.because.map(({ figure, side }) => [figure, side])).toEqual([
      ["commitment.relational", "atLeast"],
      ["commitment.normative", "atLeast"],
      ["profit", "below"],
    ]);
    const low = { relational: 10, affective: 20, calculative: 90 };
    const alone = relationshipHealth(relationshipProfile({ ...whole, commitment: low }), all).flags.find(
      ({ code }) => code === "heldByCostAlone",
    );
    expect(alone?.because.map(({ figure, side }) => [figure, side])).toEqual([
      ["commitment.calculative", "atLeast"],
      ["commitment.relational", "below"],
      ["commitment.affective", "below"],
    ]);
  });
  test("a figure at its cut is high", () => {
    expect(flagged({ profit: { amount: 0, currency: "IDR" } })).not.toContain("committedButUnprofitable");
    expect(flagged({ bonds: [] }, { satisfaction: 85, bond: 0.4 })).toEqual(["satisfiedButUnbound"]);
    expect(flagged({ bonds: [] }, { satisfaction: 85.1, bond: 0.4 })).toEqual([]);
  });
  test("nothing is judged without its cut or its figure, unless the other side settles it", () => {
    const { unjudged } = relationshipHealth(profile, cuts);
    expect(unjudged.find(({ code }) => code === "loyalByForce")).toEqual({
      code: "loyalByForce",
      cuts: ["cuts.retentionProbability"],
      figures: [],
    });
    const open = relationshipHealth(relationshipProfile({ ...whole, profit: undefined }), all);
    expect(open.unjudged).toEqual([{ code: "committedButUnprofitable", cuts: [], figures: ["profit"] }]);
    // Not committed as far as was answered, but the unanswered dimension could be high.
    const half = relationshipProfile({
      ...whole,
      commitment: { relational: 10, normative: null, calculative: 80 },
    });
    expect(
      relationshipHealth(half, all).unjudged.find(({ code }) => code === "heldByCostAlone")?.figures,
    ).toEqual(["commitment.normative"]);
    expect(relationshipHealth(half, { ...all, commitment: 90 }).clear).toContain("heldByCostAlone");
  });
  test("cuts of nothing are refused", () => {
    expect(() => relationshipHealth(profile, { trust: 5 } as never)).toThrow(
      /cuts.trust is a cut of nothing/,
    );
    expect(() => relationshipHealth(profile, { profit: Number.NaN })).toThrow(/cuts.profit/);
    expect(() => relationshipHealth({} as never, {})).toThrow(/profile.figures is undefined/);
    const { profit: _, ...figures } = profile.figures;
    expect(() => relationshipHealth({ ...profile, figures } as never, {})).toThrow(
      'profile.figures["profit"] is undefined',
    );
  });
});
