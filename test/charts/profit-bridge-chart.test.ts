import { describe, expect, it } from "vitest";
import { profitBridgeChart } from "../../src/charts/profit-bridge-chart.js";
import type { ChartOptions } from "../../src/charts/vega-lite-spec.js";
import { formatMoney } from "../../src/core/format-money.js";
import { money } from "../../src/core/money.js";
import { transactionLog } from "../../src/history/transaction-log.js";
import { profitBridge } from "../../src/profitability/change/profit-bridge.js";
import { answerOf, itIsReadable, rowsOf } from "./readable.js";

const before = [
  { customerId: "a", productId: "tea", quantity: 10, revenue: 1000, costOfGoods: 600, costToServe: 100 },
  { customerId: "a", productId: "cup", quantity: 10, revenue: 3000, costOfGoods: 2000 },
  { customerId: "b", productId: "tea", quantity: 5, revenue: 500, costOfGoods: 300, costToServe: 10 },
];
const after = [
  { customerId: "a", productId: "tea", quantity: 18, revenue: 1980, costOfGoods: 1170, costToServe: 130 },
  { customerId: "a", productId: "cup", quantity: 6, revenue: 1680, costOfGoods: 1200 },
  { customerId: "c", productId: "cup", quantity: 2, revenue: 600, costOfGoods: 400, costToServe: 20 },
];
const log = transactionLog(
  Array.from({ length: 400 }, (_, i) => ({
    customerId: `c${i % 90}`,
    at: Date.UTC(2023 + (i % 2), i % 12, 1 + (i % 28)),
    amount: (1 + (i % 7)) * (95_000_000 + 3_000_000 * (i % 2)),
    cost: (1 + (i % 7)) * (70_000_000 + 1_000_000 * (i % 2)),
    quantity: 1 + (i % 7),
    productId: `p${i % 5}`,
  })),
  { currency: "IDR", timeZone: "Asia/Jakarta" },
);
const ofLog = profitBridge(log, {
  asOf: "2025-01-01",
  before: { start: "2023-01-01", end: "2024-01-01" },
  after: { start: "2024-01-01", end: "2025-01-01" },
});
const formatAmount = (amount: number) => formatMoney(money(amount, "IDR"), { locale: "id-ID" });

const CHARTS: Record<string, (options: ChartOptions) => ReturnType<typeof profitBridgeChart>> = {
  rows: (options) => profitBridgeChart(profitBridge(before, after), options),
  "a log in rupiah": (options) => profitBridgeChart(ofLog, { ...options, formatAmount }),
  "a log in minor units": (options) => profitBridgeChart(ofLog, options),
  symmetric: (options) => profitBridgeChart(profitBridge(before, after, { method: "symmetric" }), options),
  "into a loss": (options) =>
    profitBridgeChart(
      profitBridge(before, [{ customerId: "a", quantity: 1, revenue: 10, costOfGoods: 900 }]),
      options,
    ),
  "losses throughout": (options) =>
    profitBridgeChart(
      profitBridge(
        [{ customerId: "a", quantity: 1, revenue: 10, costOfGoods: 900 }],
        [{ customerId: "a", quantity: 1, revenue: 10, costOfGoods: 500 }],
      ),
      options,
    ),
  "nothing changed": (options) => profitBridgeChart(profitBridge(before, before), options),
  nobody: (options) => profitBridgeChart(profitBridge([], []), options),
};

describe.each(Object.entries(CHARTS))("%s", (_, chart) => {
  itIsReadable(chart);
});

describe("what it says", () => {
  it("from where to where, and what did the most", () => {
    // 1,490 to 1,340; see the tests of the bridge: volume +280, mix -360.
    expect(answerOf(CHARTS.rows({}))).toContain(
      "Profit fell from 1,490 to 1,340 (-10%): mix took away the most (-360), volume added the most (+280).",
    );
    expect(answerOf(CHARTS.rows({}))).toContain("n = 2 customers before and 2 after, 1 of them in both.");
    expect(answerOf(CHARTS["nothing changed"]({}))).toContain("Profit stayed at 1,490.");
    expect(answerOf(CHARTS["losses throughout"]({}))).toContain(
      "Profit rose from -890 to -490: cost of goods added the most (+400).",
    );
    expect(answerOf(CHARTS["a log in minor units"]({}))).toContain(
      "Before: from 2023-01-01 until before 2024-01-01; after: from 2024-01-01 until before 2025-01-01.",
    );
  });

  it("each bar begins where the one above it ended, and is as long as its effect", () => {
    const bars = rowsOf(CHARTS.rows({ width: 720 })).filter((row) => "fill" in row);
    const amounts = [1490, -190, 180, 280, -360, 60, -90, -30, 1340];
    expect(bars.map(({ name }) => name)).toEqual([
      "profit before",
      "lost customers",
      "won customers",
      "volume",
      "mix",
      "price",
      "cost of goods",
      "cost to serve",
      "profit after",
    ]);
    const perUnit = (Number(bars[0].right) - Number(bars[0].left)) / 1490;
    let level = 0;
    bars.forEach(({ left, right }, i) => {
      const [from, to] = i === bars.length - 1 ? [0, amounts[i]] : [level, level + amounts[i]];
      expect(Number(left) / perUnit).toBeCloseTo(Math.min(from, to), 6);
      expect(Number(right) / perUnit).toBeCloseTo(Math.max(from, to), 6);
      level = to;
    });
  });

  it("gains are dark and losses pale, so that grey says the same", () => {
    const fill = (name: string) => rowsOf(CHARTS.rows({})).find((row) => row.name === name)?.fill;
    expect([fill("volume"), fill("mix")]).toEqual(["#0b3c5d", "#fbeadb"]);
  });

  it("leaves out mix where products were not told apart", () => {
    const plain = profitBridge(
      [{ customerId: "a", quantity: 1, revenue: 10, costOfGoods: 5 }],
      [{ customerId: "a", quantity: 2, revenue: 20, costOfGoods: 10 }],
    );
    const names = rowsOf(profitBridgeChart(plain)).map(({ name }) => name);
    expect(names).not.toContain("mix");
    expect(names).not.toContain("other");
    expect(names).toContain("price");
  });
});
