import { assertArgument, assertInteger, shown } from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import { safeInteger } from "../../core/safe-integer.js";
import { criticalZ } from "../../statistics/confidence.js";
import { quantile } from "../../statistics/sample-quantile.js";
import type { Deals, DrawnSums } from "./drawn-sums.js";

/** What open opportunities may bring. */
export interface ForecastAmount {
  /** How many there are. */
  readonly opportunities: number;
  /** What they would bring if all were won, minor units. */
  readonly amount: number;
  /** What they bring on average: each amount times its probability, minor units, not rounded. */
  readonly weighted: number;
  /**
   * Standard deviation of what they bring, minor units, when each is won or lost whatever becomes of the others: the root
   * of the sum of amount² x probability x (1 - probability).
   */
  readonly standardDeviation: number;
  /** Between which amounts what they bring lies, minor units, when each goes its own way. */
  readonly interval: Interval;
}

/** How limits of a forecast are found. @internal */
export interface LimitOptions {
  readonly confidenceLevel: number;
  readonly seed: number | null;
  readonly simulations: number;
}

/** Checks seed and number of draws. @internal */
export function limitOptions(
  confidenceLevel: number,
  seed: number | undefined,
  simulations: number | undefined,
): LimitOptions {
  if (seed !== undefined) assertInteger(seed, "options.seed");
  assertArgument(
    simulations === undefined || seed !== undefined,
    "options.simulations",
    () => `options.simulations is ${shown(simulations)} without a seed: pass options.seed too`,
  );
  if (simulations !== undefined) assertInteger(simulations, "options.simulations", 100, 1_000_000);
  return { confidenceLevel, seed: seed ?? null, simulations: simulations ?? 10_000 };
}

/** What one or more groups of deals bring, with limits from the drawn sums or by the normal curve. @internal */
export function forecastAmount(
  groups: readonly { readonly deals: Deals; readonly sums: DrawnSums }[],
  { confidenceLevel, seed, simulations }: LimitOptions,
): ForecastAmount {
  let [opportunities, amount, weighted, variance] = [0, 0, 0, 0];
  const isDrawn = seed !== null && groups.some(({ sums }) => sums !== null);
  const drawn = isDrawn ? new Float64Array(simulations) : null;
  for (const { deals, sums } of groups) {
    const count = deals.amount.length;
    opportunities += count;
    for (let i = 0; i < count; i++) {
      const [value, chance] = [deals.amount[i], deals.probability[i]];
      amount = safeInteger(amount + value, "opportunities", "the sum of the amounts");
      weighted += value * chance;
      variance += value * value * chance * (1 - chance);
    }
    if (drawn !== null && sums !== null) for (let i = 0; i < drawn.length; i++) drawn[i] += sums[i];
  }
  const standardDeviation = Math.sqrt(variance);
  const tail = (1 - confidenceLevel) / 2;
  let limits: readonly [number, number];
  if (drawn === null) {
    const reach = criticalZ(confidenceLevel) * standardDeviation;
    limits = [weighted - reach, weighted + reach];
  } else {
    drawn.sort();
    const limit = (share: number) => quantile(drawn, share, { method: "invertedCdf", sorted: true });
    limits = [limit(tail), limit(1 - tail)];
  }
  // Nobody wins less than nothing or more than there is.
  const interval = { lower: Math.max(0, limits[0]), upper: Math.min(amount, limits[1]), confidenceLevel };
  return { opportunities, amount, weighted, standardDeviation, interval };
}
