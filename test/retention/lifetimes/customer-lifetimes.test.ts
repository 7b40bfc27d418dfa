import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDuration, type Duration, subtractDuration } from "../../../src/core/duration.js";
import { seededRandom } from "../../../src/core/random.js";
import { drawExponential, drawUniform } from "../../../src/core/random-draws.js";
import { row, rows } from "../../../src/core/table.js";
import { zoneOffset } from "../../../src/core/time-zone.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import {
  type CustomerLifetimesOptions,
  customerLifetimes,
} from "../../../src/retention/lifetimes/customer-lifetimes.js";
import type { LifetimeColumns } from "../../../src/retention/lifetimes/lifetime-table.js";
import { kaplanMeier } from "../../../src/statistics/survival/kaplan-meier.js";
import { survivalAt } from "../../../src/statistics/survival/survival-at.js";
import { thrown } from "../../core/thrown.js";
import { plainFacts, plainLog, plainOptions } from "../../history/plain-log.js";
import { referenceLog } from "../../history/reference-log.js";
import { DAY, day, logOf } from "../day-log.js";

const lives = (log: Parameters<typeof customerLifetimes>[0], options: CustomerLifetimesOptions) =>
  rows<LifetimeColumns>(customerLifetimes(log, options)).map(({ customerId, duration, event, entry }) => [
    customerId,
    duration,
    event,
    entry,
  ]);

describe("customerLifetimes", () => {
  const log = logOf({ ani: [0, 30, 100], budi: [0, 20, 40], citra: [95], dewi: [0] });
  const options = { asOf: day(120), inactiveAfter: { days: 60 } } as const;

  test("a life lasts until the rule is met, or is censored at asOf", () => {
    expect(lives(log, options)).toEqual([
      ["ani", 90, true, 0],
      ["budi", 100, true, 0],
      ["citra", 25, false, 0],
      ["dewi", 60, true, 0],
    ]);
    const { leftOut, returned, observedUntil } = customerLifetimes(log, options);
    expect(leftOut).toEqual({ neverBegan: 0, unknownStart: 0, endedBefore: 0, tooRecent: 0 });
    expect([returned, observedUntil]).toEqual([1, day(120)]);
  });

  test("by the last purchase observation closes early, for everyone", () => {
    const result = customerLifetimes(log, { ...options, endsAt: "lastPurchase" });
    expect(
      rows<LifetimeColumns>(result).map(({ customerId, duration, endAt }) => [customerId, duration, endAt]),
    ).toEqual([
      ["ani", 30, day(30)],
      ["budi", 40, day(40)],
      ["dewi", 0, day(0)],
    ]);
    // Citra began after day 60: whether her first purchase was her last is open.
    expect(result.leftOut.tooRecent).toBe(1);
    expect(result.observedUntil).toBe(day(60));
    expect(lives(log, { ...options, asOf: day(90), endsAt: "lastPurchase" })).toEqual([
      ["ani", 30, true, 0],
      ["budi", 30, false, 0],
      ["dewi", 0, true, 0],
    ]);
  });

  test("a lapse is over at the very instant, and a purchase then is a return", () => {
    const edge = logOf({ ani: [0, 60], budi: [0, 59.999] });
    const at = (asOf: number) => lives(edge, { asOf: day(asOf), inactiveAfter: { days: 60 } });
    expect(at(60)).toEqual([
      ["ani", 60, true, 0],
      ["budi", 60, false, 0],
    ]);
    expect(customerLifetimes(edge, { asOf: day(61), inactiveAfter: { days: 60 } }).returned).toBe(1);
  });

  test("a return can take the lapse back", () => {
    expect(lives(log, { ...options, afterLapse: "resumed" })[0]).toEqual(["ani", 120, false, 0]);
    const result = customerLifetimes(log, { ...options, asOf: day(200), afterLapse: "resumed" });
    expect(row(result, 0)).toMatchObject({ duration: 160, event: true, endAt: day(160) });
    expect(result.returned).toBe(1);
  });

  test("unit, group and calendar months across a change of clocks", () => {
    const zone = transactionLog([{ customerId: "ani", at: "2024-03-01", amount: 1 }], {
      currency: "EUR",
      timeZone: "Europe/Berlin",
    });
    const ani = (unit: "day" | "month", groupBy?: () => string) =>
      row(customerLifetimes(zone, { asOf: "2025-01-01", inactiveAfter: { months: 1 }, unit, groupBy }), 0);
    // 1 March to 1 April is 31 civil days, though an hour is missing.
    expect(ani("day")).toMatchObject({ duration: 31, endAt: Date.UTC(2024, 2, 31, 22), group: null });
    expect(ani("month", () => "web")).toMatchObject({ duration: 31 / (365.25 / 12), group: "web" });
  });

  test("what was given back is no purchase, and what is not known yet does not exist", () => {
    const result = customerLifetimes(referenceLog, { asOf: "2022-05-01", inactiveAfter: { months: 1 } });
    // D's only purchase was refunded on 2 April; E to K had not come.
    expect(result.columns.customerId).toEqual(["A", "B", "C"]);
    expect(result.leftOut.neverBegan).toBe(8);
    expect(customerLifetimes(referenceLog, { asOf: "2021-01-01", inactiveAfter: { days: 1 } }).length).toBe(
      0,
    );
  });
});

