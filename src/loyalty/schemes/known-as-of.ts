import { assertOptions } from "../../core/assert.js";
import { epochMs, type Instant } from "../../core/instant.js";

/** As of when a record is read. */
export interface SchemeAsOfOptions {
  /** What happened at or after this instant has not happened yet. */
  readonly asOf: Instant;
  /** IANA name of the zone in which a civil day `asOf` begins; default `"UTC"`. */
  readonly timeZone?: string | undefined;
}

/** The instant of the options, epoch milliseconds. @internal */
export function readAsOf(options: SchemeAsOfOptions): number {
  assertOptions(options, "{ asOf }");
  return epochMs(options.asOf, "options.asOf", options.timeZone ?? "UTC");
}
