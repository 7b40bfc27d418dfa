import { describe, expect, test } from "vitest";
import type { EarnOrder } from "../../../src/loyalty/earning/earn-order.js";
import type { EarnCondition } from "../../../src/loyalty/program/earn-rule.js";
import { base, counters, earn, noon, orderOf, pointsOf, programOf } from "./earning-setup.js";

const given = (when: EarnCondition, order: EarnOrder, timeZone = "UTC"): number =>
  pointsOf(programOf([{ ...base, when }], { timeZone }), order);

describe("conditions on lines", () => {
  const order = orderOf([
    { amount: 100, category: "wine", productId: "merlot" },
    { amount: 1000, category: "wine", productId: "rioja", quantity: 2 },
    { amount: 10_000, category: "bread", productId: "rye", quantity: 4 },
    { amount: 100_000 },
  ]);
  test.each<[EarnCondition, number]>([
    [{ categories: ["wine"] }, 11],
    [{ categories: ["wine", "bread"] }, 111],
    [{ notCategories: ["wine"] }, 1100],
    [{ products: ["rye", "merlot"] }, 101],
    [{ notProducts: ["rye"] }, 1011],
    [{ categories: ["wine"], notProducts: ["rioja"] }, 1],
    [{ categories: ["cheese"] }, 0],
    [{ categories: ["wine"], minimumAmount: 1100 }, 11],
    [{ categories: ["wine"], minimumAmount: 1101 }, 0],
    [{ categories: ["wine"], minimumQuantity: 3 }, 11],
    [{ categories: ["wine"], minimumQuantity: 4 }, 0],
  ])("%j earns %i", (when, expected) => expect(given(when, order)).toBe(expected));
  test("a condition on lines is not met by an event without lines", () => {
    const event = { id: "r", award: { per: "event", event: "review", points: 5 } } as const;
    const review = orderOf([], { event: "review" });
    expect(pointsOf(programOf([event]), review)).toBe(5);
    expect(pointsOf(programOf([{ ...event, when: { categories: ["wine"] } }]), review)).toBe(0);
    expect(pointsOf(programOf([{ ...event, when: { minimumAmount: 1 } }]), review)).toBe(0);
  });
});

describe("conditions on the order and the member", () => {
  const order = orderOf([1000], { channel: "app", segmentIds: ["vip", "new"] });
  test("channel", () => {
    expect(given({ channels: ["shop", "app"] }, order)).toBe(10);
    expect(given({ channels: ["shop"] }, order)).toBe(0);
    expect(given({ channels: ["app"] }, orderOf([1000]))).toBe(0);
  });
  test("segment", () => {
    expect(given({ segments: ["new"] }, order)).toBe(10);
    expect(given({ segments: ["lost"] }, order)).toBe(0);
    expect(given({ segments: ["vip"] }, orderOf([1000]))).toBe(0);
  });
  test("tier at the start of the order", () => {
    const program = programOf([{ ...base, when: { tiers: ["gold"] } }], {
      tiers: {
        levels: [{ id: "gold", threshold: 500 }],
        measure: { kind: "spend" },
        period: { kind: "ever" },
        downgrade: "none",
        levelOfOrder: "after",
      },
    });
    expect(pointsOf(program, order, { tier: "gold", qualifying: 500 })).toBe(10);
    expect(pointsOf(program, order, { tier: null })).toBe(0);
  });
  test("first purchase: an order, not an event", () => {
    const program = programOf([
      { id: "first", award: { per: "order", points: 50 }, when: { firstPurchase: true } },
      { id: "event", award: { per: "event", event: "signup", points: 9 }, when: { firstPurchase: true } },
    ]);
    expect(pointsOf(program, order, { firstPurchase: true })).toBe(50);
    expect(pointsOf(program, order, { firstPurchase: false })).toBe(0);
    expect(pointsOf(program, orderOf([], { event: "signup" }), { firstPurchase: true })).toBe(0);
  });
});

describe("conditions on the time", () => {
  const at = (iso: string) => orderOf([1000], { at: Date.parse(iso) });
  test("from a day, until before a day, both in the programme's zone", () => {
    const march: EarnCondition = { from: "2025-03-01", until: "2025-04-01" };
    const jakarta = (iso: string) => given(march, at(iso), "Asia/Jakarta");
    expect([jakarta("2025-02-28T16:59:59.999Z"), jakarta("2025-02-28T17:00:00Z")]).toEqual([0, 10]);
    expect([jakarta("2025-03-31T16:59:59.999Z"), jakarta("2025-03-31T17:00:00Z")]).toEqual([10, 0]);
  });
  test("from an instant", () => {
    const when: EarnCondition = { from: "2025-03-01T10:00:00+07:00" };
    expect([given(when, at("2025-03-01T02:59:59Z")), given(when, at("2025-03-01T03:00:00Z"))]).toEqual([
      0, 10,
    ]);
  });
  test("weekdays, 0 for Sunday, before 1970 too", () => {
    const days = ["2025-03-02", "2025-03-03", "2025-03-08", "1969-12-28"]; // Sunday, Monday, Saturday, Sunday
    const on = (weekdays: number[]) => days.map((day) => given({ weekdays }, at(`${day}T12:00:00Z`)));
    expect(on([0])).toEqual([10, 0, 0, 10]);
    expect(on([1, 6])).toEqual([0, 10, 10, 0]);
  });
  test("a weekday is one of the programme's zone: Sunday 23:00 UTC is Monday in Jakarta", () => {
    expect(given({ weekdays: [1] }, at("2025-03-02T23:00:00Z"))).toBe(0);
    expect(given({ weekdays: [1] }, at("2025-03-02T23:00:00Z"), "Asia/Jakarta")).toBe(10);
  });
  test("hours, half-open, over midnight too", () => {
    const happy: EarnCondition = { hours: { from: "17:00", until: "19:00" } };
    const times = ["16:59:59", "17:00:00", "18:59:59", "19:00:00"].map((time) => at(`2025-03-05T${time}Z`));
    expect(times.map((order) => given(happy, order))).toEqual([0, 10, 10, 0]);
    const night: EarnCondition = { hours: { from: "22:00", until: "02:30" } };
    const hours = ["21:59:59", "22:00:00", "02:29:59", "02:30:00"].map((time) => at(`2025-03-05T${time}Z`));
    expect(hours.map((order) => given(night, order))).toEqual([0, 10, 10, 0]);
    // 18:00 by the clocks of Paris, which is 16:00 UTC in summer and 17:00 in winter.
    expect(given(happy, at("2025-07-05T16:00:00Z"), "Europe/Paris")).toBe(10);
    expect(given(happy, at("2025-01-05T16:00:00Z"), "Europe/Paris")).toBe(10);
    expect(given(happy, at("2025-01-05T15:30:00Z"), "Europe/Paris")).toBe(0);
  });
});