describe("left truncation", () => {
  const log = logOf({
    old: [10, 40, 50],
    late: [75, 80],
    fresh: [20],
    known: [22],
    gone: [90],
    before: [-5, 30],
  });
  const options = {
    asOf: day(200),
    inactiveAfter: { days: 60 },
    observedFrom: day(0),
    startedAt: new Map([
      ["old", day(-100)],
      ["known", day(22)],
      ["gone", day(-300)],
      ["before", day(-80)],
    ]),
  } as const;

  test("the old enter when all of them can be told from the lapsed", () => {
    const result = customerLifetimes(log, options);
    expect(lives(log, options)).toEqual([
      ["old", 210, true, 160],
      ["late", 65, true, 0],
      ["known", 60, true, 0],
      ["before", 170, true, 140],
    ]);
    // Fresh may have been there before; gone had been silent for all of 60 days.
    expect(result.leftOut).toEqual({ neverBegan: 0, unknownStart: 1, endedBefore: 1, tooRecent: 0 });
  });

  test("by the last purchase they enter as observation begins", () => {
    expect(lives(log, { ...options, endsAt: "lastPurchase" })).toEqual([
      ["old", 150, true, 100],
      ["late", 5, true, 0],
      ["known", 0, true, 0],
      ["before", 110, true, 80],
    ]);
  });

  test("before the first could lapse nothing has been observed of the old", () => {
    const { leftOut, columns } = customerLifetimes(log, { ...options, asOf: day(60) });
    expect(columns.customerId).toEqual(["known"]);
    expect(leftOut.tooRecent).toBe(2);
  });

  test("the option is a function too, and unusable values say whose", () => {
    const startedAt = (id: string) => (id === "old" ? "2023-12-01" : null);
    expect(lives(log, { ...options, startedAt })).toContainEqual(["old", 141, true, 91]);
    const refused = (wrong: Partial<CustomerLifetimesOptions>) =>
      thrown(() => customerLifetimes(log, { ...options, ...wrong }));
    const late = refused({ startedAt: new Map([["old", day(11)]]) });
    expect([late.code, late.path]).toEqual(["INVALID_ARGUMENT", 'options.startedAt.get("old")']);
    expect(refused({ startedAt: new Map([["old", "01.02.2023"]]) }).path).toBe(
      'options.startedAt.get("old")',
    );
    expect(refused({ startedAt: () => "soon" }).path).toBe('options.startedAt("old")');
    const after = refused({ observedFrom: day(201) });
    expect([after.code, after.path]).toEqual(["INVALID_ARGUMENT", "options.observedFrom"]);
    expect(refused({ observedFrom: undefined }).path).toBe("options.startedAt");
    expect(refused({ afterLapse: "resumed" }).path).toBe("options.afterLapse");
    // @ts-expect-error no map
    expect(refused({ startedAt: { old: 0 } }).message).toContain("an object");
    expect(refused({ inactiveAfter: { days: 0 } }).path).toBe("options.inactiveAfter");
    expect(refused({ inactiveAfter: { days: -1 } }).message).toContain("-1");
    // @ts-expect-error no such unit
    expect(refused({ unit: "hour" }).message).toContain('"hour"');
    // @ts-expect-error no such end
    expect(refused({ endsAt: "first" }).message).toContain('"first"');
  });
});

