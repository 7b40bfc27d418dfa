import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/core/random.js";
import { drawExponential, drawUniform } from "../../../src/core/random-draws.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { contractLifetimes } from "../../../src/retention/lifetimes/contract-lifetimes.js";
import { contractTenure } from "../../../src/retention/lifetimes/contract-tenure.js";
import { customerLifetimes } from "../../../src/retention/lifetimes/customer-lifetimes.js";
import { lifetimeEstimate } from "../../../src/retention/lifetimes/lifetime-estimate.js";
import { observedTenure } from "../../../src/retention/lifetimes/observed-tenure.js";

describe("trap 27, survivorship: mean tenure of the churned, or of the living", () => {
  // Twelve customers by month of a year: one leaves after 2 months, one after 4, one after 6, one after 8; eight stay.
  const contracts = Array.from({ length: 12 }, (_, i) => ({
    customerId: `c${i}`,
    startAt: "2023-01-01",
    endAt: ["2023-03-02", "2023-05-01", "2023-06-30", "2023-08-29"][i] ?? null,
  }));

  test("a third left after 150 days on average, which says nothing of the others", () => {
    const lifetimes = contractLifetimes(contracts, { asOf: "2024-01-01" });
    const { naive, median, restrictedMean } = lifetimeEstimate(lifetimes, { horizon: 365 });
    // (60 + 120 + 180 + 240) / 4 and 365 for each of eight.
    expect([naive.ended.value, naive.living.value, naive.all.value]).toEqual([
      150,
      365,
      (600 + 8 * 365) / 12,
    ]);
    // Tenures observed so far are the same three averages, by customer.
    const { lapsed, active, all } = contractTenure(contracts, { asOf: "2024-01-01" });
    expect([lapsed.mean, active.mean, all.mean]).toEqual([150, 365, (600 + 8 * 365) / 12]);
    expect([lapsed.count, active.count]).toEqual([4, 8]);
    // Two thirds are still there: there is no median yet, and with nobody censored before the horizon the restricted mean
    // is the plain mean of min(lifetime, 365).
    expect(median.value).toBe(null);
    expect(restrictedMean.value).toBeCloseTo((600 + 8 * 365) / 12, 10);
  });

  // Lifetimes are exponential with mean 24 months (median 16.6), arrivals even over 36 months.
  const random = seededRandom(2027);
  const MONTH = (365.25 / 12) * 86_400_000;
  const start = Date.UTC(2020, 0, 1);
  const arrivals = Array.from({ length: 4000 }, (_, i) => {
    const startAt = Math.round(start + drawUniform(random, -36, 36) * MONTH);
    return {
      customerId: `c${i}`,
      startAt,
      endAt: Math.round(startAt + drawExponential(random, 1 / 24) * MONTH),
    };
  });
  const asOf = start + 36 * MONTH;
  const options = { asOf: Math.round(asOf), unit: "month" } as const;
  /** E min(T, 30), of the exponential distribution. */
  const trueMean = 24 * (1 - Math.exp(-30 / 24));

  test("both averages are far too short, the estimate is right", () => {
    const seen = arrivals.filter(({ startAt }) => startAt >= start);
    const { naive, median, restrictedMean } = lifetimeEstimate(contractLifetimes(seen, options), {
      horizon: 30,
    });
    expect(naive.ended.value).toBeLessThan(13);
    expect(naive.living.value).toBeLessThan(17);
    const { lapsed, active, all } = contractTenure(seen, options);
    // Whole civil days for instants: a day at most.
    expect(Math.abs((lapsed.mean ?? 0) - (naive.ended.value ?? 0))).toBeLessThan(12 / 365.25);
    expect(Math.abs((active.mean ?? 0) - (naive.living.value ?? 0))).toBeLessThan(12 / 365.25);
    // Over all of them it is not yet two thirds of the 24 months, whatever part one takes.
    for (const { mean } of [lapsed, active, all]) expect(mean).toBeLessThan(17);
    // 3.5 standard errors, and a 99.9 % interval: fixed seed.
    expect(
      Math.abs((restrictedMean.value ?? 0) - trueMean) / (restrictedMean.standardError ?? 0),
    ).toBeLessThan(3.5);
    expect(median.lower).toBeLessThan(24 * Math.LN2);
    expect(median.upper).toBeGreaterThan(24 * Math.LN2);
  });

  test("customers already there when the data starts: late entry, or the estimate is too long", () => {
    // A book that was begun on 2020-01-01 has only the contracts that still ran then.
    const book = arrivals.filter(({ endAt }) => endAt > start);
    const right = lifetimeEstimate(contractLifetimes(book, { ...options, observedFrom: start }), {
      horizon: 30,
    });
    const wrong = lifetimeEstimate(contractLifetimes(book, options), { horizon: 30 });
    const errors = ({ restrictedMean }: typeof right) =>
      ((restrictedMean.value ?? 0) - trueMean) / (restrictedMean.standardError ?? 0);
    expect(Math.abs(errors(right))).toBeLessThan(3.5);
    expect(errors(wrong)).toBeGreaterThan(10);
  });

  test("a log of the same kind: silence stands for the end", () => {
    const log = transactionLog(
      arrivals
        .filter(({ startAt }) => startAt >= start)
        .flatMap(({ customerId, startAt, endAt }) => {
          const months = Math.floor((Math.min(endAt, asOf - 1) - startAt) / MONTH);
          return Array.from({ length: months + 1 }, (_, n) => ({
            customerId,
            at: Math.round(startAt + n * MONTH),
            amount: 100,
          }));
        }),
      { currency: "IDR" },
    );
    const lifetimes = customerLifetimes(log, {
      ...options,
      inactiveAfter: { months: 2 },
      endsAt: "lastPurchase",
    });
    const { naive, restrictedMean } = lifetimeEstimate(lifetimes, { horizon: 30 });
    // Last purchases are whole months: E of the sum over n = 1 to 30 of P(T >= n).
    const trueSum = Array.from({ length: 30 }, (_, n) => Math.exp(-(n + 1) / 24)).reduce((a, b) => a + b, 0);
    expect(
      Math.abs((restrictedMean.value ?? 0) - trueSum) / (restrictedMean.standardError ?? 0),
    ).toBeLessThan(3.5);
    expect(naive.ended.value).toBeLessThan(trueSum - 3);
    // What was seen of their buying is shorter still than the 30 months within which the estimate looks.
    const tenure = { asOf: options.asOf, unit: "month", activeWindow: { months: 2 } } as const;
    const { lapsed, all } = observedTenure(log, tenure);
    expect(lapsed.mean).toBeLessThan(trueSum - 3);
    expect(all.mean).toBeLessThan(trueSum - 3);
    expect(all.count).toBe(log.customerIds.length);
  });
});
