/**
 * A sum of doubles that is the same in whatever order they come, rounded once at the end.
 *
 * Kept as parts that do not overlap, the least first (Shewchuk 1997, "Adaptive precision floating-point arithmetic");
 * the sum of whole numbers has one part. It is plain data.
 *
 * @internal
 */
export interface ExactSum {
  readonly parts: number[];
  /** Parts of the greatest numbers, made smaller by {@link SCALE}: two of them could leave the range of doubles. */
  readonly huge: number[];
  /** What was not finite, as text, which JSON keeps: it decides alone. */
  beyond: string | null;
}

const HUGE = 2 ** 1000;
const SCALE = 2 ** 200;
/** Parts below it would lose digits when made smaller by {@link SCALE}. */
const FINE = 2 ** -800;

/** @internal */
export function newExactSum(): ExactSum {
  return { parts: [], huge: [], beyond: null };
}

/** @internal */
export function addTo(sum: ExactSum, value: number): void {
  if (!Number.isFinite(value)) sum.beyond = String(Number(sum.beyond ?? 0) + value);
  else if (Math.abs(value) < HUGE) addPart(sum.parts, value);
  else addPart(sum.huge, value / SCALE);
}

/** The sum, rounded to the nearest double; NaN for infinities of both signs. @internal */
export function exactSumOf({ parts, huge, beyond }: ExactSum): number {
  if (beyond !== null) return Number(beyond);
  if (huge.length === 0) return rounded(parts);
  const all = huge.slice();
  const fine: number[] = [];
  for (const part of parts) {
    if (Math.abs(part) < FINE) fine.push(part);
    else addPart(all, part / SCALE);
  }
  if (Math.abs(rounded(all)) < HUGE / SCALE) {
    // The greatest have taken each other away: what is left fits as it is.
    for (const part of all) addPart(fine, part * SCALE);
    return rounded(fine);
  }
  // So small beside the others that it decides ties alone, for which its sign is enough.
  const rest = rounded(fine);
  if (rest !== 0) addPart(all, Math.sign(rest) * Number.MIN_VALUE);
  return rounded(all) * SCALE;
}

function addPart(parts: number[], value: number): void {
  let kept = 0;
  let x = value;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i];
    const high = x + part;
    // What got lost in rounding, by the larger of the two.
    const low = Math.abs(x) < Math.abs(part) ? x - (high - part) : part - (high - x);
    if (low !== 0) parts[kept++] = low;
    x = high;
  }
  parts.length = kept;
  if (x !== 0) parts.push(x);
}

function rounded(parts: readonly number[]): number {
  let i = parts.length - 1;
  if (i < 0) return 0;
  let high = parts[i];
  let low = 0;
  while (i > 0 && low === 0) {
    i--;
    const before = high;
    high = before + parts[i];
    low = parts[i] - (high - before);
  }
  // A tie is decided by what lies below it.
  if (i > 0 && low !== 0 && low < 0 === parts[i - 1] < 0) {
    const doubled = low * 2;
    const other = high + doubled;
    if (doubled === other - high) high = other;
  }
  return high;
}
