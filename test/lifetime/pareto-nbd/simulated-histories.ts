import { type RandomSource, seededRandom } from "../../../src/core/random.js";
import type { ParetoNbdParameters } from "../../../src/lifetime/models/lifetime-model.js";
import { drawCustomer } from "../../../src/lifetime/predictions/draw-customer.js";

export interface SimulatedHistories {
  readonly x: number[];
  readonly tx: number[];
  readonly T: number[];
}

/** Customers of one set of parameters, watched for 26 to 52 units of time. */
export function simulatedHistories(
  parameters: ParetoNbdParameters,
  count: number,
  seed: number,
): SimulatedHistories {
  return historiesDrawn(seededRandom(seed), count, () => parameters);
}

/** The same with parameters for each customer. */
export function historiesDrawn(
  random: RandomSource,
  count: number,
  parametersOf: (customer: number) => ParetoNbdParameters,
): SimulatedHistories {
  const histories: SimulatedHistories = { x: [], tx: [], T: [] };
  for (let customer = 0; customer < count; customer++) {
    const T = 26 + 26 * random();
    const model = { model: "paretoNbd", unit: "week", parameters: parametersOf(customer) } as const;
    const { times } = drawCustomer(model, random, T);
    histories.x.push(times.length);
    histories.tx.push(times.at(-1) ?? 0);
    histories.T.push(T);
  }
  return histories;
}
