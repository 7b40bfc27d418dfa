import { assertArgument, shown } from "../../core/assert.js";
import { epochMs, type Instant } from "../../core/instant.js";
import { type ByCustomer, customerPath, customerReader } from "../../history/customer-reader.js";
import { type KnownFacts, knownFacts } from "../../history/known-facts.js";
import type { TransactionLog } from "../../history/log-columns.js";
import type { LogRow } from "../../history/log-row.js";
import type { LogMetricOptions } from "../../history/metric-options.js";

/** What begins a customer's time in a cohort, and what counts as coming back. */
export interface CohortStartOptions extends LogMetricOptions {
  /**
   * When each customer started, where that is no purchase: signed up, joined the club. A customer without a start, or with
   * one that is not before `asOf`, is in no cohort; one who never bought is in it all the same, if a map has him. (A function
   * is asked about the customers of the log alone: cohorts by it consist of those who bought.) Default: the first
   * qualifying purchase.
   */
  readonly startAt?: ReadonlyMap<string, Instant> | ((customerId: string) => Instant | null | undefined);
  /** Start with the first qualifying purchase that this accepts, instead of the first of all. Not with `startAt`. */
  readonly startsWith?: (purchase: LogRow) => boolean;
  /**
   * Count only the qualifying purchases that this accepts as coming back. The purchases that start a customer are then
   * no return, so that age 0 counts those who did something else; without it they are, and age 0 is everyone.
   */
  readonly returnsWith?: (purchase: LogRow) => boolean;
}

/** Where each customer's time begins. @internal */
export interface CohortStarts {
  /** Ids of the customers whom only `startAt` knows: they follow those of the log. */
  readonly furtherIds: readonly string[];
  /** Epoch milliseconds, by customer; Infinity for one who has not started. */
  readonly start: Float64Array;
  /** First row at the start or after it, by customer of the log. */
  readonly firstRow: Uint32Array;
  /** 1 where the row is a return; `null` when every row is. */
  readonly returns: Uint8Array | null;
}

/** Finds where each customer's time begins and which rows count as coming back. @internal */
export function cohortStarts(
  log: TransactionLog,
  facts: KnownFacts,
  options: CohortStartOptions,
): CohortStarts {
  const { startAt, startsWith, returnsWith } = options;
  assertPredicate(startsWith, "startsWith");
  assertPredicate(returnsWith, "returnsWith");
  if (startAt === undefined) {
    const founding = startsWith ? accepted(log, facts, options, startsWith) : facts.qualifies;
    const starts = startsOfPurchases(facts, founding);
    return { ...starts, returns: returnsOf(log, facts, options, starts.start, founding) };
  }
  assertArgument(
    startsWith === undefined,
    "options.startsWith",
    () =>
      "options.startsWith is given beside options.startAt: pass one of them, each says when a customer starts",
  );
  return {
    ...startsGiven(facts, startAt),
    returns: returnsWith ? accepted(log, facts, options, returnsWith) : facts.qualifies,
  };
}

function assertPredicate(predicate: unknown, name: string): void {
  assertArgument(
    predicate === undefined || typeof predicate === "function",
    `options.${name}`,
    () => `options.${name} is ${shown(predicate)}: pass a function of a purchase`,
  );
}

/** 1 for the qualifying purchases that a predicate accepts. */
function accepted(
  log: TransactionLog,
  { qualifies }: KnownFacts,
  options: CohortStartOptions,
  predicate: (purchase: LogRow) => boolean,
): Uint8Array | null {
  const flags = knownFacts(log, { ...options, qualifies: predicate }).qualifies;
  return flags && qualifies ? flags.map((flag, row) => flag & qualifies[row]) : flags;
}

function startsOfPurchases(
  { log, end }: KnownFacts,
  founding: Uint8Array | null,
): Omit<CohortStarts, "returns"> {
  const { offsets, at } = log;
  const start = new Float64Array(end.length).fill(Number.POSITIVE_INFINITY);
  const firstRow = new Uint32Array(end.length);
  for (let customer = 0; customer < end.length; customer++) {
    const first = offsets[customer];
    let row = first;
    if (founding) while (row < end[customer] && founding[row] !== 1) row++;
    if (row < end[customer]) {
      start[customer] = at[row];
      // Whatever else happened at that instant belongs to it, in whichever order it came in.
      while (row > first && at[row - 1] === at[row]) row--;
    }
    firstRow[customer] = row;
  }
  return { furtherIds: [], start, firstRow };
}

function returnsOf(
  log: TransactionLog,
  facts: KnownFacts,
  options: CohortStartOptions,
  start: Float64Array,
  founding: Uint8Array | null,
): Uint8Array | null {
  const { returnsWith } = options;
  if (!returnsWith) return facts.qualifies;
  const returns = accepted(log, facts, options, returnsWith);
  if (!returns) return null;
  for (let customer = 0; customer < start.length; customer++) {
    for (let row = log.offsets[customer]; row < facts.end[customer]; row++) {
      if (log.at[row] === start[customer] && (!founding || founding[row] === 1)) returns[row] = 0;
    }
  }
  return returns;
}

function startsGiven(
  facts: KnownFacts,
  startAt: NonNullable<CohortStartOptions["startAt"]>,
): Omit<CohortStarts, "returns"> {
  const { log, end } = facts;
  const { customerIds, offsets, at } = log;
  const begun = readStarts(facts, startAt);
  const inLog = new Float64Array(end.length).fill(Number.POSITIVE_INFINITY);
  const firstRow = new Uint32Array(end.length);
  for (let customer = 0; customer < end.length; customer++) {
    const begin = begun.get(customerIds[customer]);
    begun.delete(customerIds[customer]);
    let row = offsets[customer];
    if (begin !== undefined) {
      inLog[customer] = begin;
      while (row < end[customer] && at[row] < begin) row++;
    }
    firstRow[customer] = row;
  }
  // Those who are left never bought: without them the cohorts would consist of buyers only.
  const start = new Float64Array(inLog.length + begun.size);
  start.set(inLog);
  start.set([...begun.values()], inLog.length);
  return { furtherIds: [...begun.keys()], start, firstRow };
}

/** Whoever has started by `asOf`, and when. */
function readStarts(
  { log, end, asOf, timeZone }: KnownFacts,
  startAt: ByCustomer<Instant>,
): Map<string, number> {
  const startOf = customerReader(startAt, "options.startAt");
  const ids =
    typeof startAt === "function"
      ? log.customerIds.filter((_, customer) => end[customer] > log.offsets[customer])
      : startAt.keys();
  const begun = new Map<string, number>();
  for (const customerId of ids) {
    assertArgument(
      typeof customerId === "string",
      "options.startAt",
      () => `options.startAt has the customer id ${shown(customerId)}: pass it as text, as the log has it`,
    );
    const instant = startOf(customerId);
    if (instant === null) continue;
    const start = epochMs(instant, customerPath(startAt, "options.startAt", customerId), timeZone);
    if (start < asOf) begun.set(customerId, start);
  }
  return begun;
}
