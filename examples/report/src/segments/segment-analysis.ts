import {
  customerEventsReader,
  describeRule,
  epochMs,
  type SegmentMembership,
  type SegmentMigration,
  type SegmentMoves,
  segmentMigration,
  segmentSet,
  subtractDuration,
  type TransactionLog,
} from "clientele";
import { otherEvents } from "./customer-events.js";
import { type MoveReasons, moveReasons } from "./move-reasons.js";
import type { SegmentBase, SegmentCustomer } from "./segment-base.js";
import { fieldsOf } from "./segment-fields.js";
import type { StoredSegment } from "./stored-segments.js";
import { type LeftOutSegment, usableSegments } from "./usable-segments.js";

/** A segment in words. */
interface DescribedSegment {
  readonly name: string;
  /** Who is meant. */
  readonly words: string;
  /** What to do with them. */
  readonly action: string;
}

/** What became of a segment, and why. */
export type ExplainedMoves = SegmentMoves & { readonly reasons: MoveReasons };

/** The segments as they were, and who has moved since. */
export interface SegmentChanges {
  readonly migration: SegmentMigration;
  /** By segment, where customers may be in several. */
  readonly moves: readonly ExplainedMoves[];
}

/** What the segments that were written as rules say of a customer base. */
export interface SegmentAnalysis {
  /** In order of priority. */
  readonly segments: readonly DescribedSegment[];
  readonly leftOut: readonly LeftOutSegment[];
  readonly membership: SegmentMembership;
  /** Whether refunds that name no purchase stand in the log, where they count as transactions of their own. */
  readonly hasStrayRefunds: boolean;
  /** `null` where nothing had been bought by then, and where no segment is left. */
  readonly changes: SegmentChanges | null;
}

/** How far the two pictures lie apart. */
const APART = { months: 3 };

/** Who is in the segments, and who has entered or left them in the last three months? */
export function analyzeSegments(
  base: SegmentBase,
  stored: readonly StoredSegment[],
  asOf: string,
): SegmentAnalysis {
  const { log } = base;
  const { timeZone } = log;
  const fields = fieldsOf(base);
  const { usable, leftOut } = usableSegments(stored, fields);
  const rules = Object.fromEntries(usable.map(({ name, rule }) => [name, rule]));
  const priority = usable.map(({ name }) => name);
  const set = segmentSet(rules, { fields, asOf, timeZone, priority });
  const eventsOf = otherEvents(base);
  const hasOtherEvents = Object.keys(fields.events).some((kind) => kind !== "transactions");
  const inputAt = (end: number) => ({
    ...{ records: knownCustomers(base, end), idOf, log },
    ...(hasOtherEvents && { eventsOf }),
  });
  const membership = set.evaluate(inputAt(set.asOf));

  const from = subtractDuration(asOf, APART, { timeZone });
  const hasBefore = usable.length > 0 && (log.firstAt ?? from) < from;
  return {
    segments: usable.map(({ name, action, rule }) => ({
      name,
      action,
      words: describeRule(rule, { fields }),
    })),
    leftOut,
    membership,
    hasStrayRefunds: log.purchaseRow?.includes(-2) ?? false,
    changes: hasBefore ? changesSince(from) : null,
  };

  function changesSince(from: number): SegmentChanges {
    const migration = segmentMigration(set.at(from).evaluate(inputAt(from)), membership);
    const customers = new Map(base.customers?.map((record) => [idOf(record), record]));
    const boughtBy = new Map([from, set.asOf].map((end) => [end, customerEventsReader(log, { asOf: end })]));
    const reasonsOf = moveReasons(migration, {
      set,
      fields,
      customerAt: (id, end) => {
        const record = customers.get(id) ?? { id };
        return { record, events: { ...eventsOf(record), ...boughtBy.get(end)?.(id) } };
      },
    });
    return {
      migration,
      moves: migration.segments.map((each) => ({ ...each, reasons: reasonsOf(each.segment) })),
    };
  }
}

function idOf({ id }: SegmentCustomer): string {
  return String(id);
}

/** The customers on file by now; without a file those who have a transaction by now. */
function knownCustomers({ log, customers }: SegmentBase, asOf: number): readonly SegmentCustomer[] {
  if (!customers) return boughtBy(log, asOf).map((id) => ({ id }));
  return customers.filter(
    ({ createdAt }) => createdAt == null || epochMs(createdAt, "createdAt", log.timeZone) < asOf,
  );
}

function boughtBy({ customerIds, offsets, at }: TransactionLog, asOf: number): string[] {
  return customerIds.filter((_, place) => Number(at[offsets[place] ?? 0]) < asOf);
}
