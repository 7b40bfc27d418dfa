import { assertArgument, assertOptions, shown } from "../../core/assert.js";
import { ClienteleError } from "../../core/errors.js";
import { isFiniteNumber } from "../../value/checked-rows.js";
import {
  evidenceOf,
  type HealthEvidence,
  holds,
  type UnjudgedFlag,
  unjudgedFlag,
} from "./health-condition.js";
import {
  CUT_SCALES,
  HEALTH_RULES,
  type HealthCondition,
  type RelationshipCuts,
  type RelationshipFlagCode,
} from "./health-rules.js";
import { profileFigureIds } from "./profile-figure.js";
import type { RelationshipProfile } from "./relationship-profile.js";

/** A contradiction that was found. */
export interface RelationshipFlag {
  /** Which one. */
  readonly code: RelationshipFlagCode;
  /** The numbers that contradict each other. */
  readonly because: readonly HealthEvidence[];
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
 * A figure at its cut is high; one that is known within bounds is judged where they lie on one side of the cut. Whether a
 * customer is committed, the four marks say where they were passed, by their own cuts and whatever the dimensions; an open
 * verdict leaves it open. Else a customer is committed when one dimension by which they want to stay (all but the calculative)
 * is high, and uncommitted when all that were asked are low. The cuts are yours: the literature has no norms.
 *
 * @param profile - The result of {@link relationshipProfile}.
 * @param cuts - Where each figure begins to be high; rules whose cuts are left out are reported as not judged.
 * @returns The contradictions with the numbers behind them, those known not to be there, those not judged.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` for a cut of no name or off the scale of its figure (0 to 100 for POMP, 0 to 1
 *   for shares), and for what is no profile.
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
  const { customerId, asOf } = profile;
  for (const { code, conditions } of HEALTH_RULES) {
    const isThere = allHold(profile, conditions, cuts);
    if (isThere === null) unjudged.push(unjudgedFlag(code, profile, conditions, cuts));
    else if (isThere) flags.push({ code, because: evidenceOf(profile, conditions, cuts) });
    else clear.push(code);
  }
  return { customerId, asOf, flags, clear, unjudged };
}

/** Whether a contradiction is there; `null`: not known. */
function allHold(
  profile: RelationshipProfile,
  conditions: readonly HealthCondition[],
  cuts: RelationshipCuts,
): boolean | null {
  let isKnown = true;
  for (const condition of conditions) {
    const isHolding = holds(profile, condition, cuts);
    if (isHolding === false) return false;
    if (isHolding === null) isKnown = false;
  }
  return isKnown ? true : null;
}

function assertProfile(profile: RelationshipProfile): void {
  assertOptions(profile, "the result of relationshipProfile", "profile");
  assertOptions(profile.figures, "the result of relationshipProfile", "profile.figures");
  assertArgument(
    typeof profile.marks === "object",
    "profile.marks",
    () => `profile.marks is ${shown(profile.marks)}: pass the result of relationshipProfile`,
  );
  for (const id of profileFigureIds) {
    if (profile.figures[id]?.value !== undefined) continue;
    const path = `profile.figures["${id}"]`;
    throw new ClienteleError(
      "INVALID_ARGUMENT",
      path,
      `${path} is undefined: pass the result of relationshipProfile`,
    );
  }
}

function assertCuts(cuts: RelationshipCuts): void {
  assertOptions(cuts, "a cut for each figure", "cuts");
  for (const name of Object.keys(cuts)) {
    const cut: unknown = cuts[name as keyof RelationshipCuts];
    const isCut = Object.hasOwn(CUT_SCALES, name);
    if (isCut && (cut === undefined || isOnScale(cut, CUT_SCALES[name as keyof RelationshipCuts]))) continue;
    const path = `cuts.${name}`;
    const known = Object.keys(CUT_SCALES).join(", ");
    assertArgument(isCut, path, () => `${path} is a cut of nothing: pass some of ${known}`);
    const [what, most] = CUT_SCALES[name as keyof RelationshipCuts] ?? ["any amount", null];
    const wanted = most === null ? "a finite number" : `a number from 0 to ${most}`;
    const message = `${path} is ${shown(cut)}, and is held against ${what}: pass ${wanted}`;
    throw new ClienteleError("INVALID_ARGUMENT", path, message);
  }
}

function isOnScale(cut: unknown, scale: (typeof CUT_SCALES)[keyof RelationshipCuts]): boolean {
  return isFiniteNumber(cut) && (scale === null || (cut >= 0 && cut <= scale[1]));
}
