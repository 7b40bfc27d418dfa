import { civilDay, DAY_MS } from "../../core/civil-day.js";
import type { Duration } from "../../core/duration.js";
import { zoneOffset } from "../../core/time-zone.js";
import type { RuleWindow } from "./rule.js";
import { type RuleClock, windowInstants } from "./rule-clock.js";
import type { Moment, RulePhrases } from "./rule-phrases.js";
import { RULE_LENGTHS } from "./rule-shapes.js";

/** A number with its digits in groups of three; none is rounded away. @internal */
export function numberText(value: number, { digits }: RulePhrases): string {
  const [, sign, whole, rest] = /^(-?)(\d+)(.*)$/.exec(String(value)) ?? ["", "", String(value), ""];
  return sign + whole.replace(/\B(?=(\d{3})+$)/g, digits.group) + rest.replace(".", digits.decimal);
}

/** An instant of a rule: a day, or a day with a time and its offset, as it is written there. @internal */
export function momentOf(text: string, phrases: RulePhrases): Moment {
  const day = dayText(text.slice(0, 10), phrases);
  if (text.length === 10) return { text: day, isDay: true };
  const [, time, zone] = /^T([\d:.]+)(.*)$/.exec(text.slice(10)) ?? ["", "", ""];
  return { text: `${day}, ${time} ${zone === "Z" ? "UTC" : `UTC${zone}`}`, isDay: false };
}

/** A duration, its largest part first; `0` days where all parts are zero. @internal */
export function durationText(duration: Duration, phrases: RulePhrases): string {
  const parts = RULE_LENGTHS.map((part) => [part, duration[part] ?? 0] as const).filter(([, n]) => n > 0);
  return phrases.duration(parts.length > 0 ? parts : [["days", 0]]);
}

/** A window, with the dates to which it comes where it is relative and the clock is known. @internal */
export function windowText(window: RuleWindow, phrases: RulePhrases, clock: RuleClock | null): string {
  const words = phrases.window;
  if ("last" in window)
    return words.last(durationText(window.last, phrases)) + resolved(window, phrases, clock);
  if ("next" in window)
    return words.next(durationText(window.next, phrases)) + resolved(window, phrases, clock);
  if ("ago" in window) {
    const [from, to] = window.ago;
    return (
      words.ago(durationText(from, phrases), durationText(to, phrases)) + resolved(window, phrases, clock)
    );
  }
  if ("calendar" in window) {
    const { calendar, offset = 0, count = 1 } = window;
    return words.calendar(calendar, offset, count) + resolved(window, phrases, clock);
  }
  const { from, until } = window;
  if (from !== undefined && until !== undefined)
    return words.between(momentOf(from, phrases).text, momentOf(until, phrases).text);
  if (from !== undefined) return words.from(momentOf(from, phrases).text);
  return until === undefined ? words.always : words.until(momentOf(until, phrases).text);
}

function resolved(window: RuleWindow, phrases: RulePhrases, clock: RuleClock | null): string {
  if (clock === null) return "";
  const { start, end } = windowInstants(window, clock);
  const from = local(start, clock);
  const to = local(end, clock);
  if (from.time === 0 && to.time === 0)
    return phrases.window.resolved(
      dayText(civilDay(from.day), phrases),
      // Days are told up to the last one; an empty window keeps its one day.
      dayText(civilDay(Math.max(to.day - 1, from.day)), phrases),
    );
  return phrases.window.resolved(localText(from, phrases), localText(to, phrases));
}

interface LocalTime {
  readonly day: number;
  /** Milliseconds since midnight by the clocks of the zone. */
  readonly time: number;
}

function local(ms: number, { timeZone }: RuleClock): LocalTime {
  const reading = ms + zoneOffset(ms, timeZone);
  const day = Math.floor(reading / DAY_MS);
  return { day, time: reading - day * DAY_MS };
}

function localText({ day, time }: LocalTime, phrases: RulePhrases): string {
  const clock = new Date(time).toISOString().slice(11, time % 60_000 === 0 ? 16 : 19);
  return `${dayText(civilDay(day), phrases)}, ${clock}`;
}

function dayText(day: string, { months }: RulePhrases): string {
  const [year, month, ofMonth] = day.split("-").map(Number);
  return `${ofMonth} ${months[month - 1]} ${year}`;
}
