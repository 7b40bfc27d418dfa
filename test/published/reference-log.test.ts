import { describe, expect, test } from "vitest";
import { subtractDuration } from "../../src/core/duration.js";
import { row, rows } from "../../src/core/table.js";
import { customerSummary } from "../../src/history/customer-summary.js";
import type { WindowedMetricOptions } from "../../src/history/metric-options.js";
import { purchaseBehavior } from "../../src/history/purchase-behavior.js";
import { transactionLog } from "../../src/history/transaction-log.js";
import { referenceLog, referenceRows } from "../history/reference-log.js";

// Cells of the made-up reference log, computed by hand and by two independent programs. Whole dollars where it says so.

const END = "2025-01-01";
const summary = (options: Partial<WindowedMetricOptions> = {}) =>
  rows(customerSummary(referenceLog, { asOf: END, ...options }));

/** The half-open year in UTC. */
const year = (number: number) => ({ start: `${number}-01-01`, end: `${number + 1}-01-01` });

const sorted = (ids: readonly string[]) => [...ids].sort();

describe("status: active with a qualifying purchase in the 12 months before, inactive with an earlier one", () => {
  test.each([
    ["2022-04-01T00:00:00Z", "ABCD", ""],
    ["2022-05-01T00:00:00Z", "ABC", ""],
    ["2024-02-29T00:00:00Z", "ABGHIJ", "CEF"],
    ["2024-03-01T00:00:00Z", "ACGHIJK", "BEF"],
    ["2025-01-01T00:00:00Z", "ABCDHIJK", "EFG"],
  ])("as of %s", (asOf, active, inactive) => {
    const start = subtractDuration(asOf, { months: 12 });
    const inWindow = summary({ asOf, window: { start, end: asOf } }).filter(({ purchases }) => purchases > 0);
    const ever = summary({ asOf }).filter(({ purchases }) => purchases > 0);
    const activeIds = inWindow.map(({ customerId }) => customerId);
    const lapsed = ever.filter(({ customerId }) => !activeIds.includes(customerId));
    expect(sorted(activeIds)).toEqual([...active]);
    expect(sorted(lapsed.map(({ customerId }) => customerId))).toEqual([...inactive]);
  });
});

test("lifetime profit of each customer, dollars", () => {
  const profits = Object.fromEntries(
    summary().map(({ customerId, profit }) => [customerId, (profit ?? 0) / 100]),
  );
  expect(profits).toEqual({
    I: 710,
    A: 360,
    B: 330,
    G: 160,
    J: 135,
    C: 70,
    H: 70,
    D: 50,
    F: 20,
    K: -20,
    E: -100,
  });
  expect(summary().reduce((sum, { profit }) => sum + (profit ?? 0), 0)).toBe(178_500);
});

test("revenue of 2024 of each customer active in it, dollars", () => {
  const buyers = summary({ window: year(2024) }).filter(({ purchases }) => purchases > 0);
  expect(Object.fromEntries(buyers.map(({ customerId, net }) => [customerId, net / 100]))).toEqual({
    I: 1100,
    A: 300,
    B: 300,
    D: 200,
    J: 180,
    K: 80,
    C: 70,
    H: 50,
  });
});

describe("net sales of the customers of 2022, dollars (trap 15: a refund in a later year)", () => {
  const base = "ABCEFG";
  test.each([
    ["purchase", 1560, 540],
    ["transaction", 1580, 520],
  ] as const)("refunds attributed to the %s", (refundAttribution, first, second) => {
    const net = (window: { start: string; end: string }) =>
      summary({ window, refundAttribution })
        .filter(({ customerId }) => base.includes(customerId))
        .reduce((sum, customer) => sum + customer.net, 0) / 100;
    expect([net(year(2022)), net(year(2023))]).toEqual([first, second]);
  });
});

test("customers with a qualifying purchase in 2022 and in 2023", () => {
  const buyers = (number: number) =>
    sorted(
      summary({ window: year(number) })
        .filter(({ purchases }) => purchases > 0)
        .map(({ customerId }) => customerId),
    ).join("");
  expect([buyers(2022), buyers(2023)]).toEqual(["ABCEFG", "ABGHIJ"]);
});

