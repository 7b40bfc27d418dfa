/**
 * From whom can a score of a benefit or a sacrifice come?
 *
 * `survey` is a sample of customers, `selfReported` one customer about themselves, `expert` your own staff or an
 * adviser, `measured` a figure that nobody was asked for: minutes, a price.
 *
 * @example
 * ```ts
 * import { valueSources } from "clientele";
 *
 * valueSources; // => ["survey", "selfReported", "expert", "measured"]
 * ```
 */
export const valueSources = ["survey", "selfReported", "expert", "measured"] as const;

/** From whom a score comes; {@link valueSources} lists them. */
export type ValueSource = (typeof valueSources)[number];
