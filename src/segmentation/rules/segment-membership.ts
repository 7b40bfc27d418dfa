import { type Rate, ratio } from "../../core/rate.js";
import { type Table, table } from "../../core/table.js";
import { type MemberBits, placesIn, sizeOf } from "./member-bits.js";
import { type SegmentOverlap, segmentOverlaps } from "./segment-overlap.js";

/** Who is in which segment: the customers of a set, as of an instant. */
export interface SegmentMembership {
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
  /** How far each two segments share their customers; pairs in order of priority. */
  readonly overlaps: readonly SegmentOverlap[];
  /** One row for each customer and segment whose rule holds: segments in order of priority, customers as they came. */
  readonly members: Table<SegmentMemberColumns>;
  /** One row for each customer, as they came: the first segment whose rule holds, `null` for none. */
  readonly assignment: Table<SegmentAssignmentColumns>;
  /** Customers of the log who are not among the records, and were left out. */
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

/** @internal */
export function membershipOf(
  { customerIds, members, withoutRecord }: SetAnswers,
  names: readonly string[],
  clock: { readonly asOf: number; readonly timeZone: string },
): SegmentMembership {
  const customers = customerIds.length;
  const bits = names.map((name) => members.get(name) ?? new Uint32Array(0));
  const assigned: (string | null)[] = new Array(customers).fill(null);
  const memberIds: string[] = [];
  const memberSegments: string[] = [];
  const sizes: SegmentSize[] = names.map((segment, i) => {
    let first = 0;
    for (const place of placesIn(bits[i])) {
      memberIds.push(customerIds[place]);
      memberSegments.push(segment);
      if (assigned[place] !== null) continue;
      assigned[place] = segment;
      first++;
    }
    return {
      segment,
      members: ratio(sizeOf(bits[i]), customers, BASE),
      assigned: ratio(first, customers, BASE),
    };
  });
  const none = sizes.reduce((left, { assigned: first }) => left - first.numerator, customers);
  return {
    asOf: clock.asOf,
    timeZone: clock.timeZone,
    customers,
    segments: sizes,
    unassigned: ratio(none, customers, BASE),
    overlaps: segmentOverlaps(names, bits),
    members: table({ customerId: memberIds, segment: memberSegments }),
    assignment: table({ customerId: customerIds, segment: assigned }),
    withoutRecord,
  };
}

const BASE = "customers asked about";
