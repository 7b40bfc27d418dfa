import fc from "fast-check";
import type { RenewableContract } from "../../src/retention/contracts/contract-terms.js";

// A second opinion on churn: customers are active on whole days or they are not, and the days are looked at one by one.

export const DAY = 86_400_000;
const LAST = 120;

export interface PlainContract extends RenewableContract {
  readonly startAt: number;
  readonly endAt: number | null;
  readonly term: { readonly unit: "day"; readonly count: number } | null;
}

/** Contracts of a few customers in days 0 to 90, many with common edges, some without length. */
export const someContracts: fc.Arbitrary<PlainContract[]> = fc.array(
  fc
    .record({
      customerId: fc.constantFrom("a", "b", "c", "d"),
      start: fc.nat(70),
      length: fc.option(fc.nat(25), { freq: 6 }),
      count: fc.option(fc.integer({ min: 1, max: 30 }), { freq: 3 }),
    })
    .map(({ customerId, start, length, count }) => ({
      customerId,
      startAt: start * DAY,
      endAt: length === null ? null : (start + length) * DAY,
      term: count === null ? null : { unit: "day" as const, count },
    })),
  { maxLength: 12 },
);

/** The counts of the window of days `[start, end)`, as known on day `asOf`. */
export function expectedChurn(contracts: readonly PlainContract[], start: number, end: number, asOf: number) {
  const known = contracts
    .filter(({ startAt }) => startAt < asOf * DAY)
    .map(({ customerId, startAt, endAt, term }) => ({
      customerId,
      from: startAt / DAY,
      to: endAt !== null && endAt < asOf * DAY ? endAt / DAY : LAST + 1,
      isOpen: endAt === null || endAt >= asOf * DAY,
      every: term?.count ?? null,
    }));
  const sums = {
    activeAtStart: 0,
    started: 0,
    churned: 0,
    churnedOfStarted: 0,
    returned: 0,
    activeAtEnd: 0,
    dueAtStart: 0,
    churnedOfDue: 0,
  };
  for (const id of new Set(known.map(({ customerId }) => customerId))) {
    const own = known.filter(({ customerId, from, to }) => customerId === id && from < to);
    const active = (day: number) => own.some(({ from, to }) => from <= day && day < to);
    const window = Array.from({ length: end - start }, (_, i) => start + i);
    const atStart = active(start - 1);
    const atEnd = active(end - 1);
    const ends = window.filter((day) => active(day - 1) && !active(day)).length;
    const isStarted = !atStart && window.some(active);
    const isChurned = (atStart || isStarted) && !atEnd;
    const isDue = own.some(({ from, to, isOpen, every }) => {
      if (!(from <= start - 1 && start - 1 < to)) return false;
      if (every === null) return !isOpen && to >= start && to < end;
      return window.some((day) => day > from && (day - from) % every === 0);
    });
    sums.activeAtStart += Number(atStart);
    sums.started += Number(isStarted);
    sums.churned += Number(isChurned);
    sums.churnedOfStarted += Number(isChurned && isStarted);
    sums.returned += ends - Number(isChurned);
    sums.activeAtEnd += Number(atEnd);
    sums.dueAtStart += Number(isDue);
    sums.churnedOfDue += Number(isDue && isChurned);
  }
  return sums;
}

/** Number of 2024-01-01 among the days since 1970. */
export const FIRST_CIVIL = 19_723;

export interface PlainMonthlyContract extends RenewableContract {
  readonly startAt: string;
  readonly endAt: string | null;
  readonly term: { readonly unit: "month" | "quarter" | "year"; readonly count: number };
}

const dayText = (n: number): string => new Date((FIRST_CIVIL + n) * DAY).toISOString().slice(0, 10);

/** Contracts of whole civil days, with terms of months, often from the end of a month. */
export const someMonthlyContracts: fc.Arbitrary<PlainMonthlyContract[]> = fc.array(
  fc
    .record({
      customerId: fc.constantFrom("a", "b", "c"),
      start: fc.oneof(fc.nat(250), fc.constantFrom(30, 59, 60, 90, 120, 151, -306, -1)),
      length: fc.option(fc.integer({ min: 1, max: 300 })),
      unit: fc.constantFrom("month" as const, "quarter" as const, "year" as const),
      count: fc.integer({ min: 1, max: 3 }),
    })
    .map(({ customerId, start, length, unit, count }) => ({
      customerId,
      startAt: dayText(start),
      endAt: length === null ? null : dayText(start + length),
      term: { unit, count },
    })),
  { maxLength: 8 },
);

/** On the text of days alone, whatever the zone: how many are up for renewal in a window, and how many of them leave. */
export function expectedDue(
  contracts: readonly PlainMonthlyContract[],
  { start, end }: { readonly start: string; readonly end: string },
): [due: number, churned: number] {
  let [due, churned] = [0, 0];
  for (const id of new Set(contracts.map(({ customerId }) => customerId))) {
    const own = contracts.filter(({ customerId }) => customerId === id);
    // Right before a day: began before it, and did not end before it.
    const activeBefore = (day: string) => own.filter((row) => row.startAt < day && (row.endAt ?? "9") >= day);
    const isDue = activeBefore(start).some((row) =>
      termDays(row, end).some((day) => day >= start && day < end),
    );
    if (!isDue) continue;
    due++;
    if (activeBefore(end).length === 0) churned++;
  }
  return [due, churned];
}

/** The days on which terms end, before another day: months are added to the month, and the day of the month is cut. */
function termDays({ startAt, term }: PlainMonthlyContract, before: string): string[] {
  const [year, month, day] = startAt.split("-").map(Number);
  const step = term.count * { month: 1, quarter: 3, year: 12 }[term.unit];
  const days: string[] = [];
  for (let months = step; ; months += step) {
    const last = new Date(Date.UTC(year, month - 1 + months + 1, 0));
    const text = last.toISOString().slice(0, 8) + String(Math.min(day, last.getUTCDate())).padStart(2, "0");
    if (text >= before) return days;
    days.push(text);
  }
}
