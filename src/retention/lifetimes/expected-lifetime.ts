import { assertArgument, assertArray, assertInRange, assertOptions, shown } from "../../core/assert.js";
import { checkedSurvival, isSurvival, type RetentionCurve } from "../plan/retention-curve.js";

/** What is assumed of the periods after a retention curve. */
export interface ExpectedLifetimeOptions {
  /**
   * `"stop"` (default): nothing, the lifetime is counted up to the end of the curve and no further. `"lastRate"`: the last
   * rate of the curve goes on for ever. A number from 0 to 1: this rate does. For a curve only.
   */
  readonly tail?: "stop" | "lastRate" | number;
}

/** How long customers are expected to stay, and what that rests on. The unit is the period of the rates. */
export interface ExpectedLifetime {
  /** Expected number of periods, the first included, in which everybody is a customer; `null` where it has no end. */
  readonly periods: number | null;
  /** The part of it that the curve covers; 1, the first period, for a constant rate. */
  readonly withinCurve: number;
  /** The part of it after the curve: 0 when counting stops there, `null` where it has no end. */
  readonly afterCurve: number | null;
  /** Share of customers left at the start of each period: 1, then after each rate of the curve. */
  readonly survival: readonly number[];
  /** The rate that is assumed to hold for ever after the curve; `null` when counting stops there. */
  readonly tailRate: number | null;
  /** Why fields are `null` though a rate goes on for ever; `null` where they are not. */
  readonly reason: string | null;
}

/**
 * How many periods does a customer stay, if these retention rates hold?
 *
 * Of **one rate** r it is 1 / (1 - r), the mean of a geometric distribution: right only where every customer leaves with
 * the same chance in every period, the first as the tenth. Real rates rise with tenure, because those who are likely to
 * leave go first, and then the formula with the rate of the first period, or with that of a mixed base, can be far too
 * short (Fader & Hardie 2007). So pass the **curve**, r_1, r_2, ...: the rate from period to period of one cohort. The
 * lifetime is the sum of the survival 1 + r_1 + r_1 r_2 + ...; what comes after the curve is your assumption, `tail`. Where
 * counting stops there, the result is the expected number of periods within as many as the curve covers: a lower limit.
 *
 * @param retention - A retention rate from 0 to 1 that is the same in all periods; the rates from period to period, one or
 * more; or `{ survival }`, the share that is left after 0, 1, 2, ... periods. Not churn: that is 1 less the rate.
 * @param options - `tail`, for a curve.
 * @returns Expected periods, the part within and after the curve, and the survival they come from; `null`, with a reason,
 * where nobody who is left ever leaves.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a rate is not from 0 to 1, a curve is empty, survival does not start at 1
 * or rises, or `tail` is unusable or given with one rate.
 * @example
 * ```ts
 * import { expectedLifetime } from "clientele";
 *
 * expectedLifetime(0.75).periods; // => 4
 * expectedLifetime(1).reason; // => "customers who stay with rate 1 never leave"
 * // A cohort of which 1/2, 1/3, 1/4, 1/5 are left: 1 / (1 - 1/2) = 2 is less than what was already seen.
 * const curve = [1 / 2, 2 / 3, 3 / 4, 4 / 5];
 * expectedLifetime(curve).periods; // ~> 2.283333
 * expectedLifetime(curve, { tail: "lastRate" }).periods; // ~> 3.083333
 * expectedLifetime({ survival: [1, 0.5, 0.25] }).periods; // => 1.75
 * ```
 */
export function expectedLifetime(
  retention: RetentionCurve,
  options: ExpectedLifetimeOptions = {},
): ExpectedLifetime {
  assertOptions(options, "{ tail }");
  const { tail } = options;
  if (isSurvival(retention)) {
    const survival = survivalOf(retention.survival);
    const [before, left] = survival.slice(-2);
    return lifetimeOf(survival, tailRateOf(tail, before > 0 ? left / before : 0));
  }
  if (!Array.isArray(retention)) {
    assertInRange(retention, "retention", 0, 1);
    assertArgument(
      tail === undefined,
      "options.tail",
      () => `options.tail is ${shown(tail)}: one rate has no tail, leave it out or pass a curve`,
    );
    const lifetime = lifetimeOf([1], retention);
    // One division instead of a sum of rounded parts.
    return lifetime.periods === null ? lifetime : { ...lifetime, periods: 1 / (1 - retention) };
  }
  assertArgument(retention.length > 0, "retention", () => "retention is empty: pass one rate or more");
  const survival = [1];
  for (const [i, rate] of retention.entries()) {
    assertInRange(rate, `retention[${i}]`, 0, 1);
    survival.push(survival[i] * rate);
  }
  return lifetimeOf(survival, tailRateOf(tail, retention[retention.length - 1]));
}

function survivalOf(survival: readonly number[]): number[] {
  const path = "retention.survival";
  assertArray(survival, path);
  assertArgument(
    survival.length > 1,
    path,
    () => `${path} has ${survival.length} values: pass 1 and what is left after one period or more`,
  );
  return checkedSurvival(survival, path);
}

function tailRateOf(tail: ExpectedLifetimeOptions["tail"] = "stop", lastRate: number): number | null {
  if (tail === "stop") return null;
  if (tail === "lastRate") return Math.min(1, lastRate);
  assertArgument(
    typeof tail === "number" && tail >= 0 && tail <= 1,
    "options.tail",
    () => `options.tail is ${shown(tail)}: pass "stop", "lastRate" or a rate from 0 to 1`,
  );
  return tail;
}

function lifetimeOf(survival: readonly number[], tailRate: number | null): ExpectedLifetime {
  const withinCurve = survival.reduce((sum, share) => sum + share, 0);
  const left = survival[survival.length - 1];
  const found = { withinCurve, survival, tailRate };
  if (tailRate === 1 && left > 0) {
    return {
      ...found,
      periods: null,
      afterCurve: null,
      reason: "customers who stay with rate 1 never leave",
    };
  }
  // The geometric series left (t + t^2 + ...); with nobody left, 0 whatever t.
  const afterCurve = tailRate === null || left === 0 ? 0 : (left * tailRate) / (1 - tailRate);
  return { ...found, periods: withinCurve + afterCurve, afterCurve, reason: null };
}
