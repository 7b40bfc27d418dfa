import { assertArgument, assertFinite, assertOptions, shown } from "../../core/assert.js";
import {
  HEALTH_RULES,
  type HealthCondition,
  type RelationshipCuts,
  type RelationshipFlagCode,
} from "./health-rules.js";
import type { FigureSource, ProfileFigureId } from "./profile-figure.js";
import type { RelationshipProfile } from "./relationship-profile.js";

/** A figure held against its cut. */
export interface HealthEvidence {
  /** Which figure. */
  readonly figure: ProfileFigureId;
  /** Its value, in `unit`. */
  readonly value: number;
  /** As in the profile. */
  readonly unit: string;
  /** Where it lies to the cut. */
  readonly side: "atLeast" | "below";
  /** The cut, as given. */
  readonly cut: number;
  /** The inputs that the figure is made of. */
  readonly from: readonly FigureSource[];
}

/** A contradiction that was found. */
export interface RelationshipFlag {
  /** Which one. */
  readonly code: RelationshipFlagCode;
  /** The numbers that contradict each other. */
  readonly because: readonly HealthEvidence[];
}

/** A contradiction of which it is not known. */
export interface UnjudgedFlag {
  /** Which one. */
  readonly code: RelationshipFlagCode;
  /** Cuts that were not passed: `cuts.profit`. */
  readonly cuts: readonly string[];
  /** Figures that are not known. */
  readonly figures: readonly ProfileFigureId[];
}

/** The contradictions in one relationship. */
export interface RelationshipHealth {
  /** Who. */
  readonly customerId: string;
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** Those that were found. */
  readonly flags: readonly RelationshipFlag[];
  /** Those that are known not to be there. */
  readonly clear: readonly RelationshipFlagCode[];
  /** Those of which it is not known, for want of a cut or a figure. */
  readonly unjudged: readonly UnjudgedFlag[];
}

/**
 * Where does a relationship contradict itself: committed but unprofitable, satisfied but unbound, loyal by force?
 *
 * A figure at its cut is high. A customer is committed when one dimension by which they want to stay (all but the calculative)
 * is high, and uncommitted when all that were asked are low. The cuts are yours: the literature has no norms.
 *
 * @param profile - The result of {@link relationshipProfile}.
 * @param cuts - Where each figure begins to be high; rules whose cuts are left out are reported as not judged.
 * @returns The contradictions with the numbers behind them, those known not to be there, those not judged.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` for a cut of no name, or that is no number.
 * @example
 * ```ts
 * import { relationshipHealth, relationshipProfile } from "clientele";
 *
 * const profile = relationshipProfile({
 *   customerId: "ani",
 *   asOf: "2024-01-01",
 *   satisfaction: 85,
 *   bonds: [],
 *   commitment: { relational: 80, calculative: 20 },
 *   profit: { amount: -150_000, currency: "IDR" },
 * });
 * const health = relationshipHealth(profile, { satisfaction: 70, bond: 0.4, commitment: 60, profit: 0 });
 * health.flags.map(({ code }) => code); // => ["committedButUnprofitable", "satisfiedButUnbound"]
 * health.flags[0]?.because.map(({ figure, value, cut }) => [figure, value, cut]);
 * // => [["commitment.relational", 80, 60], ["profit", -150000, 0]]
 * health.unjudged.find(({ code }) => code === "loyalByForce")?.cuts; // => ["cuts.retentionProbability", "cuts.lockInRisk"]
 * ```
 */
export function relationshipHealth(profile: RelationshipProfile, cuts: RelationshipCuts): RelationshipHealth {
  assertProfile(profile);
  assertCuts(cuts);
  const flags: RelationshipFlag[] = [];
  const clear: RelationshipFlagCode[] = [];
  const unjudged: UnjudgedFlag[] = [];
  for (const { code, conditions } of HEALTH_RULES) {
    const judged = conditions.map((condition) => judge(profile, condition, cuts));
    if (judged.some(({ holds }) => holds === false)) clear.push(code);
    else if (judged.every(({ holds }) => holds === true))
      flags.push({ code, because: judged.flatMap(({ evidence }) => evidence) });
    else {
      const open = judged.filter(({ holds }) => holds === null);
      unjudged.push({
        code,
        cuts: [...new Set(open.flatMap(({ missingCut }) => missingCut))],
        figures: open.flatMap(({ unknown }) => unknown),
      });
    }
  }
  return { customerId: profile.customerId, asOf: profile.asOf, flags, clear, unjudged };
}

interface Judged {
  /** `null`: not known. */
  readonly holds: boolean | null;
  readonly evidence: readonly HealthEvidence[];
  readonly missingCut: readonly string[];
  readonly unknown: readonly ProfileFigureId[];
}

function judge({ figures }: RelationshipProfile, condition: HealthCondition, cuts: RelationshipCuts): Judged {
  const cut = cuts[condition.cut];
  const evidence: HealthEvidence[] = [];
  for (const id of condition.figures) {
    const { value, unit, from } = figures[id];
    if (value === null || cut === undefined) continue;
    evidence.push({ figure: id, value, unit, side: value >= cut ? "atLeast" : "below", cut, from });
  }
  // What nobody asked about is left out of a group; what was asked and not answered could be anything.
  const asked = condition.figures.filter((id) => figures[id].value === null && figures[id].from.length > 0);
  const unknown =
    evidence.length === 0 ? condition.figures.filter((id) => figures[id].value === null) : asked;
  const missingCut = cut === undefined ? [`cuts.${condition.cut}`] : [];
  const high = evidence.filter(({ side }) => side === "atLeast");
  const isHigh = high.length > 0 ? true : evidence.length === 0 || asked.length > 0 ? null : false;
  const holds = isHigh === null ? null : isHigh === (condition.side === "atLeast");
  return { holds, evidence: condition.side === "atLeast" ? high : evidence, missingCut, unknown };
}

const CUTS = [...new Set(HEALTH_RULES.flatMap(({ conditions }) => conditions.map(({ cut }) => cut)))];

function assertProfile(profile: RelationshipProfile): void {
  assertOptions(profile, "the result of relationshipProfile", "profile");
  assertArgument(
    typeof profile.figures === "object" && profile.figures !== null,
    "profile.figures",
    () => `profile.figures is ${shown(profile.figures)}: pass the result of relationshipProfile`,
  );
}

function assertCuts(cuts: RelationshipCuts): void {
  assertOptions(cuts, "a cut for each figure", "cuts");
  for (const [name, cut] of Object.entries(cuts)) {
    const path = `cuts.${name}`;
    assertArgument(
      CUTS.some((known) => known === name),
      path,
      () => `${path} is a cut of nothing: pass some of ${CUTS.join(", ")}`,
    );
    if (cut !== undefined) assertFinite(cut, path);
  }
}
