import type { Result } from "../../core/result.js";
import { madeRuleProblems } from "./readable-rule.js";
import type { SegmentRule } from "./rule.js";
import type { RuleFieldMap, RuleFields } from "./rule-fields.js";
import { DEFAULT_LIMITS, plainCopy, type RuleLimits } from "./rule-limits.js";
import { assertRuleOptions } from "./rule-options.js";
import type { RuleProblem } from "./rule-problem.js";
import { type Faults, noFaults, outcomeOf, type RuleRefusal, reject } from "./rule-refusal.js";

/** Against what a query of another language is held. */
export interface ImportRuleOptions {
  /** The fields of the record, of which alone such a query can speak. */
  readonly fields: RuleFields;
  /** How large the query may be, and the rule that it makes. */
  readonly limits?: RuleLimits;
}

/** An import under way. @internal */
export interface RuleImport extends Faults {
  readonly fields: RuleFieldMap;
  /** From where in the query each part of the rule comes. */
  readonly places: WeakMap<object, PlaceOf>;
  /** Into how many items one text may be split. */
  readonly listLength: number;
  /** Into how many items all texts may be split. */
  readonly entries: number;
  /** Into how many items texts have been split. */
  items: number;
}

/** The path in the query of a part of a node: of `""` (the node itself), `"op"`, `"values"` with the index `"[3]"`. @internal */
export type PlaceOf = (part: string, index: string) => string;

/**
 * Reads a query within the limits, and holds the rule that it makes against them and the fields as any other rule: what is
 * wrong is told with its path in the query, which is all that its author has seen.
 *
 * @param name - With what paths in the query begin.
 * @param read - Makes the rule, as far as there is one: a fault in one place must not hide those in others.
 * @internal
 */
export function importedRule(
  query: unknown,
  name: string,
  options: ImportRuleOptions,
  read: (query: unknown, path: string, into: RuleImport) => SegmentRule | null,
): Result<SegmentRule, RuleRefusal> {
  assertRuleOptions(options);
  const { fields, limits } = options;
  const copy = plainCopy(query, limits, name);
  const into: RuleImport = {
    ...noFaults(),
    fields: fields.fields,
    places: new WeakMap(),
    listLength: limits?.listLength ?? DEFAULT_LIMITS.listLength,
    entries: limits?.entries ?? DEFAULT_LIMITS.entries,
    items: 0,
  };
  if (copy.problem) {
    into.problems.push(copy.problem);
    return outcomeOf<SegmentRule>(null, into);
  }
  const rule = read(copy.value, name, into);
  if (rule === null) return outcomeOf<SegmentRule>(null, into);
  for (const problem of madeRuleProblems(rule, options)) {
    const { path, value, reason } = placedProblem(problem, rule, into);
    reject(into, path, value, reason);
  }
  return outcomeOf(rule, into);
}

/** Remembers from where a node comes; the node. @internal */
export function placed<Rule extends SegmentRule>(into: RuleImport, rule: Rule, placeOf: PlaceOf): Rule {
  into.places.set(rule, placeOf);
  return rule;
}

/** The problem with its path in the query: that of the node, or of the nearest around it which comes from one place. */
function placedProblem(problem: RuleProblem, rule: SegmentRule, { places }: RuleImport): RuleProblem {
  let node: unknown = rule;
  let placeOf = places.get(rule);
  let end = "rule".length;
  const next = /\.of(?:\[(\d+)\])?/y;
  next.lastIndex = end;
  for (let step = next.exec(problem.path); step !== null; step = next.exec(problem.path)) {
    end = next.lastIndex;
    const { of } = node as { readonly of: unknown };
    node = step[1] === undefined ? of : (of as readonly unknown[])[Number(step[1])];
    placeOf = places.get(node as object) ?? placeOf;
  }
  if (placeOf === undefined) return problem;
  const [, part = "", index = ""] = /^\.(\w+)(.*)$/.exec(problem.path.slice(end)) ?? [];
  return { ...problem, path: placeOf(part, index) };
}
