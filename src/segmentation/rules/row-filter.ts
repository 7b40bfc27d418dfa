/** How many rows are looked at in one go: few enough that what is read of them stays in the processor's cache. @internal */
export const BLOCK = 2048;

/** Place of a row in its block: blocks begin at multiples of their length. @internal */
export const IN_BLOCK = BLOCK - 1;

/**
 * Picks the rows for which a condition holds: writes those of the first `count` of `rows`, which ascend within one block,
 * to `out`, in order, and gives their number. `out` may be `rows`; other than that `rows` stays as it is.
 *
 * A condition is a loop over many rows instead of a call for each.
 *
 * @internal
 */
export type RowFilter = (rows: Int32Array, count: number, out: Int32Array) => number;

/** @internal */
export function everyRow(rows: Int32Array, count: number, out: Int32Array): number {
  if (out !== rows) for (let i = 0; i < count; i++) out[i] = rows[i];
  return count;
}

/** @internal */
export function noRow(): number {
  return 0;
}

/** @internal */
export function rowsOfAll(filters: readonly RowFilter[]): RowFilter {
  const [first, ...others] = filters;
  if (first === undefined) return everyRow;
  if (others.length === 0) return first;
  return (rows, count, out) => {
    let kept = first(rows, count, out);
    for (let i = 0; i < others.length && kept > 0; i++) kept = others[i](out, kept, out);
    return kept;
  };
}

/** @internal */
export function rowsOfAny(filters: readonly RowFilter[]): RowFilter {
  if (filters.length === 0) return noRow;
  if (filters.length === 1) return filters[0];
  const left = new Int32Array(BLOCK + 1);
  const found = new Int32Array(BLOCK + 1);
  return (rows, count, out) => {
    // Each condition is put to those alone for whom none held before; members are all but who is left at the end.
    let remaining = everyRow(rows, count, left);
    for (let i = 0; i < filters.length && remaining > 0; i++) {
      remaining = without(left, remaining, found, filters[i](left, remaining, found), left);
    }
    return without(rows, count, left, remaining, out);
  };
}

/** @internal */
export function rowsOfAtLeast(wanted: number, filters: readonly RowFilter[]): RowFilter {
  if (wanted <= 0) return everyRow;
  if (wanted > filters.length) return noRow;
  const held = new Uint32Array(BLOCK);
  const found = new Int32Array(BLOCK);
  return (rows, count, out) => {
    held.fill(0);
    for (const filter of filters) {
      const kept = filter(rows, count, found);
      for (let i = 0; i < kept; i++) held[found[i] & IN_BLOCK]++;
    }
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const row = rows[i];
      if (held[row & IN_BLOCK] >= wanted) out[kept++] = row;
    }
    return kept;
  };
}

/** @internal */
export function rowsOfNot(filter: RowFilter): RowFilter {
  const found = new Int32Array(BLOCK + 1);
  return (rows, count, out) => without(rows, count, found, filter(rows, count, found), out);
}

/** Which rows are looked at now. @internal */
export interface RowBlock {
  /** All of them. */
  readonly rows: Int32Array;
  count: number;
  /** A new number for each block. */
  turn: number;
}

/** The same filter, which finds its rows once in a block, for however many ask. @internal */
export function rememberedRows(filter: RowFilter, block: RowBlock): RowFilter {
  const found = new Int32Array(BLOCK);
  const isFound = new Uint8Array(BLOCK);
  let answered = 0;
  return (rows, count, out) => {
    if (answered !== block.turn) {
      const members = filter(block.rows, block.count, found);
      isFound.fill(0);
      for (let i = 0; i < members; i++) isFound[found[i] & IN_BLOCK] = 1;
      answered = block.turn;
    }
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const row = rows[i];
      out[kept] = row;
      kept += isFound[row & IN_BLOCK];
    }
    return kept;
  };
}

/** Writes to `out` the rows that are not among others, which are some of them in the same order, with a place to spare. */
function without(
  rows: Int32Array,
  count: number,
  others: Int32Array,
  otherCount: number,
  out: Int32Array,
): number {
  // Ends the others: no row is below zero.
  others[otherCount] = -1;
  let kept = 0;
  let next = 0;
  for (let i = 0; i < count; i++) {
    const row = rows[i];
    const isOther = Number(others[next] === row);
    next += isOther;
    out[kept] = row;
    kept += 1 - isOther;
  }
  return kept;
}
