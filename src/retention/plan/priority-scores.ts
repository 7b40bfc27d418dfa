import { decimalFraction } from "../../core/fraction.js";
import { midRanks } from "../../statistics/mid-ranks.js";
import { CRITERIA, type RetentionPriorityWeights } from "./priority-weights.js";

/** What each criterion gives the rows, in doubled places: whole numbers from 0 to `top`; `null` for a criterion that no row states. @internal */
export type PriorityPlaces = {
  readonly [Criterion in keyof RetentionPriorityWeights]: readonly number[] | null;
};

/** What the criteria give rows together. @internal */
export interface PriorityScores {
  /** The sum of what they give a row, 0 to 1 each times its weight. */
  readonly points: (row: number) => number;
  /** The points of a row of those that can be had, 0 to 1. */
  readonly score: (row: number) => number;
  /** What can be had: the sum of the weights. */
  readonly most: number;
  /** Order of two rows, the higher score first; 0 for equal scores, whichever way they come about. */
  readonly compare: (a: number, b: number) => number;
}

/** The doubled place of the greatest of so many; a single one stands in the middle. @internal */
export function topPlace(rows: number): number {
  return rows < 2 ? 2 : 2 * (rows - 1);
}

/** 0 for the least to `topPlace` for the greatest, equal ones in the middle of the places that they fill together. @internal */
export function placesOf(values: readonly number[]): number[] {
  return values.length < 2 ? values.map(() => 1) : midRanks(values).map((rank) => 2 * rank - 2);
}

/**
 * Adds up in whole numbers what thirds and decimal weights would leave to rounding; a weight stands for the decimal that
 * it is written as. So 1/3 of one criterion and 1/3 of another are equal, and are ranked as equal.
 *
 * @internal
 */
export function priorityScores(
  weights: RetentionPriorityWeights,
  places: PriorityPlaces,
  rows: number,
): PriorityScores {
  const fractions = CRITERIA.map((criterion) => decimalFraction(weights[criterion], criterion));
  // Powers of ten: each divides the greatest.
  const scale = fractions.reduce((most, { denominator }) => (denominator > most ? denominator : most), 1n);
  const parts = CRITERIA.map((criterion, i) => ({
    weight: (fractions[i].numerator * scale) / fractions[i].denominator,
    places: places[criterion],
  }));
  const points = Array.from({ length: rows }, (_, row) =>
    parts.reduce((sum, part) => sum + part.weight * BigInt(part.places?.[row] ?? 0), 0n),
  );
  const top = BigInt(topPlace(rows));
  const most = parts.reduce((sum, { weight }) => sum + weight, 0n);
  return {
    points: (row) => quotient(points[row], scale * top),
    score: (row) => quotient(points[row], most * top),
    most: quotient(most, scale),
    compare: (a, b) => (points[a] === points[b] ? 0 : points[a] > points[b] ? -1 : 1),
  };
}

/** More binary digits than a double has, so that only the last step rounds. */
const DIGITS = 2n ** 128n;

function quotient(above: bigint, below: bigint): number {
  return Number((above * DIGITS) / below) / Number(DIGITS);
}
