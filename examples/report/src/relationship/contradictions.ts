import {
  type Bond,
  customerValue,
  type Interval,
  type RelationshipCuts,
  type RelationshipFlagCode,
  type RespondentCommitment,
  relationshipHealth,
  relationshipProfile,
  type SurveyAnswer,
  type Tie,
  wilsonInterval,
} from "clientele";
import type { KnownOfCustomers } from "./relationship-analysis.js";
import type { RelationshipBooks } from "./relationship-books.js";
import { answersOf } from "./survey-answers.js";

/** A contradiction over all respondents. */
export interface ContradictionRow {
  readonly code: RelationshipFlagCode;
  /** In how many relationships it is. */
  readonly found: number;
  /** Of how many all that it takes is known. */
  readonly judged: number;
  /** Of the share; `null` where none could be judged. */
  readonly interval: Interval | null;
  /** Profit of the last 12 months of those in whom it is, minor units. */
  readonly profit: number;
}

/** From where on a figure is high: chosen for this shop, since nobody knows norms. */
export const CUTS = {
  satisfaction: 70,
  commitment: 60,
  bond: 0.4,
  fragility: 0.5,
  lockInRisk: 0.3,
  profit: 0,
  retentionProbability: 0.5,
  netValue: 2,
} as const satisfies RelationshipCuts;

/** In how many relationships do satisfaction, commitment, bonds, profit and staying contradict each other? */
export function contradictionsOf(
  answers: readonly SurveyAnswer[],
  commitment: readonly RespondentCommitment[],
  { questionnaire, bonds }: RelationshipBooks,
  {
    asOf,
    timeZone,
    currency,
  }: { readonly asOf: string; readonly timeZone: string; readonly currency: string },
  { profit, stillThere }: KnownOfCustomers,
): ContradictionRow[] {
  const satisfaction = answersOf(answers, questionnaire.satisfaction);
  const items = questionnaire.value.map((item) => ({ ...item, given: answersOf(answers, item.id) }));
  const dimensions = new Map(commitment.map(({ respondentId, ...scores }) => [respondentId, scores]));
  const bondsOf = new Map<string, Bond[]>([...satisfaction.keys()].map((id) => [id, []]));
  for (const bond of bonds) bondsOf.get(bond.customerId ?? "")?.push(bond);
  const rows = new Map<RelationshipFlagCode, { found: number; judged: number; profit: number }>();
  for (const [customerId, rating] of satisfaction) {
    const content = rating === null ? null : (rating - 1) / 9;
    const held = bondsOf.get(customerId) ?? [];
    const earned = profit.get(customerId);
    const side = (wanted: "benefit" | "sacrifice") =>
      items.flatMap(({ id, weight, scale, side: own = "benefit", given }) => {
        const score = given.get(customerId) ?? null;
        return own === wanted && score !== null ? [{ id, weight, scale, score }] : [];
      });
    const parts = { benefits: side("benefit"), sacrifices: side("sacrifice") };
    const isComplete = parts.benefits.length + parts.sacrifices.length === items.length;
    const profile = relationshipProfile(
      {
        ...{ customerId, asOf, bonds: held, ties: held.map((bond) => tieOf(bond, content)) },
        ...(isComplete && { value: customerValue(parts, { combine: "mean", unit: "points" }) }),
        satisfaction: content === null ? null : 100 * content,
        commitment: dimensions.get(customerId),
        ...(earned !== undefined && { profit: { amount: earned, currency } }),
        retentionProbability: stillThere.get(customerId) ?? null,
      },
      { timeZone },
    );
    const { flags, clear } = relationshipHealth(profile, CUTS);
    const isFlagged = new Set(flags.map(({ code }) => code));
    for (const code of [...isFlagged, ...clear]) {
      const row = rows.get(code) ?? { found: 0, judged: 0, profit: 0 };
      rows.set(code, row);
      row.judged++;
      if (!isFlagged.has(code)) continue;
      row.found++;
      row.profit += earned ?? 0;
    }
  }
  return [...rows]
    .map(([code, row]) => ({ code, ...row, interval: wilsonInterval(row.found, row.judged) }))
    .sort((a, b) => b.found / b.judged - a.found / a.judged);
}

/** What holds is what ties; how content one is with it is taken from the whole. */
function tieOf({ id, kind, strength, voluntary }: Bond, satisfaction: number | null): Tie {
  return { id, cause: kind, bondKind: kind, strength, satisfaction, voluntary };
}
