import { assertArgument, shown } from "../../core/assert.js";
import { type Table, table } from "../../core/table.js";
import { type MigrationFlowColumns, migrationFlows } from "../migration-flows.js";
import { isMember, type MemberBits, placesIn } from "./member-bits.js";
import { assertMembership, memberBits, type SegmentMembership } from "./segment-membership.js";

/** Who moved between the segments of one set, from one instant to another. */
export interface SegmentMigration {
  /** The earlier instant, epoch milliseconds. */
  readonly before: number;
  /** The later instant, epoch milliseconds. */
  readonly after: number;
  /** Each segment, in order of priority. */
  readonly segments: readonly SegmentMoves[];
  /** Who entered or left which segment, among the customers of both instants; segments in order of priority. */
  readonly moves: Table<SegmentMoveColumns>;
  /** How many customers went from which assigned segment to which: each customer of either instant is in one flow. */
  readonly flows: Table<MigrationFlowColumns>;
  /** Customers who are there now and were not before. */
  readonly joined: number;
  /** Customers who were there before and are not now. */
  readonly gone: number;
}

/** What became of one segment: `before = stayed + left + gone`, `after = stayed + entered + joined`. */
export interface SegmentMoves {
  /** Name of the segment. */
  readonly segment: string;
  /** Members before. */
  readonly before: number;
  /** Members now. */
  readonly after: number;
  /** Members before and now. */
  readonly stayed: number;
  /** Members now who were customers before, but no members. */
  readonly entered: number;
  /** Members before who are customers now, but no members. */
  readonly left: number;
  /** Members now who were no customers before. */
  readonly joined: number;
  /** Members before who are no customers now. */
  readonly gone: number;
}

/** Columns of the moves of customers. */
export interface SegmentMoveColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** Of which segment. */
  readonly segment: readonly string[];
  /** What happened. */
  readonly change: readonly ("entered" | "left")[];
}

/**
 * Who entered which segment, who left, who stayed?
 *
 * @param before - What {@link SegmentSet.evaluate} gave as of one instant.
 * @param after - What it gave as of a later one, or for other records: of the same segments and rules.
 * @returns For each segment and for each customer who moved. By which conditions they moved, {@link migrationReasons} says.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the two are not of the same rules, or `after` is the earlier one.
 * @example
 * ```ts
 * import { ruleBuilder, ruleFields, segmentMigration, segmentSet } from "clientele";
 *
 * const fields = ruleFields({}, { visits: {} });
 * const visits = ruleBuilder(fields).events("visits").within({ last: { days: 30 } });
 * const june = segmentSet({ active: visits.did() }, { fields, asOf: "2024-07-01" });
 * const records = [{ customerId: "ani", visits: ["2024-06-20"] }, { customerId: "budi", visits: ["2024-07-20"] }];
 * const eventsOf = (customer: { visits: string[] }) => ({ visits: customer.visits.map((at) => ({ at })) });
 * const july = june.at("2024-08-01");
 * const migration = segmentMigration(june.evaluate({ records, eventsOf }), july.evaluate({ records, eventsOf }));
 * migration.moves.columns.change; // => ["left", "entered"]
 * migration.flows.columns.change; // => ["left", "entered"]
 * ```
 */
export function segmentMigration(before: SegmentMembership, after: SegmentMembership): SegmentMigration {
  assertMembership(before, "before");
  assertMembership(after, "after");
  const names = after.segments.map(({ segment }) => segment);
  const earlier = before.segments.map(({ segment }) => segment);
  const known = new Set(earlier);
  const strange = names.find((name) => !known.has(name)) ?? earlier.find((name) => !names.includes(name));
  assertArgument(
    strange === undefined,
    "before",
    () =>
      `before and after are of different segments, one of them has no ${shown(strange)}: pass two results of one set`,
  );
  assertArgument(
    before.rules === after.rules,
    "before",
    () =>
      "before and after are of segments of the same names and other rules, fields or calendar: pass two results of one set",
  );
  assertArgument(
    before.asOf <= after.asOf,
    "after",
    () =>
      `after is as of ${shown(new Date(after.asOf))}, and before as of ${shown(new Date(before.asOf))}, which is later: swap them`,
  );
  const [was, is] = [customersOf(before), customersOf(after)];
  const [nowOf, thenOf] = [placesAmong(was, is), placesAmong(is, was)];
  const moves = { customerId: [] as string[], segment: [] as string[], change: [] as ("entered" | "left")[] };
  const move = (customerId: string, segment: string, change: "entered" | "left"): void => {
    moves.customerId.push(customerId);
    moves.segment.push(segment);
    moves.change.push(change);
  };
  const segments = names.map((segment): SegmentMoves => {
    const [old, now] = [was.members.get(segment) ?? NOBODY, is.members.get(segment) ?? NOBODY];
    const counts = { stayed: 0, entered: 0, left: 0, joined: 0, gone: 0 };
    for (const place of placesIn(old)) {
      if (nowOf[place] === NOT_THERE) counts.gone++;
      else if (isMember(now, nowOf[place])) counts.stayed++;
      else {
        counts.left++;
        move(was.ids[place], segment, "left");
      }
    }
    for (const place of placesIn(now)) {
      if (thenOf[place] === NOT_THERE) counts.joined++;
      else if (!isMember(old, thenOf[place])) {
        counts.entered++;
        move(is.ids[place], segment, "entered");
      }
    }
    const { stayed, entered, left, joined, gone } = counts;
    return { segment, before: stayed + left + gone, after: stayed + entered + joined, ...counts };
  });
  return {
    before: before.asOf,
    after: after.asOf,
    segments,
    moves: table(moves),
    flows: migrationFlows(names, assignedOf(before), assignedOf(after)),
    joined: missing(thenOf),
    gone: missing(nowOf),
  };
}

const NOBODY: MemberBits = new Uint32Array(0);

/** The customers of one instant, by place. */
interface PlacedCustomers {
  readonly ids: readonly string[];
  readonly members: ReadonlyMap<string, MemberBits>;
}

function customersOf(membership: SegmentMembership): PlacedCustomers {
  const bits = memberBits(membership);
  return {
    ids: membership.assignment.columns.customerId,
    members: new Map(membership.segments.map(({ segment }, i) => [segment, bits[i]])),
  };
}

const NOT_THERE = -1;

/** For each customer, the place among the others. */
function placesAmong({ ids }: PlacedCustomers, others: PlacedCustomers): Int32Array {
  const places = new Map(others.ids.map((id, place) => [id, place]));
  return Int32Array.from(ids, (id) => places.get(id) ?? NOT_THERE);
}

function missing(places: Int32Array): number {
  let count = 0;
  for (let i = 0; i < places.length; i++) if (places[i] === NOT_THERE) count++;
  return count;
}

function assignedOf({ assignment }: SegmentMembership): ReadonlyMap<string, string | null> {
  const { customerId, segment } = assignment.columns;
  return new Map(customerId.map((id, i) => [id, segment[i]]));
}
