import type { ExactSum } from "./exact-sum.js";
import type { EventRule } from "./rule.js";
import type { ValueTimes } from "./value-times.js";

/** Totals as plain data: a number, a sum in parts, when values came, or what was counted by period. @internal */
export type SavedTotals = SavedNumber | SumState | ValueTimes | PeriodState | SequenceState;

/** A number as JSON keeps it: text where it is not finite. @internal */
export type SavedNumber = number | string;

/** @internal */
export interface SumState {
  readonly count: number;
  readonly sum: ExactSum;
}

/** @internal */
export interface PeriodState {
  /** Events by period up to the minimum, several in one number: see {@link packing}. */
  readonly periods: readonly number[];
}

/** Where a sequence ends that holds, epoch milliseconds; `null`: none does. @internal */
export interface SequenceState {
  readonly ending: number | null;
}

/** @internal */
export function savedNumber(value: number): SavedNumber {
  return Number.isFinite(value) ? value : String(value);
}

/**
 * Counts up to a minimum lie side by side as digits of one number, so that many periods are little to copy and to keep.
 *
 * @internal
 */
export function packing(minimum: number): { readonly perNumber: number; readonly base: number } {
  const digits = Math.ceil(Math.log2(minimum + 1));
  // No more than engines keep as small integers.
  return { perNumber: Math.max(1, Math.floor(30 / digits)), base: 2 ** digits };
}

/** @internal */
export function packedLength(periods: number, minimum: number): number {
  return Math.ceil(periods / packing(minimum).perNumber);
}

/**
 * Whether totals from elsewhere, a database say, are such as the operator of a rule saves, where conditions share none.
 *
 * @internal
 */
export function savedTotalsCheck(rule: EventRule): (saved: unknown) => saved is SavedTotals {
  return checkOf(rule) as (saved: unknown) => saved is SavedTotals;
}

type Check = (saved: unknown) => boolean;

function checkOf(rule: EventRule): Check {
  switch (rule.op) {
    case "sum":
    case "average":
      return (saved) => isObject<SumState>(saved) && isCount(saved.count) && isExactSum(saved.sum);
    case "min":
    case "max":
    case "first":
    case "last":
      return isSavedNumber;
    case "sequence":
      return (saved) =>
        isObject<SequenceState>(saved) && (saved.ending === null || Number.isFinite(saved.ending));
    default:
      return isCount;
  }
}

/** @internal */
export function isObject<State>(saved: unknown): saved is { readonly [Name in keyof State]?: unknown } {
  return typeof saved === "object" && saved !== null;
}

/** @internal */
export function isSavedNumber(value: unknown): value is SavedNumber {
  return typeof value === "number" || value === "NaN" || value === "Infinity" || value === "-Infinity";
}

/** @internal */
export function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isExactSum(value: unknown): boolean {
  if (!isObject<ExactSum>(value)) return false;
  return areFinite(value.parts) && areFinite(value.huge) && value.beyond !== undefined;
}

// Loops, since they run for each condition at each event: every() calls a function for each number.

function areFinite(list: unknown): boolean {
  if (!Array.isArray(list)) return false;
  for (let i = 0; i < list.length; i++) if (!Number.isFinite(list[i])) return false;
  return true;
}

/** @internal */
export function isCounts(value: unknown, length: number): boolean {
  if (!Array.isArray(value) || value.length !== length) return false;
  for (let i = 0; i < length; i++) if (!isCount(value[i])) return false;
  return true;
}
