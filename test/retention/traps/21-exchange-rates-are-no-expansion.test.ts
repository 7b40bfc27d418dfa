import { describe, expect, it } from "vitest";
import { rows } from "../../../src/core/table.js";
import { revenueRetentionByCohort } from "../../../src/retention/revenue/revenue-by-cohort.js";
import { revenueMovements } from "../../../src/retention/revenue/revenue-movements.js";
import { revenueRates } from "../../../src/retention/revenue/revenue-rates.js";
import { thrown } from "../../core/thrown.js";

// The dollar rises from 16,000 rupiah at the end of January to 17,000 at the end of February and 15,000 at that of March.
describe("trap 21: exchange rates are no expansion", () => {
  const RATES = new Map([
    [Date.UTC(2024, 1, 1), 16_000],
    [Date.UTC(2024, 2, 1), 17_000],
    [Date.UTC(2024, 3, 1), 15_000],
  ]);
  const convert = (amount: number, currency: string, at: number): number => {
    // Only the ends of months with revenue are asked for.
    const rate = RATES.get(at);
    if (currency !== "USD" || rate === undefined) throw new Error(`no rate of ${currency} at ${at}`);
    return amount * rate;
  };
  const monthly = { currency: "USD", interval: { unit: "month" } } as const;
  const base = [
    { ...monthly, customerId: "same", startAt: "2024-01-05", amount: 100 },
    { ...monthly, customerId: "grown", startAt: "2024-01-05", endAt: "2024-02-05", amount: 100 },
    { ...monthly, customerId: "grown", startAt: "2024-02-05", amount: 150 },
    {
      ...monthly,
      customerId: "home",
      currency: "IDR",
      startAt: "2024-01-05",
      endAt: "2024-03-05",
      amount: 800_000,
    },
  ];
  const options = { asOf: "2024-04-01", by: "month", currency: "IDR", convert } as const;

  it("mixed currencies without rates are refused", () => {
    expect(thrown(() => revenueMovements(base, { asOf: "2024-04-01", by: "month" })).code).toBe(
      "CURRENCY_MISMATCH",
    );
  });

  it("movements are taken at the rates of the start, and what rates do stands apart", () => {
    const { periods, movements } = revenueMovements(base, options);
    expect(periods.slice(1).map(({ revenue }) => revenue)).toEqual([
      // 100 + 100 dollars are 3.2 million, and home 0.8; 50 dollars more are 0.8; 250 dollars are 4.25 million then.
      {
        start: 4_000_000,
        new: 0,
        reactivation: 0,
        expansion: 800_000,
        contraction: 0,
        churn: 0,
        adjustment: 250_000,
        end: 5_050_000,
        base: 4_000_000,
        netRetained: 4_800_000,
        grossRetained: 4_000_000,
      },
      // No dollar more or less; home is gone; 250 dollars lose half a million.
      {
        start: 5_050_000,
        new: 0,
        reactivation: 0,
        expansion: 0,
        contraction: 0,
        churn: 800_000,
        adjustment: -500_000,
        end: 3_750_000,
        base: 5_050_000,
        netRetained: 4_250_000,
        grossRetained: 4_250_000,
      },
    ]);
    const february = rows(movements).filter(({ period }) => period === "2024-02");
    expect(
      february.map(({ customerId, kind, before, after, change }) => [
        customerId,
        kind,
        before,
        after,
        change,
      ]),
    ).toEqual([
      ["same", "adjustment", 1_600_000, 1_700_000, 100_000],
      ["grown", "expansion", 1_600_000, 2_550_000, 800_000],
      ["grown", "adjustment", 1_600_000, 2_550_000, 150_000],
    ]);
  });

  it("retention holds the rate of the start, over one month and over two", () => {
    const { periods } = revenueRates(base, options);
    expect(periods.map(({ netRetention }) => netRetention.value)).toEqual([480 / 400, 425 / 505]);
    // 250 dollars at 16,000 are 4.0 million of 4.0; home is gone.
    const [march] = revenueRates(base, { ...options, span: 2 }).periods;
    expect([march.netRetention.value, march.grossRetention.value]).toEqual([1, 0.8]);
  });

  it("new and returning revenue is taken at its own rates", () => {
    const { periods } = revenueMovements(
      [
        { ...monthly, customerId: "back", startAt: "2024-01-05", endAt: "2024-02-05", amount: 100 },
        { ...monthly, customerId: "back", startAt: "2024-03-05", amount: 100 },
        { ...monthly, customerId: "new", startAt: "2024-02-05", amount: 10 },
      ],
      options,
    );
    expect(
      periods.map(({ revenue }) => [revenue.new, revenue.reactivation, revenue.churn, revenue.adjustment]),
    ).toEqual([
      [1_600_000, 0, 0, 0],
      [170_000, 0, 1_600_000, 0],
      [0, 1_500_000, 0, -20_000],
    ]);
  });

  it("who pays too little to show in the other currency is a customer all the same", () => {
    const { periods, movements } = revenueMovements(
      [{ ...monthly, customerId: "tiny", startAt: "2024-01-05", endAt: "2024-02-05", amount: 1 }],
      { ...options, convert: () => 0 },
    );
    expect(periods.map(({ customers }) => [customers.new, customers.churn])).toEqual([
      [1, 0],
      [0, 1],
      [0, 0],
    ]);
    expect(movements.columns.change).toEqual([0, 0]);
  });

  it("a cohort keeps the rate with which it began", () => {
    const { cells } = revenueRetentionByCohort(base, options);
    expect(cells.columns.revenue.slice(0, 3)).toEqual([4_000_000, 4_800_000, 4_000_000]);
  });
});
