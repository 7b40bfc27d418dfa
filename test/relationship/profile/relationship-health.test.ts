import { describe, expect, test } from "vitest";
import type { Bond } from "../../../src/relationship/bonds/current-bonds.js";
import type { Tie } from "../../../src/relationship/dependency/tie-balance.js";
import type { RelationshipCuts } from "../../../src/relationship/profile/health-rules.js";
import { relationshipHealth } from "../../../src/relationship/profile/relationship-health.js";
import type { RelationshipInput } from "../../../src/relationship/profile/relationship-input.js";
import { relationshipProfile } from "../../../src/relationship/profile/relationship-profile.js";
import { customerValue } from "../../../src/value/worth/customer-value.js";

const since = "2023-01-01";
const bonds: Bond[] = [
  { id: "frame", class: "structural", kind: "legal", strength: 0.75, since, contractId: "K-17" },
  { id: "dewi", class: "social", kind: "social", strength: 0.25, since, personId: "dewi" },
];
const ties: Tie[] = [
  { id: "branch", cause: "locationAccess", strength: 0.75, satisfaction: 0.5 },
  { id: "teller", cause: "staffKnowsCustomer", strength: 0.25, satisfaction: 0.9 },
];
const whole: RelationshipInput = {
  customerId: "ani",
  asOf: "2024-01-01",
  // A net value of 12.
  value: customerValue({
    benefits: [{ id: "product", score: 60 }],
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
        bounds: null,
        unit: "pomp",
        side: "atLeast",
        cut: 60,
        from: [{ path: "commitment.relational", value: 80 }],
      },
      {
        figure: "profit",
        value: -150_000,
        bounds: null,
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
      reasons: [],
    });
    const open = relationshipHealth(relationshipProfile({ ...whole, profit: undefined }), all);
    expect(open.unjudged).toEqual([
      {
        ...{ code: "committedButUnprofitable", cuts: [] },
        ...{ figures: ["profit"], reasons: ["profit was not passed"] },
      },
    ]);
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
    const { marks: __, ...markless } = profile;
    expect(() => relationshipHealth(markless as never, {})).toThrow(/profile.marks is undefined/);
    const { profit: _, ...figures } = profile.figures;
    expect(() => relationshipHealth({ ...profile, figures } as never, {})).toThrow(
      'profile.figures["profit"] is undefined',
    );
  });
});

test.each<[keyof RelationshipCuts, number, string]>([
  [
    "satisfaction",
    700,
    "cuts.satisfaction is 700, and is held against percent of the maximum possible (POMP): pass a number from 0 to 100",
  ],
  [
    "commitment",
    -1,
    "cuts.commitment is -1, and is held against percent of the maximum possible (POMP): pass",
  ],
  ["bond", 40, "cuts.bond is 40, and is held against a share: pass a number from 0 to 1"],
  ["fragility", 50, "cuts.fragility is 50, and is held against a share: pass a number from 0 to 1"],
  ["lockInRisk", 1.01, "cuts.lockInRisk is 1.01, and is held against a share: pass a number from 0 to 1"],
  ["retentionProbability", 50, "cuts.retentionProbability is 50, and is held against a share: pass"],
  [
    "netValue",
    Number.POSITIVE_INFINITY,
    "cuts.netValue is Infinity, and is held against any amount: pass a finite number",
  ],
])("a cut of %s off its scale, %d, is refused", (name, cut, words) => {
  expect(() => relationshipHealth(profile, { [name]: cut })).toThrow(words);
});

test("cuts on the ends of their scales are taken, and amounts have no end", () => {
  const ends = {
    satisfaction: 100,
    commitment: 0,
    bond: 1,
    fragility: 0,
    lockInRisk: 1,
    retentionProbability: 0,
  };
  expect(relationshipHealth(profile, { ...ends, profit: -1e9, netValue: -1e9 }).unjudged).toEqual([]);
});
