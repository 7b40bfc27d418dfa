import { describe, expect, test } from "vitest";
import { rows } from "../../../src/core/table.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { opportunitySummary } from "../../../src/lifetime/bg-bb/opportunity-summary.js";
import { thrown } from "../thrown.js";

function logOf(purchases: readonly (readonly [string, string, number])[], timeZone = "UTC") {
  return transactionLog(
    purchases.map(([customerId, at, amount]) => ({ customerId, at, amount })),
    { currency: "USD", timeZone },
  );
}

const LOG = logOf([
  ["ani", "2020-05-01", 5000],
  ["ani", "2020-11-01", 900],
  ["ani", "2021-03-10", 2000],
  ["ani", "2021-12-24", 1000],
  ["ani", "2023-01-05", 4000],
  ["ani", "2025-02-01", 7000],
  ["budi", "2022-06-01", 100],
  ["citra", "2024-12-31", 100],
  ["dewi", "2025-01-01", 100],
]);

describe("opportunitySummary", () => {
  test("by year: the year of the first purchase is none, a year counts once", () => {
    const summary = opportunitySummary(LOG, { through: "2024-12-31", by: "year" });
    expect(rows(summary)).toEqual([
      { customerId: "ani", x: 2, tx: 3, T: 4, meanRepeatSpend: 3500, holdoutX: null },
      { customerId: "budi", x: 0, tx: 0, T: 2, meanRepeatSpend: null, holdoutX: null },
      { customerId: "citra", x: 0, tx: 0, T: 0, meanRepeatSpend: null, holdoutX: null },
    ]);
    expect([summary.unit, summary.through]).toEqual(["year", "2024-12-31"]);
    expect(JSON.parse(JSON.stringify(summary))).toEqual(summary);
  });

  test("only years that are over count, and what was bought in them", () => {
    const summary = opportunitySummary(LOG, { through: "2025-12-30", by: "year" });
    const [ani, , , dewi] = rows(summary);
    expect(ani).toEqual({ customerId: "ani", x: 2, tx: 3, T: 4, meanRepeatSpend: 3500, holdoutX: null });
    // Came in a year that still runs.
    expect(dewi).toEqual({ customerId: "dewi", x: 0, tx: 0, T: 0, meanRepeatSpend: null, holdoutX: null });
    const over = rows(opportunitySummary(LOG, { through: "2025-12-31", by: "year" }));
    expect(over[0]).toEqual({
      customerId: "ani",
      x: 3,
      tx: 5,
      T: 5,
      meanRepeatSpend: 14_000 / 3,
      holdoutX: null,
    });
  });

  test("by month, week and day, and a year that begins in April", () => {
    const log = logOf([
      ["a", "2024-01-31", 10],
      ["a", "2024-02-01", 20],
      ["a", "2024-04-01", 30],
    ]);
    const of = (by: "day" | "week" | "month" | "year", more = {}) => {
      const [{ x, tx, T }] = rows(opportunitySummary(log, { through: "2024-04-30", by, ...more }));
      return [x, tx, T];
    };
    expect(of("month")).toEqual([2, 3, 3]);
    expect(of("day")).toEqual([2, 61, 90]);
    // 31 January and 1 February 2024 lie in one week; 29 April begins a week that is not over.
    expect(of("week")).toEqual([1, 9, 12]);
    expect(of("week", { weekStartsOn: 4 })).toEqual([2, 9, 12]);
    expect(of("year", { firstMonth: 4 })).toEqual([0, 0, 0]);
  });

  test("days are those of the zone", () => {
    const log = logOf(
      [
        ["a", "2023-06-01T12:00:00Z", 10],
        ["a", "2023-12-31T18:00:00Z", 20],
      ],
      "Asia/Jakarta",
    );
    const [a] = rows(opportunitySummary(log, { through: "2024-12-31", by: "year" }));
    expect([a.x, a.tx, a.T]).toEqual([1, 1, 1]);
    const [utc] = rows(opportunitySummary(log, { through: "2024-12-31", by: "year", timeZone: "UTC" }));
    expect([utc.x, utc.tx, utc.T]).toEqual([0, 0, 1]);
  });

  test("campaigns: what lies between them makes a customer but no opportunity", () => {
    const campaigns = [
      { from: "2024-02-01", through: "2024-02-10" },
      { from: "2024-05-01", through: "2024-05-10" },
      { from: "2024-08-01", through: "2024-08-10" },
    ];
    const log = logOf([
      ["before", "2024-01-01", 10],
      ["before", "2024-02-10", 20],
      ["before", "2024-03-01", 999],
      ["before", "2024-08-01", 40],
      ["in the first", "2024-02-05", 10],
      ["in the first", "2024-02-09", 10],
      ["in the first", "2024-05-05", 50],
      ["after all", "2024-09-01", 10],
    ]);
    const summary = opportunitySummary(log, { through: "2024-12-31", campaigns });
    expect(rows(summary)).toEqual(
      [
        { customerId: "after all", x: 0, tx: 0, T: 0, meanRepeatSpend: null, holdoutX: null },
        { customerId: "before", x: 2, tx: 3, T: 3, meanRepeatSpend: 30, holdoutX: null },
        { customerId: "in the first", x: 1, tx: 1, T: 2, meanRepeatSpend: 50, holdoutX: null },
      ].sort((a, b) => log.customerIds.indexOf(a.customerId) - log.customerIds.indexOf(b.customerId)),
    );
    expect(summary.unit).toBeNull();
    // The third still runs.
    const running = rows(opportunitySummary(log, { through: "2024-08-09", campaigns }));
    expect(running.map(({ T }) => T).sort()).toEqual([1, 2]);
  });

  test("purchases that do not qualify, and those taken back, are none", () => {
    const summary = opportunitySummary(LOG, {
      through: "2024-12-31",
      by: "year",
      qualifies: ({ amount }) => amount >= 1500,
    });
    expect(rows(summary)).toEqual([
      { customerId: "ani", x: 2, tx: 3, T: 4, meanRepeatSpend: 3000, holdoutX: null },
    ]);
  });

  test("refuses what it cannot read", () => {
    const day = { from: "2024-02-01", through: "2024-02-10" };
    // biome-ignore format: a line for each
    const calls: readonly [object, string, string][] = [
      [{ through: "2024-12-31" }, "INVALID_ARGUMENT", "options.by"],
      [{ through: "2024-12-31", by: "year", campaigns: [day] }, "INVALID_ARGUMENT", "options.by"],
      [{ through: "2024-12-31", by: "decade" }, "INVALID_ARGUMENT", "options.by"],
      [{ through: "2024-13-31", by: "year" }, "INVALID_ARGUMENT", "options.through"],
      [{ through: "2024-12-31", campaigns: [] }, "INVALID_ARGUMENT", "options.campaigns"],
      [{ through: "2024-12-31", campaigns: [null] }, "INVALID_ARGUMENT", "options.campaigns[0]"],
      [{ through: "2024-12-31", campaigns: [{ from: "x", through: "y" }] }, "INVALID_ARGUMENT", "options.campaigns[0].from"],
      [{ through: "2024-12-31", campaigns: [day, day] }, "INVALID_ROWS", "options.campaigns[1].from"],
      [{ through: "2024-12-31", campaigns: [{ from: "2024-02-01", through: "2024-01-10" }] }, "INVALID_ROWS", "options.campaigns[0].through"],
    ];
    for (const [options, code, path] of calls) {
      const error = thrown(() => opportunitySummary(LOG, options as never));
      expect([error.code, error.path]).toEqual([code, path]);
    }
    expect(thrown(() => opportunitySummary([] as never, { through: "2024-12-31", by: "year" })).path).toBe(
      "log",
    );
  });
});

