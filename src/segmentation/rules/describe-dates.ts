import { civilDay, DAY_MS } from "../../core/civil-day.js";
import type { Duration, TimeWindow } from "../../core/duration.js";
import type { PeriodUnit } from "../../core/period.js";
import { zoneOffset } from "../../core/time-zone.js";
import { anniversaryDays } from "./anniversary-test.js";
import type { FieldRule, RuleWindow } from "./rule.js";
import { completePeriods, type RuleClock, windowInstants } from "./rule-clock.js";
import type { Moment, RulePhrases } from "./rule-phrases.js";
import { RULE_LENGTHS } from "./rule-shapes.js";

/**
 * A number with its digits in groups of three, from five of them on: four are most often a year. None is rounded away.
 *
 * @internal
 */
export function numberText(value: number, { digits }: RulePhrases): string {
  const [, sign, whole, rest] = /^(-?)(\d+)(.*)$/.exec(String(value)) ?? ["", "", String(value), ""];
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, digits.group) : whole;
  return sign + grouped + rest.replace(".", digits.decimal);
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

/** The days on which an anniversary counts. @internal */
export function anniversaryDates(
  rule: Extract<FieldRule, { op: "anniversary" }>,
  phrases: RulePhrases,
  clock: RuleClock | null,
): string {
  return clock === null ? "" : daysText(anniversaryDays(rule, clock), phrases);
}

/** The dates of the complete periods at which a frequency looks. @internal */
export function periodDates(
  { unit, outOf }: { readonly unit: PeriodUnit; readonly outOf: number },
  phrases: RulePhrases,
  clock: RuleClock | null,
): string {
  if (clock === null) return "";
  const bounds = completePeriods(unit, outOf, clock);
  return datesText({ start: bounds[0], end: bounds[outOf] }, phrases, clock);
}

function resolved(window: RuleWindow, phrases: RulePhrases, clock: RuleClock | null): string {
  return clock === null ? "" : datesText(windowInstants(window, clock), phrases, clock);
}

/** In whole days where it is made of them, otherwise to the minute by the clocks of the zone, which is named. */
function datesText({ start, end }: TimeWindow, phrases: RulePhrases, clock: RuleClock): string {
  if (start >= end) return phrases.window.empty;
  const from = local(start, clock);
  const to = local(end, clock);
  if (from.time === 0 && to.time === 0) return daysText([from.day, to.day], phrases);
  return phrases.window.resolved(
    localText(from, phrases),
    `${localText(to, phrases)}, ${phrases.inZone(clock.timeZone)}`,
  );
}

/** Days are told up to the last one. */
function daysText([first, afterLast]: readonly [number, number], phrases: RulePhrases): string {
  const from = dayText(civilDay(first), phrases);
  if (afterLast === first + 1) return phrases.window.onDay(from);
  return phrases.window.resolved(from, dayText(civilDay(afterLast - 1), phrases));
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
