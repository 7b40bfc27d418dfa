import { assertArgument, shown } from "../../core/assert.js";
import { type Rate, ratio } from "../../core/rate.js";
import { type Table, table } from "../../core/table.js";
import {
  addMember,
  addMembers,
  type MemberBits,
  memberIds,
  noMembers,
  placesIn,
  sizeOf,
} from "./member-bits.js";
import { type SegmentOverlap, segmentOverlaps } from "./segment-overlap.js";

/** Who is in which segment: the customers of a set, as of an instant. */
export interface SegmentMembership {
  /** Of which rules, fields and calendar: differs where these do; of operators of your own the names alone count. */
  readonly rules: string;
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** IANA zone of days, weeks and months. */
  readonly timeZone: string;
  /** How many customers were asked about. */
  readonly customers: number;
  /** The segments in order of priority. */
  readonly segments: readonly SegmentSize[];
  /** Customers in no segment at all, of all customers. */
  readonly unassigned: Rate;
  /** How far each two segments share their customers; pairs in order of priority. Made when it is first read. */
  readonly overlaps: readonly SegmentOverlap[];
  /**
   * One row for each customer and segment whose rule holds: segments in order of priority, customers as they came. Made when
   * it is first read; reading it is refused above 67,108,864 rows, for which {@link segmentMembers} gives one segment.
   */
  readonly members: Table<SegmentMemberColumns>;
  /** One row for each customer, as they came: the first segment whose rule holds, `null` for none. */
  readonly assignment: Table<SegmentAssignmentColumns>;
  /** Customers of the log, with a row before `asOf`, who are not among the records, and were left out. */
  readonly withoutRecord: number;
}

/** How large a segment is. */
export interface SegmentSize {
  /** Name of the segment. */
  readonly segment: string;
  /** Customers for whom its rule holds, of all customers. */
  readonly members: Rate;
  /** Customers for whom its rule is the first that holds, of all customers. */
  readonly assigned: Rate;
}

/** Columns of the members of segments, who may be in several. */
export interface SegmentMemberColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** In which segment. */
  readonly segment: readonly string[];
}

/** Columns of the one segment of each customer. */
export interface SegmentAssignmentColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** The first segment whose rule holds; `null`: none. */
  readonly segment: readonly (string | null)[];
}

/** The answers about many customers, by segment. @internal */
export interface SetAnswers {
  readonly customerIds: readonly string[];
  /** By segment, who is in it by place among the customers. */
  readonly members: ReadonlyMap<string, MemberBits>;
  readonly withoutRecord: number;
}

/** By membership, who is in its segments, by place among its customers; those read from JSON have none. */
const BITS = new WeakMap<SegmentMembership, readonly MemberBits[]>();

/** @internal */
export function membershipOf(
  { customerIds, members, withoutRecord }: SetAnswers,
  names: readonly string[],
  clock: { readonly asOf: number; readonly timeZone: string },
  rules: string,
): SegmentMembership {
  const customers = customerIds.length;
  const bits = names.map((name) => members.get(name) ?? noMembers(customers));
  const assigned: (string | null)[] = new Array(customers).fill(null);
  const inAny = noMembers(customers);
  const sizes: SegmentSize[] = names.map((segment, i) => {
    const first = addMembers(inAny, bits[i]);
    for (const place of placesIn(first)) assigned[place] = segment;
    return {
      segment,
      members: ratio(sizeOf(bits[i]), customers, BASE),
      assigned: ratio(sizeOf(first), customers, BASE),
    };
  });
  let overlaps: readonly SegmentOverlap[] | null = null;
  let rows: Table<SegmentMemberColumns> | null = null;
  const membership: SegmentMembership = {
    rules,
    asOf: clock.asOf,
    timeZone: clock.timeZone,
    customers,
    segments: sizes,
    unassigned: ratio(customers - sizeOf(inAny), customers, BASE),
    // With hundreds of segments these two are far larger than all the rest.
    get overlaps() {
      overlaps ??= segmentOverlaps(names, bits);
      return overlaps;
    },
    get members() {
      rows ??= memberRows(names, bits, customerIds);
      return rows;
    },
    assignment: table({ customerId: customerIds, segment: assigned }),
    withoutRecord,
  };
  BITS.set(membership, bits);
  return membership;
}

const BASE = "customers asked about";

/** Two lists of these take a gigabyte. */
const MOST_ROWS = 2 ** 26;

function memberRows(
  names: readonly string[],
  bits: readonly MemberBits[],
  customerIds: readonly string[],
): Table<SegmentMemberColumns> {
  const count = bits.reduce((sum, own) => sum + sizeOf(own), 0);
  assertArgument(
    count <= MOST_ROWS,
    "members",
    () => `members has ${count} rows, more than ${MOST_ROWS}: ask segmentMembers() for one segment at a time`,
  );
  const customerId: string[] = new Array(count);
  const segment: string[] = new Array(count);
  let row = 0;
  bits.forEach((own, i) => {
    for (const place of placesIn(own)) {
      customerId[row] = customerIds[place];
      segment[row++] = names[i];
    }
  });
  return table({ customerId, segment });
}

/**
 * Who is in this one segment?
 *
 * @param membership - What {@link SegmentSet.evaluate} gave.
 * @param segment - Name of the segment.
 * @returns Ids of the customers for whom its rule holds, as they came.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` for no membership, and for no segment of it.
 * @example
 * ```ts
 * import { ruleBuilder, ruleFields, segmentMembers, segmentSet } from "clientele";
 *
 * const fields = ruleFields({ plan: "text" });
 * const set = segmentSet({ paying: ruleBuilder(fields).field("plan").ne("free") }, { fields, asOf: "2024-07-01" });
 * const records = [{ customerId: "ani", plan: "pro" }, { customerId: "budi", plan: "free" }];
 * segmentMembers(set.evaluate({ records }), "paying"); // => ["ani"]
 * ```
 */
export function segmentMembers(membership: SegmentMembership, segment: string): readonly string[] {
  assertMembership(membership, "membership");
  const place = membership.segments.findIndex((size) => size.segment === segment);
  assertArgument(
    place !== -1,
    "segment",
    () =>
      `segment is ${shown(segment)}, which the membership does not have: pass the name of one of its segments`,
  );
  return memberIds(memberBits(membership)[place], membership.assignment.columns.customerId);
}

/** By segment, who is in it, by place among the customers. @internal */
export function memberBits(membership: SegmentMembership): readonly MemberBits[] {
  const known = BITS.get(membership);
  if (known) return known;
  const { segments, members, assignment, customers } = membership;
  const bits = segments.map(() => noMembers(customers));
  const bitsOf = new Map(segments.map(({ segment }, i) => [segment, bits[i]]));
  const places = new Map(assignment.columns.customerId.map((id, place) => [id, place]));
  const { customerId, segment } = members.columns;
  for (let row = 0; row < customerId.length; row++) {
    const own = bitsOf.get(segment[row]);
    const place = places.get(customerId[row]);
    if (own !== undefined && place !== undefined) addMember(own, place);
  }
  return bits;
}

/** @internal */
export function assertMembership(value: SegmentMembership, path: string): void {
  const isKnown = typeof value === "object" && value !== null && BITS.has(value);
  // Not looked at where they need not be made.
  const { segments, assignment } = value ?? {};
  assertArgument(
    isKnown ||
      (Array.isArray(segments) &&
        typeof value.members?.columns === "object" &&
        typeof assignment?.columns === "object"),
    path,
    () => `${path} is ${shown(value)}: pass what evaluate() of a segment set gave`,
  );
}
