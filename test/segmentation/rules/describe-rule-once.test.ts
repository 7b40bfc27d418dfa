import fc from "fast-check";
import { expect, it } from "vitest";
import { describeRule } from "../../../src/segmentation/rules/describe-rule.js";
import type { SegmentRule } from "../../../src/segmentation/rules/rule.js";
import { shopFields, someRule } from "./some-rules.js";

type Tree = Readonly<Record<string, unknown>>;

/** What may be left out of a rule without a change of its meaning. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  ...{ ignoreCase: false, direction: "next", minimum: 1, offset: 0 },
  ...{ years: 0, months: 0, weeks: 0, days: 0 },
};

/** Rules of one tree say the same in as many keys; what is left is told apart by its words. */
function plainest(given: unknown): unknown {
  if (Array.isArray(given)) return given.map(plainest);
  if (typeof given !== "object" || given === null) return Object.is(given, -0) ? 0 : given;
  const rule = untilAsBefore(given as Tree);
  if (rule.op === "atLeast" && rule.count === 0) return { of: [], op: "all" };
  if ((rule.op === "all" || rule.op === "any") && Array.isArray(rule.of) && rule.of.length === 1)
    return plainest(rule.of[0]);
  const kept = Object.keys(rule)
    .filter((key) => rule[key] !== DEFAULTS[key])
    .filter((key) => !(key === "count" && "calendar" in rule && rule[key] === 1))
    .filter((key) => !(key === "where" && JSON.stringify(plainest(rule[key])) === '{"of":[],"op":"all"}'));
  return Object.fromEntries(kept.sort().map((key) => [key, plainest(rule[key])]));
}

/** A window that only ends is what `lt` says, too: before its end. */
function untilAsBefore(rule: Tree): Tree {
  const { window, ...rest } = rule;
  const until = rule.op === "within" && Object.keys(window as Tree).join() === "until";
  return until ? { ...rest, op: "lt", value: (window as Tree).until } : rule;
}

it.each(["en", "id"] as const)("says no two rules in the same words: %s", (language) => {
  const rules = new Map<string, string>();
  const same: string[][] = [];
  fc.assert(
    fc.property(someRule, (rule: SegmentRule) => {
      const words = describeRule(rule, { fields: shopFields, language });
      const tree = JSON.stringify(plainest(rule));
      const other = rules.get(words) ?? tree;
      if (other !== tree) same.push([words, other, tree]);
      rules.set(words, tree);
    }),
    { numRuns: 3000 },
  );
  expect(same).toEqual([]);
});
