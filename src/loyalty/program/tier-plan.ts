import type { Duration } from "../../core/duration.js";

/** Levels of membership: what lifts a member, for how long, and what becomes of those who fall short. */
export interface TierPlan {
  /** Levels from the lowest up, thresholds ascending. A lowest level with threshold 0 is everybody's. */
  readonly levels: readonly TierLevel[];
  /** What is counted against the thresholds: points earned of a type, points at hand of it, minor units spent, visits, or orders. */
  readonly measure:
    | { readonly kind: "points"; readonly pointType: string }
    | { readonly kind: "balance"; readonly pointType: string }
    | { readonly kind: "spend" }
    | { readonly kind: "visits" }
    | { readonly kind: "orders" };
  /** Over which time it is counted. */
  readonly period: TierPeriod;
  /**
   * What becomes of those who fall short: at the end of their term they fall by one, or to what the count gives, or never;
   * `atOnce`: they fall to what the count gives as soon as it falls. With period `ever`, `none` or `atOnce`. A level that was
   * won with `none` has no end, and keeps none when the plan changes.
   */
  readonly downgrade: "oneDown" | "byBalance" | "none" | "atOnce";
  /** Time after the end of a term in which the level is kept and can still be earned; absent: none. Not where no level is lost. */
  readonly grace?: Duration;
  /** Which level's benefits an order earns with that lifts the member: of its start, split at the threshold, of its end; default `start`. */
  readonly levelOfOrder?: "start" | "split" | "after";
}

/** One level. */
export interface TierLevel {
  /** Id in conditions and events. */
  readonly id: string;
  /** Name for people. */
  readonly name?: string;
  /** Count from which on a member has it (at least, not above). */
  readonly threshold: number;
  /** Times the points of amounts, units and orders, at most 4 decimals; default 1. */
  readonly multiplier?: number;
}

/**
 * The time over which qualifying activity is counted.
 *
 * `calendar`: the calendar year, half-year, quarter or month; a level lasts to the end of the next one after it was won
 * (`lasts: "periodEnd"`: to the end of the same). `anniversary`: years from the day of enrolment, in the same way.
 * `rolling`: the time up to now; a level is looked at again when it was held for that time. `ever`: all time; a level
 * lasts for good. With downgrade `none` it does so over every period.
 */
export type TierPeriod =
  | {
      readonly kind: "calendar";
      readonly unit: "month" | "quarter" | "halfYear" | "year";
      readonly lasts?: "periodEnd" | "nextPeriodEnd";
    }
  | { readonly kind: "anniversary"; readonly lasts?: "periodEnd" | "nextPeriodEnd" }
  | { readonly kind: "rolling"; readonly length: Duration }
  | { readonly kind: "ever" };
