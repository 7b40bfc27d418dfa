import { type Instant, instantOrNaN, isCivilDay } from "../../core/instant.js";
import { localDay } from "../../core/time-zone.js";
import type { OpportunityRow } from "./opportunity-row.js";
import { NO_STAGE, type ReadPipeline } from "./sales-pipeline.js";

/** The stages entered, one opportunity after the other. @internal */
export interface StageMoves {
  /** Place in the pipeline. */
  stage: Int32Array;
  /** When it was entered. */
  at: Float64Array;
  /** How many are filled. */
  length: number;
}

/** Room for the stages of all histories, by the length of some: more is made when they come. @internal */
export function newStageMoves(opportunities: readonly OpportunityRow[]): StageMoves {
  const step = Math.ceil(opportunities.length / SAMPLE);
  let stages = 0;
  for (let row = 0; row < opportunities.length; row += step) {
    const history: unknown = opportunities[row]?.stageHistory;
    stages += step * (Array.isArray(history) && history.length > 0 ? history.length : 1);
  }
  return { ...room(LONG + Math.ceil(MARGIN * stages)), length: 0 };
}

// All would have to be fetched from memory for the sake of a length.
const SAMPLE = 1000;
const MARGIN = 1.1;
// For a history that is longer than those.
const LONG = 100;
const MORE = 1.5;

function room(size: number): Pick<StageMoves, "stage" | "at"> {
  return { stage: new Int32Array(size), at: new Float64Array(size) };
}

/** What happened to one opportunity, NaN where it did not. @internal */
export interface OpportunityTimes {
  openedAt: number;
  expectedCloseAt: number;
  closedAt: number;
}

/** @internal */
export type Fault = (field: string, reason: string, value: unknown) => void;

/** What histories are read with. @internal */
export interface MoveContext {
  readonly timeZone: string;
  readonly asOf: number;
  readonly pipeline: ReadPipeline;
}

/**
 * Appends the stages that one opportunity had entered by `asOf`; whether nothing was cut off there. A closing that is known
 * by its day alone comes after the stages of that day: `times.closedAt` is put off to the last of them.
 *
 * @internal
 */
export function readStageMoves(
  given: OpportunityRow,
  times: OpportunityTimes,
  { timeZone, asOf, pipeline: { placeOf } }: MoveContext,
  moves: StageMoves,
  fault: Fault,
): boolean {
  const { openedAt, closedAt } = times;
  const present = placeOf.get(given.stage);
  const isOpen = Number.isNaN(closedAt);
  if (present === undefined) fault("stage", UNKNOWN_STAGE, given.stage);
  else if (present === NO_STAGE && isOpen)
    fault("stage", "is a stage of closed opportunities, and closedAt is missing", given.stage);
  const history = given.stageHistory ?? [];
  if (!Array.isArray(history)) {
    fault("stageHistory", "is not a list", history);
    return true;
  }
  if (history.length === 0) {
    if (present !== undefined && present !== NO_STAGE) enter(moves, present, openedAt);
    return true;
  }
  const first = moves.length;
  const isClosedByDay = !isOpen && isCivilDay(given.closedAt ?? 0);
  let before = openedAt;
  for (let i = 0; i < history.length; i++) {
    const entry: { readonly stage?: unknown; readonly at?: Instant } | null = history[i];
    const place = placeOf.get(entry?.stage as string);
    if (place === undefined) fault(`stageHistory[${i}].stage`, UNKNOWN_STAGE, entry?.stage);
    const entered = notBefore(before, entry?.at, timeZone);
    if (Number.isNaN(entered)) fault(`stageHistory[${i}].at`, "is no instant", entry?.at);
    else if (entered < before)
      fault(
        `stageHistory[${i}].at`,
        i === 0 ? "is before openedAt" : "is before the stage above it",
        entry?.at,
      );
    before = entered;
    if (place === undefined || place === NO_STAGE) continue;
    if (entered >= closedAt) {
      if (!isClosedByDay || localDay(entered, timeZone) !== localDay(closedAt, timeZone)) continue;
      times.closedAt = entered;
    }
    // Where the history begins late, the first stage is taken to be the one in which it was opened.
    if (moves.length === first) enter(moves, place, openedAt);
    else if (entered < asOf && moves.stage[moves.length - 1] !== place) enter(moves, place, entered);
  }
  if (isOpen && history[history.length - 1]?.stage !== given.stage)
    fault("stage", "is not the last stage of stageHistory", given.stage);
  return !(before >= asOf);
}

const UNKNOWN_STAGE = "is not a stage of the pipeline";

function enter(moves: StageMoves, stage: number, at: number): void {
  if (moves.length === moves.stage.length) {
    const larger = room(Math.ceil(MORE * moves.length));
    larger.stage.set(moves.stage);
    larger.at.set(moves.at);
    moves.stage = larger.stage;
    moves.at = larger.at;
  }
  moves.stage[moves.length] = stage;
  moves.at[moves.length] = at;
  moves.length++;
}

/**
 * An instant that comes after another one: a day of a CRM begins before whatever happened in the course of it, so that a day
 * that begins earlier, and is the same, counts as the other instant. NaN for what is no instant.
 *
 * @internal
 */
export function notBefore(earlier: number, given: unknown, timeZone: string): number {
  const at = instantOrNaN(given, timeZone);
  return at < earlier &&
    isCivilDay(given as Instant) &&
    localDay(at, timeZone) === localDay(earlier, timeZone)
    ? earlier
    : at;
}
