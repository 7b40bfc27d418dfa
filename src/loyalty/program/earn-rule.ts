import type { Duration } from "../../core/duration.js";
import type { PeriodUnit } from "../../core/period.js";
import type { PointExpiry } from "./expiry-rule.js";

/** What one rule gives, to whom and for what. */
export interface EarnRule {
  /** Id, kept in the events of what it gave. */
  readonly id: string;
  /** Name for people. */
  readonly name?: string;
  /** Type of point that it gives; default the first spendable one. */
  readonly pointType?: string;
  /** Points, or a multiplier of what the other rules gave. */
  readonly award: EarnAward;
  /** When it applies; absent: always. */
  readonly when?: EarnCondition;
  /** Most that it gives. */
  readonly caps?: readonly EarnCap[];
  /** Rules are tried from the highest priority down, then in their order; default 0. */
  readonly priority?: number;
  /**
   * `add` (default): beside all others. `exclusive`: no later rule of the same `group` gives anything to what this one
   * gave to. `best`: of the rules of the same `group` that are so marked, only the one that gives
   * most. Rules that give points and multipliers exclude and compete with their own kind only.
   */
  readonly stacking?: "add" | "exclusive" | "best";
  /** Rules of one point type that exclude each other; default all of them that name no group. */
  readonly group?: string;
  /** Waiting time of its points; default the point type's. */
  readonly pendingFor?: Duration;
  /** Lapse of its points; default the point type's. */
  readonly expiry?: PointExpiry;
}

/**
 * How many points.
 *
 * | per | points |
 * |---|---|
 * | `amount` | `points` for each whole `amount` (minor units) of the lines that qualify, or in proportion with `partial: true` |
 * | `unit` | `points` for each unit of the lines that qualify |
 * | `order` | `points` once for an order |
 * | `visit` | `points` once for a command that is a visit, with or without lines |
 * | `event` | `points` once for a command that names the `event` (signup, review, survey) |
 * | `multiplier` | `factor` times (at most 4 decimals) what amounts, units and orders gave to the same lines, less that itself |
 *
 * A multiplier acts on rules of its own or a lower priority, and on multipliers of a lower one: two of one priority add up
 * (two and three times make four times), of different ones they compound (six times). Fractions are dropped once, after all
 * multipliers.
 */
export type EarnAward =
  | { readonly per: "amount"; readonly points: number; readonly amount: number; readonly partial?: boolean }
  | { readonly per: "unit"; readonly points: number }
  | { readonly per: "order"; readonly points: number }
  | { readonly per: "visit"; readonly points: number }
  | { readonly per: "event"; readonly event: string; readonly points: number }
  | { readonly per: "multiplier"; readonly factor: number };

/** When a rule applies: everything named must hold. */
export interface EarnCondition {
  /** Lines of these categories only. */
  readonly categories?: readonly string[];
  /** Not lines of these categories. */
  readonly notCategories?: readonly string[];
  /** Lines of these products only. */
  readonly products?: readonly string[];
  /** Not lines of these products. */
  readonly notProducts?: readonly string[];
  /** The command's channel is one of these. */
  readonly channels?: readonly string[];
  /** The member is in one of these segments. */
  readonly segments?: readonly string[];
  /** The member's tier at the start of the order is one of these. */
  readonly tiers?: readonly string[];
  /** The lines that qualify come to at least this, minor units. */
  readonly minimumAmount?: number;
  /** The lines that qualify hold at least so many units. */
  readonly minimumQuantity?: number;
  /** From the start of this civil day (or from this instant). */
  readonly from?: string;
  /** Until before this civil day (or this instant). */
  readonly until?: string;
  /** Local days of the week: 0 Sunday to 6 Saturday; after midnight it is the next day, within `hours` too. */
  readonly weekdays?: readonly number[];
  /** Local time of day, `"HH:MM"`, half-open; may pass midnight. */
  readonly hours?: { readonly from: string; readonly until: string };
  /** The member's first earning order. */
  readonly firstPurchase?: true;
  /** Around the member's birthday; once in the year of each. */
  readonly birthday?: BirthdayCondition;
}

/** The birthday's day, its week or its month; who was born on 29 February has the birthday of other years by `leapDay`. */
export interface BirthdayCondition {
  /** How wide the birthday is. */
  readonly within: "day" | "week" | "month";
  /** The birthday of 29 February in a year that has none; default `"feb28"`. */
  readonly leapDay?: "feb28" | "mar1";
}

/** Most points of one rule, for each order or in each local period. */
export interface EarnCap {
  /** Most points. */
  readonly points: number;
  /** In what. */
  readonly per: "order" | PeriodUnit | "ever";
  /**
   * Whether it bounds the rule's own points, or those with what levels and multipliers add to them; of a multiplier, what it
   * adds: `"beforeMultiplier"`.
   */
  readonly binds: "beforeMultiplier" | "afterMultiplier";
}
