import {
  type AcquisitionReport,
  acquisitionReport,
  type CacPaybackByCohort,
  cacPaybackByCohort,
  type TimeWindow,
} from "clientele";
import type { CustomerBase } from "../report/analysis.js";

/** What it costs to win customers, and when it is paid back. */
export interface AcquisitionAnalysis {
  /** Of the customers won in the last 24 months, by source, with what a year with them leaves. */
  readonly report: AcquisitionReport;
  /** By the quarter in which customers were won. */
  readonly payback: CacPaybackByCohort;
}

/** Counted from the start of the quarter in which a customer was won. */
const QUARTERS_OF_A_YEAR = 4;

/** What does it cost to win customers? `null` when nobody wrote down what was spent, and before a quarter is over. */
export function analyzeAcquisition(
  { log, asOf, books }: CustomerBase,
  { before, window }: { readonly before: TimeWindow; readonly window: TimeWindow },
): AcquisitionAnalysis | null {
  if (!books || log.cost === null) return null;
  const { acquisitionSpend: spend, sources: source, hourlyRate } = books;
  const report = acquisitionReport(log, {
    ...{ asOf, by: "quarter", source, spend, hourlyRate, withinPeriods: QUARTERS_OF_A_YEAR },
    window: { start: before.start, end: window.end },
  });
  if (report.total.customers === 0) return null;
  return {
    report,
    payback: cacPaybackByCohort(log, { asOf, by: "quarter", spend, hourlyRate }),
  };
}
