import { assertInteger, assertOptions } from "../../core/assert.js";
import { type Table, table } from "../../core/table.js";
import type { TransactionModel } from "../models/lifetime-model.js";
import type { PurchaseHistories } from "../models/purchase-histories.js";
import { assertTransactionModel } from "../predictions/model-kernel.js";
import { readCustomers } from "../predictions/read-customers.js";
import { rowPlaces } from "../predictions/row-places.js";
import { frequencyLabel } from "./evaluate-lifetime-model.js";
import { kernelReader } from "./kernel-reader.js";

/** Up to how many repeat purchases to tell customers apart. */
export interface FrequencyFitOptions {
  /** The last row holds customers with so many repeat purchases and more; default 7, 1 to 1000. */
  readonly upTo?: number | undefined;
}

/** One row for each number of repeat purchases, the last for all from there on. */
export interface FrequencyFitColumns {
  /** Repeat purchases: `"0"`, `"1"` to `"7+"`. */
  readonly frequency: readonly string[];
  /** Customers who made so many. */
  readonly actual: readonly number[];
  /** Customers who would, by the model. */
  readonly expected: readonly number[];
}

/** Customers by number of repeat purchases, as they are and as the model has them. */
export interface FrequencyFit {
  /** By number of repeat purchases. */
  readonly byFrequency: Table<FrequencyFitColumns>;
  /** Customers (weights summed). */
  readonly customers: number;
  /** Which model. */
  readonly model: TransactionModel["model"];
}

/**
 * Does the model have as many customers with 0, 1, 2 ... repeat purchases as there are?
 *
 * Each customer is taken for the time they have been watched: expected is the sum of P(X(T) = n) over them (Fader, Hardie &
 * Lee 2005). It is the first look at a fit, on data that the model has seen: a good one is necessary and proves little.
 *
 * @param model - A fitted or stored transaction model.
 * @param customers - The histories it was fitted on: rows, columns or a table in the model's unit.
 * @param options - `upTo`: where the last class begins.
 * @returns Actual and expected customers by number of repeat purchases.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`, `INVALID_ROWS`.
 * @example
 * ```ts
 * import { frequencyFit } from "clientele";
 *
 * const parameters = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
 * const model = { model: "bgNbd", parameters, unit: "week" } as const;
 * const customers = { x: [0, 1, 4], tx: [0, 12, 30], T: [39, 39, 39], weight: [57, 20, 23] };
 * const { columns } = frequencyFit(model, customers, { upTo: 2 }).byFrequency;
 * columns.frequency; // => ["0", "1", "2+"]
 * columns.actual; // => [57, 20, 23]
 * columns.expected; // ~> [57.378635209600941, 19.939528083591146, 22.681836706807913]
 * ```
 */
export function frequencyFit(
  model: TransactionModel,
  customers: PurchaseHistories,
  options: FrequencyFitOptions = {},
): FrequencyFit {
  assertTransactionModel(model);
  assertOptions(options);
  const { upTo = 7 } = options;
  assertInteger(upTo, "options.upTo", 1, 1000);
  const { histories, effects } = readCustomers(model, customers);
  const { x, T, weight, length } = histories;
  const own = effects === null ? [] : [effects.transaction, effects.dropout];
  const { place, first } = rowPlaces([T, ...own], length);
  const watched = new Float64Array(first.length);
  const actual = new Float64Array(upTo + 1);
  let total = 0;
  for (let row = 0; row < length; row++) {
    const count = weight === null ? 1 : weight[row];
    watched[place[row]] += count;
    actual[Math.min(upTo, x[row])] += count;
    total += count;
  }
  const expected = new Float64Array(upTo + 1);
  const kernelAt = kernelReader(model, effects);
  for (let i = 0; i < first.length; i++) {
    const row = first[i];
    const chances = kernelAt(row).probabilities(0, T[row], upTo - 1);
    let fewer = 0;
    for (let count = 0; count < upTo; count++) {
      expected[count] += watched[i] * chances[count];
      fewer += chances[count];
    }
    expected[upTo] += watched[i] * Math.max(0, 1 - fewer);
  }
  return {
    byFrequency: table({
      frequency: Array.from(actual, (_, count) => frequencyLabel(count, upTo)),
      actual: Array.from(actual),
      expected: Array.from(expected),
    }),
    customers: total,
    model: model.model,
  };
}
