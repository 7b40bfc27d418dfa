import { assertArgument, shown } from "../../core/assert.js";
import { epochMs, type Instant, instantOrNaN } from "../../core/instant.js";
import type { CustomerEvents } from "./compiled-rule.js";
import type { FieldRecord } from "./field-reader.js";
import type { RuleFields } from "./rule-fields.js";

/** What one customer did, each instant read once, for however many conditions. @internal */
export interface ReadEvents {
  /** The events of a kind, as they were given; none where there is no such list. */
  readonly of: (kind: string) => TimedEvents;
}

/** Events of one kind and their instants. @internal */
export interface TimedEvents {
  readonly events: readonly FieldRecord[];
  /** Epoch milliseconds, by event. */
  readonly at: Float64Array;
}

/**
 * Reads the events of one customer, the kinds that are asked for when they are.
 *
 * @param pathOf - What the events are called in an error.
 * @throws `INVALID_ARGUMENT` for a kind that the fields do not declare, which would count as having done nothing; and,
 * when its kind is asked for, for what is no list of objects with an instant `at` each.
 * @internal
 */
export function readEvents(
  given: CustomerEvents,
  { events: declared }: RuleFields,
  timeZone: string,
  pathOf: () => string = () => "events",
): ReadEvents {
  for (const kind of Object.keys(given)) {
    if (Object.hasOwn(declared, kind)) continue;
    assertArgument(
      false,
      `${pathOf()}.${kind}`,
      () =>
        `${pathOf()} has the kind ${shown(kind)}, which the fields do not declare: they have ${Object.keys(declared).map(shown).join(", ") || "none"}`,
    );
  }
  const read = new Map<string, TimedEvents>();
  return {
    of: (kind) => {
      const known = read.get(kind);
      if (known) return known;
      const events = eventsOfKind(given, kind, pathOf);
      const at = new Float64Array(events.length);
      for (let i = 0; i < at.length; i++) at[i] = eventInstant(events[i], i, kind, timeZone, pathOf);
      const timed = { events, at };
      read.set(kind, timed);
      return timed;
    },
  };
}

/** The events of a kind; none where the customer has no such list. */
function eventsOfKind(
  events: CustomerEvents,
  of: string,
  pathOf: () => string = () => "events",
): readonly FieldRecord[] {
  const list: unknown = Object.hasOwn(events, of) ? events[of] : undefined;
  if (Array.isArray(list)) return list;
  if (list !== undefined && list !== null) {
    const path = `${pathOf()}.${of}`;
    assertArgument(false, path, () => `${path} is ${shown(list)}: pass an array of events`);
  }
  return NO_EVENTS;
}

const NO_EVENTS: readonly FieldRecord[] = [];

function eventInstant(
  event: unknown,
  place: number,
  kind: string,
  timeZone: string,
  pathOf: () => string,
): number {
  const isObject = typeof event === "object" && event !== null;
  const at: unknown = isObject && Object.hasOwn(event, "at") ? (event as FieldRecord).at : undefined;
  const instant = instantOrNaN(at, timeZone);
  if (!Number.isNaN(instant)) return instant + 0;
  const path = `${pathOf()}.${kind}[${place}]`;
  assertArgument(isObject, path, () => `${path} is ${shown(event)}: pass an object with an instant at`);
  return epochMs(at as Instant, `${path}.at`, timeZone);
}
