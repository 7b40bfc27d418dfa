import { shown } from "../../core/assert.js";
import { instantOrNaN, isCivilDay } from "../../core/instant.js";
import { KIND_NAMES } from "./field-operators.js";
import type { FieldKind } from "./rule-fields.js";
import type { RuleProblem } from "./rule-problem.js";

/** What a count or a sum is. @internal */
export const COUNT_KIND: FieldKind = { type: "number", isList: false, choices: null };

/** What the time of an event is. @internal */
export const TIME_KIND: FieldKind = { type: "instant", isList: false, choices: null };

/** Where problems with values go. @internal */
export interface ValueCheck {
  readonly problems: RuleProblem[];
  /** The choices of the fields so far, each list looked up once for a rule: lists may be long, and rules ask often. */
  readonly choiceSets: Map<readonly string[], ReadonlySet<unknown>>;
}

/** Checks that a value is one with which a field of this kind may be compared. @internal */
export function checkValue(value: unknown, kind: FieldKind, check: ValueCheck, path: string): void {
  const reason = wrongValue(value, kind, check);
  if (reason !== null) check.problems.push({ path, value, reason });
}

/** Why a value is not one with which a field of this kind may be compared, or `null`. @internal */
export function wrongValue(value: unknown, { type, choices }: FieldKind, check: ValueCheck): string | null {
  if (type === "instant") {
    // In UTC, as in every zone: whether it is an instant does not depend on it.
    const isInstant = typeof value === "string" && !Number.isNaN(instantOrNaN(value, "UTC"));
    return isInstant ? null : "is no civil day and no ISO 8601 instant with an offset";
  }
  const isRight = type === "text" ? typeof value === "string" : typeof value === type;
  if (!isRight) return `is not ${KIND_NAMES[type]}`;
  if (choices === null || choiceSet(choices, check).has(value)) return null;
  return `is none of ${shownChoices(choices)}`;
}

function choiceSet(choices: readonly string[], { choiceSets }: ValueCheck): ReadonlySet<unknown> {
  let known = choiceSets.get(choices);
  if (known === undefined) {
    known = new Set(choices);
    choiceSets.set(choices, known);
  }
  return known;
}

/** Checks both ends of a range, and that it does not end before it begins. @internal */
export function checkRange(
  { from, to }: { readonly from: number | string; readonly to: number | string },
  kind: FieldKind,
  check: ValueCheck,
  path: string,
): void {
  const { problems } = check;
  const before = problems.length;
  checkValue(from, kind, check, `${path}.from`);
  checkValue(to, kind, check, `${path}.to`);
  if (problems.length > before) return;
  if (isTurned(from, to))
    problems.push({ path: `${path}.to`, value: to, reason: `is before ${shown(from)}` });
}

function isTurned(from: number | string, to: number | string): boolean {
  if (typeof from === "number" || typeof to === "number") return from > to;
  // Which of a day and an instant comes first depends on the zone, which a rule does not have.
  return isCivilDay(from) === isCivilDay(to) && instantOrNaN(from, "UTC") > instantOrNaN(to, "UTC");
}

const LISTED = 20;

function shownChoices(choices: readonly string[]): string {
  const first = choices
    .slice(0, LISTED)
    .map((choice) => shown(choice))
    .join(", ");
  return choices.length > LISTED ? `${first} and ${choices.length - LISTED} more` : first;
}
