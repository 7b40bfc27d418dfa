import { assertArray } from "../core/assert.js";
import { invalidRows, type RowProblem } from "../core/row-problems.js";

/** What {@link checkSurveyAnswers} needs of an answer. */
export interface AnswerPlace {
  /** Who answered. */
  readonly respondentId: string;
  /** In which wave; absent: the survey was taken once. */
  readonly waveId?: string | undefined;
  /** Which item. */
  readonly itemId: string;
  /** When, epoch milliseconds. */
  readonly at: number;
}

/** What {@link checkSurveyAnswers} needs of a wave. */
export interface WaveWindow {
  /** The wave's identifier. */
  readonly id: string;
  /** First instant at which it can be answered, epoch milliseconds. */
  readonly startsAt: number;
  /** First instant at which it no longer can, epoch milliseconds; absent: it is in the field. */
  readonly endsAt?: number | undefined;
}

/**
 * Is each item answered once by a respondent in a wave, and while that wave was in the field?
 *
 * @param answers - Parsed answers, of any number of items and scales.
 * @param waves - The waves, each id once; without them (or for answers without a wave) no date is checked.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an answer comes a second time, names a wave that is not among the waves,
 * or lies outside its wave, or when a wave's id stands twice.
 * @example
 * ```ts
 * import { checkSurveyAnswers } from "clientele";
 *
 * const waves = [{ id: "spring", startsAt: 1000, endsAt: 2000 }];
 * checkSurveyAnswers([{ respondentId: "R-1", waveId: "spring", itemId: "trust", at: 1999 }], waves);
 * checkSurveyAnswers([{ respondentId: "R-1", waveId: "spring", itemId: "trust", at: 2000 }], waves); // throws INVALID_ROWS
 * ```
 */
export function checkSurveyAnswers(answers: readonly AnswerPlace[], waves?: readonly WaveWindow[]): void {
  assertArray(answers, "answers");
  const windows = waves === undefined ? null : windowsById(waves);
  const first = new Map<string, number>();
  const problems: RowProblem[] = [];
  for (const [row, { respondentId, waveId, itemId, at }] of answers.entries()) {
    // As JSON, so that no separator can be part of an id.
    const key = JSON.stringify([waveId ?? null, respondentId, itemId]);
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, row);
    else {
      const reason = `is answered by this respondent in row ${earlier + 1} of the same wave`;
      problems.push({ row, field: "itemId", reason, value: itemId });
    }
    if (windows === null || waveId === undefined) continue;
    const wave = windows.get(waveId);
    if (wave === undefined)
      problems.push({ row, field: "waveId", reason: "is not the id of any of these waves", value: waveId });
    else if (!(at >= wave.startsAt))
      problems.push({ row, field: "at", reason: `is before its wave, from ${wave.startsAt} on`, value: at });
    else if (wave.endsAt !== undefined && at >= wave.endsAt)
      problems.push({
        row,
        field: "at",
        reason: `is after its wave, until before ${wave.endsAt}`,
        value: at,
      });
  }
  if (problems.length > 0) throw invalidRows(problems, problems.length, "answers");
}

function windowsById(waves: readonly WaveWindow[]): ReadonlyMap<string, WaveWindow> {
  assertArray(waves, "waves");
  const windows = new Map<string, WaveWindow>();
  const problems: RowProblem[] = [];
  for (const [row, wave] of waves.entries()) {
    if (windows.has(wave.id))
      problems.push({ row, field: "id", reason: "comes a second time", value: wave.id });
    windows.set(wave.id, wave);
  }
  if (problems.length > 0) throw invalidRows(problems, problems.length, "waves");
  return windows;
}
