/**
 * Where does each customer stand, who moves, and on whom does the marketing money go?
 *
 * The **customer pyramid** has layers: **active** customers, who have bought in the last 12 months, in tiers by what they
 * bring; **inactive** ones, who bought before; **prospects**, who showed interest; **suspects**, who could be served; and
 * the **rest of the world** (Curry & Curry 2000). **Non-customers** are the last three. A **flow** is a move from layer
 * to layer between two instants.
 *
 * ```ts
 * import { customerPyramid, pyramidTransitions, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2023-05-20", amount: 700 },
 *     { customerId: "ani", at: "2024-05-20", amount: 200 },
 *     { customerId: "budi", at: "2024-06-02", amount: 300 },
 *   ],
 *   { currency: "IDR", timeZone: "Asia/Jakarta" },
 * );
 * const [first, second] = ["2024-01-01", "2025-01-01"].map((asOf) => customerPyramid(log, { asOf }));
 * second.layers.slice(0, 4).map(({ name, customers }) => [name, customers]); // => [["top", 1], ["large", 0], ["medium", 0], ["small", 1]]
 * pyramidTransitions(first, second).members.columns.flow; // => ["downgrade", "enter"]
 * ```
 *
 * @module
 */
export {
  type CustomerPyramid,
  type CustomerPyramidOptions,
  customerPyramid,
  type PyramidLayer,
  type PyramidMemberColumns,
} from "./customer-pyramid.js";
export type { PyramidCustomer } from "./customer-records.js";
export {
  type LapseReason,
  type LapseReasonOptions,
  type LapseReasonRecord,
  type LapseReasons,
  lapseReasons,
} from "./lapse-reasons.js";
export {
  type LifecycleStatus,
  type LifecycleStatusColumns,
  type LifecycleStatuses,
  type LifecycleStatusOptions,
  lifecycleStatus,
  lifecycleStatusNames,
  type PyramidCoverage,
} from "./lifecycle-status.js";
export type { PyramidMeasure } from "./pyramid-measure.js";
export {
  type PyramidFlow,
  type PyramidFlowName,
  type PyramidTransitionColumns,
  type PyramidTransitions,
  pyramidFlowNames,
  pyramidTransitions,
} from "./pyramid-transitions.js";
export { type LayerEffort, type LayerSpend, type MarketingEffort, spendByLayer } from "./spend-by-layer.js";
export {
  type WinBackCandidates,
  type WinBackColumns,
  type WinBackOptions,
  winBackCandidates,
} from "./win-back-candidates.js";
