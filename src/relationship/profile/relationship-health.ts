import { assertArgument, assertFinite, assertOptions } from "../../core/assert.js";
import { ClienteleError } from "../../core/errors.js";
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
  const { customerId, asOf, figures } = profile;
  for (const { code, conditions } of HEALTH_RULES) {
    const isThere = allHold(figures, conditions, cuts);
    if (isThere === null) unjudged.push({ code, ...wantingOf(figures, conditions, cuts) });
    else if (isThere) flags.push({ code, because: evidenceOf(figures, conditions, cuts) });
    else clear.push(code);
  }
  return { customerId, asOf, flags, clear, unjudged };
}

type Figures = RelationshipProfile["figures"];

/** Whether a contradiction is there; `null`: not known. */
function allHold(
  figures: Figures,
  conditions: readonly HealthCondition[],
  cuts: RelationshipCuts,
): boolean | null {
  let isKnown = true;
  for (const condition of conditions) {
    const isHolding = holds(figures, condition, cuts);
    if (isHolding === false) return false;
    if (isHolding === null) isKnown = false;
  }
  return isKnown ? true : null;
}

/** Whether one side of a contradiction is there; `null`: not known. */
function holds(
  figures: Figures,
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

/** The figures that settle conditions: those at the cut, or all that lie below it. */
function evidenceOf(
  figures: Figures,
  conditions: readonly HealthCondition[],
  cuts: RelationshipCuts,
): HealthEvidence[] {
  const evidence: HealthEvidence[] = [];
  for (const { figures: ids, side, cut: name } of conditions) {
    const cut = cuts[name];
    if (cut === undefined) continue;
    for (const figure of ids) {
      const { value, unit, from } = figures[figure];
      if (value !== null && value >= cut === (side === "atLeast"))
        evidence.push({ figure, value, unit, side, cut, from });
    }
  }
  return evidence;
}

/** The cuts and the figures for want of which conditions are open. */
function wantingOf(
  figures: Figures,
  conditions: readonly HealthCondition[],
  cuts: RelationshipCuts,
): Pick<UnjudgedFlag, "cuts" | "figures"> {
  const wanted = { cuts: [] as string[], figures: [] as ProfileFigureId[] };
  for (const condition of conditions) {
    if (holds(figures, condition, cuts) !== null) continue;
    const { figures: ids, cut } = condition;
    const path = `cuts.${cut}`;
    const hasCut = cuts[cut] !== undefined;
    if (!hasCut && !wanted.cuts.includes(path)) wanted.cuts.push(path);
    const isNoneKnown = ids.every((id) => figures[id].value === null);
    for (const id of ids) {
      const { value, from } = figures[id];
      if (value === null && (!hasCut || isNoneKnown || from.length > 0)) wanted.figures.push(id);
    }
  }
  return wanted;
}

function assertProfile(profile: RelationshipProfile): void {
  assertOptions(profile, "the result of relationshipProfile", "profile");
  assertOptions(profile.figures, "the result of relationshipProfile", "profile.figures");
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

const CUTS: ReadonlySet<string> = /* @__PURE__ */ (() =>
  new Set(HEALTH_RULES.flatMap(({ conditions }) => conditions.map(({ cut }) => cut))))();

function assertCuts(cuts: RelationshipCuts): void {
  assertOptions(cuts, "a cut for each figure", "cuts");
  for (const name of Object.keys(cuts)) {
    const cut = cuts[name as keyof RelationshipCuts];
    const isCut = CUTS.has(name);
    if (isCut && (cut === undefined || Number.isFinite(cut))) continue;
    const path = `cuts.${name}`;
    assertArgument(isCut, path, () => `${path} is a cut of nothing: pass some of ${[...CUTS].join(", ")}`);
    assertFinite(cut, path);
  }
}
