import {
  type CommitmentMovement,
  type CurrentOffers,
  type CustomerValue,
  commitmentFromScale,
  commitmentMovement,
  commitmentProfile,
  currentOffers,
  customerValue,
  type DerivedImportance,
  derivedImportance,
  epochMs,
  type ImportancePerformance,
  importancePerformance,
  type NamedCommitmentProfile,
  type RetentionLink,
  type ScaleScores,
  type SurveyAnswer,
  type SurveyedValue,
  type SurveyResponse,
  scaleScore,
  surveyedValue,
  surveyResponse,
  type TransactionLog,
  type ValueMap,
  valueMap,
} from "clientele";
import { analyzeBonds, type BondAnalysis } from "./bond-analysis.js";
import { type ContradictionRow, contradictionsOf } from "./contradictions.js";
import type { InvitedWave, Questionnaire, RelationshipBooks } from "./relationship-books.js";
import { linkOf } from "./retention-after.js";
import { type SatisfactionOverTime, satisfactionOf } from "./satisfaction-over-time.js";
import { answersIn, answersTo, ratingsOf } from "./survey-answers.js";

/** What is known of the customers from elsewhere in the report. */
export interface KnownOfCustomers {
  /** Profit of the last 12 months, minor units; absent: not known. */
  readonly profit: ReadonlyMap<string, number>;
  /** Chance to be still there; absent: not known. */
  readonly stillThere: ReadonlyMap<string, number>;
  /** Who are businesses. */
  readonly businesses: ReadonlySet<string>;
  /** Revenue of the last 12 months, minor units. */
  readonly revenue: ReadonlyMap<string, number>;
}

/** What holds the customers. */
export interface RelationshipAnalysis {
  /** Those that were over by the day of the report. */
  readonly waves: readonly InvitedWave[];
  /** The last of them: figures are its, unless they say otherwise. */
  readonly latest: InvitedWave;
  readonly response: SurveyResponse;
  readonly satisfaction: SatisfactionOverTime;
  readonly value: SurveyedValue;
  /** The same means as one balance of benefits and sacrifices, for drawing. */
  readonly balance: CustomerValue;
  readonly offers: CurrentOffers;
  /** `null` without a competitor's offer. */
  readonly map: ValueMap | null;
  readonly drivers: DerivedImportance;
  /** `null` where too few answered everything. */
  readonly priorities: ImportancePerformance | null;
  readonly scale: ScaleScores;
  readonly commitment: readonly NamedCommitmentProfile[];
  /** From the first wave to the latest; `null` when there was one. */
  readonly movement: CommitmentMovement | null;
  readonly bonds: BondAnalysis;
  readonly contradictions: readonly ContradictionRow[];
  /** Scores of a wave and who bought again in the 12 months after it; `null` while no wave is so long ago. */
  readonly link: { readonly wave: InvitedWave; readonly found: RetentionLink } | null;
}

/** How much quality matters to customers against price, by the points that they shared out. */
const QUALITY_WEIGHT = 60;

/** What do customers get, how committed are they, and what binds them? `null` before a wave is over. */
export function analyzeRelationship(
  books: RelationshipBooks,
  log: TransactionLog,
  asOf: string,
  known: KnownOfCustomers,
): RelationshipAnalysis | null {
  const { questionnaire, bonds } = books;
  const { timeZone } = log;
  const now = epochMs(asOf, "asOf", timeZone);
  const waves = books.waves.filter(({ endsAt }) => endsAt <= now);
  const latest = waves.at(-1);
  if (latest === undefined) return null;
  const ids = new Set(waves.map(({ id }) => id));
  const answers = books.answers.filter(({ waveId }) => waveId !== undefined && ids.has(waveId));
  const lately = answersIn(answers, latest);
  if (lately.length === 0) return null;
  const { value, balance } = worthOf(lately, questionnaire);
  const { drivers, priorities } = driversOf(lately, questionnaire);
  const scales = waves.map((wave) => ({ wave, scale: scaleOf(answersIn(answers, wave), questionnaire) }));
  const respondents = scales.map(({ scale }) => commitmentFromScale(scale));
  const [before, after] = [respondents[0] ?? [], respondents.at(-1) ?? []];
  const offers = currentOffers(books.offers, { asOf, timeZone, currency: log.currency });
  return {
    ...{ waves, latest, value, balance, offers, drivers, priorities },
    response: responseOf(latest, lately),
    satisfaction: satisfactionOf(answers, waves, questionnaire),
    map: mapOf(books, value, offers),
    scale: scales.at(-1)?.scale ?? scaleOf(lately, questionnaire),
    commitment: scales.map(({ wave }, i) => ({
      name: wave.id,
      profile: commitmentProfile(respondents[i] ?? []),
    })),
    movement: waves.length < 2 ? null : commitmentMovement(before, after),
    bonds: analyzeBonds(bonds, asOf, timeZone, known),
    contradictions: contradictionsOf(lately, after, books, { asOf, timeZone, currency: log.currency }, known),
    link: linkOf(answers, waves, questionnaire, log, asOf),
  };
}

