import type { Rate } from "../core/rate.js";
import type { GroupRetention } from "../retention/rates/retention-by-group.js";
import type { PeriodRetention } from "../retention/rates/retention-series.js";
import { INK } from "./chart-frame.js";
import { type LineLook, lineLook } from "./line-looks.js";

/** What customers count by: each the same, their sales, or their profit. */
export type RetentionMeasure = "raw" | "salesAdjusted" | "profitAdjusted";

/** A point of a series, with or without groups. */
export type GroupablePeriodRetention = PeriodRetention & {
  /** Those of {@link retentionSeriesByGroup}. */
  readonly groups?: readonly GroupRetention[];
};

/** A line of the chart. @internal */
export interface RetentionLine extends LineLook {
  readonly name: string;
  /** One for each point of the series. */
  readonly rates: readonly Rate[];
}

// Told apart by dash and shape first, so that colour is never needed.
const MEASURES: Record<RetentionMeasure, LineLook & { readonly name: string }> = {
  raw: { name: "customers", color: INK.line, dash: [1, 0], shape: "circle" },
  salesAdjusted: { name: "by sales", color: INK.middle, dash: [7, 3], shape: "square" },
  profitAdjusted: { name: "by profit", color: "#7a5195", dash: [2, 3], shape: "triangle-up" },
};

const NO_RATE: Rate = { value: null, numerator: 0, denominator: 0, reason: "not in the series" };

/**
 * The three rates of all customers, or one rate of all of them and of each group; a rate that is never known has no line.
 *
 * @throws RangeError when groups are asked for and the series has none.
 * @internal
 */
export function retentionLines(
  series: readonly GroupablePeriodRetention[],
  groups: RetentionMeasure | undefined,
): RetentionLine[] {
  if (groups !== undefined && !Object.hasOwn(MEASURES, groups))
    throw new RangeError(`groups is ${String(groups)}: pass one of ${Object.keys(MEASURES).join(", ")}`);
  const lines =
    groups === undefined
      ? (["raw", "salesAdjusted", "profitAdjusted"] as const).map((measure) => ({
          ...MEASURES[measure],
          rates: series.map((point) => point[measure]),
        }))
      : groupLines(series, groups);
  return lines.filter((line) => line.rates.some((rate) => rate.value !== null));
}

function groupLines(series: readonly GroupablePeriodRetention[], measure: RetentionMeasure): RetentionLine[] {
  if (series.some((point) => point.groups === undefined))
    throw new RangeError(
      `groups is ${measure}: pass the result of retentionSeriesByGroup(), or leave it out`,
    );
  const groups = [...new Set(series.flatMap((point) => point.groups ?? []).map(({ group }) => group))];
  // A line is known by its name: a group of customers may be called "all" too.
  const taken = new Set(groups);
  const free = (name: string): string => (taken.has(name) ? free(`(${name})`) : name);
  return [
    { ...MEASURES.raw, name: free("all"), rates: series.map((point) => point[measure]) },
    ...groups.map((group, i) => ({
      // The first look is that of all customers.
      ...lineLook(i + 1),
      name: group ?? free("no group"),
      rates: series.map(
        (point) => point.groups?.find((found) => found.group === group)?.[measure] ?? NO_RATE,
      ),
    })),
  ];
}

/** What a line by this measure shows, in the words of the chart. @internal */
export function measureName(measure: RetentionMeasure): string {
  return measure === "raw" ? "by customers" : MEASURES[measure].name;
}

/** Place of the last rate that is known, or -1. @internal */
export function lastKnown(rates: readonly Rate[]): number {
  return rates.map(({ value }) => value !== null).lastIndexOf(true);
}
