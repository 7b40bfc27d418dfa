import type { ProfileFigureId } from "./profile-figure.js";

/** Where a figure begins to be high, each in the unit of its figure. A rule whose cut is left out is not judged. */
export interface RelationshipCuts {
  /** Satisfaction, POMP, 0 to 100. */
  readonly satisfaction?: number | undefined;
  /** Each dimension of commitment, POMP, 0 to 100; the four marks have cuts of their own. */
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

/** What each cut is held against, which begins at 0, and where that ends; `null`: any finite number. @internal */
export const CUT_SCALES: Readonly<
  Record<keyof RelationshipCuts, readonly [what: string, most: number] | null>
> = {
  satisfaction: ["percent of the maximum possible (POMP)", 100],
  commitment: ["percent of the maximum possible (POMP)", 100],
  bond: ["a share", 1],
  fragility: ["a share", 1],
  lockInRisk: ["a share", 1],
  profit: null,
  retentionProbability: ["a share", 1],
  netValue: null,
};

/** One side of a contradiction: one of the figures is at the cut or above, or all of them are below. @internal */
export interface HealthCondition {
  readonly figures: readonly ProfileFigureId[];
  readonly side: "atLeast" | "below";
  readonly cut: keyof RelationshipCuts;
  /** Whether the verdict on the four marks says it, where they were passed. */
  readonly isVerdict: boolean;
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
  return { figures, side: "atLeast", cut, isVerdict: false };
}

function low(cut: keyof RelationshipCuts, ...figures: readonly ProfileFigureId[]): HealthCondition {
  return { figures, side: "below", cut, isVerdict: false };
}

/** Whether a customer is committed: by the four marks, or else by the dimensions. */
function committed(side: "atLeast" | "below"): HealthCondition {
  return { figures: WANTED, side, cut: "commitment", isVerdict: true };
}

/** What contradicts what. @internal */
export const HEALTH_RULES: readonly {
  readonly code: RelationshipFlagCode;
  readonly conditions: readonly HealthCondition[];
}[] = [
  { code: "committedButUnprofitable", conditions: [committed("atLeast"), low("profit", "profit")] },
  { code: "profitableButUncommitted", conditions: [high("profit", "profit"), committed("below")] },
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