describe("a holdout", () => {
  const log = transactionLog(
    [
      ...["2020-05-01", "2021-03-10", "2023-01-05", "2023-06-01", "2025-02-02"].map((at) => ({
        customerId: "ani",
        at,
      })),
      ...["2022-07-01", "2024-01-01", "2025-12-31"].map((at) => ({ customerId: "budi", at })),
      ...["2023-02-01", "2024-03-03"].map((at) => ({ customerId: "citra", at })),
    ].map((row) => ({ ...row, amount: 100 })),
    { currency: "USD" },
  );

  test("counts the years after it that were used, each once, and tells how many there were", () => {
    const options = { through: "2022-12-31", by: "year" } as const;
    const plain = opportunitySummary(log, options);
    const held = opportunitySummary(log, { ...options, holdoutThrough: "2025-12-31" });
    expect(held.columns).toEqual({ ...plain.columns, holdoutX: [2, 2] });
    expect(held.holdoutOpportunities).toBe(3);
    expect([plain.columns.holdoutX, plain.holdoutOpportunities]).toEqual([[null, null], null]);
    // The last year is not over a day before its end.
    const short = opportunitySummary(log, { ...options, holdoutThrough: "2025-12-30" });
    expect([short.columns.holdoutX, short.holdoutOpportunities]).toEqual([[1, 1], 2]);
  });

  test("calibration and holdout together are what a later look sees", () => {
    const held = opportunitySummary(log, { through: "2022-12-31", by: "year", holdoutThrough: "2025-12-31" });
    const later = opportunitySummary(log, { through: "2025-12-31", by: "year" });
    const sums = held.columns.x.map((x, i) => x + (held.columns.holdoutX[i] ?? 0));
    expect(later.columns.x.slice(0, 2)).toEqual(sums);
  });

  test("campaigns; and a holdout that ends before it begins", () => {
    const campaigns = [2021, 2022, 2023, 2024].map((year) => ({
      from: `${year}-01-01`,
      through: `${year}-03-31`,
    }));
    const held = opportunitySummary(log, { through: "2021-12-31", campaigns, holdoutThrough: "2024-12-31" });
    // In the first quarters of 2022 to 2024 ani bought in 2023 alone.
    expect(held.columns).toMatchObject({ customerId: ["ani"], x: [1], holdoutX: [1] });
    expect(held.holdoutOpportunities).toBe(3);
    const error = thrown(() =>
      opportunitySummary(log, { through: "2022-12-31", by: "year", holdoutThrough: "2022-12-31" }),
    );
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: "options.holdoutThrough" });
  });
});
