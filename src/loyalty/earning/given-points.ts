import { parseCivilDay } from "../../core/civil-day.js";
import type { RoundingMode } from "../../core/rounding.js";
import type { OrderLine } from "../ledger/loyalty-command.js";
import { birthdayYear } from "./birthday-year.js";
import type { PointRule, ReadyRule } from "./compiled-earning.js";
import {
  addPoints,
  dealtPoints,
  type ExactShares,
  hasShare,
  limitedShares,
  timesFactor,
  wholeParts,
  wholePoints,
  wholeShares,
} from "./exact-shares.js";
import type { OrderFacts } from "./order-facts.js";
import type { LineTest } from "./rule-test.js";

/** What multipliers added to the points of a rule: which one, how many (below 0 for a factor below 1). */
interface Gain {
  readonly by: ReadyRule;
  readonly points: number;
}

/** What one rule gives to an order; worked on until the order is done. @internal */
export interface GivenPoints {
  readonly rule: PointRule;
  /** Its share for each line before rounding; one part alone where it gives to no line. */
  shares: ExactShares;
  /** Whether its points fall to lines: those of visits and events do not. */
  readonly onLines: boolean;
  /** Whether fractions are dropped for each line. */
  readonly perLine: boolean;
  /** Whole points of its own, before levels and multipliers. */
  readonly own: number;
  /** Whole points with what has been added so far. */
  points: number;
  /** What multipliers added, in their order. */
  gains: readonly Gain[];
  /** Whether a cap has cut its points below what its shares come to. */
  isCut: boolean;
}

/** How a programme rounds. @internal */
export interface Rounding {
  readonly mode: RoundingMode;
  readonly per: "order" | "line";
}

/** What each rule of one point type gives to the order before levels and multipliers. @internal */
export function givenPoints(
  rules: readonly PointRule[],
  facts: OrderFacts,
  rounding: Rounding,
): readonly GivenPoints[] {
  const given: GivenPoints[] = [];
  // Made for the first exclusive rule: most programmes have none.
  let taken: Map<string, boolean[]> | null = null;
  let hasBest = false;
  for (const rule of rules) {
    const weights = qualifyingLines(rule, facts, taken?.get(rule.group));
    if (weights === null) continue;
    const award = awarded(rule, facts, weights, rounding);
    if (award === null) continue;
    given.push(award);
    hasBest ||= rule.stacking === "best";
    if (rule.stacking !== "exclusive") continue;
    taken ??= new Map();
    takeLines(taken, rule.group, weights, facts);
  }
  return hasBest ? withoutLesser(given, (one) => one.own) : given;
}

/** Of those marked `best` in each group only the one that gives most, the earlier where two give the same. @internal */
export function withoutLesser<T extends { readonly rule: ReadyRule }>(
  given: readonly T[],
  pointsOf: (one: T) => number,
): readonly T[] {
  const best = new Map<string, T>();
  for (const one of given) {
    if (one.rule.stacking !== "best") continue;
    const leader = best.get(one.rule.group);
    if (leader === undefined || pointsOf(one) > pointsOf(leader)) best.set(one.rule.group, one);
  }
  return given.filter((one) => one.rule.stacking !== "best" || best.get(one.rule.group) === one);
}

/** Which lines a rule gives to, `"all"` of them; `null` where it does not apply to the order. @internal */
export type QualifyingLines = "all" | readonly boolean[];

/** @internal */
export function qualifyingLines(
  ready: ReadyRule,
  facts: OrderFacts,
  taken: readonly boolean[] | undefined,
): QualifyingLines | null {
  for (const test of ready.orderTests) if (!test(facts)) return null;
  if (isBirthdaySpent(ready, facts)) return null;
  const { lineTest, minimumAmount, minimumQuantity } = ready;
  const { lines } = facts.order;
  const qualify = lineTest === null ? "all" : linesThat(lines, lineTest);
  // A condition on lines is not met by an order that has none.
  if (qualify === null) return null;
  if (minimumAmount > 0 && sumOf(facts.amounts, qualify) < minimumAmount) return null;
  if (minimumQuantity > 0 && sumOf(facts.quantities, qualify) < minimumQuantity) return null;
  if (taken === undefined) return qualify;
  if (lines.length === 0) return taken[0] ? null : "all";
  const left = lines.map((_, i) => (qualify === "all" || qualify[i]) && !taken[i]);
  return left.includes(true) ? left : null;
}

/** `"all"` where none is left out, which spares the rest a list; `null` where none qualifies. */
function linesThat(lines: readonly OrderLine[], test: LineTest): QualifyingLines | null {
  let count = 0;
  for (const line of lines) if (test(line)) count++;
  if (count === 0) return null;
  return count === lines.length ? "all" : lines.map(test);
}

/** Marks what an exclusive rule gave to: its lines, or the order itself where there are none. @internal */
export function takeLines(
  taken: Map<string, boolean[]>,
  group: string,
  given: QualifyingLines,
  facts: OrderFacts,
): void {
  const before = taken.get(group);
  const places = Math.max(1, facts.order.lines.length);
  taken.set(
    group,
    Array.from({ length: places }, (_, i) => given === "all" || given[i] || (before?.[i] ?? false)),
  );
}

function sumOf(values: readonly number[], qualify: QualifyingLines): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) if (qualify === "all" || qualify[i]) sum += values[i];
  return sum;
}

