import { dayNumber } from "../../src/core/civil-day.js";
import type { CohortMode } from "../../src/retention/cohorts/cohort-ages.js";
import { type PlainFact, type PlainRow, plainFacts, sumOf } from "../history/plain-log.js";
import { wallClock } from "../history/zone-clock.js";

// A second opinion on cohorts: sets of customers, counted anew for each cell. Periods are numbered here from the civil day
// that Intl shows; nothing is shared with the code under test but the facts of test/history/plain-log.ts.

const DAY = 86_400_000;

export type PlainBy = "day" | "week" | "month" | "quarter" | "year" | { days: number; anchor: string };

export interface PlainCohortOptions {
  readonly asOf: number;
  readonly timeZone: string;
  readonly refundAttribution?: "purchase" | "transaction";
  readonly by: PlainBy;
  readonly weekStartsOn: number;
  readonly firstMonth: number;
  readonly rollingDays?: number;
  readonly mode: CohortMode;
  readonly startAt?: ReadonlyMap<string, number>;
  readonly startsWith?: (purchase: { productId?: string | null }) => boolean;
  readonly returnsWith?: (purchase: { productId?: string | null }) => boolean;
  readonly groupOf: (customerId: string) => string | null;
}

interface Life {
  readonly customerId: string;
  readonly start: number;
  readonly period: number;
  readonly ages: readonly number[];
  readonly money: readonly { readonly age: number; readonly net: number; readonly cost: number }[];
}

/** Number of the period that holds an instant: consecutive whole numbers. */
export function plainPeriod(at: number, options: PlainCohortOptions): number {
  const { by, weekStartsOn, firstMonth, timeZone } = options;
  const civil = wallClock(at, timeZone).day;
  const day = dayNumber(civil);
  const month = Number(civil.slice(0, 4)) * 12 + Number(civil.slice(5, 7)) - firstMonth;
  if (by === "day") return day;
  // 1970-01-01, day 0, was a Thursday, weekday 4.
  if (by === "week") return Math.floor((day + 4 - weekStartsOn) / 7);
  if (by === "month") return month;
  if (by === "quarter") return Math.floor(month / 3);
  if (by === "year") return Math.floor(month / 12);
  return Math.floor((day - dayNumber(by.anchor)) / by.days);
}

export function plainLives(rows: readonly PlainRow[], options: PlainCohortOptions): Life[] {
  const { startAt, startsWith, returnsWith, asOf } = options;
  const ids = new Set([...rows.map((row) => row.customerId), ...(startAt?.keys() ?? [])]);
  return [...ids].flatMap((customerId): Life[] => {
    const facts = plainFacts(rows, customerId, options);
    const isStart = ({ counts, row }: PlainFact) => counts && (startsWith?.(row) ?? true);
    const start = startAt ? startAt.get(customerId) : facts.find(isStart)?.row.at;
    if (start === undefined || start >= asOf) return [];
    const period = plainPeriod(start, options);
    const ageOf = (at: number) =>
      options.rollingDays === undefined
        ? plainPeriod(at, options) - period
        : Math.floor((at - start) / (options.rollingDays * DAY));
    const later = facts.filter(({ row }) => row.at >= start);
    const returns = later.filter((fact) => {
      if (!fact.counts) return false;
      if (!returnsWith) return true;
      const isTheStart = !startAt && fact.row.at === start && isStart(fact);
      return returnsWith(fact.row) && !isTheStart;
    });
    const paid = later.filter(({ row }) => {
      const purchase = rows.find((other) => row.refundOf != null && other.id === row.refundOf);
      return !purchase || purchase.at >= start;
    });
    return [
      {
        customerId,
        start,
        period,
        ages: returns.map(({ row }) => ageOf(row.at)),
        money: paid.map(({ row, net, cost }) => ({ age: ageOf(row.at), net, cost })),
      },
    ];
  });
}

/** The cohort of a group and period at the ages `[from, to)`; `null` where that is not over. */
export function plainCell(
  lives: readonly Life[],
  group: string | null,
  period: number,
  { from, to }: { readonly from: number; readonly to: number },
  options: PlainCohortOptions,
) {
  const { asOf, rollingDays, mode, groupOf } = options;
  const cohort = lives.filter((life) => life.period === period && groupOf(life.customerId) === group);
  const running = plainPeriod(asOf, options);
  const isOver =
    rollingDays === undefined
      ? period + to - 1 < running
      : period < running && cohort.every(({ start }) => start + to * rollingDays * DAY <= asOf);
  if (!isOver) return null;
  const end = mode === "onOrAfter" ? Number.POSITIVE_INFINITY : to;
  const moneyBetween = (start: number) =>
    cohort.flatMap(({ money }) => money.filter(({ age }) => age >= start && age < to));
  const revenue = sumOf(moneyBetween(from), ({ net }) => net);
  return {
    size: cohort.length,
    customers: cohort.filter(({ ages }) => ages.some((age) => age >= from && age < end)).length,
    revenue,
    profit: revenue - sumOf(moneyBetween(from), ({ cost }) => cost),
    cumulativeRevenue: sumOf(moneyBetween(0), ({ net }) => net),
  };
}
