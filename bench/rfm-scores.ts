import {
  type RfmMethod,
  rfm,
  rfmSummary,
  rPackageSegmentTable,
  seededRandom,
  table,
  transactionLog,
} from "clientele";
import { median, printTable, runSizes } from "./report.js";
import { skewedBuyers } from "./skewed-sales.js";

// How long does it take to score a million customers? From a log, and from a table of summaries, by method.

const { customers, rows, passes } = runSizes({ customers: 1_000_000, rows: 4_000_000, passes: 7 });

const DAY = 86_400_000;
const asOf = Date.UTC(2025, 0, 1);
const draw = seededRandom(1);
const ids = skewedBuyers(customers, rows, draw);
const log = transactionLog(
  {
    customerId: ids,
    at: ids.map(() => asOf - Math.ceil(1000 * draw()) * DAY),
    amount: ids.map(() => 100 + Math.floor(1e6 * draw() ** 3)),
  },
  { currency: "IDR" },
);
const summary = rfmSummary(log, { asOf });
// One string to a row, as a parser gives them.
const plain = table({
  ...summary.columns,
  customerId: summary.columns.customerId.map((id) => Buffer.from(`customer-${id}`).toString()),
});
// In no order of the ids: whether one comes twice then takes a set.
const unordered = table({ ...plain.columns, customerId: plain.columns.customerId.toReversed() });

const scored = (what: string, run: () => unknown) => {
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
  return {
    what,
    "best ms": Math.min(...wall).toFixed(0),
    "median ms": median(wall).toFixed(0),
    "best CPU ms": Math.min(...processor).toFixed(0),
  };
};
const methods: readonly RfmMethod[] = [
  "quantile",
  "rPackage",
  "percentRank",
  "cumeDist",
  "equalWidth",
  "nested",
  "ntile",
  "ntileDescending",
];
const summarized = scored("rfmSummary(log): the values without scores", () => rfmSummary(log, { asOf }));
printTable("Scoring, ms", [
  summarized,
  ...methods.map((method) => scored(`rfm(log), ${method}`, () => rfm(log, { asOf, method }))),
  scored("rfm(log), R's table of segments", () => rfm(log, { asOf, segmentTable: rPackageSegmentTable })),
  scored("rfm(table), ids and values checked", () => rfm(plain)),
  scored("the same, ids in no order", () => rfm(unordered)),
]);
