import { assertArgument, assertInteger, assertOptions, shown } from "../../core/assert.js";
import { ClienteleError } from "../../core/errors.js";
import { type RandomSource, seededRandom } from "../../core/random.js";
import { drawGamma } from "../../core/random-draws.js";
import { assertGammaGamma } from "../gamma-gamma/gamma-gamma-model.js";
import type { GammaGammaModel, ModelTimeUnit, TransactionModel } from "../models/lifetime-model.js";
import { drawCustomer } from "./draw-customer.js";
import {
  assertTime,
  assertTransactionModel,
  covariateNames,
  covariatesOf,
  effectOf,
  impossible,
  isPossible,
  modelFor,
  strongest,
} from "./model-kernel.js";

/** How many customers, and how long each is watched. */
export interface SimulateCustomersOptions {
  /** How many, 0 to 10,000,000. */
  readonly customers: number;
  /** How long from the first purchase each is watched, in the model's unit: one time for all, or one for each. */
  readonly T: number | ArrayLike<number>;
  /** How long after T purchases are counted in `holdoutX`; default none are. */
  readonly holdout?: number | undefined;
  /** Draws what purchases cost, too. */
  readonly spend?: GammaGammaModel | undefined;
  /** Measures of each customer, for a model that was fitted with covariates; required there. */
  readonly covariates?: Readonly<Record<string, ArrayLike<number>>> | undefined;
  /** Whether to keep when each purchase was made; default false. */
  readonly purchases?: boolean | undefined;
  /** A whole number: the same seed gives the same customers, the first thousand of a million the same as of a thousand. */
  readonly seed: number;
}

/** One row a customer: typed arrays, of which `JSON.stringify` makes objects; write `Array.from(column)`. */
export interface SimulatedCustomerColumns {
  /** Repeat purchases by T. */
  readonly x: Float64Array;
  /** Time of the last of them; 0 when `x` is 0. */
  readonly tx: Float64Array;
  /** How long the customer was watched. */
  readonly T: Float64Array;
  /** Purchases in (T, T + holdout]; `null` without holdout. */
  readonly holdoutX: Float64Array | null;
  /** The truth, which data never tell: 1 for who is still a customer at T. */
  readonly alive: Uint8Array;
  /** The truth: the customer's own purchases per unit of time; for BG/BB the chance to buy at an opportunity. */
  readonly purchase: Float64Array;
  /** The truth: the customer's own chance to leave at a purchase or opportunity; for Pareto/NBD the rate of leaving. */
  readonly dropout: Float64Array;
  /** Mean spend of the repeat purchases by T, 0 when `x` is 0; left out without spend. */
  readonly meanSpend?: Float64Array;
  /** Spend of the holdout purchases together; `null` without spend or holdout. */
  readonly holdoutSpend: Float64Array | null;
  /** The covariates that the model has; left out where it has none. */
  readonly covariates?: Readonly<Record<string, Float64Array>>;
}

/** Repeat purchases of all customers, the holdout's included: customer i has `offsets[i]` up to, not including, `offsets[i + 1]`. */
export interface SimulatedPurchases {
  /** Where each customer begins; one longer than the customers. */
  readonly offsets: Uint32Array;
  /** Time since the customer's first purchase. */
  readonly time: Float64Array;
  /** What it cost; `null` without spend. */
  readonly spend: Float64Array | null;
}

/** Customers that behave as a model says, to try methods on; the fits and predictions take them as they are. */
export interface SimulatedCustomers {
  /** Number of customers. */
  readonly length: number;
  /** By customer. */
  readonly columns: SimulatedCustomerColumns;
  /** When each purchase was made; `null` unless asked for. */
  readonly purchases: SimulatedPurchases | null;
  /** Unit of times. */
  readonly unit: ModelTimeUnit;
}

/**
 * What would customers do if the model were true?
 *
 * For checks and plans: does a fit find the parameters again, how many customers does it take, what comes out if retention
 * were better. Each customer has a stream of random numbers of their own.
 *
 * @param model - A fitted or stored transaction model.
 * @param options - How many `customers`, for how long (`T`), `seed`; `holdout`, `spend`, `covariates`, `purchases`.
 * @returns Columns of typed arrays, with what no data tell: who is still a customer, and how readily each buys and leaves.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`.
 * @example
 * ```ts
 * import { simulateCustomers } from "clientele";
 *
 * const parameters = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
 * const model = { model: "bgNbd", parameters, unit: "week" } as const;
 * const many = simulateCustomers(model, { customers: 1000, T: 39, holdout: 39, seed: 1 });
 * const few = simulateCustomers(model, { customers: 2, T: 39, holdout: 39, seed: 1 });
 * many.columns.x.slice(0, 2).join() === few.columns.x.join(); // => true
 * ```
 */
