import { describe, expect, test } from "vitest";
import type {
  RelationshipCuts,
  RelationshipFlagCode,
} from "../../../src/relationship/profile/health-rules.js";
import type { ProfileFigureId } from "../../../src/relationship/profile/profile-figure.js";
import { relationshipHealth } from "../../../src/relationship/profile/relationship-health.js";
import { relationshipProfile } from "../../../src/relationship/profile/relationship-profile.js";

/** What each contradiction is, in figures: each side is one figure at its cut (`true`) or below (`false`). */
const RULES: readonly (readonly [
  code: RelationshipFlagCode,
  sides: readonly (readonly [figure: ProfileFigureId, cut: keyof RelationshipCuts, isHigh: boolean])[],
])[] = [
  [
    "committedButUnprofitable",
    [
      ["commitment.affective", "commitment", true],
      ["profit", "profit", false],
    ],
  ],
  [
    "profitableButUncommitted",
    [
      ["profit", "profit", true],
      ["commitment.affective", "commitment", false],
    ],
  ],
  [
    "satisfiedButUnbound",
    [
      ["satisfaction", "satisfaction", true],
      ["bonds.strongest", "bond", false],
    ],
  ],
  [
    "satisfiedButLeaving",
    [
      ["satisfaction", "satisfaction", true],
      ["retentionProbability", "retentionProbability", false],
    ],
  ],
  [
    "dissatisfiedButBound",
    [
      ["satisfaction", "satisfaction", false],
      ["bonds.strongest", "bond", true],
    ],
  ],
  [
    "loyalByForce",
    [
      ["retentionProbability", "retentionProbability", true],
      ["dependency.lockInRisk", "lockInRisk", true],
    ],
  ],
  [
    "heldByCostAlone",
    [
      ["commitment.calculative", "commitment", true],
      ["commitment.affective", "commitment", false],
    ],
  ],
  [
    "boundButFragile",
    [
      ["bonds.strongest", "bond", true],
      ["bonds.fragility", "fragility", true],
    ],
  ],
  [
    "stayingAtALoss",
    [
      ["retentionProbability", "retentionProbability", true],
      ["value.net", "netValue", false],
    ],
  ],
];

describe("each rule is judged by its own figures", () => {
  const bare = relationshipProfile({ customerId: "ani", asOf: 0 });
  /** A profile of which these figures are known, and no others. */
  const knowing = (values: Partial<Record<ProfileFigureId, number>>) => {
    const known = Object.entries(values).map(([id, value]) => [
      id,
      { value, bounds: null, unit: "points", rule: "as passed", from: [{ path: id, value }], reason: null },
    ]);
    return { ...bare, figures: { ...bare.figures, ...Object.fromEntries(known) } };
  };
  const cut = 0.5;

  test.each(RULES)("%s", (code, sides) => {
    const cuts = Object.fromEntries(sides.map(([, name]) => [name, cut]));
    const valuesWith = (turned: number | null) =>
      Object.fromEntries(sides.map(([id, , isHigh], i) => [id, (i === turned) !== isHigh ? cut : 0]));
    const { flags } = relationshipHealth(knowing(valuesWith(null)), cuts);
    expect(flags.map((flag) => [flag.code, flag.because.map(({ figure }) => figure)])).toEqual([
      [code, sides.map(([id]) => id)],
    ]);
    for (const turned of sides.keys()) {
      const health = relationshipHealth(knowing(valuesWith(turned)), cuts);
      expect(health.clear, sides[turned][0]).toContain(code);
    }
    for (const [id, name] of sides) {
      const { [id]: _, ...rest } = valuesWith(null);
      const { unjudged } = relationshipHealth(knowing(rest), cuts);
      expect(unjudged.find((flag) => flag.code === code)?.figures).toContain(id);
      const { [name]: __, ...others } = cuts;
      const uncut = relationshipHealth(knowing(valuesWith(null)), others).unjudged;
      expect(uncut.find((flag) => flag.code === code)?.cuts).toEqual([`cuts.${name}`]);
    }
  });

  test.each(["instrumental", "relational", "valuesBased", "affective", "normative"] as const)(
    "who wants to stay by %s commitment alone is committed",
    (dimension) => {
      const high = knowing({ [`commitment.${dimension}`]: 60, profit: -1 });
      const { flags } = relationshipHealth(high, { commitment: 60, profit: 0 });
      expect(flags.map(({ code }) => code)).toEqual(["committedButUnprofitable"]);
    },
  );

  test("who has to stay is not committed by that", () => {
    const held = knowing({ "commitment.calculative": 90, "commitment.relational": 10, profit: -1 });
    const { flags, clear } = relationshipHealth(held, { commitment: 60, profit: 0 });
    expect(flags.map(({ code }) => code)).toEqual(["heldByCostAlone"]);
    expect(clear).toContain("committedButUnprofitable");
  });
});
