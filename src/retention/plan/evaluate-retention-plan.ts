import { assertArgument, assertFinite, assertInRange, assertOptions } from "../../core/assert.js";
import { assertCivilDay, type CivilDay, dayNumber } from "../../core/civil-day.js";
import { epochMs, type Instant } from "../../core/instant.js";
import {
  evaluateKpisAt,
  type Kpi,
  type KpiActuals,
  type KpiEvaluation,
  type KpiOutcome,
  roundingOf,
} from "../../core/kpi.js";
import { type Rate, ratio } from "../../core/rate.js";
import { assertTimeZone, begunDayReader } from "../../core/time-zone.js";

/** What a plan is to achieve; the `objective` of a `RetentionPlan` fits. */
export interface PlanObjective {
  /** Which measure, in your words. */
  readonly metric: string;
  /** Where it stood when the plan began. */
  readonly from: number;
  /** Where it is to be: above `from` to go up, below to go down. */
  readonly to: number;
  /** By the end of which civil day. */
  readonly by: CivilDay;
  /** How far short of `to` still counts as met, in the measure's own unit, zero or more; default 0. */
  readonly tolerance?: number | undefined;
}

/** What was measured. */
export interface PlanActuals {
  /** The measure of the objective; `null` where nothing was measured. */
  readonly objective: number | null;
  /** The other measures, by id; `null` or left out where nothing was measured. */
  readonly kpis: KpiActuals;
}

/** When a plan is looked at. */
export interface PlanEvaluationOptions {
  /** The instant of the evaluation. */
  readonly asOf: Instant;
  /** IANA zone in which the day of the objective ends. Default `"UTC"`. */
  readonly timeZone?: string | undefined;
}

/** `"open"`: not reached, or not measured, and there is time left. `"unknown"`: the time is up and it was not measured. */
export type PlanStatus = "met" | "missed" | "open" | "unknown";

/** What became of the objective of a plan. */
export interface ObjectiveOutcome extends PlanObjective {
  /** How far short of `to` still counts as met. */
  readonly tolerance: number;
  /** What was measured; `null` when nothing was. */
  readonly actual: number | null;
  /** How much of the way from `from` to `to` is done: above 1 beyond it, negative the wrong way; `null` without an actual value. */
  readonly attainment: Rate | null;
  /** How far it still is to `to` (not to the tolerance), in the measure's own unit: 0 when reached, `null` without an actual value. */
  readonly remaining: number | null;
  /** Reached, missed, open or unknown. */
  readonly status: PlanStatus;
}

/** What became of one measure of a plan. */
export interface PlanKpiOutcome extends Omit<KpiOutcome, "status"> {
  /** Reached, missed, open or unknown; while it is open, `margin` and `missedBy` say how it stands. */
  readonly status: PlanStatus;
}

/** What became of the measures of a plan. */
export interface PlanKpis {
  /** Each measure, in the order of the plan. */
  readonly kpis: readonly PlanKpiOutcome[];
  /** How many are met. */
  readonly met: number;
  /** How many are missed; none before the time is up. */
  readonly missed: number;
  /** How many are neither met nor out of time. */
  readonly open: number;
  /** How many were not measured though the time is up. */
  readonly unknown: number;
  /** The met among those with an actual value, as they stand; `null` when there is none. */
  readonly shareMet: Rate;
}

/** What became of a plan. */
export interface PlanEvaluation {
  /** What became of the objective. */
  readonly objective: ObjectiveOutcome;
  /** What became of the measures, which have until the day of the objective too. */
  readonly kpis: PlanKpis;
  /** `"met"` when the objective and all measures are; else `"open"` before the time is up; then `"missed"` when anything is, otherwise `"unknown"`. */
  readonly status: PlanStatus;
  /** Whether the day of the objective is over. */
  readonly isOver: boolean;
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** IANA zone in which the day ends. */
  readonly timeZone: string;
}

