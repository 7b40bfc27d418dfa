import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/core/random.js";
import { drawExponential, drawInteger, drawUniform } from "../../../src/core/random-draws.js";
import { rows } from "../../../src/core/table.js";
import type { ContractRow } from "../../../src/history/read-contracts.js";
import {
  type ContractLifetimesOptions,
  contractLifetimes,
} from "../../../src/retention/lifetimes/contract-lifetimes.js";
import { kaplanMeier } from "../../../src/statistics/survival/kaplan-meier.js";
import { survivalAt } from "../../../src/statistics/survival/survival-at.js";
import { thrown } from "../../core/thrown.js";
import { DAY, day } from "../day-log.js";

const contract = (customerId: string, from: number, until?: number): ContractRow => ({
  customerId,
  startAt: day(from),
  endAt: until === undefined ? null : day(until),
});
const lives = (contracts: readonly ContractRow[], options: ContractLifetimesOptions) =>
  rows(contractLifetimes(contracts, options)).map(({ customerId, duration, event, entry }) => [
    customerId,
    duration,
    event,
    entry,
  ]);

describe("contractLifetimes", () => {
  const contracts = [
    contract("ani", 0, 30),
    contract("budi", 10),
    contract("ani", 20, 50),
    contract("citra", 0, 100),
    contract("citra", 5, 10),
    contract("ani", 50, 60),
    contract("dewi", 0, 20),
    contract("dewi", 30, 90),
    contract("eka", 200),
  ];

  test("overlapping and touching contracts are one life; the first life counts", () => {
    expect(lives(contracts, { asOf: day(80) })).toEqual([
      ["ani", 60, true, 0],
      ["budi", 70, false, 0],
      ["citra", 80, false, 0],
      ["dewi", 20, true, 0],
    ]);
    const { returned, leftOut } = contractLifetimes(contracts, { asOf: day(80) });
    expect(returned).toBe(1);
    expect(leftOut).toEqual({ neverBegan: 1, unknownStart: 0, endedBefore: 0, tooRecent: 0 });
  });

  test("a short break ends no life, and whether it is short is known only after it", () => {
    const gap = { days: 11 };
    expect(lives(contracts, { asOf: day(120), gap })).toEqual([
      ["ani", 60, true, 0],
      ["budi", 99, false, 0],
      ["citra", 100, true, 0],
      ["dewi", 90, true, 0],
    ]);
    // On day 25 nobody can tell whether dewi, who left on day 20, comes back in time: all are censored on day 14.
    expect(lives(contracts, { asOf: day(25), gap })).toEqual([
      ["ani", 14, false, 0],
      ["budi", 4, false, 0],
      ["citra", 14, false, 0],
      ["dewi", 14, false, 0],
    ]);
    // A break of exactly the gap is not shorter.
    expect(lives(contracts, { asOf: day(120), gap: { days: 10 } })[3]).toEqual(["dewi", 20, true, 0]);
    expect(contractLifetimes(contracts, { asOf: day(15), gap }).leftOut).toMatchObject({ tooRecent: 1 });
  });

  test("customers of before enter late; who had left by then is left out", () => {
    const startedAt = (customerId: string) =>
      customerId === "dewi" ? null : day(customerId === "budi" ? 10 : 0);
    const options = { asOf: day(80), observedFrom: day(20) } as const;
    const observed = contractLifetimes(contracts, { ...options, startedAt });
    expect(rows(observed).map(({ customerId, duration, entry }) => [customerId, duration, entry])).toEqual([
      ["ani", 60, 20],
      ["budi", 70, 10],
      ["citra", 80, 20],
    ]);
    expect(observed.leftOut.endedBefore).toBe(1);
    // Whose contract ran then, and since when nobody says, is left out.
    const unknown = contractLifetimes(contracts, options);
    expect([unknown.length, unknown.leftOut]).toEqual([
      0,
      { neverBegan: 1, unknownStart: 3, endedBefore: 1, tooRecent: 0 },
    ]);
    // At 60 two are at risk of whom one leaves: the curve starts with those who were seen there.
    expect(kaplanMeier(observed).points.columns.survival.at(0)).toBeCloseTo(2 / 3, 15);
  });

  test("an end at asOf is not known yet; a subscription fits; groups and units", () => {
    expect(lives([contract("ani", 0, 80)], { asOf: day(80) })).toEqual([["ani", 80, false, 0]]);
    expect(lives([contract("ani", 0, 80)], { asOf: day(81) })).toEqual([["ani", 80, true, 0]]);
    const groupBy = new Map([["ani", "web"]]);
    const { columns } = contractLifetimes(contracts, { asOf: day(80), unit: "week", groupBy });
    expect(columns.group).toEqual(["web", null, null, null]);
    expect(columns.duration[0]).toBe(60 / 7);
    expect(contractLifetimes([], { asOf: day(0) }).length).toBe(0);
  });

  test("who came back is counted with breaks allowed too, and only with a row", () => {
    const book = [
      contract("ani", 0, 10),
      contract("ani", 15, 20),
      contract("ani", 60, 70),
      contract("budi", 0, 10),
      contract("budi", 15),
    ];
    const result = contractLifetimes(book, { asOf: day(120), gap: { days: 11 } });
    expect(lives(book, { asOf: day(120), gap: { days: 11 } })).toEqual([
      ["ani", 20, true, 0],
      ["budi", 109, false, 0],
    ]);
    expect(result.returned).toBe(1);
    const late = contractLifetimes(book, { asOf: day(120), observedFrom: day(30) });
    expect([late.length, late.returned, late.leftOut.endedBefore]).toEqual([0, 0, 2]);
  });

  test("a contract that covers no time is skipped", () => {
    const book = [contract("ani", 0, 0), contract("ani", 30, 60), contract("budi", 5, 5)];
    expect(lives(book, { asOf: day(80) })).toEqual([["ani", 30, true, 0]]);
    const { leftOut, returned } = contractLifetimes(book, { asOf: day(80) });
    expect([leftOut.neverBegan, returned]).toEqual([1, 0]);
  });

  test("what is stated of the start must fit what is seen", () => {
    const book = [contract("ani", 30, 60)];
    const options = { asOf: day(80), observedFrom: day(20) } as const;
    const stated = (startedAt: ContractLifetimesOptions["startedAt"], gap?: { days: number }) =>
      contractLifetimes(book, { ...options, startedAt, ...(gap ? { gap } : {}) });
    // Ten days after observation began: with breaks of up to 11 days the contract may go on from one of before.
    expect(rows(stated(() => day(0), { days: 11 })).map(({ duration, entry }) => [duration, entry])).toEqual([
      [60, 20],
    ]);
    expect(stated(() => null, { days: 11 }).leftOut.unknownStart).toBe(1);
    expect(stated(() => day(0), { days: 10 }).leftOut.endedBefore).toBe(1);
    expect(stated(() => null).columns.duration).toEqual([30]);
    expect(stated(() => day(30) + DAY / 2).columns.duration).toEqual([30]);
    const refused = (startedAt: ContractLifetimesOptions["startedAt"]) =>
      thrown(() => stated(startedAt)).path;
    expect(refused(new Map([["ani", day(25)]]))).toBe('options.startedAt.get("ani")');
    expect(refused(() => day(31))).toBe('options.startedAt("ani")');
    expect(refused(() => "soon")).toBe('options.startedAt("ani")');
    const wrong = (options: object) =>
      thrown(() => contractLifetimes(book, { asOf: day(80), ...options })).path;
    expect(wrong({ startedAt: () => null })).toBe("options.startedAt");
    expect(wrong({ startedAt: 3, observedFrom: day(0) })).toBe("options.startedAt");
    expect(wrong({ observedFrom: day(81) })).toBe("options.observedFrom");
  });

  describe("renewals of one year, of a book that was begun late", () => {
    // Half leave at the first renewal, one in ten at each later one; only contracts that ended after day 0 are recorded.
    const random = seededRandom(5);
    const begun = new Map<string, number>();
    const truth: number[] = [];
    const book: ContractRow[] = [];
    for (let customer = 0; customer < 6000; customer++) {
      const id = `c${customer}`;
      const start = drawInteger(random, -3000, 2000);
      begun.set(id, day(start));
      for (let from = start, term = 0; ; from += 365, term++) {
        if (from + 365 > 0) book.push(contract(id, from, from + 365));
        if (drawUniform(random) < (term === 0 ? 0.5 : 0.1)) {
          truth.push(from + 365 - start);
          break;
        }
      }
    }
    const options = { asOf: day(2000), observedFrom: day(0) } as const;
    const misses = (lifetimes: ReturnType<typeof contractLifetimes>) => {
      const curve = kaplanMeier(lifetimes);
      return [365, 730, 1095, 1460].map((tenure) => {
        const { survival, standardError } = survivalAt(curve, tenure);
        const share = truth.filter((life) => life > tenure).length / truth.length;
        const own = Math.sqrt((share * (1 - share)) / truth.length);
        return Math.abs((survival ?? Number.NaN) - share) / Math.hypot(standardError ?? 0, own);
      });
    };

    test("unbiased with the true starts", () => {
      const recorded = new Set(book.map(({ customerId }) => customerId));
      const startedAt = new Map([...begun].filter(([id]) => recorded.has(id)));
      const lifetimes = contractLifetimes(book, { ...options, startedAt });
      expect(lifetimes.columns.entry.filter((entry) => entry > 0).length).toBeGreaterThan(500);
      // In standard errors of both; four looks, a fixed seed.
      expect(Math.max(...misses(lifetimes))).toBeLessThan(3.5);
    });

    test("unbiased, of fewer customers, without them", () => {
      const lifetimes = contractLifetimes(book, options);
      expect(lifetimes.leftOut.unknownStart).toBeGreaterThan(500);
      expect(Math.max(...misses(lifetimes))).toBeLessThan(3.5);
    });

    test("far off where a contract that ran then counts from its own start", () => {
      const own = new Map<string, number>();
      for (const { customerId, startAt } of book)
        if (!own.has(customerId)) own.set(customerId, Number(startAt));
      expect(Math.max(...misses(contractLifetimes(book, { ...options, startedAt: own })))).toBeGreaterThan(8);
    });
  });

  test("equal to a walk over the days", () => {
    const someContracts = fc.array(
      fc
        .tuple(fc.constantFrom("a", "b", "c"), fc.nat(60), fc.option(fc.integer({ min: 1, max: 25 })))
        .map(([id, from, length]) => contract(id, from, length === null ? undefined : from + length)),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(someContracts, fc.nat(70), fc.integer({ min: 1, max: 6 }), (contracts, asOf, gap) => {
        const covers = (id: string, number: number) =>
          contracts.some(
            ({ customerId, startAt, endAt }) =>
              customerId === id &&
              Number(startAt) <= day(number) &&
              day(number) <
                (endAt === null || Number(endAt) >= day(asOf) ? Number.POSITIVE_INFINITY : Number(endAt)) &&
              Number(startAt) < day(asOf),
          );
        const until = asOf - gap;
        const expected = [...new Set(contracts.map(({ customerId }) => customerId))].flatMap((id) => {
          const days = Array.from({ length: 200 }, (_, number) => covers(id, number));
          const start = days.indexOf(true);
          if (start < 0 || start > until) return [];
          // The first day of a break that lasts.
          const end = days.findIndex(
            (_, i) => i > start && days.slice(i, i + gap).every((covered) => !covered),
          );
          const ended = end >= 0 && end <= until;
          return [[id, (ended ? end : until) - start, ended, 0]];
        });
        expect(lives(contracts, { asOf: day(asOf), gap: { days: gap } })).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  test("with short breaks the Kaplan-Meier estimate is unbiased up to the end", () => {
    // Contracts of 60 days on average; after each, half renew after a break of 1 to 19 days, half leave: lives of known
    // length, of customers who arrive evenly over 400 days, seen on day 400.
    const random = seededRandom(31);
    const truth: number[] = [];
    const book: ContractRow[] = [];
    for (let customer = 0; customer < 4000; customer++) {
      const start = drawInteger(random, 0, 400);
      for (let from = start; ; ) {
        const end = from + Math.ceil(drawExponential(random, 1 / 60));
        book.push(contract(`c${customer}`, from, end));
        if (drawUniform(random) < 0.5) {
          truth.push(end - start);
          break;
        }
        from = end + drawInteger(random, 1, 19);
      }
    }
    const lifetimes = contractLifetimes(book, { asOf: day(400), gap: { days: 20 } });
    expect(lifetimes.observedUntil).toBe(day(380));
    const curve = kaplanMeier(lifetimes);
    for (const tenure of [30, 90, 180, 300, 370]) {
      const { survival, standardError } = survivalAt(curve, tenure);
      const share = truth.filter((life) => life > tenure).length / truth.length;
      const own = Math.sqrt((share * (1 - share)) / truth.length);
      // In standard errors of the estimate and of the 4,000 true lives; five looks, a fixed seed.
      expect(Math.abs((survival ?? Number.NaN) - share) / Math.hypot(standardError ?? 0, own)).toBeLessThan(
        3.5,
      );
    }
  });

  test("says which contract is unusable", () => {
    const refused = (contracts: unknown, options: unknown = { asOf: day(80) }) =>
      thrown(() => contractLifetimes(contracts as ContractRow[], options as ContractLifetimesOptions));
    const reversed = refused([contract("ani", 0, 10), contract("budi", 20, 10)]);
    expect([reversed.code, reversed.path]).toEqual(["INVALID_ROWS", "contracts[1].endAt"]);
    expect(reversed.message).toContain("row 2, endAt");
    expect(refused("all").path).toBe("contracts");
    expect(refused([], null).path).toBe("options");
    expect(refused([], {}).path).toBe("options.asOf");
    expect(refused([], { asOf: 0, gap: {} }).path).toBe("options.gap");
    expect(refused([], { asOf: 0, gap: { days: 0 } }).message).toContain("options.gap");
    expect(refused([], { asOf: 0, unit: "year " }).path).toBe("options.unit");
    expect(refused([], { asOf: 0, timeZone: "Mars" }).code).toBe("UNKNOWN_TIME_ZONE");
    expect(refused([contract("ani", 0)], { asOf: day(1), groupBy: 7 }).path).toBe("options.groupBy");
  });
});

describe("statuses", () => {
  const asOf = "2025-01-01";
  const subscription = (i: number, standing: object) => ({
    customerId: `c${i}`,
    startAt: "2024-01-01",
    interval: { unit: "month" as const },
    amount: 100,
    ...standing,
  });

  test("a subscription that was canceled without an end ends when it was canceled", () => {
    const rows = [
      subscription(0, { status: "canceled", statusSince: "2024-04-01" }),
      subscription(1, { status: "paused", statusSince: "2024-01-31" }),
      subscription(2, { status: "active" }),
    ];
    const { duration, event } = contractLifetimes(rows, { asOf }).columns;
    expect([duration, event]).toEqual([
      [91, 30, 366],
      [true, true, false],
    ]);
    const kept = contractLifetimes(rows, { asOf, statuses: { paused: { countsAsActive: true } } });
    expect(kept.columns.event).toEqual([true, false, false]);
  });

  test("a trial, what never was paid and what costs nothing found no life", () => {
    const rows = [
      subscription(0, { status: "trialing", trialEndAt: "2024-02-01", endAt: "2024-02-01" }),
      subscription(1, { status: "incomplete" }),
      subscription(2, { amount: 0 }),
      subscription(3, { status: "active", trialEndAt: "2024-02-01" }),
    ];
    const { columns, leftOut } = contractLifetimes(rows, { asOf });
    expect([columns.customerId, columns.duration]).toEqual([["c3"], [335]]);
    expect(leftOut.neverBegan).toBe(3);
  });

  test("what is paused without a date is refused with its row", () => {
    const rows = [subscription(0, {}), subscription(1, { status: "paused" })];
    const error = thrown(() => contractLifetimes(rows, { asOf }));
    expect(error).toMatchObject({ code: "INVALID_ROWS", path: "contracts[1].statusSince" });
  });
});
