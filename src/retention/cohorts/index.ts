/** Of those who began together, how many are here after a while. */
export type { CohortMode } from "./cohort-ages.js";
export type { Cohort, CohortAge, CohortCellColumns, CohortCells } from "./cohort-cells.js";
export {
  type CohortCurve,
  type CohortCurvePoint,
  type CohortCurves,
  fixedCohortCurves,
} from "./cohort-curves.js";
export type { CohortStartOptions } from "./cohort-starts.js";
export { type CohortTable, type CohortTableOptions, cohortTable } from "./cohort-table.js";
export {
  type CohortComparison,
  type CohortDifference,
  type CompareCohortsOptions,
  compareCohorts,
} from "./compare-cohorts.js";
