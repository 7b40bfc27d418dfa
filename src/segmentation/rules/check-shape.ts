import type { SegmentRule } from "./rule.js";
import { keyStep, MOST_PROBLEMS, type RuleProblem } from "./rule-problem.js";
import {
  MOST_LENGTH,
  MOST_PERIODS,
  RULE_LENGTHS,
  RULE_SHAPES,
  RULE_UNITS,
  type RulePart,
  type RuleShape,
  VALUE_COMPARISONS,
} from "./rule-shapes.js";

type Tree = Readonly<Record<string, unknown>>;
type Check = (value: unknown, path: string, problems: RuleProblem[]) => void;

/** A check of a value by itself: its path is only spelled out when it is wrong, since most are not. */
interface Guard {
  readonly isRight: (value: unknown) => boolean;
  readonly reason: string;
}

/**
 * What has not the shape of a rule, up to 100 places: a key that is missing, unknown or of another type.
 *
 * The same as the zod schema of stored rules says, without zod: it guards the functions that compute, whose callers should
 * not pay for its bytes. The value is plain JSON within the limits already.
 *
 * @internal
 */
export function shapeProblems(rule: unknown, path = "rule"): RuleProblem[] {
  const problems: RuleProblem[] = [];
  checkNode(rule, path, problems);
  return problems;
}

const checkNode: Check = (rule, path, problems) => {
  if (!isTree(rule)) {
    report(problems, path, rule, "is no rule: pass an object with an op");
    return;
  }
  const { op } = rule;
  if (typeof op !== "string" || !Object.hasOwn(RULE_SHAPES, op)) {
    report(problems, `${path}.op`, op, op === undefined ? "is missing" : "is no operator");
    return;
  }
  checkKeys(rule, RULE_SHAPES[op as SegmentRule["op"]], path, problems, "op");
};

/** Holds the keys of an object, besides the one that told which it is, against those that it may have. */
function checkKeys(
  tree: Tree,
  shape: RuleShape,
  path: string,
  problems: RuleProblem[],
  tag: "op" | null = null,
): void {
  let known = tag === null ? 0 : 1;
  for (const { key, isOptional, check } of preparedShape(shape)) {
    const value = Object.hasOwn(tree, key) ? tree[key] : undefined;
    if (value !== undefined) {
      known++;
      if (typeof check === "function") check(value, `${path}.${key}`, problems);
      else if (!check.isRight(value)) report(problems, `${path}.${key}`, value, check.reason);
    } else if (!isOptional) report(problems, `${path}.${key}`, undefined, "is missing");
  }
  const keys = Object.keys(tree);
  if (keys.length === known) return;
  for (const key of keys) {
    if (problems.length >= MOST_PROBLEMS) return;
    if (key !== tag && !Object.hasOwn(shape, key) && tree[key] !== undefined)
      report(problems, `${path}${keyStep(key)}`, tree[key], "is not a known field");
  }
}

interface PreparedKey {
  readonly key: string;
  readonly isOptional: boolean;
  readonly check: Check | Guard;
}

const prepared = /* @__PURE__ */ new WeakMap<RuleShape, readonly PreparedKey[]>();

/** The keys of a shape with their checks, looked up once. */
function preparedShape(shape: RuleShape): readonly PreparedKey[] {
  const known = prepared.get(shape);
  if (known) return known;
  const keys = Object.entries(shape).map(([key, part]) => ({
    key,
    isOptional: part.endsWith("?"),
    check: CHECKS[part.replace("?", "") as RulePart],
  }));
  prepared.set(shape, keys);
  return keys;
}

// Written once: what is looked up for a shape is kept by the object.
const STEP: RuleShape = { of: "name", where: "rule?", within: "duration?" };
const RANGE: RuleShape = { from: "ordered", to: "ordered" };
const WITHIN: RuleShape = { window: "window" };
const VALUE: RuleShape = { value: "ordered" };
const LAST: RuleShape = { last: "duration" };
const NEXT: RuleShape = { next: "duration" };
const AGO: RuleShape = { ago: "json" };
const CALENDAR: RuleShape = { calendar: "unit", offset: "json?", count: "json?" };
const FIXED: RuleShape = { from: "text?", until: "text?" };
const DURATION: RuleShape = Object.fromEntries(
  RULE_LENGTHS.map((part) => [part, `${part} of time?` as const]),
);

const checkStep: Check = (value, path, problems) => {
  checkObject(value, STEP, path, problems);
};

