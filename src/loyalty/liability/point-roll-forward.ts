import { assertOptions } from "../../core/assert.js";
import { safeInteger } from "../../core/safe-integer.js";
import type { Table } from "../../core/table.js";
import { assertNotBelowZero } from "./missing-history.js";
import {
  movementTally,
  NO_FLOWS,
  netOf,
  type PointFlows,
  type RollForwardOptions,
  sumOf,
} from "./movement-tally.js";
import type { CohortMovements } from "./point-movement.js";

/**
 * Columns of a roll-forward in points:
 * opening + issued - redeemed + reversed - expired - clawedBack + transferred + adjusted = closing.
 */
export type PointRollForwardColumns = {
  /** Name of the period. */
  period: string[];
  /** First instant of the period, epoch milliseconds. */
  start: number[];
  /** First instant after it, or `asOf` where that is earlier, epoch milliseconds. */
  end: number[];
  /** Points outstanding at the start: pending, available and held. */
  opening: number[];
  /** Points earned. */
  issued: number[];
  /** Points spent. */
  redeemed: number[];
  /** Points of redemptions that were given back. */
  reversed: number[];
  /** Points that lapsed. */
  expired: number[];
  /** Points taken back with returned orders. */
  clawedBack: number[];
  /** Points from other accounts less points to them: 0 where both sides are among the movements. */
  transferred: number[];
  /** Points added by hand less points taken. */
  adjusted: number[];
  /** Points outstanding at the end. */
  closing: number[];
};

/** Columns of a roll-forward by period of issue. */
export type CohortRollForwardColumns = {
  /** Name of the period in which the points were issued. */
  cohort: string[];
} & PointRollForwardColumns;

/** Points from period to period. */
export interface PointRollForward {
  /** Type of point; `null` where the movements had one only and none was named. */
  readonly pointType: string | null;
  /** Movements at or after it did not exist yet, epoch milliseconds. */
  readonly asOf: number;
  /** Zone of the periods. */
  readonly timeZone: string;
  /** All points, period by period. */
  readonly periods: Table<PointRollForwardColumns>;
  /** The same by period of issue, each from the period in which its points first moved or were outstanding. */
  readonly cohorts: Table<CohortRollForwardColumns>;
}

/**
 * How did the points outstanding come to be what they are, period by period?
 *
 * Opening + movements = closing in each period and for each period of issue, and the closing of one is the opening of the
 * next. A lapse at the first instant of a period belongs to it: points that last until the end of a year are outstanding at
 * its close.
 *
 * @param movements - Movements in any order (see {@link pointMovements}), of any system: at least `{ at, kind, points, issuedAt }`.
 * @param options - Periods, `asOf`, start, periods of issue, zone, type of point.
 * @returns Tables of all points and by period of issue.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a movement has no kind, sign or date that can be; `INVALID_ARGUMENT` for
 * options, for points of several types, and where more points of a period of issue left than came (history is missing:
 * bring in the opening balance as `adjusted`); `UNSAFE_INTEGER`.
 * @example
 * ```ts
 * import { pointRollForward, rows } from "clientele";
 *
 * const issuedAt = Date.UTC(2025, 0, 10);
 * const movements = [
 *   { at: issuedAt, issuedAt, kind: "issued", points: 100 },
 *   { at: Date.UTC(2025, 1, 3), issuedAt, kind: "redeemed", points: -30 },
 *   { at: Date.UTC(2025, 1, 20), issuedAt, kind: "expired", points: -20 },
 * ] as const;
 * const { periods } = pointRollForward(movements, { by: "month", asOf: "2025-03-01" });
 * rows(periods).map(({ period, opening, closing }) => [period, opening, closing]); // => [["2025-01", 0, 100], ["2025-02", 100, 50]]
 * ```
 */
export function pointRollForward(movements: CohortMovements, options: RollForwardOptions): PointRollForward {
  assertOptions(options, "{ by, asOf }");
  const { asOf, timeZone, pointType, periods, cohorts } = movementTally(movements, options);
  const all: PointRollForwardColumns = noColumns();
  const byCohort: CohortRollForwardColumns = { cohort: [], ...noColumns() };
  const openings = cohorts.map(({ before }) => netOf(before));
  let opening = openings.reduce((sum, points) => sum + points, 0);
  periods.forEach((period, i) => {
    const place = { period: period.label, start: period.start, end: Math.min(period.end, asOf) };
    let total = NO_FLOWS;
    cohorts.forEach((cohort, c) => {
      const flows = cohort.flows[i];
      if (flows === NO_FLOWS && openings[c] === 0) return;
      const closing = openings[c] + netOf(flows);
      assertNotBelowZero(cohort, period.label, closing);
      total = sumOf(total, flows);
      if (openings[c] === 0 && Object.values(flows).every((points) => points === 0)) return;
      byCohort.cohort.push(cohort.cohort.label);
      pushPeriod(byCohort, { ...place, opening: openings[c], closing }, flows);
      openings[c] = closing;
    });
    const closing = safeInteger(opening + netOf(total), "movements", "the points outstanding");
    pushPeriod(all, { ...place, opening, closing }, total);
    opening = closing;
  });
  return {
    pointType,
    asOf,
    timeZone,
    periods: { length: all.period.length, columns: all },
    cohorts: { length: byCohort.cohort.length, columns: byCohort },
  };
}

function noColumns(): PointRollForwardColumns {
  return {
    period: [],
    start: [],
    end: [],
    opening: [],
    issued: [],
    redeemed: [],
    reversed: [],
    expired: [],
    clawedBack: [],
    transferred: [],
    adjusted: [],
    closing: [],
  };
}

function pushPeriod(
  columns: PointRollForwardColumns,
  place: {
    readonly period: string;
    readonly start: number;
    readonly end: number;
    readonly opening: number;
    readonly closing: number;
  },
  flows: PointFlows,
): void {
  columns.period.push(place.period);
  columns.start.push(place.start);
  columns.end.push(place.end);
  columns.opening.push(place.opening);
  columns.issued.push(flows.issued);
  columns.redeemed.push(0 - flows.redeemed);
  columns.reversed.push(flows.reversed);
  columns.expired.push(0 - flows.expired);
  columns.clawedBack.push(0 - flows.clawedBack);
  columns.transferred.push(flows.transferred);
  columns.adjusted.push(flows.adjusted);
  columns.closing.push(place.closing);
}
