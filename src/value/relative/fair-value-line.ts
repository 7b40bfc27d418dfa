/** Which quality customers get for a price, where they get what they pay for. */
export interface FairValueLine {
  /** Drawn by the weights, or fitted over the competitors. */
  readonly kind: "weights" | "fitted";
  /** Relative quality for each unit of relative price; `null` where no line can be fitted. */
  readonly slope: number | null;
  /** Relative quality at a price of 0; `null` where no line can be fitted. */
  readonly intercept: number | null;
  /** Number of competitors that it is fitted over; `null` for a line by weights. */
  readonly n: number | null;
  /** Share of the spread of quality that it explains; `null` for a line by weights, without a line, and where quality does not vary. */
  readonly rSquared: number | null;
  /** Why there is no line; `null` where there is one. */
  readonly reason: string | null;
}

interface Place {
  readonly relativePrice: number;
  readonly relativeQuality: number;
}

/** The line through (1, 1) with this slope, or without one the least squares line of quality on price. @internal */
export function fairValueLine(slope: number | null, competitors: readonly Place[]): FairValueLine {
  if (slope !== null)
    return { kind: "weights", slope, intercept: 1 - slope, n: null, rSquared: null, reason: null };
  const n = competitors.length;
  const none = (reason: string): FairValueLine => ({
    kind: "fitted",
    slope: null,
    intercept: null,
    n,
    rSquared: null,
    reason,
  });
  if (n < 3) return none(`${n} ${n === 1 ? "competitor" : "competitors"}: a fitted line needs three`);
  const mean = (of: (place: Place) => number): number =>
    competitors.reduce((sum, place) => sum + of(place), 0) / n;
  const price = mean(({ relativePrice }) => relativePrice);
  const quality = mean(({ relativeQuality }) => relativeQuality);
  const spread = mean(({ relativePrice }) => (relativePrice - price) ** 2);
  // Equal prices differ by the rounding of their mean.
  if (spread <= 1e-24 * price ** 2) return none("all competitors have the same price");
  const shared = mean((place) => (place.relativePrice - price) * (place.relativeQuality - quality));
  const upwards = mean(({ relativeQuality }) => (relativeQuality - quality) ** 2);
  const fitted = shared / spread;
  return {
    kind: "fitted",
    slope: fitted,
    intercept: quality - fitted * price,
    n,
    rSquared: upwards > 1e-24 * quality ** 2 ? Math.min(1, shared ** 2 / (spread * upwards)) : null,
    reason: null,
  };
}
