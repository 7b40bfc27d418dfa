import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ClubCustomer, clubComparison } from "../../../src/loyalty/schemes/club-comparison.js";
import { clubComparisonByPeriod } from "../../../src/loyalty/schemes/club-comparison-by-period.js";

const rows = (prefix: string, sales: readonly number[]): ClubCustomer[] =>
  sales.map((amount, i) => ({ customerId: `${prefix}${i}`, sales: amount, cost: 10 }));

describe("members and others", () => {
  test("Welch's interval of R's sleep data: t.test(extra ~ group), CI -3.3654832 to 0.2054832", () => {
    // R's built-in data set `sleep` (Cushny & Peebles 1905), in tenths of an hour; R prints df 17.776, p 0.07939.
    const first = [7, -16, -2, -12, -1, 34, 37, 8, 0, 20];
    const second = [19, 8, 11, 1, -1, 44, 55, 16, 46, 34];
    const { sales } = clubComparison(rows("m", first), rows("n", second));
    expect(sales.difference).toBeCloseTo(-15.8, 10);
    // R prints seven decimals of an hour.
    expect(sales.interval?.lower).toBeCloseTo(-33.654832, 5);
    expect(sales.interval?.upper).toBeCloseTo(2.054832, 5);
  });

  test("means with their t interval: 2, 4, 6 have mean 4, deviation 2, t(0.975, 2) = 4.302653", () => {
    const { members, cost } = clubComparison(rows("m", [2, 4, 6]), rows("n", [1, 1]));
    expect(members.sales.mean).toEqual({ value: 4, numerator: 12, denominator: 3, reason: null });
    expect(members.sales.interval?.upper).toBeCloseTo(4 + (4.30265273 * 2) / Math.sqrt(3), 7);
    expect(members.contribution.mean.value).toBe(-6);
    // All cost the same: nothing is left to doubt.
    expect(cost).toMatchObject({ difference: 0, interval: { lower: 0, upper: 0 } });
  });

  test("one customer has no spread, none no mean", () => {
    const one = clubComparison(rows("m", [5]), rows("n", [1, 3]));
    expect(one.sales).toEqual({ difference: 3, interval: null });
    expect(one.reason).toBe("members: 1, an interval needs 2");
    expect(clubComparison([], rows("n", [1, 3])).sales.difference).toBeNull();
  });

  test("swapped groups give the negative of all, and twice the unit twice the interval", () => {
    const amounts = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(amounts, amounts, (a, b) => {
        const { sales } = clubComparison(rows("m", a), rows("n", b));
        const swapped = clubComparison(rows("n", b), rows("m", a)).sales;
        const doubled = clubComparison(
          rows(
            "m",
            a.map((x) => 2 * x),
          ),
          rows(
            "n",
            b.map((x) => 2 * x),
          ),
        ).sales;
        // Roundings of sums of squares of numbers up to 2,000.
        expect(swapped.interval?.lower).toBeCloseTo(-(sales.interval?.upper ?? Number.NaN), 6);
        expect(doubled.interval?.upper).toBeCloseTo(2 * (sales.interval?.upper ?? Number.NaN), 6);
      }),
    );
  });

  test.each<[string, ClubCustomer[], ClubCustomer[], string]>([
    ["a customer of both groups", rows("m", [1]), rows("m", [1]), "nonMembers[0].customerId"],
    ["half a minor unit", rows("m", [0.5]), [], "members[0].sales"],
    ["a negative cost", [{ customerId: "a", sales: 1, cost: -1 }], [], "members[0].cost"],
  ])("%s is refused", (_, members, others, path) => {
    expect(() => clubComparison(members, others)).toThrow(
      expect.objectContaining({ code: "INVALID_ROWS", path }),
    );
  });
});

describe("period by period", () => {
  const customers = ["ani", "budi", "citra", "dewi"];
  const memberships = [
    { memberId: "ani", joinedAt: "2023-12-01" },
    { memberId: "budi", joinedAt: "2024-01-01", leftAt: "2024-02-10" },
    { memberId: "citra", joinedAt: "2023-01-01", leftAt: "2024-01-15" },
    { memberId: "citra", joinedAt: "2024-01-15" },
  ];
  const entries = [
    { customerId: "ani", at: "2024-01-05", sales: 100, cost: 10 },
    { customerId: "ani", at: "2024-01-06", sales: 200 },
    { customerId: "budi", at: "2024-01-31T23:00:00Z", sales: 60 },
    { customerId: "dewi", at: "2024-02-03", sales: 40 },
    { customerId: "ani", at: "2024-03-01", sales: 1_000 },
  ];
  const options = { start: "2024-01-01", asOf: "2024-03-15" };
  const periods = clubComparisonByPeriod(customers, memberships, entries, options);

  test("who is in it whole is a member, who is in it in part neither; March is not over", () => {
    expect(
      periods.map(({ period, members, nonMembers, inPart }) => [
        period.label,
        members.customers,
        nonMembers.customers,
        inPart,
      ]),
    ).toEqual([
      ["2024-01", 3, 1, 0],
      ["2024-02", 2, 1, 1],
    ]);
  });
  test("a month is over at its end, and not before", () => {
    const until = (asOf: string | number) =>
      clubComparisonByPeriod(customers, memberships, entries, { ...options, asOf }).length;
    expect([until("2024-03-01"), until(Date.UTC(2024, 2, 1) - 1)]).toEqual([2, 1]);
  });
  test("who leaves with the last instant of a period was in all of it, who leaves just before or joins just after not", () => {
    const groups = (span: object) => {
      const [january] = clubComparisonByPeriod(
        customers,
        [{ memberId: "ani", ...span } as never],
        [],
        options,
      );
      return [january?.members.customers, january?.nonMembers.customers, january?.inPart];
    };
    const [start, end] = [Date.UTC(2024, 0, 1), Date.UTC(2024, 1, 1)];
    expect(groups({ joinedAt: start, leftAt: end })).toEqual([1, 3, 0]);
    expect(groups({ joinedAt: start, leftAt: end - 1 })).toEqual([0, 3, 1]);
    expect(groups({ joinedAt: start + 1, leftAt: end })).toEqual([0, 3, 1]);
    expect(groups({ joinedAt: start - 9, leftAt: start })).toEqual([0, 4, 0]);
    expect(groups({ joinedAt: end })).toEqual([0, 4, 0]);
  });
  test("who bought nothing counts with 0", () => {
    expect(periods[0]?.members.sales.mean).toMatchObject({ numerator: 360, denominator: 3 });
    expect(periods[1]?.sales.difference).toBe(-40);
  });
  test("an entry or a membership of nobody is refused", () => {
    const stranger = { customerId: "eka", at: "2024-01-05", sales: 1 };
    expect(() => clubComparisonByPeriod(customers, memberships, [stranger], options)).toThrow(
      expect.objectContaining({ code: "INVALID_ROWS", path: "entries[0].customerId" }),
    );
    const member = { memberId: "eka", joinedAt: "2024-01-05" };
    expect(() => clubComparisonByPeriod(customers, [member], [], options)).toThrow(
      expect.objectContaining({ code: "INVALID_ROWS", path: "memberships[0].memberId" }),
    );
    expect(() => clubComparisonByPeriod(["ani", "ani"], [], [], options)).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT", path: "customers[1]" }),
    );
  });
});
