/**
 * Coefficients of 2F1(1, P + kind; P + S + 1; z) as a series in z, with their first and second derivatives by P and S: they
 * do not depend on times, so that all customers with the same number of purchases share them.
 *
 * @internal
 */
export interface SeriesCoefficients {
  P: number;
  S: number;
  readonly kind: 0 | 1;
  /** Terms known by now; more are computed when one is needed. */
  known: number;
  readonly cells: Float64Array;
  // Sums over the factors of the last known term, from which the next continues.
  coefficient: number;
  slopeP: number;
  slopeS: number;
  bendP: number;
  bendS: number;
}

/** Up to here the series is used; it then needs less than {@link MOST} terms. @internal */
export const SERIES_UP_TO = 0.8;
const MOST = 384;
/** c, its derivatives by P and S, by PP, PS and SS, and a bound of them all times k². */
const WIDTH = 7;

/** @internal */
export function seriesCoefficients(kind: 0 | 1): SeriesCoefficients {
  return {
    P: 1,
    S: 1,
    kind,
    known: 0,
    cells: new Float64Array(WIDTH * (MOST + 1)),
    coefficient: 1,
    slopeP: 0,
    slopeS: 0,
    bendP: 0,
    bendS: 0,
  };
}

/** Makes them those of other parameters. @internal */
export function resetCoefficients(series: SeriesCoefficients, P: number, S: number): void {
  if (series.P === P && series.S === S) return;
  series.P = P;
  series.S = S;
  series.known = 0;
  series.coefficient = 1;
  series.slopeP = 0;
  series.slopeS = 0;
  series.bendP = 0;
  series.bendS = 0;
}

function addCoefficient(series: SeriesCoefficients): void {
  const { cells, kind, P, S } = series;
  const k = ++series.known;
  const b = P + kind + (k - 1);
  const c = P + S + k;
  const overB = 1 / b;
  const overC = 1 / c;
  // 1 / b - 1 / c without subtraction: b <= c.
  const drop = (S + 1 - kind) * overB * overC;
  series.coefficient *= b * overC;
  series.slopeP += drop;
  series.slopeS -= overC;
  series.bendP -= drop * (overB + overC);
  series.bendS += overC * overC;
  const { coefficient, slopeP, slopeS, bendP, bendS } = series;
  const at = WIDTH * k;
  cells[at] = coefficient;
  cells[at + 1] = coefficient * slopeP;
  cells[at + 2] = coefficient * slopeS;
  cells[at + 3] = coefficient * (slopeP * slopeP + bendP);
  cells[at + 4] = coefficient * (slopeP * slopeS + bendS);
  cells[at + 5] = coefficient * (slopeS * slopeS + bendS);
  cells[at + 6] = coefficient * k * k * (1 + P * slopeP) * (1 + P * slopeP);
}

/** Places of the results of {@link logHypergeometric}: the value and its derivatives. @internal */
export const AT = Object.freeze({ value: 0, P: 1, S: 2, PP: 3, PS: 4, SS: 5, z: 6, Pz: 7, Sz: 8, zz: 9 });

/**
 * ln 2F1(1, P + kind; P + S + 1; z) for z from 0 to {@link SERIES_UP_TO}, with derivatives by P, S and z.
 *
 * @internal
 */
export function logHypergeometric(series: SeriesCoefficients, z: number, out: Float64Array): void {
  const { cells } = series;
  let power = 1;
  let sum = 0;
  let sumP = 0;
  let sumS = 0;
  let sumPP = 0;
  let sumPS = 0;
  let sumSS = 0;
  let sumZ = 0;
  let sumPZ = 0;
  let sumSZ = 0;
  let sumZZ = 0;
  for (let k = 1; k <= MOST; k++) {
    if (k > series.known) addCoefficient(series);
    const at = WIDTH * k;
    const c = power * cells[at];
    const cP = power * cells[at + 1];
    const cS = power * cells[at + 2];
    sum += c;
    sumP += cP;
    sumS += cS;
    sumPP += power * cells[at + 3];
    sumPS += power * cells[at + 4];
    sumSS += power * cells[at + 5];
    sumZ += k * c;
    sumPZ += k * cP;
    sumSZ += k * cS;
    sumZZ += k * (k - 1) * c;
    power *= z;
    if (power * cells[at + 6] < 1e-16) break;
  }
  const whole = 1 / (1 + z * sum);
  const scale = z * whole;
  const byP = scale * sumP;
  const byS = scale * sumS;
  const byZ = whole * sumZ;
  if (z === 0 && series.known < 2) addCoefficient(series);
  const twice = z === 0 ? 2 * cells[2 * WIDTH] : sumZZ / z;
  out[AT.value] = Math.log1p(z * sum);
  out[AT.P] = byP;
  out[AT.S] = byS;
  out[AT.PP] = scale * sumPP - byP * byP;
  out[AT.PS] = scale * sumPS - byP * byS;
  out[AT.SS] = scale * sumSS - byS * byS;
  out[AT.z] = byZ;
  out[AT.Pz] = whole * sumPZ - byP * byZ;
  out[AT.Sz] = whole * sumSZ - byS * byZ;
  out[AT.zz] = whole * twice - byZ * byZ;
}
