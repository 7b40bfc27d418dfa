/** How much more (or less, mostly) each year brings than the one before, as a share: r(1+g)/(1+i) - 1. @internal */
export function stepOf(rate: number, growth: number, discountRate: number): number {
  return (rate * (1 + growth) - (1 + discountRate)) / (1 + discountRate);
}

/** 1 + q + q^2 + ... of so many terms, or of all: q - 1 is given, because near 1 the sum depends on it to the last digit. @internal */
export function geometricSum(step: number, terms: number | null): number {
  if (terms === null) return step < 0 ? -1 / step : Number.POSITIVE_INFINITY;
  if (step === 0) return terms;
  return Math.expm1(terms * Math.log1p(step)) / step;
}
