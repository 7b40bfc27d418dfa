import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ReferralRow } from "../../../src/retention/loyalty/read-referrals.js";
import { type ReferralRateOptions, referralRate } from "../../../src/retention/loyalty/referral-rate.js";
import { wilsonInterval } from "../../../src/statistics/wilson-interval.js";
import { thrown } from "../../core/thrown.js";

const customers = ["a", "b", "c", "d", "e"];
const referrals: ReferralRow[] = [
  { customerId: "a", at: "2024-01-10", referredId: "p", convertedAt: "2024-02-01" },
  { customerId: "a", at: "2024-03-10", referredId: "q" },
  { customerId: "b", at: "2024-04-01", referredId: "r", convertedAt: "2024-05-01" },
  { customerId: "b", at: "2024-06-15", convertedAt: "2024-06-20" },
  { customerId: "x", at: "2024-02-01", referredId: "s", convertedAt: "2024-02-02" },
  { customerId: "c", at: "2024-07-01" },
];
const of = (options: Partial<ReferralRateOptions> = {}) =>
  referralRate(customers, referrals, { asOf: "2024-07-01", ...options });

describe("referralRate", () => {
  it("counts those who referred, what they referred, and what came of it", () => {
    const result = of();
    // a and b of five; x is no customer, c's referral is made at asOf.
    expect(result.rate).toEqual({ value: 0.4, numerator: 2, denominator: 5, reason: null });
    expect(result.interval).toEqual(wilsonInterval(2, 5));
    expect([result.customers, result.referrers, result.referrals]).toEqual([5, 2, 4]);
    expect([result.referralsPerCustomer.value, result.referralsPerReferrer.value]).toEqual([0.8, 2]);
    expect(result.conversion).toEqual({ value: 0.75, numerator: 3, denominator: 4, reason: null });
    expect(result.conversionInterval).toEqual(wilsonInterval(3, 4));
    expect(result.newCustomersPerCustomer.value).toBe(0.6);
    expect(result.leftOut).toEqual({ afterAsOf: 1, outsideWindow: 0, ofOthers: 1 });
    expect([result.open, result.window]).toEqual([0, null]);
  });

  it("a conversion at asOf or later is not known yet", () => {
    expect(of({ asOf: "2024-05-01" }).conversion).toMatchObject({ numerator: 1, denominator: 3 });
    expect(of({ asOf: "2024-05-02" }).conversion).toMatchObject({ numerator: 2, denominator: 3 });
  });

  it("within 30 days: all have the same time, and those whose time still runs wait", () => {
    const result = of({ within: { days: 30 } });
    // p on day 22; q not; r on day 30, which is too late; that of 15 June runs to 15 July, though it has converted.
    expect(result.conversion).toMatchObject({ numerator: 1, denominator: 3 });
    expect([result.open, result.referrals, result.within]).toEqual([1, 4, { days: 30 }]);
    expect(of({ within: { days: 31 } }).conversion).toMatchObject({ numerator: 2, denominator: 3 });
  });

  it("in a window of referrals, half-open", () => {
    const result = of({ window: { start: "2024-03-10", end: "2024-06-15" } });
    expect([result.referrals, result.referrers, result.leftOut.outsideWindow]).toEqual([2, 2, 3]);
    expect(result.window).toEqual({ start: Date.UTC(2024, 2, 10), end: Date.UTC(2024, 5, 15) });
  });

  it("civil days are those of the zone", () => {
    const late = [{ customerId: "a", at: "2024-06-30T18:00:00Z" }];
    const known = (timeZone: string) =>
      referralRate(customers, late, { asOf: "2024-07-01", timeZone }).referrals;
    expect([known("UTC"), known("Asia/Jakarta")]).toEqual([1, 0]);
  });

  it("a conversion told as a day is legal on the day of the referral, in the zone", () => {
    const of = (at: string, convertedAt: string, timeZone = "UTC") =>
      referralRate(["a"], [{ customerId: "a", at, convertedAt }], {
        asOf: "2024-07-01",
        timeZone,
        within: { days: 1 },
      });
    expect(of("2024-02-01T10:00:00Z", "2024-02-01").conversion.value).toBe(1);
    expect(of("2024-02-01", "2024-02-01T10:00:00Z").conversion.value).toBe(1);
    // 20:00Z is the 2nd in Jakarta.
    expect(of("2024-02-01T20:00:00Z", "2024-02-02", "Asia/Jakarta").conversion.value).toBe(1);
    const early = (at: string, convertedAt: string, timeZone?: string) =>
      thrown(() => of(at, convertedAt, timeZone)).message;
    expect(early("2024-02-01T20:00:00Z", "2024-02-01", "Asia/Jakarta")).toContain("is before at");
    expect(early("2024-02-01T10:00:00Z", "2024-01-31")).toContain("is before at");
    expect(early("2024-02-01T10:00:00Z", "2024-02-01T09:00:00Z")).toContain("is before at");
  });

  it("numbers name customers too", () => {
    expect(referralRate([1, 2], [{ customerId: 1, at: 0 }], { asOf: "2024-07-01" }).rate.value).toBe(0.5);
  });
});

