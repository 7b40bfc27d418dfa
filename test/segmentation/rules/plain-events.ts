import type { Duration } from "../../../src/core/duration.js";
import type { CustomerEvents } from "../../../src/segmentation/rules/compiled-rule.js";
import type {
  EventRule,
  RuleComparison,
  RuleStep,
  RuleWindow,
  SegmentRule,
} from "../../../src/segmentation/rules/rule.js";
import { type PlainType, type PlainWorld, plainHolds, plainRead, plainValue } from "./plain-rule.js";

// The meaning of conditions on events, by trying everything out; windows are asked of the plain meaning of fields.

export interface EventWorld extends PlainWorld {
  readonly eventFields: Readonly<Record<string, Readonly<Record<string, PlainType>>>>;
}

type Event = Readonly<Record<string, unknown>>;

const EVENT_OPS = "did didNot count first last sum average min max distinct sequence frequency".split(" ");

export function plainEventsHold(
  rule: SegmentRule,
  record: object,
  events: CustomerEvents,
  world: EventWorld,
): boolean {
  const part = (other: SegmentRule): boolean => plainEventsHold(other, record, events, world);
  switch (rule.op) {
    case "all":
      return rule.of.every(part);
    case "any":
      return rule.of.some(part);
    case "atLeast":
      return rule.of.filter(part).length >= rule.count;
    case "not":
      return !part(rule.of);
    case "segment":
      return part(world.segments[rule.segment]);
    default:
      return EVENT_OPS.includes(rule.op)
        ? eventRuleHolds(rule as EventRule, events, world)
        : plainHolds(rule, record, world);
  }
}

function eventRuleHolds(rule: EventRule, events: CustomerEvents, world: EventWorld): boolean {
  if (rule.op === "sequence") {
    const candidates = rule.steps.map((step) => meant(step, rule.window, events, world));
    return someAssignment(rule.steps, candidates, [], world, (last) => {
      const { notFollowedBy } = rule;
      if (!notFollowedBy) return true;
      return !meant(notFollowedBy, undefined, events, world).some((at) =>
        follows(last, at, notFollowedBy.within, world),
      );
    });
  }
  if (rule.op === "frequency") {
    const periods = Array.from({ length: rule.outOf }, (_, i) => {
      const window: RuleWindow = { calendar: rule.unit, offset: -1 - i };
      return meant(rule, window, events, world).length;
    });
    return periods.filter((count) => count >= (rule.minimum ?? 1)).length >= rule.atLeast;
  }
  const found = meantEvents(rule, rule.window, events, world);
  const times = found.map(([at]) => at).sort((a, b) => a - b);
  switch (rule.op) {
    case "did":
      return found.length !== 0;
    case "didNot":
      return found.length === 0;
    case "count":
      return compared(rule.is, found.length, "number", world);
    case "first":
      return compared(rule.is, times.at(0) ?? null, "instant", world);
    case "last":
      return compared(rule.is, times.at(-1) ?? null, "instant", world);
  }
  const type = world.eventFields[rule.of][rule.field] ?? "instant";
  const values = found
    .map(([, event]) => plainValue(plainRead(event, rule.field), type, world.offsetHours))
    .filter((value) => value !== null);
  if (rule.op === "distinct") return compared(rule.is, new Set(values).size, "number", world);
  const numbers = values as number[];
  const sum = numbers.reduce((total, value) => total + value, 0);
  const none = numbers.length === 0;
  const sorted = [...numbers].sort((a, b) => a - b);
  const measured = {
    sum,
    average: none ? null : sum / numbers.length,
    min: sorted.at(0) ?? null,
    max: sorted.at(-1) ?? null,
  }[rule.op];
  return compared(rule.is, measured, "number", world);
}

function compared(
  is: RuleComparison,
  value: number | null,
  type: "number" | "instant",
  world: EventWorld,
): boolean {
  return plainHolds({ ...is, field: "x" } as SegmentRule, { x: value }, { ...world, fields: { x: type } });
}

function meant(
  step: RuleStep,
  window: RuleWindow | undefined,
  events: CustomerEvents,
  world: EventWorld,
): number[] {
  return meantEvents(step, window, events, world).map(([at]) => at);
}

function meantEvents(
  { of, where }: { readonly of: string; readonly where?: SegmentRule },
  window: RuleWindow | undefined,
  events: CustomerEvents,
  world: EventWorld,
): [number, Event][] {
  const inner = { ...world, fields: { at: "instant" as const, ...world.eventFields[of] } };
  return ((events[of] ?? []) as readonly Event[]).flatMap((event): [number, Event][] => {
    const at = plainValue(plainRead(event, "at"), "instant", world.offsetHours);
    if (typeof at !== "number" || at >= world.asOf) return [];
    if (window && !plainHolds({ op: "within", field: "at", window }, event, inner)) return [];
    return where && !plainHolds(where, event, inner) ? [] : [[at, event]];
  });
}

/** Strictly later, and before the end of the duration. */
function follows(before: number, at: number, within: Duration | undefined, world: EventWorld): boolean {
  if (at <= before) return false;
  return (
    within === undefined ||
    compared({ op: "within", window: { next: within } }, at, "instant", { ...world, asOf: before })
  );
}

function someAssignment(
  steps: readonly RuleStep[],
  candidates: readonly (readonly number[])[],
  chosen: readonly number[],
  world: EventWorld,
  accepts: (last: number) => boolean,
): boolean {
  const step = chosen.length;
  const last = chosen.at(-1);
  if (step === steps.length) return last !== undefined && accepts(last);
  return candidates[step].some(
    (at) =>
      (last === undefined || follows(last, at, steps[step].within, world)) &&
      someAssignment(steps, candidates, [...chosen, at], world, accepts),
  );
}
