import { assertArgument, shown } from "../../core/assert.js";
import { type Table, table } from "../../core/table.js";
import type { SegmentMembership } from "./segment-membership.js";

/** Who moved between the segments of one set, from one instant to another. */
export interface SegmentMigration {
  /** As of when it was before, epoch milliseconds. */
  readonly from: number;
  /** As of when it is now, epoch milliseconds. */
  readonly to: number;
  /** Each segment, in order of priority. */
  readonly segments: readonly SegmentMoves[];
  /** Who entered or left which segment, among the customers of both instants; segments in order of priority. */
  readonly moves: Table<SegmentMoveColumns>;
  /** How many customers of both instants went from which assigned segment to which; `null`: in none. */
  readonly flows: Table<SegmentFlowColumns>;
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

/** Columns of the flows between assigned segments. */
export interface SegmentFlowColumns {
  /** The segment before; `null`: none. */
  readonly from: readonly (string | null)[];
  /** The segment now; `null`: none. */
  readonly to: readonly (string | null)[];
  /** How many customers, those who stayed where they were included. */
  readonly customers: readonly number[];
}

/**
 * Who entered which segment, who left, who stayed?
 *
 * @param before - What {@link SegmentSet.evaluate} gave as of one instant.
 * @param after - What it gave as of another, or for other records: of the same segments.
 * @returns For each segment and for each customer who moved. Why one moved, {@link ruleChange} says.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the two are not of the same segments.
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
 * migration.flows.columns; // => { from: ["active", null], to: [null, "active"], customers: [1, 1] }
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
  const was = assignedOf(before);
  const is = assignedOf(after);
  const [membersBefore, membersAfter] = [membersOf(before), membersOf(after)];
  const moves = { customerId: [] as string[], segment: [] as string[], change: [] as ("entered" | "left")[] };
  const move = (customerId: string, segment: string, change: "entered" | "left"): void => {
    moves.customerId.push(customerId);
    moves.segment.push(segment);
    moves.change.push(change);
  };
  const segments = names.map((segment): SegmentMoves => {
    const [old, now] = [membersBefore.get(segment) ?? NOBODY, membersAfter.get(segment) ?? NOBODY];
    const counts = { stayed: 0, entered: 0, left: 0, joined: 0, gone: 0 };
    for (const id of old) {
      if (now.has(id)) counts.stayed++;
      else if (!is.has(id)) counts.gone++;
      else {
        counts.left++;
        move(id, segment, "left");
      }
    }
    for (const id of now) {
      if (old.has(id)) continue;
      if (!was.has(id)) counts.joined++;
      else {
        counts.entered++;
        move(id, segment, "entered");
      }
    }
    return { segment, before: old.size, after: now.size, ...counts };
  });
  return {
    from: before.asOf,
    to: after.asOf,
    segments,
    moves: table(moves),
    flows: flowsOf([...names, null], was, is),
    joined: [...is.keys()].filter((id) => !was.has(id)).length,
    gone: [...was.keys()].filter((id) => !is.has(id)).length,
  };
}

const NOBODY: ReadonlySet<string> = new Set();

function assignedOf({ assignment }: SegmentMembership): ReadonlyMap<string, string | null> {
  const { customerId, segment } = assignment.columns;
  return new Map(customerId.map((id, i) => [id, segment[i]]));
}

function membersOf({ members }: SegmentMembership): ReadonlyMap<string, ReadonlySet<string>> {
  const { customerId, segment } = members.columns;
  const sets = new Map<string, Set<string>>();
  for (let i = 0; i < customerId.length; i++) {
    const set = sets.get(segment[i]) ?? new Set();
    set.add(customerId[i]);
    sets.set(segment[i], set);
  }
  return sets;
}

function flowsOf(
  names: readonly (string | null)[],
  was: ReadonlyMap<string, string | null>,
  is: ReadonlyMap<string, string | null>,
): Table<SegmentFlowColumns> {
  const counts = new Map<string | null, Map<string | null, number>>();
  for (const [id, to] of is) {
    const from = was.get(id);
    if (from === undefined) continue;
    const row = counts.get(from) ?? new Map<string | null, number>();
    row.set(to, (row.get(to) ?? 0) + 1);
    counts.set(from, row);
  }
  const flows = names.flatMap((from) =>
    names.map((to) => ({ from, to, customers: counts.get(from)?.get(to) ?? 0 })),
  );
  const some = flows.filter(({ customers }) => customers > 0);
  return table({
    from: some.map(({ from }) => from),
    to: some.map(({ to }) => to),
    customers: some.map(({ customers }) => customers),
  });
}

function assertMembership(value: SegmentMembership, path: string): void {
  const { members, assignment, segments } = value ?? {};
  assertArgument(
    Array.isArray(segments) &&
      typeof members?.columns === "object" &&
      typeof assignment?.columns === "object",
    path,
    () => `${path} is ${shown(value)}: pass what evaluate() of a segment set gave`,
  );
}
