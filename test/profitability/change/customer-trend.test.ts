import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random.js";
import { row, rows } from "../../../src/core/table.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { customerTrend } from "../../../src/profitability/change/customer-trend.js";
import { theilSen } from "../../../src/statistics/theil-sen.js";
import { thrown } from "../../core/thrown.js";

/** A first purchase in December 2022, then these sales in the months of 2023, on the 15th; zero is no purchase. */
const year = (customerId: string, months: readonly number[]) => [
  { customerId, at: "2022-12-20", amount: 1 },
  ...months.flatMap((amount, i) => (amount === 0 ? [] : [{ customerId, at: Date.UTC(2023, i, 15), amount }])),
];
const logOf = (...lists: ReturnType<typeof year>[]) => transactionLog(lists.flat(), { currency: "IDR" });
const asOf = "2024-01-01";

describe("customerTrend", () => {
  it("directions, each where its interval lies", () => {
    const log = logOf(
      year("up", [10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120]),
      year("down", [95, 90, 93, 80, 82, 70, 71, 60, 55, 50, 52, 40]),
      year("wild", [50, 900, 40, 60, 45, 55, 50, 40, 60, 50, 45, 55]),
      year("gone", []),
      year(
        "even",
        Array.from({ length: 12 }, () => 70),
      ),
    );
    const { customers, counts, expectedByChance, first, last } = customerTrend(log, { asOf });
    expect(rows(customers).map(({ customerId, direction }) => [customerId, direction])).toEqual([
      ["up", "rising"],
      ["down", "falling"],
      ["wild", "unclear"],
      ["gone", "level"],
      ["even", "level"],
    ]);
    expect(row(customers, 0)).toMatchObject({ slope: 10, lower: 10, upper: 10, periods: 12, sales: 780 });
    expect(customers.columns.relativeSlope[0]).toBeCloseTo(10 / 65, 12);
    expect(customers.columns.relativeSlope[3]).toBeNull();
    expect(counts).toEqual({ rising: 1, falling: 1, level: 2, unclear: 1, tooShort: 0 });
    expect(expectedByChance).toBeCloseTo(0.025 * 3, 12);
    expect([first.label, last.label]).toEqual(["2023-01", "2023-12"]);
  });

  it("begins after the period of the first purchase, and ends with the last that is over", () => {
    const log = transactionLog(
      [
        { customerId: "a", at: "2023-03-30", amount: 5000 },
        { customerId: "a", at: "2023-05-10", amount: 300 },
        { customerId: "a", at: "2023-11-10", amount: 400 },
        { customerId: "a", at: "2023-12-05", amount: 777 },
      ],
      { currency: "IDR" },
    );
    // April to November: December is not over.
    expect(row(customerTrend(log, { asOf: "2023-12-20" }).customers, 0)).toMatchObject({
      periods: 8,
      sales: 700,
    });
    const short = customerTrend(log, { asOf: "2023-09-01" });
    expect(row(short.customers, 0)).toEqual({
      customerId: "a",
      direction: "tooShort",
      slope: null,
      lower: null,
      upper: null,
      relativeSlope: null,
      periods: 5,
      sales: 300,
    });
    expect(customerTrend(log, { asOf: "2023-03-01" }).customers.length).toBe(0);
    // In its first period nobody has a whole one.
    expect(row(customerTrend(log, { asOf: "2023-04-01" }).customers, 0).periods).toBe(0);
  });

  it("too few periods for the confidence level are too short, with a slope", () => {
    const log = logOf(year("a", [0, 0, 0, 0, 0, 0, 0, 0, 0, 10, 20, 31]));
    const trend = customerTrend(log, { asOf, periods: 3, minimumPeriods: 3 });
    expect(row(trend.customers, 0)).toMatchObject({ direction: "tooShort", slope: 10.5, lower: null });
  });

  it("one order in a year is no trend: all of the interval is zero", () => {
    // 55 of 66 pairs of months are equal; of them stand those at ranks 26 and 41, by hand (Sen 1968, equation 2.6).
    const { customers } = customerTrend(logOf(year("a", [0, 0, 0, 0, 800, 0, 0, 0, 0, 0, 0, 0])), { asOf });
    expect(row(customers, 0)).toMatchObject({ direction: "level", slope: 0, lower: 0, upper: 0, sales: 800 });
  });

  it("is theilSen of each customer's months, refunds taken off, zeros for months without a purchase", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 12, maxLength: 12 }),
        fc.constantFrom(0.8, 0.95, 0.99),
        (months, confidenceLevel) => {
          const { customers } = customerTrend(logOf(year("a", months)), { asOf, confidenceLevel });
          const x = months.map((_, i) => i);
          const { slope, interval } = theilSen(x, months, { confidenceLevel });
          expect(row(customers, 0)).toMatchObject({ slope, lower: interval?.lower, upper: interval?.upper });
        },
      ),
    );
  });

  it("without a trend, no more customers rise or fall than chance lets", () => {
    // 2,000 customers of independent months: each direction in expectation at most 50, standard deviation 7; ties and the
    // normal approximation make it fewer.
    const draw = seededRandom(5);
    const lists = Array.from({ length: 2000 }, (_, i) =>
      year(
        `c${i}`,
        Array.from({ length: 12 }, () => Math.floor(1000 * draw())),
      ),
    );
    const { counts, expectedByChance } = customerTrend(logOf(...lists), { asOf });
    expect(expectedByChance).toBeCloseTo(50, 9);
    for (const count of [counts.rising, counts.falling]) {
      expect(count).toBeGreaterThan(20);
      expect(count).toBeLessThan(71);
    }
  });

  it("bad input", () => {
    const log = logOf(year("a", [1]));
    expect(thrown(() => customerTrend(log, { asOf, periods: 2 })).path).toBe("options.periods");
    expect(thrown(() => customerTrend(log, { asOf, minimumPeriods: 13 })).path).toBe(
      "options.minimumPeriods",
    );
    expect(thrown(() => customerTrend(log, { asOf, by: "decade" as never })).path).toBe("options.by");
    expect(thrown(() => customerTrend(log, { asOf, confidenceLevel: 2 })).path).toBe(
      "options.confidenceLevel",
    );
    expect(customerTrend(transactionLog([], { currency: "IDR" }), { asOf }).customers.length).toBe(0);
  });
});
