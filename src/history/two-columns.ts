/**
 * Two columns of numbers in one allocation: the engine collects garbage on nearly every large one, and with millions of
 * the caller's objects alive that costs a second each time.
 *
 * @internal
 */
export function twoColumns(length: number): readonly [Float64Array, Float64Array] {
  const buffer = new ArrayBuffer(16 * length);
  return [new Float64Array(buffer, 0, length), new Float64Array(buffer, 8 * length, length)];
}
