import { localClock } from "../core/local-clock.js";

const clocks = new Map<string, (epochMs: number) => number>();

/** What a clock on the wall shows, by Intl: day "2024-02-29", month "2024-02", hour 0 to 23, weekday 0 Sunday to 6. */
export function wallClock(epochMs: number, timeZone: string) {
  const clock = clocks.get(timeZone) ?? localClock(timeZone);
  clocks.set(timeZone, clock);
  const shown = new Date(clock(epochMs));
  const day = shown.toISOString().slice(0, 10);
  return { month: day.slice(0, 7), day, hour: shown.getUTCHours(), weekday: shown.getUTCDay() };
}

/** Days from one civil day to another. */
export const daysBetween = (from: string, to: string): number =>
  (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000;
