import { assertArgument, assertFinite, assertOptions } from "../../core/assert.js";
import {
  HEALTH_RULES,
  type HealthCondition,
  type RelationshipCuts,
  type RelationshipFlagCode,
} from "./health-rules.js";
import { type FigureSource, type ProfileFigureId, profileFigureIds } from "./profile-figure.js";
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
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` for a cut of no name, or that is no number, and for what is no profile.
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
    const judged = conditions.map((condition) => holds(profile, condition, cuts));
    if (judged.includes(false)) clear.push(code);
    else if (!judged.includes(null))
      flags.push({ code, because: conditions.flatMap((condition) => evidenceOf(profile, condition, cuts)) });
    else {
      const open = conditions.filter((_, i) => judged[i] === null);
      unjudged.push({
        code,
        cuts: [...new Set(open.flatMap(({ cut }) => (cuts[cut] === undefined ? [`cuts.${cut}`] : [])))],
        figures: open.flatMap((condition) => unknownOf(profile, condition, cuts)),
      });
    }
  }
  return { customerId: profile.customerId, asOf: profile.asOf, flags, clear, unjudged };
}

/** Whether one side of a contradiction is there; `null`: not known. */
function holds(
  { figures }: RelationshipProfile,
  { figures: ids, side, cut: name }: HealthCondition,
  cuts: RelationshipCuts,
): boolean | null {
  const cut = cuts[name];
  if (cut === undefined) return null;
  let isKnown = false;
  let isOpen = false;
  for (const id of ids) {
    const { value, from } = figures[id];
    // What nobody asked about is left out of a group; what was asked and not answered could be anything.
    if (value === null) isOpen ||= from.length > 0;
    else if (value >= cut) return side === "atLeast";
    else isKnown = true;
  }
  return isKnown && !isOpen ? side === "below" : null;
}

/** The figures that settle a condition: those at the cut, or all that lie below it. */
function evidenceOf(
  { figures }: RelationshipProfile,
  { figures: ids, side, cut: name }: HealthCondition,
  cuts: RelationshipCuts,
): HealthEvidence[] {
  const cut = cuts[name];
  return ids.flatMap((figure) => {
    const { value, unit, from } = figures[figure];
    if (value === null || cut === undefined || value >= cut !== (side === "atLeast")) return [];
    return [{ figure, value, unit, side, cut, from }];
  });
}

/** The figures for want of which a condition is open. */
function unknownOf(
  { figures }: RelationshipProfile,
  { figures: ids, cut }: HealthCondition,
  cuts: RelationshipCuts,
): readonly ProfileFigureId[] {
  const missing = ids.filter((id) => figures[id].value === null);
  const isNoneKnown = cuts[cut] === undefined || missing.length === ids.length;
  return isNoneKnown ? missing : missing.filter((id) => figures[id].from.length > 0);
}

const CUTS = [...new Set(HEALTH_RULES.flatMap(({ conditions }) => conditions.map(({ cut }) => cut)))];

function assertProfile(profile: RelationshipProfile): void {
  assertOptions(profile, "the result of relationshipProfile", "profile");
  assertOptions(profile.figures, "the result of relationshipProfile", "profile.figures");
  const missing = profileFigureIds.find((id) => profile.figures[id]?.value === undefined);
  assertArgument(
    missing === undefined,
    `profile.figures["${missing}"]`,
    () => `profile.figures["${missing}"] is undefined: pass the result of relationshipProfile`,
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
