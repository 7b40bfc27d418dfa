import { assertArgument, assertFinite, assertInRange, assertOptions, shown } from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import { type Rate, ratio } from "../../core/rate.js";

/** What {@link ltvToCac} compares; both amounts in one unit of money. */
export interface LtvToCacOptions {
  /** Lifetime value of a customer: of margin, not revenue, and before the cost of acquisition. `null`: not known. */
  readonly lifetimeValue: number | null;
  /** What it costs to win a customer, zero or more; `null`: not known. */
  readonly cac: number | null;
  /** Where the lifetime value plausibly lies, by the model that gave it. */
  readonly lifetimeValueInterval?: Interval | null | undefined;
}

/** Lifetime value for each unit of money that it cost to win a customer. */
export interface LtvToCac {
  /** `lifetimeValue / cac`; `null` when one is not known or CAC is 0. */
  readonly ratio: Rate;
  /** Where it plausibly lies when CAC is taken for certain; `null` without an interval of the value. */
  readonly interval: Interval | null;
  /** `lifetimeValue - cac`: what a customer leaves, in the unit of both; `null` when one is not known. */
  readonly net: number | null;
  /** Where that plausibly lies. */
  readonly netInterval: Interval | null;
}

/**
 * How much lifetime value do we get for what it costs to win a customer?
 *
 * A ratio of 1 pays back and leaves nothing. 3 is often called healthy, which is a rule of thumb of software subscriptions and
 * no law: a ratio far above says as well that more could be spent. The ratio hides size and time: {@link cacPayback} tells
 * when, `net` how much. A lifetime value that has the cost of acquisition taken off already counts it twice here.
 *
 * @param options - `lifetimeValue`, `cac`, `lifetimeValueInterval`.
 * @returns The ratio and the difference, each with its interval.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a number is not finite, CAC is below 0 or an interval is turned.
 * @example
 * ```ts
 * import { ltvToCac } from "clientele";
 *
 * // 80 of margin a month, 2 % leave each month: worth 80 / 0.02.
 * const lifetimeValueInterval = { lower: 3000, upper: 4800, confidenceLevel: 0.95 };
 * const { ratio, interval, net } = ltvToCac({ lifetimeValue: 4000, cac: 1200, lifetimeValueInterval });
 * ratio.value; // ~> 3.33333333
 * interval; // => { lower: 2.5, upper: 4, confidenceLevel: 0.95 }
 * net; // => 2800
 * ```
 */
export function ltvToCac(options: LtvToCacOptions): LtvToCac {
  assertOptions(options, "{ lifetimeValue, cac }");
  const { lifetimeValue, cac, lifetimeValueInterval: limits = null } = options;
  if (lifetimeValue !== null) assertFinite(lifetimeValue, "options.lifetimeValue");
  if (cac !== null) assertInRange(cac, "options.cac", 0, Number.MAX_VALUE);
  if (limits !== null) assertLimits(limits, lifetimeValue);
  if (lifetimeValue === null || cac === null) {
    const reason = lifetimeValue === null ? "lifetimeValue is not known" : "cac is not known";
    return {
      ratio: { value: null, numerator: lifetimeValue ?? 0, denominator: cac ?? 0, reason },
      interval: null,
      net: null,
      netInterval: null,
    };
  }
  const mapped = (of: (value: number) => number): Interval | null =>
    limits && {
      lower: of(limits.lower),
      upper: of(limits.upper),
      confidenceLevel: limits.confidenceLevel,
    };
  return {
    ratio: ratio(lifetimeValue, cac, "cac"),
    interval: cac > 0 ? mapped((value) => value / cac) : null,
    net: lifetimeValue - cac + 0,
    netInterval: mapped((value) => value - cac + 0),
  };
}

function assertLimits(limits: Interval, lifetimeValue: number | null): void {
  const path = "options.lifetimeValueInterval";
  assertOptions(limits, "{ lower, upper, confidenceLevel }, or leave it out", path);
  assertFinite(limits.lower, `${path}.lower`);
  assertFinite(limits.upper, `${path}.upper`);
  assertInRange(limits.confidenceLevel, `${path}.confidenceLevel`, 0, 1);
  assertArgument(
    limits.lower <= limits.upper,
    `${path}.upper`,
    () => `${path}.upper is ${shown(limits.upper)}, below lower ${limits.lower}: swap them`,
  );
  const isWithin = lifetimeValue === null || (limits.lower <= lifetimeValue && lifetimeValue <= limits.upper);
  assertArgument(
    isWithin,
    path,
    () =>
      `${path} is ${limits.lower} to ${limits.upper}, without lifetimeValue, ${lifetimeValue}: pass both of one estimate, in one unit`,
  );
}
