/**
 * Events in the order in which they came, so kept that one more copies few of them: the latest in the first list, full
 * lists of these in the second, full lists of such lists in the third, and so on.
 */
export type EventHistory = readonly (readonly unknown[])[];

/** How long a list is when it is full. */
const WIDTH = 32;

/** @internal */
export function historyOf(events: readonly object[]): EventHistory {
  const tiers: unknown[][] = [];
  let items: readonly unknown[] = events;
  do {
    // Up to a full list stay; the others go on as lists.
    const whole = Math.max(0, Math.ceil(items.length / WIDTH) - 1);
    tiers.push(items.slice(whole * WIDTH));
    items = Array.from({ length: whole }, (_, i) => items.slice(i * WIDTH, (i + 1) * WIDTH));
  } while (items.length > 0);
  return tiers;
}

/** One event more; the history that is given stays as it is. @internal */
export function withLastEvent(history: EventHistory, event: object): EventHistory {
  const tiers = [...history];
  let item: unknown = event;
  for (let level = 0; ; level++) {
    const tier = tiers[level] ?? [];
    if (tier.length < WIDTH) {
      tiers[level] = [...tier, item];
      return tiers;
    }
    tiers[level] = [item];
    item = tier;
  }
}

/** All events, the earliest to come first. @internal */
export function eventsOfHistory(history: EventHistory): readonly object[] {
  let events: unknown[] = [];
  for (let level = history.length - 1; level >= 0; level--)
    events = events.concat(level === 0 ? history[0] : history[level].flat(level));
  return events as object[];
}
