import { type RuleFields, ruleProblems } from "clientele";
import { nameForPeople } from "./segment-fields.js";
import type { StoredSegment } from "./stored-segments.js";

/** A segment that the data cannot answer. */
export interface LeftOutSegment {
  readonly name: string;
  /** What its rule asks about and the data lack, in words for people. */
  readonly lacks: readonly string[];
}

/** The segments that the data can answer, and the others. */
export interface UsableSegments {
  readonly usable: readonly StoredSegment[];
  readonly leftOut: readonly LeftOutSegment[];
}

/**
 * Which segments can be asked of these data?
 *
 * The rules are good: they were parsed against all that a shop may have. So whatever is wrong with one now is a field, a kind of
 * event or a segment that is not there. Leaving one out may take others along that refer to it.
 */
export function usableSegments(stored: readonly StoredSegment[], fields: RuleFields): UsableSegments {
  const leftOut = new Map<string, readonly string[]>();
  let usable = stored;
  for (let before = -1; before !== leftOut.size; ) {
    before = leftOut.size;
    const segments = usable.map(({ name }) => name);
    for (const { name, rule } of usable) {
      const lacks = ruleProblems(rule, { fields, segments }).map(({ value }) => nameForPeople(String(value)));
      if (lacks.length > 0) leftOut.set(name, [...new Set(lacks)]);
    }
    usable = usable.filter(({ name }) => !leftOut.has(name));
  }
  return {
    usable,
    leftOut: stored.flatMap(({ name }) => {
      const lacks = leftOut.get(name);
      return lacks ? [{ name, lacks }] : [];
    }),
  };
}
