import { assertArgument, assertArray, assertOptions, shown } from "../../core/assert.js";
import { invalidRows, type RowProblem } from "../../core/row-problems.js";
import type { ConfidenceOptions } from "../../statistics/confidence.js";
import { assertRange } from "../../statistics/scales/scale-definition.js";
import { readRatings, type SurveyRatings } from "./survey-ratings.js";

/** The answers to one question in one wave. */
export interface SatisfactionWave {
  /** Which wave. */
  readonly waveId: string;
  /** Its answers, one for each respondent; `null`: none given. */
  readonly ratings: SurveyRatings;
  /** Who gave them, in the same order, each once; needed to pair waves. */
  readonly respondentIds?: readonly string[] | undefined;
}

/** What is followed over waves, and whose answers are compared. */
export interface SatisfactionTrendOptions extends ConfidenceOptions {
  /** `"mean"` in scale units, `"topBox"` as a share, or `"nps"` in points. */
  readonly measure: "mean" | "topBox" | "nps";
  /**
   * `"independent"`: different respondents in each wave. `"paired"`: change is that of the respondents of both waves, the rest are
   * left out of it. No default: the wrong one gives wrong intervals.
   */
  readonly design: "independent" | "paired";
  /** Lowest possible answer; required but for `"nps"`, which is 0 to 10: only that may be stated there. */
  readonly min?: number | undefined;
  /** Highest possible answer; the same holds. */
  readonly max?: number | undefined;
  /** For `"topBox"`: answers from this one on count; required there, refused elsewhere. */
  readonly from?: number | undefined;
}

/** How an answer becomes the number that is averaged. @internal */
export interface Reading {
  readonly range: { readonly min: number; readonly max: number };
  readonly isWhole: boolean;
  readonly scoreOf: (answer: number) => number;
}

/** Which measure is asked for; throws where an option is missing or not for it. @internal */
export function readingOf({ measure, min, max, from }: SatisfactionTrendOptions): Reading {
  assertArgument(
    measure === "topBox" || from === undefined,
    "options.from",
    () => `options.from is ${shown(from)} and the measure is "${measure}": leave it out, or pass "topBox"`,
  );
  if (measure === "nps") {
    // Answers of 1 to 5 would pass for answers of 0 to 10, all of them detractors.
    for (const [name, value, only] of [["min", min, 0] as const, ["max", max, 10] as const])
      assertArgument(
        value === undefined || value === only,
        `options.${name}`,
        () => `options.${name} is ${shown(value)}: "nps" is of answers from 0 to 10, leave it out`,
      );
    const scoreOf = (answer: number) => (answer >= 9 ? 100 : answer >= 7 ? 0 : -100);
    return { range: { min: 0, max: 10 }, isWhole: true, scoreOf };
  }
  assertRange(min, max, "options");
  const range = { min: min as number, max: max as number };
  if (measure === "mean") return { range, isWhole: false, scoreOf: (answer) => answer };
  assertArgument(
    from !== undefined && Number.isFinite(from) && from > range.min && from <= range.max,
    "options.from",
    () => `options.from is ${shown(from)}: pass the lowest answer that counts, above ${min} and up to ${max}`,
  );
  return { range, isWhole: false, scoreOf: (answer) => (answer >= from ? 1 : 0) };
}

/** A wave that can be compared. @internal */
export interface ReadWave {
  readonly waveId: string;
  /** NaN: not answered. */
  readonly scores: Float64Array;
  /** The number of each respondent, the same in all waves; `null`: the wave does not say who. */
  readonly personOf: Int32Array | null;
}

/** Reads the waves; throws when an answer or a respondent breaks a rule. @internal */
export function readWaves(waves: unknown, reading: Reading, isPaired: boolean): readonly ReadWave[] {
  assertArray(waves, "waves");
  const read = waves.map((given, i) => readWave(given, reading, isPaired, `waves[${i}]`));
  assertArgument(
    new Set(read.map(({ waveId }) => waveId)).size === read.length,
    "waves",
    () => "waves hold a waveId a second time: pass each wave once",
  );
  const numbers = respondentNumbers(
    read.flatMap(({ ids, path }) => (ids === null ? [] : [{ ids, path: `${path}.respondentIds` }])),
  );
  let next = 0;
  return read.map(({ waveId, scores, ids }) => ({
    waveId,
    scores,
    personOf: ids === null ? null : numbers[next++],
  }));
}

