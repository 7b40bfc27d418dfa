import { descendingRows } from "./descending-rows.js";

/**
 * The rows from the greatest value to the smallest; equal values stand by id, ascending in code units, so that the
 * order does not depend on the order of the input.
 *
 * @internal
 */
export function rankDescending(values: Float64Array, ids: readonly string[]): Uint32Array {
  const { rows, isTie } = descendingRows(values);
  for (let first = 0, next = 1; first < rows.length; first = next++) {
    // The bits stand side by side, the values themselves all over the memory.
    while (next < rows.length && isTie(next)) next++;
    if (next - first > 1) orderById(rows, first, next, ids);
  }
  return rows;
}

/** The values at these rows. @internal */
export function valuesAt(values: ArrayLike<number>, rows: ArrayLike<number>): Float64Array {
  const picked = new Float64Array(rows.length);
  for (let i = 0; i < picked.length; i++) picked[i] = values[rows[i]];
  return picked;
}

function orderById(order: Uint32Array, from: number, to: number, ids: readonly string[]): void {
  let inOrder = true;
  for (let i = from + 1; i < to && inOrder; i++) inOrder = ids[order[i - 1]] < ids[order[i]];
  if (inOrder) return;
  if (to - from > FEW) {
    const rows = Array.from(order.subarray(from, to)).sort((a, b) => (ids[a] < ids[b] ? -1 : 1));
    order.set(rows, from);
    return;
  }
  for (let i = from + 1; i < to; i++) {
    const row = order[i];
    let place = i;
    for (; place > from && ids[row] < ids[order[place - 1]]; place--) order[place] = order[place - 1];
    order[place] = row;
  }
}

// Up to here insertion beats a sort with its copies and calls.
const FEW = 24;
