/**
 * Which dimensions of commitment can be scored?
 *
 * Buttle's three: `instrumental`, `relational`, `valuesBased`; and the three components of Allen & Meyer (1990): `affective`,
 * `calculative` (they say continuance), `normative`. They are never added up: calculative commitment holds customers,
 * and lowers what they say for us (Fullerton 2011).
 *
 * @example
 * ```ts
 * import { commitmentDimensions } from "clientele";
 *
 * commitmentDimensions.length; // => 6
 * ```
 */
export const commitmentDimensions = [
  "instrumental",
  "relational",
  "valuesBased",
  "affective",
  "calculative",
  "normative",
] as const;

/** A dimension of commitment; {@link commitmentDimensions} lists them. */
export type CommitmentDimension = (typeof commitmentDimensions)[number];

/** What a dimension of commitment is. */
export interface CommitmentMeaning {
  /** Which dimension. */
  readonly dimension: CommitmentDimension;
  /** Buttle's conceptual three, or the three components of Allen & Meyer. */
  readonly model: "buttle" | "threeComponent";
  /** In words. */
  readonly meaning: string;
  /** The nearest dimension of the other model. */
  readonly nearest: CommitmentDimension;
  /** What the other model has beside it; `null`: nothing. */
  readonly beside: string | null;
  /** Where the two part. */
  readonly limits: string;
}

const CALCULATIVE_LIMITS =
  "Continuance is felt cost of leaving and lack of alternatives; instrumental commitment is conviction that the offer is the best, and can hold without any cost of leaving";
const RELATIONAL_LIMITS =
  "Affective is attachment to the supplier as a whole; relational can be attachment to one person, and leave with them";
const NORMATIVE_LIMITS =
  "Normative is felt obligation; values-based is agreement with what the supplier stands for, which obliges nobody";

/**
 * What does each dimension of commitment mean, and which of the other model is nearest?
 *
 * The mapping is approximate: `limits` says where it breaks. No validated public scale is known for Buttle's three; report
 * alpha of your own items (`scaleScore`). The three components come from organizations and their staff (Allen & Meyer 1990) and
 * were carried over to customers (Bansal, Irving & Taylor 2004; Gustafsson, Johnson & Roos 2005 with two of them). Do not
 * replace a score of one model by one of the other.
 *
 * @example
 * ```ts
 * import { commitmentMeanings } from "clientele";
 *
 * commitmentMeanings.map(({ dimension, nearest }) => [dimension, nearest]).slice(3);
 * // => [["affective", "relational"], ["calculative", "instrumental"], ["normative", "valuesBased"]]
 * ```
 */
export const commitmentMeanings: readonly CommitmentMeaning[] = [
  {
    dimension: "instrumental",
    model: "buttle",
    meaning: "Convinced that no other offer would meet their needs better",
    nearest: "calculative",
    beside: null,
    limits: CALCULATIVE_LIMITS,
  },
  {
    dimension: "relational",
    model: "buttle",
    meaning: "Emotionally attached to people of the supplier, to one of them or to all",
    nearest: "affective",
    beside: null,
    limits: RELATIONAL_LIMITS,
  },
  {
    dimension: "valuesBased",
    model: "buttle",
    meaning: "The supplier's values are theirs",
    nearest: "normative",
    beside: null,
    limits: NORMATIVE_LIMITS,
  },
  {
    dimension: "affective",
    model: "threeComponent",
    meaning: "Stay because they want to: attached, and identified with the supplier",
    nearest: "relational",
    beside: null,
    limits: RELATIONAL_LIMITS,
  },
  {
    dimension: "calculative",
    model: "threeComponent",
    meaning: "Stay because they need to: leaving would cost, or there is nowhere to go",
    nearest: "instrumental",
    beside: "switching costs",
    limits: CALCULATIVE_LIMITS,
  },
  {
    dimension: "normative",
    model: "threeComponent",
    meaning: "Stay because they feel that they ought to",
    nearest: "valuesBased",
    beside: null,
    limits: NORMATIVE_LIMITS,
  },
];
