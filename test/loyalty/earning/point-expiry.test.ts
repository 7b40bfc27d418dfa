import { describe, expect, test } from "vitest";
import { pointExpiry, slidingExpiry } from "../../../src/loyalty/earning/point-expiry.js";
import type { PointExpiry } from "../../../src/loyalty/program/expiry-rule.js";
import { base, earn, orderOf, programOf } from "./earning-setup.js";

const club = (expiry: PointExpiry | undefined, timeZone = "UTC") =>
  programOf([], { timeZone, pointTypes: [{ id: "points", kind: "spendable", ...(expiry && { expiry }) }] });

/** When points earned at an instant lapse, as ISO text. */
function lapse(expiry: PointExpiry, earned: string, timeZone = "UTC", active = earned): string | null {
  const { expiresAt } = pointExpiry(club(expiry, timeZone), "points", Date.parse(earned), Date.parse(active));
  return expiresAt === null ? null : new Date(expiresAt).toISOString().replace(":00.000Z", "Z");
}

const afterMonths = (months: number, roundUpTo?: "day" | "month" | "year"): PointExpiry => ({
  kind: "afterEarn",
  after: { months },
  ...(roundUpTo && { roundUpTo }),
});

describe("S16 expiry dates", () => {
  test("(a) 2020-07-06, 12 months, to the month's end: 2021-08-01 (Square)", () => {
    expect(lapse(afterMonths(12, "month"), "2020-07-06T10:00Z")).toBe("2021-08-01T00:00Z");
  });
  test("(b) 22 January to the month's end: 1 February; 2018 to the year's end: 2019-01-01 (Open Loyalty)", () => {
    expect(lapse({ kind: "periodEnd", period: "month" }, "2025-01-22T10:00Z")).toBe("2025-02-01T00:00Z");
    expect(lapse({ kind: "periodEnd", period: "year" }, "2018-05-01T10:00Z")).toBe("2019-01-01T00:00Z");
  });
  test("(c) to the day's end: 25 January and 1 month, 31 January and 1, 1 January and 0 (Voucherify)", () => {
    expect(lapse(afterMonths(1, "day"), "2025-01-25T10:00Z")).toBe("2025-02-26T00:00Z");
    expect(lapse(afterMonths(1, "day"), "2025-01-31T10:00Z")).toBe("2025-03-01T00:00Z");
    expect(lapse(afterMonths(0, "day"), "2025-01-01T10:00Z")).toBe("2025-01-02T00:00Z");
    expect(lapse(afterMonths(0, "day"), "2025-01-01T00:00Z")).toBe("2025-01-02T00:00Z");
  });
  test("(d) 29 February and 12 months: last day 28 February; and 48: 29 February", () => {
    expect(lapse(afterMonths(12, "day"), "2024-02-29T10:00Z")).toBe("2025-03-01T00:00Z");
    expect(lapse(afterMonths(48, "day"), "2024-02-29T10:00Z")).toBe("2028-03-01T00:00Z");
  });
  test("(e) 31 January and 2 months is 31 March: added once", () => {
    expect(lapse(afterMonths(2), "2025-01-31T10:00Z")).toBe("2025-03-31T10:00Z");
  });
  test("33: a day without a time is one of the programme's zone, and does not end early (Kademi #4759)", () => {
    expect(lapse({ kind: "fixedDate", on: "2025-07-01" }, "2025-01-01T00:00Z", "America/New_York")).toBe(
      "2025-07-01T04:00Z",
    );
  });
});

describe("S16b a day across a change of the clocks, America/New_York", () => {
  const oneDay = (roundUpTo?: "day"): PointExpiry => ({
    kind: "afterEarn",
    after: { days: 1 },
    ...(roundUpTo && { roundUpTo }),
  });
  test("spring: wall clock 03:30Z, end of the local day 04:00Z", () => {
    const earned = "2024-03-09T23:30-05:00";
    expect(lapse(oneDay(), earned, "America/New_York")).toBe("2024-03-11T03:30Z");
    expect(lapse(oneDay("day"), earned, "America/New_York")).toBe("2024-03-11T04:00Z");
  });
  test("autumn: wall clock 04:30Z, end of the local day 05:00Z", () => {
    const earned = "2024-11-02T23:30-04:00";
    expect(lapse(oneDay(), earned, "America/New_York")).toBe("2024-11-04T04:30Z");
    expect(lapse(oneDay("day"), earned, "America/New_York")).toBe("2024-11-04T05:00Z");
  });
});

