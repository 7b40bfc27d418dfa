import { type Rate, ratio } from "../../core/rate.js";
import { type MemberBits, sizeOf, sizeOfBoth } from "./member-bits.js";

/** How far two segments share their customers. */
export interface SegmentOverlap {
  /** The segment of higher priority. */
  readonly segment: string;
  /** The other one. */
  readonly other: string;
  /** Customers in both, of those in `segment`. */
  readonly ofSegment: Rate;
  /** Customers in both, of those in `other`. */
  readonly ofOther: Rate;
  /** Customers in both, of those in either: 0 for none in common, 1 for the same customers (Jaccard 1901). */
  readonly jaccard: Rate;
}

/** Each two segments, in their order. @internal */
export function segmentOverlaps(names: readonly string[], bits: readonly MemberBits[]): SegmentOverlap[] {
  const sizes = bits.map(sizeOf);
  return names.flatMap((segment, a) =>
    names.slice(a + 1).map((other, i) => {
      const b = a + 1 + i;
      const both = sizeOfBoth(bits[a], bits[b]);
      return {
        segment,
        other,
        ofSegment: ratio(both, sizes[a], `customers in ${segment}`),
        ofOther: ratio(both, sizes[b], `customers in ${other}`),
        jaccard: ratio(both, sizes[a] + sizes[b] - both, `customers in ${segment} or ${other}`),
      };
    }),
  );
}
