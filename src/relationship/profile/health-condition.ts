import type { CommitmentMark, CommitmentVerdict } from "../commitment/commitment-marks.js";
import type { HealthCondition, RelationshipCuts, RelationshipFlagCode } from "./health-rules.js";
import type { FigureBounds, FigureSource, ProfileFigureId } from "./profile-figure.js";
import type { RelationshipProfile } from "./relationship-profile.js";

/** What is held against a cut: a figure of the profile, or one of the four marks, `"marks.trust"`. */
export type HealthFigureId = ProfileFigureId | `marks.${CommitmentMark}`;

/** A figure held against its cut, or a score of a mark held against that of the mark. */
export interface HealthEvidence {
  /** Which figure. */
  readonly figure: HealthFigureId;
  /** Its value, in `unit`; `null`: it lies within `bounds`, which are on one side of the cut. */
  readonly value: number | null;
  /** Where it lies when `value` is `null`; else `null`. */
  readonly bounds: FigureBounds | null;
  /** As in the profile; `"points"` of their own scale for marks. */
  readonly unit: string;
  /** Where it lies to the cut. */
  readonly side: "atLeast" | "below";
  /** The cut, as given. */
  readonly cut: number;
  /** The inputs that the figure is made of. */
  readonly from: readonly FigureSource[];
}

/** A contradiction of which it is not known. */
export interface UnjudgedFlag {
  /** Which one. */
  readonly code: RelationshipFlagCode;
  /** Cuts that were not passed: `cuts.profit`. */
  readonly cuts: readonly string[];
  /** Figures and marks that are not known, or not well enough. */
  readonly figures: readonly HealthFigureId[];
  /** Why each of them is not, in their order. */
  readonly reasons: readonly string[];
}

/** Whether one side of a contradiction is there; `null`: not known. @internal */
export function holds(
  { figures, marks }: RelationshipProfile,
  { figures: ids, side, cut: name, isVerdict }: HealthCondition,
  cuts: RelationshipCuts,
): boolean | null {
  if (isVerdict && marks !== null)
    return marks.isCommitted === null ? null : marks.isCommitted === (side === "atLeast");
  const cut = cuts[name];
  if (cut === undefined) return null;
  let isKnown = false;
  let isOpen = false;
  for (const id of ids) {
    const { value, bounds, from } = figures[id];
    const least = value ?? bounds?.lower;
    const most = value ?? bounds?.upper;
    // What nobody asked about is left out of a group; what was asked and not answered could be anything.
    if (least === undefined || most === undefined) isOpen ||= from.length > 0;
    else if (least >= cut) return side === "atLeast";
    else if (most < cut) isKnown = true;
    else isOpen = true;
  }
  return isKnown && !isOpen ? side === "below" : null;
}

/** The figures that settle conditions: those at the cut, or all that lie below it. @internal */
export function evidenceOf(
  { figures, marks }: RelationshipProfile,
  conditions: readonly HealthCondition[],
  cuts: RelationshipCuts,
): HealthEvidence[] {
  const evidence: HealthEvidence[] = [];
  for (const { figures: ids, side, cut: name, isVerdict } of conditions) {
    if (isVerdict && marks !== null) {
      pushMarks(evidence, marks, side);
      continue;
    }
    const cut = cuts[name];
    if (cut === undefined) continue;
    for (const figure of ids) {
      const { value, bounds, unit, from } = figures[figure];
      const least = value ?? bounds?.lower;
      if (least !== undefined && least >= cut === (side === "atLeast"))
        evidence.push({ figure, value, bounds, unit, side, cut, from });
    }
  }
  return evidence;
}

/** The scores by which the marks are there, or those by which some are missing. */
function pushMarks(
  evidence: HealthEvidence[],
  { marks }: CommitmentVerdict,
  side: HealthEvidence["side"],
): void {
  for (const { mark, isMet, cut, scores } of marks) {
    if (isMet !== (side === "atLeast")) continue;
    const figure = `marks.${mark}` as const;
    for (const { object, score: value } of scores) {
      if (value === null || value >= cut !== isMet) continue;
      const path = object === null ? figure : `${figure}.${object}`;
      evidence.push({ figure, value, bounds: null, unit: "points", side, cut, from: [{ path, value }] });
    }
  }
}

/** The cuts and the figures for want of which a contradiction is open. @internal */
export function unjudgedFlag(
  code: RelationshipFlagCode,
  profile: RelationshipProfile,
  conditions: readonly HealthCondition[],
  cuts: RelationshipCuts,
): UnjudgedFlag {
  const paths: string[] = [];
  const wanted: HealthFigureId[] = [];
  const reasons: string[] = [];
  const { figures, marks } = profile;
  for (const condition of conditions) {
    if (holds(profile, condition, cuts) !== null) continue;
    const { figures: ids, cut, isVerdict } = condition;
    if (isVerdict && marks !== null) {
      for (const mark of marks.unknown) {
        const isAsked = marks.marks.some((own) => own.mark === mark && own.scores.length > 0);
        wanted.push(`marks.${mark}`);
        reasons.push(`marks.${mark} was not ${isAsked ? "answered" : "asked"}`);
      }
      continue;
    }
    const path = `cuts.${cut}`;
    const hasCut = cuts[cut] !== undefined;
    if (!hasCut && !paths.includes(path)) paths.push(path);
    const isNoneKnown = ids.every((id) => figures[id].value === null);
    for (const id of ids) {
      const { value, from, reason } = figures[id];
      if (value !== null || (hasCut && !isNoneKnown && from.length === 0)) continue;
      wanted.push(id);
      reasons.push(reason ?? `${id} is not known`);
    }
  }
  return { code, cuts: paths, figures: wanted, reasons };
}
