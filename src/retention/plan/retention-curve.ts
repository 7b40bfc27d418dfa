import { assertArgument, assertInRange, assertInteger, shown } from "../../core/assert.js";
import { SHARE_ROUNDING } from "../../core/share-of-count.js";

/**
 * How customers stay from year to year: one rate for all years (`0.8`); a rate for each year, r_1 to r_T, the share of
 * those who begin the year that stays to its end (`[0.6, 0.75, 0.8]`); or survival, the share of all customers that is
 * still there after 0 to T years (`{ survival: [1, 0.6, 0.45, 0.36] }`).
 */
export type RetentionCurve = number | readonly number[] | { readonly survival: readonly number[] };

/** Whose profit counts in a year: that of all who begin it, or only that of those who stay to its end. */
export type SurvivorsAt = "begin" | "end";

/** What is left of the customers after 0 to `horizon` years: s_0 = 1 to s_T. @internal */
export function survivalOf(curve: RetentionCurve, horizon: number, path: string): number[] {
  const survival = isSurvival(curve) ? survivalOfYears(curve.survival, horizon, `${path}.survival`) : [1];
  if (!isSurvival(curve)) {
    for (const rate of ratesOf(curve, horizon, path)) survival.push((survival.at(-1) ?? 1) * rate);
  }
  return survival;
}

/** The rate of each year, r_1 to r_T; survival says none of a year that nobody begins, which is refused. @internal */
export function ratesOf(curve: RetentionCurve, horizon: number, path: string): number[] {
  if (typeof curve === "number") {
    assertInRange(curve, path, 0, 1);
    return new Array<number>(horizon).fill(curve);
  }
  if (isSurvival(curve)) {
    const survival = survivalOfYears(curve.survival, horizon, `${path}.survival`);
    return survival.slice(1).map((left, year) => {
      assertArgument(
        survival[year] > 0,
        `${path}.survival[${year}]`,
        () =>
          `${path}.survival[${year}] is 0, nobody begins year ${year + 1}: pass a rate for each year instead`,
      );
      return left / survival[year];
    });
  }
  assertArgument(
    Array.isArray(curve),
    path,
    () => `${path} is ${shown(curve)}: pass a rate, a rate for each year, or { survival }`,
  );
  assertYears(curve, horizon, path, "a rate for each year of options.horizon");
  for (const [year, rate] of curve.entries()) assertInRange(rate, `${path}[${year}]`, 0, 1);
  return [...curve];
}

/** A rate with some points more; a sum that rounding alone takes out of 0 to 1 is brought back. @internal */
export function liftedRate(
  rate: number,
  {
    uplift,
    ratesAboveOne,
  }: { readonly uplift: number; readonly ratesAboveOne?: "refuse" | "cap" | undefined },
  path: string,
): { readonly after: number; readonly isCapped: boolean } {
  const sum = rate + uplift;
  const isAbove = sum > 1 + SHARE_ROUNDING;
  const isCapped = isAbove && ratesAboveOne === "cap";
  assertArgument(
    sum >= -SHARE_ROUNDING && (!isAbove || isCapped),
    "options.uplift",
    () =>
      `options.uplift is ${uplift}: ${path} ${rate} and the uplift give ${sum}, pass what keeps the rate from 0 to 1 (0.05 is 5 points)${isAbove ? ', or ratesAboveOne: "cap"' : ""}`,
  );
  return { after: Math.min(1, Math.max(0, sum)), isCapped };
}

/** Throws unless the horizon is a number of years that can be listed. @internal */
export function assertHorizon(horizon: unknown): asserts horizon is number {
  assertInteger(horizon, "options.horizon", 1, MOST_YEARS);
}

/** Throws unless a list has one value for each year. @internal */
export function assertYears(list: readonly unknown[], years: number, path: string, what: string): void {
  assertArgument(
    list.length === years,
    path,
    () => `${path} has ${list.length} values: pass ${what}, ${years}`,
  );
}

/** Ten centuries: far beyond any customer, and a mistaken 1e9 fills no memory. */
const MOST_YEARS = 1000;

/** Whether a curve is given as survival. @internal */
export function isSurvival(curve: unknown): curve is { readonly survival: readonly number[] } {
  return typeof curve === "object" && curve !== null && "survival" in curve;
}

function survivalOfYears(survival: readonly number[], horizon: number, path: string): number[] {
  assertArgument(Array.isArray(survival), path, () => `${path} is ${shown(survival)}: pass an array`);
  assertYears(survival, horizon + 1, path, "the share after 0 to options.horizon years");
  return checkedSurvival(survival, path);
}

/** Survival that starts at 1 and never rises. @internal */
export function checkedSurvival(survival: readonly number[], path: string): number[] {
  for (const [year, left] of survival.entries()) {
    const before = year === 0 ? 1 : survival[year - 1];
    const isFirst = year === 0;
    assertArgument(
      isFirst ? left === 1 : Number.isFinite(left) && left >= 0 && left <= before * (1 + SHARE_ROUNDING),
      `${path}[${year}]`,
      () =>
        `${path}[${year}] is ${shown(left)}: pass ${isFirst ? "1, everyone is there at the start" : `a share from 0 to ${before}, that of the period before`}`,
    );
  }
  return [...survival];
}
