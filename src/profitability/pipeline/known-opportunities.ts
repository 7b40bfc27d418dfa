import { assertArgument, assertOptions, shown } from "../../core/assert.js";
import { isCurrency } from "../../core/currency.js";
import { ClienteleError } from "../../core/errors.js";
import { isLater } from "../../core/id-order.js";
import { epochMs, instantOrNaN } from "../../core/instant.js";
import { type RowProblem, throwRowProblems } from "../../core/row-problems.js";
import { assertTimeZone } from "../../core/time-zone.js";
import type { OpportunityOptions, OpportunityRow } from "./opportunity-row.js";
import { idProblems } from "./repeated-ids.js";
import { NO_STAGE, type ReadPipeline } from "./sales-pipeline.js";
import {
  type Fault,
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
  /** NaN where the record says none that was known at `asOf`; `null` where none does. */
  readonly probability: Float64Array | null;
  /** Place in the pipeline of the latest stage entered; `NO_STAGE` where none is known. With it the moves are not kept. */
  readonly stage: Int32Array;
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
  /** The 0-based place of each in the input; `null` where none was left out. */
  readonly place: Uint32Array | null;
  /** NaN while open. */
  readonly closedAt: Float64Array;
  /** `OPEN`, `WON` or `LOST`. */
  readonly outcome: Uint8Array;
  /**
   * The stages entered by opportunity k are from `moveOffsets[k]` up to, not including, `moveOffsets[k + 1]`; empty with the
   * column `stage`.
   */
  readonly moveOffsets: Uint32Array;
  /** Place in the pipeline; never the same twice running. */
  readonly moveStage: Int32Array;
  /** When entered; the first stage counts from `openedAt`. */
  readonly moveAt: Float64Array;
}

/**
 * Reads opportunities as of an instant: the one place where their fields are checked and what comes later is cut off.
 * With a pipeline their stages are looked up in it; without, there are no moves.
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
  const isAsked = (name: keyof OpportunityColumns) => (columns as readonly string[]).includes(name);
  const numbers = (name: keyof OpportunityColumns) => (isAsked(name) ? new Float64Array(size) : undefined);
  const amount = numbers("amount");
  const openedAt = numbers("openedAt");
  const expectedCloseAt = numbers("expectedCloseAt");
  const hasProbability = isAsked("probability");
  let probability: Float64Array | null = null;
  const stage = isAsked("stage") ? new Int32Array(size) : undefined;
  const closedAt = new Float64Array(size);
  const outcome = new Uint8Array(size);
  let place: Uint32Array | null = null;
  const moveOffsets = new Uint32Array(stage ? 1 : size + 1);
  const moves: StageMoves = newStageMoves(pipeline === null || stage ? [] : opportunities);
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
    const itsCurrency = given.currency ?? null;
    // Rows mostly say the same, and a good one need not be looked at again.
    const isUsable = itsCurrency === null || itsCurrency === currency || isCurrency(itsCurrency);
    if (!isUsable) fault("currency", "is no ISO 4217 code: three capital letters", itsCurrency);
    readTimes(given, timeZone, times, fault);
    checkOutcome(given, fault);
    const first = moves.length;
    const isUntouched = context === null || readStageMoves(given, times, context, moves, fault);
    if (!(times.openedAt < asOf)) {
      moves.length = first;
      place ??= new Uint32Array(size).map((_, i) => i);
      continue;
    }
    if (stage) {
      stage[length] = moves.length > 0 ? moves.stage[moves.length - 1] : NO_STAGE;
      moves.length = 0;
    }
    if (isUsable && itsCurrency !== currency) {
      currency = itsCurrency;
      currencies.add(itsCurrency);
    }
    if (place) place[length] = row;
    if (amount) amount[length] = given.amount + 0;
    if (openedAt) openedAt[length] = times.openedAt;
    if (expectedCloseAt) expectedCloseAt[length] = times.expectedCloseAt;
    const isClosed = times.closedAt < asOf;
    closedAt[length] = isClosed ? times.closedAt : Number.NaN;
    outcome[length] = isClosed ? (given.outcome === "won" ? WON : LOST) : OPEN;
    // A record that went on after asOf has a probability of afterwards.
    if (hasProbability && isUntouched && Number.isNaN(times.closedAt)) {
      const own = given.probability ?? null;
      if (own !== null) {
        probability ??= new Float64Array(size).fill(Number.NaN);
        probability[length] = own;
      }
    }
    length++;
    if (!stage) moveOffsets[length] = moves.length;
  }
  throwRowProblems(idsFollow ? problems : idProblems(opportunities).concat(problems), "opportunities");
  return {
    asOf,
    timeZone,
    currency: oneCurrency([...currencies]),
    length,
    rows: place === null ? opportunities : Array.from(place.subarray(0, length), (one) => opportunities[one]),
    place,
    closedAt,
    outcome,
    moveOffsets,
    moveStage: moves.stage,
    moveAt: moves.at,
    ...({ amount, openedAt, expectedCloseAt, probability, stage } as Pick<OpportunityColumns, Column>),
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
  if (probability !== undefined && probability !== null) {
    // Text compares as the number that it would be, and an empty cell of a file as 0.
    const isShare = typeof probability === "number" && probability >= 0 && probability <= 1;
    if (!isShare) fault("probability", "is not a number from 0 to 1", probability);
  }
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
