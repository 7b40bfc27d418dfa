import { assertArgument, assertArray, assertOptions, shown } from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import { roundingOf } from "../../core/kpi.js";
import { type Rate, ratio } from "../../core/rate.js";
import { assertNoFaults, noFaults, noteFault } from "../../core/row-faults.js";
import { type Table, table } from "../../core/table.js";
import { type ConfidenceOptions, confidenceLevelOf } from "../../statistics/confidence.js";
import { meanEstimate } from "../../statistics/scales/mean-estimate.js";
import { ANY_ANSWER } from "../../statistics/scales/scale-answers.js";

/** What was expected and what was got, on one scale: an item, or a respondent's answer to it. */
export interface ExpectationOutcome {
  /** What was got; `null`: not answered. */
  readonly performance: number | null;
  /** What was expected; `null`: not answered. */
  readonly expectation: number | null;
  /** The lowest level that would still do; absent: the expectation less the tolerance. */
  readonly adequate?: number | null | undefined;
  /** The level hoped for; absent: the expectation and the tolerance. */
  readonly desired?: number | null | undefined;
}

/** Whether what was got lies above the zone of tolerance, inside it (edges included) or below. */
export type ExpectationState = "exceeded" | "met" | "failed";

/** How wide the zone of tolerance is, and how sure the interval. */
export interface DisconfirmationOptions extends ConfidenceOptions {
  /** How far from the expectation still counts as met, in scale units, 0 or more; one number for both sides. Default 0. */
  readonly tolerance?: number | { readonly below: number; readonly above: number } | undefined;
}

/** Columns of the outcomes: a row for each of the input. */
export interface ExpectationStateColumns {
  /** Performance less expectation, in scale units; `null` where one is. */
  readonly gap: readonly (number | null)[];
  /** Against the zone of tolerance; `null` where the gap is. */
  readonly state: readonly (ExpectationState | null)[];
}

/** Expectations against what was got. */
export interface Disconfirmation {
  /** By row of the input. */
  readonly outcomes: Table<ExpectationStateColumns>;
  /** How many rows have both numbers. */
  readonly n: number;
  /** How many lack one. */
  readonly missing: number;
  /** Mean gap, in scale units: above 0 is positive disconfirmation; `null` without rows. */
  readonly meanGap: number | null;
  /** Of the mean gap, by Student's t, rows taken as independent; `null` with fewer than 2. */
  readonly interval: Interval | null;
  /** Share of the rows above the zone. */
  readonly exceeded: Rate;
  /** Share inside. */
  readonly met: Rate;
  /** Share below. */
  readonly failed: Rate;
}

/**
 * Did we exceed, meet or fail what customers expected?
 *
 * Disconfirmation is performance less expectation (Oliver 1980). Between the adequate and the desired level lies a zone of
 * tolerance in which nobody is surprised (Zeithaml, Berry & Parasuraman 1993): give both levels, or a tolerance around the
 * expectation. The edges are inside.
 *
 * @param outcomes - Performance and expectation on one scale, one row for each item or answer.
 * @param options - `tolerance`, `confidenceLevel`.
 * @returns Gap and state by row, the mean gap with its interval, and the share of each state.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a number is not finite or beyond 1e100, or adequate, expectation and
 * desired are not in ascending order; `INVALID_ARGUMENT` when the tolerance is negative.
 * @example
 * ```ts
 * import { disconfirmation } from "clientele";
 *
 * const items = [
 *   { performance: 6, expectation: 5 },
 *   { performance: 4, expectation: 6 },
 *   { performance: 5, expectation: 5 },
 * ];
 * const { outcomes, meanGap } = disconfirmation(items);
 * outcomes.columns.gap; // => [1, -2, 0]
 * outcomes.columns.state; // => ["exceeded", "failed", "met"]
 * meanGap; // ~> -0.3333333333333333
 * disconfirmation(items, { tolerance: 1 }).met.value; // ~> 0.6666666666666666
 * ```
 */
export function disconfirmation(
  outcomes: readonly ExpectationOutcome[],
  options: DisconfirmationOptions = {},
): Disconfirmation {
  assertArray(outcomes, "outcomes");
  assertOptions(options);
  const tolerance = toleranceOf(options.tolerance ?? 0);
  const confidenceLevel = confidenceLevelOf(options);
  assertOutcomes(outcomes);
  const gap = outcomes.map(({ performance, expectation }) =>
    performance === null || expectation === null ? null : performance - expectation,
  );
  const state = outcomes.map((outcome) => stateOf(outcome, tolerance));
  const count = (wanted: ExpectationState) =>
    state.reduce((sum, found) => sum + (found === wanted ? 1 : 0), 0);
  const [exceeded, met, failed] = [count("exceeded"), count("met"), count("failed")];
  const { n, mean, interval } = meanEstimate(gap, confidenceLevel);
  const share = (number: number) => ratio(number, n, "rows with both numbers");
  return {
    outcomes: table<ExpectationStateColumns>({ gap, state }),
    n,
    missing: outcomes.length - n,
    meanGap: mean,
    interval,
    exceeded: share(exceeded),
    met: share(met),
    failed: share(failed),
  };
}

interface Tolerance {
  readonly below: number;
  readonly above: number;
}

function toleranceOf(tolerance: number | Tolerance): Tolerance {
  const both =
    typeof tolerance === "object" && tolerance !== null ? tolerance : { below: tolerance, above: tolerance };
  for (const width of [both.below, both.above])
    assertArgument(
      Number.isFinite(width) && width >= 0,
      "options.tolerance",
      () => `options.tolerance is ${shown(width)}: pass a finite number of 0 or more, or { below, above }`,
    );
  return both;
}

function stateOf(
  { performance, expectation, adequate, desired }: ExpectationOutcome,
  { below, above }: Tolerance,
): ExpectationState | null {
  if (performance === null || expectation === null) return null;
  const lower = adequate ?? expectation - below;
  const upper = desired ?? expectation + above;
  if (performance >= lower && performance <= upper) return "met";
  // 5.1 - 5 is more than 0.1 by rounding alone.
  const slack = roundingOf(performance, lower, upper);
  return performance > upper + slack ? "exceeded" : performance < lower - slack ? "failed" : "met";
}

function assertOutcomes(outcomes: readonly unknown[]): void {
  const faults = noFaults();
  const note = (row: number, field: string, reason: string, value: unknown) =>
    noteFault(faults, { row, field, reason, value });
  const check = (row: number, field: string, value: unknown) => {
    if (typeof value === "number" && Math.abs(value) <= ANY_ANSWER.max) return;
    const reason = Number.isFinite(value)
      ? `is further from 0 than ${ANY_ANSWER.max}: pass a larger unit`
      : "is not a finite number; pass null where there is no answer";
    note(row, field, reason, value);
  };
  for (let row = 0; row < outcomes.length; row++) {
    const { performance, expectation, adequate, desired } = Object(outcomes[row]) as ExpectationOutcome;
    if (performance !== null) check(row, "performance", performance);
    if (expectation !== null) check(row, "expectation", expectation);
    if (adequate !== null && adequate !== undefined) check(row, "adequate", adequate);
    if (desired !== null && desired !== undefined) check(row, "desired", desired);
    if (expectation === null) continue;
    if ((adequate ?? expectation) > expectation)
      note(row, "adequate", `is above the expectation, ${expectation}`, adequate);
    if ((desired ?? expectation) < expectation)
      note(row, "desired", `is below the expectation, ${expectation}`, desired);
  }
  assertNoFaults(faults, "outcomes");
}
