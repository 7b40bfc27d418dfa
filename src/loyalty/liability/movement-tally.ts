import { assertArgument } from "../../core/assert.js";
import { epochMs, type Instant } from "../../core/instant.js";
import {
  type Period,
  type PeriodOptions,
  type PeriodSpec,
  periodAt,
  periodReader,
  periodsBetween,
} from "../../core/period.js";
import { safeInteger } from "../../core/safe-integer.js";
import {
  type CheckedMovements,
  type CohortMovements,
  checkedMovements,
  POINT_MOVEMENT_KINDS,
  type PointMovementKind,
} from "./point-movement.js";

/** Over which periods points are rolled forward. */
export interface RollForwardOptions extends PeriodOptions {
  /** The periods. */
  readonly by: PeriodSpec;
  /** Movements at or after it do not exist yet: the last period ends there, if not before. */
  readonly asOf: Instant;
  /** First instant that is shown, the start of its period; what came before is in the opening. Default: the first movement. */
  readonly start?: Instant;
  /** Periods of issue that are kept apart. Default `by`. */
  readonly cohortBy?: PeriodSpec;
  /** Type of point; needed where the movements have several. */
  readonly pointType?: string;
}

/** Points moved by kind, as movements have them. @internal */
export type PointFlows = Record<PointMovementKind, number>;

/** What happened to the points of one period of issue. @internal */
export interface CohortTally {
  readonly cohort: Period;
  /** Before the first period. */
  readonly before: PointFlows;
  /** In each period; {@link NO_FLOWS} itself where nothing moved. */
  readonly flows: readonly PointFlows[];
}

/** @internal */
export interface MovementTally {
  readonly asOf: number;
  readonly timeZone: string;
  readonly pointType: string | null;
  readonly periods: readonly Period[];
  /** In the order of their time. */
  readonly cohorts: readonly CohortTally[];
}

const KINDS = POINT_MOVEMENT_KINDS.length;

/** Movements by period of issue and period. @internal */
export function movementTally(movements: CohortMovements, options: RollForwardOptions): MovementTally {
  const { by, cohortBy = by, pointType, timeZone = "UTC", weekStartsOn, firstMonth } = options;
  const calendar: PeriodOptions = { timeZone, weekStartsOn, firstMonth };
  const asOf = epochMs(options.asOf, "options.asOf", timeZone);
  const rows = checkedMovements(movements, pointType);
  const first = firstMovement(rows, asOf);
  const from = options.start === undefined ? first : epochMs(options.start, "options.start", timeZone);
  assertArgument(
    from === null || from <= asOf,
    "options.start",
    () => `options.start is ${options.start}, after options.asOf: pass the earlier one as start`,
  );
  const periods = from === null ? [] : periodsBetween(from, asOf, by, calendar);
  const known = { asOf, timeZone, pointType: pointType ?? null, periods };
  const start = periods[0];
  if (start === undefined) return { ...known, cohorts: [] };

  const periodIndex = periodReader(by, calendar);
  const cohortIndex = periodReader(cohortBy, calendar);
  // By cohort and place in time, where something moved: days of many years by days of issue are mostly empty.
  const sums = new Map<number, Float64Array[]>();
  for (let row = 0; row < rows.length; row++) {
    const at = rows.at[row];
    if (at >= asOf || !rows.isAsked(row)) continue;
    const cohort = cohortIndex(rows.issuedAt[row]);
    let own = sums.get(cohort);
    if (own === undefined) {
      own = [];
      sums.set(cohort, own);
    }
    const slot = at < start.start ? 0 : periodIndex(at) - start.index + 1;
    own[slot] ??= new Float64Array(KINDS);
    own[slot][KIND_INDEX[rows.kind[row]]] += rows.points[row];
  }
  const cohorts = [...sums]
    .sort(([a], [b]) => a - b)
    .map(([index, values]): CohortTally => {
      const all = Array.from({ length: periods.length + 1 }, (_, slot) => flowsOf(values[slot]));
      return { cohort: periodAt(index, cohortBy, calendar), before: all[0], flows: all.slice(1) };
    });
  return { ...known, cohorts };
}

const KIND_INDEX = Object.fromEntries(POINT_MOVEMENT_KINDS.map((kind, i) => [kind, i])) as Record<
  PointMovementKind,
  number
>;

function firstMovement(rows: CheckedMovements, asOf: number): number | null {
  let first: number | null = null;
  for (let row = 0; row < rows.length; row++) {
    const at = rows.at[row];
    if (at < asOf && (first === null || at < first) && rows.isAsked(row)) first = at;
  }
  return first;
}

function flowsOf(values: Float64Array | undefined): PointFlows {
  if (values === undefined) return NO_FLOWS;
  const flow = (kind: PointMovementKind) =>
    safeInteger(values[KIND_INDEX[kind]], "movements", `the sum of ${kind} points`);
  return {
    issued: flow("issued"),
    redeemed: flow("redeemed"),
    reversed: flow("reversed"),
    expired: flow("expired"),
    clawedBack: flow("clawedBack"),
    transferred: flow("transferred"),
    adjusted: flow("adjusted"),
  };
}

/** What all kinds come to: what members have more by them. @internal */
export function netOf(flows: PointFlows): number {
  const { issued, redeemed, reversed, expired, clawedBack, transferred, adjusted } = flows;
  return issued + redeemed + reversed + expired + clawedBack + transferred + adjusted;
}

/** Both together. @internal */
export function sumOf(a: PointFlows, b: PointFlows): PointFlows {
  return {
    issued: a.issued + b.issued,
    redeemed: a.redeemed + b.redeemed,
    reversed: a.reversed + b.reversed,
    expired: a.expired + b.expired,
    clawedBack: a.clawedBack + b.clawedBack,
    transferred: a.transferred + b.transferred,
    adjusted: a.adjusted + b.adjusted,
  };
}

/** @internal */
export const NO_FLOWS: PointFlows = {
  issued: 0,
  redeemed: 0,
  reversed: 0,
  expired: 0,
  clawedBack: 0,
  transferred: 0,
  adjusted: 0,
};
