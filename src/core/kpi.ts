import { assertArgument, assertArray, shown } from "./assert.js";
import { type Rate, ratio } from "./rate.js";
import { invalidRows, type RowProblem } from "./row-problems.js";

/** Which way a measure is meant to go: up (retention, share of wallet) or down (churn, cost). */
export type KpiDirection = "increase" | "decrease";

/** One measure of success with the value that it is to reach. */
export interface Kpi {
  /** Your identifier: actual values are given under it. */
  readonly id: string;
  /** As people call it. */
  readonly name?: string | undefined;
  /** Of target and actual, for the reader: `"share"`, `"IDR"`, `"days"`. */
  readonly unit?: string | undefined;
  /** The value to reach, in the measure's own unit. */
  readonly target: number;
  /** `"increase"`: the target or more is good. `"decrease"`: the target or less is. */
  readonly direction: KpiDirection;
  /** How far on the bad side of the target still counts as met, in the measure's own unit, zero or more; default 0. */
  readonly tolerance?: number | undefined;
}

/** Whether a target was reached; `"unknown"` where there is no actual value. */
export type KpiStatus = "met" | "missed" | "unknown";

/** What became of one {@link Kpi}. */
export interface KpiOutcome {
  /** Which one. */
  readonly id: string;
  /** As people call it; `null` when it has no name. */
  readonly name: string | null;
  /** Of target, actual, margin and `missedBy`; `null` when none is stated. */
  readonly unit: string | null;
  /** Which way it is meant to go. */
  readonly direction: KpiDirection;
  /** The value to reach. */
  readonly target: number;
  /** How far on the bad side of the target still counts as met. */
  readonly tolerance: number;
  /** What was measured; `null` when nothing was. */
  readonly actual: number | null;
  /** Whether the target was reached. */
  readonly status: KpiStatus;
  /** How far the actual value is on the good side of the target; negative on the bad side; `null` without an actual value. */
  readonly margin: number | null;
  /** How far short of the target (not of the tolerance) it fell; 0 when met, `null` without an actual value. */
  readonly missedBy: number | null;
}

/** What became of a list of measures. */
export interface KpiEvaluation {
  /** Each measure, in the order of the list. */
  readonly kpis: readonly KpiOutcome[];
  /** How many were met. */
  readonly met: number;
  /** How many were missed. */
  readonly missed: number;
  /** Of how many no actual value is known: they are neither met nor missed. */
  readonly unknown: number;
  /** The met among those with an actual value; `null` when there is none. */
  readonly shareMet: Rate;
  /** `"missed"` when one is missed; else `"unknown"` when one is unknown or the list is empty; else `"met"`. */
  readonly overall: KpiStatus;
}

/** Measured values by {@link Kpi} id; `null` or left out where nothing was measured. */
export type KpiActuals = Readonly<Record<string, number | null | undefined>>;

/**
 * Which targets were met, which were missed and by how much, and of which is nothing known?
 *
 * A value on the target is met, in either direction; one that lacks no more than rounding leaves (1e-12 of it) is on it.
 * A measure without an actual value is `"unknown"`, never missed.
 *
 * @param kpis - Measures with their targets, each id once.
 * @param actuals - What was measured, by id: `{ churn: 0.04, referrals: null }`.
 * @returns The outcome of each, how many are met, missed and unknown, and all of them together.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a measure has no id or the id of another, no finite target, an unknown
 * direction or a negative tolerance; `INVALID_ARGUMENT` when an actual value is no finite number, is of no measure, or lies
 * further from its target than numbers reach.
 * @example
 * ```ts
 * import { evaluateKpis } from "clientele";
 *
 * const { kpis, overall, shareMet } = evaluateKpis(
 *   [
 *     { id: "retention", target: 0.85, direction: "increase" },
 *     { id: "complaints", target: 20, direction: "decrease" },
 *     { id: "referrals", target: 100, direction: "increase" },
 *   ],
 *   { retention: 0.875, complaints: 26, referrals: null },
 * );
 * kpis.map(({ status }) => status); // => ["met", "missed", "unknown"]
 * kpis[1]?.missedBy; // => 6
 * shareMet; // => { value: 0.5, numerator: 1, denominator: 2, reason: null }
 * overall; // => "missed"
 * ```
 */
export function evaluateKpis(kpis: readonly Kpi[], actuals: KpiActuals): KpiEvaluation {
  return evaluateKpisAt(kpis, actuals, { kpis: "kpis", actuals: "actuals" });
}