describe("other lapses", () => {
  test("the same programme asked again and again, forth and back, answers as a new one does", () => {
    const expiries: PointExpiry[] = [
      { kind: "periodEnd", period: "month", periods: 1 },
      { kind: "afterEarn", after: { days: 20 }, roundUpTo: "month" },
    ];
    for (const expiry of expiries) {
      const same = club(expiry, "Europe/Paris");
      for (const day of [0, 40, 5, 31, 30, 400, 0, 28, 59]) {
        const at = Date.UTC(2025, 0, 1, 12) + day * 86_400_000;
        const fresh = pointExpiry(club(expiry, "Europe/Paris"), "points", at, at);
        expect(pointExpiry(same, "points", at, at)).toEqual(fresh);
      }
    }
  });
  test("never", () => {
    expect(pointExpiry(club(undefined), "points", 0, 0)).toEqual({ expiresAt: null, sliding: false });
  });
  test("from activation", () => {
    const expiry: PointExpiry = { kind: "afterEarn", after: { months: 1 }, from: "activation" };
    expect(lapse(expiry, "2025-01-01T00:00Z", "UTC", "2025-01-15T00:00Z")).toBe("2025-02-15T00:00Z");
  });
  test("not before they begin to count", () => {
    expect(lapse(afterMonths(1), "2025-01-01T00:00Z", "UTC", "2025-06-01T00:00Z")).toBe("2025-06-01T00:00Z");
    expect(lapse({ kind: "fixedDate", on: "2024-01-01" }, "2025-01-01T00:00Z")).toBe("2025-01-01T00:00Z");
  });
  test("the end of a later period, and grace after it", () => {
    const expiry: PointExpiry = { kind: "periodEnd", period: "quarter", periods: 2, grace: { days: 14 } };
    expect(lapse(expiry, "2025-02-10T10:00Z")).toBe("2025-10-15T00:00Z");
    const fixed: PointExpiry = { kind: "fixedDate", on: "2025-12-31", grace: { months: 2 } };
    expect(lapse(fixed, "2025-02-10T10:00Z")).toBe("2026-02-28T00:00Z");
    const rounded: PointExpiry = {
      kind: "afterEarn",
      after: { years: 1 },
      roundUpTo: "halfYear",
      grace: { weeks: 1 },
    };
    expect(lapse(rounded, "2025-02-10T10:00Z")).toBe("2026-07-08T00:00Z");
  });
  test("a rule's own lapse comes before that of the type", () => {
    const rule = { expiry: { kind: "fixedDate", on: "2025-04-01" } } as const;
    expect(pointExpiry(club(afterMonths(12)), "points", 0, 0, rule).expiresAt).toBe(Date.UTC(2025, 3, 1));
  });
  test("an unknown type is refused by name", () => {
    expect(() => pointExpiry(club(undefined), "miles", 0, 0)).toThrow(/"miles".*"points"/);
    expect(() => slidingExpiry(club(undefined), "miles", 0)).toThrow(/"miles".*"points"/);
  });
});

describe("S28 inactivity, 12 months", () => {
  const inactivity: PointExpiry = { kind: "afterActivity", after: { months: 12 }, roundUpTo: "day" };
  const sliding = (expiry: PointExpiry, at: string) =>
    new Date(slidingExpiry(club(expiry), "points", Date.parse(at)) ?? Number.NaN).toISOString().slice(0, 16);
  test("the last activity on 2024-11-30: lapse at the end of 2025-11-30", () => {
    expect(sliding(inactivity, "2024-11-30T10:00Z")).toBe("2025-12-01T00:00");
  });
  test("switched on 2022-03-01: the first lapse is 2023-03-01, whatever came before", () => {
    const since: PointExpiry = { kind: "afterActivity", after: { months: 12 }, since: "2022-03-01" };
    expect(sliding(since, "2015-06-01T00:00Z")).toBe("2023-03-01T00:00");
    expect(sliding(since, "2022-03-02T00:00Z")).toBe("2023-03-02T00:00");
  });
  test("grace follows", () => {
    expect(sliding({ ...inactivity, grace: { days: 30 } }, "2024-11-30T10:00Z")).toBe("2025-12-31T00:00");
  });
  test("lots of such a type slide, and say so", () => {
    expect(pointExpiry(club(inactivity), "points", 0, 0)).toEqual({ expiresAt: null, sliding: true });
    const program = programOf([base], {
      pointTypes: [{ id: "points", kind: "spendable", expiry: inactivity }],
    });
    expect(earn(program, orderOf([1000])).lots).toMatchObject([{ expiresAt: null, sliding: true }]);
  });
  test("other types do not", () => {
    expect(slidingExpiry(club(afterMonths(12)), "points", 0)).toBeNull();
    expect(slidingExpiry(club(undefined), "points", 0)).toBeNull();
  });
});

describe("S12 pending, and the dates of lots", () => {
  const at = Date.UTC(2025, 4, 1);
  test("80 on 1 May wait 14 days and lapse a year after they begin to count", () => {
    const program = programOf([base], {
      pointTypes: [
        {
          id: "points",
          kind: "spendable",
          pendingFor: { days: 14 },
          expiry: { kind: "afterEarn", after: { years: 1 }, from: "activation" },
        },
      ],
    });
    expect(earn(program, orderOf([8000], { at })).lots).toEqual([
      {
        pointType: "points",
        points: 80,
        earnedAt: at,
        activeAt: Date.UTC(2025, 4, 15),
        expiresAt: Date.UTC(2026, 4, 15),
        rules: [{ ruleId: "base", points: 80 }],
      },
    ]);
  });
  test("rules with dates of their own have lots of their own; a multiplier follows what it multiplies", () => {
    const promo = {
      id: "promo",
      award: { per: "order", points: 10 },
      expiry: { kind: "fixedDate", on: "2025-07-01" },
    } as const;
    const double = { id: "double", award: { per: "multiplier", factor: 2 } } as const;
    const lots = (own: object) =>
      earn(programOf([base, promo, { ...double, ...own }]), orderOf([8000], { at })).lots.map(
        ({ points, activeAt, expiresAt }) => [points, activeAt, expiresAt],
      );
    const july = Date.UTC(2025, 6, 1);
    expect(lots({})).toEqual([
      [160, at, null],
      [20, at, july],
    ]);
    expect(lots({ pendingFor: { days: 1 } })).toEqual([
      [80, at, null],
      [90, at + 86_400_000, null],
      [10, at, july],
    ]);
  });
});
