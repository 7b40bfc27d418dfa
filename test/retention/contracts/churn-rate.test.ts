import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { civilDay } from "../../../src/core/civil-day.js";
import type { Subscription } from "../../../src/model/subscription.js";
import {
  activeStatusPresets,
  type StatusRules,
} from "../../../src/retention/contracts/active-status-presets.js";
import { type ChurnRateOptions, churnRate } from "../../../src/retention/contracts/churn-rate.js";
import { churnRateOf } from "../../../src/retention/contracts/churn-rate-of.js";
import type { RenewableContract } from "../../../src/retention/contracts/contract-terms.js";
import { thrown } from "../../core/thrown.js";
import { ZONES } from "../../history/plain-log.js";
import {
  DAY,
  expectedChurn,
  expectedDue,
  FIRST_CIVIL,
  someContracts,
  someMonthlyContracts,
} from "../plain-churn.js";

const march = { start: "2024-03-01", end: "2024-04-01" };
const options: ChurnRateOptions = { asOf: "2024-04-01", window: march };
const contract = (customerId: string, startAt: string, endAt: string | null = null, more = {}) => ({
  customerId,
  startAt,
  endAt,
  ...more,
});

describe("churnRate", () => {
  it("tells who stayed, left, started, started and left, and came back", () => {
    const contracts = [
      contract("stays", "2024-01-01"),
      contract("leaves", "2024-01-01", "2024-03-10"),
      contract("starts", "2024-03-05"),
      contract("passes", "2024-03-05", "2024-03-20"),
      contract("pauses", "2024-01-01", "2024-03-05"),
      contract("pauses", "2024-03-25"),
      contract("returns", "2023-01-01", "2023-06-01"),
      contract("returns", "2024-03-15"),
      contract("gone", "2023-01-01", "2023-06-01"),
      contract("later", "2024-04-01"),
    ];
    const rate = churnRate(contracts, options);
    expect(rate).toEqual({
      churn: { value: 1 / 3, numerator: 1, denominator: 3, reason: null },
      retention: { value: 2 / 3, numerator: 2, denominator: 3, reason: null },
      interval: rate.interval,
      base: "classic",
      exposure: "allAtStart",
      activeAtStart: 3,
      started: 3,
      churned: 2,
      churnedOfStarted: 1,
      returned: 1,
      activeAtEnd: 4,
      upForRenewal: null,
      churnedMidTerm: null,
      groups: null,
      window: { start: Date.UTC(2024, 2, 1), end: Date.UTC(2024, 3, 1) },
      asOf: Date.UTC(2024, 3, 1),
      timeZone: "UTC",
    });
    expect(rate.interval).toEqual(
      churnRateOf({ activeAtStart: 3, started: 0, churned: 1, churnedOfStarted: 0 }).interval,
    );
  });

  it("another contract that follows without a gap is no churn; a day between them is a return", () => {
    const next = (startAt: string) => [
      contract("a", "2024-01-01", "2024-03-10"),
      contract("a", startAt, "2024-12-31"),
    ];
    expect(churnRate(next("2024-03-10"), options)).toMatchObject({ churned: 0, returned: 0, activeAtEnd: 1 });
    expect(churnRate(next("2024-03-11"), options)).toMatchObject({ churned: 0, returned: 1, activeAtEnd: 1 });
    expect(churnRate(next("2024-04-01"), options)).toMatchObject({ churned: 1, returned: 0, activeAtEnd: 0 });
  });

  it("a short contract inside a long one ends nothing", () => {
    const contracts = [contract("a", "2024-01-01", "2024-06-01"), contract("a", "2024-02-01", "2024-03-10")];
    expect(churnRate(contracts, { ...options, asOf: "2025-01-01" })).toMatchObject({
      churned: 0,
      activeAtEnd: 1,
    });
  });

  it("an end at or after asOf is not known; a contract of no length never was", () => {
    const contracts = [contract("a", "2024-01-01", "2024-03-20"), contract("b", "2024-03-10", "2024-03-10")];
    const early = churnRate(contracts, { ...options, asOf: "2024-03-20" });
    expect(early).toMatchObject({ activeAtStart: 1, started: 0, churned: 0 });
    expect(early.churn).toEqual({
      value: null,
      numerator: 0,
      denominator: 1,
      reason: "the window ends 2024-04-01T00:00:00.000Z, after asOf 2024-03-20T00:00:00.000Z",
    });
    expect(early.interval).toBeNull();
    expect(churnRate(contracts, options).churn.value).toBe(1);
  });

  it("an empty window, and no contract at all, give no rate", () => {
    const empty = { start: "2024-03-01", end: "2024-03-01" };
    const at = churnRate([contract("a", "2024-01-01")], { ...options, window: empty });
    expect([at.activeAtStart, at.activeAtEnd, at.churn.reason]).toEqual([
      1,
      1,
      "the window is empty: 2024-03-01T00:00:00.000Z",
    ]);
    const none = churnRate([], { ...options, groupBy: () => "x" });
    expect([none.activeAtStart, none.churn.reason, none.groups]).toEqual([
      0,
      "customers active at the start: 0",
      [],
    ]);
  });

  it("the status says which contracts count, as for revenue; a Subscription fits", () => {
    const subscription = (customerId: string, more: Partial<Subscription>): Subscription => ({
      id: `S-${customerId}`,
      customerId,
      productId: "fiber",
      startAt: Date.UTC(2024, 0, 1),
      amount: 100,
      currency: "IDR",
      interval: { unit: "month", count: 1 },
      status: "active",
      ...more,
    });
    const march10 = Date.UTC(2024, 2, 10);
    const subscriptions = [
      subscription("pays", {}),
      subscription("left", { status: "canceled", endAt: march10 }),
      subscription("gave notice", { status: "canceled", statusSince: march10, endAt: Date.UTC(2024, 5, 1) }),
      subscription("tries", { status: "trialing" }),
      subscription("tried", { trialEndAt: march10 }),
      subscription("late", { status: "pastDue", statusSince: march10 }),
      subscription("very late", { status: "unpaid", statusSince: march10 }),
      subscription("pauses", { status: "paused", statusSince: Date.UTC(2024, 1, 10) }),
      subscription("never paid", { status: "incomplete" }),
      subscription("free", { amount: 0 }),
    ];
    const counts = (statuses?: StatusRules) => {
      const { activeAtStart, started, churned } = churnRate(subscriptions, {
        ...options,
        ...(statuses && { statuses }),
      });
      return [activeAtStart, started, churned];
    };
    // At the start: pays, left, gave notice, late, very late; tried starts; left and very late are gone.
    expect(counts()).toEqual([5, 1, 2]);
    expect(counts(activeStatusPresets.chartmogul)).toEqual([6, 1, 1]);
    expect(counts({ trialing: { countsAsActive: true }, pastDue: { countsAsActive: false } })).toEqual([
      7, 0, 3,
    ]);
    // 20 days of grace end on 30 March.
    expect(counts({ pastDue: { countsAsActive: true, graceDays: 20 } })).toEqual([5, 1, 3]);
  });

  it("base stripe gives the number of Stripe: past due in, unpaid as churned, trials and free out", () => {
    const plan = { startAt: "2024-01-05", amount: 100 };
    const rows = [
      ...["a", "b", "c", "d", "e", "f"].map((customerId) => ({
        ...plan,
        customerId,
        status: "active" as const,
      })),
      { ...plan, customerId: "late", status: "pastDue" as const, statusSince: "2024-03-05" },
      { ...plan, customerId: "unpaid", status: "unpaid" as const, statusSince: "2024-03-20" },
      { ...plan, customerId: "trial", status: "trialing" as const, trialEndAt: "2024-04-20" },
      { ...plan, customerId: "free", status: "active" as const, amount: 0 },
      { ...plan, customerId: "new", startAt: "2024-03-02", status: "active" as const },
      {
        ...plan,
        customerId: "short",
        startAt: "2024-03-02",
        endAt: "2024-03-09",
        status: "canceled" as const,
      },
    ];
    // Lost: unpaid and short; of 8 at the start and 2 who started.
    const { churn } = churnRate(rows, { ...options, base: "stripe", statuses: activeStatusPresets.stripe });
    expect(churn).toEqual({ value: 0.2, numerator: 2, denominator: 10, reason: null });
  });

  it("groups add up to all; customers without a group are told apart", () => {
    const contracts = [
      contract("a", "2024-01-01", "2024-03-10"),
      contract("b", "2024-01-01"),
      contract("c", "2024-03-02"),
      contract("d", "2024-06-01"),
    ];
    const { groups, churn } = churnRate(contracts, {
      ...options,
      groupBy: new Map([
        ["a", "north"],
        ["b", "north"],
        ["d", "not yet"],
      ]),
    });
    expect(churn.value).toBe(0.5);
    expect(
      groups?.map(({ group, churned, activeAtStart, started }) => [group, churned, activeAtStart, started]),
    ).toEqual([
      ["north", 1, 2, 0],
      [null, 0, 0, 1],
    ]);
    expect(groups?.[1].churn.reason).toBe("customers active at the start: 0");
  });

  it("civil days and the window are read in the zone", () => {
    const contracts = [contract("a", "2024-01-01", "2024-02-29T18:00:00Z")];
    expect(churnRate(contracts, options)).toMatchObject({ activeAtStart: 0, churned: 0 });
    expect(churnRate(contracts, { ...options, timeZone: "Asia/Jakarta" })).toMatchObject({
      activeAtStart: 1,
      churned: 1,
      timeZone: "Asia/Jakarta",
    });
  });
});