describe("what is stated and what is seen", () => {
  const options = { asOf: day(200), inactiveAfter: { days: 60 }, observedFrom: day(0) } as const;

  test("a start under observation is the day of the first purchase, which the log has", () => {
    const log = logOf({ ani: [70.4] });
    const stated = (startedAt: number | string) =>
      lives(log, { ...options, startedAt: new Map([["ani", startedAt]]) });
    // The civil day of day 70.4, also at a later hour of it, says no more than the purchase.
    expect(stated("2024-03-11")).toEqual([["ani", 60, true, 0]]);
    expect(stated(day(70.9))).toEqual([["ani", 60, true, 0]]);
    const refused = thrown(() => stated("2024-02-01"));
    expect([refused.code, refused.path]).toEqual(["INVALID_ARGUMENT", 'options.startedAt.get("ani")']);
    expect(refused.message).toContain("2024-03-11T09:36:00.000Z");
  });

  test("who is in the log from before observation began, without a stated start, is left out", () => {
    // First seen late under observation, and yet there before.
    const { leftOut } = customerLifetimes(logOf({ ani: [-30, 90], budi: [90] }), options);
    expect(leftOut.unknownStart).toBe(1);
  });

  test("whether the old had left by then is not known before inactiveAfter is over", () => {
    const log = logOf({ ani: [-30], budi: [10] });
    const startedAt = () => day(-300);
    const leftOut = (asOf: number) =>
      customerLifetimes(log, { ...options, asOf: day(asOf), startedAt }).leftOut;
    expect(leftOut(59)).toEqual({ neverBegan: 0, unknownStart: 0, endedBefore: 0, tooRecent: 2 });
    expect(leftOut(60)).toEqual({ neverBegan: 0, unknownStart: 0, endedBefore: 1, tooRecent: 1 });
  });

  test("only who has a row is counted as returned", () => {
    const log = logOf({ ani: [-50, 2, 100], budi: [5, 100] });
    const startedAt = new Map([
      ["ani", day(-90)],
      ["budi", day(5)],
    ]);
    const result = customerLifetimes(log, { ...options, inactiveAfter: { days: 20 }, startedAt });
    expect(result.columns.customerId).toEqual(["ani", "budi"]);
    expect(result.returned).toBe(2);
    // With the end at the last purchase and asOf at day 24 neither end can be told apart from a short break.
    const early = customerLifetimes(logOf({ ani: [0, 30], budi: [40] }), {
      ...{ asOf: day(45), inactiveAfter: { days: 20 }, observedFrom: day(40) },
      startedAt: new Map([
        ["ani", day(0)],
        ["budi", day(40)],
      ]),
    });
    expect([early.length, early.returned]).toEqual([1, 0]);
  });
});