export function simulateCustomers(
  model: TransactionModel,
  options: SimulateCustomersOptions,
): SimulatedCustomers {
  assertTransactionModel(model);
  assertOptions(options, "{ customers, T, seed }");
  const { customers, holdout, spend, seed, purchases = false } = options;
  assertInteger(customers, "options.customers", 0, 10_000_000);
  const watched = watchedTimes(options.T, customers, model);
  if (holdout !== undefined) assertTime(holdout, "options.holdout", model);
  if (spend !== undefined) assertGammaGamma(spend, "options.spend");
  assertInteger(seed, "options.seed");
  const covariates = covariateColumns(model, options.covariates, customers);
  const ownModel = modelOfCustomers(model, covariates);
  const number = () => new Float64Array(customers);
  const meanSpend = spend === undefined ? null : number();
  const columns = {
    x: number(),
    tx: number(),
    T: watched,
    holdoutX: holdout === undefined ? null : number(),
    alive: new Uint8Array(customers),
    purchase: number(),
    dropout: number(),
    holdoutSpend: spend === undefined || holdout === undefined ? null : number(),
    ...(meanSpend !== null && { meanSpend }),
    ...(covariates !== null && { covariates }),
  };
  const offsets = new Uint32Array(purchases ? customers + 1 : 0);
  const kept = { time: [] as number[], spend: [] as number[] };
  for (let i = 0; i < customers; i++) {
    const random = seededRandom(seed, i);
    const T = watched[i];
    const { times, end, purchase, dropout } = drawCustomer(ownModel(i), random, T + (holdout ?? 0));
    const spends = spend === undefined ? null : drawnSpends(spend, random, times.length);
    const x = countThrough(times, T);
    columns.x[i] = x;
    columns.tx[i] = x === 0 ? 0 : times[x - 1];
    columns.alive[i] = end > T || (model.model === "bgBb" && end === T) ? 1 : 0;
    columns.purchase[i] = purchase;
    columns.dropout[i] = dropout;
    if (columns.holdoutX !== null) columns.holdoutX[i] = times.length - x;
    if (spends !== null) {
      if (meanSpend !== null && x > 0) meanSpend[i] = sum(spends, 0, x) / x;
      if (columns.holdoutSpend !== null) columns.holdoutSpend[i] = sum(spends, x, times.length);
    }
    if (purchases) {
      for (const time of times) kept.time.push(time);
      for (const amount of spends ?? []) kept.spend.push(amount);
      offsets[i + 1] = kept.time.length;
    }
  }
  return {
    length: customers,
    columns,
    purchases: purchases
      ? {
          offsets,
          time: Float64Array.from(kept.time),
          spend: spend === undefined ? null : Float64Array.from(kept.spend),
        }
      : null,
    unit: model.unit,
  };
}

/** A customer's own mean is p over a rate, gamma (q, v); each spend is gamma (p) over that rate (Fader & Hardie 2013). */
function drawnSpends(
  { parameters: { p, q, v } }: GammaGammaModel,
  random: RandomSource,
  count: number,
): number[] {
  if (count === 0) return [];
  const rate = drawGamma(random, q, 1 / v);
  return Array.from({ length: count }, () => drawGamma(random, p, 1 / rate));
}

function countThrough(times: readonly number[], T: number): number {
  let count = 0;
  while (count < times.length && times[count] <= T) count++;
  return count;
}

function sum(values: readonly number[], from: number, to: number): number {
  let total = 0;
  for (let i = from; i < to; i++) total += values[i];
  return total;
}

function watchedTimes(T: unknown, customers: number, model: TransactionModel): Float64Array {
  if (typeof T === "number" || T === undefined || T === null) {
    assertTime(T, "options.T", model);
    return new Float64Array(customers).fill(T);
  }
  const list = T as ArrayLike<number>;
  assertArgument(
    typeof T === "object" && list.length === customers,
    "options.T",
    () => `options.T is ${shown(T)}: pass one time, or one for each of options.customers, ${customers}`,
  );
  for (let i = 0; i < customers; i++) assertTime(list[i], `options.T[${i}]`, model);
  return Float64Array.from(list);
}

function covariateColumns(
  model: TransactionModel,
  given: Readonly<Record<string, ArrayLike<number>>> | undefined,
  customers: number,
): Readonly<Record<string, Float64Array>> | null {
  const fitted = covariatesOf(model);
  assertArgument(
    fitted !== null || given === undefined,
    "options.covariates",
    () => "options.covariates is given and the model was fitted without: leave it out",
  );
  if (fitted === null) return null;
  return Object.fromEntries(
    covariateNames(fitted).map((name) => {
      const column = given?.[name];
      assertArgument(
        column !== undefined && column.length === customers && Array.from(column).every(Number.isFinite),
        `options.covariates.${name}`,
        () =>
          `options.covariates.${name} is ${shown(column)}: pass a finite number for each of options.customers, ${customers}`,
      );
      return [name, Float64Array.from(column)];
    }),
  );
}

function modelOfCustomers(
  model: TransactionModel,
  covariates: Readonly<Record<string, Float64Array>> | null,
): (customer: number) => TransactionModel {
  const fitted = covariatesOf(model);
  if (fitted === null || covariates === null) return () => model;
  const effect = (effects: Readonly<Record<string, number>>, customer: number) => {
    const measure = (name: string) => covariates[name][customer];
    const sum = effectOf(effects, measure);
    if (isPossible(sum)) return sum;
    const name = strongest(effects, measure);
    const path = `options.covariates.${name}[${customer}]`;
    throw new ClienteleError("INVALID_ARGUMENT", path, `${path} is ${measure(name)}: ${impossible(sum)}`);
  };
  return (customer) =>
    modelFor(model, {
      transaction: effect(fitted.transaction, customer),
      dropout: effect(fitted.dropout, customer),
    });
}
