/** A function of one variable by polynomials on panels of equal width, good to some 1e-14 of its values. @internal */
export interface SmoothCurve {
  /** Where the first panel begins. */
  readonly from: number;
  /** Panels in a unit of the variable. */
  readonly perUnit: number;
  readonly panels: number;
  /** By panel, from the highest power of the place in the panel, -1 to 1, down. */
  readonly coefficients: Float64Array;
}

const DEGREE = 11;
const SIZE = DEGREE + 1;
/** On a panel this wide, functions with their nearest pole pi away are polynomials of this degree to 1e-14. */
const WIDEST = 0.5;
const NARROWEST_RANGE = 1e-3;
const MOST_PANELS = 64;
/** What the two last coefficients may be, of the least value on the panel: the next ones, left out, are some tenth of them. */
const NEGLIGIBLE = 2e-14;

/** Computations of the function that a curve over this range takes, at least. @internal */
export function curveCost(from: number, to: number): number {
  return SIZE * Math.max(1, Math.ceil((to - from) / WIDEST));
}

/**
 * For a smooth function that is asked very often: computed at some places, and between them by interpolation in Chebyshev
 * points (Trefethen 2013), on panels halved until the last coefficients vanish.
 *
 * @param f - Of the variable from `from` on; a little beyond `to` too where the two are near each other.
 * @param floor - Errors count relative to the least value on a panel or, where that is smaller, to this.
 * @returns `null` where the function is not so smooth, or not finite.
 * @internal
 */
export function smoothCurve(
  f: (at: number) => number,
  from: number,
  to: number,
  floor: number,
): SmoothCurve | null {
  const range = Math.max(to - from, NARROWEST_RANGE);
  for (let panels = Math.ceil(range / WIDEST); panels <= MOST_PANELS; panels *= 2) {
    const coefficients = new Float64Array(SIZE * panels);
    let panel = 0;
    while (panel < panels && setPanel(f, from, range / panels, panel, floor, coefficients)) panel++;
    if (panel === panels) return { from, perUnit: panels / range, panels, coefficients };
  }
  return null;
}

/** The value at a place of the range. @internal */
export function curveAt({ from, perUnit, panels, coefficients }: SmoothCurve, at: number): number {
  const place = (at - from) * perUnit;
  const panel = Math.max(0, Math.min(panels - 1, Math.floor(place)));
  const v = 2 * (place - panel) - 1;
  const first = SIZE * panel;
  let value = coefficients[first];
  for (let k = first + 1; k < first + SIZE; k++) value = value * v + coefficients[k];
  return value;
}

/** Whether the function is a polynomial there, whose coefficients are then set. */
function setPanel(
  f: (at: number) => number,
  from: number,
  width: number,
  panel: number,
  floor: number,
  coefficients: Float64Array,
): boolean {
  const values = new Float64Array(SIZE);
  let least = Number.POSITIVE_INFINITY;
  for (let j = 0; j < SIZE; j++) {
    values[j] = f(from + width * (panel + (1 + COSINES[SIZE + j]) / 2));
    if (!Number.isFinite(values[j])) return false;
    least = Math.min(least, Math.abs(values[j]));
  }
  // Of the powers of the place, from 0 up, in the Chebyshev polynomial of degree k and in the one before.
  let before = new Float64Array(SIZE);
  let powers = new Float64Array(SIZE);
  powers[0] = 1;
  let last = 0;
  for (let k = 0; k < SIZE; k++) {
    let coefficient = 0;
    for (let j = 0; j < SIZE; j++) coefficient += values[j] * COSINES[SIZE * k + j];
    coefficient *= (k === 0 ? 1 : 2) / SIZE;
    if (k >= SIZE - 2) last += Math.abs(coefficient);
    for (let n = 0; n <= k; n++) coefficients[SIZE * panel + DEGREE - n] += coefficient * powers[n];
    const next = new Float64Array(SIZE);
    for (let n = 0; n < SIZE; n++)
      next[n] = (n === 0 ? 0 : (k === 0 ? 1 : 2) * powers[n - 1]) - (k === 0 ? 0 : before[n]);
    before = powers;
    powers = next;
  }
  return last <= NEGLIGIBLE * Math.max(least, floor);
}

/** Chebyshev polynomials of degree k at the points j: cos(k (2 j + 1) pi / (2 size)). */
const COSINES = /* @__PURE__ */ Float64Array.from({ length: SIZE * SIZE }, (_, i) =>
  Math.cos((Math.floor(i / SIZE) * (2 * (i % SIZE) + 1) * Math.PI) / (2 * SIZE)),
);
