import { assertNumbers, type Numbers } from "./numbers.js";

/**
 * Which place does each value take, when equal values share theirs?
 *
 * @param values - Numbers in any order and unit; a plain or typed array.
 * @returns One rank for each value, in the order of the values: 1 for the smallest; equal values get the mean of
 * the places they fill together.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a value is not a finite number.
 * @example
 * ```ts
 * import { midRanks } from "clientele";
 *
 * midRanks([30, 10, 20, 20]); // => [4, 1, 2.5, 2.5]
 * ```
 */
export function midRanks(values: Numbers): number[] {
  assertNumbers(values, "values");
  // A typed array sorts without a comparator: far faster than ordering positions by their values. A Map from value to
  // rank would end at 2^24 different values, so each looks its rank up where its equals start.
  const ordered = Float64Array.from(values).sort();
  const rankFrom = new Float64Array(ordered.length);
  for (let start = 0; start < ordered.length; ) {
    let end = start + 1;
    while (end < ordered.length && ordered[end] === ordered[start]) end++;
    // Places start + 1 to end.
    rankFrom[start] = (start + 1 + end) / 2;
    start = end;
  }
  const ranks = new Array<number>(values.length);
  for (let i = 0; i < ranks.length; i++) ranks[i] = rankFrom[firstNotBelow(ordered, values[i])];
  return ranks;
}

function firstNotBelow(ordered: Float64Array, value: number): number {
  let low = 0;
  let high = ordered.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ordered[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