const CHECKS: Readonly<Record<RulePart, Check | Guard>> = {
  rule: checkNode,
  rules: listOf(checkNode),
  name: guard((value) => typeof value === "string" && value !== "", "is not a name"),
  text: guard((value) => typeof value === "string", "is not text"),
  scalar: guard(isScalar, "is not text, a number, true or false"),
  ordered: guard(
    (value) => typeof value === "string" || isNumber(value),
    "is not a number or the text of an instant",
  ),
  scalars: listOf(guard(isScalar, "is not text, a number, true or false")),
  boolean: guard((value) => typeof value === "boolean", "is not true or false"),
  whole: whole(0),
  positive: whole(1),
  periods: whole(1, MOST_PERIODS.frequency),
  "years of time": whole(0, MOST_LENGTH.years),
  "months of time": whole(0, MOST_LENGTH.months),
  "weeks of time": whole(0, MOST_LENGTH.weeks),
  "days of time": whole(0, MOST_LENGTH.days),
  comparison: checkComparison,
  window: checkWindow,
  duration: checkDuration,
  unit: guard((value) => RULE_UNITS.includes(value as never), `is not one of ${RULE_UNITS.join(", ")}`),
  direction: guard((value) => value === "next" || value === "last", 'is not "next" or "last"'),
  step: checkStep,
  steps: (value, path, problems) => {
    listOf(checkStep)(value, path, problems);
    if (Array.isArray(value) && value.length === 0) report(problems, path, value, "has no step");
  },
  json: () => {},
};

function checkComparison(value: unknown, path: string, problems: RuleProblem[]): void {
  if (!isTree(value)) {
    report(problems, path, value, "is not an object");
    return;
  }
  const { op } = value;
  const shape: RuleShape | null =
    op === "between"
      ? RANGE
      : op === "within"
        ? WITHIN
        : VALUE_COMPARISONS.includes(op as never)
          ? VALUE
          : null;
  if (shape) checkKeys(value, shape, path, problems, "op");
  else report(problems, `${path}.op`, op, op === undefined ? "is missing" : "is no comparison");
}

const OFFSET = whole(-MOST_PERIODS.window, MOST_PERIODS.window);
const COUNT = whole(1, MOST_PERIODS.window);
const WINDOWS = "is none of { last }, { next }, { ago }, { calendar } and { from, until }";

function checkWindow(value: unknown, path: string, problems: RuleProblem[]): void {
  if (!isTree(value)) {
    report(problems, path, value, WINDOWS);
    return;
  }
  const found: RuleProblem[] = [];
  if ("last" in value) checkKeys(value, LAST, path, found);
  else if ("next" in value) checkKeys(value, NEXT, path, found);
  else if ("ago" in value) {
    checkKeys(value, AGO, path, found);
    listOf(checkDuration)(value.ago, `${path}.ago`, found);
    if (Array.isArray(value.ago) && value.ago.length !== 2)
      report(found, `${path}.ago`, value.ago, "is not a pair of durations");
  } else if ("calendar" in value) {
    checkKeys(value, CALENDAR, path, found);
    const { offset = 0, count = 1 } = value;
    if (!OFFSET.isRight(offset)) report(found, `${path}.offset`, offset, OFFSET.reason);
    if (!COUNT.isRight(count)) report(found, `${path}.count`, count, COUNT.reason);
  } else checkKeys(value, FIXED, path, found);
  problems.push(...found);
}

function checkDuration(value: unknown, path: string, problems: RuleProblem[]): void {
  const before = problems.length;
  checkObject(value, DURATION, path, problems);
  if (problems.length === before && RULE_LENGTHS.every((part) => (value as Tree)[part] === undefined))
    report(problems, path, value, "has no length");
}

function checkObject(value: unknown, shape: RuleShape, path: string, problems: RuleProblem[]): void {
  if (isTree(value)) checkKeys(value, shape, path, problems);
  else report(problems, path, value, "is not an object");
}

function listOf(check: Check | Guard): Check {
  return (value, path, problems) => {
    if (!Array.isArray(value)) {
      report(problems, path, value, "is not a list");
      return;
    }
    // By index: a hole in a list is no item, and map() would pass it by.
    for (let i = 0; i < value.length && problems.length < MOST_PROBLEMS; i++) {
      if (typeof check === "function") check(value[i], `${path}[${i}]`, problems);
      else if (!check.isRight(value[i])) report(problems, `${path}[${i}]`, value[i], check.reason);
    }
  };
}

function guard(isRight: (value: unknown) => boolean, reason: string): Guard {
  return { isRight, reason };
}

function whole(min: number, max = Number.MAX_SAFE_INTEGER): Guard {
  return guard(
    (value) => Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max,
    `is not a whole number${max === Number.MAX_SAFE_INTEGER ? ` of ${min} or more` : ` from ${min} to ${max}`}`,
  );
}

function isScalar(value: unknown): boolean {
  return typeof value === "string" || typeof value === "boolean" || isNumber(value);
}

function isNumber(value: unknown): boolean {
  return typeof value === "number" && Number.isFinite(value);
}

function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function report(problems: RuleProblem[], path: string, value: unknown, reason: string): void {
  problems.push({ path, value, reason });
}
