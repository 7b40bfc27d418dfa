import type { TimeWindow } from "../../core/duration.js";

/** Why nothing can be said of a window yet, or at all; `null` where it is over and has a length. @internal */
export function notOver({ start, end }: TimeWindow, asOf: number, what: string): string | null {
  if (end > asOf) return `${what} ends ${iso(end)}, after asOf ${iso(asOf)}`;
  return start === end ? `${what} is empty: ${iso(end)}` : null;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
