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
 * or lies outside its wave, when a wave's id stands twice, or when a record is not parsed: an id that is no text, a time that is
 * no epoch milliseconds.
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
  const problems: RowProblem[] = [];
  let total = 0;
  const note = (problem: RowProblem) => {
    total++;
    if (problems.length < KEPT) problems.push(problem);
  };
  const firstRowOf = placesOfAnswers();
  for (let row = 0; row < answers.length; row++) {
    const problem = unparsedAnswer(answers[row], row);
    if (problem !== null) {
      note(problem);
      continue;
    }
    const { waveId, respondentId, itemId, at } = answers[row];
    const earlier = firstRowOf(waveId, respondentId, itemId, row);
    if (earlier < row) {
      const reason = `is answered by this respondent in row ${earlier + 1} of the same wave`;
      note({ row, field: "itemId", reason, value: itemId });
    }
    if (windows === null || waveId === undefined) continue;
    const wave = windows.get(waveId);
    if (wave === undefined)
      note({ row, field: "waveId", reason: "is not the id of any of these waves", value: waveId });
    else if (at < wave.startsAt)
      note({ row, field: "at", reason: `is before its wave, from ${wave.startsAt} on`, value: at });
    else if (wave.endsAt !== undefined && at >= wave.endsAt)
      note({ row, field: "at", reason: `is after its wave, until before ${wave.endsAt}`, value: at });
  }
  if (total > 0) throw invalidRows(problems, total, "answers");
}

/** More problems than an error lists are counted alone. */
const KEPT = 100;

/** Says in which row an answer stands first. Ids are numbered by nesting, so that none is joined with another. */
function placesOfAnswers(): (
  waveId: string | undefined,
  respondentId: string,
  itemId: string,
  row: number,
) => number {
  const items = new Map<string, number>();
  const waves = new Map<string | undefined, Map<string, number[]>>();
  let [lastWave, lastRespondent]: [string | undefined, string | undefined] = [undefined, undefined];
  let rowOf: number[] = [];
  return (waveId, respondentId, itemId, row) => {
    // Answers mostly come respondent by respondent.
    if (respondentId !== lastRespondent || waveId !== lastWave) {
      let respondents = waves.get(waveId);
      if (respondents === undefined) {
        respondents = new Map();
        waves.set(waveId, respondents);
      }
      const known = respondents.get(respondentId);
      rowOf = known ?? [];
      if (known === undefined) respondents.set(respondentId, rowOf);
      [lastWave, lastRespondent] = [waveId, respondentId];
    }
    let item = items.get(itemId);
    if (item === undefined) {
      item = items.size;
      items.set(itemId, item);
    }
    const earlier = rowOf[item];
    if (earlier !== undefined) return earlier;
    rowOf[item] = row;
    return row;
  };
}

/** What shows that an answer was not parsed; `null`: nothing does. */
function unparsedAnswer(answer: unknown, row: number): RowProblem | null {
  if (typeof answer !== "object" || answer === null)
    return { row, field: "", reason: "is not an object", value: answer };
  const { respondentId, waveId, itemId, at } = answer as Partial<AnswerPlace>;
  const noText = (field: string, value: unknown) => ({ row, field, reason: NO_TEXT, value });
  if (!isText(respondentId)) return noText("respondentId", respondentId);
  if (waveId !== undefined && !isText(waveId)) return noText("waveId", waveId);
  if (!isText(itemId)) return noText("itemId", itemId);
  return Number.isFinite(at) ? null : { row, field: "at", reason: NO_INSTANT, value: at };
}

const NO_TEXT = "is not an id: text that is not empty";
const NO_INSTANT = "is not epoch milliseconds, a finite number";

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function windowsById(waves: readonly WaveWindow[]): ReadonlyMap<string, WaveWindow> {
  assertArray(waves, "waves");
  const windows = new Map<string, WaveWindow>();
  const problems: RowProblem[] = [];
  for (let row = 0; row < waves.length; row++) {
    const wave: unknown = waves[row];
    const { id, startsAt, endsAt } = Object(wave) as Partial<WaveWindow>;
    const check = (holds: boolean, field: string, reason: string, value: unknown) => {
      if (!holds) problems.push({ row, field, reason, value });
    };
    check(isText(id), "id", NO_TEXT, id);
    check(!isText(id) || !windows.has(id), "id", "comes a second time", id);
    check(Number.isFinite(startsAt), "startsAt", NO_INSTANT, startsAt);
    check(endsAt === undefined || Number.isFinite(endsAt), "endsAt", NO_INSTANT, endsAt);
    if (isText(id)) windows.set(id, wave as WaveWindow);
  }
  if (problems.length > 0) throw invalidRows(problems, problems.length, "waves");
  return windows;
}
