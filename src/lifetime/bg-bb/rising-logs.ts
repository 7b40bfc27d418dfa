/** Sums over j = 0, ..., m - 1 of log(a + j), 1 / (a + j) and 1 / (a + j)^2, at place m. @internal */
export interface RisingLogs {
  /** log Gamma(a + m) - log Gamma(a). */
  readonly log: Float64Array;
  /** Its slope by a. */
  readonly slope: Float64Array;
  /** Minus its curvature by a. */
  readonly curve: Float64Array;
}

/** Up to m = most; no special function, and sums that carry their rounding (Neumaier 1974). @internal */
export function risingLogs(a: number, most: number): RisingLogs {
  const log = new Float64Array(most + 1);
  const slope = new Float64Array(most + 1);
  const curve = new Float64Array(most + 1);
  let sum = 0;
  let lost = 0;
  for (let m = 0; m < most; m++) {
    const term = Math.log(a + m);
    const next = sum + term;
    lost += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum;
    sum = next;
    const share = 1 / (a + m);
    log[m + 1] = sum + lost;
    slope[m + 1] = slope[m] + share;
    curve[m + 1] = curve[m] + share * share;
  }
  return { log, slope, curve };
}
