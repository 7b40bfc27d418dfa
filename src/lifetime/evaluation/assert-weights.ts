import { assertArgument, shown } from "../../core/assert.js";
import { assertNumbers, type Numbers } from "../../statistics/numbers.js";

/** Refuses weights that are no numbers above 0, or not one for each of the others. @internal */
export function assertWeights(weight: Numbers, path: string, length: number, others: string): void {
  assertNumbers(weight, path);
  assertLength(weight, path, length, others);
  for (let row = 0; row < length; row++) {
    assertArgument(
      weight[row] > 0,
      `${path}[${row}]`,
      () => `${path}[${row}] is ${shown(weight[row])}: pass weights above 0`,
    );
  }
}

/** @internal */
export function assertLength(values: Numbers, path: string, length: number, others: string): void {
  assertArgument(
    values.length === length,
    path,
    () => `${path} has ${values.length} values for ${length} ${others}: pass one for each`,
  );
}
