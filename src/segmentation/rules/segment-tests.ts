import type { SegmentRule } from "./rule.js";
import { segmentMentions } from "./segment-order.js";

/** How the tests of the segments to which a rule refers are made. @internal */
export interface SegmentTestMaker<Test> {
  /** Makes the test of a segment; those of the segments to which it refers are there already. */
  readonly compile: (rule: SegmentRule, segments: ReadonlyMap<string, Test>, name: string) => Test;
  /** The same test, which keeps its answer as long as the same customer is asked about. */
  readonly remembered: (test: Test) => Test;
}

/** The tests of a set of segments. @internal */
export interface SegmentTests<Test> {
  readonly segments: ReadonlyMap<string, Test>;
  /** To be asked about a customer before the rule is, in this order, so that no answer calls for a deep chain of others. */
  readonly ahead: readonly Test[];
  /** Whether some test remembers. */
  readonly remembers: boolean;
}

/** How many rules may lie in each other by way of segments before answers are settled ahead: far less than a call stack. */
const DEEP = 200;

/**
 * The tests of segments, given in order of reference.
 *
 * A segment that is mentioned more than once remembers its answer: where each of thirty mentions the one before it twice,
 * asking anew each time would take a thousand million questions. The end of a long chain is asked about ahead.
 *
 * @internal
 */
export function segmentTests<Test>(
  rule: SegmentRule,
  trees: ReadonlyMap<string, SegmentRule>,
  { compile, remembered }: SegmentTestMaker<Test>,
): SegmentTests<Test> {
  const mentions = new Map<string, number>();
  for (const tree of [rule, ...trees.values()])
    for (const name of segmentMentions(tree)) mentions.set(name, (mentions.get(name) ?? 0) + 1);

  const segments = new Map<string, Test>();
  const levels = new Map<string, number>();
  const ahead: Test[] = [];
  let remembers = false;
  for (const [name, tree] of trees) {
    const below = segmentMentions(tree).reduce((most, other) => Math.max(most, levels.get(other) ?? 0), 0);
    const level = depthOf(tree) + below;
    const isDeep = level > DEEP;
    const isRemembered = isDeep || (mentions.get(name) ?? 0) > 1;
    const test = compile(tree, segments, name);
    const kept = isRemembered ? remembered(test) : test;
    if (isDeep) ahead.push(kept);
    if (isRemembered) remembers = true;
    levels.set(name, isDeep ? 0 : level);
    segments.set(name, kept);
  }
  return { segments, ahead, remembers };
}

function depthOf(rule: SegmentRule): number {
  if (rule.op === "not") return 1 + depthOf(rule.of);
  if (rule.op !== "all" && rule.op !== "any" && rule.op !== "atLeast") return 1;
  return 1 + rule.of.reduce((deepest, part) => Math.max(deepest, depthOf(part)), 0);
}