describe("churnRate of those up for renewal", () => {
  const due = (rows: readonly RenewableContract[], more: Partial<ChurnRateOptions> = {}) => {
    const rate = churnRate(rows, { ...options, exposure: "upForRenewal", ...more });
    return [rate.churn.numerator, rate.upForRenewal, rate.churnedMidTerm];
  };
  const year = { term: { unit: "year" as const } };

  it("exposes who has a term that ends in the window, also where it was ended before", () => {
    expect(due([contract("a", "2023-03-15", null, year)])).toEqual([0, 1, 0]);
    expect(due([contract("a", "2023-03-15", "2024-03-15", year)])).toEqual([1, 1, 0]);
    expect(due([contract("a", "2023-03-15", "2024-03-02", year)])).toEqual([1, 1, 0]);
    expect(due([contract("a", "2023-06-15", null, year)])).toEqual([0, 0, 0]);
    expect(due([contract("a", "2023-06-15", "2024-03-15", year)])).toEqual([0, 0, 1]);
  });

  it("a term that ends at the start of the window is in it, at its end in the next", () => {
    expect(due([contract("a", "2023-03-01", "2024-03-01", year)])).toEqual([1, 1, 0]);
    expect(due([contract("a", "2023-04-01", null, year)])).toEqual([0, 0, 0]);
  });

  it("terms are counted once from the start: 31 January renews on 29 February, and on 31 March", () => {
    const month = { interval: { unit: "month" as const, count: 1 } };
    const at = (start: string, end: string) =>
      due([contract("a", "2024-01-31", null, month)], { asOf: "2024-06-01", window: { start, end } })[1];
    expect(at("2024-02-29", "2024-03-01")).toBe(1);
    expect(at("2024-03-29", "2024-03-30")).toBe(0);
    expect(at("2024-03-31", "2024-04-01")).toBe(1);
    expect(at("2024-04-30", "2024-05-01")).toBe(1);
  });

  it("a leap day renews on 28 February, in the zone of the call", () => {
    const at = (start: string, end: string, timeZone: string) =>
      due([contract("a", "2020-02-29", null, year)], {
        asOf: "2024-06-01",
        window: { start, end },
        timeZone,
      })[1];
    for (const timeZone of ["UTC", "Asia/Jakarta", "America/New_York"]) {
      expect(at("2023-02-28", "2023-03-01", timeZone)).toBe(1);
      expect(at("2024-02-28", "2024-02-29", timeZone)).toBe(0);
      expect(at("2024-02-29", "2024-03-01", timeZone)).toBe(1);
    }
  });

  it("term goes before interval: a year paid by the month; a contract with neither is due at its end", () => {
    const both = { term: { unit: "year" as const }, interval: { unit: "month" as const } };
    expect(due([contract("a", "2023-06-15", null, both)])).toEqual([0, 0, 0]);
    expect(due([contract("a", "2023-06-15", null, { ...both, term: null })])).toEqual([0, 1, 0]);
    expect(due([contract("a", "2023-06-15", "2024-03-20")])).toEqual([1, 1, 0]);
    expect(due([contract("a", "2023-06-15")])).toEqual([0, 0, 0]);
  });

  it("who is kept by another contract was due and stayed; who started in the window was not due", () => {
    expect(
      due([contract("a", "2023-03-15", "2024-03-15", year), contract("a", "2023-09-01", null, year)]),
    ).toEqual([0, 1, 0]);
    expect(due([contract("a", "2024-03-02", "2024-03-09", { term: { unit: "week" } })])).toEqual([0, 0, 0]);
  });

  it("gives the rate its reason, its interval, and the groups theirs", () => {
    const rate = churnRate([contract("a", "2023-06-15", null, year)], {
      ...options,
      exposure: "upForRenewal",
    });
    expect(rate.churn.reason).toBe("customers up for renewal: 0");
    const rows = [contract("a", "2023-03-15", "2024-03-15", year), contract("b", "2023-03-20", null, year)];
    const { groups, interval } = churnRate(rows, {
      ...options,
      exposure: "upForRenewal",
      groupBy: (id) => id,
    });
    expect(groups?.map(({ group, churn }) => [group, churn.value])).toEqual([
      ["a", 1],
      ["b", 0],
    ]);
    // R: prop.test(1, 2, correct = FALSE)$conf.int, to twelve decimals.
    expect(interval?.lower).toBeCloseTo(0.0945312057342307, 12);
  });

  it("a term that ends with the first midnight of summer time, 28 days less an hour after its start", () => {
    const rows = [contract("a", "2025-02-10", null, { interval: { unit: "month" } })];
    const { upForRenewal } = churnRate(rows, {
      asOf: "2025-04-01",
      timeZone: "America/New_York",
      exposure: "upForRenewal",
      window: { start: "2025-02-20", end: "2025-03-10T04:30:00Z" },
    });
    expect(upForRenewal).toBe(1);
  });

  it("terms are counted from the end of the trial, also where that is a phase of its own", () => {
    const month = { interval: { unit: "month" as const } };
    const on20 = { window: { start: "2024-03-20", end: "2024-03-21" } };
    expect(due([contract("a", "2024-01-05", null, { ...month, trialEndAt: "2024-01-20" })], on20)[1]).toBe(1);
    const phases = [
      contract("a", "2024-01-05", "2024-01-20", { ...month, id: "S", status: "trialing" }),
      contract("a", "2024-01-20", null, { ...month, id: "S" }),
    ];
    expect(due(phases, on20)[1]).toBe(1);
  });

  it("a contract without terms goes on in its next phase; a phase of no length changes nothing", () => {
    const plain = (startAt: string, endAt: string | null) => contract("a", startAt, endAt, { id: "S" });
    expect(due([plain("2024-01-01", "2024-03-15"), plain("2024-03-15", null)])).toEqual([0, 0, 0]);
    expect(due([plain("2024-01-01", "2024-03-15"), plain("2024-03-16", null)])).toEqual([0, 1, 0]);
    // A pause is the end of no term; notice without another date is.
    const since = { statusSince: "2024-03-10" };
    expect(due([contract("a", "2024-01-01", null, { ...since, status: "paused" })])).toEqual([0, 0, 1]);
    expect(due([contract("a", "2024-01-01", null, { ...since, status: "canceled" })])).toEqual([1, 1, 0]);
    const phase = (startAt: string, endAt: string | null) =>
      contract("a", startAt, endAt, { id: "S", ...year });
    const phases = [
      phase("2023-03-20", "2023-09-01"),
      { ...phase("2023-09-01", "2023-09-01"), term: { unit: "day" as const } },
      phase("2023-09-01", null),
    ];
    expect(due(phases)).toEqual([0, 1, 0]);
  });

  it("long terms and long lives cost nothing and stay exact", () => {
    expect(due([contract("a", "1990-03-15", null, { term: { unit: "day", count: 1 } })])).toEqual([0, 1, 0]);
    expect(due([contract("a", "1990-03-15", null, { term: { unit: "year", count: 2 ** 40 } })])).toEqual([
      0, 0, 0,
    ]);
    expect(due([contract("a", "1990-03-15", null, { term: { unit: "quarter", count: 8 } })])).toEqual([
      0, 1, 0,
    ]);
    expect(due([contract("a", "1991-03-15", null, { term: { unit: "quarter", count: 8 } })])).toEqual([
      0, 0, 0,
    ]);
  });
});

