import { assertArgument, assertInteger, assertOneOf, assertOptions } from "../../core/assert.js";
import { type Table, table } from "../../core/table.js";
import type { ModelTimeUnit, TransactionModel } from "../models/lifetime-model.js";
import { assertTime, assertTransactionModel, kernelOfNew } from "../predictions/model-kernel.js";
import type { NewCustomerOptions } from "../predictions/new-customer-transactions.js";

/** What to show, and of which customers. */
export interface FrequencyRecencyMatrixOptions extends NewCustomerOptions {
  /** `"probabilityAlive"` at T, or `"expectedTransactions"` within `horizon` after it. */
  readonly measure: "probabilityAlive" | "expectedTransactions";
  /** How long all of them have been watched, in the model's unit, above 0. */
  readonly T: number;
  /** How far to look ahead, in the model's unit; with `"expectedTransactions"` only, and required there. */
  readonly horizon?: number | undefined;
  /** Largest number of repeat purchases; default 10, for BG/BB at most T. 1 to 1000. */
  readonly upTo?: number | undefined;
  /** In how many steps to go from T back to the first purchase; default 10, for BG/BB T (and it must divide T there). 1 to 1000. */
  readonly steps?: number | undefined;
}

/** One row a cell. */
export interface FrequencyRecencyColumns {
  /** Repeat purchases. */
  readonly x: readonly number[];
  /** Time from the first to the last purchase, in the model's unit. */
  readonly tx: readonly number[];
  /** Time since the last purchase, T - tx. */
  readonly silence: readonly number[];
  /** What was asked for; `null` where there can be no such customer. */
  readonly value: readonly (number | null)[];
}

/** What the model says of customers by how often and how lately they bought. */
export interface FrequencyRecencyMatrix {
  /** Cell by cell: for each time of the last purchase, the latest first, all numbers of repeat purchases. */
  readonly cells: Table<FrequencyRecencyColumns>;
  /** What the values are. */
  readonly measure: "probabilityAlive" | "expectedTransactions";
  /** How far ahead purchases are expected, in `unit`; `null` with `"probabilityAlive"`. */
  readonly horizon: number | null;
  /** How long customers have been watched, in `unit`. */
  readonly T: number;
  /** Unit of times. */
  readonly unit: ModelTimeUnit;
  /** Which model. */
  readonly model: TransactionModel["model"];
}

/**
 * What does the model make of customers by how often and how lately they bought?
 *
 * The map of a model, and the quickest way to see whether one believes it: of two customers with equally long silence, the
 * one who used to buy often is the more likely to have left.
 *
 * @param model - A fitted or stored transaction model.
 * @param options - `measure`, `T`, `horizon` for expected purchases, `upTo`, `steps`; `covariates` where the model has some.
 * @returns One cell for each number of repeat purchases and time of the last one. A customer without a repeat purchase has the
 * first one alone, at time 0.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`.
 * @example
 * ```ts
 * import { frequencyRecencyMatrix, rows } from "clientele";
 *
 * const parameters = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
 * const model = { model: "bgNbd", parameters, unit: "week" } as const;
 * const { cells } = frequencyRecencyMatrix(model, { measure: "probabilityAlive", T: 40, upTo: 8, steps: 4 });
 * const chance = (x: number, silence: number) =>
 *   rows(cells).find((cell) => cell.x === x && cell.silence === silence)?.value ?? 0;
 * chance(8, 0) > chance(2, 0); // => true
 * chance(8, 30) < chance(2, 30); // => true
 * ```
 */
export function frequencyRecencyMatrix(
  model: TransactionModel,
  options: FrequencyRecencyMatrixOptions,
): FrequencyRecencyMatrix {
  assertTransactionModel(model);
  assertOptions(options, "{ measure, T }");
  const { measure, T, horizon, covariates } = options;
  assertOneOf(measure, "options.measure", ["probabilityAlive", "expectedTransactions"]);
  assertTime(T, "options.T", model);
  assertArgument(T > 0, "options.T", () => "options.T is 0: pass a time above 0");
  const isDiscrete = model.model === "bgBb";
  const { steps = isDiscrete ? T : 10, upTo = isDiscrete ? Math.min(10, T) : 10 } = options;
  assertInteger(upTo, "options.upTo", 1, 1000);
  assertInteger(steps, "options.steps", 1, 1000);
  assertArgument(
    !isDiscrete || T % steps === 0,
    "options.steps",
    () => `options.steps is ${steps}: for whole opportunities pass a number that divides T, ${T}`,
  );
  const isAlive = measure === "probabilityAlive";
  assertArgument(
    !isAlive || horizon === undefined,
    "options.horizon",
    () => "options.horizon is for expectedTransactions: leave it out",
  );
  if (!isAlive) assertTime(horizon, "options.horizon", model);
  const kernel = kernelOfNew(model, covariates);
  const columns = {
    x: [] as number[],
    tx: [] as number[],
    silence: [] as number[],
    value: [] as (number | null)[],
  };
  for (let step = steps; step >= 0; step--) {
    const tx = (T * step) / steps;
    for (let x = 0; x <= upTo; x++) {
      const isPossible = (x === 0) === (step === 0) && !(isDiscrete && x > tx);
      columns.x.push(x);
      columns.tx.push(tx);
      columns.silence.push((T * (steps - step)) / steps);
      columns.value.push(
        !isPossible
          ? null
          : isAlive
            ? kernel.alive(x, tx, T, 0)
            : kernel.conditionalExpected(x, tx, T, horizon as number),
      );
    }
  }
  return {
    cells: table(columns),
    measure,
    horizon: horizon ?? null,
    T,
    unit: model.unit,
    model: model.model,
  };
}
