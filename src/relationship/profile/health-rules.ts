import type { ProfileFigureId } from "./profile-figure.js";

/** Where a figure begins to be high, each in the unit of its figure. A rule whose cut is left out is not looked at. */
export interface RelationshipCuts {
  /** Satisfaction, POMP. */
  readonly satisfaction?: number | undefined;
  /** Each dimension of commitment, POMP. */
  readonly commitment?: number | undefined;
  /** Strength of the strongest bond, 0 to 1. */
  readonly bond?: number | undefined;
  /** Fragility of the bonds, 0 to 1. */
  readonly fragility?: number | undefined;
  /** Lock-in risk, 0 to 1. */
  readonly lockInRisk?: number | undefined;
  /** Profit, minor units. */
  readonly profit?: number | undefined;
  /** Retention probability, 0 to 1. */
  readonly retentionProbability?: number | undefined;
  /** Net value, in its unit. */
  readonly netValue?: number | undefined;
}

/** A contradiction in a relationship. */
export type RelationshipFlagCode =
  | "committedButUnprofitable"
  | "profitableButUncommitted"
  | "satisfiedButUnbound"
  | "satisfiedButLeaving"
  | "dissatisfiedButBound"
  | "loyalByForce"
  | "heldByCostAlone"
  | "boundButFragile"
  | "stayingAtALoss";

/** One side of a contradiction: one of the figures is at the cut or above, or all of them are below. @internal */
export interface HealthCondition {
  readonly figures: readonly ProfileFigureId[];
  readonly side: "atLeast" | "below";
  readonly cut: keyof RelationshipCuts;
}

/** Dimensions by which a customer wants to stay; calculative commitment is that they have to. */
const WANTED: readonly ProfileFigureId[] = [
  "commitment.instrumental",
  "commitment.relational",
  "commitment.valuesBased",
  "commitment.affective",
  "commitment.normative",
];

function high(cut: keyof RelationshipCuts, ...figures: readonly ProfileFigureId[]): HealthCondition {
  return { figures, side: "atLeast", cut };
}

function low(cut: keyof RelationshipCuts, ...figures: readonly ProfileFigureId[]): HealthCondition {
  return { figures, side: "below", cut };
}

/** What contradicts what. @internal */
export const HEALTH_RULES: readonly {
  readonly code: RelationshipFlagCode;
  readonly conditions: readonly HealthCondition[];
}[] = [
  { code: "committedButUnprofitable", conditions: [high("commitment", ...WANTED), low("profit", "profit")] },
  { code: "profitableButUncommitted", conditions: [high("profit", "profit"), low("commitment", ...WANTED)] },
  {
    code: "satisfiedButUnbound",
    conditions: [high("satisfaction", "satisfaction"), low("bond", "bonds.strongest")],
  },
  {
    code: "satisfiedButLeaving",
    conditions: [high("satisfaction", "satisfaction"), low("retentionProbability", "retentionProbability")],
  },
  {
    code: "dissatisfiedButBound",
    conditions: [low("satisfaction", "satisfaction"), high("bond", "bonds.strongest")],
  },
  {
    code: "loyalByForce",
    conditions: [
      high("retentionProbability", "retentionProbability"),
      high("lockInRisk", "dependency.lockInRisk"),
    ],
  },
  {
    code: "heldByCostAlone",
    conditions: [high("commitment", "commitment.calculative"), low("commitment", ...WANTED)],
  },
  {
    code: "boundButFragile",
    conditions: [high("bond", "bonds.strongest"), high("fragility", "bonds.fragility")],
  },
  {
    code: "stayingAtALoss",
    conditions: [high("retentionProbability", "retentionProbability"), low("netValue", "value.net")],
  },
];