describe("laws of churnRate", () => {
  it("terms of months in any zone are those of a calendar that is counted by hand", () => {
    const day = fc.integer({ min: 31, max: 300 });
    fc.assert(
      fc.property(
        someMonthlyContracts,
        fc.constantFrom(...ZONES),
        fc.tuple(day, fc.integer({ min: 1, max: 90 })),
        (contracts, timeZone, [from, length]) => {
          const window = { start: civilDay(FIRST_CIVIL + from), end: civilDay(FIRST_CIVIL + from + length) };
          const { upForRenewal, churn } = churnRate(contracts, {
            asOf: "2026-01-01",
            timeZone,
            window,
            exposure: "upForRenewal",
          });
          expect([upForRenewal, churn.numerator]).toEqual(expectedDue(contracts, window));
        },
      ),
      { numRuns: 300 },
    );
  });

  it("equals a count of the days on which each customer is active", () => {
    const edges = fc
      .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 30 }))
      .map(([start, length]) => [start, start + length]);
    fc.assert(
      fc.property(someContracts, edges, fc.nat(80), (contracts, [start, end], asOf) => {
        const expected = expectedChurn(contracts, start, end, asOf);
        const found = churnRate(contracts, {
          asOf: asOf * DAY,
          window: { start: start * DAY, end: end * DAY },
          exposure: "upForRenewal",
        });
        const { dueAtStart, churnedOfDue, ...counts } = expected;
        expect(found).toMatchObject(counts);
        expect(found.upForRenewal).toBe(dueAtStart);
        expect(found.churn.numerator).toBe(churnedOfDue);
        expect(found.churnedMidTerm).toBe(counts.churned - counts.churnedOfStarted - churnedOfDue);
        expect(found.churn.value === null).toBe(dueAtStart === 0 || asOf < end);
      }),
      { numRuns: 500 },
    );
  });

  it("is churnRateOf its counts, whatever the base, and does not depend on the order of the contracts", () => {
    const base = fc.constantFrom("classic" as const, "stripe" as const, "baremetrics" as const);
    fc.assert(
      fc.property(someContracts, base, (contracts, preset) => {
        const call = { asOf: 80 * DAY, window: { start: 20 * DAY, end: 50 * DAY }, base: preset };
        const rate = churnRate(contracts, call);
        expect(rate).toMatchObject(churnRateOf(rate, { base: preset }));
        expect(churnRate([...contracts].reverse(), call)).toEqual(rate);
      }),
    );
  });

  it("counts of the groups add up to those of all", () => {
    fc.assert(
      fc.property(someContracts, (contracts) => {
        const { groups, ...all } = churnRate(contracts, {
          asOf: 80 * DAY,
          window: { start: 20 * DAY, end: 50 * DAY },
          exposure: "upForRenewal",
          groupBy: (id) => (id === "a" ? null : id),
        });
        for (const count of [
          "activeAtStart",
          "started",
          "churned",
          "churnedOfStarted",
          "returned",
          "activeAtEnd",
          "upForRenewal",
          "churnedMidTerm",
        ] as const)
          expect(groups?.reduce((sum, group) => sum + (group[count] ?? 0), 0)).toBe(all[count]);
      }),
    );
  });
});

