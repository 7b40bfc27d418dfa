import { assertArgument, assertOptions, shown } from "../../core/assert.js";
import { ClienteleError } from "../../core/errors.js";
import { epochMs, type Instant, instantOrNaN } from "../../core/instant.js";
import { assertTimeZone } from "../../core/time-zone.js";
import { throwProblems } from "../../segmentation/valued-customers.js";
import type { OpportunityOptions, OpportunityRow, OpportunityWindow } from "./opportunity-row.js";
import { idProblems } from "./repeated-ids.js";
import { NO_STAGE, type ReadPipeline } from "./sales-pipeline.js";

/** @internal */
export const OPEN = 0;
/** @internal */
export const WON = 1;
/** @internal */
export const LOST = 2;

/** Opportunities as they were known at `asOf`, by place among those that had been opened. @internal */
export interface KnownOpportunities<Row extends OpportunityRow = OpportunityRow> {
  readonly asOf: number;
  readonly timeZone: string;
  readonly currency: string | null;
  readonly length: number;
  readonly rows: readonly Row[];
  readonly amount: Float64Array;
  readonly openedAt: Float64Array;
  /** NaN: nobody has said. */
  readonly expectedCloseAt: Float64Array;
  /** NaN while open. */
  readonly closedAt: Float64Array;
  /** `OPEN`, `WON` or `LOST`. */
  readonly outcome: Uint8Array;
  /** NaN where the record says none that was known at `asOf`. */
  readonly probability: Float64Array;
  /** The stages entered by opportunity k are from `moveOffsets[k]` up to, not including, `moveOffsets[k + 1]`. */
  readonly moveOffsets: Uint32Array;
  /** Place in the pipeline; never the same twice running. */
  readonly moveStage: readonly number[];
  /** When entered; the first stage counts from `openedAt`. */
  readonly moveAt: readonly number[];
}

/**
 * Reads opportunities as of an instant: the one place where their fields are checked and what comes later is cut off.
 * With a pipeline their stages are looked up in it; without, there are no moves.
 *
 * @internal
 */
export function knownOpportunities<Row extends OpportunityRow>(
  opportunities: readonly Row[],
  options: OpportunityOptions,
  pipeline: ReadPipeline | null = null,
): KnownOpportunities<Row> {
  assertArgument(
    Array.isArray(opportunities),
    "opportunities",
    () => `opportunities is ${shown(opportunities)}: pass an array of opportunities`,
  );
  assertOptions(options, "{ asOf }");
  const { timeZone = "UTC" } = options;
  assertTimeZone(timeZone, "options.timeZone");
  const asOf = epochMs(options.asOf, "options.asOf", timeZone);
  const size = opportunities.length;
  const numbers = () => new Float64Array(size);
  const [amount, openedAt, expectedCloseAt, closedAt, probability] = Array.from({ length: 5 }, numbers);
  const outcome = new Uint8Array(size);
  const moveOffsets = new Uint32Array(size + 1);
  const [moveStage, moveAt]: [number[], number[]] = [[], []];
  const rows: Row[] = [];
  const problems = idProblems(opportunities);
  const currencies: (string | undefined)[] = [];
  const moves: MoveColumns = { stage: moveStage, at: moveAt };
  let row = 0;
  const fault = (field: string, reason: string, value: unknown): void => {
    problems.push({ row, field, reason, value });
  };
  for (; row < size; row++) {
    const given = opportunities[row];
    if (typeof given !== "object" || given === null) {
      fault("", "is no opportunity", given);
      continue;
    }
    if (!Number.isSafeInteger(given.amount))
      fault("amount", "is not a whole number of minor units", given.amount);
    else if (given.amount < 0) fault("amount", "is below 0", given.amount);
    const times = timesOf(given, timeZone, fault);
    if (given.currency !== currencies[currencies.length - 1] && !currencies.includes(given.currency))
      currencies.push(given.currency);
    const k = rows.length;
    const isUntouched =
      pipeline === null || readMoves(given, times, { timeZone, pipeline, asOf }, moves, fault);
    if (!(times.openedAt < asOf)) {
      moveStage.length = moveOffsets[k];
      moveAt.length = moveOffsets[k];
      continue;
    }
    rows.push(given);
    amount[k] = given.amount + 0;
    openedAt[k] = times.openedAt;
    expectedCloseAt[k] = times.expectedCloseAt;
    const isClosed = times.closedAt < asOf;
    closedAt[k] = isClosed ? times.closedAt : Number.NaN;
    outcome[k] = isClosed ? (given.outcome === "won" ? WON : LOST) : OPEN;
    // A record that went on after asOf has a probability of afterwards.
    const isAsOf = isUntouched && Number.isNaN(times.closedAt);
    probability[k] = isAsOf ? (given.probability ?? Number.NaN) : Number.NaN;
    moveOffsets[k + 1] = moveStage.length;
  }
  throwProblems(problems, "opportunities");
  const currency = oneCurrency(currencies);
  const { length } = rows;
  return {
    asOf,
    timeZone,
    currency,
    length,
    rows,
    amount,
    openedAt,
    expectedCloseAt,
    closedAt,
    outcome,
    probability,
    moveOffsets,
    moveStage,
    moveAt,
  };
}