function responseOf({ invitations }: InvitedWave, answers: readonly SurveyAnswer[]): SurveyResponse {
  const answered = new Set(answers.map(({ respondentId }) => respondentId));
  const groups = new Map<string, { invited: number; responded: number; ineligible: number }>();
  for (const { group, respondentId, isUndelivered } of invitations) {
    const sum = groups.get(group) ?? { invited: 0, responded: 0, ineligible: 0 };
    groups.set(group, sum);
    sum.invited++;
    if (isUndelivered) sum.ineligible++;
    if (answered.has(respondentId)) sum.responded++;
  }
  return surveyResponse([...groups].map(([group, counts]) => ({ group, ...counts })));
}

/** Benefits and sacrifices as means of their sides, and the same figures item by item. */
function worthOf(answers: readonly SurveyAnswer[], { value: items }: Questionnaire) {
  const asked = items.map(({ id }) => id);
  const value = surveyedValue(answersTo(answers, asked), items, { combine: "mean" });
  const means = new Map(
    value.items.map(({ id, contribution, weight, side }) => [id, { contribution, weight, side }]),
  );
  const weightOf = (side: "benefit" | "sacrifice") =>
    value.items.reduce((sum, item) => (item.side === side ? sum + item.weight : sum), 0);
  const weights = { benefit: weightOf("benefit"), sacrifice: weightOf("sacrifice") };
  const sideOf = (side: "benefit" | "sacrifice") =>
    [...means].flatMap(([id, { contribution, weight, side: own }]) =>
      own === side && contribution !== null
        ? [{ id, score: (contribution * weights[side]) / weight, weight, source: "survey" as const }]
        : [],
    );
  const balance = customerValue(
    { benefits: sideOf("benefit"), sacrifices: sideOf("sacrifice") },
    { combine: "mean" },
  );
  return { value, balance };
}

/** What goes along with being satisfied, against how well it is done. */
function driversOf(answers: readonly SurveyAnswer[], { value, satisfaction }: Questionnaire) {
  const itemIds = value.flatMap(({ id, side }) => (side === "sacrifice" ? [] : [id]));
  const { overall, values } = ratingsOf(answers, itemIds, satisfaction);
  const drivers = derivedImportance({ itemIds, values, overall });
  const rated = drivers.attributes.flatMap(({ id, importance, performance }) =>
    importance === null || performance === null ? [] : [{ id, importance, performance }],
  );
  const priorities = rated.length < 2 ? null : importancePerformance(rated, { cuts: "mean" });
  return { drivers, priorities };
}

function scaleOf(answers: readonly SurveyAnswer[], { commitment }: Questionnaire): ScaleScores {
  const asked = commitment.items.map(({ id }) => id);
  return scaleScore(answersTo(answers, asked), commitment);
}

/** Our means beside the offers of competitors, on benefits alone: the price is an axis of its own. */
function mapOf(
  { basketPrice, ourName, questionnaire }: RelationshipBooks,
  value: SurveyedValue,
  { offers }: CurrentOffers,
): ValueMap | null {
  const benefits = questionnaire.value.filter(({ side }) => side !== "sacrifice");
  const means = value.items.flatMap(({ id, mean }) => (mean === null ? [] : [[id, mean] as const]));
  const scores = Object.fromEntries(means);
  const priced = offers.flatMap((offer) =>
    offer.price === undefined ? [] : [{ ...offer, price: offer.price }],
  );
  if (priced.length === 0 || benefits.some(({ id }) => scores[id] === undefined)) return null;
  return valueMap(benefits, [{ id: ourName, scores, price: basketPrice }, ...priced], {
    ...{ qualityWeight: QUALITY_WEIGHT, priceWeight: 100 - QUALITY_WEIGHT },
    ...{ ours: ourName, against: "market" },
  });
}
