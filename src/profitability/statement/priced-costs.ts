import { multiplyInteger } from "../../core/multiply-money.js";
import { decimalScale } from "./decimal-scale.js";

/** What a cost is in money: whole minor units, and what the exact amount has beside them. @internal */
export interface PricedCost {
  readonly amount: number;
  /** A fraction of a minor unit, above or below 0. */
  readonly owed: number;
}

/** @internal */
export interface GivenCost {
  readonly amount?: number | null | undefined;
  readonly unroundedAmount?: number | null | undefined;
  readonly hours?: number | null | undefined;
}

/** Rounded half to even; the caller has checked what is given. @internal */
export function pricedCost(
  { amount, unroundedAmount, hours }: GivenCost,
  hourlyRate: number | undefined,
): PricedCost {
  const given = amount ?? 0;
  const owed = (unroundedAmount ?? given) - given;
  if (!hours || !hourlyRate) return { amount: given, owed };
  const whole = multiplyInteger(hourlyRate, hours);
  return { amount: given + whole, owed: owed + fractionOf(hourlyRate, hours, whole) };
}

/** What the exact price has beside its whole units. */
function fractionOf(hourlyRate: number, hours: number, whole: number): number {
  const scale = decimalScale([hours]) ?? 1;
  const exact = hourlyRate * Math.round(hours * scale);
  const isWhole = Number.isSafeInteger(exact) && Math.round(hours * scale) / scale === hours;
  return isWhole ? (exact - whole * scale) / scale : hourlyRate * hours - whole;
}

/** Why an unrounded amount is not that of its whole one; `null` where it is. @internal */
export function unroundedProblem({ amount, unroundedAmount }: GivenCost): string | null {
  if (unroundedAmount === undefined || unroundedAmount === null) return null;
  if (!Number.isFinite(unroundedAmount)) return "is not a finite number of minor units";
  // The amount itself may have a few digits less after the point than a fraction has.
  const dust = 1e-6 + 4 * Number.EPSILON * Math.abs(unroundedAmount);
  return Math.abs(unroundedAmount - (amount ?? 0)) <= 1 + dust
    ? null
    : "is more than a minor unit away from amount";
}
