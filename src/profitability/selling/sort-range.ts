// Up to here insertion beats a sort with its views and calls.
const FEW = 24;

/** Sorts a part of the numbers, ascending. @internal */
export function sortRange(values: Uint32Array, from: number, to: number): void {
  if (to - from > FEW) {
    values.subarray(from, to).sort();
    return;
  }
  for (let i = from + 1; i < to; i++) {
    const value = values[i];
    let place = i;
    for (; place > from && values[place - 1] > value; place--) values[place] = values[place - 1];
    values[place] = value;
  }
}
