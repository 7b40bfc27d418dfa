import { assertArgument, assertOptions, shown } from "../../core/assert.js";
import { ClienteleError } from "../../core/errors.js";
import { epochMs, instantOrNaN } from "../../core/instant.js";
import { type RowProblem, throwRowProblems } from "../../core/row-problems.js";
import { assertTimeZone } from "../../core/time-zone.js";
import { isLater } from "../text-ids.js";
import type { OpportunityOptions, OpportunityRow } from "./opportunity-row.js";
import { idProblems } from "./repeated-ids.js";
import type { ReadPipeline } from "./sales-pipeline.js";
import {
  type Fault,
  keepLatest,
  newStageMoves,
  notBefore,
  type OpportunityTimes,
  readStageMoves,
  type StageMoves,
} from "./stage-moves.js";

/** @internal */
export const OPEN = 0;
/** @internal */
export const WON = 1;
/** @internal */
export const LOST = 2;

/** Columns that not every measure reads: each is kept only where it is asked for. @internal */
export interface OpportunityColumns {
  readonly amount: Float64Array;
  readonly openedAt: Float64Array;
  /** NaN: nobody has said. */
  readonly expectedCloseAt: Float64Array;
  /** NaN where the record says none that was known at `asOf`. */
  readonly probability: Float64Array;
}

/** Opportunities as they were known at `asOf`, with the columns asked for. @internal */
export type KnownOpportunities<
  Row extends OpportunityRow = OpportunityRow,
  Column extends keyof OpportunityColumns = never,
> = OpportunityFacts<Row> & Pick<OpportunityColumns, Column>;

/** What is known of all, by place among those that had been opened. */
interface OpportunityFacts<Row extends OpportunityRow> {
  readonly asOf: number;
  readonly timeZone: string;
  readonly currency: string | null;
  readonly length: number;
  readonly rows: readonly Row[];
  /** The 0-based place of each in the input. */
  readonly place: Uint32Array;
  /** NaN while open. */
  readonly closedAt: Float64Array;
  /** `OPEN`, `WON` or `LOST`. */
  readonly outcome: Uint8Array;
  /** The stages entered by opportunity k are from `moveOffsets[k]` up to, not including, `moveOffsets[k + 1]`. */
  readonly moveOffsets: Uint32Array;
  /** Place in the pipeline; never the same twice running. */
  readonly moveStage: Int32Array;
  /** When entered; the first stage counts from `openedAt`. */
  readonly moveAt: Float64Array;
}

/**
 * Reads opportunities as of an instant: the one place where their fields are checked and what comes later is cut off.
 * With a pipeline their stages are looked up in it; without, there are no moves. Whoever asks where opportunities stand, and
 * not how they came there, has the latest move of each alone.
 *
 * @internal
 */
export function knownOpportunities<
  Row extends OpportunityRow,
  Column extends keyof OpportunityColumns = never,
