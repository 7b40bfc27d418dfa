import {
  type CustomerPyramid,
  customerPyramid,
  type Duration,
  epochMs,
  type LayerSpend,
  type MarketingEffort,
  type PeriodRetention,
  type PeriodUnit,
  type PyramidCustomer,
  type PyramidTransitions,
  pyramidTransitions,
  type RetentionRate,
  type RfmScores,
  retentionRate,
  retentionSeries,
  rfm,
  spendByLayer,
  subtractDuration,
  type TransactionLog,
  type WhaleCurve,
  type WinBackCandidates,
  whaleCurve,
  winBackCandidates,
} from "clientele";

/** What there is to analyze. Only the log is always there. */
export interface CustomerBase {
  readonly log: TransactionLog;
  /** The civil day at whose start the picture is taken: that day and later do not exist yet. */
  readonly asOf: string;
  /** Records, with those who never bought; none in a bare file of transactions. */
  readonly customers?: readonly PyramidCustomer[];
  /** Marketing money and time; those of the last year are counted. */
  readonly efforts?: readonly (MarketingEffort & { readonly at: number })[];
}

/** Everything that the report shows, computed. */
export interface Analysis {
  readonly pyramid: CustomerPyramid;
  /** The same a year earlier. */
  readonly before: CustomerPyramid;
  readonly transitions: PyramidTransitions;
  /** Marketing money and hours; `null` when there are no records of them. */
  readonly spend: LayerSpend | null;
  readonly rfm: RfmScores;
  /** Of the customers of the year before last, in the last year. */
  readonly retention: RetentionRate;
  readonly retentionByPeriod: readonly PeriodRetention[];
  readonly period: PeriodUnit;
  readonly retentionByYear: readonly PeriodRetention[];
  /** `null` when the log has no costs. */
  readonly whale: WhaleCurve | null;
  readonly winBack: WinBackCandidates;
}

const YEAR: Duration = { months: 12 };

/** How many to win back are listed. */
const WIN_BACK = 10;

/** What does this customer base look like? The whole analysis, on one log: a dozen calls of the library. */
export function analyze({ log, asOf, customers, efforts }: CustomerBase): Analysis {
  const { timeZone } = log;
  const yearAgo = subtractDuration(asOf, YEAR, { timeZone });
  const twoYearsAgo = subtractDuration(asOf, { months: 24 }, { timeZone });
  const window = { start: yearAgo, end: epochMs(asOf, "asOf", timeZone) };

  const pyramid = customerPyramid(log, { asOf, customers });
  const before = customerPyramid(log, { asOf: yearAgo, customers });
  const period = periodFor(log, window.end);
  return {
    pyramid,
    before,
    transitions: pyramidTransitions(before, pyramid),
    spend: efforts
      ? spendByLayer(
          pyramid,
          efforts.filter(({ at }) => at >= window.start && at < window.end),
        )
      : null,
    rfm: rfm(log, { asOf }),
    retention: retentionRate(log, { asOf, previous: { start: twoYearsAgo, end: yearAgo }, current: window }),
    retentionByPeriod: retentionSeries(log, { asOf, by: period }),
    period,
    retentionByYear: period === "year" ? [] : retentionSeries(log, { asOf, by: "year" }),
    whale: log.cost === null ? null : whaleCurve(log, { asOf, window }),
    winBack: winBackCandidates(log, {
      asOf,
      limit: WIN_BACK,
      measure: log.cost === null ? "revenue" : "profit",
    }),
  };
}

const DAY_MS = 86_400_000;

/** The longest period of which the history has enough to show a development. */
function periodFor(log: TransactionLog, end: number): PeriodUnit {
  let first = end;
  for (const at of log.at) if (at < first) first = at;
  const days = (end - first) / DAY_MS;
  if (days > 365 * 8) return "year";
  if (days > 450) return "quarter";
  return days > 100 ? "month" : "week";
}
