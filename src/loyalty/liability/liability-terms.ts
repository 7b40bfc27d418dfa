import {
  assertArgument,
  assertArray,
  assertInRange,
  assertInteger,
  assertOptions,
  shown,
} from "../../core/assert.js";
import { epochMs, type Instant } from "../../core/instant.js";
import type { LiabilityBasis } from "./cohort-liability.js";
import { type CohortTally, sumOf } from "./movement-tally.js";

/** Part of the prices that belongs to the points of one period of issue. */
export interface CohortAllocation {
  /** Name of the period of issue. */
  readonly cohort: string;
  /** What {@link allocateToPoints} allocated to its points in all, minor units. */
  readonly amount: number;
  /** Points that it was allocated to, no fewer than were issued. Default: all that were issued in it by `asOf`. */
  readonly points?: number;
}

/** A likelihood of redemption, from an instant on. */
export interface RedemptionEstimate {
  /** From when on it counts: a period uses the latest estimate before its end. */
  readonly at: Instant;
  /** Share of points that will be redeemed in all, 0 to 1. */
  readonly redemptionRate: number;
  /** Period of issue that it is about. Default: all that have none of their own. */
  readonly cohort?: string;
}

/** What was allocated to each period of issue. @internal */
export function allocationReader(
  allocations: readonly CohortAllocation[],
  breakage: LiabilityBasis["breakage"],
): (cohort: CohortTally) => LiabilityBasis {
  assertArray(allocations, "options.allocations");
  const byCohort = new Map<string, { readonly amount: number; readonly points?: number }>();
  for (const [i, allocation] of allocations.entries()) {
    const path = `options.allocations[${i}]`;
    assertOptions(allocation, "{ cohort, amount }", path);
    const { cohort, amount, points } = allocation;
    assertInteger(amount, `${path}.amount`, 0);
    if (points !== undefined) assertInteger(points, `${path}.points`, 1);
    assertArgument(
      typeof cohort === "string" && !byCohort.has(cohort),
      `${path}.cohort`,
      () => `${path}.cohort is ${shown(cohort)}: pass one allocation for each period of issue, by its name`,
    );
    byCohort.set(cohort, allocation);
  }
  return ({ cohort, before, flows }) => {
    const found = byCohort.get(cohort.label);
    const { issued } = flows.reduce(sumOf, before);
    assertArgument(
      found !== undefined || issued === 0,
      "options.allocations",
      () =>
        `options.allocations has none for the ${issued} points issued in ${cohort.label}: pass { cohort: "${cohort.label}", amount }`,
    );
    const { amount = 0, points = issued } = found ?? {};
    assertArgument(
      points >= issued,
      "options.allocations",
      () =>
        `options.allocations has ${amount} for ${points} points of ${cohort.label}, but ${issued} were issued: pass what was allocated to all of them`,
    );
    return { amount, points, breakage };
  };
}

/** The likelihood that counts for a period of issue just before an instant; `null` none. @internal */
export function estimateReader(
  estimates: readonly RedemptionEstimate[] | undefined,
  breakage: LiabilityBasis["breakage"],
  timeZone: string,
): (cohort: string, until: number) => number | null {
  if (breakage === "whenRemote") {
    assertArgument(
      estimates === undefined,
      "options.estimates",
      () => `options.estimates is given, which breakage "whenRemote" does not use: leave it out`,
    );
    return () => 1;
  }
  assertArray(estimates, "options.estimates");
  const OF_ALL = null;
  const byCohort = new Map<string | null, { readonly at: number; readonly rate: number }[]>();
  for (const [i, estimate] of (estimates as readonly RedemptionEstimate[]).entries()) {
    const path = `options.estimates[${i}]`;
    assertOptions(estimate, "{ at, redemptionRate }", path);
    assertInRange(estimate.redemptionRate, `${path}.redemptionRate`, 0, 1);
    const at = epochMs(estimate.at, `${path}.at`, timeZone);
    assertArgument(
      estimate.cohort === undefined || typeof estimate.cohort === "string",
      `${path}.cohort`,
      () =>
        `${path}.cohort is ${shown(estimate.cohort)}: pass the name of a period of issue, or leave it out`,
    );
    const key = estimate.cohort ?? OF_ALL;
    const list = byCohort.get(key) ?? [];
    assertArgument(
      list.every((other) => other.at !== at),
      `${path}.at`,
      () => `${path}.at is ${shown(estimate.at)}: another estimate has the same instant, pass one of them`,
    );
    list.push({ at, rate: estimate.redemptionRate });
    byCohort.set(key, list);
  }
  for (const list of byCohort.values()) list.sort((a, b) => a.at - b.at);
  const latest = (key: string | null, until: number): number | null => {
    const list = byCohort.get(key) ?? [];
    for (let i = list.length - 1; i >= 0; i--) if (list[i].at < until) return list[i].rate;
    return null;
  };
  return (cohort, until) => latest(cohort, until) ?? latest(OF_ALL, until);
}
