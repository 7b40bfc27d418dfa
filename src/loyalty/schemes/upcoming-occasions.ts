import { assertArray, assertInteger, assertOneOf, assertOptions } from "../../core/assert.js";
import {
  type CivilDay,
  civilDay,
  firstDayOfMonth,
  monthOfDay,
  parseCivilDay,
  yearOfMonth,
} from "../../core/civil-day.js";
import { epochMs, type Instant } from "../../core/instant.js";
import { invalidRows, type RowProblem } from "../../core/row-problems.js";
import { localDay } from "../../core/time-zone.js";
import type { Channel } from "../../model/channels.js";
import type { Consent } from "../../model/consent.js";
import { requireParsedConsent } from "./parsed-instants.js";

/** A day that comes back each year. */
export interface YearlyOccasion {
  /** Which: `"wedding"`, `"memberSince"`; `"birthday"` is read from the birthday. */
  readonly kind: string;
  /** The first time, `"YYYY-MM-DD"`. */
  readonly day: CivilDay;
}

/** What is read of a customer. */
export interface OccasionCustomer {
  /** Your identifier. */
  readonly id: string;
  /** Day of birth, `"YYYY-MM-DD"`; absent: not known. */
  readonly birthday?: CivilDay | undefined;
  /** Other days; absent: none. */
  readonly occasions?: readonly YearlyOccasion[] | undefined;
  /** Agreements (instants in epoch milliseconds, as `customerSchema` parses them); read where `options.consent` asks for one. */
  readonly consent?: readonly Consent[] | undefined;
}

/** Which occasions are looked for. */
export interface UpcomingOccasionsOptions {
  /** Today; what was agreed at or after it does not exist yet. */
  readonly asOf: Instant;
  /** How many local days from today on, today included, 1 to 366. */
  readonly days: number;
  /** IANA name of the zone whose day it is; default `"UTC"`. */
  readonly timeZone?: string;
  /** When an occasion of 29 February is kept in other years; default `"feb28"`. */
  readonly leapDay?: "feb28" | "mar1";
  /** Only customers who agreed to this purpose, and through this channel if one is named. */
  readonly consent?: { readonly purpose: string; readonly channel?: Channel };
}

/** An occasion that comes. */
export interface UpcomingOccasion {
  /** Whose. */
  readonly customerId: string;
  /** `"birthday"`, or the kind of the occasion. */
  readonly kind: string;
  /** The day on which it is kept. */
  readonly day: CivilDay;
  /** Days from today: 0 is today. */
  readonly daysAhead: number;
  /** The how manieth anniversary: the age, on a birthday. */
  readonly years: number;
}

/**
 * Whose birthday, or other yearly day, comes in the next days?
 *
 * @param customers - Customers with their days.
 * @param options - `asOf`, `days`, `timeZone`, `leapDay`, `consent`.
 * @returns The occasions by day, then as the customers were passed; those of the very year in which they began are none.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a day is none of the calendar, an occasion has no kind, or an agreement is not
 * parsed; `INVALID_ARGUMENT`; `UNKNOWN_TIME_ZONE`.
 * @example
 * ```ts
 * import { upcomingOccasions } from "clientele";
 *
 * const customers = [{ id: "siti", birthday: "1992-02-29" }, { id: "budi", birthday: "1990-06-01" }];
 * const soon = upcomingOccasions(customers, { asOf: "2025-02-25", days: 7, timeZone: "Asia/Jakarta" });
 * soon; // => [{ customerId: "siti", kind: "birthday", day: "2025-02-28", daysAhead: 3, years: 33 }]
 * ```
 */
export function upcomingOccasions(
  customers: readonly OccasionCustomer[],
  options: UpcomingOccasionsOptions,
): UpcomingOccasion[] {
  assertArray(customers, "customers");
  assertOptions(options, "{ asOf, days }");
  const { days, timeZone = "UTC", leapDay = "feb28", consent } = options;
  assertInteger(days, "options.days", 1, 366);
  assertOneOf(leapDay, "options.leapDay", ["feb28", "mar1"]);
  if (consent !== undefined) assertOptions(consent, "{ purpose }", "options.consent");
  const asOf = epochMs(options.asOf, "options.asOf", timeZone);
  const today = localDay(asOf, timeZone);
  const problems: RowProblem[] = [];
  const found: UpcomingOccasion[] = [];
  for (const [row, customer] of customers.entries()) {
    const {
      id,
      birthday,
      occasions = [],
      consent: agreed = [],
    } = (customer ?? {}) as Partial<OccasionCustomer>;
    if (typeof id !== "string" || id === "") {
      problems.push({ row, field: "id", reason: "is not text, or is empty", value: id });
      continue;
    }
    if (consent !== undefined) requireParsedConsent(problems, row, agreed);
    const isAsked = consent === undefined || agreed.some((one) => isGiven(one, consent, asOf));
    const own = birthday === undefined ? [] : [{ kind: "birthday", day: birthday, field: "birthday" }];
    for (const [i, occasion] of occasions.entries()) {
      const { kind, day } = (occasion ?? {}) as Partial<YearlyOccasion>;
      if (typeof kind === "string" && kind !== "") {
        own.push({ kind, day: day as CivilDay, field: `occasions[${i}].day` });
      } else {
        const reason = "is not text, or is empty";
        problems.push({ row, field: `occasions[${i}].kind`, reason, value: kind });
      }
    }
    for (const { kind, day, field } of own) {
      const first = typeof day === "string" ? parseCivilDay(day) : Number.NaN;
      if (Number.isNaN(first)) {
        problems.push({ row, field, reason: "is not a day of the calendar YYYY-MM-DD", value: day });
      } else if (isAsked) {
        found.push(...kept(first, today, days, leapDay).map((one) => ({ customerId: id, kind, ...one })));
      }
    }
  }
  if (problems.length > 0) throw invalidRows(problems, problems.length, "customers");
  return found.sort((a, b) => a.daysAhead - b.daysAhead);
}

/** In a window of up to 366 days a day is kept at most twice: on 1 March of one year and 29 February of the next. */
function kept(first: number, today: number, days: number, leapDay: "feb28" | "mar1") {
  const year = yearOfMonth(monthOfDay(today));
  const began = yearOfMonth(monthOfDay(first));
  return [year, year + 1].flatMap((inYear) => {
    const on = dayInYear(first, inYear, leapDay);
    const daysAhead = on - today;
    if (inYear <= began || daysAhead < 0 || daysAhead >= days) return [];
    return [{ day: civilDay(on), daysAhead, years: inYear - began }];
  });
}

function dayInYear(first: number, year: number, leapDay: "feb28" | "mar1"): number {
  const firstMonth = monthOfDay(first);
  const month = firstMonth + 12 * (year - yearOfMonth(firstMonth));
  const day = firstDayOfMonth(month) + first - firstDayOfMonth(firstMonth);
  const afterMonth = firstDayOfMonth(month + 1);
  return day >= afterMonth && leapDay === "feb28" ? afterMonth - 1 : day;
}

function isGiven(
  { purpose, channel, at, withdrawnAt }: Consent,
  asked: { readonly purpose: string; readonly channel?: Channel },
  asOf: number,
): boolean {
  const covers = channel === undefined || (asked.channel !== undefined && channel === asked.channel);
  return (
    purpose === asked.purpose && covers && at < asOf && (withdrawnAt === undefined || withdrawnAt >= asOf)
  );
}