/** The counter of a birthday: one award in the year of each. @internal */
export function birthdayCounter(ready: ReadyRule, { context, day }: OrderFacts): string | null {
  const condition = ready.rule.when?.birthday;
  if (condition === undefined || context.birthday === null) return null;
  const year = birthdayYear(day, parseCivilDay(context.birthday), condition);
  return year === null ? null : `birthday:${year}`;
}

function isBirthdaySpent(ready: ReadyRule, facts: OrderFacts): boolean {
  if (ready.rule.when?.birthday === undefined) return false;
  const counter = birthdayCounter(ready, facts);
  return counter === null || facts.context.counted(ready.rule.id, counter) > 0;
}

/** The most that the caps of one kind leave of a rule's points; Infinity without one. @internal */
export function capOf(
  { rule, caps }: ReadyRule,
  binds: "beforeMultiplier" | "afterMultiplier",
  { order, context }: OrderFacts,
): number {
  let most = Number.POSITIVE_INFINITY;
  for (const { cap, key } of caps) {
    if (cap.binds !== binds) continue;
    const used = key === null ? 0 : context.counted(rule.id, key(order.at));
    most = Math.min(most, Math.max(0, cap.points - used));
  }
  return most;
}

/** Whole points of shares, rounded once or line by line. @internal */
export function roundedPoints(shares: ExactShares, perLine: boolean, mode: RoundingMode): number {
  return perLine ? wholeParts(shares, mode).reduce(addPoints, 0) : wholePoints(shares, mode);
}

function awarded(
  rule: PointRule,
  facts: OrderFacts,
  qualify: QualifyingLines,
  rounding: Rounding,
): GivenPoints | null {
  const { award } = rule;
  // Points of an order, a visit or an event are whole already: there is nothing to round for a line.
  const perLine = rounding.per === "line" && (award.per === "amount" || award.per === "unit");
  const shares = exactAward(award, facts, qualify, perLine);
  if (shares === null) return null;
  const cap = rule.caps.length === 0 ? Number.POSITIVE_INFINITY : capOf(rule, "beforeMultiplier", facts);
  const within =
    cap === Number.POSITIVE_INFINITY ? shares : cappedShares(shares, cap, perLine, rounding.mode);
  const own = roundedPoints(within, perLine, rounding.mode);
  if (isNothing(within)) return null;
  const onLines = award.per !== "visit" && award.per !== "event";
  return { rule, shares: within, onLines, perLine, own, points: own, gains: NO_GAINS, isCut: false };
}

const NO_GAINS: readonly Gain[] = [];

/** Where a cap binds line by line, what is left is whole points: no multiplier makes more of fractions above the cap. */
function cappedShares(shares: ExactShares, cap: number, perLine: boolean, mode: RoundingMode): ExactShares {
  const limited = limitedShares(shares, cap);
  if (!perLine) return limited;
  const parts = wholeParts(shares, mode);
  const whole = wholeShares(parts);
  if (parts.reduce(addPoints, 0) > cap) return wholeShares(dealtPoints(cap, whole));
  return limited === shares ? shares : whole;
}

function isNothing(shares: ExactShares): boolean {
  for (let i = 0; i < shares.parts.length; i++) if (hasShare(shares, i)) return false;
  return true;
}

function exactAward(
  award: PointRule["award"],
  facts: OrderFacts,
  qualify: QualifyingLines,
  perLine: boolean,
): ExactShares | null {
  const { order, hasLines, isVisit } = facts;
  switch (award.per) {
    case "visit":
      return isVisit ? wholeShares([award.points]) : null;
    case "event":
      return order.event === award.event ? wholeShares([award.points]) : null;
    case "order":
      return hasLines ? orderAward(award.points, facts, qualify) : null;
    case "unit":
      return hasLines ? timesFactor(wholeShares(kept(facts.quantities, qualify)), award.points, 1) : null;
    default:
      return hasLines ? amountAward(award, kept(facts.amounts, qualify), perLine) : null;
  }
}

function amountAward(
  { points, amount, partial }: Extract<PointRule["award"], { per: "amount" }>,
  amounts: readonly number[],
  perLine: boolean,
): ExactShares | null {
  if (partial) return timesFactor(wholeShares(amounts), points, amount);
  if (perLine) return timesFactor(wholeShares(amounts.map((each) => wholeTimes(each, amount))), points, 1);
  let sum = 0;
  for (const each of amounts) sum += each;
  const times = wholeTimes(sum, amount);
  if (times === 0) return null;
  return timesFactor({ big: false, parts: amounts, times, over: sum }, points, 1);
}

function orderAward(points: number, { amounts }: OrderFacts, qualify: QualifyingLines): ExactShares {
  const weights = kept(amounts, qualify);
  let sum = 0;
  for (const weight of weights) sum += weight;
  if (sum > 0) return timesFactor(wholeShares(weights), points, sum);
  const even = kept(
    amounts.map(() => 1),
    qualify,
  );
  return timesFactor(wholeShares(even), points, even.reduce(addPoints, 0));
}

function wholeTimes(amount: number, step: number): number {
  return (amount - (amount % step)) / step;
}

function kept(values: readonly number[], qualify: QualifyingLines): readonly number[] {
  return qualify === "all" ? values : values.map((value, i) => (qualify[i] ? value : 0));
}
