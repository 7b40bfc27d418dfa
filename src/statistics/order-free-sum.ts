/**
 * The sum of finite numbers, the same to the last digit in whatever order they come.
 *
 * Adding and subtracting a large power of two rounds each number to a grid on which all sums are exact (Rump, Ogita and Oishi
 * 2008, "Accurate floating-point summation", lemma 3.2); what that cuts off is added up on a finer grid. Beside the rounding
 * of the result, the error is below 2^-102 n (n + 2)² times the largest of n numbers.
 *
 * @internal
 */
export function orderFreeSum(values: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]));
  if (largest === 0) return 0;
  const room = powerFrom(values.length + 2);
  const coarse = room * powerFrom(largest);
  // What the coarse grid cuts off is at most half its step.
  const fine = room * coarse * Number.EPSILON;
  let [high, low] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const rounded = coarse + values[i] - coarse;
    high += rounded;
    low += fine + (values[i] - rounded) - fine;
  }
  return high + low;
}

/** A power of two that is not less. */
function powerFrom(value: number): number {
  const power = 2 ** Math.ceil(Math.log2(value));
  return power < value ? 2 * power : power;
}
