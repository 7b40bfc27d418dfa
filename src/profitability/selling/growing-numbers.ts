/** Whole numbers from 0 to 2^32 - 1, of which nobody knows how many there will be. @internal */
export interface GrowingNumbers {
  readonly add: (value: number) => void;
  /** Those added so far, as a view. */
  readonly taken: () => Uint32Array;
}

/** A plain array would leave many times its size behind while it grows. @internal */
export function growingNumbers(): GrowingNumbers {
  let values = new Uint32Array(1024);
  let length = 0;
  return {
    add(value) {
      if (length === values.length) {
        const larger = new Uint32Array(2 * length);
        larger.set(values);
        values = larger;
      }
      values[length++] = value;
    },
    taken: () => values.subarray(0, length),
  };
}

/** The value at each of these places. @internal */
export function picked<Value>(values: readonly Value[], places: Uint32Array): Value[] {
  const cells = new Array<Value>(places.length);
  for (let i = 0; i < places.length; i++) cells[i] = values[places[i]];
  return cells;
}

/**
 * The same of numbers: a loop of its own, for one that has also seen text would put each number on the heap.
 *
 * @internal
 */
export function pickedNumbers(values: Float64Array, places: Uint32Array): number[] {
  const cells = new Array<number>(places.length).fill(0);
  for (let i = 0; i < places.length; i++) cells[i] = values[places[i]];
  return cells;
}

/** The same of numbers of which some may be `null`. @internal */
export function pickedOrNull(values: readonly (number | null)[], places: Uint32Array): (number | null)[] {
  const numbers = Float64Array.from(values, (value) => value ?? Number.NaN);
  for (let i = 0; i < places.length; i++) {
    // Beside null numbers are on the heap anyway: each once, in `values`.
    if (Number.isNaN(numbers[places[i]])) return picked(values, places);
  }
  return pickedNumbers(numbers, places);
}

/** Each value as often as told, one after the other. @internal */
export function repeated<Value>(values: readonly Value[], times: Uint32Array, total: number): Value[] {
  const cells = new Array<Value>(total);
  let cell = 0;
  for (let i = 0; i < times.length; i++) {
    const value = values[i];
    for (let left = times[i]; left > 0; left--) cells[cell++] = value;
  }
  return cells;
}
