import type { EventLeaf, SharedTally } from "./event-leaf.js";
import type { EventTest } from "./event-pick.js";
import type { FieldRecord } from "./field-reader.js";
import type { SharedCounts } from "./shared-counts.js";
import type { TotalsAfter } from "./totals-after.js";

/** Conditions that test the same of an event and read the same field: both are done once for all of them. @internal */
export interface CountedGroup {
  readonly test: EventTest | null;
  readonly read: ((event: FieldRecord) => unknown) | null;
  /** Those with totals of their own. */
  readonly conditions: readonly CountedCondition[];
  /** Those that share what is counted for them. */
  readonly shared: readonly SharedConditions[];
}

/** A condition that counts events one by one. */
interface CountedCondition {
  /** Its place among the conditions. */
  readonly slot: number;
  /** The instants at which events count: from one up to, not including, another; epoch milliseconds. */
  readonly start: number;
  readonly before: number;
  readonly more: TotalsAfter;
}

/** Conditions for which the same is counted, in windows that end together. @internal */
export interface SharedConditions {
  /** Where what is counted for them is kept among the totals: in the place of the first of them. */
  readonly slot: number;
  /** The widest of their windows. */
  readonly start: number;
  readonly before: number;
  readonly counts: SharedCounts;
  readonly members: readonly SharedMember[];
}

interface SharedMember {
  /** Its place among the conditions. */
  readonly slot: number;
  /** Where its window begins, epoch milliseconds. */
  readonly start: number;
}

/** By kind of event, the conditions of a set that count its events one by one. @internal */
export function countedGroups(leaves: readonly EventLeaf[]): ReadonlyMap<string, readonly CountedGroup[]> {
  const kinds = new Map<string, CountedGroup[]>();
  const groups = new Map<string, OpenGroup>();
  leaves.forEach(({ rule, kinds: [kind], tally }, slot) => {
    if (tally === null || rule.op === "sequence") return;
    const { pick, read, more } = tally;
    const { start, before, test } = pick;
    const key = JSON.stringify([kind, rule.where ?? null, "field" in rule ? rule.field : null]);
    let group = groups.get(key);
    if (group === undefined) {
      group = { test, read, conditions: [], shared: [], sharing: new Map() };
      groups.set(key, group);
      kinds.set(kind, [...(kinds.get(kind) ?? []), group]);
    }
    if ("after" in more) group.conditions.push({ slot, start, before, more });
    else share(group, more, { slot, start }, before);
  });
  return kinds;
}

interface OpenGroup extends CountedGroup {
  readonly conditions: CountedCondition[];
  readonly shared: OpenSharing[];
  /** Those that share, by what they count and where their windows end. */
  readonly sharing: Map<string, OpenSharing>;
}

interface OpenSharing extends SharedConditions {
  start: number;
  counts: SharedCounts;
  readonly members: SharedMember[];
}

function share(
  { shared, sharing }: OpenGroup,
  { key, counts }: SharedTally,
  member: SharedMember,
  before: number,
): void {
  const { slot, start } = member;
  const of = `${key} ${before}`;
  const open = sharing.get(of) ?? { slot, start, before, counts, members: [] };
  if (open.members.length === 0) {
    sharing.set(of, open);
    shared.push(open);
  }
  open.members.push(member);
  if (start >= open.start) return;
  // What is counted for the widest window is enough for all.
  open.start = start;
  open.counts = counts;
}
