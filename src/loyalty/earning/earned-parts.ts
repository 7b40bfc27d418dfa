import type { RoundingMode } from "../../core/rounding.js";
import type { EarnedLine } from "../ledger/loyalty-event.js";
import type { EarnRule } from "../program/earn-rule.js";
import type { LoyaltyProgram, PointType } from "../program/loyalty-program.js";
import type { ReadyRule } from "./compiled-earning.js";
import type { EarnedLot, PointsEarned } from "./earn-order.js";
import { addPoints, dealtPoints, wholeParts, wholeShares } from "./exact-shares.js";
import { birthdayCounter, type GivenPoints } from "./given-points.js";
import { laterBy } from "./later-by.js";
import type { OrderFacts } from "./order-facts.js";
import { pointExpiry } from "./point-expiry.js";

/** What the rules of one type gave. @internal */
export interface EarnedOfType {
  readonly type: PointType;
  readonly given: readonly GivenPoints[];
}

/** A lot for each type, and one for each rule whose points wait or lapse in a way of their own. @internal */
export function earnedLots(
  program: LoyaltyProgram,
  byType: readonly EarnedOfType[],
  facts: OrderFacts,
): EarnedLot[] {
  const lots: EarnedLot[] = [];
  for (const { type, given } of byType) {
    const drafts: LotDraft[] = [];
    for (const { rule, points, gains } of given) {
      let own = points;
      for (const gain of gains) own -= gain.points;
      const terms = rule.hasOwnTerms ? rule.rule : null;
      addToLot(drafts, terms, rule, own);
      // A multiplier's points keep the dates of those that it multiplies, unless it has its own.
      for (const gain of gains)
        addToLot(drafts, gain.by.hasOwnTerms ? gain.by.rule : terms, gain.by, gain.points);
    }
    for (const draft of drafts)
      if (draft.points > 0) lots.push(openedLot(program, type, draft, facts.order.at));
  }
  return lots;
}

interface LotDraft {
  /** The rule whose waiting time and lapse count; `null` those of the point type. */
  readonly terms: EarnRule | null;
  readonly rules: { ruleId: string; points: number }[];
  points: number;
}

function addToLot(drafts: LotDraft[], terms: EarnRule | null, { rule }: ReadyRule, points: number): void {
  if (points === 0) return;
  const draft = draftOf(drafts, terms);
  draft.points = addPoints(draft.points, points);
  for (const known of draft.rules) {
    if (known.ruleId !== rule.id) continue;
    known.points += points;
    return;
  }
  draft.rules.push({ ruleId: rule.id, points });
}

function draftOf(drafts: LotDraft[], terms: EarnRule | null): LotDraft {
  for (const draft of drafts) if (draft.terms === terms) return draft;
  const draft: LotDraft = { terms, rules: [], points: 0 };
  drafts.push(draft);
  return draft;
}

function openedLot(
  program: LoyaltyProgram,
  type: PointType,
  { terms, rules, points }: LotDraft,
  at: number,
): EarnedLot {
  const pendingFor = terms?.pendingFor ?? type.pendingFor;
  const activeAt = pendingFor === undefined ? at : laterBy(program, pendingFor, at);
  const { expiresAt, sliding } = pointExpiry(program, type.id, at, activeAt, terms ?? undefined);
  const lot = { pointType: type.id, points, earnedAt: at, activeAt, expiresAt, rules };
  return sliding ? { ...lot, sliding } : lot;
}

/** The lines with the points that fall to each: they and the points of visits and events come to the lots. @internal */
export function earnedLines(
  byType: readonly EarnedOfType[],
  { order, quantities }: OrderFacts,
  mode: RoundingMode,
): EarnedLine[] {
  const lines = order.lines.map(({ lineId, amount }, i) => ({
    lineId,
    quantity: quantities[i],
    amount,
    points: {} as Record<string, number>,
  }));
  for (const { type, given } of byType) {
    const sums = pointsOfLines(given, mode);
    for (let i = 0; i < sums.length; i++) if (sums[i] > 0) lines[i].points[type.id] = sums[i];
  }
  return lines;
}

/** What all rules of one type give to each line together; nothing where they give nothing to lines. */
function pointsOfLines(given: readonly GivenPoints[], mode: RoundingMode): readonly number[] {
  let sums: number[] | null = null;
  for (const one of given) {
    if (!one.onLines || one.points === 0) continue;
    const dealt = dealtToLines(one, mode);
    if (sums === null) sums = dealt;
    else for (let i = 0; i < dealt.length; i++) sums[i] += dealt[i];
  }
  return sums ?? [];
}

function dealtToLines({ shares, points, perLine, isCut }: GivenPoints, mode: RoundingMode): number[] {
  if (!perLine) return dealtPoints(points, shares);
  const parts = wholeParts(shares, mode);
  return isCut ? dealtPoints(points, wholeShares(parts)) : parts;
}

/** Points of each type. @internal */
export function pointsByType(byType: readonly EarnedOfType[]): Readonly<Record<string, number>> {
  const points: Record<string, number> = {};
  for (const { type, given } of byType) {
    let sum = 0;
    for (const one of given) sum = addPoints(sum, one.points);
    if (sum > 0) points[type.id] = sum;
  }
  return points;
}

/** What the counters of caps and birthdays go up by. @internal */
export function ruleCounters(byType: readonly EarnedOfType[], facts: OrderFacts): PointsEarned["counted"] {
  const counted: { ruleId: string; period: string; points: number }[] = [];
  for (const { given } of byType) {
    let added: Map<ReadyRule, number> | null = null;
    for (const { rule, own, points, gains } of given) {
      count(counted, rule, own, points, facts);
      for (const { by, points: gain } of gains) {
        if (!isCounted(by)) continue;
        added ??= new Map();
        added.set(by, (added.get(by) ?? 0) + gain);
      }
    }
    if (added === null) continue;
    for (const [rule, gain] of added) count(counted, rule, gain, gain, facts);
  }
  return counted;
}

function isCounted({ caps, rule }: ReadyRule): boolean {
  return caps.length > 0 || rule.when?.birthday !== undefined;
}

function count(
  counted: { ruleId: string; period: string; points: number }[],
  ready: ReadyRule,
  own: number,
  points: number,
  facts: OrderFacts,
): void {
  if (!isCounted(ready)) return;
  const ruleId = ready.rule.id;
  for (const { cap, key } of ready.caps) {
    const counts = cap.binds === "beforeMultiplier" ? own : points;
    if (key !== null && counts > 0) counted.push({ ruleId, period: key(facts.order.at), points: counts });
  }
  const birthday = birthdayCounter(ready, facts);
  if (birthday !== null && points > 0) counted.push({ ruleId, period: birthday, points });
}
