import {
  accountProfitAndLoss,
  activityBasedCosts,
  customerProfitAndLoss,
  opportunityCosts,
  profitAndLossBy,
  seededRandom,
  table,
  timeDrivenCosts,
  transactionLog,
  whaleCurve,
} from "clientele";
import { median, printTable, runSizes } from "./report.js";
import { customerNames, skewedBuyers } from "./skewed-sales.js";

// How long does it take to write the statements of a million customers: costs to serve by activity, all lines, groups?

const { customers, rows, passes } = runSizes({ customers: 1_000_000, rows: 2_000_000, passes: 5 });

const DAY = 86_400_000;
const asOf = Date.UTC(2025, 0, 1);
const draw = seededRandom(1);
const names = customerNames(customers);
const ids = skewedBuyers(customers, rows, draw).map((buyer) => names[buyer]);
const amounts = ids.map(() => 100 + Math.floor(1e6 * draw() ** 3));
const channels = ["web", "store", "phone"];
const products = Array.from({ length: 200 }, (_, i) => `product-${i}`);
const log = transactionLog(
  {
    customerId: ids,
    at: ids.map(() => asOf - Math.ceil(700 * draw()) * DAY),
    amount: amounts,
    cost: amounts.map((amount) => Math.floor(amount * 0.6)),
    channel: ids.map(() => channels[Math.floor(3 * draw())]),
    productId: ids.map(() => products[Math.floor(products.length * draw() ** 2)]),
  },
  { currency: "IDR" },
);
const kinds = ["order", "visit", "call", "return", "invoice"];
const usage = table({
  customerId: names,
  activity: names.map(() => kinds[Math.floor(5 * draw())]),
  quantity: names.map(() => Math.ceil(100 * draw()) / 10),
});
const activities = kinds.map((activity) => ({ activity, cost: 5e9, capacity: 1.2e6 }));
const timed = kinds.map((activity, i) => ({ activity, resource: "desk", minutes: 2.5 * (i + 1) }));
const desk = [{ resource: "desk", cost: 25e9, minutes: 5e7 }];
const { customers: costToServe } = activityBasedCosts(activities, usage);
const thirds = table({
  customerId: names,
  activity: usage.columns.activity,
  quantity: usage.columns.quantity.map((quantity) => quantity / 3),
});
const dated = table({
  ...costToServe.columns,
  at: names.map(() => asOf - Math.ceil(700 * draw()) * DAY),
});
const options = {
  asOf,
  costToServe,
  marketing: [
    { amount: 3e9, driver: "revenue" as const },
    { amount: 1e9, driver: "equally" as const },
  ],
  paymentFees: { rate: 0.029, perTransaction: 300 },
};

const timedRuns = (what: string, run: () => unknown) => {
  const wall: number[] = [];
  const processor: number[] = [];
  for (let pass = 0; pass < passes; pass++) {
    const start = performance.now();
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    wall.push(performance.now() - start);
    processor.push((user + system) / 1000);
  }
  const ms = (times: number[]) => `${median(times).toFixed(0)} ms`;
  return { what, wall: ms(wall), "processor time": ms(processor) };
};

const segmentOf = (id: string) => `segment ${id.length}`;
printTable("Statements", [
  timedRuns("activityBasedCosts, 5 activities", () => activityBasedCosts(activities, usage)),
  timedRuns("activityBasedCosts, use in thirds", () => activityBasedCosts(activities, thirds)),
  timedRuns("timeDrivenCosts, 1 resource", () => timeDrivenCosts(desk, timed, usage)),
  timedRuns("customerProfitAndLoss, log alone", () => customerProfitAndLoss(log, { asOf })),
  timedRuns("customerProfitAndLoss, all costs", () => customerProfitAndLoss(log, options)),
  timedRuns("profitAndLossBy channel", () => profitAndLossBy(log, { ...options, by: "channel" })),
  timedRuns("profitAndLossBy month", () => profitAndLossBy(log, { ...options, by: "month" })),
  timedRuns("profitAndLossBy month, dated costs", () =>
    profitAndLossBy(log, { asOf, by: "month", costToServe: dated }),
  ),
  timedRuns("profitAndLossBy cohort", () => profitAndLossBy(log, { ...options, cohortBy: "quarter" })),
  timedRuns("profitAndLossBy product", () => profitAndLossBy(log, { ...options, by: "product" })),
  timedRuns("profitAndLossBy segment", () => profitAndLossBy(log, { ...options, groupBy: segmentOf })),
]);
// What each section measures lives only as long as it: every collection of garbage looks through all that lives.
{
  const flat = names.map((id) => ({ id }));
  const fours = names.map((id, i) => (i % 4 === 0 ? { id } : { id, parentId: names[i - (i % 4)] }));
  printTable("Accounts that are customers", [
    timedRuns("each customer an account", () => accountProfitAndLoss(log, flat, options)),
    timedRuns("trees of 4 customers", () => accountProfitAndLoss(log, fours, options)),
  ]);
}
{
  const groups = Array.from({ length: Math.ceil(customers / 100) }, (_, i) => ({
    id: `account-${i}`,
    ...(i < 100 ? {} : { parentId: `account-${i % 100}` }),
  }));
  const accountOf = new Map(names.map((id, i) => [id, groups[i % groups.length].id]));
  printTable("Accounts of customers", [
    timedRuns("profitAndLossBy account", () => profitAndLossBy(log, { ...options, groupBy: accountOf })),
    timedRuns("an account for 100 customers, 2 levels", () =>
      accountProfitAndLoss(log, groups, { ...options, accountOf }),
    ),
  ]);
}
{
  const uses = names.map((customerId) => ({
    customerId,
    capacity: "van hours",
    quantity: Math.ceil(100 * draw()) / 10,
  }));
  const alternatives = [{ alternative: "parcels", capacity: "van hours", contributionPerUnit: 0.35 }];
  const profits = names.map((customerId) => ({ customerId, profit: Math.floor(1e6 * draw() ** 3 - 5e4) }));

  printTable("Profit and capacity", [
    timedRuns("whaleCurve, rows", () => whaleCurve(profits)),
    timedRuns("whaleCurve, log", () => whaleCurve(log, { asOf })),
    timedRuns("opportunityCosts", () => opportunityCosts(uses, alternatives)),
  ]);
}
