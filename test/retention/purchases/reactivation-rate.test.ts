import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { transactionLog } from "../../../src/history/transaction-log.js";
import {
  type ReactivationOptions,
  reactivationRate,
} from "../../../src/retention/purchases/reactivation-rate.js";
import { thrown } from "../../core/thrown.js";
import { plainFacts, plainLog, plainOptions } from "../../history/plain-log.js";
import { referenceLog } from "../../history/reference-log.js";

const year = (y: number) => ({ start: `${y}-01-01`, end: `${y + 1}-01-01` });
const years = (y: number, rest: Partial<ReactivationOptions> = {}): ReactivationOptions => ({
  asOf: "2025-01-01",
  previous: year(y),
  current: year(y + 1),
  ...rest,
});

describe("reactivationRate on the reference log", () => {
  it("C of C, E, F came back in 2024: F's only purchase of 2023 was given back, D's first one too", () => {
    const result = reactivationRate(referenceLog, years(2023));
    expect(result.rate).toEqual({ value: 1 / 3, numerator: 1, denominator: 3, reason: null });
    expect([result.inactive, result.reactivated]).toEqual([3, 1]);
    // Wilson (1927) for 1 of 3 at z = 1.959963984540054, by its closed form.
    const z2 = 1.959963984540054 ** 2;
    const half = Math.sqrt(z2 * (1 * (1 - 1 / 3) + z2 / 4));
    expect(result.interval?.lower).toBeCloseTo((1 + z2 / 2 - half) / (3 + z2), 14);
    expect(result.interval?.upper).toBeCloseTo((1 + z2 / 2 + half) / (3 + z2), 14);
    expect(result.interval?.confidenceLevel).toBe(0.95);
  });

  it("nobody could come back to the first year of the log", () => {
    const { rate, interval } = reactivationRate(referenceLog, years(2022));
    expect(rate).toEqual({ value: null, numerator: 0, denominator: 0, reason: "inactive customers: 0" });
    expect(interval).toBeNull();
  });

  it("before its refund is known, F's purchase of June 2023 is a purchase", () => {
    const half = {
      previous: { start: "2023-01-01", end: "2023-06-20" },
      current: { start: "2023-06-20", end: "2023-06-25" },
    };
    // C and E have not bought since 2022; F has, as far as is known on 25 June.
    expect(reactivationRate(referenceLog, { asOf: "2023-06-25", ...half }).inactive).toBe(2);
    expect(reactivationRate(referenceLog, { asOf: "2023-08-01", ...half }).inactive).toBe(3);
  });

  it("a current window that is not over gives counts and no rate", () => {
    const { rate, interval, reactivated } = reactivationRate(
      referenceLog,
      years(2023, { asOf: "2024-07-01" }),
    );
    expect(rate.value).toBeNull();
    expect(rate.reason).toBe(
      "the current period ends 2025-01-01T00:00:00.000Z, after asOf 2024-07-01T00:00:00.000Z",
    );
    expect([rate.numerator, rate.denominator, reactivated, interval]).toEqual([1, 3, 1, null]);
  });

  it("an empty window gives no rate", () => {
    const empty = { start: "2024-01-01", end: "2024-01-01" };
    expect(reactivationRate(referenceLog, years(2023, { previous: empty })).rate.reason).toContain(
      "the previous period is empty",
    );
  });

  it("a purchase between windows that do not touch ends the inactivity", () => {
    const gap = {
      previous: { start: "2023-01-01", end: "2024-01-01" },
      current: { start: "2024-03-01", end: "2025-01-01" },
    };
    // C bought on 2024-02-29 and not again.
    expect(reactivationRate(referenceLog, years(2023, gap)).rate).toMatchObject({
      numerator: 0,
      denominator: 2,
    });
  });

  it("windows are half-open: C bought on 2022-07-31 and 2024-02-29, both at 12:00", () => {
    const count = (start: string, middle: string, end: string) => {
      const windows = { previous: { start, end: middle }, current: { start: middle, end } };
      const qualifies = ({ customerId }: { customerId: string }) => customerId === "C";
      const { inactive, reactivated } = reactivationRate(referenceLog, {
        asOf: "2025-01-01",
        qualifies,
        ...windows,
      });
      return [inactive, reactivated];
    };
    const [last, back] = ["2022-07-31T12:00:00Z", "2024-02-29T12:00:00Z"];
    // A purchase at the start of the previous window is in it; one at the start of the current one too, at its end not.
    expect(count(last, "2024-01-01", "2025-01-01")).toEqual([0, 0]);
    expect(count("2022-07-31T12:00:01Z", "2024-01-01", "2025-01-01")).toEqual([1, 1]);
    expect(count("2023-01-01", back, "2025-01-01")).toEqual([1, 1]);
    expect(count("2023-01-01", "2024-01-01", back)).toEqual([1, 0]);
  });

  it("the calendar is that of the zone", () => {
    // In Jakarta F's purchase of 2022-12-31T23:30Z falls into 2023, so F was active in it.
    const { inactive } = reactivationRate(referenceLog, years(2023, { timeZone: "Asia/Jakarta" }));
    expect(inactive).toBe(2);
  });
});

