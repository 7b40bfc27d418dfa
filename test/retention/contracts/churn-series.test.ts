import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PeriodSpec } from "../../../src/core/period.js";
import { churnRate } from "../../../src/retention/contracts/churn-rate.js";
import { type ChurnSeriesOptions, churnSeries } from "../../../src/retention/contracts/churn-series.js";
import { thrown } from "../../core/thrown.js";
import { ZONES } from "../../history/plain-log.js";
import { DAY, someContracts } from "../plain-churn.js";

const contracts = [
  { customerId: "a", startAt: "2024-01-15", endAt: "2024-03-10" },
  { customerId: "b", startAt: "2024-01-20" },
  { customerId: "c", startAt: "2024-02-05", endAt: "2024-02-25" },
  { customerId: "a", startAt: "2024-04-01" },
];
const series = (more: Partial<ChurnSeriesOptions> = {}) =>
  churnSeries(contracts, { asOf: "2024-05-15", by: "month", ...more });

describe("churnSeries", () => {
  it("runs from the first start to the last period that is over", () => {
    expect(
      series().map(({ window, churned, activeAtStart, started, churn }) => [
        window.label,
        churned,
        activeAtStart,
        started,
        churn.value,
      ]),
    ).toEqual([
      ["2024-01", 0, 0, 2, null],
      ["2024-02", 1, 2, 1, 0],
      ["2024-03", 1, 2, 0, 0.5],
      ["2024-04", 0, 1, 1, 0],
    ]);
    expect(series({ asOf: "2024-05-01" }).length).toBe(4);
    expect(series({ asOf: "2024-04-30" }).length).toBe(3);
    expect(series({ asOf: "2024-01-31" })).toEqual([]);
    expect(churnSeries([], { asOf: "2024-05-01", by: "month" })).toEqual([]);
  });

  it("begins with the first contract that counts", () => {
    const trials = contracts.map((contract) => ({
      ...contract,
      ...(contract.customerId !== "c" && { trialEndAt: "2024-04-10", endAt: null }),
    }));
    const [first] = churnSeries(trials, { asOf: "2024-05-15", by: "month" });
    expect(first.window.label).toBe("2024-02");
  });

  it("financial years begin with firstMonth, weeks with weekStartsOn", () => {
    expect(
      series({ by: "year", firstMonth: 4, asOf: "2025-04-01" }).map(({ window }) => window.label),
    ).toEqual(["FY2024", "FY2025"]);
    expect(new Date(series({ by: "week", weekStartsOn: 0 })[0].window.start).getUTCDay()).toBe(0);
  });

  it("takes bases, exposure and groups as churnRate does", () => {
    const term = { unit: "month" as const };
    const points = churnSeries(
      contracts.map((contract) => ({ ...contract, term })),
      { asOf: "2024-05-01", by: "month", exposure: "upForRenewal", groupBy: (id) => id },
    );
    expect(points.map(({ upForRenewal }) => upForRenewal)).toEqual([0, 2, 2, 1]);
    expect(points[2].groups?.map(({ group, churn }) => [group, churn.value])).toEqual([
      ["a", 1],
      ["b", 0],
      ["c", null],
    ]);
    expect(series({ base: "stripe" })[1].churn).toMatchObject({ numerator: 1, denominator: 3 });
  });

  it("a day that the zone skipped gives no rate, and keeps the customers", () => {
    // Samoa had no 2011-12-30.
    const points = churnSeries([{ customerId: "a", startAt: "2011-12-29" }], {
      asOf: "2012-01-01",
      by: "day",
      timeZone: "Pacific/Apia",
    });
    expect(
      points.map(({ window, activeAtStart, churn }) => [window.label, activeAtStart, churn.value]),
    ).toEqual([
      ["2011-12-29", 0, null],
      ["2011-12-30", 1, null],
      ["2011-12-31", 1, 0],
    ]);
    expect(points[1].churn.reason).toContain("empty");
  });

  it("each point is churnRate of its period; who is there at an end is there at the next start", () => {
    const spec = fc.constantFrom<PeriodSpec>("week", "month", { days: 10, anchor: "1970-01-04" });
    const asOf = fc.integer({ min: 1, max: 110 }).map((day) => day * DAY);
    const exposure = fc.constantFrom("allAtStart" as const, "upForRenewal" as const);
    fc.assert(
      fc.property(
        someContracts,
        spec,
        fc.constantFrom(...ZONES),
        asOf,
        exposure,
        (rows, by, timeZone, at, who) => {
          const options = {
            asOf: at,
            timeZone,
            exposure: who,
            groupBy: (id: string) => (id < "c" ? "ab" : null),
          };
          const points = churnSeries(rows, { ...options, by });
          for (const { window, ...point } of points) {
            const { window: _, ...single } = churnRate(rows, { ...options, window });
            expect(point).toEqual(single);
          }
          for (let i = 1; i < points.length; i++) {
            expect(points[i].activeAtStart).toBe(points[i - 1].activeAtEnd);
            expect(points[i].window.start).toBe(points[i - 1].window.end);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it("classic retention of consecutive periods without starts multiplies to that of both", () => {
    const rows = Array.from({ length: 20 }, (_, i) => ({
      customerId: `c${i}`,
      startAt: "2023-12-01",
      endAt: i < 5 ? "2024-01-10" : i < 8 ? "2024-02-10" : null,
    }));
    const [, january, february] = churnSeries(rows, { asOf: "2024-03-01", by: "month" });
    const both = churnRate(rows, { asOf: "2024-03-01", window: { start: "2024-01-01", end: "2024-03-01" } });
    expect([january.retention.value, february.retention.value, both.retention.value]).toEqual([
      0.75, 0.8, 0.6,
    ]);
  });

  it("refuses an unknown period, and what churnRate refuses", () => {
    for (const by of ["decade", undefined]) {
      const error = thrown(() => series({ by: by as never }));
      expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "options.by"]);
      expect(error.message).toContain(`options.by is ${by === undefined ? by : '"decade"'}: pass "day"`);
    }
    expect(thrown(() => series({ by: { days: 0, anchor: "2024-01-01" } })).path).toBe("options.by.days");
    // Also where there is no point in whose interval it would be used.
    const level = thrown(() => churnSeries([], { asOf: "2024-05-01", by: "month", confidenceLevel: 95 }));
    expect(level.path).toBe("options.confidenceLevel");
    expect(thrown(() => series({ exposure: "upForRenewal", base: "baremetrics" })).path).toBe(
      "options.exposure",
    );
  });
});
