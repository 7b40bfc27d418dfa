import { twoDigits } from "../../core/civil-day.js";
import { epochMs } from "../../core/instant.js";
import type { OrderLine } from "../ledger/loyalty-command.js";
import type { EarnCondition } from "../program/earn-rule.js";
import type { OrderFacts } from "./order-facts.js";

/** Whether a rule applies to an order at all, its lines aside. @internal */
export type OrderTest = (facts: OrderFacts) => boolean;

/** Whether a line qualifies. @internal */
export type LineTest = (line: OrderLine) => boolean;

/** The tests that a condition asks of an order, but for the birthday, whose counter asks too. @internal */
export function orderTests(when: EarnCondition, timeZone: string): readonly OrderTest[] {
  const tests: OrderTest[] = [];
  const { channels, segments, tiers, from, until, weekdays, hours } = when;
  if (when.firstPurchase) tests.push(({ context, hasLines }) => context.firstPurchase && hasLines);
  if (channels) {
    const accepted = new Set(channels);
    tests.push(({ order }) => order.channel !== undefined && accepted.has(order.channel));
  }
  if (segments) {
    const accepted = new Set(segments);
    tests.push(({ order }) => order.segmentIds?.some((segment) => accepted.has(segment)) ?? false);
  }
  if (tiers) {
    const accepted = new Set(tiers);
    tests.push(({ context }) => context.tier !== null && accepted.has(context.tier));
  }
  if (from !== undefined) {
    const first = epochMs(from, "when.from", timeZone);
    tests.push(({ order }) => order.at >= first);
  }
  if (until !== undefined) {
    const end = epochMs(until, "when.until", timeZone);
    tests.push(({ order }) => order.at < end);
  }
  if (weekdays) {
    const accepted = new Set(weekdays);
    tests.push(({ day }) => accepted.has(weekdayOf(day)));
  }
  if (hours) {
    const first = timeOfDay(hours.from);
    const end = timeOfDay(hours.until);
    tests.push(
      first < end
        ? ({ localTime }) => localTime >= first && localTime < end
        : ({ localTime }) => localTime >= first || localTime < end,
    );
  }
  return tests;
}

/** The test of a line; `null` where all qualify. @internal */
export function lineTest(when: EarnCondition): LineTest | null {
  const { categories, notCategories, products, notProducts } = when;
  const tests: LineTest[] = [];
  if (categories) tests.push(isIn("category", categories));
  if (products) tests.push(isIn("productId", products));
  if (notCategories) tests.push(isNotIn("category", notCategories));
  if (notProducts) tests.push(isNotIn("productId", notProducts));
  const [first] = tests;
  if (first === undefined) return null;
  return tests.length === 1 ? first : (line) => tests.every((test) => test(line));
}

function isIn(field: "category" | "productId", names: readonly string[]): LineTest {
  const accepted = new Set(names);
  return (line) => {
    const name = line[field];
    return name !== undefined && accepted.has(name);
  };
}

function isNotIn(field: "category" | "productId", names: readonly string[]): LineTest {
  const isNamed = isIn(field, names);
  return (line) => !isNamed(line);
}

/** 0 Sunday to 6 Saturday; 1970-01-01 was a Thursday. */
function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** Milliseconds since local midnight of `"HH:MM"`. */
function timeOfDay(text: string): number {
  return (twoDigits(text, 0) * 60 + twoDigits(text, 3)) * 60_000;
}