describe("reactivationRate refuses", () => {
  it("overlapping windows", () => {
    const overlap = { previous: year(2023), current: { start: "2023-12-31", end: "2025-01-01" } };
    const error = thrown(() => reactivationRate(referenceLog, { asOf: "2025-01-01", ...overlap }));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "options.current"]);
    expect(error.message).toContain('"2023-12-31"');
  });

  it("a window that runs backwards, or is none", () => {
    const backwards = years(2023, { previous: { start: "2024-01-01", end: "2023-01-01" } });
    expect(thrown(() => reactivationRate(referenceLog, backwards)).path).toBe("options.previous");
    const missing = { asOf: "2025-01-01", previous: year(2023) } as unknown as ReactivationOptions;
    expect(thrown(() => reactivationRate(referenceLog, missing)).path).toBe("options.current");
  });
});

it("an empty log has nobody to reactivate", () => {
  const { rate } = reactivationRate(transactionLog([], { currency: "IDR" }), years(2023));
  expect(rate.reason).toBe("inactive customers: 0");
});

it("agrees with a plain count, whatever the refunds, zone and windows", () => {
  fc.assert(
    fc.property(
      plainLog(),
      plainOptions,
      fc.tuple(fc.nat(300), fc.nat(200)),
      ({ rows, options }, o, days) => {
        const start = Date.UTC(2023, 0, 1) + days[0] * 86_400_000;
        const middle = start + 40 * 86_400_000;
        const end = middle + days[1] * 86_400_000;
        const { timeZone, refundAttribution, asOf } = o;
        const result = reactivationRate(transactionLog(rows, options), {
          asOf,
          timeZone,
          refundAttribution,
          previous: { start, end: middle },
          current: { start: middle, end },
        });
        const instantsOf = (id: string) =>
          plainFacts(rows, id, { asOf, timeZone, refundAttribution })
            .filter(({ counts }) => counts)
            .map(({ row }) => row.at);
        const ids = [...new Set(rows.map(({ customerId }) => customerId))];
        const inactive = ids.map(instantsOf).filter((instants) => {
          const before = instants.filter((at) => at < middle);
          return before.length > 0 && before.every((at) => at < start);
        });
        const back = inactive.filter((instants) => instants.some((at) => at >= middle && at < end));
        expect([result.inactive, result.reactivated]).toEqual([inactive.length, back.length]);
      },
    ),
  );
});

describe("groupBy", () => {
  it("gives each group, those without one last", () => {
    // Inactive in 2023 are C, E and F; C comes back in 2024.
    const { groups, rate } = reactivationRate(
      referenceLog,
      years(2023, {
        groupBy: new Map([
          ["C", "x"],
          ["A", "y"],
        ]),
      }),
    );
    const [x, y, none] = groups ?? [];
    expect([x.group, x.rate.value, x.inactive, x.reactivated]).toEqual(["x", 1, 1, 1]);
    expect([y.group, y.rate.reason]).toEqual(["y", "inactive customers: 0"]);
    expect(none.group).toBeNull();
    expect([x.inactive + none.inactive, x.reactivated + none.reactivated]).toEqual([
      rate.denominator,
      rate.numerator,
    ]);
    expect(reactivationRate(referenceLog, years(2023)).groups).toBeNull();
    expect(thrown(() => reactivationRate(referenceLog, years(2023, { groupBy: 5 as never }))).path).toBe(
      "options.groupBy",
    );
  });

  it("a rate that is withheld is withheld of every group", () => {
    const { groups } = reactivationRate(
      referenceLog,
      years(2023, { groupBy: () => "all", asOf: "2024-07-01" }),
    );
    expect(groups?.[0].rate.reason).toContain("after asOf");
    expect(groups?.[0].interval).toBeNull();
  });

  it("the groups add up to all, and each is the rate of its customers alone", () => {
    const groupOf = (id: string) => (id < "c" ? "early" : id < "d" ? "late" : null);
    fc.assert(
      fc.property(plainLog(), plainOptions, ({ rows, options }, o) => {
        const { asOf, timeZone, refundAttribution } = o;
        const log = transactionLog(rows, options);
        const month = (n: number) => Date.UTC(2023, n, 1);
        const shared = {
          asOf,
          timeZone,
          refundAttribution,
          previous: { start: month(3), end: month(6) },
          current: { start: month(6), end: month(9) },
        };
        const { groups, ...whole } = reactivationRate(log, { ...shared, groupBy: groupOf });
        expect({ ...whole, groups: null }).toEqual(reactivationRate(log, shared));
        let [inactive, reactivated] = [0, 0];
        for (const { group, ...shares } of groups ?? []) {
          inactive += shares.inactive;
          reactivated += shares.reactivated;
          const own = rows.filter(({ customerId }) => groupOf(customerId) === group);
          expect(reactivationRate(transactionLog(own, options), shared)).toMatchObject(shares);
        }
        expect([inactive, reactivated]).toEqual([whole.inactive, whole.reactivated]);
      }),
    );
  });
});
