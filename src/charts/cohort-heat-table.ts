import type { CohortAge } from "../retention/cohorts/cohort-cells.js";
import type { CohortCurvePoint } from "../retention/cohorts/cohort-curves.js";
import type { CohortTable } from "../retention/cohorts/cohort-table.js";

/** What the cells of a cohort heat map show: a column of the cells of a cohort table. */
export type CohortMeasure =
  | "rate"
  | "customers"
  | "revenue"
  | "profit"
  | "cumulativeRevenue"
  | "cumulativeRevenuePerCustomer";

/** A cohort as a row of the map. @internal */
interface HeatRow {
  readonly label: string;
  readonly customers: number;
  /** By age; `null` where that is not over, or nobody started. */
  readonly values: readonly (number | null)[];
}

/** What the map draws. @internal */
export interface HeatTable {
  readonly rows: readonly HeatRow[];
  readonly ages: readonly CohortAge[];
  /** By age, over the cohorts for which it is over: pooled for rates, else the mean of a cohort. */
  readonly means: readonly (number | null)[];
  /** How many cohorts each mean is of. */
  readonly cohorts: readonly number[];
}

const MEASURES: Record<CohortMeasure, (point: CohortCurvePoint) => number | null> = {
  rate: ({ pooled }) => pooled.value,
  customers: ({ pooled, cohorts }) => perCohort(pooled.numerator, cohorts),
  revenue: ({ revenue, cohorts }) => perCohort(revenue, cohorts),
  profit: ({ profit, cohorts }) => perCohort(profit, cohorts),
  cumulativeRevenue: ({ cumulativeRevenuePerCustomer: rate, cohorts }) => perCohort(rate.numerator, cohorts),
  cumulativeRevenuePerCustomer: ({ cumulativeRevenuePerCustomer: rate }) => rate.value,
};

function perCohort(sum: number | null, cohorts: number): number | null {
  return sum === null || cohorts === 0 ? null : sum / cohorts;
}

/**
 * The cells of one group, or of all groups together: customers who started in one period are one cohort.
 *
 * @throws RangeError when the measure or the group is none of the table's.
 * @internal
 */
export function heatTable(table: CohortTable, measure: CohortMeasure, group?: string | null): HeatTable {
  if (!Object.hasOwn(MEASURES, measure))
    throw new RangeError(`measure is ${String(measure)}: pass one of ${Object.keys(MEASURES).join(", ")}`);
  const { cohorts, ages, cells } = table;
  const groups = [...new Set(cohorts.map((cohort) => cohort.group))];
  if (group !== undefined && cohorts.length > 0 && !(table.grouped && groups.includes(group)))
    throw new RangeError(
      `group is ${String(group)}: pass one of ${table.grouped ? groups.map(String).join(", ") : "a table made with groupBy"}`,
    );
  const periods = groups.length === 0 ? 0 : cohorts.length / groups.length;
  const taken = group === undefined ? groups.map((_, i) => i) : [groups.indexOf(group)];
  const sumOf = (column: readonly (number | null)[], places: readonly number[]): number | null => {
    let sum = 0;
    for (const place of places) {
      const value = column[place];
      if (value === null) return null;
      sum += value;
    }
    return sum;
  };
  const cellOf = (places: readonly number[]): number | null => {
    if (places.length === 0) return null;
    const { customers, size, cumulativeRevenue } = cells.columns;
    if (measure !== "rate" && measure !== "cumulativeRevenuePerCustomer")
      return sumOf(cells.columns[measure], places);
    const part = sumOf(measure === "rate" ? customers : cumulativeRevenue, places);
    return part === null ? null : part / (sumOf(size, places) ?? 1);
  };
  const rows = Array.from({ length: periods }, (_, period): HeatRow => {
    const lines = taken.map((i) => i * periods + period);
    const filled = lines.filter((line) => cohorts[line].customers > 0);
    return {
      label: cohorts[period].period.label,
      customers: lines.reduce((sum, line) => sum + cohorts[line].customers, 0),
      values: ages.map((_, place) => cellOf(filled.map((line) => line * ages.length + place))),
    };
  });
  const curve = group === undefined ? table.curve : table.groupCurves.find((found) => found.group === group);
  const points = curve?.points ?? [];
  return {
    rows,
    ages,
    means: points.map(MEASURES[measure]),
    cohorts: points.map((point) => point.cohorts),
  };
}
