import {
  acquiredCustomers,
  acquisitionByPeriod,
  acquisitionReport,
  cacBySource,
  cacPaybackByCohort,
  seededRandom,
  transactionLog,
} from "clientele";
import { median, printTable, runSizes } from "./report.js";
import { skewedBuyers } from "./skewed-sales.js";

// How long does it take to tell when a million customers were won, from where, at what cost, and when they paid it back?

const { customers, rows, passes } = runSizes({ customers: 1_000_000, rows: 4_000_000, passes: 5 });

const DAY = 86_400_000;
const asOf = Date.UTC(2025, 0, 1);
const draw = seededRandom(1);
const channels = ["web", "store", "ads", "fair", "phone", "partner"];
const ids = skewedBuyers(customers, rows, draw);
const amount = ids.map(() => 100 + Math.floor(1e6 * draw() ** 3));
const log = transactionLog(
  {
    customerId: ids,
    at: ids.map(() => asOf - Math.ceil(1000 * draw()) * DAY),
    amount,
    cost: amount.map((value) => Math.floor(value * 0.6)),
    channel: ids.map(() => channels[Math.floor(channels.length * draw())]),
  },
  { currency: "IDR" },
);
const spend = Array.from({ length: 33 }, (_, month) =>
  channels.slice(2).map((source) => ({ source, at: Date.UTC(2022, 3 + month, 10), amount: 5_000_000 })),
).flat();
const acquired = acquiredCustomers(log, { asOf, source: "channel" });
const lifetimeValue = (customerId: string) => customerId.length * 1000;

const timed = (what: string, run: () => unknown) => {
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
const source = "channel";
printTable("Acquisition", [
  timed("acquiredCustomers", () => acquiredCustomers(log, { asOf, source })),
  timed("acquisitionByPeriod", () => acquisitionByPeriod(log, { asOf, source, withinPeriods: 3 })),
  timed("the same with lifetime values", () =>
    acquisitionByPeriod(log, { asOf, source, withinPeriods: 3, lifetimeValue }),
  ),
  timed("cacBySource", () => cacBySource(acquired, spend, { asOf })),
  timed("cacPaybackByCohort, by month", () => cacPaybackByCohort(log, { asOf, cac: 30_000 })),
  timed("cacPaybackByCohort, by month and source", () => cacPaybackByCohort(log, { asOf, spend, source })),
  timed("acquisitionReport", () =>
    acquisitionReport(log, { asOf, source, spend, withinPeriods: 3, lifetimeValue }),
  ),
]);