describe("referralRate refuses", () => {
  const lines = (rows: unknown, ids: unknown = customers) => {
    const { code, message } = thrown(() =>
      referralRate(ids as string[], rows as ReferralRow[], { asOf: "2024-07-01" }),
    );
    expect(code).toBe("INVALID_ROWS");
    return message.split("\n").slice(1);
  };
  it("bad referrals, all at once", () => {
    const at = "2024-01-10";
    expect(
      lines([
        { customerId: "a", at, referredId: "a" },
        { customerId: "a", at, convertedAt: "2024-01-09" },
        { customerId: "a", at, referredId: "p", convertedAt: at },
        { customerId: "b", at, referredId: "p", convertedAt: at },
        { customerId: "", at: "yesterday", referredId: "", convertedAt: "today" },
        null,
      ]),
    ).toEqual([
      '  row 1, referredId: "a" is the referring customer',
      '  row 2, convertedAt: "2024-01-09" is before at',
      '  row 4, referredId: "p" became a customer by the referral of row 3',
      '  row 5, customerId: "" is not text or a whole number, or is empty',
      '  row 5, at: "yesterday" is no instant',
      '  row 5, convertedAt: "today" is no instant',
      '  row 5, referredId: "" is not text or a whole number, or is empty',
      "  row 6: null is not { customerId, at }",
    ]);
  });
  it("the same referral twice", () => {
    const one = { customerId: "a", at: "2024-01-10", referredId: "p" };
    expect(lines([one, { ...one, at: "2024-01-10T00:00:00Z" }])).toEqual([
      '  row 2, referredId: "p" was referred by this customer at this instant in row 1 too',
    ]);
    // Another day, another customer, and nobody in particular are referrals of their own.
    const others = [one, { ...one, at: "2024-02-10" }, { ...one, customerId: "b" }];
    const unnamed = { customerId: "a", at: "2024-01-10" };
    expect(referralRate(customers, [...others, unnamed, unnamed], { asOf: "2024-07-01" }).referrals).toBe(5);
  });
  it("bad customers", () => {
    expect(lines([], ["a", "b", "a", ""])).toEqual([
      '  row 3: "a" comes in row 1 too',
      '  row 4: "" is not text or a whole number, or is empty',
    ]);
  });
  it("unusable options", () => {
    const path = (options: object) => thrown(() => of(options as Partial<ReferralRateOptions>)).path;
    expect(path({ within: { days: 0 } })).toBe("options.within");
    expect(path({ window: { start: "2024-02-01", end: "2024-01-01" } })).toBe("options.window");
    expect(path({ asOf: "later" })).toBe("options.asOf");
    expect(path({ timeZone: "Moon" })).toBe("options.timeZone");
    expect(thrown(() => referralRate([], [], undefined as unknown as ReferralRateOptions)).path).toBe(
      "options",
    );
    expect(thrown(() => referralRate(5 as unknown as [], [], { asOf: 0 })).path).toBe("customers");
  });
});

it("leaves no referral out without saying so, and no rate of a share passes 1", () => {
  const row = fc.record({
    customerId: fc.constantFrom("a", "b", "c", "z"),
    at: fc.nat(300).map((day) => day * 86_400_000),
    converted: fc.option(fc.nat(100), { nil: null }),
  });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 20 }), fc.nat(400), fc.nat(90), (drawn, now, days) => {
      const rows = drawn.map(({ customerId, at, converted }) => ({
        customerId,
        at,
        convertedAt: converted === null ? null : at + converted * 86_400_000,
      }));
      const result = referralRate(["a", "b", "c"], rows, {
        asOf: now * 86_400_000,
        within: { days: days + 1 },
      });
      const { afterAsOf, outsideWindow, ofOthers } = result.leftOut;
      expect(result.referrals + afterAsOf + outsideWindow + ofOthers).toBe(rows.length);
      expect(result.conversion.denominator + result.open).toBe(result.referrals);
      expect(result.conversion.value ?? 0).toBeLessThanOrEqual(1);
      expect(result.rate.value).toBeLessThanOrEqual(1);
      const known = rows.filter(({ customerId, at }) => customerId !== "z" && at < now * 86_400_000);
      expect(result.referrals).toBe(known.length);
      const over = drawn.filter(
        ({ customerId, at }) => customerId !== "z" && at / 86_400_000 + days + 1 <= now,
      );
      expect(result.conversion.denominator).toBe(over.length);
      expect(result.conversion.numerator).toBe(
        over.filter(({ converted }) => converted !== null && converted < days + 1).length,
      );
    }),
  );
});
