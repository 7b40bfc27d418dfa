import { ratio } from "../../core/rate.js";
import type { CheckedRule } from "./checked-rule.js";
import type { CompiledRule, CompileRuleOptions } from "./compiled-rule.js";
import { type CompiledSet, compileSet } from "./compiled-set.js";
import { placesIn } from "./member-bits.js";
import { setAnswers } from "./set-answers.js";

/**
 * Evaluates one rule over customers and a log: as a set of it and the segments that it reaches.
 *
 * @internal
 */
export function ruleEvaluator(
  { rule, segments }: CheckedRule,
  options: CompileRuleOptions,
): CompiledRule["evaluate"] {
  let name = "rule";
  while (segments.has(name)) name += "'";
  let compiled: CompiledSet | null = null;
  return (input, how) => {
    if (compiled === null) {
      const rules = Object.fromEntries([...segments, [name, rule]]);
      compiled = compileSet(rules, { ...options, segments: rules });
    }
    const { customerIds, members, withoutRecord } = setAnswers(compiled, input, how);
    const ids: string[] = [];
    for (const place of placesIn(members.get(name) ?? new Uint32Array(0))) ids.push(customerIds[place]);
    return {
      customerIds: ids,
      share: ratio(ids.length, customerIds.length, "customers asked about"),
      withoutRecord,
    };
  };
}
