import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { civilDay } from "../../../src/core/civil-day.js";
import {
  startingStanding,
  tierDrop,
  tierReview,
  tierUpgrade,
} from "../../../src/loyalty/tiers/tier-changes.js";
import type { TierStanding } from "../../../src/loyalty/tiers/tier-standing.js";
import { tierProgram } from "./tier-program.js";

const DAY = 86_400_000;
const JOINED = Date.UTC(2024, 2, 15, 10);
const bronze: TierStanding = { tier: "bronze", since: JOINED, earned: "bronze", until: null, floor: null };
const gold = (until: number): TierStanding => ({ ...bronze, tier: "gold", earned: "gold", until });
const day = (ms: number | null | undefined) => (ms == null ? ms : new Date(ms).toISOString());

/** Answers with one count and notes which days were asked for. */
function counting(count: number) {
  const asked: string[] = [];
  const measure = (first: number, last: number) => {
    asked.push(`${civilDay(first)}..${civilDay(last)}`);
    return count;
  };
  return { asked, measure };
}

describe("startingStanding", () => {
  test("a count of 0 gives the lowest level only where its threshold is 0", () => {
    expect(startingStanding(tierProgram(), 5)).toEqual({ ...bronze, since: 5 });
    const paid = tierProgram({ levels: [{ id: "silver", threshold: 1 }] });
    expect(startingStanding(paid, 5)).toEqual({
      tier: null,
      since: 5,
      earned: null,
      until: null,
      floor: null,
    });
  });

  test("no levels, no standing", () => {
    const { tiers: _, ...program } = tierProgram();
    expect(startingStanding(program, 5)).toBeNull();
    expect(tierUpgrade(program, bronze, () => 1e6, JOINED, JOINED)).toBeNull();
    expect(tierReview(program, gold(0), () => 0, JOINED, JOINED)).toBeNull();
  });
});

describe("tierUpgrade", () => {
  test.each([
    [9, null],
    [10, "silver"],
    [99, "silver"],
    [100, "gold"],
  ])("S7: a count of %i gives %s: thresholds are reached, not passed", (count, tier) => {
    expect(tierUpgrade(tierProgram(), bronze, () => count, JOINED, JOINED)?.tier ?? null).toBe(tier);
  });

  test("a level lasts to the end of the next calendar year, and counts the whole year of the order", () => {
    const { asked, measure } = counting(10);
    const risen = tierUpgrade(tierProgram(), bronze, measure, Date.UTC(2024, 5, 1), JOINED);
    expect(asked).toEqual(["2024-01-01..2024-12-31"]);
    expect([risen?.since, day(risen?.until)]).toEqual([Date.UTC(2024, 5, 1), "2026-01-01T00:00:00.000Z"]);
  });

  test("to the end of the same year where the plan says so, and the grace is added", () => {
    const period = { kind: "calendar", unit: "year", lasts: "periodEnd" } as const;
    const plan = tierProgram({ period, grace: { months: 1 } });
    expect(day(tierUpgrade(plan, bronze, () => 10, Date.UTC(2024, 5, 1), JOINED)?.until)).toBe(
      "2025-02-01T00:00:00.000Z",
    );
  });

  test("years and days are the programme's, not those of UTC", () => {
    const plan = tierProgram({}, "Asia/Jakarta");
    const { asked, measure } = counting(10);
    // 2025-01-01 00:30 in Jakarta.
    const risen = tierUpgrade(plan, bronze, measure, Date.UTC(2024, 11, 31, 17, 30), JOINED);
    expect(asked).toEqual(["2025-01-01..2025-12-31"]);
    expect(day(risen?.until)).toBe("2026-12-31T17:00:00.000Z");
  });

  test("an anniversary year begins on the day of enrolment", () => {
    const plan = tierProgram({ period: { kind: "anniversary" } });
    const { asked, measure } = counting(10);
    const risen = tierUpgrade(plan, bronze, measure, Date.UTC(2025, 2, 14, 23), JOINED);
    expect(asked).toEqual(["2024-03-15..2025-03-14"]);
    expect(day(risen?.until)).toBe("2026-03-15T00:00:00.000Z");
  });

  test("who enrolled on 29 February has the anniversary on 28 February of other years", () => {
    const plan = tierProgram({ period: { kind: "anniversary" } });
    const { asked, measure } = counting(10);
    const joined = Date.UTC(2024, 1, 29, 12);
    tierUpgrade(plan, bronze, measure, Date.UTC(2025, 1, 28), joined);
    tierUpgrade(plan, bronze, measure, Date.UTC(2028, 1, 29), joined);
    expect(asked).toEqual(["2025-02-28..2026-02-27", "2028-02-29..2029-02-27"]);
  });

  test("a rolling year has the days up to the order", () => {
    const plan = tierProgram({ period: { kind: "rolling", length: { months: 12 } } });
    const { asked, measure } = counting(10);
    const at = Date.UTC(2025, 2, 15, 9);
    const risen = tierUpgrade(plan, bronze, measure, at, JOINED);
    expect(asked).toEqual(["2024-03-16..2025-03-15"]);
    expect(day(risen?.until)).toBe("2026-03-15T09:00:00.000Z");
  });

  test("for all time: everything counts and nothing ends", () => {
    const plan = tierProgram({ period: { kind: "ever" } });
    const { asked, measure } = counting(10);
    expect(tierUpgrade(plan, bronze, measure, Date.UTC(2025, 2, 15), JOINED)?.until).toBeNull();
    expect(asked).toEqual(["0001-01-01..2025-03-15"]);
  });

  test("never down, whatever the count", () => {
    expect(tierUpgrade(tierProgram(), gold(1e13), () => 10, JOINED, JOINED)).toBeNull();
  });
});

