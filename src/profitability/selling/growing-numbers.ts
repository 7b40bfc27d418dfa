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
