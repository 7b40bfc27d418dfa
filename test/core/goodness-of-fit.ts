// Tests of fit at the 0.1 % level. Seeds are fixed, so that a failure is a change of the code, not of luck.

/** Kolmogorov-Smirnov: the largest distance of the sample's distribution from the cdf, and its critical value. */
export function kolmogorovSmirnov(
  sample: readonly number[],
  cdf: (x: number) => number,
): { distance: number; critical: number } {
  const sorted = [...sample].sort((a, b) => a - b);
  let distance = 0;
  sorted.forEach((x, index) => {
    const p = cdf(x);
    distance = Math.max(distance, p - index / sorted.length, (index + 1) / sorted.length - p);
  });
  // Asymptotic: sqrt(-ln(alpha / 2) / 2) / sqrt(n) with alpha = 0.001.
  return { distance, critical: Math.sqrt(-Math.log(0.0005) / 2 / sample.length) };
}

/** Pearson's chi-square of counts against probabilities of 0, 1, 2, ...; cells of less than 10 expected are joined. */
export function chiSquareFit(
  sample: readonly number[],
  pmf: (k: number) => number,
): { statistic: number; critical: number } {
  const counts = new Map<number, number>();
  for (const value of sample) counts.set(value, (counts.get(value) ?? 0) + 1);
  const largest = sample.reduce((most, value) => Math.max(most, value), 0);
  const cells: { observed: number; expected: number }[] = [];
  let observed = 0;
  let expected = 0;
  let seen = 0;
  let cumulated = 0;
  for (let k = 0; k <= largest; k++) {
    observed += counts.get(k) ?? 0;
    expected += sample.length * pmf(k);
    seen += counts.get(k) ?? 0;
    cumulated += sample.length * pmf(k);
    if (expected >= 10 && sample.length - cumulated >= 10) {
      cells.push({ observed, expected });
      observed = 0;
      expected = 0;
    }
  }
  // The last cell takes all that is left, beyond the largest draw too; draws that are not whole fall in it.
  cells.push({ observed: observed + sample.length - seen, expected: expected + sample.length - cumulated });
  const statistic = cells.reduce(
    (sum, cell) => sum + (cell.observed - cell.expected) ** 2 / cell.expected,
    0,
  );
  const df = cells.length - 1;
  // Wilson and Hilferty (1931) with the 99.9 % quantile of the normal distribution, 3.0902.
  return { statistic, critical: df * (1 - 2 / (9 * df) + 3.0902 * Math.sqrt(2 / (9 * df))) ** 3 };
}

export function mean(sample: readonly number[]): number {
  return sample.reduce((sum, value) => sum + value, 0) / sample.length;
}

export function variance(sample: readonly number[]): number {
  const center = mean(sample);
  return sample.reduce((sum, value) => sum + (value - center) ** 2, 0) / (sample.length - 1);
}

/** The normal cdf by the series of Marsaglia (2004, "Evaluating the normal distribution"), good to 1e-14 for |x| < 7. */
export function normalCdf(x: number): number {
  let term = x;
  let sum = x;
  for (let k = 3; Math.abs(term) > 1e-18 && k < 400; k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}