describe("properties", () => {
  const span = fc.constantFrom<Duration>(
    { days: 30 },
    { months: 1 },
    { weeks: 6 },
    { days: 1 },
    { months: 3 },
  );

  test("equal to a plain reading of the rule", () => {
    fc.assert(
      fc.property(plainLog(), plainOptions, span, (plain, { window: _, ...options }, inactiveAfter) => {
        const log = transactionLog(plain.rows, plain.options);
        const expected = [...new Set(plain.rows.map(({ customerId }) => customerId))].flatMap(
          (customerId) => {
            const instants = plainFacts(plain.rows, customerId, options)
              .filter(({ counts }) => counts)
              .map(({ row: { at } }) => at);
            if (instants.length === 0) return [];
            const ends = instants.map((at) => addDuration(at, inactiveAfter, { timeZone: options.timeZone }));
            const lapse = ends.find((end, i) => end <= (instants[i + 1] ?? options.asOf));
            return [{ customerId, startAt: instants[0], endAt: lapse ?? null, event: lapse !== undefined }];
          },
        );
        const found = rows<LifetimeColumns>(customerLifetimes(log, { ...options, inactiveAfter }));
        expect(
          found.map(({ customerId, startAt, endAt, event }) => ({ customerId, startAt, endAt, event })),
        ).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  test("equal to a plain reading, by the last purchase, resumed, and observed late", () => {
    const rules = fc.record({
      endsAt: fc.constantFrom("lapse" as const, "lastPurchase" as const),
      resumes: fc.boolean(),
      from: fc.option(fc.integer({ min: 0, max: 300 }).map((number) => Date.UTC(2023, 0, 1) + number * DAY)),
      // Days before the first known instant; `null`: not known.
      stated: fc.array(fc.option(fc.integer({ min: 2, max: 200 })), { minLength: 6, maxLength: 6 }),
    });
    let entered = 0;
    fc.assert(
      fc.property(
        plainLog(),
        plainOptions,
        span,
        rules,
        (plain, { window: _, ...options }, inactiveAfter, rule) => {
          const { endsAt, stated, resumes } = rule;
          const { asOf, timeZone } = options;
          const isLate = rule.from !== null && rule.from <= asOf && !resumes;
          const from = isLate ? Number(rule.from) : Number.NEGATIVE_INFINITY;
          const lapseOf = (at: number) => addDuration(at, inactiveAfter, { timeZone });
          const settled = isLate ? lapseOf(from) : from;
          const until = endsAt === "lapse" ? asOf : subtractDuration(asOf, inactiveAfter, { timeZone });
          const clock = (at: number) => at + zoneOffset(at, timeZone);
          const elapsed = (start: number, end: number) => Math.max(0, clock(end) - clock(start)) / DAY;
          const startedAt = new Map<string, number>();
          const leftOut = { neverBegan: 0, unknownStart: 0, endedBefore: 0, tooRecent: 0 };
          let returned = 0;
          const customers = [...new Set(plain.rows.map(({ customerId }) => customerId))];
          const expected = customers.flatMap((customerId, i) => {
            const all = plainFacts(plain.rows, customerId, options)
              .filter(({ counts }) => counts)
              .map(({ row: { at } }) => at);
            if (all.length === 0) {
              leftOut.neverBegan++;
              return [];
            }
            const seen = all.filter((at) => at >= from);
            const before = stated[i % stated.length];
            const start = before === null || !isLate ? null : Math.min(all[0], from) - before * DAY;
            if (start !== null) startedAt.set(customerId, start);
            if (start === null && (all[0] < from || seen[0] < settled)) {
              leftOut.unknownStart++;
              return [];
            }
            const begin = start ?? seen[0];
            if (begin < from && !(seen[0] < settled)) {
              if (settled <= asOf) leftOut.endedBefore++;
              else leftOut.tooRecent++;
              return [];
            }
            const lapses = seen.map((at, j) => lapseOf(at) <= (seen[j + 1] ?? asOf));
            const last = resumes ? seen.length - 1 : lapses.indexOf(true);
            const end =
              last < 0 || !lapses[last] ? null : endsAt === "lapse" ? lapseOf(seen[last]) : seen[last];
            const event = end !== null && end <= until;
            const entry = begin < from ? elapsed(begin, endsAt === "lapse" ? settled : from) : 0;
            const duration = elapsed(begin, event ? Number(end) : until);
            if (begin > until || (entry > 0 && entry >= duration)) {
              if (event) leftOut.endedBefore++;
              else leftOut.tooRecent++;
              return [];
            }
            if (entry > 0) entered++;
            if (lapses.slice(0, -1).includes(true)) returned++;
            return [{ customerId, startAt: begin, endAt: event ? end : null, event, duration, entry }];
          });
          const found = customerLifetimes(transactionLog(plain.rows, plain.options), {
            ...options,
            ...{ inactiveAfter, endsAt, afterLapse: resumes ? "resumed" : "ended" },
            ...(isLate ? { observedFrom: from, startedAt } : {}),
          });
          expect(rows<LifetimeColumns>(found).map(({ group: _, ...life }) => life)).toEqual(expected);
          expect([found.leftOut, found.returned]).toEqual([leftOut, returned]);
        },
      ),
      { numRuns: 400 },
    );
    // The property says nothing of late entry where nobody enters late.
    expect(entered).toBeGreaterThan(10);
  });

  test("later rows change nothing, and a life once ended stays as it was", () => {
    fc.assert(
      fc.property(plainLog(), plainOptions, fc.nat(200), (plain, { asOf, timeZone }, more) => {
        // Refunds may undo a purchase later; without them the past stands.
        const purchases = plain.rows.filter(
          ({ amount, refundOf, type }) => amount >= 0 && !refundOf && type !== "refund",
        );
        const options = { asOf, timeZone, inactiveAfter: { days: 40 } };
        const all = transactionLog(purchases, plain.options);
        const before = rows<LifetimeColumns>(customerLifetimes(all, options));
        const known = transactionLog(
          purchases.filter(({ at }) => at < asOf),
          plain.options,
        );
        // The order of the log is that of its input, which has shrunk.
        const sorted = (table: ReturnType<typeof customerLifetimes>) =>
          rows<LifetimeColumns>(table).sort((a, b) => (a.customerId < b.customerId ? -1 : 1));
        expect(sorted(customerLifetimes(known, options))).toEqual(sorted(customerLifetimes(all, options)));
        const after = new Map(
          rows<LifetimeColumns>(customerLifetimes(all, { ...options, asOf: asOf + more * DAY })).map(
            (life) => [life.customerId, life],
          ),
        );
        for (const life of before) {
          if (life.event) expect(after.get(life.customerId)).toEqual(life);
          else expect(after.get(life.customerId)?.duration).toBeGreaterThanOrEqual(life.duration);
        }
      }),
    );
  });
});

// A known process: customers arrive evenly over two years, buy at gaps of 1 to 25 days while they are there, and stay
// for an exponential time of mean 300 days. With a lapse after 30 days the rule finds every last purchase, without error.
describe("the Kaplan-Meier estimate of a known process", () => {
  const random = seededRandom(27);
  const truth: number[] = [];
  const wanderers: Record<string, number[]> = {};
  for (let customer = 0; customer < 6000; customer++) {
    const start = drawUniform(random, -700, 730);
    const days = [start];
    const stays = start + drawExponential(random, 1 / 300);
    for (;;) {
      const next = days[days.length - 1] + drawUniform(random, 1, 25);
      if (next > stays) break;
      days.push(next);
    }
    truth.push(days[days.length - 1] - start);
    wanderers[`c${customer}`] = days;
  }
  /** Share of true lives, of first to last purchase, that are longer. */
  const trueShare = (tenure: number) => truth.filter((life) => life > tenure).length / truth.length;
  const since = Object.fromEntries(
    Object.entries(wanderers)
      .filter(([, days]) => days[0] >= 0)
      .map(([id, days]) => [id, days]),
  );
  const options = { asOf: day(730), inactiveAfter: { days: 30 } } as const;
  const tenures = [30, 100, 200, 350, 500];
  /** Standard errors between estimate and truth; the truth's own error is that of 6,000 draws. */
  const misses = (result: ReturnType<typeof customerLifetimes>, shift: number) => {
    const curve = kaplanMeier(result);
    return tenures.map((tenure) => {
      const { survival, standardError } = survivalAt(curve, tenure + shift);
      const own = Math.sqrt((trueShare(tenure) * (1 - trueShare(tenure))) / truth.length);
      return Math.abs((survival ?? Number.NaN) - trueShare(tenure)) / Math.hypot(standardError ?? 0, own);
    });
  };

  // 3.5 standard errors at each of five tenures: a chance of 2 in 1,000 at most, and the seed is fixed.
  test.each(["lapse", "lastPurchase"] as const)("is unbiased with the end at the %s", (endsAt) => {
    const result = customerLifetimes(logOf(since), { ...options, endsAt });
    expect(Math.max(...misses(result, endsAt === "lapse" ? 30 : 0))).toBeLessThan(3.5);
  });

  test("is biased when the silent are censored at asOf although ends stand at the last purchase", () => {
    const log = logOf(since);
    const naive = rows<LifetimeColumns>(customerLifetimes(log, { ...options, asOf: day(365) })).map(
      ({ duration, event }) => ({
        duration: event ? duration - 30 : duration,
        event,
      }),
    );
    const { survival, standardError } = survivalAt(kaplanMeier(naive), 330);
    expect(((survival ?? 0) - trueShare(330)) / (standardError ?? 1)).toBeGreaterThan(3);
  });

  // Only who bought on day 0 or later is in the data; starts are known, earlier purchases are not.
  const truncated = Object.fromEntries(
    Object.entries(wanderers)
      .map(([id, days]) => [id, days.filter((number) => number >= 0)] as const)
      .filter(([, days]) => days.length > 0),
  );
  const startedAt = (id: string) => Math.round(day(wanderers[id]?.[0] ?? Number.NaN));

  test.each(["lapse", "lastPurchase"] as const)(
    "is unbiased with late entry and the end at the %s",
    (endsAt) => {
      const result = customerLifetimes(logOf(truncated), {
        ...options,
        endsAt,
        observedFrom: day(0),
        startedAt,
      });
      expect(result.columns.entry.filter((entry) => entry > 0).length).toBeGreaterThan(500);
      expect(Math.max(...misses(result, endsAt === "lapse" ? 30 : 0))).toBeLessThan(3.5);
    },
  );

  test("is far too high when those who were there count from 0", () => {
    const result = customerLifetimes(logOf(truncated), { ...options, observedFrom: day(0), startedAt });
    const { duration, event } = result.columns;
    const { survival, standardError } = survivalAt(kaplanMeier({ duration, event }), 230);
    expect(((survival ?? 0) - trueShare(200)) / (standardError ?? 1)).toBeGreaterThan(10);
  });
});
