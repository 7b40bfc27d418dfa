import type { RuleProblem } from "./rule-problem.js";

/** The version of the rule language that this release writes. @internal */
export const RULE_VERSION = 1;

/** Rewrites a rule of one version as one of the next; the place is the version from which it leads. */
const STEPS: readonly ((rule: unknown) => unknown)[] = [
  // 0, the language before documents had a version, says the same as 1.
  (rule) => rule,
];

/** Whether what was stored is a document with a version, rather than the rule alone. */
function isRuleDocument(stored: unknown): stored is { readonly version: unknown; readonly rule?: unknown } {
  return typeof stored === "object" && stored !== null && !Array.isArray(stored) && "version" in stored;
}

/** Whether this release knows a version of the rule language. @internal */
export function isRuleVersion(version: unknown): version is number {
  return Number.isInteger(version) && (version as number) >= 0 && (version as number) <= RULE_VERSION;
}

/** A rule whose shape is unchecked, or why there is none. @internal */
export type StoredTree =
  | { readonly rule: unknown; readonly problem: null }
  | { readonly rule: null; readonly problem: RuleProblem };

/**
 * The rule in what was stored: a document of the present version, or a tree. A tree without a version is of the present
 * one, as the builders make it; only who says so in so many words ({@link migrateRule} with `from`) has older ones.
 *
 * @internal
 */
export function presentTree(stored: unknown): StoredTree {
  return isRuleDocument(stored) && stored.version !== RULE_VERSION
    ? { rule: null, problem: otherVersion(stored.version) }
    : presentVersion(stored, RULE_VERSION);
}

/** The rule in what was stored, rewritten in the present version where it is older; `from` is that of a bare tree. @internal */
export function presentVersion(stored: unknown, from: number): StoredTree {
  const isDocument = isRuleDocument(stored);
  const version = isDocument ? stored.version : from;
  if (!isRuleVersion(version)) return { rule: null, problem: otherVersion(version) };
  if (isDocument) {
    const unknown = Object.keys(stored).find((key) => key !== "version" && key !== "rule");
    if (unknown !== undefined) {
      const value = (stored as unknown as Readonly<Record<string, unknown>>)[unknown];
      return { rule: null, problem: { path: unknown, reason: "is not a known field", value } };
    }
  }
  let rule = isDocument ? stored.rule : stored;
  for (const step of STEPS.slice(version)) rule = step(rule);
  return { rule, problem: null };
}

/** What is to be said of a version that is not the present one. */
function otherVersion(version: unknown): RuleProblem {
  const reason =
    Number.isInteger(version) && (version as number) > RULE_VERSION
      ? `is a version of the rule language that this release, which knows up to ${RULE_VERSION}, cannot read: update clientele`
      : Number.isInteger(version) && (version as number) >= 0
        ? "is an older version of the rule language: pass the rule through migrateRule()"
        : `is no version of the rule language, which is ${RULE_VERSION}`;
  return { path: "version", reason, value: version };
}
