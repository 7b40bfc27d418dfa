import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { revenueRatePresets, revenueRatesOf } from "../../../src/retention/revenue/revenue-rates-of.js";
import { thrown } from "../../core/thrown.js";

describe("revenueRatesOf", () => {
  const plain = { start: 100, churn: 10, contraction: 10, expansion: 10 };

  it("start 100, churn 10, contraction 10, expansion 10", () => {
    expect(revenueRatesOf(plain)).toEqual({
      grossChurn: { value: 0.2, numerator: 20, denominator: 100, reason: null },
      netChurn: { value: 0.1, numerator: 10, denominator: 100, reason: null },
      netRetention: { value: 0.9, numerator: 90, denominator: 100, reason: null },
      grossRetention: { value: 0.8, numerator: 80, denominator: 100, reason: null },
      quickRatio: { value: 0.5, numerator: 10, denominator: 20, reason: null },
    });
  });

  it("reactivation is in the quick ratio, and in net rates if asked", () => {
    const more = { ...plain, reactivation: 30, new: 20 };
    expect(revenueRatesOf(more).netRetention.value).toBe(0.9);
    expect(revenueRatesOf(more).quickRatio.value).toBe(3);
    const { netRetention, netChurn, grossRetention, grossChurn } = revenueRatesOf(
      more,
      revenueRatePresets.chartmogul,
    );
    expect([netRetention.value, netChurn.value]).toEqual([1.2, -0.2]);
    expect([grossRetention.value, grossChurn.value]).toEqual([0.8, 0.2]);
  });

  it("nothing at the start, or no loss, gives no rate and says why", () => {
    const { grossChurn, netRetention, grossRetention, quickRatio } = revenueRatesOf({ start: 0, new: 50 });
    for (const rate of [grossChurn, netRetention, grossRetention])
      expect(rate).toMatchObject({ value: null, reason: "revenue at the start: 0" });
    expect(quickRatio).toEqual({ value: null, numerator: 50, denominator: 0, reason: "lost revenue: 0" });
  });

  it("base and what is retained of it are taken where given", () => {
    const { netRetention, grossRetention } = revenueRatesOf({
      ...plain,
      start: -5,
      base: 200,
      netRetained: -10,
      grossRetained: 190,
    });
    expect([netRetention.value, grossRetention.value]).toEqual([-0.05, 0.95]);
    expect(revenueRatesOf({ ...plain, start: -5, base: 200 }).netRetention.value).toBe(0.95);
    // Losses of more than there was, as counts of movements inside a period may give, leave nothing.
    expect(revenueRatesOf({ start: 10, churn: 15 }).grossRetention.value).toBe(0);
  });

  it("net and gross rates belong together", () => {
    const amount = fc.nat(1e9);
    const lines = fc.record({
      start: amount,
      new: amount,
      reactivation: amount,
      expansion: amount,
      lost: fc.tuple(amount, amount),
    });
    fc.assert(
      fc.property(lines, ({ lost: [a, b], ...gains }) => {
        const [contraction, churn] = [
          Math.min(a, Math.floor(gains.start / 2)),
          Math.min(b, Math.floor(gains.start / 2)),
        ];
        const rates = revenueRatesOf({ ...gains, contraction, churn });
        expect(rates.netRetention.numerator + rates.netChurn.numerator).toBe(gains.start);
        expect(rates.grossRetention.numerator + rates.grossChurn.numerator).toBe(gains.start);
        expect(rates.netRetention.numerator).toBeGreaterThanOrEqual(rates.grossRetention.numerator);
        const including = revenueRatesOf({ ...gains, contraction, churn }, { includeReactivation: true });
        expect(including.netRetention.numerator - rates.netRetention.numerator).toBe(gains.reactivation);
      }),
    );
  });

  it("shows no -0", () => {
    const rates = revenueRatesOf({ start: -0, churn: -0, base: -0, grossRetained: -0 });
    for (const { numerator, denominator } of Object.values(rates)) {
      expect(Object.is(numerator, 0)).toBe(true);
      expect(Object.is(denominator, 0)).toBe(true);
    }
  });

  it("refuses more gross retained than there was", () => {
    for (const lines of [{ start: 100 }, { start: 400, base: 100 }]) {
      const error = thrown(() => revenueRatesOf({ ...lines, grossRetained: 101 }));
      expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "movements.grossRetained"]);
      expect(error.message).toContain("101, but the revenue at the start only 100");
      expect(revenueRatesOf({ ...lines, grossRetained: 100 }).grossRetention.value).toBe(1);
    }
  });

  it("refuses what is no whole number from 0, by name", () => {
    for (const [line, value] of [
      ["start", -1],
      ["new", 1.5],
      ["reactivation", Number.NaN],
      ["expansion", "10"],
      ["contraction", Number.POSITIVE_INFINITY],
      ["churn", -0.5],
      ["base", -1],
      ["netRetained", 0.5],
      ["grossRetained", -1],
    ] as const) {
      const error = thrown(() => revenueRatesOf({ start: 100, [line]: value }));
      expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", `movements.${line}`]);
      expect(error.message).toContain(String(value));
    }
    expect(thrown(() => revenueRatesOf({} as never)).path).toBe("movements.start");
    expect(thrown(() => revenueRatesOf(100 as never)).path).toBe("movements");
    expect(thrown(() => revenueRatesOf(plain, { includeReactivation: "yes" } as never)).path).toBe(
      "options.includeReactivation",
    );
    const huge = Number.MAX_SAFE_INTEGER;
    expect(thrown(() => revenueRatesOf({ start: huge, churn: huge, contraction: huge })).code).toBe(
      "UNSAFE_INTEGER",
    );
    expect(thrown(() => revenueRatesOf({ start: huge, new: huge, expansion: huge })).code).toBe(
      "UNSAFE_INTEGER",
    );
  });
});
