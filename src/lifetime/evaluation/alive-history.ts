import { assertArgument, assertInRange, assertOptions, shown } from "../../core/assert.js";
import { type Table, table } from "../../core/table.js";
import { assertNumbers, type Numbers } from "../../statistics/numbers.js";
import type { ModelTimeUnit, TransactionModel } from "../models/lifetime-model.js";
import { assertTime, assertTransactionModel, kernelOfNew } from "../predictions/model-kernel.js";
import type { NewCustomerOptions } from "../predictions/new-customer-transactions.js";

/** How far and how closely to look, and at whom. */
export interface AliveHistoryOptions extends NewCustomerOptions {
  /** Last time to look at, in the model's unit on the scale of the purchases; the last purchase or later. */
  readonly until: number;
  /** Time between two looks, above 0; for BG/BB 1. */
  readonly step: number;
}

/** One row a look; at a repeat purchase two, as it was before and after. */
export interface AliveHistoryColumns {
  /** When, in the model's unit on the scale of the purchases. */
  readonly time: readonly number[];
  /** Repeat purchases so far. */
  readonly x: readonly number[];
  /** Probability of still being a customer then. */
  readonly probabilityAlive: readonly number[];
}

/** How likely it was, looking back, that one customer was still there. */
export interface AliveHistory {
  /** By time. */
  readonly points: Table<AliveHistoryColumns>;
  /** When the customer bought, the first purchase among them. */
  readonly purchases: readonly number[];
  /** Last time looked at. */
  readonly until: number;
  /** Unit of times. */
  readonly unit: ModelTimeUnit;
  /** Which model. */
  readonly model: TransactionModel["model"];
}

/**
 * When did it begin to look as if this customer had left?
 *
 * P(alive) at each time from what was known then: it falls in silence, the faster the more often the customer bought, and
 * returns with a purchase. By BG/NBD nobody leaves before a first repeat purchase, and so it is 1 until then.
 *
 * @param model - A fitted or stored transaction model.
 * @param purchases - Times of the purchases in the model's unit, ascending, the first one among them; whatever time is 0. For
 * BG/BB numbers of opportunities.
 * @param options - `until`, `step`; `covariates` of the customer where the model has some.
 * @returns P(alive) over time, with two points at each repeat purchase: before it and after it.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when purchases do not ascend, or more than 100,000 points are asked for.
 * @example
 * ```ts
 * import { aliveHistory } from "clientele";
 *
 * const parameters = { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 };
 * const model = { model: "paretoNbd", parameters, unit: "week" } as const;
 * const history = aliveHistory(model, [0, 12, 30.43], { until: 38.86, step: 1 });
 * history.points.columns.probabilityAlive.at(-1); // ~> 0.8691675592
 * ```
 */
export function aliveHistory(
  model: TransactionModel,
  purchases: Numbers,
  options: AliveHistoryOptions,
): AliveHistory {
  assertTransactionModel(model);
  assertNumbers(purchases, "purchases", 1);
  assertOptions(options, "{ until, step }");
  const { until, step, covariates } = options;
  const times = Array.from(purchases);
  const [entry] = times;
  times.forEach((time, i) => {
    assertArgument(
      i === 0 || time > times[i - 1],
      `purchases[${i}]`,
      () => `purchases[${i}] is ${time}, not after ${times[i - 1]}: pass ascending times, each one once`,
    );
    assertTime(time - entry, `purchases[${i}]`, model);
  });
  const last = times[times.length - 1];
  assertArgument(
    Number.isFinite(until) && until >= last,
    "options.until",
    () => `options.until is ${shown(until)}: pass a time from the last purchase on, ${last}`,
  );
  assertTime(until - entry, "options.until", model);
  assertInRange(step, "options.step", Number.MIN_VALUE, Number.MAX_VALUE);
  assertArgument(
    model.model !== "bgBb" || Number.isInteger(step),
    "options.step",
    () => `options.step is ${step}: pass a whole number of opportunities`,
  );
  const looks = (until - entry) / step;
  assertArgument(
    looks <= MOST,
    "options.step",
    () => `options.step is ${step}: pass a longer one, for at most ${MOST} points`,
  );
  const { alive } = kernelOfNew(model, covariates);
  // Far below a step, and above the rounding of times such as 2015.3.
  const isSame = (a: number, b: number) =>
    Math.abs(a - b) <= Math.min(step * 1e-6, 1e-12 * Math.max(1, Math.abs(until), Math.abs(entry)));
  const columns = { time: [] as number[], x: [] as number[], probabilityAlive: [] as number[] };
  const look = (time: number, x: number): void => {
    columns.time.push(time);
    columns.x.push(x);
    columns.probabilityAlive.push(alive(x, times[x] - entry, time - entry, 0));
  };
  let x = 0;
  const seeTo = (limit: number): void => {
    while (x + 1 < times.length && times[x + 1] <= limit) {
      // Before a purchase nothing of it was known; for BG/BB that was an opportunity earlier.
      if (model.model !== "bgBb") look(times[x + 1], x);
      x++;
      if (times[x] < limit) look(times[x], x);
    }
  };
  for (let i = 0; i < looks; i++) {
    const exact = entry + i * step;
    // A multiple of the step misses a purchase, or the end, by its rounding.
    if (isSame(exact, until)) break;
    const next = times[x + 1];
    const time = next !== undefined && isSame(exact, next) ? next : exact;
    if (x > 0 && isSame(time, times[x])) continue;
    seeTo(time);
    look(time, x);
  }
  seeTo(until);
  look(until, x);
  return { points: table(columns), purchases: times, until, unit: model.unit, model: model.model };
}

const MOST = 100_000;
