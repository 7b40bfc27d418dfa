import { safeInteger } from "../../core/safe-integer.js";
import type { LoyaltyProgram } from "../program/loyalty-program.js";
import type { QualifyingActivity, QualifyingReader } from "../tiers/tier-standing.js";
import type { AccountDraft } from "./account-draft.js";
import { isList, walkById } from "./by-id.js";
import type { LoyaltyAccount } from "./loyalty-account.js";
import { compareNumbers, mapFloor, mapLastKey, mapSet, mapWalk, type SortedMap } from "./sorted-map.js";

// What counts towards a tier: of up to 32 orders read from them, of more kept as running totals by day, so that any stretch of
// days is read with two look-ups.

/** @internal */
export const zeroActivity: QualifyingActivity = { points: {}, spend: 0, visits: 0, orders: 0 };

/** The sum of two, each number checked. @internal */
export function plusActivity(a: QualifyingActivity, b: QualifyingActivity): QualifyingActivity {
  return {
    points: plusPoints(a.points, b.points),
    spend: safeInteger(a.spend + b.spend, "event.qualifying.spend", "the money that counts towards a tier"),
    visits: safeInteger(a.visits + b.visits, "event.qualifying.visits", "the number of visits"),
    orders: safeInteger(a.orders + b.orders, "event.qualifying.orders", "the number of orders"),
  };
}

/** The sum of two by type, each number checked. @internal */
export function plusPoints(
  a: Readonly<Record<string, number>>,
  b: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  let sum: Record<string, number> | null = null;
  for (const pointType of Object.keys(b)) {
    const points = pointsOf(a, pointType) + b[pointType];
    if (!Number.isSafeInteger(points)) safeInteger(points, "event", `points of "${pointType}"`);
    sum ??= { ...a };
    // Not by assignment to a name that an object may have already.
    if (pointType in sum && !Object.hasOwn(sum, pointType)) sum = { ...sum, [pointType]: points };
    else sum[pointType] = points;
  }
  return sum ?? a;
}

/** Points of one type; 0 where the record has none. @internal */
export function pointsOf(points: Readonly<Record<string, number>>, pointType: string): number {
  return Object.hasOwn(points, pointType) ? points[pointType] : 0;
}

/** Books what an order counts, or no longer counts; the account has the order already. @internal */
export function countQualifying(
  account: AccountDraft,
  activity: QualifyingActivity & { readonly day: number },
  own: boolean,
): void {
  if (account.days !== null) {
    account.days = addQualifying(account.days, activity.day, activity, own);
  } else if (account.orders !== null && !isList(account.orders)) {
    let days: SortedMap<number, QualifyingActivity> = { keys: [], values: [] };
    walkById(account.orders, ({ qualifying, returned }) => {
      days = addQualifying(days, qualifying.day, qualifying, true);
      if (returned === null) return;
      days = addQualifying(days, qualifying.day, negated(returned.qualifying), true);
    });
    account.days = days;
  }
}

/** The same as numbers below 0. @internal */
export function negated({ points, spend, visits, orders }: QualifyingActivity): QualifyingActivity {
  return {
    points: Object.fromEntries(Object.keys(points).map((pointType) => [pointType, 0 - points[pointType]])),
    spend: 0 - spend,
    visits: 0 - visits,
    orders: 0 - orders,
  };
}

/** The running totals with what one day adds (or takes). */
function addQualifying(
  days: SortedMap<number, QualifyingActivity>,
  day: number,
  activity: QualifyingActivity,
  own: boolean,
): SortedMap<number, QualifyingActivity> {
  if (isZero(activity)) return days;
  const last = mapLastKey(days);
  const isLate = last !== undefined && day < last;
  const before = mapFloor(days, day, compareNumbers) ?? zeroActivity;
  const sums = mapSet(days, day, plusActivity(before, activity), compareNumbers, own);
  return isLate ? withLaterDays(sums, day, activity, own) : sums;
}

/** Activity that arrives late, and returns, move the totals of the days since. */
function withLaterDays(
  days: SortedMap<number, QualifyingActivity>,
  day: number,
  activity: QualifyingActivity,
  own: boolean,
): SortedMap<number, QualifyingActivity> {
  const later: [number, QualifyingActivity][] = [];
  const add = (other: number, total: QualifyingActivity): boolean => {
    later.push([other, total]);
    return true;
  };
  mapWalk(days, add, day + 1, compareNumbers);
  let sums = days;
  for (const [other, total] of later) {
    sums = mapSet(sums, other, plusActivity(total, activity), compareNumbers, own);
  }
  return sums;
}

/** Reads what the programme's tier plan counts of an account. @internal */
export function qualifyingReader(program: LoyaltyProgram, account: LoyaltyAccount): QualifyingReader {
  const measure = program.tiers?.measure;
  if (measure === undefined) return () => 0;
  if (measure.kind === "balance") {
    const { pointType } = measure;
    return () => balanceOf(account, pointType);
  }
  const read = (activity: QualifyingActivity | undefined): number => {
    if (activity === undefined) return 0;
    return measure.kind === "points" ? pointsOf(activity.points, measure.pointType) : activity[measure.kind];
  };
  const { days, orders } = account;
  if (days === null) return (firstDay, lastDay) => countedOf(orders, firstDay, lastDay, read);
  return (firstDay, lastDay) => {
    const until = read(mapFloor(days, lastDay, compareNumbers));
    return until - read(mapFloor(days, firstDay - 1, compareNumbers));
  };
}

function countedOf(
  orders: LoyaltyAccount["orders"],
  firstDay: number,
  lastDay: number,
  read: (activity: QualifyingActivity | undefined) => number,
): number {
  let sum = 0;
  walkById(orders, ({ qualifying, returned }) => {
    if (qualifying.day < firstDay || qualifying.day > lastDay) return;
    const counted = read(qualifying) - read(returned?.qualifying);
    sum = safeInteger(sum + counted, "account.orders", "what counts towards a tier");
  });
  return sum;
}

/** Points at hand, less what is owed. */
function balanceOf(account: LoyaltyAccount, pointType: string): number {
  if (!Object.hasOwn(account.points, pointType)) return 0;
  const { available, arrears } = account.points[pointType].balances;
  return available + arrears;
}

function isZero(activity: QualifyingActivity): boolean {
  if (activity.spend !== 0 || activity.visits !== 0 || activity.orders !== 0) return false;
  for (const pointType of Object.keys(activity.points)) if (activity.points[pointType] !== 0) return false;
  return true;
}
