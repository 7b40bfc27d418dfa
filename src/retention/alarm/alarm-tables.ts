import { type Table, table } from "../../core/table.js";
import type { CalendarSpan } from "../lifetimes/calendar-span.js";
import { type AlarmSignals, expectedLoss } from "./alarm-signals.js";
import { outlookOf } from "./gap-model.js";
import type { GapModelParameters } from "./maximize-gap-likelihood.js";
import type { PurchaseGaps } from "./purchase-gaps.js";

/** One row a customer of a churn alarm, from the most alarming; equal ones by id. */
export interface ChurnAlarmColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** Civil days with a qualifying purchase. */
  readonly occasions: readonly number[];
  /** Last qualifying purchase, epoch milliseconds. */
  readonly lastPurchaseAt: readonly number[];
  /** Civil days from the last occasion to `asOf`. */
  readonly recency: readonly number[];
  /** Mean of the customer's gaps, days. */
  readonly meanGap: readonly number[];
  /** Standard deviation of the gaps (divisor n - 1), days; `null` with fewer than two. */
  readonly standardDeviation: readonly (number | null)[];
  /** `recency / meanGap`: above 1 the customer is later than usual. */
  readonly overdueRatio: readonly number[];
  /** `(recency - meanGap) / standardDeviation`; `null` where `zScoreReason` says why. */
  readonly zScore: readonly (number | null)[];
  /** Why there is no z-score; `null` where there is one. */
  readonly zScoreReason: readonly (string | null)[];
  /** How likely a gap longer than `recency` is for this customer, if he is still one; `null` without a fitted model. */
  readonly gapProbability: readonly (number | null)[];
  /** How likely the customer has left; `null` without a fitted model. */
  readonly leftProbability: readonly (number | null)[];
  /** Of `valueAtRisk`; `null` where it is not known. */
  readonly value: readonly (number | null)[];
  /** `value * leftProbability`; `null` where either is. */
  readonly expectedLoss: readonly (number | null)[];
  /** Whether the threshold is reached. */
  readonly flagged: readonly boolean[];
}

/** One row a customer who has bought, but too few times for a rhythm; in the log's order. */
export interface FewPurchasesColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** Civil days with a qualifying purchase. */
  readonly occasions: readonly number[];
  /** Last qualifying purchase, epoch milliseconds. */
  readonly lastPurchaseAt: readonly number[];
  /** Civil days from the last occasion to `asOf`. */
  readonly recency: readonly number[];
  /** As in {@link ChurnAlarmColumns}: what the base says of such a customer. */
  readonly gapProbability: readonly (number | null)[];
  /** As in {@link ChurnAlarmColumns}. */
  readonly leftProbability: readonly (number | null)[];
  /** Of `valueAtRisk`; `null` where it is not known. */
  readonly value: readonly (number | null)[];
  /** `value * leftProbability`; `null` where either is. */
  readonly expectedLoss: readonly (number | null)[];
}

/** One row a customer who has been silent for `goneAfter` already; in the log's order. */
export interface GoneCustomersColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** Civil days with a qualifying purchase. */
  readonly occasions: readonly number[];
  /** Last qualifying purchase, epoch milliseconds. */
  readonly lastPurchaseAt: readonly number[];
  /** Civil days from the last occasion to `asOf`. */
  readonly recency: readonly number[];
  /** Since when the customer counts as gone: last purchase + `goneAfter`, epoch milliseconds. */
  readonly goneAt: readonly number[];
  /** Of `valueAtRisk`; `null` where it is not known. */
  readonly value: readonly (number | null)[];
}

/** A customer in the order of the alarm. @internal */
export interface RankedCustomer {
  readonly place: number;
  readonly id: string;
  readonly signals: AlarmSignals;
  readonly value: number | null;
  readonly score: number;
}

/** From `limit` on customers are flagged. @internal */
export function alarmTable(
  ranked: readonly RankedCustomer[],
  { lastAt, recency }: PurchaseGaps,
  limit: number,
): Table<ChurnAlarmColumns> {
  return table({
    customerId: ranked.map(({ id }) => id),
    occasions: ranked.map(({ signals }) => signals.gaps + 1),
    lastPurchaseAt: ranked.map(({ place }) => lastAt[place]),
    recency: ranked.map(({ place }) => recency[place]),
    meanGap: ranked.map(({ signals }) => signals.meanGap),
    standardDeviation: ranked.map(({ signals }) => signals.standardDeviation),
    overdueRatio: ranked.map(({ signals }) => signals.overdueRatio),
    zScore: ranked.map(({ signals }) => signals.zScore),
    zScoreReason: ranked.map(({ signals }) => signals.zScoreReason),
    gapProbability: ranked.map(({ signals }) => signals.gapProbability),
    leftProbability: ranked.map(({ signals }) => signals.leftProbability),
    value: ranked.map(({ value }) => value),
    expectedLoss: ranked.map(({ value, signals }) => expectedLoss(value, signals.leftProbability)),
    flagged: ranked.map(({ score }) => score >= limit),
  });
}

/** @internal */
export function fewTable(
  few: readonly number[],
  gaps: PurchaseGaps,
  idOf: (place: number) => string,
  parameters: GapModelParameters | null,
  worthOf: (customerId: string) => number | null,
): Table<FewPurchasesColumns> {
  const seen = seenColumns(few, gaps, idOf);
  const value = seen.customerId.map(worthOf);
  const outlooks = few.map((place) => {
    if (parameters === null) return null;
    const own = gaps.gaps.slice(gaps.offsets[place], gaps.offsets[place + 1]);
    const sum = own.reduce((total, gap) => total + gap, 0);
    return outlookOf(parameters, own.length, sum, gaps.recency[place]);
  });
  return table({
    ...seen,
    gapProbability: outlooks.map((outlook) => outlook?.gapProbability ?? null),
    leftProbability: outlooks.map((outlook) => outlook?.leftProbability ?? null),
    value,
    expectedLoss: outlooks.map((outlook, i) => expectedLoss(value[i], outlook?.leftProbability ?? null)),
  });
}

/** @internal */
export function goneTable(
  gone: readonly number[],
  gaps: PurchaseGaps,
  idOf: (place: number) => string,
  span: CalendarSpan | null,
  worthOf: (customerId: string) => number | null,
): Table<GoneCustomersColumns> {
  const seen = seenColumns(gone, gaps, idOf);
  return table({
    ...seen,
    goneAt: seen.lastPurchaseAt.map((at) => span?.after(at) ?? at),
    value: seen.customerId.map(worthOf),
  });
}

function seenColumns(
  places: readonly number[],
  { offsets, lastAt, recency }: PurchaseGaps,
  idOf: (place: number) => string,
) {
  return {
    customerId: places.map(idOf),
    occasions: places.map((place) => offsets[place + 1] - offsets[place] + 1),
    lastPurchaseAt: places.map((place) => lastAt[place]),
    recency: places.map((place) => recency[place]),
  };
}
