import { assertArgument, assertInteger, shown } from "../../core/assert.js";
import { isForbiddenKey } from "./forbidden-keys.js";
import { assertKnownKeys } from "./known-keys.js";
import { keyStep, type RuleProblem } from "./rule-problem.js";

/**
 * How large a rule may be that comes from outside.
 *
 * It limits what is read of a value, not how the value came to be: who parses the text of a request lets no more than a few
 * megabytes of it through first, since `JSON.parse` has no limit of its own.
 */
export interface RuleLimits {
  /** How deep objects may lie in each other; a rule in a rule is one level. Default 64, at most 500. */
  readonly depth?: number;
  /** How many objects there may be: rules, comparisons, windows. Default 10,000. */
  readonly nodes?: number;
  /** How many items one list may have, and how many keys one object. Default 10,000. */
  readonly listLength?: number;
  /** How many items all lists and how many keys all objects may have together. Default 100,000. */
  readonly entries?: number;
  /** How many UTF-16 units one text may have; a key may have 1,000 in any case. Default 10,000. */
  readonly textLength?: number;
  /** How many UTF-16 units all texts and keys may have together. Default 1,000,000. */
  readonly textTotal?: number;
  /** How many steps one sequence of events may have. Default 50. */
  readonly steps?: number;
}

/** The limits where none are given. @internal */
export const DEFAULT_LIMITS = {
  depth: 64,
  nodes: 10_000,
  listLength: 10_000,
  entries: 100_000,
  textLength: 10_000,
  textTotal: 1_000_000,
  steps: 50,
} as const satisfies Required<RuleLimits>;

/** How many UTF-16 units a key may have: those of rules are short, and those of a custom operator's value names. */
const LONGEST_KEY = 1000;

/** How many levels may be asked for: what reads a rule later on calls itself once for each. */
const DEEPEST = 500;

/** An object or a list still to be looked into; its path is only spelled out when something is wrong with it. */
interface Pending {
  readonly value: object;
  readonly key: string | number;
  readonly parent: Pending | null;
  readonly depth: number;
  /** Where its copy goes, under its key. */
  readonly into: Copy;
}

type Copy = Record<string | number, unknown>;

/**
 * A copy of a value that is plain JSON within the limits, or why it is not.
 *
 * @internal
 */
export type PlainCopy =
  | { readonly value: unknown; readonly problem: null }
  | { readonly value: null; readonly problem: RuleProblem };

/**
 * Copies what came from outside, if it is plain JSON within the limits: nobody can change the copy, and reading it runs no
 * code of others. Properties that are `undefined` are left out, as JSON does.
 *
 * Goes through it with a list of its own instead of by recursion, which input could drive off the stack: so it comes before
 * any schema.
 *
 * @internal
 */
export function plainCopy(input: unknown, limits: RuleLimits = {}, path = "rule"): PlainCopy {
  const work: Work = { allowed: assertLimits(limits), pending: [], nodes: 0, entries: 0, text: 0 };
  const into: Copy = {};
  const first = takeOver(input, path, null, 0, into, work);
  if (first) return { value: null, problem: { path, reason: first, value: input } };
  for (let next = work.pending.pop(); next !== undefined; next = work.pending.pop()) {
    let problem: RuleProblem | null;
    try {
      problem = Array.isArray(next.value)
        ? copyItems(next.value, next, work)
        : copyKeys(next.value, next, work);
    } catch {
      // A proxy whose traps throw.
      problem = problemAt(next, NOT_PLAIN);
    }
    if (problem) return { value: null, problem };
  }
  return { value: into[path], problem: null };
}

interface Work {
  readonly allowed: Required<RuleLimits>;
  readonly pending: Pending[];
  nodes: number;
  entries: number;
  text: number;
}

/** Copies a value that holds no others, and puts one that does on the list; why it cannot, or `null`. */
function takeOver(
  value: unknown,
  key: string | number,
  parent: Pending | null,
  depth: number,
  into: Copy,
  work: Work,
): string | null {
  switch (typeof value) {
    case "string": {
      const reason = tooLong(value, work.allowed.textLength, work);
      if (reason) return reason;
      break;
    }
    case "number":
      if (!Number.isFinite(value)) return NOT_JSON;
      break;
    case "boolean":
      break;
    case "undefined":
      if (!Array.isArray(into)) return null;
      break;
    case "object":
      // Its key takes its place now, so that the copy has its keys in the same order.
      if (value !== null) work.pending.push({ value, key, parent, depth, into });
      break;
    default:
      return NOT_JSON;
  }
  into[key] = value;
  return null;
}

/** Counts a text or a key; why it is too long, or `null`. */
function tooLong({ length }: string, most: number, work: Work): string | null {
  const { textTotal } = work.allowed;
  if (length > most) return `has ${length} characters, more than the ${most} allowed`;
  work.text += length;
  return work.text > textTotal
    ? `brings the texts to more than the ${textTotal} characters allowed in all`
    : null;
}