>(
  opportunities: readonly Row[],
  options: OpportunityOptions,
  pipeline: ReadPipeline | null = null,
  columns: readonly Column[] = [],
  keptMoves: "all" | "latest" = "all",
): KnownOpportunities<Row, Column> {
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
  // The engine collects garbage by the bytes of such columns, and looks through the caller's rows each time.
  const kept: { [Name in keyof OpportunityColumns]?: Float64Array } = {};
  for (const name of columns) kept[name] = new Float64Array(size);
  const { amount, openedAt, expectedCloseAt, probability } = kept;
  const closedAt = new Float64Array(size);
  const outcome = new Uint8Array(size);
  const place = new Uint32Array(size);
  const moveOffsets = new Uint32Array(size + 1);
  const moves: StageMoves = newStageMoves(pipeline === null ? [] : opportunities, keptMoves);
  const context = pipeline === null ? null : { timeZone, asOf, pipeline };
  const problems: RowProblem[] = [];
  const currencies = new Set<string | null>();
  // One object for all: a million of them would be collected again and again.
  const times: OpportunityTimes = { openedAt: 0, expectedCloseAt: 0, closedAt: 0 };
  let [row, length] = [0, 0];
  let currency: string | null | undefined;
  let [idsFollow, latestId] = [true, ""];
  const fault: Fault = (field, reason, value) => {
    problems.push({ row, field, reason, value });
  };
  for (; row < size; row++) {
    const given = opportunities[row];
    if (typeof given !== "object" || given === null) {
      fault("", "is no opportunity", given);
      continue;
    }
    if (idsFollow) {
      const id: unknown = given.id;
      idsFollow = typeof id === "string" && isLater(id, latestId);
      if (idsFollow) latestId = id as string;
    }
    if (!Number.isSafeInteger(given.amount))
      fault("amount", "is not a whole number of minor units", given.amount);
    else if (given.amount < 0) fault("amount", "is below 0", given.amount);
    readTimes(given, timeZone, times, fault);
    checkOutcome(given, fault);
    const isUntouched = context === null || readStageMoves(given, times, context, moves, fault);
    if (keptMoves === "latest") keepLatest(moves, moveOffsets[length]);
    if (!(times.openedAt < asOf)) {
      moves.length = moveOffsets[length];
      continue;
    }
    const itsCurrency = given.currency ?? null;
    if (itsCurrency !== currency) {
      currency = itsCurrency;
      currencies.add(itsCurrency);
    }
    place[length] = row;
    if (amount) amount[length] = given.amount + 0;
    if (openedAt) openedAt[length] = times.openedAt;
    if (expectedCloseAt) expectedCloseAt[length] = times.expectedCloseAt;
    const isClosed = times.closedAt < asOf;
    closedAt[length] = isClosed ? times.closedAt : Number.NaN;
    outcome[length] = isClosed ? (given.outcome === "won" ? WON : LOST) : OPEN;
    if (probability) {
      // A record that went on after asOf has a probability of afterwards.
      const isAsOf = isUntouched && Number.isNaN(times.closedAt);
      probability[length] = isAsOf ? (given.probability ?? Number.NaN) : Number.NaN;
    }
    moveOffsets[++length] = moves.length;
  }
  throwRowProblems(idsFollow ? problems : idProblems(opportunities).concat(problems), "opportunities");
  return {
    asOf,
    timeZone,
    currency: oneCurrency([...currencies]),
    length,
    rows:
      length === size ? opportunities : Array.from(place.subarray(0, length), (one) => opportunities[one]),
    place,
    closedAt,
    outcome,
    moveOffsets,
    moveStage: moves.stage,
    moveAt: moves.at,
    ...(kept as Pick<OpportunityColumns, Column>),
  };
}

function readTimes(given: OpportunityRow, timeZone: string, times: OpportunityTimes, fault: Fault): void {
  const { openedAt, expectedCloseAt, closedAt } = given;
  times.openedAt = instantOrNaN(openedAt, timeZone);
  if (Number.isNaN(times.openedAt)) fault("openedAt", "is no instant", openedAt);
  times.expectedCloseAt = Number.NaN;
  if (expectedCloseAt !== undefined && expectedCloseAt !== null) {
    times.expectedCloseAt = instantOrNaN(expectedCloseAt, timeZone);
    if (Number.isNaN(times.expectedCloseAt)) fault("expectedCloseAt", "is no instant", expectedCloseAt);
  }
  times.closedAt = Number.NaN;
  if (closedAt !== undefined && closedAt !== null) {
    times.closedAt = notBefore(times.openedAt, closedAt, timeZone);
    if (Number.isNaN(times.closedAt)) fault("closedAt", "is no instant", closedAt);
    else if (times.closedAt < times.openedAt) fault("closedAt", "is before openedAt", closedAt);
  }
}

function checkOutcome({ outcome, closedAt, probability }: OpportunityRow, fault: Fault): void {
  const isClosed = closedAt !== undefined && closedAt !== null;
  if (outcome !== undefined && outcome !== null) {
    if (outcome !== "won" && outcome !== "lost") fault("outcome", 'is not one of "won", "lost"', outcome);
    else if (!isClosed) fault("closedAt", "is missing although there is an outcome", closedAt);
  } else if (isClosed) fault("outcome", "is missing although closedAt is known", outcome);
  if (probability !== undefined && probability !== null && !(probability >= 0 && probability <= 1))
    fault("probability", "is not a number from 0 to 1", probability);
}

function oneCurrency(found: readonly (string | null)[]): string | null {
  const [first, other] = found;
  if (found.length > 1)
    throw new ClienteleError(
      "CURRENCY_MISMATCH",
      "opportunities",
      found.includes(null)
        ? `opportunities are in ${shown(first ?? other)}, and some do not say: give each its currency`
        : `opportunities are in ${shown(first)} and ${shown(other)}: convert amounts first (convertMoney), or ask for each currency apart`,
    );
  return first ?? null;
}