/** The same for measures and values that the caller passed under other names. @internal */
export function evaluateKpisAt(
  kpis: readonly Kpi[],
  actuals: KpiActuals,
  path: { readonly kpis: string; readonly actuals: string },
): KpiEvaluation {
  assertKpis(kpis, path.kpis);
  assertActuals(actuals, kpis, path.actuals);
  const outcomes = kpis.map((kpi) => outcomeOf(kpi, actualOf(actuals, kpi.id), path.actuals));
  const count = (status: KpiStatus) => outcomes.filter((outcome) => outcome.status === status).length;
  const [met, missed, unknown] = [count("met"), count("missed"), count("unknown")];
  const isUnknown = unknown > 0 || outcomes.length === 0;
  return {
    kpis: outcomes,
    met,
    missed,
    unknown,
    shareMet: ratio(met, met + missed, "measures with an actual value"),
    overall: missed > 0 ? "missed" : isUnknown ? "unknown" : "met",
  };
}

/**
 * How far below an edge a value may be by rounding alone: 0.9 less 0.05 and 0.85, or 1 - 0.96 and 0.04, differ in the
 * last digits. A value as near as that is on the edge.
 *
 * @internal
 */
export function roundingOf(...values: readonly number[]): number {
  return ROUNDING * Math.max(...values.map(Math.abs));
}

/** 1 less a share of four digits keeps twelve of its own. */
const ROUNDING = 1e-12;

function outcomeOf(kpi: Kpi, actual: number | null, path: string): KpiOutcome {
  const { id, name = null, unit = null, direction, target, tolerance = 0 } = kpi;
  const base = { id, name, unit, direction, target, tolerance, actual };
  if (actual === null) return { ...base, status: "unknown", margin: null, missedBy: null };
  const margin = (direction === "increase" ? actual - target : target - actual) + 0;
  assertArgument(
    Number.isFinite(margin),
    `${path}[${shown(id)}]`,
    () =>
      `${path}[${shown(id)}] is ${actual}, further from the target ${target} than numbers reach: pass both in a larger unit`,
  );
  const isMet = margin >= -tolerance - roundingOf(actual, target, tolerance);
  return { ...base, status: isMet ? "met" : "missed", margin, missedBy: isMet ? 0 : -margin };
}

function actualOf(actuals: KpiActuals, id: string): number | null {
  return Object.hasOwn(actuals, id) ? (actuals[id] ?? null) : null;
}

function assertActuals(actuals: unknown, kpis: readonly Kpi[], whole: string): asserts actuals is KpiActuals {
  assertArgument(
    typeof actuals === "object" && actuals !== null && !Array.isArray(actuals),
    whole,
    () => `${whole} is ${shown(actuals)}: pass an object of id and value, { churn: 0.04 }`,
  );
  const known = new Set(kpis.map(({ id }) => id));
  for (const [id, value] of Object.entries(actuals as object)) {
    const path = `${whole}[${shown(id)}]`;
    assertArgument(
      known.has(id),
      path,
      () =>
        `${path} is of no measure: pass values of ${known.size === 0 ? "none, there are no measures" : [...known].slice(0, LISTED).map(shown).join(", ")}`,
    );
    assertArgument(
      value === null || value === undefined || Number.isFinite(value),
      path,
      () => `${path} is ${shown(value)}: pass a finite number, or null where nothing was measured`,
    );
  }
}

/** How many ids an error message spells out. */
const LISTED = 20;

function assertKpis(kpis: unknown, path: string): asserts kpis is readonly Kpi[] {
  assertArray(kpis, path);
  const seen = new Set<unknown>();
  const problems = kpis.flatMap((kpi, row) => {
    const { id, target, direction, tolerance } = Object(kpi) as Partial<Kpi>;
    const found: RowProblem[] = [];
    const check = (holds: boolean, field: string, reason: string, value: unknown): void => {
      if (!holds) found.push({ row, field, reason, value });
    };
    const isText = typeof id === "string" && id !== "";
    check(isText, "id", "is not an id: text that is not empty", id);
    check(!isText || seen.size < seen.add(id).size, "id", "comes a second time", id);
    check(Number.isFinite(target), "target", "is not a finite number", target);
    const isDirection = direction === "increase" || direction === "decrease";
    check(isDirection, "direction", 'is not one of "increase", "decrease"', direction);
    const isTolerance = tolerance === undefined || (Number.isFinite(tolerance) && tolerance >= 0);
    check(isTolerance, "tolerance", "is not a finite number of 0 or more", tolerance);
    return found;
  });
  if (problems.length > 0) throw invalidRows(problems, problems.length, path);
}
