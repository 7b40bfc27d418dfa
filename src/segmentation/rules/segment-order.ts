import type { SegmentRule } from "./rule.js";
import { type RuleProblem, ruleError } from "./rule-problem.js";

/** The names of the segments to which a rule refers itself, each once, in order of appearance. @internal */
export function segmentsIn(rule: SegmentRule): string[] {
  return [...new Set(segmentMentions(rule))];
}

/** The names of the segments to which a rule refers itself, as often as it does. @internal */
export function segmentMentions(rule: SegmentRule): string[] {
  const names: string[] = [];
  const pending: SegmentRule[] = [rule];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.op === "segment") names.push(next.segment);
    else if (next.op === "not") pending.push(next.of);
    else if (next.op === "all" || next.op === "any" || next.op === "atLeast")
      for (let i = next.of.length - 1; i >= 0; i--) pending.push(next.of[i]);
  }
  return names;
}

/** A segment whose references are being looked at. */
interface OpenSegment {
  readonly name: string;
  readonly refersTo: readonly string[];
  next: number;
}

/**
 * The segments in an order in which each comes after those to which it refers.
 *
 * Goes along with a list of its own instead of by recursion: a set may have chains of many thousands.
 *
 * @param ruleOf - Gives the rule of a segment, once for each: checked, where it comes from a caller.
 * @returns Names; only those that the wanted ones reach.
 * @throws `INVALID_ARGUMENT` when segments refer to each other in a circle, or to one that there is not.
 * @internal
 */
export function segmentOrder(
  segments: Readonly<Record<string, SegmentRule>>,
  wanted: Iterable<string>,
  ruleOf: (name: string) => SegmentRule = (name) => segments[name],
): string[] {
  const order: string[] = [];
  const isDone = new Map<string, boolean>();
  const trail: OpenSegment[] = [];
  const open = (name: string): void => {
    const state = isDone.get(name);
    if (state === true) return;
    const from = trail.at(-1)?.name ?? name;
    if (state === false) refuse(from, name, `refers to itself: ${circle(trail, name)}`);
    if (!Object.hasOwn(segments, name)) refuse(from, name, "is no segment of this set");
    isDone.set(name, false);
    trail.push({ name, refersTo: segmentsIn(ruleOf(name)), next: 0 });
  };
  for (const name of wanted) {
    open(name);
    for (let last = trail.at(-1); last !== undefined; last = trail.at(-1)) {
      if (last.next < last.refersTo.length) {
        open(last.refersTo[last.next++]);
      } else {
        isDone.set(last.name, true);
        order.push(last.name);
        trail.pop();
      }
    }
  }
  return order;
}

function refuse(from: string, name: string, reason: string): never {
  const problem: RuleProblem = { path: `segments.${from}`, reason, value: name };
  throw ruleError([problem]);
}

/** How many names of a circle an error message spells out. */
const LISTED = 20;

function circle(trail: readonly OpenSegment[], name: string): string {
  const names = trail.slice(trail.findIndex((open) => open.name === name)).map((open) => open.name);
  const more = names.length - LISTED;
  const listed = more > 0 ? [...names.slice(0, LISTED), `(${more} more)`] : names;
  return [...listed, name].join(" > ");
}