type Fault = (field: string, reason: string, value: unknown) => void;

interface Times {
  readonly openedAt: number;
  readonly expectedCloseAt: number;
  readonly closedAt: number;
}

function timesOf(given: OpportunityRow, timeZone: string, fault: Fault): Times {
  const optional = (field: "expectedCloseAt" | "closedAt"): number => {
    const value = given[field];
    if (value === undefined || value === null) return Number.NaN;
    const at = instantOrNaN(value, timeZone);
    if (Number.isNaN(at)) fault(field, "is no instant", value);
    return at;
  };
  const openedAt = instantOrNaN(given.openedAt, timeZone);
  if (Number.isNaN(openedAt)) fault("openedAt", "is no instant", given.openedAt);
  const closedAt = optional("closedAt");
  if (closedAt < openedAt) fault("closedAt", "is before openedAt", given.closedAt);
  const { outcome, probability } = given;
  if (outcome !== undefined && outcome !== null) {
    if (outcome !== "won" && outcome !== "lost") fault("outcome", 'is not one of "won", "lost"', outcome);
    else if (given.closedAt === undefined || given.closedAt === null)
      fault("closedAt", "is missing although there is an outcome", given.closedAt);
  } else if (!Number.isNaN(closedAt)) fault("outcome", "is missing although closedAt is known", outcome);
  if (probability !== undefined && probability !== null && !(probability >= 0 && probability <= 1))
    fault("probability", "is not a number from 0 to 1", probability);
  return { openedAt, expectedCloseAt: optional("expectedCloseAt"), closedAt };
}

interface MoveColumns {
  readonly stage: number[];
  readonly at: number[];
}

/** Appends the stages that one opportunity had entered by `asOf`; whether nothing was cut off there. */
function readMoves(
  given: OpportunityRow,
  { openedAt, closedAt }: Times,
  context: { readonly timeZone: string; readonly pipeline: ReadPipeline; readonly asOf: number },
  { stage, at }: MoveColumns,
  fault: Fault,
): boolean {
  const { timeZone, asOf } = context;
  const { placeOf } = context.pipeline;
  const present = placeOf.get(given.stage);
  if (present === undefined) fault("stage", UNKNOWN_STAGE, given.stage);
  else if (present === NO_STAGE && Number.isNaN(closedAt))
    fault("stage", "is a stage of closed opportunities, and closedAt is missing", given.stage);
  const history = given.stageHistory ?? [];
  if (!Array.isArray(history)) {
    fault("stageHistory", "is not a list", history);
    return true;
  }
  if (history.length === 0) {
    if (present === undefined || present === NO_STAGE) return true;
    stage.push(present);
    at.push(openedAt);
    return true;
  }
  const first = stage.length;
  let before = openedAt;
  for (let i = 0; i < history.length; i++) {
    const entry: { readonly stage?: unknown; readonly at?: Instant } | null = history[i];
    const place = placeOf.get(entry?.stage as string);
    if (place === undefined) fault(`stageHistory[${i}].stage`, UNKNOWN_STAGE, entry?.stage);
    const entered = instantOrNaN(entry?.at, timeZone);
    if (Number.isNaN(entered)) fault(`stageHistory[${i}].at`, "is no instant", entry?.at);
    else if (entered < before)
      fault(
        `stageHistory[${i}].at`,
        i === 0 ? "is before openedAt" : "is before the stage above it",
        entry?.at,
      );
    before = entered;
    if (place === undefined || place === NO_STAGE || entered >= closedAt) continue;
    // Where the history begins late, the first stage is taken to be the one in which it was opened.
    if (stage.length === first) {
      stage.push(place);
      at.push(openedAt);
    } else if (entered < asOf && stage[stage.length - 1] !== place) {
      stage.push(place);
      at.push(entered);
    }
  }
  if (Number.isNaN(closedAt) && history[history.length - 1]?.stage !== given.stage)
    fault("stage", "is not the last stage of stageHistory", given.stage);
  return !(before >= asOf);
}

const UNKNOWN_STAGE = "is not a stage of the pipeline";

function oneCurrency(found: readonly (string | undefined)[]): string | null {
  const [first, other] = found;
  if (found.length > 1)
    throw new ClienteleError(
      "CURRENCY_MISMATCH",
      "opportunities",
      `opportunities are in ${shown(first)} and ${shown(other)}: convert amounts first (convertMoney), or ask for each currency apart`,
    );
  return first ?? null;
}

/** The window of the options in epoch milliseconds, cut off at `asOf`; all time before it where there is none. @internal */
export function opportunityWindow(
  window: OpportunityWindow | undefined,
  { asOf, timeZone }: { readonly asOf: number; readonly timeZone: string },
): { readonly start: number; readonly end: number } {
  if (window === undefined) return { start: Number.NEGATIVE_INFINITY, end: asOf };
  assertOptions(window, "{ start, end }, or leave it out", "options.window");
  const start = epochMs(window.start, "options.window.start", timeZone);
  const end = epochMs(window.end, "options.window.end", timeZone);
  assertArgument(
    start <= end,
    "options.window",
    () => `options.window ends (${shown(window.end)}) before it starts (${shown(window.start)}): swap them`,
  );
  return { start, end: Math.min(end, asOf) };
}