test("trap 16: a refund at or after asOf is not known; D buys until it is", () => {
  const d = (asOf: string) => summary({ asOf }).find(({ customerId }) => customerId === "D");
  expect(d("2022-04-02T12:00:00Z")).toMatchObject({ purchases: 1, net: 30_000, profit: 6000 });
  expect(d("2022-04-02T12:00:00.001Z")).toMatchObject({ purchases: 0, net: 0, profit: 0, firstAt: null });
  expect(d("2024-03-02")).toMatchObject({ purchases: 1, firstAt: Date.parse("2024-03-01T09:00:00Z") });
});

test("trap 17: window edges; T15 of 2023-02-28 is in the year before 2024-02-29, not in that before 2024-03-01", () => {
  const b = (asOf: string) => {
    const window = { start: subtractDuration(asOf, { months: 12 }), end: asOf };
    return summary({ asOf, window }).find(({ customerId }) => customerId === "B")?.purchases;
  };
  expect([b("2024-02-29"), b("2024-03-01")]).toEqual([1, 0]);
});

test("trap 34: identical rows are two purchases, on one occasion", () => {
  const g = summary({ window: year(2022) }).find(({ customerId }) => customerId === "G");
  expect(g).toMatchObject({ purchases: 2, occasions: 1, net: 30_000 });
});

describe("months in which each customer has a qualifying purchase, counted from the first", () => {
  const monthNumber = (label: string) => Number(label.slice(0, 4)) * 12 + Number(label.slice(5)) - 1;
  const behavior = rows(purchaseBehavior(referenceLog, { asOf: END, by: "month" })).filter(
    ({ purchases }) => purchases > 0,
  );
  test.each([
    ["A", "2022-01", [0, 2, 11, 12, 18, 24, 25]],
    ["B", "2022-01", [0, 5, 13, 31]],
    ["C", "2022-02", [0, 5, 24]],
    ["D", "2024-03", [0]],
    ["E", "2022-08", [0]],
    ["F", "2022-12", [0]],
    ["G", "2022-05", [0, 12]],
    ["H", "2023-01", [0, 7, 16]],
    ["I", "2023-03", [0, 1, 7, 12, 21]],
    ["J", "2023-12", [0, 6, 12]],
    ["K", "2024-02", [0, 1]],
  ])("%s from %s", (customer, first, months) => {
    const own = behavior.filter(({ customerId }) => customerId === customer).map(({ period }) => period);
    expect(own[0]).toBe(first);
    expect(own.map((label) => monthNumber(label) - monthNumber(first))).toEqual(months);
  });
});

test("trap 4: in Jakarta the purchases of the last hours of a year belong to the next", () => {
  const buyers = (timeZone: string) =>
    [2022, 2023, 2024].map((number) =>
      sorted(
        summary({ timeZone, window: year(number) })
          .filter(({ purchases }) => purchases > 0)
          .map(({ customerId }) => customerId),
      ).join(""),
    );
  const retained = (base: string, next: string) =>
    [...base].filter((id) => next.includes(id)).length / base.length;
  // T10 of F (2022-12-31T23:30Z) and T25 of J (2023-12-31T18:00Z) are a day later there.
  const [before, middle, after] = buyers("UTC");
  expect([before, middle]).toEqual(["ABCEFG", "ABGHIJ"]);
  expect([retained(before, middle), retained(middle, after)]).toEqual([1 / 2, 5 / 6]);
  const [first, second, third] = buyers("Asia/Jakarta");
  expect([retained(first, second), retained(second, third)]).toEqual([0.6, 2 / 3]);
});

test("the rows may come in any order, and are never changed", () => {
  const reversed = transactionLog([...referenceRows].reverse(), { currency: "USD" });
  const other = rows(customerSummary(reversed, { asOf: END }));
  const byId = (table: typeof other) => new Map(table.map((customer) => [customer.customerId, customer]));
  expect(byId(other)).toEqual(byId(summary()));
  expect(row(customerSummary(referenceLog, { asOf: END }), 0).customerId).toBe("A");
});
