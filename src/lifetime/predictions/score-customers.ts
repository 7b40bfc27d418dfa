import { assertArgument } from "../../core/assert.js";
import { ClienteleError } from "../../core/errors.js";
import type { TransactionModel } from "../models/lifetime-model.js";
import type { PurchaseHistories, PurchaseHistory } from "../models/purchase-histories.js";
import type { TransactionKernel } from "../models/transaction-kernel.js";
import type { CustomerScores, KernelQuestion } from "./customer-scores.js";
import { kernelOf, NO_EFFECTS } from "./model-kernel.js";
import { type ReadCustomers, readCustomers } from "./read-customers.js";
import { type RowPlaces, rowPlaces } from "./row-places.js";
import { scoreByCurves } from "./score-by-curves.js";

/** For long lists of customers: how far the work is, and how to stop it. */
export interface PredictionRunOptions {
  /** Called some hundred times: how many steps are done, of how many; a step is a customer, or one of several who are alike. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** An `AbortSignal`: stops the work with a `ClienteleError` of code `ABORTED`, at the next call of `onProgress` at the latest. */
  readonly signal?: { readonly aborted: boolean } | undefined;
}

/**
 * Answers questions about many customers, each different history once. How a customer who is alive at T goes on depends on
 * how often they bought and for how long they were looked at, not on when they last bought: an answer is P(alive) times
 * what hangs on (x, T) alone, of which there are few.
 *
 * @internal
 */
export function scoreCustomers(
  model: TransactionModel,
  customers: PurchaseHistories | PurchaseHistory,
  questions: readonly KernelQuestion[],
  run: PredictionRunOptions,
): CustomerScores {
  return scoreRead(model, readCustomers(model, customers), questions, run);
}

/** From so many customers on curves pay, whether customers are alike or not. */
const LONG = 4096;

/** The same for customers that have been read. @internal */
export function scoreRead(
  model: TransactionModel,
  { histories, effects }: ReadCustomers,
  questions: readonly KernelQuestion[],
  run: PredictionRunOptions,
): CustomerScores {
  const { x, tx, T, length } = histories;
  if (effects === null && length >= LONG) {
    const kernel = kernelOf(model, NO_EFFECTS);
    const { longList } = kernel;
    const scores = longList && scoreByCurves(kernel, longList, histories, questions, stepper(run, length));
    if (scores !== null) return scores;
  }
  const kernelAt = kernels(model, effects, length);
  const own = effects === null ? [] : [effects.transaction, effects.dropout];
  const distinct = rowPlaces([x, tx, T, ...own], length);
  const aged = rowPlaces(
    [x, T, ...own].map((column) => picked(column, distinct.first)),
    distinct.first.length,
  );
  const step = stepper(run, aged.first.length + distinct.first.length);
  // Of the first customer with such x and T, as if they had bought just now: alive if ever.
  const whileAlive = questions.map(() => new Float64Array(aged.first.length));
  for (let i = 0; i < aged.first.length; i++) {
    const row = distinct.first[aged.first[i]];
    const kernel = kernelAt(row);
    const latest = x[row] === 0 ? 0 : T[row];
    const alive = questions.length === 0 ? 1 : kernel.alive(x[row], latest, T[row], 0);
    for (let k = 0; k < questions.length; k++) {
      whileAlive[k][i] = alive === 0 ? 0 : questions[k](kernel, x[row], latest, T[row]) / alive;
    }
    step();
  }
  const alive = new Float64Array(distinct.first.length);
  for (let i = 0; i < alive.length; i++) {
    const row = distinct.first[i];
    alive[i] = kernelAt(row).alive(x[row], tx[row], T[row], 0);
    step();
  }
  return {
    alive: spread(alive, distinct),
    answers: whileAlive.map((given) => {
      const answer = new Float64Array(alive.length);
      for (let i = 0; i < answer.length; i++) {
        // Who is surely gone brings nothing, even where the others would for ever.
        answer[i] = alive[i] === 0 ? 0 : alive[i] * given[aged.place[i]];
      }
      return spread(answer, distinct);
    }),
  };
}

/** Refuses a sum over all time that has no limit. @internal */
export function assertLimits(discounted: Float64Array): void {
  assertArgument(
    !discounted.includes(Number.POSITIVE_INFINITY),
    "options.horizon",
    () =>
      "options.horizon is left out and options.discountRate 0: purchases without end have no sum, pass a horizon or a rate above 0",
  );
}

/** How many kernels are kept at once. */
const KEPT = 10_000;

function kernels(
  model: TransactionModel,
  effects: ReadCustomers["effects"],
  length: number,
): (row: number) => TransactionKernel {
  if (effects === null) {
    const kernel = kernelOf(model, NO_EFFECTS);
    return () => kernel;
  }
  const { transaction, dropout } = effects;
  const { place } = rowPlaces([transaction, dropout], length);
  let made = new Map<number, TransactionKernel>();
  return (row) => {
    const known = made.get(place[row]);
    if (known !== undefined) return known;
    if (made.size >= KEPT) made = new Map();
    const kernel = kernelOf(model, { transaction: transaction[row], dropout: dropout[row] });
    made.set(place[row], kernel);
    return kernel;
  };
}

function stepper({ onProgress, signal }: PredictionRunOptions, total: number): () => void {
  if (!onProgress && !signal) return () => {};
  const every = Math.ceil(total / 100);
  let done = 0;
  const look = () => {
    if (!signal?.aborted) return;
    throw new ClienteleError(
      "ABORTED",
      "options.signal",
      `the prediction was aborted after ${done} of ${total} steps`,
    );
  };
  look();
  return () => {
    done++;
    if (done % every !== 0 && done !== total) return;
    onProgress?.(done, total);
    look();
  };
}

function picked(column: Float64Array, rows: Int32Array): Float64Array {
  const values = new Float64Array(rows.length);
  for (let i = 0; i < values.length; i++) values[i] = column[rows[i]];
  return values;
}

function spread(values: Float64Array, { place }: RowPlaces): Float64Array {
  const column = new Float64Array(place.length);
  for (let row = 0; row < column.length; row++) column[row] = values[place[row]];
  return column;
}
