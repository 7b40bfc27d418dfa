import type { CompiledSet } from "./compiled-set.js";
import { type CountedGroup, countedGroups } from "./counted-groups.js";
import { type QuietTimes, quietTimes } from "./quiet-until.js";
import type { LabeledRuleField, RuleField, RuleFieldMap, RuleFieldType } from "./rule-fields.js";
import { type SavedTotals, savedTotalsCheck } from "./saved-totals.js";
import type { SequencePlan, StepPick } from "./sequence-plan.js";

/** A set made ready to follow customers one by one. @internal */
export interface TrackingSet {
  readonly set: CompiledSet;
  /** In order of priority. */
  readonly names: readonly string[];
  /** By name, the place in the order of reference, in which answers stand. */
  readonly placeOf: ReadonlyMap<string, number>;
  /** The same by place among the names. */
  readonly places: readonly number[];
  /** A short text that differs where the rules do. */
  readonly fingerprint: string;
  readonly quiet: QuietTimes;
  /** The kinds of events that some rule asks about. */
  readonly kinds: readonly string[];
  /** By kind of event, the conditions that count its events one by one. */
  readonly counted: ReadonlyMap<string, readonly CountedGroup[]>;
  /** Whether saved totals are such as a condition that shares none can go on from, by its place. */
  readonly isSound: readonly ((saved: unknown) => saved is SavedTotals)[];
  /** What the steps of all sequences pick, each once. */
  readonly picks: readonly StepPick[];
  readonly sequences: readonly TrackedSequence[];
}

/** A sequence among the conditions of a set. @internal */
export interface TrackedSequence {
  /** Its place among the conditions. */
  readonly slot: number;
  readonly plan: SequencePlan;
  /** Where its picks stand among those of the set. */
  readonly places: readonly number[];
}

/** @internal */
export function trackingSet(set: CompiledSet, names: readonly string[], fingerprint: string): TrackingSet {
  const picks: StepPick[] = [];
  const places = new Map<string, number>();
  const placeOfPick = (pick: StepPick): number => {
    const place = places.get(pick.key) ?? picks.push(pick) - 1;
    places.set(pick.key, place);
    return place;
  };
  const sequences = set.leaves.flatMap(({ sequence: plan }, slot) =>
    plan === null ? [] : [{ slot, plan, places: plan.picks.map(placeOfPick) }],
  );
  const placeOf = new Map(set.order.map((name, place) => [name, place]));
  return {
    set,
    names,
    placeOf,
    places: names.map((name) => placeOf.get(name) ?? -1),
    fingerprint,
    quiet: quietTimes(set),
    kinds: [...new Set(set.leaves.flatMap(({ kinds }) => kinds))],
    counted: countedGroups(set.leaves),
    isSound: set.leaves.map(({ rule }) => savedTotalsCheck(rule)),
    picks,
    sequences,
  };
}

/**
 * A short text that differs where rules, fields, priority or the calendar do; the instant does not count, nor do words for
 * people. Operators of the caller's count by name alone: what they do cannot be read.
 *
 * @internal
 */
export function fingerprintOf(
  { rules, options, clock, leaves }: CompiledSet,
  names: readonly string[],
): string {
  const { timeZone, weekStartsOn, firstMonth } = clock;
  const operators = Object.keys(options.operators ?? {}).sort();
  const calendar = [timeZone, weekStartsOn, firstMonth];
  const { fields, events } = options.fields;
  const types = [typesIn(fields), Object.entries(events).map(([kind, of]) => [kind, typesIn(of)])];
  const text = JSON.stringify([names, [...rules], types, operators, calendar, leaves.length]);
  // FNV-1a, 32 bits, from two beginnings.
  return [0x811c9dc5, 0x9e3779b9].map((seed) => hashed(text, seed).toString(16).padStart(8, "0")).join("");
}

function typesIn(fields: RuleFieldMap): [string, RuleFieldType][] {
  return Object.entries(fields).map(([path, field]) => [path, isLabeled(field) ? field.type : field]);
}

function isLabeled(field: RuleField): field is LabeledRuleField {
  return typeof field === "object" && "type" in field;
}

function hashed(text: string, seed: number): number {
  let hash = seed;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
