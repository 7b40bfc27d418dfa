import {
  chooseGridCuts,
  customerConcentration,
  customerTrend,
  growthByTenure,
  portfolioAnalysis,
  pricePremiumByTenure,
  profitBridge,
  seededRandom,
  serviceTiers,
  table,
  transactionLog,
  valueCostGrid,
} from "clientele";
import { median, printTable, runSizes } from "./report.js";
import { customerNames, skewedBuyers } from "./skewed-sales.js";

// How long does it take to sort a million customers by what they earn us, and to say why profit changed?

const { customers, rows, passes } = runSizes({ customers: 1_000_000, rows: 2_000_000, passes: 5 });

const DAY = 86_400_000;
const asOf = Date.UTC(2025, 0, 1);
const draw = seededRandom(1);
const names = customerNames(customers);
const ids = skewedBuyers(customers, rows, draw).map((buyer) => names[buyer]);
const products = Array.from({ length: 200 }, (_, i) => `product-${i}`);
const units = ids.map(() => Math.ceil(9 * draw()));
const sold = ids.map(() => Math.floor(products.length * draw() ** 2));
const log = transactionLog(
  {
    customerId: ids,
    at: ids.map(() => asOf - Math.ceil(730 * draw()) * DAY),
    amount: ids.map((_, i) => Math.floor(units[i] * (100 + sold[i]) * (0.9 + 0.2 * draw()))),
    cost: ids.map((_, i) => Math.floor(units[i] * (60 + sold[i] / 2))),
    quantity: units,
    productId: ids.map((_, i) => products[sold[i]]),
  },
  { currency: "IDR" },
);
const profit = names.map(() => Math.floor(1e6 * draw() ** 3 - 5e4));
const before = { start: asOf - 730 * DAY, end: asOf - 365 * DAY };
const after = { start: asOf - 365 * DAY, end: asOf };
const listPrice = new Map(products.map((product, i) => [product, 100 + i]));
const served = table({ customerId: names, amount: names.map(() => Math.floor(1000 * draw())) });
const timedRuns = (what: string, run: () => unknown) => {
  const wall: number[] = [];
  const processor: number[] = [];
  for (let pass = 0; pass < passes; pass++) {
    const start = performance.now();
    const usage = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(usage);
    wall.push(performance.now() - start);
    processor.push((user + system) / 1000);
  }
  const ms = (times: number[]) => `${median(times).toFixed(0)} ms`;
  return { what, wall: ms(wall), "processor time": ms(processor) };
};

// What each section measures lives only as long as it: every collection of garbage looks through all that lives.
{
  const scored = names.map((customerId, i) => {
    const costToServe = Math.floor(2e5 * draw());
    const value = profit[i] + costToServe;
    return { customerId, value, costToServe, scores: { value, costToServe } };
  });
  const columns = table({
    customerId: names,
    value: scored.map(({ value }) => value),
    costToServe: scored.map(({ costToServe }) => costToServe),
  });
  const profits = table({ customerId: names, profit });
  const valued = table({ customerId: names, value: profit });
  const unprofitable = { name: "to repair", service: 0 };
  const byProfit = [
    { name: "gold", fromProfit: 500_000, service: 2 },
    { name: "standard", fromProfit: 0, service: 1 },
  ];
  const byShare = [
    { name: "gold", cumulativeShare: 0.1, service: 2 },
    { name: "standard", cumulativeShare: 1, service: 1 },
  ];
  const { cuts } = chooseGridCuts(scored, { value: "median", costToServe: "median" });

  printTable("Sorting", [
    timedRuns("serviceTiers by profit", () => serviceTiers(profits, { tiers: byProfit, unprofitable })),
    timedRuns("serviceTiers by share", () => serviceTiers(profits, { tiers: byShare, unprofitable })),
    timedRuns("customerConcentration", () => customerConcentration(valued)),
    timedRuns("chooseGridCuts, two medians", () =>
      chooseGridCuts(scored, { value: "median", costToServe: "median" }),
    ),
    timedRuns("chooseGridCuts, columns", () =>
      chooseGridCuts(columns, { value: "median", costToServe: "median" }),
    ),
    timedRuns("portfolioAnalysis", () => portfolioAnalysis(valueCostGrid(cuts), scored)),
    timedRuns("portfolioAnalysis, columns", () => portfolioAnalysis(valueCostGrid(cuts), columns)),
  ]);
}
printTable("Change", [
  timedRuns("profitBridge", () => profitBridge(log, { asOf, before, after })),
  timedRuns("profitBridge, symmetric", () => profitBridge(log, { asOf, before, after, method: "symmetric" })),
  timedRuns("profitBridge, with cost to serve", () =>
    profitBridge(log, { asOf, before, after, costToServe: { before: served, after: served } }),
  ),
  timedRuns("growthByTenure", () => growthByTenure(log, { asOf })),
  timedRuns("pricePremiumByTenure", () => pricePremiumByTenure(log, { asOf, listPrice })),
  timedRuns("customerTrend, 12 months", () => customerTrend(log, { asOf })),
]);
const boughtIn = () =>
  names.map((customerId) => ({
    customerId,
    quantity: Math.ceil(9 * draw()),
    revenue: Math.floor(1000 * draw()),
    costOfGoods: Math.floor(500 * draw()),
  }));
{
  const [before, after] = [boughtIn(), boughtIn()];
  printTable("Change of rows", [timedRuns("profitBridge, rows", () => profitBridge(before, after))]);
}
{
  const columnsOf = (bought: ReturnType<typeof boughtIn>) =>
    table({
      customerId: names,
      quantity: bought.map(({ quantity }) => quantity),
      revenue: bought.map(({ revenue }) => revenue),
      costOfGoods: bought.map(({ costOfGoods }) => costOfGoods),
    });
  const [before, after] = [columnsOf(boughtIn()), columnsOf(boughtIn())];
  printTable("Change of columns", [timedRuns("profitBridge, columns", () => profitBridge(before, after))]);
}
