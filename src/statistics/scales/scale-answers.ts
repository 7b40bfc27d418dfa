import { assertArgument, shown } from "../../core/assert.js";
import type { ScoredItem } from "./scale-definition.js";

/** One answer of one respondent; a stored survey answer has these fields. */
export interface ScaleAnswer {
  /** Who answered. */
  readonly respondentId: string;
  /** Which item. */
  readonly itemId: string;
  /** The answer, on the item's scale; `null`: seen and not answered. */
  readonly value: number | null;
  /** In which wave; absent: the survey was taken once. */
  readonly waveId?: string | null | undefined;
  /** Which customer the respondent is, or answers for; absent: not known. */
  readonly customerId?: string | null | undefined;
}

/** The same as many {@link ScaleAnswer}s, column by column. */
export interface ScaleAnswerColumns {
  /** Who answered, by row. */
  readonly respondentId: readonly string[];
  /** Which item, by row. */
  readonly itemId: readonly string[];
  /** The answer, by row; `null`, or in a typed array NaN: not answered. */
  readonly value: ArrayLike<number | null>;
  /** In which wave, by row. */
  readonly waveId?: readonly (string | null)[] | undefined;
  /** Which customer the respondent is, by row; `null`: not known. */
  readonly customerId?: readonly (string | null)[] | undefined;
}

/** Answers of one wave with a row for each respondent and a column for each item: the fastest way in. */
export interface ScaleAnswerMatrix {
  /** Who answered, by row, each once. */
  readonly respondentIds: readonly string[];
  /** Which item, by column, each once; an item of the scale that is not here was not asked. */
  readonly itemIds: readonly string[];
  /** Row after row, as many as there are respondents times items; `null`, or in a typed array NaN: not answered. */
  readonly values: ArrayLike<number | null>;
  /** Which customer each respondent is, by row; `null`: not known. */
  readonly customerIds?: readonly (string | null)[] | undefined;
}

/** Rows, columns, a table with such columns, or a matrix. */
export type ScaleAnswers =
  | readonly ScaleAnswer[]
  | ScaleAnswerColumns
  | { readonly length: number; readonly columns: ScaleAnswerColumns }
  | ScaleAnswerMatrix;

/** Which of the answers are read. @internal */
export interface AnswerSelection {
  readonly waveId: string | undefined;
  readonly skipsUnknown: boolean;
  /** What the caller calls the answers. */
  readonly path: string;
}

/** Checked answers: a row for each respondent. @internal */
export interface ReadAnswers {
  readonly respondentIds: readonly string[];
  /** By respondent; `null`: no answer says which customer. */
  readonly customerIds: readonly (string | null)[] | null;
  /** As answered, row after row of `width`; NaN: not answered. */
  readonly cells: Float64Array;
  readonly width: number;
  /** The column of each item of the scale; -1: not asked. */
  readonly columnOf: readonly number[];
  readonly waveId: string | null;
  /** How many answers to items of other scales were passed over. */
  readonly skipped: number;
}

/** Throws unless the wave to read is left out or text. @internal */
export function assertWaveId(waveId: unknown): void {
  assertArgument(
    waveId === undefined || (typeof waveId === "string" && waveId !== ""),
    "options.waveId",
    () => `options.waveId is ${shown(waveId)}: pass the id of a wave, or leave it out`,
  );
}

/** The range of items on no stated scale: numbers up to here can be squared and summed. @internal */
export const ANY_ANSWER = { min: -1e100, max: 1e100 };

/** Why an id cannot be a customer's; `null`: it can. @internal */
export function customerProblem(value: unknown, known: string | null): string | null {
  if (typeof value !== "string" || value === "") return "is not an id: text that is not empty";
  return known === null || known === value
    ? null
    : `is another customer than this respondent's, ${shown(known)}`;
}

/** Which rule an answer breaks that is not `null`; `null`: none. @internal */
export function valueProblem(value: unknown, { min, max }: ScoredItem, step: number | null): string | null {
  if (typeof value !== "number" || !(value >= min && value <= max)) {
    return min === ANY_ANSWER.min
      ? `is not a number from ${min} to ${max}; pass null where there is no answer`
      : `is not on the item's scale, ${min} to ${max}`;
  }
  if (step === null || isOnStep(value, min, step)) return null;
  return `is not on a step of the item's scale, ${min} to ${max} by ${step}`;
}

function isOnStep(value: number, min: number, step: number): boolean {
  const steps = (value - min) / step;
  return Math.abs(steps - Math.round(steps)) <= 1e-9 * Math.max(1, Math.abs(steps));
}