const NOT_JSON = "is nothing that JSON can hold";
const NOT_PLAIN = "is not a plain object of JSON";

function copyItems(items: readonly unknown[], at: Pending, work: Work): RuleProblem | null {
  const { allowed, pending } = work;
  if (at.depth > allowed.depth) return problemAt(at, tooDeep(allowed));
  if (items.length > allowed.listLength)
    return problemAt(at, `has ${items.length} items, more than the ${allowed.listLength} allowed`);
  work.entries += items.length;
  if (work.entries > allowed.entries) return problemAt(at, tooMany(allowed));
  const copy: unknown[] = [];
  at.into[at.key] = copy;
  // A list in an object is no level of its own; a list in a list is.
  const depth = at.depth + (Array.isArray(at.parent?.value) ? 1 : 0);
  const before = pending.length;
  for (let i = 0; i < items.length; i++) {
    const reason = takeOver(items[i], i, at, depth, copy as never, work);
    if (reason) return { path: `${pathOf(at)}[${i}]`, reason, value: items[i] };
  }
  turnAround(pending, before);
  return null;
}

function copyKeys(object: object, at: Pending, work: Work): RuleProblem | null {
  const { allowed, pending } = work;
  if (at.depth >= allowed.depth) return problemAt(at, tooDeep(allowed));
  work.nodes++;
  if (work.nodes > allowed.nodes)
    return problemAt(at, `is one object more than the ${allowed.nodes} allowed`);
  if (!hasPlainPrototype(object)) return problemAt(at, NOT_PLAIN);
  // Names and symbols apart take a third of the time of Reflect.ownKeys().
  const keys = Object.getOwnPropertyNames(object);
  if (keys.length > allowed.listLength)
    return problemAt(at, `has ${keys.length} keys, more than the ${allowed.listLength} allowed`);
  work.entries += keys.length;
  if (work.entries > allowed.entries) return problemAt(at, tooMany(allowed));
  if (Object.getOwnPropertySymbols(object).length > 0) return problemAt(at, NOT_PLAIN);
  const copy: Copy = {};
  at.into[at.key] = copy;
  const before = pending.length;
  for (const key of keys) {
    if (isForbiddenKey(key)) return problemAt(at, `has a key ${shown(key)}, which is not allowed`);
    const long = tooLong(key, LONGEST_KEY, work);
    if (long) return problemAt(at, `has a key ${shown(key)}, which ${long}`);
    const property = Object.getOwnPropertyDescriptor(object, key);
    // A getter is code; JSON has none.
    if (property === undefined || !("value" in property)) return problemAt(at, NOT_PLAIN);
    const reason = takeOver(property.value, key, at, at.depth + 1, copy, work);
    if (reason) return { path: `${pathOf(at)}${keyStep(key)}`, reason, value: property.value };
  }
  turnAround(pending, before);
  return null;
}

/** Turns the end of the list around, so that what came first comes off first and a message names the first fault. */
function turnAround(pending: Pending[], from: number): void {
  for (let low = from, high = pending.length - 1; low < high; low++, high--) {
    const held = pending[low];
    pending[low] = pending[high];
    pending[high] = held;
  }
}

function problemAt(at: Pending, reason: string): RuleProblem {
  return { path: pathOf(at), reason, value: at.value };
}

function tooMany({ entries }: Required<RuleLimits>): string {
  return `brings the items of lists and the keys of objects to more than the ${entries} allowed in all`;
}

function tooDeep({ depth }: Required<RuleLimits>): string {
  return `lies deeper than the ${depth} levels allowed`;
}

/** The limits that hold, once those given are checked. */
function assertLimits(limits: RuleLimits): Required<RuleLimits> {
  assertArgument(
    typeof limits === "object" && limits !== null,
    "options.limits",
    () => `options.limits is ${shown(limits)}: pass an object such as { depth: 64 }`,
  );
  assertKnownKeys(limits, "options.limits", Object.keys(DEFAULT_LIMITS));
  const allowed: { -readonly [Name in keyof RuleLimits]-?: number } = { ...DEFAULT_LIMITS };
  for (const name of Object.keys(DEFAULT_LIMITS) as (keyof RuleLimits)[]) {
    const limit = limits[name] ?? DEFAULT_LIMITS[name];
    const most = name === "depth" ? DEEPEST : Number.MAX_SAFE_INTEGER;
    assertInteger(limit, `options.limits.${name}`, 1, most);
    allowed[name] = limit;
  }
  return allowed;
}

function hasPlainPrototype(object: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype === Object.prototype || prototype === null) return true;
  // Of another realm: a prototype that has none itself, and what only Object.prototype has.
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype as object, "isPrototypeOf");
}

function pathOf(place: Pending): string {
  const steps: string[] = [];
  for (let at: Pending | null = place; at !== null; at = at.parent) {
    const { key, parent } = at;
    steps.push(parent === null ? String(key) : typeof key === "number" ? `[${key}]` : keyStep(key));
  }
  return steps.reverse().join("");
}