function readWave(given: unknown, { range, isWhole, scoreOf }: Reading, isPaired: boolean, path: string) {
  assertOptions(given, "{ waveId, ratings }", path);
  const { waveId, ratings, respondentIds } = given as SatisfactionWave;
  assertArgument(
    typeof waveId === "string" && waveId !== "",
    `${path}.waveId`,
    () => `${path}.waveId is ${shown(waveId)}: pass text that is not empty`,
  );
  const scores = readRatings(ratings, range, `${path}.ratings`, isWhole);
  for (let row = 0; row < scores.length; row++)
    if (!Number.isNaN(scores[row])) scores[row] = scoreOf(scores[row]);
  assertArgument(
    respondentIds !== undefined || !isPaired,
    `${path}.respondentIds`,
    () => `${path}.respondentIds is left out: pass who answered, or design: "independent"`,
  );
  if (respondentIds === undefined) return { waveId, scores, ids: null, path };
  assertArray(respondentIds, `${path}.respondentIds`);
  assertArgument(
    respondentIds.length === scores.length,
    `${path}.respondentIds`,
    () =>
      `${path}.respondentIds has ${respondentIds.length} ids for ${scores.length} ratings: pass one for each`,
  );
  return { waveId, scores, ids: respondentIds as readonly unknown[], path };
}

/** The ids of a wave's respondents, and what the caller calls them. */
interface WaveIds {
  readonly ids: readonly unknown[];
  readonly path: string;
}

interface Numbered {
  /** What the lists held when they were numbered: they are the caller's, and may have changed since. */
  readonly held: readonly (readonly unknown[])[];
  readonly numbers: readonly Int32Array[];
}

/** The lists that were numbered, by the first of them: a survey of forty items brings the same ones forty times. */
const remembered = new WeakMap<readonly unknown[], Numbered>();

/** A number for each respondent, the same in all waves; throws when one comes twice in a wave. */
function respondentNumbers(waves: readonly WaveIds[]): readonly Int32Array[] {
  const [first] = waves;
  if (first === undefined) return [];
  const before = remembered.get(first.ids);
  const isSame =
    before?.held.length === waves.length && before.held.every((list, i) => isAlike(list, waves[i].ids));
  if (isSame) return before.numbers;
  const known: string[] = [];
  const numbers = new Map<string, number>();
  /** By number: in which wave the respondent was met last. */
  const metIn: number[] = [];
  const numbered = waves.map(({ ids, path }, wave) => {
    const problems: RowProblem[] = [];
    const personOf = new Int32Array(ids.length);
    for (let row = 0; row < ids.length; row++) {
      const value = ids[row];
      if (typeof value !== "string" || value === "") {
        problems.push({ row, field: "", reason: "is not an id: text that is not empty", value });
        continue;
      }
      // Waves mostly list their respondents in one order: then no map is asked.
      let person = known[row] === value ? row : numbers.get(value);
      if (person === undefined) {
        person = known.push(value) - 1;
        numbers.set(value, person);
      } else if (metIn[person] === wave)
        problems.push({ row, field: "", reason: "comes a second time", value });
      metIn[person] = wave;
      personOf[row] = person;
    }
    if (problems.length > 0) throw invalidRows(problems, problems.length, path);
    return personOf;
  });
  remembered.set(first.ids, { held: waves.map(({ ids }) => ids.slice()), numbers: numbered });
  return numbered;
}

function isAlike(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** The scores of respondents who answered in both waves, side by side; `null` where a wave does not say who. @internal */
export function scoresOfBoth(
  from: ReadWave,
  to: ReadWave,
): { readonly before: Float64Array; readonly after: Float64Array } | null {
  if (from.personOf === null || to.personOf === null) return null;
  let people = 0;
  for (const person of to.personOf) people = Math.max(people, person + 1);
  const later = new Float64Array(people).fill(Number.NaN);
  for (let row = 0; row < to.scores.length; row++) later[to.personOf[row]] = to.scores[row];
  const before = new Float64Array(from.scores.length);
  const after = new Float64Array(from.scores.length);
  let n = 0;
  for (let row = 0; row < from.scores.length; row++) {
    const person = from.personOf[row];
    const [score, next] = [from.scores[row], person < people ? later[person] : Number.NaN];
    if (Number.isNaN(score) || Number.isNaN(next)) continue;
    before[n] = score;
    after[n++] = next;
  }
  return { before: before.subarray(0, n), after: after.subarray(0, n) };
}

/** The scores of those who answered. @internal */
export function scoresOf({ scores }: ReadWave): Float64Array {
  const answered = new Float64Array(scores.length);
  let n = 0;
  for (let row = 0; row < scores.length; row++) if (!Number.isNaN(scores[row])) answered[n++] = scores[row];
  return answered.subarray(0, n);
}