/**
 * Did the plan reach what it set out for, and which of its measures fell short, by how much?
 *
 * Nothing is missed before the day of the objective is over: till then it is open. What was not measured by then is
 * unknown, not missed. A value that lacks no more than rounding leaves (1e-12 of it) has reached its goal.
 *
 * @param plan - The objective and the measures; a parsed `RetentionPlan` fits, as does any plan of this form.
 * @param actuals - What was measured.
 * @param options - `asOf` and the zone in which the objective's day ends (default UTC).
 * @returns Attainment of the objective, the outcome of each measure, and the two together.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the objective leads nowhere, its day does not exist, an actual
 * value is no finite number or of no measure, or values lie further apart than numbers reach; `INVALID_ROWS` when a
 * measure is unusable; `UNKNOWN_TIME_ZONE`.
 * @example
 * ```ts
 * import { evaluateRetentionPlan } from "clientele";
 *
 * const plan = {
 *   objective: { metric: "yearly retention of gold", from: 80, to: 85, by: "2025-12-31" },
 *   kpis: [{ id: "complaints", target: 20, direction: "decrease" as const }],
 * };
 * const actuals = { objective: 84, kpis: { complaints: 25 } };
 * const { objective, kpis, status } = evaluateRetentionPlan(plan, actuals, { asOf: "2026-01-01" });
 * objective.attainment?.value; // => 0.8
 * objective.remaining; // => 1
 * kpis.kpis[0]?.missedBy; // => 5
 * status; // => "missed"
 * evaluateRetentionPlan(plan, actuals, { asOf: "2025-07-01" }).status; // => "open"
 * ```
 */
export function evaluateRetentionPlan(
  plan: { readonly objective: PlanObjective; readonly kpis: readonly Kpi[] },
  actuals: PlanActuals,
  options: PlanEvaluationOptions,
): PlanEvaluation {
  assertOptions(options, "{ asOf }");
  const { timeZone = "UTC" } = options;
  assertTimeZone(timeZone, "options.timeZone");
  const asOf = epochMs(options.asOf, "options.asOf", timeZone);
  assertOptions(plan, "{ objective, kpis }", "plan");
  assertObjective(plan.objective);
  assertOptions(actuals, "{ objective, kpis }", "actuals");
  const isOver = begunDayReader(timeZone)(asOf) > dayNumber(plan.objective.by);
  const objective = outcomeOf(plan.objective, actuals.objective, isOver);
  const kpis = evaluateKpisAt(plan.kpis, actuals.kpis, { kpis: "plan.kpis", actuals: "actuals.kpis" });
  return {
    objective,
    kpis: planKpis(kpis, isOver),
    status: statusOf(objective.status, kpis, isOver),
    isOver,
    asOf,
    timeZone,
  };
}

function outcomeOf(objective: PlanObjective, actual: number | null, isOver: boolean): ObjectiveOutcome {
  const { metric, from, to, by, tolerance = 0 } = objective;
  const base = { metric, from, to, by, tolerance, actual };
  if (actual === null)
    return { ...base, attainment: null, remaining: null, status: isOver ? "unknown" : "open" };
  assertFinite(actual, "actuals.objective");
  const up = to > from ? 1 : -1;
  const lacks = (to - actual) * up;
  assertArgument(
    Number.isFinite(lacks) && Number.isFinite(actual - from),
    "actuals.objective",
    () =>
      `actuals.objective is ${actual}, further from ${from} or ${to} than numbers reach: pass all in a larger unit`,
  );
  const rounding = roundingOf(actual, to, tolerance);
  const remaining = lacks <= rounding ? 0 : lacks;
  const isMet = lacks <= tolerance + rounding;
  return {
    ...base,
    attainment: ratio((actual - from) * up + 0, (to - from) * up, "way from `from` to `to`"),
    remaining,
    status: isMet ? "met" : isOver ? "missed" : "open",
  };
}

/** Before the time is up, what is not met is open. */
function planKpis({ kpis, met, missed, unknown, shareMet }: KpiEvaluation, isOver: boolean): PlanKpis {
  if (isOver) return { kpis, met, missed, open: 0, unknown, shareMet };
  const outcomes = kpis.map((kpi) => (kpi.status === "met" ? kpi : { ...kpi, status: "open" as const }));
  return { kpis: outcomes, met, missed: 0, open: missed + unknown, unknown: 0, shareMet };
}

function statusOf(objective: PlanStatus, { overall }: KpiEvaluation, isOver: boolean): PlanStatus {
  if (objective === "met" && overall === "met") return "met";
  if (!isOver) return "open";
  return objective === "missed" || overall === "missed" ? "missed" : "unknown";
}

function assertObjective(objective: PlanObjective): void {
  const path = "plan.objective";
  assertOptions(objective, "{ metric, from, to, by }", path);
  const { from, to, by, tolerance = 0 } = objective;
  assertFinite(from, `${path}.from`);
  assertFinite(to, `${path}.to`);
  assertArgument(
    from !== to,
    `${path}.to`,
    () => `${path}.to is ${to}, where it stands already: pass where it is to be`,
  );
  assertArgument(
    Number.isFinite(to - from),
    `${path}.to`,
    () => `${path}.to is ${to}, further from ${from} than numbers reach: pass both in a larger unit`,
  );
  assertCivilDay(by, `${path}.by`);
  assertInRange(tolerance, `${path}.tolerance`, 0, Number.MAX_VALUE);
}
