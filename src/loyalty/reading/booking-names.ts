import { civilDay } from "../../core/civil-day.js";
import { formatMoney } from "../../core/format-money.js";
import { localDay } from "../../core/time-zone.js";
import type { PointAccount, PointPosting } from "../ledger/event-parts.js";
import type { LoyaltyEvent } from "../ledger/loyalty-event.js";
import type { LoyaltyProgram } from "../program/loyalty-program.js";

/** An event, or that points began to count or lapsed: of these the movements say all. @internal */
export type DescribedEvent = LoyaltyEvent | { readonly type: "activated" | "expired" };

/** How things of a programme are called in one language. @internal */
export interface BookingNames {
  /** `"1,200 points"`; of several types `"1,200 points and 300 miles"`. */
  readonly points: (byType: Readonly<Record<string, number>>) => string;
  /** `"1,200 points"` of one type. */
  readonly some: (points: number, pointType: string) => string;
  /** What postings put into an account (above 0) or take out of it, by type; `sign` 1 or -1. */
  readonly moved: (
    postings: readonly PointPosting[],
    account: PointAccount,
    sign: 1 | -1,
  ) => Readonly<Record<string, number>>;
  readonly money: (amount: number) => string;
  readonly day: (at: number) => string;
  readonly tier: (id: string | null) => string | null;
  readonly reward: (id: string) => string;
  readonly rule: (id: string) => string;
}

/** @internal */
export function bookingNames(program: LoyaltyProgram, language: "en" | "id"): BookingNames {
  const locale = language === "id" ? "id-ID" : "en-US";
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const some = (points: number, pointType: string): string => `${number.format(points)} ${pointType}`;
  const named = (entries: readonly { readonly id: string; readonly name?: string }[], id: string): string =>
    entries.find((entry) => entry.id === id)?.name ?? id;
  return {
    some,
    points: (byType) =>
      Object.entries(byType)
        .map(([pointType, points]) => some(points, pointType))
        .join(language === "id" ? " dan " : " and "),
    moved: (postings, account, sign) =>
      Object.fromEntries(
        postings
          .filter((posting) => posting.account === account && posting.points * sign > 0)
          .map(({ pointType, points }) => [pointType, points * sign]),
      ),
    money: (amount) => formatMoney({ amount, currency: program.currency }, { locale }),
    day: (at) => civilDay(localDay(at, program.timeZone)),
    tier: (id) => (id === null ? null : named(program.tiers?.levels ?? [], id)),
    reward: (id) => named(program.rewards, id),
    rule: (id) => named(program.earnRules, id),
  };
}

/** Whether a record of points has any. @internal */
export function hasPoints(byType: Readonly<Record<string, number>>): boolean {
  return Object.values(byType).some((points) => points !== 0);
}