describe("tierReview", () => {
  const due = Date.UTC(2026, 0, 1);

  test("nothing before the end of the term", () => {
    expect(tierReview(tierProgram(), gold(due), () => 0, due - 1, JOINED)).toBeNull();
  });

  test("the year that has ended decides: reached again, the level lasts another year", () => {
    const { asked, measure } = counting(100);
    const review = tierReview(tierProgram(), gold(due), measure, due + 5 * DAY, JOINED);
    expect(asked).toEqual(["2025-01-01..2025-12-31"]);
    expect(review).toEqual({ at: due, cause: "renewal", standing: gold(Date.UTC(2027, 0, 1)) });
  });

  test.each([
    ["oneDown", "silver"],
    ["byBalance", "bronze"],
    ["none", "gold"],
  ] as const)("S27: whose count only reaches the lowest falls by %s to %s", (downgrade, tier) => {
    const review = tierReview(tierProgram({ downgrade }), gold(due), () => 5, due, JOINED);
    expect(review?.standing.tier).toBe(tier);
    expect(review?.cause).toBe(tier === "gold" ? "renewal" : "downgrade");
    // The lowest level cannot be lost, and with "none" no level can.
    expect(day(review?.standing.until)).toBe(tier === "silver" ? "2027-01-01T00:00:00.000Z" : null);
  });

  test("what is counted in the grace saves the level, and the next term has its own end", () => {
    const { asked, measure } = counting(100);
    const plan = tierProgram({ grace: { months: 1, days: 14 } });
    const end = Date.UTC(2026, 1, 15);
    const review = tierReview(plan, gold(end), measure, end, JOINED);
    expect(asked).toEqual(["2025-01-01..2026-02-14"]);
    expect(day(review?.standing.until)).toBe("2027-02-15T00:00:00.000Z");
  });

  test("a level of the same year only: what was counted since the year's end is all", () => {
    const period = { kind: "calendar", unit: "year", lasts: "periodEnd" } as const;
    const { asked, measure } = counting(0);
    expect(tierReview(tierProgram({ period }), gold(due), measure, due, JOINED)?.standing.tier).toBe(
      "bronze",
    );
    expect(asked).toEqual(["2026-01-01..2025-12-31"]);
  });

  test("a rolling term is counted over the time before its end", () => {
    const plan = tierProgram({ period: { kind: "rolling", length: { days: 30 } }, downgrade: "oneDown" });
    const { asked, measure } = counting(12);
    const end = Date.UTC(2026, 3, 10, 6);
    const review = tierReview(plan, gold(end), measure, end, JOINED);
    expect(asked).toEqual(["2026-03-12..2026-04-10"]);
    expect(review?.standing).toMatchObject({ tier: "silver", until: end + 30 * DAY });
  });

  test("a floor that ends gives the earned level back, before its own term is looked at", () => {
    const standing: TierStanding = {
      ...bronze,
      tier: "gold",
      earned: "silver",
      until: due,
      floor: { tier: "gold", until: due - 90 * DAY },
    };
    const first = tierReview(tierProgram(), standing, () => 0, due, JOINED);
    expect(first).toEqual({
      at: due - 90 * DAY,
      cause: "downgrade",
      standing: { tier: "silver", since: due - 90 * DAY, earned: "silver", until: due, floor: null },
    });
  });

  test("below a floor the earned level falls without the member noticing", () => {
    const standing = { ...gold(due), floor: { tier: "gold", until: null } };
    const review = tierReview(tierProgram(), standing, () => 0, due, JOINED);
    expect(review).toMatchObject({
      cause: "renewal",
      standing: { tier: "gold", earned: "bronze", since: JOINED },
    });
  });

  test("a level that the plan no longer has is the lowest", () => {
    const standing = { ...gold(due), tier: "diamond", earned: "diamond" };
    expect(tierReview(tierProgram(), standing, () => 12, due, JOINED)?.standing.tier).toBe("silver");
  });
});

