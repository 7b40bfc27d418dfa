/**
 * Scoring a base: P(alive), expected transactions in a year and lifetime value, of a million customers from typed columns,
 * checks of the rows included. Promise: the three within a second. Three bases: customers won in 12 weeks, and in three
 * years, on a grid of days; and a million of whom no two are alike.
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

/** When customers were won, as weeks that they were watched, and whether times are whole days. */
const INTAKES = {
  "12 weeks, by day": { watched: [27, 39], onGrid: (time: number) => Math.ceil(time * 7) / 7 },
  "3 years, by day": { watched: [1, 157], onGrid: (time: number) => Math.ceil(time * 7) / 7 },
  "3 years, no two alike": { watched: [1, 157], onGrid: (time: number) => time },
} as const;
const OPPORTUNITIES = { "2 to 12 opportunities": { watched: [2, 12], onGrid: Math.round } } as const;

const lines: Record<string, string>[] = [];
for (const model of models) {
  const isDiscrete = model.model === "bgBb";
  for (const [intake, { watched, onGrid }] of Object.entries(isDiscrete ? OPPORTUNITIES : INTAKES)) {
    const base = customers(model, watched, onGrid);
    const horizon = isDiscrete ? 1 : 52;
    const options = { marginShare: 0.3, discountRate: 0.15 };
    const alive = () => probabilityAlive(model, base);
    const expected = () => expectedTransactions(model, base, { horizon });
    const value = () => predictLifetimeValue(model, SPEND, base, { ...options, horizon: null });
    const scorings: Record<string, readonly [() => unknown, number?]> = {
      probabilityAlive: [alive],
      "expectedTransactions, a year": [expected],
      "predictLifetimeValue, for ever": [value],
      "these three, one after the other": [() => [alive(), expected(), value()], PROMISE_MS],
      "predictLifetimeValue, a year: all three in one": [
        () => predictLifetimeValue(model, SPEND, base, { ...options, horizon }),
        PROMISE_MS,
      ],
    };
    for (const [what, [run, promise]] of Object.entries(scorings)) {
      measure(`${model.model}, ${intake}`, what, run, promise);
    }
  }
}

printTable(`${MILLION.toLocaleString("en")} customers, ${ROUNDS} rounds`, lines);
console.log(machine());

function measure(base: string, what: string, run: () => unknown, promise?: number) {
  run();
  const passes = Array.from({ length: ROUNDS }, () => {
    const began = performance.now();
    run();
    return performance.now() - began;
  });
  const middle = median(passes);
  lines.push({
    base,
    what,
    "median ms": middle.toFixed(0),
    "least ms": Math.min(...passes).toFixed(0),
    promise: promise === undefined ? "" : `${promise} ms: ${middle <= promise ? "kept" : "NO"}`,
  });
}

function customers(
  model: TransactionModel,
  [least, most]: readonly [number, number],
  onGrid: (time: number) => number,
) {
  const random = seededRandom(20_240_301);
  const T = Float64Array.from({ length: MILLION }, () => onGrid(drawUniform(random, least, most)));
  const drawn = simulateCustomers(model, { customers: MILLION, T, spend: SPEND, seed: 1 });
  const tx = drawn.columns.tx.map((time, i) => Math.min(onGrid(time), T[i]));
  return { x: drawn.columns.x, tx, T, meanSpend: drawn.columns.meanSpend ?? new Float64Array(MILLION) };
}
