import { DAY_MS, FIRST_DAY, LAST_DAY } from "../../core/civil-day.js";
import { addDuration, type Duration } from "../../core/duration.js";
import { isInstantMs } from "../../core/instant.js";
import { instantOfLocal, zoneOffset } from "../../core/time-zone.js";
import type { LoyaltyProgram } from "../program/loyalty-program.js";

/** The local day that was asked for last, and the one that it leads to, both since 1970-01-01. */
interface KnownDay {
  readonly day: number;
  readonly target: number;
}

// Orders come in the order of time, or nearly: most are of the day of the one before.
const known = /* @__PURE__ */ new WeakMap<LoyaltyProgram, Map<Duration, KnownDay>>();

/**
 * `addDuration` by the programme's clocks. The day that a day leads to is kept, since counting months takes most of a microsecond;
 * the time of day is that of each instant.
 *
 * @internal
 */
export function laterBy(program: LoyaltyProgram, duration: Duration, at: number): number {
  const { timeZone } = program;
  const days = daysOf(program);
  const last = days.get(duration);
  if (!isInstantMs(at)) return addDuration(at, duration, { timeZone });
  const local = at + zoneOffset(at, timeZone);
  const day = Math.floor(local / DAY_MS);
  if (last?.day === day) {
    // Nothing is added: not by way of the local time, which an instant in a repeated hour shares with another.
    if (last.target === day) return at;
    return instantOfLocal(last.target * DAY_MS + (local - day * DAY_MS), timeZone);
  }
  const later = addDuration(at, duration, { timeZone });
  // Not at the ends of the calendar, where an instant of the same day may lead out of it.
  if (day > FIRST_DAY && later < (LAST_DAY - 2) * DAY_MS) {
    // Days of UTC have no clock changes: from start to start it is the arithmetic of days alone.
    days.set(duration, { day, target: addDuration(day * DAY_MS, duration) / DAY_MS });
  }
  return later;
}

function daysOf(program: LoyaltyProgram): Map<Duration, KnownDay> {
  let days = known.get(program);
  if (days === undefined) {
    days = new Map();
    known.set(program, days);
  }
  return days;
}
