import { type UnroundedLine, wholeAmounts, wholeAmountsOf } from "./unrounded-lines.js";

/** Accounts below each other. @internal */
export interface AccountTree {
  /** By account; -1 at a top. */
  readonly parents: Int32Array;
  /** Steps below the top, by account. */
  readonly levels: Uint32Array;
  /** Accounts from the tops down: those below account p are `downwards[first[p]]` up to, not including, `downwards[end[p]]`. */
  readonly downwards: Uint32Array;
  readonly first: Uint32Array;
  readonly end: Uint32Array;
}

/** The tree of accounts of which each names its parent; the caller has checked that there are no loops. @internal */
export function accountTree(parents: Int32Array): AccountTree {
  const size = parents.length;
  // Children by parent, in the order given; those of none, the tops, first.
  const next = new Uint32Array(size + 2);
  for (const parent of parents) next[parent + 2]++;
  for (let i = 1; i < next.length; i++) next[i] += next[i - 1];
  const tops = next[1];
  const children = new Uint32Array(size);
  for (let place = 0; place < size; place++) children[next[parents[place] + 1]++] = place;
  // Now next[p] is where the children of p begin, and next[p + 1] where they end.
  const levels = new Uint32Array(size);
  const downwards = new Uint32Array(size);
  const [first, end] = [new Uint32Array(size), new Uint32Array(size)];
  downwards.set(children.subarray(0, tops));
  let filled = tops;
  for (let i = 0; i < size; i++) {
    const place = downwards[i];
    first[place] = filled;
    for (let child = next[place]; child < next[place + 1]; child++) {
      downwards[filled++] = children[child];
      levels[children[child]] = levels[place] + 1;
    }
    end[place] = filled;
  }
  return { parents, levels, downwards, first, end };
}

/** Each account with all below it. @internal */
export function rolledUp({ parents, downwards }: AccountTree, values: Float64Array): Float64Array {
  const sums = values.slice();
  // From the bottom up: an account is complete before it is added to the one above.
  for (let i = downwards.length - 1; i >= 0; i--) {
    const place = downwards[i];
    if (parents[place] >= 0) sums[parents[place]] += sums[place];
  }
  return sums;
}

/**
 * The line of accounts, alone and with all below, in whole minor units: each account is its own and those below it.
 *
 * From the tops down: the tops are rounded among themselves, and each account's amount is then dealt out to itself and those
 * below it by largest remainder. Every amount is so within one unit of its exact one. Of an account it holds for the amount
 * with all below, U, exactly u: the exact amounts of its n parts that are no whole numbers, rounded down, leave of U the sum
 * of their remainders, which is above 0 and below n, and U - u, which is within one unit: a whole number from 0 to n. So
 * each part is rounded down or up, and the same holds for it.
 *
 * @internal
 */
export function wholeTree(
  tree: AccountTree,
  line: UnroundedLine,
): { readonly own: Float64Array; readonly rolledUp: Float64Array } {
  const { downwards, first, end } = tree;
  const tops = end.length === 0 ? 0 : first[downwards[0]];
  if (tops === end.length) {
    const own = wholeAmounts(line);
    return { own, rolledUp: own };
  }
  const whole = rolledUp(tree, line.whole);
  if (line.fraction === null) return { own: line.whole, rolledUp: whole };
  const fraction = rolledUp(tree, line.fraction);
  const own = line.whole.slice();
  const all = new Float64Array(own.length);
  const topPlaces = downwards.subarray(0, tops);
  const ofTops = wholeAmounts({
    ...line,
    whole: picked(whole, topPlaces),
    fraction: picked(fraction, topPlaces),
  });
  for (let i = 0; i < tops; i++) all[topPlaces[i]] = ofTops[i];
  for (let i = 0; i < downwards.length; i++) {
    const place = downwards[i];
    const below = downwards.subarray(first[place], end[place]);
    if (below.length === 0) {
      own[place] = all[place];
      continue;
    }
    // The account itself, and then those below it.
    const parts = wholeAmountsOf(
      picked(whole, below, line.whole[place]),
      picked(fraction, below, line.fraction[place]),
      all[place] - whole[place],
    );
    own[place] = parts[0];
    for (let child = 0; child < below.length; child++) all[below[child]] = parts[child + 1];
  }
  return { own, rolledUp: all };
}

function picked(values: Float64Array, places: Uint32Array, before?: number): Float64Array {
  const start = before === undefined ? 0 : 1;
  const own = new Float64Array(start + places.length);
  if (before !== undefined) own[0] = before;
  for (let i = 0; i < places.length; i++) own[start + i] = values[places[i]];
  return own;
}
