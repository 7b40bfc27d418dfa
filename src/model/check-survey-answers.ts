import { assertArray } from "../core/assert.js";
import { isInstantMs } from "../core/instant.js";
import { assertNoFaults, noFaults, noteFault } from "../core/row-faults.js";
import { invalidRows, type RowProblem } from "../core/row-problems.js";
import { type AnswerPlace, type AnswerPlaces, placeSource } from "./answer-places.js";
import { answerNumbers, earlierAnswers } from "./earlier-answers.js";

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
 * Answers need not be parsed: ids, times and waves are checked here, values by {@link scaleScore}. With millions of answers that is
 * the way to take, {@link parseRecords} would take some twenty times as long.
 *
 * @param answers - Rows, columns or a table of answers, to any number of items and scales.
 * @param waves - The waves, each id once; without them (or for answers without a wave) no time is held against a wave.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an answer comes a second time, names a wave that is not among the waves,
 * or lies outside its wave, when a wave's id stands twice or it ends before it starts, when an id is no text, or a time no epoch
 * milliseconds of the years 0001 to 9999; `INVALID_ARGUMENT` when columns are missing or differ in length.
 * @example
 * ```ts
 * import { checkSurveyAnswers } from "clientele";
 *
 * const waves = [{ id: "spring", startsAt: 1000, endsAt: 2000 }];
 * checkSurveyAnswers([{ respondentId: "R-1", waveId: "spring", itemId: "trust", at: 1999 }], waves);
 * checkSurveyAnswers([{ respondentId: "R-1", waveId: "spring", itemId: "trust", at: 2000 }], waves); // throws INVALID_ROWS
 *
 * const columns = { respondentId: ["R-1", "R-1"], itemId: ["trust", "trust"], at: [1000, 1001] };
 * checkSurveyAnswers(columns); // throws INVALID_ROWS
 * ```
 */
export function checkSurveyAnswers(answers: AnswerPlaces, waves?: readonly WaveWindow[]): void {
  const { length, placeAt } = placeSource(answers, "answers");
  const windows = waves === undefined ? null : windowsById(waves);
  const numbers = answerNumbers(length);
  let isFaulty = false;
  let [lastWave, window]: [string | null, WaveCheck] = [null, ANY_TIME];
  for (let row = 0; row < length; row++) {
    const place = placeAt(row);
    if (!isParsed(place)) {
      isFaulty = true;
      continue;
    }
    const { respondentId, waveId = null, itemId, at } = place;
    if (windows !== null && waveId !== lastWave)
      [lastWave, window] = [waveId, waveId === null ? ANY_TIME : checkOf(windows.get(waveId))];
    if (!(at >= window.from && at < window.until)) isFaulty = true;
    numbers.note(row, respondentId, waveId, itemId);
  }
  const earlier = earlierAnswers(numbers);
  if (!isFaulty && earlier === null) return;
  const faults = noFaults();
  const note = (row: number, field: string, reason: string, value: unknown) =>
    noteFault(faults, { row, field, reason, value });
  for (let row = 0; row < length; row++) {
    const place = placeAt(row);
    if (!isParsed(place)) {
      const [field, reason, value] = unparsed(place);
      note(row, field, reason, value);
      continue;
    }
    const first = earlier === null ? 0 : earlier[row];
    if (first > 0)
      note(row, "itemId", `is answered by this respondent in row ${first} of the same wave`, place.itemId);
    const problem = windows === null ? null : outOfWave(place, windows);
    if (problem !== null) note(row, ...problem);
  }
  assertNoFaults(faults, "answers");
}

/** Between which times the answers of one wave may lie. */
interface WaveCheck {
  readonly from: number;
  readonly until: number;
}

const ANY_TIME: WaveCheck = { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY };

function checkOf(wave: WaveWindow | undefined): WaveCheck {
  if (wave === undefined) return { from: Number.POSITIVE_INFINITY, until: Number.NEGATIVE_INFINITY };
  return { from: wave.startsAt, until: wave.endsAt ?? Number.POSITIVE_INFINITY };
}

/** Field, reason and value. */
type Fault = readonly [string, string, unknown];

function outOfWave({ waveId, at }: AnswerPlace, windows: ReadonlyMap<string, WaveWindow>): Fault | null {
  if (waveId === undefined || waveId === null) return null;
  const wave = windows.get(waveId);
  if (wave === undefined) return ["waveId", "is not the id of any of these waves", waveId];
  if (at < wave.startsAt) return ["at", `is before its wave, from ${wave.startsAt} on`, at];
  return wave.endsAt !== undefined && at >= wave.endsAt
    ? ["at", `is after its wave, until before ${wave.endsAt}`, at]
    : null;
}

function isParsed(place: unknown): place is AnswerPlace {
  if (typeof place !== "object" || place === null) return false;
  const { respondentId, waveId, itemId, at } = place as AnswerPlace;
  return isText(respondentId) && isNoneOrText(waveId) && isText(itemId) && isInstantMs(at);
}

/** What shows that an answer was not parsed. */
function unparsed(place: unknown): Fault {
  if (typeof place !== "object" || place === null) return ["", "is not an object", place];
  const { respondentId, waveId, itemId, at } = place as Partial<AnswerPlace>;
  if (!isText(respondentId)) return ["respondentId", NO_TEXT, respondentId];
  if (!isNoneOrText(waveId)) return ["waveId", NO_TEXT, waveId];
  return isText(itemId) ? ["at", NO_INSTANT, at] : ["itemId", NO_TEXT, itemId];
}

const NO_TEXT = "is not an id: text that is not empty";
const NO_INSTANT = "is not epoch milliseconds, a whole number in the years 0001 to 9999";

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function isNoneOrText(value: unknown): boolean {
  return value === undefined || value === null || isText(value);
}

function windowsById(waves: readonly WaveWindow[]): ReadonlyMap<string, WaveWindow> {
  assertArray(waves, "waves");
  const windows = new Map<string, WaveWindow>();
  const problems: RowProblem[] = [];
  const isInstant = (value: unknown) => typeof value === "number" && isInstantMs(value);
  for (let row = 0; row < waves.length; row++) {
    const wave: unknown = waves[row];
    const { id, startsAt, endsAt } = Object(wave) as Partial<WaveWindow>;
    const check = (holds: boolean, field: string, reason: string, value: unknown) => {
      if (!holds) problems.push({ row, field, reason, value });
    };
    check(isText(id), "id", NO_TEXT, id);
    check(!isText(id) || !windows.has(id), "id", "comes a second time", id);
    check(isInstant(startsAt), "startsAt", NO_INSTANT, startsAt);
    check(endsAt === undefined || isInstant(endsAt), "endsAt", NO_INSTANT, endsAt);
    const isReversed = isInstant(startsAt) && isInstant(endsAt) && Number(endsAt) <= Number(startsAt);
    check(!isReversed, "endsAt", `is not after startsAt, ${startsAt}`, endsAt);
    if (isText(id)) windows.set(id, wave as WaveWindow);
  }
  if (problems.length > 0) throw invalidRows(problems, problems.length, "waves");
  return windows;
}
