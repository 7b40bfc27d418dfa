import { assertArgument, assertArray, assertInRange, assertInteger } from "../../core/assert.js";
import { SHARE_ROUNDING } from "../../core/share-of-count.js";

/**
 * How customers stay from period to period: one rate for all periods (`0.8`); a rate for each period, the share of those who
 * begin it that stays to its end (`[0.6, 0.75, 0.8]`); or survival, the share of all that is still there after 0, 1, 2 ...
 * periods (`{ survival: [1, 0.6, 0.45, 0.36] }`), as a fitted contract model or `kaplanMeier` gives it.
 */
export type RetentionByPeriod = number | readonly number[] | { readonly survival: readonly number[] };

/** One rate for ever, or who is left after 0 to `periods` periods. @internal */
export type ReadRetention =
  | { readonly rate: number; readonly survival: null; readonly periods: null }
  | { readonly rate: null; readonly survival: readonly number[]; readonly periods: number };

/** Checks a retention and reads rates by period as survival. @internal */
export function readRetention(retention: RetentionByPeriod, path = "options.retention"): ReadRetention {
  if (typeof retention === "object" && retention !== null && "survival" in retention) {
    const survival = checkedSurvival(retention.survival, `${path}.survival`);
    return { rate: null, survival, periods: survival.length - 1 };
  }
  if (typeof retention !== "object") {
    assertInRange(retention, path, 0, 1);
    return { rate: retention, survival: null, periods: null };
  }
  assertArray(retention, path);
  assertArgument(retention.length > 0, path, () => `${path} is empty: pass a rate, or one for each period`);
  const survival = [1];
  for (const [period, rate] of retention.entries()) {
    assertInRange(rate, `${path}[${period}]`, 0, 1);
    survival.push((survival[period] as number) * rate);
  }
  return { rate: null, survival, periods: retention.length };
}

/** How many periods count: what was asked, or all that a list covers; `null` for no end. @internal */
export function horizonOf(asked: number | undefined, { periods }: ReadRetention): number | null {
  if (asked === undefined) return periods;
  assertInteger(asked, "options.horizon", 1, MOST_PERIODS);
  assertArgument(
    periods === null || asked <= periods,
    "options.horizon",
    () =>
      `options.horizon is ${asked} and options.retention covers ${periods} periods: pass a shorter horizon or a longer list`,
  );
  return asked;
}

/** Two thousand years of weeks: far beyond any customer, and a mistaken 1e9 takes no minutes. @internal */
export const MOST_PERIODS = 100_000;

function checkedSurvival(survival: unknown, path: string): readonly number[] {
  assertArray(survival, path);
  assertArgument(
    survival.length > 1,
    path,
    () => `${path} has ${survival.length} values: pass the share after 0, 1, 2 ... periods`,
  );
  let before = 1;
  for (const [period, left] of survival.entries()) {
    const most = before * (1 + SHARE_ROUNDING);
    assertInRange(left, `${path}[${period}]`, 0, period === 0 ? 1 : most);
    assertArgument(
      period > 0 || left === 1,
      `${path}[0]`,
      () => `${path}[0] is ${left}: pass 1, everyone is there at the start`,
    );
    before = left;
  }
  return survival as readonly number[];
}
