import { assertArgument, assertOptions, shown } from "./assert.js";
import type { TimeWindow } from "./duration.js";
import { epochMs, type Instant } from "./instant.js";

/** A window of the options, checked; a civil day is its start in the zone. @internal */
export function windowOption(
  window: { readonly start: Instant; readonly end: Instant },
  path: string,
  timeZone: string,
  shape = "{ start, end }",
): TimeWindow {
  assertOptions(window, shape, path);
  const start = epochMs(window.start, `${path}.start`, timeZone);
  const end = epochMs(window.end, `${path}.end`, timeZone);
  assertArgument(
    start <= end,
    path,
    () => `${path} ends (${shown(window.end)}) before it starts (${shown(window.start)}): swap them`,
  );
  return { start, end };
}

/**
 * The part of the time before `asOf` that an option asks for; all of it where the option is left out.
 *
 * @internal
 */
export function windowBeforeAsOf(
  window: { readonly start: Instant; readonly end: Instant } | undefined,
  { asOf, timeZone }: { readonly asOf: number; readonly timeZone: string },
): TimeWindow {
  if (window === undefined) return { start: Number.NEGATIVE_INFINITY, end: asOf };
  const { start, end } = windowOption(window, "options.window", timeZone, "{ start, end }, or leave it out");
  return { start, end: Math.min(end, asOf) };
}
