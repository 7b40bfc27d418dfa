import { allocateColumn } from "./allocate-column.js";
import type { DealtPool } from "./dealt-pool.js";
import { decimalScale } from "./decimal-scale.js";
import type { BaseLines } from "./statement-lines.js";

/**
 * The lines of groups with each pool dealt out among the groups themselves. Of a pool that has fewer units than customers the
 * units go to those who stand first, and half a unit of each customer of a group may be lost or won: added up, a segment
 * would bear less or more than its share.
 *
 * @internal
 */
export function poolsOfGroups(
  lines: BaseLines,
  pools: readonly DealtPool[],
  codes: ArrayLike<number>,
  groups: number,
): BaseLines {
  const mended: { -readonly [Line in keyof BaseLines]: BaseLines[Line] } = { ...lines };
  for (const { line, amount, weights, parts } of pools) {
    const sums = mended[line]?.slice();
    if (sums === undefined) continue;
    const own = allocateColumn(amount, weightsOfGroups(weights, codes, groups));
    for (let i = 0; i < parts.length; i++) sums[codes[i]] -= parts[i];
    for (let group = 0; group < groups; group++) sums[group] += own[group];
    mended[line] = sums;
  }
  return mended;
}

/** Sums of decimals are sums of whole numbers in the scale of them all: 0.1 + 0.2 is 0.3. */
function weightsOfGroups(weights: Float64Array, codes: ArrayLike<number>, groups: number): Float64Array {
  const scale = decimalScale(weights);
  const sums = new Float64Array(groups);
  for (let i = 0; i < weights.length; i++)
    sums[codes[i]] += scale === null ? weights[i] : Math.round(weights[i] * scale);
  return sums;
}
