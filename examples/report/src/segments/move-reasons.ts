import {
  type CustomerFacts,
  describeNode,
  migrationReasons,
  type RuleFields,
  rows,
  type SegmentMigration,
  type SegmentSet,
} from "clientele";

/** Why customers entered a segment or left it: the condition that decided for most of them. */
export interface MoveReason {
  readonly words: string;
  /** For how many it decided, alone or with others. */
  readonly customers: number;
}

/** Customers who entered a segment or left it, and why. */
export interface MoveReasons {
  /** `null` where nobody did. */
  readonly entered: MoveReason | null;
  readonly left: MoveReason | null;
}

/** Of whom and of what the reasons speak. */
export interface MoveContext {
  readonly set: SegmentSet;
  readonly fields: RuleFields;
  /** A customer, and what they had done by then (epoch milliseconds). */
  readonly customerAt: (customerId: string, asOf: number) => CustomerFacts;
}

/** By which conditions did most customers move? A function of the segment. */
export function moveReasons(
  migration: SegmentMigration,
  { set, fields, customerAt }: MoveContext,
): (segment: string) => MoveReasons {
  const ofAll = rows(migrationReasons(migration, set, customerAt).reasons);

  function most(segment: string, change: "entered" | "left"): MoveReason | null {
    // The condition that decided for most comes first.
    const reason = ofAll.find((each) => each.segment === segment && each.change === change);
    return reason ? { words: wordsOf(reason), customers: reason.customers } : null;
  }

  function wordsOf({ segment, path, holds }: (typeof ofAll)[number]): string {
    const rule = set.rules[segment];
    const words =
      rule === undefined || path === `segments.${segment}`
        ? "its one condition"
        : describeNode(rule, path, { fields, segments: set.rules });
    return holds ? words : `no longer: ${words}`;
  }

  return (segment) => ({ entered: most(segment, "entered"), left: most(segment, "left") });
}