describe("churnRate refuses", () => {
  const good = [contract("a", "2024-01-01")];
  it.each([
    [{ window: { start: "2024-04-01", end: "2024-03-01" } }, "options.window", "swap them"],
    [{ window: undefined }, "options.window", "undefined"],
    [{ window: { start: "March", end: "2024-03-01" } }, "options.window.start", '"March"'],
    [{ asOf: "today" }, "options.asOf", '"today"'],
    [{ base: "shopify" }, "options.base", '"shopify"'],
    [{ exposure: "all" }, "options.exposure", '"all"'],
    [{ exposure: "upForRenewal", base: "stripe" }, "options.exposure", '"stripe"'],
    [{ groupBy: {} }, "options.groupBy", "an object"],
    [{ statuses: "stripe" }, "options.statuses", '"stripe"'],
    [{ statuses: { overdue: { countsAsActive: true } } }, "options.statuses.overdue", "paused"],
    [{ confidenceLevel: 95 }, "options.confidenceLevel", "95"],
  ])("%j", (wrong, path, text) => {
    const error = thrown(() => churnRate(good, { ...options, ...wrong } as ChurnRateOptions));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", path]);
    expect(error.message).toContain(text);
  });

  it("an unknown zone, no options, and bad contracts with their rows", () => {
    expect(thrown(() => churnRate(good, undefined as never)).path).toBe("options");
    expect(thrown(() => churnRate(good, { ...options, timeZone: "Mars/Base" })).code).toBe(
      "UNKNOWN_TIME_ZONE",
    );
    const rows = thrown(() => churnRate([...good, contract("", "2024-01-01")], options));
    expect([rows.code, rows.path]).toEqual(["INVALID_ROWS", "contracts[1].customerId"]);
  });

  it("all problems of all rows at once, of terms too where they are not asked for", () => {
    const rows = [
      ...good,
      contract("", "2024-01-01", null, { term: { unit: "decade" } }),
      contract("c", "2024-01-01", "2023-01-01", { interval: { unit: "month", count: 0 } }),
      contract("d", "2024-01-01", null, { interval: "monthly", amount: -1 }),
      contract("e", "2024-01-01", null, { status: "gone", trialEndAt: "2023-12-01" }),
      contract("f", "2024-01-01", null, { status: "canceled" }),
      contract("g", "2024-01-01", null, { status: "paused", amount: 1.5 }),
      contract("h", "2024-01-01", "2024-05-01", { id: "S" }),
      contract("h", "2024-04-01", null, { id: "S", statusSince: "soon" }),
    ];
    for (const exposure of ["upForRenewal", "allAtStart"] as const) {
      const error = thrown(() => churnRate(rows, { ...options, exposure }));
      expect(error.code).toBe("INVALID_ROWS");
      expect(error.problems?.map(({ row, field, value }) => [row, field, value])).toEqual([
        [1, "customerId", ""],
        [1, "term.unit", "decade"],
        [2, "endAt", "2023-01-01"],
        [2, "interval.count", 0],
        [3, "interval.unit", undefined],
        [3, "amount", -1],
        [4, "status", "gone"],
        [4, "trialEndAt", "2023-12-01"],
        [5, "endAt", undefined],
        [6, "statusSince", undefined],
        [6, "amount", 1.5],
        [8, "statusSince", "soon"],
        [8, "startAt", "2024-04-01"],
      ]);
    }
  });
});