describe("S17 birthday of 29 February", () => {
  const born = "2000-02-29";
  const program = (within: "day" | "week" | "month", leapDay?: "feb28" | "mar1") =>
    programOf([
      {
        id: "b",
        award: { per: "order", points: 100 },
        when: { birthday: { within, ...(leapDay && { leapDay }) } },
      },
    ]);
  const days = (from: string, count: number) =>
    Array.from({ length: count }, (_, i) => Date.parse(`${from}T12:00:00Z`) + i * 86_400_000);
  const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);
  /** The days of a year, from the middle of February, on which an order would earn. */
  function earning(year: number, ...policy: Parameters<typeof program>): string[] {
    const ready = program(...policy);
    const earns = (at: number) => pointsOf(ready, orderOf([100], { at }), { birthday: born }) > 0;
    return days(`${year}-01-20`, 90).filter(earns).map(dayOf);
  }
  test("feb28: 02-29, 02-28, 02-28, 02-28 in 2024 to 2027", () => {
    expect([2024, 2025, 2026, 2027].flatMap((year) => earning(year, "day"))).toEqual([
      "2024-02-29",
      "2025-02-28",
      "2026-02-28",
      "2027-02-28",
    ]);
  });
  test("mar1: 02-29, then 03-01", () => {
    expect([2024, 2025].flatMap((year) => earning(year, "day", "mar1"))).toEqual([
      "2024-02-29",
      "2025-03-01",
    ]);
  });
  test("the month is that of the birthday", () => {
    expect(earning(2025, "month")).toEqual(days("2025-02-01", 28).map(dayOf));
    expect(earning(2025, "month", "mar1")).toEqual(days("2025-03-01", 31).map(dayOf));
  });
  test("the week is Monday to Sunday around the birthday", () => {
    // 28 February 2025 is a Friday.
    expect(earning(2025, "week")).toEqual(days("2025-02-24", 7).map(dayOf));
  });
  test("one award in the year of each birthday, whatever the day", () => {
    const { counted, add } = counters();
    const ready = program("month");
    const given = ["2025-02-01", "2025-02-28", "2026-02-10", "2026-02-11"].map((day) => {
      const earned = earn(ready, orderOf([100], { at: Date.parse(day) }), { birthday: born, counted });
      add(earned);
      return earned.lots.length;
    });
    expect(given).toEqual([1, 0, 1, 0]);
  });
  test("the week of 31 December is one birthday, on both sides of the year", () => {
    const { counted, add } = counters();
    const ready = program("week");
    // Tuesday 31 December 2024: Monday 30 December to Sunday 5 January.
    const given = ["2024-12-30", "2025-01-02", "2025-01-06", "2025-12-29"].map((day) => {
      const earned = earn(ready, orderOf([100], { at: Date.parse(day) }), {
        birthday: "1990-12-31",
        counted,
      });
      add(earned);
      return earned.counted.map(({ period }) => period);
    });
    expect(given).toEqual([["birthday:2024"], [], [], ["birthday:2025"]]);
  });
  test("a multiplier for the birthday is given once too", () => {
    const twice = programOf([
      base,
      { id: "m", award: { per: "multiplier", factor: 2 }, when: { birthday: { within: "day" } } },
    ]);
    const order = orderOf([1000], { at: noon });
    expect(earn(twice, order, { birthday: "1990-03-05" }).counted).toEqual([
      { ruleId: "m", period: "birthday:2025", points: 10 },
    ]);
    const spent = (ruleId: string, period: string) => (ruleId === "m" && period === "birthday:2025" ? 10 : 0);
    expect(pointsOf(twice, order, { birthday: "1990-03-05", counted: spent })).toBe(10);
  });
  test("no birthday is known, or the day of birth itself: nothing", () => {
    expect(pointsOf(program("day"), orderOf([100]))).toBe(0);
    expect(pointsOf(program("day"), orderOf([100]), { birthday: "2025-03-05" })).toBe(0);
  });
});
