import { type ChurnAlarmColumns, rows, type TableRow } from "clientele";
import type { Analysis } from "./analysis.js";

/** A customer with a rhythm, and how far off it; the expected loss in whole minor units. */
export type Alarm = TableRow<ChurnAlarmColumns>;

/** Active customers who brought money and are silent for longer than usual, from the one to call first. */
export function lateCustomers({ alarm, pyramid }: Analysis): Alarm[] {
  return rows(alarm.alarms)
    .filter(
      ({ lastPurchaseAt, overdueRatio, value }) =>
        lastPurchaseAt >= pyramid.window.start && overdueRatio > 1 && (value ?? 0) > 0,
    )
    .map((each) => ({ ...each, expectedLoss: each.expectedLoss && Math.round(each.expectedLoss) }));
}
