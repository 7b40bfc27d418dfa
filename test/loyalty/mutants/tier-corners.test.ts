import { describe, expect, test } from "vitest";
import { civilDay } from "../../../src/core/civil-day.js";
import { tierDrop, tierReview, tierUpgrade } from "../../../src/loyalty/tiers/tier-changes.js";
import { higherStanding, withTierFloor } from "../../../src/loyalty/tiers/tier-floor.js";
import { restated } from "../../../src/loyalty/tiers/tier-levels.js";
import { tierOutlook } from "../../../src/loyalty/tiers/tier-outlook.js";
import type { TierStanding } from "../../../src/loyalty/tiers/tier-standing.js";
import { qualifyingDays } from "../../../src/loyalty/tiers/tier-term.js";
import { tierProgram } from "../tiers/tier-program.js";

// Corners of the levels (bronze from 0, silver from 10, gold from 100) and of their terms.

const JOINED = Date.UTC(2024, 2, 15, 10);
const DUE = Date.UTC(2026, 0, 1);
const bronze: TierStanding = { tier: "bronze", since: JOINED, earned: "bronze", until: null, floor: null };
const silver: TierStanding = { ...bronze, tier: "silver", earned: "silver", until: DUE };
const gold: TierStanding = { ...bronze, tier: "gold", earned: "gold", until: DUE };
const { tiers: _, ...flat } = tierProgram();

function counting(count: number) {
  const asked: string[] = [];
  const measure = (first: number, last: number) => {
    asked.push(`${civilDay(first)}..${civilDay(last)}`);
    return count;
  };
  return { asked, measure };
}

describe("a programme without levels", () => {
  test("nobody falls, has an outlook or a term, or gains by a merge", () => {
    expect(tierDrop(flat, gold, () => 0, JOINED, JOINED)).toBeNull();
    expect(tierOutlook(flat, gold, () => 0, JOINED, JOINED)).toBeNull();
    expect(qualifyingDays(flat, JOINED, JOINED)).toBeNull();
    expect(higherStanding(flat, silver, gold, 7)).toBe(silver);
  });
  test.each([{ tier: "gold", until: null }, null])("has no floor, not even to take away (%j)", (floor) => {
    expect(() => withTierFloor(flat, bronze, floor, 7)).toThrow(
      expect.objectContaining({
        code: "INVALID_ARGUMENT",
        path: "floor.tier",
        message: expect.stringContaining(floor === null ? "undefined" : '"gold"'),
      }),
    );
  });
});

describe("reviews", () => {
  test("a floor that ends with the term ends after it: the member falls once, and not twice", () => {
    const floored = { ...silver, tier: "gold", floor: { tier: "gold", until: DUE } };
    const first = tierReview(tierProgram(), floored, () => 0, DUE, JOINED);
    expect(first).toMatchObject({ at: DUE, cause: "renewal", standing: { tier: "gold", earned: "bronze" } });
    const second = tierReview(tierProgram(), first?.standing as TierStanding, () => 0, DUE, JOINED);
    expect(second).toMatchObject({ at: DUE, cause: "downgrade", standing: { tier: "bronze", floor: null } });
    expect(tierReview(tierProgram(), second?.standing as TierStanding, () => 0, DUE, JOINED)).toBeNull();
  });
  test.each(["none", "oneDown", "byBalance"] as const)(
    "what the grace brought lifts the level with downgrade %s too",
    (downgrade) => {
      expect(tierReview(tierProgram({ downgrade }), silver, () => 100, DUE, JOINED)?.standing).toMatchObject({
        tier: "gold",
        since: DUE,
      });
    },
  );
  test("a term that was begun when levels still had terms ends for good where they last for ever", () => {
    const { asked, measure } = counting(10);
    const plan = tierProgram({ period: { kind: "ever" } });
    const review = tierReview(plan, gold, measure, DUE, JOINED);
    expect(asked).toEqual(["0001-01-01..2026-01-01"]);
    expect(review?.standing).toEqual({ ...silver, since: DUE, until: null });
  });
  test("a grace longer than the period: the term that was looked at is not passed over", () => {
    const plan = tierProgram({ period: { kind: "calendar", unit: "month" }, grace: { days: 45 } });
    // Won in December, kept through January: the end of January and 45 days.
    const end = Date.UTC(2025, 2, 18);
    const { asked, measure } = counting(100);
    const review = tierReview(plan, { ...gold, until: end }, measure, end, JOINED);
    expect(asked).toEqual(["2025-01-01..2025-03-17"]);
    // Kept through February now: its end and 45 days.
    expect(review?.standing.until).toBe(Date.UTC(2025, 3, 15));
  });
});

