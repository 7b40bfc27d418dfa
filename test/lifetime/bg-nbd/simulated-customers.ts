import type { RandomSource } from "../../../src/core/random.js";
import { drawUniform } from "../../../src/core/random-draws.js";
import type { BgNbdParameters } from "../../../src/lifetime/models/lifetime-model.js";
import { drawCustomer } from "../../../src/lifetime/predictions/draw-customer.js";

/** Histories of customers who came during 12 weeks, of whom the last was watched for 27. */
export function simulatedCustomers(
  count: number,
  random: RandomSource,
  parametersOf: (customer: number) => BgNbdParameters,
  model: "bgNbd" | "mbgNbd" = "bgNbd",
) {
  const [x, tx, T] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  for (let i = 0; i < count; i++) {
    T[i] = drawUniform(random, 27, 39);
    const { times } = drawCustomer({ model, unit: "week", parameters: parametersOf(i) }, random, T[i]);
    x[i] = times.length;
    tx[i] = times.at(-1) ?? 0;
  }
  return { x, tx, T };
}
