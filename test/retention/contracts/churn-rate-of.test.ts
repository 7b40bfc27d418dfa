import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ChurnCounts, churnRateOf } from "../../../src/retention/contracts/churn-rate-of.js";
import { thrown } from "../../core/thrown.js";

const month: ChurnCounts = { activeAtStart: 100, started: 20, churned: 12, churnedOfStarted: 4 };

describe("churnRateOf", () => {
  it("classic is the default: of those active at the start, those gone at the end", () => {
    expect(churnRateOf(month)).toEqual({
      churn: { value: 0.08, numerator: 8, denominator: 100, reason: null },
      retention: { value: 0.92, numerator: 92, denominator: 100, reason: null },
      // R: prop.test(8, 100, correct = FALSE)$conf.int, to twelve decimals.
      interval: {
        lower: expect.closeTo(0.0410934614843806, 12),
        upper: expect.closeTo(0.1499810770094873, 12),
        confidenceLevel: 0.95,
      },
      base: "classic",
      activeAtStart: 100,
      started: 20,
      churned: 12,
      churnedOfStarted: 4,
      returned: 0,
      activeAtEnd: 108,
    });
    expect(churnRateOf(month)).toEqual(churnRateOf(month, { base: "classic" }));
  });

  it("with stripe a return is a start and the loss before it a loss; others do not see it", () => {
    const back = { ...month, returned: 5 };
    expect(churnRateOf(back, { base: "stripe" }).churn).toEqual({
      value: 17 / 125,
      numerator: 17,
      denominator: 125,
      reason: null,
    });
    for (const base of ["classic", "baremetrics"] as const)
      expect(churnRateOf(back, { base }).churn).toEqual(churnRateOf(month, { base }).churn);
  });

  it("baremetrics may lose more than its base: no interval, and a retention below 0", () => {
    const rush = { activeAtStart: 2, started: 10, churned: 5, churnedOfStarted: 5 };
    const { churn, retention, interval } = churnRateOf(rush, { base: "baremetrics" });
    expect([churn.value, retention.value, interval]).toEqual([2.5, -1.5, null]);
    expect(churnRateOf(rush).churn.value).toBe(0);
  });

  it("is null with a reason where nobody could be lost", () => {
    const first = { activeAtStart: 0, started: 20, churned: 4, churnedOfStarted: 4 };
    const { churn, retention, interval } = churnRateOf(first);
    const reason = "customers active at the start: 0";
    expect(churn).toEqual({ value: null, numerator: 0, denominator: 0, reason });
    expect([retention.reason, interval]).toEqual([reason, null]);
    expect(churnRateOf(first, { base: "baremetrics" }).churn.reason).toBe(reason);
    expect(churnRateOf(first, { base: "stripe" }).churn.value).toBe(0.2);
    const none = { activeAtStart: 0, started: 0, churned: 0, churnedOfStarted: 0 };
    expect(churnRateOf(none, { base: "stripe" }).churn.reason).toBe("customers active or started: 0");
  });

  it("takes the confidence level", () => {
    const { interval } = churnRateOf(month, { confidenceLevel: 0.8 });
    expect(interval?.confidenceLevel).toBe(0.8);
    expect(interval?.upper).toBeLessThan(churnRateOf(month).interval?.upper ?? 0);
  });

  it.each([
    [{ churned: 12.5 }, "counts.churned", "12.5"],
    [{ started: -1 }, "counts.started", "-1"],
    [{ activeAtStart: "100" }, "counts.activeAtStart", '"100"'],
    [{ churnedOfStarted: undefined }, "counts.churnedOfStarted", "undefined"],
    [{ returned: 0.5 }, "counts.returned", "0.5"],
    [
      { churned: 30, churnedOfStarted: 21 },
      "counts.churnedOfStarted",
      "is 21, but counts.started is only 20",
    ],
    [{ churnedOfStarted: 13 }, "counts.churnedOfStarted", "is 13, but counts.churned is only 12"],
    [{ churned: 105 }, "counts.churned", "is 105, but 101 of them would be of counts.activeAtStart, 100"],
    [
      { activeAtEnd: 107 },
      "counts.activeAtEnd",
      "is 107, but 100 active at the start, 20 started and 12 churned leave 108",
    ],
    [{ activeAtStart: 2 ** 53 - 1 }, "counts", "2^53 - 1"],
    [
      { activeAtStart: 0, started: 0, churned: 0, churnedOfStarted: 0, returned: 2 },
      "counts.returned",
      "is 2, but nobody was active",
    ],
  ])("refuses counts that are none or contradict each other: %j", (wrong, path, text) => {
    const error = thrown(() => churnRateOf({ ...month, ...wrong } as ChurnCounts));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", path]);
    expect(error.message).toContain(text);
  });

  it("refuses what is no record, an unknown base and a level of 95", () => {
    expect(thrown(() => churnRateOf(null as never)).path).toBe("counts");
    const base = thrown(() => churnRateOf(month, { base: "shopify" as never }));
    expect([base.code, base.path]).toEqual(["INVALID_ARGUMENT", "options.base"]);
    expect(base.message).toContain('"shopify"');
    // Also where there is no interval to use it in.
    const level = thrown(() => churnRateOf(month, { base: "baremetrics", confidenceLevel: 95 }));
    expect(level.path).toBe("options.confidenceLevel");
  });

  it("accepts the counts that it gives, and its presets stand in a fixed order", () => {
    const counts = fc
      .record({
        kept: fc.nat(50),
        left: fc.nat(50),
        stayed: fc.nat(50),
        gone: fc.nat(50),
        returned: fc.nat(5),
      })
      .map(({ kept, left, stayed, gone, returned }) => ({
        activeAtStart: kept + left,
        started: stayed + gone,
        churned: left + gone,
        churnedOfStarted: gone,
        returned: kept + left + stayed + gone > 0 ? returned : 0,
        activeAtEnd: kept + stayed,
      }));
    fc.assert(
      fc.property(counts, (drawn) => {
        const [classic, stripe, baremetrics] = (["classic", "stripe", "baremetrics"] as const).map((base) =>
          churnRateOf(drawn, { base }),
        );
        const { churn, retention, interval, base, ...echo } = classic;
        expect(echo).toEqual(drawn);
        expect(retention.numerator).toBe(drawn.activeAtStart - (drawn.churned - drawn.churnedOfStarted));
        for (const rate of [classic, stripe, baremetrics])
          expect(rate.churn.numerator + rate.retention.numerator).toBe(rate.churn.denominator);
        if (churn.value === null) return;
        expect(interval?.lower).toBeLessThanOrEqual(churn.value);
        expect(interval?.upper).toBeGreaterThanOrEqual(churn.value);
        expect(baremetrics.churn.value).toBeGreaterThanOrEqual(churn.value);
        expect(stripe.churn.value).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("shows no -0", () => {
    const rates = churnRateOf({
      activeAtStart: -0,
      started: -0,
      churned: -0,
      churnedOfStarted: -0,
      returned: -0,
    });
    for (const count of [
      "activeAtStart",
      "started",
      "churned",
      "churnedOfStarted",
      "returned",
      "activeAtEnd",
    ] as const)
      expect(Object.is(rates[count], 0)).toBe(true);
    expect(Object.is(rates.churn.denominator, 0)).toBe(true);
  });
});
