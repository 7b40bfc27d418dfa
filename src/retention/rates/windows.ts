import { assertArgument, shown } from "../../core/assert.js";
import type { TimeWindow } from "../../core/duration.js";
import { epochMs, type Instant } from "../../core/instant.js";

/** A window of the options, checked; a civil day is its start in the zone. @internal */
export function windowOf(
  window: { readonly start: Instant; readonly end: Instant },
  path: string,
  timeZone: string,
): TimeWindow {
  assertArgument(
    typeof window === "object" && window !== null,
    path,
    () => `${path} is ${shown(window)}: pass { start, end }`,
  );
  const start = epochMs(window.start, `${path}.start`, timeZone);
  const end = epochMs(window.end, `${path}.end`, timeZone);
  assertArgument(
    start <= end,
    path,
    () => `${path} ends (${shown(window.end)}) before it starts (${shown(window.start)}): swap them`,
  );
  return { start, end };
}

/** Why nothing can be said of a window yet, or at all; `null` where it is over and has a length. @internal */
export function notOver({ start, end }: TimeWindow, asOf: number, what: string): string | null {
  if (end > asOf) return `${what} ends ${iso(end)}, after asOf ${iso(asOf)}`;
  return start === end ? `${what} is empty: ${iso(end)}` : null;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