describe("tierDrop", () => {
  test("S25: by balance, at once: +100 silver, -50 basic, +500 gold", () => {
    const plan = tierProgram({
      levels: [
        { id: "basic", threshold: 0 },
        { id: "silver", threshold: 100 },
        { id: "gold", threshold: 500 },
        { id: "platinum", threshold: 1000 },
      ],
      measure: { kind: "balance", pointType: "points" },
      period: { kind: "ever" },
      downgrade: "atOnce",
    });
    let standing = startingStanding(plan, 0) as TierStanding;
    const tiers = [100, 50, 550].map((balance, at) => {
      const change =
        tierUpgrade(plan, standing, () => balance, at, 0) ?? tierDrop(plan, standing, () => balance, at, 0);
      standing = change ?? standing;
      return standing.tier;
    });
    expect(tiers).toEqual(["silver", "basic", "gold"]);
  });

  test("any other plan keeps the level to the end of its term", () => {
    expect(tierDrop(tierProgram(), gold(1e13), () => 0, JOINED, JOINED)).toBeNull();
  });
});

/** Quarters as plain numbers, levels as 0 to 2: the rule in ten lines, without calendar or standing. */
function naiveTiers(visits: readonly number[], oneDown: boolean): number[] {
  const levelOf = (count: number) => (count >= 100 ? 2 : count >= 10 ? 1 : 0);
  const counts = new Map<number, number>();
  let level = 0;
  let lastQuarter = Number.POSITIVE_INFINITY;
  return visits.map((count, index) => {
    const date = new Date(Date.UTC(2024, 0, 1 + 7 * index));
    const quarter = date.getUTCFullYear() * 4 + Math.floor(date.getUTCMonth() / 3);
    while (quarter > lastQuarter) {
      const reached = levelOf(counts.get(lastQuarter) ?? 0);
      level = reached >= level ? reached : oneDown ? Math.max(reached, level - 1) : reached;
      lastQuarter = level === 0 ? Number.POSITIVE_INFINITY : lastQuarter + 1;
    }
    counts.set(quarter, (counts.get(quarter) ?? 0) + count);
    const reached = levelOf(counts.get(quarter) ?? 0);
    if (reached > level) {
      level = reached;
      lastQuarter = quarter + 1;
    }
    return level;
  });
}

test("agrees with quarters counted on fingers, week by week", () => {
  const weeks = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 60 })), {
    minLength: 1,
    maxLength: 160,
  });
  fc.assert(
    fc.property(weeks, fc.boolean(), (visits, oneDown) => {
      const plan = tierProgram({
        period: { kind: "calendar", unit: "quarter" },
        downgrade: oneDown ? "oneDown" : "byBalance",
      });
      const joined = Date.UTC(2024, 0, 1);
      const days = new Map<number, number>();
      const measure = (first: number, last: number) => {
        let sum = 0;
        for (const [at, count] of days) if (at >= first && at <= last) sum += count;
        return sum;
      };
      let standing = startingStanding(plan, joined) as TierStanding;
      const tiers = visits.map((count, index) => {
        const at = joined + 7 * index * DAY;
        for (let due = tierReview(plan, standing, measure, at, joined); due !== null; ) {
          standing = due.standing;
          due = tierReview(plan, standing, measure, at, joined);
        }
        days.set(at / DAY, count);
        standing = tierUpgrade(plan, standing, measure, at, joined) ?? standing;
        return ["bronze", "silver", "gold"].indexOf(standing.tier ?? "");
      });
      expect(tiers).toEqual(naiveTiers(visits, oneDown));
    }),
    { numRuns: 200 },
  );
});
