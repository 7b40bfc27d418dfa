/**
 * Scoring a base: P(alive), expected transactions in a year and lifetime value for all time to come, of a million customers on
 * a grid of days, from typed columns, checks of the rows included. Promise: the three together within a second. Different
 * histories are computed once: a million customers of such a base have some tens of thousands. The last lines tell what it
 * costs where no two are alike.
 *
 * Run: `tsx lifetime-scoring.ts [rounds]`, in this folder, on the built package.
 */
import {
  drawUniform,
  expectedTransactions,
  predictLifetimeValue,
  probabilityAlive,
  seededRandom,
  simulateCustomers,
  type TransactionModel,
} from "clientele";
import { machine, median, printTable } from "./report.js";

const ROUNDS = Number(process.argv[2] ?? 5);
const MILLION = 1_000_000;
const PROMISE_MS = 1000;
const SPEND = { model: "gammaGamma", parameters: { p: 6.25, q: 3.74, v: 15.44 } } as const;

const models: readonly TransactionModel[] = [
  { model: "bgNbd", parameters: { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }, unit: "week" },
  { model: "mbgNbd", parameters: { r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 }, unit: "week" },
  { model: "paretoNbd", parameters: { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 }, unit: "week" },
  { model: "bgBb", parameters: { alpha: 1.204, beta: 0.75, gamma: 0.657, delta: 2.783 }, unit: "year" },
];

const lines: Record<string, string>[] = [];
for (const model of models) {
  const isDiscrete = model.model === "bgBb";
  const base = customers(model, MILLION, isDiscrete ? Math.round : (time) => Math.ceil(time * 7) / 7);
  const horizon = isDiscrete ? 1 : 52;
  const options = { margin: 0.3, discountRate: 0.15 };
  const scorings: Record<string, readonly [() => unknown, number?]> = {
    probabilityAlive: [() => probabilityAlive(model, base)],
    "expectedTransactions, a year": [() => expectedTransactions(model, base, { horizon })],
    "predictLifetimeValue, for ever": [
      () => predictLifetimeValue(model, SPEND, base, { ...options, horizon: null }),
    ],
    "all three": [
      () => {
        probabilityAlive(model, base);
        expectedTransactions(model, base, { horizon });
        predictLifetimeValue(model, SPEND, base, { ...options, horizon: null });
      },
      PROMISE_MS,
    ],
    "predictLifetimeValue, a year: all in one": [
      () => predictLifetimeValue(model, SPEND, base, { ...options, horizon }),
      PROMISE_MS,
    ],
  };
  for (const [what, [run, promise]] of Object.entries(scorings)) measure(model.model, what, run, promise);
  if (isDiscrete) continue;
  const distinct = customers(model, 10_000, (time) => time);
  measure(model.model, "predictLifetimeValue, a year, 10,000 of whom no two are alike", () =>
    predictLifetimeValue(model, SPEND, distinct, { ...options, horizon }),
  );
}

printTable(`${MILLION.toLocaleString("en")} customers, ${ROUNDS} rounds`, lines);
console.log(machine());

function measure(model: string, what: string, run: () => unknown, promise?: number) {
  run();
  const passes = Array.from({ length: ROUNDS }, () => {
    const began = performance.now();
    run();
    return performance.now() - began;
  });
  const middle = median(passes);
  lines.push({
    model,
    what,
    "median ms": middle.toFixed(0),
    "least ms": Math.min(...passes).toFixed(0),
    promise: promise === undefined ? "" : `${promise} ms: ${middle <= promise ? "kept" : "NO"}`,
  });
}

/** A base that came in over 12 weeks and was watched for 27 to 39, as CDNOW's. */
function customers(model: TransactionModel, count: number, onGrid: (time: number) => number) {
  const random = seededRandom(20_240_301);
  const discrete = model.model === "bgBb";
  const T = Float64Array.from({ length: count }, () =>
    onGrid(discrete ? drawUniform(random, 2, 12) : drawUniform(random, 27, 39)),
  );
  const drawn = simulateCustomers(model, { customers: count, T, spend: SPEND, seed: 1 });
  const tx = drawn.columns.tx.map((time, i) => Math.min(onGrid(time), T[i]));
  return { x: drawn.columns.x, tx, T, meanSpend: drawn.columns.meanSpend ?? new Float64Array(count) };
}
