import type { Duration } from "../../core/duration.js";
import type { PeriodUnit } from "../../core/period.js";

/**
 * When points lapse.
 *
 * Lengths are added once to the instant from which they count, in the programme's zone; the end is moved up to the end
 * of its day, month ... where `roundUpTo` says so; then `grace` is added. Points count while `activeAt <= t < expiresAt`.
 *
 * | kind | lapses |
 * |---|---|
 * | `fixedDate` | at the start of the civil day `on` |
 * | `afterEarn` | `after` the instant of earning (of activation with `from: "activation"`) |
 * | `afterActivity` | all points of the type together, `after` the last earn or redemption, and not before `after` from `since` |
 * | `periodEnd` | at the end of the period in which they were earned, or `periods` later |
 */
export type PointExpiry =
  | { readonly kind: "fixedDate"; readonly on: string; readonly grace?: Duration }
  | {
      readonly kind: "afterEarn";
      readonly after: Duration;
      readonly from?: "earn" | "activation";
      readonly roundUpTo?: PeriodUnit;
      readonly grace?: Duration;
    }
  | {
      readonly kind: "afterActivity";
      readonly after: Duration;
      readonly since?: string;
      readonly roundUpTo?: PeriodUnit;
      readonly grace?: Duration;
    }
  | {
      readonly kind: "periodEnd";
      readonly period: PeriodUnit;
      readonly periods?: number;
      readonly grace?: Duration;
    };
