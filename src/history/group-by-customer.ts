import { twoColumns } from "./two-columns.js";

/** Rows customer by customer, each customer's rows in order of time. @internal */
export interface GroupedRows {
  /** Codes that have at least one row, ascending. */
  readonly present: Uint32Array;
  /** Rows of the k-th present code: `offsets[k]` up to, not including, `offsets[k + 1]`. */
  readonly offsets: Uint32Array;
  readonly at: Float64Array;
  readonly amount: Float64Array;
  /** Least and greatest of `at`; infinite when there are no rows. */
  readonly firstAt: number;
  readonly lastAt: number;
  /** By grouped row, its row in the input; `null` unless asked for. */
  readonly source: Uint32Array | null;
}

/** What is grouped: customer code, instant and amount by row. @internal */
export interface UngroupedRows {
  readonly codes: ArrayLike<number>;
  /** Subtracted from each code. */
  readonly lowestCode: number;
  /** Codes run from `lowestCode` up to, not including, `lowestCode + codeSpace`. */
  readonly codeSpace: number;
  readonly at: ArrayLike<number>;
  readonly amount: ArrayLike<number>;
}

const PARTITIONS = 256;
/** Up to here insertion sort beats sorting an index array. */
const SHORT = 48;

/**
 * A counting sort by customer in two steps. A single step would write to as many places as there are customers, a
 * cache miss for each row; dealing rows into 256 ranges of codes first keeps the second step inside the cache.
 *
 * @internal
 */
export function groupByCustomer(rows: UngroupedRows, wantSource: boolean): GroupedRows {
  const dealt = dealByCodeRange(rows, wantSource);
  const { bounds, low, width, at, amount, source } = dealt;
  const largest = widestRange(bounds);
  const scratchAt = new Float64Array(largest);
  const scratchAmount = new Float64Array(largest);
  const scratchSource = source ? new Uint32Array(largest) : null;
  const next = new Uint32Array(width);
  const present: Uint32Array = new Uint32Array(Math.min(rows.codeSpace, at.length));
  const offsets = new Uint32Array(present.length + 1);
  let customers = 0;
  for (let partition = 0; partition < PARTITIONS; partition++) {
    const start = bounds[partition];
    const end = bounds[partition + 1];
    if (start === end) continue;
    scratchAt.set(at.subarray(start, end));
    scratchAmount.set(amount.subarray(start, end));
    if (source && scratchSource) scratchSource.set(source.subarray(start, end));
    next.fill(0);
    for (let place = start; place < end; place++) next[low[place]]++;
    let offset = start;
    for (let code = 0; code < width; code++) {
      const count = next[code];
      if (count === 0) continue;
      next[code] = offset;
      present[customers] = partition * width + code;
      offsets[customers++] = offset;
      offset += count;
    }
    for (let place = start; place < end; place++) {
      const target = next[low[place]]++;
      at[target] = scratchAt[place - start];
      amount[target] = scratchAmount[place - start];
      if (source && scratchSource) source[target] = scratchSource[place - start];
    }
  }
  offsets[customers] = at.length;
  const grouped = {
    present: present.slice(0, customers),
    offsets: offsets.slice(0, customers + 1),
    at,
    amount,
    firstAt: dealt.firstAt,
    lastAt: dealt.lastAt,
    source,
  };
  if (!dealt.inOrderOfTime) sortEachByTime(grouped);
  return grouped;
}

/** Deals the rows into ranges of `width` codes; `low` is the code inside the range. */
function dealByCodeRange({ codes, lowestCode, codeSpace, at, amount }: UngroupedRows, wantSource: boolean) {
  const length = at.length;
  let shift = 0;
  while ((codeSpace - 1) / 2 ** shift >= PARTITIONS) shift++;
  const mask = 2 ** shift - 1;
  const bounds = new Uint32Array(PARTITIONS + 1);
  for (let row = 0; row < length; row++) bounds[((codes[row] - lowestCode) >>> shift) + 1]++;
  for (let partition = 0; partition < PARTITIONS; partition++) bounds[partition + 1] += bounds[partition];
  const next = bounds.slice();
  const low = shift <= 16 ? new Uint16Array(length) : new Uint32Array(length);
  const [dealtAt, dealtAmount] = twoColumns(length);
  const source = wantSource ? new Uint32Array(length) : null;
  let firstAt = Number.POSITIVE_INFINITY;
  let lastAt = Number.NEGATIVE_INFINITY;
  let inOrderOfTime = true;
  for (let row = 0; row < length; row++) {
    const code = codes[row] - lowestCode;
    const place = next[code >>> shift]++;
    const instant = at[row];
    if (instant < lastAt) inOrderOfTime = false;
    else lastAt = instant;
    if (instant < firstAt) firstAt = instant;
    low[place] = code & mask;
    dealtAt[place] = instant;
    dealtAmount[place] = amount[row];
    if (source) source[place] = row;
  }
  return {
    bounds,
    low,
    width: mask + 1,
    at: dealtAt,
    amount: dealtAmount,
    source,
    firstAt,
    lastAt,
    inOrderOfTime,
  };
}

function widestRange(bounds: Uint32Array): number {
  let widest = 0;
  for (let partition = 0; partition < PARTITIONS; partition++) {
    widest = Math.max(widest, bounds[partition + 1] - bounds[partition]);
  }
  return widest;
}

/** Stable: ties stay in the order of the input. */
function sortEachByTime({ offsets, at, amount, source }: GroupedRows): void {
  for (let customer = 0; customer + 1 < offsets.length; customer++) {
    const start = offsets[customer];
    const end = offsets[customer + 1];
    for (let row = start + 1; row < end; row++) {
      if (at[row] >= at[row - 1]) continue;
      if (end - start <= SHORT) insertionSort(at, amount, source, start, end);
      else indexSort(at, amount, source, start, end);
      break;
    }
  }
}

function insertionSort(
  at: Float64Array,
  amount: Float64Array,
  source: Uint32Array | null,
  start: number,
  end: number,
) {
  for (let row = start + 1; row < end; row++) {
    const instant = at[row];
    const money = amount[row];
    const origin = source ? source[row] : 0;
    let place = row - 1;
    while (place >= start && at[place] > instant) {
      at[place + 1] = at[place];
      amount[place + 1] = amount[place];
      if (source) source[place + 1] = source[place];
      place--;
    }
    at[place + 1] = instant;
    amount[place + 1] = money;
    if (source) source[place + 1] = origin;
  }
}

function indexSort(
  at: Float64Array,
  amount: Float64Array,
  source: Uint32Array | null,
  start: number,
  end: number,
) {
  const order = Uint32Array.from({ length: end - start }, (_, i) => start + i);
  order.sort((left, right) => at[left] - at[right] || left - right);
  at.set(
    Float64Array.from(order, (row) => at[row]),
    start,
  );
  amount.set(
    Float64Array.from(order, (row) => amount[row]),
    start,
  );
  if (source)
    source.set(
      Uint32Array.from(order, (row) => source[row]),
      start,
    );
}
