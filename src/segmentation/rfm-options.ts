import type { WindowedMetricOptions } from "../history/metric-options.js";
import type { RfmBins } from "./rfm-segment-table.js";
import type { FirstMatchSegmentTable, SegmentTable } from "./segment-table.js";

/** The cuts between the scores, ascending: one fewer than there are scores. */
export interface RfmCuts {
  /** In the unit of recency: days, on a log. A value past more cuts has a lower score. */
  readonly recency: readonly number[];
  /** In purchases. A value past more cuts has a higher score. */
  readonly frequency: readonly number[];
  /** In the unit of the money: minor units, on a log. A value past more cuts has a higher score. */
  readonly monetary: readonly number[];
}

/** On which side of a cut a value stands that equals it, in the numbers of each dimension. */
export interface RfmAtCut {
  /** Of recency. */
  readonly recency: "below" | "above";
  /** Of frequency. */
  readonly frequency: "below" | "above";
  /** Of money. */
  readonly monetary: "below" | "above";
}

/**
 * Where do the scores begin and end? The same customers get other scores by other methods.
 *
 * | method | a score |
 * |---|---|
 * | `quantile` | cut at the quantiles of type 7 (Hyndman & Fan 1996) |
 * | `rPackage` | as R's package `rfm` 0.3.0 does: type 7, 1 added to each cut, bins `[lower, upper)`. That 1 depends on the unit: amounts that all lie within 1 have one score |
 * | `percentRank` | `floor(bins x percent_rank) + 1` |
 * | `cumeDist` | `ceil(bins x cume_dist)` |
 * | `equalWidth` | bins of equal width from the least to the greatest value |
 * | `nested` | type 7, with F cut anew within each R, and M within each R and F (the nested binning of SPSS) |
 * | `ntile` | groups of equal size: SQL's `NTILE(n) OVER (ORDER BY value, id)` |
 * | `ntileDescending` | the same from `ORDER BY value DESC, id`; first groups are the larger ones where n does not divide |
 *
 * Ranks of `percentRank` and `cumeDist` count from the worst customer. Only the two `ntile` give equal customers different
 * scores (by id, in code units), and only `nested` gives one value different scores in different groups.
 */
export type RfmMethod =
  | "quantile"
  | "rPackage"
  | "percentRank"
  | "cumeDist"
  | "equalWidth"
  | "nested"
  | "ntile"
  | "ntileDescending";

/** How each dimension was cut: by a method, or at the caller's own cuts. */
export interface RfmMethods {
  /** Of recency. */
  readonly recency: RfmMethod | "fixed";
  /** Of frequency. */
  readonly frequency: RfmMethod | "fixed";
  /** Of money. */
  readonly monetary: RfmMethod | "fixed";
}

/** How customers are scored and named. */
export interface RfmOptions {
  /** How many scores, 2 to 100, for all dimensions or for each; default 5. */
  readonly bins?: number | Partial<RfmBins>;
  /** Where the cuts lie; default `"quantile"`. Of the customers scored. */
  readonly method?: RfmMethod;
  /**
   * Your own cuts, for the dimensions that shall not be cut by the method: `{ recency: [30, 90, 180, 365] }`. Pass the
   * `cuts` of an earlier result, with its `atCut`, to hold today's customers against that day's.
   */
  readonly cuts?: Partial<RfmCuts>;
  /**
   * Where a value stands that equals a cut: `"below"` it (default: bins are `(lower, upper]`) or `"above"` it
   * (`[lower, upper)`), in the numbers of the dimension. Two purchases at a frequency cut of 2 are past it with `"above"` alone.
   * For your own cuts and the methods `quantile`, `equalWidth` and `nested`; the others have a side of their own. A quantile is
   * the value up to which a share of the customers reaches, so bins end with it; {@link scoreGrid}, whose cuts are chosen by
   * people ("from 50 on"), defaults to `"above"`.
   */
  readonly atCut?: "below" | "above" | RfmAtCut;
  /**
   * Names of the cells of scores: rows that have each cell exactly once, or a {@link FirstMatchSegmentTable}, read from the
   * top, such as {@link rPackageSegmentTable}. Default {@link rfmSegmentTable} where recency and frequency have five
   * scores, otherwise none: segments are then `null`.
   */
  readonly segmentTable?: SegmentTable;
}

/** How the customers of a log are scored and named. */
export interface RfmLogOptions extends RfmOptions, WindowedMetricOptions {
  /** What the money is: `"revenue"` (default), sales less refunds, or `"margin"`, that less the cost in the log. */
  readonly monetary?: "revenue" | "margin";
}