describe("terms by the clocks of New York", () => {
  const zone = "America/New_York";
  test("a rolling month goes back to the same local time, and forth", () => {
    const plan = tierProgram({ period: { kind: "rolling", length: { months: 1 } } }, zone);
    const { asked, measure } = counting(10);
    // Half past midnight on 20 March, in summer time: a month before it was winter.
    const night = Date.UTC(2025, 2, 20, 4, 30);
    tierUpgrade(plan, bronze, measure, night, JOINED);
    expect(asked).toEqual(["2025-02-21..2025-03-20"]);
    const risen = tierUpgrade(plan, bronze, () => 10, Date.UTC(2025, 1, 20, 12), JOINED);
    expect(risen?.until).toBe(Date.UTC(2025, 2, 20, 11));
  });
  test("the grace ends at local midnight", () => {
    const period = { kind: "calendar", unit: "year", lasts: "periodEnd" } as const;
    const plan = tierProgram({ period, grace: { months: 3 } }, zone);
    const risen = tierUpgrade(plan, bronze, () => 10, Date.UTC(2025, 5, 1), JOINED);
    expect(risen?.until).toBe(Date.UTC(2026, 3, 1, 4));
  });
  test("anniversaries before the enrolment, for orders that are older than the account", () => {
    const plan = tierProgram({ period: { kind: "anniversary" } }, zone);
    const days = (...at: Parameters<typeof Date.UTC>) => {
      const { asked, measure } = counting(10);
      tierUpgrade(plan, bronze, measure, Date.UTC(...at), JOINED);
      return asked[0];
    };
    expect(days(2024, 2, 14, 12)).toBe("2023-03-15..2024-03-14");
    // Midnight is at 4 in UTC then.
    expect(days(2022, 2, 15, 4)).toBe("2022-03-15..2023-03-14");
    expect(days(2022, 2, 15, 3, 59)).toBe("2021-03-15..2022-03-14");
  });
});

test("the last day of a leap year belongs to the year of membership that it ends", () => {
  const plan = tierProgram({ period: { kind: "anniversary" } });
  const { asked, measure } = counting(10);
  tierUpgrade(plan, bronze, measure, Date.UTC(2024, 11, 31, 18), Date.UTC(2024, 0, 1));
  expect(asked).toEqual(["2024-01-01..2024-12-31"]);
});

describe("floors", () => {
  const floored = (tier: string, until: number | null) => ({ ...bronze, floor: { tier, until } });
  const kept = (standing: TierStanding, other: TierStanding) =>
    higherStanding(tierProgram(), standing, other, 7).floor;
  test("of a merge: the higher one, of equal ones the longer, and the only one there is", () => {
    expect(kept(floored("gold", 50), floored("silver", 90))).toEqual({ tier: "gold", until: 50 });
    expect(kept(floored("silver", 90), floored("gold", 50))).toEqual({ tier: "gold", until: 50 });
    expect(kept(floored("gold", 50), floored("gold", 60))).toEqual({ tier: "gold", until: 60 });
    expect(kept(floored("gold", 60), floored("gold", 50))).toEqual({ tier: "gold", until: 60 });
    expect(kept(floored("gold", 50), bronze)).toEqual({ tier: "gold", until: 50 });
    expect(kept(bronze, floored("gold", 50))).toEqual({ tier: "gold", until: 50 });
    expect(kept(bronze, bronze)).toBeNull();
  });
  test("of a level that the plan no longer has lift nobody", () => {
    const plan = tierProgram({ levels: [{ id: "silver", threshold: 10 }] });
    const none: TierStanding = { tier: null, since: 1, earned: null, until: null, floor: null };
    const levels = plan.tiers;
    if (levels === undefined) throw new Error("the plan has levels");
    const floor = { tier: "diamond", until: null };
    expect(restated(levels, none, { floor }, 7)).toEqual({ ...none, floor });
  });
});
