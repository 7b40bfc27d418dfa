import { assertArgument, assertOneOf, assertOptions, shown } from "../../core/assert.js";
import { epochMs, type Instant } from "../../core/instant.js";
import { granted, type Refusal, type Result, refused } from "../../core/result.js";
import type { Promotion } from "../../model/promotion.js";
import {
  type PromotionStatus,
  promotionStatuses,
  promotionTransitions,
} from "../../model/promotion-status.js";
import { readAsOf, type SchemeAsOfOptions } from "./known-as-of.js";

/**
 * How does a promotion stand as of an instant?
 *
 * What was decided counts, not the calendar: a promotion whose days have come is not running until somebody says so.
 *
 * @param promotion - The promotion, as `promotionSchema` parses it.
 * @param options - `asOf`: what was decided at or after it is not known yet; `timeZone` of a civil day.
 * @returns Its status; a draft before anything was decided.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when `asOf` is no instant; `UNKNOWN_TIME_ZONE`.
 * @example
 * ```ts
 * import { promotionSchema, promotionStatusAt } from "clientele";
 *
 * const promotion = promotionSchema.parse({
 *   id: "spring",
 *   currency: "EUR",
 *   offer: { kind: "rebate", amount: 200 },
 *   productIds: ["coffee-500"],
 *   startAt: "2025-03-01T00:00:00Z",
 *   endAt: "2025-06-01T00:00:00Z",
 *   history: [{ status: "planned", at: "2025-01-10T00:00:00Z" }],
 * });
 * promotionStatusAt(promotion, { asOf: "2025-01-10" }); // => "draft"
 * promotionStatusAt(promotion, { asOf: "2025-04-01" }); // => "planned"
 * ```
 */
export function promotionStatusAt(promotion: Promotion, options: SchemeAsOfOptions): PromotionStatus {
  assertOptions(promotion, "a Promotion", "promotion");
  const asOf = readAsOf(options);
  return promotion.history.filter(({ at }) => at < asOf).at(-1)?.status ?? "draft";
}

/** Since when it has a status at an instant, decisions of that very instant included; `null` where it never had. @internal */
export function statusSince(promotion: Promotion, status: PromotionStatus, at: number): number | null {
  return promotion.history.find((entry) => entry.status === status && entry.at <= at)?.at ?? null;
}

/** Whether a claim made at an instant may still come in time, by what was decided before it. @internal */
export function takesClaims(promotion: Promotion, asOf: number): boolean {
  const { endAt, claimUntil = endAt } = promotion;
  return asOf < claimUntil && statusSince(promotion, "canceled", asOf - 1) === null;
}

/** A change of a promotion's status. */
export interface PromotionChange {
  /** The status from then on. */
  readonly status: PromotionStatus;
  /** Since when; a civil day begins in UTC. */
  readonly at: Instant;
  /** Why, in your words; absent: not said. */
  readonly reason?: string;
}

/** Why a promotion's status does not change. */
export interface PromotionChangeRefusal extends Refusal {
  /**
   * `transition`: it may not follow; `out_of_order`: it comes before the last change; `nothing_expected`: a plan says what is
   * expected; `outside_window`: it runs from `startAt` to before `endAt`.
   */
  readonly code: "transition" | "out_of_order" | "nothing_expected" | "outside_window";
}

/**
 * May this promotion be planned, started, ended or canceled, and what is its record then?
 *
 * @param promotion - The promotion; it is not changed.
 * @param change - The new status, and since when.
 * @returns The promotion with the change in its history, or why not: see `promotionTransitions`. It may be ended before
 * `endAt`: purchases from then on do not count.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the status is unknown or `at` is no instant.
 * @example
 * ```ts
 * import { changePromotion, promotionSchema } from "clientele";
 *
 * const draft = promotionSchema.parse({
 *   id: "spring",
 *   currency: "EUR",
 *   offer: { kind: "rebate", amount: 200 },
 *   productIds: ["coffee-500"],
 *   startAt: "2025-03-01T00:00:00Z",
 *   endAt: "2025-06-01T00:00:00Z",
 *   expected: { distributed: 10000, redemptionRate: 0.12 },
 * });
 * const planned = changePromotion(draft, { status: "planned", at: "2025-01-10" });
 * const early = planned.ok && changePromotion(planned.value, { status: "running", at: "2025-02-01" });
 * early && !early.ok && early.error.code; // => "outside_window"
 * ```
 */
export function changePromotion(
  promotion: Promotion,
  change: PromotionChange,
): Result<Promotion, PromotionChangeRefusal> {
  assertOptions(promotion, "a Promotion", "promotion");
  assertOptions(change, "{ status, at }", "change");
  const { status, reason } = change;
  assertOneOf(status, "change.status", promotionStatuses);
  assertArgument(
    reason === undefined || (typeof reason === "string" && reason !== ""),
    "change.reason",
    () => `change.reason is ${shown(reason)}: pass text that is not empty, or nothing`,
  );
  const at = epochMs(change.at, "change.at");
  const { status: before, at: since } = promotion.history.at(-1) ?? {
    status: "draft" as const,
    at: Number.NEGATIVE_INFINITY,
  };
  const no = (code: PromotionChangeRefusal["code"], why: string) =>
    refused({ code, message: `promotion ${shown(promotion.id)} ${why}` });
  if (!promotionTransitions[before].includes(status)) {
    return no("transition", `is ${before}, which ${status} may not follow`);
  }
  if (at < since) return no("out_of_order", `is ${before} since a later instant`);
  if (status === "planned" && promotion.expected === undefined) {
    return no("nothing_expected", "does not say what is expected of it");
  }
  if (status === "running" && (at < promotion.startAt || at >= promotion.endAt)) {
    return no("outside_window", "runs from startAt to before endAt");
  }
  const entry = reason === undefined ? { status, at } : { status, at, reason };
  return granted({ ...promotion, history: [...promotion.history, entry] });
}
