import type { Instant } from "../core/instant.js";
import type { LogRow } from "./log-row.js";

/** What every metric on a transaction log asks: as of when, and what counts as a purchase. */
export interface LogMetricOptions {
  /** Facts at this instant or later do not exist yet. A civil day is its start in `timeZone`. */
  readonly asOf: Instant;
  /** IANA zone of civil days, weeks and months; default the log's. */
  readonly timeZone?: string;
  /**
   * Which purchases count as business done. Default: a purchase qualifies unless the refunds known before `asOf` reverse
   * all of a positive amount; a zero-amount purchase qualifies. Refunds never qualify.
   */
  readonly qualifies?: (purchase: LogRow) => boolean;
  /**
   * When a refund takes effect. `"purchase"` (default): at the instant of the purchase that it reverses.
   * `"transaction"`: at its own instant.
   */
  readonly refundAttribution?: "purchase" | "transaction";
}

/** A {@link LogMetricOptions} that looks at a part of the time before `asOf`. */
export interface WindowedMetricOptions extends LogMetricOptions {
  /** Half-open `[start, end)`; default all time before `asOf`. What lies at `asOf` or later is unknown all the same. */
  readonly window?: { readonly start: Instant; readonly end: Instant };
}
